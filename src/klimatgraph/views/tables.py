"""Rows for the eye: plain text, Markdown and HTML, with sources as numbered notes."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from klimatgraph.rows import Rows, Source

__all__ = ["as_html", "as_markdown", "as_text", "display"]

_WORDS: Final = {
    "sv": {"source": "källa", "sources": "Källor", "empty": "Inga rader.",
           "more": "… och {n} rader till"},
    "en": {"source": "source", "sources": "Sources", "empty": "No rows.",
           "more": "… and {n} rows more"},
}  # fmt: skip
# A page with more rows than this is slow in a notebook, and nobody reads it there.
_MOST_HTML: Final = 200


def display(value: Any) -> str:
    """Write a value for readers: on one line, nothing for None, 5 for 5.0.

    Examples
    --------
    >>> display(None), display(5.0), display("two\\nlines")
    ('', '5', 'two lines')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    text = str(value)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def as_text(rows: Rows) -> str:
    """Draw rows as an aligned table of plain text."""
    words = _words(rows)
    if not rows:
        return "\n".join([display(rows.question), words["empty"], *_coverage(rows)])
    notes = _notes(rows)
    names = [column.name for column in rows.columns]
    header = [display(column.label) for column in rows.columns]
    body = [[display(row.get(name)) for name in names] for row in rows]
    right = [_numeric(rows, name) for name in names]
    if notes:
        header.append(words["source"])
        right.append(False)
        for line, row in zip(body, rows, strict=True):
            line.append(_marks(row.get("sources", ()), notes))
    widths = [max(map(_width, column)) for column in zip(header, *body, strict=True)]
    rule = ["-" * width for width in widths]
    lines = [display(rows.question)]
    for line in (header, rule, *body):
        cells = (
            " " * (width - _width(cell)) + cell if at_right else cell + " " * (width - _width(cell))
            for cell, width, at_right in zip(line, widths, right, strict=True)
        )
        lines.append("  ".join(cells).rstrip())
    if notes:
        lines.append("")
        for number, source in notes.values():
            address = f" <{display(source.address)}>" if source.address else ""
            lines.append(f"[{number}] {display(source.cite(rows.lang))}{address}")
    return "\n".join([*lines, *_coverage(rows)])


def as_markdown(rows: Rows) -> str:
    """Write rows as a Markdown table."""
    words = _words(rows)
    names = [column.name for column in rows.columns]
    notes = _notes(rows)
    header = [_escaped(column.label) for column in rows.columns]
    marks = ["---:" if _numeric(rows, name) else "---" for name in names]
    if notes:
        header.append(words["source"])
        marks.append("---")
    lines = [_row(header), _row(marks)]
    for row in rows:
        cells = [_escaped(row.get(name)) for name in names]
        if notes:
            cells.append(_escaped(_marks(row.get("sources", ()), notes)))
        lines.append(_row(cells))
    if notes:
        lines.append("")
        for number, source in notes.values():
            address = f" <{display(source.address)}>" if _is_web(source.address) else ""
            lines.append(f"{number}. {_escaped(source.cite(rows.lang))}{address}")
    told = [_escaped(line) if line else line for line in _coverage(rows)]
    return "\n".join([*lines, *told]) + "\n"


def as_html(rows: Rows) -> str:
    """Write rows as an HTML table whose every text is escaped."""
    words = _words(rows)
    notes = _notes(rows)
    shown = rows[:_MOST_HTML]
    head = "".join(f"<th>{html.escape(display(c.label))}</th>" for c in rows.columns)
    if notes:
        head += f"<th>{words['source']}</th>"
    lines = [f"<p>{html.escape(display(rows.question))}</p>", "<table>"]
    lines.append(f"<thead><tr>{head}</tr></thead><tbody>")
    for row in shown:
        cells = "".join(f"<td>{_html_cell(row.get(c.name))}</td>" for c in rows.columns)
        if notes:
            cells += f"<td>{html.escape(_marks(row.get('sources', ()), notes))}</td>"
        lines.append(f"<tr>{cells}</tr>")
    lines.append("</tbody></table>")
    if len(rows) > len(shown):
        more = words["more"].format(n=len(rows) - len(shown))
        lines.append(f"<p>{html.escape(more)}</p>")
    if not rows:
        lines.append(f"<p>{html.escape(words['empty'])}</p>")
    if notes:
        items = "".join(
            f'<li value="{number}">{_html_source(source, rows.lang)}</li>'
            for number, source in notes.values()
        )
        lines.append(
            f"<details open><summary>{words['sources']}</summary><ol>{items}</ol></details>"
        )
    lines += [f"<p>{html.escape(line)}</p>" for line in _coverage(rows) if line]
    return "\n".join(lines)


def _words(rows: Rows) -> dict[str, str]:
    return _WORDS["en" if rows.lang == "en" else "sv"]


def _notes(rows: Rows) -> dict[str, tuple[int, Source]]:
    """Number the sources in the order in which readers meet them."""
    notes: dict[str, tuple[int, Source]] = {}
    for row in rows:
        for source in row.get("sources", ()):
            notes.setdefault(source.iri, (len(notes) + 1, source))
    return notes


def _marks(sources: Sequence[Source], notes: dict[str, tuple[int, Source]]) -> str:
    return " ".join(f"[{number}]" for number in sorted({notes[s.iri][0] for s in sources}))


def _coverage(rows: Rows) -> list[str]:
    told = [display(note.sentence(rows.lang)) for note in rows.coverage]
    return ["", *told] if told else []


def _numeric(rows: Rows, name: str) -> bool:
    values = [row.get(name) for row in rows if row.get(name) is not None]
    return bool(values) and all(
        isinstance(v, int | float) and not isinstance(v, bool) for v in values
    )


def _width(text: str) -> int:
    """Columns that a text takes in a terminal."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _escaped(value: Any) -> str:
    """Keep Markdown from seeing marks, links or tags in a value."""
    return re.sub(r"([\\|`*_\[\]<>])", r"\\\1", display(value))


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _is_web(address: str | None) -> bool:
    return address is not None and re.fullmatch(r"https?://[^\s<>\"']+", address) is not None


def _html_cell(value: Any) -> str:
    iri = getattr(value, "iri", None)
    text = html.escape(display(value))
    return text if iri is None else f'<span title="{html.escape(str(iri))}">{text}</span>'


def _html_source(source: Source, lang: str) -> str:
    text = html.escape(display(source.cite(lang)))
    if source.address is not None and _is_web(source.address):
        address = html.escape(source.address)
        return f'<a href="{address}" rel="noreferrer">{text}</a>'
    return text
