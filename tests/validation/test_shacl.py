"""Validation as a whole: what goes in, what comes out, and what is left alone."""

from __future__ import annotations

import builtins
import logging
import sys

import pyoxigraph as ox
import pytest

from klimatgraph.engines import resolve
from klimatgraph.errors import (
    EngineError,
    FormatError,
    InputError,
    KlimatgraphError,
    MissingExtra,
    UnknownName,
)
from klimatgraph.terms import KLIM, SHAPE, expand, thing
from klimatgraph.validation import ENGINES, ShapesGraph, validate

HEAD = """
@prefix klim: <https://w3id.org/klimatgraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix ex: <https://example.org/> .
@base <https://w3id.org/klimatgraph/id/> .
"""
CITY = """
<city/se/provby> a klim:Municipality ; rdfs:label "Provby"@sv, "Provby"@en ;
    klim:country "SE" ; klim:municipalityCode "%s" .
"""


def turtle(text):
    return list(ox.parse(HEAD + text, ox.RdfFormat.TURTLE))


def shapes(text):
    return ShapesGraph(turtle(text))


def names(report):
    return sorted(f.shape.removeprefix(SHAPE) for f in report.findings)


@pytest.fixture(params=ENGINES)
def engine(request):
    pytest.importorskip(request.param)
    return request.param


def test_a_sound_city_conforms(engine):
    report = validate(turtle(CITY % "9901"), engine=engine)
    assert report.conforms and report.findings == ()
    assert report.covered == ("https://w3id.org/klimatgraph/id/city/se/provby",)
    assert report.engine == engine


def test_a_wrong_code_is_found_and_named(engine):
    report = validate(turtle(CITY % "990"), engine=engine)
    assert not report.conforms
    (finding,) = report.findings
    assert finding.shape == SHAPE + "municipalityCode-pattern"
    assert finding.value == ox.Literal("990")
    assert str(finding.focus) == "Provby"
    assert "990" in finding.message("sv") and "990" in finding.message("en")


def test_an_engine_gives_the_same_as_its_quads(engine):
    quads = turtle(CITY % "12")
    store = resolve("memory")()
    store.add([ox.Quad(*q.triple, thing("graph", "a")) for q in quads])
    assert validate(store, engine=engine).findings == validate(quads, engine=engine).findings


def test_the_data_are_not_changed(engine):
    store = resolve("memory")()
    store.add(turtle(CITY % "12"))
    before = sorted(map(str, store.quads()))
    validate(store, engine=engine)
    assert sorted(map(str, store.quads())) == before


def test_a_generator_of_quads_will_do(engine):
    assert names(validate(iter(turtle(CITY % "12")), engine=engine)) == ["municipalityCode-pattern"]


def test_the_class_hierarchy_is_always_there(engine):
    """klim:Municipality is a klim:Party only by the ontology, which the data do not hold."""
    text = (
        CITY % "9901"
        + """
    <statement/1> a klim:Statement ; rdfs:label "a"@sv, "a"@en ; klim:party <city/se/provby> ;
        prov:wasDerivedFrom <document/d> .
    <document/d> a klim:SourceDocument ; rdfs:label "d"@sv, "d"@en ; klim:publisher "P" ;
        klim:address "https://example.org/"^^xsd:anyURI .
    """
    )
    assert validate(turtle(text), engine=engine).findings == ()


def test_shapes_of_ones_own_profit_from_the_hierarchy(engine):
    own = shapes("ex:s a sh:NodeShape ; sh:targetClass klim:Party ; sh:property ex:p . "
                 "ex:p sh:path klim:homepage ; sh:minCount 1 .")  # fmt: skip
    report = validate(turtle(CITY % "9901"), shapes=own, engine=engine)
    assert [f.shape for f in report.findings] == ["https://example.org/p"]


def test_codes_and_themes_are_known_without_being_in_the_data(engine):
    text = (
        CITY % "9901"
        + """
    <project/p> a klim:Project ; rdfs:label "p"@sv, "p"@en ; klim:theme <theme/mobility> .
    <network/n> a klim:Network ; rdfs:label "n"@sv, "n"@en ;
        klim:kind <code/initiative-kind/city-network> .
    """
    )
    report = validate(turtle(text), engine=engine)
    assert report.findings == ()
    # and nothing is said of them: they are no part of the data
    assert not any("/theme/" in iri or "/code/" in iri for iri in report.covered)


def test_what_the_data_refer_to_can_be_given_beside_them(engine):
    statement = turtle("""
    <statement/1> a klim:Statement ; rdfs:label "a"@sv, "a"@en ; klim:party <city/se/provby> ;
        prov:wasDerivedFrom <document/d> .
    """)
    beside = turtle(CITY % "wrong" + "<document/d> a klim:SourceDocument .")
    assert names(validate(statement, engine=engine)) == ["Thing-evidence-class", "party-class"]
    report = validate(statement, engine=engine, context=beside)
    assert report.findings == ()  # not even that the code of the city is wrong
    assert report.covered == ("https://w3id.org/klimatgraph/id/statement/1",)


