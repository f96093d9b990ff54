"""Tables on a page of a PDF: in ruled boxes, or told by columns of text with blank strips between.

A ruled line settles what is a row and what is a column. Without, the strips between the columns
and the gaps between the lines have to tell.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from klimatgraph.reading.pdf.layout import Row, Stretch
from klimatgraph.reading.text.joining import join_lines

_NUMBERING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[▪•‣◦●○■□–—*-]|[a-zA-Z0-9]{1,2}[.)])")
_PAGE = re.compile(r"\d{1,3}")

Line = tuple[float, float, float]
"""A ruled line: its place, and its two ends."""

Columns = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table, and how many rows of the page they take."""

    cells: tuple[tuple[str, ...], ...]
    bold: tuple[bool, ...]
    taken: tuple[int, ...]
    """For each row of the page, the row of the table that it belongs to."""
    columns: Columns


@dataclass(frozen=True, slots=True)
class Box:
    """A ruled table: its lines that lie, from the top down, and its lines that stand."""

    heights: tuple[float, ...]
    posts: tuple[float, ...]
    left: float
    right: float


def boxes(rules: Sequence[Line], posts: Sequence[Line]) -> list[Box]:
    """Find the ruled tables of a page.

    Parameters
    ----------
    rules, posts
        Ruled lines that lie: height, left and right end; and that stand: place, lower and upper
        end.

    Returns
    -------
    list of Box
        From the top down; each has at least two rows.
    """
    lines: list[list[float]] = []
    for y, left, right in sorted(rules, key=lambda rule: (-rule[0], rule[1])):
        last = lines[-1] if lines else None
        if last and last[0] - y <= 2 and left <= last[2] + 3:
            last[1], last[2] = min(last[1], left), max(last[2], right)
        else:
            lines.append([y, left, right])
    groups: list[list[list[float]]] = []
    for line in lines:
        if groups:
            above = groups[-1][-1]
            alike = abs(above[1] - line[1]) <= 3 and abs(above[2] - line[2]) <= 3
            framed = _between(posts, line[0], above[0], line[1], line[2])
            first = groups[-1][0][0]
            open_sides = not _between(posts, above[0], first, line[1], line[2])
            if alike and (framed or (len(groups[-1]) == 1 or open_sides)):
                groups[-1].append(line)
                continue
        groups.append([line])
    return [
        Box(
            tuple(y for y, _, _ in group),
            tuple(_between(posts, group[-1][0], group[0][0], group[0][1], group[0][2])),
            group[0][1],
            group[0][2],
        )
        for group in groups
        if len(group) > 2
    ]


def _between(
    posts: Sequence[Line], low: float, high: float, left: float, right: float
) -> list[float]:
    """The places of lines that stand between two heights, and within two ends."""
    found: list[float] = []
    for x, foot, head in sorted(posts):
        inside = left - 3 <= x <= right + 3 and min(head, high) - max(foot, low) > 4
        if inside and (not found or x - found[-1] > 3):
            found.append(x)
    return found


def table_at(
    page: Sequence[Row],
    start: int,
    ruled: Sequence[Box] = (),
    known: Collection[str] = (),
    carried: Columns = (),
) -> Table | int:
    """Read the table that begins with a row of the page, if one does.

    Parameters
    ----------
    page
        The rows of a part of a page, from the top down.
    start
        Index of a row.
    ruled
        Ruled tables of the page.
    known
        Words that the document writes with a hyphen.
    carried
        The columns of a table that may go on here, from the page before.

    Returns
    -------
    Table or int
        When there is none, how many rows are something else: running text, the number before a
        heading, a list of contents.
    """
    first = page[start]
    box = next((box for box in ruled if _inside(box, first)), None)
    if box is not None:
        end = start
        while end < len(page) and _inside(box, page[end]):
            end += 1
        table = _ruled(page[start:end], box, known)
        if table is not None:
            return table
    if carried:
        block = _fitting(page, start, carried)
        if any(len(row.stretches) > 1 for row in block):
            return _filled(_by_gaps(block, carried), carried, known)
    if len(first.stretches) < 2:
        return 1
    block = _block(page, start, ruled)
    several = [row for row in block if len(row.stretches) > 1]
    if len(several) < 2:
        return 1
    numbered = all(_NUMBERING.fullmatch(row.stretches[0].text) for row in several)
    if _is_contents(block) or (numbered and all(len(row.stretches) == 2 for row in several)):
        return len(block)
    columns = _columns(several)
    if len(columns) < 2 or not _lined_up(several, columns):
        return 1
    groups = _by_gaps(block, columns)
    return _filled(groups, columns, known) if len(groups) > 1 else 1


