"""What cities share: checked against sets made straight from the triples."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import klimatgraph as kg
from klimatgraph.analysis.links import KINDS, edges
from klimatgraph.errors import ParameterError, UnknownName
from klimatgraph.terms import ID, KLIM

ROOT = Path(__file__).parents[2]


def _objects(graph: kg.KlimatGraph, predicate: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for quad in graph.engine.quads():
        if quad.predicate.value == KLIM + predicate:
            found[quad.subject.value].add(getattr(quad.object, "value", ""))
    return found


def _projects_of(graph: kg.KlimatGraph) -> dict[str, set[str]]:
    """The brute way: every node that has both a party and a project."""
    party, project = _objects(graph, "party"), _objects(graph, "project")
    projects: dict[str, set[str]] = defaultdict(set)
    for node in party.keys() & project.keys():
        for who in party[node]:
            projects[who] |= project[node]
    return projects


CITIES = st.sampled_from(["Umeå", "Malmö", "Lund", "Uppsala", "Växjö", "Borlänge", "Luleå"])


@settings(max_examples=20, deadline=None)
@given(a=CITIES, b=CITIES)
def test_shared_projects_are_the_intersection(graph: kg.KlimatGraph, a: str, b: str) -> None:
    if a == b:
        return
    projects = _projects_of(graph)
    expected = projects[graph.city(a).iri] & projects[graph.city(b).iri]
    assert {row["thing"].iri for row in graph.shared(a, b, by="project")} == expected


def test_sharing_does_not_depend_on_the_order_of_the_cities(graph: kg.KlimatGraph) -> None:
    one, other = graph.shared("Umeå", "Malmö"), graph.shared("Malmö", "Umeå")
    assert [dict(row) for row in one] == [dict(row) for row in other]


def test_umea_and_malmo_share_what_the_sources_say(graph: kg.KlimatGraph) -> None:
    """The issue's own list, worked out from the research tables, kind by kind."""
    rows = graph.shared("Umeå", "Malmö", lang="en")
    by_kind: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        by_kind[row["kind"]].add(row["thing"].iri.removeprefix(ID))
    assert by_kind["framework"] == {"framework/klimatkontrakt-2030"}
    processes = {f"process/klimatkontrakt/2025-26/{p}" for p in
                 ("governance", "climate-analysis", "finance")}  # fmt: skip
    assert by_kind["development process"] == processes
    # signatories.csv has a row for both cities in every edition
    editions = ("2020", "2021", "2022", "2023", "2024", "2025-26")
    assert by_kind["edition"] == {f"edition/klimatkontrakt/{e}" for e in editions}
    # projects.csv: both are in the joint wave-1 project (call #3) and have a wave-2 project
    assert "project/vc-w1-all" in by_kind["project"]
    assert {"call/viable-cities/3", "call/viable-cities/8"} <= by_kind["call"]
    # eu_status.csv and section 4.8: mission city, label, pilot of cohort 1; neither is a twin
    status = {f"code/membership-status/{s}" for s in
              ("mission-city", "mission-label", "nzc-pilot-city")}  # fmt: skip
    assert by_kind["EU standing"] == status
    # the wave-2 partner lists of both name RISE
    assert "organisation/se/rise" in by_kind["project partner"]


def test_every_row_names_its_sources(graph: kg.KlimatGraph) -> None:
    """Each can be gone to: by section, by address, or as a file with a known checksum."""
    files = _objects(graph, "sha256")
    for row in graph.shared("Umeå", "Malmö"):
        assert row["sources"], row["thing"].label
        for source in row["sources"]:
            assert source.title
            assert source.address or source.section or source.iri in files, source.iri


def test_what_is_inferred_says_so(graph: kg.KlimatGraph) -> None:
    rows = graph.shared("Umeå", "Malmö", by="edition", lang="en")
    basis = {row["thing"].iri.rsplit("/", 1)[1]: row["basis"] for row in rows}
    assert basis["2020"] == "stated by the source"
    assert basis["2025-26"].startswith("inferred")  # only Umeå is named for 2025/26


def test_one_city_shares_with_others(graph: kg.KlimatGraph) -> None:
    rows = graph.shared("Umeå", by="eu-status")
    mission = next(r for r in rows if r["thing"].iri.endswith("/mission-city"))
    assert mission["count"] == 112  # mission_cities.csv: 100 in the EU and 12 associated
    cities = mission["cities"].split(", ")
    assert len(set(cities)) == 112
    # facts.md 4.8 lists the seven Swedish ones
    swedish = {"Gävle", "Göteborg", "Helsingborg", "Lund", "Malmö", "Stockholm", "Umeå"}
    assert swedish <= set(cities) and "Uppsala" not in cities


def test_no_city_and_a_threshold(graph: kg.KlimatGraph) -> None:
    """Cities of each project as the research tables name them, and dokk1.dk those of SCORE."""
    rows = graph.shared(by="project", min_cities=9)
    assert {row["thing"].iri.removeprefix(ID + "project/"): row["count"] for row in rows} == {
        "show": 16, "reallocate": 14, "sff4c": 14, "celsius": 12, "resilient-europe": 11,
        "eunivercities": 10, "sumba": 10, "begin": 9, "clever-cities": 9, "gogreenroutes": 9,
        "score-nsr": 9, "vc-w1-all": 9,
    }  # fmt: skip
    counts = [row["count"] for row in rows]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize("kind", KINDS)
def test_edges_have_evidence_and_one_edge_a_pair(graph: kg.KlimatGraph, kind: str) -> None:
    found = edges(graph.engine, graph.questions, kind)
    assert found
    assert len({(e.city.iri, e.key) for e in found}) == len(found)
    assert all(e.sources and 0 < e.confidence <= 1 for e in found)


def test_signatures_are_all_there(graph: kg.KlimatGraph) -> None:
    """Each row of the signatures table that concerns a city is an edge, and no other is."""
    with (ROOT / "data/tables/signatures.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = edges(graph.engine, graph.questions, "edition")
    cities = {e.city.label for e in found}
    expected = {(r["party"], r["edition"]) for r in rows if r["party"] in cities}
    label = {
        e.thing.iri: e.thing.iri.rsplit("/", 1)[1].replace("2025-26", "2025/26") for e in found
    }
    assert {(e.city.label, label[e.thing.iri]) for e in found} == expected | {("Umeå", "2025/26")}


@pytest.mark.parametrize(
    ("cities", "options", "error"),
    [
        (("Umea kommun…",), {}, UnknownName),
        (("Umeå",), {"by": "friendship"}, UnknownName),
        (("Umeå", "Umeå"), {}, ParameterError),
        ((), {"min_cities": 1}, ParameterError),
    ],
)
def test_wrong_calls_are_one_line(
    graph: kg.KlimatGraph, cities: tuple[str, ...], options: dict[str, object], error: type
) -> None:
    with pytest.raises(error) as caught:
        graph.shared(*cities, **options)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
