"""From the rows of the pages of a PDF to lines of text, gaps between them, and rows of tables."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from klimatgraph.reading.pdf.glyphs import Sheet
from klimatgraph.reading.pdf.grid import Columns, Table, boxes, in_table, table_at
from klimatgraph.reading.pdf.layout import Row, Word, level, regions, usual_gutter
from klimatgraph.reading.text.headings import BULLET
from klimatgraph.reading.text.joining import compounds
from klimatgraph.reading.text.lines import ends_sentence

_GAP = 1.3
"""A step this many times the commonest one between lines of the document parts two paragraphs."""

_OUTER = 3
"""So many rows at the top and at the bottom of a page may be its header and footer."""


class Item(NamedTuple):
    """A line; an empty text is a gap."""

    text: str
    size: float = 0.0
    bold: bool = False
    cells: tuple[str, ...] = ()
    opens: bool = False
    """Whether it begins something new although it stands at the top of a page."""


_EMPTY = Item("")


class Writer:
    """Writes the pages of a document one after the other.

    Parameters
    ----------
    pages
        The rows of all pages: what is usual in the document tells what a gap is, which rows are
        headers, and where columns begin.
    """

    def __init__(self, pages: Sequence[Sequence[Row]]) -> None:
        self._running = _running(pages)
        self._known = compounds(s.text for page in pages for row in page for s in row.stretches)
        self._step = _usual_step(pages)
        self._size = _usual_size(pages)
        self._gutter = usual_gutter(pages)
        self._items: list[Item] = []
        self._places: dict[int, int] = {}
        self._dots: list[tuple[float, float, float]] = []
        # The last row, how far it is set in, and from where to where its column goes.
        self._above: Row | None = None
        self._inset = self._left = self._right = 0.0
        self._carried: Columns = ()

    def write(self, page: Sequence[Row], sheet: Sheet) -> tuple[list[Item], dict[int, int]]:
        """Write a page.

        Parameters
        ----------
        page
            Its rows.
        sheet
            Its drawings.

        Returns
        -------
        items, places
            Its lines, and for each word, by identity, the line in which it stands.
        """
        self._items, self._places = [], {}
        self._dots = sorted(sheet.dots, key=lambda dot: dot[2])
        head = [row for row in page[:_OUTER] if _masked(row) in self._running]
        foot = [row for row in page[_OUTER:][-_OUTER:] if _masked(row) in self._running]
        outer = {id(row) for row in (*head, *foot)}
        body = [s for row in page if id(row) not in outer for s in row.stretches]
        ruled = boxes(sheet.rules, sheet.posts)
        for row in head:
            self._add(row)
        if body:
            new_page = True
            for part in regions(body, sheet.rules, lambda r: in_table(ruled, r), self._gutter):
                rows = level(part)
                self._left = min(row.stretches[0].left for row in rows)
                index = 0
                while index < len(rows):
                    table = table_at(rows, index, ruled, self._known, self._carried)
                    self._carried = ()
                    if isinstance(table, Table):
                        self._tabulate(table, rows[index:])
                        index += len(table.taken)
                    else:
                        for row in rows[index : index + table]:
                            self._line(row, new_page)
                            new_page = False
                        index += table
                    new_page = False
                self._right = max(row.stretches[-1].right for row in rows)
        for row in foot:
            self._items.append(_EMPTY)
            self._add(row)
        for text in sheet.turned:
            self._items += [_EMPTY, Item(" ".join(text.split()))]
        return self._items, self._places

    def _add(self, row: Row, opens: bool = False) -> None:
        self._note(row, len(self._items))
        mark = "\N{BULLET} " if _dotted(row, self._dots) else ""
        self._items.append(Item(mark + row.text, round(row.size, 1), row.bold, (), opens))

    def _line(self, row: Row, new_page: bool) -> None:
        inset = row.stretches[0].left - self._left
        new = self._above is not None and self._parted(self._above, row, inset, new_page)
        if new or (new_page and self._items):
            self._items.append(_EMPTY)
        self._add(row, new and new_page)
        self._above, self._inset = row, inset

    def _tabulate(self, table: Table, rows: Sequence[Row]) -> None:
        self._items.append(_EMPTY)
        for row, number in zip(rows, table.taken, strict=False):
            self._note(row, len(self._items) + number)
            self._above = row
        for cells, bold in zip(table.cells, table.bold, strict=True):
            self._items.append(Item("\t".join(cells), 0.0, bold, cells))
        self._items.append(_EMPTY)
        self._carried = table.columns

    def _note(self, row: Row, at: int) -> None:
        for stretch in row.stretches:
            for word in stretch.words:
                self._places[id(word)] = at

    def _parted(self, above: Row, below: Row, inset: float, new_page: bool) -> bool:
        """Whether a paragraph ends between two rows."""
        step = above.base - below.base
        if step < 0 or new_page:
            # The top of another column or page. Only an open sentence runs on there, and what
            # begins with a capital only below a full line of a paragraph.
            if ends_sentence(above.text):
                return True
            short = above.stretches[-1].right < self._right - 4 * above.size
            item = bool(BULLET.match(above.text)) or abs(inset - self._inset) > 0.5 * below.size
            return below.text[0].isupper() and (short or item)
        small, large = sorted((above.size, below.size))
        if large > 1.25 * small and step > 0.5 * large:
            return True
        # Larger letters have a wider step.
        return self._step > 0 and step > _GAP * self._step * max(1.0, small / self._size)


def _masked(row: Row) -> str:
    return re.sub(r"\d+", "#", row.text.casefold())


def _running(pages: Sequence[Sequence[Row]]) -> set[str]:
    """Rows that come again at the edges of the pages, digits aside: no table goes over them."""
    counts = Counter(
        key for page in pages for key in {_masked(r) for r in [*page[:_OUTER], *page[-_OUTER:]]}
    )
    needed = max(3, len(pages) // 3)
    return {key for key, count in counts.items() if count >= needed}


def _usual_step(pages: Sequence[Sequence[Row]]) -> float:
    """The commonest distance between the bases of two lines, in points; 0 when there is none."""
    steps = Counter(
        round(2 * step) / 2
        for page in pages
        for above, below in pairwise(page)
        if (step := above.base - below.base) >= max(1.0, 0.8 * below.size)
    )
    return min(steps, key=lambda step: (-steps[step], step), default=0.0)


def _usual_size(pages: Sequence[Sequence[Row]]) -> float:
    """The size of most of the text, in points."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for row in page:
            sizes[round(row.size, 1)] += len(row.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=1.0)


