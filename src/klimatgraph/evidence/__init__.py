"""Evidence: passages, their digests, and what the graph can say for itself.

Every statement of the graph points to a passage of a document, and the passage is known by the
digest of its normalised text. Anyone who has the document can have that checked.

Functions
---------
normalise, digest
    The form in which a passage is compared, and its SHA-256.
passage_iri, passage_quads
    Passages of a document as RDF.
cite
    The passages that hold given words.
verify
    Finds what the graph cites in the user's own copy of a document.
as_rows
    What was found, as a table.
sources
    Document, section, address and digest of passages and documents.
explain
    A node in words: what it says, on what evidence, and by what inference.
"""

from __future__ import annotations

from klimatgraph.evidence.checking import Check, How, verify
from klimatgraph.evidence.explaining import explain
from klimatgraph.evidence.explanation import Explanation, Fact
from klimatgraph.evidence.listing import as_rows
from klimatgraph.evidence.normalising import digest, normalise
from klimatgraph.evidence.passages import Citation, cite, passage_iri, passage_quads
from klimatgraph.evidence.references import sources

__all__ = [
    "Check",
    "Citation",
    "Explanation",
    "Fact",
    "How",
    "as_rows",
    "cite",
    "digest",
    "explain",
    "normalise",
    "passage_iri",
    "passage_quads",
    "sources",
    "verify",
]
