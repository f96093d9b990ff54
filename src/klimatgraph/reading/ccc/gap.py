"""The emission gap: baseline, target, what is reached and what is left, by sector and in total.

Tables A-2.1 to A-2.3 of the template come in many forms, with headers that lost their place. The
columns must therefore prove themselves: a table is read only where its rows bear out one of the
equations by which the template fills it, such as baseline - reduction = residual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from klimatgraph.reading.ccc.figures import (
    FIGURE,
    TOTAL,
    clean,
    decimal_sign,
    figure,
    plausible,
    sector_of,
    unit_of,
)
from klimatgraph.reading.ccc.source import Source
from klimatgraph.reading.ccc.tables import Row, Table
from klimatgraph.reading.facts import Candidate, Fact

_ODD: Final = re.compile(r"(?:not older|not? later) than\s*20\d\d", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<!\d)((?:19[89]|20[0-6])\d)(?!\d)")
_INDICATORS: Final = (
    ("portfolio-reduction",
     r"gapreduced|reductions?(?:estimated|achievable|possible)*(?:through|resultingfrom|by|from|of)"
     r"?(?:the)?(?:ccc|cnap|climatecitycontract|climatecontract|actionplan)"),
    ("existing-strategies-reduction",
     r"reduction(?:s|target)?\w{0,10}(?:through|in|by|from)(?:the)?(?:other|existing|current)"),
    ("emission-reduction-target", r"reductiontarget|targetreduction"),
    ("remaining-gap", r"^emissions?gap"),
    ("residual-emissions", r"^residualemission"),
    ("baseline-emissions", r"^(?:baseline|base|reference)(?:year|baseline)?emission"),
)  # fmt: skip
_BASELINE: Final = "baseline-emissions"
_LETTERS: Final = dict(zip("petgrb", (name for name, _ in _INDICATORS), strict=True))
_EQUATIONS: Final = ("btr", "teg", "bpr", "bprg", "brtg", "btg", "tepg", "bepr", "brt")
"""The first less all between is the last: ``btr`` is baseline - target = residual."""


@dataclass(frozen=True, slots=True)
class _Column:
    index: int
    indicator: str
    share: bool
    unit: str | None
    year: str | None


def gap(source: Source) -> Iterator[Candidate]:
    """Read the tables of the emission gap.

    Parameters
    ----------
    source : Source
        A contract.

    Yields
    ------
    Candidate
        Facts of the kind ``gap``.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from klimatgraph.reading.documents import read
    >>> text = '''# A-2.3: Emissions gap (kt CO2e)
    ... | | Baseline emissions (2019) | Emissions reduction target 2030 | Residual emissions |
    ... |---|---|---|---|
    ... | Transport | 70 | 60 | 10 |
    ... | Waste | 30 | 20 | 10 |
    ... | Total | 100 | 80 | 20 |
    ... '''
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "a.md")
    ...     _ = path.write_text(text, encoding="utf-8")
    ...     print(list(gap(Source.of(read(path))))[1].fact)
    indicator emission-reduction-target · sector transport · year 2030 · value 60 \
