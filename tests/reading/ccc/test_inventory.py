"""The baseline inventory: tables of several styles, all made up."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from klimatgraph.reading.ccc.inventory import inventory
from klimatgraph.reading.ccc.source import Source
from klimatgraph.reading.documents import read
from klimatgraph.reading.facts import Candidate

TONNES = "tonne-co2e"
KILOTONNES = "kilotonne-co2e"


def found(folder: Path, text: str) -> list[Candidate]:
    path = folder / "contract.md"
    path.write_text(text, encoding="utf-8")
    return list(inventory(Source.of(read(path))))


def told(candidates: list[Candidate]) -> set[tuple[str, ...]]:
    names = ("scope", "sector", "part", "year", "value", "unit")
    return {tuple(c.fact.get(name) for name in names) for c in candidates}


TEMPLATE = """# Module A-1 Greenhouse Gas Emissions Baseline Inventory

A-1.4: GHG emissions by source sectors

| Base year | 2018 | | | |
|---|---|---|---|---|
| Unit | t CO2 equivalent/year | | | |
| | Scope 1 | Scope 2 | Scope 3 | Total |
| Buildings | 41.000 | 24.000 | - | 65.000 |
| Transport | 67.500 | 500 | N/A | 68.000 |
| Waste | | | 7.000 | 7.000 |
| Total | 108.500 | 24.500 | 7.000 | 140.000 |
"""


def test_template_with_points_between_thousands(tmp_path: Path) -> None:
    candidates = found(tmp_path, TEMPLATE)
    assert told(candidates) == {
        ("scope-1", "buildings", "", "2018", "41000", TONNES),
        ("scope-2", "buildings", "", "2018", "24000", TONNES),
        ("", "buildings", "", "2018", "65000", TONNES),
        ("scope-1", "transport", "", "2018", "67500", TONNES),
        ("scope-2", "transport", "", "2018", "500", TONNES),
        ("", "transport", "", "2018", "68000", TONNES),
        ("scope-3", "waste", "", "2018", "7000", TONNES),
        ("", "waste", "", "2018", "7000", TONNES),
        ("scope-1", "", "", "2018", "108500", TONNES),
        ("scope-2", "", "", "2018", "24500", TONNES),
        ("scope-3", "", "", "2018", "7000", TONNES),
        ("", "", "", "2018", "140000", TONNES),
    }
    assert {c.confidence for c in candidates} == {Decimal(1)}
    assert candidates[0].rule == "ccc-inventory"
    assert "Buildings" in candidates[0].quote
    assert "Buildings" in candidates[0].passages[0].text


@pytest.mark.parametrize(
    ("unit", "read"),
    [
        ("kt CO2e", []),
        ("CO2 equivalent/year", []),
        ("MWh/year", []),
        ("kg CO2e", []),
        ("tCO₂eq/year", ["140000"]),
        ("Metric tonnes CO2e", ["140000"]),
    ],
)
def test_without_a_unit_that_can_be_there_are_no_numbers(
    tmp_path: Path, unit: str, read: list[str]
) -> None:
    candidates = found(tmp_path, TEMPLATE.replace("t CO2 equivalent/year", unit))
    totals = [c for c in candidates if not c.fact.get("scope") and not c.fact.get("sector")]
    assert [c.fact["value"] for c in totals] == read


@pytest.mark.parametrize("year", ["", "2018, 2021 (AFOLU)"])
def test_year_that_is_not_clear_is_left_out(tmp_path: Path, year: str) -> None:
    candidates = found(tmp_path, TEMPLATE.replace("| 2018 |", f"| {year} |"))
    assert len(candidates) == 12
    assert {c.fact.get("year") for c in candidates} == {""}


@pytest.mark.parametrize("year", ["BAU 2030", "2030", "Business as usual"])
def test_scenario_is_no_inventory(tmp_path: Path, year: str) -> None:
    assert not found(tmp_path, TEMPLATE.replace("| 2018 |", f"| {year} |"))


@pytest.mark.parametrize("title", ["A-1.3: Activity by source sectors", "A-1.4: BAU 2030"])
def test_other_tables_of_the_module_are_none(tmp_path: Path, title: str) -> None:
    text = TEMPLATE.replace("A-1.4: GHG emissions by source sectors", title)
    assert not found(tmp_path, text)


def test_total_that_does_not_add_up_lowers_confidence(tmp_path: Path) -> None:
    candidates = found(tmp_path, TEMPLATE.replace("| 140.000 |", "| 190.000 |"))
    assert {c.confidence for c in candidates} == {Decimal("0.8")}


def test_decimal_comma_and_kilotonnes(tmp_path: Path) -> None:
    text = """# Module A-1 Baseline inventory

