"""Lines of a document."""

from __future__ import annotations

import re
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
    indent
        How many signs stand before it on its line.
    size, bold
        Size of its letters, and whether all are bold, when the format tells.
    cells
        Its cells, when the format tells that it is a row of a table.
    opens
        Whether the format tells that something new begins with it.
    """

    text: str
    start: int
    page: int | None = None
    page_start: bool = False
    indent: int = 0
    size: float = 0.0
    bold: bool = False
    cells: tuple[str, ...] = ()
    opens: bool = False

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
        lines.append(Line(stripped, match.start() + indent, None, new_page, indent))
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
