"""Emissions by scope and sector, in words and tables."""

from __future__ import annotations

import pytest

from klimatgraph.reading.rules.emissions import emissions

NAMES = ("scope", "sector", "part", "year", "value", "unit", "status")
CASES = [
    ("▪ Scope 1 [283 kton CO2e] - Ca 57% av utsläppen kommer från transportsektorn, även utsläpp "
     "från energiproduktion räknas in.",
     ["scope-1 - - - 283 kilotonne-co2e known", "scope-1 transport - - 57 percent approximate",
      "scope-1 energy-production - - - - not-stated"]),
    ("▪ Scope 2 [7,7 kton CO2e] - Omfattar framför allt elanvändning.",
     ["scope-2 - - - 7.7 kilotonne-co2e known", "scope-2 electricity-use - - - - not-stated"]),
    ("▪ Scope 3 [TBD] - Omfattar inköp av varor och tjänster (resor, mat).",
     ["scope-3 - - - - - to-be-determined", "scope-3 goods-services - - - - not-stated",
      "scope-3 - resor - - - not-stated", "scope-3 - mat - - - not-stated"]),
    ("▪ Scope 1 (2022): ca 1 234 ton CO2e.",
     ["scope-1 - - 2022 1234 tonne-co2e approximate"]),
    ("År 2020 var de territoriella utsläppen 285 kton CO2e.",
     ["geographic - - 2020 285 kilotonne-co2e known"]),
    ("De konsumtionsbaserade utsläppen är 8,2 ton CO2e per person.",
     ["consumption-based - - - 8.2 tonne-co2e-per-person known"]),
    ("Jordbruket står för 12 % av utsläppen 2021.",
     ["- agriculture - 2021 12 percent known"]),
]  # fmt: skip
NONE = [
    "Utsläppen ska vara högst 100 kton CO2e 2030.",
    "Utsläppen ska minska med 80 % till 2030.",
    "Vi köper 300 ton grus.",
    "57 % av resorna görs med cykel.",
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_emissions_as_a_person_reads_them(make, text: str, expected: list[str]) -> None:  # type: ignore[no-untyped-def]
    found = [" ".join(c.fact.get(n) or "-" for n in NAMES) for c in emissions(make(text))]
    assert found == expected


def test_a_range_keeps_both_ends(make) -> None:  # type: ignore[no-untyped-def]
    (found,) = emissions(make("År 2020 var utsläppen mellan 250 och 285 kton CO2e."))
    assert (found.fact["value"], found.fact["max"]) == ("250", "285")


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_emission(make, text: str) -> None:  # type: ignore[no-untyped-def]
    assert [str(c.fact) for c in emissions(make(text))] == []


def test_a_table_by_sector_and_year(make) -> None:  # type: ignore[no-untyped-def]
    table = (
        "Utsläpp efter sektor, kton CO2e:\n\n| Sektor | 2019 | 2021 |\n| --- | --- | --- |\n"
        "| Transporter | 45,2 | 41 |\n| Jordbruk | 12 | TBD |\n| Totalt | 57,2 |  |\n"
    )
    found = emissions(make(table, ending=".md"))
    assert [" ".join(c.fact.get(n) or "-" for n in NAMES) for c in found] == [
        "- transport - 2019 45.2 kilotonne-co2e known",
        "- transport - 2021 41 kilotonne-co2e known",
        "- agriculture - 2019 12 kilotonne-co2e known",
        "- agriculture - 2021 - - to-be-determined",
        "- - - 2019 57.2 kilotonne-co2e known",
    ]
