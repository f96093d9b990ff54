"""Networks: nodes with labels, statements as edges, neighbourhoods that stay readable."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest

import klimatgraph as kg
from klimatgraph.analysis.links import edges
from klimatgraph.analysis.networks import neighbourhood, whole
from klimatgraph.errors import ParameterError, UnknownName
from klimatgraph.terms import ID


def test_weights_count_the_things_shared(graph: kg.KlimatGraph) -> None:
    net = graph.network("cities", by="project")
    things: dict[str, set[object]] = {}
    for edge in edges(graph.engine, graph.questions, "project"):
        things.setdefault(edge.city.iri, set()).add(edge.key)
    for a, b in combinations(sorted(things), 2):
        expected = len(things[a] & things[b])
        assert net.get_edge_data(a, b, {"weight": 0})["weight"] == expected


def test_bipartite_network_links_cities_to_things_only(graph: kg.KlimatGraph) -> None:
    net = graph.network("bipartite", by="network")
    kinds = nx.get_node_attributes(net, "kind")
    assert all({kinds[a], kinds[b]} == {"city", "network"} for a, b in net.edges)


def test_every_node_has_a_label_in_the_language(graph: kg.KlimatGraph) -> None:
    agency = ID + "agency/se/energimyndigheten"
    assert whole(graph.engine, "sv").nodes[agency]["label"] == "Energimyndigheten"
    assert whole(graph.engine, "en").nodes[agency]["label"] == "Swedish Energy Agency"


def test_statements_codes_and_passages_are_no_nodes(graph: kg.KlimatGraph) -> None:
    kinds = {data["kind"] for _, data in whole(graph.engine).nodes(data=True)}
    assert "Municipality" in kinds and "Project" in kinds
    assert not kinds & {"Signature", "Participation", "Membership", "Passage", "Code", "Adoption"}


def test_neighbourhood_keeps_the_nearest(graph: kg.KlimatGraph) -> None:
    umea = graph.city("Umeå").iri
    near = neighbourhood(graph.engine, umea, hops=2, max_nodes=30)
    assert len(near) == 30 and umea in near
    assert near.graph["left_out"] > 0
    full = neighbourhood(graph.engine, umea, hops=1, max_nodes=10_000)
    assert full.graph["left_out"] == 0
    distance = nx.single_source_shortest_path_length(whole(graph.engine), umea, cutoff=1)
    assert set(full) == set(distance)


def test_wrong_calls(graph: kg.KlimatGraph) -> None:
    with pytest.raises(ParameterError, match="hops"):
        neighbourhood(graph.engine, graph.city("Umeå").iri, hops=9)
    with pytest.raises(ParameterError, match="no network of"):
        graph.network("people")
    with pytest.raises(UnknownName):
        graph.network(by="friendship")
    with pytest.raises(ParameterError, match="no links"):
        neighbourhood(graph.engine, ID + "nothing")
