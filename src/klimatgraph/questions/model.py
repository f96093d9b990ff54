"""Reading a question file: TOML in the comments at the top, and the query below it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NoReturn

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from klimatgraph.engines.guard import check_read_only, check_syntax
from klimatgraph.errors import FormatError, InputError, ParameterError, QuerySyntaxError
from klimatgraph.files import read_text
from klimatgraph.questions.parameters import NAMED, TYPES, Parameter, literal

__all__ = [
    "LANGUAGES",
    "Expectation",
    "Question",
    "read_question",
    "values_line",
    "visible_columns",
]

LANGUAGES: Final = ("sv", "en")

_KEYS: Final = {
    "": {"tags", "coverage", "question", "parameters", "columns", "expect"},
    "texts": {"sv", "en"},
    "parameter": {"type", "default", "sv", "en"},
    "expect": {"parameters", "lang", "complete", "count", "rows", "basis"},
}
_NAME: Final = re.compile(r"[a-z][A-Za-z0-9_]*\Z")
# Names that run() takes itself.
_RESERVED: Final = {"lang", "question", "engine", "resolver", "timeout", "self"}


@dataclass(frozen=True, slots=True)
class Expectation:
    """Rows that a question must answer with on the shipped data.

    Parameters
    ----------
    parameters : mapping
        Values of parameters.
    lang : str
        The language of the answer.
    complete : bool
        Whether the rows are the whole answer, in any order, or only among it.
    count : int or None
        How many rows the whole answer has.
    rows : tuple of tuple
        Visible columns in order.
    basis : str
        Where in the sources this was worked out.
    """

    parameters: Mapping[str, Any]
    lang: str
    complete: bool
    count: int | None
    rows: tuple[tuple[Any, ...], ...]
    basis: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the library.

    Parameters
    ----------
    name : str
        Its name: the file without suffix, with its folder below the library's.
    wording : mapping of str to str
        The question in ``sv`` and ``en``; ``{name}`` stands for the value of a parameter.
    tags : tuple of str
    coverage : str or None
        Topic whose coverage is told with the answer.
    parameters : mapping of str to Parameter
    columns : mapping of str to (mapping of str to str)
        Visible columns, in order, with headings in ``sv`` and ``en``.
    variables : tuple of str
        All variables of the SELECT clause.
    expectations : tuple of Expectation
    query : str
        The whole file, which runs as it stands.
    path : Path
    """

    name: str
    wording: Mapping[str, str]
    tags: tuple[str, ...]
    coverage: str | None
    parameters: Mapping[str, Parameter]
    columns: Mapping[str, Mapping[str, str]]
    variables: tuple[str, ...]
    expectations: tuple[Expectation, ...]
    query: str = field(repr=False)
    path: Path = field(repr=False)

    def text(self, lang: str = "sv", values: Mapping[str, Any] | None = None) -> str:
        """Put the question in words.

        Parameters
        ----------
        lang : {"sv", "en"}
        values : mapping, optional
            Values of parameters; defaults stand in for those not given.

        Returns
        -------
        str
        """
        given = values or {}
        open_ended = "any" if lang == "en" else "alla"

        def shown(match: re.Match[str]) -> str:
            parameter = self.parameters[match.group(1)]
            value = given.get(parameter.name, parameter.default)
            return open_ended if value is None else str(getattr(value, "value", value))

        return re.sub(r"\{(\w+)\}", shown, self.wording[lang])


def values_line(name: str) -> re.Pattern[str]:
    """Pattern of the line that holds the value of a parameter."""
    return re.compile(
        rf"^(?P<before>[ \t]*VALUES[ \t]+\?{re.escape(name)}[ \t]*\{{)(?P<value>.*)"
        rf"(?P<after>\}}[ \t]*)$",
        re.MULTILINE,
    )


def read_question(path: Path, name: str) -> Question:
    """Read and check a question file.

    Parameters
    ----------
    path : Path
    name : str
        What the question is called.

    Returns
    -------
    Question

    Raises
    ------
    FormatError
        With file and, where known, line: keys that are unknown or missing, texts not in
        both languages, parameters without their VALUES line or with an ill-typed default,
        columns that the query does not select, queries that are not SPARQL.
    """
    return _Reader(path, name).read()


