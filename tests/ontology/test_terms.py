"""Checks 4-9 and 12-14: the terms."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pyoxigraph as ox
import pytest

from klimatgraph.terms import KLIM, expand, shorten

KINDS = ("shapes", "queries", "tables", "contracts", "data", "examples", "src")
TOP = {
    "Party", "Agreement", "PlanElement", "Activity", "FundingScheme", "Statement",
    "InformationObject", "Concept",
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_04_closed_namespace(kind, used_in, terms):
    declared = {term.name for term in terms}
    files = used_in(kind)
    assert files, f"no {kind} to look at"
    unknown = {name: sorted(used - declared) for name, used in files.items() if used - declared}
    assert unknown == {}


def test_04_every_term_is_used(used_in, terms):
    used = {name for kind in KINDS for names in used_in(kind).values() for name in names}
    assert sorted({term.name for term in terms} - used) == []


def test_05_labels(core, nodes):
    for node in nodes:
        assert len(core.values(node, "rdfs:label")) == 2, node
        for lang in ("sv", "en"):
            (label,) = core.texts(node, "rdfs:label", lang)
            assert label and label == label.strip() and "  " not in label
            assert not re.search(r"[<>&{}\[\]*_`]", label), label
        assert core.values(node, "skos:altLabel") == []


def test_05_labels_of_concepts(concepts):
    found = concepts.instances("klim:Code") | concepts.instances("klim:Theme")
    assert len(found) > 100
    for node in found | concepts.instances("skos:ConceptScheme"):
        for lang in ("sv", "en"):
            (label,) = concepts.texts(node, "rdfs:label", lang)
            assert label == label.strip() and not re.search(r"[<>&{}\[\]*`]", label)
            assert concepts.texts(node, "skos:prefLabel", lang) == [label]


def test_06_definitions(core, concepts, nodes):
    seen: dict[tuple[str, str], object] = {}
    for node in nodes:
        assert len(core.values(node, "skos:definition")) == 2, node
        for lang in ("sv", "en"):
            (definition,) = core.texts(node, "skos:definition", lang)
            (label,) = core.texts(node, "rdfs:label", lang)
            assert definition == definition.strip() and definition.endswith(".")
            assert definition[0].isupper()
            assert definition.rstrip(".").casefold() != label.casefold()
            # genus and difference: more than the name and one word
            assert len(definition.split()) >= 4, definition
            assert seen.setdefault((lang, definition), node) == node, "defined twice"
            assert not re.search(r"\b(shall|must|skall|måste)\b", definition), definition
    for node in concepts.instances("klim:Code"):
        for lang in ("sv", "en"):
            assert len(concepts.texts(node, "skos:definition", lang)) == 1, node


def test_06_no_class_is_defined_by_its_own_name(core):
    circular = []
    for node in core.instances("owl:Class"):
        for lang in ("sv", "en"):
            (label,) = core.texts(node, "rdfs:label", lang)
            (definition,) = core.texts(node, "skos:definition", lang)
            if re.search(rf"\b{re.escape(label)}\b", definition, re.IGNORECASE):
                circular.append((shorten(node), label, definition))
    assert circular == []


def test_07_no_duplicate_labels(core, nodes):
    for lang in ("sv", "en"):
        labels = Counter(label for n in nodes for label in core.texts(n, "rdfs:label", lang))
        assert [label for label, n in labels.items() if n > 1] == [], lang


def test_07_concepts_are_told_apart(concepts):
    by_scheme: dict[object, list] = defaultdict(list)
    for node in concepts.instances("klim:Code") | concepts.instances("klim:Theme"):
        (scheme,) = concepts.values(node, "skos:inScheme")
        by_scheme[scheme].append(node)
        for lang in ("sv", "en"):
            preferred = concepts.texts(node, "skos:prefLabel", lang)
            others = concepts.texts(node, "skos:altLabel", lang)
            hidden = concepts.texts(node, "skos:hiddenLabel", lang)
            assert len(preferred) == 1  # SKOS S14
            told = preferred + others + hidden
            assert len(told) == len(set(told)), node  # SKOS S13
    for scheme in concepts.instances("skos:ConceptScheme"):
        assert by_scheme[scheme], f"{scheme} is an empty list"
        for lang in ("sv", "en"):
            labels = Counter(
                label
                for node in by_scheme[scheme]
                for label in concepts.texts(node, "skos:prefLabel", lang)
            )
            assert [label for label, n in labels.items() if n > 1] == [], scheme
        notations = Counter(
            value.value
            for node in by_scheme[scheme]
            for value in concepts.values(node, "skos:notation")
        )
        if "/code/" in scheme.value:
            assert max(notations.values()) == 1


def test_08_is_defined_by_and_status(core, nodes):
    (head,) = core.instances("owl:Ontology")
    for node in nodes:
        assert core.values(node, "rdfs:isDefinedBy") == [head], node
        (status,) = core.values(node, "vs:term_status")
        assert status.value in {"unstable", "testing", "stable", "archaic"}


def test_09_names(terms):
    plural = {"Series", "Species", "News"}
    for term in terms:
        assert term.name.isascii()
        if term.kind == "Class":
            assert re.fullmatch(r"(?:[A-Z][a-z]*)+", term.name), term.name
            assert not re.search(r"(?<=[a-z])(?:And|Or)(?=[A-Z])", term.name)
            assert not re.search(r"[^sui]s$", term.name) or term.name in plural, term.name
        else:
            assert re.fullmatch(r"[a-z][a-zA-Z0-9]*", term.name), term.name


def _above(core, node, seen=()):
    found = set()
    for parent in core.values(node, "rdfs:subClassOf"):
        assert parent not in seen, f"{node} is below itself"
        if parent.value.startswith(KLIM):
            found |= {parent} | _above(core, parent, (*seen, node))
    return found


def test_12_hierarchy(core):
    tops = set()
    for node in core.instances("owl:Class"):
        above = _above(core, node)
        assert node not in above
        roots = {a for a in above | {node} if not _above(core, a)}
        assert len(roots) == 1, f"{node} is below {roots}"
        tops |= roots
    assert {top.value.removeprefix(KLIM) for top in tops} == TOP
    assert len(TOP) <= 8


def test_12_properties_hang_together(core, nodes):
    classes = core.instances("owl:Class")
    annotations = core.instances("owl:AnnotationProperty")
    for node in set(nodes) - classes - annotations:
        domains = core.values(node, "schema:domainIncludes")
        ranges = core.values(node, "schema:rangeIncludes")
        assert domains and set(domains) <= classes, node
        assert ranges, node
        if node in core.instances("owl:ObjectProperty"):
            assert set(ranges) <= classes, node
        else:
            assert all(shorten(r).startswith("xsd:") for r in ranges), node


def test_12_every_class_has_instances(core, data, valid):
    types = {t.object for t in data.triples | valid.triples if t.predicate == expand("rdf:type")}
    below: dict[object, set] = defaultdict(set)
    for node in core.instances("owl:Class"):
        for parent in _above(core, node) | {node}:
            below[parent].add(node)
    empty = [shorten(node) for node in core.instances("owl:Class") if not below[node] & types]
    assert sorted(empty) == []


def test_13_domain_and_range_policy(core, dl, nodes):
    for triple in core.triples:
        assert triple.predicate not in (expand("rdfs:domain"), expand("rdfs:range")), triple
    properties = set(nodes) - core.instances("owl:Class")
    for node in properties:
        assert len(dl.values(node, "rdfs:domain")) <= 1, node
        assert len(dl.values(node, "rdfs:range")) <= 1, node


def _members(dl, node):
    if isinstance(node, ox.NamedNode):
        return {node}
    (cell,) = dl.values(node, "owl:unionOf")
    found = set()
    while cell != expand("rdf:nil"):
        found |= set(dl.values(cell, "rdf:first"))
        (cell,) = dl.values(cell, "rdf:rest")
    return found


def test_13_logic_and_documentation_agree(core, dl, nodes):
    """The domains and ranges that bind in the logic module are those the core tells of."""
    in_owl = {expand(f"xsd:{name}") for name in ("string", "decimal", "integer", "anyURI")}
    for node in nodes:
        for told, bound in (("schema:domainIncludes", "rdfs:domain"),
                            ("schema:rangeIncludes", "rdfs:range")):  # fmt: skip
            listed = set(core.values(node, told))
            if node in core.instances("owl:DatatypeProperty") and bound == "rdfs:range":
                # xsd:date and xsd:gYear are not in the OWL 2 datatype map
                listed &= in_owl
            # a class beside one above it adds nothing
            expected = {c for c in listed if not _above(core, c) & listed}
            axioms = dl.values(node, bound)
            found = _members(dl, axioms[0]) if axioms else set()
            assert found == expected, (shorten(node), bound)


@pytest.mark.parametrize("which", ["data", "valid"])
def test_13_data_keep_to_domains_and_ranges(core, which, request):
    """What carries a property, and what it points to, is of a class it is documented for."""
    graph = request.getfixturevalue(which)
    types: dict[object, set] = defaultdict(set)
    for triple in graph.triples:
        if triple.predicate == expand("rdf:type"):
            types[triple.subject] |= {triple.object} | _above(core, triple.object)
    strays = set()
    for triple in graph.triples:
        domains = set(core.values(triple.predicate, "schema:domainIncludes"))
        if domains and not types[triple.subject] & domains:
            strays.add(f"{shorten(triple.subject)} has {shorten(triple.predicate)}")
        ranges = set(core.values(triple.predicate, "schema:rangeIncludes"))
        # what is not in this graph, such as a code, has no type here
        known = types[triple.object] if isinstance(triple.object, ox.NamedNode) else set()
        if ranges and known and not known & ranges:
            strays.add(f"{shorten(triple.object)} is {shorten(triple.predicate)} of something")
    assert sorted(strays) == []


def test_14_inverse_reading(core):
    for node in core.instances("owl:ObjectProperty"):
        if core.values(node, "owl:inverseOf"):
            continue
        for lang in ("sv", "en"):
            (label,) = core.texts(node, "klim:inverseLabel", lang)
            assert label == label.strip() != ""
    for node in core.instances("owl:DatatypeProperty"):
        assert core.values(node, "klim:inverseLabel") == []
