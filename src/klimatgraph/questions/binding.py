"""Putting values into a question's query.

Parameters reach the query as terms in its VALUES lines, written by pyoxigraph; nothing a
person writes becomes part of the query in any other way.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode

from klimatgraph.errors import ParameterError
from klimatgraph.questions.model import LANGUAGES, Question, values_line
from klimatgraph.questions.parameters import NAMED, Resolver

__all__ = ["bind", "check_names"]


def bind(
    question: Question,
    values: Mapping[str, Any],
    *,
    lang: str = "sv",
    resolver: Resolver | None = None,
) -> str:
    """Put values into a question's query.

    Parameters
    ----------
    question : Question
    values : mapping
        Values of parameters; a parameter left out keeps its default.
    lang : {"sv", "en"}
        The language of labels.
    resolver : callable, optional
        Finds things by kind and name; without it, things are told by IRI.

    Returns
    -------
    str
        The query.

    Raises
    ------
    ParameterError
        If a parameter is missing, unknown or ill typed.
    UnknownName
        If a name is not in the graph.
    """
    if lang not in LANGUAGES:
        raise ParameterError(f"no language {lang!r}: use sv or en")
    check_names(question, values)
    terms: dict[str, NamedNode | Literal] = {"lang": Literal(lang)}
    for parameter in question.parameters.values():
        value = values.get(parameter.name)
        if value == "" and parameter.type != "string":
            value = None  # an empty field of a form or command line
        if value is None and parameter.required:
            raise ParameterError(
                f"question {question.name} needs the parameter {parameter.name} "
                f"({parameter.type}: {parameter.label[lang]}): "
                f"give it like {parameter.name}={parameter.example}"
            )
        # The file's own VALUES line stands for the default, so that no name is looked up.
        unresolved = parameter.type in NAMED and resolver is None and value == parameter.default
        if value is not None and not unresolved:
            terms[parameter.name] = parameter.term(value, resolver)
    text = question.query
    for name, term in terms.items():
        text = _put(text, name, term)
    return text


def check_names(question: Question, names: Iterable[str]) -> None:
    """Let names pass that are parameters of a question.

    Parameters
    ----------
    question : Question
    names : iterable of str

    Raises
    ------
    ParameterError
        If the question has no parameter of a name; a near one is suggested.
    """
    for name in names:
        if name not in question.parameters:
            near = difflib.get_close_matches(name, list(question.parameters), 1)
            known = ", ".join(question.parameters) or "none"
            hint = f"did you mean {near[0]}?" if near else f"it takes {known}"
            raise ParameterError(f"question {question.name} has no parameter {name!r}: {hint}")


def _put(query: str, name: str, term: NamedNode | Literal) -> str:
    # A function as replacement: backslashes in a term are no references to groups.
    return values_line(name).sub(lambda line: f"{line['before']} {term} {line['after']}", query)
