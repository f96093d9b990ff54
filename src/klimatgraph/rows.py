"""What every question returns: rows of python values, each with its sources."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, overload

from klimatgraph.errors import InputError, MissingExtra
from klimatgraph.files import write_text

if TYPE_CHECKING:
    import pandas
    import polars

__all__ = ["Column", "CoverageNote", "Entity", "Rows", "Source", "shown"]

_WORDS = {
    "sv": {"section": "avsnitt", "annex": "bilaga", "page": "s."},
    "en": {"section": "section", "annex": "annex", "page": "p."},
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row is from.

    Parameters
    ----------
    iri : str
        The passage, or the document when no passage is told.
    title : str
        Title of the document.
    document : str
        IRI of the document.
    section : str or None
        Number or heading of the section.
    page : int or None
        Page, counted from 1.
    address : str or None
        Web address of the document.
    digest : str or None
        SHA-256 of the normalised passage.

    Examples
    --------
    >>> Source("urn:p", "Klimatkontrakt", "urn:d", "5.4", 12, None, None).cite("en")
    'Klimatkontrakt, section 5.4, p. 12'
    """

    iri: str
    title: str
    document: str
    section: str | None = None
    page: int | None = None
    address: str | None = None
    digest: str | None = None

    def cite(self, lang: str = "sv") -> str:
        """Name the source in one line, in `lang`."""
        words = _WORDS["en" if lang == "en" else "sv"]
        parts = [self.title]
        if self.section:
            annex = self.section.removeprefix("annex-")
            named = "annex" if annex != self.section else "section"
            parts.append(f"{words[named]} {annex.upper() if named == 'annex' else annex}")
        if self.page is not None:
            parts.append(f"{words['page']} {self.page}")
        return ", ".join(parts)

    def to_dict(self) -> dict[str, Any]:
        """Give the source as JSON output carries it."""
        return {
            "document": self.title,
            "section": self.section,
            "page": self.page,
            "address": self.address,
            "passage": None if self.iri == self.document else self.iri,
        }

    def order(self) -> tuple[Any, ...]:
        """Key that sorts sources as a reader expects: section 2 before section 10."""
        section = [
            (0, int(part), "") if part.isdecimal() else (1, 0, part)
            for part in re.findall(r"[0-9]+|[^0-9]+", self.section or "")
        ]
        return self.title, section, self.page or 0, self.iri


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing of the graph: its IRI, and its label in the language of the answer.

    Examples
    --------
    >>> str(Entity("https://w3id.org/klimatgraph/id/city/se/umea", "Umeå"))
    'Umeå'
    """

    iri: str
    label: str

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in rows and files, and its heading for readers."""

    name: str
    label: str


class CoverageNote(Protocol):
    """For how much of the graph an answer is known; told under the rows."""

    @property
    def topic(self) -> str:
        """What it is about."""
        ...

    def sentence(self, lang: str = "sv") -> str:
        """Say it in words."""
        ...

    def to_dict(self) -> dict[str, int | str]:
        """Give it as JSON output carries it."""
        ...


