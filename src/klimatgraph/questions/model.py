"""A question as its file states it: wording, parameters, columns and golden rows.

The front matter is TOML in comment lines between two lines ``# ---``, so that the file
stays SPARQL that runs as it is in any tool.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from klimatgraph.errors import FormatError

# Types whose value names a thing of the graph, and types that are plain literals.
NAMED: Final = frozenset(
    {"city", "party", "agency", "edition", "theme", "project", "instrument", "initiative",
     "code", "commitment", "document"}
)  # fmt: skip
PLAIN: Final = frozenset({"integer", "decimal", "year", "string", "iri"})

_LANGUAGES: Final = ("sv", "en")
_VALUES: Final = r"^[ \t]*VALUES[ \t]+\?{name}[ \t]*\{{[^{{}}\n]*\}}[ \t]*$"
_KEYS: Final = {
    "": {"tags", "coverage", "question", "parameters", "columns", "expect"},
    "question": {"sv", "en"},
    "parameters": {"type", "default", "optional", "sv", "en"},
    "columns": {"sv", "en"},
    "expect": {"parameters", "lang", "complete", "count", "rows", "basis"},
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question.

    Attributes
    ----------
    name : str
        Its name, also that of the variable in the query.
    type : str
        What it takes: a kind of thing such as ``"city"``, or ``"integer"``, ``"decimal"``,
        ``"year"``, ``"string"``, ``"iri"``.
    default : str, int, float or None
        Used when no value is given.
    optional : bool
        Whether it may be left out without a default; all values are meant then.
    label : mapping
        What it means, in sv and en.
    """

    name: str
    type: str
    default: str | int | float | None
    optional: bool
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Expectation:
    """Golden rows, worked out from the sources.

    Attributes
    ----------
    parameters : mapping
        The values to ask with.
    lang : {"sv", "en"}
        The language to ask in.
    complete : bool
        Whether `rows` is the whole answer, or only among it.
    count : int or None
        How many rows the answer has, where stated.
    rows : tuple of tuple
        Values of the columns in order.
    basis : str
        Where and how the rows were worked out.
    """

    parameters: Mapping[str, Any]
    lang: str
    complete: bool
    count: int | None
    rows: tuple[tuple[Any, ...], ...]
    basis: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the library.

    Attributes
    ----------
    name : str
        Its name: the path of the file below ``queries/`` without the ending.
    wording : mapping
        The question in sv and en; ``{parameter}`` stands for a value.
    tags : tuple of str
        Subjects.
    coverage : str or None
        The kind of answer whose coverage is told with the rows.
    parameters : mapping
        Parameters by name.
    columns : mapping
        Headings by column and language, in order.
    expectations : tuple of Expectation
        Golden rows.
    query : str
        The SPARQL, front matter included.
    """

    name: str
    wording: Mapping[str, str]
    tags: tuple[str, ...]
    coverage: str | None
    parameters: Mapping[str, Parameter]
    columns: Mapping[str, Mapping[str, str]]
    expectations: tuple[Expectation, ...]
    query: str


def values_line(name: str) -> re.Pattern[str]:
    """Give the pattern of the VALUES lines that bind a parameter.

    Examples
    --------
    >>> bool(values_line("lang").search('  VALUES ?lang { "sv" }'))
    True
    """
    return re.compile(_VALUES.format(name=re.escape(name)), re.MULTILINE)


def read_question(path: Path, name: str) -> Question:
    """Read one file.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        The name the question goes by.

    Returns
    -------
    Question

    Raises
    ------
    FormatError
        If the front matter is not as it should be; with the file.
    """
    text = path.read_text(encoding="utf-8")
    front = _front_matter(path, text)
    _check_keys(path, "", front)
    wording = _both(path, "question", front.get("question"))
    parameters = {
        key: _parameter(path, key, value, text)
        for key, value in front.get("parameters", {}).items()
    }
    columns = {
        key: _both(path, f"columns.{key}", value) for key, value in front.get("columns", {}).items()
    }
    if not columns:
        raise FormatError(path, None, "no [columns.…]: name each column in sv and en")
    head = text.split("WHERE", 1)[0]
    for column in columns:
        if not re.search(rf"\?{re.escape(column)}\b", head):
            raise FormatError(path, None, f"column '{column}' is not in the SELECT clause")
    for asked in re.findall(r"\{(\w+)\}", wording["sv"] + wording["en"]):
        if asked not in parameters:
            raise FormatError(path, None, f"the wording names {{{asked}}}, which is no parameter")
    if not values_line("lang").search(text):
        raise FormatError(path, None, 'no line VALUES ?lang { "sv" }: add it')
    return Question(
        name=name,
        wording=wording,
        tags=tuple(front.get("tags", ())),
        coverage=front.get("coverage"),
        parameters=parameters,
        columns=columns,
        expectations=tuple(
            _expectation(path, item, columns, parameters) for item in front.get("expect", ())
        ),
        query=text,
    )


def _front_matter(path: Path, text: str) -> dict[str, Any]:
    lines = text.splitlines()
    if not lines or lines[0].rstrip() != "# ---":
        raise FormatError(path, 1, "the file does not begin with a line '# ---'")
    try:
        end = next(i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "# ---")
    except StopIteration:
        raise FormatError(path, None, "no second line '# ---' ends the front matter") from None
    for number, line in enumerate(lines[1:end], 2):
        if not line.startswith("#"):
            raise FormatError(path, number, "a line of the front matter is not a comment")
    toml = "\n".join(line[1:].removeprefix(" ") for line in lines[1:end])
    try:
        return tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise FormatError(path, None, f"the front matter is not TOML: {error}") from None


def _check_keys(path: Path, table: str, found: Mapping[str, Any]) -> None:
    unknown = sorted(set(found) - _KEYS[table])
    if unknown:
        where = f"[{table}]" if table else "the front matter"
        raise FormatError(path, None, f"{where} has an unknown key '{unknown[0]}'")


def _both(path: Path, table: str, found: object) -> dict[str, str]:
    if not isinstance(found, dict):
        raise FormatError(path, None, f"[{table}] is missing")
    for lang in _LANGUAGES:
        if not isinstance(found.get(lang), str) or not found[lang].strip():
            raise FormatError(path, None, f"[{table}] has no text in {lang}")
    return {lang: found[lang] for lang in _LANGUAGES}


def _parameter(path: Path, name: str, found: dict[str, Any], text: str) -> Parameter:
    table = f"parameters.{name}"
    _check_keys(path, "parameters", found)
    kind = found.get("type")
    if kind not in NAMED | PLAIN:
        raise FormatError(path, None, f"[{table}] has no known type: {kind!r}")
    if not values_line(name).search(text):
        raise FormatError(path, None, f"no line VALUES ?{name} {{ … }} binds parameter '{name}'")
    optional = bool(found.get("optional", "default" not in found))
    if kind in ("integer", "decimal") and isinstance(found.get("default"), str):
        raise FormatError(path, None, f"[{table}] has a default that is no number")
    return Parameter(name, str(kind), found.get("default"), optional, _both(path, table, found))


def _expectation(
    path: Path,
    found: dict[str, Any],
    columns: Mapping[str, Any],
    parameters: Mapping[str, Parameter],
) -> Expectation:
    _check_keys(path, "expect", found)
    asked = found.get("parameters", {})
    unknown = sorted(set(asked) - set(parameters))
    if unknown:
        raise FormatError(path, None, f"[[expect]] gives '{unknown[0]}', which is no parameter")
    rows = tuple(tuple(row) for row in found.get("rows", ()))
    if any(len(row) != len(columns) for row in rows):
        raise FormatError(path, None, f"a golden row does not have {len(columns)} values")
    if not str(found.get("basis", "")).strip():
        raise FormatError(path, None, "[[expect]] does not say its basis")
    return Expectation(
        parameters=asked,
        lang=str(found.get("lang", "sv")),
        complete=bool(found.get("complete", False)),
        count=found.get("count"),
        rows=rows,
        basis=str(found["basis"]),
    )
