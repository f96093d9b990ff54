"""Reading documents: from a file to sections and passages.

Modules
-------
documents
    :func:`~klimatgraph.reading.documents.read`: a text, Markdown or PDF file to a
    :class:`~klimatgraph.reading.documents.Document`.
segments
    The way from text to lines, blocks, sections and passages.
pdf
    Text lines of the pages of a PDF.
"""

from __future__ import annotations

from klimatgraph.reading.documents import Document, Passage, Section, read

__all__ = ["Document", "Passage", "Section", "read"]