def _dotted(row: Row, dots: Sequence[tuple[float, float, float]]) -> bool:
    """Whether a drawn bullet stands before a row."""
    left, size = row.stretches[0].left, row.size
    index = bisect_left(dots, row.base - 0.1 * size, key=lambda dot: dot[2])
    while index < len(dots) and dots[index][2] < row.base + 0.75 * size:
        if left - 2.2 * size < dots[index][0] and dots[index][1] < left:
            return True
        index += 1
    return False


def linked(
    sheet: Sheet, page: Sequence[Row], places: dict[int, int], number: int
) -> list[tuple[str, str, int, int]]:
    """The links of a page with the words they stand on; what stands on two lines is one link."""
    found: list[tuple[str, str, int, int]] = []
    for address, left, bottom, right, top in sheet.links:
        words: list[Word] = [
            word
            for row in page
            for stretch in row.stretches
            if bottom - 1 <= stretch.base + 0.3 * stretch.size <= top + 1
            for word in stretch.words
            if word.left < right - 0.3 * (word.right - word.left)
            and word.right > left + 0.3 * (word.right - word.left)
        ]
        title = " ".join(word.text for word in words)
        at = places.get(id(words[0]), -1) if words else -1
        if found and found[-1][0] == address and 0 <= at - found[-1][3] <= 1:
            at, title = found[-1][3], f"{found[-1][1]} {title}"
            found.pop()
        found.append((address, title, number, at))
    return found
