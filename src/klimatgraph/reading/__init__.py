"""Reading documents: from a file to what it says.

Modules
-------
documents
    :func:`~klimatgraph.reading.documents.read`: a text, Markdown or PDF file to a
    :class:`~klimatgraph.reading.documents.Document` of sections and passages.
text, pdf
    The way from lines to passages, and from the pages of a PDF to lines.
klimatkontrakt
    :func:`~klimatgraph.reading.klimatkontrakt.read_contract`: a contract to facts.
outline, context, rules
    What its sections are about; what the rules look at; the rules themselves.
sentences, numbers
    Sentences and enumerations; numbers with units.
gazetteer, inflection, unlinked
    Names that the graph knows, in all their forms, and names that it does not.
facts
    What a contract says, in comparable form.
"""

from __future__ import annotations

from klimatgraph.reading.documents import Document, Passage, Section, read
from klimatgraph.reading.text.links import Link

__all__ = ["Document", "Link", "Passage", "Section", "read"]
