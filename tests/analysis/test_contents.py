"""What a contract says, read back from a graph, whoever wrote it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

import klimatgraph as kg
from klimatgraph.analysis.contents import contents, is_read
from klimatgraph.engines.oxigraph import OxigraphEngine
from klimatgraph.engines.rdflib import RdflibEngine
from klimatgraph.errors import UnknownName
from klimatgraph.reading.facts import Fact
from klimatgraph.terms import ID, thing

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "contracts"
BY_HAND = thing("contract", "klimatkontrakt", "2025-26", "umea")
OF_ALL = {"agency-commitment", "programme-commitment"}

# Counted by hand in data/contracts/umea-2025-26.trig.
COUNTS = {
    "contract": 1, "party": 8, "overall": 1, "process": 3, "adoption": 6, "offer": 2, "target": 5,
    "emission": 11, "estimate": 4, "priority": 3, "priority-project": 4, "priority-partner": 2,
    "need": 3, "investment-strategy": 4, "financing-strategy": 4, "agency-commitment": 3,
    "programme-commitment": 4, "link": 4,
}  # fmt: skip


@pytest.fixture(scope="module")
def without() -> kg.KlimatGraph:
    """The graph without the contract that people described: it names commitments of all."""
    engine = OxigraphEngine()
    hidden = {thing("graph", "klimatkontrakt-umea-2025-26"), thing("graph", "derived")}
    engine.add(q for q in kg.load().engine.quads() if q.graph_name not in hidden)
    return kg.KlimatGraph(engine)


def with_reading(
    graph: kg.KlimatGraph, name: str
) -> tuple[OxigraphEngine, ox.NamedNode, set[Fact]]:
    """A graph with what was read from a document, the contract, and the facts that went in."""
    draft = graph.read(FIXTURES / name)
    engine = OxigraphEngine()
    engine.add([*graph.engine.quads(), *draft.quads()])
    proposal = draft.proposal
    city, edition = proposal.city.rpartition("/")[2], proposal.edition.replace("/", "-")
    facts = {item.fact for item in proposal.items if item.fact.kind != "mention"}
    return engine, thing("contract", "klimatkontrakt", edition, city), facts


def test_a_contract_described_by_people(graph: kg.KlimatGraph) -> None:
    said = contents(graph.engine, BY_HAND)
    assert Counter(s.fact.kind for s in said) == COUNTS
    facts = {s.fact for s in said}
    umea = "city/se/umea"
    assert {
        Fact.of("contract", city=umea, edition="2025/26"),
        Fact.of("adoption", number="5", status="not-listed"),
        Fact.of("process", process="finance", number="3.3"),
        Fact.of("target", about=umea, target="climate-neutral", year="2030", scope="geographic"),
        Fact.of("target", about="policy/eu-klimatneutralitet-2050", target="climate-neutral",
                year="2050", scope="unspecified-scope"),
        Fact.of("emission", scope="scope-2", value="7.7", unit="kilotonne-co2e", status="known"),
        Fact.of("emission", scope="scope-1", sector="transport", value="57", unit="percent",
                status="approximate"),
        Fact.of("emission", scope="scope-3", part="resor", status="not-stated"),
        Fact.of("emission", scope="scope-3", status="to-be-determined"),
        Fact.of("estimate", indicator="socioeconomic-benefit", value="130000000", unit="euro",
                horizon="2050", status="approximate"),
        Fact.of("offer", name="samarbete om gröna resplaner", year="2026"),
        Fact.of("agency-commitment", number="6.2", name="samordning kring finansiering"),
    } <= facts  # fmt: skip


def test_partners_that_were_only_inferred_are_left_out(graph: kg.KlimatGraph) -> None:
    said = contents(graph.engine, BY_HAND)
    partners = {s.fact["partner"] for s in said if s.fact.kind == "priority-partner"}
    assert partners == {"Liquid Wind", "Umeå Energi"}


def test_every_fact_has_passages_of_the_contract_itself(graph: kg.KlimatGraph) -> None:
    for stated in contents(graph.engine, BY_HAND):
        assert stated.passages and stated.labels.keys() >= {"sv", "en"}
        for passage in stated.passages:
            assert passage.startswith(f"{ID}passage/klimatkontrakt-umea-2025-26/")


def test_what_was_read_by_the_program_comes_back_as_it_went_in(without: kg.KlimatGraph) -> None:
    engine, contract, facts = with_reading(without, "lund-2025-26.txt")
    said = contents(engine, contract)
    assert {s.fact for s in said} == facts and len(said) == len(facts)
    assert all(s.passages for s in said)


def test_commitments_of_all_keep_the_names_that_they_had(graph: kg.KlimatGraph) -> None:
    # People named the commitments of the edition before: their names stand, not the document's.
    engine, contract, facts = with_reading(graph, "lund-2025-26.txt")
    found = {s.fact for s in contents(engine, contract)}
    assert {f.kind for f in found ^ facts} == OF_ALL
    assert {f["number"] for f in found - facts} == {f["number"] for f in facts - found}


def test_names_are_in_the_language_of_the_document(without: kg.KlimatGraph) -> None:
    engine, contract, facts = with_reading(without, "uppsala-2023-en.txt")
    found = {s.fact for s in contents(engine, contract)}
    # A partner that the graph knows goes by the name that it has there.
    assert {f.kind for f in facts - found} <= OF_ALL | {"priority-partner"}
    assert {f for f in found if f.kind == "priority"} == {f for f in facts if f.kind == "priority"}


def test_headings_of_several_editions_are_told_without_their_number(graph: kg.KlimatGraph) -> None:
    said = contents(graph.engine, thing("contract", "klimatkontrakt", "2021", "malmo"))
    facts = {s.fact for s in said}
    assert Fact.of("agency-commitment", number="5.3", name="Samordnad finansiering") in facts
    assert Fact.of("programme-commitment", number="4.1") in facts  # its heading is not known
    assert Fact.of("party", party="agency/se/trafikverket", role="agency") in facts


def test_every_engine_reads_the_same(without: kg.KlimatGraph) -> None:
    first, contract, _ = with_reading(without, "lund-2025-26.txt")
    second = RdflibEngine()
    # The document's own graph and what it speaks of: rdflib takes long to load all.
    own = thing("graph", "klimatkontrakt-lund-2025-26")
    quads = list(first.quads())
    things = {term for q in quads if q.graph_name == own for term in (q.subject, q.object)}
    second.add(q for q in quads if q.graph_name == own or q.subject in things)
    assert contents(second, contract) == contents(first, contract)
    assert is_read(second, contract) and is_read(first, contract)


def test_the_hand_made_contract_alone_on_another_engine(graph: kg.KlimatGraph) -> None:
    own = list(graph.engine.quads(thing("graph", "klimatkontrakt-umea-2025-26")))
    engines = OxigraphEngine(), RdflibEngine()
    for engine in engines:
        engine.add(own)
    first, second = (contents(engine, BY_HAND) for engine in engines)
    assert first == second and len(first) > 60


def test_which_contracts_were_read(graph: kg.KlimatGraph, without: kg.KlimatGraph) -> None:
    assert is_read(graph.engine, BY_HAND)
    lund = thing("contract", "klimatkontrakt", "2022", "lund")
    assert not is_read(graph.engine, lund)
    engine, contract, _ = with_reading(without, "skelleftea-2023.txt")
    assert is_read(engine, contract) and not is_read(without.engine, contract)


@pytest.mark.parametrize("iri", [f"{ID}contract/none", f"{ID}city/se/umea"])
def test_what_is_no_contract_is_told(graph: kg.KlimatGraph, iri: str) -> None:
    with pytest.raises(UnknownName, match="no contract"):
        contents(graph.engine, iri)
