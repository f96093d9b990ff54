"""Organisations that sign a contract: the table of signatories in the part on commitments.

The table names persons beside their organisations. Nothing is taken from their columns, and a
cell in which an organisation cannot be told from a person for sure is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from klimatgraph.reading.ccc.source import Source
from klimatgraph.reading.ccc.tables import Row, Table
from klimatgraph.reading.facts import Candidate, Fact

# The columns of persons come first: "Name and surname of signatory" is one of them.
_ROLES: Final = (
    ("person", r".*\b(?:persons?|surname|contact|represent\w*)\b.*|.*position.*|function|title"),
    ("organisation", r"(?:full )?(?:names? of )?(?:the )?(?:signator(?:y|ies)|institutions?"
                     r"|organi[sz]ations?|compan(?:y|ies)|entit(?:y|ies)|partners?)\b"
                     r"(?: \(?(?:organi[sz]ation|institution|name).*| names?)?"),
    ("form", r"legal (?:form|status|entity|nature).*|form of (?:adhesion|accession).*"),
    ("sector", r"(?:economic |main )?(?:sector|domain|area|field)\b.*"
               r"|level ?/ ?sector.*"),
    ("level", r"level\b.*|scope of operation"),
)  # fmt: skip
_HEADERS: Final = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ROLES)
_PERSON: Final = re.compile(
    r"@|\+\d{2}|\btel\b|\b(?:Dr|Prof|Mag|Dipl|Ing|Mrs?|Ms|Eng|Arch|Dott|Sra?|Herr|Frau|Ph\.?D|MSc"
    r"|MBA|Councillor|Mayor|Director|CEO|Rector|President|Chair(?:man|woman|person)?|Minister"
    r"|Manager|Secretary|Bürgermeister(?:in)?|Alcalde|Sindaco)\b(?! of the board)",
)
_SINGLE: Final = re.compile(
    r"\b(?:individuals?|citizens?|natural person|private person|ambassadors?|person)\b",
    re.IGNORECASE,
)
_OPEN: Final = re.compile(r"(?:[,–—/&(-]|\b(?:and|of|the|for|de|del|la|di|für|und|der|och))$", re.I)
_NOTE: Final = re.compile(r"\^\{?\[?\w{1,3}\]?\}?|[¹²³⁴-⁹]+|\[\d{1,3}\]|(?<=[a-z])\d$")
_LONGEST: Final = 150
_LONGEST_SECTOR: Final = 90


@dataclass(slots=True)
class _Signatory:
    name: str
    sector: str | None
    rows: list[Row] = field(default_factory=list)
    certain: bool = True


def signatories(source: Source) -> Iterator[Candidate]:
    """Read the organisations that sign a contract.

    Parameters
    ----------
    source : Source
        A contract.

    Yields
    ------
    Candidate
        Facts of the kind ``signatory``, one an organisation; never a person. The quote is the
        organisation's name alone: the row names persons.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from klimatgraph.reading.documents import read
    >>> text = ("# Signatories\\n\\n| Name of the institution | Sector/Area | Legal form |\\n"
    ...         "| --- | --- | --- |\\n| City Power AB | Energy | Company |\\n")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "contract.md")
    ...     _ = path.write_text(text, encoding="utf-8")
    ...     source = Source.of(read(path))
    >>> [str(candidate.fact) for candidate in signatories(source)]
    ['name City Power AB · branch Energy']
    """
    seen: set[str] = set()
    for found in _signatories(source):
        name = found.name.casefold()
        if name in seen or not _is_organisation(found):
            continue
        seen.add(name)
        yield Candidate(
            Fact.of("signatory", name=found.name, branch=found.sector),
            tuple(row.passage for row in found.rows),
            found.name,
            "signatory-table",
            Decimal(1) if found.certain else Decimal("0.8"),
        )


def _signatories(source: Source) -> Iterator[_Signatory]:
    columns: Mapping[str, int] | None = None
    width = 0
    last: _Signatory | None = None  # kept over a page break: its name may go on behind it
    for table in source.tables:
        if table.width != width or not _goes_on(table, columns):
            columns = None
        for row in table.rows:
            header = _header(row)
            if header is not None:
                columns, width = header, len(row.cells)
                continue
            if columns is None or len(row.cells) != width:
                continue
            name = re.sub(r"^\d{1,3}\.\s?", "", _clean(row.cells[columns["organisation"]]))
            others = [cell for at, cell in enumerate(row.cells) if at != columns["organisation"]]
            if not name or not any(others):
                continue  # a row that goes on in other cells, or a heading among the rows
            told = [row.cells[columns[role]] for role in ("sector", "form") if role in columns]
            if not any(told):
                person = "person" in columns and row.cells[columns["person"]]
                if last is not None and not person:
                    last.name, last.certain = f"{last.name} {name}", False
                    last.rows.append(row)
                continue
            if last is not None:
                yield last
            last = _read(name, row, columns)
    if last is not None:
        yield last


def _goes_on(table: Table, columns: Mapping[str, int] | None) -> bool:
    """Whether a table without a header of its own can be the next part of one of signatories."""
    if columns is None or table.module[:1] not in ("", "C"):
        return False
    first = table.rows[0]
    if _header(first) is not None:
        return True
    # In the part that goes on each row tells its organisation and a sector or legal form.
    filled = [columns[role] for role in ("sector", "form") if role in columns]
    return any(
        row.cells[columns["organisation"]] and all(row.cells[at] for at in filled)
        for row in table.rows
        if len(row.cells) == len(first.cells)
    )


def _header(row: Row) -> Mapping[str, int] | None:
    columns: dict[str, int] = {}
    for index, cell in enumerate(row.cells):
        words = _NOTE.sub("", cell).strip(" .:")
        role = next((role for role, header in _HEADERS if header.fullmatch(words)), None)
        if role is not None and len(words) < 80:
            columns.setdefault(role, index)
    if "organisation" not in columns or len(columns) < 3:
        return None
    return columns if "form" in columns or "person" in columns or "level" in columns else None


def _read(name: str, row: Row, columns: Mapping[str, int]) -> _Signatory | None:
    if any(_SINGLE.search(row.cells[columns[r]]) for r in ("sector", "form") if r in columns):
        return None
    person = row.cells[columns["person"]] if "person" in columns else ""
    # A cell that got lost moves the person into the column of the organisation.
    if person and (name in person or person in name):
        return None
    sector = _clean(row.cells[columns["sector"]]) if "sector" in columns else ""
    sector = re.sub(r"^sector\s?:\s*|\s*\blevel\s?:.*$", "", sector, flags=re.IGNORECASE)
    if len(sector) > _LONGEST_SECTOR or _PERSON.search(sector) or sector == "-":
        sector = ""
    return _Signatory(name, sector or None, [row])


def _is_organisation(found: _Signatory) -> bool:
    name = found.name
    return (
        1 < len(name) <= _LONGEST
        and any(sign.isalpha() for sign in name)
        and name[0] not in "(["
        and not _PERSON.search(name)
        and not _OPEN.search(name)
        and not re.match(r"(?:name of|names? and|n/?a\b|tbd\b|signator)", name, re.IGNORECASE)
    )


def _clean(cell: str) -> str:
    words = _NOTE.sub("", cell).strip(" •●▪*-–·;:,")
    return words.removesuffix(".") if re.search(r"\w{5}\.$", words) else words
