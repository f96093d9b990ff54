"""Policies in table A-2.1, in the styles and with the damage of real documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from klimatgraph.reading.ccc.policies import policies
from klimatgraph.reading.ccc.source import Source
from klimatgraph.reading.documents import read

Found = Callable[[str], list[str]]
HEAD = "# Module A-2 Current Policies and Strategies Assessment\n\n"


@pytest.fixture
def found(tmp_path: Path) -> Found:
    def facts(text: str) -> list[str]:
        path = tmp_path / "contract.md"
        path.write_text(HEAD + text, encoding="utf-8")
        return [
            " | ".join(c.fact.get(name) or "-" for name in ("name", "level", "type"))
            for c in policies(Source.of(read(path)))
        ]

    return facts


def test_the_template(found: Found) -> None:
    text = """
|  A-2.1: List of relevant policies, strategies & regulations  |   |   |   |   |   |
| --- | --- | --- | --- | --- | --- |
|  Type | Level | Name & Title | Description | Relevance | Need for action  |
|  (regulation/policy/strategy/action plan) | (Local, regional, national, EU)\
 | (Name of policy/ strategy/ plans) | (Description of policy) | (Describe relevance)\
 | (list any action)  |
|  Strategy | Local | Green City 2030. | A strategy | High | None  |
|  Action plan (SECAP) | Municipal | Climate plan (Plan för ett bättre klimat) | A plan | High |   |
|  Law | National | Climate Act (2020) | A law | High |   |
|  Policy | EU / World | Paris Agreement | An agreement | High |   |
|  Policy | Local/Regional | Traffic agreement | Both | High |   |
"""
    assert found(text) == [
        "Green City 2030 | local | Strategy",
        "Climate plan | local | Action plan",
        "Climate Act (2020) | national | Law",
        "Paris Agreement | european | Policy",
        "Traffic agreement | - | Policy",
    ]


def test_a_page_break_cuts_rows_and_names(found: Found) -> None:
    text = """
|  Level | Name/Title | Description |
| --- | --- | --- |
|  National | Recovery and | A plan of the state that  |

CITY OF EXAMPLE

|   | Resilience Plan | pays for many things.  |
| --- | --- | --- |
|   |  | and for others.  |
|  Local | Waste Plan 2022-2026 | Municipal plan  |
|   | Cycling plan | Another municipal plan  |
|  Level | Name/Title | Description |
|  Local | Tree plan | Trees  |
"""
    assert found(text) == [
        "Recovery and Resilience Plan | national | -",
        "Waste Plan 2022-2026 | local | -",
        "Cycling plan | local | -",
        "Tree plan | local | -",
    ]


def test_cells_in_wrong_columns_are_left_out(found: Found) -> None:
    text = """
|  Type | Level | Name | Description | Relevance |
| --- | --- | --- | --- | --- |
|  Energy strategy 2030 | A strategy for energy | Very relevant | High |   |
|  Plan | Local | Energy plan 2040 | A plan | High  |
|  Plan | Local | Mobility plan high The plan affects cities | A plan | High  |
"""
    assert found(text) == ["Energy plan 2040 | local | Plan"]


def test_lost_last_cells_do_no_harm(found: Found) -> None:
    text = """
|  No. | Type | Level | Name and/or title | Description | Relevance |
| --- | --- | --- | --- | --- | --- |
|  1 | Policy | European | Green Deal (2020) | Adopted | High  |

|  2 | Regulations | European | Package of laws (2021) | Adopted  |
| --- | --- | --- | --- | --- |
"""
    assert found(text) == [
        "Green Deal (2020) | european | Policy",
        "Package of laws (2021) | european | Regulations",
    ]


def test_levels_as_headings_among_the_rows(found: Found) -> None:
    text = """
|  Type and level | Name |
| --- | --- |
|  European |   |
|  Strategy | The Green Deal |
|  Local |   |
|  Strategy and action plan | Spatial plan of the city |
"""
    assert found(text) == [
        "The Green Deal | european | Strategy",
        "Spatial plan of the city | local | Strategy and action plan",
    ]


def test_cells_that_name_their_parts(found: Found) -> None:
    text = """
|  Info | Description | Relevance |
| --- | --- | --- |
|  Type: Plan Level: Local Title: City heritage plan | It protects | High  |
"""
    assert found(text) == ["City heritage plan | local | Plan"]


def test_other_tables_are_none(found: Found) -> None:
    text = """
|  Stakeholder | Level | Interest |
| --- | --- | --- |
|  City Energy Company | Local | High |

|  A-2.3: Emissions gap |  |  |
| --- | --- | --- |
|  Sector | Baseline | Target |
|  Transport | 144 | 22 |
"""
    assert found(text) == []