@pytest.mark.parametrize(
    ("start", "end", "holds"),
    [
        ('"2025"^^xsd:gYear', '"2024"^^xsd:gYear', False),
        ('"2025"^^xsd:gYear', '"2025"^^xsd:gYear', True),
        ('"2025-05"^^xsd:gYearMonth', '"2025-04"^^xsd:gYearMonth', False),
        ('"2025-05-02"^^xsd:date', '"2025-05-01"^^xsd:date', False),
        ('"2025-05-01"^^xsd:date', '"2025"^^xsd:gYear', True),
        ('"2025"^^xsd:gYear', '"2025-05-01"^^xsd:date', True),
        ('"2026-01-01"^^xsd:date', '"2025"^^xsd:gYear', False),
        ('"2026"^^xsd:gYear', '"2025-12"^^xsd:gYearMonth', False),
        ('"2025-12"^^xsd:gYearMonth', '"2025-12-01"^^xsd:date', True),
    ],
)
def test_dates_of_any_precision_are_compared(engine, start, end, holds):
    text = f"""<project/p> a klim:Project ; rdfs:label "p"@sv, "p"@en ;
        klim:startDate {start} ; klim:endDate {end} ."""
    report = validate(turtle(text), engine=engine)
    assert names(report) == ([] if holds else ["period-order"])
    if not holds:
        # the date of the data is reported, not the day that was compared
        assert str(report.findings[0].value) == str(turtle(f"<a> <b> {start} .")[0].object)


def test_blank_nodes_keep_their_names(engine):
    quads = turtle('_:b a klim:Company ; rdfs:label "Bolaget"@sv, "The company"@en .')
    (finding,) = validate(quads, engine=engine).findings
    assert finding.shape == SHAPE + "Thing"
    assert finding.node == quads[0].subject == finding.value
    assert finding.message("sv").startswith("”Bolaget”")


def test_strings_are_strings_whatever_their_type_says(engine):
    """The border between pyoxigraph and rdflib: "SE" is in ("SE")."""
    own = shapes('ex:s a sh:NodeShape ; sh:targetClass klim:City ; sh:property ex:p . '
                 'ex:p sh:path klim:country ; sh:in ( "SE" ) ; sh:hasValue "SE" .')  # fmt: skip
    assert validate(turtle(CITY % "9901"), shapes=own, engine=engine).findings == ()


def test_numbers_are_compared_by_value(engine):
    """The store writes 5.00 as 5, so both engines are told 5."""
    own = shapes("ex:s a sh:NodeShape ; sh:targetSubjectsOf klim:value ; sh:property ex:p . "
                 "ex:p sh:path klim:value ; sh:maxInclusive 4.0 .")  # fmt: skip
    report = validate(turtle("<a> klim:value 5.00 ."), shapes=own, engine=engine)
    assert [f.value.value for f in report.findings] == ["5"]


def test_constraints_in_sparql_speak_for_themselves(engine):
    own = shapes(
        """
    ex:s a sh:NodeShape ; sh:targetClass klim:City ; sh:sparql ex:q .
    ex:q a sh:SPARQLConstraint ; sh:message "inte {?value}"@sv, "not {?value}"@en ;
        sh:select "SELECT $this ?value WHERE { $this <CODE> ?value }" .
    """.replace("CODE", KLIM + "municipalityCode")
    )
    (finding,) = validate(turtle(CITY % "9901"), shapes=own, engine=engine).findings
    assert finding.component == "SPARQL"
    assert "9901" in finding.message("sv") and "9901" in finding.message("en")


def test_anonymous_shapes_are_reported_by_the_shape_around_them(engine):
    own = shapes("""
    ex:s a sh:NodeShape ; sh:targetClass klim:City ;
        sh:property [ sh:path klim:joinedWave ; sh:minCount 1 ; sh:message "ingen omgång"@sv ] ,
                    [ sh:path klim:homepage ; sh:minCount 1 ] .
    """)
    report = validate(turtle(CITY % "9901"), shapes=own, engine=engine)
    assert {f.shape for f in report.findings} == {"https://example.org/s"}
    assert {f.message("sv") for f in report.findings} == {
        "ingen omgång",
        "”Provby” har för få värden för webbplats.",
    }


def test_a_severity_of_ones_own_is_not_lost(engine):
    own = shapes("ex:s a sh:NodeShape ; sh:targetClass klim:City ; sh:property ex:p . "
                 "ex:p sh:path klim:homepage ; sh:minCount 1 ; sh:severity ex:Wish .")  # fmt: skip
    (finding,) = validate(turtle(CITY % "9901"), shapes=own, engine=engine).findings
    assert finding.severity == "warning"


def test_words_that_the_ontology_lacks_are_told():
    report = validate(turtle(CITY % "9901" + "<city/se/provby> klim:municipalityCod 1 ."))
    (issue,) = [i for i in report.issues if i.code == "undeclared-word"]
    assert "klim:municipalityCode" in issue.message("sv")
    assert report.conforms  # told, but no rule of SHACL is broken


def test_things_without_a_shape_are_listed():
    report = validate(turtle(CITY % "9901" + 'ex:other rdfs:label "x" .'))
    assert report.uncovered == ("https://example.org/other",)


