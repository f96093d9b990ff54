"""From text to passages: lines, then blocks, then sections, then passages.

The rules know the shapes that contracts have in common, not any one contract: numbered headings
that may wrap, annexes, bullets, numbered commitments, addresses, and paragraphs that run over a
page break. Each step is a function of what the step before it gives.

Examples
--------
>>> text = "1.\\tMål\\nVi når målet.\\n\\n\\t▪\\tFörsta\\n\\t▪\\tAndra\\n"
>>> for passage in segment(lines_of_text(text))[1]:
...     print(passage.section, passage.ordinal, passage.kind, passage.text)
1 0 heading 1. Mål
1 1 paragraph Vi når målet.
1 2 bullet Första
1 3 bullet Andra
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from klimatgraph.errors import InputError
from klimatgraph.terms import slug

Kind = Literal["heading", "paragraph", "bullet"]

_LINE = re.compile(r"([^\r\n\f]*)(\r\n|\r|\n|\f|$)")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})(\.?)(\s+)(\S.*)")
_ANNEX = re.compile(r"(?:Bilaga|Annex|Appendix)\s+(\d{1,2}|[A-Z])(?:\s*[-–—:.]\s*(\S.*))?")
_HASH = re.compile(r"#{1,6}\s+(\S.*?)\s*#*")
_HASH_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(\S.*)")
_LEADERS = re.compile(r"(?:\.{3,}|…|\t)[\s.…]*\d{1,3}$")
_BULLET = re.compile(r"[▪•‣◦●○■□]\s+(?=\S)")
_WEAK_BULLET = re.compile(r"(?:[-–—*+]|\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_COMMITMENT = re.compile(r"(?:Åtagande|Commitment)\s+\d{1,2}\s*[-–—:]\s")
_ADDRESS = re.compile(r"https?://\S", re.IGNORECASE)
_SENTENCE_END = re.compile(r"""[.!?:;…]["'”’»)\]]*$""")
_DASHES = "-–—"

