"""What a Climate City Contract says, as RDF."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest

import klimatgraph as kg
from klimatgraph.proposals.adding import check
from klimatgraph.proposals.model import Place, Proposal, Proposed
from klimatgraph.proposals.statements import statements
from klimatgraph.proposals.wording import Wording
from klimatgraph.reading.documents import Passage
from klimatgraph.reading.facts import Candidate, Fact
from klimatgraph.terms import ID, KLIM

PASSAGES = [
    Passage("2", 1, "paragraph", 0, 20, "Climate City Contract of Lund", 1),
    Passage("3.2", 1, "row", 30, 60, "Action name | Trams", 2),
    Passage("3.2", 2, "row", 70, 90, "Total costs | 5 MEUR", 2),
    Passage("3.2", 3, "row", 100, 120, "Action name | Trams", 3),
]
FACTS = [
    ("contract", 0, {"city": "city/se/lund", "edition": "EU"}),
    ("action", 1, {"name": "Trams", "number": "7", "field": "mobility-transport",
                   "start": "2024", "end": "2027"}),
    ("action", 3, {"name": "Trams", "number": "8"}),
    ("action-figure", 2, {"action": "Trams", "at": "3.2/1", "indicator": "action-cost",
                          "value": "5000000", "unit": "norwegian-krone", "status": "known"}),
    ("action-figure", 3, {"action": "Trams", "at": "3.2/3", "indicator": "emission-reduction",
                          "status": "unread"}),
    ("emission", 1, {"scope": "scope-1", "year": "2019", "value": "7", "unit": "kilotonne-co2e",
                     "status": "known"}),
    ("gap", 1, {"indicator": "residual-emissions", "sector": "buildings", "year": "2030",
                "value": "12", "unit": "kilotonne-co2e", "status": "known"}),
    ("indicator", 1, {"name": "Share of cycling", "number": "M1", "measured-in": "%"}),
    ("indicator-value", 1, {"name": "Share of cycling", "number": "M1", "year": "2030",
                            "value": "40", "unit": "percent", "status": "known"}),
    ("indicator-value", 1, {"name": "Buses", "year": "2030", "value": "40", "status": "known"}),
    ("policy", 1, {"name": "Energy plan", "level": "local", "type": "Plan"}),
    ("signatory", 1, {"name": "City Power AB", "branch": "Energy"}),
    ("funding", 1, {"source": "State", "use": "Buildings", "year": "2030", "value": "10",
                    "max": "12", "unit": "euro", "status": "approximate"}),
]  # fmt: skip


@pytest.fixture
def ccc() -> Proposal:
    items = tuple(
        Proposed.of(Candidate(Fact.from_mapping(kind, fields), (PASSAGES[at],), "", "rule"))
        for kind, at, fields in FACTS
    )
    return Proposal(
        "climate-city-contract-lund", "lund.md", "a" * 64, "en", "city/se/lund", "Lund", "EU",
        items, tuple(Place.of(p) for p in PASSAGES), framework="climate-city-contract",
    )  # fmt: skip


@pytest.fixture
def store(graph: kg.KlimatGraph, ccc: Proposal) -> ox.Store:
    made = ox.Store()
    made.extend(statements(ccc, ccc.items, Wording(graph.engine, ccc.name)))
    return made


def said(store: ox.Store, tail: str) -> set[str]:
    """What is said of a thing, as "property value"."""
    quads = store.quads_for_pattern(ox.NamedNode(f"{ID}{tail}"), None, None)
    return {
        f"{q.predicate.value.removeprefix(KLIM)} {q.object.value.removeprefix(ID)}" for q in quads
    }


def test_it_conforms_to_the_shapes(graph: kg.KlimatGraph, store: ox.Store) -> None:
    report = check(list(store), graph.engine, checker="shacl")
    assert [f for f in report.findings if f.severity == "violation"] == []


def test_an_action_with_its_field_as_theme(store: ox.Store, ccc: Proposal) -> None:
    key = next(i.key for i in ccc.items if i.fact.get("number") == "7")[:6]
    trams = said(store, f"action/climate-city-contract/eu/lund/trams-{key}")
    assert {
        "number 7", "startDate 2024", "endDate 2027", "theme theme/mobility",
        "party city/se/lund", "agreement contract/climate-city-contract/eu/lund",
    } <= trams  # fmt: skip


def test_figures_belong_to_the_action_at_their_place(store: ox.Store, ccc: Proposal) -> None:
    first, second = (i.key[:6] for i in ccc.items if i.fact.kind == "action")
    place = "estimate/lund/climate-city-contract-eu"
    assert {
        f"about action/climate-city-contract/eu/lund/trams-{first}", "value 5000000",
        "unit code/unit/norwegian-krone", "currency NOK",
    } <= said(store, f"{place}/trams-action-cost")  # fmt: skip
    unread = said(store, f"{place}/trams-emission-reduction")
    assert f"about action/climate-city-contract/eu/lund/trams-{second}" in unread
    assert "valueStatus code/value-status/unread" in unread
    assert not any(text.startswith("value ") for text in unread)


def test_a_figure_of_an_action_that_was_dropped_is_not_said(
    graph: kg.KlimatGraph, ccc: Proposal
) -> None:
    kept = [i for i in ccc.items if i.fact.get("number") != "8"]
    quads = statements(replace(ccc, items=tuple(kept)), kept, Wording(graph.engine, ccc.name))
    assert not any("trams-emission-reduction" in str(quad.subject) for quad in quads)


def test_gap_indicator_policy_signatory_and_funding(store: ox.Store) -> None:
    place = "estimate/lund/climate-city-contract-eu"
    gap = said(store, f"{place}/residual-emissions-buildings-2030-kilotonne-co2e")
    assert {"value 12", "year 2030", "sector code/sector/buildings"} <= gap
    assert {"horizonYear 2030", "value 40"} <= said(store, f"{place}/share-of-cycling-2030")
    assert said(store, f"{place}/buses-2030") == set()  # a number without a unit says nothing
    own = "climate-city-contract/eu/lund"
    followed = said(store, f"indicator/{own}/share-of-cycling")
    assert any(text.endswith("notation M1") for text in followed)
    contract = said(store, f"contract/{own}")
    assert {f"alignedWith policy/{own}/energy-plan",
            f"involves organisation/{own}/city-power-ab"} <= contract  # fmt: skip
    money = said(store, f"{place}/funding-state-buildings-2030")
    assert {"minValue 10", "maxValue 12", "currency EUR"} <= money


def test_labels_say_whose_contract_it_is_and_in_which_words(store: ox.Store) -> None:
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    assert {
        f"{label} EU:s klimatkontrakt, Lund",
        f"{label} EU Climate City Contract, Lund",
    } <= said(store, "contract/climate-city-contract/eu/lund")
    edition = said(store, "edition/climate-city-contract/eu")
    assert f"{label} EU Climate City Contracts, edition not stated" in edition
    value = said(store, "estimate/lund/climate-city-contract-eu/share-of-cycling-2030")
    assert f"{label} värde för en indikator i Lund: Share of cycling, 2030" in value


def test_how_a_european_city_counts_is_not_guessed(store: ox.Store) -> None:
    inventory = said(store, "inventory/lund/climate-city-contract-eu")
    assert "method code/method/count-by-source" in inventory
