"""SPARQL that people write: prefixes, places of mistakes, limits, values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import klimatgraph as kg
from klimatgraph.engines.base import Table
from klimatgraph.errors import KlimatgraphError
from klimatgraph.sparql import run
from klimatgraph.terms import ID, PREFIXES


def ask(graph: kg.KlimatGraph, query: str) -> bool:
    return bool(graph.sparql(query)[0]["answer"])


# -- prefixes ------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", sorted(PREFIXES))
def test_every_prefix_of_ours_may_be_used_without_declaring_it(
    graph: kg.KlimatGraph, prefix: str
) -> None:
    rows = graph.sparql(f"SELECT ({prefix}:x AS ?x) {{}}")
    assert rows[0]["x"] == PREFIXES[prefix] + "x"


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX klim: <urn:other#> SELECT (klim:x AS ?x) {}",
        "prefix klim:<urn:other#>\nselect (klim:x as ?x) {}",
        "# klim: in a comment\nPREFIX\n  klim: # here, too\n <urn:other#> SELECT (klim:x AS ?x) {}",
        "BASE <urn:b> PREFIX rdfs: <urn:r#> PREFIX klim: <urn:other#> SELECT (klim:x AS ?x) {}",
    ],
)
def test_ones_own_declaration_holds(graph: kg.KlimatGraph, query: str) -> None:
    assert graph.sparql(query)[0]["x"] == "urn:other#x"


def test_what_looks_like_a_prefix_is_none(graph: kg.KlimatGraph) -> None:
    query = """SELECT ("klim:a PREFIX klim: <urn:x#>" AS ?a) (<klim:b> AS ?b) (klim:c AS ?c) {}"""
    row = graph.sparql(query)[0]
    assert row["a"] == "klim:a PREFIX klim: <urn:x#>" and row["b"] == "klim:b"
    assert row["c"] == PREFIXES["klim"] + "c"


def test_a_prefix_of_nobody_is_pointed_at(graph: kg.KlimatGraph) -> None:
    with pytest.raises(kg.QuerySyntaxError) as caught:
        graph.sparql("ASK {\n  ?s a klim:City ; other:p ?o }")
    assert (caught.value.line, caught.value.column) == (2, 20)


# -- places of mistakes, counted by hand ---------------------------------------------


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT ?s WHERE { ?s a klim:City ", 1, 17),
        ("SELECT ?s WHERE { ?s a klim:City } LIMT 5", 1, 36),
        ("SELECT ?s WHERE {\n  ?s a klim:City\n}}", 3, 2),
        ("SELECT ?s {\r\n ?s a klim:City . FILTER ?s }", 2, 19),
        ('SELECT ?s { ?s rdfs:label "å" ; klim:x ü }', 1, 40),
        ("klim:City", 1, 1),
        ("\n\n   SELEC ?s { ?s a klim:City }", 3, 4),
    ],
)
def test_mistakes_are_where_they_were_written(
    graph: kg.KlimatGraph, query: str, line: int, column: int
) -> None:
    with pytest.raises(kg.QuerySyntaxError) as caught:
        graph.sparql(query)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert f"line {line}, column {column}" in str(caught.value)


def test_a_bracket_that_is_open_is_where_it_was_written(graph: kg.KlimatGraph) -> None:
    with pytest.raises(
        kg.QuerySyntaxError, match=r"line 3, column 1: .* of line 1, column 5 is open"
    ):
        graph.sparql("ASK {\n ?s a klim:City\n)")


# -- what is let through -------------------------------------------------------------


@pytest.mark.parametrize(
    "form", ["CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "DESCRIBE ?s { ?s a klim:City }"]
)
def test_triples_are_no_rows(graph: kg.KlimatGraph, form: str) -> None:
    with pytest.raises(kg.QueryRefused, match="use SELECT or ASK"):
        graph.sparql(form)


def test_from_restricts_to_a_graph_of_the_store(graph: kg.KlimatGraph) -> None:
    derived = f"{ID}graph/derived"
    query = "SELECT (COUNT(*) AS ?n) FROM <%s> { ?s ?p ?o }"
    expected = sum(1 for quad in graph.engine.quads() if str(quad.graph_name) == f"<{derived}>")
    assert graph.sparql(query % derived)[0]["n"] == expected > 0


@pytest.mark.parametrize(
    "clause", ["FROM <{0}/x>", "FROM NAMED <{0}/x>", f"FROM <{ID}graph/derived> FROM <{{0}}/x>"]
)
def test_from_another_graph_is_no_empty_answer(
    graph: kg.KlimatGraph, web: Any, clause: str
) -> None:
    with pytest.raises(kg.InputError, match="none is fetched"):
        graph.sparql(f"SELECT * {clause.format(web.address)} {{ ?s ?p ?o }}")
    assert web.visits == []


class Watched:
    """An engine that remembers the time limits it was given."""

    name = "watched"

    def __init__(self) -> None:
        self.limits: list[float | None] = []

    def select(self, query: str, timeout: float | None = None) -> Table:
        self.limits.append(timeout)
        return Table((), [])

    def ask(self, query: str, timeout: float | None = None) -> bool:
        self.limits.append(timeout)
        return True


@pytest.mark.parametrize("query", ["ASK {}", "SELECT * {}"])
@pytest.mark.parametrize("timeout", [None, 7.5])
def test_the_time_limit_reaches_the_engine(query: str, timeout: float | None) -> None:
    engine = Watched()
    run(engine, query, timeout=timeout)  # type: ignore[arg-type]
    assert engine.limits == [timeout]


@pytest.mark.parametrize("query", ["ASK {}", "SELECT * {}"])
@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf")])
def test_a_time_limit_that_is_none(graph: kg.KlimatGraph, query: str, timeout: float) -> None:
    with pytest.raises(kg.InputError, match="positive number of seconds"):
        graph.sparql(query, timeout=timeout)


# -- values --------------------------------------------------------------------------


def test_values_are_pythons(graph: kg.KlimatGraph) -> None:
    rows = graph.sparql(
        'SELECT (5 AS ?a) (7.7 AS ?b) (true AS ?c) ("å"@sv AS ?d) (klim:City AS ?e) ?f'
        ' ("2025-12-04"^^xsd:date AS ?g) {}'
    )
    assert [column.name for column in rows.columns] == list("abcdefg")
    row = rows[0]
    assert row["a"] == 5 and isinstance(row["a"], int)
    assert float(row["b"]) == 7.7 and isinstance(row["b"], float | Decimal)
    assert row["c"] is True and row["d"] == "å" and row["f"] is None
    assert row["e"] == PREFIXES["klim"] + "City" and str(row["g"]) == "2025-12-04"
    assert row["sources"] == () and rows.to_json() and rows.to_csv()


def test_a_column_may_be_called_as_ours_are(graph: kg.KlimatGraph) -> None:
    rows = graph.sparql("SELECT (1 AS ?question) (2 AS ?rows) {}")
    assert (rows[0]["question"], rows[0]["rows"]) == (1, 2)


@pytest.mark.parametrize("name", ["sources", "source_iris"])
def test_a_column_that_would_hide_the_sources_is_refused(graph: kg.KlimatGraph, name: str) -> None:
    with pytest.raises(kg.InputError, match=f"[?]{name} .* another name"):
        graph.sparql(f"SELECT (1 AS ?{name}) {{}}")


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=80))
def test_no_text_brings_it_down(graph: kg.KlimatGraph, text: str) -> None:
    for query in (text, f"ASK {{ ?s ?p ?o . {text} }}", f'ASK {{ ?s ?p "{text}" }}'):
        try:
            graph.sparql(query, timeout=None)
        except KlimatgraphError as error:
            assert "\n" not in str(error)


@settings(max_examples=150, deadline=None)
@given(parts=st.lists(st.sampled_from(
    ["SELECT", "ASK", "{", "}", "(", ")", "?s", "klim:City", "a", ".", ";", "FILTER", "UNION",
     "OPTIONAL", '"x"', "5", "<", ">", "<urn:x>", "FROM", "PREFIX", "klim:", "\n", "VALUES",
     "GRAPH", "BIND", "AS", "*", "LIMIT", "ORDER", "BY"]), max_size=14))  # fmt: skip
def test_no_words_of_sparql_bring_it_down(graph: kg.KlimatGraph, parts: list[str]) -> None:
    try:
        graph.sparql(" ".join(parts), timeout=None)
    except KlimatgraphError as error:
        assert "\n" not in str(error)
