"""Errors: one tree, one line each, exit codes."""

from __future__ import annotations

import pickle

import pytest

import klimatgraph
from klimatgraph import errors
from klimatgraph.errors import (
    DataError,
    EngineError,
    FormatError,
    InputError,
    KlimatgraphError,
    MissingExtra,
    QuerySyntaxError,
    QueryTimeout,
    StoreLocked,
    UnknownName,
)

PARENTS = {
    "InputError": "KlimatgraphError",
    "UnknownName": "InputError",
    "ParameterError": "InputError",
    "QuerySyntaxError": "InputError",
    "QueryRefused": "InputError",
    "FormatError": "InputError",
    "DocumentError": "InputError",
    "DataError": "KlimatgraphError",
    "EngineError": "KlimatgraphError",
    "MissingExtra": "EngineError",
    "EngineUnavailable": "EngineError",
    "QueryTimeout": "EngineError",
    "StoreLocked": "EngineError",
}
SAMPLES = [
    UnknownName("stad", "Umeo", ["Umeå", "Lund"]),
    FormatError("a.ttl", 3, "first\nsecond"),
    QuerySyntaxError("found '}'", 2, 7),
    MissingExtra("pyvis", "viz"),
    QueryTimeout(2.5),
    StoreLocked("folder"),
    InputError("plain"),
]


@pytest.mark.parametrize(("child", "parent"), PARENTS.items())
def test_tree(child: str, parent: str) -> None:
    assert getattr(errors, child).__bases__ == (getattr(errors, parent),)


def test_every_error_is_in_the_docstring_and_public() -> None:
    assert set(errors.__all__) == {*PARENTS, "KlimatgraphError"}
    for name in errors.__all__:
        assert name in (errors.__doc__ or "")
        assert getattr(klimatgraph, name) is getattr(errors, name)


def test_exit_codes() -> None:
    assert {getattr(errors, name).exit_code for name in errors.__all__} == {1, 2}
    assert DataError.exit_code == 1 and EngineError.exit_code == 2


@pytest.mark.parametrize("error", SAMPLES, ids=lambda e: type(e).__name__)
def test_one_line_and_survives_pickling(error: KlimatgraphError) -> None:
    assert "\n" not in str(error)
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)


def test_what_messages_say() -> None:
    assert str(SAMPLES[0]) == "no stad 'Umeo': did you mean Umeå or Lund?"
    assert str(SAMPLES[1]) == "a.ttl:3: first second"
    assert "pip install 'klimatgraph[viz]'" in str(SAMPLES[3])
    assert "2.5 s" in str(SAMPLES[4])


def test_a_long_name_is_cut() -> None:
    error = UnknownName("city", "x" * 5000)
    assert len(str(error)) < 150 and error.name == "x" * 5000


def test_unknown_attribute_of_the_package() -> None:
    with pytest.raises(AttributeError, match="no_such_thing"):
        klimatgraph.no_such_thing  # noqa: B018
    assert "UnknownName" in dir(klimatgraph)
