"""Rows of tables among the lines of a document: Markdown, tabs, aligned columns, cells of a PDF.

Examples
--------
>>> from klimatgraph.reading.text.lines import lines_of_text
>>> rows = find_rows(lines_of_text("| År | Mål |\\n| --- | --- |\\n| 2030 | noll\\nutsläpp |\\n"))
>>> [row.cells for row in rows.values() if row.cells]
[('År', 'Mål'), ('2030', 'noll utsläpp')]
>>> rows[2].header
('År', 'Mål')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from klimatgraph.reading.text.joining import join_lines
from klimatgraph.reading.text.lines import Line
from klimatgraph.reading.text.links import strip_links

_RULER = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)*\s*:?-{2,}:?\s*\|?")
_BORDER = re.compile(r"(?<!\\)\|")
_SPECIAL = re.compile(r"[<\[\\*\t]|[^\S ]|[^\s|] {2,}[^\s|]")
_BREAK = re.compile(r"<\s*/?\s*br\s*/?\s*>", re.IGNORECASE)
_LONGEST_ROW = 200
"""Lines that a row goes on for at most when it is not closed."""

_WIDE = re.compile(r"\t+ *| {3,}")
_MARK = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[▪•‣◦●○■□–—*+-]|[a-zA-Z0-9]{1,2}[.)])")
_NUMBER = re.compile(r"[≈~<>±-]?\s*\d[\d\s.,]*\s*(?:%|[^\W\d_]{0,8})\.?|TBD|N/A|-|–", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its first and last line, cells, header cells, and the number of its table."""

    first: int
    last: int
    cells: tuple[str, ...]
    header: tuple[str, ...]
    table: int


@dataclass(slots=True)
class _Found:
    first: int
    last: int
    cells: tuple[str, ...]
    bold: bool = False
    opens: bool = False
    """A new table begins here."""
    ruled: bool = False
    """The line that parts a header from the rows stands below."""
    group: int = 0


def find_rows(lines: Sequence[Line], aligned: bool = False) -> dict[int, TableRow]:
    """Find the rows of tables.

    Parameters
    ----------
    lines
        The lines of the document without page furniture.
    aligned
        Whether cells parted by tabs or wide gaps make rows, as in plain text.

    Returns
    -------
    dict of int to TableRow
        By the index of their first line. A row whose cells are all empty, and the line below a
        header, have no cells and are none of a passage.
    """
    if any(line.cells for line in lines):
        found = _ready(lines)
    else:
        found = _piped(lines)
        if aligned:
            found = sorted(found + _aligned(lines, found), key=lambda row: row.first)
    return _tables(lines, found)


def _ready(lines: Sequence[Line]) -> list[_Found]:
    """The rows that the page of a PDF showed."""
    return [
        _Found(index, index, line.cells, line.bold)
        for index, line in enumerate(lines)
        if line.cells
    ]


def _split(text: str) -> list[str]:
    """The cells between the borders of a row, still with their line breaks."""
    inner = text[1:] if text.startswith("|") else text
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return inner.split("|") if "\\|" not in inner else _BORDER.split(inner)


def _cell(text: str) -> str:
    if "<" in text:
        text = _BREAK.sub("\n", text)
    text = strip_links(text).replace("\\|", "|").replace("**", "")
    if "\n" in text:
        return join_lines(text.split("\n"))
    return " ".join(text.split())


