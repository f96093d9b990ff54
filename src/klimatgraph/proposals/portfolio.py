"""A Climate City Contract's actions and their figures, gap, indicators and policies as RDF.

Names, numbers, years, themes and links; what sentences say stays in the document, where the
passage is found by its digest.
"""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from klimatgraph.proposals.model import Proposed
from klimatgraph.proposals.wording import both
from klimatgraph.proposals.writer import CURRENCIES, Writer, short, write_value, write_year
from klimatgraph.reading.facts import Fact
from klimatgraph.reading.numbers import MONEY
from klimatgraph.terms import expand, slug, thing

_FIELD_THEMES: Final = {
    "mobility-transport": "mobility",
    "waste-circular-economy": "circularity",
    "green-infrastructure-nature-based-solutions": "nature-based-solutions",
    "built-environment": "built-environment",
    "energy-systems": "energy",
}
"""The theme of a field of action; the cross-cutting one has none."""


def action(writer: Writer, item: Proposed) -> None:
    """Write an action: its name, number, years and themes."""
    fact = item.fact
    themes = item.themes
    if not themes and (theme := _FIELD_THEMES.get(fact.get("field"))):
        themes = (f"theme/{theme}",)
    about = [writer.wording.labels(thing(*t.split("/")).value) for t in themes]
    sv = both("action", city=writer.proposal.city_name,
              about=", ".join(label for label, _ in about) or None)[0]  # fmt: skip
    labels = (fact["name"], f"action in {writer.proposal.city_name}")
    if writer.proposal.language == "en":
        labels = (sv, fact["name"])
    node = writer.node(_action_node(writer, item), "Action", labels, item)
    writer.say(node, "klim:party", writer.city_node)
    writer.say(node, "klim:agreement", writer.contract_node)
    if fact.get("number"):
        writer.say(node, "klim:number", ox.Literal(fact["number"]))
    write_year(writer, node, "klim:startDate", item, "start")
    write_year(writer, node, "klim:endDate", item, "end")
    writer.say(node, "klim:theme", *(thing(*theme.split("/")) for theme in themes))


def _action_node(writer: Writer, item: Proposed) -> ox.NamedNode:
    return writer.own("action", writer.distinct(item, lambda fact: short(fact["name"])))


def action_figure(writer: Writer, item: Proposed) -> None:
    """Write what an action costs or saves, as an estimate about it."""
    fact = item.fact
    about = _action_of(writer, fact)
    if about is None:
        return  # a person dropped the action
    labels = tuple(
        both("figure", name=fact["action"], indicator=_indicator(writer, fact)[i])[i]
        for i in (0, 1)
    )
    tail = writer.distinct(item, lambda f: f"{short(f['action'])}-{f['indicator']}")
    node = writer.node(
        thing("estimate", writer.city, writer.place, tail), "Estimate", (labels[0], labels[1]), item
    )
    writer.say(node, "klim:about", _action_node(writer, about))
    _figure(writer, node, item)


def _action_of(writer: Writer, fact: Fact) -> Proposed | None:
    """The action that a figure belongs to: of that name, at that place."""
    if not writer.actions:
        for item in writer.items:
            if item.fact.kind == "action":
                for section, ordinal in item.places:
                    writer.actions[item.fact["name"], f"{section}/{ordinal}"] = item
    return writer.actions.get((fact["action"], fact.get("at")))


def _indicator(writer: Writer, fact: Fact) -> tuple[str, str]:
    return writer.wording.labels(thing("code", "indicator", fact["indicator"]).value)


def _figure(writer: Writer, node: ox.NamedNode, item: Proposed) -> None:
    """Indicator, method, value, unit, currency, and how sure the number is."""
    fact = item.fact
    writer.say(node, "klim:indicator", thing("code", "indicator", fact["indicator"]))
    writer.say(node, "klim:method", thing("code", "method", "count-by-source"))
    if fact.get("value") and fact.get("unit"):
        write_value(writer, node, item)
        if fact["unit"] in MONEY:
            writer.say(node, "klim:currency", ox.Literal(CURRENCIES[fact["unit"]]))
    writer.say(node, "klim:valueStatus", thing("code", "value-status", fact["status"]))


def gap(writer: Writer, item: Proposed) -> None:
    """Write a figure of the emission gap, as an estimate about the city."""
    fact, city = item.fact, writer.proposal.city_name
    sector = _sector(writer, fact)
    labels = tuple(
        both("gap", city=city, indicator=_indicator(writer, fact)[i], sector=sector[i],
             year=fact.get("year"))[i]
        for i in (0, 1)
    )  # fmt: skip
    tail = writer.distinct(item, _gap_tail)
    node = writer.node(
        thing("estimate", writer.city, writer.place, tail), "Estimate", (labels[0], labels[1]), item
    )
    writer.say(node, "klim:about", writer.city_node)
    if fact.get("sector"):
        writer.say(node, "klim:sector", thing("code", "sector", fact["sector"]))
    write_year(writer, node, "klim:year", item, "year")
    _figure(writer, node, item)


