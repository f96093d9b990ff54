"""Targets: those of the city, not those of others, of names, of the past or given up."""

from __future__ import annotations

import pytest

from klimatgraph.reading.rules.targets import targets

# Text, and the targets that a person reads: kind year value unit base-year scope.
CASES = [
    ("Lund ska vara klimatneutralt 2030.", "climate-neutral 2030 - - - unspecified-scope"),
    ("Senast 2030 ska kommunen ha nettonollutsläpp.",
     "climate-neutral 2030 - - - unspecified-scope"),
    ("Vi ska bli klimatpositiva till 2045.", "climate-positive 2045 - - - unspecified-scope"),
    ("Utsläppen ska minska med 80 % till 2030 jämfört med 1990.",
     "emission-reduction 2030 80 percent 1990 unspecified-scope"),
    ("De territoriella utsläppen ska minska med minst 85 procent till år 2030 jämfört med 1990 års "
     "nivå.", "emission-reduction 2030 85 percent 1990 geographic"),
    ("De konsumtionsbaserade utsläppen ska halveras till 2030.",
     "emission-reduction 2030 50 percent - consumption-based"),
    ("Vi ska minska utsläppen med 16 procent per år.",
     "annual-reduction - 16 percent-per-year - unspecified-scope"),
    ("Kommunens egna transporter ska vara fossilfria 2025.",
     "fossil-free 2025 - - - transport-sector"),
    ("Utsläppen ska vara högst 1,7 ton CO2e per person 2030.",
     "emission-level 2030 1.7 tonne-co2e-per-person - unspecified-scope"),
    ("Reduce emissions by 80 per cent by 2030 compared with 1990.",
     "emission-reduction 2030 80 percent 1990 unspecified-scope"),
    ("The city aims to be climate positive by 2050 including consumption.",
     "climate-positive 2050 - - - geographic-and-consumption"),
    ("Kommunen ska vara klimatneutral 2030 och klimatpositiv 2045.",
     "climate-neutral 2030 - - - unspecified-scope; "
     "climate-positive 2045 - - - unspecified-scope"),
    ("Biltrafiken ska minska med 20 % till 2030.",
     "traffic-reduction 2030 20 percent - transport-sector"),
]  # fmt: skip
NONE = [
    "Utsläppen har minskat med 35 % sedan 1990.",
    "Målet om klimatneutralitet 2025 är inte längre aktuellt.",
    "Projektet Klimatneutrala Lund 2030 leds av kommunen.",
    "Vi deltar i Klimatneutrala städer 2030.",
    "Klimatkontrakt 2030 är ett verktyg.",
    "Under 2026 ska planen ses över.",
    "Ca 57 % av utsläppen kommer från transporter.",
    "Klimatneutralitet är viktigt.",
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_target_as_a_person_reads_it(make, text: str, expected: str) -> None:  # type: ignore[no-untyped-def]
    names = ("target", "year", "value", "unit", "base-year", "scope")
    found = [" ".join(c.fact.get(n) or "-" for n in names) for c in targets(make(text))]
    assert found == expected.split("; ")


def test_a_range_keeps_both_ends(make) -> None:  # type: ignore[no-untyped-def]
    (found,) = targets(make("Vi ska minska utsläppen med 10–14 procent per år."))
    assert (found.fact["value"], found.fact["max"]) == ("10", "14")


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_target(make, text: str) -> None:  # type: ignore[no-untyped-def]
    assert [str(c.fact) for c in targets(make(text))] == []


def test_a_target_of_somebody_else_is_not_the_citys(make) -> None:  # type: ignore[no-untyped-def]
    text = "Sveriges klimatpolitiska ramverk säger nettonollutsläpp senast 2045."
    names = {"Sveriges klimatpolitiska ramverk": "policy/sveriges-klimatpolitiska-ramverk"}
    assert list(targets(make(text, names=names))) == []


def test_in_line_with_the_mission_is_inferred(make) -> None:  # type: ignore[no-untyped-def]
    text = "Kommunen har satt upp mål i linje med EU:s mission om klimatneutrala städer 2030."
    names = {"EU:s mission": "initiative/eu-cities-mission"}
    (found,) = targets(make(text, names=names))
    assert found.fact["about"] == "city/se/lund" and found.confidence < 1


def test_targets_of_policies_in_the_introduction(make) -> None:  # type: ignore[no-untyped-def]
    text = (
        "Det stödjer det klimatpolitiska ramverket med målet nettonollutsläpp senast 2045, liksom "
        "EU:s målsättning om klimatneutralitet senast 2050 och EU:s mission om 100 klimatneutrala "
        "städer till 2030."
    )
    names = {
        "klimatpolitiska ramverket": "policy/sveriges-klimatpolitiska-ramverk",
        "EU:s mission": "initiative/eu-cities-mission",
    }
    found = targets(make(text, "Klimatkontrakt 2030", names=names))
    assert [(c.fact["about"], c.fact["year"], c.fact.get("value")) for c in found] == [
        ("policy/sveriges-klimatpolitiska-ramverk", "2045", ""),
        ("policy/eu-klimatneutralitet-2050", "2050", ""),
        ("initiative/eu-cities-mission", "2030", "100"),
    ]


def test_a_table_of_targets(make) -> None:  # type: ignore[no-untyped-def]
    table = (
        "| Mål | År | Minskning | Basår | Omfattning |\n| --- | --- | --- | --- | --- |\n"
        "| Minskade utsläpp | 2030 | 85 % | 1990 | geografiskt område |\n"
        "| Klimatneutral | 2035 |  |  | kommunkoncernen |\n"
    )
    names = ("target", "year", "value", "base-year", "scope")
    found = targets(make(table, ending=".md"))
    assert [[c.fact.get(n) for n in names] for c in found] == [
        ["emission-reduction", "2030", "85", "1990", "geographic"],
        ["climate-neutral", "2035", "", "", "municipal-group"],
    ]
