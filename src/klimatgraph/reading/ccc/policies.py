"""Policies, strategies, initiatives and regulations: table A-2.1 of the template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from klimatgraph.reading.ccc.source import Source
from klimatgraph.reading.ccc.tables import Row, Table
from klimatgraph.reading.facts import Candidate, Fact

_ROLES: Final = {
    "name": re.compile(
        r"(?:full )?(?:name|title)s?(?:\s?(?:&|and|/|or)+(?:\s?/?\s?or)?\s?titles?)?"
        r"|(?:name|title) of (?:the )?(?:polic|strateg|plan|document|regulation).{0,60}",
        re.IGNORECASE,
    ),
    "type": re.compile(
        r"typ\s?e(?:\s?(?:/|and)\s?(?:level|year|(?:release )?date))?", re.IGNORECASE
    ),
    "level": re.compile(r"level", re.IGNORECASE),
    "description": re.compile(r"(?:short )?(?:description|content)\b.{0,40}", re.IGNORECASE),
}
_LEVELS: Final = (
    ("local", r"local|municipal(?:ity)?|city|urban|communal"),
    ("regional", r"(?:sub-?)?regiona\s?[lI]|region|metropolitan|provincial|province|county"
                 r"|intermunicipal|cantonal|autonomous"),
    ("national", r"national|nation|federal|country|governmental"),
    ("european", r"europe(?:an)?(?: union)?|eu|eu[- ]?level|european commission"),
)  # fmt: skip
_LEVEL: Final = tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in _LEVELS)
_BEYOND: Final = re.compile(
    r"international|world|global|un|united nations|supranational|state", re.IGNORECASE
)
"""Levels that are none of the four, or that countries use for different ones."""
_KIND: Final = re.compile(
    r"\b(?:regulat|polic|strateg|plan|program|law|directive|act\b|agree?ment|treaty|vision"
    r"|initiative|ordinance|legislation|roadmap|declaration|covenant|decree|code|project|mission"
    r"|budget|agenda|framework|pact|guideline|concept|network|charter|mandate|tool|standard"
    r"|decision|resolution|commitment|document|study|scheme|fund|target|objective|platform)",
    re.IGNORECASE,
)
_OPEN: Final = re.compile(
    r"(?:[,–—/&(-]|\b(?:and|of|the|for|in|on|to|with|a|an|by|from|at|de|del|la|di|della|für|und"
    r"|der|og|och|for))$",
    re.IGNORECASE,
)
_ANOTHER: Final = re.compile(r"(?:table\s)?[ABC]\s?-\s?\d", re.IGNORECASE)
_LABELLED: Final = re.compile(
    r"Type\s?:\s*(.{3,45}?)\s*Level\s?:\s*(.{2,30}?)\s*(?:Title|Name)\s?:\s*(.+)$", re.IGNORECASE
)
"""A cell that names its own parts."""
_TITLE: Final = re.compile(r"(?:table\s)?A\s?-\s?2\.1", re.IGNORECASE)
_TEMPLATE: Final = re.compile(
    r"\(?(?:insert )?name of (?:the )?(?:polic|strateg|plan)", re.IGNORECASE
)
_RATED: Final = re.compile(r"\s(?:low|medium|high)(?:\s[A-Z]|$|\s\w+ due\b)")
"""A name with the column of relevance in it."""
_NOTE: Final = re.compile(r"\^\{?\[?\w{1,3}\]?\}?|[¹²³⁴-⁹]+|\[\d{1,3}\]")
_LONGEST: Final = 200
"""Signs of a name; what is longer holds a description."""
_LONGEST_TYPE: Final = 45


@dataclass(slots=True)
class _Policy:
    """A row, until the next one shows that its name does not go on there."""

    name: str
    level: str | None
    type: str | None
    rows: list[Row] = field(default_factory=list)
    told: bool = True
    """Whether level or type stand in its own row."""


def policies(source: Source) -> Iterator[Candidate]:
    """Read the policies that a contract lists, with their level and type.

    Parameters
    ----------
    source : Source
        A contract.

    Yields
    ------
    Candidate
        Facts of the kind ``policy``. A row whose cells stand in the wrong columns is left out.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from klimatgraph.reading.documents import read
    >>> text = ("# A-2.1 Policies\\n\\n| Type | Level | Name & Title |\\n| --- | --- | --- |\\n"
    ...         "| Plan | Local | Waste plan 2030 |\\n")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "contract.md")
    ...     _ = path.write_text(text, encoding="utf-8")
    ...     source = Source.of(read(path))
    >>> [str(candidate.fact) for candidate in policies(source)]
    ['name Waste plan 2030 · level local · type Plan']
    """
    seen: set[tuple[str, str | None]] = set()
    for policy in _policies(source):
        fact = Fact.of("policy", name=policy.name, level=policy.level, type=policy.type)
        same = policy.name.casefold(), policy.level
        if same in seen or not _is_name(policy.name):
            continue
        seen.add(same)
        certain = policy.told and len(policy.rows) == 1
        yield Candidate(
            fact,
            tuple(row.passage for row in policy.rows),
            " ".join(row.passage.text for row in policy.rows),
            "policy-table",
            Decimal(1) if certain else Decimal("0.8"),
        )


def _policies(source: Source) -> Iterator[_Policy]:
    columns: Mapping[str, int] | None = None
    width = 0
    level: str | None = None
    place: tuple[str, str] = ("", "")
    last: _Policy | None = None  # kept over a page break: its name may go on behind it
    for table in source.tables:
        elsewhere = table.module > "A-2" and place[0] != table.module
        if elsewhere and place[1] != table.heading and not _header(table.rows[0], table):
            columns = None
        for row in table.rows:
            header = _header(row, table)
            if header is not None:
                columns, width, level = header, len(row.cells), None
                place = table.module, table.heading
                continue
            if _TITLE.match(row.cells[0]) or _TEMPLATE.match(_first(row)):
                continue
            found = None
            if any(
                _ROLES["name"].fullmatch(cell) and not _TEMPLATE.match(cell) for cell in row.cells
            ) or _ANOTHER.match(row.cells[0]):
                columns = None  # another table begins, inside this one or behind it
            elif table.module == "A-2" and (labelled := _LABELLED.match(_first(row))):
                found = _Policy(_name(labelled[3]), _level(labelled[2]), _type(labelled[1]), [row])
            elif columns is not None and _fits(row, columns, width):
                level = _group(row) or level
                found = _read(row, columns, level, last)
            if found is not last:
                if last is not None:
                    yield last
                last = found
    if last is not None:
        yield last


def _first(row: Row) -> str:
    return " ".join((row.raw or row.cells)[0].split())


def _fits(row: Row, columns: Mapping[str, int], width: int) -> bool:
    """Whether the cells of a row can be told apart: all are there, or the last ones are lost."""
    if len(row.cells) == width:
        return True
    known = max(columns.get("type", 0), columns.get("level", 0), columns["name"])
    told = "level" in columns and known < len(row.cells) and row.cells[columns["level"]]
    return bool(told) and len(row.cells) < width


def _header(row: Row, table: Table) -> Mapping[str, int] | None:
    columns: dict[str, int] = {}
    for index, cell in enumerate(row.cells):
        words = re.sub(r"\(.*", "", cell).strip(" :.*") or cell.strip("() ")
        for role, pattern in _ROLES.items():
            if role not in columns and pattern.fullmatch(words):
                columns[role] = index
                break
    if "name" not in columns or not ("level" in columns or "type" in columns):
        return None
    # Actions and indicators have names and types too: only both columns together are of policies.
    full = "level" in columns and "type" in columns
    return columns if full or table.module in ("A-2", "") else None


def _read(
    row: Row, columns: Mapping[str, int], group: str | None, last: _Policy | None
) -> _Policy | None:
    """A row as a policy; the last one where its name goes on; None where it is none."""
    cells = {role: row.cells[at] for role, at in columns.items() if at < len(row.cells)}
    name = _name(cells["name"])
    if not name or _TEMPLATE.match(name):
        return None
    level = cells.get("level", "")
    if level or (cells.get("type") and _KIND.search(cells["type"])):
        if "level" in columns and level and not _is_level(level):
            return None
        type_ = _type(cells.get("type", ""))
        if "level" not in columns and not (type_ and _KIND.search(type_)):
            return None
        return _Policy(name, _level(level) or group, type_, [row])
    description = cells.get("description", "")
    cut = name[0].islower() or description[:1].islower()
    if last is not None and (cut or _OPEN.search(last.name)):
        last.name = f"{last.name} {name}"
        last.rows.append(row)
        return last
    if last is None or not description[:1].isupper() or "level" not in columns:
        return None
    return _Policy(name, last.level or group, None, [row], told=False)


def _group(row: Row) -> str | None:
    """The level that a row of one cell gives to the rows below it."""
    words = {cell for cell in row.cells if cell}
    return _level(words.pop()) if len(words) == 1 else None


def _name(cell: str) -> str:
    name = _NOTE.sub("", cell).strip(" •●▪*-–·.;:,")
    # A name in the city's own language behind the English one is the same name once more.
    own = re.fullmatch(r"(.{8,}?)\s*\(((?:[^\s()]+\s+){2,}[^\s()]+)\)", name)
    return own[1] if own and not re.search(r"\d{4}$", own[1]) else name


def _is_name(name: str) -> bool:
    return (
        3 < len(name) <= _LONGEST
        and any(sign.isalpha() for sign in name)
        and name[0] not in "(["
        and not name[0].islower()
        and "•" not in name
        and not _RATED.search(name)
        and not _OPEN.search(name)
        and name.count("(") == name.count(")")
    )


def _type(cell: str) -> str | None:
    words = re.sub(r"\s?\([^()]*\)$", "", _NOTE.sub("", cell).strip(" .;:,/+-"))
    whole = not re.search(r"\s\w$", words)  # a narrow column breaks words: "Regulatio n"
    return words if whole and 2 < len(words) <= _LONGEST_TYPE and words[0].isalpha() else None


def _parts(cell: str) -> list[str]:
    words = re.sub(r"\(.*?\)|\blevel\b|\b\d{4}\b", " ", _NOTE.sub("", cell), flags=re.IGNORECASE)
    parts = re.split(r"[/,;&+]|\s[-–]\s|\band\b|\s{2,}", words)
    return [part.strip(" .") for part in parts if part.strip(" .")]


def _is_level(cell: str) -> bool:
    """Whether every word of a cell is one of levels: it is no name in the wrong column."""
    parts = _parts(cell)
    return bool(parts) and all(
        _BEYOND.fullmatch(part) or any(pattern.fullmatch(part) for _, pattern in _LEVEL)
        for part in parts
    )


def _level(cell: str) -> str | None:
    """The code of a level; None where the document names several or none of the four.

    Examples
    --------
    >>> _level("EU / World"), _level("Local/regional"), _level("Municipal")
    ('european', None, 'local')
    """
    found = {code for part in _parts(cell) for code, pattern in _LEVEL if pattern.fullmatch(part)}
    return found.pop() if len(found) == 1 else None