class _Reader:
    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name

    def fail(self, reason: str, line: int | None = None) -> NoReturn:
        raise FormatError(self.path, line, reason)

    def read(self) -> Question:
        try:
            text = read_text(self.path)
        except InputError as error:
            self.fail(str(error))
        front = self._front(text)
        self._keys(front, "", "the front matter")
        texts = self._texts(front.get("question"), "[question]")
        variables = self._variables(text)
        parameters = self._parameters(front.get("parameters", {}), text)
        for words in texts.values():
            for used in re.findall(r"\{([^}]*)\}", words):
                if used not in parameters:
                    self.fail(f"the question names {{{used}}}, which is no parameter")
        columns = self._columns(front.get("columns"), variables)
        coverage = front.get("coverage")
        if coverage is not None and not isinstance(coverage, str):
            self.fail("coverage is no text: name the topic")
        return Question(
            name=self.name,
            wording=texts,
            tags=self._strings(front.get("tags", []), "tags"),
            coverage=coverage,
            parameters=parameters,
            columns=columns,
            variables=variables,
            expectations=self._expectations(front.get("expect", []), parameters, len(columns)),
            query=text,
            path=self.path,
        )

    def _front(self, text: str) -> dict[str, Any]:
        lines = text.split("\n")
        if lines[0].rstrip() != "# ---":
            self.fail("the first line is not '# ---': begin with the front matter", 1)
        toml: list[str] = []
        for number, line in enumerate(lines[1:], start=2):
            if line.rstrip() == "# ---":
                break
            if not line.startswith("#"):
                self.fail("the front matter has a line that is no comment", number)
            toml.append(line[1:].removeprefix(" "))
        else:
            self.fail("the front matter does not end: close it with '# ---'", len(lines))
        try:
            # One line ahead, so that tomllib counts as the file does.
            return tomllib.loads("\n" + "\n".join(toml))
        except tomllib.TOMLDecodeError as error:
            where = re.search(r"line (\d+)", str(error))
            self.fail(
                f"the front matter is no TOML: {error}", int(where.group(1)) if where else None
            )

    def _keys(self, table: Any, kind: str, where: str) -> None:
        if not isinstance(table, dict):
            self.fail(f"{where} is no table")
        unknown = sorted(set(table) - _KEYS[kind])
        if unknown:
            known = ", ".join(sorted(_KEYS[kind]))
            self.fail(f"{where} has the unknown key '{unknown[0]}': known are {known}")

    def _texts(self, table: Any, where: str, kind: str = "texts") -> dict[str, str]:
        if table is None:
            self.fail(f"{where} is missing")
        self._keys(table, kind, where)
        for lang in LANGUAGES:
            if not isinstance(table.get(lang), str) or not table[lang].strip():
                self.fail(f"{where} has no text in '{lang}': give it in sv and en")
        return {lang: table[lang] for lang in LANGUAGES}

    def _strings(self, values: Any, where: str) -> tuple[str, ...]:
        if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
            self.fail(f"{where} is no list of texts")
        return tuple(values)

    def _variables(self, text: str) -> tuple[str, ...]:
        try:
            form = check_read_only(text)
            check_syntax(text)
        except QuerySyntaxError as error:
            self.fail(str(error), error.line)
        except InputError as error:
            self.fail(str(error))
        answer = Store().query(text) if form == "SELECT" else None
        if not isinstance(answer, QuerySolutions):
            self.fail(f"the query is {form}: a question is a SELECT")
        if values_line("lang").search(text) is None:
            self.fail('the line VALUES ?lang { "sv" } is missing from the query')
        return tuple(variable.value for variable in answer.variables)

    def _parameters(self, tables: Any, text: str) -> dict[str, Parameter]:
        if not isinstance(tables, dict):
            self.fail("[parameters] is no table")
        made = {}
        for name, table in tables.items():
            where = f"[parameters.{name}]"
            if not _NAME.match(name) or name in _RESERVED:
                self.fail(f"{where}: this name cannot be used for a parameter")
            labels = self._texts(table, where, "parameter")
            kind, default = table.get("type"), table.get("default")
            if kind not in TYPES:
                self.fail(f"{where} has the type {kind!r}: known are {', '.join(TYPES)}")
            lines = values_line(name).findall(text)
            if not lines:
                self.fail(f"{where}: the query has no line VALUES ?{name} {{ … }} of its own")
            held = {self._held(text, name, content.strip()) for _, content, _ in lines}
            if len(held) != 1:
                self.fail(f"{where}: its VALUES lines hold different values")
            self._agree(where, kind, default, held.pop())
            optional = default is None and lines[0][1].strip().upper() == "UNDEF"
            made[name] = Parameter(name, kind, labels, default, optional)
        return made

    def _held(self, text: str, name: str, content: str) -> NamedNode | Literal | None:
        """Give the one value of a VALUES line, read in the light of the query's prefixes."""
        prologue = "\n".join(re.findall(r"^\s*(?:PREFIX|BASE)\b.*$", text, re.MULTILINE | re.I))
        try:
            answer = Store().query(f"{prologue}\nSELECT ?x {{ VALUES ?x {{ {content}\n}} }}")
            assert isinstance(answer, QuerySolutions)
            (solution,) = answer
        except (SyntaxError, ValueError):
            self.fail(f"the line VALUES ?{name} {{{content}}} does not hold one value")
        value = solution[0]
        if value is not None and not isinstance(value, NamedNode | Literal):
            self.fail(f"the line VALUES ?{name} {{{content}}} holds neither IRI nor literal")
        return value

    def _agree(self, where: str, kind: str, default: Any, held: NamedNode | Literal | None) -> None:
        if kind in NAMED or kind == "iri":
            if default is not None and not isinstance(default, str | int):
                self.fail(f"{where}: the default {default!r} is no {kind}")
            if isinstance(held, Literal) or (default is not None and held is None):
                self.fail(f"{where}: its VALUES line holds no IRI of a {kind}")
            return
        if default is None:
            return
        try:
            wanted = literal("default", kind, default)
        except ParameterError as error:
            self.fail(f"{where}: {error}")
        if held != wanted:
            self.fail(f"{where}: the default is {wanted}, its VALUES line holds {held}")

    def _columns(self, tables: Any, variables: Sequence[str]) -> dict[str, Mapping[str, str]]:
        if not isinstance(tables, dict) or not tables:
            self.fail("[columns] is missing: name the columns of the answer")
        for name in tables:
            if name not in variables:
                self.fail(f"[columns.{name}]: the query does not select ?{name}")
        visible = visible_columns(variables)
        for name in visible:
            if name not in tables:
                self.fail(f"the query selects ?{name}, which [columns] does not name")
        for name in tables:
            if name not in visible:
                self.fail(f"[columns.{name}]: ?{name} is a label or source, and not shown")
        return {name: self._texts(tables[name], f"[columns.{name}]") for name in visible}

    def _expectations(
        self, tables: Any, parameters: Mapping[str, Parameter], width: int
    ) -> tuple[Expectation, ...]:
        if not isinstance(tables, list):
            self.fail("expect is no list: write [[expect]]")
        made = []
        for number, table in enumerate(tables, start=1):
            where = f"[[expect]] {number}"
            self._keys(table, "expect", where)
            given = table.get("parameters", {})
            if not isinstance(given, dict) or not set(given) <= set(parameters):
                self.fail(f"{where}: its parameters are not those of the question")
            rows, count = table.get("rows", []), table.get("count")
            if not isinstance(rows, list) or not all(
                isinstance(row, list) and len(row) == width for row in rows
            ):
                self.fail(f"{where}: each row needs {width} values, one a column")
            if count is not None and (type(count) is not int or count < 0):
                self.fail(f"{where}: count is no number of rows")
            lang, complete = table.get("lang", "sv"), table.get("complete", False)
            if lang not in LANGUAGES or not isinstance(complete, bool):
                self.fail(f"{where}: lang is sv or en, complete is true or false")
            basis = table.get("basis")
            if not isinstance(basis, str) or not basis.strip():
                self.fail(f"{where}: basis is missing: say where this was worked out")
            kept = tuple(tuple(row) for row in rows)
            made.append(Expectation(given, lang, complete, count, kept, basis))
        return tuple(made)


def visible_columns(variables: Sequence[str]) -> list[str]:
    """Leave out sources, and the labels that belong to another column."""
    return [
        name
        for name in variables
        if not name.startswith("source")
        and not (name.endswith("Label") and name.removesuffix("Label") in variables)
    ]
