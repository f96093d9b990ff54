"""Checks 15 and 16: profile, consistency, and disjointness that bites."""

from __future__ import annotations

import csv
from pathlib import Path

import pyoxigraph as ox
import pytest

from klimatgraph import canonical
from klimatgraph.reasoning import classify, consistency, ontology_consistency
from klimatgraph.terms import KLIM, expand

EXAMPLES = Path(__file__).resolve().parents[2] / "ontology" / "examples" / "dl"
with (EXAMPLES / "reasons.csv").open(encoding="utf-8", newline="") as table:
    REASONS = list(csv.DictReader(table))
BREAKING = [row for row in REASONS if not row["file"].startswith("dl-ok-")]
HOLDING = [row for row in REASONS if row["file"].startswith("dl-ok-")]
FIRST, REST, NIL = expand("rdf:first"), expand("rdf:rest"), expand("rdf:nil")


def example(row):
    return [quad.triple for quad in canonical.parse(EXAMPLES / row["file"])]


@pytest.fixture(scope="module")
def ontology(core, dl, concepts):
    return core.triples | dl.triples | concepts.triples


# What may stand on the two sides of a class axiom in OWL 2 RL; the core uses the least of it.
NOT_IN_CORE = (
    "ASK { ?c owl:onProperty|owl:unionOf|owl:intersectionOf|owl:complementOf|owl:oneOf"
    "|owl:disjointUnionOf|owl:hasSelf|owl:equivalentClass ?x }",
    "ASK { ?p rdfs:domain|rdfs:range|owl:inverseOf|owl:propertyChainAxiom|owl:hasKey"
    "|owl:propertyDisjointWith ?x }",
    "ASK { ?c rdfs:subClassOf ?d FILTER(!isIRI(?c) || !isIRI(?d)) }",
    "ASK { ?p rdfs:subPropertyOf ?q FILTER(!isIRI(?p) || !isIRI(?q)) }",
    "ASK { ?c a owl:Class FILTER(!isIRI(?c)) }",
    "ASK { { ?x rdfs:subClassOf|rdf:type owl:Thing } UNION { owl:Thing ?p ?o } }",
    "ASK { ?x a owl:ReflexiveProperty }",
)
PREFIXES = "".join(
    f"PREFIX {p}: <{expand(p + ':').value}>\n" for p in ("owl", "rdf", "rdfs", "schema", "xsd")
)
# The datatypes of OWL 2 RL; dates and years are left to SHACL.
RL_DATATYPES = {
    expand(f"xsd:{name}") for name in ("string", "decimal", "integer", "anyURI", "date", "gYear")
}


@pytest.mark.parametrize("query", NOT_IN_CORE)
def test_15_core_is_in_owl_2_rl(core, query):
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in core.triples)
    assert not bool(store.query(PREFIXES + query)), query


def test_15_core_keeps_to_few_datatypes(core):
    ranges = {
        value
        for node in core.instances("owl:DatatypeProperty")
        for value in core.values(node, "schema:rangeIncludes")
    }
    assert ranges <= RL_DATATYPES


def test_15_no_keys(core, dl):
    for triple in core.triples | dl.triples:
        assert triple.predicate != expand("owl:hasKey")


def test_15_only_simple_properties_are_restricted(dl):
    """OWL 2 DL: no cardinality, irreflexivity or disjointness on a transitive property."""
    transitive = dl.instances("owl:TransitiveProperty")
    assert transitive
    for node in transitive:
        kinds = set(dl.values(node, "rdf:type"))
        assert not kinds & {
            expand(f"owl:{kind}Property")
            for kind in ("Functional", "InverseFunctional", "Asymmetric", "Irreflexive")
        }
        assert not dl.values(node, "owl:propertyDisjointWith")
        for restriction in dl.subjects("owl:onProperty", node):
            for word in ("cardinality", "maxCardinality", "minCardinality",
                         "qualifiedCardinality", "maxQualifiedCardinality"):  # fmt: skip
                assert not dl.values(restriction, f"owl:{word}")


def test_15_foreign_terms_are_declared(core, dl):
    """OWL 2 DL: each class and property that an axiom names has a type."""
    typed = core.instances("owl:Class") | dl.instances("owl:Class")
    properties = {
        node
        for graph in (core, dl)
        for kind in ("Object", "Datatype", "Annotation")
        for node in graph.instances(f"owl:{kind}Property")
    }
    for triple in core.triples:
        if triple.predicate == expand("rdfs:subClassOf"):
            assert triple.object in typed, triple
        if triple.predicate == expand("rdfs:subPropertyOf"):
            assert triple.object in properties, triple


