"""What a contract says, as facts: read back from a graph, whoever wrote it.

A contract that people described and one that the program read are modelled alike, so the same
few queries read both. The queries are single patterns and the joining is done here: every engine
answers them in the same way, and fast.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from klimatgraph.analysis.contract_nodes import Edges, Node, documents, tail
from klimatgraph.engines.base import Engine
from klimatgraph.errors import UnknownName
from klimatgraph.proposals.wording import both
from klimatgraph.reading.facts import KINDS, Fact

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
_NAMED: Final = {
    "CollaborationOffer": "offer",
    "StrategicPriority": "priority",
    "InvestmentNeed": "need",
    "InvestmentStrategy": "investment-strategy",
    "FinancingStrategy": "financing-strategy",
}
_NO_NAME: Final = frozenset({"okänd rubrik", "unknown heading"})
_ROLES: Final = {"Agency": "agency", "Programme": "programme"}


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


def contents(engine: Engine, contract: str | ox.NamedNode) -> list[Stated]:
    """Give what a contract says.

    Parameters
    ----------
    engine : Engine
        A graph that holds the contract.
    contract : str or NamedNode
        Its IRI.

    Returns
    -------
    list of Stated
        Facts of all kinds but mentions, in the order of
        :data:`klimatgraph.reading.facts.KINDS`.

    Raises
    ------
    UnknownName
        If the graph holds no such contract.

    Examples
    --------
    >>> import klimatgraph as kg
    >>> umea = "https://w3id.org/klimatgraph/id/contract/klimatkontrakt/2025-26/umea"
    >>> said = contents(kg.load().engine, umea)
    >>> [s.fact["number"] for s in said if s.fact.get("status") == "adopted"]
    ['1', '2', '3', '4', '6']
    """
    iri = contract.value if isinstance(contract, ox.NamedNode) else contract
    return _Reader(engine, iri).read()


def is_read(engine: Engine, contract: str | ox.NamedNode) -> bool:
    """Tell whether a contract was read, so that what is not told of it is not in it.

    Parameters
    ----------
    engine : Engine
        A graph that holds the contract.
    contract : str or NamedNode
        Its IRI.

    Returns
    -------
    bool
        True for one that people read in full and for one that the program read.

    Examples
    --------
    >>> import klimatgraph as kg
    >>> id = "https://w3id.org/klimatgraph/id/contract/klimatkontrakt"
    >>> [is_read(kg.load().engine, f"{id}/{which}/umea") for which in ("2023", "2025-26")]
    [False, True]
    """
    iri = contract.value if isinstance(contract, ox.NamedNode) else contract
    edges = Edges(engine)
    node = edges.node(iri)
    if "complete" in {tail(status) for status in node.iris("readingStatus")}:
        return True
    return not _iris(engine, _READINGS).isdisjoint(documents(edges, node))


def _iris(engine: Engine, query: str) -> set[str]:
    rows = engine.select(query).rows
    return {row[0].value for row in rows if isinstance(row[0], ox.NamedNode)}


class _Reader:
    """Reads one contract."""

    def __init__(self, engine: Engine, iri: str) -> None:
        self.engine = engine
        self.edges = Edges(engine)
        self.contract = self.edges.node(iri)
        if "Contract" not in self.contract.types:
            raise UnknownName("contract", iri)
        self.cities = self.contract.iris("party")
        self.editions = frozenset(self.contract.iris("partOf"))
        self.documents = documents(self.edges, self.contract)
        self.machine = _iris(engine, _READINGS) & self.documents
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

    def read(self) -> list[Stated]:
        found = set()
        said: list[Stated] = []
        for stated in self._all():
            if (stated.fact, stated.thing) not in found:
                found.add((stated.fact, stated.thing))
                said.append(stated)
        order = list(KINDS)
        return sorted(said, key=lambda s: (order.index(s.fact.kind), s.fact, s.thing))

    def _all(self) -> Iterator[Stated]:
        yield self._contract()
        yield from self._parties()
        for node in self.nodes.values():
            for cls, rule in _RULES.items():
                if cls in node.types and self._belongs(node, cls):
                    yield from rule(self, node)

    def _belongs(self, node: Node, cls: str) -> bool:
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
            of_policy = any(_is_policy(agreement) for agreement in agreements)
            of_city = not agreements and not set(self.cities).isdisjoint(node.iris("party"))
            return of_edition or of_policy or of_city
        return False

    def stated(self, node: Node, kind: str, **fields: str | None) -> Stated:
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

    # -- the contract and its parties ----------------------------------------------

    def _signatures(self) -> list[Node]:
        """Those that the contract's document tells of."""
        return [
            node
            for iri, node in self.nodes.items()
            if "Signature" in node.types
            and iri in self.cited
            and not self.editions.isdisjoint(node.iris("agreement"))
        ]

    def _contract(self) -> Stated:
        city = self.cities[0] if self.cities else ""
        editions = [self.edges.node(edition) for edition in sorted(self.editions)]
        labels = [text for node in editions for text in node.texts("editionLabel")]
        signed = [
            day
            for node in self._signatures()
            if city in node.iris("party")
            for day in node.texts("signedOn")
        ]
        return self.stated(
            self.contract, "contract", city=tail(city, whole=True),
            edition=min(labels, default=None), signed=min(signed, default=None),
        )  # fmt: skip

    def _parties(self) -> Iterator[Stated]:
        signatures = self._signatures()
        signers = {party for node in signatures for party in node.iris("party")}
        others = {*self.contract.iris("involves"), *signers} - set(self.cities)
        for iri in [*self.cities, *sorted(others)]:
            party = self.edges.node(iri)
            role = "municipality" if iri in self.cities else _role(party)
            if role is None:
                continue
            at = {p for s in signatures if iri in s.iris("party") for p in self.passages(s)}
            yield Stated(
                Fact.of("party", party=tail(iri, whole=True), role=role), iri,
                tuple(sorted(at)) or self.passages(self.contract), dict(party.labels),
            )  # fmt: skip

    # -- kinds of fact ---------------------------------------------------------------

    def overall(self, node: Node) -> Iterator[Stated]:
        yield self.stated(node, "overall", year=node.text("year"))

    def process(self, node: Node) -> Iterator[Stated]:
        yield self.stated(node, "process", process=tail(node.iri), number=node.text("number"))

    def adoption(self, node: Node) -> Iterator[Stated]:
        for commitment in node.iris("commitment"):
            number = self.edges.node(commitment).text("number") or tail(commitment)
            yield self.stated(node, "adoption", number=number, status=node.code("status"))

    def named(self, node: Node) -> Iterator[Stated]:
        kind = next(kind for cls, kind in _NAMED.items() if cls in node.types)
        year = {"year": node.text("year")} if kind == "offer" else {}
        yield self.stated(node, kind, name=self.name(node), **year)
        if kind == "priority":
            yield from self._named_in(node)

    def _named_in(self, priority: Node) -> Iterator[Stated]:
        """Projects and partners of a priority."""
        name = self.name(priority)
        partners: dict[str, Node] = {}
        for iri in priority.iris("involves"):
            node = self.edges.node(iri)
            if node.types.isdisjoint({"Project", "SystemDemonstrator"}):
                partners[iri] = priority
                continue
            yield Stated(
                Fact.of("priority-project", priority=name, project=self.name(node)), iri,
                self.passages(node if iri in self.cited else priority), dict(node.labels),
            )  # fmt: skip
            # Others may know of more who take part; the contract names those that it cites.
            for taking_part in self.nodes.values():
                if "Participation" in taking_part.types and iri in taking_part.iris("project"):
                    sure = not taking_part.texts("confidence")
                    partners.update({p: taking_part for p in taking_part.iris("party") if sure})
        for iri, at in sorted(partners.items(), key=lambda pair: pair[0]):
            if iri not in self.cities:
                node = self.edges.node(iri)
                yield Stated(
                    Fact.of("priority-partner", priority=name, partner=self.name(node)), iri,
                    self.passages(at), dict(node.labels),
                )  # fmt: skip

    def target(self, node: Node) -> Iterator[Stated]:
        parties = node.iris("party")
        policies = [a for a in node.iris("agreement") if _is_policy(a)]
        about = next(iter([*parties, *policies, *node.iris("involves")]), None)
        if about is None:
            return
        status = node.code("status")
        yield self.stated(
            node, "target", about=tail(about, whole=True), target=node.code("kind"),
            year=node.text("year"), value=node.text("value"), unit=node.code("unit"),
            base_year=node.text("baseYear"), scope=node.code("scope"),
            status=None if status == "active" else status,
        )  # fmt: skip

    def emission(self, node: Node) -> Iterator[Stated]:
        unit, sector = node.code("unit"), None
        for iri in node.iris("sector"):
            sector = tail(iri) if "/code/sector/" in iri else sector
        if node.code("indicator") == "sector-share":
            unit = "percent"
        yield self.stated(
            node, "emission", scope=node.code("scope"), sector=sector,
            part=None if sector else self._part(node), year=node.text("year"),
            value=node.text("value"), unit=unit if node.text("value") else None,
            status=node.code("valueStatus"),
        )  # fmt: skip

    def _part(self, node: Node) -> str | None:
        """What part of a scope an observation is about, where no code of a sector tells it."""
        label = node.labels.get("sv", "")
        scopes = [self.edges.node(scope).labels.get("sv") for scope in node.iris("scope")]
        cities = [self.edges.node(city).labels.get("sv") for city in self.cities]
        head, colon, rest = label.partition(": ")
        if colon and head in cities:
            # As the program labels it: city, what is measured, scope, part, year.
            pieces = rest.split(", ")[1:]
            known = {*scopes, *node.texts("year")}
            return ", ".join(piece for piece in pieces if piece not in known) or None
        if not node.iris("sector"):
            return None
        for divider in (" · ", " i "):
            first, found, _ = label.partition(divider)
            if found:
                return first
        return None

    def estimate(self, node: Node) -> Iterator[Stated]:
        yield self.stated(
            node, "estimate", indicator=node.code("indicator"), value=node.text("value"),
            unit=node.code("unit") if node.text("value") else None,
            horizon=node.text("horizonYear"), status=node.code("valueStatus"),
        )  # fmt: skip

    def commitment(self, node: Node) -> Iterator[Stated]:
        which = "agency" if "AgencyCommitment" in node.types else "programme"
        number = node.text("number")
        # Where several editions use a heading, its label also tells which number is meant.
        name = re.sub(rf" \([^()]*{re.escape(number or '')},[^()]*\)$", "", self.name(node))
        yield self.stated(
            node, f"{which}-commitment", number=number, name=None if name in _NO_NAME else name
        )

    def link(self, node: Node) -> Iterator[Stated]:
        nameless = {
            text
            for city in self.cities
            for text in both("linked", city=self.edges.node(city).labels.get("sv", ""))
        }
        title = self.name(node)
        for address in node.texts("address"):
            yield self.stated(
                node, "link", address=address, title=None if title in nameless else title
            )


_RULES: Final[Mapping[str, Callable[[_Reader, Node], Iterator[Stated]]]] = {
    "OverallCommitment": _Reader.overall,
    "DevelopmentProcess": _Reader.process,
    "Adoption": _Reader.adoption,
    **dict.fromkeys(_NAMED, _Reader.named),
    "Target": _Reader.target,
    "Observation": _Reader.emission,
    "Estimate": _Reader.estimate,
    "AgencyCommitment": _Reader.commitment,
    "ProgrammeCommitment": _Reader.commitment,
    "LinkedDocument": _Reader.link,
}


def _is_policy(iri: str) -> bool:
    return tail(iri, whole=True).startswith("policy/")


def _role(party: Node) -> str | None:
    for cls, role in _ROLES.items():
        # A graph of a single contract may say nothing more of its parties than their names.
        if cls in party.types or tail(party.iri, whole=True).startswith(f"{role}/"):
            return role
    return None