def _lined_up(rows: Sequence[Row], columns: Columns) -> bool:
    """Whether the cells behind the first begin, end or have their middles at the same places.

    The words of a justified line stand apart too, but here and there.
    """
    inside: list[list[Stretch]] = [[] for _ in columns]
    for row in rows:
        for stretch in row.stretches:
            inside[_column(columns, stretch.left, stretch.right)].append(stretch)
    for cells in inside[1:]:
        numbers = [s for s in cells if any(c.isdigit() for c in s.text)]
        places = [[s.left for s in cells], [(s.left + s.right) / 2 for s in cells]]
        if 2 * len(numbers) >= len(cells):
            places.append([s.right for s in cells])
        most = max(sum(abs(x - y) <= 4 for x in xs) for xs in places for y in xs)
        if cells and most * 10 < 6 * len(cells):
            return False
    return True


def in_table(ruled: Sequence[Box], row: Row) -> bool:
    """Tell whether a row stands in a ruled table of several columns.

    Lines above and below text, and none that stand, make no table by themselves.
    """
    return any(
        len(box.posts) > 2 or (not box.posts and len(row.stretches) > 1)
        for box in ruled
        if _inside(box, row)
    )


def _inside(box: Box, row: Row) -> bool:
    middle = row.base + 0.3 * row.size
    return (
        box.heights[-1] < middle < box.heights[0]
        and row.stretches[0].left >= box.left - 3
        and row.stretches[-1].right <= box.right + 3
    )


def _ruled(block: Sequence[Row], box: Box, known: Collection[str]) -> Table | None:
    columns: Columns = tuple(pairwise(box.posts))
    if len(columns) < 2:
        several = [row for row in block if len(row.stretches) > 1]
        columns = _columns(several) if several else ()
    if len(columns) < 2:
        return None
    groups: dict[int, list[Row]] = {}
    rising = sorted(box.heights)
    for row in block:
        groups.setdefault(bisect_left(rising, row.base + 0.3 * row.size), []).append(row)
    if len(groups) < 2:
        return None
    return _filled([groups[key] for key in sorted(groups, reverse=True)], columns, known)


def _filled(groups: Sequence[Sequence[Row]], columns: Columns, known: Collection[str]) -> Table:
    cells: list[tuple[str, ...]] = []
    taken: list[int] = []
    for number, group in enumerate(groups):
        inside: list[list[str]] = [[] for _ in columns]
        for row in group:
            taken.append(number)
            for stretch in row.stretches:
                for column, text in _shared(columns, stretch):
                    inside[column].append(text)
        cells.append(tuple(join_lines(texts, known) for texts in inside))
    bold = tuple(all(row.bold for row in group) for group in groups)
    return Table(tuple(cells), bold, tuple(taken), columns)


def _shared(columns: Columns, stretch: Stretch) -> list[tuple[int, str]]:
    """The columns in which the words of a stretch stand: one, unless cells nearly touch."""
    start, end = _column(columns, stretch.left, stretch.left), 0
    end = _column(columns, stretch.right, stretch.right)
    if start == end or len(stretch.words) == 1:
        return [(start, stretch.text)]
    parts: dict[int, list[str]] = {}
    for word in stretch.words:
        parts.setdefault(_column(columns, word.left, word.right), []).append(word.text)
    breaks = {
        _column(columns, word.left, word.right)
        for word in stretch.words
        if any(abs(word.left - left) < 0.6 * stretch.size for left, _ in columns[1:])
    }
    # A cell over several columns has words across the borders: it belongs to the first.
    if set(parts) - {start} <= breaks and not any(
        word.left < left - 1 and word.right > left + 1
        for word in stretch.words
        for left, _ in columns[1:]
    ):
        return [(column, " ".join(words)) for column, words in parts.items()]
    return [(start, stretch.text)]


def _fitting(page: Sequence[Row], start: int, columns: Columns) -> list[Row]:
    """The rows from a first one on each of whose stretches lies in one of given columns."""
    block: list[Row] = []
    bounds = [left for left, _ in columns[1:]]
    for row in page[start:]:
        step = block[-1].base - row.base if block else 1.0
        if step <= 0 or step > 3.2 * row.size:
            break
        crossing = any(s.left < x - 4 < x + 1 < s.right for s in row.stretches for x in bounds)
        if crossing or row.stretches[0].left < columns[0][0] - 4:
            break
        if block and len(row.stretches) == 1 and step > 1.5 * row.size:
            break
        block.append(row)
    return block


