"""The three ways to a graph, and what stands in their way."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import klimatgraph as kg
from klimatgraph.terms import expand, thing

FACT = Quad(
    thing("city", "se", "umea"), expand("rdfs:comment"), Literal("egen"), NamedNode("urn:mine")
)


def test_loading_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert kg.load().city("Umeå").label == "Umeå"


def test_each_load_is_a_graph_of_its_own() -> None:
    one, other = kg.load(), kg.load()
    before = len(other)
    one.engine.add([FACT])
    assert len(one) == before + 1 and len(other) == before


def test_files_of_ones_own_stand_alone(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> [ <urn:q> 1 ] .", encoding="utf-8")
    (tmp_path / "b.nq").write_text("<urn:b> <urn:p> _:x <urn:g> .\n", encoding="utf-8")
    graph = kg.load(tmp_path / "a.ttl", str(tmp_path / "b.nq"))
    assert len(graph) == 3


def test_blank_nodes_of_two_files_stay_two(tmp_path: Path) -> None:
    for name in ("a.nt", "b.nt"):
        (tmp_path / name).write_text(f"_:same <urn:p> <urn:{name}> .\n", encoding="utf-8")
    graph = kg.load(tmp_path / "a.nt", tmp_path / "b.nt")
    found = graph.sparql("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s <urn:p> ?o }")
    assert found[0]["n"] == 2


def test_one_wrong_file_and_nothing_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "good.ttl").write_text("<urn:a> <urn:p> 1 .", encoding="utf-8")
    (tmp_path / "bad.ttl").write_text("<urn:a> <urn:p> 1 .\n<urn:b> <urn:p> .\n", encoding="utf-8")
    with pytest.raises(kg.FormatError, match=r"bad\.ttl:2: "):
        kg.load(tmp_path / "good.ttl", tmp_path / "bad.ttl")


@pytest.mark.parametrize("lang", ["no", "", "SV", "sv-SE"])
def test_there_are_two_languages(tmp_path: Path, lang: str) -> None:
    for call in (kg.load, lambda lang: kg.connect("http://127.0.0.1:9/", lang=lang),
                 lambda lang: kg.open(tmp_path / "store", lang=lang, create=True)):  # fmt: skip
        with pytest.raises(kg.ParameterError, match="use sv or en"):
            call(lang=lang)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_keeps_what_is_added(tmp_path: Path) -> None:
    place = tmp_path / "lager å"
    with kg.open(place, create=True) as graph:
        shipped = len(graph)
        assert set(graph.engine.quads()) == set(kg.load().engine.quads())
        graph.engine.add([FACT])
    with kg.open(str(place), lang="en") as graph:
        assert len(graph) == shipped + 1 and FACT in set(graph.engine.quads())
        assert graph.lang == "en"
    with kg.open(place, create=True) as graph:  # it is there: nothing is filled in again
        assert len(graph) == shipped + 1


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    with kg.open(tmp_path, create=True) as graph:
        assert graph.city("Umeå").label == "Umeå"


def test_nothing_is_created_unasked(tmp_path: Path) -> None:
    with pytest.raises(kg.EngineUnavailable, match="there is no store"):
        kg.open(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


def test_other_folders_and_files_are_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Kära du", encoding="utf-8")
    for place in (tmp_path, file):
        for create in (False, True):
            with pytest.raises(kg.EngineUnavailable):
                kg.open(place, create=create)
    assert list(tmp_path.iterdir()) == [file] and file.read_text(encoding="utf-8") == "Kära du"


def test_one_writes_and_others_read(tmp_path: Path) -> None:
    place = tmp_path / "store"
    with kg.open(place, create=True) as writer:
        with pytest.raises(kg.StoreLocked, match="open for writing elsewhere"):
            kg.open(place)
        with kg.open(place, read_only=True) as reader:
            assert reader.city("Umeå").label == "Umeå"
            with pytest.raises(kg.EngineError, match="read-only"):
                reader.engine.add([FACT])
        writer.engine.add([FACT])
    with kg.open(place, read_only=True) as reader:
        assert FACT in set(reader.engine.quads())


def test_what_is_to_be_created_cannot_be_read_only(tmp_path: Path) -> None:
    with pytest.raises(kg.ParameterError, match="leave one of the two out"):
        kg.open(tmp_path / "store", create=True, read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_closed_graph_says_so(tmp_path: Path) -> None:
    graph = kg.open(tmp_path / "store", create=True)
    graph.close()
    with pytest.raises(kg.EngineError, match="closed"):
        graph.city("Umeå")
    graph.close()  # twice does no harm


def test_a_server_answers(shipped_server: str, graph: kg.KlimatGraph) -> None:
    far = kg.connect(shipped_server, lang="en")
    assert far.city("Gothenburg").label == "Göteborg"  # a proper name, in both languages
    here = graph.ask("signatories", lang="en")
    assert far.ask("signatories").to_dicts() == here.to_dicts()


@pytest.mark.parametrize(
    "address", ["", "umea", "file:///etc/hostname", "ftp://example.org/", "http://"]
)
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(kg.InputError, match="no address of a SPARQL server"):
        kg.connect(address)


def test_a_server_that_speaks_something_else(web: Any) -> None:
    with pytest.raises(kg.EngineError):
        kg.connect(web.address, retries=0).city("Umeå")
