"""Typed parameters of questions: from what a person writes to a term, strictly."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from klimatgraph.errors import InputError, ParameterError
from klimatgraph.rows import Entity
from klimatgraph.terms import expand

__all__ = ["NAMED", "TYPES", "Parameter", "Resolver", "literal"]

Resolver: TypeAlias = Callable[[str, str], NamedNode]
"""Finds a thing by kind and name, code or IRI; raises UnknownName."""

NAMED: Final = (
    "city", "party", "agency", "edition", "theme", "project", "instrument", "initiative", "code",
    "commitment", "document",
)  # fmt: skip
"""Types whose values are things of the graph, told by name, code or IRI."""

_EXAMPLES: Final = {
    "city": "Umeå", "party": "Umeå", "agency": "Naturvårdsverket", "edition": "2025/26",
    "theme": "transport", "project": "https://w3id.org/klimatgraph/id/project/…",
    "instrument": "Viable Cities", "initiative": "Viable Cities", "code": "pioneer",
    "commitment": "5", "document": "https://w3id.org/klimatgraph/id/document/…",
    "integer": "5", "decimal": "2.5", "year": "2030", "string": "text",
    "iri": "https://example.org/thing",
}  # fmt: skip
TYPES: Final = tuple(_EXAMPLES)
_LONGEST: Final = 10_000


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question.

    Parameters
    ----------
    name : str
        As in the query, without the question mark.
    type : str
        One of :data:`TYPES`.
    label : mapping of str to str
        What it is, in ``sv`` and ``en``.
    default : object
        Its value when none is given; None if there is no default.
    optional : bool
        Whether it may be left out though it has no default.
    """

    name: str
    type: str
    label: Mapping[str, str]
    default: Any = None
    optional: bool = False

    @property
    def required(self) -> bool:
        """Whether a value must be given."""
        return self.default is None and not self.optional

    @property
    def example(self) -> str:
        """A value as one would write it."""
        return _EXAMPLES[self.type] if self.default is None else str(self.default)

    def term(self, value: Any, resolver: Resolver | None = None) -> NamedNode | Literal:
        """Turn a value into a term.

        Parameters
        ----------
        value : object
            A python value, text, :class:`~klimatgraph.rows.Entity` or IRI.
        resolver : callable, optional
            Finds things by name; without it only IRIs are understood.

        Returns
        -------
        NamedNode or Literal

        Raises
        ------
        ParameterError
            If the value is not of the type.
        UnknownName
            From the resolver.

        Examples
        --------
        >>> Parameter("year", "year", {}).term("2030")
        <Literal value=2030 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#gYear>>
        """
        if self.type not in NAMED and self.type != "iri":
            if isinstance(value, Literal):
                value = _text_of(self.name, self.type, value)
            return literal(self.name, self.type, value)
        if isinstance(value, NamedNode | Entity):
            value = value.value if isinstance(value, NamedNode) else value.iri
        elif isinstance(value, int) and not isinstance(value, bool) and self.type in NAMED:
            value = str(value)  # a code or number of the thing
        if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
            raise _wrong(self.name, self.type, value)
        if self.type in NAMED and resolver is not None:
            return resolver(self.type, value)
        try:
            return expand(value)
        except InputError:
            raise _wrong(self.name, self.type, value) from None


def literal(name: str, kind: str, value: Any) -> Literal:
    """Turn a value into a literal of a parameter's type.

    Parameters
    ----------
    name : str
        Name of the parameter, for the message.
    kind : {"integer", "decimal", "year", "string"}
    value : object

    Returns
    -------
    Literal
        In canonical form.

    Raises
    ------
    ParameterError
        If the value is not of that type.

    Examples
    --------
    >>> literal("commitment", "integer", "05").value
    '5'
    >>> literal("commitment", "integer", "five")
    Traceback (most recent call last):
    klimatgraph.errors.ParameterError: parameter commitment: 'five' is no integer: write ...
    """
    text = value if isinstance(value, str) else _written(kind, value)
    if text is None or len(text) > _LONGEST:
        raise _wrong(name, kind, value)
    if kind == "string":
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise _wrong(name, kind, value) from None
        return Literal(text)
    text = text.strip()
    if kind == "integer" and re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        return Literal(str(int(text)), datatype=expand("xsd:integer"))
    if kind == "decimal" and re.fullmatch(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?", text):
        whole, _, part = format(Decimal(text), "f").partition(".")
        part = part.rstrip("0")
        plain = f"{whole}.{part}" if part else whole
        return Literal("0" if plain == "-0" else plain, datatype=expand("xsd:decimal"))
    if kind == "year" and re.fullmatch(r"[0-9]{4}", text):
        return Literal(text, datatype=expand("xsd:gYear"))
    raise _wrong(name, kind, value)


def _text_of(name: str, kind: str, value: Literal) -> str:
    """Take the text of a literal that has the datatype of the parameter."""
    wanted = expand("xsd:gYear" if kind == "year" else f"xsd:{kind}")
    if value.datatype != wanted:
        raise _wrong(name, kind, str(value))
    return value.value


def _written(kind: str, value: Any) -> str | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int) and kind in ("integer", "decimal"):
        return str(value)
    if isinstance(value, int) and kind == "year" and 0 < value < 10_000:
        return f"{value:04d}"
    if isinstance(value, float | Decimal) and kind == "decimal":
        return format(Decimal(str(value)), "f")
    return None


def _wrong(name: str, kind: str, value: Any) -> ParameterError:
    shown = repr(value)
    shown = shown if len(shown) <= 60 else shown[:59] + "…"
    return ParameterError(f"parameter {name}: {shown} is no {kind}: write {_hint(kind)}")


def _hint(kind: str) -> str:
    if kind in NAMED:
        return f"its name, code or IRI, such as {_EXAMPLES[kind]!r}"
    return f"it like {_EXAMPLES[kind]!r}"
