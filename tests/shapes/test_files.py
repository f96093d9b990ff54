"""The shapes as files: canonical, Core only, in both languages, in step with the ontology."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from klimatgraph import canonical
from klimatgraph.terms import KLIM, PREFIXES, SHAPE, expand, shorten

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "shapes").glob("*.ttl"))
SUBJECTS = {
    "commitment", "concept", "contract", "funding", "measurement", "party", "project",
    "provenance", "thing",
}  # fmt: skip
SH = PREFIXES["sh"]
BEYOND_CORE = ("sparql", "js", "select", "ask", "construct", "rule", "expression", "target")


def sh(name):
    return ox.NamedNode(SH + name)


class Index:
    def __init__(self, quads):
        self.triples = {q.triple for q in quads}
        self.by_subject = defaultdict(lambda: defaultdict(list))
        for t in sorted(self.triples, key=str):
            self.by_subject[t.subject][t.predicate.value].append(t.object)

    def values(self, subject, iri):
        return self.by_subject[subject][iri] if subject in self.by_subject else []

    def instances(self, cls):
        kind = expand("rdf:type")
        return {t.subject for t in self.triples if t.predicate == kind and t.object == cls}

    def members(self, head):
        found = []
        while head != expand("rdf:nil"):
            found += self.values(head, PREFIXES["rdf"] + "first")
            (head,) = self.values(head, PREFIXES["rdf"] + "rest")
        return found


@pytest.fixture(scope="module")
def shapes():
    return Index(q for path in FILES for q in canonical.parse(path))


@pytest.fixture(scope="module")
def ontology():
    return Index(canonical.parse(ROOT / "ontology" / "klimatgraph.ttl"))


def test_one_file_a_subject():
    assert {path.stem for path in FILES} == SUBJECTS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_are_canonical(path):
    assert canonical.to_turtle(canonical.parse(path)) == path.read_text(encoding="utf-8")


def test_no_shape_is_in_two_files():
    homes = defaultdict(set)
    for path in FILES:
        for quad in canonical.parse(path):
            if quad.predicate == expand("rdf:type"):
                homes[quad.subject].add(path.stem)
    assert [node for node, where in homes.items() if len(where) > 1] == []


def test_core_only(shapes):
    used = {t.predicate.value.removeprefix(SH) for t in shapes.triples}
    assert used.isdisjoint(BEYOND_CORE)


def test_blank_nodes_are_cells_of_lists_or_inverse_paths(shapes):
    cell = {PREFIXES["rdf"] + "first", PREFIXES["rdf"] + "rest"}
    for node, said in shapes.by_subject.items():
        if isinstance(node, ox.BlankNode):
            assert set(said) in (cell, {SH + "inversePath"})


def test_every_class_has_a_node_shape_of_its_name(shapes, ontology):
    for cls in ontology.instances(expand("owl:Class")):
        shape = ox.NamedNode(SHAPE + cls.value.removeprefix(KLIM))
        assert shapes.values(shape, SH + "targetClass") == [cls]


def test_names_of_paths_are_the_labels_of_the_ontology(shapes, ontology):
    for shape in shapes.instances(sh("PropertyShape")):
        (path,) = shapes.values(shape, SH + "path")
        if isinstance(path, ox.NamedNode) and path.value.startswith(KLIM):
            names = set(shapes.values(shape, SH + "name"))
            labels = set(ontology.values(path, PREFIXES["rdfs"] + "label"))
            assert names == labels, f"{shorten(shape)} calls {shorten(path)} by another name"


def test_every_property_is_checked_on_each_class_that_it_is_said_of(shapes, ontology):
    """Each class of the domain, or a class above it, or whatever has the property."""
    steps = defaultdict(set)  # property -> classes on which some property shape looks at it
    anywhere = set()
    for node in shapes.instances(sh("NodeShape")):
        everyone = set(shapes.values(node, SH + "targetSubjectsOf"))
        for shape in shapes.values(node, SH + "property"):
            (path,) = shapes.values(shape, SH + "path")
            first = path if isinstance(path, ox.NamedNode) else shapes.members(path)[0]
            for cls in shapes.values(node, SH + "targetClass"):
                steps[first].add(cls)
            if first in everyone:
                anywhere.add(first)
        # dates are compared by their first and last possible days
        anywhere |= {p for p in everyone if p.value in (KLIM + "year", KLIM + "baseYear")}

    def above(cls):
        found, waiting = {cls}, [cls]
        while waiting:
            for parent in ontology.values(waiting.pop(), PREFIXES["rdfs"] + "subClassOf"):
                if parent not in found:
                    found.add(parent)
                    waiting.append(parent)
        return found

    unchecked = [
        (shorten(prop), shorten(cls))
        for kind in ("owl:ObjectProperty", "owl:DatatypeProperty")
        for prop in ontology.instances(expand(kind))
        for cls in ontology.values(prop, PREFIXES["schema"] + "domainIncludes")
        if prop not in anywhere and steps[prop].isdisjoint(above(cls))
    ]
    assert sorted(unchecked) == []


def test_the_shapes_are_well_formed_by_shacls_own_shapes():
    import pyshacl
    import rdflib

    graph = rdflib.Graph()
    for path in FILES:
        graph.parse(path)
    conforms, _, _ = pyshacl.validate(rdflib.Graph(), shacl_graph=graph, meta_shacl=True)
    assert conforms


def test_texts_have_no_loose_ends(shapes):
    for name in ("message", "name", "description"):
        for triple in shapes.triples:
            if triple.predicate.value == SH + name:
                text = triple.object.value
                assert text and text == " ".join(text.split())
                assert text.count("{") == text.count("}")
                assert "{?" not in text and "{$" not in text  # those the engines would fill in
