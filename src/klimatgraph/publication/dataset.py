"""What the shipped graph holds, told in VoID and DCAT."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from klimatgraph.terms import ID, KLIM, PREFIXES

__all__ = ["DATASET", "describe_dataset"]

DATASET: Final = ox.NamedNode("https://w3id.org/klimatgraph/dataset")

_VOID: Final = "http://rdfs.org/ns/void#"
_DCAT: Final = "http://www.w3.org/ns/dcat#"
_RDF: Final = PREFIXES["rdf"]
_DCTERMS: Final = PREFIXES["dcterms"]
_LICENSE: Final = "https://creativecommons.org/licenses/by/4.0/"
_TEXTS: Final = {
    "title": {
        "sv": "klimatgraph: kunskapsgraf över städers klimatkontrakt",
        "en": "klimatgraph: a knowledge graph of cities' climate contracts",
    },
    "description": {
        "sv": "Parter, åtaganden, projekt, finansiering och källor i städers klimatkontrakt, "
        "varje uppgift med sin källa.",
        "en": "Parties, commitments, projects, funding and sources of cities' climate contracts, "
        "every fact with its source.",
    },
}


def describe_dataset(quads: Iterable[ox.Quad], version: str) -> list[ox.Triple]:
    """Describe a graph: how large it is, of what, from which sources, under which terms.

    Parameters
    ----------
    quads : iterable of Quad
        The graph.
    version : str
        The version of the data.

    Returns
    -------
    list of Triple
        A void:Dataset that is also a dcat:Dataset, with one partition a class and one
        subset a named graph; sorted.

    References
    ----------
    VoID: https://www.w3.org/TR/void/ · DCAT 3: https://www.w3.org/TR/vocab-dcat-3/
    """
    graphs: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    triples: set[ox.Triple] = set()
    for quad in quads:
        triples.add(quad.triple)
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs[quad.graph_name.value] += 1
    for triple in triples:
        if triple.predicate.value == f"{_RDF}type" and isinstance(triple.object, ox.NamedNode):
            classes[triple.object.value] += 1
    entities = {t.subject for t in triples if str(t.subject).startswith(f"<{ID}")}
    told = _header(version)
    told += [
        (DATASET, f"{_VOID}triples", _count(len(triples))),
        (DATASET, f"{_VOID}entities", _count(len(entities))),
        (DATASET, f"{_VOID}classes", _count(len(classes))),
        (
            DATASET,
            f"{_VOID}properties",
            _count(len({t.predicate for t in triples})),
        ),
    ]
    for iri, number in sorted(classes.items()):
        if iri.startswith(KLIM):
            part = ox.NamedNode(f"{DATASET.value}#{iri.removeprefix(KLIM)}")
            told += [
                (DATASET, f"{_VOID}classPartition", part),
                (part, f"{_VOID}class", ox.NamedNode(iri)),
                (part, f"{_VOID}entities", _count(number)),
            ]
    for iri, number in sorted(graphs.items()):
        told += [
            (DATASET, f"{_VOID}subset", ox.NamedNode(iri)),
            (ox.NamedNode(iri), f"{_RDF}type", ox.NamedNode(f"{_VOID}Dataset")),
            (ox.NamedNode(iri), f"{_VOID}triples", _count(number)),
        ]
    made = {ox.Triple(s, ox.NamedNode(p), o) for s, p, o in told}
    return sorted(made, key=str)


def _header(version: str) -> list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]]:
    file = ox.NamedNode(f"{DATASET.value}#nq")
    told: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
        (DATASET, f"{_RDF}type", ox.NamedNode(f"{_VOID}Dataset")),
        (DATASET, f"{_RDF}type", ox.NamedNode(f"{_DCAT}Dataset")),
        (DATASET, f"{_DCTERMS}license", ox.NamedNode(_LICENSE)),
        (DATASET, f"{_DCTERMS}publisher", ox.NamedNode("https://w3id.org/klimatgraph")),
        (DATASET, f"{_DCTERMS}language", ox.Literal("sv")),
        (DATASET, f"{_DCTERMS}language", ox.Literal("en")),
        (DATASET, f"{_DCAT}version", ox.Literal(version)),
        (DATASET, f"{_VOID}uriSpace", ox.Literal(ID)),
        (DATASET, f"{_DCAT}distribution", file),
        (file, f"{_RDF}type", ox.NamedNode(f"{_DCAT}Distribution")),
        (file, f"{_DCTERMS}license", ox.NamedNode(_LICENSE)),
        (
            file,
            f"{_DCAT}mediaType",
            ox.NamedNode("https://www.iana.org/assignments/media-types/application/n-quads"),
        ),
    ]
    told += [
        (DATASET, f"{_DCTERMS}{name}", ox.Literal(text, language=lang))
        for name, texts in _TEXTS.items()
        for lang, text in texts.items()
    ]
    used = ("klim", "skos", "prov", "org", "dcterms", "foaf", "oa", "qb", "schema")
    told += [(DATASET, f"{_VOID}vocabulary", ox.NamedNode(PREFIXES[name])) for name in used]
    return told


def _count(number: int) -> ox.Literal:
    return ox.Literal(number)
