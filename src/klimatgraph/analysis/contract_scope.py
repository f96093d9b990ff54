"""What belongs to one contract, of all that a graph says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from klimatgraph.analysis.contract_nodes import Edges, Node, documents, tail
from klimatgraph.engines.base import Engine
from klimatgraph.errors import UnknownName
from klimatgraph.reading.facts import Fact

_PREFIXES: Final = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""
_BY_AGREEMENT: Final = _PREFIXES + "SELECT DISTINCT ?s WHERE { ?s klim:agreement %s }"
_BY_INVENTORY: Final = (
    _PREFIXES
    + "SELECT DISTINCT ?s WHERE { ?inventory klim:agreement %s . ?s klim:inventory ?inventory }"
)
_BY_DOCUMENT: Final = _PREFIXES + "SELECT DISTINCT ?s WHERE { ?s prov:wasDerivedFrom %s }"
_BY_PASSAGE: Final = (
    _PREFIXES + "SELECT DISTINCT ?s ?p WHERE { ?p klim:document %s . ?s prov:wasDerivedFrom ?p }"
)
_READINGS: Final = (
    _PREFIXES + "SELECT DISTINCT ?doc WHERE { ?r a klim:Extraction ; klim:document ?doc }"
)

# What is said once for all who have the edition: of this contract where its document says it.
_OF_THE_EDITION: Final = frozenset(
    {"OverallCommitment", "DevelopmentProcess", "AgencyCommitment", "ProgrammeCommitment"}
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact, and where it stands.

    Parameters
    ----------
    fact : Fact
        What is said.
    thing : str
        IRI of the node that says it.
    passages : tuple of str
        IRIs of the passages, or documents, that it was read from.
    labels : mapping of str to str
        Labels of the node by language.
    """

    fact: Fact
    thing: str
    passages: tuple[str, ...]
    labels: Mapping[str, str] = field(hash=False)


class OneContract:
    """The nodes of a graph that say something of one contract.

    Parameters
    ----------
    engine : Engine
        A graph that holds the contract.
    iri : str
        The contract.

    Raises
    ------
    UnknownName
        If the graph holds no such contract.
    """

    def __init__(self, engine: Engine, iri: str) -> None:
        self.engine = engine
        self.edges = Edges(engine)
        self.contract = self.edges.node(iri)
        if "Contract" not in self.contract.types:
            raise UnknownName("contract", iri)
        self.cities = self.contract.iris("party")
        self.editions = frozenset(self.contract.iris("partOf"))
        self.documents = documents(self.edges, self.contract)
        self.machine = read_by_the_program(engine) & self.documents
        self.cited: dict[str, set[str]] = {}
        """What the documents of the contract say, with the passages."""
        for document in sorted(self.documents):
            node = ox.NamedNode(document)
            for thing in _iris(engine, _BY_DOCUMENT % node):
                self.cited.setdefault(thing, set()).add(document)
            for subject, passage in engine.select(_BY_PASSAGE % node).rows:
                if isinstance(subject, ox.NamedNode) and isinstance(passage, ox.NamedNode):
                    self.cited.setdefault(subject.value, set()).add(passage.value)
        subject = ox.NamedNode(iri)
        own = _iris(engine, _BY_AGREEMENT % subject) | _iris(engine, _BY_INVENTORY % subject)
        self.nodes = self.edges.nodes(own | set(self.cited))

    def belongs(self, node: Node, cls: str) -> bool:
        """Whether a node is part of this contract, and not of another or of none."""
        agreements = node.iris("agreement")
        if self.contract.iri in agreements:
            return True
        if cls == "Observation":
            # Found by its inventory; a figure about the edition has none.
            return any(
                self.contract.iri in self.edges.node(inventory).iris("agreement")
                for inventory in node.iris("inventory")
            )
        if node.iri not in self.cited:
            return False
        if cls in _OF_THE_EDITION:
            return not self.editions.isdisjoint(agreements)
        if cls == "Estimate":
            return not set(self.cities).isdisjoint(node.iris("about"))
        if cls == "Target":
            of_edition = not self.editions.isdisjoint(agreements)
            of_policy = any(is_policy(agreement) for agreement in agreements)
            of_city = not agreements and not set(self.cities).isdisjoint(node.iris("party"))
            return of_edition or of_policy or of_city
        return False

    def stated(self, node: Node, kind: str, **fields: str | None) -> Stated:
        """Make a fact of what a node says."""
        return Stated(
            Fact.of(kind, **fields),
            node.iri,
            self.passages(node),
            dict(sorted(node.labels.items())),
        )

    def passages(self, node: Node) -> tuple[str, ...]:
        """Those of the contract's own document, or all where it has none."""
        return tuple(sorted(self.cited.get(node.iri) or node.iris("wasDerivedFrom")))

    def name(self, node: Node) -> str:
        """The name in the words of the document, as far as the graph has them."""
        # The program keeps the document's words in its language; people write Swedish labels.
        own = {document for document in self.machine if self._from(node, document)}
        english = own and all(
            "en" in self.edges.node(document).texts("language") for document in own
        )
        order = ("en", "sv") if english else ("sv", "en")
        return next((node.labels[lang] for lang in order if lang in node.labels), "")

    def _from(self, node: Node, document: str) -> bool:
        return any(
            passage == document or document in self.edges.node(passage).iris("document")
            for passage in self.cited.get(node.iri, ())
        )

    def signatures(self) -> list[Node]:
        """Those that the contract's document tells of."""
        return [
            node
            for iri, node in self.nodes.items()
            if "Signature" in node.types
            and iri in self.cited
            and not self.editions.isdisjoint(node.iris("agreement"))
        ]


def read_by_the_program(engine: Engine) -> set[str]:
    """Give the documents of a graph that the program read."""
    return _iris(engine, _READINGS)


def is_policy(iri: str) -> bool:
    """Tell whether a thing is a policy, by its name."""
    return tail(iri, whole=True).startswith("policy/")


def _iris(engine: Engine, query: str) -> set[str]:
    rows = engine.select(query).rows
    return {row[0].value for row in rows if isinstance(row[0], ox.NamedNode)}
