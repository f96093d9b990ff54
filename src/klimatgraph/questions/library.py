"""The questions of a folder: list them, describe them, run them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from klimatgraph.engines.base import Engine
from klimatgraph.errors import UnknownName
from klimatgraph.evidence.references import sources
from klimatgraph.questions.binding import Resolver, bind
from klimatgraph.questions.model import Question, read_question
from klimatgraph.rows import Column, Entity, Rows
from klimatgraph.terms import python_value


class QuestionLibrary(Mapping[str, Question]):
    """The questions in a folder, read one by one when first asked for.

    Parameters
    ----------
    folder : Path
        Files ``<name>.rq``; those in a subfolder are named ``<subfolder>/<name>``.

    Examples
    --------
    >>> import klimatgraph as kg
    >>> "editions" in kg.load().questions
    True
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Question] = {}

    @cached_property
    def _paths(self) -> dict[str, Path]:
        found = sorted(self._folder.rglob("*.rq"))
        return {p.relative_to(self._folder).with_suffix("").as_posix(): p for p in found}

    def __getitem__(self, name: str) -> Question:
        if name not in self._paths:
            raise UnknownName("question", name, self._near(name))
        if name not in self._read:
            self._read[name] = read_question(self._paths[name], name)
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def _near(self, name: str) -> list[str]:
        top = [known for known in self._paths if "/" not in known]
        near = difflib.get_close_matches(name, top, n=3, cutoff=0.5)
        return near or [known for known in top if name and name in known][:3]

    def run(
        self,
        name: str,
        engine: Engine,
        *,
        lang: str = "sv",
        resolver: Resolver | None = None,
        timeout: float | None = None,
        **parameters: object,
    ) -> Rows:
        """Ask a question.

        Parameters
        ----------
        name : str
            The question.
        engine : Engine
            Where the graph is.
        lang : {"sv", "en"}
            The language of the answer.
        resolver : callable, optional
            Finds things by name, see :func:`klimatgraph.questions.binding.bind`.
        timeout : float or None
            Seconds to wait.
        **parameters
            Values by name.

        Returns
        -------
        Rows
            Rows that are equal but for their evidence are one row with all the evidence.

        Raises
        ------
        UnknownName
            If there is no such question, or a parameter names nothing.
        ParameterError
            If a parameter is missing, unknown or ill typed.
        """
        question = self[name]
        query = bind(question, parameters, lang, resolver)
        table = engine.select(query, timeout=timeout)
        return Rows(
            name=name,
            question=_wording(question, parameters, lang),
            columns=tuple(Column(key, label[lang]) for key, label in question.columns.items()),
            rows=_fold(question, engine, table.variables, table.rows, lang),
            lang=lang,
        )

    def listing(self, lang: str = "sv") -> Rows:
        """List the questions with their parameters.

        Parameters
        ----------
        lang : {"sv", "en"}
            The language.

        Returns
        -------
        Rows
            Columns ``name``, ``question`` and ``parameters``. Those in subfolders, which
            serve the analyses, are left out.
        """
        words = {"sv": ("Vilka frågor kan ställas?", "namn", "fråga", "parametrar"),
                 "en": ("Which questions can be asked?", "name", "question", "parameters")}[lang]  # fmt: skip
        rows: list[dict[str, Any]] = [
            {
                "name": name,
                "question": _wording(self[name], {}, lang),
                "parameters": " ".join(
                    f"[{p.name}={'' if p.default is None else p.default}]"
                    if p.optional or p.default is not None
                    else f"{p.name}="
                    for p in self[name].parameters.values()
                ),
                "sources": (),
            }
            for name in self
            if "/" not in name
        ]
        keys = ("name", "question", "parameters")
        columns = tuple(Column(k, w) for k, w in zip(keys, words[1:], strict=True))
        return Rows(name="questions", question=words[0], columns=columns, rows=rows, lang=lang)

    def _repr_html_(self) -> str:
        return self.listing()._repr_html_()


def _wording(question: Question, parameters: Mapping[str, object], lang: str) -> str:
    text = question.wording[lang]
    for name, parameter in question.parameters.items():
        value = parameters.get(name)
        if value is None:
            value = parameter.default
        shown = {"sv": "alla", "en": "all"}[lang] if value is None else str(value)
        text = text.replace(f"{{{name}}}", shown)
    return text


def _fold(
    question: Question,
    engine: Engine,
    variables: tuple[str, ...],
    table: list[tuple[Any, ...]],
    lang: str,
) -> list[dict[str, Any]]:
    at = {name: index for index, name in enumerate(variables)}
    evidence = [i for name, i in at.items() if name.startswith("source")]
    folded: dict[tuple[Any, ...], tuple[dict[str, Any], set[str]]] = {}
    for values in table:
        cells = {name: _cell(name, values, at) for name in question.columns}
        iris = {values[i].value for i in evidence if isinstance(values[i], ox.NamedNode)}
        folded.setdefault(tuple(cells.values()), (cells, set()))[1].update(iris)
    found = sources(engine, {iri for _, iris in folded.values() for iri in iris}, lang)
    return [
        {**cells, "sources": tuple(found[iri] for iri in sorted(iris))}
        for cells, iris in folded.values()
    ]


def _cell(name: str, values: tuple[Any, ...], at: Mapping[str, int]) -> Any:
    """An IRI with a label beside it is an entity; anything else a python value."""
    term = values[at[name]]
    label = values[at[f"{name}Label"]] if f"{name}Label" in at else None
    if isinstance(term, ox.NamedNode) and isinstance(label, ox.Literal):
        return Entity(term.value, label.value)
    return python_value(term)
