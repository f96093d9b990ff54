"""The copy that the engines see, and the words for what it holds."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimatgraph.terms import KLIM, expand, thing
from klimatgraph.validation.messages import Speaker, engine_messages
from klimatgraph.validation.prepared import Prepared, possible_day
from klimatgraph.validation.shapes import ShapesGraph

XSD = "http://www.w3.org/2001/XMLSchema#"
LABEL = expand("rdfs:label")
UMEA = thing("city", "se", "umea")


def date(text, kind):
    return ox.Literal(text, datatype=ox.NamedNode(XSD + kind))


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("2028", "gYear", "2028-01-01", "2028-12-31"),
        ("2028-02", "gYearMonth", "2028-02-01", "2028-02-29"),
        ("2100-02", "gYearMonth", "2100-02-01", "2100-02-28"),
        ("2028-02-17", "date", "2028-02-17", "2028-02-17"),
    ],
)
def test_possible_days(text, kind, first, last):
    assert possible_day(date(text, kind), last=False) == date(first, "date")
    assert possible_day(date(text, kind), last=True) == date(last, "date")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2028-13", "gYearMonth"), ("2028-00", "gYearMonth"), ("2027-02-29", "date"),
        ("2028", "date"), ("2028-02", "gYear"), ("2028", "string"), ("0000", "gYear"),
        ("snart", "gYear"), ("2028-02-17T00:00:00", "dateTime"),
    ],
)  # fmt: skip
def test_what_is_no_date_has_no_days(text, kind):
    assert possible_day(date(text, kind), last=False) is None


def test_an_iri_has_no_days():
    assert possible_day(UMEA, last=True) is None


@given(st.dates())
def test_every_day_lies_between_the_first_and_last_of_its_year(day):
    year = date(f"{day.year:04}", "gYear")
    first, last = possible_day(year, False), possible_day(year, True)
    own = possible_day(date(day.isoformat(), "date"), False)
    assert first.value <= own.value <= last.value


def test_graphs_are_one():
    quads = [
        ox.Quad(UMEA, LABEL, ox.Literal("Umeå", language=lang), thing("graph", lang))
        for lang in ("sv", "en")
    ]
    assert len(Prepared(quads).values(UMEA, [LABEL])) == 2


def test_paths_are_followed_each_value_once():
    a, b, c = (thing("x", n) for n in "abc")
    part = expand("klim:partOf")
    data = Prepared([ox.Quad(a, part, b), ox.Quad(a, part, c), ox.Quad(b, part, UMEA),
                     ox.Quad(c, part, UMEA)])  # fmt: skip
    assert data.values(a, [part, part]) == [UMEA]
    assert data.values(UMEA, [part]) == []


def test_the_hierarchy_has_no_circles_to_be_caught_in():
    a, b = ox.NamedNode(KLIM + "A"), ox.NamedNode(KLIM + "B")
    sub = expand("rdfs:subClassOf")
    data = Prepared([ox.Quad(a, sub, b), ox.Quad(b, sub, a)])
    assert data.subclasses(a) == {a, b}


@pytest.fixture
def speakers():
    def make(quads):
        data, shapes = Prepared(quads), ShapesGraph.shipped_shapes()
        return {lang: Speaker(data, shapes, lang) for lang in ("sv", "en")}

    return make


def test_things_go_by_their_label(speakers):
    said = speakers([ox.Quad(UMEA, LABEL, ox.Literal("Umeå", language="sv"))])
    assert said["sv"].quoted(UMEA) == "”Umeå”" and said["en"].quoted(UMEA) == "“Umeå”"
    assert said["sv"].quoted(thing("city", "se", "nowhere")) == "”id:city/se/nowhere”"
    assert said["en"].quoted(thing("theme", "mobility")) == "“transport and mobility”"


def test_literals_show_type_and_language_when_those_matter(speakers):
    said = speakers([])["sv"]
    assert said.quoted(date("2030", "gYear")) == "”2030”"
    assert said.quoted(date("2030", "gYear"), typed=True) == "”2030” (xsd:gYear)"
    assert said.quoted(ox.Literal("stad", language="fi")) == "”stad” (@fi)"
    assert said.quoted(ox.Literal("")) == "””"


def test_long_values_are_cut(speakers):
    shown = speakers([])["sv"].quoted(ox.Literal("x" * 5000))
    assert len(shown) < 250 and shown.endswith("…”")


def test_blank_nodes_have_no_changing_names(speakers):
    said = speakers([])
    assert said["sv"].quoted(ox.BlankNode()) == "”en nod utan namn”"
    assert said["en"].quoted(ox.BlankNode()) == "“a node without a name”"


def test_shapes_without_a_message_get_one(speakers):
    quads = [ox.Quad(UMEA, expand("klim:country"), ox.Literal(c)) for c in ("SE", "FI")]
    data = Prepared(quads)
    own = ShapesGraph(
        ox.parse(
            "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:p> sh:path "
            f"<{KLIM}country> ; sh:maxCount 1 .", ox.RdfFormat.TURTLE,
        )
    )  # fmt: skip
    shape = ox.NamedNode("urn:p")
    sv = Speaker(data, own, "sv").message(shape, "MaxCount", UMEA, None, {})
    en = Speaker(data, own, "en").message(shape, "MaxCount", UMEA, None, {})
    assert sv == "”id:city/se/umea” har för många värden för land: ”FI”, ”SE”."
    assert en == "“id:city/se/umea” has too many values of country: “FI”, “SE”."
    other = Speaker(data, own, "en").message(shape, "Xone", UMEA, UMEA, {})
    assert "Xone" in other and "country" in other


def test_braces_that_are_no_place_stay():
    own = ShapesGraph(
        ox.parse(
            "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:p> sh:path "
            f'<{KLIM}country> ; sh:message "a {{b}} {{no:such}} {{value}}" .', ox.RdfFormat.TURTLE,
        )
    )  # fmt: skip
    said = Speaker(Prepared([]), own, "sv")
    message = said.message(ox.NamedNode("urn:p"), "In", UMEA, ox.Literal("v"), {})
    assert message == "a {b} {no:such} ”v”"


def test_messages_of_engines_are_sorted_by_language():
    assert engine_messages([("en", "a"), ("sv", "b"), ("en", "c")]) == {"en": "a", "sv": "b"}
