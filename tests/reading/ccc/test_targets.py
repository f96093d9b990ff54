"""Targets of the city itself: made-up sentences and tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from klimatgraph.reading.ccc.source import Source
from klimatgraph.reading.ccc.targets import targets
from klimatgraph.reading.documents import read


def told(folder: Path, text: str) -> set[tuple[str, ...]]:
    path = folder / "contract.md"
    path.write_text(f"# Summary\n\n{text}\n", encoding="utf-8")
    names = ("target", "year", "value", "unit", "base-year")
    candidates = list(targets(Source.of(read(path)), "city/exampleton"))
    assert all(c.fact["about"] == "city/exampleton" and c.quote for c in candidates)
    return {tuple(c.fact.get(name) for name in names) for c in candidates}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "Exampleton aims to become climate neutral by 2030.",
            {("climate-neutral", "2030", "", "", "")},
        ),
        (
            "The city has committed to cut its emissions by 80% by 2030 compared to 2018.",
            {("emission-reduction", "2030", "80", "percent", "2018")},
        ),
        (
            "As a member of the EU Mission, Exampleton is committed to net zero by 2035.",
            {("climate-neutral", "2035", "", "", "")},
        ),
        (
            "Our goal is a reduction of emissions of 80% by 2030, with the remaining 20% offset.",
            {("emission-reduction", "2030", "80", "percent", "")},
        ),
    ],
)
def test_own(tmp_path: Path, text: str, facts: set[tuple[str, ...]]) -> None:
    assert told(tmp_path, text) == facts


@pytest.mark.parametrize(
    "text",
    [
        "The European Union aims to be climate neutral by 2050.",
        "The city supports the national target of reducing emissions by 55% by 2030.",
        "The mission brings together 100 cities that aim to be climate neutral by 2030.",
        "The city aims to be climate neutral; Otherby, however, could become so by 2030.",
        "The city's bus fleet is to be fossil-free by 2030 as a goal of the council.",
        "The city reduced its emissions by 40% by 2020 compared to 1990, as was its target.",
        "In the BAU scenario the city's emissions are estimated to fall by 20% by 2030.",
        "The administrative territories included in the city's 2030 climate neutrality target.",
        "The city adopted the Exampleton Climate Plan 2040 with its target of climate neutrality.",
        "The city's goal of climate neutrality by 2030 is not possible under present law.",
    ],
)
def test_none(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text) == set()


def test_two_targets_of_a_sentence(tmp_path: Path) -> None:
    text = (
        "The city council has set targets to cut emissions by 60% by 2030 and to be "
        "climate neutral by 2040."
    )
    assert told(tmp_path, text) == {
        ("emission-reduction", "2030", "60", "percent", ""),
        ("climate-neutral", "2040", "", "", ""),
    }


def test_table_of_the_gap(tmp_path: Path) -> None:
    text = """# A-2.3: Emissions gap (kt CO2e)

| | Baseline emissions (2018) | Emissions reduction target 2030 | | Residual emissions | |
|---|---|---|---|---|---|
| | (absolute) | (absolute) | (%) | (absolute) | (%) |
| Transport | 70 | 56 | 80% | 14 | 20% |
| Waste | 30 | 24 | 80% | 6 | 20% |
| Total | 100 | 80 | 80% | 20 | 20% |
"""
    assert told(tmp_path, text) == {
        ("emission-reduction", "2030", "80", "percent", "2018"),
        ("residual-emissions", "2030", "20", "percent", "2018"),
    }


def test_said_twice_is_given_once_with_what_is_said_more(tmp_path: Path) -> None:
    text = (
        "The city aims to cut emissions by 80% by 2030.\n\n"
        "The city aims to cut emissions by 80% by 2030 compared to 2018."
    )
    assert told(tmp_path, text) == {("emission-reduction", "2030", "80", "percent", "2018")}
