"""Rules: what they derive, and that each derivation can be told."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from klimatgraph.engines.oxigraph import OxigraphEngine
from klimatgraph.engines.rdflib import RdflibEngine
from klimatgraph.errors import FormatError
from klimatgraph.reasoning import DERIVED, derive, explain_derived, load_rules
from klimatgraph.reasoning.rules import read_rule
from klimatgraph.terms import KLIM, expand

PREFIXES = """
@prefix klim: <https://w3id.org/klimatgraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/klimatgraph/id/> .
"""
# Umeå and Lund signed the edition, Malmö only declared that it wishes to; all three adopted
# commitment 6, Umeå and Lund also 7; who adopted 8 is one only, and 9 was not listed.
DATA = (
    PREFIXES
    + """
<graph/a> {
<city/se/umea> a klim:Municipality . <city/se/lund> a klim:Municipality .
<city/se/malmo> a klim:Municipality .
<s/umea> a klim:Signature ; klim:party <city/se/umea> ; klim:agreement <edition/k/2025> ;
  klim:kind <code/signature-kind/contract> .
<s/lund> a klim:Signature ; klim:party <city/se/lund> ; klim:agreement <edition/k/2025> ;
  klim:kind <code/signature-kind/contract> ; klim:confidence 0.8 .
<s/malmo> a klim:Signature ; klim:party <city/se/malmo> ; klim:agreement <edition/k/2025> ;
  klim:kind <code/signature-kind/letter-of-intent> .
<c/overall> a klim:OverallCommitment ; klim:agreement <edition/k/2025> .
<p/finance> a klim:DevelopmentProcess ; klim:agreement <edition/k/2025> .
<c/old> a klim:OverallCommitment ; klim:agreement <edition/k/2024> .
<c/6> a klim:JointCommitment ; klim:agreement <edition/k/2025> . <c/7> a klim:JointCommitment .
<c/8> a klim:JointCommitment . <c/9> a klim:JointCommitment .
}
<graph/b> {
<a/u6> a klim:Adoption ; klim:party <city/se/umea> ; klim:commitment <c/6> ;
  klim:status <code/adoption-status/adopted> .
<a/l6> a klim:Adoption ; klim:party <city/se/lund> ; klim:commitment <c/6> ;
  klim:status <code/adoption-status/adopted> .
<a/m6> a klim:Adoption ; klim:party <city/se/malmo> ; klim:commitment <c/6> ;
  klim:status <code/adoption-status/adopted> .
<a/u7> a klim:Adoption ; klim:party <city/se/umea> ; klim:commitment <c/7> ;
  klim:status <code/adoption-status/adopted> .
<a/l7> a klim:Adoption ; klim:party <city/se/lund> ; klim:commitment <c/7> ;
  klim:status <code/adoption-status/adopted> .
<a/u8> a klim:Adoption ; klim:party <city/se/umea> ; klim:commitment <c/8> ;
  klim:status <code/adoption-status/adopted> .
<a/u9> a klim:Adoption ; klim:party <city/se/umea> ; klim:commitment <c/9> ;
  klim:status <code/adoption-status/not-listed> .
<d/1> a klim:Participation ; klim:party <city/se/umea> ; klim:project <project/x> .
<m/1> a klim:Membership ; klim:party <city/se/umea> ; klim:initiative <network/n> ;
  klim:status <code/membership-status/member> .
<m/2> a klim:Membership ; klim:party <city/se/umea> ; klim:initiative <initiative/i> ;
  klim:status <code/membership-status/reporting> .
}
<graph/ontology> { klim:Municipality rdfs:subClassOf klim:City .
  klim:City rdfs:subClassOf klim:Party . }
