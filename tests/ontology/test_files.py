"""Checks 1-3, 10 and 11: the files themselves."""

from __future__ import annotations

import re
import tomllib

import pyoxigraph as ox
import pytest
from rdflib import RDF
from rdflib import Graph as RdflibGraph
from rdflib.compare import isomorphic
from rdflib.namespace import OWL, RDFS

import klimatgraph
from klimatgraph import canonical
from klimatgraph.generate import terms_lock
from klimatgraph.terms import KLIM, expand

ONTOLOGY = ("klimatgraph.ttl", "klimatgraph-dl.ttl", "codes.ttl", "themes.ttl")
HEAD = ox.NamedNode("https://w3id.org/klimatgraph/ontology")
DL_HEAD = ox.NamedNode("https://w3id.org/klimatgraph/ontology/dl")


def turtle_files(root):
    return sorted((root / "ontology").rglob("*.ttl")) + sorted((root / "shapes").glob("*.ttl"))


@pytest.mark.parametrize("name", ONTOLOGY)
def test_01_parses_everywhere(root, name):
    path = root / "ontology" / name
    by_rdflib = RdflibGraph().parse(path, format="turtle")
    by_oxigraph = RdflibGraph()
    triples = [quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)]
    by_oxigraph.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    assert len(by_rdflib) == len(set(triples)) > 0
    assert isomorphic(by_rdflib, by_oxigraph)


def test_01_files_are_canonical(root):
    differing = [
        str(path.relative_to(root))
        for path in turtle_files(root)
        if canonical.to_turtle(quad.triple for quad in canonical.parse(path))
        != path.read_text(encoding="utf-8")
    ]
    assert differing == []


def test_01_blank_nodes_only_where_owl_needs_them(root, dl):
    for name in ("klimatgraph.ttl", "codes.ttl", "themes.ttl"):
        for quad in canonical.parse(root / "ontology" / name):
            assert not isinstance(quad.subject, ox.BlankNode), (name, quad)
            assert not isinstance(quad.object, ox.BlankNode), (name, quad)
    # In the logic module each is a list cell, a restriction, a union or a disjointness.
    allowed = {expand(f"owl:{kind}") for kind in ("Restriction", "Class", "AllDisjointClasses")}
    for node in {t.subject for t in dl.triples if isinstance(t.subject, ox.BlankNode)}:
        kinds = set(dl.values(node, "rdf:type"))
        assert kinds <= allowed
        assert kinds or dl.values(node, "rdf:first")


@pytest.mark.parametrize("which", ["core", "dl"])
def test_02_header(which, request):
    graph = request.getfixturevalue(which)
    head = HEAD if which == "core" else DL_HEAD
    assert graph.instances("owl:Ontology") == {head}
    assert head.value.startswith("https://w3id.org/")
    for predicate in ("dcterms:title", "dcterms:description", "dcterms:bibliographicCitation"):
        assert len(graph.texts(head, predicate, "sv")) == 1
        assert len(graph.texts(head, predicate, "en")) == 1
    for predicate in ("dcterms:creator", "dcterms:contributor", "dcterms:license",
                      "dcterms:source"):  # fmt: skip
        values = graph.values(head, predicate)
        assert values and all(isinstance(value, ox.NamedNode) for value in values), predicate
    for predicate in ("dcterms:created", "dcterms:modified"):
        (day,) = graph.values(head, predicate)
        assert day.datatype == expand("xsd:date")
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", day.value)
    (created,) = graph.values(head, "dcterms:created")
    (modified,) = graph.values(head, "dcterms:modified")
    assert created.value <= modified.value
    assert [v.value for v in graph.values(head, "vann:preferredNamespacePrefix")] == ["klim"]
    assert [v.value for v in graph.values(head, "vann:preferredNamespaceUri")] == [KLIM]


@pytest.mark.parametrize("which", ["core", "dl"])
def test_03_version(which, request, root):
    graph = request.getfixturevalue(which)
    head = HEAD if which == "core" else DL_HEAD
    (number,) = [value.value for value in graph.values(head, "owl:versionInfo")]
    assert re.fullmatch(r"\d+\.\d+\.\d+", number)
    assert [v.value for v in graph.values(head, "owl:versionIRI")] == [f"{head.value}/{number}"]
    log = (root / "ontology" / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (\d+\.\d+\.\d+)", log, re.MULTILINE)
    assert versions[0] == number
    if len(versions) > 1:
        assert [v.value for v in graph.values(head, "owl:priorVersion")] == [
            f"{head.value}/{versions[1]}"
        ]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == klimatgraph.__version__ == number


def test_03_logic_module_imports_the_core(dl):
    assert dl.values(DL_HEAD, "owl:imports") == [HEAD]


def test_10_stable_terms(root, core, terms):
    lock = (root / "ontology" / "terms.lock").read_text(encoding="utf-8")
    lines = lock.splitlines()
    assert lines == sorted(set(lines))
    declared = set(terms_lock(terms).splitlines())
    assert declared <= set(lines), "new terms are not in terms.lock: run klimatgraph build"
    # What once was declared is declared still; a term that is given up says what to use.
    assert set(lines) - declared == set(), "a term has been removed: deprecate it instead"
    for node in core.subjects("owl:deprecated", ox.Literal(True)):
        replacements = core.values(node, "dcterms:isReplacedBy")
        assert replacements, f"{node} is deprecated and names no replacement"
        for replacement in replacements:
            assert replacement in {ox.NamedNode(KLIM + term.name) for term in terms}


def test_10_a_removed_term_is_noticed(terms):
    before = terms_lock(terms)
    fewer = [term for term in terms if term.name != "City"]
    assert terms_lock(fewer, before) == before
    assert "Class City" not in terms_lock(fewer)


def test_10_data_that_use_a_deprecated_term_are_warned_of(core, root):
    shapes = "".join(p.read_text(encoding="utf-8") for p in (root / "shapes").glob("*.ttl"))
    for node in core.subjects("owl:deprecated", ox.Literal(True)):
        assert node.value.replace(KLIM, "klim:") in shapes, f"no shape warns of {node}"


def test_11_one_type_per_term(core, dl, nodes):
    kinds = {
        expand(f"owl:{kind}")
        for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty",
                     "NamedIndividual")
    }  # fmt: skip
    for node in nodes:
        assert len(set(core.values(node, "rdf:type")) & kinds) == 1, node
        assert set(core.values(node, "rdf:type")) <= kinds, node
    used = {
        ox.NamedNode(t.subject.value)
        for t in core.triples | dl.triples
        if isinstance(t.subject, ox.NamedNode) and t.subject.value.startswith(KLIM)
    }
    assert used == set(nodes), "something is said of a term that is not declared"


def test_11_built_in_vocabulary_is_used_as_it_is_meant(core, dl):
    known = {
        str(namespace._NS): {str(namespace._NS) + name for name in namespace.__annotations__}
        for namespace in (RDF, RDFS, OWL)
    }
    for triple in core.triples | dl.triples:
        for term in (triple.subject, triple.predicate, triple.object):
            if not isinstance(term, ox.NamedNode):
                continue
            for namespace, declared in known.items():
                if term.value.startswith(namespace):
                    assert term.value in declared, term
        # nothing is said about the built-in terms themselves
        if isinstance(triple.subject, ox.NamedNode):
            assert not triple.subject.value.startswith(tuple(known))
