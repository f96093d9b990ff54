"""Contracts are found by city and edition, by label and by IRI."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import klimatgraph as kg
from klimatgraph.errors import ParameterError, UnknownName
from klimatgraph.terms import ID

from .conftest import NEW, OLD, OTHER


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (("Lund 2023", "lund, 2025–2026"), ("2023", "2025-26")),
        (("Lund 2023", "Lund"), ("2023", "2025-26")),
        (("Lund", "Lund 2025/26"), ("2024", "2025-26")),
        (("Lund@2023", " lund@2024 "), ("2023", "2024")),
        (("Climate contract 2023, lund", f"{ID}contract/k/2024/lund"), ("2023", "2024")),
    ],
)
def test_editions_are_found_by_name(
    small: kg.KlimatGraph, names: tuple[str, str], chosen: tuple[str, str]
) -> None:
    sides = small.diff(*names).sides
    assert tuple(side.iri.split("/")[-2] for side in sides) == chosen


@pytest.mark.parametrize(
    ("names", "options", "message"),
    [
        (("Lund 2020", "Malmö"), {},
         "no contract 'Lund 2020': did you mean Lund 2023 or Lund 2024 or Lund 2025/26?"),
        (("Lund 2023", "Malmö"), {}, "no contract 'Malmö 2023': did you mean Malmö 2025/26?"),
        (("Lund 2023", "Lund 2023"), {},
         "Lund 2023 is named twice: compare with Lund 2024 or Lund 2025/26"),
        (("Malmö", "Malmö"), {}, "Malmö 2025/26 is named twice: name another city"),
        (("Lund 2023", "Lund 2024"), {"edition": "2023"},
         "both names tell the edition: leave 2023 and 2024 out, or the edition 2023"),
        (("Lund",), {}, "two contracts are compared: name the second one too"),
        (("Grönköping 2023", "Lund"), {}, "no city 'Grönköping'"),
        (("Lund@2020", "Lund"), {}, "no contract 'Lund@2020': did you mean Lund 2023"),
    ],
)  # fmt: skip
def test_mistakes_are_told_in_one_line(
    small: kg.KlimatGraph, names: tuple[str, ...], options: dict[str, str], message: str
) -> None:
    with pytest.raises((UnknownName, ParameterError)) as raised:
        small.diff(*names, **options)
    assert str(raised.value).startswith(message)


def test_a_graph_is_compared_with_a_graph_alone(small: kg.KlimatGraph) -> None:
    with pytest.raises(ParameterError, match="name nothing beside it"):
        small.diff(small, "Lund")


def test_cities_without_an_edition_in_common(trig: Callable[..., Path]) -> None:
    graph = kg.load(trig("apart", OLD, OTHER))
    with pytest.raises(ParameterError, match="no edition that both have: Lund has 2023; Malmö"):
        graph.diff("Lund", "Malmö")


def test_an_edition_may_be_a_number(trig: Callable[..., Path]) -> None:
    other = OTHER.replace("2025-26", "2023")
    sides = kg.load(trig("years", OLD, NEW, other)).diff("Lund", "Malmö", edition=2023).sides
    assert [side.names["sv"] for side in sides] == ["Lund 2023", "Malmö 2023"]


@pytest.fixture
def unlabelled(trig: Callable[..., Path]) -> kg.KlimatGraph:
    """Two contracts of a city, one of an edition that nobody gave a label."""
    return kg.load(trig("unlabelled", OLD.replace("k/2023", "k/draft"), NEW))


@pytest.mark.parametrize(
    "name", ["Klimatkontrakt 2023, lund", "climate contract 2023, lund",
             f"{ID}contract/k/draft/lund"],
)  # fmt: skip
def test_a_contract_without_an_edition_goes_by_its_label(
    unlabelled: kg.KlimatGraph, name: str
) -> None:
    difference = unlabelled.diff(name, "Lund 2025/26")
    assert [side.names["en"] for side in difference.sides] == [
        "Climate contract 2023, lund", "Lund 2025/26",
    ]  # fmt: skip
    assert "Lund anslöt sig till gemensamt åtagande 6." in difference.sentences("sv")
    assert [column.label for column in difference.rows("sv").columns][-2:] == [
        "Klimatkontrakt 2023, lund", "Lund 2025/26",
    ]  # fmt: skip


def test_a_contract_without_an_edition_is_not_left_out_of_a_graph(
    trig: Callable[..., Path], unlabelled: kg.KlimatGraph
) -> None:
    before = kg.load(trig("before", NEW))
    assert unlabelled.diff(before).sentences("sv") == [
        "Nya kontrakt: Klimatkontrakt 2023, lund."
    ]  # fmt: skip
    assert before.diff(unlabelled).sentences("en") == [
        "Contracts gone: Climate contract 2023, lund."
    ]  # fmt: skip


def test_a_contract_without_an_edition_is_suggested(unlabelled: kg.KlimatGraph) -> None:
    with pytest.raises(UnknownName, match="Klimatkontrakt 2023, lund or Lund 2025/26"):
        unlabelled.diff("Lund 2023", "Lund 2025/26")
