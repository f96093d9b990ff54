"""Headings: numbered, of annexes, or marked in Markdown; and what only looks like one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from klimatgraph.errors import InputError
from klimatgraph.reading.lines import Line, ends_sentence
from klimatgraph.terms import slug

_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})(\.?)(\s+)(\S.*)")
_ANNEX = re.compile(r"(?:Bilaga|Annex|Appendix)\s+(\d{1,2}|[A-Z])(?:\s*[-–—:.]\s*(\S.*))?")
_HASH_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(\S.*)")
BULLET = re.compile(r"[▪•‣◦●○■□]\s+(?=\S)")
_DASHES = "-–—"

# A heading that ends in one of these goes on in the next line, whatever that line begins with.
_OPEN_WORDS: Final = frozenset((
    "av", "att", "den", "det", "de", "en", "ett", "eller", "för", "från", "genom", "hos", "i",
    "inför", "inom", "med", "mellan", "mot", "och", "om", "på", "samt", "som", "till", "under",
    "utan", "vid", "över",
    "a", "an", "and", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "through",
    "to", "towards", "with", "within",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: number, title, place in the outline, and its first and last line."""

    number: str
    title: str
    order: tuple[int, ...]
    first: int
    last: int


def find_headings(lines: Sequence[Line], markdown: bool) -> dict[int, Heading]:
    """Find the headings among lines.

    Parameters
    ----------
    lines
        The lines of the document, without page furniture.
    markdown
        Whether lines that begin with ``#`` are headings; if there are any, only these are.

    Returns
    -------
    dict of int to Heading
        By the index of their first line.
    """
    if markdown and any(_hash_title(line.text) for line in lines):
        return _hash_headings(lines)
    return _numbered_headings(lines)


def _opens(lines: Sequence[Line], index: int, after_heading: bool) -> bool:
    """Whether something new can begin with this line."""
    if index == 0 or after_heading or lines[index].page_start:
        return True
    before = lines[index - 1].text
    return not before or ends_sentence(before)


def _in_contents(text: str) -> bool:
    """Whether a line ends as in a table of contents: dots or a tab, and a page number."""
    stem = text.rstrip("0123456789")
    leader = stem[len(stem.rstrip(" \t\u00a0.…")) :]
    return 1 <= len(text) - len(stem) <= 3 and any(sign in leader for sign in ("...", "…", "\t"))


def _candidate(text: str) -> tuple[str, str, tuple[int, ...]] | None:
    """Number, title and place in the outline of a line that looks like a heading."""
    if _in_contents(text):
        return None
    if match := _ANNEX.fullmatch(text):
        label = match[1].lower()
        place = int(label) if label.isdigit() else ord(label) - ord("a") + 1
        return f"annex-{label}", match[2] or "", (100, place)
    match = _NUMBERED.fullmatch(text)
    if match is None:
        return None
    number, dot, gap, title = match.groups()
    tab = "\t" in gap
    if not (tab or ((dot or "." in number) and title[0].isupper())):
        return None
    if not title[0].isalpha() or title.endswith(".") or len(title) > 120:
        return None
    return number, title, tuple(int(part) for part in number.split("."))


def _wraps(heading: str, line: Line) -> bool:
    """Whether a heading goes on in this line."""
    if not line.text or line.page_start or BULLET.match(line.text):
        return False
    first = line.text[0]
    return first.islower() or first in _DASHES or heading.split()[-1].lower() in _OPEN_WORDS


def _numbered_headings(lines: Sequence[Line]) -> dict[int, Heading]:
    """The headings by the index of their first line, each later in the outline than the last."""
    found: list[Heading] = []
    index, after_heading = 0, False
    while index < len(lines):
        line = lines[index]
        candidate = _candidate(line.text) if _opens(lines, index, after_heading) else None
        if candidate is None:
            after_heading = False
            index += 1
            continue
        number, title, order = candidate
        words, last = " ".join(line.text.split()), index
        while title and last + 1 < len(lines) and last - index < 3:
            if not _wraps(words, lines[last + 1]):
                break
            last += 1
            words = f"{words} {' '.join(lines[last].text.split())}"
            title = f"{title} {lines[last].text}"
        found.append(Heading(number, " ".join(title.split()), order, index, last))
        index, after_heading = last + 1, True
    return _in_outline_order(_without_contents(found, lines))


def _without_contents(found: Sequence[Heading], lines: Sequence[Line]) -> list[Heading]:
    """Drop the lines of a table of contents: nothing beneath them, and they come again."""
    kept: list[Heading] = []
    later: set[tuple[str, str]] = set()
    until = len(lines)
    for heading in reversed(found):
        title = heading.title.casefold()
        # The line in the contents may have a page number behind the title.
        again = any((heading.number, title[:end]) in later for end in range(len(title) + 1))
        if not again or any(line.text for line in lines[heading.last + 1 : until]):
            kept.append(heading)
        later.add((heading.number, title))
        until = heading.first
    return kept[::-1]


def _in_outline_order(found: Sequence[Heading]) -> dict[int, Heading]:
    """Drop what would go back in the outline: the items of a numbered list look like headings."""
    headings: dict[int, Heading] = {}
    reached: tuple[int, ...] = ()
    for heading in found:
        if heading.order > reached:
            headings[heading.first] = heading
            reached = heading.order
    return headings


def _hash_title(text: str) -> str:
    """Return the title of a Markdown heading; nothing when the line is none."""
    rest = text.lstrip("#")
    if not 1 <= len(text) - len(rest) <= 6 or not rest[:1].isspace():
        return ""
    return " ".join(rest.rstrip("#").strip("*_ \t").split())


def _hash_headings(lines: Sequence[Line]) -> dict[int, Heading]:
    headings: dict[int, Heading] = {}
    used: Counter[str] = Counter()
    for index, line in enumerate(lines):
        title = _hash_title(line.text)
        if not title:
            continue
        numbered = _HASH_NUMBER.fullmatch(title)
        annex = _ANNEX.fullmatch(title)
        if numbered:
            number, title = numbered[1], numbered[2]
        elif annex:
            number, title = f"annex-{annex[1].lower()}", annex[2] or ""
        else:
            number = _name(title)
        used[number] += 1
        if used[number] > 1:
            number = f"{number}-{used[number]}"
        headings[index] = Heading(number, title, (), index, index)
    return headings


def _name(title: str) -> str:
    try:
        return slug(title)
    except InputError:  # nothing but signs, or letters that have no ASCII form
        return "section"
