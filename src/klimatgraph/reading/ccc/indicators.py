"""Indicators and their target values: tables B-3.1 (overview) and B-3.2 (metadata)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Final

from klimatgraph.reading.ccc.indicator_values import code_of, is_unit, style_of, unit_of, value_of
from klimatgraph.reading.ccc.source import Source
from klimatgraph.reading.ccc.tables import Row, Table
from klimatgraph.reading.facts import Candidate, Fact

_ROLES: Final = (
    ("name", r"(?:name of (?:the )?)?indicators?(?: names?)?|sub-target"),
    ("number", r"indicat\s?ors? ?(?:or )?(?:n[or]?s?\b\.?|number|code|id(?:enti\w*)?\b|#).*"
               r"|n[or]\.?"
               r"|(?:no|number)\.? of indicator|id|code|unique identifier|kpi"
               r"|indicator identification number"),
    ("unit", r"(?:indicator )?units?(?: of measure(?:ment)?)?"),
)  # fmt: skip
_HEADERS: Final = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ROLES)
_YEAR: Final = re.compile(r"(?<!\d)(20(?:2[4-9]|[34]\d|50))(?!\d)")
_TARGET: Final = re.compile(
    r"target(?: values?| potential)?\b(?! (?:domain|question|measure|group))|\bgoals?\b"
    r"|value per indicator",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"indicator name|name of (?:the )?indicator|indicator", re.IGNORECASE)
_UNIT_LABEL: Final = re.compile(r"(?:indicator )?units?(?: of measure(?:ment)?)?", re.IGNORECASE)
_NUMBER_LABEL: Final = re.compile(r"indicator (?:number|no\.?|id)", re.IGNORECASE)
_NUMBERED: Final = re.compile(
    r"(?:No\.\s)?\(?((?:[A-Z]{1,4}[ .-]?){0,2}\d{1,4}(?:[.-]\d+)*[a-z]?)\)?\s?[:.–-]?"
    r"(?:\s+|(?<=\)))(?=[A-Z%])"
)
_NO_NUMBER: Final = re.compile(r"(?:20\d\d|PM\s?\d|CO2|NO2|EU)", re.IGNORECASE)
_ID: Final = re.compile(r"(?:indicator\s)?[A-Z]{0,6}[ .-]?(?:[A-Z]{1,4}[ .-])?\d[\w.-]{0,8}", re.I)
_NO_NAME: Final = re.compile(
    r"\(?(?:insert|name of|list |see )|tb[dc]\b|n/?a\b|\.\.\.|…|no indicator|indicator"
    r"|monitoring and|basisindik|implemented|to [a-z]+ ",
    re.I,
)
_SEVERAL: Final = re.compile(r"\b(?:Number|Percentage|Share|Annual|Proportion|Total|Length)\b")
"""Words that indicators begin with: a cell with two of them holds two."""
_LONGEST: Final = 200


@dataclass(slots=True)
class _Indicator:
    name: str
    number: str | None
    unit: str | None
    rows: list[Row]
    values: list[tuple[str | None, str]] = field(default_factory=list)
    """Year and words of each target value."""
    described: str | None = None
    """The unit in the table of metadata; that of the target values may be another one."""


@dataclass(frozen=True, slots=True)
class _Columns:
    name: int
    number: int | None
    unit: int | None
    targets: tuple[tuple[int, str | None], ...]
    width: int
    blank: int | None
    """The one column that has no words in the header: rows often lose it."""


def indicators(source: Source) -> Iterator[Candidate]:
    """Read the indicators of a contract and the values that they are to reach.

    Parameters
    ----------
    source : Source
        A contract.

    Yields
    ------
    Candidate
        Facts of the kinds ``indicator`` and ``indicator-value``. A value that is open, or that
        holds more than one number, is left out.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from klimatgraph.reading.documents import read
    >>> text = ("# Module B-3 Indicators\\n\\n| Indicator No. | Indicator name | Target 2030 |\\n"
    ...         "| --- | --- | --- |\\n| 1 | Share of electric buses | 80% |\\n")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "contract.md")
    ...     _ = path.write_text(text, encoding="utf-8")
    ...     source = Source.of(read(path))
    >>> for candidate in indicators(source):
    ...     print(candidate.fact)
    name Share of electric buses · number 1 · measured-in %
    name Share of electric buses · number 1 · year 2030 · value 80 · unit percent · status known
    """
    listed = _distinct(_overview(source))
    described = _distinct(_metadata(source))
    for one in described:
        same = _same(one, listed)
        if same is None:
            listed.append(one)
        elif same.described is None:
            same.described = one.unit
            same.rows += one.rows
    style = style_of([words for one in listed for _, words in one.values])
    for one in listed:
        yield from _candidates(one, style)


def _candidates(one: _Indicator, style: str) -> Iterator[Candidate]:
    read = [(year, words, found) for year, words in one.values if (found := value_of(words, style))]
    told = {found[1] for _, _, found in read if len(found[1]) <= 25}
    own_unit = one.unit or unit_of(one.name)
    unit = own_unit or (told.pop() if len(told) == 1 else None) or one.described
    rule = "indicator-table" if one.values else "indicator-metadata"
    fact = Fact.of("indicator", name=one.name, number=one.number, measured_in=unit or None)
    yield _candidate(fact, one, rule)
    for year, words, (fields, own) in read:
        later = re.search(r"\((?=20\d\d\))|\bby (?=20\d\d)", words)
        code = fields["unit"] or (None if own else code_of(own_unit or ""))
        values = {**fields, "unit": code, "year": words[later.end() :][:4] if later else year}
        named: dict[str, str | None] = {"name": one.name, "number": one.number}
        yield _candidate(Fact.from_mapping("indicator-value", {**named, **values}), one, rule)


def _candidate(fact: Fact, one: _Indicator, rule: str) -> Candidate:
    passages = tuple(dict.fromkeys(row.passage for row in one.rows))
    return Candidate(fact, passages, one.rows[0].passage.text, rule,
                     Decimal(1) if rule == "indicator-table" else Decimal("0.9"))  # fmt: skip


def _distinct(found: Iterator[_Indicator]) -> list[_Indicator]:
    kept: dict[tuple[str, str | None], _Indicator] = {}
    for one in found:
        kept.setdefault((one.name.casefold(), one.number), one)
    names = {name for name, given in kept if given}
    # A row that only says the name again, for another action, is the same indicator.
    return [one for (name, given), one in kept.items() if given or name not in names]


def _same(one: _Indicator, listed: Sequence[_Indicator]) -> _Indicator | None:
    """The indicator of the overview that a table of metadata describes."""

    def alike(other: _Indicator) -> float:
        mine, its = _bare(one.name), _bare(other.name)
        ratio = SequenceMatcher(None, mine, its).ratio()
        if min(len(mine), len(its)) > 12 and (mine in its or its in mine):
            ratio = 1.0
        return ratio + 0.3 if one.number and one.number == other.number else ratio

    best = max(listed, key=alike, default=None)
    return best if best is not None and alike(best) >= 0.8 else None


def _bare(name: str) -> str:
    return re.sub(r"\s*\([^()]*\)", "", name).casefold()


def _overview(source: Source) -> Iterator[_Indicator]:
    columns: _Columns | None = None
    last: _Indicator | None = None
    for table in source.tables:
        if table.module not in ("B-3", "") or (
            columns and abs(len(table.rows[0].cells) - columns.width) > 1
        ):
            columns = None
        for index, row in enumerate(table.rows):
            header = _header(table, index)
            if header is not None:
                columns = header
                continue
            if columns is None or _LABEL.fullmatch(row.cells[0]) or _is_years(row):
                continue
            cells = _aligned(row, columns)
            found = _read(cells, row, columns) if cells else None
            if found and last and found.name[0].islower() and not found.number:
                if not any(words for _, words in found.values):
                    last.name = f"{last.name} {found.name}"
                    last.rows.append(row)
                continue
            if last is not None:
                yield last
            last = found if found and _is_name(found.name) else None
    if last is not None:
        yield last


def _header(table: Table, index: int) -> _Columns | None:
    row = table.rows[index]
    found: dict[str, int] = {}
    for at, cell in enumerate(row.cells):
        words = re.sub(r"\(.*", "", cell).strip(" .:")
        for role, header in _HEADERS:
            if header.fullmatch(words):
                found.setdefault(role, at)
    if "name" not in found:
        return None
    below = table.rows[index + 1] if index + 1 < len(table.rows) else row
    targets = _targets(row, below)
    if not targets and not ("number" in found and _TARGET.search(" ".join(row.cells))):
        return None
    years = below.cells if _is_years(below) else ()
    blank = [at for at, cell in enumerate(row.cells) if not cell and not (years and years[at])]
    name, width = found["name"], len(row.cells)
    unit = found.get("unit", name + 1 if name + 1 in blank else None)
    return _Columns(name, found.get("number"), unit, targets, width,
                    blank[0] if len(blank) == 1 else None)  # fmt: skip


def _targets(row: Row, below: Row) -> tuple[tuple[int, str | None], ...]:
    """The columns of target values, with their years: from the header or the row under it."""
    titled = [at for at, cell in enumerate(row.cells) if _TARGET.search(cell)]
    if _is_years(below) and titled and len(below.cells) == len(row.cells):
        years = [(at, _YEAR.fullmatch(cell)) for at, cell in enumerate(below.cells)]
        found = tuple((at, year[1]) for at, year in years if year)
        whole = len(found) > 2 and found[-1][0] == len(row.cells) - 1
        # Fewer years than columns that begin behind the title have slipped by one.
        return found if whole or any(at == titled[0] for at, _ in years if below.cells[at]) else ()
    own = tuple((at, year[1]) for at in titled if (year := _YEAR.search(row.cells[at])))
    if own:
        return own
    last = len(row.cells) - 1
    return ((last, None),) if re.fullmatch(r"target values?", row.cells[last], re.I) else ()


def _is_years(row: Row) -> bool:
    filled = [cell for cell in row.cells[1:] if cell]
    return bool(filled) and all(re.fullmatch(r"20\d\d|baseline.*", c, re.I) for c in filled)


def _aligned(row: Row, columns: _Columns) -> tuple[str, ...] | None:
    if len(row.cells) == columns.width:
        return row.cells
    if len(row.cells) == columns.width - 1 and columns.blank is not None:
        return (*row.cells[: columns.blank], "", *row.cells[columns.blank :])
    return None


def _read(cells: Sequence[str], row: Row, columns: _Columns) -> _Indicator | None:
    name, given = _numbered(cells[columns.name])
    if not name or sum(bool(cell) for cell in cells) < 2:
        return None
    if columns.number is not None and (words := cells[columns.number].strip(" .()")):
        given = words if _ID.fullmatch(words) else None
    unit = cells[columns.unit] if columns.unit is not None else ""
    values = [(year, cells[at]) for at, year in columns.targets]
    fitting = unit if len(unit) <= 60 and is_unit(unit) else None
    return _Indicator(name, given, fitting, [row], values)


def _metadata(source: Source) -> Iterator[_Indicator]:
    now: _Indicator | None = None
    for table in source.tables:
        for index, row in enumerate(table.rows):
            if len(row.cells) not in (2, 3):
                continue
            label, words = row.cells[0], next((cell for cell in row.cells[1:] if cell), "")
            near = table.rows[index + 1 : index + 3]
            if _LABEL.fullmatch(label) and any(_UNIT_LABEL.fullmatch(r.cells[0]) for r in near):
                name, given = _numbered(words)
                now = _Indicator(name, given, None, [row]) if _is_name(name) else None
                if now is not None:
                    yield now
            elif now is not None and _UNIT_LABEL.fullmatch(label):
                if now.unit is None and 0 < len(words) <= 60 and re.search(r"[^\W\d]|[%€]", words):
                    now.unit = words
                    now.rows.append(row)
            elif now is not None and _NUMBER_LABEL.fullmatch(label) and _ID.fullmatch(words):
                now.number = now.number or words


def _numbered(cell: str) -> tuple[str, str | None]:
    """A name without the number that it begins with, and that number."""
    words = cell.strip(" •●▪*-–·;:,")
    match = _NUMBERED.match(words)
    given = match[1] if match and not _NO_NUMBER.match(match[1]) else None
    name = words[match.end() :] if match and given else words
    name = re.sub(r"\s?/\s?(?:t CO2\w*)?$", "", name)
    return (name.removesuffix(".") if re.search(r"\w{3}\.$", name) else name), given


def _is_name(name: str) -> bool:
    return (
        4 < len(name) <= _LONGEST
        and sum(sign.isalpha() for sign in name) > 3
        and not re.match(r"(?:\()?(?:t|kt|kton|tonnes?)\s?CO", name)
        and not _ID.fullmatch(name)
        and len(_SEVERAL.findall(name)) < 2
        and not (_NO_NAME.match(name) and not re.match(r"indicators? of\b", name, re.I))
    )
