"""The portfolio of actions as a table with a row an action: module B-2.1, or a city's own form.

A table is one of actions if it stands in module B-2, has a column for their names and one more
that the template asks for. Where fields of action span rows, the first row tells them; a part
behind a page break goes on with the columns before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from klimatgraph.reading.ccc.actions import Action, name_in
from klimatgraph.reading.ccc.labels import column_of, field_of, label_of
from klimatgraph.reading.ccc.source import Source
from klimatgraph.reading.ccc.tables import Row, Table

_HEADS: Final = 4
"""Rows at the beginning of a table among which the head is looked for."""
_ITEM: Final = re.compile(r"(?:^|\n|\s)(?:[•▪●◦☐□■–*#]|\d{1,2}[.)])\s+")
_ENOUGH: Final = 3
"""Columns that a table outside module B-2 needs to count as one of actions."""
_LONG: Final = 70
"""Signs above which a cell is rather a description than a name."""
_TELLING: Final = ("number", "description", "stakeholders", "responsible")
"""Attributes that tell actions of one name apart."""
# Bullets that became headings of Markdown inside a cell; what stands before them is a group.
_HASHED: Final = re.compile(r"(?:^|[\n|])\s*#+\s+([^\n|]+)|(?<=\w)\s#\s+([^\n|#]*[^\n|#\s])")
_PASSED_ON: Final = ("field", "lever")
"""Attributes whose cells span the rows below."""


@dataclass(frozen=True, slots=True)
class _Head:
    """Which column holds what, and after how many rows the actions begin."""

    columns: dict[int, str]
    words: dict[int, str]
    rows: int
    width: int
    strong: bool
    """Whether the words leave no doubt, wherever the table stands."""


def portfolio(source: Source) -> list[Action]:
    """Read the tables of module B-2 that have a row an action.

    Parameters
    ----------
    source : Source
        A Climate City Contract or its action plan.

    Returns
    -------
    list of Action
        In the order of the document, each row once.
    """
    found: dict[tuple[str, ...], Action] = {}
    for action in _actions(source):
        # Parties have actions of one name; the same row twice is a table that is told twice.
        told = (action.name, *(action.attributes.get(name, "") for name in _TELLING))
        found.setdefault(tuple(map(str.casefold, told)), action)
    return list(found.values())


def _actions(source: Source) -> Iterator[Action]:
    head: _Head | None = None
    module = ""
    above: dict[str, str] = {}
    for table in source.tables:
        own = _head_of(table)
        if own is not None and (table.module == "B-2" or own.strong):
            if head is None or own.columns != head.columns:
                above = {}
            head, module = own, table.module
        elif own is not None or table.module != module or _is_another(table):
            head = None
            continue
        elif head is None or table.width != head.width:
            continue  # a scrap between two parts of a table ends none
        group = field_of(table.caption) or field_of(table.heading)
        for row in table.rows[own.rows if own else 0 :]:
            if len(row.cells) != head.width and _is_head(row):
                # Lines whose bars got lost: the head again, with as many cells as they have.
                again = _head_of(Table([row], table.caption, table.heading, table.module))
                head = again or head
            told = source.document.text[row.passage.start : row.passage.end]
            yield from _of_row(
                row, head, above, table, group, [a or b for a, b in _HASHED.findall(told)]
            )


def _head_of(table: Table) -> _Head | None:
    """The head of a table of actions; it may be parted over several rows."""
    columns: dict[int, str] = {}
    words: dict[int, str] = {}
    for index, row in enumerate(table.rows[:_HEADS]):
        here = {place: name for place, cell in enumerate(row.cells) if (name := column_of(cell))}
        for place, name in here.items():
            if name not in columns.values():
                columns[place] = name
                words[place] = row.cells[place]
        if "name" in here.values() and len(columns) > 1 and _is_head(row):
            called = next(words[place] for place, name in columns.items() if name == "name")
            # Interventions are what the template calls those of modules C.
            other = table.module.startswith("C") and called.casefold().startswith("intervention")
            strong = label_of(called) == "name" and len(columns) >= _ENOUGH and not other
            return _Head(columns, words, index + 1, len(row.cells), strong)
    return None


def _is_head(row: Row) -> bool:
    """Whether most cells of a row are heads of columns, so that it is no action."""
    filled = [cell for cell in row.cells if cell]
    return sum(column_of(cell) is not None for cell in filled) * 2 >= len(filled)


def _is_another(table: Table) -> bool:
    """Whether a table is no part of one of actions: outlines, or a table of another module."""
    labelled = sum(
        any(label_of(cell) not in (None, "field", "number") for cell in row.cells[:2])
        for row in table.rows
    )
    return labelled > 1


def _of_row(
    row: Row, head: _Head, above: dict[str, str], table: Table, group: str | None,
    hashed: list[str],
) -> Iterator[Action]:  # fmt: skip
    if len(row.cells) != head.width or _is_head(row):
        return
    at = next(place for place, name in head.columns.items() if name == "name")
    shift = _shift(row, head, at)
    told: dict[str, str] = {}
    heads: dict[str, str] = {}
    group_row = _group(row)
    if group_row:
        above["field"] = group_row
        return
    for place, name in head.columns.items():
        if place - shift < 0:
            continue
        cell = row.cells[place - shift]
        if name in _PASSED_ON and not cell.isdigit():
            above[name] = cell or above.get(name, "")
            cell = above[name]
        if cell:
            told.setdefault(name, cell)
            heads.setdefault(name, f"{head.words[place]} {table.caption}")
    if not told.get("field") and group:
        told["field"] = f"{table.heading} {table.caption}"
    at -= shift
    names = [name for part in hashed or _items(row, at) if (name := name_in(part))]
    for name in names:
        whole = name if hashed or len(names) > 1 else row.cells[at]
        attributes = {**told, "name": whole}
        if len(names) > 1:  # one cell for all: nobody can tell what belongs to which
            attributes = {k: v for k, v in attributes.items() if k not in ("cost", "reduction")}
        yield Action(attributes, (row.passage,), heads, dict.fromkeys(told, row.passage))


def _group(row: Row) -> str:
    """The words of a row that only heads those below it: one cell, in capitals."""
    filled = {cell for cell in row.cells if cell}
    words = filled.pop() if len(filled) == 1 else ""
    return words if words.isupper() and field_of(words) else ""


def _shift(row: Row, head: _Head, at: int) -> int:
    """By how many columns a row has slipped to the left, where a cell that spans rows is missing.

    The description then stands in the column of names: it is long, and its own column is empty.
    """
    described = head.columns.get(at + 1) == "description"
    if not described or not at or any(row.cells[at + 1 :]):
        return 0
    name, words = row.cells[at - 1], row.cells[at]
    return 1 if name and len(words) > _LONG and len(name) < len(words) else 0


def _items(row: Row, at: int) -> list[str]:
    """The actions in a cell: several where marks part them."""
    text = row.raw[at] if row.raw else row.passage.cells[at] if row.passage.cells else row.cells[at]
    marks = list(_ITEM.finditer(text))
    if len(marks) < 2:
        return [text]
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
