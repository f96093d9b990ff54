"""The CONSTRUCT beside a table: what it reads and which functions it calls."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Store

from klimatgraph.engines.guard import check_read_only
from klimatgraph.engines.lexer import readings
from klimatgraph.engines.mistakes import syntax_error
from klimatgraph.errors import FormatError, InputError, KlimatgraphError
from klimatgraph.terms import COL, EACH, FN, Term

_KEY: Final = re.compile(r"^# key: (.+)$", re.MULTILINE)
_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A CONSTRUCT that turns rows into triples.

    Parameters
    ----------
    path
        The file.
    query
        Its text.
    columns
        The columns it uses.
    lists
        Those of them whose cells it takes apart, by ``each:``.
    functions
        The names of the functions it calls.
    key
        The columns that tell rows apart, from a comment ``# key: project, award``; none when
        several rows may speak of one thing.
    """

    path: Path
    query: str
    columns: frozenset[str]
    lists: frozenset[str]
    functions: frozenset[str]
    key: tuple[str, ...]


def read_rule(path: Path) -> Rule:
    """Read a CONSTRUCT.

    Parameters
    ----------
    path
        A file with a SPARQL query.

    Returns
    -------
    Rule
        The query and what it uses.

    Raises
    ------
    FormatError
        When the file cannot be read, is not UTF-8, not SPARQL 1.1 or no CONSTRUCT, or would reach
        out to a server.
    """
    try:
        query = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise FormatError(path, None, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise FormatError(path, None, "is not UTF-8; save it as UTF-8") from None
    try:
        check_read_only(query)
        form, iris = _form_and_iris(query)
        functions = _within(FN, iris)
        _check_syntax(query, functions)
    except KlimatgraphError as error:
        raise FormatError(path, getattr(error, "line", None), str(error)) from None
    if form != "CONSTRUCT":
        raise FormatError(path, None, f"is no CONSTRUCT but {form}; rewrite it as a CONSTRUCT")
    lists = _within(EACH, iris)
    told = _KEY.search(query)
    key = tuple(column.strip() for column in told[1].split(",")) if told else ()
    columns = _within(COL, iris) | lists
    unused = sorted(set(key) - columns)
    if unused:
        raise FormatError(path, None, f"the key names {unused[0]!r}, a column that is not used")
    return Rule(path, query, columns, lists, functions, key)


def _check_syntax(query: str, functions: frozenset[str]) -> None:
    known: dict[NamedNode, Callable[..., Term | None]] = {
        NamedNode(FN + name): _nothing for name in functions
    }
    try:
        Store().query(query, custom_functions=known)
    except SyntaxError as error:
        raise syntax_error(query, error) from None
    except RuntimeError as error:
        raise InputError(f"cannot be run: {error}") from None


def _nothing(*_: Term) -> Term | None:
    return None


def _form_and_iris(query: str) -> tuple[str, set[str]]:
    """Return the form of a query, and every IRI in it, prefixed names expanded."""
    form = ""
    prefixes: dict[str, str] = {}
    iris: set[str] = set()
    declaring = ""
    for token in readings(query)[0]:
        if token.kind == "iri":
            if declaring.endswith(":"):
                prefixes[declaring] = token.text[1:-1]
            else:
                iris.add(token.text[1:-1])
            declaring = ""
        elif token.kind == "name" and declaring:
            declaring = token.text
        elif token.kind == "name":
            prefix, _, local = token.text.partition(":")
            iris.add(prefixes.get(f"{prefix}:", f"{prefix}:") + local)
        elif token.kind == "word":
            word = token.text.upper()
            declaring = word if word in ("PREFIX", "BASE") else ""
            form = form or (word if word in _FORMS else "")
    return form, iris


def _within(namespace: str, iris: set[str]) -> frozenset[str]:
    return frozenset(iri.removeprefix(namespace) for iri in iris if iri.startswith(namespace)) - {
        ""
    }
