"""Writing RDF for one document: its graph, its passages, and values as literals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from klimatgraph.errors import InputError
from klimatgraph.evidence.normalising import sha256
from klimatgraph.proposals.model import Place, Proposal, Proposed
from klimatgraph.proposals.wording import Wording, both, both_of, extraction_of
from klimatgraph.reading.facts import Fact
from klimatgraph.terms import expand, slug, thing

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_LABEL: Final = expand("rdfs:label")
_COMMENT: Final = expand("rdfs:comment")
_FROM: Final = expand("prov:wasDerivedFrom")
_FRAMEWORKS: Final = {"klimatkontrakt": "klimatkontrakt-2030"}
CURRENCIES: Final = {
    "euro": "EUR", "swedish-krona": "SEK", "pound-sterling": "GBP", "danish-krone": "DKK",
    "norwegian-krone": "NOK", "icelandic-krona": "ISK", "polish-zloty": "PLN",
    "czech-koruna": "CZK", "hungarian-forint": "HUF", "romanian-leu": "RON",
    "bulgarian-lev": "BGN", "israeli-shekel": "ILS", "us-dollar": "USD",
}  # fmt: skip
"""ISO 4217 codes of the units that are money."""

_LONGEST: Final = 60
"""Signs of a name that go into an IRI as they are."""


def typed(value: str, datatype: str) -> ox.Literal:
    """Make a literal of a datatype of XML Schema."""
    return ox.Literal(value, datatype=ox.NamedNode(f"{_XSD}{datatype}"))


@dataclass
class Writer:
    """Gathers the quads of one document."""

    proposal: Proposal
    items: tuple[Proposed, ...]
    wording: Wording
    quads: set[ox.Quad] = field(default_factory=set)
    cited: set[tuple[str, int]] = field(default_factory=set)
    tails: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    actions: dict[tuple[str, str], Proposed] = field(default_factory=dict)

    @cached_property
    def graph(self) -> ox.NamedNode:
        return thing("graph", self.proposal.name)

    @cached_property
    def place(self) -> str:
        """Framework and edition, as part of the names of what is said of a city."""
        return f"{self.proposal.framework}-{slug(self.proposal.edition)}"

    def distinct(self, item: Proposed, tail_of: Callable[[Fact], str]) -> str:
        """The last part of the name of a thing; two different facts never share one."""
        kind = item.fact.kind
        if kind not in self.tails:
            facts = {other.fact for other in self.items if other.fact.kind == kind}
            self.tails[kind] = Counter((f.get("about"), tail_of(f)) for f in facts)
        tail = tail_of(item.fact)
        shared = self.tails[kind][item.fact.get("about"), tail] > 1
        return f"{tail}-{item.key[:6]}" if shared else tail

    @cached_property
    def city(self) -> str:
        return self.proposal.city.rpartition("/")[2]

    @cached_property
    def city_node(self) -> ox.NamedNode:
        return thing(*self.proposal.city.split("/"))

    @cached_property
    def edition_node(self) -> ox.NamedNode:
        return thing("edition", self.proposal.framework, slug(self.proposal.edition))

    @cached_property
    def contract_node(self) -> ox.NamedNode:
        return self.own("contract")

    def own(self, kind: str, *names: str) -> ox.NamedNode:
        """Name something of this contract."""
        parts = [short(name) for name in names]
        return thing(kind, self.proposal.framework, slug(self.proposal.edition), self.city, *parts)

    def say(
        self, subject: ox.NamedNode, predicate: str, *objects: ox.NamedNode | ox.Literal
    ) -> None:
        for value in objects:
            self.quads.add(ox.Quad(subject, expand(predicate), value, self.graph))

    def node(
        self, subject: ox.NamedNode, cls: str, labels: tuple[str, str], item: Proposed
    ) -> ox.NamedNode:
        """Describe a thing: class, labels in Swedish and English, passages, confidence."""
        if not self.wording.knows(subject.value):  # else it has class and labels already
            self.say(subject, "rdf:type", expand(f"klim:{cls}"))
            self.labels(subject, *labels)
        self.evidence(subject, item)
        return subject

    def labels(self, subject: ox.NamedNode, sv: str, en: str) -> None:
        for language, text in (("sv", sv), ("en", en)):
            self.quads.add(
                ox.Quad(subject, _LABEL, ox.Literal(text, language=language), self.graph)
            )

    def evidence(self, subject: ox.NamedNode, item: Proposed) -> None:
        for section, ordinal in item.places:
            self.cited.add((section, ordinal))
            passage = thing("passage", self.proposal.name, section, ordinal)
            self.quads.add(ox.Quad(subject, _FROM, passage, self.graph))
        if item.confidence < 1:
            self.say(subject, "klim:confidence", decimal(str(item.confidence), item))
            for language, text in zip(("sv", "en"), both("inferred", rule=item.rule), strict=True):
                literal = ox.Literal(text, language=language)
                self.quads.add(ox.Quad(subject, _COMMENT, literal, self.graph))

    def themes(self, subject: ox.NamedNode, item: Proposed) -> None:
        self.say(subject, "klim:theme", *(thing(*t.split("/")) for t in item.themes))


def write_document(writer: Writer) -> None:
    proposal = writer.proposal
    node, named = thing("document", proposal.name), {"city": proposal.city_name,
                                                     "edition": proposal.edition}  # fmt: skip
    extraction = extraction_of(proposal.name)
    writer.say(extraction, "rdf:type", expand("klim:Extraction"))
    writer.labels(extraction, *both_of(proposal.framework, "extraction", **named))
    writer.say(extraction, "klim:document", node)
    if not writer.wording.knows(node.value):
        writer.say(node, "rdf:type", expand("klim:SourceDocument"))
        writer.labels(node, *both_of(proposal.framework, "document", **named))
    writer.say(node, "klim:publisher", ox.Literal(proposal.city_name))
    writer.say(node, "klim:editionLabel", ox.Literal(proposal.edition))
    writer.say(node, "klim:language", ox.Literal(proposal.language))
    writer.say(node, "klim:sha256", ox.Literal(proposal.sha256))


def write_contract(writer: Writer) -> None:
    """The contract and its edition; said whatever was decided, for all else hangs on them."""
    proposal = writer.proposal
    item = next(i for i in proposal.items if i.fact.kind == "contract")
    named = {"city": proposal.city_name, "edition": proposal.edition}
    labels = both_of(proposal.framework, "contract", **named)
    contract = writer.node(writer.contract_node, "Contract", labels, item)
    writer.say(contract, "klim:party", writer.city_node)
    writer.say(contract, "klim:partOf", writer.edition_node)
    if not writer.wording.knows(contract.value):  # else it is told how far it was read
        writer.say(contract, "klim:readingStatus", thing("code", "reading-status", "partial"))
    if not writer.wording.knows(writer.edition_node.value):
        edition = writer.node(
            writer.edition_node, "Edition", both_of(proposal.framework, "edition", **named), item
        )
        writer.say(edition, "klim:editionLabel", ox.Literal(proposal.edition))
        writer.say(edition, "klim:partOf", _framework(writer, item))
        writer.say(edition, "klim:readingStatus", thing("code", "reading-status", "partial"))


def _framework(writer: Writer, item: Proposed) -> ox.NamedNode:
    """What the edition is one of; described where the graph does not know it."""
    name = _FRAMEWORKS.get(writer.proposal.framework, writer.proposal.framework)
    node = thing("framework", name)
    if not writer.wording.knows(node.value):
        writer.node(node, "ContractFramework", both(f"framework-{name}"), item)
    return node


def write_passage(writer: Writer, place: Place) -> None:
    node = thing("passage", writer.proposal.name, place.section, place.ordinal)
    writer.say(node, "rdf:type", expand("klim:Passage"))
    writer.labels(node, *both("heading" if place.ordinal == 0 else "passage",
                              section=place.section, ordinal=str(place.ordinal)))  # fmt: skip
    writer.say(node, "klim:document", thing("document", writer.proposal.name))
    writer.say(node, "klim:section", ox.Literal(place.section))
    writer.say(node, "klim:digest", ox.Literal(place.digest))
    for name, number in (("start", place.start), ("end", place.end), ("length", place.length),
                         ("page", place.page)):  # fmt: skip
        if number is not None:
            writer.say(node, f"klim:{name}", typed(str(number), "integer"))


def write_value(writer: Writer, node: ox.NamedNode, item: Proposed) -> None:
    """A number and its unit; a range has two ends and no one value."""
    value, most = decimal(item.fact["value"], item), item.fact.get("max")
    if most:
        writer.say(node, "klim:minValue", value)
        writer.say(node, "klim:maxValue", decimal(most, item))
    else:
        writer.say(node, "klim:value", value)
    writer.say(node, "klim:unit", thing("code", "unit", item.fact["unit"]))


def decimal(text: str, item: Proposed) -> ox.Literal:
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _, rest = digits.partition(".")
    if not whole.isdigit() or (rest and not rest.isdigit()):
        raise InputError(f"candidate {item.key}: '{text}' is no number: write it as 1234.5")
    return typed(f"{sign}{digits}", "decimal")


def write_year(
    writer: Writer, node: ox.NamedNode, predicate: str, item: Proposed, name: str
) -> None:
    year = item.fact.get(name)
    if not year:
        return
    if not (len(year) == 4 and year.isdigit()):
        raise InputError(f"candidate {item.key}: {name} '{year}' is no year: write four digits")
    writer.say(node, predicate, typed(year, "gYear"))


def short(name: str) -> str:
    """A name as part of an IRI: some words of it, and a checksum where that is not all."""
    try:
        whole = slug(name)
    except InputError:
        return sha256(name)[:8]
    if len(whole) <= _LONGEST:
        return whole
    return f"{whole[:50].rpartition('-')[0] or whole[:50]}-{sha256(name)[:6]}"
