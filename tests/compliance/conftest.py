"""One small dataset, on every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from klimatgraph.engines import Engine
from klimatgraph.engines.oxigraph import OxigraphEngine
from klimatgraph.engines.rdflib import RdflibEngine
from klimatgraph.engines.remote import RemoteEngine

# Worked out by hand; that Umeå is a city is told by two documents, and counts once.
DATA = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX : <http://example.org/>

:g1 {
  :umea a klim:City ; rdfs:label "Umeå"@sv, "Umeå"@en ; klim:code "2480" ; klim:area 2331.4 ;
    klim:adopts :c1, :c2, :c5 ; klim:inhabitants 133091 ; klim:year "2040"^^xsd:gYear ;
    klim:pioneer true ; klim:signed "2025-12-04"^^xsd:date .
  :c1 rdfs:label "åtagande 1"@sv, "commitment 1"@en ; klim:number 1 .
  :c2 rdfs:label "åtagande 2"@sv, "commitment 2"@en ; klim:number 2 .
  :c5 rdfs:label "åtagande 5"@sv, "commitment 5"@en ; klim:number 5 .
}
:g2 {
  :umea a klim:City ; rdfs:label "Umeå"@sv ; klim:code "2480" .
  :malmo a klim:City ; rdfs:label "Malmö"@sv, "Malmö"@en ; klim:area 158.6 ; klim:code "1280" ;
    klim:adopts :c1, :c5 ; klim:pioneer false ; klim:note "säger \\"ja\\"\\n| och 'nej' \\\\ {}" .
  :orebro a klim:City ; rdfs:label "Örebro"@sv, "Örebro"@en ; klim:code "1880" ; klim:area 10 .
}
:g3 {
  klim:Municipality rdfs:subClassOf klim:City . klim:City rdfs:subClassOf klim:Party .
  :lund a klim:Municipality ; rdfs:label "Lund"@sv, "Lund"@en ; klim:code "1281" ; klim:adopts :c2 .
}
"""
Serve = Callable[[list[Quad]], Iterator[str]]
ENGINES = ("memory", "folder", "rdflib", "remote")


@pytest.fixture(scope="session")
def data() -> list[Quad]:
    return list(parse(DATA, RdfFormat.TRIG))


@pytest.fixture(scope="session")
def server(serve: Serve, data: list[Quad]) -> Iterator[str]:
    """A server whose default graph holds each triple once."""
    merged = [Quad(q.subject, q.predicate, q.object) for q in data]
    yield from serve([*data, *merged])


@pytest.fixture(scope="session")
def bare_server(serve: Serve, data: list[Quad]) -> Iterator[str]:
    """A server with named graphs only."""
    yield from serve(data)


@pytest.fixture(scope="session", params=ENGINES)
def engine(
    request: pytest.FixtureRequest, data: list[Quad], tmp_path_factory: pytest.TempPathFactory
) -> Engine:
    if request.param == "remote":
        return RemoteEngine(request.getfixturevalue("server"))
    made: Engine
    if request.param == "folder":
        folder = tmp_path_factory.mktemp("stores") / "a store å"
        with OxigraphEngine.open(folder, create=True) as first:
            first.add(data)
        made = OxigraphEngine.open(folder)
        request.addfinalizer(made.close)
        return made
    made = RdflibEngine() if request.param == "rdflib" else OxigraphEngine()
    made.add(data)
    return made
