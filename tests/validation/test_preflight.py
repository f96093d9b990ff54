"""What is refused or named before a validation, so that none passes without checking."""

from __future__ import annotations

import importlib.resources

import pyoxigraph as ox
import pytest

from klimatgraph.errors import InputError
from klimatgraph.validation import ShapesGraph, check_shapes, validate
from klimatgraph.validation.preflight import refuse
from klimatgraph.validation.shacl_terms import SHACL_TERMS

HEAD = """
@prefix klim: <https://w3id.org/klimatgraph/ontology#> .
@prefix shape: <https://w3id.org/klimatgraph/shapes#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix ex: <https://example.org/> .
"""
SOUND = "ex:s a sh:NodeShape ; sh:targetClass klim:City ; sh:property ex:p . ex:p sh:path %s ."


def check(text):
    return check_shapes(ShapesGraph(ox.parse(HEAD + text, ox.RdfFormat.TURTLE)))


def codes(text):
    return [(issue.level, issue.code) for issue in check(text)]


def test_the_closed_list_is_the_vocabulary_as_published():
    import rdflib

    file = importlib.resources.files("pyshacl") / "assets" / "shacl.ttl"
    graph = rdflib.Graph().parse(data=file.read_text(encoding="utf-8"), format="turtle")
    base = "http://www.w3.org/ns/shacl#"
    published = {
        str(s).removeprefix(base) for s in graph.subjects() if str(s).startswith(base + "")
    } - {""}
    # the parameters of components have names with a hyphen, which no shapes graph writes
    assert {name for name in published if "-" not in name} == SHACL_TERMS


def test_sound_shapes_raise_no_issue():
    assert check(SOUND % "klim:country ; sh:minCount 1") == []


@pytest.mark.parametrize(
    ("constraint", "meant"),
    [
        ("klim:country ; sh:mincount 1", "sh:minCount"),
        ("klim:country ; sh:dataType ex:d", "sh:datatype"),
        ("klim:country ; sh:severity sh:Waring", "sh:Warning"),
        ("klim:country ; sh:lenght 4", None),
    ],
)
def test_a_misspelt_term_is_an_error_with_a_suggestion(constraint, meant):
    (issue,) = check(SOUND % constraint)
    assert (issue.level, issue.code) == ("error", "unknown-term")
    for lang in ("sv", "en"):
        assert "ex" in issue.message(lang)  # where
        assert meant is None or meant in issue.message(lang)


@pytest.mark.parametrize(
    "iri",
    [
        "https://www.w3.org/ns/shacl#minCount",
        "http://www.w3.org/ns/shaclminCount",
        "http://www.w3.org/ns/shacl/minCount",
        "http://www.w3.org/ns/SHACL#minCount",
    ],
)
def test_a_wrong_namespace_is_an_error(iri):
    found = codes(SOUND % f"klim:country ; <{iri}> 1")
    assert found == [("error", "wrong-namespace")]


def test_a_file_all_in_the_wrong_namespace_is_an_error():
    text = (HEAD + SOUND % "klim:country").replace(
        "http://www.w3.org/ns/shacl#", "https://www.w3.org/ns/shacl#"
    )
    issues = check_shapes(ShapesGraph(ox.parse(text, ox.RdfFormat.TURTLE)))
    assert {issue.code for issue in issues} == {"wrong-namespace", "no-shapes"}


def test_terms_that_klimatgraph_lacks_are_errors_with_a_suggestion():
    (issue,) = check("ex:s a sh:NodeShape ; sh:targetClass klim:Citty ; sh:nodeKind sh:IRI .")
    assert (issue.level, issue.code) == ("error", "undeclared-class")
    assert "klim:City" in issue.message("sv") and "klim:City" in issue.message("en")
    (issue,) = check(SOUND % "klim:contry ; sh:minCount 1")
    assert (issue.level, issue.code) == ("error", "undeclared-property")
    assert "klim:country" in issue.message("en")
    assert codes(SOUND % "klim:country ; sh:lessThan klim:cuntry") == [
        ("error", "undeclared-property")
    ]


