"""An action of a Climate City Contract, however the document sets it out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from klimatgraph.reading.ccc.labels import field_of, label_of
from klimatgraph.reading.ccc.modules import module_named
from klimatgraph.reading.ccc.tables import plain
from klimatgraph.reading.ccc.values import cost, reduction
from klimatgraph.reading.documents import Passage
from klimatgraph.reading.numbers import Quantity

_NUMBER: Final = re.compile(
    r"^\W*(?:(?:action|measure|activity|intervention|project)\s*(?:no\.?|n[º°])?\s*)?"
    r"(?P<number>[A-Z]{0,4}[ .–-]{0,3}\d+(?:[.-]\d+)*[a-z]?)(?:[.):/–-]+\s*|\s+)(?=\D)",
    re.IGNORECASE,
)
# "PILLAR 1: SUSTAINABLE MOBILITY" before the name tells where the action belongs.
_GROUP: Final = re.compile(
    r"^(?:pillar|axis|pathway|strategic (?:area|line|axis)|line of action|portfolio)\s*\w{0,3}"
    r"\s*[:.–-]\s*[^\n]*\n+",
    re.IGNORECASE,
)
_CAPITALS: Final = re.compile(
    r"^(?:PILLAR|AXIS|PATHWAY)\s*\w{0,3}\s*[:.–-]\s*(?:[A-ZÀ-Þ&,’'-]+\s+)+"
)
# Codes of measures that an action is made of, behind its name: "Smart lighting PA 02 Streets".
_PARTS: Final = re.compile(r"\s+[-–]?\s*[A-Z]{2,6}\s?0\d\b.*")
_NOTHING: Final = re.compile(
    r"\W*|yes|no|n\.?/?a\.?|tbd|tbc|none|x|total.*|sub-?total.*|sum|various|see .*|"
    r"(?:not|to be) .{0,30}|results?|description.{0,30}"
    r"|\(.*\b(?:sheet|fill|indicate|complete|list)\b.*",
    re.IGNORECASE,
)
_TEMPLATE: Final = frozenset(
    ("renewable", "substituted", "field", "outcome", "responsible", "scale", "comments", "sink",
     "description", "type")
)  # fmt: skip
"""Labels of the template that no action is called by."""
_LONGEST_NAME: Final = 320
_YEARS: Final = re.compile(r"\b(20[0-4]\d)\b")


@dataclass(frozen=True, slots=True)
class Action:
    """An action as a contract sets it out.

    Parameters
    ----------
    attributes : dict of str to str
        What the document says, by attribute; see :mod:`klimatgraph.reading.ccc.labels`.
    passages : tuple of Passage
        Where it says so, the name's first.
    heads : dict of str to str
        The label or head of each attribute: it may hold a unit.
    places : dict of str to Passage
        The passage that gives an attribute.
    style : {"en", "sv", "mixed", ""}
        How the document parts thousands.
    """

    attributes: Mapping[str, str]
    passages: tuple[Passage, ...] = ()
    heads: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Passage] = field(default_factory=dict)
    style: str = ""

    @property
    def name(self) -> str:
        """The name, without the number or group before it; empty where the document has none."""
        return name_in(self.attributes.get("name", ""))

    @property
    def number(self) -> str:
        """The number that the document gives the action; empty where it gives none."""
        said = self.attributes.get("number", "")
        match = _NUMBER.match(" ".join(self.attributes.get("name", "").split()))
        return said or (match["number"] if match else "")

    @property
    def field(self) -> str | None:
        """Code of the field of action; None where the words name none."""
        return field_of(self.attributes.get("field", ""))

    @property
    def cost(self) -> Quantity | None:
        """The cost; None where none is given, or several and no total."""
        return cost(self.attributes.get("cost", ""), self.heads.get("cost", ""), self.style)

    @property
    def reduction(self) -> Quantity | None:
        """The reduction of emissions; None where none is given, or several and no total."""
        return reduction(
            self.attributes.get("reduction", ""), self.heads.get("reduction", ""), self.style
        )

    @property
    def years(self) -> tuple[str, str]:
        """The first and the last year of a span such as 2023–2027; empty where none is given."""
        found = _YEARS.findall(self.attributes.get("time", ""))
        return (found[0], found[1]) if len(found) == 2 and found[0] <= found[1] else ("", "")


def name_in(cell: str) -> str:
    """The name of an action in its cell; empty where the cell holds none.

    Examples
    --------
    >>> name_in("A.1.2 Solar roofs"), name_in("PILLAR 1: MOBILITY\\nTrams"), name_in("TBD")
    ('Solar roofs', 'Trams', '')
    """
    text = plain(_CAPITALS.sub("", _GROUP.sub("", cell.strip())))
    text = _PARTS.sub("", _NUMBER.sub("", text, count=1)).strip(" .:;–-•▪☐□")
    if len(text) < 3 or len(text) > _LONGEST_NAME or _NOTHING.fullmatch(text) or module_named(text):
        return ""
    if label_of(text) in _TEMPLATE:
        return ""
    return text
