"""What a contract says, read back from the graph: by hand, on two engines, and nobody else's."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest

import klimatgraph as kg
from klimatgraph.analysis.contents import Stated, contents, is_read
from klimatgraph.engines.oxigraph import OxigraphEngine
from klimatgraph.engines.rdflib import RdflibEngine
from klimatgraph.errors import UnknownName
from klimatgraph.reading.facts import KINDS, Fact
from klimatgraph.terms import ID

CONTRACT = f"{ID}contract/klimatkontrakt/2025-26"
UMEA = f"{CONTRACT}/umea"

# Two cities that have one edition in common, and a contract that nobody read.
SMALL = """
@prefix klim: <https://w3id.org/klimatgraph/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/klimatgraph/id/> .
<graph/everyone> {
  <edition/e> a klim:Edition ; klim:editionLabel "2025/26" .
  <agency/se/asken> a klim:Agency ; rdfs:label "Askverket"@sv .
  <commitment/e/1> a klim:JointCommitment ; klim:number "1" .
  <contract/unread> a klim:Contract ; klim:party <city/se/tomby> ; klim:partOf <edition/e> ;
    klim:readingStatus <code/reading-status/not-available> ; prov:wasDerivedFrom <document/list> .
  <target/table> a klim:Target ; klim:party <city/se/exstad> ;
    klim:kind <code/target-kind/fossil-free> ; prov:wasDerivedFrom <document/list> .
}
<graph/a> {
  <contract/a> a klim:Contract ; klim:party <city/se/exstad> ; klim:partOf <edition/e> ;
    klim:involves <agency/se/asken> ; klim:readingStatus <code/reading-status/complete> ;
    prov:wasDerivedFrom <passage/a/4/1> .
  <signature/a> a klim:Signature ; klim:party <city/se/exstad> ; klim:agreement <edition/e> ;
    klim:signedOn "2025-12-03"^^xsd:date ; prov:wasDerivedFrom <passage/a/4/2> .
  <adoption/a> a klim:Adoption ; klim:agreement <contract/a> ; klim:party <city/se/exstad> ;
    klim:commitment <commitment/e/1> ; klim:status <code/adoption-status/declined> ;
    prov:wasDerivedFrom <passage/a/5.4/1> .
  <overall/e> a klim:OverallCommitment ; klim:agreement <edition/e> ; klim:year "2030"^^xsd:gYear ;
    prov:wasDerivedFrom <passage/a/3/1> .
  <inventory/a> a klim:EmissionInventory ; klim:agreement <contract/a> .
  <observation/a> a klim:Observation ; klim:inventory <inventory/a> ;
    klim:scope <code/scope/scope-2> ; klim:value "7.70"^^xsd:decimal ;
    klim:unit <code/unit/kilotonne-co2e> ; klim:valueStatus <code/value-status/known> ;
    prov:wasDerivedFrom <passage/a/5.1/1> .
  <target/policy> a klim:Target ; klim:agreement <policy/lagen> ; klim:year "2045"^^xsd:gYear ;
    klim:kind <code/target-kind/climate-neutral> ; prov:wasDerivedFrom <passage/a/1/1> .
  <need/a> a klim:InvestmentNeed ; klim:agreement <contract/a> ; rdfs:label "elnät"@sv , "grid"@en ;
    prov:wasDerivedFrom <passage/a/5.3/2> , <passage/a/5.3/1> .
  <passage/a/4/1> klim:document <document/a> . <passage/a/4/2> klim:document <document/a> .
  <passage/a/5.4/1> klim:document <document/a> . <passage/a/3/1> klim:document <document/a> .
  <passage/a/5.1/1> klim:document <document/a> . <passage/a/1/1> klim:document <document/a> .
  <passage/a/5.3/1> klim:document <document/a> . <passage/a/5.3/2> klim:document <document/a> .
}
<graph/b> {
  <contract/b> a klim:Contract ; klim:party <city/se/provby> ; klim:partOf <edition/e> ;
    klim:readingStatus <code/reading-status/partial> ; prov:wasDerivedFrom <passage/b/4/1> .
  <overall/e> prov:wasDerivedFrom <passage/b/3/1> .
  <need/b> a klim:InvestmentNeed ; klim:agreement <contract/b> ; rdfs:label "bussar"@sv ;
    prov:wasDerivedFrom <passage/b/5.3/1> .
  <passage/b/4/1> klim:document <document/b> . <passage/b/3/1> klim:document <document/b> .
  <passage/b/5.3/1> klim:document <document/b> .
}
"""


@pytest.fixture(scope="module", params=[OxigraphEngine, RdflibEngine])
def small(request: pytest.FixtureRequest) -> OxigraphEngine | RdflibEngine:
    engine: OxigraphEngine | RdflibEngine = request.param()
    engine.add(ox.parse(SMALL, format=ox.RdfFormat.TRIG))
    return engine


def _said(engine: OxigraphEngine | RdflibEngine, name: str) -> list[Stated]:
    return contents(engine, f"{ID}contract/{name}")


def test_every_fact_of_a_small_contract(small: OxigraphEngine | RdflibEngine) -> None:
    exstad = "city/se/exstad"
    assert [stated.fact for stated in _said(small, "a")] == [
        Fact.of("contract", city=exstad, edition="2025/26", signed="2025-12-03"),
        Fact.of("party", party="agency/se/asken", role="agency"),
        Fact.of("party", party=exstad, role="municipality"),
        Fact.of("overall", year="2030"),
        Fact.of("adoption", number="1", status="declined"),
        Fact.of("target", about="policy/lagen", target="climate-neutral", year="2045"),
        Fact.of("emission", scope="scope-2", value="7.7", unit="kilotonne-co2e", status="known"),
        Fact.of("need", name="elnät"),
    ]


def test_a_shared_edition_does_not_carry_facts_over(small: OxigraphEngine | RdflibEngine) -> None:
    said = {stated.fact.kind: stated for stated in _said(small, "b")}
    assert set(said) == {"contract", "party", "overall", "need"}
    assert said["need"].fact == Fact.of("need", name="bussar")
    # What both contracts say is cited from the contract that is asked for.
    assert said["overall"].passages == (f"{ID}passage/b/3/1",)


def test_passages_labels_and_the_node(small: OxigraphEngine | RdflibEngine) -> None:
    (need,) = [stated for stated in _said(small, "a") if stated.fact.kind == "need"]
    assert need.thing == f"{ID}need/a"
    assert need.passages == (f"{ID}passage/a/5.3/1", f"{ID}passage/a/5.3/2")
    assert need.labels == {"en": "grid", "sv": "elnät"}


def test_what_was_read(small: OxigraphEngine | RdflibEngine) -> None:
    assert [is_read(small, f"{ID}contract/{name}") for name in ("a", "b", "unread")] == [
        True, False, False,
    ]  # fmt: skip
    assert {stated.fact.kind for stated in _said(small, "unread")} == {"contract", "party"}


def test_no_such_contract(small: OxigraphEngine | RdflibEngine) -> None:
    for iri in (f"{ID}contract/none", f"{ID}city/se/exstad"):
        with pytest.raises(UnknownName):
            contents(small, iri)


def test_the_contract_of_umea_by_kind(graph: kg.KlimatGraph) -> None:
    """Counted by hand in the document: chapters 3 to 7 and the annex."""
    said = contents(graph.engine, UMEA)
    assert Counter(stated.fact.kind for stated in said) == {
        "contract": 1, "party": 8, "overall": 1, "process": 3, "adoption": 6, "offer": 2,
        "target": 5, "emission": 11, "estimate": 4, "priority": 3, "priority-project": 4,
        "priority-partner": 2, "need": 3, "investment-strategy": 4, "financing-strategy": 4,
        "agency-commitment": 3, "programme-commitment": 4, "link": 4,
    }  # fmt: skip
    facts = {stated.fact for stated in said}
    assert {
        Fact.of("adoption", number="5", status="not-listed"),
        Fact.of("emission", scope="scope-1", value="283", unit="kilotonne-co2e", status="known"),
        Fact.of("emission", scope="scope-3", status="to-be-determined"),
        Fact.of("estimate", indicator="socioeconomic-benefit", value="130000000", unit="euro",
                horizon="2050", status="approximate"),
        Fact.of("target", about="city/se/umea", target="climate-neutral", year="2030",
                scope="geographic"),
        Fact.of("offer", name="samarbete om gröna resplaner", year="2026"),
        Fact.of("programme-commitment", number="7.1", name="mobilisering och lärande"),
    } <= facts  # fmt: skip
    assert all(stated.passages for stated in said)


def test_all_contracts_of_the_shipped_graph_can_be_read(graph: kg.KlimatGraph) -> None:
    rows = graph.sparql("SELECT ?c WHERE { ?c a klim:Contract }")
    order = list(KINDS)
    for row in rows:
        said = contents(graph.engine, str(row["c"]))
        assert said[0].fact.kind == "contract"
        kinds = [order.index(stated.fact.kind) for stated in said]
        assert kinds == sorted(kinds)
        assert len({(stated.fact, stated.thing) for stated in said}) == len(said)
