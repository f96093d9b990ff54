"""klimatgraph: a knowledge graph of cities' climate contracts."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from klimatgraph.errors import (
        DataError,
        DocumentError,
        EngineError,
        EngineUnavailable,
        FormatError,
        InputError,
        KlimatgraphError,
        MissingExtra,
        ParameterError,
        QueryRefused,
        QuerySyntaxError,
        QueryTimeout,
        StoreLocked,
        UnknownName,
    )
    from klimatgraph.graph import KlimatGraph
    from klimatgraph.opening import connect, load, open
    from klimatgraph.rows import Entity, Rows, Source

__version__ = "0.3.0"

# Public name -> module that holds it; loaded on first use, so that importing
# klimatgraph costs next to nothing.
_PUBLIC = {
    "KlimatGraph": "graph",
    "Rows": "rows",
    "Source": "rows",
    "Entity": "rows",
    "connect": "opening",
    "load": "opening",
    "open": "opening",
    "read": "opening",
    "Draft": "proposals",
    "DataError": "errors",
    "DocumentError": "errors",
    "EngineError": "errors",
    "EngineUnavailable": "errors",
    "FormatError": "errors",
    "InputError": "errors",
    "KlimatgraphError": "errors",
    "MissingExtra": "errors",
    "ParameterError": "errors",
    "QueryRefused": "errors",
    "QuerySyntaxError": "errors",
    "QueryTimeout": "errors",
    "StoreLocked": "errors",
    "UnknownName": "errors",
}

__all__ = [
    "DataError",
    "DocumentError",
    "Draft",
    "EngineError",
    "EngineUnavailable",
    "Entity",
    "FormatError",
    "InputError",
    "KlimatGraph",
    "KlimatgraphError",
    "MissingExtra",
    "ParameterError",
    "QueryRefused",
    "QuerySyntaxError",
    "QueryTimeout",
    "Rows",
    "Source",
    "StoreLocked",
    "UnknownName",
    "__version__",
    "connect",
    "load",
    "open",
    "read",
]


def __getattr__(name: str) -> Any:
    module = _PUBLIC.get(name)
    if module is None:
        raise AttributeError(f"module 'klimatgraph' has no attribute {name!r}")
    value = getattr(import_module(f"klimatgraph.{module}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(_PUBLIC))
