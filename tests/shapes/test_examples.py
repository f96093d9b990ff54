"""Each shape against its examples: the valid ones pass, each invalid one breaks one thing.

An example holds only what it shows; what it refers to is in the context, or shipped.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from klimatgraph import canonical
from klimatgraph.terms import KLIM, PREFIXES, SHAPE, expand
from klimatgraph.validation import ShapesGraph, validate

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "ontology" / "examples"
CONTEXT = EXAMPLES / "context.ttl"
VALID = sorted((EXAMPLES / "valid").glob("*.ttl"))
INVALID = sorted((EXAMPLES / "invalid").glob("*.ttl"))
SH = PREFIXES["sh"]
TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
# What a shape can say besides a constraint; sh:qualifiedValueShape and sh:flags are
# parameters that only count together with another.
NO_CONSTRAINT = {
    "path", "name", "description", "message", "severity", "property", "flags",
    "qualifiedValueShape", *TARGETS,
}  # fmt: skip


@cache
def shipped():
    return ShapesGraph.shipped_shapes()


@cache
def reported():
    """The constraints that can be reported: shape -> its constraint parameter."""
    graph = shipped()
    waiting = [s for s in graph.shapes() if graph.has_target(s)]
    seen = set(waiting)
    while waiting:
        for below in graph.values(waiting.pop(), "property"):
            if below not in seen:
                seen.add(below)
                waiting.append(below)
    found = {}
    for shape in seen:
        names = {
            q.predicate.value.removeprefix(SH)
            for q in graph.store.quads_for_pattern(shape, None, None)
            if q.predicate.value.startswith(SH)
        }
        constraints = names - NO_CONSTRAINT
        if constraints:
            found[shape.value.removeprefix(SHAPE)] = constraints
    return found


@cache
def read(path):
    return tuple(canonical.parse(path))


@cache
def checked(path, engine):
    return validate(read(path), engine=engine, context=read(CONTEXT))


def ids(path):
    return path.stem


def ranked(finding):
    return (str(finding.node), finding.shape)


def subjects(path):
    return {quad.subject for quad in read(path)}


@cache
def vocabulary():
    """What the ontology and the shipped concepts speak of."""
    files = (ROOT / "ontology" / f"{name}.ttl" for name in ("klimatgraph", "codes", "themes"))
    return {subject for path in files for subject in subjects(path)}


def batches():
    """Examples that cannot touch each other, to be checked together; pySHACL is slow to start.

    What says something about the vocabulary says it for all, and so goes by itself.
    """
    alone = [path for path in INVALID if subjects(path) & vocabulary()]
    rest = [path for path in INVALID if path not in alone]
    return {"valid": VALID, "invalid": rest, **{path.stem: [path] for path in alone}}


def declared_classes():
    quads = canonical.parse(ROOT / "ontology" / "klimatgraph.ttl")
    return {
        q.subject.value.removeprefix(KLIM)
        for q in quads
        if q.predicate == expand("rdf:type") and q.object == expand("owl:Class")
    }


def test_a_shape_that_is_reported_has_one_constraint():
    """So that its message can say exactly what is wrong."""
    assert {name: found for name, found in reported().items() if len(found) != 1} == {}


def test_every_constraint_has_an_invalid_example_of_its_name():
    assert {path.stem for path in INVALID} == set(reported())


def test_every_class_has_a_valid_example_of_its_name():
    assert {path.stem for path in VALID} == declared_classes()


@pytest.mark.parametrize("path", VALID, ids=ids)
def test_a_valid_example_holds_the_class_itself_and_nothing_else(path):
    kind = ox.NamedNode(KLIM + path.stem)
    shown = {q.subject for q in read(path) if (q.predicate, q.object) == (expand("rdf:type"), kind)}
    assert shown and shown == subjects(path)


@pytest.mark.parametrize("path", INVALID, ids=ids)
def test_an_invalid_example_holds_the_offending_node_and_nothing_else(path):
    (finding,) = checked(path, "shacl").findings
    assert subjects(path) - vocabulary() == {finding.node}


def test_examples_stand_apart():
    """Each has nodes of its own, and refers to the context but to no other example."""
    homes = {}
    for path in [CONTEXT, *VALID, *INVALID]:
        for subject in subjects(path) - vocabulary():
            assert homes.setdefault(subject, path) == path, subject
    for path in [CONTEXT, *VALID, *INVALID]:
        for quad in read(path):
            assert homes.get(quad.object, path) in (path, CONTEXT), (path.name, quad.object)


def test_the_context_is_valid_in_itself():
    reports = [validate(read(CONTEXT), engine=engine) for engine in ("shacl", "pyshacl")]
    for report in reports:
        assert report.findings == () and report.uncovered == ()
        assert [issue for issue in report.issues if issue.code == "undeclared-word"] == []


def test_everything_in_the_context_is_referred_to():
    pointed = {q.object for path in [CONTEXT, *VALID, *INVALID] for q in read(path)}
    assert sorted(map(str, subjects(CONTEXT) - pointed)) == []


def test_every_class_has_an_invalid_example():
    kind = expand("rdf:type")
    found = set()
    for path in INVALID:
        wrong = {finding.node for finding in checked(path, "shacl").findings}
        found |= {q.object.value for q in read(path) if q.predicate == kind and q.subject in wrong}
    found = {iri.removeprefix(KLIM) for iri in found}
    assert sorted(declared_classes() - found) == []


@pytest.mark.parametrize("path", [CONTEXT, *VALID, *INVALID], ids=ids)
def test_examples_are_canonical(path):
    assert canonical.to_turtle(read(path)) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", VALID, ids=ids)
def test_valid_examples_pass(path):
    report = checked(path, "shacl")
    assert report.findings == ()
    assert report.uncovered == ()
    assert [issue for issue in report.issues if issue.code == "undeclared-word"] == []


@pytest.mark.parametrize("path", INVALID, ids=ids)
def test_an_invalid_example_breaks_the_constraint_it_is_named_for_and_no_other(path):
    (finding,) = checked(path, "shacl").findings
    assert finding.shape == SHAPE + path.stem
    (constraint,) = reported()[path.stem]
    assert finding.component.lower() == constraint.lower()


@pytest.mark.parametrize("paths", batches().values(), ids=batches())
def test_both_engines_find_the_same(paths):
    """Together in either engine, what each example breaks by itself and no more."""
    together = [quad for path in paths for quad in read(path)]
    one, other = (
        validate(together, engine=engine, context=read(CONTEXT)) for engine in ("pyshacl", "shacl")
    )
    assert one.findings == other.findings
    singly = [finding for path in paths for finding in checked(path, "shacl").findings]
    assert sorted(one.findings, key=ranked) == sorted(singly, key=ranked)
    assert [f.messages for f in one.findings] == [f.messages for f in other.findings]
    assert (one.covered, one.uncovered, one.targets_nothing) == (
        other.covered, other.uncovered, other.targets_nothing,
    )  # fmt: skip


@pytest.mark.parametrize("path", INVALID, ids=ids)
def test_without_its_constraint_an_invalid_example_passes(path):
    """The mutation: take the one constraint away, and nothing else is wrong."""
    (constraint,) = reported()[path.stem]
    shape, parameter = ox.NamedNode(SHAPE + path.stem), ox.NamedNode(SH + constraint)
    without = ShapesGraph(
        q for q in shipped().store if not (q.subject == shape and q.predicate == parameter)
    )
    assert len(without.store) == len(shipped().store) - 1
    report = validate(read(path), shapes=without, engine="shacl", context=read(CONTEXT))
    assert report.findings == ()


@pytest.mark.parametrize("path", INVALID, ids=ids)
def test_the_message_names_the_thing_and_the_value_in_both_languages(path):
    (finding,) = checked(path, "shacl").findings
    for lang in ("sv", "en"):
        message = finding.message(lang)
        # The name is one that the example gives; a thing with several has any of them.
        labels = {
            q.object.value
            for q in read(path)
            if q.subject == finding.node and q.predicate == expand("rdfs:label")
        }
        assert any(label in message for label in labels), message
        assert "{" not in message
        if finding.value is not None and finding.value != finding.node:
            assert shown(finding.value, path, lang) in message
    assert finding.message("sv") != finding.message("en")


def shown(value, path, lang):
    """What a reader knows a value by: its label where there is one."""
    if isinstance(value, ox.Literal):
        return value.value
    files = [ROOT / "ontology" / f"{name}.ttl" for name in ("klimatgraph", "codes", "themes")]
    labels = [
        q.object.value
        for source in (path, CONTEXT, *files)
        for q in read(source)
        if (q.subject, q.predicate) == (value, expand("rdfs:label")) and q.object.language == lang
    ]
    return labels[0] if labels else value.value.rpartition("/")[2]


def test_warnings_are_gaps_and_do_not_fail():
    report = checked(EXAMPLES / "invalid" / "Target-scope.ttl", "shacl")
    assert report.conforms and report.findings[0].severity == "warning"


def test_a_deprecated_class_is_only_worth_knowing():
    report = checked(EXAMPLES / "invalid" / "Thing-class-deprecated.ttl", "shacl")
    assert report.conforms and report.findings[0].severity == "info"
