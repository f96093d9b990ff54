"""Tables to RDF: each row becomes a node, and a SPARQL CONSTRUCT says what it means.

``data/tables/<subject>.csv`` holds the facts, ``<subject>.rq`` beside it the meaning. A row gives
``[] col:<column> "text"`` for each cell that is not empty, and ``[] each:<column> "text"`` for each
of the texts that a cell holds, parted by semicolons. The CONSTRUCT sees one row at a time; what it
makes goes to the named graph of the row's source.

Functions that a CONSTRUCT can call (``fn:``): ``slug``, ``city``, ``party``, ``document``,
``date``, ``year``, ``decimal``, ``integer``. Each takes the text of a cell. One that fails stops
the build and names file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import pyoxigraph as ox

from klimatgraph.errors import FormatError, InputError
from klimatgraph.tables import values
from klimatgraph.tables.csvfile import CsvTable, Row, read_csv
from klimatgraph.tables.names import Names
from klimatgraph.tables.register import Register
from klimatgraph.tables.rule import Rule, read_rule
from klimatgraph.tables.template import Template, read_template
from klimatgraph.terms import COL, EACH, FN, ID, Term, expand, slug

SOURCE: Final = "source"
NOTE: Final = "note"
_TYPE: Final = expand("rdf:type")

_ROW: Final = "urn:klimatgraph:row:"

_Function = Callable[[str], Term]
_Key = TypeVar("_Key", bound=Hashable)


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
        When a file is not as it should be, when two rows have the same key, when the source of a
        row is empty or not registered, when a function fails, or when nothing follows from a row.
    """
    return sorted(_built(table, rule, register, names or Names()), key=str)


def build_all(folder: Path, known: Iterable[Term] | None = None) -> list[ox.Quad]:
    """Build the register of documents and all tables.

    Parameters
    ----------
    folder
        The folder with ``documents.csv`` and ``tables/``.
    known
        What is described outside the tables: codes, themes, things of contracts. Then a row that
        speaks of something which is described nowhere stops the build; without it, none does.

    Returns
    -------
    list of pyoxigraph.Quad
        Sorted, each once.

    Raises
    ------
    FormatError
        When a file is not as it should be, a table lacks its CONSTRUCT or a CONSTRUCT its table,
        or a row speaks of something unknown.

    Notes
    -----
    Tables that call neither ``fn:city`` nor ``fn:party`` are built first, then those that call
    only ``fn:city``: what they say of parties gives the names that the later ones look up.
    """
    tables = Path(folder) / "tables"
    register = Register.load(Path(folder) / "documents.csv")
    names = Names()
    quads = set(register.quads())
    origins: dict[ox.Quad, tuple[Path, int]] = {}
    for stage in _stages(tables):
        for table, rule in stage:
            for quad, line in _built(table, rule, register, names).items():
                origins.setdefault(quad, (table, line))
        names.add(origins.keys() - quads)
        quads |= origins.keys()
    if known is not None:
        described = {*known, *(quad.subject for quad in quads if quad.predicate == _TYPE)}
        _check_references(origins, described)
    return sorted(quads, key=str)


def _built(table: Path, rule: Path, register: Register, names: Names) -> dict[ox.Quad, int]:
    """Turn a table into RDF, each quad with the line that it follows from first."""
    facts = read_csv(table, (SOURCE,))
    construct = read_rule(rule)
    _check_columns(facts, construct)
    _check_keys(facts, construct)
    converter = _Converter(facts.path, construct, register, names)
    found: dict[ox.Quad, int] = {}
    for row, quads in converter.convert(facts.rows):
        for quad in quads:
            found.setdefault(quad, row.line)
    return found


def _check_references(
    origins: Mapping[ox.Quad, tuple[Path, int]], described: Container[Term]
) -> None:
    """See that a row speaks only of things that are of some class somewhere."""
    for quad, (table, line) in origins.items():
        for term in (quad.subject, quad.object):
            if not isinstance(term, ox.NamedNode) or not term.value.startswith(ID):
                continue
            if term not in described:
                raise FormatError(
                    table, line, f"speaks of {term.value.removeprefix(ID)}, which is described "
                    "nowhere; mend the key, or describe the thing in its table",
                )  # fmt: skip


