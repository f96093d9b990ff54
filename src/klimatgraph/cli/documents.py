"""Commands that are about documents: read, add, verify, cite."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from klimatgraph.cli.group import main
from klimatgraph.cli.options import Options, common
from klimatgraph.cli.progress import expanded, progress
from klimatgraph.errors import DocumentError, ParameterError

if TYPE_CHECKING:
    from klimatgraph.proposals import Draft
    from klimatgraph.validation import Report


@main.command()
@click.argument("documents", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--source", help="IRI of the source document, if it is not found by itself.")
@common
def verify(options: Options, documents: tuple[Path, ...], source: str | None) -> None:
    """Find every passage that the graph cites in your own copy of DOCUMENTS.

    Exit code 1 if a passage is not there.
    """
    from klimatgraph.evidence import as_rows, sources

    graph = options.graph()
    checks = [check for document in documents for check in graph.verify(document, source)]
    known = sources(graph.engine, (check.passage for check in checks), options.lang)
    options.emit(as_rows(checks, options.lang, known))
    if not all(check.found for check in checks):
        raise click.exceptions.Exit(1)


@main.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.argument("words")
@common
def cite(options: Options, document: Path, words: str) -> None:
    """Give the passage of DOCUMENT that holds WORDS, with its digest, for a new fact."""
    from klimatgraph.evidence import cite as find
    from klimatgraph.reading import read

    found = find(read(document), words)
    if not found:
        raise DocumentError(f"no passage of {document} holds {words!r}: give fewer words of it")
    options.text("\n\n".join(str(passage) for passage in found))


@main.command()
@click.argument("documents", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--city", help="Whose contract it is, if the document does not say it plainly.")
@click.option("--edition", help="Which edition it is, such as 2025/26, if it does not say.")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), default=Path("."),
              help="Where the folders of proposals are written; here by default.")  # fmt: skip
@click.option("--min-confidence", default=0.0, show_default=True,
              help="Check and report only what is at least this sure, from 0 to 1.")  # fmt: skip
@click.option("--engine", default="pyshacl", show_default=True, help="pyshacl or shacl.")
@click.option("--dry-run", is_flag=True, help="Show what was found and write nothing.")
@common
def read(
    options: Options,
    documents: tuple[Path, ...],
    city: str | None,
    edition: str | None,
    into: Path,
    min_confidence: float,
    engine: str,
    dry_run: bool,
) -> None:
    """Read climate contracts from DOCUMENTS, files or folders, and write a proposal for each.

    A proposal is a folder: look through its report.html, write accept, drop or change into its
    review.csv, and take it in with klimatgraph add. Reading a document again keeps the
    decisions. Exit code 1 if the shapes find a violation, or if one document of several could
    not be read; the others are written.

    Example: klimatgraph read klimatkontrakt-lund-2025.pdf
    """
    files = expanded(documents)
    if len(files) > 1 and (city or options.output):
        raise ParameterError("--city and -o are for one document: read the others by themselves")
    graph, failed = options.graph(), 0
    for file in progress(files):
        try:
            draft = graph.read(file, city=city, edition=edition)
            draft = draft.with_decisions(into / draft.name)
            checked = draft.validate(min_confidence, engine)
            if not dry_run:
                draft.save(into / draft.name)
        except DocumentError as error:
            if len(files) == 1:
                raise
            failed += 1
            click.echo(f"klimatgraph: {error}", err=True)
            continue
        failed += not checked.conforms
        _tell(options, draft, checked)
        if not dry_run:
            click.echo(str(into / draft.name), err=True)
    if failed:
        raise click.exceptions.Exit(1)


def _tell(options: Options, draft: Draft, checked: Report) -> None:
    if options.output is not None and options.output.suffix.lower() in (".html", ".htm"):
        options.only_file()
        options.text(draft.report("html"))
    elif options.format == "table":
        options.text(draft.report("text", checked=checked))
    elif options.format == "md":
        options.text(draft.report("md"))
    else:
        options.emit(draft.rows())


@main.command()
@click.argument("proposals", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--min-confidence", default=0.0, show_default=True,
              help="Leave out what is less sure than this, from 0 to 1.")  # fmt: skip
@click.option("--engine", default="pyshacl", show_default=True, help="pyshacl or shacl.")
@click.option("--replace", is_flag=True, help="Also put it in the place of people's own work.")
@common
def add(
    options: Options, proposals: tuple[Path, ...], min_confidence: float, engine: str, replace: bool
) -> None:
    """Take PROPOSALS, folders that klimatgraph read wrote, into the store --store FOLDER.

    The store is made, with the shipped graph in it, if it is not there. Nothing enters it that
    breaks a shape: exit code 1, and the store is as it was.

    Example: klimatgraph add klimatkontrakt-lund-2025-26 --store my-store
    """
    import klimatgraph as kg
    from klimatgraph.proposals.draft import load

    if options.store is None or options.store.startswith(("http://", "https://")):
        raise ParameterError("a proposal is added to a folder: give --store FOLDER")
    options.only_file()
    for proposal in proposals:  # what is no proposal, or a damaged one, must not make a store
        load(proposal)
    with kg.open(options.store, lang=options.lang, create=True) as graph:
        for proposal in progress(proposals):
            done = graph.add(
                proposal, min_confidence=min_confidence, engine=engine, replace=replace
            )
            options.text(done.sentence(options.lang))
