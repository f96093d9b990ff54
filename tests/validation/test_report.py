"""The forms of a report, in both languages."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest

from klimatgraph.errors import DataError, ParameterError
from klimatgraph.validation import Report, validate

DATA = """
@prefix klim: <https://w3id.org/klimatgraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@base <https://w3id.org/klimatgraph/id/> .
<city/se/a> a klim:Municipality ; rdfs:label "Aby"@sv, "Aby"@en ; klim:country "SE" ;
    klim:municipalityCode "12" .
<city/se/b> a klim:Municipality ; rdfs:label "Beby"@sv, "Beby"@en ; klim:country "SE" .
<city/fi/c> a klim:City ; rdfs:label "Ceby"@sv ; klim:country "FI" .
<https://example.org/x> rdfs:label "x"@sv .
"""


@pytest.fixture(scope="module")
def report():
    return validate(list(ox.parse(DATA, ox.RdfFormat.TURTLE)))


@pytest.fixture
def empty():
    return Report(findings=(), engine="pyshacl")


def test_violations_come_first(report):
    assert [f.severity for f in report.findings] == ["violation", "violation", "warning"]
    assert len(report) == 3 and not report.conforms and not report
    assert [len(report.of(s)) for s in ("violation", "warning", "info")] == [2, 1, 0]


def test_an_empty_report_is_good_news(empty):
    assert empty.conforms and bool(empty) and len(empty) == 0
    empty.raise_for_errors()
    assert "0 fel" in str(empty)
    assert "<table>" not in empty._repr_html_()


def test_raise_for_errors_names_the_first(report):
    with pytest.raises(DataError, match=r"2 violations in the data: “Ceby”.*English") as caught:
        report.raise_for_errors()
    assert caught.value.exit_code == 1


def test_warnings_alone_do_not_raise(report):
    Report(findings=tuple(report.of("warning")), engine="pyshacl").raise_for_errors()


def test_text_in_both_languages(report):
    sv, en = report.to_text("sv"), report.to_text("en")
    assert str(report) == sv
    assert "fel: id:city/se/a · kommunkod" in sv and "error: id:city/se/a · municipality code" in en
    assert "2 fel, 1 varning, 0 upplysningar; 3 saker kontrollerade, 1 utan form" in sv
    assert "2 errors, 1 warning, 0 notices; 3 things checked, 1 without a shape" in en
    assert "Förslag: Menades ”0012”?" in sv and "Suggestion: Was “0012” meant?" in en
    assert "Ingen form gäller: https://example.org/x" in sv


def test_the_language_of_the_report_is_the_default():
    quads = list(ox.parse(DATA, ox.RdfFormat.TURTLE))
    assert str(validate(quads, lang="en")).startswith("pyshacl: 2 errors")


def test_rows_are_plain_values(report):
    row = report.to_rows("en")[1]
    assert row["focus"] == "https://w3id.org/klimatgraph/id/city/se/a"
    assert (row["label"], row["path"], row["value"]) == ("Aby", "municipality code", "12")
    assert row["severity"] == "violation" and row["component"] == "Pattern"
    assert row["shape"] == "https://w3id.org/klimatgraph/shapes#municipalityCode-pattern"
    assert row["turtle"].endswith('#municipalityCode> "0012" .')


def test_json_is_one_object(report):
    made = json.loads(report.to_json("sv"))
    assert made["conforms"] is False and made["engine"] == "pyshacl"
    assert made["counts"] == {"violation": 2, "warning": 1, "info": 0}
    assert len(made["findings"]) == 3 and made["covered"] == 3
    assert made["uncovered"] == ["https://example.org/x"]


def test_csv_has_a_line_a_finding(report):
    rows = list(csv.reader(io.StringIO(report.to_csv("en"))))
    assert rows[0] == [
        "severity", "thing", "property", "value", "what is wrong", "suggestion", "shape",
    ]  # fmt: skip
    assert len(rows) == 4 and {len(row) for row in rows} == {7}
    assert next(csv.reader(io.StringIO(report.to_csv("sv"))))[0] == "allvar"


def test_markdown_is_a_table(report):
    lines = report.to_markdown("sv").splitlines()
    table = [line for line in lines if line.startswith("|")]
    assert len(table) == 2 + 3 and {line.count("|") for line in table} == {8}


def test_html_is_escaped_and_whole(report):
    made = report._repr_html_()
    assert made.count("<tr>") == 1 + 3 and made.count("</table>") == 1
    assert "”Ceby” saknar ”etikett” på engelska." in made


def test_formats_by_name(report):
    assert report.render("table", "en") == report.to_text("en")
    assert report.render("json", "sv") == report.to_json("sv")
    assert report.render("md") == report.to_markdown()
    assert report.render("csv") == report.to_csv()
    with pytest.raises(ParameterError, match="xml"):
        report.render("xml")


def test_unknown_languages_and_severities_are_refused(report):
    with pytest.raises(ParameterError, match="'de'"):
        report.to_text("de")
    with pytest.raises(ParameterError, match="'de'"):
        report.findings[0].message("de")
    with pytest.raises(ParameterError, match="fatal"):
        report.of("fatal")


def test_a_finding_knows_its_thing(report):
    finding = report.findings[1]
    assert finding.focus.iri == "https://w3id.org/klimatgraph/id/city/se/a"
    assert str(finding.entity("en")) == "Aby"
    assert finding.path("sv") == "kommunkod" and finding.path("en") == "municipality code"
    assert finding.key == (
        "<https://w3id.org/klimatgraph/id/city/se/a>", "Pattern", '"12"', "violation",
    )  # fmt: skip
