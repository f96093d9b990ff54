"""Reading documents: from a file to sections and passages.

Modules
-------
documents
    :func:`~klimatgraph.reading.documents.read`: a text, Markdown or PDF file to a
    :class:`~klimatgraph.reading.documents.Document`.
segments
    The way from lines to blocks, sections and passages.
lines, headings
    Lines, page furniture, and what is a heading.
pdf
    Text lines of the pages of a PDF.
"""

from __future__ import annotations

from klimatgraph.reading.documents import Document, Passage, Section, read

__all__ = ["Document", "Passage", "Section", "read"]
