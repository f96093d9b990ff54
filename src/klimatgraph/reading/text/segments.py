"""From text to passages: lines, then blocks, then sections, then passages.

The rules know the shapes that contracts have in common, not any one contract: numbered headings
that may wrap, annexes, bullets, numbered commitments, addresses, and paragraphs that run over a
page break. Each step is a function of what the step before it gives.

Examples
--------
>>> text = "1.\\tMål\\nVi når målet.\\n\\n\\t▪\\tFörsta\\n\\t▪\\tAndra\\n"
>>> from klimatgraph.reading.text.lines import lines_of_text
>>> for passage in segment(lines_of_text(text))[1]:
...     print(passage.section, passage.ordinal, passage.kind, passage.text)
1 0 heading 1. Mål
1 1 paragraph Vi når målet.
1 2 bullet Första
1 3 bullet Andra
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from klimatgraph.reading.text.furniture import without_furniture
from klimatgraph.reading.text.headings import BULLET, Heading, find_headings
from klimatgraph.reading.text.joining import compounds, join_lines
from klimatgraph.reading.text.lines import Line, ends_sentence
from klimatgraph.reading.text.links import strip_links
from klimatgraph.reading.text.tables import TableRow, find_rows

Kind = Literal["heading", "paragraph", "bullet", "row"]

_WEAK_BULLET = re.compile(r"(?:[-–—*+]|\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_COMMITMENT = re.compile(r"(?:Åtagande|Commitment)\s+\d{1,2}\s*[-–—:]\s")
_ADDRESS = re.compile(r"https?://\S", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of a document, from its heading to the next heading.

    Parameters
    ----------
    number
        "5.1", "annex-1", "0" for what stands before the first heading; a Markdown heading
        without a number has its title in lower-case ASCII.
    title
        The heading without its number, wrapped lines joined; empty for the front.
    start, end
        Character span in the text of the document, heading included.
    """

    number: str
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest part of a document that can be cited.

    Parameters
    ----------
    section
        Number of the section in which it stands.
    ordinal
        Place within the section, counted from 1 over paragraphs, bullets and rows; 0 for the
        heading.
    kind
        "heading", "paragraph", "bullet", or "row" of a table.
    start, end
        Character span in the text of the document; the sign of a bullet stands before it.
    text
        The words on one line. Page headers and footers that stand within the span are left out,
        words parted at a line's end are whole, a Markdown link is its title; a row is its cells
        that are not empty, with " | " between them.
    page
        Page on which it begins, counted from 1, when the format tells.
    cells
        The cells of a row, the empty ones too; empty for other kinds.
    header
        The header cells of the row's table, one for each of its cells; empty when the table has
        none. In the header itself, and where a page repeats it, they are the cells.
    table
        Number of the row's table in the document, counted from 1; 0 for other kinds. A table
        that a page break cuts keeps its number.
    """

    section: str
    ordinal: int
    kind: Kind
    start: int
    end: int
    text: str
    page: int | None = None
    cells: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    table: int = 0


@dataclass(slots=True)
class _Block:
    kind: Kind
    lines: list[Line] = field(default_factory=list)
    heading: Heading | None = None
    closed: bool = False

    row: TableRow | None = None

    def passage(self, section: str, ordinal: int, joined: Callable[[list[Line]], str]) -> Passage:
        first, last = self.lines[0], self.lines[-1]
        place = (section, ordinal, self.kind, first.start, last.end)
        if self.row is None:
            return Passage(*place, joined(self.lines), first.page)
        cells = self.row.cells
        words = " | ".join(cell for cell in cells if cell)
        return Passage(*place, words, first.page, cells, self.row.header, self.row.table)


def segment(
    lines: Sequence[Line], markdown: bool = False, aligned: bool = False
) -> tuple[tuple[Section, ...], tuple[Passage, ...], tuple[tuple[int, int], ...]]:
    """Divide lines into sections and passages.

    Parameters
    ----------
    lines
        The lines of the document in order.
    markdown
        Whether lines that begin with ``#`` are headings; if there are any, only these are. Links
        are replaced by their titles.
    aligned
        Whether cells parted by tabs or wide gaps make the rows of a table.

    Returns
    -------
    sections, passages, furniture
        In reading order; furniture is the spans of page headers, footers and page numbers.
    """
    kept, furniture = without_furniture(lines, markdown)
    rows = find_rows(kept, aligned)
    inside = {index for row in rows.values() for index in range(row.first, row.last + 1)}
    headings = find_headings(kept, markdown, inside)
    blocks = _blocks(kept, headings, rows)
    sections, passages = _sections(blocks, _joiner(kept, markdown))
    spans = tuple((line.start, line.end) for line in furniture)
    return sections, passages, spans


def _joiner(lines: Sequence[Line], markdown: bool) -> Callable[[list[Line]], str]:
    """How the lines of a passage become its text."""
    parted = any(line.text.endswith(("-", "\u00ad", "\u2010")) for line in lines)
    known = compounds(line.text for line in lines) if parted else frozenset()

    def joined(lines: list[Line]) -> str:
        if parted:
            text = join_lines((line.text for line in lines), known)
        else:
            text = " ".join(" ".join(line.text.split()) for line in lines)
        return strip_links(text) if markdown else text

    return joined


def _blocks(
    lines: Sequence[Line], headings: dict[int, Heading], rows: Mapping[int, TableRow]
) -> list[_Block]:
    """Group lines into headings, paragraphs, bullets and rows."""
    blocks: list[_Block] = []
    blank = False
    covered = -1
    for index, line in enumerate(lines):
        if index <= covered:
            continue
        if index in rows:
            row = rows[index]
            covered = row.last
            if row.cells:
                inside = list(lines[index : covered + 1])
                blocks.append(_Block("row", inside, closed=True, row=row))
            elif blocks:
                blocks[-1].closed = True
        elif index in headings:
            heading = headings[index]
            covered = heading.last
            blocks.append(_Block("heading", list(lines[index : covered + 1]), heading, True))
        elif line.text:
            _place(blocks, line, blank)
        blank = not line.text
    return blocks


def _place(blocks: list[_Block], line: Line, blank: bool) -> None:
    """Add a line to the last block, or begin a new one with it."""
    last = blocks[-1] if blocks and not blocks[-1].closed else None
    if _ADDRESS.match(line.text) and (last is None or blank or line.page_start):
        blocks.append(_Block("paragraph", [line], closed=True))
        return
    if last is not None and _goes_on(last, line, blank):
        last.lines.append(line)
        return
    mark = BULLET.match(line.text) or _WEAK_BULLET.match(line.text)
    if mark:
        line = replace(line, text=line.text[mark.end() :], start=line.start + mark.end())
    blocks.append(_Block("bullet" if mark else "paragraph", [line]))


def _goes_on(block: _Block, line: Line, blank: bool) -> bool:
    before = block.lines[-1].text
    ended = ends_sentence(before)
    if line.opens or BULLET.match(line.text):
        return False
    if (ended or block.kind == "bullet") and _WEAK_BULLET.match(line.text):
        return False
    if ended and _COMMITMENT.match(line.text):
        return False
    if line.page_start:
        return not ended and (not blank or line.text[0].islower())
    return not blank


def _sections(
    blocks: Sequence[_Block], joined: Callable[[list[Line]], str]
) -> tuple[tuple[Section, ...], tuple[Passage, ...]]:
    sections: list[Section] = []
    passages: list[Passage] = []
    number, title, start, ordinal = "0", "", 0, 0

    def close(end: int) -> None:
        if passages:
            sections.append(Section(number, title, start, end))

    for block in blocks:
        if block.heading is not None:
            close(block.lines[0].start)
            number, title = block.heading.number, block.heading.title
            start, ordinal = block.lines[0].start, 0
            passages.append(block.passage(number, 0, joined))
        else:
            if not passages:
                start = block.lines[0].start
            ordinal += 1
            passages.append(block.passage(number, ordinal, joined))
    if blocks:
        close(blocks[-1].lines[-1].end)
    return tuple(sections), tuple(passages)
