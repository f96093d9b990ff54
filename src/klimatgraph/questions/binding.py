"""Bind parameters as terms: a value becomes part of a query only as a serialised term."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import pyoxigraph as ox

from klimatgraph.errors import ParameterError
from klimatgraph.questions.model import NAMED, Parameter, Question, values_line

Resolver: TypeAlias = Callable[[str, str], ox.NamedNode]

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_FORMS: Final = {
    "integer": (re.compile(r"[+-]?[0-9]{1,18}\Z"), "5"),
    "decimal": (re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?\Z"), "7.7"),
    "year": (re.compile(r"[0-9]{4}\Z"), "2026"),
}
_EXAMPLES: Final = {"city": "Umeå", "edition": "2025/26", "agency": "Vinnova", "iri": "https://…"}


def bind(
    question: Question,
    values: Mapping[str, object],
    lang: str = "sv",
    resolver: Resolver | None = None,
) -> str:
    """Make the query text of a question with values for its parameters.

    Parameters
    ----------
    question : Question
        The question.
    values : mapping
        Value of each parameter by name: text, number, or a term.
    lang : {"sv", "en"}
        Bound to ``?lang``.
    resolver : callable, optional
        ``(kind, text) -> NamedNode``, for parameters that name a thing. Without it only
        IRIs are understood.

    Returns
    -------
    str
        SPARQL in which the content of each parameter's VALUES lines is a term as
        pyoxigraph writes it, so that no value can become query text.

    Raises
    ------
    ParameterError
        If a parameter is unknown, missing or ill typed.
    UnknownName
        If a value names nothing in the graph.
    """
    if lang not in ("sv", "en"):
        raise ParameterError(f"no language '{lang}': use sv or en")
    unknown = sorted(set(values) - set(question.parameters))
    if unknown:
        has = ", ".join(question.parameters) or "none"
        raise ParameterError(
            f"question '{question.name}' has no parameter '{unknown[0]}': it has {has}"
        )
    text = _put(question.query, "lang", str(ox.Literal(lang)))
    for name, parameter in question.parameters.items():
        value = values.get(name)
        if value is None or value == "":
            value = parameter.default
        if value is None:
            if not parameter.optional:
                raise ParameterError(
                    f"question '{question.name}' needs {name}, {_article(parameter.type)}: "
                    f"for example {name}={_example(parameter.type)}"
                )
            text = _put(text, name, "UNDEF")
        else:
            text = _put(text, name, str(_term(question, parameter, value, resolver)))
    return text


def _put(query: str, name: str, term: str) -> str:
    line = f"VALUES ?{name} {{ {term} }}"
    # A function as replacement: backslashes in a term are no group references.
    return values_line(name).sub(lambda _: line, query)


def _term(
    question: Question, parameter: Parameter, value: object, resolver: Resolver | None
) -> ox.NamedNode | ox.Literal:
    if isinstance(value, (ox.NamedNode, ox.Literal)):
        return value
    iri = getattr(value, "iri", None)
    text = str(iri) if iri is not None else str(value).strip()
    if parameter.type in NAMED:
        if resolver is not None:
            return resolver(parameter.type, text)
        return _iri(question, parameter, text)
    if parameter.type == "iri":
        return _iri(question, parameter, text)
    if parameter.type == "string":
        return ox.Literal(text)
    form, example = _FORMS[parameter.type]
    if isinstance(value, bool) or not form.match(text):
        raise ParameterError(
            f"{parameter.name} of question '{question.name}' is {_article(parameter.type)}, "
            f"not {text[:60]!r}: for example {parameter.name}={example}"
        )
    datatype = "gYear" if parameter.type == "year" else parameter.type
    return ox.Literal(text, datatype=ox.NamedNode(_XSD + datatype))


def _iri(question: Question, parameter: Parameter, text: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(text.strip("<>"))
    except ValueError:
        raise ParameterError(
            f"{parameter.name} of question '{question.name}' is an IRI, not {text[:60]!r}"
        ) from None


def _example(kind: str) -> str:
    return _EXAMPLES.get(kind) or (_FORMS[kind][1] if kind in _FORMS else "…")


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeio" else f"a {kind}"
