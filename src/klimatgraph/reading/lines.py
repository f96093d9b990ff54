"""Lines of a document, and which of them are only page furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

_LINE = re.compile(r"([^\r\n\f]*)(\r\n|\r|\n|\f|$)")
_SENTENCE_END = re.compile(r"""[.!?:;…]["'”’»)\]]*$""")


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


def ends_sentence(text: str) -> bool:
    """Tell whether a sentence ends with this text."""
    return _SENTENCE_END.search(text) is not None


def _pages(lines: Sequence[Line]) -> list[list[Line]]:
    pages: list[list[Line]] = [[]]
    for line in lines:
        if line.page_start and pages[-1]:
            pages.append([])
        pages[-1].append(line)
    return pages


def without_furniture(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
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