· unit kilotonne-co2e · status known
    """
    found: dict[Fact, Candidate] = {}
    for table in source.tables_in("A-1", "A-2", "A-3", ""):
        for candidate in _table(table):
            found.setdefault(candidate.fact, candidate)
    yield from found.values()


def _table(table: Table) -> Iterator[Candidate]:
    start = next((i for i, row in enumerate(table.rows) if _is_data(row)), 0)
    columns = list(_columns(table, table.rows[:start])) if start else []
    width = columns[-1].index if columns else len(table.rows[0].cells)
    rows = [row for row in table.rows[start:] if _is_data(row) and len(row.cells) > width]
    units = {column.unit for column in columns if column.unit and not column.share}
    unit = min(units, default="tonne-co2e")

    def judge(sign: str) -> tuple[set[str], int, bool]:
        numbers = [_numbers(row, columns, sign) for row in rows]
        most = max((row.get(_BASELINE, Decimal(0)) for row in numbers), default=Decimal(0))
        return *_proof(numbers), plausible(most, unit)

    cells = [row.cells[c.index].replace("%", "").strip() for row in rows for c in columns]
    sign = decimal_sign(cells, lambda sign: judge(sign)[1:]) or ""
    proven, _, fits = judge(sign) if sign else (set(), 0, False)
    totals = sum(TOTAL.match(row.cells[0]) is not None for row in rows)
    for row in rows if proven else ():
        total = TOTAL.match(row.cells[0]) is not None
        sector = None if total else sector_of(row.cells[0])
        part = None if sector or (total and totals < 2) else clean(row.cells[0])
        numbers = _numbers(row, columns, sign)
        for column in columns:
            value = figure(row.cells[column.index].replace("%", ""), sign)
            sure = column.indicator in proven  # then its unit is that of the others, too
            right = _is_share(numbers, column, value) if column.share else fits and len(units) == 1
            if value is None or not right or not (column.unit or sure):
                continue
            fact = Fact.of(
                "gap", indicator=column.indicator, sector=sector, part=part, year=column.year,
                value=str(value), unit="percent" if column.share else unit, status="known",
            )  # fmt: skip
            yield Candidate(fact, (row.passage,), row.passage.text, "ccc-gap",
                            Decimal(1) if sure else Decimal("0.8"))  # fmt: skip


def _is_data(row: Row) -> bool:
    figures = sum(FIGURE.fullmatch(cell.strip("% ")) is not None for cell in row.cells)
    return 1 < len(row.cells[0]) < 80 and figures > 1


def _columns(table: Table, heads: Sequence[Row]) -> Iterator[_Column]:
    """What each column holds; nothing where two are headed alike or the header does not tell."""
    named = max(heads, key=lambda row: len({_indicator(cell) for cell in row.cells[1:]}))
    above = [next((c for c in named.cells[i::-1] if c), "") for i in range(len(named.cells))]
    title = " ".join((table.caption, table.heading, *(r.cells[0] for r in heads)))
    below = heads[heads.index(named) + 1 :]
    heard = " ".join(_ODD.sub("", cell) for row in heads for cell in row.cells)
    ahead = {year for year in _YEAR.findall(f"{heard} {table.caption}") if year > "2025"}
    seen: dict[tuple[str, bool], tuple[str, int]] = {}
    for index in range(1, len(named.cells)):
        indicator = _indicator(above[index])
        own = [row.cells[index] for row in below if len(row.cells) == len(named.cells)]
        text = " ".join((*own, above[index]))
        share = any(re.match(r"\W*(?:in )?%", cell) for cell in own)
        if indicator is None or "capita" in text or (share and indicator == _BASELINE):
            continue
        head, place = seen.setdefault((indicator, share), (above[index], index))
        if head != above[index]:
            return
        years = set(_YEAR.findall(_ODD.sub("", text))) if indicator == _BASELINE else ahead
        unit = next((u for t in (*own, above[index], title) if (u := unit_of(f"{t} CO2"))), None)
        year = next(iter(years)) if len(years) == 1 else None
        if place == index:
            yield _Column(index, indicator, share, "percent" if share else unit, year)


def _indicator(cell: str) -> str | None:
    words = re.sub(r"[^a-z]", "", cell.lower())
    return next((name for name, pattern in _INDICATORS if re.search(pattern, words)), None)


def _numbers(row: Row, columns: Sequence[_Column], sign: str) -> dict[str, Decimal]:
    """The numbers of a row by their indicators, shares aside."""
    read = ((c.indicator, figure(row.cells[c.index], sign)) for c in columns if not c.share)
    return {indicator: value for indicator, value in read if value is not None}


def _is_share(numbers: Mapping[str, Decimal], column: _Column, value: Decimal | None) -> bool:
    """Whether a percentage is one of the baseline: some tables give shares of the column."""
    part, whole = numbers.get(column.indicator), numbers.get(_BASELINE)
    if value is None or part is None or not whole:
        return False
    return abs(part / whole * 100 - value) <= 1


def _proof(rows: Sequence[Mapping[str, Decimal]]) -> tuple[set[str], int]:
    """The indicators that take part in an equation which the rows bear out, and how often."""
    proven: set[str] = set()
    most = 0
    for letters in _EQUATIONS:
        names = [_LETTERS[letter] for letter in letters]
        full = [[row[name] for name in names] for row in rows if set(names) <= set(row)]
        full = [values for values in full if any(values)]
        rest = [abs(v[0] - sum(v[1:])) - abs(v[-1]) * Decimal("0.01") for v in full]
        right = sum(value <= Decimal("1.6") for value in rest)
        if right > 1 and right >= len(full) * 0.7:
            proven.update(names)
            most = max(most, right)
    return proven, most
