"""Saying in one line what is wrong with a query.

Parsers report where they gave up, which is often not where the mistake is, and list what
they would have accepted there, down to single characters. So the commonest mistakes are
looked for first, and the rest is told by the clause it is in.
"""

from __future__ import annotations

import difflib
import re
from typing import Final

from klimatgraph.engines.lexer import Token, position, readings
from klimatgraph.errors import QuerySyntaxError

__all__ = ["syntax_error"]

_WORDS: Final = frozenset(
    """SELECT ASK CONSTRUCT DESCRIBE
    LOAD INSERT DELETE CLEAR DROP CREATE COPY MOVE ADD
    BASE PREFIX DISTINCT REDUCED AS FROM NAMED WHERE GROUP BY HAVING ORDER ASC DESC
    LIMIT OFFSET VALUES GRAPH OPTIONAL UNION MINUS FILTER BIND SERVICE SILENT UNDEF EXISTS NOT IN
    A TRUE FALSE COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES DATATYPE
    BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI
    CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE
    TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI
    ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE""".split()  # noqa: SIM905
)
_PAIRS: Final = {")": "(", "]": "[", "}": "{"}
_EXPECTED: Final = {
    "SELECT": "SELECT, then * or variables, then { … }",
    "FILTER": "FILTER ( condition )",
    "BIND": "BIND ( expression AS ?variable )",
    "OPTIONAL": "OPTIONAL { … }",
    "MINUS": "MINUS { … }",
    "UNION": "{ … } UNION { … }",
    "GRAPH": "GRAPH ?g { … }",
    "VALUES": "VALUES ?variable { … }",
    "GROUP": "GROUP BY, once, before HAVING and ORDER BY",
    "HAVING": "HAVING ( condition ), behind GROUP BY",
    "ORDER": "ORDER BY, once, before LIMIT",
    "LIMIT": "LIMIT and a whole number, once, at the end",
    "OFFSET": "OFFSET and a whole number, once, at the end",
    "WHERE": "WHERE { … }",
    "{": "variables or * behind SELECT, and complete triples between { and }",
    "(": "( expression AS ?variable )",
    ",": "spaces between variables; a comma only between the objects of one predicate",
}
_SENTENCES: Final = {
    "contains a variable that is unbound": (
        "SELECT names a variable that is neither in GROUP BY nor inside an aggregate"
    ),
    "overrides an existing variable": "AS names a variable that has a value already: take another",
}
# Beyond this rdflib's parser, which tells the place best, may take too long.
_LONGEST: Final = 20_000
_DEEPEST: Final = 12


def syntax_error(query: str, error: SyntaxError) -> QuerySyntaxError:
    """Say in one line what is wrong with a query that pyoxigraph does not accept.

    Parameters
    ----------
    query : str
    error : SyntaxError
        As raised by pyoxigraph.

    Returns
    -------
    QuerySyntaxError
        With line, column, what was found and what was expected.

    Examples
    --------
    >>> print(syntax_error("SELECT ?s { ?s a ?c } ORDER ?s", SyntaxError("error at 1:31: …")))
    the query is not SPARQL at line 1, column 23: found 'ORDER', expected ORDER BY, once, ...
    """
    tokens = readings(query)[0]
    if not tokens:
        return QuerySyntaxError("it is empty: begin with SELECT, ASK, CONSTRUCT or DESCRIBE", 1, 1)
    known = _unknown_word(tokens) or _unbalanced(query, tokens) or _unresolved(tokens)
    if known is not None:
        token, reason = known
        return QuerySyntaxError(reason, *position(query, token.start))
    for part, sentence in _SENTENCES.items():
        if part in str(error):
            start = next((t.start for t in tokens if t.text.upper() == "SELECT"), 0)
            return QuerySyntaxError(sentence, *position(query, start))
    offset = _locate(query, tokens)
    if offset is None:
        return _told_by_parser(query, tokens, str(error))
    here = next((token for token in tokens if token.end > offset), None)
    if here is None:
        return QuerySyntaxError("found the end, expected more", *position(query, len(query)))
    default = "a triple: subject, predicate, object, then . or }"
    if here.kind == "mark" or here.kind == "word":
        default = "something else"
    expected = _EXPECTED.get(here.text.upper(), default)
    found = f"found '{_clip(here.text)}', expected {expected}"
    return QuerySyntaxError(found, *position(query, here.start))


def _locate(query: str, tokens: list[Token]) -> int | None:
    """Find the clause at fault by rdflib's parser, which goes back to where it begins."""
    depth = deepest = 0
    for token in tokens:
        depth += (token.text in _PAIRS.values()) - (token.text in _PAIRS)
        deepest = max(deepest, depth)
    if len(query) > _LONGEST or deepest > _DEEPEST:
        return None
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parseQuery(query)
    except ParseBaseException as error:
        return int(error.loc)
    except Exception:  # this parser serves the message only: whatever it raises, do without
        return None
    return None


def _told_by_parser(query: str, tokens: list[Token], message: str) -> QuerySyntaxError:
    where = re.search(r"at (\d+):(\d+)", message)
    if where is None:
        return QuerySyntaxError(_clip(message, 200))
    lines = query.split("\n")
    offset = sum(len(line) + 1 for line in lines[: int(where.group(1)) - 1])
    offset = min(offset + int(where.group(2)) - 1, len(query))
    near = next((t for t in tokens if t.end > offset), tokens[-1])
    return QuerySyntaxError(
        f"something is wrong at or before '{_clip(near.text)}'", *position(query, near.start)
    )


def _clip(text: str, longest: int = 40) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _unknown_word(tokens: list[Token]) -> tuple[Token, str] | None:
    for token in tokens:
        if token.kind == "word" and token.text.upper() not in _WORDS:
            near = difflib.get_close_matches(token.text.upper(), sorted(_WORDS), 1)
            hint = f": did you mean {near[0]}?" if near else ""
            return token, f"'{_clip(token.text)}' is no word of SPARQL 1.1{hint}"
    return None


def _unbalanced(query: str, tokens: list[Token]) -> tuple[Token, str] | None:
    opened: list[Token] = []
    for token in tokens:
        if token.kind != "mark":
            continue
        if token.text in _PAIRS.values():
            opened.append(token)
        elif token.text in _PAIRS:
            if not opened:
                return token, f"'{token.text}' closes nothing"
            last = opened.pop()
            if last.text != _PAIRS[token.text]:
                line, column = position(query, last.start)
                return token, (
                    f"found '{token.text}' while the '{last.text}' "
                    f"of line {line}, column {column} is open"
                )
    return (opened[-1], f"this '{opened[-1].text}' is never closed") if opened else None


def _unresolved(tokens: list[Token]) -> tuple[Token, str] | None:
    declared: set[str] = set()
    based = False
    before = ""
    for token in tokens:
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            if before == "PREFIX":
                declared.add(prefix)
            elif prefix not in declared:
                return token, f"the prefix '{prefix}:' is not declared: add PREFIX {prefix}: <…>"
        elif token.kind == "iri":
            based = based or before == "BASE"
            if not based and not re.match(r"<[A-Za-z][A-Za-z0-9+.-]*:", token.text):
                return token, f"{_clip(token.text)} is not a full IRI"
        before = token.text.upper()
    return None
