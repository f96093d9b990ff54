"""What stands on a page of a PDF: glyphs with their places, ruled lines, links.

This is the only module that calls PDFium. Each call goes through ctypes, so that the number of
calls for a glyph is what reading a PDF costs: three, and one more at the beginning of a word.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from klimatgraph.reading.pdf.limits import (
    MOST_GLYPHS_OF_PAGE,
    MOST_LINKS_OF_PAGE,
    MOST_OBJECTS_OF_PAGE,
)

_EM = 0.86
"""The size of a font as a share of the height of its glyphs' boxes, roughly."""

_BOLD = (b"bold", b"black", b"heavy")


class Glyph(NamedTuple):
    """A sign on a page; places are in points, counted from the lower left corner."""

    char: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    spaced: bool
    """Whether a blank stands before it."""


@dataclass(slots=True)
class Sheet:
    """A page: its signs in the order of the file, those that stand upright apart."""

    glyphs: list[Glyph] = field(default_factory=list)
    turned: list[str] = field(default_factory=list)
    rules: list[tuple[float, float, float]] = field(default_factory=list)
    """Ruled lines that lie: height, left and right end."""
    posts: list[tuple[float, float, float]] = field(default_factory=list)
    """Ruled lines that stand: place, lower and upper end."""
    dots: list[tuple[float, float, float]] = field(default_factory=list)
    """Small drawings about as wide as high, as bullets are: left end, right end, middle height."""
    links: list[tuple[str, float, float, float, float]] = field(default_factory=list)
    """Links: address, left, bottom, right, top."""


class TooManyGlyphs(Exception):
    """A page with more signs than any page has."""


def sheets(raw: Any, document: Any) -> Iterator[Sheet]:
    """Read the pages of a document one by one.

    Parameters
    ----------
    raw
        The module ``pypdfium2.raw``.
    document
        The handle of the document.

    Yields
    ------
    Sheet
        Each page; an empty one where a page is broken.
    """
    for number in range(raw.FPDF_GetPageCount(document)):
        page = raw.FPDF_LoadPage(document, number)
        if not page:
            yield Sheet()
            continue
        textpage = raw.FPDFText_LoadPage(page)
        sheet = Sheet()
        if textpage:
            _glyphs(raw, textpage, sheet)
            raw.FPDFText_ClosePage(textpage)
        if sheet.glyphs:
            _rules(raw, page, sheet)
            _links(raw, document, page, sheet)
        raw.FPDF_ClosePage(page)
        yield sheet


def _glyphs(raw: Any, textpage: Any, sheet: Sheet) -> None:
    count = raw.FPDFText_CountChars(textpage)
    if count > MOST_GLYPHS_OF_PAGE:
        raise TooManyGlyphs
    get_char, get_origin = raw.FPDFText_GetUnicode, raw.FPDFText_GetCharOrigin
    get_box, get_angle = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharAngle
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    at_x, at_y, at_box = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    add = sheet.glyphs.append
    bold, spaced, last, upright = False, True, -1.0, True
    turned: list[str] = []
    for index in range(count):
        code = get_char(textpage, index)
        if code <= 0x20 or code == 0xA0:
            if code != 0x02:  # PDFium's sign for a hyphen at the end of a line
                if code or not get_box(textpage, index, at_box) or box.top == box.bottom:
                    # PDFium ends a line before a raised sign too: there the gap is to tell.
                    spaced = spaced or code not in (0x0A, 0x0D)
                    if not upright and code == 0x20:
                        turned.append(" ")
                    continue
                code = 0xFFFD  # a glyph that the file gives no meaning
            else:
                code = 0x2D
        if not get_origin(textpage, index, at_x, at_y) or not get_box(textpage, index, at_box):
            continue
        base = y.value
        if base != last:
            angle = get_angle(textpage, index)
            upright = angle < 0.1 or angle > 6.18
            bold = _is_bold(raw, textpage, index)
            last = base
            if upright and turned:
                sheet.turned.append("".join(turned))
                turned = []
        if 0xD800 <= code <= 0xDFFF:
            code = 0xFFFD
        if not upright:
            turned.append(chr(code))
            continue
        if spaced:
            bold = _is_bold(raw, textpage, index)
        size = (box.top - box.bottom) * _EM
        add(Glyph(chr(code), x.value, box.right, base, size, bold, spaced))
        spaced = False
    if turned:
        sheet.turned.append("".join(turned))


_NAME = ctypes.create_string_buffer(96)
_FLAGS = ctypes.c_int()


def _is_bold(raw: Any, textpage: Any, index: int) -> bool:
    length = raw.FPDFText_GetFontInfo(textpage, index, _NAME, 96, ctypes.byref(_FLAGS))
    if not 0 < length <= 96:
        return False
    name = _NAME.value.lower()
    return any(word in name for word in _BOLD)


def _rules(raw: Any, page: Any, sheet: Sheet) -> None:
    """Find ruled lines, drawn as lines, as flat boxes or as the edges of boxes."""
    count = raw.FPDFPage_CountObjects(page)
    if count > MOST_OBJECTS_OF_PAGE:
        return
    values = [ctypes.c_float() for _ in range(4)]
    places = [ctypes.byref(value) for value in values]
    for index in range(count):
        drawing = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(drawing) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if not raw.FPDFPageObj_GetBounds(drawing, *places):
            continue
        left, bottom, right, top = (value.value for value in values)
        wide, high = right - left, top - bottom
        if 1.5 < wide < 9 and 0.6 * wide < high < 1.6 * wide:
            sheet.dots.append((left, right, (top + bottom) / 2))
            continue
        if wide > 3 and high > 3 and wide > 12 and high < 400:
            sheet.rules += [(top, left, right), (bottom, left, right)]
            sheet.posts += [(left, bottom, top), (right, bottom, top)]
        elif high <= 3 and wide >= 12:
            sheet.rules.append(((top + bottom) / 2, left, right))
        elif wide <= 3 and high >= 6:
            sheet.posts.append(((left + right) / 2, bottom, top))


def _links(raw: Any, document: Any, page: Any, sheet: Sheet) -> None:
    """Read the addresses that the page links to; nothing is followed."""
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    rect = raw.FS_RECTF()
    for _ in range(MOST_LINKS_OF_PAGE):
        if not raw.FPDFLink_Enumerate(page, ctypes.byref(position), ctypes.byref(link)):
            break
        action = raw.FPDFLink_GetAction(link)
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            continue
        length = raw.FPDFAction_GetURIPath(document, action, None, 0)
        if not 1 < length <= 4096 or not raw.FPDFLink_GetAnnotRect(link, ctypes.byref(rect)):
            continue
        buffer = ctypes.create_string_buffer(length)
        raw.FPDFAction_GetURIPath(document, action, buffer, length)
        address = buffer.value.decode("utf-8", "replace")
        low, high = sorted((rect.bottom, rect.top))
        sheet.links.append((address, rect.left, low, rect.right, high))
