"""Modules and tables of a Climate City Contract."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from klimatgraph.reading.ccc.modules import module_named
from klimatgraph.reading.ccc.source import Source

Make = Callable[[str], Source]


@pytest.mark.parametrize(
    ("heading", "module"),
    [
        ("2.1 Module A-1 Greenhouse Gas Emissions Baseline Inventory", "A-1"),
        ("B-2.2: Individual action outlines", "B-2"),
        ("Table A-1.4a: GHG emissions by source sector", "A-1"),
        ("MODULE B2 Portfolio", "B-2"),
        ("4.1 Module B-I", "B-1"),
        ("Mobility and transport", None),
        ("B1 und B2: Einsatz erneuerbarer Energien", None),
        ("Vitamin B-12 for all", None),
    ],
)
def test_the_module_that_a_heading_names(heading: str, module: str | None) -> None:
    assert module_named(heading) == module


def test_a_caption_says_more_than_the_chapter(source: Make) -> None:
    found = source(
        "# Module C-3 Financing\n\nTable B-2.1: all actions\n\n| Action | Costs |\n| --- | --- |\n"
        "| Trams | 5 M€ |\n"
    )
    (table,) = found.tables
    assert (table.module, table.caption, table.width) == ("B-2", "Table B-2.1: all actions", 2)


def test_rows_whose_first_bar_got_lost(source: Make) -> None:
    found = source("# B-2\n\nAction name | Lights\nin streets |\nAction type | Technical\n")
    (table,) = found.tables
    assert [row.cells for row in table.rows] == [
        ("Action name", "Lights in streets"), ("Action type", "Technical"),
    ]  # fmt: skip
