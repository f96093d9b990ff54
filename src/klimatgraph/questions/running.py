"""Asking a question: bind, select, fold what differs in its sources only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode

from klimatgraph.engines.base import Engine, Table
from klimatgraph.questions.binding import bind
from klimatgraph.questions.model import Question
from klimatgraph.questions.parameters import Resolver
from klimatgraph.rows import Column, Entity, Rows, Source
from klimatgraph.terms import Term, python_value, shorten

__all__ = ["run"]


def run(
    question: Question,
    engine: Engine,
    lang: str = "sv",
    resolver: Resolver | None = None,
    *,
    timeout: float | None = None,
    **parameters: Any,
) -> Rows:
    """Ask a question.

    Parameters
    ----------
    question : Question
    engine : Engine
        Where the graph is.
    lang : {"sv", "en"}
        The language of the answer.
    resolver : callable, optional
        Finds things by kind and name; by default, in the graph itself.
    timeout : float, optional
        Seconds.
    **parameters
        Values of the question's parameters.

    Returns
    -------
    Rows
        Rows that differ in their sources only are one row with all of these sources.

    Raises
    ------
    ParameterError, UnknownName, EngineError
    """
    resolver = resolver or _in_graph(engine)
    table = engine.select(bind(question, parameters, lang=lang, resolver=resolver), timeout)
    columns = [Column(name, labels[lang]) for name, labels in question.columns.items()]
    return Rows(
        name=question.name,
        question=question.text(lang, parameters),
        columns=columns,
        rows=_fold(table, [column.name for column in columns], engine, lang),
        lang=lang,
    )


def _in_graph(engine: Engine) -> Resolver:
    """Find things by the names they have in the graph, read only if a name is asked for."""

    def find(kind: str, name: str) -> NamedNode:
        from klimatgraph.lookup import Lookup

        return Lookup(engine).find(kind, name)

    return find


def _fold(table: Table, names: list[str], engine: Engine, lang: str) -> list[dict[str, Any]]:
    at = {name: i for i, name in enumerate(table.variables)}
    evidence = [i for name, i in at.items() if name.startswith("source")]
    groups: dict[tuple[Any, ...], tuple[tuple[Term | None, ...], set[str]]] = {}
    for number, row in enumerate(table.rows):
        key: tuple[Any, ...] = tuple(term for i, term in enumerate(row) if i not in evidence)
        if not evidence:
            key = (number,)  # without sources, equal rows are what the query asked for
        _, cited = groups.setdefault(key, (row, set()))
        cited.update(t.value for i in evidence if isinstance(t := row[i], NamedNode))
    sources = _sources(engine, {iri for _, cited in groups.values() for iri in cited}, lang)
    return [
        {
            **{name: _value(row, at, name) for name in names},
            "sources": tuple(sorted((sources[iri] for iri in cited), key=Source.order)),
        }
        for row, cited in groups.values()
    ]


def _value(row: tuple[Term | None, ...], at: Mapping[str, int], name: str) -> Any:
    term = row[at[name]]
    label_at = at.get(f"{name}Label")
    if label_at is None or not isinstance(term, NamedNode):
        return python_value(term)
    label = row[label_at]
    return Entity(term.value, label.value if isinstance(label, Literal) else shorten(term))


def _sources(engine: Engine, iris: set[str], lang: str) -> dict[str, Source]:
    if not iris:
        return {}
    from klimatgraph.evidence.references import sources

    return sources(engine, sorted(iris), lang)
