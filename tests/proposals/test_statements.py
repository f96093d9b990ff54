"""Facts as RDF: what stands where, in which graph, with which evidence."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox
import pytest

import klimatgraph as kg
from klimatgraph.engines.oxigraph import OxigraphEngine
from klimatgraph.errors import InputError
from klimatgraph.proposals.adding import check
from klimatgraph.proposals.model import Proposal, Proposed
from klimatgraph.proposals.statements import statements
from klimatgraph.proposals.wording import Wording, both
from klimatgraph.reading.documents import Passage
from klimatgraph.reading.facts import KINDS, Candidate, Fact
from klimatgraph.terms import ID, KLIM

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


@pytest.fixture(scope="module")
def wording(graph: kg.KlimatGraph) -> Wording:
    return Wording(graph.engine, "klimatkontrakt-lund-2025-26")


@pytest.fixture
def store(proposal: Proposal, wording: Wording) -> ox.Store:
    made = ox.Store()
    made.extend(statements(proposal, proposal.items, wording))
    return made


def values(store: ox.Store, subject: str, predicate: str) -> set[str]:
    name = ox.NamedNode(predicate if ":" in predicate else f"{KLIM}{predicate}")
    quads = store.quads_for_pattern(ox.NamedNode(f"{ID}{subject}"), name, None)
    return {q.object.value.removeprefix(ID).removeprefix(KLIM) for q in quads}


def test_everything_is_in_the_graph_of_the_document(store: ox.Store) -> None:
    assert {g.value for g in store.named_graphs()} == {f"{ID}graph/klimatkontrakt-lund-2025-26"}


def test_the_contract_its_city_and_edition(store: ox.Store) -> None:
    contract = "contract/klimatkontrakt/2025-26/lund"
    assert values(store, contract, "party") == {"city/se/lund"}
    assert values(store, contract, "partOf") == {"edition/klimatkontrakt/2025-26"}
    assert values(store, contract, "involves") == {
        "agency/se/vinnova", "programme/se/viable-cities",
    }  # fmt: skip


def test_an_adoption(store: ox.Store) -> None:
    adoption = "adoption/klimatkontrakt/2025-26/lund/6"
    assert values(store, adoption, "commitment") == {"commitment/klimatkontrakt/2025-26/6"}
    assert values(store, adoption, "status") == {"code/adoption-status/adopted"}
    assert values(store, adoption, "party") == {"city/se/lund"}


def test_a_target_with_its_confidence_and_a_comment(store: ox.Store) -> None:
    target = "target/lund/klimatkontrakt-2025-26/climate-neutral-2030-geographic"
    assert values(store, target, "year") == {"2030"}
    assert values(store, target, "kind") == {"code/target-kind/climate-neutral"}
    assert values(store, target, "confidence") == {"0.9"}
    comments = values(store, target, "http://www.w3.org/2000/01/rdf-schema#comment")
    assert len(comments) == 2 and any("rule-target" in comment for comment in comments)


def test_an_emission_and_its_inventory(store: ox.Store) -> None:
    observation = "observation/lund/klimatkontrakt-2025-26/scope-1"
    assert values(store, observation, "value") == {"283"}
    assert values(store, observation, "unit") == {"code/unit/kilotonne-co2e"}
    assert values(store, observation, "inventory") == {"inventory/lund/klimatkontrakt-2025-26"}


def test_a_priority_with_its_project_that_nobody_knew(store: ox.Store) -> None:
    priority = "priority/klimatkontrakt/2025-26/lund/cirkulara-floden"
    project = "project/klimatkontrakt/2025-26/lund/reko"
    assert values(store, priority, "involves") == {project}
    assert values(store, priority, "theme") == {"theme/circularity"}
    assert values(store, "participation/reko/lund-2025-26", "project") == {project}


def test_passages_carry_digest_and_place_and_no_words(store: ox.Store, proposal: Proposal) -> None:
    passage = "passage/klimatkontrakt-lund-2025-26/5.1/1"
    place = proposal.place("5.1", 1)
    assert values(store, passage, "digest") == {place.digest}
    assert values(store, passage, "page") == {"2"}
    said = {q.object.value for q in store if isinstance(q.object, ox.Literal)}
    assert not any("klimatneutralt 2030" in words for words in said)


def test_mentions_are_references_of_passages(store: ox.Store) -> None:
    found = values(
        store, "passage/klimatkontrakt-lund-2025-26/2/1", "http://purl.org/dc/terms/references"
    )
    assert found == {"agency/se/vinnova"}


def test_every_thing_that_is_described_has_labels_in_both_languages(store: ox.Store) -> None:
    query = """SELECT ?thing WHERE { GRAPH ?g { ?thing a ?class } FILTER NOT EXISTS {
        GRAPH ?g { ?thing <http://www.w3.org/2000/01/rdf-schema#label> ?sv, ?en .
                   FILTER(LANG(?sv) = "sv" && LANG(?en) = "en") } } }"""
    assert [s["thing"].value for s in store.query(query)] == []


def test_what_a_person_dropped_is_not_said_anywhere(proposal: Proposal, wording: Wording) -> None:
    kept = [i for i in proposal.items if i.fact.get("party") != "agency/se/vinnova"]
    contract = ox.NamedNode(f"{ID}contract/klimatkontrakt/2025-26/lund")
    involved = {
        q.object.value
        for q in statements(proposal, kept, wording)
        if q.subject == contract and q.predicate.value == f"{KLIM}involves"
    }
    assert involved == {f"{ID}programme/se/viable-cities"}


@pytest.mark.parametrize(
    ("kind", "field", "value", "reason"),
    [
        ("target", "year", "snart", "year 'snart' is no year"),
        ("emission", "value", "12,5", "'12,5' is no number"),
    ],
)
def test_a_changed_value_that_cannot_be_written(
    proposal: Proposal, wording: Wording, kind: str, field: str, value: str, reason: str
) -> None:
    items = [
        replace(i, fact=Fact.from_mapping(kind, {**dict(i.fact.fields), field: value}))
        if i.fact.kind == kind
        else i
        for i in proposal.items
    ]
    with pytest.raises(InputError, match=reason):
        statements(proposal, items, wording)


def test_the_same_facts_give_the_same_statements(proposal: Proposal, wording: Wording) -> None:
    first = statements(proposal, proposal.items, wording)
    assert statements(proposal, tuple(reversed(proposal.items)), wording) == first


def test_every_kind_of_fact_can_be_written_or_is_the_contract_itself() -> None:
    from klimatgraph.proposals.statements import _WRITERS

    assert set(_WRITERS) | {"contract"} == set(KINDS)


def test_labels_leave_out_what_is_not_known() -> None:
    assert both("emission", city="Lund", scope="scope 1", sector=None, year=None) == (
        "Lund: utsläpp, scope 1", "Lund: emissions, scope 1",
    )  # fmt: skip


def with_items(proposal: Proposal, *more: tuple[str, dict[str, str]]) -> tuple[Proposed, ...]:
    """The candidates and more of them, all in the passage of the priority."""
    at = Passage("5.2", 1, "bullet", 200, 260, "Cirkulära flöden. Projektet Reko skördar.", 3)
    made = (
        Proposed.of(
            Candidate(Fact.from_mapping(kind, dict(fields)), (at,), "Reko", f"rule-{kind}",
                      Decimal("0.8"), ())
        )
        for kind, fields in more
    )  # fmt: skip
    return (*proposal.items, *made)


def test_a_partner_that_nobody_knew(
    graph: kg.KlimatGraph, proposal: Proposal, wording: Wording
) -> None:
    fields = {"priority": "Cirkulära flöden", "partner": "Bondeladan AB"}
    quads = statements(proposal, with_items(proposal, ("priority-partner", fields)), wording)
    store = ox.Store()
    store.extend(quads)
    partner = "organisation/klimatkontrakt/2025-26/lund/bondeladan-ab"
    priority = "priority/klimatkontrakt/2025-26/lund/cirkulara-floden"
    assert partner in values(store, priority, "involves")
    assert values(store, partner, RDF_TYPE) == {"Party"}
    assert values(store, partner, RDFS_LABEL) == {
        "Bondeladan AB", "organisation named in the climate contract of Lund: Bondeladan AB",
    }  # fmt: skip
    assert check(quads, graph.engine, checker="shacl").conforms


def test_what_an_earlier_reading_named_is_named_again(
    graph: kg.KlimatGraph, proposal: Proposal, wording: Wording
) -> None:
    more = (
        ("priority-partner", {"priority": "Cirkulära flöden", "partner": "Reko"}),
        # Both are known by now, and found in the text.
        ("mention", {"thing": "project/klimatkontrakt/2025-26/lund/reko"}),
        ("mention", {"thing": "organisation/klimatkontrakt/2025-26/lund/reko"}),
    )
    first = statements(proposal, with_items(proposal, more[0]), wording)
    known = OxigraphEngine()
    known.add([*graph.engine.quads(), *first])
    again = Wording(known, "klimatkontrakt-lund-2025-26")
    second = set(statements(proposal, with_items(proposal, *more), again))
    assert set(first) <= second
    assert {q.predicate.value for q in second - set(first)} == {
        "http://purl.org/dc/terms/references"
    }


@pytest.mark.parametrize(
    ("number", "heading", "said"),
    [
        ("agency-6.2", "Samlad finansiering", {"Samlad finansiering"}),
        ("agency-6.2", "Samordning kring  finansiering", set()),  # its label, by and large
        ("agency-9.9", "Samlad finansiering", set()),  # nobody knew it: this is its label
    ],
)
def test_a_known_commitment_keeps_its_label_and_the_words_of_the_document(
    proposal: Proposal, wording: Wording, number: str, heading: str, said: set[str]
) -> None:
    fields = {"number": number.partition("-")[2], "name": heading}
    store = ox.Store()
    store.extend(statements(proposal, with_items(proposal, ("agency-commitment", fields)), wording))
    commitment = f"commitment/klimatkontrakt/2025-26/{number}"
    assert values(store, commitment, "http://www.w3.org/2004/02/skos/core#altLabel") == said
    assert (heading in values(store, commitment, RDFS_LABEL)) is (number == "agency-9.9")


def _with(proposal: Proposal, *facts: Fact) -> Proposal:
    passage = Passage("5.1", 1, "paragraph", 40, 90, "Lund ska vara klimatneutralt 2030.", 2)
    more = (Proposed.of(Candidate(fact, (passage,), passage.text, "rule")) for fact in facts)
    return replace(proposal, items=(*proposal.items, *more))


def _graph_of(proposal: Proposal, wording: Wording) -> ox.Store:
    made = ox.Store()
    made.extend(statements(proposal, proposal.items, wording))
    return made


def test_a_range_is_written_as_its_ends(proposal: Proposal, wording: Wording) -> None:
    fact = Fact.of("target", about="city/se/lund", target="annual-reduction", value="10", max="14",
                   unit="percent-per-year", scope="geographic")  # fmt: skip
    store = _graph_of(_with(proposal, fact), wording)
    node = "target/lund/klimatkontrakt-2025-26/annual-reduction-10-14-geographic"
    assert values(store, node, "minValue") == {"10"} and values(store, node, "maxValue") == {"14"}
    assert values(store, node, "value") == set()
    assert {"Lund: annual reduction rate 10–14 per cent per year"} & values(store, node, RDFS_LABEL)


def test_two_figures_of_one_name_are_two_things(
    graph: kg.KlimatGraph, proposal: Proposal, wording: Wording
) -> None:
    facts = [
        Fact.of("emission", scope="scope-1", sector="transport", value=value, unit="percent",
                status=status)
        for value, status in (("57", "approximate"), ("57", "known"), ("58", "known"))
    ]  # fmt: skip
    made = [_graph_of(_with(proposal, *order), wording) for order in (facts, facts[::-1])]
    assert set(made[0]) == set(made[1])  # whatever the order
    shares = {q.subject for q in made[0].quads_for_pattern(None, ox.NamedNode(RDF_TYPE),
                                                           ox.NamedNode(f"{KLIM}Observation"))
              if "transport" in q.subject.value}  # fmt: skip
    assert len(shares) == 3
    assert check(list(made[0]), graph.engine, checker="shacl").conforms


@pytest.mark.parametrize(
    ("kind", "field"), [("target", "about"), ("emission", "status"), ("emission", "unit"),
                        ("adoption", "number"), ("party", "party"), ("priority", "name")]
)  # fmt: skip
def test_a_needed_field_that_a_person_took_away_is_named(
    proposal: Proposal, wording: Wording, kind: str, field: str
) -> None:
    (item,) = [i for i in proposal.items if i.fact.kind == kind][:1]
    fields = {n: v for n, v in item.fact.fields if n != field}
    damaged = replace(item, fact=Fact.from_mapping(kind, fields))
    with pytest.raises(InputError, match=rf"candidate {item.key}: a {kind} needs {field}"):
        statements(proposal, (*(i for i in proposal.items if i is not item), damaged), wording)
