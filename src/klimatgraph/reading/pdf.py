"""Text lines of the pages of a PDF, with blank lines where the page has a gap.

A PDF knows glyphs and places, not paragraphs. PDFium gives the text line by line; the gap between
two lines, compared with the commonest one, tells whether a paragraph ends between them.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from klimatgraph.errors import DocumentError, MissingExtra

_GAP = 1.3
"""A step this many times the commonest one between lines of the document parts two paragraphs."""

_Placed = tuple[str, float]


def pages_of_pdf(data: bytes, name: str) -> list[list[str]]:
    """Read the lines of each page.

    Parameters
    ----------
    data
        The content of the file.
    name
        What to call the file in an error message.

    Returns
    -------
    list of list of str
        The lines of each page; an empty line stands for a gap.

    Raises
    ------
    MissingExtra
        When pypdfium2 is not installed.
    DocumentError
        When the file is broken, protected by a password, or holds no text.
    """
    try:
        import pypdfium2
        from pypdfium2 import raw
    except ImportError:
        raise MissingExtra("pypdfium2", "pdf") from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        reason = (
            "is protected by a password; save a copy without one"
            if "password" in str(error).lower()
            else "is not a readable PDF; download or export it again"
        )
        raise DocumentError(f"{name} {reason}") from None
    try:
        placed = [_placed_lines(raw, page) for page in document]
    except pypdfium2.PdfiumError as error:
        raise DocumentError(f"{name} has a page that cannot be read: {error}") from None
    finally:
        document.close()
    if not any(placed):
        raise DocumentError(f"{name} holds no text, only pictures; run it through OCR first")
    usual = _usual_step(placed)
    return [_with_gaps(page, usual) for page in placed]


def _usual_step(pages: Sequence[Sequence[_Placed]]) -> float:
    """The commonest distance between the bases of two lines, in points; 0 when there is none."""
    steps = Counter(
        round(2 * (above - below)) / 2
        for page in pages
        for (_, above), (_, below) in pairwise(page)
        if above - below >= 1
    )
    return min(steps, key=lambda step: (-steps[step], step), default=0.0)


def _with_gaps(page: Sequence[_Placed], usual: float) -> list[str]:
    lines: list[str] = [page[0][0]] if page else []
    for (_, above), (text, below) in pairwise(page):
        # A step upwards is the top of another column: a paragraph may run on there.
        if usual and above - below > _GAP * usual:
            lines.append("")
        lines.append(text)
    return lines


def _placed_lines(raw: Any, page: Any) -> list[_Placed]:
    """The written lines of a page with the height of their base, in points."""
    textpage = page.get_textpage()
    try:
        return _lines_of_glyphs(raw, textpage)
    finally:
        textpage.close()
        page.close()


def _lines_of_glyphs(raw: Any, textpage: Any) -> list[_Placed]:
    placed: list[_Placed] = []
    letters: list[str] = []
    base: float | None = None
    x, y = ctypes.c_double(), ctypes.c_double()
    count = textpage.count_chars()
    for index in range(count + 1):
        code = raw.FPDFText_GetUnicode(textpage, index) if index < count else 0x0A
        if code in (0x0A, 0x0D):
            text = "".join(letters).strip()
            if text and base is not None:
                placed.append((text, base))
            letters, base = [], None
            continue
        letters.append(_letter(code))
        written = not letters[-1].isspace()
        if base is None and written and raw.FPDFText_GetCharOrigin(textpage, index, x, y):
            base = y.value
    return placed


def _letter(code: int) -> str:
    # PDFium marks a hyphen at a line's end by U+0002; glyphs without a meaning come as 0.
    if code == 0x02:
        return "-"
    if code == 0 or 0xD800 <= code <= 0xDFFF:
        return "\N{REPLACEMENT CHARACTER}"
    return chr(code)