def _check_keys(facts: CsvTable, rule: Rule) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for row in facts.rows if rule.key else ():
        key = tuple(row.cells[column] for column in rule.key)
        first = seen.setdefault(key, row.line)
        if first != row.line:
            raise FormatError(
                facts.path, row.line, f"has the same {' and '.join(rule.key)} as line {first}, "
                f"{' '.join(key)}; make one row of them, or another key",
            )  # fmt: skip


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


@dataclass(frozen=True, slots=True)
class _Made:
    """What follows from each row by its number, and which rows call for a closer look."""

    triples: Mapping[int, set[ox.Triple]]
    doubtful: set[int]


def _odd(triple: ox.Triple) -> bool:
    ends = (triple.subject, triple.object)
    return any(
        isinstance(end, ox.BlankNode)
        or (isinstance(end, ox.NamedNode) and end.value.startswith(_ROW))
        for end in ends
    )


class _Converter:
    """One table's CONSTRUCT, ready to be run on its rows: all at once, and if something is amiss,
    on row after row, to tell where.
    """

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

    def convert(self, rows: Sequence[Row]) -> Iterator[tuple[Row, list[ox.Quad]]]:
        """Give each row with what follows from it."""
        made = self._all_at_once(rows)
        for number, row in enumerate(rows):
            if made is None or number in made.doubtful:
                yield row, self.quads(row)
            else:
                graph = self._graph(row)
                yield (
                    row,
                    [
                        ox.Quad(t.subject, t.predicate, t.object, graph)
                        for t in made.triples[number]
                    ],
                )

    def _all_at_once(self, rows: Sequence[Row]) -> _Made | None:
        """Run the CONSTRUCT on all rows together; None if anything is amiss in any of them."""
        template = read_template(self._rule.query)
        if template is None:
            return None
        self._failures.clear()
        made = self._solved(template, dict(enumerate(row.cells for row in rows)))
        # Rows that lack a cell tell whether the cell counts; those where it seems not to, and
        # those that make odd things, are looked at one by one.
        fewer = {
            (number, column): {**row.cells, column: ""}
            for number, row in enumerate(rows)
            for column, text in row.cells.items()
            if text and column not in (NOTE, SOURCE)
        }
        if made is None or self._failures or any(not row.cells[SOURCE] for row in rows):
            return None
        without = self._solved(template, fewer)
        if without is None:
            return None
        doubtful = {key[0] for key in fewer if without.get(key) == made.get(key[0])}
        for number in range(len(rows)):
            triples = made.get(number, set())
            if not triples or any(map(_odd, triples)):
                doubtful.add(number)
        return _Made(made, doubtful)

    def _solved(
        self, template: Template, cells: Mapping[_Key, Mapping[str, str]]
    ) -> dict[_Key, set[ox.Triple]] | None:
        store = ox.Store()
        keys: dict[str, _Key] = {}
        for number, (key, texts) in enumerate(cells.items()):
            node = ox.NamedNode(f"{_ROW}{number}")
            keys[node.value] = key
            store.extend(self._row(node, texts))
        try:
            solutions = store.query(template.select, custom_functions=self._functions)
            assert isinstance(solutions, ox.QuerySolutions)
            names = frozenset(variable.value for variable in solutions.variables)
            if "row" not in names:
                return None
            found: dict[_Key, set[ox.Triple]] = {}
            for solution in solutions:
                row = solution["row"]
                if not isinstance(row, ox.NamedNode):
                    return None
                found.setdefault(keys[row.value], set()).update(template.made_of(solution, names))
            return found
        except (SyntaxError, RuntimeError, OSError, ValueError):
            return None

    def _row(self, node: ox.NamedNode | ox.BlankNode, cells: Mapping[str, str]) -> list[ox.Quad]:
        """Write down the cells of a row."""
        found = []
        for column, text in cells.items():
            if text:
                found.append(ox.Quad(node, ox.NamedNode(COL + column), ox.Literal(text)))
            if column in self._rule.lists:
                for item in filter(None, map(str.strip, text.split(";"))):
                    found.append(ox.Quad(node, ox.NamedNode(EACH + column), ox.Literal(item)))
        return found

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
        store.extend(self._row(ox.BlankNode(), cells))
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
            for other in ("", f"{text}x"):
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
