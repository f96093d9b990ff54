"""How findable, accessible, interoperable and reusable the published ontology is.

The checks are those of FOOPS! that can be made without network: whether a registry
lists the ontology, or a server answers today, is not among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from klimatgraph.publication.formats import FORMATS
from klimatgraph.terms import KLIM, PREFIXES

__all__ = ["FairCheck", "fair_checks", "fair_score"]

_D: Final = PREFIXES["dcterms"]
_OWL: Final = PREFIXES["owl"]
_VANN: Final = PREFIXES["vann"]
_KINDS: Final = tuple(
    f"{_OWL}{kind}"
    for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
)


@dataclass(frozen=True, slots=True)
class FairCheck:
    """One check: its FOOPS! name, what it asks for, and the part of it that holds (0 to 1)."""

    name: str
    asks: str
    score: float


def fair_score(checks: Iterable[FairCheck]) -> float:
    """Give the mean of the checks, from 0 to 1.

    Examples
    --------
    >>> fair_score([FairCheck("VER1", "a version IRI", 1.0), FairCheck("OM3", "more", 0.5)])
    0.75
    """
    scores = [check.score for check in checks]
    return sum(scores) / len(scores) if scores else 0.0


def fair_checks(
    triples: Iterable[ox.Quad | ox.Triple], files: Mapping[str, bytes], name: str = "klimatgraph"
) -> list[FairCheck]:
    """Check a published ontology.

    Parameters
    ----------
    triples : iterable of Quad or Triple
        The ontology.
    files : mapping of str to bytes
        What is published, from :func:`klimatgraph.publication.publication`.
    name : str
        The name of the published files.

    Returns
    -------
    list of FairCheck

    References
    ----------
    Garijo, Corcho and Poveda-Villalón: FOOPS!: an ontology pitfall scanner for the FAIR
    principles. ISWC 2021 posters, demos and industry tracks.
    """
    told = list(triples)
    header = _header(told)
    iri = header.pop("", [""])[0]
    versions = header.get(f"{_OWL}versionIRI", [])
    numbers = header.get(f"{_OWL}versionInfo", [])
    rules = files.get(".htaccess", b"").decode()
    page = files.get(f"{name}-en.html", b"").decode()
    terms = _terms(told)
    return [
        FairCheck("PURL1", "an address that outlives its server", _has(_lasting(iri))),
        FairCheck("URI1", "the address of the ontology is its namespace", _has(f"{iri}#" == KLIM)),
        FairCheck(
            "URI2", "the address of the version differs and names it",
            _has(bool(versions) and versions[0] != iri and versions[0].endswith(numbers[0])),
        ),
        FairCheck("VER1", "a version IRI", _has(bool(versions))),
        FairCheck(
            "VER2", "a version number",
            _has(bool(numbers) and re.fullmatch(r"\d+\.\d+\.\d+", numbers[0]) is not None),
        ),
        FairCheck("FIND2", "a prefix", _part(header, [f"{_VANN}preferredNamespacePrefix"])),
        FairCheck("FIND3", "a namespace", _part(header, [f"{_VANN}preferredNamespaceUri"])),
        FairCheck("OM1", "title, description, licence, creator, version, namespace", _part(
            header,
            [f"{_D}title", f"{_D}description", f"{_D}license", f"{_D}creator",
             f"{_OWL}versionIRI", f"{_VANN}preferredNamespaceUri"],
        )),
        FairCheck("OM2", "dates, contributor, prefix, citation", _part(
            header,
            [f"{_D}created", f"{_D}modified", f"{_D}contributor",
             f"{_VANN}preferredNamespacePrefix", f"{_D}bibliographicCitation"],
        )),
        FairCheck("OM3", "publisher, source, identifier, issued", _part(
            header, [f"{_D}publisher", f"{_D}source", f"{_D}identifier", f"{_D}issued"],
        )),
        FairCheck("OM4.1", "a licence", _part(header, [f"{_D}license"])),
        FairCheck("OM4.2", "a licence with an address", _has(
            header.get(f"{_D}license", [""])[0].startswith("https://creativecommons.org/"))),
        FairCheck("OM5.1", "creator and date of creation", _part(
            header, [f"{_D}creator", f"{_D}created"])),
        FairCheck("OM5.2", "publisher and date of change", _part(
            header, [f"{_D}publisher", f"{_D}modified"])),
        FairCheck("DOC1", "a page for people", _has("<h1>" in page)),
        FairCheck("DOC2", "an anchor for each term", _share(
            [f'id="{term.removeprefix(KLIM)}"' in page for term in terms])),
        FairCheck("HTTP1", "an open protocol", _has(iri.startswith(("https://", "http://")))),
        FairCheck("CN1", "content negotiation", _share(
            [f"{name}.{suffix} " in rules for suffix in FORMATS])),
        FairCheck("RDF1", "files in RDF", _share(
            [bool(files.get(f"{name}.{suffix}")) for suffix in FORMATS])),
        FairCheck("VOC1", "metadata from known vocabularies", _has(
            all(_known(predicate) for predicate in header))),
        FairCheck("VOC2", "terms that extend known vocabularies", _has(any(
            t.predicate.value.endswith(("subClassOf", "subPropertyOf"))
            and isinstance(t.object, ox.NamedNode) and not t.object.value.startswith(KLIM)
            and _known(t.object.value) for t in told))),
        FairCheck("VOC3", "labels in both languages", _in_both(told, terms, "rdfs", "label")),
        FairCheck(
            "VOC4", "definitions in both languages", _in_both(told, terms, "skos", "definition")
        ),
    ]  # fmt: skip


def _header(triples: Iterable[ox.Quad | ox.Triple]) -> dict[str, list[str]]:
    """Give the values of each property of the ontology itself; its IRI under the empty name."""
    told = list(triples)
    found: dict[str, list[str]] = {}
    for triple in told:
        if isinstance(triple.object, ox.NamedNode) and triple.object.value == f"{_OWL}Ontology":
            assert isinstance(triple.subject, ox.NamedNode)
            found[""] = [triple.subject.value]
    for triple in told:
        if isinstance(triple.subject, ox.NamedNode) and [triple.subject.value] == found.get(""):
            assert isinstance(triple.object, ox.NamedNode | ox.Literal)
            found.setdefault(triple.predicate.value, []).append(triple.object.value)
    return found


def _terms(triples: Iterable[ox.Quad | ox.Triple]) -> list[str]:
    return sorted(
        {
            t.subject.value
            for t in triples
            if isinstance(t.subject, ox.NamedNode)
            and t.subject.value.startswith(KLIM)
            and isinstance(t.object, ox.NamedNode)
            and t.object.value in _KINDS
        }
    )


def _lasting(iri: str) -> bool:
    return iri.startswith(("https://w3id.org/", "https://purl.org/", "http://purl.org/"))


def _known(iri: str) -> bool:
    return iri.startswith(tuple(ns for prefix, ns in PREFIXES.items() if prefix != "klim"))


def _has(condition: bool) -> float:
    return 1.0 if condition else 0.0


def _share(conditions: list[bool]) -> float:
    return sum(conditions) / len(conditions) if conditions else 0.0


def _part(header: Mapping[str, list[str]], wanted: list[str]) -> float:
    return _share([bool(header.get(predicate)) for predicate in wanted])


def _in_both(
    triples: Iterable[ox.Quad | ox.Triple], terms: list[str], prefix: str, local: str
) -> float:
    have = {
        (t.subject.value, t.object.language)
        for t in triples
        if t.predicate.value == PREFIXES[prefix] + local
        and isinstance(t.subject, ox.NamedNode)
        and isinstance(t.object, ox.Literal)
    }
    return _share([{(term, "sv"), (term, "en")} <= have for term in terms])