def test_15_core_alone_is_consistent(core):
    verdict = consistency(core.triples)
    assert verdict.consistent and verdict.unsatisfiable == ()
    assert verdict.classes == len(core.instances("owl:Class"))


def test_15_core_and_logic_are_consistent(ontology, core):
    verdict = consistency(ontology)
    assert verdict.consistent and verdict.unsatisfiable == ()
    assert verdict.classes > len(core.instances("owl:Class"))
    assert ontology_consistency() == verdict


def test_15_valid_examples_are_consistent(ontology, valid):
    assert valid.triples
    assert consistency(ontology | valid.triples).consistent


def test_15_shipped_data_are_consistent(ontology, data):
    verdict = consistency(ontology | data.triples, timeout=600)
    assert verdict.consistent


def test_15_nothing_unforeseen_follows(core, dl):
    """No two classes turn out the same, and none moves below one that was not said."""
    found = classify(core.triples | dl.triples)
    assert [g for g in found.equivalent if any(c.value.startswith(KLIM) for c in g)] == []
    for node in core.instances("owl:Class"):
        stated = set(core.values(node, "rdfs:subClassOf"))
        assert set(found.superclasses[node]) == stated, node


@pytest.mark.parametrize("row", BREAKING, ids=lambda row: row["file"])
def test_16_disjointness_bites(ontology, row):
    assert row["sv"] and row["en"]
    assert not consistency(ontology | set(example(row))).consistent


@pytest.mark.parametrize("row", BREAKING, ids=lambda row: row["file"])
def test_16_for_the_one_reason_given(ontology, row):
    """Without the axiom that the example is about, it is consistent."""
    kept = without(ontology, row["axiom"], [expand(word) for word in row["terms"].split()])
    assert len(kept) < len(ontology)
    assert consistency(kept | set(example(row))).consistent


@pytest.mark.parametrize("row", HOLDING, ids=lambda row: row["file"])
def test_16_what_is_allowed_stays_allowed(ontology, row):
    assert row["sv"] and row["en"]
    assert consistency(ontology | set(example(row))).consistent


def test_16_every_example_has_a_reason():
    listed = [row["file"] for row in REASONS]
    assert sorted(path.name for path in EXAMPLES.glob("*.ttl")) == sorted(listed)
    assert len(BREAKING) >= 8
    assert {row["axiom"] for row in BREAKING} == {
        "disjoint", "domain", "range", "characteristic", "disjoint-properties", "cardinality",
        "only",
    }  # fmt: skip


def test_16_top_classes_are_disjoint(core, dl):
    tops = {
        c
        for c in core.instances("owl:Class")
        if not [p for p in core.values(c, "rdfs:subClassOf") if p.value.startswith(KLIM)]
    }
    groups = [set(members(dl.triples, node)) for node in dl.instances("owl:AllDisjointClasses")]
    assert any(tops <= group for group in groups)


def members(triples, node):
    """Give the members of the list that a node points to by owl:members."""
    table = {(t.subject, t.predicate): t.object for t in triples}
    cell = table.get((node, expand("owl:members")), NIL)
    found = []
    while cell != NIL:
        found.append(table[cell, FIRST])
        cell = table[cell, REST]
    return found


def without(triples, kind, terms):
    """Take one axiom out of a set of triples."""

    def gone(t):
        one, two = terms[0], terms[-1]
        if kind == "disjoint":
            pair = t.predicate == expand("owl:disjointWith") and {t.subject, t.object} == {one, two}
            return pair or (
                t.predicate == expand("owl:members")
                and {one, two} <= set(members(triples, t.subject))
            )
        if kind in ("domain", "range"):
            return t.subject == one and t.predicate == expand(f"rdfs:{kind}")
        if kind == "characteristic":
            return t == ox.Triple(one, expand("rdf:type"), two)
        if kind == "disjoint-properties":
            return t == ox.Triple(one, expand("owl:propertyDisjointWith"), two)
        wanted = expand("owl:allValuesFrom" if kind == "only" else "owl:cardinality")
        return (
            t.subject == one
            and t.object in bounded
            and t.object in {r.subject for r in triples if r.predicate == wanted}
        )

    bounded = {
        t.subject
        for t in triples
        if t.predicate == expand("owl:onProperty") and t.object == terms[-1]
    }
    dropped = {t for t in triples if gone(t)}
    if kind == "disjoint":
        # the node of a disjointness without its list is no axiom at all
        nodes = {t.subject for t in dropped if t.predicate == expand("owl:members")}
        dropped |= {t for t in triples if t.subject in nodes}
    return set(triples) - dropped