def test_a_step_of_a_path_is_looked_at_too():
    assert codes(SOUND % "( klim:partOf klim:numbr ) ; sh:minCount 1") == [
        ("error", "undeclared-property")
    ]


def test_terms_of_others_are_taken_as_given_and_ones_own_are_told():
    assert check(SOUND % "rdfs:label ; sh:minCount 1") == []
    assert codes(SOUND % "ex:mine ; sh:minCount 1") == [("warning", "undeclared-property")]
    assert check(SOUND % "ex:mine ; sh:minCount 1 . ex:mine a owl:DatatypeProperty") == []


def test_shapes_that_are_never_used_are_told():
    (issue,) = check(SOUND % "klim:country" + " ex:lost a sh:NodeShape ; sh:nodeKind sh:IRI .")
    assert (issue.level, issue.code, issue.subject) == (
        "warning", "no-target", "https://example.org/lost",
    )  # fmt: skip
    used = " ex:or a sh:NodeShape ; sh:targetClass klim:City ; sh:or ( ex:a ex:b ) . "
    used += "ex:a a sh:NodeShape ; sh:nodeKind sh:IRI . ex:b a sh:NodeShape ; sh:nodeKind sh:IRI ."
    assert check(used) == []


def test_a_shape_that_is_a_class_has_a_target():
    assert check("ex:C a owl:Class, sh:NodeShape ; sh:nodeKind sh:IRI .") == []


def test_shapes_that_are_switched_off_are_told():
    assert codes(SOUND % "klim:country" + " ex:s sh:deactivated true .") == [
        ("info", "deactivated")
    ]


def test_imports_are_not_followed():
    text = SOUND % "klim:country" + " <https://example.org/> owl:imports <https://example.org/x> ."
    assert codes(text) == [("warning", "import")]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this { SERVICE <https://example.org/> { $this ?p ?o } }",
        "SELECT $this FROM <https://example.org/> { $this ?p ?o }",
        "SELECT $this FROM NAMED <file:///etc/passwd> { GRAPH ?g { $this ?p ?o } }",
        "select $this { service silent ?x { $this ?p ?o } }",
    ],
)
def test_queries_that_reach_out_are_refused(query):
    text = (
        "ex:s a sh:NodeShape ; sh:targetClass klim:City ; sh:sparql ex:q . "
        f'ex:q a sh:SPARQLConstraint ; sh:select "{query}" .'
    )
    assert codes(text) == [("error", "reaches-out")]
    harmless = text.replace(query, "SELECT $this { $this ?service 'SERVICE FROM' } # LOAD")
    assert check(harmless) == []


@pytest.mark.parametrize("name", ["js", "rule", "construct", "update"])
def test_code_is_refused(name):
    assert ("error", "code") in codes(SOUND % f"klim:country ; sh:{name} ex:code")


def test_errors_stop_the_validation_before_any_engine(tmp_path):
    file = tmp_path / "own.ttl"
    file.write_text(HEAD + SOUND % "klim:country ; sh:mincount 1", encoding="utf-8")
    with pytest.raises(InputError, match="sh:mincount") as caught:
        validate([], shapes=[file])
    assert "\n" not in str(caught.value)


def test_refuse_names_some_and_counts_the_rest():
    text = " ".join(
        SOUND.replace("ex:", f"ex:n{i}-") % f"klim:country ; sh:x{i} 1" for i in range(9)
    )
    with pytest.raises(InputError, match="and 4 more"):
        refuse(check(text))


def test_warnings_do_not_stop(tmp_path):
    file = tmp_path / "own.ttl"
    file.write_text(HEAD + SOUND % "ex:mine ; sh:minCount 1", encoding="utf-8")
    data = ox.parse(HEAD + "ex:c a klim:City .", ox.RdfFormat.TURTLE)
    report = validate(data, shapes=[file])
    assert len(report.findings) == 1
    assert "ex" in str(report) and "undeclared-property" in report.to_json()
