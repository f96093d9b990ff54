"""Headings: numbered, of annexes, or marked in Markdown; and what only looks like one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Final

from klimatgraph.errors import InputError
from klimatgraph.reading.text.joining import join_lines
from klimatgraph.reading.text.lines import Line, ends_sentence
from klimatgraph.reading.text.links import strip_links
from klimatgraph.terms import slug

_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})(\.?)(\s+)(\S.*)")
_ANNEX = re.compile(r"(?:Bilaga|Annex|Appendix)\s+(\d{1,2}|[A-Z])(?:\s*[-–—:.]\s*(\S.*))?")
_HASH_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(\S.*)")
_HTML = re.compile(r"<h[1-6]>([^<]*)</h[1-6]>")
BULLET = re.compile(r"[▪•‣◦●○■□]\s+(?=\S)")
_DASHES = "-–—"
_CONTENTS = re.compile(
    r"(?:\d\.?\s+)?(?:innehåll(?:sförteckning)?|(?:table of )?contents):?", re.IGNORECASE
)
_ENDS_IN_PAGE = re.compile(r"(?:\s|\.|…)\d{1,3}$")

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


def find_headings(
    lines: Sequence[Line], markdown: bool, taken: Container[int] = ()
) -> dict[int, Heading]:
    """Find the headings among lines.

    Parameters
    ----------
    lines
        The lines of the document, without page furniture.
    markdown
        Whether lines that begin with ``#`` are headings; if there are any, only these are.
    taken
        Indices of lines that belong to tables.

    Returns
    -------
    dict of int to Heading
        By the index of their first line.
    """
    if markdown and any(_hash_title(line.text) for line in lines):
        return _hash_headings(lines, taken)
    return _numbered_headings(lines, taken)


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


def _stands_alone(lines: Sequence[Line], index: int, after_heading: bool) -> bool:
    """Whether a line is a paragraph of its own."""
    before = index == 0 or after_heading or lines[index].page_start or not lines[index - 1].text
    after = index + 1 == len(lines) or not lines[index + 1].text
    return before and (after or _wraps(lines[index].text, lines[index + 1]))


def _candidate(text: str, alone: bool) -> tuple[str, str, tuple[int, ...]] | None:
    """Number, title and place in the outline of a line that looks like a heading.

    A number without dot or tab, "3 Kommunens åtaganden", is believed where the line stands alone.
    """
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
    if not (tab or ((dot or "." in number or alone) and title[0].isupper())):
        return None
    if not title[0].isalpha() or title.endswith(".") or len(title) > 120:
        return None
    return number, title, tuple(int(part) for part in number.split("."))


def _wraps(heading: str, line: Line) -> bool:
    """Whether a heading goes on in this line."""
    if not heading or not line.text or line.page_start or BULLET.match(line.text):
        return False
    first = line.text[0]
    return first.islower() or first in _DASHES or heading.split()[-1].lower() in _OPEN_WORDS


def _alike(heading: Line, line: Line, body: float) -> bool:
    """Whether a line is set in the same letters as the heading above it, larger than the text."""
    return (
        bool(line.text)
        and not line.page_start
        and heading.size > 1.08 * body > 0
        and abs(line.size - heading.size) <= 0.03 * heading.size
        and line.bold == heading.bold
        and _candidate(line.text, alone=True) is None
    )


def _usual_size(lines: Sequence[Line]) -> float:
    """The size in which most of the text is set; 0 when the format does not tell."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.size:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)


def _contents(lines: Sequence[Line]) -> set[int]:
    """The lines below a heading such as "Innehåll" that end in the number of a page.

    An entry may wrap, and several may stand on one line.
    """
    inside: set[int] = set()
    index = 0
    while index < len(lines):
        if not _CONTENTS.fullmatch(lines[index].text):
            index += 1
            continue
        last = index
        at = index + 1
        while at < len(lines) and at - last <= 4:
            if _ENDS_IN_PAGE.search(lines[at].text):
                last = at
            at += 1
        inside.update(range(index, last + 1))
        index = last + 1
    return inside


def _numbered_headings(lines: Sequence[Line], taken: Container[int]) -> dict[int, Heading]:
    """The headings by the index of their first line, each later in the outline than the last."""
    found: list[Heading] = []
    contents = _contents(lines)
    body = _usual_size(lines)
    index, after_heading = 0, False
    while index < len(lines):
        line = lines[index]
        candidate = None
        if index not in taken and index not in contents:
            larger = line.size > 1.08 * body > 0
            if larger or _opens(lines, index, after_heading):
                alone = larger or _stands_alone(lines, index, after_heading)
                candidate = _candidate(line.text, alone)
        if candidate is None:
            after_heading = False
            index += 1
            continue
        number, title, order = candidate
        words, last = " ".join(line.text.split()), index
        while title and last + 1 < len(lines) and last - index < 3:
            after = lines[last + 1]
            if last + 1 in taken or not (_wraps(words, after) or _alike(line, after, body)):
                break
            last += 1
            words = join_lines((words, after.text))
            title = join_lines((title, after.text))
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
        beneath = (line.text for line in lines[heading.last + 1 : until] if line.text)
        if not again or any(not _ENDS_IN_PAGE.search(text) for text in beneath):
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
    if text[:2] == "<h" and (html := _HTML.fullmatch(text)):
        return " ".join(html[1].split())
    if text[:1] != "#":
        return ""
    rest = text.lstrip("#")
    if not 1 <= len(text) - len(rest) <= 6 or not rest[:1].isspace():
        return ""
    return " ".join(rest.rstrip("#").strip("*_ \t").split())


def _hash_headings(lines: Sequence[Line], taken: Container[int]) -> dict[int, Heading]:
    headings: dict[int, Heading] = {}
    used: Counter[str] = Counter()
    for index, line in enumerate(lines):
        title = "" if index in taken else strip_links(_hash_title(line.text))
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
