"""Tables to RDF: each row becomes a node, and a SPARQL CONSTRUCT says what it means.

``data/tables/<subject>.csv`` holds the facts, ``<subject>.rq`` beside it the meaning. A row gives
``[] col:<column> "text"`` for each cell that is not empty. The CONSTRUCT sees one row at a time;
what it makes goes to the named graph of the row's source.

Functions that a CONSTRUCT can call (``fn:``): ``slug``, ``city``, ``party``, ``document``,
``date``, ``year``, ``decimal``, ``integer``. Each takes the text of a cell. One that fails stops
the build and names file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from klimatgraph.errors import FormatError, InputError
from klimatgraph.tables import values
from klimatgraph.tables.csvfile import CsvTable, Row, read_csv
from klimatgraph.tables.names import Names
from klimatgraph.tables.register import Register
from klimatgraph.tables.rule import Rule, read_rule
from klimatgraph.terms import COL, FN, Term, slug

SOURCE: Final = "source"
NOTE: Final = "note"

_Function = Callable[[str], Term]


def build_table(
    table: Path, rule: Path, register: Register, names: Names | None = None
) -> list[ox.Quad]:
    """Turn a table into RDF.

    Parameters
    ----------
    table
        The CSV file. It has a column ``source``: a registered address.
    rule
        The file with the CONSTRUCT. Every column it uses must be in the table, and every column
        of the table but ``source`` and ``note`` must be used in it.
    register
        The source documents.
    names
        The parties that ``fn:city`` and ``fn:party`` know; none when left out.

    Returns
    -------
    list of pyoxigraph.Quad
        Sorted, each once, in the named graph of the document it comes from.

    Raises
    ------
    FormatError
        When a file is not as it should be, when the source of a row is empty or not registered,
        when a function fails, or when nothing follows from a row.
    """
    facts = read_csv(table, (SOURCE,))
    construct = read_rule(rule)
    _check_columns(facts, construct)
    converter = _Converter(facts.path, construct, register, names or Names())
    quads: set[ox.Quad] = set()
    for row in facts.rows:
        quads.update(converter.quads(row))
    return sorted(quads, key=str)


def build_all(folder: Path) -> list[ox.Quad]:
    """Build the register of documents and all tables.

    Parameters
    ----------
    folder
        The folder with ``documents.csv`` and ``tables/``.

    Returns
    -------
    list of pyoxigraph.Quad
        Sorted, each once.

    Raises
    ------
    FormatError
        When a file is not as it should be, or a table lacks its CONSTRUCT or a CONSTRUCT its
        table.

    Notes
    -----
    Tables that call neither ``fn:city`` nor ``fn:party`` are built first, then those that call
    only ``fn:city``: what they say of parties gives the names that the later ones look up.
    """
    tables = Path(folder) / "tables"
    register = Register.load(Path(folder) / "documents.csv")
    names = Names()
    quads = set(register.quads())
    for stage in _stages(tables):
        built = {q for pair in stage for q in build_table(*pair, register, names)}
        names.add(built)
        quads |= built
    return sorted(quads, key=str)


def _stages(tables: Path) -> list[list[tuple[Path, Path]]]:
    """Part the tables by what they need to know of others."""
    stages: list[list[tuple[Path, Path]]] = [[], [], []]
    pairs = {path.with_suffix("") for path in (*tables.glob("*.csv"), *tables.glob("*.rq"))}
    for pair in sorted(pairs):
        table, rule = pair.with_suffix(".csv"), pair.with_suffix(".rq")
        for path, other in ((table, rule), (rule, table)):
            if not path.is_file():
                raise FormatError(path, None, f"is missing; {other.name} needs it beside it")
        called = read_rule(rule).functions
        stages[2 if "party" in called else 1 if "city" in called else 0].append((table, rule))
    return stages


def _check_columns(facts: CsvTable, rule: Rule) -> None:
    name = rule.path.name
    unknown = sorted(rule.columns - set(facts.columns))
    if unknown:
        raise FormatError(facts.path, 1, f"column {unknown[0]!r} is missing; {name} uses it")
    for column in facts.columns:
        if column not in rule.columns and column not in (NOTE, SOURCE):
            raise FormatError(
                facts.path,
                1,
                f"column {column!r} is not used by {name}; use col:{column} there, or name the "
                "column note",
            )


class _Converter:
    """One table's CONSTRUCT, ready to be run on row after row."""

    def __init__(self, path: Path, rule: Rule, register: Register, names: Names) -> None:
        self._path = path
        self._rule = rule
        self._register = register
        self._failures: list[str] = []
        functions = _functions(register, names)
        unknown = sorted(rule.functions - set(functions))
        if unknown:
            raise FormatError(
                rule.path, None, f"there is no fn:{unknown[0]}; there are {', '.join(functions)}"
            )
        self._functions = {
            ox.NamedNode(FN + name): self._guarded(name, function)
            for name, function in functions.items()
        }

    def quads(self, row: Row) -> list[ox.Quad]:
        """Return what follows from a row."""
        graph = self._graph(row)
        self._failures.clear()
        triples = self._triples(row.cells)
        if self._failures:
            raise FormatError(self._path, row.line, self._failures[0])
        name = self._rule.path.name
        if not triples:
            raise FormatError(
                self._path,
                row.line,
                f"nothing follows from this row by {name}; check its cells against the CONSTRUCT",
            )
        for triple in triples:
            if any(isinstance(term, ox.BlankNode) for term in (triple.subject, triple.object)):
                raise FormatError(
                    self._rule.path,
                    None,
                    "makes a node without a name, or hands on the row; give it an IRI "
                    f"(found for line {row.line} of {self._path.name})",
                )
        self._check_effects(row, triples)
        return [ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples]

    def _triples(self, cells: Mapping[str, str]) -> set[ox.Triple]:
        store = ox.Store()
        row = ox.BlankNode()
        store.extend(
            ox.Quad(row, ox.NamedNode(COL + column), ox.Literal(text))
            for column, text in cells.items()
            if text
        )
        try:
            result = store.query(self._rule.query, custom_functions=self._functions)
            assert isinstance(result, ox.QueryTriples)  # read_rule lets no other form through
            return set(result)
        except (SyntaxError, RuntimeError, OSError, ValueError) as error:
            raise FormatError(self._rule.path, None, f"cannot be run: {error}") from None

    def _check_effects(self, row: Row, triples: set[ox.Triple]) -> None:
        """See that each cell counts.

        A cell that SPARQL can make nothing of leaves a variable unbound, and what would follow
        is left out without a word. So the row is asked again with the cell changed, and without
        it: if the same follows each time, the cell was lost.
        """
        for column, text in row.cells.items():
            if not text or column in (NOTE, SOURCE):
                continue
            for other in (f"{text}x", ""):
                self._failures.clear()
                changed = self._triples({**row.cells, column: other})
                if self._failures or changed != triples:
                    break
            else:
                raise FormatError(
                    self._path,
                    row.line,
                    f"{self._rule.path.name} makes nothing of column {column!r}; "
                    f"mend {text[:60]!r}, or leave the cell empty",
                )

    def _graph(self, row: Row) -> ox.NamedNode:
        address = row.cells[SOURCE]
        if not address:
            raise FormatError(self._path, row.line, "the source is empty; every fact has one")
        try:
            return self._register.graph(address)
        except InputError as error:
            raise FormatError(
                self._path, row.line, f"{error}; register it in documents.csv"
            ) from None

    def _guarded(self, name: str, function: _Function) -> Callable[..., Term | None]:
        """Keep what went wrong: the engine itself takes an error for an unbound variable."""

        def call(*terms: Term) -> Term | None:
            try:
                if len(terms) != 1 or not isinstance(terms[0], ox.Literal):
                    raise InputError(f"fn:{name} takes one text")
                return function(terms[0].value)
            except Exception as error:
                self._failures.append(f"fn:{name}: {error}")
                return None

        return call


def _functions(register: Register, names: Names) -> dict[str, _Function]:
    return {
        "slug": lambda text: ox.Literal(slug(text)),
        "city": names.city,
        "party": names.party,
        "document": register.document,
        "date": values.dated,
        "year": values.year,
        "decimal": values.decimal,
        "integer": values.integer,
    }
