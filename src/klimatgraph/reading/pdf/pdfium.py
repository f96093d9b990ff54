"""Read the text of a PDF; meant to run in a process of its own, with bounded memory.

The PDF comes through standard input and what was read leaves through standard output as JSON, so
that this process needs no file. PDFium runs no script of a document and follows no link of it.
"""

from __future__ import annotations

import ctypes
import json
import sys
from typing import Any, TypedDict

from klimatgraph.reading.pdf.glyphs import Sheet, TooManyGlyphs, sheets
from klimatgraph.reading.pdf.layout import Row, rows, stretches
from klimatgraph.reading.pdf.limits import (
    MEMORY_OF_READER,
    MOST_GLYPHS,
    MOST_PAGES,
    SECONDS_OF_READER,
    close_the_door,
    confine,
)
from klimatgraph.reading.pdf.pages import Item, Writer, linked

OUT_OF_MEMORY = 3
"""Exit code when the memory that is allowed does not do."""


class Reading(TypedDict, total=False):
    """What was read, as it is handed to the other process."""

    pages: list[list[Item]]
    links: list[tuple[str, str, int, int]]
    """Address, words, index of the page and of the line."""
    fault: str
    """``password``, ``broken``, ``pages`` or ``glyphs``."""
    count: int
    """Number of pages, or of glyphs, when the fault is about them."""


def main() -> None:
    """Read a PDF from standard input, write what it holds to standard output."""
    data = sys.stdin.buffer.read()
    import pypdfium2_raw as raw  # type: ignore[import-untyped]

    confine(MEMORY_OF_READER + 3 * len(data), SECONDS_OF_READER)
    close_the_door()
    try:
        found = json.dumps(read_pdf(raw, data))
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    sys.stdout.write(found)


def read_pdf(raw: Any, data: bytes) -> Reading:
    """Read a PDF.

    Parameters
    ----------
    raw
        The module ``pypdfium2_raw``.
    data
        The content of the file.

    Returns
    -------
    Reading
        Pages and links, or a fault.
    """
    raw.FPDF_InitLibrary()
    buffer = ctypes.create_string_buffer(data, len(data))
    document = raw.FPDF_LoadMemDocument64(buffer, len(data), None)
    if not document:
        locked = raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        return {"fault": "password" if locked else "broken"}
    try:
        count = raw.FPDF_GetPageCount(document)
        if count > MOST_PAGES:
            return {"fault": "pages", "count": count}
        if count < 1:
            return {"fault": "broken"}
        return _arranged(raw, document)
    finally:
        raw.FPDF_CloseDocument(document)


def _arranged(raw: Any, document: Any) -> Reading:
    pages: list[list[Row]] = []
    slim: list[Sheet] = []
    glyphs = 0
    try:
        for sheet in sheets(raw, document):
            glyphs += len(sheet.glyphs)
            if glyphs > MOST_GLYPHS:
                return {"fault": "glyphs", "count": glyphs}
            pages.append(rows(stretches(sheet.glyphs)))
            sheet.glyphs = []
            slim.append(sheet)
    except TooManyGlyphs:
        return {"fault": "glyphs", "count": glyphs}
    writer = Writer(pages)
    result: Reading = {"pages": [], "links": []}
    for number, (page, sheet) in enumerate(zip(pages, slim, strict=True)):
        items, places = writer.write(page, sheet)
        result["pages"].append(items)
        result["links"] += linked(sheet, page, places, number)
    return result