@dataclass(frozen=True)
class Rows(Sequence[Mapping[str, Any]]):
    """The answer to a question.

    A sequence of mappings from the name of a column to a value: a number, a text, an
    :class:`Entity`, or None where nothing is told. Beside the columns, each row carries
    ``"sources"``, a tuple of :class:`Source`.

    Parameters
    ----------
    name : str
        Name of the question.
    question : str
        The question in words, in `lang`.
    columns : sequence of Column
        The columns, in order.
    rows : sequence of mapping
        The rows.
    coverage : sequence of CoverageNote
        For how much of the graph the answer is known.
    lang : {"sv", "en"}
        The language of headings and labels.

    Examples
    --------
    >>> umea = Entity("https://w3id.org/klimatgraph/id/city/se/umea", "Umeå")
    >>> told = Source("urn:p", "Klimatkontrakt", "urn:d", "3")
    >>> rows = Rows("n", "Hur många?", [Column("city", "kommun"), Column("n", "antal")],
    ...             [{"city": umea, "n": 5, "sources": (told,)}])
    >>> str(rows[0]["city"]), rows[0]["n"], len(rows)
    ('Umeå', 5, 1)
    >>> print(rows)
    Hur många?
    kommun  antal  källa
    ------  -----  -----
    Umeå        5  [1]
    <BLANKLINE>
    [1] Klimatkontrakt, avsnitt 3
    """

    name: str
    question: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]] = ()
    coverage: Sequence[CoverageNote] = ()
    lang: str = "sv"
    _entities: frozenset[str] = field(init=False, repr=False, compare=False, default=frozenset())

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", tuple(self.columns))
        object.__setattr__(self, "rows", tuple(self.rows))
        object.__setattr__(self, "coverage", tuple(self.coverage))
        entities = frozenset(
            c.name for c in self.columns if any(isinstance(r.get(c.name), Entity) for r in self)
        )
        object.__setattr__(self, "_entities", entities)

    @overload
    def __getitem__(self, index: int) -> Mapping[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> Rows: ...
    def __getitem__(self, index: int | slice) -> Mapping[str, Any] | Rows:
        if isinstance(index, slice):
            chosen = self.rows[index]
            return Rows(self.name, self.question, self.columns, chosen, self.coverage, self.lang)
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        return iter(self.rows)

    def __repr__(self) -> str:
        return f"<Rows {self.name}: {len(self)} rows>"

    def __str__(self) -> str:
        from klimatgraph.views.tables import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        from klimatgraph.views.tables import as_html

        return as_html(self)

    def column(self, name: str) -> list[Any]:
        """Give the values of one column.

        Raises
        ------
        InputError
            If there is no such column.
        """
        if name != "sources" and name not in {c.name for c in self.columns}:
            names = ", ".join(c.name for c in self.columns)
            raise InputError(f"no column {name!r} in the answer to {self.name}: it has {names}")
        return [row.get(name) for row in self]

    def to_dicts(self) -> list[dict[str, Any]]:
        """Give the rows as plain values, ready for JSON.

        Returns
        -------
        list of dict
            Entities as ``{"iri": …, "label": …}``, sources as a list of dicts under
            ``"sources"``.
        """
        return [
            {
                **{c.name: _plain(row.get(c.name)) for c in self.columns},
                "sources": [source.to_dict() for source in row.get("sources", ())],
            }
            for row in self
        ]

    def to_json(self, path: str | Path | None = None) -> str:
        """Write the answer as one JSON object: question, rows with sources, coverage.

        Parameters
        ----------
        path : str or Path, optional
            File to write, whole or not at all.

        Returns
        -------
        str
            The text, whether written to a file or not.
        """
        content = {
            "question": self.question,
            "rows": self.to_dicts(),
            "coverage": {note.topic: note.to_dict() for note in self.coverage},
        }
        text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
        return _written(text, path)

    def to_csv(self, path: str | Path | None = None) -> str:
        """Write the rows as CSV (RFC 4180, line feeds).

        Values stand as they are: a text that begins with ``=`` is not altered, so open
        files of unknown origin with care in a spreadsheet.

        Parameters
        ----------
        path : str or Path, optional
            File to write, whole or not at all.

        Returns
        -------
        str
            The text. Entities by label, their IRIs in ``<column>_iri``; sources in words in
            ``sources``, their IRIs in ``source_iris``.
        """
        names = self._flat_names()
        table = [names, *([shown(row[name]) for name in names] for row in self._flat())]
        text = "".join(",".join(map(_quoted, line)) + "\n" for line in table)
        return _written(text, path)

    def to_markdown(self) -> str:
        """Write the rows as a Markdown table, with sources as numbered notes.

        Returns
        -------
        str
        """
        from klimatgraph.views.tables import as_markdown

        return as_markdown(self)

    def to_pandas(self) -> pandas.DataFrame:
        """Give the rows as a pandas DataFrame, with the columns of :meth:`to_csv`.

        Raises
        ------
        MissingExtra
            If pandas is not installed.
        """
        try:
            import pandas
        except ImportError:
            raise MissingExtra("pandas", "pandas") from None
        return pandas.DataFrame(self._flat(), columns=self._flat_names())

    def to_polars(self) -> polars.DataFrame:
        """Give the rows as a polars DataFrame, with the columns of :meth:`to_csv`.

        Raises
        ------
        MissingExtra
            If polars is not installed.
        """
        try:
            import polars
        except ImportError:
            raise MissingExtra("polars", "polars") from None
        flat = self._flat()
        columns = {name: _one_type([row[name] for row in flat]) for name in self._flat_names()}
        return polars.DataFrame(columns, strict=False)

    def _flat_names(self) -> list[str]:
        names = [c.name for c in self.columns]
        iris = [f"{name}_iri" for name in names if name in self._entities]
        return [*names, *iris, "sources", "source_iris"]

    def _flat(self) -> list[dict[str, Any]]:
        flat = []
        for row in self:
            made: dict[str, Any] = {}
            for column in self.columns:
                value = row.get(column.name)
                made[column.name] = value.label if isinstance(value, Entity) else value
                if column.name in self._entities:
                    made[f"{column.name}_iri"] = value.iri if isinstance(value, Entity) else None
            sources = row.get("sources", ())
            made["sources"] = "; ".join(source.cite(self.lang) for source in sources)
            made["source_iris"] = " ".join(source.iri for source in sources)
            flat.append(made)
        return flat


def _plain(value: Any) -> Any:
    if isinstance(value, Entity):
        return {"iri": value.iri, "label": value.label}
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)  # JSON has no infinity
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Sequence):
        return [_plain(part) for part in value]
    return str(value)


_SWEDISH = str.maketrans(",.", "\u00a0,")


def shown(value: Any, lang: str | None = None) -> str:
    """Give a value as people see it: whole numbers without decimals, nothing for None.

    Parameters
    ----------
    value : object
        A value of a row.
    lang : {"sv", "en"}, optional
        Write numbers as people of that language do; by default as programs read them.

    Returns
    -------
    str

    Examples
    --------
    >>> shown(283.0), shown(7.7), shown(None)
    ('283', '7.7', '')
    >>> shown(7.7, "sv"), shown(4932500, "en"), shown(4932500, "sv") == "4\u00a0932\u00a0500"
    ('7,7', '4,932,500', True)
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if lang is None or not isinstance(value, int | float) or "e" in str(value):
        return str(value)
    # Four digits are not divided: they would look like a year torn apart.
    text = f"{value:,}" if abs(value) >= 10_000 else str(value)
    return text.translate(_SWEDISH) if lang == "sv" else text


def _quoted(cell: str) -> str:
    """Quote a cell of CSV where needed; the csv module leaves a lone carriage return bare."""
    if cell and not re.search(r'[",\r\n]|^\s|\s$', cell):
        return cell
    return '"' + cell.replace('"', '""') + '"' if cell else ""


def _one_type(values: list[Any]) -> list[Any]:
    """Give a column one type: numbers stay numbers, a mixture becomes text."""
    kinds = {type(v) for v in values if v is not None}
    if kinds <= {int, float} or (len(kinds) <= 1 and Decimal not in kinds):
        return [float(v) if kinds == {int, float} and v is not None else v for v in values]
    return [None if v is None else shown(v) for v in values]


def _written(text: str, path: str | Path | None) -> str:
    if path is not None:
        write_text(path, text)
    return text
