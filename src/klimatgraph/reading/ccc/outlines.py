"""Action outlines of a Climate City Contract: one table an action, module B-2.2 of the template.

The outline has a row for each attribute of an action: name, type, field of action, systemic
lever, responsible bodies, emission reduction, costs. Cities word the labels in their own way, and
tables are cut by page breaks; what matters is the label in a cell and what stands behind it.

Examples
--------
>>> import pathlib, tempfile
>>> from klimatgraph.reading import read
>>> from klimatgraph.reading.ccc.source import Source
>>> text = '''# B-2.2
... | Action outline | Action name | 1. Solar roofs |
... | --- | --- | --- |
... |  | Field of action | Energy systems |
... |  | Total costs and costs by CO2e unit | €1.5 million |
... '''
>>> with tempfile.TemporaryDirectory() as folder:
...     path = pathlib.Path(folder, "plan.md")
...     _ = path.write_text(text, encoding="utf-8")
...     (action,) = outlines(Source.of(read(path)))
>>> action.name, action.field, str(action.cost.value), action.cost.unit
('Solar roofs', 'energy-systems', '1500000', 'euro')

References
----------
NetZeroCities: Climate City Contract, 2030 Climate Neutrality Action Plan, template, module B-2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from klimatgraph.reading.ccc.actions import Action
from klimatgraph.reading.ccc.labels import column_of, label_of
from klimatgraph.reading.ccc.modules import module_named
from klimatgraph.reading.ccc.source import Source
from klimatgraph.reading.ccc.tables import Row, rows_of
from klimatgraph.reading.documents import Passage

_LONGEST: Final = 60
"""Passages without a label after which an outline has ended."""


@dataclass(slots=True)
class _Open:
    """An outline that is being read."""

    attributes: dict[str, str] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    places: dict[str, Passage] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    last: str = ""
    silent: int = 0

    def add(self, label: str, head: str, value: str, passage: Passage) -> None:
        before = self.attributes.get(label)
        self.attributes[label] = f"{before} {value}" if before and value else before or value
        self.heads.setdefault(label, head)
        if value:
            self.places.setdefault(label, passage)
        self.passages.append(passage)
        self.last, self.silent = label, 0

    def done(self) -> Action:
        return Action(self.attributes, tuple(self.passages), self.heads, self.places)


def outlines(source: Source) -> list[Action]:
    """Read the action outlines of a document.

    Parameters
    ----------
    source : Source
        A Climate City Contract or its action plan.

    Returns
    -------
    list of Action
        In the order of the document; what has no name is none.
    """
    return [action for action in _outlined(source) if action.name and len(action.attributes) > 2]


def _outlined(source: Source) -> Iterator[Action]:
    now: _Open | None = None
    title: Row | None = None
    for module, row, passage in _rows(source):
        label, head, value = _labelled(row) if row else ("", "", "")
        if label == "name" and _is_elsewhere(module, head):
            label = ""
        if label == "name" and now and now.attributes.get("name") == value:
            continue  # the head again, behind a page break
        if label == "name" and value:
            if now:
                yield now.done()
            now = _Open()
            now.add("name", head, value, passage)
        elif title is not None and _opens(label, module, now):
            if now:
                yield now.done()
            now = _Open()
            now.add("name", "", _alone(title), title.passage)
            now.add(label, head, value, passage)
        elif now is None:
            pass
        elif label:
            now.add(label, head, value, passage)
        elif row and now.silent < 2 and _goes_on(row):
            now.add(now.last, "", row.cells[-1], passage)
        else:
            now.silent += 1
            if now.silent > _LONGEST:
                yield now.done()
                now = None
        if row:
            title = row if not label and _alone(row) and not module_named(_alone(row)) else None
    if now:
        yield now.done()


def _rows(source: Source) -> Iterator[tuple[str, Row | None, Passage]]:
    """The rows of a document with their modules; None for a passage that is no row."""
    passages = source.document.passages
    for module, passage in zip(source.modules, passages, strict=True):
        found = rows_of(source.document, passage)
        if not found:
            yield module, None, passage
        for row in found:
            yield module, row, passage


def _is_elsewhere(module: str, head: str) -> bool:
    """Whether a name is that of an intervention of modules C, which have tables alike."""
    return module.startswith("C") and head.casefold().startswith("intervention")


def _opens(label: str, module: str, now: _Open | None) -> bool:
    """Whether a sheet begins whose first row is the name of the action, alone."""
    if label not in ("number", "type", "description") or module not in ("", "B-2"):
        return False
    return now is None or label in now.attributes


def _alone(row: Row) -> str:
    """The words of a row in which only the first cell has any."""
    rest = row.cells[1:]
    return row.cells[0] if rest and row.cells[0] and not any(rest) else ""


def _labelled(row: Row) -> tuple[str, str, str]:
    """The attribute that a row gives, its label and its value; nothing where none is a label."""
    labels = [
        (place, cell, label)
        for place, cell in enumerate(row.cells[:-1])
        if (label := label_of(cell)) and not (label == "field" and not place and len(row.cells) > 3)
    ]
    if not labels:
        return "", "", ""
    # "Implementation | Responsible bodies | ...": the group stands before the label.
    place, cell, label = labels[-1]
    rest = [c for c in row.cells[place + 1 :] if c]
    names = any(name == "name" for _, _, name in labels)
    if names and len(rest) + len(labels) > 2 and any(column_of(c) for c in rest):
        return "", "", ""  # the head of a table with a row an action
    raw = row.raw[place + 1 :] if label == "name" else ()
    told = [c for c in raw if c] or rest
    return label, cell, " ".join(dict.fromkeys(told))


def _goes_on(row: Row) -> bool:
    """Whether a row only holds the rest of a cell that a page break has cut."""
    return bool(row.cells[-1]) and not any(row.cells[:-1])
