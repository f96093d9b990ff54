"""Engines: where the graph lives and who answers SPARQL about it.

All of them keep the contract of :class:`~klimatgraph.engines.base.Engine`.
"""

from __future__ import annotations

import difflib
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from klimatgraph.engines.base import Engine, Table
from klimatgraph.errors import MissingExtra, UnknownName

if TYPE_CHECKING:
    from klimatgraph.engines.oxigraph import OxigraphEngine
    from klimatgraph.engines.rdflib import RdflibEngine
    from klimatgraph.engines.remote import RemoteEngine

__all__ = ["Engine", "OxigraphEngine", "RdflibEngine", "RemoteEngine", "Table", "resolve"]

# Name -> module, class, the package it needs.
_ENGINES = {
    "oxigraph": ("oxigraph", "OxigraphEngine", "pyoxigraph"),
    "memory": ("oxigraph", "OxigraphEngine", "pyoxigraph"),
    "rdflib": ("rdflib", "RdflibEngine", "rdflib"),
    "remote": ("remote", "RemoteEngine", "SPARQLWrapper"),
}


def resolve(name: str) -> type[Any]:
    """Find an engine by name, and load it.

    Parameters
    ----------
    name : {"oxigraph", "memory", "rdflib", "remote"}
        ``"memory"`` is another name for ``"oxigraph"``.

    Returns
    -------
    type
        The class of the engine.

    Raises
    ------
    UnknownName
        If there is no such engine.
    MissingExtra
        If its package is not installed; the message is the pip line to run.

    Examples
    --------
    >>> resolve("rdflib")().name
    'rdflib'
    """
    if name not in _ENGINES:
        near = difflib.get_close_matches(name.lower(), sorted(_ENGINES), 2, 0.5)
        raise UnknownName("engine", name, near or sorted(_ENGINES))
    module, attribute, package = _ENGINES[name]
    if find_spec(package) is None:
        raise MissingExtra(package)
    loaded: type[Any] = getattr(import_module(f"klimatgraph.engines.{module}"), attribute)
    return loaded


def __getattr__(name: str) -> Any:
    for module, attribute, _ in _ENGINES.values():
        if name == attribute:
            return getattr(import_module(f"klimatgraph.engines.{module}"), attribute)
    raise AttributeError(f"module 'klimatgraph.engines' has no attribute {name!r}")
