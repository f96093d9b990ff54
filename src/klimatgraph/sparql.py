"""SPARQL written by a person: checked first, run with a limit of time, given back as rows."""

from __future__ import annotations

import re
from itertools import chain
from typing import Any

import pyoxigraph as ox

from klimatgraph.engines import Engine
from klimatgraph.engines.guard import check_read_only, check_syntax, dataset
from klimatgraph.engines.lexer import position, readings
from klimatgraph.errors import InputError, QueryRefused, QuerySyntaxError
from klimatgraph.rows import Column, Rows
from klimatgraph.terms import PREFIXES, python_value


def run(engine: Engine, query: str, *, timeout: float | None, lang: str = "sv") -> Rows:
    """Run a SELECT or ASK query.

    Parameters
    ----------
    engine : Engine
        Where the graph is.
    query : str
        The query. Prefixes of klimatgraph that it uses and does not declare are added.
    timeout : float or None
        Seconds to wait for the answer; None waits for ever.
    lang : {"sv", "en"}
        The language of headings.

    Returns
    -------
    Rows
        Python values; IRIs as strings.

    Raises
    ------
    QuerySyntaxError
        If it does not parse.
    QueryRefused
        If it is not for reading only, or is a CONSTRUCT or DESCRIBE.
    InputError
        If FROM names a graph that the store does not hold, or a variable is called as the
        sources of a row are.
    QueryTimeout
        If there is no answer in time.

    Examples
    --------
    >>> import klimatgraph as kg
    >>> run(kg.load().engine, "ASK { ?s a klim:City }", timeout=5)[0]["answer"]
    True
    """
    _check_text(query)
    form = check_read_only(query)
    # On a line of their own, so that columns stay right; lines are one too many.
    text = f"{_missing_prefixes(query)}\n{query}"
    try:
        check_syntax(text)
    except QuerySyntaxError as error:
        raise _one_line_up(error) from None
    if form not in ("ASK", "SELECT"):
        raise QueryRefused(f"{form} gives triples, not rows: use SELECT or ASK, or `export`")
    _check_graphs(engine, text)
    variables: tuple[str, ...]
    if form == "ASK":
        variables = ("answer",)
        rows = [{"answer": engine.ask(text, timeout=timeout), "sources": ()}]
    else:
        table = engine.select(text, timeout=timeout)
        variables = table.variables
        for name in ("sources", "source_iris"):
            if name in variables:
                raise InputError(f"?{name} is what rows keep their sources in: take another name")
        rows = [_row(variables, values) for values in table.rows]
    return Rows(
        name="sparql",
        question="SPARQL",
        columns=tuple(Column(name, name) for name in variables),
        rows=rows,
        lang=lang,
    )


def _row(variables: tuple[str, ...], values: tuple[Any, ...]) -> dict[str, Any]:
    row: dict[str, Any] = {
        name: value.value if isinstance(value, ox.NamedNode) else python_value(value)
        for name, value in zip(variables, values, strict=True)
    }
    row["sources"] = ()
    return row


def _check_text(query: str) -> None:
    # What a command line passes on of bytes that are no UTF-8; engines cannot take it.
    broken = re.search("[\ud800-\udfff]", query)
    if broken is not None:
        raise QuerySyntaxError("bytes that are no UTF-8", *position(query, broken.start()))


def _missing_prefixes(query: str) -> str:
    """Declare the prefixes that a query uses and does not declare itself."""
    used: set[str] = set()
    declared: set[str] = set()
    before = ""
    for token in chain.from_iterable(readings(query)):
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            (declared if before == "PREFIX" else used).add(prefix)
        before = token.text.upper()
    wanted = sorted((used & set(PREFIXES)) - declared)
    return " ".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in wanted)


def _one_line_up(error: QuerySyntaxError) -> QuerySyntaxError:
    """Tell where a mistake is in the query as it was written, without the line of prefixes."""
    _, _, reason = str(error).partition(": ")
    reason = re.sub(
        r"(?<=\bof line )\d+(?=, column )", lambda found: str(int(found.group()) - 1), reason
    )
    if error.line is None:
        return QuerySyntaxError(reason)
    return QuerySyntaxError(reason, max(error.line - 1, 1), error.column)


def _check_graphs(engine: Engine, query: str) -> None:
    """Say so when FROM names a graph that is not there; an empty answer would tell nothing."""
    clause = dataset(query)
    for graph in () if clause is None else (*clause.default, *clause.named):
        if not engine.ask(f"ASK {{ GRAPH {graph} {{ ?s ?p ?o }} }}"):
            raise InputError(
                f"there is no graph {graph} in the store, and none is fetched: "
                "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } lists those there are"
            )
