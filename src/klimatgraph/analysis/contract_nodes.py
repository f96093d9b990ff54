"""What a graph says of things, read some hundred things at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from klimatgraph.engines.base import Engine
from klimatgraph.terms import ID, KLIM, canonical_literal

# One pattern behind VALUES: all engines answer that quickly and alike.
_SAID: Final = "SELECT ?s ?p ?o WHERE { VALUES ?s { %s } ?s ?p ?o }"
_BATCH: Final = 400
_TYPE: Final = "type"


@dataclass(slots=True)
class Node:
    """A thing and what is said of it.

    Properties are known by the last part of their name; what is said twice is there once.
    """

    iri: str
    types: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)
    said: dict[str, list[ox.NamedNode | ox.Literal]] = field(default_factory=dict)

    def iris(self, name: str) -> list[str]:
        """The things that a property leads to, sorted."""
        return sorted(v.value for v in self.said.get(name, ()) if isinstance(v, ox.NamedNode))

    def texts(self, name: str) -> list[str]:
        """The texts and numbers of a property, sorted."""
        values = self.said.get(name, ())
        return sorted(canonical_literal(v).value for v in values if isinstance(v, ox.Literal))

    def text(self, name: str) -> str | None:
        """The first text or number of a property."""
        return next(iter(self.texts(name)), None)

    def code(self, name: str) -> str | None:
        """The code of a property: the last part of its IRI."""
        return next((tail(iri) for iri in self.iris(name)), None)


class Edges:
    """Things of a graph, each asked for once.

    Parameters
    ----------
    engine : Engine
        The graph.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[str, Node] = {}

    def node(self, iri: str) -> Node:
        """Give one thing; an empty one where the graph does not know it."""
        return self.nodes([iri])[iri]

    def nodes(self, iris: Iterable[str]) -> dict[str, Node]:
        """Give several things, sorted by IRI."""
        wanted = sorted(set(iris))
        missing = [iri for iri in wanted if iri not in self._known]
        for begin in range(0, len(missing), _BATCH):
            batch = missing[begin : begin + _BATCH]
            self._known.update({iri: Node(iri) for iri in batch})
            values = " ".join(str(ox.NamedNode(iri)) for iri in batch)
            for subject, predicate, value in self._engine.select(_SAID % values).rows:
                assert isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode)
                if isinstance(value, ox.NamedNode | ox.Literal):
                    _note(self._known[subject.value], predicate.value, value)
        return {iri: self._known[iri] for iri in wanted}


def _note(node: Node, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
    name = predicate.rpartition("#")[2].rpartition("/")[2]
    if name == _TYPE and isinstance(value, ox.NamedNode):
        node.types.add(value.value.removeprefix(KLIM))
    elif name == "label" and isinstance(value, ox.Literal):
        language = value.language or "sv"
        # The alphabetically first, should there be several: the same on every engine.
        node.labels[language] = min(value.value, node.labels.get(language, value.value))
    else:
        values = node.said.setdefault(name, [])
        if value not in values:
            values.append(value)


def documents(edges: Edges, contract: Node) -> set[str]:
    """Give the documents that a contract was read from.

    Parameters
    ----------
    edges : Edges
        The graph.
    contract : Node
        The contract.

    Returns
    -------
    set of str
        IRIs: the documents of its passages, and documents cited as a whole.
    """
    evidence = edges.nodes(contract.iris("wasDerivedFrom"))
    return {
        document for iri, node in evidence.items() for document in (node.iris("document") or [iri])
    }


def tail(iri: str, *, whole: bool = False) -> str:
    """Give the last part of an IRI, or all that stands behind the namespace of things.

    Examples
    --------
    >>> tail("https://w3id.org/klimatgraph/id/city/se/lund")
    'lund'
    >>> tail("https://w3id.org/klimatgraph/id/city/se/lund", whole=True)
    'city/se/lund'
    """
    return iri.removeprefix(ID) if whole else iri.rpartition("/")[2]
