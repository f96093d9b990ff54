"""Costs and funding: tables of module C-3 and of investment plans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from klimatgraph.reading.ccc.indicator_values import number_of, style_of
from klimatgraph.reading.ccc.source import Source
from klimatgraph.reading.ccc.tables import Row, Table
from klimatgraph.reading.facts import Candidate, Fact

_THING: Final = "(?:actions?|interventions?|measures?|projects?)"
# Later ones are better: a subsector or action says more than the sector beside it.
_USES: Final = (
    re.compile(r"(?:issuing |emitting )?(?:sectors?|fields?)(?: ?/ ?sector| of actions?)?"
               r"|category|item|cost item", re.I),
    re.compile(r"(?:issuing |emitting )?sub-?sectors?|sector subsection", re.I),
    re.compile(rf"(?:number and )?(?:name of (?:the )?)?{_THING}(?: ?/ ?{_THING})*(?: names?)?"
               r"(?: ?/ ?details?)?|name of (?:the )?performance", re.I),
)  # fmt: skip
_SOURCE: Final = re.compile(
    r"(?:main )?(?:(?:funding|financing|finance|capital) )?sources?(?: of (?:funding|financing"
    r"|finance|capital))?|funders?|investors?|funding (?:programme|instrument|entity)s?", re.I,
)  # fmt: skip
_PAYER: Final = re.compile(
    r"citizens?|residents?|households?|business(?:es)?|companies|private sector|industry|city"
    r"|municipality|city administration|public sector|tran?sport operators?|utilities|state"
    r"|government|region|eu|banks?|others?", re.I,
)  # fmt: skip
_MONEY: Final = re.compile(
    r"(?:npv )?(?:estimated )?(?:total )?(?:expected |estimated )?(?:investment |investments? )?"
    r"(?:-\s)?(?:costs?|capex|investments?|budget|amount|funding)(?: (?:estimated|needs?|volume"
    r"|investments?|allocation.*|required|amount))?|value of the investment|cost estimate", re.I,
)  # fmt: skip
_TOTAL: Final = re.compile(
    r"(?:grand |sub-?)?total|sum\b|summe|overall|all (?:sectors|actions|fields)|%|share", re.I
)
_CURRENCIES: Final = (
    ("euro", r"€|EUR(?:OS?)?\b|[Ee]uros?\b"), ("swedish-krona", r"SEK\b"),
    ("danish-krone", r"DKK\b"), ("norwegian-krone", r"NOK\b"), ("icelandic-krona", r"ISK\b"),
    ("polish-zloty", r"PLN\b"), ("pound-sterling", r"£|GBP\b"), ("czech-koruna", r"CZK\b"),
    ("hungarian-forint", r"HUF\b"), ("romanian-leu", r"RON\b|[Ll]ei\b"),
    ("bulgarian-lev", r"BGN\b"), ("israeli-shekel", r"ILS\b|NIS\b"),
)  # fmt: skip
_SCALES: Final = (
    (Decimal(10**9), r"billions?|bn|mrd|mld|B"),
    (Decimal(10**6), r"millions?|[Mm]io|[Mm]ln|mn|MM|M|m"),
    (Decimal(1000), r"thousands?|[Tt]sd|k|K|T"),
)
_SCALE: Final = "|".join(pattern for _, pattern in _SCALES)
_UNIT: Final = re.compile(
    rf"(?<![A-Za-z])(?:(?P<before>{_SCALE})\.?\s?(?:of\s)?)?"
    rf"(?:{'|'.join(f'(?P<c{i}>{p})' for i, (_, p) in enumerate(_CURRENCIES))})"
    rf"(?:\s?(?P<after>{_SCALE})\b)?"
)
_AMOUNT: Final = re.compile(
    r"(?P<about>(?:ca|approx|around|about|~|≈)\.?\s?)?(?P<sign>[^\d()\s]{0,4}\s?)"
    r"(?P<open>\(|-\s?)?(?P<low>\d[\d.,]*(?: \d{3})*(?:[.,]\d+)?)"
    r"(?:\s?[-–]\s?(?P<high>\d[\d.,]*(?: \d{3})*))?\)?\s?(?P<unit>[^\d()/]{0,16})"
)
_YEAR: Final = re.compile(r"20[1-4]\d")
_LONGEST: Final = 200
_LEAST: Final = 1000
"""Nothing in an investment plan costs less: the word for million has got lost."""


@dataclass(frozen=True, slots=True)
class _Columns:
    uses: tuple[int, ...]
    source: int | None
    money: tuple[tuple[int, str | None, str | None], ...]
    """Column, who pays, and year."""
    heads: tuple[str, ...]
    title: str
    date: int | None


@dataclass(frozen=True, slots=True)
class _Amount:
    low: Decimal
    high: Decimal | None
    unit: str
    about: bool
    outflow: bool
    """Whether it stands in the brackets that bookkeepers put around what is paid."""


def investment(source: Source) -> Iterator[Candidate]:
    """Read what actions and sectors cost, and who pays.

    Parameters
    ----------
    source : Source
        A contract.

    Yields
    ------
    Candidate
        Facts of the kind ``funding``. Totals, amounts a year, and amounts whose currency nothing
        tells are left out.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from klimatgraph.reading.documents import read
    >>> text = ("# Module C-3\\n\\n| Action name | Total cost (M€) |\\n| --- | --- |\\n"
    ...         "| Tram line 2 | 12.5 |\\n| Total | 12.5 |\\n")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "contract.md")
    ...     _ = path.write_text(text, encoding="utf-8")
    ...     source = Source.of(read(path))
    >>> [str(candidate.fact) for candidate in investment(source)]
    ['use Tram line 2 · value 12500000 · unit euro · status known']
    """
    seen: set[Fact] = set()
    for parts in _parts(source):
        style = style_of([cell for _, row in parts for cell in row.cells])
        read = [found for columns, row in parts for found in _read(columns, row, style)]
        # In a column of brackets a bare number is money that comes back.
        outflow = any(amount.outflow for *_, amount in read)
        for index, (row, use, payer, year, amount) in enumerate(read):
            rest = [other.low for _, _, who, when, other in read[index + 1 :]
                    if (who, when) == (payer, year)]  # fmt: skip
            if amount.outflow != outflow or _is_sum(amount.low, rest):
                continue
            fact = Fact.of(
                "funding", source=payer, use=use, year=year, unit=amount.unit,
                value=format(amount.low.normalize(), "f"),
                max=None if amount.high is None else format(amount.high.normalize(), "f"),
                status="approximate" if amount.about else "known",
            )  # fmt: skip
            if fact not in seen:
                seen.add(fact)
                yield Candidate(fact, (row.passage,), row.passage.text, "funding-table")


def _is_sum(value: Decimal, rest: Sequence[Decimal]) -> bool:
    """Whether an amount is the sum of two or more that follow: the total of a group."""
    total = Decimal(0)
    for count, other in enumerate(rest, start=1):
        total += other
        if total >= value:
            return count > 1 and total == value
    return False


def _parts(source: Source) -> Iterator[list[tuple[_Columns, Row]]]:
    """The rows of each table with its columns; one that a page break has cut is one."""
    columns: _Columns | None = None
    rows: list[tuple[_Columns, Row]] = []
    place = ("", "")
    for table in source.tables:
        if columns and table.width != len(columns.heads):
            columns = None
        if place[0] != table.module and place[1] != table.heading:
            columns = None
        for index, row in enumerate(table.rows):
            header = _header(table, index)
            if header is not None:
                if columns is None or header.heads != columns.heads:
                    if rows:
                        yield rows
                    rows = []
                columns, place = header, (table.module, table.heading)
            elif columns is not None and len(row.cells) == len(columns.heads):
                rows.append((columns, row))
    if rows:
        yield rows


def _header(table: Table, index: int) -> _Columns | None:
    row = table.rows[index]
    below = table.rows[index + 1].cells if index + 1 < len(table.rows) else ()
    words = [re.sub(r"[\[(].*|,.*", "", cell).strip(" .:") for cell in row.cells]
    uses = [(rank, at) for rank, use in enumerate(_USES) for at, cell in enumerate(words)
            if use.fullmatch(cell)]  # fmt: skip
    paid_by = next((at for at, cell in enumerate(words) if _SOURCE.fullmatch(cell)), None)
    payers = [(at, row.cells[at]) for at, cell in enumerate(words) if _PAYER.fullmatch(cell)]
    money: list[tuple[int, str | None, str | None]]
    if len(payers) > 1:
        money = [(at, name, None) for at, name in payers]
    else:
        title = f"{table.caption} {table.heading}"
        if table.module != "C-3" and not re.search(r"invest|financ|fund|cost|capital", title, re.I):
            return None
        costs = [at for at, cell in enumerate(words) if cell and _MONEY.fullmatch(cell)]
        years = [(at, None, cell) for at, cell in enumerate(below) if _YEAR.fullmatch(cell)]
        # Several columns of money are different things, which the header alone does not tell.
        money = [(costs[0], None, None)] if len(costs) == 1 else []
        if money and years and years[0][0] == costs[0]:
            money = [*years]
    if not money or (not uses and paid_by is None):
        return None
    heads = tuple(f"{cell} {below[at] if _is_units(below) and at < len(below) else ''}".strip()
                  for at, cell in enumerate(row.cells))  # fmt: skip
    first = " ".join(cell for earlier in table.rows[:index] for cell in earlier.cells if cell)
    date = next((at for at, c in enumerate(words) if re.search(r"\bdates?\b", c, re.I)), None)
    return _Columns(tuple(at for _, at in sorted(uses, reverse=True)), paid_by, tuple(money),
                    heads, f"{table.caption} {first}", date)  # fmt: skip


def _is_units(cells: Sequence[str]) -> bool:
    """Whether a row only says more about the header above it."""
    return bool(cells) and not cells[0] and any(cells)


def _read(
    columns: _Columns, row: Row, style: str
) -> Iterator[tuple[Row, str | None, str | None, str | None, _Amount]]:
    use = next((row.cells[at] for at in columns.uses if row.cells[at]), "").strip(" •-–·:;.*")
    payer = row.cells[columns.source].strip(" .:") if columns.source is not None else ""
    if any(_TOTAL.match(cell) for cell in (use, payer, row.cells[0])):
        return
    if not (_is_name(use) or (not use and _is_name(payer))):
        return
    for at, who, year in columns.money:
        place = at
        if columns.date is not None and not _YEAR.search(row.cells[columns.date]):
            # The cells of this row stand one beside their header: only what is marked as an
            # outflow at its end can be told from the benefits before it.
            dated = any(re.match(r"20\d\d\s?[-–/]\s?20\d\d", cell) for cell in row.cells)
            place = max(i for i, cell in enumerate(row.cells) if cell) if dated else at
        amount = _amount(row.cells[place], f"{columns.heads[at]}", columns.title, style)
        if amount is not None and (place == at or amount.outflow):
            yield row, use or None, who or payer or None, year, amount


def _is_name(words: str) -> bool:
    return (
        3 < len(words) <= _LONGEST
        and sum(sign.isalpha() for sign in words) > 3
        and not re.match(r"\(|(?:the )?(?:list|indicate)\b|the actions in\b|updated\b", words, re.I)
        and not words[0].islower()
    )


def _amount(cell: str, head: str, title: str, style: str) -> _Amount | None:
    match = _AMOUNT.fullmatch(cell.strip(" .*"))
    if match is None:
        return None
    low, high = number_of(match["low"], style), number_of(match["high"] or "", style)
    own = _unit(" ".join(f"{match['sign']} {match['unit']}".split()))
    near = _unit(head) or _unit(title)
    if own is None:
        if re.search(r"[^\W\d_]|%", match["sign"] + match["unit"]):
            return None  # words that nobody knows: a year, a part, another currency
        unit = near
    elif near is not None and near[0] == own[0] and own[1] == 1:
        unit = near  # the sign stands in each cell, the million in the header
    else:
        unit = own
    if not low or unit is None or (match["high"] and high is None):
        return None
    if low * unit[1] < _LEAST:
        return None
    return _Amount(low * unit[1], None if high is None else high * unit[1], unit[0],
                   match["about"] is not None, match["open"] is not None)  # fmt: skip


def _unit(words: str) -> tuple[str, Decimal] | None:
    """Currency and factor; None where words name none or several.

    Examples
    --------
    >>> _unit("Total cost (€ million)"), _unit("MEUR, NPV"), _unit("in SEK or EUR")
    (('euro', Decimal('1000000')), ('euro', Decimal('1000000')), None)
    """
    found = set()
    for match in _UNIT.finditer(words):
        scale = match["before"] or match["after"] or ""
        factor = next((f for f, pattern in _SCALES if re.fullmatch(pattern, scale)), Decimal(1))
        code = next(unit for i, (unit, _) in enumerate(_CURRENCIES) if match[f"c{i}"])
        found.add((code, factor))
    return found.pop() if len(found) == 1 else None
