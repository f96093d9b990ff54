"""Names: as people write them, and never as query text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import klimatgraph as kg
from klimatgraph.errors import KlimatgraphError, ParameterError, UnknownName
from klimatgraph.terms import ID

UMEA = ID + "city/se/umea"


@pytest.mark.parametrize(
    "name", ["Umeå", "umeå", "UMEÅ", " Umeå  kommun ", "2480", "Umea", "Ume\u0061\u030a", UMEA]
)
def test_a_city_by_any_of_its_names(graph: kg.KlimatGraph, name: str) -> None:
    assert graph.lookup.find("city", name).value == UMEA


@pytest.mark.parametrize(
    ("kind", "name", "iri"),
    [
        ("city", "Gothenburg", "city/se/goteborg"),
        ("agency", "Swedish Energy Agency", "agency/se/energimyndigheten"),
        ("edition", "2025/26", "edition/klimatkontrakt/2025-26"),
        ("theme", "transport and mobility", "theme/mobility"),
        ("instrument", "Horisont Europa", "instrument/horizon-europe"),
        ("code", "scope/scope-3", "code/scope/scope-3"),
    ],
)
def test_other_kinds(graph: kg.KlimatGraph, kind: str, name: str, iri: str) -> None:
    assert graph.lookup.find(kind, name).value == ID + iri


def test_an_unknown_city_suggests_near_ones(graph: kg.KlimatGraph) -> None:
    with pytest.raises(UnknownName, match="did you mean Umeå"):
        graph.city("Umea kommun…")
    with pytest.raises(UnknownName) as caught:
        graph.city("Qqqq")
    assert "did you mean" not in str(caught.value)


def test_who_writes_the_dots_means_them(graph: kg.KlimatGraph) -> None:
    with pytest.raises(UnknownName):
        graph.city("Ümeå")


def test_a_city_by_its_code_as_a_number_or_from_a_row(graph: kg.KlimatGraph) -> None:
    """Codes read from a table are numbers, and 0180 has lost its zero."""
    assert graph.city(2480).iri == UMEA
    assert graph.city(180).label == "Stockholm"
    row = graph.ask("cities-with-commitment", commitment=6)[0]
    assert graph.city(row["city"]).iri == UMEA
    assert len(graph.shared(graph.city("Umeå"), 1280)) == len(graph.shared("Umeå", "Malmö"))


@pytest.mark.parametrize("name", [None, ["Umeå", "Malmö"], True, 1.5])
def test_what_is_no_name_is_refused(graph: kg.KlimatGraph, name: Any) -> None:
    with pytest.raises(ParameterError, match=f"not by {type(name).__name__}"):
        graph.city(name)
    with pytest.raises(ParameterError, match="named by a text"):
        graph.lookup.find_any(name)


def test_an_agency_is_no_city(graph: kg.KlimatGraph) -> None:
    with pytest.raises(UnknownName):
        graph.city("Vinnova")
    assert graph.lookup.find_any("Vinnova").value == ID + "agency/se/vinnova"


def test_a_name_of_several_things_asks_for_the_iri(graph: kg.KlimatGraph) -> None:
    """Commitments of several editions have the number 4.1."""
    with pytest.raises(ParameterError, match="full IRI"):
        graph.lookup.find("commitment", "4.1")


def test_an_unknown_kind_is_said(graph: kg.KlimatGraph) -> None:
    with pytest.raises(ParameterError, match="no kind of thing"):
        graph.lookup.find("planet", "Umeå")


@settings(max_examples=60, deadline=None)
@given(name=st.text(max_size=60))
def test_any_text_is_looked_up_as_a_name(graph: kg.KlimatGraph, name: str) -> None:
    """Quotes, braces and newlines find nothing and break nothing."""
    try:
        graph.city(name)
    except KlimatgraphError as error:
        assert "\n" not in str(error)


def test_injection_finds_nothing(graph: kg.KlimatGraph) -> None:
    for name in ['Umeå" . ?s ?p ?o . "', "Umeå> } UNION { ?a ?b ?c", "{}}\n#", "'; DROP ALL"]:
        with pytest.raises(UnknownName):
            graph.city(name)
