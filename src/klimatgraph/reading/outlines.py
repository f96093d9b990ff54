"""Action outlines of a Climate City Contract: one table an action, module B-2.2 of the template.

The outline has a row for each attribute of an action: name, type, field of action, systemic
lever, responsible bodies, emission reduction, costs. Cities word the labels in their own way, and
tables are cut by page breaks; what matters is the label in a cell and what stands behind it.

Examples
--------
>>> import pathlib, tempfile
>>> text = '''# B-2.2
... | Action outline | Action name | 1. Solar roofs |
... | --- | --- | --- |
... |  | Field of action | Energy systems |
... |  | Total costs and costs by CO2e unit | €1.5 million |
... '''
>>> with tempfile.TemporaryDirectory() as folder:
...     path = pathlib.Path(folder, "plan.md")
...     _ = path.write_text(text, encoding="utf-8")
...     (action,) = outlines(read(path))
>>> action.name, action.field, str(action.cost.value), action.cost.unit
('Solar roofs', 'energy-systems', '1500000', 'euro')

References
----------
NetZeroCities: Climate City Contract, 2030 Climate Neutrality Action Plan, template, module B-2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from klimatgraph.reading.documents import Document, Passage, read
from klimatgraph.reading.numbers import Quantity, quantities

__all__ = ["ActionOutline", "outlines", "read"]

# Attributes of an action, and how cities word their labels; the first that fits counts.
_LABELS: Final = (
    ("name", r"(?:action|intervention|measure) (?:name|title)|name of (?:the )?(?:action|measure)"
             r"|title of (?:the )?action"),
    ("description", r"(?:action description|descriptions? of (?:the )?actions?)"),
    ("type", r"(?:action type|type of action|typical action)"),
    ("field", r"fields? of (?:action|activity)"),
    ("lever", r"syste(?:m|ms|mic|matic) (?:levers?|lift|leverage)"),
    ("outcome", r"(?:outcomes?|results?|impact)\b.*b-1\.1.*|outcomes?"),
    ("scale", r"(?:action scale|scale of (?:the )?action|scope of (?:the )?(?:action"
              r"|activity))\b.*"),
    ("responsible", r".*\b(?:responsible)\b.*implementation.*|responsible (?:institutions|bod).*"),
    ("stakeholders", r"(?:involved stakeholders|stakeholders involved|actors involved)"),
    ("comments", r"comments (?:on|concerning) (?:the )?implementation\b.*"),
    ("renewable", r"(?:generated renewable energy|renewable energy generated)\b.*"),
    ("substituted", r".*\b(?:removed|substituted|replaced)\b.*\b(?:energy|fuel)\b.*"
                    r"|energy.*\b(?:removed|substituted|replaced)\b.*"),
    ("compensated", r".*\b(?:compensated)\b.*"),
    ("reduction", r".*(?:ghg|greenhouse gas)\b.*\breductions?\b.*"),
    ("cost", r"(?:total|investment) costs?\b.*"),
)  # fmt: skip
_LABEL: Final = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _LABELS)
_FIELDS: Final = (
    ("mobility-transport", r"mobilit|transport|traffic"),
    ("waste-circular-economy", r"waste|circular"),
    ("green-infrastructure-nature-based-solutions", r"green infra|nature|sink|sequest|land use"
                                                    r"|afolu"),
    ("built-environment", r"built|building|construction|housing"),
    ("energy-systems", r"energy|heat|electric"),
    ("cross-cutting", r"cross|horizontal|governance"),
)  # fmt: skip
_NUMBER: Final = re.compile(
    r"^(?:action\s*)?(?:[A-Z]{0,3}[.-]?\d+(?:[.-]\d+)*[.):]?\s+|[A-Z]\.\d+\.?\s+)", re.I
)
_TOTAL: Final = re.compile(r"\b(?:in )?total\b", re.IGNORECASE)
_MONEY: Final = frozenset(("euro", "swedish-krona"))
_LONGEST: Final = 60
"""Passages without a label after which an outline has ended."""


@dataclass(frozen=True, slots=True)
class ActionOutline:
    """An action as a Climate City Contract outlines it.

    Parameters
    ----------
    attributes : dict of str to str
        What the document says, by attribute; see the labels of this module.
    passages : tuple of Passage
        The rows of the table, the name's first.
    """

    attributes: dict[str, str]
    passages: tuple[Passage, ...] = field(default=())

    @property
    def name(self) -> str:
        """The name of the action, without the number before it."""
        return _NUMBER.sub("", self.attributes.get("name", "")).strip(" .:;–-")

    @property
    def field(self) -> str | None:
        """Code of the field of action; None where the words fit none, or several equally."""
        words = self.attributes.get("field", "")
        found = [code for code, pattern in _FIELDS if re.search(pattern, words, re.IGNORECASE)]
        return found[0] if found else None

    @property
    def cost(self) -> Quantity | None:
        """The cost in euro or kronor; None where none is given, or several and no total."""
        said = quantities(self.attributes.get("cost", ""), "en")
        return _only([q for q in said if q.unit in _MONEY], self.attributes.get("cost", ""))

    @property
    def reduction(self) -> Quantity | None:
        """The reduction of emissions; None where none is given, or several and no total."""
        text = self.attributes.get("reduction", "")
        return _only([q for q in quantities(text, "en") if "tonne" in q.unit], text)


def _only(found: list[Quantity], text: str) -> Quantity | None:
    """The one that is meant: the only one, or the one that is called the total."""
    values = {(q.value, q.unit, q.high) for q in found}
    if len(values) == 1:
        return found[0]
    totals = [q for q in found if _TOTAL.search(text[max(0, q.start - 40) : q.start])]
    return totals[0] if len({(q.value, q.unit) for q in totals}) == 1 else None


def outlines(document: Document) -> list[ActionOutline]:
    """Read the action outlines of a document.

    Parameters
    ----------
    document : Document
        A Climate City Contract or its action plan.

    Returns
    -------
    list of ActionOutline
        In the order of the document; what has no name is none.
    """
    return [outline for outline in _outlined(document) if outline.name]


def _outlined(document: Document) -> Iterator[ActionOutline]:
    attributes: dict[str, str] = {}
    passages: list[Passage] = []
    last, silent = "", 0
    for passage in document.passages:
        label, value = _labelled(passage)
        if label == "name" and value:
            if attributes.get("name") == value:  # the head again, behind a page break
                continue
            if attributes:
                yield ActionOutline(attributes, tuple(passages))
            attributes, passages, last, silent = {"name": value}, [passage], "name", 0
        elif not attributes:
            continue
        elif label:
            before = attributes.get(label)
            attributes[label] = f"{before} {value}" if before and value else before or value
            passages.append(passage)
            last, silent = label, 0
        elif passage.kind == "row" and silent < 2 and _goes_on(passage):
            attributes[last] = f"{attributes[last]} {passage.cells[-1]}"
            passages.append(passage)
        else:
            silent += 1
            if silent > _LONGEST:
                yield ActionOutline(attributes, tuple(passages))
                attributes, passages, silent = {}, [], 0
    if attributes:
        yield ActionOutline(attributes, tuple(passages))


def _labelled(passage: Passage) -> tuple[str, str]:
    """The attribute that a row gives, and its value; nothing where no cell is a label."""
    if passage.kind != "row":
        return "", ""
    for place, cell in enumerate(passage.cells[:-1]):
        words = " ".join(cell.replace("*", " ").split()).strip(" :.")
        if not words or len(words) > 140:
            continue
        for label, pattern in _LABEL:
            if pattern.fullmatch(words):
                rest = (c.strip() for c in passage.cells[place + 1 :])
                return label, " ".join(dict.fromkeys(c for c in rest if c))
    return "", ""


def _goes_on(passage: Passage) -> bool:
    """Whether a row only holds the rest of a cell that a page break has cut."""
    return bool(passage.cells[-1].strip()) and not any(c.strip() for c in passage.cells[:-1])
