"""The shapes that choose among alternatives, each alternative tried."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pyoxigraph as ox
import pytest

from klimatgraph import canonical
from klimatgraph.terms import KLIM, SHAPE, expand, thing
from klimatgraph.validation import validate

ROOT = Path(__file__).resolve().parents[2]
HEAD = """
@prefix klim: <https://w3id.org/klimatgraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/klimatgraph/id/> .
"""
# Siblings that a thing can be at once. A region can be a municipality (Gotland), a university
# an authority, a company or a foundation, a research institute a company or a foundation, a
# network an association or a company; a source can be a document that a contract links to.
TOGETHER = [
    {"Region", "City"}, {"University", "Agency"}, {"University", "PublicBody"},
    {"University", "Company"}, {"University", "CivilSocietyOrganisation"},
    {"ResearchInstitute", "Company"}, {"ResearchInstitute", "CivilSocietyOrganisation"},
    {"Network", "CivilSocietyOrganisation"}, {"Network", "InternationalOrganisation"},
    {"Network", "PublicBody"}, {"Network", "Company"}, {"Network", "EUBody"},
    {"SourceDocument", "LinkedDocument"},
    # left to the logic module: the shapes of the two ask for different lists anyway
    {"Theme", "Code"},
]  # fmt: skip


def broken(text):
    """Which shapes each thing breaks, by the path of the thing."""
    report = validate(list(ox.parse(HEAD + text, ox.RdfFormat.TURTLE)), engine="shacl")
    found: dict[str, set[str]] = {}
    for f in report.findings:
        name = f.node.value.partition("/id/")[2]
        found.setdefault(name, set()).add(f.shape.removeprefix(SHAPE))
    return found


def breaks(shape, text):
    return any(shape in shapes for shapes in broken(text).values())


@pytest.fixture(scope="module")
def parents():
    quads = canonical.parse(ROOT / "ontology" / "klimatgraph.ttl")
    classes = {
        q.subject.value
        for q in quads
        if q.predicate == expand("rdf:type") and q.object == expand("owl:Class")
    }
    above: dict[str, list[str]] = {c.removeprefix(KLIM): [] for c in classes}
    for q in quads:
        if q.predicate == expand("rdfs:subClassOf") and q.object.value in classes:
            above[q.subject.value.removeprefix(KLIM)].append(q.object.value.removeprefix(KLIM))
    return above


def line(cls, parents):
    """A class and all above it, the class first."""
    found = [cls]
    for parent in parents[cls]:
        found += line(parent, parents)
    return found


def expected(one, other, parents):
    """Whether two classes part at siblings that exclude each other."""
    first, second = line(one, parents), line(other, parents)
    if one in second or other in first:
        return False
    common = next((c for c in first if c in second), None)
    children = [
        steps[steps.index(common) - 1] if common else steps[-1] for steps in (first, second)
    ]
    return set(children) not in TOGETHER


def test_two_classes_go_together_or_are_reported_once(parents):
    kind = expand("rdf:type")
    pairs = sorted(combinations(sorted(parents), 2))
    quads = [
        ox.Quad(thing("pair", f"{n}"), kind, ox.NamedNode(KLIM + cls))
        for n, pair in enumerate(pairs)
        for cls in pair
    ]
    found: dict[int, list[str]] = {n: [] for n in range(len(pairs))}
    for f in validate(quads, engine="shacl").findings:
        if f.shape.endswith("-alone"):
            found[int(f.node.value.rpartition("/")[2])].append(f.shape.removeprefix(SHAPE))
    wrong = [
        (pair, found[n])
        for n, pair in enumerate(pairs)
        if len(found[n]) != int(expected(*pair, parents))
    ]
    assert wrong == []


@pytest.mark.parametrize("level", ["field", "area", "measure"])
@pytest.mark.parametrize("above", [None, "field", "area", "measure"])
def test_levels_of_themes(level, above):
    text = f'<theme/x> a klim:Theme ; skos:notation "{level}" .'
    if above:
        text += f'<theme/x> skos:broader <theme/y> . <theme/y> skos:notation "{above}" .'
    sound = (level, above) in {("field", None), ("area", "field"), ("measure", "area")}
    assert breaks("ThemeLevel", text) is not sound


@pytest.mark.parametrize("part", ["value", "minValue", "maxValue"])
@pytest.mark.parametrize(
    ("unit", "number", "sound"),
    [
        ("percent", "-100", True),
        ("percent", "-100.5", False),
        ("percent", "1000", True),
        ("percent", "1000.5", False),
        ("percent-per-year", "-101", False),
        ("percent-per-year", "1001", False),
        ("count", "1001", True),
        ("swedish-krona", "-101", True),
    ],
)
def test_percentages(part, unit, number, sound):
    text = f'<x> klim:unit <code/unit/{unit}> ; klim:{part} "{number}"^^xsd:decimal .'
    assert breaks("Percentage", text) is not sound


@pytest.mark.parametrize(
    ("said", "sound"),
    [
        ("", False),
        ("klim:valueStatus <code/value-status/known>", False),
        ("klim:valueStatus <code/value-status/approximate>", False),
        ("klim:valueStatus <code/value-status/to-be-determined>", True),
        ("klim:valueStatus <code/value-status/not-stated>", True),
        ("klim:valueStatus <code/value-status/qualitative>", True),
        ("klim:value 5.0", True),
        ("klim:minValue 5.0", True),
        ("klim:maxValue 5.0", True),
    ],
)
@pytest.mark.parametrize("cls", ["Figure", "Observation", "Estimate"])
def test_a_figure_without_a_number_says_why(cls, said, sound):
    text = f"<x> a klim:{cls} . " + (f"<x> {said} ." if said else "")
    assert breaks("ValueOrStatus", text) is not sound


@pytest.mark.parametrize("status", ["known", "approximate"])
def test_what_has_a_number_is_known_or_approximate(status):
    number = "<x> klim:value 5.0 ; klim:valueStatus <code/value-status/%s> ."
    assert not breaks("Quantified-valueStatus", number % status)
    assert breaks("Quantified-valueStatus", number % "not-stated")


@pytest.mark.parametrize("said", ["date", "dateBefore", "startDate", "endDate"])
def test_any_date_will_do_for_a_membership(said):
    assert breaks("Membership-date", "<x> a klim:Membership .")
    dated = f'<x> a klim:Membership ; klim:{said} "2025-01-01"^^xsd:date .'
    assert not breaks("Membership-date", dated)


@pytest.mark.parametrize("said", ["party", "agreement"])
def test_a_plan_element_belongs_to_a_party_or_an_agreement(said):
    assert breaks("PlanElement-anchor", "<x> a klim:Benefit .")
    assert not breaks("PlanElement-anchor", f"<x> a klim:Benefit ; klim:{said} <y> .")


@pytest.mark.parametrize("role", ["pioneer", "twin", "signatory", "agency", "programme"])
def test_roles_of_signatories(role):
    signature = "<x> a klim:Signature ; klim:role <code/role/%s> ."
    assert not breaks("Signature-role-in", signature % role)
    assert breaks("Signature-role-in", signature % "coordinator")


@pytest.mark.parametrize("kind", ["date", "gYearMonth", "gYear"])
def test_dates_have_one_of_three_precisions(kind):
    text = {"date": "2025-01-01", "gYearMonth": "2025-01", "gYear": "2025"}[kind]
    for name in ("startDate", "endDate", "date"):
        assert not breaks(f"{name}-datatype", f'<x> klim:{name} "{text}"^^xsd:{kind} .')
        assert breaks(f"{name}-datatype", f'<x> klim:{name} "{text}" .')


@pytest.mark.parametrize(
    ("prop", "classes"),
    [
        ("about", ["Edition", "City", "Target", "Project", "Call", "Passage"]),
        ("involves", ["Company", "Arena", "FundingInstrument", "PolicyFramework"]),
        ("initiative", ["Initiative", "Network", "Arena", "Conference", "Programme"]),
        ("memberOf", ["Initiative", "Network", "Arena", "Conference"]),
        ("boundBy", ["JointCommitment", "DevelopmentProcess"]),
        ("commitment", ["Undertaking", "DevelopmentProcess"]),
        ("alignedWith", ["PolicyFramework", "Initiative"]),
        ("disagreesWith", ["Signature", "Target"]),
        ("sector", ["Theme"]),
        ("partOf", ["Framework", "Commitment", "Call", "Project", "SourceDocument"]),
    ],
)
def test_values_of_any_of_several_classes(prop, classes):
    holder = {
        "about": "Figure", "involves": "PlanElement", "initiative": "Membership",
        "memberOf": "City", "boundBy": "City", "commitment": "Adoption",
        "alignedWith": "Commitment", "disagreesWith": "Statement", "sector": "Figure",
        "partOf": "PlanElement",
    }[prop]  # fmt: skip
    classes = ["ContractFramework" if c == "Framework" else c for c in classes]
    for cls in classes:
        text = f"<x> a klim:{holder} ; klim:{prop} <y> . <y> a klim:{cls} ."
        assert not breaks(f"{prop}-class", text), cls
    assert breaks(f"{prop}-class", f"<x> a klim:{holder} ; klim:{prop} <y> . <y> a klim:Thing .")
