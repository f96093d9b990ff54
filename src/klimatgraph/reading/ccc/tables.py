"""The tables of a document, with their captions, whole again where a page break has cut them.

Text made from PDFs loses much of a table: the bars of some rows, the line under the header, the
header of the part on the next page. A table here is what stands together, as rows of cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from klimatgraph.reading.ccc.modules import module_named, modules_of
from klimatgraph.reading.documents import Document, Passage

_BREAK: Final = re.compile(r"<\s*/?\s*br\s*/?\s*>", re.IGNORECASE)
_MARKS: Final = re.compile(r"[*_`]{1,3}|\$|\\[()\[\]]|^#+\s*")
_CAPTION: Final = 240
"""Signs of a paragraph before a table that may be its caption."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells, and the passage that it is."""

    cells: tuple[str, ...]
    passage: Passage
    raw: tuple[str, ...] = ()
    """The cells with their lines, where the document keeps them apart."""


@dataclass(slots=True)
class Table:
    """Rows that stand together.

    Parameters
    ----------
    rows : list of Row
        The header among them, first.
    caption : str
        What stands right before: a caption or heading.
    heading : str
        The heading of the section.
    module : str
        Code of the template's module, such as ``B-2``; empty where nothing tells.
    """

    rows: list[Row]
    caption: str
    heading: str
    module: str
    lead: Passage | None = field(default=None)

    @property
    def width(self) -> int:
        """The number of cells of the first row."""
        return len(self.rows[0].cells)


def tables_of(document: Document) -> list[Table]:
    """Find the tables of a document.

    Parameters
    ----------
    document : Document
        A contract.

    Returns
    -------
    list of Table
        In reading order. A part after a page break is a table of its own here: who reads a table
        knows best whether the next one goes on with it.
    """
    return list(_tables(document))


def _tables(document: Document) -> Iterator[Table]:
    modules = modules_of(document.passages)
    rows: list[Row] = []
    header: tuple[str, ...] | None = None
    heading, before = "", None
    module = ""
    for passage, here in zip(document.passages, modules, strict=True):
        found = rows_of(document, passage)
        if found and rows and (passage.kind != "row" or passage.header == header):
            rows += found
            continue
        if rows:
            yield _table(rows, before, heading, module)
            rows = []
            before = None
        if found:
            rows, header, module = found, passage.header, here
            continue
        if passage.kind == "heading":
            heading, before = passage.text, passage
        elif passage.text.strip():
            before = passage
    if rows:
        yield _table(rows, before, heading, module)


def _table(rows: list[Row], before: Passage | None, heading: str, module: str) -> Table:
    caption = before.text if before is not None and len(before.text) <= _CAPTION else ""
    first = next((cell for cell in rows[0].cells if cell), "")
    named = module_named(caption) or module_named(first) or module
    return Table(rows, plain(caption), plain(heading), named, before)


def rows_of(document: Document, passage: Passage) -> list[Row]:
    """A passage as rows: one of a table, or lines whose first bars got lost; none otherwise."""
    if passage.kind == "row":
        cells = tuple(plain(cell) for cell in passage.cells)
        text = document.text[passage.start : passage.end]
        raw = _raw(text) if "<" in text or "\n" in text else ()
        return [Row(cells, passage, raw if len(raw) == len(cells) else ())]
    if passage.kind == "heading" or " | " not in passage.text:
        return []
    rows: list[list[str]] = []
    for line in document.text[passage.start : passage.end].splitlines():
        if " | " in line.rstrip("| ") or not rows:
            rows.append([plain(cell) for cell in line.strip("| ").split("|")])
        else:  # the rest of the last cell
            rows[-1][-1] = f"{rows[-1][-1]} {plain(line.rstrip('| '))}".strip()
    return [Row(tuple(cells), passage) for cells in rows]


def _raw(text: str) -> tuple[str, ...]:
    inner = text.strip().removeprefix("|").removesuffix("|")
    return tuple(_BREAK.sub("\n", cell).strip() for cell in inner.split("|"))


def plain(text: str) -> str:
    """Words of a cell without the marks of Markdown and formulas.

    Examples
    --------
    >>> plain("**Action name**"), plain("12 kt $CO_{2}$e")
    ('Action name', '12 kt CO2e')
    """
    if "_{" in text or "\\" in text:
        text = re.sub(r"_\{?\s*(\w+)\s*\}?", r"\1", text)
        text = re.sub(r"\\(?:text|mathrm|mathsf|operatorname)\s*\{([^{}]*)\}", r"\1", text)
        text = text.replace("\\%", "%").replace("\\&", "&").replace("\\", "")
    return " ".join(_MARKS.sub("", text.replace("&amp;", "&")).split())
