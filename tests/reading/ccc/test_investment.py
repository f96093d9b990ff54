"""Costs and funding, in the tables of several styles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from klimatgraph.reading.ccc.investment import investment
from klimatgraph.reading.ccc.source import Source
from klimatgraph.reading.documents import read

Found = Callable[[str], list[str]]
FIELDS = ("source", "use", "year", "value", "max", "unit")


@pytest.fixture
def found(tmp_path: Path) -> Found:
    def facts(text: str) -> list[str]:
        path = tmp_path / "contract.md"
        path.write_text("# Module C-3 Financing of Action Portfolio\n\n" + text, encoding="utf-8")
        return [
            " | ".join(c.fact.get(name) or "-" for name in FIELDS)
            for c in investment(Source.of(read(path)))
        ]

    return facts


def test_the_template_with_the_unit_in_each_cell(found: Found) -> None:
    text = """
|  C-3.1: Summary of interventions with cost implication  |   |   |   |   |   |
| --- | --- | --- | --- | --- | --- |
|  Action/ intervention name | Responsible entity and person | Start/end date | Field of action\
 | Impact | Total cost estimated  |
|  (list action portfolios) | (indicate responsible) | (indicate dates) | (indicate field)\
 | (indicate impact) | (indicate the total costs in €)  |
|  District cooling | City Energy | 2024-2026 | Energy | 5000 t | 12 Mio €  |

CITY OF EXAMPLE

|  Tram line 2 | City Trams | ongoing | Transport | 900 t | EUR 420 million  |
| --- | --- | --- | --- | --- | --- |
|  Energy storage | City Energy | ongoing | Energy | 4500 t | Details to be elaborated  |
|  Cycle paths | City | ongoing | Transport | 40 t | ca. 1-2 M€  |
|  Advice | City | ongoing | Transport | 40 t | 350,000 EUR/year  |
|  Parks | City | ongoing | Nature | 40 t | 8 000 000  |
"""
    assert found(text) == [
        "- | District cooling | - | 12000000 | - | euro",
        "- | Tram line 2 | - | 420000000 | - | euro",
        "- | Cycle paths | - | 1000000 | 2000000 | euro",
    ]


def test_outflows_in_brackets_and_shifted_cells(found: Found) -> None:
    text = """
|  Issuing sub-sector | Ambition | Entity responsible | Start and end date | Issuing sector\
 | Impact |  |  | Estimated total cost (MEUR - NPV 2020-2030) |   |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
|   |  |  |  |  | GHG reduction (kt) | Savings (MEUR) | Co-benefits (MEUR) |  |   |
|  Modal shift | 30% | of traffic |  | 2020-2030 | Transport | 35 | € 148 | € 460 | € (120)  |
|  Shared transport | 15% | of traffic |  | 2020-2030 | Transport | 16 | € 227 | € 60 | € -  |
|  Building renovations | 4% | of all |  | 2020-2030 | Buildings | 69 | € 732 | € 20 | € (1,170)  |
|  Total |  |  |  |  |  | 104 | € 880 | € 480 | € (1,290)  |
"""
    assert found(text) == [
        "- | Modal shift | - | 120000000 | - | euro",
        "- | Building renovations | - | 1170000000 | - | euro",
    ]


def test_who_pays_stands_in_the_columns(found: Found) -> None:
    text = """
|  Sector | Subsector | Citizens | Businesses | City | Total |
| --- | --- | --- | --- | --- | --- |
|  Transport (MEUR) | Electric cars | EUR (53) | EUR (5) | EUR - | EUR (58)  |

Capital planning by stakeholder, million EUR

|  Sector | Subsector | Citizens | Businesses | City | Total |
| --- | --- | --- | --- | --- | --- |
|  Transport | Electric cars | EUR (53) | EUR (5) | EUR - | EUR (58)  |
|  Total |  | EUR (53) | EUR (5) | EUR - | EUR (58)  |
"""
    # Without a word for million the first table says 53 euro, which nobody means.
    assert found(text) == [
        "Citizens | Electric cars | - | 53000000 | - | euro",
        "Businesses | Electric cars | - | 5000000 | - | euro",
    ]


def test_sources_of_funding(found: Found) -> None:
    text = """
|  Source of funding | Amount (thousand SEK) |
| --- | --- |
|  City budget | 12 500 |
|  National grants | 4 000 |
|  Total | 16 500 |
"""
    assert found(text) == [
        "City budget | - | - | 12500000 | - | swedish-krona",
        "National grants | - | - | 4000000 | - | swedish-krona",
    ]


def test_a_group_is_no_amount_beside_its_parts(found: Found) -> None:
    text = """
|  Field/Sector | Capex, mio EURO | % |
| --- | --- | --- |
|  Buildings of all kinds | 27.1 | 53% |
|  Public buildings | 10.0 | 19% |
|  Homes | 17.1 | 34% |
|  Industry | 0.1 | 0% |
"""
    assert found(text) == [
        "- | Public buildings | - | 10000000 | - | euro",
        "- | Homes | - | 17100000 | - | euro",
        "- | Industry | - | 100000 | - | euro",
    ]


def test_years_under_one_budget(found: Found) -> None:
    text = """
|  Fields of Action | Sector Subsection | Budget Allocation for Climate Actions |  |
| --- | --- | --- | --- |
|   |   | 2023 | 2024 |
|  Transportation | Public transport | €5,448,189 | €7,835,000 |
"""
    assert found(text) == [
        "- | Public transport | 2023 | 5448189 | - | euro",
        "- | Public transport | 2024 | 7835000 | - | euro",
    ]


def test_two_columns_of_money_or_no_currency(found: Found) -> None:
    text = """
|  Action | Investment cost (M€) | Total cost (M€) |
| --- | --- | --- |
|  Tram line 2 | 12 | 15 |

|  Measure | Total costs |
| --- | --- |
|  Tram line 3 | 15 000 000 |
"""
    assert found(text) == []
