"""The baseline inventory: emissions by sector and scope, as module A-1 tabulates them.

A table is read where its unit is a mass of CO2 and its columns are scopes, totals or years. How
it writes numbers is decided for the whole table, and the sums that it gives tell which rows stand
on the same level: a row that no sum proves is left out unless it names a sector plainly.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from klimatgraph.reading.ccc import figures as shared
from klimatgraph.reading.ccc.source import Source
from klimatgraph.reading.ccc.tables import Row, Table
from klimatgraph.reading.documents import Passage
from klimatgraph.reading.facts import Candidate, Fact

_LAST_YEAR: Final = "2025"  # what is told of a later year is a scenario
_SUBTOTAL: Final = re.compile(r"sub\W?total", re.IGNORECASE)
_QUALIFIED: Final = re.compile(r"\bwith|\bexcl", re.IGNORECASE)
_NONE: Final = re.compile(
    r"\bBAU\b|business[- ]as[- ]usual|scenario|projection|forecast|\bgap\b|emissions? factor"
    r"|activit|final energy|energy (?:use|consumption|demand)|consumption[- ]based|from consum"
    r"|per (?:capita|inhabitant|person)|/\s?(?:capita|inhabitant|person)", re.IGNORECASE,
)  # fmt: skip
_YEAR: Final = re.compile(r"(?<![\d.,/–-])((?:19[89]|20[0-6])\d)(?![\d/–]|[.,]\d|-\d)")
_YEAR_OF: Final = re.compile(
    r"\b(?:emissions?|inventory|sectors?)\b[^.|]{0,40}?\b((?:19|20)\d\d)\b"
    r"|\b(?:in|for|year)\s+((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_YEAR_ROW: Final = re.compile(r"\byear\b(?!\s*\))", re.IGNORECASE)
_META: Final = re.compile(
    r"(?:\w+ ){0,2}year\b|units?\b|pcs\b|(?:tab\w* )?A[-. ]?\s?\d\s?[-.]", re.IGNORECASE
)
_SCOPE: Final = re.compile(r"(?<!other )\bscope\s?(?:of application\s?)?([123])\b", re.IGNORECASE)
_TOTAL_COLUMN: Final = re.compile(
    r"(?:grand |sum )?total\b(?!.*%).*|CO2\W?e\w*|(?:ghg )?emissions?\b(?!.*(?:%|factor)).{0,40}",
    re.IGNORECASE,
)
_CAPTION: Final = re.compile(r"\W*(?:table|tabell?|tab\.|A[-. ]\s?\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Column:
    index: int
    scope: str | None = None
    year: str | None = None


@dataclass(slots=True)
class _Block:
    """One inventory: what is said before its figures, and its rows of figures."""

    words: str
    year: str | None = None  # empty where the document gives several
    unit: str | None = None
    columns: list[_Column] = field(default_factory=list)
    width: int = 0
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class _Entry:
    passage: Passage
    label: str
    total: bool
    sector: str | None
    part: str | None
    figures: dict[int, Decimal]


def inventory(source: Source) -> Iterator[Candidate]:
    """Read the emissions of past years by sector, by scope and in total.

    Parameters
    ----------
    source : Source
        A contract.

    Yields
    ------
    Candidate
        Facts of the kind ``emission``.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from klimatgraph.reading.documents import read
    >>> text = '''# A-1.4: GHG emissions by source sectors
    ... | Base year | 2019 | |
    ... |---|---|---|
    ... | Unit | kt CO2e | |
    ... | | Scope 1 | Total |
    ... | Transport | 90,5 | 90,5 |
    ... | Waste | 9,5 | 9,5 |
    ... | Total | 100,0 | 100,0 |
    ... '''
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "a.md")
    ...     _ = path.write_text(text, encoding="utf-8")
    ...     found = list(inventory(Source.of(read(path))))
    >>> print(found[1].fact)
    sector transport · year 2019 · value 90.5 · unit kilotonne-co2e · status known
    """
    found: dict[Fact, Candidate] = {}
    for block in _blocks(source):
        for candidate in _read(block):
            found.setdefault(candidate.fact, candidate)
    yield from found.values()


def _blocks(source: Source) -> Iterator[_Block]:
    block, short = _Block(""), False
    for table in source.tables_in("A-1", ""):
        if block.rows:
            longer = _continued(block, table)
            yield longer or block
            block, short = _Block(""), False
            if longer:
                continue
        if block.columns or not short:
            block = _Block(table.caption if _CAPTION.match(table.caption) else "")
            block.unit = shared.unit_of(block.words)
        short = len(table.rows) < 5  # a title, cut from its table by a page break
        for row in table.rows:
            heads = _META.match(row.cells[0]) or _SCOPE.search(" ".join(row.cells[1:]))
            if block.columns and not heads:
                block.rows.append(row)
                continue
            if block.rows:  # the header of another inventory
                yield block
                block = _Block("")
            _say(block, row)
    if block.rows:
        yield block


def _continued(block: _Block, table: Table) -> _Block | None:
    """The block with the table behind a page break, where only both together add up."""
    rows = [row for row in table.rows if not _SCOPE.search(" ".join(row.cells))]
    if all(len(row.cells) == block.width + 1 and not row.cells[1] for row in rows):
        rows = [replace(row, cells=(row.cells[0], *row.cells[2:])) for row in rows]
    rows = [row for row in rows if len(row.cells) == block.width]
    both = replace(block, rows=block.rows + rows)
    usable = block.unit and rows and len(rows) * 2 >= len(table.rows)
    return both if usable and _proven(both) and not _proven(block) else None


def _say(block: _Block, row: Row) -> None:
    """Take in a row before the figures: title, year, unit or names of columns."""
    text = " ".join(cell for cell in row.cells if cell)
    block.words += f" {text}"
    if _YEAR_ROW.search(text) and len(text) < 200:
        years = _YEAR.findall(text)
        first = re.match(r"(?:[^\d|]*?\byears?\W+)((?:19|20)\d\d)(?![\d/,–-])", text, re.IGNORECASE)
        year = first[1] if first else years[0] if len(set(years)) == 1 else None
        block.year = year or ("" if years else block.year)
    block.unit = shared.unit_of(text) or block.unit
    columns = list(_columns(row.cells))
    if columns and (not block.columns or any(column.scope for column in columns)):
        block.columns, block.width = columns, len(row.cells)


def _columns(cells: Sequence[str]) -> Iterator[_Column]:
    scoped = any(_SCOPE.search(cell) for cell in cells)
    seen: set[str] = set()
    for index, cell in enumerate(cells[1:], 1):
        scope = _SCOPE.search(cell) if len(cell) < 60 else None
        year = None if scoped else _YEAR.fullmatch(cell)
        name = scope[1] if scope else year[1] if year else "total"
        if name not in seen and (scope or year or _TOTAL_COLUMN.fullmatch(cell)):
            seen.add(name)
            yield _Column(index, f"scope-{name}" if scope else None, name if year else None)


def _entries(block: _Block, decimal: str) -> list[_Entry]:
    found: list[_Entry] = []
    first = min((column.index for column in block.columns), default=1)
    above = ""
    for row in block.rows:
        if len(row.cells) != block.width or _SUBTOTAL.search(row.cells[0]):
            continue
        cells = [cell for cell in row.cells[:first] if not shared.FIGURE.fullmatch(cell.strip())]
        labels = [word for cell in cells if (word := shared.clean(cell))]
        if not row.cells[0].strip() and above and labels and first > 1:
            labels.insert(0, above)  # the cell on the left holds for several rows
        if not labels or len(labels[0]) > 120:
            continue
        if "not included" in labels[0]:
            break  # what stands behind is in no total
        above = labels[0]
        values = ((c.index, shared.figure(row.cells[c.index], decimal)) for c in block.columns)
        figures = {index: value for index, value in values if value is not None}
        total = shared.TOTAL.match(labels[0]) is not None
        sector = None if total else shared.sector_of(labels[0])
        part = " – ".join(labels[1:] if sector or total else labels) or None
        found.append(_Entry(row.passage, row.cells[0], total, sector, part, figures))
    found = [entry for entry in found if entry.figures]
    totals = [entry for entry in found if entry.total]
    for entry in totals:
        if len(totals) > 1 or _QUALIFIED.search(entry.label):
            entry.part = entry.label
    return found


def _top(entries: Sequence[_Entry], index: int) -> list[_Entry] | None:
    """The rows that add up to a total: all, or all but those of which another is made up."""
    totals = [e.figures[index] for e in entries if e.total and index in e.figures]
    rows = [e for e in entries if not e.total and index in e.figures]
    tops: list[_Entry] = []
    place = 0
    while place < len(rows):
        tops.append(rows[place])
        place = _behind_children([e.figures[index] for e in rows], place)
    for kept in (rows, tops):
        values = [e.figures[index] for e in kept]
        sums = (sum(values), sum(value for value in values if value > 0))
        if len(values) > 1 and any(_close(Decimal(s), told) for s in sums for told in totals):
            return [e for e in entries if e.total or e in kept
                    or (index not in e.figures and e.sector)]  # fmt: skip
    return None


def _close(sum_: Decimal, told: Decimal) -> bool:
    """Whether a sum is what is told, but for rounding."""
    return abs(sum_ - told) <= abs(told) * Decimal("0.02") + Decimal("0.51")


def _behind_children(values: Sequence[Decimal], place: int) -> int:
    """The place of the next row that is no part of this one."""
    sum_, behind = Decimal(0), place + 1
    for end in range(place + 1, len(values)):
        sum_ += values[end]
        if end > place + 1 and values[place] and abs(sum_ / values[place] - 1) < Decimal("0.002"):
            behind = end + 1
    return behind


def _reference(entries: Sequence[_Entry], columns: Sequence[_Column]) -> int:
    """The column whose sum counts: the one of totals, if there is one."""
    filled = Counter(index for entry in entries for index in entry.figures)
    return max(columns, key=lambda c: (c.scope is None, filled[c.index], -c.index)).index


def _judge(block: _Block, decimal: str) -> tuple[int, int, int]:
    """Whether the totals add up, how many columns do, and whether a city can emit so much."""
    entries = _entries(block, decimal)
    index = _reference(entries, block.columns)
    right = sum(_top(entries, column.index) is not None for column in block.columns)
    told = [(e.total, e.figures[index]) for e in entries if index in e.figures]
    most = max((v for total, v in told if total), default=sum((v for _, v in told), Decimal(0)))
    fits = shared.plausible(most, block.unit or "")
    return int(_top(entries, index) is not None), right, int(fits)


def _sign(block: _Block) -> str | None:
    rows = [row.cells for row in block.rows if len(row.cells) == block.width]
    cells = [cells[column.index] for cells in rows for column in block.columns]
    return shared.decimal_sign(cells, lambda sign: _judge(block, sign)) if block.columns else None


def _proven(block: _Block) -> bool:
    return (sign := _sign(block)) is not None and _judge(block, sign)[::2] == (1, 1)


def _read(block: _Block) -> Iterator[Candidate]:
    year = block.year
    if year is None:
        # The title of a plan has a year, too: "Contract 2024".
        found = {m[1] or m[2] for m in _YEAR_OF.finditer(block.words)}
        told = {year for year in found if year <= _LAST_YEAR}
        year = told.pop() if len(told) == 1 else None
    if block.unit is None or (year or "") > _LAST_YEAR or _NONE.search(block.words):
        return
    sign = None if shared.ODD_UNIT.search(block.words) else _sign(block)
    if sign is None or not _judge(block, sign)[2]:
        return
    entries = _entries(block, sign)
    tops = _top(entries, _reference(entries, block.columns))
    names = Counter(entry.sector for entry in entries if entry.sector)
    # Where hardly a sector is known, they are those of consumption, for instance.
    for entry in (entries if tops is None else tops) if len(names) > 1 else ():
        if tops is None and not entry.total and (not entry.sector or names[entry.sector] > 1):
            continue
        yield from _facts(block, entry, year, Decimal("0.8") if tops is None else Decimal(1))


def _facts(block: _Block, entry: _Entry, year: str | None, sure: Decimal) -> Iterator[Candidate]:
    told = [(c, entry.figures[c.index]) for c in block.columns if c.index in entry.figures]
    scoped = [value for column, value in told if column.scope]
    whole = [value for column, value in told if not column.scope]
    if scoped and whole and not _close(sum(scoped, Decimal(0)), whole[0]):
        sure = Decimal("0.8")
    for column, value in told:
        if (when := column.year or year or "") <= _LAST_YEAR:
            fact = Fact.of(
                "emission", scope=column.scope, sector=entry.sector, part=entry.part, year=when,
                value=str(value), unit=block.unit, status="known",
            )  # fmt: skip
            yield Candidate(fact, (entry.passage,), entry.passage.text, "ccc-inventory", sure)
