"""Numbers with units, as Swedish and English contracts write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimatgraph.reading.numbers import number, quantities

# Text, language, and what a person reads: value, unit, about, upper end.
CASES = [
    ("7,7 kton CO2e", "sv", "7.7", "kilotonne-co2e", False, None),
    ("1 234 ton", "sv", "1234", "tonne-co2e", False, None),
    ("1\u202f234 ton CO2e", "sv", "1234", "tonne-co2e", False, None),
    ("1\u00a0234\u00a0567 ton", "sv", "1234567", "tonne-co2e", False, None),
    ("ca 57 %", "sv", "57", "percent", True, None),
    ("Ca 57% av utsläppen", "sv", "57", "percent", True, None),
    ("drygt hälften, cirka 55 procent", "sv", "55", "percent", True, None),
    ("130 miljoner euro", "sv", "130000000", "euro", False, None),
    ("ca €130 miljoner fram till 2050", "sv", "130000000", "euro", True, None),
    ("5 mnkr", "sv", "5000000", "swedish-krona", False, None),
    ("2,3 miljarder kronor till 2035", "sv", "2300000000", "swedish-krona", False, None),
    ("40 tkr", "sv", "40000", "swedish-krona", False, None),
    ("250 000 kr", "sv", "250000", "swedish-krona", False, None),
    ("mellan 2 och 3 miljoner kronor", "sv", "2000000", "swedish-krona", False, "3000000"),
    ("10–14 procent per år", "sv", "10", "percent-per-year", False, "14"),
    ("16 % årligen", "sv", "16", "percent-per-year", False, None),
    ("1,7 ton CO2e per person", "sv", "1.7", "tonne-co2e-per-person", False, None),
    ("3 ton per invånare och år", "sv", "3", "tonne-co2e-per-person", False, None),
    ("Scope 1 [283 kton CO2e]", "sv", "283", "kilotonne-co2e", False, None),
    ("Scope 1 283 kton CO2e", "sv", "283", "kilotonne-co2e", False, None),
    ("1,234 tonnes of CO2e", "en", "1234", "tonne-co2e", False, None),
    ("1,234.5 tonnes of CO2e", "en", "1234.5", "tonne-co2e", False, None),
    ("EUR 5.2 million", "en", "5200000", "euro", False, None),
    ("SEK 120 million", "en", "120000000", "swedish-krona", False, None),
    ("€13,281,527.00", "en", "13281527", "euro", False, None),
    ("622 800 EUR", "en", "622800", "euro", False, None),
    ("1.2–1.5 M€", "en", "1200000", "euro", False, "1500000"),
    ("80 per cent", "en", "80", "percent", False, None),
    ("0–1 ton", "en", "0", "tonne-co2e", False, "1"),
    ("1679.2 t of CO2e", "en", "1679.2", "tonne-co2e", False, None),
]
NOTHING = [
    "år 2030",
    "kapitel 5.1",
    "minska med 5 procentenheter",
    "cirka 12 miljarder",
    "2 transporter",
    "1.2.3 %",
    "10 tonarter",
    "telefon 090-16 10 00",
]


@pytest.mark.parametrize(("text", "language", "value", "unit", "about", "high"), CASES)
def test_a_quantity_is_read_as_a_person_reads_it(
    text: str, language: str, value: str, unit: str, about: bool, high: str | None
) -> None:
    (found,) = quantities(text, language)
    assert (str(found.value), found.unit, found.approximate) == (value, unit, about)
    assert (None if found.high is None else str(found.high)) == high


@pytest.mark.parametrize("text", NOTHING)
def test_what_has_no_unit_is_no_quantity(text: str) -> None:
    assert quantities(text) == []


def test_several_stand_in_order_and_do_not_overlap() -> None:
    text = "283 kton CO2e, ca 57 % och 5 mnkr"
    found = quantities(text)
    assert [q.unit for q in found] == ["kilotonne-co2e", "percent", "swedish-krona"]
    assert [text[q.start : q.end] for q in found] == ["283 kton CO2e", "57 %", "5 mnkr"]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1,234", "sv", "1.234"),
        ("1,234", "en", "1234"),
        ("1.234", "sv", "1234"),
        ("1.234", "en", "1.234"),
        ("0,123", "en", "0.123"),
        ("13.281.527,50", "sv", "13281527.50"),
        ("1.2.3", "sv", None),
        ("12.34.567", "en", None),
    ],
)
def test_commas_and_points_by_language(text: str, language: str, value: str | None) -> None:
    assert number(text, language) == (None if value is None else Decimal(value))


@given(st.integers(0, 10**9), st.sampled_from(["\u00a0", " ", "\u202f"]))
def test_grouped_numbers_come_back(value: int, blank: str) -> None:
    text = f"{value:,}".replace(",", blank)
    assert [q.value for q in quantities(f"{text} kr")] == [value]


@given(st.text(max_size=200))
def test_any_text_is_read_without_harm(text: str) -> None:
    for quantity in quantities(text):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert quantity.value >= 0
