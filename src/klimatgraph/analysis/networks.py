"""The graph as networkx graphs: cities linked by what they share, or a thing and its surroundings.

Nodes for statements (a signature, a participation) are drawn as edges between the
things that they connect: a picture of people's words, not of triples.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from klimatgraph.analysis.links import KINDS, all_edges, unknown_kind
from klimatgraph.engines.base import Engine
from klimatgraph.errors import ParameterError
from klimatgraph.questions import QuestionLibrary
from klimatgraph.terms import ID, KLIM

if TYPE_CHECKING:
    import networkx as nx

# Links that tell about a statement itself rather than about what it connects.
_ASIDE: Final = frozenset(
    {
        KLIM + "disagreesWith",
        KLIM + "document",
        KLIM + "indicator",
        KLIM + "kind",
        KLIM + "method",
        KLIM + "readingStatus",
        KLIM + "role",
        KLIM + "scope",
        KLIM + "sector",
        KLIM + "status",
        KLIM + "unit",
        KLIM + "valueStatus",
    }
)

_LINKS: Final = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?s ?p ?o WHERE {
  GRAPH ?graph { ?s ?p ?o }
  FILTER(?graph != <https://w3id.org/klimatgraph/id/graph/derived>)
  FILTER(STRSTARTS(STR(?p), STR(klim:)) && isIRI(?o) && STRSTARTS(STR(?o), "@ID@"))
}
""".replace("@ID@", ID)

