"""Files to work through, and a bar that shows how far it has come."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, TypeVar

from klimatgraph.errors import DocumentError

_READABLE: Final = frozenset({".pdf", ".txt", ".text", ".md", ".markdown"})


def expanded(paths: Sequence[Path]) -> list[Path]:
    """Put the documents of a folder in its place, in the order of their names.

    Raises
    ------
    DocumentError
        If a folder holds no document.
    """
    files: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        inside = sorted(p for p in path.iterdir() if p.suffix.lower() in _READABLE and p.is_file())
        if not inside:
            raise DocumentError(f"{path} holds no document: give a folder with .pdf, .md or .txt")
        files += inside
    return files


T = TypeVar("T")


def progress(work: Sequence[tuple[T, Path]]) -> Iterator[tuple[T, Path]]:
    """Give pieces of work one by one, each with the file that it is about.

    A bar on the terminal shows where it is, if there are several.
    """
    if len(work) < 2 or not sys.stderr.isatty():
        yield from work
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=len(work))
        for piece, path in work:
            bar.update(task, description=path.name[:40])
            yield piece, path
            bar.advance(task)