Table 4 A-1.4: GHG emissions by source sectors

| Base year: 2021 | Scope 1 | Total |
|---|---|---|
| Unit | kton CO2e | |
| Stationary energy | 33,3 | 33,3 |
| Transport | 122,7 | 122,7 |
| Total | 156,0 | 156,0 |
"""
    assert ("", "buildings", "", "2021", "33.3", KILOTONNES) in told(found(tmp_path, text))


def test_sources_and_sinks_stand_below_one_sector(tmp_path: Path) -> None:
    text = """# Module A-1 Baseline inventory

| Base year | | 2022 | | |
|---|---|---|---|---|
| Unit | | t CO2e | | |
| | | Scope 1 | Scope 2 | Total |
| Transport | | 90 000 | 1 000 | 91 000 |
| AFOLU | Sources (positive emissions) | 15 000 | | 15 000 |
| | Sinks (negative emissions) | -6 000 | | -6 000 |
| Total | | 99 000 | 1 000 | 100 000 |
"""
    code = "agriculture-forestry-land-use"
    facts = told(found(tmp_path, text))
    assert ("", code, "Sinks (negative emissions)", "2022", "-6000", TONNES) in facts
    assert ("scope-1", code, "Sources (positive emissions)", "2022", "15000", TONNES) in facts


def test_rows_of_which_another_is_made_up_are_left_out(tmp_path: Path) -> None:
    text = """# Module A-1 Baseline inventory

Table 2: GHG emissions in tCO2e, year 2021

| | Energy | Grand total |
|---|---|---|
| Agriculture | 10,500 | 20,500 |
| Services | 30,000 | 30,000 |
| Offices | 25,000 | 25,000 |
| Transport | 5,000 | 5,000 |
| Road traffic | 49,500 | 49,500 |
| Waste | 10,250 | 10,250 |
| Total | 100,250 | 110,250 |
"""
    assert told(found(tmp_path, text)) == {
        ("", "agriculture", "", "2021", "20500", TONNES),
        ("", "", "Services", "2021", "30000", TONNES),
        ("", "", "Road traffic", "2021", "49500", TONNES),
        ("", "waste", "", "2021", "10250", TONNES),
        ("", "", "", "2021", "110250", TONNES),
    }


def test_table_goes_on_behind_a_page_break_where_the_sum_proves_it(tmp_path: Path) -> None:
    text = """# Module A-1 Baseline inventory

A-1.4: GHG emissions by source sectors

| Base year | 2019 | | |
|---|---|---|---|
| Unit | t CO2e | | |
| | Scope 1 | Scope 2 | Total |
| Transport | 90 000 | 1 000 | 91 000 |
| Waste | 8 000 | | 8 000 |

17

| Other (incl. IPPU) | | 1 000 | | 1 000 |
|---|---|---|---|---|
| Total | | 99 000 | 1 000 | 100 000 |
"""
    facts = told(found(tmp_path, text))
    assert ("scope-1", "other-sectors", "", "2019", "1000", TONNES) in facts
    assert ("", "", "", "2019", "100000", TONNES) in facts


def test_columns_of_years_and_totals_of_two_kinds(tmp_path: Path) -> None:
    text = """# Module A-1 Baseline inventory

Table 7: GHG emissions (t CO2e)

| Sector | 2018 | 2022 | 2030 |
|---|---|---|---|
| Buildings | 60 000 | 50 000 | 5 000 |
| Waste | 20 000 | 10 000 | 1 000 |
| Total (without AFOLU) | 80 000 | 60 000 | 6 000 |
"""
    assert told(found(tmp_path, text)) == {
        ("", "buildings", "", "2018", "60000", TONNES),
        ("", "buildings", "", "2022", "50000", TONNES),
        ("", "waste", "", "2018", "20000", TONNES),
        ("", "waste", "", "2022", "10000", TONNES),
        ("", "", "Total (without AFOLU)", "2018", "80000", TONNES),
        ("", "", "Total (without AFOLU)", "2022", "60000", TONNES),
    }


@pytest.mark.parametrize(
    ("module", "title"),
    [
        ("A-2 Current policies", "Table 7: GHG emissions of the country (t CO2e)"),
        ("A-1 Baseline inventory", "Table 7: Emissions from consumption (t CO2e)"),
    ],
)
def test_emissions_of_the_country_and_of_consumption_are_none(
    tmp_path: Path, module: str, title: str
) -> None:
    text = f"""# Module {module}

{title}

| Sector | 2018 | 2022 |
|---|---|---|
| Buildings | 60 000 | 50 000 |
| Waste | 20 000 | 10 000 |
| Total | 80 000 | 60 000 |
"""
    assert not found(tmp_path, text)
