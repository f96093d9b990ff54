"""Every question of the library, on every engine, over the shipped graph.

The oracle, rdflib, joins what it has not yet narrowed down and takes minutes where the others take
moments. It answers over a part of the graph: three cities and all that hangs together with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from pyoxigraph import NamedNode, Quad

import klimatgraph as kg
from klimatgraph.engines import Engine
from klimatgraph.engines.base import Table
from klimatgraph.engines.oxigraph import OxigraphEngine
from klimatgraph.engines.rdflib import RdflibEngine
from klimatgraph.engines.remote import RemoteEngine
from klimatgraph.questions import QuestionLibrary, bind
from klimatgraph.resources import folder
from klimatgraph.terms import expand, thing

LIBRARY = QuestionLibrary(folder("queries"))


def _calls(name: str) -> list[tuple[str, dict[str, Any]]]:
    """Language and parameters of each way to ask: as it stands, and as its golden rows do."""
    calls = [("sv", {}), *((e.lang, dict(e.parameters)) for e in LIBRARY[name].expectations)]
    return [call for number, call in enumerate(calls) if call not in calls[:number]]


CASES = [
    pytest.param(name, lang, parameters, id=f"{name}-{number}")
    for name in LIBRARY
    for number, (lang, parameters) in enumerate(_calls(name))
]


@pytest.fixture(scope="session")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    place = tmp_path_factory.mktemp("shipped") / "store"
    with kg.open(place, create=True) as graph:
        yield graph.engine


@pytest.fixture(scope="session")
def behind_a_server(shipped_server: str) -> Engine:
    return RemoteEngine(shipped_server)


def _part(quads: list[Quad]) -> list[Quad]:
    """Three cities, the vocabulary, a whole contract, and what any of it points to."""
    cities = {thing("city", "se", name) for name in ("umea", "helsingborg", "tomelilla")}
    links = {expand(f"klim:{name}") for name in ("party", "about", "pioneer", "twin", "recipient")}
    of_project = expand("klim:project")
    whole = {thing("graph", name) for name in ("ontology", "klimatkontrakt-umea-2025-26")}
    said: dict[Any, list[Quad]] = defaultdict(list)
    for quad in quads:
        said[quad.subject].append(quad)
    waiting = {q.subject for q in quads if q.predicate in links and q.object in cities}
    projects = {q.object for s in waiting for q in said[s] if q.predicate == of_project}
    waiting |= {q.subject for q in quads if q.predicate == of_project and q.object in projects}
    waiting |= {q.subject for q in quads if q.graph_name in whole}
    kept: set[Any] = set()
    while waiting:
        subject = waiting.pop()
        kept.add(subject)
        pointed = {q.object for q in said.get(subject, ()) if isinstance(q.object, NamedNode)}
        waiting |= pointed - kept
    return [quad for subject in kept for quad in said.get(subject, ())]


@pytest.fixture(scope="session")
def part(graph: kg.KlimatGraph) -> list[Quad]:
    quads = _part(list(graph.engine.quads()))
    assert len(quads) > 20_000
    return quads


@pytest.fixture(scope="session")
def part_in_memory(part: list[Quad]) -> Engine:
    engine = OxigraphEngine()
    engine.add(part)
    return engine


@pytest.fixture(scope="session")
def part_in_rdflib(part: list[Quad]) -> Engine:
    engine = RdflibEngine()
    engine.add(part)
    return engine


@pytest.fixture(scope="session")
def shuffled(graph: kg.KlimatGraph) -> Engine:
    """The same quads, stored in another order."""
    engine = OxigraphEngine()
    engine.add(sorted(graph.engine.quads(), key=lambda quad: str(quad)[::-1]))
    return engine


def _query(graph: kg.KlimatGraph, name: str, lang: str, parameters: dict[str, Any]) -> str:
    return bind(LIBRARY[name], parameters, lang=lang, resolver=graph.lookup.find)


def _table(table: Table) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """A table in one order: that of ORDER BY, where engines may break ties differently."""
    return table.variables, sorted(tuple(map(str, row)) for row in table.rows)


@pytest.mark.parametrize(("name", "lang", "parameters"), CASES)
def test_a_folder_answers_as_memory_does(
    graph: kg.KlimatGraph, on_disk: Engine, name: str, lang: str, parameters: dict[str, Any]
) -> None:
    query = _query(graph, name, lang, parameters)
    assert _table(on_disk.select(query)) == _table(graph.engine.select(query))


@pytest.mark.parametrize(("name", "lang", "parameters"), CASES)
def test_a_server_answers_as_memory_does(
    graph: kg.KlimatGraph, behind_a_server: Engine, name: str, lang: str,
    parameters: dict[str, Any],
) -> None:  # fmt: skip
    query = _query(graph, name, lang, parameters)
    assert _table(behind_a_server.select(query)) == _table(graph.engine.select(query))


@pytest.mark.parametrize(("name", "lang", "parameters"), CASES)
def test_rdflib_answers_as_memory_does(
    graph: kg.KlimatGraph, part_in_memory: Engine, part_in_rdflib: Engine, name: str, lang: str,
    parameters: dict[str, Any],
) -> None:  # fmt: skip
    query = _query(graph, name, lang, parameters)
    assert _table(part_in_rdflib.select(query)) == _table(part_in_memory.select(query))


@pytest.mark.parametrize("name", list(LIBRARY))
def test_the_order_of_rows_is_settled(graph: kg.KlimatGraph, shuffled: Engine, name: str) -> None:
    """ORDER BY leaves no ties."""
    query = LIBRARY[name].query
    assert shuffled.select(query).rows == graph.engine.select(query).rows
