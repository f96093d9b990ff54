"""Action outlines of Climate City Contracts, as cities lay them out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klimatgraph.reading import read
from klimatgraph.reading.ccc.actions import Action
from klimatgraph.reading.ccc.outlines import outlines
from klimatgraph.reading.ccc.source import Source

PLAN = """# B-2.2: Individual action outlines

|  Action outline | Action name | M.1. Solar roofs on schools  |
| --- | --- | --- |
|   | Action type | Technical  |
|   | Field of action | Energy systems  |
|  Implementation | Responsible bodies/person for implementation | Technical office  |
CITY OF SOMEWHERE

Climate Neutrality Action Plan

12

|  Impact | GHG emissions reduction estimate (total) per source sector | 1679.2 t of CO2e  |
| --- | --- | --- |
|   | Total costs and costs by CO2e unit | €13,281,527.00  |

|  Action outline | Name of the action | Fewer cars  |
| --- | --- | --- |
|   | Field of activity | Mobility & transport  |
|   | Estimated GHG emission reductions (total) | Buses 2 kt, bikes 1 kt, total 3 kt CO2e  |
|   | Total costs and costs by CO2e unit | TBD  |
"""


@pytest.fixture
def found(tmp_path: Path) -> list[Action]:
    path = tmp_path / "plan.md"
    path.write_text(PLAN, encoding="utf-8")
    return outlines(Source.of(read(path)))


def test_each_outline_is_one_action_without_its_number(found: list[Action]) -> None:
    assert [action.name for action in found] == ["Solar roofs on schools", "Fewer cars"]


def test_a_table_cut_by_a_page_header_is_one(found: list[Action]) -> None:
    assert found[0].attributes["type"] == "Technical"
    assert found[0].attributes["responsible"] == "Technical office"
    assert found[0].cost is not None and found[0].cost.value == 13281527


def test_fields_of_action_are_codes(found: list[Action]) -> None:
    assert [action.field for action in found] == ["energy-systems", "mobility-transport"]


def test_of_several_figures_the_total_is_meant(found: list[Action]) -> None:
    reduction = found[1].reduction
    assert reduction is not None and (reduction.value, reduction.unit) == (3, "kilotonne-co2e")


def test_what_cannot_be_read_is_left_unread(found: list[Action]) -> None:
    assert found[1].cost is None and found[1].attributes["cost"] == "TBD"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("€ 5 million and € 3 million", None),
        ("622 800 EUR", 622800),
        ("1.2–1.5 M€", 1200000),
        ("N/A", None),
        ("", None),
    ],
)
def test_costs(text: str, value: int | None) -> None:
    cost = Action({"name": "a", "cost": text}).cost
    assert (None if cost is None else cost.value) == value


@settings(max_examples=30)
@given(st.lists(st.lists(st.text("ab|Action name\n", max_size=14), max_size=4), max_size=12))
def test_any_table_is_read_without_harm(tmp_path_factory, rows: list[list[str]]) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path_factory.mktemp("any") / "plan.md"
    path.write_text(
        "# A\n" + "\n".join("| " + " | ".join(r) + " |" for r in rows), encoding="utf-8"
    )
    for action in outlines(Source.of(read(path))):
        assert action.name and action.passages
