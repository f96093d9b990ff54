"""From the glyphs of a page to its lines in reading order, columns one after the other.

Examples
--------
>>> from klimatgraph.reading.pdf.glyphs import Glyph
>>> glyphs = [Glyph(c, 10, 16, 700 - 12 * n, 10, False, False) for n, c in enumerate("ab")]
>>> [stretch.text for stretch in stretches(glyphs)]
['a', 'b']
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from klimatgraph.reading.pdf.glyphs import Glyph

_WIDE = 1.5
"""A gap of this many times the size of the font parts two stretches of a line."""

_MARK = re.compile(r"[▪•‣◦●○■□–—-]|\d{1,2}(?:\.\d{1,2}){0,3}\.|[a-zA-Z0-9]{1,2}[.)]")
"""What stands before an item or a heading, often with a wide gap behind it."""

_UNITS = ("m", "km", "cm", "mm", "dm", "kvm")


@dataclass(slots=True)
class Word:
    """A word, and from where to where it goes."""

    text: str
    left: float
    right: float


@dataclass(slots=True)
class Stretch:
    """Words on one line without a wide gap between them."""

    words: list[Word]
    base: float
    size: float
    bold: bool

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.words[-1].right

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(word.text for word in self.words)


@dataclass(slots=True)
class Row:
    """The stretches that stand at one height, from left to right."""

    stretches: list[Stretch]
    raised: float = 0.0

    @property
    def base(self) -> float:
        """The height of the first of them, or of the highest where they stand side by side."""
        return self.raised or self.stretches[0].base

    @property
    def size(self) -> float:
        """The size of the longest of them."""
        return max(self.stretches, key=lambda s: s.right - s.left).size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(stretch.bold for stretch in self.stretches)

    @property
    def text(self) -> str:
        """Its words; wide gaps are tabs."""
        return "\t".join(stretch.text for stretch in self.stretches)


def stretches(glyphs: Sequence[Glyph]) -> list[Stretch]:
    """Group glyphs into words and stretches of words.

    Signs that are set small and raised behind a word are the marks of footnotes and left out,
    unless they stand behind a unit of length.
    """
    found: list[Stretch] = []
    now: Stretch | None = None
    before = 0.0
    for char, left, right, base, size, bold, spaced in glyphs:
        if now is not None:
            rise, gap = base - now.base, left - before
            near = -0.5 * now.size < gap < 0.6 * now.size
            if size < 0.85 * now.size and near and 0.12 * now.size < rise < 0.75 * now.size:
                if (char.isdigit() or char in "*†‡,") and now.words[-1].text not in _UNITS:
                    before = right
                    continue
                rise = 0.0
            elif size < 0.9 * now.size and near and -0.4 * now.size < rise < 0:
                rise = 0.0
            elif (
                len(now.words) == 1
                and size * 0.85 > now.size
                and now.words[0].text.isdigit()
                and near
                and -0.75 * size < rise < 0
            ):  # the number of a footnote before its text, set small and raised
                now.base, now.size, rise, spaced = base, size, 0.0, True
            if (
                abs(rise) <= 0.2 * now.size
                and -1.0 * now.size < gap < _WIDE * max(size, now.size)
                and not (gap < -0.5 * now.size and right <= now.words[-1].left)
            ):
                last = now.words[-1]
                if size > now.size and base == now.base:
                    now.size = size  # a ligature, which PDFium takes for smaller, came first
                if spaced or gap > 0.28 * size:
                    now.words.append(Word(char, left, right))
                else:
                    last.text += char
                    last.right = max(last.right, right)
                now.bold = now.bold and bold
                before = right
                continue
        now = Stretch([Word(char, left, right)], base, size, bold)
        found.append(now)
        before = right
    for stretch in found:
        _close_up(stretch)
    return found


def _close_up(stretch: Stretch) -> None:
    """Put the letters of a letter-spaced title together again, as far as the gaps tell."""
    words = stretch.words
    letters = sum(len(word.text) for word in words)
    if len(words) < 3 or letters > 1.5 * len(words) or (len(words) < 5 and letters > len(words)):
        return
    text = "".join(word.text for word in words)
    large = sum(c.isupper() for c in text)
    if large < 2 or large + sum(c.isdigit() for c in text) < 0.7 * letters:
        return
    gaps = [after.left - before.right for before, after in pairwise(words)]
    usual = median(gaps)
    if len(set(round(gap, 1) for gap in gaps)) > 1 and min(gaps) * 1.5 < usual:
        usual = sorted(gaps)[len(gaps) // 3]
    joined = [words[0]]
    for word, gap in zip(words[1:], gaps, strict=True):
        alike = joined[-1].text[-1].isdigit() == word.text[0].isdigit()
        if alike and gap <= 1.5 * usual + 0.05 * stretch.size:
            joined[-1] = Word(joined[-1].text + word.text, joined[-1].left, word.right)
        else:
            joined.append(word)
    stretch.words = joined


def rows(found: Sequence[Stretch]) -> list[Row]:
    """Put stretches at one height together, from the top of the page down."""
    result: list[Row] = []
    for stretch in sorted(found, key=lambda s: -s.base):
        if result and result[-1].base - stretch.base <= 0.3 * min(stretch.size, result[-1].size):
            result[-1].stretches.append(stretch)
        else:
            result.append(Row([stretch]))
    starts = Counter(round(stretch.left) for stretch in found)
    columns = {start for start, count in starts.items() if count > 3}
    for row in result:
        row.stretches.sort(key=lambda s: s.left)
        _mend(row, columns)
    return result


def _mend(row: Row, columns: Collection[int]) -> None:
    """Join neighbours in a row that no gap of a column parts.

    They came in another order, a mark stands before them, or the line is justified: then its gaps
    are wide and all alike. Where many lines begin, a column does.
    """
    words = [word for stretch in row.stretches for word in stretch.words]
    gaps = [after.left - before.right for before, after in pairwise(words)]
    mended = row.stretches[:1]
    at = len(mended[0].words) - 1
    for stretch in row.stretches[1:]:
        last = mended[-1]
        gap = gaps[at]
        alike = any(
            abs(gaps[index] - gap) <= 0.03 * gap + 0.4
            for index in (at - 1, at + 1)
            if 0 <= index < len(gaps)
        )
        numbers = any(c.isdigit() for c in words[at].text + words[at + 1].text)
        at += len(stretch.words)
        size = min(last.size, stretch.size)
        mark = len(last.words) == 1 and _MARK.fullmatch(last.words[0].text)
        if gap < 0.8 * size or (
            gap < 4 * size
            and (mark or (alike and not numbers and round(stretch.left) not in columns))
        ):
            last.words += stretch.words
            last.bold = last.bold and stretch.bold
        else:
            mended.append(stretch)
    row.stretches = mended


def level(found: Sequence[Row]) -> list[Row]:
    """Put rows together that stand side by side, a little higher or lower: cells in the middle."""
    result: list[Row] = []
    for row in found:
        last = result[-1] if result else None
        if (
            last is not None
            and last.base - row.base < 0.85 * min(last.size, row.size)
            and all(
                a.right < b.left or b.right < a.left for a in last.stretches for b in row.stretches
            )
        ):
            both = sorted(last.stretches + row.stretches, key=lambda s: s.left)
            result[-1] = Row(both, max(last.base, row.base))
        else:
            result.append(row)
    return result


def regions(
    found: Sequence[Stretch],
    rules: Sequence[tuple[float, float, float]] = (),
    whole: Callable[[Row], bool] = lambda row: False,
    expected: float | None = None,
) -> list[list[Row]]:
    """Divide a page into parts that are read one after the other.

    Parameters
    ----------
    found
        The stretches of the page.
    rules
        Ruled lines: height, left and right end. What they cross is a table, not columns.
    whole
        Tells of a row that it is one of a table and not to be divided.
    expected
        Where the right column begins on other pages, when they have columns.

    Returns
    -------
    list of list of Row
        The rows of each part: bands over the whole width, and columns between them.
    """
    page = rows(found)
    gutter = _gutter(page)
    known = expected is not None and (gutter is None or abs(gutter - expected) < 3)
    if known:
        gutter = expected
    if gutter is None:
        return [page]
    parts: list[list[Row]] = [[]]
    band: list[Row] = []
    for row in [*page, None]:
        if row is not None and not whole(row) and not any(
            s.left < gutter - 2 and s.right > gutter + s.size for s in row.stretches
        ):  # fmt: skip
            band.append(row)
            continue
        _read_band(band, gutter, rules, whole, parts, 2 if known else 7)
        band = []
        if row is not None:
            parts[-1].append(row)
    return [part for part in parts if part]


def _read_band(
    band: Sequence[Row],
    gutter: float,
    rules: Sequence[tuple[float, float, float]],
    whole: Callable[[Row], bool],
    parts: list[list[Row]],
    enough: int,
) -> None:
    """Read rows that leave the gutter free: as columns, else parted at a gap, else row by row."""
    waiting = [list(band)]
    while waiting:
        piece = waiting.pop()
        left = _side(piece, lambda stretch: stretch.left < gutter)
        right = _side(piece, lambda stretch: stretch.left >= gutter)
        if min(len(left), len(right)) < min(2, enough - 1) or len(left) + len(right) < enough:
            parts[-1].extend(piece)
            continue
        below = _below(left, right)
        if below and _are_columns(left[:-below], right, gutter, rules):
            waiting.append(left[-below:])
            left = left[:-below]
        elif not _are_columns(left, right, gutter, rules):
            cut = _cut(piece, gutter, rules)
            if cut:
                waiting += [piece[cut:], piece[:cut]]
            else:
                parts[-1].extend(piece)
            continue
        for side in (left, right):
            parts.extend(regions([s for row in side for s in row.stretches], rules, whole))
        parts.append([])


def _side(piece: Sequence[Row], belongs: Callable[[Stretch], bool]) -> list[Row]:
    return [Row(s) for row in piece if (s := [t for t in row.stretches if belongs(t)])]


def _below(left: Sequence[Row], right: Sequence[Row]) -> int:
    """How many rows at the end of the left side stand apart below the right one.

    They are headings and other short lines of what comes below the columns; long lines are of a
    left column that goes further down.
    """
    width = max(_span(row) for row in left)
    for index in range(1, len(left)):
        above, row = left[index - 1], left[index]
        if row.base < right[-1].base - 2 and above.base - row.base > 1.7 * above.size:
            short = all(_span(row) < 0.75 * width for row in left[index:])
            return len(left) - index if short else 0
    return 0


def _cut(piece: Sequence[Row], gutter: float, rules: Sequence[tuple[float, float, float]]) -> int:
    """Where to part rows: at a ruled line over the gutter, else at the widest gap; 0: nowhere."""
    for index in range(1, len(piece)):
        high, low = piece[index - 1].base, piece[index].base
        if any(low < y < high and a < gutter - 6 and b > gutter + 6 for y, a, b in rules):
            return index
    gaps = [
        ((above.base - below.base) / max(above.size, below.size), index)
        for index, (above, below) in enumerate(pairwise(piece), start=1)
    ]
    widest, index = max(gaps, key=lambda gap: (gap[0], -gap[1]))
    return index if widest > 1.5 else 0


def usual_gutter(pages: Sequence[Sequence[Row]]) -> float | None:
    """Where the right column begins on most pages, when it does so on two at least."""
    found = [
        gutter
        for page in pages
        if (gutter := _gutter(page)) is not None and _has_columns(page, gutter)
    ]
    middle = median(found) if found else 0.0
    alike = sum(abs(gutter - middle) < 3 for gutter in found)
    return middle if alike >= 2 and 2 * alike >= len(pages) else None


def _has_columns(page: Sequence[Row], gutter: float) -> bool:
    free = [
        row
        for row in page
        if not any(s.left < gutter - 2 and s.right > gutter for s in row.stretches)
    ]
    left = _side(free, lambda stretch: stretch.left < gutter)
    right = _side(free, lambda stretch: stretch.left >= gutter)
    return min(len(left), len(right)) > 4 and _are_columns(left, right, gutter, ())


def _gutter(page: Sequence[Row]) -> float | None:
    """Where the right one of two columns begins, when lines begin there often."""
    if len(page) < 4:
        return None
    edge = min(row.stretches[0].left for row in page)
    width = max(s.right for row in page for s in row.stretches) - edge
    starts = Counter(
        round(s.left)
        for row in page
        for s in row.stretches
        if 0.25 < (s.left - edge) / width < 0.75
    )
    best, most = None, 2
    for start, _ in sorted(starts.items(), key=lambda item: (-item[1], item[0]))[:8]:
        behind = clear = 0
        for row in page:
            if any(s.left < start - 3 < s.right - s.size for s in row.stretches):
                continue
            clear += 1
            behind += any(s.left >= start - 1.5 for s in row.stretches)
        if (behind > most and clear > behind) or (behind > most and clear == behind):
            best, most = start - 1.5, behind
    return best


def _are_columns(
    left: Sequence[Row],
    right: Sequence[Row],
    gutter: float,
    rules: Sequence[tuple[float, float, float]],
) -> bool:
    """Whether the two sides are columns of text and not the cells of a table."""
    few = len(left) + len(right) < 7
    top = max(left[0].base, right[0].base)
    bottom = min(left[-1].base, right[-1].base)
    if sum(a < gutter - 6 and b > gutter + 6 and bottom < y < top for y, a, b in rules) >= 2:
        return False
    for side in (left, right):
        edge = min(row.stretches[0].left for row in side)
        width = max(row.stretches[-1].right for row in side) - edge
        full = sum(_span(row) >= 0.6 * width for row in side)
        if few:
            continue
        if full < 0.4 * len(side) or (full < 2 < len(side)):
            return False
        if sum(len(row.stretches) > 1 for row in side) > 0.3 * len(side):
            return False
    return not _start_together(left, right)


def _span(row: Row) -> float:
    return row.stretches[-1].right - row.stretches[0].left


def _start_together(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether the paragraphs of both sides begin at the same heights, as the rows of a table."""
    opening: list[set[int]] = []
    for side in (left, right):
        steps = [above.base - below.base for above, below in pairwise(side)]
        if not steps:
            return False
        usual = median(steps)
        opening.append({
            round(below.base)
            for step, (_, below) in zip(steps, pairwise(side), strict=True)
            if step > 1.25 * usual
        })  # fmt: skip
    fewer, more = sorted(opening, key=len)
    if len(fewer) < 2:
        return False
    both = sum(any(abs(a - b) <= 1 for b in more) for a in fewer)
    return both >= 0.75 * len(more)
