"""Figures as RDF: targets, emissions and estimates."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from klimatgraph.proposals.model import KLIMATKONTRAKT, Proposed
from klimatgraph.proposals.wording import both, both_of
from klimatgraph.proposals.writer import CURRENCIES, Writer, write_value, write_year
from klimatgraph.reading.facts import Fact
from klimatgraph.reading.numbers import MONEY
from klimatgraph.terms import slug, thing

_NAMED_BY: Final = {
    "target": ("target", "year", "value", "max", "scope"),
    "emission": ("scope", "sector", "part", "year"),
    "estimate": ("indicator", "value", "max", "unit", "horizon"),
}
"""The fields that make up the name of a figure's node."""


def _tail(fact: Fact) -> str:
    said = [fact.get(name) for name in _NAMED_BY[fact.kind]]
    share = ["share"] if fact.kind == "emission" and _is_share(fact) else []
    words = [slug(text) for text in said if text and text != "unspecified-scope"]
    return "-".join(words + share) or "total"


def _is_share(fact: Fact) -> bool:
    return fact.get("unit") == "percent"


def _range(fact: Fact) -> str | None:
    return "–".join(end for end in (fact.get("value"), fact.get("max")) if end) or None


def target(writer: Writer, item: Proposed) -> None:
    """Write a target: of the city, of a policy, or of another party."""
    fact = item.fact
    about = thing(*fact["about"].split("/"))
    own = fact["about"] == writer.proposal.city
    # A contract tells of other parties' targets too; theirs are named after them.
    tail = writer.distinct(item, _tail)
    place = writer.place
    subject = (
        thing("target", writer.city, place, tail)
        if own
        else thing("target", about.value.rpartition("/")[2], f"{place}-{writer.city}", tail)
    )
    sv, en = writer.wording.labels(about.value)
    kind = writer.wording.labels(thing("code", "target-kind", fact["target"]).value)
    unit = writer.wording.labels(thing("code", "unit", fact.get("unit", "count")).value)
    labels = tuple(
        both("target", party=party, kind=kind[i], value=_range(fact),
             unit=unit[i] if fact.get("unit") else None, year=fact.get("year"))[i]
        for i, party in enumerate((sv, en))
    )  # fmt: skip
    node = writer.node(subject, "Target", (labels[0], labels[1]), item)
    writer.say(node, "klim:kind", thing("code", "target-kind", fact["target"]))
    writer.say(node, "klim:scope", thing("code", "scope", fact.get("scope", "unspecified-scope")))
    writer.say(node, "klim:status", thing("code", "target-status", fact.get("status", "active")))
    if own:
        writer.say(node, "klim:party", writer.city_node)
        writer.say(node, "klim:agreement", writer.contract_node)
    elif fact["about"].startswith("policy/"):
        writer.say(node, "klim:agreement", about)
    else:
        writer.say(node, "klim:agreement", writer.edition_node)
        writer.say(node, "klim:involves", about)
    write_year(writer, node, "klim:year", item, "year")
    write_year(writer, node, "klim:baseYear", item, "base-year")
    if fact.get("value"):
        write_value(writer, node, item)
        writer.say(node, "klim:valueStatus", thing("code", "value-status", "known"))
    writer.themes(node, item)


def emission(writer: Writer, item: Proposed) -> None:
    """Write emissions, or a share of them, as an observation of the city's inventory."""
    fact, city = item.fact, writer.proposal.city_name
    place = writer.place
    inventory = thing("inventory", writer.city, place)
    writer.node(inventory, "EmissionInventory",
                both_of(writer.proposal.framework, "inventory", city=city,
                        edition=writer.proposal.edition), item)  # fmt: skip
    writer.say(inventory, "klim:about", writer.city_node)
    writer.say(inventory, "klim:agreement", writer.contract_node)
    # Scopes 1 to 3 of a Klimatkontrakt are those of the GPC; other figures are as the source
    # counts them, and European cities count in several ways.
    scoped = (item.fact.get("scope").startswith("scope-") for item in writer.items
              if item.fact.kind == "emission")  # fmt: skip
    gpc = writer.proposal.framework == KLIMATKONTRAKT and any(scoped)
    method = thing("code", "method", "gpc" if gpc else "count-by-source")
    writer.say(inventory, "klim:method", method)
    share = _is_share(fact)
    sector = fact.get("sector") and writer.wording.labels(
        thing("code", "sector", fact["sector"]).value
    )
    labels = tuple(
        both("share" if share else "emission", city=city,
             scope=_scope(writer, fact.get("scope"), i),
             sector=sector[i] if sector else fact.get("part") or None, year=fact.get("year"))[i]
        for i in (0, 1)
    )  # fmt: skip
    node = writer.node(
        thing("observation", writer.city, place, writer.distinct(item, _tail)),
        "Observation",
        (labels[0], labels[1]),
        item,
    )
    writer.say(node, "klim:about", writer.city_node)
    writer.say(node, "klim:inventory", inventory)
    writer.say(node, "klim:method", method)
    indicator = "sector-share" if share else "ghg-emissions"
    writer.say(node, "klim:indicator", thing("code", "indicator", indicator))
    if fact.get("scope"):
        writer.say(node, "klim:scope", thing("code", "scope", fact["scope"]))
    if fact.get("sector"):
        writer.say(node, "klim:sector", thing("code", "sector", fact["sector"]))
    write_year(writer, node, "klim:year", item, "year")
    if fact.get("value"):
        write_value(writer, node, item)
    writer.say(node, "klim:valueStatus", thing("code", "value-status", fact["status"]))


def _scope(writer: Writer, scope: str, language: int) -> str | None:
    return writer.wording.labels(thing("code", "scope", scope).value)[language] if scope else None


def estimate(writer: Writer, item: Proposed) -> None:
    """Write an estimate: money, or a share."""
    fact, city = item.fact, writer.proposal.city_name
    indicator = fact["indicator"]
    place = writer.place
    subject = thing("estimate", writer.city, place, writer.distinct(item, _tail))
    words = writer.wording.labels(thing("code", "indicator", indicator).value)
    labels = tuple(both("estimate", city=city, indicator=words[i])[i] for i in (0, 1))
    node = writer.node(subject, "Estimate", (labels[0], labels[1]), item)
    writer.say(node, "klim:about", writer.city_node)
    writer.say(node, "klim:indicator", thing("code", "indicator", indicator))
    writer.say(node, "klim:method", thing("code", "method", "count-by-source"))
    write_year(writer, node, "klim:horizonYear", item, "horizon")
    if fact.get("value"):
        write_value(writer, node, item)
        if fact.get("unit") in MONEY:
            writer.say(node, "klim:currency", ox.Literal(CURRENCIES[fact["unit"]]))
    writer.say(node, "klim:valueStatus", thing("code", "value-status", fact["status"]))