def _gap_tail(fact: Fact) -> str:
    told = (fact.get(name) for name in ("indicator", "sector", "part", "year", "unit"))
    return "-".join(slug(text) for text in told if text)


def _sector(writer: Writer, fact: Fact) -> tuple[str | None, str | None]:
    if fact.get("sector"):
        return writer.wording.labels(thing("code", "sector", fact["sector"]).value)
    return (fact.get("part") or None,) * 2


def indicator(writer: Writer, item: Proposed) -> None:
    """Write an indicator that the city follows, as a concept of the list in its contract."""
    name, city = item.fact["name"], writer.proposal.city_name
    scheme = writer.own("indicators")
    writer.say(scheme, "rdf:type", expand("skos:ConceptScheme"))
    labels = (f"indikator i {city}: {name}", name)
    tail = writer.distinct(item, _indicator_tail)
    node = writer.node(writer.own("indicator", tail), "Concept", labels, item)
    for subject, (sv, en) in ((scheme, both("indicators", city=city)), (node, labels)):
        for language, text in (("sv", sv), ("en", en)):
            writer.say(subject, "skos:prefLabel", ox.Literal(text, language=language))
    writer.labels(scheme, *both("indicators", city=city))
    writer.say(node, "skos:inScheme", scheme)
    writer.say(node, "skos:notation", ox.Literal(item.fact.get("number") or tail))


def _indicator_tail(fact: Fact) -> str:
    return short(fact["name"])


def indicator_value(writer: Writer, item: Proposed) -> None:
    """Write a value that an indicator has or is to reach; without a unit it stays in the text."""
    fact = item.fact
    if not fact.get("unit"):
        return
    labels = both("monitored", city=writer.proposal.city_name, name=fact["name"],
                  year=fact.get("year"))  # fmt: skip
    tail = writer.distinct(item, lambda f: f"{short(f['name'])}-{f.get('year') or 'value'}")
    node = writer.node(thing("estimate", writer.city, writer.place, tail), "Estimate", labels, item)
    writer.say(node, "klim:about", writer.city_node)
    write_year(writer, node, "klim:horizonYear", item, "year")
    writer.say(node, "klim:indicator", thing("code", "indicator", "monitored-value"))
    writer.say(node, "klim:method", thing("code", "method", "count-by-source"))
    write_value(writer, node, item)
    writer.say(node, "klim:valueStatus", thing("code", "value-status", fact["status"]))


def policy(writer: Writer, item: Proposed) -> None:
    """Write a policy, plan or strategy that the contract lists."""
    name = item.fact["name"]
    sv = both("policy", city=writer.proposal.city_name, name=name)[0]
    tail = writer.distinct(item, lambda fact: short(fact["name"]))
    node = writer.node(writer.own("policy", tail), "PolicyFramework", (sv, name), item)
    writer.say(writer.contract_node, "klim:alignedWith", node)


def signatory(writer: Writer, item: Proposed) -> None:
    """Write an organisation that signed, and that the contract involves it."""
    name = item.fact["name"]
    sv = both("signatory", city=writer.proposal.city_name, name=name)[0]
    tail = writer.distinct(item, lambda fact: short(fact["name"]))
    node = writer.node(writer.own("organisation", tail), "Party", (sv, name), item)
    writer.say(writer.contract_node, "klim:involves", node)


def funding(writer: Writer, item: Proposed) -> None:
    """Write money that the investment plan counts on, as an estimate about the contract."""
    fact = item.fact
    name = " – ".join(filter(None, (fact.get("source"), fact.get("use"))))
    labels = both("funding", city=writer.proposal.city_name, name=name, year=fact.get("year"))
    tail = writer.distinct(item, _funding_tail)
    node = writer.node(thing("estimate", writer.city, writer.place, tail), "Estimate", labels, item)
    writer.say(node, "klim:about", writer.city_node)
    write_year(writer, node, "klim:horizonYear", item, "year")
    writer.say(node, "klim:indicator", thing("code", "indicator", "planned-funding"))
    writer.say(node, "klim:method", thing("code", "method", "count-by-source"))
    if fact.get("value"):
        write_value(writer, node, item)
        if fact.get("unit") in MONEY:
            writer.say(node, "klim:currency", ox.Literal(CURRENCIES[fact["unit"]]))
    writer.say(node, "klim:valueStatus", thing("code", "value-status", fact["status"]))


def _funding_tail(fact: Fact) -> str:
    told = (fact.get(name) for name in ("source", "use", "year"))
    return "-".join(["funding", *(short(text) for text in told if text)])
