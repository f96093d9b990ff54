"""What a contract says, in a form that can be compared, reviewed and turned into RDF.

Examples
--------
>>> fact = Fact.of("adoption", number="6", status="adopted")
>>> fact["number"], fact.get("year")
('6', '')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from klimatgraph.reading.numbers import Quantity
from klimatgraph.reading.text.segments import Passage

KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "contract": ("city", "edition", "signed"),
    "party": ("party", "role"),
    "overall": ("year",),
    "process": ("process", "number"),
    "adoption": ("number", "status"),
    "offer": ("name", "year"),
    "target": ("about", "target", "year", "value", "max", "unit", "base-year", "scope", "status"),
    "emission": ("scope", "sector", "part", "year", "value", "max", "unit", "status"),
    "estimate": ("indicator", "value", "max", "unit", "horizon", "status"),
    "priority": ("name",),
    "priority-project": ("priority", "project"),
    "priority-partner": ("priority", "partner"),
    "need": ("name",),
    "investment-strategy": ("name",),
    "financing-strategy": ("name",),
    "agency-commitment": ("number", "name"),
    "programme-commitment": ("number", "name"),
    "action": ("name", "number", "field", "type", "lever", "responsible", "start", "end"),
    "action-figure": ("action", "at", "indicator", "value", "max", "unit", "status"),
    "gap": ("indicator", "sector", "part", "year", "value", "max", "unit", "status"),
    "indicator": ("name", "number", "measured-in"),
    "indicator-value": ("name", "number", "year", "value", "max", "unit", "status"),
    "policy": ("name", "level", "type"),
    "signatory": ("name", "branch"),
    "funding": ("source", "use", "year", "value", "max", "unit", "status"),
    "link": ("address", "title"),
    "mention": ("thing",),
}
"""Kinds of fact, in the order in which they are shown, and the fields that each may have.

A range has its lower end as `value` and its upper end as `max`.
"""


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """One thing that a contract says.

    Parameters
    ----------
    kind : str
        One of :data:`KINDS`.
    fields : tuple of (str, str)
        Name and value, in the order of :data:`KINDS`; what the document does not say is left
        out.
    """

    kind: str
    fields: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, kind: str, **fields: str | None) -> Fact:
        """Make a fact.

        Parameters
        ----------
        kind : str
            One of :data:`KINDS`.
        **fields : str or None
            Its fields, with ``_`` for ``-``; None is left out.

        Returns
        -------
        Fact
            With its fields in the order of the kind.

        Raises
        ------
        KeyError
            If the kind or a field is unknown.

        Examples
        --------
        >>> Fact.of("target", target="climate-neutral", year="2030", base_year=None).fields
        (('target', 'climate-neutral'), ('year', '2030'))
        """
        given = {name.replace("_", "-"): value for name, value in fields.items()}
        return cls.from_mapping(kind, given)

    @classmethod
    def from_mapping(cls, kind: str, fields: Mapping[str, str | None]) -> Fact:
        """Make a fact of fields under the names that they have in :data:`KINDS`.

        Raises
        ------
        KeyError
            If the kind or a field is unknown.
        """
        known = KINDS[kind]
        for name in fields:
            if name not in known:
                raise KeyError(f"{kind} has no field {name!r}: it has {', '.join(known)}")
        pairs = ((name, fields.get(name)) for name in known)
        return cls(kind, tuple((name, value) for name, value in pairs if value))

    def __getitem__(self, name: str) -> str:
        return dict(self.fields)[name]

    def get(self, name: str, default: str = "") -> str:
        """Return a field, or `default` where the document does not say."""
        return dict(self.fields).get(name, default)

    def __str__(self) -> str:
        return " · ".join(f"{name} {value}" for name, value in self.fields)


def measured(quantity: Quantity) -> dict[str, str | None]:
    """The fields of a fact that a number gives: value, max where it is a range, unit, status.

    Examples
    --------
    >>> from klimatgraph.reading.numbers import quantities
    >>> [measured(quantity) for quantity in quantities("10–14 procent")]
    [{'value': '10', 'max': '14', 'unit': 'percent', 'status': 'known'}]
    """
    return {
        "value": str(quantity.value),
        "max": None if quantity.high is None else str(quantity.high),
        "unit": quantity.unit,
        "status": "approximate" if quantity.approximate else "known",
    }


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact as a rule read it, with the place where it stands.

    Parameters
    ----------
    fact : Fact
        What was read.
    passages : tuple of Passage
        Where it stands; the first is the one to show.
    quote : str
        The words that say it.
    rule : str
        Name of the rule that read it.
    confidence : Decimal
        1 where the document says it in so many words, less where something was inferred.
    themes : tuple of str
        Themes that the words name, as tails of IRIs.
    """

    fact: Fact
    passages: tuple[Passage, ...]
    quote: str
    rule: str
    confidence: Decimal = Decimal(1)
    themes: tuple[str, ...] = ()
