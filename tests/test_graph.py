"""The façade: every method hands over to the right part, in the right language."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

import klimatgraph as kg
from klimatgraph.terms import ID, KLIM, PREFIXES

UMEA = f"{ID}city/se/umea"
DERIVED = ox.NamedNode(f"{ID}graph/derived")


@pytest.fixture(scope="module")
def english() -> Iterator[kg.KlimatGraph]:
    yield kg.load(lang="en")


@pytest.mark.parametrize("name", ["Umeå", "umea", "Umeå kommun", "2480", UMEA, f"<{UMEA}>"])
def test_a_city_by_any_name(graph: kg.KlimatGraph, name: str) -> None:
    assert graph.city(name) == kg.Entity(UMEA, "Umeå")


def test_labels_follow_the_language(graph: kg.KlimatGraph, english: kg.KlimatGraph) -> None:
    kinds = {row["kind"] for row in english.shared("Umeå", "Malmö", by="process")}
    assert kinds == {"development process"}
    assert {row["kind"] for row in english.shared("Umeå", "Malmö", by="process", lang="sv")} == {
        "utvecklingsprocess"
    }
    assert english.ask("targets", lang="sv").question.startswith("Vilka mål")
    assert english.ask("targets").question.startswith("Which targets")
    assert english.ask("targets").lang == english.ask("targets")[:3].lang == "en"


def test_ask_by_name_code_entity_and_iri(graph: kg.KlimatGraph) -> None:
    answers = [
        graph.ask("commitments-of-city", city=city).to_json()
        for city in ("Umeå", "2480", 2480, UMEA, graph.city("Umeå"), ox.NamedNode(UMEA))
    ]
    rows = {json.dumps(json.loads(answer)["rows"]) for answer in answers}
    assert len(rows) == 1


def test_six_joint_commitments_of_which_umea_has_five(graph: kg.KlimatGraph) -> None:
    """Umeå's contract 2025/26, section 5.4: the numbers 1, 2, 3, 4 and 6."""
    without = [
        number
        for number in range(1, 7)
        if [str(row["city"]) for row in graph.ask("cities-without-commitment", commitment=number)]
    ]
    assert without == [5]


def test_every_row_names_a_passage_and_its_digest(graph: kg.KlimatGraph) -> None:
    (row,) = graph.ask("cities-without-commitment", commitment=5)
    (source,) = row["sources"]
    assert source.section == "5.4" and len(source.digest) == 64
    known = {
        quad.object.value
        for quad in graph.engine.quads()
        if quad.predicate.value == f"{KLIM}digest" and isinstance(quad.object, ox.Literal)
    }
    assert source.digest in known


def test_the_answer_says_how_much_is_known(graph: kg.KlimatGraph) -> None:
    (told,) = graph.ask("cities-without-commitment", commitment=5).coverage
    assert told.topic == "commitment"
    assert told.to_dict()["known"] == 1 and told.to_dict()["total"] == 48


@pytest.mark.parametrize("name", ["engine", "question", "self", "resolver", "timeout", "citty"])
def test_a_parameter_the_question_does_not_have(graph: kg.KlimatGraph, name: str) -> None:
    with pytest.raises(kg.ParameterError, match=f"no parameter '{name}'"):
        graph.ask("commitments-of-city", **{name: "x"})  # type: ignore[arg-type]


def test_shared_by_one_two_three(graph: kg.KlimatGraph) -> None:
    """Calls: what three cities share, any two of them share too."""
    three = {row["thing"].iri for row in graph.shared("Umeå", "Malmö", "Lund", by="call")}
    two = {row["thing"].iri for row in graph.shared("Umeå", "Malmö", by="call")}
    one = {row["thing"].iri for row in graph.shared("Umeå", by="call")}
    every = {row["thing"].iri for row in graph.shared(by="call")}
    assert three and three <= two <= one <= every
    assert {row["thing"].iri for row in graph.shared("Malmö", "Umeå", by="call")} == two
    assert all(row["count"] >= 5 for row in graph.shared(by="call", min_cities=5))


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_contents_count_what_sources_state(graph: kg.KlimatGraph, lang: str) -> None:
    """Counted here without SPARQL: things of each class, derived ones aside."""
    members: dict[str, set[str]] = {}
    for quad in graph.engine.quads():
        if quad.predicate.value == f"{PREFIXES['rdf']}type" and quad.graph_name != DERIVED:
            assert isinstance(quad.object, ox.NamedNode)
            members.setdefault(quad.object.value, set()).add(str(quad.subject))
    counted = {iri: len(things) for iri, things in members.items() if iri.startswith(KLIM)}
    rows = graph.contents(lang)
    assert {row["class"].iri: row["n"] for row in rows} == counted
    assert [row["n"] for row in rows] == sorted(counted.values(), reverse=True)
    assert rows.lang == lang


