"""The border to rdflib: what crosses it comes back the same."""

from __future__ import annotations

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from klimatgraph.engines.rdflib import RdflibEngine, from_rdflib, to_rdflib
from klimatgraph.errors import InputError
from klimatgraph.terms import PREFIXES

XSD = PREFIXES["xsd"]
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=15)
terms = st.one_of(
    st.sampled_from([NamedNode("urn:å:x"), NamedNode("http://x.example/?a='b'"), BlankNode("b1")]),
    texts.map(Literal),
    st.tuples(texts, st.sampled_from(["sv", "en", "sv-fi"])).map(
        lambda pair: Literal(pair[0], language=pair[1])
    ),
    st.tuples(
        st.one_of(texts, st.sampled_from(["007", "1.50", "-5.0", "1E3", "1", "TRUE", "INF"])),
        st.sampled_from(["integer", "decimal", "double", "boolean", "gYear", "date", "string",
                         "hexBinary", "anyURI", "dateTime", "duration"]),
    ).map(lambda pair: Literal(pair[0], datatype=NamedNode(XSD + pair[1]))),
)  # fmt: skip


@pytest.mark.filterwarnings("ignore")
@given(terms)
def test_there_and_back(term: NamedNode | BlankNode | Literal) -> None:
    assert from_rdflib(to_rdflib(term)) == term


def test_strings_arrive_plain() -> None:
    """Trap of the border: rdflib holds a typed string unequal to a plain one."""
    assert to_rdflib(Literal("SE", datatype=NamedNode(XSD + "string"))) == rdflib.Literal("SE")
    assert from_rdflib(rdflib.Literal("SE", datatype=rdflib.XSD.string)) == Literal("SE")
    assert from_rdflib(rdflib.Literal("SE")) == Literal("SE")
    engine = RdflibEngine()
    engine.add([Quad(NamedNode("urn:a"), NamedNode("urn:p"), Literal("SE"))])
    assert (rdflib.URIRef("urn:a"), rdflib.URIRef("urn:p"), rdflib.Literal("SE")) in engine._dataset


def test_lexical_forms_stay_without_changing_rdflib() -> None:
    before = rdflib.NORMALIZE_LITERALS
    term = Literal("007", datatype=NamedNode(XSD + "integer"))
    assert str(to_rdflib(term)) == "007"
    assert before == rdflib.NORMALIZE_LITERALS
    assert str(rdflib.Literal("007", datatype=rdflib.XSD.integer)) == "7"


@pytest.mark.parametrize(
    "node", [rdflib.URIRef("no iri"), rdflib.URIRef("http://x/ y"), rdflib.Variable("x")]
)
def test_what_has_no_counterpart(node: rdflib.term.Identifier) -> None:
    with pytest.raises(InputError):
        from_rdflib(node)


def test_rdf_12_does_not_cross() -> None:
    triple = Triple(NamedNode("urn:a"), NamedNode("urn:p"), NamedNode("urn:o"))
    for term in (triple, Literal("x", language="sv", direction=_direction())):
        with pytest.raises(InputError, match=r"RDF 1\.2"):
            to_rdflib(term)


def _direction():
    from pyoxigraph import BaseDirection

    return BaseDirection.LTR


def test_the_switch_for_fetching_is_put_back() -> None:
    from rdflib.plugins import sparql

    before = sparql.SPARQL_LOAD_GRAPHS
    engine = RdflibEngine()
    seen: list[bool] = []
    original = engine._dataset.query

    def spy(*args, **kwargs):
        seen.append(sparql.SPARQL_LOAD_GRAPHS)
        return original(*args, **kwargs)

    engine._dataset.query = spy  # type: ignore[method-assign]
    engine.ask("ASK {}")
    assert seen == [False] and before == sparql.SPARQL_LOAD_GRAPHS


def test_a_dataset_of_ones_own() -> None:
    dataset = rdflib.Dataset(default_union=True)
    dataset.graph(rdflib.URIRef("urn:g")).add(
        (rdflib.URIRef("urn:a"), rdflib.RDF.type, rdflib.URIRef("urn:C"))
    )
    engine = RdflibEngine(dataset)
    assert len(engine) == 1 and engine.ask("ASK { ?s a <urn:C> }")
    (quad,) = engine.quads()
    assert quad.graph_name == NamedNode("urn:g")


def test_a_query_leaves_nothing_behind() -> None:
    engine = RdflibEngine()
    engine.add([Quad(NamedNode("urn:a"), NamedNode("urn:p"), Literal("1"), NamedNode("urn:g"))])
    for _ in range(3):
        engine.select("SELECT * FROM <urn:g> FROM NAMED <urn:h> { ?s ?p ?o }")
    assert len(engine) == 1