_STATEMENTS: Final = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?s ?label WHERE {
  VALUES ?lang { "%s" }
  ?class rdfs:subClassOf* klim:Statement ; rdfs:label ?label .
  FILTER(LANG(?label) = ?lang)
  GRAPH ?graph { ?s a ?class }
  FILTER(?graph != <https://w3id.org/klimatgraph/id/graph/derived>)
}
"""

_LABELS: Final = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?s ?label ?class ?classLabel WHERE {
  VALUES ?lang { "%s" }
  GRAPH ?graph { ?s a ?class }
  FILTER(?graph != <https://w3id.org/klimatgraph/id/graph/derived>)
  ?s rdfs:label ?label . FILTER(LANG(?label) = ?lang)
  ?class rdfs:label ?classLabel . FILTER(LANG(?classLabel) = ?lang)
}
ORDER BY ?s ?class
"""

_PREDICATES: Final = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT ?p ?label WHERE {
  ?p a owl:ObjectProperty ; rdfs:label ?label . FILTER(LANG(?label) = "%s")
}
"""


def network(
    engine: Engine,
    library: QuestionLibrary,
    what: str = "cities",
    *,
    by: str = "theme",
    lang: str = "sv",
) -> nx.Graph[str]:
    """Build a network of cities, or of cities and what they share.

    Parameters
    ----------
    engine : Engine
        Where the graph is.
    library : QuestionLibrary
        The questions that give the edges.
    what : {"cities", "bipartite"}
        ``"cities"``: nodes are cities, an edge means that two share at least one thing,
        its ``weight`` is how many. ``"bipartite"``: cities and things, linked directly.
    by : str
        One kind of link, or ``"all"``.
    lang : {"sv", "en"}
        The language of labels.

    Returns
    -------
    networkx.Graph
        Nodes are IRIs with attributes ``label`` and ``kind``; edges of a network of
        cities have ``weight`` (int) and ``shared`` (labels, joined by ``"; "``), so that
        the graph can be written as GraphML as it is.

    Raises
    ------
    UnknownName
        If `by` is not a kind of link.
    ParameterError
        If `what` is not one of the two.

    Examples
    --------
    >>> import klimatgraph as kg
    >>> net = kg.load().network("cities", by="eu-status")
    >>> net.number_of_nodes() >= 7
    True
    """
    import networkx as nx

    if what not in ("cities", "bipartite"):
        raise ParameterError(f"no network of '{what}': use cities or bipartite")
    if by != "all" and by not in KINDS:
        raise unknown_kind(by)
    graph: nx.Graph[str] = nx.Graph()
    holders: dict[tuple[str, str, str], list[str]] = {}
    labels: dict[tuple[str, str, str], str] = {}
    for edge in all_edges(engine, library, KINDS if by == "all" else [by], lang):
        graph.add_node(edge.city.iri, label=edge.city.label, kind="city")
        if what == "bipartite":
            graph.add_node(edge.thing.iri, label=edge.thing.label, kind=edge.kind)
            graph.add_edge(edge.city.iri, edge.thing.iri, kind=edge.kind)
        holders.setdefault(edge.key, []).append(edge.city.iri)
        labels[edge.key] = edge.thing.label
    if what == "cities":
        for key, cities in sorted(holders.items()):
            for a, b in combinations(sorted(set(cities)), 2):
                data = graph.get_edge_data(a, b, {"weight": 0, "shared": ""})
                joined = f"{data['shared']}; {labels[key]}" if data["shared"] else labels[key]
                graph.add_edge(a, b, weight=data["weight"] + 1, shared=joined)
    return graph


def whole(engine: Engine, lang: str = "sv") -> nx.MultiGraph[str]:
    """Give the whole graph as things and links, statements drawn as edges.

    Parameters
    ----------
    engine : Engine
        Where the graph is.
    lang : {"sv", "en"}
        The language of labels.

    Returns
    -------
    networkx.MultiGraph
        Nodes with ``label``, ``kind`` (local name of the class) and ``kind_label``;
        edges with ``label``.
    """
    import networkx as nx

    graph: nx.MultiGraph[str] = nx.MultiGraph()
    described = _described(engine, lang)
    statements = {
        s.value: label.value
        for s, label in engine.select(_STATEMENTS % lang).rows
        if isinstance(s, ox.NamedNode) and isinstance(label, ox.Literal)
    }
    for a, b, label in sorted(_pairs(engine, statements, lang)):
        if a in described and b in described and a != b:
            for iri in (a, b):
                graph.add_node(iri, **described[iri])
            graph.add_edge(a, b, key=label, label=label)
    return graph


def neighbourhood(
    engine: Engine, centre: str, hops: int = 1, max_nodes: int = 60, lang: str = "sv"
) -> nx.MultiGraph[str]:
    """Cut out what lies around one thing.

    Parameters
    ----------
    engine : Engine
        Where the graph is.
    centre : str
        IRI of the thing in the middle.
    hops : int
        How many steps out, 1 to 4.
    max_nodes : int
        When more would be found, the nearest and best connected are kept; the graph's
        attribute ``left_out`` tells how many were not.
    lang : {"sv", "en"}
        The language of labels.

    Returns
    -------
    networkx.MultiGraph
        As :func:`whole`, with ``distance`` (int, steps from the centre) on each node.

    Raises
    ------
    ParameterError
        If `hops` is outside 1 to 4, `max_nodes` is below 1, or the thing has no links at all.
    """
    import networkx as nx

    if not 1 <= hops <= 4:
        raise ParameterError(f"hops is {hops}: use 1 to 4")
    if max_nodes < 1:
        raise ParameterError(f"max_nodes is {max_nodes}: use 1 or more")
    graph = whole(engine, lang)
    if centre not in graph:
        raise ParameterError(f"<{centre}> has no links to draw: choose a city, project or party")
    distance = nx.single_source_shortest_path_length(graph, centre, cutoff=hops)
    ranked = sorted(distance, key=lambda n: (distance[n], -graph.degree(n), n))
    kept: nx.MultiGraph[str] = graph.subgraph(ranked[:max_nodes]).copy()
    for node in kept:
        kept.nodes[node]["distance"] = distance[node]
    kept.graph["left_out"] = max(0, len(ranked) - max_nodes)
    return kept


def _described(engine: Engine, lang: str) -> dict[str, dict[str, Any]]:
    described: dict[str, dict[str, Any]] = {}
    hidden = {"Passage", "SourceDocument", "Extraction", "Code"}
    for row in engine.select(_LABELS % lang).rows:
        thing, label, cls, class_label = row
        if not isinstance(thing, ox.NamedNode) or not isinstance(cls, ox.NamedNode):
            continue
        assert isinstance(label, ox.Literal) and isinstance(class_label, ox.Literal)
        kind = cls.value.removeprefix(KLIM)
        if kind not in hidden and cls.value.startswith(KLIM):
            described.setdefault(
                thing.value,
                {"label": label.value, "kind": kind, "kind_label": class_label.value},
            )
    return described


def _pairs(engine: Engine, statements: dict[str, str], lang: str) -> Iterator[tuple[str, str, str]]:
    """Give every link once: direct ones by their property, others through a statement."""
    words = {
        p.value: label.value
        for p, label in engine.select(_PREDICATES % lang).rows
        if isinstance(p, ox.NamedNode) and isinstance(label, ox.Literal)
    }
    ends: dict[str, set[str]] = {}
    for s, p, o in engine.select(_LINKS).rows:
        if not (isinstance(s, ox.NamedNode) and isinstance(p, ox.NamedNode)):
            continue
        assert isinstance(o, ox.NamedNode)
        if p.value in _ASIDE:
            continue
        if s.value in statements:
            ends.setdefault(s.value, set()).add(o.value)
        elif o.value not in statements:
            yield s.value, o.value, words.get(p.value, p.value)
    for statement, things in ends.items():
        for a, b in combinations(sorted(things), 2):
            yield a, b, statements[statement]