"""
)
BASE = "https://w3id.org/klimatgraph/id/"


def node(path):
    return ox.NamedNode(BASE + path)


def quad(subject, predicate, target):
    return ox.Quad(node(subject), expand(predicate), node(target), DERIVED)


def filled(engine, text=DATA):
    engine.add(ox.parse(text.encode(), format=ox.RdfFormat.TRIG))
    return engine


@pytest.fixture(params=[OxigraphEngine, RdflibEngine], ids=["oxigraph", "rdflib"])
def engine(request):
    return filled(request.param())


def derived(quads, predicate):
    found = {
        (q.subject.value.removeprefix(BASE), q.object.value.removeprefix(BASE))
        for q in quads
        if q.predicate == expand(predicate)
    }
    return sorted(found)


def test_what_is_derived(engine):
    found = derive(engine)
    assert {q.graph_name for q in found} == {DERIVED}
    assert derived(found, "klim:signed") == [
        ("city/se/lund", "edition/k/2025"),
        ("city/se/umea", "edition/k/2025"),
    ]
    assert derived(found, "klim:boundBy") == [
        ("city/se/lund", "c/overall"),
        ("city/se/lund", "p/finance"),
        ("city/se/umea", "c/overall"),
        ("city/se/umea", "p/finance"),
    ]
    assert derived(found, "klim:adopted") == [
        ("city/se/lund", "c/6"),
        ("city/se/lund", "c/7"),
        ("city/se/malmo", "c/6"),
        ("city/se/umea", "c/6"),
        ("city/se/umea", "c/7"),
        ("city/se/umea", "c/8"),
    ]
    assert derived(found, "klim:participatesIn") == [("city/se/umea", "project/x")]
    assert derived(found, "klim:memberOf") == [("city/se/umea", "network/n")]
    cities = ("city/se/lund", "city/se/malmo", "city/se/umea")
    assert derived(found, "klim:sharesCommitmentWith") == [
        (one, other) for one in cities for other in cities if one != other
    ]
    assert derived(found, "rdf:type") == [
        (city, f"{KLIM}{kind}") for city in cities for kind in ("City", "Party")
    ]
    assert len(found) == 2 + 4 + 6 + 1 + 1 + 6 + 6


def test_engines_agree_and_order_does_not_matter():
    one = derive(filled(OxigraphEngine()))
    assert one == derive(filled(RdflibEngine()))
    quads = list(ox.parse(DATA.encode(), format=ox.RdfFormat.TRIG))
    backwards = OxigraphEngine()
    backwards.add(quads[::-1])
    assert derive(backwards) == one == sorted(one, key=str)


def test_data_are_left_alone(engine):
    before = set(engine.quads())
    derive(engine)
    assert set(engine.quads()) == before


def test_deriving_again_gives_the_same(engine):
    first = derive(engine)
    engine.add(first)
    assert derive(engine) == first


def test_what_lost_its_ground_disappears():
    whole = filled(OxigraphEngine())
    results = derive(whole)
    less = filled(OxigraphEngine(), DATA.replace("<a/l7> a klim:Adoption", "<a/l7> a klim:Other"))
    less.add(results)
    assert ("city/se/lund", "c/7") not in derived(derive(less), "klim:adopted")


def test_what_is_stated_is_not_derived():
    stated = filled(OxigraphEngine(), DATA.replace(
        "<graph/b> {", "<graph/b> { <city/se/umea> klim:adopted <c/6> ."))  # fmt: skip
    assert ("city/se/umea", "c/6") not in derived(derive(stated), "klim:adopted")
    assert ("city/se/umea", "city/se/lund") in derived(derive(stated), "klim:sharesCommitmentWith")


def test_every_derived_triple_can_be_explained(engine):
    found = derive(engine)
    engine.add(found)
    stated = {q.triple for q in engine.quads()}
    for item in found:
        reasons = explain_derived(engine, item)
        assert reasons, item
        for reason in reasons:
            assert {premise.triple for premise in reason.premises} <= stated
            assert all(premise.graphs for premise in reason.premises)


def test_explanation_follows_the_rules_back(engine):
    engine.add(derive(engine))
    reasons = explain_derived(engine, quad("city/se/umea", "klim:boundBy", "c/overall"))
    (reason,) = reasons
    assert reason.rule.name == "bound-by"
    signed, agreement, kind = reason.premises
    assert signed.triple == quad("city/se/umea", "klim:signed", "edition/k/2025").triple
    assert signed.derived and not agreement.derived and not kind.derived
    assert agreement.graphs == (node("graph/a"),)
    (deeper,) = explain_derived(engine, signed.triple)
    assert deeper.rule.name == "signed"
    assert {p.triple.subject for p in deeper.premises} == {node("s/umea")}


def test_explanation_gives_every_way(engine):
    engine.add(derive(engine))
    reasons = explain_derived(
        engine, quad("city/se/umea", "klim:sharesCommitmentWith", "city/se/lund")
    )
    assert [reason.premises[0].triple.subject for reason in reasons] == [node("c/6"), node("c/7")]


def test_explanation_says_what_was_inferred(engine):
    engine.add(derive(engine))
    (sure,) = explain_derived(engine, quad("city/se/umea", "klim:signed", "edition/k/2025"))
    (unsure,) = explain_derived(engine, quad("city/se/lund", "klim:signed", "edition/k/2025"))
    assert sure.confidence == 1.0
    assert unsure.confidence == 0.8
    assert "0.8" not in sure.describe("en")
    assert "(inferred, confidence 0.8)" in unsure.describe("en")
    assert "(en slutsats, säkerhet 0.8)" in unsure.describe("sv")
    assert unsure.rule.sv in unsure.describe("sv")


def test_what_no_rule_gives_has_no_explanation(engine):
    engine.add(derive(engine))
    assert explain_derived(engine, quad("city/se/malmo", "klim:signed", "edition/k/2025")) == []
    assert explain_derived(engine, quad("city/se/umea", "klim:theme", "theme/energy")) == []
    blank = ox.Triple(ox.BlankNode("b"), expand("klim:signed"), node("edition/k/2025"))
    assert explain_derived(engine, blank) == []
    text = ox.Triple(node("city/se/umea"), expand("klim:signed"), ox.Literal('x" . } #'))
    assert explain_derived(engine, text) == []


def test_shipped_rules_are_told_in_both_languages():
    rules = load_rules()
    assert [rule.name for rule in rules] == [
        "adopted", "bound-by", "member-of", "participates-in", "shares-commitment-with", "signed",
        "type",
    ]  # fmt: skip
    for rule in rules:
        assert rule.sv != rule.en
        assert rule.describe("sv") == rule.sv and rule.describe("en") == rule.en
        assert f'# name = "{rule.name}"' in rule.text


def test_codes_in_rules_exist(request):
    """A rule that names a code nobody declares would silently derive nothing."""
    root = request.config.rootpath
    declared = {
        q.subject
        for q in ox.parse(path=root / "ontology" / "codes.ttl", format=ox.RdfFormat.TURTLE)
    }
    for rule in load_rules():
        for pattern in rule.patterns:
            for step in pattern.steps():
                if isinstance(step, ox.NamedNode) and "/code/" in step.value:
                    assert step in declared, step
    status = BASE + "code/membership-status/"
    (line,) = [
        line
        for rule in load_rules()
        if rule.name == "member-of"
        for line in rule.body.splitlines()
        if "VALUES" in line
    ]
    named = [word.removeprefix("status:") for word in line.split() if word.startswith("status:")]
    assert named and all(ox.NamedNode(status + name) in declared for name in named)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT * WHERE { ?s ?p ?o }", "front matter"),
        ('# ---\n# sv = "a"\n# ---\n', "sv and en"),
        ("# ---\n# sv = \n# ---\n", "TOML"),
        ('# ---\n# sv = "a"\n# en = "b"\n# ---\nASK {}', "CONSTRUCT"),
        (
            '# ---\n# sv = "a"\n# en = "b"\n# ---\n'
            "CONSTRUCT { ?a ?b ?c . ?c ?b ?a }\nWHERE {\n  ?a ?b ?c .\n}\n",
            "one triple",
        ),
        (
            '# ---\n# sv = "a"\n# en = "b"\n# ---\n'
            "CONSTRUCT { ?a ?b ?c }\nWHERE {\n  OPTIONAL { ?a ?b ?c }\n}\n",
            "OPTIONAL",
        ),
        (
            '# ---\n# sv = "a"\n# en = "b"\n# ---\n'
            "CONSTRUCT { ?a no:where ?c }\nWHERE {\n  ?a ?b ?c .\n}\n",
            "'no'",
        ),
    ],
)
def test_a_rule_that_could_not_be_explained_is_refused(tmp_path, text, reason):
    path = tmp_path / "rule.rq"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=reason):
        read_rule(path)
