"""Adding a proposal: checked first, then all of it or nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

import klimatgraph as kg
from klimatgraph.engines.rdflib import RdflibEngine
from klimatgraph.errors import DataError, EngineError, InputError
from klimatgraph.proposals import Draft
from klimatgraph.proposals.adding import add, check
from klimatgraph.proposals.model import Proposal
from klimatgraph.proposals.statements import statements
from klimatgraph.proposals.wording import Wording
from klimatgraph.reading.facts import Fact
from klimatgraph.reasoning.rules import DERIVED, derive
from klimatgraph.terms import ID, expand, thing


@pytest.fixture
def own() -> kg.KlimatGraph:
    """The shipped graph, for this test alone."""
    return kg.load()


def quads_of(graph: kg.KlimatGraph, proposal: Proposal) -> list[ox.Quad]:
    return statements(proposal, proposal.items, Wording(graph.engine, proposal.name))


def whole(graph: kg.KlimatGraph) -> set[ox.Quad]:
    return set(graph.engine.quads())


def test_what_was_added_is_asked_for_like_all_else(own: kg.KlimatGraph, proposal: Proposal) -> None:
    done = own.add(Draft(proposal, {}, own.engine), engine="shacl")
    assert done.graph == f"{ID}graph/klimatkontrakt-lund-2025-26" and done.report.conforms
    cities = [str(row["city"]) for row in own.ask("cities-with-commitment", commitment=6)]
    assert cities == ["Lund", "Umeå"]
    assert len(own.shared("Umeå", "Lund", by="commitment")) == 1


def test_what_follows_is_derived_anew(own: kg.KlimatGraph, proposal: Proposal) -> None:
    own.add(Draft(proposal, {}, own.engine), engine="shacl")
    adopted = ox.Quad(
        thing("city", "se", "lund"), expand("klim:adopted"),
        thing("commitment", "klimatkontrakt", "2025-26", "6"), DERIVED,
    )  # fmt: skip
    assert adopted in whole(own)
    assert {q for q in whole(own) if q.graph_name == DERIVED} == set(derive(own.engine))


def test_adding_again_changes_nothing(own: kg.KlimatGraph, proposal: Proposal) -> None:
    own.add(Draft(proposal, {}, own.engine), engine="shacl")
    before = whole(own)
    done = own.add(Draft(proposal, {}, own.engine), engine="shacl")
    assert (done.added, done.removed) == (0, 0) and whole(own) == before


def test_a_new_reading_takes_the_place_of_the_old_one(
    own: kg.KlimatGraph, proposal: Proposal
) -> None:
    untouched = whole(own)
    own.add(Draft(proposal, {}, own.engine), engine="shacl")
    fewer = replace(proposal, items=tuple(i for i in proposal.items if i.fact.kind != "adoption"))
    own.add(Draft(fewer, {}, own.engine), engine="shacl")
    cities = [str(row["city"]) for row in own.ask("cities-with-commitment", commitment=6)]
    assert cities == ["Umeå"]
    graph = thing("graph", proposal.name)
    rest = {q for q in whole(own) if q.graph_name not in (graph, DERIVED)}
    assert rest == {q for q in untouched if q.graph_name not in (graph, DERIVED)}
    assert len(own.engine) == len(whole(own))


def test_the_union_that_queries_see_is_kept_in_step(
    own: kg.KlimatGraph, proposal: Proposal
) -> None:
    own.add(Draft(proposal, {}, own.engine), engine="shacl")
    fewer = replace(proposal, items=tuple(i for i in proposal.items if i.fact.kind == "contract"))
    own.add(Draft(fewer, {}, own.engine), engine="shacl")
    union = {
        (s, p, o) for s, p, o in own.engine.select("SELECT DISTINCT ?s ?p ?o { ?s ?p ?o }").rows
    }
    assert union == {(q.subject, q.predicate, q.object) for q in whole(own)}


def test_what_breaks_a_shape_stays_outside(own: kg.KlimatGraph, proposal: Proposal) -> None:
    before = whole(own)
    broken = [
        *quads_of(own, proposal),
        ox.Quad(
            thing("adoption", "klimatkontrakt", "2025-26", "lund", "6"),
            expand("klim:party"),
            thing("city", "se", "malmo"),
            thing("graph", proposal.name),
        ),
    ]
    with pytest.raises(DataError, match="violation"):
        add(own.engine, broken)
    assert whole(own) == before


def test_the_check_reports_on_the_proposal_only(own: kg.KlimatGraph, proposal: Proposal) -> None:
    quads = quads_of(own, proposal)
    report = check(quads, own.engine, checker="shacl")
    assert report.conforms
    described = {q.subject for q in quads}
    assert {finding.node for finding in report.findings} <= described


def test_the_two_checkers_say_the_same(own: kg.KlimatGraph, proposal: Proposal) -> None:
    quads = quads_of(own, proposal)
    said = [
        [(f.severity, f.node, f.shape) for f in check(quads, own.engine, checker=name).findings]
        for name in ("pyshacl", "shacl")
    ]
    assert said[0] == said[1]


def test_what_people_wrote_is_not_overwritten(own: kg.KlimatGraph, proposal: Proposal) -> None:
    umea = replace(proposal, name="klimatkontrakt-umea-2025-26", city="city/se/umea",
                   city_name="Umeå", items=proposal.items[:1])  # fmt: skip
    before = whole(own)
    with pytest.raises(InputError, match=r"people have described .*: say --replace"):
        own.add(Draft(umea, {}, own.engine), engine="shacl")
    assert whole(own) == before


def test_statements_of_two_documents_are_refused(own: kg.KlimatGraph, proposal: Proposal) -> None:
    quads = quads_of(own, proposal)
    other = ox.Quad(quads[0].subject, quads[0].predicate, quads[0].object, thing("graph", "other"))
    with pytest.raises(InputError, match="one document"):
        add(own.engine, [*quads, other])


def test_an_engine_that_only_reads_is_told(proposal: Proposal, own: kg.KlimatGraph) -> None:
    with pytest.raises(EngineError, match="only reads"):
        add(RdflibEngine(), quads_of(own, proposal))


def test_a_store_on_disk_keeps_it(tmp_path: Path, proposal: Proposal) -> None:
    with kg.open(tmp_path / "store", create=True) as graph:
        graph.add(Draft(proposal, {}, graph.engine), engine="shacl")
    with kg.open(tmp_path / "store", read_only=True) as graph:
        names = [str(row["city"]) for row in graph.ask("cities-with-commitment", commitment=6)]
        assert names == ["Lund", "Umeå"]


def test_names_that_came_with_the_document_are_found(
    own: kg.KlimatGraph, proposal: Proposal
) -> None:
    assert own.lookup  # read before, and read anew after
    own.add(Draft(proposal, {}, own.engine), engine="shacl")
    assert own.lookup.find("project", "Reko").value.endswith("lund/reko")


def test_a_target_of_nobody_is_only_a_warning(own: kg.KlimatGraph, proposal: Proposal) -> None:
    fact = Fact.of("target", about="policy/parisavtalet", target="climate-neutral", year="2050")
    items = (*proposal.items, replace(proposal.items[5], fact=fact, key="x"))
    report = check(quads_of(own, replace(proposal, items=items)), own.engine, checker="shacl")
    assert report.conforms
