"""Draw rows in a terminal: a table, its sources as numbered notes, and what is not known."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import IO, Any, Final

from klimatgraph.analysis.coverage import Coverage
from klimatgraph.rows import Rows, Source, shown

# Wide enough for three columns of Swedish compounds when nobody tells how wide the screen is.
_DEFAULT_WIDTH: Final = 100

_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

_WORDS: Final = {
    "sv": {
        "sources": "Källor",
        "notes": "not",
        "none": "Inga rader: grafen vet inget svar, vilket inte är detsamma som nej.",
        "coverage": "Vad grafen vet om utgåva {edition} ({total} kommuner, {unnamed} av dem okända "
        "till namnet)",
        "topic": "svar om",
        "known": "känt för",
        "partly": "delvis",
        "unknown": "okänt",
    },
    "en": {
        "sources": "Sources",
        "notes": "note",
        "none": "No rows: the graph knows no answer, which is not the same as no.",
        "coverage": "What the graph knows of edition {edition} ({total} municipalities, {unnamed} "
        "of them not known by name)",
        "topic": "answer on",
        "known": "known for",
        "partly": "partly",
        "unknown": "unknown",
    },
}


def show(rows: Rows, stream: IO[str] | None = None, width: int | None = None) -> None:
    """Write rows as a table for a person.

    Parameters
    ----------
    rows : Rows
        The answer.
    stream : text stream, optional
        Where to write; standard output by default.
    width : int, optional
        Columns to use; by default those of the terminal, or 100 into a file.
    """
    from rich.console import Console

    out = stream or sys.stdout
    console = Console(
        file=out, width=width or (None if out.isatty() else _DEFAULT_WIDTH), highlight=False,
        markup=False, emoji=False,
    )  # fmt: skip
    words = _WORDS["en" if rows.lang == "en" else "sv"]
    console.print(_harmless(rows.question), style="bold")
    if not len(rows):
        console.print(words["none"])
    else:
        notes = _number(rows)
        console.print(_table(rows, notes, words))
        _print_notes(console, notes, words, rows.lang)
    coverage = [part for part in rows.coverage if isinstance(part, Coverage)]
    if coverage:
        _print_coverage(console, coverage, rows.lang, words)


def _harmless(text: str) -> str:
    """Show control characters instead of sending them: some make terminals act."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def _number(rows: Rows) -> dict[str, tuple[int, Source]]:
    """Give each source a number, in the order in which readers meet them."""
    notes: dict[str, tuple[int, Source]] = {}
    for row in rows:
        for source in row.get("sources", ()):
            notes.setdefault(source.iri, (len(notes) + 1, source))
    return notes


def _table(rows: Rows, notes: dict[str, tuple[int, Source]], words: dict[str, str]) -> Any:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in rows.columns:
        numbers = all(isinstance(row[column.name], (int, float)) for row in rows)
        table.add_column(column.label, justify="right" if numbers else "left", overflow="fold")
    if notes:
        table.add_column(words["notes"], overflow="fold", style="dim")
    for row in rows:
        cells = [_harmless(shown(row[c.name], rows.lang)) for c in rows.columns]
        if notes:
            cells.append(_brief([notes[s.iri][0] for s in row.get("sources", ())]))
        table.add_row(*cells)
    return table


def _brief(numbers: Sequence[int]) -> str:
    """Write 1, 2, 3, 7 as 1–3 7."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]}–{run[-1]}" if len(run) > 2 else " ".join(map(str, run)) for run in runs]
    return " ".join(parts)


def _print_notes(
    console: Any, notes: dict[str, tuple[int, Source]], words: dict[str, str], lang: str
) -> None:
    if not notes:
        return
    console.print()
    console.print(words["sources"], style="bold")
    for number, source in notes.values():
        digest = f" [{source.digest[:12]}]" if source.digest else ""
        address = f" {source.address}" if source.address else ""
        told = _harmless(f"{source.cite(lang)}{digest}{address}")
        console.print(f"{number:>3} {told}", soft_wrap=True)


def _print_coverage(
    console: Any, coverage: Sequence[Coverage], lang: str, words: dict[str, str]
) -> None:
    from rich.table import Table

    from klimatgraph.analysis.links import KINDS

    first = coverage[0]
    console.print()
    console.print(
        words["coverage"].format(edition=first.edition, total=first.total, unnamed=first.unnamed),
        style="bold",
    )
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(words["topic"])
    for name in ("known", "partly", "unknown"):
        table.add_column(words[name], justify="right")
    for part in coverage:
        label = KINDS.get(part.topic, {}).get(lang, part.topic)
        table.add_row(label, str(part.known), str(part.partly), str(part.unknown))
    console.print(table)
