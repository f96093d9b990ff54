"""A CONSTRUCT taken apart, so that one query answers for all rows of a table at once.

The engine parses a query each time it is asked, and a CONSTRUCT does not tell which row a triple
comes from. Asked as a SELECT, it does; what it makes of a solution is then put together here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolution, RdfFormat, Triple, parse

from klimatgraph.engines.lexer import Token, readings
from klimatgraph.terms import Term

_VARIABLE: Final = "urn:klimatgraph:variable:"


@dataclass(frozen=True, slots=True)
class Template:
    """What a CONSTRUCT looks for, and what it makes of each solution.

    Parameters
    ----------
    select
        The same query as a SELECT of all its variables.
    triples
        What it makes; a variable is an IRI of its own kind.

    Examples
    --------
    >>> template = read_template("CONSTRUCT { ?s a <x:C> } WHERE { ?row <x:p> ?s }")
    >>> template.select
    'SELECT * WHERE { ?row <x:p> ?s }'
    """

    select: str
    triples: tuple[Triple, ...]

    def made_of(self, solution: QuerySolution, names: frozenset[str]) -> Iterator[Triple]:
        """Give the triples of one solution; none where a variable is unbound.

        Parameters
        ----------
        solution
            A solution of `select`.
        names
            The variables that it may bind.
        """
        bound: dict[str, Term] = {}
        for name in names:
            value = solution[name]
            if value is not None:
                bound[_VARIABLE + name] = value
        for triple in self.triples:
            subject = _filled(triple.subject, bound)
            predicate = _filled(triple.predicate, bound)
            value = _filled(triple.object, bound)
            if value is None or not isinstance(predicate, NamedNode):
                continue
            if subject is not None and not isinstance(subject, (Literal, Triple)):
                yield Triple(subject, predicate, value)


def read_template(query: str) -> Template | None:
    """Take a CONSTRUCT apart.

    Parameters
    ----------
    query
        A CONSTRUCT that the engine accepts.

    Returns
    -------
    Template or None
        None for the short form without a template, or one with blank nodes or lists in it.
    """
    tokens = readings(query)[0]
    at = next(i for i, t in enumerate(tokens) if t.text.upper() == "CONSTRUCT")
    if tokens[at + 1].text != "{":
        return None
    end = next(i for i in range(at, len(tokens)) if tokens[i].text == "}")
    inside = tokens[at + 2 : end]
    if inside and inside[-1].text == ".":
        inside.pop()
    if any(token.text in "[](" or token.kind == "blank" for token in inside):
        return None
    turtle = [*_prefixes(tokens[:at]), *map(_written, inside), "."]
    triples = tuple(q.triple for q in parse(" ".join(turtle), RdfFormat.TURTLE))
    before, after = query[: tokens[at].start], query[tokens[end].end :].lstrip()
    return Template(f"{before}SELECT * {after}", triples)


def _prefixes(tokens: list[Token]) -> Iterator[str]:
    for name, iri in pairwise(tokens):
        if name.kind == "name" and iri.kind == "iri":
            yield f"@prefix {name.text} {iri.text} ."


def _written(token: Token) -> str:
    return f"<{_VARIABLE}{token.text[1:]}>" if token.kind == "variable" else token.text


def _filled(term: Term, bound: Mapping[str, Term]) -> Term | None:
    if isinstance(term, NamedNode) and term.value.startswith(_VARIABLE):
        return bound.get(term.value)
    return term
