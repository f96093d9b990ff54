"""The emission gap: tables of several styles, all made up."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from klimatgraph.reading.ccc.gap import gap
from klimatgraph.reading.ccc.source import Source
from klimatgraph.reading.documents import read
from klimatgraph.reading.facts import Candidate


def found(folder: Path, text: str) -> list[Candidate]:
    path = folder / "contract.md"
    path.write_text(text, encoding="utf-8")
    return list(gap(Source.of(read(path))))


def told(candidates: list[Candidate]) -> set[tuple[str, ...]]:
    names = ("indicator", "sector", "year", "value", "unit")
    return {tuple(c.fact.get(name) for name in names) for c in candidates}


HEAD = "| | (1) Baseline emissions | (2) Emissions Reduction Target 2030 | "
TEMPLATE = f"""# Module A-2 Current policies

A-2.1: Emissions gap

{HEAD}| (4) Emissions Gap | (6) Residual emissions |
|---|---|---|---|---|---|
| | not older than 2018 (2019) | ideally | | (4) = (2) - (3) | (6) = (1) - (2) |
| | t CO2e | (absolute) | (%) | (absolute) | (absolute) |
| Transport | 70.000 | 56.000 | 80% | 6.000 | 14.000 |
| Waste | 30.000 | 24.000 | 95% | 4.000 | 6.000 |
| Total | 100.000 | 80.000 | 80% | 10.000 | 20.000 |
"""


def test_template(tmp_path: Path) -> None:
    candidates = found(tmp_path, TEMPLATE)
    facts = told(candidates)
    assert ("baseline-emissions", "transport", "2019", "70000", "tonne-co2e") in facts
    assert ("emission-reduction-target", "", "2030", "80000", "tonne-co2e") in facts
    assert ("emission-reduction-target", "", "2030", "80", "percent") in facts
    assert ("residual-emissions", "waste", "2030", "6000", "tonne-co2e") in facts
    # 95 % is not what 24 of 30 is.
    assert not any(fact[3] == "95" for fact in facts)


def test_column_in_no_equation_is_less_sure(tmp_path: Path) -> None:
    text = TEMPLATE.replace("(absolute) | (absolute) |\n| Tr", "t CO2e | (absolute) |\n| Tr")
    sure = {c.fact["indicator"]: c.confidence for c in found(tmp_path, text)}
    assert sure["residual-emissions"] == Decimal(1)
    assert sure["remaining-gap"] == Decimal("0.8")


def test_columns_that_prove_nothing_are_left_out(tmp_path: Path) -> None:
    shifted = TEMPLATE.replace("| 14.000 |", "| 70.000 |").replace("| 6.000 |\n", "| 29.000 |\n")
    assert not found(tmp_path, shifted.replace("| 20.000 |", "| 90.000 |"))


def test_without_a_unit_only_shares_are_left(tmp_path: Path) -> None:
    facts = told(found(tmp_path, TEMPLATE.replace("t CO2e", "(specify units)")))
    assert facts == {
        ("emission-reduction-target", "transport", "2030", "80", "percent"),
        ("emission-reduction-target", "", "2030", "80", "percent"),
    }


def test_scenario_as_baseline_keeps_its_year(tmp_path: Path) -> None:
    text = """# A-2.3: Emissions gap (kt CO2e)

| | Baseline emissions (BAU 2030) | Emissions reduction from CNAP | | Residual emissions | |
|---|---|---|---|---|---|
| | (Absolute value) | (Absolute value) | (% of BAU 2030) | (Absolute value) | (% of BAU 2030) |
| Transport | 916 | 733 | 80% | 183 | 20% |
| Buildings & Heating | 1,084 | 867 | 80% | 217 | 20% |
| Total | 2,000 | 1,600 | 80% | 400 | 20% |
"""
    facts = told(found(tmp_path, text))
    assert ("baseline-emissions", "", "2030", "2000", "kilotonne-co2e") in facts
    assert ("portfolio-reduction", "buildings", "2030", "867", "kilotonne-co2e") in facts
    assert ("residual-emissions", "transport", "2030", "20", "percent") in facts
