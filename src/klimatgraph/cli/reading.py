"""The command that reads contracts: several at a time, each to a proposal of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from klimatgraph.cli.group import main
from klimatgraph.cli.options import Options, common
from klimatgraph.cli.progress import expanded, progress
from klimatgraph.errors import DocumentError, KlimatgraphError, MissingExtra, ParameterError

if TYPE_CHECKING:
    from klimatgraph.graph import KlimatGraph

_SEVERAL: Final = 4
"""Documents from which on it pays to start further processes, which load the graph themselves."""


@dataclass(frozen=True, slots=True)
class _Task:
    """One document, and what is to be done with it."""

    file: Path
    folder: Path
    city: str | None
    edition: str | None
    min_confidence: float
    engine: str
    dry_run: bool


@dataclass(frozen=True, slots=True)
class _Done:
    """What came of a document: what to show, or why it could not be read."""

    task: _Task
    shown: str = ""
    where: str = ""
    conforms: bool = False
    error: str = ""


@main.command()
@click.argument("documents", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--city", help="Whose contract it is, if the document does not say it plainly.")
@click.option("--edition", help="Which edition it is, such as 2025/26, if it does not say.")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), default=Path("."),
              help="Where the folders of proposals are written; here by default.")  # fmt: skip
@click.option("--min-confidence", default=0.0, show_default=True,
              help="Check and report only what is at least this sure, from 0 to 1.")  # fmt: skip
@click.option("--engine",
              help="What checks: shacl, if it is installed, else pyshacl.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show what was found and write nothing.")
@click.option("--jobs", type=click.IntRange(1, 64),
              help="Processes that read at the same time; as many as there are cores.")  # fmt: skip
@common
def read(
    options: Options,
    documents: tuple[Path, ...],
    city: str | None,
    edition: str | None,
    into: Path,
    min_confidence: float,
    engine: str | None,
    dry_run: bool,
    jobs: int | None,
) -> None:
    """Read climate contracts from DOCUMENTS, files or folders, and write a proposal for each.

    A Swedish Klimatkontrakt and a European Climate City Contract are told apart by their
    headings. A proposal is a folder: look through its report.html, write accept, drop or change
    into its review.csv, and take it in with klimatgraph add. Reading a document again keeps the
    decisions. Exit code 1 if the shapes find a violation, or if one document of several could
    not be read; the others are written.

    Example: klimatgraph read klimatkontrakt-lund-2025.pdf
    """
    from klimatgraph.validation.runners import fastest

    files = expanded(documents)
    if len(files) > 1 and (city or options.output):
        raise ParameterError("--city and -o are for one document: read the others by themselves")
    checker = engine or fastest()
    tasks = [_Task(f, into, city, edition, min_confidence, checker, dry_run) for f in files]
    failed = 0
    for done in _all(options, tasks, jobs or os.cpu_count() or 1):
        if done.error:
            if len(files) == 1:
                raise KlimatgraphError(done.error)
            failed += 1
            click.echo(f"klimatgraph: {done.error}", err=True)
            continue
        failed += not done.conforms
        options.text(done.shown)
        if done.where:
            click.echo(done.where, err=True)
    if failed:
        raise click.exceptions.Exit(1)


def _all(options: Options, tasks: Sequence[_Task], jobs: int) -> Iterator[_Done]:
    """Read all documents, in their order; a remote graph is asked by one process alone."""
    remote = (options.store or "").startswith(("http://", "https://"))
    if len(tasks) < _SEVERAL or jobs == 1 or remote:
        graph = options.graph()
        for task, _ in progress([(task, task.file) for task in tasks]):
            yield _read(graph, options, task)
        return
    pool = ProcessPoolExecutor(
        min(jobs, len(tasks)), get_context("spawn"), _open, (options,)
    )  # a forked process would share the locks of the store
    try:
        running = [(pool.submit(_in_process, task), task.file) for task in tasks]
        for future, file in progress(running):
            try:
                yield future.result()
            except BrokenProcessPool:
                raise DocumentError(
                    f"a process ended while {file} and others were read, maybe for lack of "
                    "memory: try --jobs 1"
                ) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


_graph: list[tuple[KlimatGraph, Options]] = []
"""The graph of a process that reads, opened once."""


def _open(options: Options) -> None:
    _graph.append((options.graph(), options))


def _in_process(task: _Task) -> _Done:
    graph, options = _graph[0]
    return _read(graph, options, task)


def _read(graph: KlimatGraph, options: Options, task: _Task) -> _Done:
    try:
        draft = graph.read(task.file, city=task.city, edition=task.edition)
        folder = task.folder / draft.name
        draft = draft.with_decisions(folder)
        checked = draft.validate(task.min_confidence, task.engine)
        if not task.dry_run:
            draft.save(folder)
    except (DocumentError, MissingExtra) as error:
        return _Done(task, error=str(error))
    except KlimatgraphError as error:  # the others are read all the same
        return _Done(task, error=f"{task.file.name}: {error}")
    if options.output is not None and options.output.suffix.lower() in (".html", ".htm"):
        options.only_file()
        shown = draft.report("html")
    elif options.format == "table":
        shown = draft.report("text", checked=checked)
    elif options.format == "md":
        shown = draft.report("md")
    else:
        shown = options.written(draft.rows())
    return _Done(task, shown, "" if task.dry_run else str(folder), checked.conforms)
