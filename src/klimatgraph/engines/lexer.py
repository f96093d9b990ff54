"""Tokens of SPARQL 1.1, as the guard needs them.

Parsers of SPARQL differ in one place that matters for safety: in ``?a <b>c …`` some
read ``<b>`` as an IRI, others read ``<`` as "less than". The lexer follows both
readings wherever both are possible, so that nothing hides in one of them.

References
----------
SPARQL 1.1 Query Language, section 19.8: https://www.w3.org/TR/sparql11-query/#sparqlGrammar
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from klimatgraph.errors import QueryRefused, QuerySyntaxError

__all__ = ["MAX_DEPTH", "MAX_LENGTH", "Token", "portable", "position", "readings"]

MAX_LENGTH: Final = 10_000_000
"""Longest query, in characters."""
MAX_DEPTH: Final = 100
"""Deepest nesting of brackets: parsers recurse, and the deepest of them crash."""

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_U = _BASE + "_"
_CHAR = _U + "0-9\u00b7\u0300-\u036f\u203f-\u2040-"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_PREFIX = f"[{_BASE}](?:[{_CHAR}.]*[{_CHAR}])?"
_LOCAL = f"(?:[{_U}0-9:]|{_PLX})(?:(?:[{_CHAR}.:]|{_PLX})*(?:[{_CHAR}:]|{_PLX}))?"
_ESCAPE = r"\\(?:[tbnrf\\\"']|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"

_TOKEN: Final = re.compile(
    "|".join(
        f"(?P<{kind}>{pattern})"
        for kind, pattern in (
            ("space", r"[ \t\n\r]+"),
            ("comment", r"#[^\n\r]*"),
            ("iri", r"<(?:[^<>\"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>"),
            ("string3", rf'"""(?:(?:"|"")?(?:[^"\\]|{_ESCAPE}))*"""'),
            ("string3s", rf"'''(?:(?:'|'')?(?:[^'\\]|{_ESCAPE}))*'''"),
            ("string", rf'"(?:[^"\\\n\r]|{_ESCAPE})*"'),
            ("strings", rf"'(?:[^'\\\n\r]|{_ESCAPE})*'"),
            ("variable", f"[?$][{_U}0-9](?:[{_U}0-9\u00b7\u0300-\u036f\u203f-\u2040])*"),
            ("blank", f"_:[{_U}0-9](?:[{_CHAR}.]*[{_CHAR}])?"),
            ("name", f"(?:{_PREFIX})?:(?:{_LOCAL})?"),
            ("language", r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*"),
            ("number", r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"),
            ("word", f"[{_BASE}_][{_CHAR}]*"),
            ("mark", r"\^\^|&&|\|\||!=|<=|>=|[{}()\[\].,;*/^?|!=<>+-]"),
        )
    )
)
_UNICODE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
# The same, but an escaped backslash before a u is taken together and makes no escape.
_IN_STRING: Final = re.compile(r"\\\\|\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_OPERANDS: Final = frozenset(
    {"iri", "string3", "string3s", "string", "strings", "variable", "blank", "name", "language",
     "number", "word"}
)  # fmt: skip
_PAIRS: Final = {")": "(", "]": "[", "}": "{"}
# What an escape may not stand for: some parsers decode escapes before they read, and
# then these would end the string or the comment they are in.
_FORBIDDEN: Final = frozenset("\"'\\\n\r<>{}#")


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a query.

    Parameters
    ----------
    kind : str
        ``iri``, ``string``, ``variable``, ``blank``, ``name`` (prefixed), ``language``,
        ``number``, ``word`` (keywords and functions) or ``mark`` (punctuation).
    text : str
        As it stands in the query.
    start : int
        Offset of its first character.
    """

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Offset just behind the token."""
        return self.start + len(self.text)


def position(query: str, offset: int) -> tuple[int, int]:
    """Turn an offset into line and column, both counted from 1.

    Examples
    --------
    >>> position("ab\\ncd", 4)
    (2, 2)
    """
    line = query.count("\n", 0, offset) + 1
    return line, offset - (query.rfind("\n", 0, offset) + 1) + 1


def readings(query: str) -> list[list[Token]]:
    """Read a query in every way a parser might.

    Parameters
    ----------
    query : str

    Returns
    -------
    list of list of Token
        First the reading of the SPARQL grammar. Then stretches of others, from where they
        part from it to where they meet again, when a ``<`` may begin an IRI or compare.

    Raises
    ------
    QuerySyntaxError
        If no reading is possible: an unfinished string, a stray character.
    QueryRefused
        If the query is longer or nested deeper than can be read safely, or holds escapes
        that parsers read differently.

    Examples
    --------
    >>> [token.text for token in readings("ASK { ?s klim:SERVICE 'LOAD' } # DROP")[0]]
    ['ASK', '{', '?s', 'klim:SERVICE', "'LOAD'", '}']
    """
    if len(query) > MAX_LENGTH:
        raise QueryRefused(
            f"the query has {len(query)} characters, more than {MAX_LENGTH}: split it"
        )
    lone = re.search(r"\r(?!\n)", query)
    if lone:  # a line end for some parsers, not for others
        line, column = position(query, lone.start())
        raise QuerySyntaxError("a carriage return without a line feed", line, column)
    reader = _Reader(query)
    found = [reader.read(0, None, ())]
    while reader.waiting:
        found.append(reader.read(*reader.waiting.pop()))
    if reader.failure is not None and not reader.complete:
        raise reader.failure
    return found


class _Reader:
    """Follows all readings of one query, each stretch of it once."""

    def __init__(self, query: str) -> None:
        self.query = query
        # Where a second reading begins, what stands before it, which brackets are open.
        self.waiting: list[tuple[int, Token | None, tuple[str, ...]]] = []
        self.complete = False
        self.failure: QuerySyntaxError | None = None
        self._passed: dict[tuple[int, bool, str, int], list[bool]] = {}

    def read(self, at: int, before: Token | None, opened: tuple[str, ...]) -> list[Token]:
        """Read on from `at` to the end, or to where another reading has been."""
        tokens: list[Token] = [] if before is None else [before]
        brackets = list(opened)
        outcome = [False]  # shared with the states passed, filled in when known
        query = self.query
        while at < len(query):
            match = _TOKEN.match(query, at)
            if match is None:
                self.failure = self.failure or _stray(query, at)
                return tokens
            kind, text = match.lastgroup or "", match.group()
            if kind in ("iri", "comment") or kind.startswith("string"):
                _check_escapes(query, at, kind, text)
            if kind == "iri" and before is not None and _may_compare(before, brackets):
                self.waiting.append((at + 1, Token("mark", "<", at), tuple(brackets)))
            at = match.end()
            if kind in ("space", "comment"):
                continue
            before = Token("string" if kind.startswith("string") else kind, text, match.start())
            tokens.append(before)
            if kind == "mark":
                _track(query, before, brackets)
            state = (at, _is_operand(before), brackets[-1] if brackets else "", len(brackets))
            joined = self._passed.get(state)
            if joined is not None:
                self.complete = self.complete or joined[0]
                following = self._next(at)
                return [*tokens, following] if following else tokens
            self._passed[state] = outcome
        self.complete = outcome[0] = True
        return tokens

    def _next(self, at: int) -> Token | None:
        while match := _TOKEN.match(self.query, at):
            if match.lastgroup not in ("space", "comment"):
                return Token(match.lastgroup or "", match.group(), at)
            at = match.end()
        return None


def _is_operand(token: Token) -> bool:
    return token.kind in _OPERANDS or token.text in (")", "]")


def _may_compare(before: Token, brackets: list[str]) -> bool:
    """Tell whether a ``<`` here could be "less than": inside ( … ), after an operand."""
    return bool(brackets) and brackets[-1] == "(" and _is_operand(before)


def _track(query: str, token: Token, brackets: list[str]) -> None:
    if token.text in ("(", "[", "{"):
        brackets.append(token.text)
        if len(brackets) > MAX_DEPTH:
            line, column = position(query, token.start)
            raise QueryRefused(
                f"the query nests brackets deeper than {MAX_DEPTH} at line {line}, "
                f"column {column}: write it flatter"
            )
    elif brackets and _PAIRS.get(token.text) == brackets[-1]:
        brackets.pop()


def portable(query: str) -> str:
    """Write a query so that parsers that decode escapes before they read see the same.

    In a string, such a parser takes the u behind an escaped backslash for an escape. With
    the u itself written as an escape, both kinds of parsers read what was meant.

    Parameters
    ----------
    query : str

    Returns
    -------
    str

    Examples
    --------
    >>> print(portable(r'ASK { ?s ?p "a\\\\u0022" } # why'))
    ASK { ?s ?p "a\\\\\\U000000750022" }
    """
    pieces = []
    at = 0
    for token in readings(query)[0]:
        gap = query[at : token.start]
        pieces.append(" " if "#" in gap else gap)  # comments may hold escapes, too
        text = token.text
        if token.kind in ("string", "iri") and "\\" in text:
            text = re.sub(r"\\\\([uU]?)|\\u([0-9A-Fa-f]{4})", _long_escape, text)
        pieces.append(text)
        at = token.end
    return "".join(pieces)


def _long_escape(match: re.Match[str]) -> str:
    # Always with eight digits: rdflib takes digits behind the four of the short form with it.
    if match.group(2):
        return f"\\U0000{match.group(2)}"
    return f"\\\\\\U{ord(match.group(1)):08X}" if match.group(1) else match.group()


def _check_escapes(query: str, at: int, kind: str, text: str) -> None:
    forbidden = _FORBIDDEN if kind != "comment" else frozenset("\n\r")
    for match in (_IN_STRING if kind.startswith("string") else _UNICODE).finditer(text):
        digits = match.group(1) or match.group(2)
        if digits is None:
            continue
        code = int(digits, 16)
        if code > 0x10FFFF or chr(code) in forbidden:
            line, column = position(query, at + match.start())
            raise QueryRefused(
                f"the escape {match.group()} at line {line}, column {column} reads differently "
                'in different engines: write \\n, \\" or the character itself'
            )


def _stray(query: str, at: int) -> QuerySyntaxError:
    line, column = position(query, at)
    character = query[at]
    if character in "\"'":
        return QuerySyntaxError("a string begins here and does not end", line, column)
    if character == "\\":
        return QuerySyntaxError("a backslash outside strings, IRIs and names", line, column)
    return QuerySyntaxError(f"the character {character!r} cannot stand here", line, column)
