"""Checks 17 and 18: shapes apart from the ontology, complete, not vacuous; and the examples."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.namespace import SH

from klimatgraph import canonical
from klimatgraph.terms import KLIM, SHAPE, expand, shorten
from klimatgraph.validation import validate

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "ontology" / "examples"
INVALID = sorted((EXAMPLES / "invalid").glob("*.ttl"))
VALID = sorted((EXAMPLES / "valid").glob("*.ttl"))
CONTEXT = canonical.parse(EXAMPLES / "context.ttl")
NAMESPACE = str(SH._NS)
# What says something about a shape without constraining anything.
SILENT = {
    "path", "name", "description", "message", "severity", "property", "order", "group", "flags",
    "deactivated", "ignoredProperties", "qualifiedValueShape", "qualifiedValueShapesDisjoint",
    "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf",
}  # fmt: skip
TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")


def sh(name):
    return ox.NamedNode(NAMESPACE + name)


def sources(shapes):
    """Give the shapes that results come from: those with a target and their properties."""
    found = {
        shape
        for shape in shapes.instances("sh:NodeShape")
        if any(shapes.values(shape, f"sh:{kind}") for kind in TARGETS)
    }
    waiting = list(found)
    while waiting:
        for below in shapes.values(waiting.pop(), "sh:property"):
            if below not in found:
                found.add(below)
                waiting.append(below)
    return found


@pytest.fixture(scope="module")
def constraints(shapes):
    """Every constraint, as a pair of shape and component."""
    bearing = sources(shapes)
    names = {
        (t.subject, t.predicate.value.removeprefix(NAMESPACE))
        for t in shapes.triples
        if t.subject in bearing and t.predicate.value.startswith(NAMESPACE)
    }
    return {
        (shape.value, name[0].upper() + name[1:]) for shape, name in names if name not in SILENT
    }


@cache
def findings(path):
    return validate(canonical.parse(path), engine="shacl", context=CONTEXT).findings


def test_17_shapes_are_in_their_own_namespace(shapes, root):
    kinds = shapes.instances("sh:NodeShape") | shapes.instances("sh:PropertyShape")
    assert kinds
    for node in kinds:
        assert isinstance(node, ox.NamedNode) and node.value.startswith(SHAPE), node
    # nothing of SHACL in the ontology, and no class or property declared in the shapes
    for name in ("klimatgraph.ttl", "klimatgraph-dl.ttl", "codes.ttl", "themes.ttl"):
        assert NAMESPACE not in (root / "ontology" / name).read_text(encoding="utf-8")
    assert not shapes.instances("owl:Class")
    for triple in shapes.triples:
        if isinstance(triple.subject, ox.NamedNode):
            assert not triple.subject.value.startswith(KLIM), triple


def test_17_a_node_shape_for_each_class(shapes, core):
    targeted = {
        value
        for shape in shapes.instances("sh:NodeShape")
        for value in shapes.values(shape, "sh:targetClass")
    }
    assert sorted(map(shorten, core.instances("owl:Class") - targeted)) == []


def test_17_shapes_speak_both_languages(shapes, constraints):
    binding = {shape for shape, _ in constraints}
    for shape in sources(shapes):
        is_property = sh("PropertyShape") in shapes.values(shape, "rdf:type")
        named = ("sh:name", "sh:description") if is_property else ("rdfs:label", "rdfs:comment")
        for predicate in (*named, *(["sh:message"] if shape.value in binding else [])):
            for lang in ("sv", "en"):
                (text,) = shapes.texts(shape, predicate, lang)
                assert text == text.strip() != "", (shape, predicate)
        (severity,) = shapes.values(shape, "sh:severity")
        assert severity in (sh("Violation"), sh("Warning"), sh("Info"))


def test_17_only_known_terms_of_shacl(shapes):
    # those whose names are words of Python stand apart in rdflib
    known = {*SH.__annotations__, *SH._extras}
    for triple in shapes.triples:
        for term in (triple.predicate, triple.object):
            if isinstance(term, ox.NamedNode) and term.value.startswith(NAMESPACE):
                assert term.value.removeprefix(NAMESPACE) in known, term


def test_17_targets_and_paths_are_declared(shapes, nodes):
    declared = set(nodes)
    for triple in shapes.triples:
        for term in (triple.predicate, triple.object):
            if isinstance(term, ox.NamedNode) and term.value.startswith(KLIM):
                assert term in declared, term
            if isinstance(term, ox.NamedNode) and term.value.startswith(SHAPE):
                assert shapes.values(term, "rdf:type"), f"{term} is not a shape"


def test_17_every_shape_has_something_to_look_at(shapes, data, valid, core):
    types = {t.object for t in data.triples | valid.triples if t.predicate == expand("rdf:type")}
    below = {c: {c} for c in types}
    waiting = [(c, c) for c in types]
    while waiting:
        origin, node = waiting.pop()
        for above in core.values(node, "rdfs:subClassOf"):
            if above not in below[origin]:
                below[origin].add(above)
                waiting.append((origin, above))
    present = set().union(*below.values())
    subjects = {t.predicate for t in data.triples | valid.triples}
    for shape in shapes.instances("sh:NodeShape"):
        for target in shapes.values(shape, "sh:targetClass"):
            assert target in present, f"nothing is a {target}"
        for predicate in ("sh:targetSubjectsOf", "sh:targetObjectsOf"):
            for target in shapes.values(shape, predicate):
                assert target in subjects, f"nothing has {target}"


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_17_each_invalid_example_breaks_one_constraint(path):
    found = findings(path)
    assert len({(f.shape, f.component) for f in found}) == 1, [
        (shorten(f.shape), f.component) for f in found
    ]


def test_17_every_constraint_has_an_example_that_breaks_it(constraints):
    broken = {(f.shape, f.component) for path in INVALID for f in findings(path)}
    missing = constraints - broken
    assert sorted((shorten(shape), component) for shape, component in missing) == []


def test_18_there_are_examples():
    assert VALID and INVALID


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_18_valid_examples_conform(path):
    assert findings(path) == ()


def test_18_every_term_occurs_in_a_valid_example(valid, terms, root):
    used = {
        term.value.removeprefix(KLIM)
        for triple in valid.triples
        for term in (triple.predicate, triple.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith(KLIM)
    }
    # the inverse label is said of properties, in the ontology itself
    wanted = {term.name for term in terms if term.kind != "AnnotationProperty"}
    assert sorted(wanted - used) == []


def test_18_examples_appear_in_the_documentation(root):
    text = "".join(path.read_text(encoding="utf-8") for path in (root / "docs").rglob("*.md"))
    assert "ontology/examples/valid" in text and "ontology/examples/context.ttl" in text