def _piped(lines: Sequence[Line]) -> list[_Found]:
    """The rows between vertical strokes; a cell may go on over lines until the row is closed."""
    found: list[_Found] = []
    index = width = unclosed = 0
    while index < len(lines):
        text = lines[index].text
        if not text.startswith("|") or len(text) < 2:
            index += 1
            continue
        if "--" in text and _RULER.fullmatch(text):
            if found and found[-1].last == index - 1:
                found[-1].ruled = True
            found.append(_Found(index, index, ()))
            width = text.count("|") - 1
            index += 1
            continue
        last = index if index < unclosed and text[-1] != "|" else _closing(lines, index, width)
        if last is None:
            index += 1
            continue
        if last == index and text[-1] != "|":
            unclosed = max(unclosed, index + _LONGEST_ROW // 2)
        if last > index:
            text = "\n".join(line.text for line in lines[index : last + 1])
        parts = _split(text)
        if last > index and 1 < width < len(parts):
            # A stroke at the beginning of a line within a cell.
            parts[width - 1 :] = ["\n".join(parts[width - 1 :])]
        plain = last == index and _SPECIAL.search(text) is None
        cells = [part.strip() for part in parts] if plain else [_cell(part) for part in parts]
        found.append(_Found(index, last, tuple(cells)))
        index = last + 1
    return found


def _closing(lines: Sequence[Line], index: int, width: int) -> int | None:
    """The line that closes the row that begins with a line; None when it is no row."""
    if lines[index].text.endswith("|"):
        return index
    if lines[index].text.count("|") < 2 and not width:
        return None
    for at in range(index + 1, min(index + _LONGEST_ROW, len(lines))):
        text = lines[at].text
        if text.startswith("|"):
            strokes = text.count("|")
            if not width or strokes - 1 >= max(width, 2) or _RULER.fullmatch(text):
                return _last_written(lines, index, at - 1)
        elif text.startswith(("# ", "## ", "### ")) and not text.endswith("|"):
            return _last_written(lines, index, at - 1)
        if text.endswith("|"):
            return at
    return index


def _last_written(lines: Sequence[Line], first: int, last: int) -> int:
    """The end of the text that directly follows an open row which is never closed."""
    at = first
    while at < last and lines[at + 1].text:
        at += 1
    return at


def _aligned(lines: Sequence[Line], taken: Sequence[_Found]) -> list[_Found]:
    """Rows in plain text: cells parted by tabs, or by wide gaps at the same places."""
    used = {n for row in taken for n in range(row.first, row.last + 1)}
    found: list[_Found] = []
    index = 0
    while index < len(lines):
        block: list[tuple[int, list[tuple[int, str]]]] = []
        at = index
        while at < len(lines) and at not in used and (cells := _cells(lines[at])):
            block.append((at, cells))
            at += 1
            while at < len(lines) and _within(lines[at], block[-1][1]):
                block.append((at, [(lines[at].indent, lines[at].text)]))
                at += 1
        rows = _rows_of_block(block, sum("\t" in lines[n].text for n, _ in block))
        found += rows
        index = max(at, index + 1)
    return found


def _cells(line: Line) -> list[tuple[int, str]]:
    """The cells of a line with their places; none when it has but one, or is a heading or item."""
    if "\t" not in line.text and "   " not in line.text:
        return []
    cells: list[tuple[int, str]] = []
    at = 0
    for gap in [*_WIDE.finditer(line.text), None]:
        end = gap.start() if gap else len(line.text)
        cells.append((line.indent + at, line.text[at:end].strip()))
        at = gap.end() if gap else end
    return [] if len(cells) < 2 or _MARK.fullmatch(cells[0][1]) else cells


def _within(line: Line, cells: Sequence[tuple[int, str]]) -> bool:
    """Whether a line that is set in goes on in a cell that begins at the same place."""
    return (
        bool(line.text)
        and line.indent > 2
        and not _cells(line)
        and any(abs(line.indent - place) <= 1 for place, _ in cells[1:])
    )


def _rows_of_block(block: Sequence[tuple[int, list[tuple[int, str]]]], tabs: int) -> list[_Found]:
    """The rows of lines with cells; where no tabs part them, they have to stand in columns."""
    full = [cells for _, cells in block if len(cells) > 1]
    if len(full) < 2 or _is_contents([cells[-1][1] for cells in full]):
        return []
    most = max(len(cells) for cells in full)
    if sum(len(cells) == most for cells in full) * 2 < len(full):
        return []
    longest = max(full, key=len)
    places = [place for place, _ in longest]
    ends = [place + len(text) for place, text in longest]
    if tabs < 2 and any(
        min(abs(place - p) for p in places) > 2
        and min(abs(place + len(text) - e) for e in ends) > 2
        for cells in full
        for place, text in cells
    ):
        return []
    found: list[_Found] = []
    inside: list[list[str]] = []
    for index, cells in block:
        if len(cells) > 1:
            if inside:
                found[-1].cells = tuple(join_lines(texts) for texts in inside)
            found.append(_Found(index, index, (), opens=not found))
            inside = [[] for _ in range(most)]
        found[-1].last = index
        for number, (place, text) in enumerate(cells):
            nearest = min(range(most), key=lambda n: abs(places[n] - place))
            inside[number if len(cells) == most else nearest].append(text)
    found[-1].cells = tuple(join_lines(texts) for texts in inside)
    return found


def _is_contents(last: Sequence[str]) -> bool:
    """Whether the last cells are the page numbers of a list of contents."""
    if len(last) < 3 or not all(text.isdigit() and len(text) < 4 for text in last):
        return False
    pages = [int(text) for text in last]
    return pages == sorted(pages)


def _tables(lines: Sequence[Line], found: Sequence[_Found]) -> dict[int, TableRow]:
    """Number the tables and give each row its header."""
    rows: dict[int, TableRow] = {}
    tables: list[list[_Found]] = []
    piped = any(row.ruled for row in found)
    for number, row in enumerate(found):
        before = found[number - 1] if number else None
        if before is None or _new_table(lines, before, row, tables[-1]):
            tables.append([])
        tables[-1].append(row)
    for number, table in enumerate(tables, start=1):
        header = _header(table, piped)
        for row in table:
            if not any(row.cells):
                rows[row.first] = TableRow(row.first, row.last, (), (), number)
                continue
            own = header if len(header) == len(row.cells) else ()
            rows[row.first] = TableRow(row.first, row.last, row.cells, own, number)
    return rows


def _new_table(lines: Sequence[Line], before: _Found, row: _Found, table: Sequence[_Found]) -> bool:
    if row.opens:
        return True
    gap = lines[before.last + 1 : row.first]
    if any(line.text for line in gap):
        return True
    first, line = table[0], lines[row.first]
    if line.cells:
        turned = any(between.page_start for between in (*gap, line))
        return len(row.cells) != len(first.cells) if turned else len(gap) > 1
    if not gap or line.start - lines[before.last].end <= 4 * len(gap) + 4:
        return row.ruled or (bool(gap) and bool(row.cells))
    # A page header stood here and was taken out: the table goes on, its last columns at least.
    return len(row.cells) > max(len(before.cells), len(first.cells))


def _header(table: Sequence[_Found], piped: bool) -> tuple[str, ...]:
    first = table[0]
    if first.ruled:
        return first.cells
    if piped or len(table) < 2 or not all(first.cells):
        return ()
    later = [row.cells for row in table[1:] if any(row.cells)]
    if first.cells in later or (first.bold and not table[1].bold):
        return first.cells
    if any(_NUMBER.fullmatch(cell) for cell in first.cells):
        return ()
    columns = [
        [cells[n] for cells in later if len(cells) == len(first.cells) and cells[n]]
        for n in range(len(first.cells))
    ]
    numeric = any(c and all(_NUMBER.fullmatch(cell) for cell in c) for c in columns)
    return first.cells if numeric else ()
