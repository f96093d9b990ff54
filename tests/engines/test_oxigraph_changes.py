"""Changing a store: all of it or nothing, and the union of graphs kept in step."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from klimatgraph.engines.oxigraph import OxigraphEngine
from klimatgraph.errors import EngineError

A, B = NamedNode("urn:a"), NamedNode("urn:b")
ONE, TWO = NamedNode("urn:graph:1"), NamedNode("urn:graph:2")


def said(engine: OxigraphEngine) -> set[tuple[str, str]]:
    """What queries see, which is the union of all graphs."""
    rows = engine.select("SELECT ?s ?o { ?s <urn:p> ?o }").rows
    return {(str(s), str(o)) for s, o in rows}


def quad(subject: NamedNode, value: str, graph: NamedNode) -> Quad:
    return Quad(subject, NamedNode("urn:p"), Literal(value), graph)


def test_a_change_takes_away_and_adds() -> None:
    engine = OxigraphEngine()
    engine.add([quad(A, "old", ONE), quad(B, "kept", TWO)])
    engine.change([quad(A, "old", ONE)], [quad(A, "new å \"'\n", ONE)])
    assert set(engine.quads()) == {quad(A, "new å \"'\n", ONE), quad(B, "kept", TWO)}
    assert len(said(engine)) == 2


def test_what_another_graph_says_too_stays_in_the_union() -> None:
    engine = OxigraphEngine()
    engine.add([quad(A, "same", ONE), quad(A, "same", TWO)])
    engine.change([quad(A, "same", ONE)], [])
    assert set(engine.quads()) == {quad(A, "same", TWO)} and len(said(engine)) == 1
    engine.change([quad(A, "same", TWO)], [])
    assert len(engine) == 0 and said(engine) == set()


def test_a_quad_that_goes_and_comes_stays() -> None:
    engine = OxigraphEngine()
    engine.add([quad(A, "x", ONE)])
    engine.change([quad(A, "x", ONE)], [quad(A, "x", ONE)])
    assert set(engine.quads()) == {quad(A, "x", ONE)} and len(said(engine)) == 1


def test_a_store_filled_elsewhere_can_be_changed() -> None:
    store = Store()
    store.extend([quad(A, "old", ONE), quad(B, "kept", TWO)])
    engine = OxigraphEngine(store)
    engine.change([quad(A, "old", ONE)], [quad(A, "new", ONE)])
    assert set(engine.quads()) == {quad(A, "new", ONE), quad(B, "kept", TWO)}
    assert len(said(engine)) == 2


def test_a_store_that_is_only_read_is_not_changed(tmp_path: Path) -> None:
    with OxigraphEngine.open(tmp_path / "store", create=True) as engine:
        engine.add([quad(A, "x", ONE)])
    with (
        OxigraphEngine.open(tmp_path / "store", read_only=True) as engine,
        pytest.raises(EngineError, match="open read-only"),
    ):
        engine.change([quad(A, "x", ONE)], [])


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from("12"))),
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from("12"))),
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from("12"))),
)
def test_any_change_is_that_of_sets(
    there: list[tuple[str, str, str]],
    going: list[tuple[str, str, str]],
    coming: list[tuple[str, str, str]],
) -> None:
    def quads(words: list[tuple[str, str, str]]) -> set[Quad]:
        return {quad(NamedNode(f"urn:{s}"), o, NamedNode(f"urn:g{g}")) for s, o, g in words}

    engine = OxigraphEngine()
    engine.add(quads(there))
    engine.change(quads(going), quads(coming))
    expected = quads(there) - quads(going) | quads(coming)
    assert set(engine.quads()) == expected
    assert said(engine) == {(str(q.subject), str(q.object)) for q in expected}


@pytest.mark.parametrize("moment", range(8))
def test_a_process_killed_in_a_change_leaves_the_old_or_the_new(
    tmp_path: Path, moment: int
) -> None:
    """Killed at many moments; the graph is never half changed."""
    place = tmp_path / "store"
    before = {quad(A, f"old {n}", ONE) for n in range(300)}
    with OxigraphEngine.open(place, create=True) as engine:
        engine.add(before)
    code = (
        "import sys, pyoxigraph as ox\n"
        "from klimatgraph.engines.oxigraph import OxigraphEngine\n"
        "p, g, a = (ox.NamedNode(f'urn:{n}') for n in ('p', 'graph:1', 'a'))\n"
        "quads = lambda word: [ox.Quad(a, p, ox.Literal(f'{word} {n}'), g) for n in range(300)]\n"
        "with OxigraphEngine.open(sys.argv[1]) as engine:\n"
        "    print('ready', flush=True)\n"
        "    while True:\n"
        "        engine.change(quads('old'), quads('new'))\n"
        "        engine.change(quads('new'), quads('old'))\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(place)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None and child.stdout.readline() == "ready\n"
    time.sleep(0.05 + 0.013 * moment)
    child.kill()
    child.wait()
    child.stdout.close()
    after = {quad(A, f"new {n}", ONE) for n in range(300)}
    with OxigraphEngine.open(place, read_only=True) as engine:
        found = set(engine.quads())
        assert found in (before, after)
        assert len(said(engine)) == 300
