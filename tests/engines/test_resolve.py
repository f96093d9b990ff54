"""Engines by name."""

from __future__ import annotations

import pytest

from klimatgraph import engines
from klimatgraph.engines import base
from klimatgraph.errors import InputError, MissingExtra, QueryTimeout, UnknownName


def test_resolve() -> None:
    assert engines.resolve("memory") is engines.resolve("oxigraph") is engines.OxigraphEngine
    assert engines.resolve("rdflib") is engines.RdflibEngine
    assert engines.resolve("remote") is engines.RemoteEngine


def test_unknown_names() -> None:
    with pytest.raises(UnknownName, match="oxigraph"):
        engines.resolve("oxygraph")
    with pytest.raises(AttributeError):
        engines.NoEngine  # noqa: B018


def test_a_missing_package_names_the_pip_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match="pip install SPARQLWrapper"):
        engines.resolve("remote")


def test_run_limited() -> None:
    def fail() -> None:
        raise InputError("inside")

    for limit in (None, 5.0):
        with pytest.raises(InputError, match="inside"):
            base.run_limited(fail, limit)
    import threading

    never = threading.Event()
    with pytest.raises(QueryTimeout):
        base.run_limited(never.wait, 0.05)
    never.set()


def test_table() -> None:
    table = base.Table(("a", "b"), [(None, None)])
    assert list(table) == [(None, None)] and table.column("b") == [None]
    with pytest.raises(InputError, match="there are a, b"):
        table.column("c")
