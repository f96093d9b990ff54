"""The graph for other programs: the same graph gives the same bytes."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

import klimatgraph as kg
from klimatgraph.errors import InputError, ParameterError
from klimatgraph.export import FORMATS


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_deterministic(graph: kg.KlimatGraph, tmp_path: Path, kind: str) -> None:
    one = graph.export(tmp_path / f"a.{kind}").read_bytes()
    other = graph.export(tmp_path / "b", format=kind).read_bytes()
    assert one == other and len(one) > 10_000


@pytest.mark.parametrize(
    ("kind", "format"),
    [("trig", ox.RdfFormat.TRIG), ("nq", ox.RdfFormat.N_QUADS), ("jsonld", ox.RdfFormat.JSON_LD)],
)
def test_datasets_come_back_whole(
    graph: kg.KlimatGraph, tmp_path: Path, kind: str, format: ox.RdfFormat
) -> None:
    path = graph.export(tmp_path / f"a.{kind}")
    assert set(ox.parse(path=str(path), format=format)) == set(graph.engine.quads())


@pytest.mark.parametrize(
    ("kind", "format"), [("ttl", ox.RdfFormat.TURTLE), ("nt", ox.RdfFormat.N_TRIPLES)]
)
def test_triples_come_back_without_their_graphs(
    graph: kg.KlimatGraph, tmp_path: Path, kind: str, format: ox.RdfFormat
) -> None:
    path = graph.export(tmp_path / f"a.{kind}")
    read = {quad.triple for quad in ox.parse(path=str(path), format=format)}
    assert read == {quad.triple for quad in graph.engine.quads()}


def test_csv_has_a_row_a_triple_and_labels_in_the_language(tmp_path: Path) -> None:
    graph = kg.load(lang="en")
    path = graph.export(tmp_path / "a.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == sum(1 for _ in graph.engine.quads())
    labels = {row["subject"]: row["subject_label"] for row in rows}
    assert labels["https://w3id.org/klimatgraph/id/agency/se/energimyndigheten"] == (
        "Swedish Energy Agency"
    )


def test_networks_open_in_networkx(graph: kg.KlimatGraph, tmp_path: Path) -> None:
    read = nx.read_graphml(graph.export(tmp_path / "a.graphml"))
    umea = graph.city("Umeå").iri
    assert read.nodes[umea]["label"] == "Umeå"
    assert nx.read_gexf(graph.export(tmp_path / "a.gexf")).nodes[umea]["label"] == "Umeå"


def test_json_ld_is_json_with_swedish_letters(graph: kg.KlimatGraph, tmp_path: Path) -> None:
    text = graph.export(tmp_path / "a.jsonld").read_text(encoding="utf-8")
    assert json.loads(text) and "Umeå" in text


def test_wrong_calls_write_nothing(graph: kg.KlimatGraph, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="no export format"):
        graph.export(tmp_path / "a.docx")
    with pytest.raises(InputError, match="cannot write"):
        graph.export(tmp_path / "none" / "a.ttl")
    assert list(tmp_path.iterdir()) == []
