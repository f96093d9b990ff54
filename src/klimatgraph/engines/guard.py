"""What is let through to an engine: SPARQL that reads, and nothing else.

Queries come from notebooks, command lines and web pages. None may write, reach the
network (``SERVICE``, ``LOAD``) or bring the process down by its sheer size.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pyoxigraph import NamedNode, QuerySolutions, Store

from klimatgraph.engines.lexer import Token, position, readings
from klimatgraph.engines.mistakes import syntax_error
from klimatgraph.errors import QueryRefused

__all__ = ["MAX_TOKENS", "Dataset", "check_read_only", "check_syntax", "dataset", "query_form"]

MAX_TOKENS: Final = 4_000
"""Largest query, in tokens outside the data of VALUES: a longer chain of operators or
patterns overflows the stack of recursive parsers, which no exception can catch."""

_UPDATES: Final = frozenset(
    {"LOAD", "INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"}
)
_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


def check_read_only(query: str) -> str:
    """Let a query pass that reads and stays at home.

    Parameters
    ----------
    query : str
        SPARQL 1.1. Whether it is valid is left to the engine, lexical errors aside.

    Returns
    -------
    str
        Its form, ``"SELECT"``, ``"ASK"``, ``"CONSTRUCT"`` or ``"DESCRIBE"``; empty if it has
        none, and so is not valid.

    Raises
    ------
    QueryRefused
        If it holds ``SERVICE``, ``LOAD`` or a keyword of SPARQL Update as a keyword (not in
        a name, variable, string or comment), or is too large to be parsed safely.
    QuerySyntaxError
        If it cannot be read: unfinished strings, stray characters.

    Examples
    --------
    >>> check_read_only("SELECT ?service { ?service a klim:SERVICE } # LOAD")
    'SELECT'
    >>> check_read_only("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    klimatgraph.errors.QueryRefused: SERVICE at line 1, column 12 would reach out ...
    """
    main, *others = readings(query)
    for token in main:
        if token.kind == "word":
            _check_word(query, token)
    for reading in others:
        for token, following in pairwise(reading):
            # In a second reading parts of IRIs become words: only a whole clause counts.
            if token.text.upper() == "SERVICE" and (
                following.kind in ("iri", "name", "variable")
                or following.text.upper() == "SILENT"
                or following.text == "<"
            ):
                _check_word(query, token)
    for reading in (main, *others):
        size = _size(reading)
        if size > MAX_TOKENS:
            raise QueryRefused(
                f"the query has {size} words and signs, more than {MAX_TOKENS}: "
                "split it, or pass the data with VALUES"
            )
    return _form(main)


def query_form(query: str) -> str:
    """Tell which of the four forms of SPARQL a query has.

    Parameters
    ----------
    query : str

    Returns
    -------
    str
        ``"SELECT"``, ``"ASK"``, ``"CONSTRUCT"``, ``"DESCRIBE"``, or ``""`` if there is none.

    Examples
    --------
    >>> query_form("PREFIX select: <urn:select> ask { ?s ?p 'SELECT' }")
    'ASK'
    """
    return _form(readings(query)[0])


def _form(tokens: list[Token]) -> str:
    words = (token.text.upper() for token in tokens if token.kind == "word")
    return next((word for word in words if word in _FORMS), "")


def _check_word(query: str, token: Token) -> None:
    word = token.text.upper()
    line, column = position(query, token.start)
    if word == "SERVICE":
        raise QueryRefused(
            f"SERVICE at line {line}, column {column} would reach out to another server: "
            "connect to that server and ask it directly"
        )
    if word in _UPDATES:
        raise QueryRefused(
            f"{word} at line {line}, column {column} would change data: "
            "only SELECT, ASK, CONSTRUCT and DESCRIBE are run"
        )


def _size(tokens: list[Token]) -> int:
    """Count the tokens, those in the data blocks of VALUES aside."""
    count, depth, in_values = 0, 0, False
    for token in tokens:
        if token.kind == "word" and token.text.upper() == "VALUES":
            in_values, depth = True, 0
        elif in_values and token.text == "{" and token.kind == "mark":
            depth += 1
            in_values = depth < 2  # data blocks do not nest: a second brace ends the privilege
        elif in_values and token.text == "}" and token.kind == "mark":
            in_values = False
        count += not (in_values and depth)
    return count


def check_syntax(query: str) -> None:
    """Let a query pass that is SPARQL 1.1.

    Parameters
    ----------
    query : str
        A query that :func:`check_read_only` let pass.

    Raises
    ------
    QuerySyntaxError
        Naming line, column, what was found and what was expected.

    Examples
    --------
    >>> check_syntax("SELECT ?s WHERE { ?s a klim:City }")
    Traceback (most recent call last):
    klimatgraph.errors.QuerySyntaxError: ... at line 1, column 24: the prefix 'klim:' is not ...
    """
    try:
        Store().query(query)
    except SyntaxError as error:
        raise syntax_error(query, error) from None


@dataclass(frozen=True, slots=True)
class Dataset:
    """The ``FROM`` clauses of a query.

    Parameters
    ----------
    query : str
        The query with the clauses blanked out.
    default, named : tuple of NamedNode
        The graphs of ``FROM`` and of ``FROM NAMED``.
    """

    query: str
    default: tuple[NamedNode, ...]
    named: tuple[NamedNode, ...]


def dataset(query: str) -> Dataset | None:
    """Take the ``FROM`` clauses out of a query, so that engines need not act on them.

    Engines differ: one ignores them, another fetches the graph from the network.

    Parameters
    ----------
    query : str
        A valid query.

    Returns
    -------
    Dataset or None
        None if there are no such clauses.

    Examples
    --------
    >>> found = dataset("SELECT * FROM <http://example.org/g> { ?s ?p ?o }")
    >>> found.query.split(), found.default
    (['SELECT', '*', '{', '?s', '?p', '?o', '}'], (<NamedNode value=http://example.org/g>,))
    """
    tokens = readings(query)[0]
    spans: list[tuple[int, int]] = []
    defaults: list[str] = []
    named: list[str] = []
    for i, token in enumerate(tokens):
        if token.kind != "word" or token.text.upper() != "FROM":
            continue
        is_named = i + 1 < len(tokens) and tokens[i + 1].text.upper() == "NAMED"
        source = tokens[i + 1 + is_named]
        (named if is_named else defaults).append(source.text)
        spans.append((token.start, source.end))
    if not spans:
        return None
    form = next(t for t in tokens if t.kind == "word" and t.text.upper() in _FORMS)
    prologue = query[: form.start]
    bare = query
    for start, end in spans:
        bare = bare[:start] + re.sub(r"[^\n]", " ", bare[start:end]) + bare[end:]
    return Dataset(bare, _resolve(prologue, defaults), _resolve(prologue, named))


def _resolve(prologue: str, names: list[str]) -> tuple[NamedNode, ...]:
    """Resolve IRIs by the query's own PREFIX and BASE, without a second implementation."""
    if not names:
        return ()
    answer = Store().query(f"{prologue}\nSELECT ?x {{ VALUES ?x {{ {' '.join(names)} }} }}")
    assert isinstance(answer, QuerySolutions)
    return tuple(x for (x,) in answer if isinstance(x, NamedNode))
