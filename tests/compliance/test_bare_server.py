"""A server that holds named graphs only: the union is asked for."""

from __future__ import annotations

from pyoxigraph import Quad

from klimatgraph.engines.remote import RemoteEngine


def test_the_union_is_found(bare_server: str, data: list[Quad]) -> None:
    engine = RemoteEngine(bare_server)
    assert engine.ask('ASK { ?city <https://w3id.org/klimatgraph/ontology#code> "2480" }')
    assert set(engine.quads()) == set(data)