def test_length_is_that_of_the_shipped_file(graph: kg.KlimatGraph) -> None:
    from klimatgraph import canonical
    from klimatgraph.resources import folder

    assert len(graph) == len(set(canonical.parse(folder("data") / "klimatgraph.trig")))
    assert repr(graph) == f"<KlimatGraph: {len(graph)} triples, engine memory>"


def test_a_notebook_shows_what_is_inside(graph: kg.KlimatGraph) -> None:
    page = graph._repr_html_()
    assert "&lt;KlimatGraph" in page and "<table" in page and "<script" not in page


def test_explain_takes_names_iris_and_entities(graph: kg.KlimatGraph) -> None:
    told = {
        str(graph.explain(what)) for what in ("Umeå", UMEA, graph.city("Umeå"), ox.NamedNode(UMEA))
    }
    assert len(told) == 1
    with pytest.raises(kg.UnknownName):
        graph.explain("https://example.org/nothing")


def test_why_a_derived_link_holds(graph: kg.KlimatGraph) -> None:
    told = graph.why("Umeå", "klim:adopted", f"{ID}commitment/klimatkontrakt/2025-26/6")
    assert "status · antaget" in told  # the premise, by name
    assert told.splitlines()[-1].strip() == "Umeås klimatkontrakt, version 2025/26, avsnitt 5.4"
    with pytest.raises(kg.UnknownName, match="no derived link"):
        graph.why("Umeå", "klim:adopted", f"{ID}commitment/klimatkontrakt/2025-26/5")


def test_verify_wants_a_full_address(graph: kg.KlimatGraph, tmp_path: Path) -> None:
    copy = tmp_path / "a.txt"
    copy.write_text("1.\tMål\nEn mening.\n", encoding="utf-8")
    with pytest.raises(kg.DocumentError, match="is no IRI"):
        graph.verify(copy, "not an iri")


def test_asking_changes_nothing(tmp_path: Path) -> None:
    graph = kg.load()
    before = set(graph.engine.quads())
    graph.shared("Umeå")
    graph.coverage()
    graph.explain("Umeå")
    graph.network()
    graph.contents()
    graph.validate(engine="shacl")
    graph.export(tmp_path / "a.ttl")
    assert set(graph.engine.quads()) == before


def test_networks_of_cities_and_of_both(graph: kg.KlimatGraph) -> None:
    cities = graph.network("cities", by="call")
    both = graph.network("bipartite", by="call", lang="en")
    assert {data["kind"] for _, data in cities.nodes(data=True)} == {"city"}
    assert {data["kind"] for _, data in both.nodes(data=True)} == {"city", "call"}
    assert nx.is_bipartite(both) and cities.nodes[UMEA]["label"] == "Umeå"
    for a, b, data in cities.edges(data=True):
        assert data["weight"] == len(set(both[a]) & set(both[b]))
    with pytest.raises(kg.ParameterError):
        graph.network("streets")
    with pytest.raises(kg.UnknownName):
        graph.network(by="weather")


def test_coverage_of_one_topic_or_all(graph: kg.KlimatGraph) -> None:
    every = graph.coverage()
    assert len(every) == 12 and Counter(part.total for part in every) == {48: 12}
    assert graph.coverage(["call"]) == tuple(part for part in every if part.topic == "call")
    with pytest.raises(kg.UnknownName):
        graph.coverage(["weather"])


def test_a_graph_without_editions_has_no_coverage(empty_graph: kg.KlimatGraph) -> None:
    assert empty_graph.coverage(["call"]) == ()
    assert len(empty_graph.contents()) == 0 and len(empty_graph.shared()) == 0
    with pytest.raises(kg.UnknownName):
        empty_graph.city("Umeå")


def test_a_graph_may_be_used_with_with() -> None:
    with kg.load() as graph:
        assert graph.city("2480").label == "Umeå"
    with pytest.raises(kg.EngineError, match="closed"):
        graph.city("Malmö")
