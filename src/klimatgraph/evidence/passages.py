"""Passages as RDF, and passages by their words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from klimatgraph.errors import DocumentError
from klimatgraph.evidence.normalising import normalise, sha256
from klimatgraph.reading.documents import Document, Passage
from klimatgraph.terms import ID, KLIM, thing

_RDF_TYPE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_RDFS_LABEL: Final = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_XSD_INTEGER: Final = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")


def passage_iri(document_iri: ox.NamedNode, section: str, ordinal: int) -> ox.NamedNode:
    """Return the IRI of a passage.

    Parameters
    ----------
    document_iri
        IRI of the document, ``…/id/document/<slug>``.
    section
        Number of the section.
    ordinal
        Place in the section, from 1.

    Returns
    -------
    pyoxigraph.NamedNode
        ``…/id/passage/<slug>/<section>/<ordinal>``.

    Raises
    ------
    DocumentError
        When the IRI is not one of a document.

    Examples
    --------
    >>> contract = ox.NamedNode("https://w3id.org/klimatgraph/id/document/a-contract")
    >>> passage_iri(contract, "5.1", 2).value
    'https://w3id.org/klimatgraph/id/passage/a-contract/5.1/2'
    """
    base = f"{ID}document/"
    slug = document_iri.value.removeprefix(base)
    if not document_iri.value.startswith(base) or not slug or "/" in slug:
        raise DocumentError(f"{document_iri.value} is no IRI of a document; it begins {base}")
    return thing("passage", slug, section, ordinal)


def passage_quads(
    document: Document,
    document_iri: ox.NamedNode,
    graph_iri: ox.NamedNode,
    which: Collection[tuple[str, int]] | None = None,
) -> list[ox.Quad]:
    """Describe the passages of a document in RDF, without their words.

    Parameters
    ----------
    document
        The document that was read.
    document_iri
        Its IRI in the graph.
    graph_iri
        The named graph that the quads belong to.
    which
        Section and ordinal of the passages wanted; all but the headings when left out.

    Returns
    -------
    list of pyoxigraph.Quad
        In the order of the document.

    Raises
    ------
    DocumentError
        When a wanted passage does not exist.
    """
    if which is None:
        chosen = [passage for passage in document.passages if passage.kind != "heading"]
    else:
        for section, ordinal in sorted(which):
            document.passage(section, ordinal)
        chosen = [p for p in document.passages if (p.section, p.ordinal) in which]
    quads: list[ox.Quad] = []
    for passage in chosen:
        subject = passage_iri(document_iri, passage.section, passage.ordinal)
        quads.append(ox.Quad(subject, _RDF_TYPE, ox.NamedNode(f"{KLIM}Passage"), graph_iri))
        for language, label in _labels(passage):
            quads.append(
                ox.Quad(subject, _RDFS_LABEL, ox.Literal(label, language=language), graph_iri)
            )
        quads.append(ox.Quad(subject, ox.NamedNode(f"{KLIM}document"), document_iri, graph_iri))
        for name, value in _values(passage):
            quads.append(ox.Quad(subject, ox.NamedNode(f"{KLIM}{name}"), value, graph_iri))
    return quads


def _labels(passage: Passage) -> tuple[tuple[str, str], tuple[str, str]]:
    if passage.section == "0":
        sv, en = "Inledning", "Front matter"
    elif passage.section.startswith("annex-"):
        label = passage.section.removeprefix("annex-").upper()
        sv, en = f"Bilaga {label}", f"Annex {label}"
    else:
        sv, en = f"Avsnitt {passage.section}", f"Section {passage.section}"
    if passage.ordinal == 0:
        return ("sv", f"{sv}, rubrik"), ("en", f"{en}, heading")
    return (
        ("sv", f"{sv}, stycke {passage.ordinal}"),
        ("en", f"{en}, paragraph {passage.ordinal}"),
    )


def _values(passage: Passage) -> list[tuple[str, ox.Literal]]:
    normalised = normalise(passage.text)
    values = [
        ("section", ox.Literal(passage.section)),
        ("start", _integer(passage.start)),
        ("end", _integer(passage.end)),
        ("length", _integer(len(normalised))),
        ("digest", ox.Literal(sha256(normalised))),
    ]
    if passage.page is not None:
        values.append(("page", _integer(passage.page)))
    return values


def _integer(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=_XSD_INTEGER)


@dataclass(frozen=True, slots=True)
class Citation:
    """What is needed to cite a passage.

    Parameters
    ----------
    passage
        The passage, with its words.
    length
        Number of characters of its normalised text.
    digest
        SHA-256 of its normalised text.
    """

    passage: Passage
    length: int
    digest: str

    def __str__(self) -> str:
        place = f"{self.passage.section}/{self.passage.ordinal}"
        span = f"{self.passage.start}-{self.passage.end}"
        return f"{place}  {span}  {self.length}  {self.digest}\n{self.passage.text}"


def cite(document: Document, words: str) -> list[Citation]:
    """Find the passages that hold given words.

    Parameters
    ----------
    document
        The document that was read.
    words
        The words as they stand in the document. White space, bullets, soft hyphens, and upper or
        lower case make no difference.

    Returns
    -------
    list of Citation
        In the order of the document, headings among them; empty when no passage has the words.

    Raises
    ------
    DocumentError
        When no words are given.
    """
    sought = normalise(words).casefold()
    if not sought:
        raise DocumentError("no words to look for; give some words of the passage")
    found: list[Citation] = []
    for passage in document.passages:
        text = normalise(passage.text)
        if sought in text.casefold():
            found.append(Citation(passage, len(text), sha256(text)))
    return found
