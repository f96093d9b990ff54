"""Why a derived link holds, in words and with the sources of what it rests on."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from klimatgraph.engines import Engine
from klimatgraph.errors import UnknownName
from klimatgraph.evidence import sources
from klimatgraph.reasoning.explaining import Derivation, explain_derived
from klimatgraph.terms import pick_label, shorten

# Properties of other vocabularies that rules use, which the ontology does not label.
_FOREIGN: Final = {"rdf:type": {"sv": "är", "en": "is"}}
_SOURCES: Final = {"sv": "Källor:", "en": "Sources:"}

_LABELS: Final = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?label WHERE { VALUES ?thing { @THINGS@ } ?thing rdfs:label ?label }
"""
_EVIDENCE: Final = """
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT DISTINCT ?source WHERE { VALUES ?thing { @THINGS@ } ?thing prov:wasDerivedFrom ?source }
ORDER BY ?source
"""


def why(engine: Engine, link: ox.Triple, lang: str = "sv") -> str:
    """Tell by which rules, and from which statements and sources, a derived link follows.

    Parameters
    ----------
    engine : Engine
        The graph, with its derived triples.
    link : Triple
        The derived link.
    lang : {"sv", "en"}
        The language.

    Returns
    -------
    str
        Each way in which the link follows: the rule, its premises by name, then the
        sources of the statements among them.

    Raises
    ------
    UnknownName
        If no rule gives the link.
    """
    ways = explain_derived(engine, link)
    if not ways:
        parts = (link.subject, link.predicate, link.object)
        shown = " ".join(shorten(t) if isinstance(t, ox.NamedNode) else str(t) for t in parts)
        raise UnknownName("derived link", shown)
    things = {
        term
        for way in ways
        for premise in way.premises
        for term in (premise.triple.subject, premise.triple.predicate, premise.triple.object)
        if isinstance(term, ox.NamedNode)
    }
    labels = _labels(engine, things)

    def name(term: ox.NamedNode) -> str:
        foreign = _FOREIGN.get(shorten(term))
        return foreign[lang] if foreign else pick_label(labels.get(term, []), lang) or shorten(term)

    lines = [way.describe(lang, name) for way in ways]
    cited = sources(engine, _evidence(engine, ways), lang)
    if cited:
        lines.append(_SOURCES[lang])
        lines += [f"  {s.cite(lang)} {s.address or ''}".rstrip() for s in cited.values()]
    return "\n".join(lines)


def _values(things: set[ox.NamedNode]) -> str:
    return " ".join(sorted(map(str, things)))


def _labels(engine: Engine, things: set[ox.NamedNode]) -> dict[ox.NamedNode, list[ox.Literal]]:
    found: dict[ox.NamedNode, list[ox.Literal]] = {}
    for thing, label in engine.select(_LABELS.replace("@THINGS@", _values(things))).rows:
        if isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal):
            found.setdefault(thing, []).append(label)
    return found


def _evidence(engine: Engine, ways: list[Derivation]) -> list[ox.NamedNode]:
    stated = {
        premise.triple.subject
        for way in ways
        for premise in way.premises
        if isinstance(premise.triple.subject, ox.NamedNode)
    }
    rows = engine.select(_EVIDENCE.replace("@THINGS@", _values(stated))).rows
    return [source for (source,) in rows if isinstance(source, ox.NamedNode)]
