"""Canonical files: the same bytes for the same graph, and nothing lost."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
)
from pyoxigraph import parse as ox_parse

from klimatgraph.canonical import to_nquads, to_trig, to_turtle
from klimatgraph.errors import InputError
from klimatgraph.terms import ID, KLIM, PREFIXES, expand

RDF = PREFIXES["rdf"]
A = NamedNode("urn:a")
P = NamedNode("urn:p")


def same(left: list[Quad], right: list[Quad]) -> bool:
    """Compare two datasets up to the labels of blank nodes."""
    canonical = []
    for quads in (left, right):
        whole = Dataset(quads)
        whole.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        canonical.append(set(whole))
    return canonical[0] == canonical[1]


iris = st.sampled_from(
    [NamedNode(KLIM + "City"), NamedNode(ID + "city/se/umea"), NamedNode("urn:å:b"),
     NamedNode(KLIM), NamedNode(KLIM + "a.b."), NamedNode(KLIM + "-x"), NamedNode(RDF + "nil"),
     NamedNode("http://example.org/?q=(1)'&x=%20;"), NamedNode(KLIM + "1")]
)  # fmt: skip
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
literals = st.one_of(
    texts.map(Literal),
    st.tuples(texts, st.sampled_from(["sv", "en"])).map(lambda p: Literal(p[0], language=p[1])),
    st.tuples(
        st.sampled_from(
            ["5", "5.00", "+5", ".5", "5.", "1e3", "1.5E-3", "true", "1", "x", "", "\n", "5\n"]
        ),
        st.sampled_from(["integer", "decimal", "double", "boolean", "gYear", "date", "string"]),
    ).map(lambda p: Literal(p[0], datatype=NamedNode(PREFIXES["xsd"] + p[1]))),
)
blanks = st.sampled_from([BlankNode(f"b{i}") for i in range(4)])
predicates = st.sampled_from(
    [NamedNode(RDF + n) for n in ("type", "first", "rest")]
    + [NamedNode(PREFIXES["rdfs"] + "label"), NamedNode(KLIM + "p"), NamedNode("urn:q")]
)
quads_of = st.lists(
    st.builds(
        Quad,
        st.one_of(iris, blanks),
        predicates,
        st.one_of(iris, literals, blanks),
        st.sampled_from([DefaultGraph(), NamedNode(ID + "graph/a"), NamedNode("urn:g")]),
    ),
    max_size=9,
)


@settings(max_examples=400, deadline=None)
@given(quads_of, st.randoms(use_true_random=False))
def test_trig_is_lossless_and_a_fixed_point(quads: list[Quad], dice: random.Random) -> None:
    text = to_trig(quads)
    back = list(ox_parse(text, RdfFormat.TRIG))
    assert same(quads, back)
    assert to_trig(back) == text
    names = [f"n{i}" for i in range(4)]
    dice.shuffle(names)

    def renamed(term: object) -> object:
        return BlankNode(names[int(term.value[1:])]) if isinstance(term, BlankNode) else term

    shuffled = [Quad(renamed(q[0]), q[1], renamed(q[2]), q[3]) for q in quads]  # type: ignore[arg-type]
    dice.shuffle(shuffled)
    assert to_trig(shuffled) == text


@settings(max_examples=200, deadline=None)
@given(quads_of)
def test_turtle_and_nquads_too(quads: list[Quad]) -> None:
    plain = [Quad(q.subject, q.predicate, q.object) for q in quads]
    text = to_turtle(plain)
    assert same(plain, list(ox_parse(text, RdfFormat.TURTLE)))
    lines = to_nquads(quads)
    assert same(quads, list(ox_parse(lines, RdfFormat.N_QUADS)))
    assert to_nquads(list(ox_parse(lines, RdfFormat.N_QUADS))) == lines
    assert lines.split("\n")[:-1] == sorted(set(lines.split("\n")[:-1]))


def test_layout() -> None:
    """Order of predicates, sorting, prefixes, blank lines, lists and nested nodes."""
    document = """
        PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
        PREFIX owl: <http://www.w3.org/2002/07/owl#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        klim:party rdfs:comment "k"@sv ;
          rdfs:domain [ owl:unionOf ( klim:B klim:A ) ; a owl:Class ] ;
          rdfs:label "part"@sv, "party"@en ; skos:altLabel "x"@sv ; a owl:ObjectProperty .
        klim:A klim:order 2 ; klim:share 0.5 ; klim:year "2030"^^xsd:gYear ; a owl:Class .
    """
    assert to_turtle(ox_parse(document, RdfFormat.TURTLE)) == (
        "@prefix klim: <https://w3id.org/klimatgraph/ontology#> .\n"
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        "\n"
        "klim:A\n"
        "    a owl:Class ;\n"
        "    klim:order 2 ;\n"
        "    klim:share 0.5 ;\n"
        '    klim:year "2030"^^xsd:gYear .\n'
        "\n"
        "klim:party\n"
        "    a owl:ObjectProperty ;\n"
        "    rdfs:label\n"
        '        "party"@en ,\n'
        '        "part"@sv ;\n'
        '    skos:altLabel "x"@sv ;\n'
        '    rdfs:comment "k"@sv ;\n'
        "    rdfs:domain [\n"
        "        a owl:Class ;\n"
        "        owl:unionOf ( klim:B klim:A )\n"
        "    ] .\n"
    )


def test_nothing_gives_nothing() -> None:
    assert to_turtle([]) == to_trig([]) == to_nquads([]) == ""


def test_own_prefixes() -> None:
    text = to_turtle(
        [Triple(A, NamedNode("http://example.org/p"), A)], {"ex": "http://example.org/"}
    )
    assert "ex:p <urn:a>" in text and "@prefix ex: <http://example.org/> ." in text


@pytest.mark.parametrize("shared", [True, False])
def test_shared_and_circular_nodes_are_labelled(shared: bool) -> None:
    b, c = BlankNode("b"), BlankNode("c")
    quads = [Quad(A, P, b), Quad(P, P, b)] if shared else [Quad(b, P, c), Quad(c, P, b)]
    text = to_turtle(quads)
    assert "_:c14n0" in text
    assert same(quads, list(ox_parse(text, RdfFormat.TURTLE)))


@pytest.mark.parametrize("whole", [True, False])
def test_long_lists_do_not_recurse(whole: bool) -> None:
    first, rest = NamedNode(RDF + "first"), NamedNode(RDF + "rest")
    end = NamedNode(RDF + "nil") if whole else A
    cells = [BlankNode(f"b{i}") for i in range(3000)]
    quads = [Quad(A, P, cells[0])]
    for i, cell in enumerate(cells):
        quads.append(Quad(cell, first, Literal(str(i))))
        quads.append(Quad(cell, rest, cells[i + 1] if i + 1 < len(cells) else end))
    text = to_turtle(quads)
    assert len(list(ox_parse(text, RdfFormat.TURTLE))) == len(quads)
    assert text.count("rdf:rest") == (0 if whole else 3000)


def test_rdf_12_is_refused() -> None:
    inner = Triple(A, P, A)
    with pytest.raises(InputError, match=r"RDF 1\.2"):
        to_turtle([Triple(A, expand("rdf:type"), inner)])


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[1] / "ontology").glob("*.ttl")), ids=lambda p: p.name
)
def test_the_ontology_survives(path: Path) -> None:
    quads = list(ox_parse(path=path, format=RdfFormat.TURTLE))
    text = to_turtle(quads)
    assert same(quads, list(ox_parse(text, RdfFormat.TURTLE)))