# A heading that ends in one of these goes on in the next line, whatever that line begins with.
_OPEN_WORDS: Final = frozenset(
    (
        *(
            "av",
            "att",
            "den",
            "det",
            "de",
            "en",
            "ett",
            "eller",
            "för",
            "från",
            "genom",
            "hos",
            "i",
        ),
        *("inför", "inom", "med", "mellan", "mot", "och", "om", "på", "samt", "som", "till"),
        *("under", "utan", "vid", "över"),
        *("a", "an", "and", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the"),
        *("through", "to", "towards", "with", "within"),
    )
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document, without the blanks around it.

    Parameters
    ----------
    text
        The line, stripped; empty for a blank line.
    start
        Offset of its first character in the text of the document.
    page
        Number of the page counted from 1, when the format tells.
    page_start
        Whether a page begins with this line.
    """

    text: str
    start: int
    page: int | None = None
    page_start: bool = False

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.start + len(self.text)


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
        Place within the section, counted from 1 over paragraphs and bullets; 0 for the heading.
    kind
        "heading", "paragraph" or "bullet".
    start, end
        Character span in the text of the document; the sign of a bullet stands before it.
    text
        The words on one line. Page headers and footers that stand within the span are left out.
    page
        Page on which it begins, counted from 1, when the format tells.
    """

    section: str
    ordinal: int
    kind: Kind
    start: int
    end: int
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class _Heading:
    number: str
    title: str
    order: tuple[int, ...]
    first: int
    last: int


@dataclass(slots=True)
class _Block:
    kind: Kind
    lines: list[Line] = field(default_factory=list)
    heading: _Heading | None = None
    closed: bool = False

    def passage(self, section: str, ordinal: int) -> Passage:
        words = " ".join(" ".join(line.text.split()) for line in self.lines)
        first, last = self.lines[0], self.lines[-1]
        return Passage(section, ordinal, self.kind, first.start, last.end, words, first.page)


def lines_of_text(text: str, marked_pages: bool = True) -> list[Line]:
    """Split a text into lines.

    Parameters
    ----------
    text
        The text, with any of the usual line ends.
    marked_pages
        Whether a single blank before a line marks the start of a page, as in texts taken out of
        a PDF. It is believed only while such lines are rare: a text whose every line is set in
        by one blank has no page marks. A form feed always starts a page.

    Returns
    -------
    list of Line
        In order; blank lines are among them.

    Examples
    --------
    >>> [(line.text, line.start, line.page_start) for line in lines_of_text("a\\r\\n b\\n")]
    [('a', 0, False), ('b', 4, False)]
    >>> [line.page_start for line in lines_of_text("a\\n" * 9 + " b")][-2:]
    [False, True]
    """
    lines: list[Line] = []
    marked: list[bool] = []
    new_page = False
    for match in _LINE.finditer(text):
        raw, line_end = match.groups()
        if not raw and not line_end:
            break
        stripped = raw.strip()
        indent = len(raw) - len(raw.lstrip())
        lines.append(Line(stripped, match.start() + indent, None, new_page))
        marked.append(bool(stripped) and indent == 1 and raw[0] == " ")
        new_page = line_end == "\f"
    written = sum(1 for line in lines if line.text)
    if marked_pages and sum(marked) * 8 <= written:
        lines = [
            replace(line, page_start=True) if mark else line
            for line, mark in zip(lines, marked, strict=True)
        ]
    return lines


def segment(
    lines: Sequence[Line], markdown: bool = False
) -> tuple[tuple[Section, ...], tuple[Passage, ...], tuple[tuple[int, int], ...]]:
    """Divide lines into sections and passages.

    Parameters
    ----------
    lines
        The lines of the document in order.
    markdown
        Whether lines that begin with ``#`` are headings; if there are any, only these are.

    Returns
    -------
    sections, passages, furniture
        In reading order; furniture is the spans of page headers, footers and page numbers.
    """
    kept, furniture = _without_furniture(lines)
    hashes = markdown and any(_HASH.fullmatch(line.text) for line in kept)
    headings = _hash_headings(kept) if hashes else _numbered_headings(kept)
    blocks = _blocks(kept, headings)
    sections, passages = _sections(blocks)
    spans = tuple((line.start, line.end) for line in furniture)
    return sections, passages, spans


# ------------------------------------------------------------------------------- page furniture


def _pages(lines: Sequence[Line]) -> list[list[Line]]:
    pages: list[list[Line]] = [[]]
    for line in lines:
        if line.page_start and pages[-1]:
            pages.append([])
        pages[-1].append(line)
    return pages


def _without_furniture(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Part the running headers, footers and page numbers from the text.

    A line is furniture when it stands among the two outermost lines of its page and the same
    words, digits aside, stand there on half of the pages, at least on three; or when it is the
    outermost line and nothing but a number.
    """
    pages = _pages(lines)
    outer = [_outermost(page) for page in pages]
    counts = Counter(key for page in outer for key in {_masked(line) for line in page})
    needed = max(3, (len(pages) + 1) // 2)
    furniture = {
        line.start
        for page in outer
        for line in page
        if counts[_masked(line)] >= needed or (line.page is not None and line.text.isdigit())
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


def _outermost(page: Sequence[Line]) -> list[Line]:
    written = [line for line in page if line.text]
    return written if len(written) < 4 else written[:2] + written[-2:]


def _masked(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.casefold())


def _trimmed(lines: list[Line]) -> list[Line]:
    written = [index for index, line in enumerate(lines) if line.text]
    return lines[written[0] : written[-1] + 1] if written else []


# -------------------------------------------------------------------------------------- headings


def _ends_sentence(text: str) -> bool:
    return _SENTENCE_END.search(text) is not None


def _opens(lines: Sequence[Line], index: int, after_heading: bool) -> bool:
    """Whether something new can begin with this line."""
    if index == 0 or after_heading or lines[index].page_start:
        return True
    before = lines[index - 1].text
    return not before or _ends_sentence(before)


def _candidate(text: str) -> tuple[str, str, tuple[int, ...]] | None:
    """Number, title and place in the outline of a line that looks like a heading."""
    if _LEADERS.search(text):
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
    if not line.text or line.page_start or _BULLET.match(line.text):
        return False
    first = line.text[0]
    return first.islower() or first in _DASHES or heading.split()[-1].lower() in _OPEN_WORDS


def _numbered_headings(lines: Sequence[Line]) -> dict[int, _Heading]:
    """The headings by the index of their first line, each later in the outline than the last."""
    found: list[_Heading] = []
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
        found.append(_Heading(number, " ".join(title.split()), order, index, last))
        index, after_heading = last + 1, True
    return _in_outline_order(_without_contents(found, lines))


def _without_contents(found: Sequence[_Heading], lines: Sequence[Line]) -> list[_Heading]:
    """Drop the lines of a table of contents: nothing beneath them, and they come again."""
    kept: list[_Heading] = []
    for place, heading in enumerate(found):
        later = found[place + 1 :]
        again = any(
            other.number == heading.number
            and heading.title.casefold().startswith(other.title.casefold())
            for other in later
        )
        beneath = lines[heading.last + 1 : later[0].first] if later else lines[heading.last + 1 :]
        if not again or any(line.text for line in beneath):
            kept.append(heading)
    return kept


def _in_outline_order(found: Sequence[_Heading]) -> dict[int, _Heading]:
    """Drop what would go back in the outline: the items of a numbered list look like headings."""
    headings: dict[int, _Heading] = {}
    reached: tuple[int, ...] = ()
    for heading in found:
        if heading.order > reached:
            headings[heading.first] = heading
            reached = heading.order
    return headings


def _hash_headings(lines: Sequence[Line]) -> dict[int, _Heading]:
    headings: dict[int, _Heading] = {}
    used: Counter[str] = Counter()
    for index, line in enumerate(lines):
        match = _HASH.fullmatch(line.text)
        if match is None:
            continue
        title = " ".join(match[1].strip("*_ ").split())
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
        headings[index] = _Heading(number, title, (), index, index)
    return headings


def _name(title: str) -> str:
    try:
        return slug(title)
    except InputError:  # nothing but signs, or letters that have no ASCII form
        return "section"


# ---------------------------------------------------------------------------------------- blocks


def _blocks(lines: Sequence[Line], headings: dict[int, _Heading]) -> list[_Block]:
    """Group lines into headings, paragraphs and bullets."""
    blocks: list[_Block] = []
    blank = False
    covered = -1
    for index, line in enumerate(lines):
        if index <= covered:
            continue
        if index in headings:
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
    mark = _BULLET.match(line.text) or _WEAK_BULLET.match(line.text)
    if mark:
        line = replace(line, text=line.text[mark.end() :], start=line.start + mark.end())
    blocks.append(_Block("bullet" if mark else "paragraph", [line]))


def _goes_on(block: _Block, line: Line, blank: bool) -> bool:
    before = block.lines[-1].text
    ended = _ends_sentence(before)
    if _BULLET.match(line.text):
        return False
    if (ended or block.kind == "bullet") and _WEAK_BULLET.match(line.text):
        return False
    if ended and _COMMITMENT.match(line.text):
        return False
    if line.page_start:
        return not ended and (not blank or line.text[0].islower())
    return not blank


# ------------------------------------------------------------------------- sections and passages


def _sections(blocks: Sequence[_Block]) -> tuple[tuple[Section, ...], tuple[Passage, ...]]:
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
            passages.append(block.passage(number, 0))
        else:
            if not passages:
                start = block.lines[0].start
            ordinal += 1
            passages.append(block.passage(number, ordinal))
    if blocks:
        close(blocks[-1].lines[-1].end)
    return tuple(sections), tuple(passages)
