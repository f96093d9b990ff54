"""Commands that are about documents: add, verify, cite."""

from __future__ import annotations

from pathlib import Path

import click

from klimatgraph.cli.group import main
from klimatgraph.cli.options import Options, common
from klimatgraph.cli.progress import progress
from klimatgraph.errors import DocumentError, ParameterError


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
        for proposal, _ in progress([(proposal, proposal) for proposal in proposals]):
            done = graph.add(
                proposal, min_confidence=min_confidence, engine=engine, replace=replace
            )
            options.text(done.sentence(options.lang))
