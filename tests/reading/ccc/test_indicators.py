"""Indicators and their target values, in the tables of several styles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from klimatgraph.reading.ccc.indicator_values import style_of, value_of
from klimatgraph.reading.ccc.indicators import indicators
from klimatgraph.reading.ccc.source import Source
from klimatgraph.reading.documents import read

Found = Callable[[str], list[str]]
HEAD = "# Module B-3 Indicators for Monitoring, Evaluation and Learning\n\n"


@pytest.fixture
def found(tmp_path: Path) -> Found:
    def facts(text: str) -> list[str]:
        path = tmp_path / "contract.md"
        path.write_text(HEAD + text, encoding="utf-8")
        return [f"{c.fact.kind}: {c.fact}" for c in indicators(Source.of(read(path)))]

    return facts


def test_the_template_with_years_under_the_title(found: Found) -> None:
    text = """
|  B-3.1: Impact Pathways  |   |   |   |   |   |   |   |
| --- | --- | --- | --- | --- | --- | --- | --- |
|  Outcomes/ impacts addressed | Action/ project | Indicator No. (unique identified)\
 | Indicator name |  | Target values |  |   |
|   |   |   |   |   | 2025 | 2027 | 2030  |
|  (List early changes) | (List action) | (Indicate unique identifier)\
 | (Insert indicator name) |  | (List one value per indicator) | (List one value per indicator)\
 | (List one value per indicator)  |
|  Mobility |  |  |  |  |  |  |   |
|  Less traffic | Bus lanes | 1 | Emissions of traffic | t CO2e | reduce emissions to 57 000 t\
 | TBD | 14 000 t (TBC)  |
|  Less traffic | Bus lanes | 2 | Share of electric buses |  | 5% | 20 % | 35% (2040)  |
"""
    assert found(text) == [
        "indicator: name Emissions of traffic · number 1 · measured-in t CO2e",
        "indicator-value: name Emissions of traffic · number 1 · year 2025 · value 57000"
        " · unit tonne-co2e · status known",
        "indicator-value: name Emissions of traffic · number 1 · year 2030 · value 14000"
        " · unit tonne-co2e · status known",
        "indicator: name Share of electric buses · number 2 · measured-in %",
        "indicator-value: name Share of electric buses · number 2 · year 2025 · value 5"
        " · unit percent · status known",
        "indicator-value: name Share of electric buses · number 2 · year 2027 · value 20"
        " · unit percent · status known",
        "indicator-value: name Share of electric buses · number 2 · year 2040 · value 35"
        " · unit percent · status known",
    ]


def test_rows_go_on_behind_a_page_break_and_lose_the_column_without_words(found: Found) -> None:
    text = """
|  Outcomes | Action | Indicator No. | Indicator name |  | Target values |  |   |
| --- | --- | --- | --- | --- | --- | --- | --- |
|   |   |   |   |   | 2025 | 2027 | 2030  |
|  Waste | Sorting | 1 | Household waste |  | 400 kg | 350 kg | 300 kg  |

CITY OF EXAMPLE

4

|  Waste | Sorting | 2 | Plastic household waste | 40 kg | 35 kg | 30 kg  |
| --- | --- | --- | --- | --- | --- | --- |
"""
    names = [line for line in found(text) if line.startswith("indicator:")]
    assert names == [
        "indicator: name Household waste · number 1 · measured-in kg",
        "indicator: name Plastic household waste · number 2 · measured-in kg",
    ]


def test_years_that_have_slipped_give_no_values(found: Found) -> None:
    text = """
|  Changes | Actions | No. | Indicator name | Target values |  |   |
| --- | --- | --- | --- | --- | --- | --- |
|   |   |   |   |   | 2025 | 2027  |
|  Air | Zones | 1 | Days of bad air | 9 | 5 | 0  |
"""
    assert found(text) == ["indicator: name Days of bad air · number 1"]


def test_metadata_gives_the_unit_and_indicators_of_its_own(found: Found) -> None:
    text = """
|  Indicator No. | Indicator name | Target 2030 |
| --- | --- | --- |
|  1 | Local heat from renewable sources | 90 |

|  B-3.2: Indicator Metadata  |   |
| --- | --- |
|  Indicator Name | Local heat from renewable sources  |
|  Indicator Unit | GWh/year  |
|  Definition | All heat  |
|  Indicator Name | Trees in streets  |
|  Indicator Unit | Number of trees  |
"""
    assert found(text) == [
        "indicator: name Local heat from renewable sources · number 1 · measured-in GWh/year",
        "indicator-value: name Local heat from renewable sources · number 1 · year 2030"
        " · value 90 · status known",
        "indicator: name Trees in streets · measured-in Number of trees",
    ]


def test_a_table_of_the_citys_own_says_the_year_in_the_cell(found: Found) -> None:
    text = """
|  Targets | Indicators | Target value  |
| --- | --- | --- |
|  More sun | • Installed photovoltaic capacity | 50,000 kWp installed by 2030  |
|  Less traffic | • Share of people on bicycles | 65% of all  |
"""
    assert found(text) == [
        "indicator: name Installed photovoltaic capacity · measured-in kWp installed",
        "indicator-value: name Installed photovoltaic capacity · year 2030 · value 50000"
        " · status known",
        "indicator: name Share of people on bicycles · measured-in % of all",
        "indicator-value: name Share of people on bicycles · value 65 · unit percent"
        " · status known",
    ]


def test_what_names_no_indicator(found: Found) -> None:
    text = """
|  Indicator No. | Indicator name | Target 2030 |
| --- | --- | --- |
|  xy | TBD | 5 |
|  2 | ... | ... |
|  3 | See indicator 1 | 4 |
|  4 | ktCO2e | 112 |
|  5 | Number of chargers Percentage of electric cars | 18% |
"""
    assert found(text) == []


@pytest.mark.parametrize(
    ("words", "style", "expected"),
    [
        ("4%%", "en", ("4", None, "percent", "known")),
        ("600-687 kt CO2e", "en", ("600", "687", "kilotonne-co2e", "known")),
        ("ca. 1,5 million €", "sv", ("1500000", None, "euro", "approximate")),
        ("-30 000", "en", ("-30000", None, None, "known")),
        ("2.900.000 Euro", "sv", ("2900000", None, "euro", "known")),
        ("1,234", "en", ("1234", None, None, "known")),
    ],
)
def test_one_value(words: str, style: str, expected: tuple[str | None, ...]) -> None:
    read_ = value_of(words, style)
    assert read_ is not None
    assert tuple(read_[0][name] for name in ("value", "max", "unit", "status")) == expected


@pytest.mark.parametrize(
    ("words", "style"),
    [
        ("TBD", "en"), ("↑", "en"), ("", "en"), ("216,199 90%", "en"), (">2000", "en"),
        ("At least 50% less compared to 2010", "en"), ("20% less than today", "en"),
        ("1.234", ""), ("1.234", "en"), ("16,069", "sv"), ("5,379", "mixed"),
        ("10 and 15 respectively", "en"), ("Electricity: 23,313 Heat: 5", "en"),
    ],
)  # fmt: skip
def test_no_value_that_is_sure(words: str, style: str) -> None:
    assert value_of(words, style) is None


def test_numbers_of_a_document_tell_what_their_signs_part() -> None:
    assert style_of(["636,2", "489,235"]) == "sv"
    assert style_of(["1.730.000"]) == "sv"
    assert style_of(["8,507.96"]) == "en"
    assert style_of(["11.445", "5,379"]) == "mixed"
    assert style_of(["12", "35%"]) == ""
