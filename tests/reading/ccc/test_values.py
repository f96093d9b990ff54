"""Costs and reductions as cells write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimatgraph.reading.ccc.values import cost, is_yearly, reduction

COSTS = [
    ("€13,281,527.00", "", "13281527", None, "euro"),
    ("622 800 EUR", "", "622800", None, "euro"),
    ("5 MSEK", "", "5000000", None, "swedish-krona"),
    ("1.2–1.5 M€", "", "1200000", "1500000", "euro"),
    ("12 Mio € / 2400 € per t GHG", "", "12000000", None, "euro"),
    ("159,9 M€ or [6662 €/tonne CO2]", "", "159900000", None, "euro"),
    ("Total: 0,5-1,6 MEUR", "", "500000", "1600000", "euro"),
    ("Buses 2 M€, bikes 1 M€, total 3 M€", "", "3000000", None, "euro"),
    ("PLN 30 million", "", "30000000", None, "polish-zloty"),
    ("DKK 5 million", "", "5000000", None, "danish-krone"),
    ("3.30", "CapEx [Mln€]", "3300000", None, "euro"),
    ("12", "Costs in thousand EUR", "12000", None, "euro"),
    ("€ 350.000 total cost € 532/t CO₂", "", "350000", None, "euro"),
    ("700'000 €", "", "700000", None, "euro"),
    ("85.000", "Costs [€]", "85000", None, "euro"),
]
REDUCTIONS = [
    ("1679.2 t of CO2e", "", "1679.2", None, "tonne-co2e"),
    ("0–1 ton", "", "0", "1", "tonne-co2e"),
    ("12 kt/a", "", "12", None, "kilotonne-co2e"),
    ("303 KT", "", "303", None, "kilotonne-co2e"),
    ("2 802,41 t CO₂e", "", "2802.41", None, "tonne-co2e"),
    ("77,000", "GHG emissions reduction (tCO2e)", "77000", None, "tonne-co2e"),
    ("157,716 tCO2", "", "157716", None, "tonne-co2e"),
]


@pytest.mark.parametrize(("text", "head", "low", "high", "unit"), COSTS)
def test_costs(text: str, head: str, low: str, high: str | None, unit: str) -> None:
    found = cost(text, head)
    assert found is not None
    assert (found.value, found.high, found.unit) == (Decimal(low), high and Decimal(high), unit)


@pytest.mark.parametrize(
    "text",
    ["TBD", "N/A", "", "18 MSEK/year", "79.501.374€ out of 106.341.374€", "Within ordinary budget",
     "615 MSEK in investments, 24 MSEK/year", "100 million kr", "300 € per tree", "1.2.3 €"],
)  # fmt: skip
def test_what_gives_no_one_cost(text: str) -> None:
    assert cost(text) is None


@pytest.mark.parametrize(("text", "head", "low", "high", "unit"), REDUCTIONS)
def test_reductions(text: str, head: str, low: str, high: str | None, unit: str) -> None:
    found = reduction(text, head)
    assert found is not None
    assert (found.value, found.high, found.unit) == (Decimal(low), high and Decimal(high), unit)


@pytest.mark.parametrize(
    "text",
    ["TBD", "Included in the action above", "Contributes to 32 kt CO2e", "0.097 t/MWh", "90 %",
     "77,000", "Scope 1: 8 t CO2e, scope 3: 10 t CO2e"],
)  # fmt: skip
def test_what_gives_no_one_reduction(text: str) -> None:
    assert reduction(text) is None


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("9.850 tonnes CO₂/year", "sv", 9850),
        ("9.850 tonnes CO₂/year", "en", None),  # three decimals would have to be believed
        ("9.850 tonnes CO₂/year", "", None),
        ("9.850 tonnes CO₂/year", "mixed", None),
        ("9,850 tonnes CO₂/year", "en", 9850),
        ("9,850 tonnes CO₂/year", "", 9850),
        ("9,850 tonnes CO₂/year", "sv", None),
    ],
)
def test_a_mass_is_read_as_its_document_writes_numbers(
    text: str, style: str, value: int | None
) -> None:
    found = reduction(text, "", style)
    assert (None if found is None else found.value) == value


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("1.038 M€", "en", 1038000),
        ("1,038 M€", "sv", 1038000),
        ("1,038 M€", "en", 1038000000),
        ("1.038 M€", "", None),
        ("150.000 €", "en", 150000),
        ("1,680 000 €", "en", None),
        ("22.000€ – per bench", "sv", None),
    ],
)
def test_money_has_three_decimals_only_in_millions(
    text: str, style: str, value: int | None
) -> None:
    found = cost(text, "", style)
    assert (None if found is None else found.value) == value


def test_a_number_within_prose_is_left_unread() -> None:
    text = "The programme began early and has many parts in the north and the south, " * 2
    assert cost(f"{text}costs 5 M€") is None and cost(f"5 M€. {text}") is not None


@pytest.mark.parametrize(
    ("text", "yearly"),
    [("12 kt/a", True), ("12 kt CO2 per year", True), ("12 kt", False), ("12 kt by 2030", False)],
)
def test_whether_a_year_is_meant(text: str, yearly: bool) -> None:
    assert is_yearly(text) is yearly


@given(st.text(max_size=60), st.text(max_size=30))
def test_any_text_gives_a_number_or_none(text: str, head: str) -> None:
    for found in (cost(text, head), reduction(text, head)):
        assert found is None or found.value >= 0