def _block(page: Sequence[Row], start: int, ruled: Sequence[Box]) -> list[Row]:
    """The rows from a first one on that can belong to one table without ruled lines."""
    block = [page[start]]
    columns = _columns(block)
    closing = 1
    for row in page[start + 1 :]:
        above = block[-1]
        step, size = above.base - row.base, max(row.size, above.size)
        if step <= 0 or step > 3.2 * size or any(_inside(box, row) for box in ruled):
            break
        if len(row.stretches) > 1:
            wider = _columns([r for r in block if len(r.stretches) > 1] + [row])
            if len(wider) < max(2, len(columns)):
                break
            columns = wider
            block.append(row)
            closing = len(block)
            continue
        stretch = row.stretches[0]
        hit = [
            index
            for index, (left, right) in enumerate(columns)
            if stretch.left < right and stretch.right > left
        ]
        if len(hit) > 1:
            break
        block.append(row)
        # A line in one column alone: the rest of a cell, or running text below the table.
        if step < (1.35 if hit == [0] else 1.6) * size:
            closing = len(block)
    return block[:closing]


def _columns(rows: Sequence[Row]) -> Columns:
    """From where to where the columns go: what no blank strip parts is one column."""
    most = max(len(row.stretches) for row in rows)
    every = _strips([s for row in rows for s in row.stretches])
    if len(every) >= most:
        return every
    # A cell over several columns closes the strip between them: ask the rows that have most.
    fullest = _strips([s for row in rows if len(row.stretches) == most for s in row.stretches])
    spanning = sum(len(row.stretches) < most for row in rows)
    return fullest if len(fullest) > len(every) and spanning * 3 <= len(rows) else every


def _strips(found: Sequence[Stretch]) -> Columns:
    strips: list[tuple[float, float]] = []
    for stretch in sorted(found, key=lambda s: s.left):
        if strips and stretch.left < strips[-1][1] + 0.3 * stretch.size:
            strips[-1] = (strips[-1][0], max(strips[-1][1], stretch.right))
        else:
            strips.append((stretch.left, stretch.right))
    return tuple(strips)


def _column(columns: Columns, left: float, right: float) -> int:
    """The first column that holds a good part of a span, else the nearest."""
    shares = [min(right, end) - max(left, start) for start, end in columns]
    best = max(shares)
    if best <= 0:
        return shares.index(best)
    return next(index for index, share in enumerate(shares) if share >= 0.5 * best)


def _is_contents(block: Sequence[Row]) -> bool:
    """Whether the block is a list of contents: titles, and numbers of pages that go up."""
    texts = [s.text.replace(" ", "") for row in block for s in row.stretches]
    if any(len(text) > 2 and set(text) <= set(".…·_") for text in texts):
        return True
    last = [row.stretches[-1].text for row in block]
    if len(block) < 4 or not all(_PAGE.fullmatch(text) for text in last):
        return False
    pages = [int(text) for text in last]
    if any(before > after for before, after in pairwise(pages)):
        return False
    return all(
        len(row.stretches) == 2
        or (len(row.stretches) == 3 and _NUMBERING.fullmatch(row.stretches[0].text))
        for row in block
    )


def _by_gaps(block: Sequence[Row], columns: Columns) -> list[list[Row]]:
    """Part rows by the gaps between them; where all are alike, by the first column."""
    size = block[0].size
    tight = _leading(block, columns)
    tight = tight if tight <= 1.5 * size else 1.2 * size
    opens = [above.base - below.base > 1.12 * tight for above, below in pairwise(block)]
    if not any(opens):
        opens = [
            len(row.stretches) > 1
            and _column(columns, row.stretches[0].left, row.stretches[0].right) == 0
            for row in block[1:]
        ]
    groups = [[block[0]]]
    for row, new in zip(block[1:], opens, strict=True):
        if new:
            groups.append([])
        groups[-1].append(row)
    return groups


def _leading(block: Sequence[Row], columns: Columns) -> float:
    """The smallest distance between two lines of one column."""
    last: dict[int, float] = {}
    smallest = 1e9
    for row in block:
        for stretch in row.stretches:
            column = _column(columns, stretch.left, stretch.right)
            if column in last:
                smallest = min(smallest, last[column] - row.base)
            last[column] = row.base
    return smallest