def test_shapes_that_found_nothing_are_listed():
    report = validate(turtle(CITY % "9901"))
    assert SHAPE + "Adoption" in report.targets_nothing
    assert SHAPE + "City" not in report.targets_nothing


def test_an_unknown_engine_is_refused():
    with pytest.raises(UnknownName, match="pyshacl"):
        validate([], engine="pyshackl")


def test_a_missing_engine_is_named_with_its_pip_line_and_not_replaced(monkeypatch):
    monkeypatch.delitem(sys.modules, "shacl", raising=False)
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "shacl":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"pip install 'klimatgraph\[fast\]'"):
        validate(turtle(CITY % "9901"), engine="shacl")


def test_shapes_come_from_files(tmp_path, engine):
    file = tmp_path / "own.ttl"
    file.write_text(
        HEAD + "ex:s a sh:NodeShape ; sh:targetClass klim:City ; sh:property ex:p . "
        "ex:p sh:path klim:homepage ; sh:minCount 1 .", encoding="utf-8",
    )  # fmt: skip
    for given in ([file], [str(file)], str(file), file):
        assert len(validate(turtle(CITY % "9901"), shapes=given, engine=engine)) == 1


def test_files_that_are_no_shapes_are_refused(tmp_path):
    broken, empty = tmp_path / "broken.ttl", tmp_path / "empty.ttl"
    broken.write_text("ex:s a", encoding="utf-8")
    empty.write_text(HEAD + "ex:a ex:b ex:c .", encoding="utf-8")
    with pytest.raises(FormatError, match=r"broken\.ttl"):
        validate([], shapes=[broken])
    with pytest.raises(InputError, match="no shapes"):
        validate([], shapes=[empty])
    with pytest.raises(InputError, match="no file of shapes"):
        validate([], shapes=[])


def test_shapes_that_find_nothing_at_all_are_refused(engine):
    own = shapes("ex:s a sh:NodeShape ; sh:targetClass klim:Adoption ; sh:nodeKind sh:IRI .")
    with pytest.raises(InputError, match="anything to check"):
        validate(turtle(CITY % "9901"), shapes=own, engine=engine)


@pytest.mark.parametrize(
    "shape",
    [
        "ex:s a sh:NodeShape ; sh:targetClass klim:City ; sh:property ex:p . ex:p sh:path "
        'klim:country ; sh:pattern "(" .',
        "ex:s a sh:NodeShape ; sh:targetClass klim:City ; sh:property ex:p . "
        "ex:p sh:path klim:country ; sh:lessThan 5 .",
    ],
)
def test_shapes_that_make_no_sense_end_in_one_line(engine, shape):
    with pytest.raises(KlimatgraphError) as caught:
        validate(turtle(CITY % "9901"), shapes=shapes(shape), engine=engine)
    assert "\n" not in str(caught.value)


def test_an_engine_that_stops_says_what_to_do():
    own = shapes("ex:s a sh:NodeShape ; sh:targetSubjectsOf klim:year ; sh:property ex:p . "
                 "ex:p sh:path klim:year ; sh:lessThanOrEquals klim:baseYear .")  # fmt: skip
    data = turtle('<a> klim:year "2025"^^xsd:gYear ; klim:baseYear "2024"^^xsd:gYear .')
    with pytest.raises(EngineError, match="use the engine shacl"):
        validate(data, shapes=own, engine="pyshacl")


def test_nothing_is_printed_and_logging_is_left_alone(engine, capfd):
    root = logging.getLogger()
    before = (root.level, list(root.handlers))
    validate(turtle(CITY % "12"), engine=engine)
    assert capfd.readouterr() == ("", "")
    assert (root.level, list(root.handlers)) == before


def test_the_report_is_the_same_each_time(engine):
    data = turtle(CITY % "12" + '<project/p> a klim:Project ; klim:amount "x" .')
    first = validate(data, engine=engine).to_json("en")
    assert first == validate(list(reversed(data)), engine=engine).to_json("en")


def test_shapes_stay_as_they_were(engine):
    graph = ShapesGraph.shipped_shapes()
    before = sorted(graph.turtle().splitlines())
    for _ in range(2):  # the second run uses what the first has kept
        assert names(validate(turtle(CITY % "1"), graph, engine)) == ["municipalityCode-pattern"]
    assert sorted(graph.turtle().splitlines()) == before


def test_hostile_names_stay_text(engine):
    name = '{value} {klim:party} </script><script>alert(1)</script> | "x"'
    city = ox.NamedNode("https://w3id.org/klimatgraph/id/city/se/provby")
    quads = [q for q in turtle(CITY % "12") if q.predicate != expand("rdfs:label")] + [
        ox.Quad(city, expand("rdfs:label"), ox.Literal(name, language=lang))
        for lang in ("sv", "en")
    ]
    report = validate(quads, engine=engine)
    assert name in report.findings[0].message("sv")  # places in values are not filled in
    assert "<script>" not in report._repr_html_()
    assert "<script>" not in report.to_markdown()
