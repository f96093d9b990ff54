"""One graph, four serialisations, each the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from klimatgraph import canonical
from klimatgraph.errors import InputError
from klimatgraph.terms import PREFIXES

__all__ = ["FORMATS", "MEDIA_TYPES", "serialise"]

# Suffix of the file -> format.
FORMATS: Final[dict[str, ox.RdfFormat]] = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
MEDIA_TYPES: Final[dict[str, str]] = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}


def serialise(triples: Iterable[ox.Triple], suffix: str) -> bytes:
    """Write a graph in one of the formats.

    Parameters
    ----------
    triples : iterable of Triple
    suffix : {"ttl", "nt", "rdf", "jsonld"}

    Returns
    -------
    bytes
        UTF-8; the same for the same graph, whatever the order of the triples.

    Raises
    ------
    InputError
        If the suffix is unknown.

    Examples
    --------
    >>> from klimatgraph.terms import expand
    >>> serialise([ox.Triple(expand("klim:City"), expand("rdf:type"), expand("owl:Class"))], "nt")
    b'<...#City> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <...owl#Class> .\\n'
    """
    if suffix not in FORMATS:
        raise InputError(f"no format {suffix!r}: there are {', '.join(FORMATS)}")
    if suffix == "ttl":
        return canonical.to_turtle(triples).encode()
    text = ox.serialize(
        sorted(_with_stable_blank_nodes(triples), key=str),
        format=FORMATS[suffix],
        prefixes=PREFIXES if FORMATS[suffix] == ox.RdfFormat.RDF_XML else None,
    )
    assert text is not None
    return text


def _with_stable_blank_nodes(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """Name blank nodes by where they stand in the graph, not by when they were read."""
    graph = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {quad.triple for quad in graph}
