"""Explain a node: what the graph says of it, in words, on what evidence and by what inference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from klimatgraph.errors import ParameterError, UnknownName
from klimatgraph.evidence.explanation import WORDS, Explanation, Fact
from klimatgraph.evidence.references import sources
from klimatgraph.rows import Entity
from klimatgraph.terms import ID, KLIM, expand, pick_label, python_value, shorten

if TYPE_CHECKING:
    from klimatgraph.engines import Engine
    from klimatgraph.terms import Term

_DERIVED: Final = NamedNode(f"{ID}graph/derived")
_TYPE: Final = expand("rdf:type")
_COMMENT: Final = expand("rdfs:comment")
_EVIDENCE: Final = expand("prov:wasDerivedFrom")
_CONFIDENCE: Final = NamedNode(f"{KLIM}confidence")
# Said in another place of the explanation than among the facts.
_APART: Final = frozenset(
    {_TYPE, _COMMENT, _EVIDENCE, _CONFIDENCE, expand("rdfs:label"), expand("skos:prefLabel")}
)
# Properties of other vocabularies, which the ontology does not label.
_FOREIGN: Final = {
    "skos:altLabel": ("kallas också", "also called"),
    "skos:definition": ("definition", "definition"),
    "skos:notation": ("kod", "code"),
    "skos:broader": ("del av", "part of"),
    "skos:inScheme": ("i lista", "in list"),
    "dcterms:relation": ("hör ihop med", "related to"),
    "dcterms:description": ("beskrivning", "description"),
    "foaf:homepage": ("webbplats", "home page"),
}
_FACTS: Final = """
SELECT DISTINCT ?graph ?property ?value WHERE { GRAPH ?graph { %s ?property ?value } }
ORDER BY ?graph ?property ?value
"""
_LABELS: Final = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?label WHERE {
  VALUES ?thing { %s }
  { ?thing rdfs:label ?label } UNION { ?thing skos:prefLabel ?label }
}
"""
_CITABLE: Final = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
SELECT DISTINCT ?thing WHERE {
  VALUES ?thing { %s }
  VALUES ?class { klim:Passage klim:SourceDocument }
  ?thing a ?class .
}
"""


def explain(engine: Engine, iri: str | NamedNode, lang: str = "sv") -> Explanation:
    """Explain a node of the graph.

    Parameters
    ----------
    engine
        The graph.
    iri
        IRI of a thing or of a statement about things.
    lang
        Language of the words, "sv" or "en".

    Returns
    -------
    Explanation
        Prints as text, shows as HTML in a notebook, and becomes a dict.

    Raises
    ------
    UnknownName
        When the graph says nothing of the node.
    ParameterError
        When the language is neither of the two.
    """
    if lang not in WORDS:
        raise ParameterError(f"there is no language {lang!r} here; use sv or en")
    node = iri if isinstance(iri, NamedNode) else expand(iri)
    said = _said(engine, node)
    if not said:
        raise UnknownName("thing", node.value)
    objects: dict[NamedNode, list[Term]] = {}
    for prop, value in sorted(said, key=str):
        objects.setdefault(prop, []).append(value)
    labels = _labels(engine, [node, *objects, *_nodes(v for vs in objects.values() for v in vs)])
    behind = _nodes(objects.get(_EVIDENCE, []))
    cited = _citable(engine, [node, *behind])
    evidence = [node] if node in cited else [other for other in behind if other in cited]
    known = sources(engine, evidence, lang)

    def name(thing: NamedNode) -> str:
        return _name(thing, labels, lang)

    return Explanation(
        iri=node.value,
        label=name(node),
        types=tuple(sorted(name(k) for k in _nodes(objects.get(_TYPE, [])) if k in labels)),
        facts=_facts(objects, said, labels, lang),
        evidence=tuple(known[source.value] for source in evidence),
        confidence=_confidence(objects.get(_CONFIDENCE, [])),
        comment=pick_label(_texts(objects.get(_COMMENT, [])), lang),
        premises=tuple(
            Entity(premise.value, name(premise)) for premise in behind if premise not in cited
        ),
        lang=lang,
    )


def _said(engine: Engine, node: NamedNode) -> dict[tuple[NamedNode, Term], bool]:
    """Return what is said of a node, and whether it is only derived."""
    said: dict[tuple[NamedNode, Term], bool] = {}
    for graph, prop, value in engine.select(_FACTS % node).rows:
        if isinstance(prop, NamedNode) and value is not None:
            key = (prop, value)
            said[key] = said.get(key, True) and graph == _DERIVED
    return said


def _nodes(terms: Iterable[Term]) -> list[NamedNode]:
    return [term for term in terms if isinstance(term, NamedNode)]


def _texts(terms: Iterable[Term]) -> list[Literal]:
    return [term for term in terms if isinstance(term, Literal)]


def _values(things: Iterable[NamedNode]) -> str:
    return " ".join(sorted({str(thing) for thing in things}))


def _labels(engine: Engine, things: Iterable[NamedNode]) -> dict[NamedNode, list[Literal]]:
    labels: dict[NamedNode, list[Literal]] = {}
    for thing, label in engine.select(_LABELS % _values(things)).rows:
        if isinstance(thing, NamedNode) and isinstance(label, Literal):
            labels.setdefault(thing, []).append(label)
    return labels


def _citable(engine: Engine, things: Iterable[NamedNode]) -> set[NamedNode]:
    rows = engine.select(_CITABLE % _values(things)).rows
    return {thing for (thing,) in rows if isinstance(thing, NamedNode)}


def _name(thing: NamedNode, labels: dict[NamedNode, list[Literal]], lang: str) -> str:
    short = shorten(thing)
    if short in _FOREIGN:
        sv, en = _FOREIGN[short]
        return sv if lang == "sv" else en
    return pick_label(labels.get(thing, []), lang) or short


def _facts(
    objects: dict[NamedNode, list[Term]],
    said: dict[tuple[NamedNode, Term], bool],
    labels: dict[NamedNode, list[Literal]],
    lang: str,
) -> tuple[Fact, ...]:
    facts: list[Fact] = []
    for prop, values in objects.items():
        if prop in _APART:
            continue
        for value in _in_language(values, lang):
            if isinstance(value, NamedNode):
                words, target = _name(value, labels, lang), value.value
            else:
                words, target = str(python_value(value)), None
            derived = said[prop, value]
            facts.append(Fact(_name(prop, labels, lang), words, prop.value, target, derived))
    return tuple(sorted(facts, key=lambda fact: (fact.property, fact.value, fact.property_iri)))


def _in_language(values: Sequence[Term], lang: str) -> list[Term]:
    """Leave out what is said in another language, when the wanted one has something."""
    tagged = [value for value in values if isinstance(value, Literal) and value.language]
    wanted = [value for value in tagged if value.language == lang] or tagged
    return [value for value in values if value not in tagged or value in wanted]


def _confidence(values: Iterable[Term]) -> float | None:
    numbers = [python_value(value) for value in values]
    return min(
        (float(n) for n in numbers if not isinstance(n, str) and n is not None), default=None
    )
