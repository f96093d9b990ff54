"""The default engine: the union of graphs, folders on disk, locks, foreign stores."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from klimatgraph.engines.oxigraph import OxigraphEngine
from klimatgraph.errors import EngineError, EngineUnavailable, FormatError, StoreLocked

A, P, G, H = (NamedNode(f"urn:{name}") for name in "apgh")
ONE = Quad(A, P, Literal("1"), G)
SAME = Quad(A, P, Literal("1"), H)
PLAIN = Quad(A, P, Literal("2"))
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def count(engine: OxigraphEngine) -> int:
    ((number,),) = engine.select(COUNT).rows
    assert isinstance(number, Literal)
    return int(number.value)


def test_a_triple_of_two_graphs_counts_once() -> None:
    engine = OxigraphEngine()
    engine.add([ONE, SAME, PLAIN])
    engine.add([ONE])
    assert count(engine) == 2
    assert len(engine) == 3 and set(engine.quads()) == {ONE, SAME, PLAIN}


def test_a_store_filled_elsewhere() -> None:
    store = Store()
    store.extend([ONE, SAME])
    engine = OxigraphEngine(store)
    assert engine.ask("ASK { ?s ?p ?o }") and set(engine.quads()) == {ONE, SAME}
    engine.add([PLAIN])
    assert count(engine) == 2 and set(engine.quads()) == {ONE, SAME, PLAIN}


def test_a_folder_keeps_what_was_added(tmp_path: Path) -> None:
    folder = tmp_path / "räksmörgås"
    with OxigraphEngine.open(folder, create=True) as engine:
        engine.add([ONE, SAME, PLAIN])
        assert engine.name == "folder" and engine.path == folder
    with OxigraphEngine.open(folder) as engine:
        assert count(engine) == 2 and set(engine.quads()) == {ONE, SAME, PLAIN}
    with pytest.raises(EngineError, match="closed"):
        engine.ask("ASK {}")


def test_a_locked_folder(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with OxigraphEngine.open(folder, create=True) as engine:
        engine.add([ONE])
        with pytest.raises(StoreLocked, match="read-only") as caught:
            OxigraphEngine.open(folder)
        assert "\n" not in str(caught.value)
        code = (
            "import sys\n"
            "from klimatgraph.engines.oxigraph import OxigraphEngine\n"
            "from klimatgraph.errors import StoreLocked\n"
            "try:\n    OxigraphEngine.open(sys.argv[1])\n"
            "except StoreLocked:\n    print('locked')\n"
            "reader = OxigraphEngine.open(sys.argv[1], read_only=True)\n"
            "print(len(reader))\n"
        )
        told = subprocess.run(
            [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True
        )
        assert told.stdout.split() == ["locked", "1"]


def test_read_only(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with OxigraphEngine.open(folder, create=True) as engine:
        engine.add([ONE])
    reader = OxigraphEngine.open(folder, read_only=True)
    with pytest.raises(EngineError, match="read-only"):
        reader.add([PLAIN])
    assert set(reader.quads()) == {ONE}


def test_nothing_is_created_without_being_asked(tmp_path: Path) -> None:
    for options in ({}, {"read_only": True}, {"read_only": True, "create": True}):
        with pytest.raises(EngineUnavailable, match="no store"):
            OxigraphEngine.open(tmp_path / "missing", **options)
    with pytest.raises(EngineUnavailable, match="does not exist"):
        OxigraphEngine.open(tmp_path / "missing" / "deeper", create=True)
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(EngineUnavailable, match="no store"):
        OxigraphEngine.open(empty)
    assert sorted(os.listdir(tmp_path)) == ["empty"] and os.listdir(empty) == []


def test_other_folders_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    for create in (False, True):
        with pytest.raises(EngineUnavailable, match="other files"):
            OxigraphEngine.open(tmp_path, create=create)
    with pytest.raises(EngineUnavailable, match="is a file"):
        OxigraphEngine.open(tmp_path / "letter.txt", create=True)
    assert os.listdir(tmp_path) == ["letter.txt"]


@pytest.mark.parametrize("read_only", [False, True])
def test_a_damaged_store(tmp_path: Path, read_only: bool) -> None:
    OxigraphEngine.open(tmp_path, create=True).close()
    (tmp_path / "CURRENT").write_text("MANIFEST-000999\n")
    with pytest.raises(EngineUnavailable, match="cannot be opened") as caught:
        OxigraphEngine.open(tmp_path, read_only=read_only)
    assert "\n" not in str(caught.value)


def test_adding_is_all_or_nothing() -> None:
    engine = OxigraphEngine()

    def broken():
        yield ONE
        raise RuntimeError("the source broke")

    with pytest.raises(RuntimeError):
        engine.add(broken())
    assert len(engine) == 0


def test_loading_a_file(tmp_path: Path) -> None:
    engine = OxigraphEngine()
    file = tmp_path / "a.nq"
    file.write_text('<urn:a> <urn:p> "1" <urn:g> .\n')
    engine.load(file)
    assert set(engine.quads()) == {ONE}
    file.write_text('<urn:a> <urn:p> "2" <urn:g> .\nbroken\n')
    with pytest.raises(FormatError):
        engine.load(file)
    assert set(engine.quads()) == {ONE}
