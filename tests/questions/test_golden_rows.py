"""Every question gives its golden rows, which were worked out from the sources."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

import klimatgraph as kg
from klimatgraph.questions import Expectation, QuestionLibrary
from klimatgraph.resources import folder
from klimatgraph.rows import Rows

LIBRARY = QuestionLibrary(folder("queries"))
CASES = [
    pytest.param(name, expectation, id=f"{name}-{number}")
    for name in LIBRARY
    for number, expectation in enumerate(LIBRARY[name].expectations, 1)
]


def _plain(value: Any) -> Any:
    """Bring golden and found values to one form: numbers as floats, the rest as text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return float(value)
    text = "" if value is None else str(value)
    try:
        return float(text)
    except ValueError:
        return text


def _rows(rows: Rows) -> Counter[tuple[Any, ...]]:
    return Counter(tuple(_plain(row[c.name]) for c in rows.columns) for row in rows)


@pytest.mark.parametrize(("name", "expectation"), CASES)
def test_golden_rows(graph: kg.KlimatGraph, name: str, expectation: Expectation) -> None:
    rows = graph.ask(name, lang=expectation.lang, **expectation.parameters)
    found = _rows(rows)
    golden = Counter(tuple(map(_plain, row)) for row in expectation.rows)
    assert not golden - found, "golden rows that the answer lacks"
    if expectation.complete:
        assert not found - golden, "rows of the answer that are not golden"
    if expectation.count is not None:
        assert sum(found.values()) == expectation.count


@pytest.mark.parametrize("name", [name for name in LIBRARY if "/" not in name])
def test_every_question_has_golden_rows_and_evidence(graph: kg.KlimatGraph, name: str) -> None:
    question = LIBRARY[name]
    assert question.expectations, "no golden rows"
    if {"theme", "vocabulary"} & set(question.tags):  # our own words need no source
        return
    for row in graph.ask(name, **question.expectations[0].parameters):
        assert row["sources"], dict(row)


@pytest.mark.parametrize("name", list(LIBRARY))
def test_every_file_runs_as_it_stands(graph: kg.KlimatGraph, name: str) -> None:
    """The files are SPARQL for any tool, with the parameters' defaults in place."""
    question = LIBRARY[name]
    variables = graph.engine.select(question.query).variables
    assert set(question.columns) <= set(variables)


def test_there_are_more_than_forty_questions() -> None:
    assert sum("/" not in name for name in LIBRARY) >= 40
