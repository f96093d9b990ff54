"""The rules that make facts of what a graph says of a contract."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from klimatgraph.analysis.contract_nodes import Node, tail
from klimatgraph.analysis.contract_scope import OneContract, Stated, is_policy
from klimatgraph.proposals.wording import both
from klimatgraph.reading.facts import Fact

_NAMED: Final = {
    "CollaborationOffer": "offer",
    "StrategicPriority": "priority",
    "InvestmentNeed": "need",
    "InvestmentStrategy": "investment-strategy",
    "FinancingStrategy": "financing-strategy",
}
_NO_NAME: Final = frozenset({"okänd rubrik", "unknown heading"})
_ROLES: Final = {"Agency": "agency", "Programme": "programme"}


def contract_itself(of: OneContract) -> Stated:
    """The contract: its city, its edition, and the day on which the city signed."""
    city = of.cities[0] if of.cities else ""
    editions = [of.edges.node(edition) for edition in sorted(of.editions)]
    labels = [text for node in editions for text in node.texts("editionLabel")]
    signed = [
        day
        for node in of.signatures()
        if city in node.iris("party")
        for day in node.texts("signedOn")
    ]
    return of.stated(
        of.contract, "contract", city=tail(city, whole=True),
        edition=min(labels, default=None), signed=min(signed, default=None),
    )  # fmt: skip


def parties(of: OneContract) -> Iterator[Stated]:
    """The city, and the agencies and programmes that signed or are involved."""
    signatures = of.signatures()
    signers = {party for node in signatures for party in node.iris("party")}
    others = {*of.contract.iris("involves"), *signers} - set(of.cities)
    for iri in [*of.cities, *sorted(others)]:
        party = of.edges.node(iri)
        role = "municipality" if iri in of.cities else _role(party)
        if role is None:
            continue
        at = {p for s in signatures if iri in s.iris("party") for p in of.passages(s)}
        yield Stated(
            Fact.of("party", party=tail(iri, whole=True), role=role), iri,
            tuple(sorted(at)) or of.passages(of.contract), dict(party.labels),
        )  # fmt: skip


def _overall(of: OneContract, node: Node) -> Iterator[Stated]:
    yield of.stated(node, "overall", year=node.text("year"))


def _process(of: OneContract, node: Node) -> Iterator[Stated]:
    yield of.stated(node, "process", process=tail(node.iri), number=node.text("number"))


def _adoption(of: OneContract, node: Node) -> Iterator[Stated]:
    for commitment in node.iris("commitment"):
        number = of.edges.node(commitment).text("number") or tail(commitment)
        yield of.stated(node, "adoption", number=number, status=node.code("status"))


def _named(of: OneContract, node: Node) -> Iterator[Stated]:
    kind = next(kind for cls, kind in _NAMED.items() if cls in node.types)
    year = {"year": node.text("year")} if kind == "offer" else {}
    yield of.stated(node, kind, name=of.name(node), **year)
    if kind == "priority":
        yield from _named_in(of, node)


def _named_in(of: OneContract, priority: Node) -> Iterator[Stated]:
    """Projects and partners of a priority."""
    name = of.name(priority)
    partners: dict[str, Node] = {}
    for iri in priority.iris("involves"):
        node = of.edges.node(iri)
        if node.types.isdisjoint({"Project", "SystemDemonstrator"}):
            partners[iri] = priority
            continue
        yield Stated(
            Fact.of("priority-project", priority=name, project=of.name(node)), iri,
            of.passages(node if iri in of.cited else priority), dict(node.labels),
        )  # fmt: skip
        # Others may know of more who take part; the contract names those that it cites.
        for taking_part in of.nodes.values():
            if "Participation" in taking_part.types and iri in taking_part.iris("project"):
                sure = not taking_part.texts("confidence")
                partners.update({p: taking_part for p in taking_part.iris("party") if sure})
    for iri, at in sorted(partners.items(), key=lambda pair: pair[0]):
        if iri not in of.cities:
            node = of.edges.node(iri)
            yield Stated(
                Fact.of("priority-partner", priority=name, partner=of.name(node)), iri,
                of.passages(at), dict(node.labels),
            )  # fmt: skip


def _ends(node: Node) -> dict[str, str | None]:
    """The number of a node, or both ends of its range."""
    least, most = node.text("minValue"), node.text("maxValue")
    return {"value": node.text("value") or least or most, "max": most if least else None}


def _target(of: OneContract, node: Node) -> Iterator[Stated]:
    parties = node.iris("party")
    policies = [a for a in node.iris("agreement") if is_policy(a)]
    about = next(iter([*parties, *policies, *node.iris("involves")]), None)
    if about is None:
        return
    status = node.code("status")
    yield of.stated(
        node, "target", about=tail(about, whole=True), target=node.code("kind"),
        year=node.text("year"), unit=node.code("unit"), **_ends(node),
        base_year=node.text("baseYear"), scope=node.code("scope"),
        status=None if status == "active" else status,
    )  # fmt: skip


def _emission(of: OneContract, node: Node) -> Iterator[Stated]:
    unit, sector = node.code("unit"), None
    for iri in node.iris("sector"):
        sector = tail(iri) if "/code/sector/" in iri else sector
    if node.code("indicator") == "sector-share":
        unit = "percent"
    yield of.stated(
        node, "emission", scope=node.code("scope"), sector=sector,
        part=None if sector else _part(of, node), year=node.text("year"),
        unit=unit if _ends(node)["value"] else None, status=node.code("valueStatus"),
        **_ends(node),
    )  # fmt: skip


def _part(of: OneContract, node: Node) -> str | None:
    """What part of a scope an observation is about, where no code of a sector tells it."""
    label = node.labels.get("sv", "")
    scopes = [of.edges.node(scope).labels.get("sv") for scope in node.iris("scope")]
    cities = [of.edges.node(city).labels.get("sv") for city in of.cities]
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


def _estimate(of: OneContract, node: Node) -> Iterator[Stated]:
    yield of.stated(
        node, "estimate", indicator=node.code("indicator"),
        unit=node.code("unit") if _ends(node)["value"] else None,
        horizon=node.text("horizonYear"), status=node.code("valueStatus"), **_ends(node),
    )  # fmt: skip


def _commitment(of: OneContract, node: Node) -> Iterator[Stated]:
    which = "agency" if "AgencyCommitment" in node.types else "programme"
    number = node.text("number")
    # Where several editions use a heading, its label also tells which number is meant.
    name = re.sub(rf" \([^()]*{re.escape(number or '')},[^()]*\)$", "", of.name(node))
    yield of.stated(
        node, f"{which}-commitment", number=number, name=None if name in _NO_NAME else name
    )


def _link(of: OneContract, node: Node) -> Iterator[Stated]:
    nameless = {
        text
        for city in of.cities
        for text in both("linked", city=of.edges.node(city).labels.get("sv", ""))
    }
    title = of.name(node)
    for address in node.texts("address"):
        yield of.stated(node, "link", address=address, title=None if title in nameless else title)


RULES: Final[Mapping[str, Callable[[OneContract, Node], Iterator[Stated]]]] = {
    "OverallCommitment": _overall,
    "DevelopmentProcess": _process,
    "Adoption": _adoption,
    **dict.fromkeys(_NAMED, _named),
    "Target": _target,
    "Observation": _emission,
    "Estimate": _estimate,
    "AgencyCommitment": _commitment,
    "ProgrammeCommitment": _commitment,
    "LinkedDocument": _link,
}
"""By class of node."""


def _role(party: Node) -> str | None:
    for cls, role in _ROLES.items():
        # A graph of a single contract may say nothing more of its parties than their names.
        if cls in party.types or tail(party.iri, whole=True).startswith(f"{role}/"):
            return role
    return None
