"""Suggestions: sure ones come with the triple, and applying it puts things right."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from klimatgraph import canonical
from klimatgraph.terms import expand
from klimatgraph.validation import validate

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "ontology" / "examples"
INVALID = sorted((EXAMPLES / "invalid").glob("*.ttl"))
CONTEXT = canonical.parse(EXAMPLES / "context.ttl")
HEAD = """
@prefix klim: <https://w3id.org/klimatgraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/klimatgraph/id/> .
<document/d> a klim:SourceDocument ; rdfs:label "d"@sv, "d"@en ; klim:publisher "P" ;
    klim:address "https://example.org/"^^xsd:anyURI .
<city/se/provby> a klim:Municipality ; rdfs:label "Provby"@sv, "Provby"@en ; klim:country "SE" ;
    klim:municipalityCode "9901" .
"""


def quads(text):
    return list(ox.parse(HEAD + text, ox.RdfFormat.TURTLE))


def only(text):
    (finding,) = validate(quads(text), engine="shacl").findings
    return finding


def municipality(extra):
    return (
        '<city/se/x> a klim:Municipality ; klim:country "SE" ; rdfs:label "Xby"@sv, "Xby"@en ; '
        f"{extra} ."
    )


def target(extra):
    return (
        '<target/t> a klim:Target ; rdfs:label "t"@sv, "t"@en ; klim:party <city/se/provby> ; '
        "klim:kind <code/target-kind/climate-neutral> ; prov:wasDerivedFrom <document/d> ; "
        f"{extra} ."
    )


def test_the_name_of_a_party_holds_in_the_other_language():
    finding = only('<city/fi/x> a klim:City ; rdfs:label "Xby"@sv ; klim:country "FI" .')
    assert 'rdfs:label "…"@en' in finding.advice("sv")
    assert finding.suggestion.add.object == ox.Literal("Xby", language="en")
    assert finding.suggestion.turtle.endswith('"Xby"@en .')


def test_a_description_is_not_copied_into_another_language():
    finding = only('<arena/x> a klim:Arena ; rdfs:label "mötesplats"@sv .')
    assert 'rdfs:label "…"@en' in finding.advice("en")
    assert finding.suggestion.add is None


def test_a_leading_zero_is_put_back():
    finding = only(municipality('klim:municipalityCode "114"'))
    assert finding.advice("en") == "Was “0114” meant?"
    assert finding.suggestion.add.object == ox.Literal("0114")
    assert finding.suggestion.remove.object == ox.Literal("114")


def test_letters_get_their_size():
    finding = only('<city/fi/x> a klim:City ; rdfs:label "X"@sv, "X"@en ; klim:country "fi" .')
    assert finding.suggestion.add.object == ox.Literal("FI")


def test_a_pattern_that_cannot_be_met_is_explained():
    finding = only(municipality('klim:municipalityCode "Umeå"'))
    assert "2480" in finding.advice("sv") and finding.suggestion.add is None


def test_a_number_gets_its_type():
    value = '"7,5"'
    text = target(f"klim:value {value} ; klim:unit <code/unit/percent> ; "
                  "klim:scope <code/scope/geographic>")  # fmt: skip
    found = validate(quads(text), engine="shacl").findings
    finding = next(f for f in found if f.component == "Datatype")
    assert finding.suggestion.add.object == ox.Literal("7.5", datatype=expand("xsd:decimal"))


def test_a_year_gets_its_type():
    finding = only(target('klim:scope <code/scope/geographic> ; klim:year "2030"'))
    assert finding.advice("sv") == 'Byt mot "2030"^^xsd:gYear.'


def test_a_text_that_is_no_number_gets_an_example():
    finding = only(target('klim:scope <code/scope/geographic> ; klim:year "snart"'))
    assert "2030" in finding.advice("en") and finding.suggestion.add is None


def test_a_misspelt_code_finds_the_near_one():
    finding = only(target("klim:scope <code/scope/geografic>"))
    assert finding.suggestion.add.object.value.endswith("code/scope/geographic")
    assert "”geografiskt område” (id:code/scope/geographic)" in finding.advice("sv")


def test_a_code_of_another_list_gets_the_list():
    text = target("klim:scope <code/scope/geographic> ; klim:status <code/unit/percent>")
    finding = only(text)
    assert finding.shape.endswith("Target-status-scheme")
    assert "”uppnått”" in finding.advice("sv") and finding.suggestion.add is None


def test_a_code_far_from_all_gets_the_list():
    finding = only(target("klim:scope <code/scope/universum>"))
    assert "“inner city”" in finding.advice("en") and finding.suggestion.add is None


def test_a_value_outside_a_list_gets_the_list():
    found = validate(
        quads(municipality('klim:municipalityCode "9902"').replace('"SE"', '"FI"')), engine="shacl"
    ).findings
    (finding,) = found
    assert "”SE”" in finding.advice("sv")


def test_an_iri_that_differs_by_a_slip_is_found():
    finding = only('<project/p> a klim:Project ; rdfs:label "p"@sv, "p"@en ; '
                   "klim:location <city/se/prowby> .")  # fmt: skip
    assert finding.suggestion.add.object.value.endswith("id/city/se/provby")


def test_a_thing_of_another_kind_with_the_same_name_is_not_suggested():
    finding = only('<project/p> a klim:Project ; rdfs:label "p"@sv, "p"@en ; '
                   "klim:location <region/se/provby> .")  # fmt: skip
    assert finding.suggestion.add is None
    assert "part" in finding.advice("sv")


def test_two_classes_are_both_shown():
    finding = only('<network/n> a klim:Network, klim:Programme ; rdfs:label "n"@sv, "n"@en .')
    assert "a klim:Network" in finding.advice("sv") and "a klim:Programme" in finding.advice("sv")


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_a_triple_that_is_offered_puts_the_constraint_right(path):
    """Whatever the repair offers as sure has to be so."""
    data = canonical.parse(path)
    (finding,) = validate(data, engine="shacl", context=CONTEXT).findings
    for lang in ("sv", "en"):
        assert finding.advice(lang) == " ".join(finding.advice(lang).split())
    suggestion = finding.suggestion
    if suggestion is None or suggestion.add is None:
        return
    mended = {q.triple for q in data} - {suggestion.remove} | {suggestion.add}
    quads = [ox.Quad(*t) for t in mended]
    left = validate(quads, engine="shacl", context=CONTEXT).findings
    assert finding.shape not in {f.shape for f in left}
