"""Which lines of a document are only page furniture: headers, footers, numbers of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from klimatgraph.reading.text.lines import Line, ends_sentence
from klimatgraph.reading.text.links import is_image

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:sid(?:a|an|nr)?\.?|page|seite|s\.|p\.)?\s*[-–|]?\s*\d{1,4}"
    r"(?:\s*\(\s*\d{1,4}\s*\)|\s*(?:av|of|von|/)\s*\d{1,4})?\s*[-–|]?",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(.*?\D)(\d{1,4})(\s*\(\s*\d+\s*\)|\s*(?:av|of|von|/)\s*\d+)?")
_OFTEN = 6
"""A line of a text without pages is a running one when it comes so often, near page numbers."""

_PARTS = 8
"""And all over the text: in half of so many parts of it. The caption of tables is not."""


def without_furniture(
    lines: Sequence[Line], markdown: bool = False
) -> tuple[list[Line], list[Line]]:
    """Part the running headers, footers and page numbers from the text.

    Parameters
    ----------
    lines
        The lines of the document.
    markdown
        Whether the text is Markdown. It knows no pages; see the notes.

    Returns
    -------
    kept, furniture
        Lines, in order.

    Notes
    -----
    A line is furniture when it stands among the two outermost lines of its page and the same
    words, digits aside, stand there on half of the pages, at least on three; or when it is
    outermost and nothing but the number of a page ("7", "3 (8)", "sida 3 av 8").

    In text without page marks a page ends where a number stands beside the same line, digits
    aside, as other numbers that go up, at least three in all; or where a line of several words
    comes again far apart, with the next number at its end, or word for word and often.

    In Markdown a short line is furniture when it comes often, all over the text, and mostly
    within three lines of a line that is nothing but the number of a page, and such a number
    beside one is, too. So are pictures.
    """
    if markdown:
        return _without_running(lines)
    if not any(line.page_start for line in lines):
        return _without_unmarked(lines)
    pages = _pages(lines)
    outer = [_outermost(page) for page in pages]
    counts = Counter(key for page in outer for key in {_masked(line) for line in page})
    needed = max(3, (len(pages) + 1) // 2)
    furniture = {
        line.start
        for page in outer
        for line in page
        if (counts[_masked(line)] >= needed and not line.cells)
        or (line.page is not None and _PAGE_NUMBER.fullmatch(line.text))
    }
    kept: list[Line] = []
    for page in pages:
        starts = page[0].page_start if page else False
        rest = [line for line in page if line.start not in furniture or not line.text]
        if len(rest) < len(page):  # blank lines that parted the furniture from the text go too
            rest = _trimmed(rest)
        if rest and starts:
            rest[0] = replace(rest[0], page_start=True)
        kept.extend(rest)
    return kept, [line for line in lines if line.text and line.start in furniture]


def _pages(lines: Sequence[Line]) -> list[list[Line]]:
    pages: list[list[Line]] = [[]]
    for line in lines:
        if line.page_start and pages[-1]:
            pages.append([])
        pages[-1].append(line)
    return pages


def _outermost(page: Sequence[Line]) -> list[Line]:
    written = [line for line in page if line.text]
    return written if len(written) < 4 else written[:2] + written[-2:]


def _masked(line: Line) -> str:
    return _DIGITS.sub("#", line.text.casefold())


def _trimmed(lines: list[Line]) -> list[Line]:
    written = [index for index, line in enumerate(lines) if line.text]
    return lines[written[0] : written[-1] + 1] if written else []


def _without_unmarked(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Find the page breaks of a text that does not mark them, by number and header or footer."""
    written = [index for index, line in enumerate(lines) if line.text]
    beside: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for at, index in enumerate(written):
        text = lines[index].text
        if len(text) > 20 or not _PAGE_NUMBER.fullmatch(text):
            continue
        number = int(_DIGITS.findall(text)[0])
        for side in (-1, 1):
            if 0 <= at + side < len(written):
                other = lines[written[at + side]]
                if len(other.text) < 120 and not _PAGE_NUMBER.fullmatch(other.text):
                    beside.setdefault((side, _masked(other)), []).append((at, number))
    taken, starts = _counted(lines, written)
    for (side, _), places in beside.items():
        numbers = [number for _, number in places]
        rising = all(before < after for before, after in pairwise(numbers))
        if len(places) < 3 or not rising or numbers[-1] - numbers[0] > 2 * len(numbers):
            continue
        for at, _ in places:
            taken.update((written[at], written[at + side]))
            if max(at, at + side) + 1 < len(written):
                starts.add(written[max(at, at + side) + 1])
        if lines[written[-1]].text == str(numbers[-1] + 1):  # the last page has no next header
            taken.add(written[-1])
    kept = [
        replace(line, page_start=True) if index in starts else line
        for index, line in enumerate(lines)
        if index not in taken
    ]
    return kept, [lines[index] for index in sorted(taken)]


def _counted(lines: Sequence[Line], written: Sequence[int]) -> tuple[set[int], set[int]]:
    """Lines of several words that come again far apart, alike or with the next number at last."""
    found: dict[str, list[tuple[int, int]]] = {}
    for at, index in enumerate(written):
        text = lines[index].text
        if len(text) > 120 or "\t" in text or "|" in text:
            continue
        words = len(text.split())
        match = _COUNTED.fullmatch(text)
        if match and (words > 3 or _PAGE_NUMBER.fullmatch(text)):
            key = match[1].casefold() + _DIGITS.sub("#", match[3] or "")
            found.setdefault(key, []).append((at, int(match[2])))
        if words > 3 and not ends_sentence(text):
            found.setdefault(f"={text}", []).append((at, 0))
    taken: set[int] = set()
    starts: set[int] = set()
    for key, places in found.items():
        alike = key[0] == "="
        rising = all(after[1] == before[1] + 1 for before, after in pairwise(places))
        enough = len(places) > (3 if alike else 2) and (alike or rising)
        if enough and places[-1][0] - places[0][0] > 8 * (len(places) - 1):
            taken.update(written[at] for at, _ in places)
            starts.update(written[at + 1] for at, _ in places if at + 1 < len(written))
    return taken, starts


def _without_running(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    written = [
        line for line in lines if line.text and len(line.text) < 120 and line.text[0] not in "|-*+"
    ]
    # Headings take part: a page number that was taken for one reads "#".
    masked = [_masked(line) for line in written]
    counts = Counter(masked)
    often = {key for key, count in counts.items() if count >= _OFTEN and key[0] != "#"}
    numbers = [line.text == "#" or bool(_PAGE_NUMBER.fullmatch(line.text)) for line in written]
    near: Counter[str] = Counter()
    parts: dict[str, set[int]] = {}
    for index, key in enumerate(masked):
        if key in often and any(numbers[max(index - 3, 0) : index + 4]):
            near[key] += 1
            parts.setdefault(key, set()).add(_PARTS * index // len(masked))
    running = {
        key
        for key, count in near.items()
        if 2 * count > counts[key] and 2 * len(parts[key]) >= _PARTS
    }
    furniture: set[int] = set()
    for index, (line, key) in enumerate(zip(written, masked, strict=True)):
        if (
            key in running
            or (numbers[index] and key in often and not line.text.isdigit())
            or is_image(line.text)
            or (numbers[index] and not running.isdisjoint(masked[max(index - 3, 0) : index + 4]))
        ):
            furniture.add(line.start)
    kept = [line for line in lines if line.start not in furniture or not line.text]
    return kept, [line for line in lines if line.text and line.start in furniture]
