"""Tables with a row an action: the template's list and tables of a city's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from klimatgraph.reading.ccc.choosing import actions
from klimatgraph.reading.ccc.portfolio import portfolio
from klimatgraph.reading.ccc.source import Source

Make = Callable[[str], Source]

TEMPLATE = """# Module B-2 Climate Neutrality Portfolio Design

| B-2.1: Description of action portfolios |  |  |
| --- | --- | --- |
| Fields of action | Portfolio description |  |
|  | List of actions | Descriptions |
| Mobility & transport | Cycle paths to all schools | New paths are built. |
|  | 2. Electric buses | The fleet is renewed. |
| Built environment | Energy retrofit of schools | Walls and roofs. |
"""

OWN = """# Module B-2 Portfolio

Sector: Buildings

| Action | Stakeholders | Direct impacts (reduced emissions) [t CO2eq/y] | Timing | CapEx [M€] |
| --- | --- | --- | --- | --- |
| Heat pump for the town hall | Municipality | 1,200 | 2023-2027 | 3.30 |
| Relamping | University | - | 2024 | - |
| TOTAL | | 1,200 | | 3.30 |

Some page header

| Relamping | Hospital | 40 | 2021-2030 | 0.1 |
| --- | --- | --- | --- | --- |
"""


def test_fields_that_span_rows_and_numbers_before_names(source: Make) -> None:
    found = portfolio(source(TEMPLATE))
    assert [(a.name, a.number, a.field) for a in found] == [
        ("Cycle paths to all schools", "", "mobility-transport"),
        ("Electric buses", "2", "mobility-transport"),
        ("Energy retrofit of schools", "", "built-environment"),
    ]


def test_a_table_of_its_own_with_units_in_its_head_and_a_part_behind_a_page_break(
    source: Make,
) -> None:
    found = portfolio(source(OWN))
    assert [(a.name, a.attributes["stakeholders"], a.years) for a in found] == [
        ("Heat pump for the town hall", "Municipality", ("2023", "2027")),
        ("Relamping", "University", ("", "")),
        ("Relamping", "Hospital", ("2021", "2030")),
    ]
    costs = [None if a.cost is None else int(a.cost.value) for a in found]
    assert costs == [3300000, None, 100000]
    saved = [None if a.reduction is None else int(a.reduction.value) for a in found]
    assert saved == [1200, None, 40]


@pytest.mark.parametrize(
    "table",
    [
        "| Policy | Level | Description |\n| --- | --- | --- |\n| Climate plan | local | Words |",
        "| Action | 2025 | 2027 |\n| --- | --- | --- |\n| Number of buses | 3 | 5 |",
    ],
)
def test_other_tables_of_the_module_are_none(source: Make, table: str) -> None:
    assert portfolio(source(f"# Module B-2 Portfolio\n\n{table}\n")) == []


@pytest.mark.parametrize("module", ["A-2 Policies", "B-3 Indicators", "C-1 Governance"])
def test_a_table_of_another_module_needs_plain_words(source: Make, module: str) -> None:
    rows = "| Action | Description |\n| --- | --- |\n| Cycle paths | New ones. |\n"
    assert portfolio(source(f"# Module {module}\n\n{rows}")) == []


def test_several_actions_in_a_cell_have_no_figures_of_their_own(source: Make) -> None:
    found = portfolio(source(
        "# Module B-2 Portfolio\n\n| Sector | List of actions | Costs |\n| --- | --- | --- |\n"
        "| Transport | • Cycle paths<br>• Electric buses | 5 M€ |\n"
    ))  # fmt: skip
    assert [(a.name, a.cost) for a in found] == [("Cycle paths", None), ("Electric buses", None)]


def test_outlines_that_are_examples_do_not_stand_for_the_list(source: Make) -> None:
    outline = (
        "\n| Action outline | Action name | Electric buses |\n| --- | --- | --- |\n"
        "|  | Field of action | Mobility |\n|  | Total costs | 5 M€ |\n"
    )
    names = [a.name for a in actions(source(TEMPLATE + outline))]
    assert names == ["Electric buses", "Cycle paths to all schools", "Energy retrofit of schools"]


def test_a_list_of_what_is_outlined_adds_nothing(source: Make) -> None:
    outlines = "".join(
        f"\n| Action outline | Action name | {name} |\n| --- | --- | --- |\n"
        "|  | Field of action | Mobility |\n|  | Total costs | 5 M€ |\n"
        for name in ("Paths for cycling", "Buses")
    )
    assert [a.name for a in actions(source(TEMPLATE + outlines))] == ["Paths for cycling", "Buses"]
