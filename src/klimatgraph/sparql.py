"""SPARQL written by a person: checked first, run with a limit of time, given back as rows."""

from __future__ import annotations

import re
from typing import Any

import pyoxigraph as ox

from klimatgraph.engines import Engine
from klimatgraph.engines.guard import check_read_only, query_form
from klimatgraph.errors import QueryRefused
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
        Seconds to wait; None waits for ever.
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
    QueryTimeout
        If there is no answer in time.

    Examples
    --------
    >>> import klimatgraph as kg
    >>> run(kg.load().engine, "ASK { ?s a klim:City }", timeout=5)[0]["answer"]
    True
    """
    check_read_only(query)
    form = query_form(query)
    # On the same line as the query's first, so that lines in error messages stay right.
    text = _missing_prefixes(query) + query
    if form == "ASK":
        variables, rows = ("answer",), [{"answer": engine.ask(text), "sources": ()}]
    elif form == "SELECT":
        table = engine.select(text, timeout=timeout)
        variables = table.variables
        rows = [_row(variables, values) for values in table.rows]
    else:
        raise QueryRefused(f"{form} gives triples, not rows: use SELECT or ASK, or `export`")
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


def _missing_prefixes(query: str) -> str:
    declared = set(re.findall(r"\bPREFIX\s+([\w.-]*):", query, re.IGNORECASE))
    used = set(re.findall(r"(?<![\w<?$:/#.-])([A-Za-z][\w-]*):", query))
    wanted = sorted((used & set(PREFIXES)) - declared)
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in wanted)
