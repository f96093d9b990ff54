"""What two facts that belong together tell: what changed, and in which direction."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

from klimatgraph.reading.facts import Fact

SPLIT: Final = "split"
"""The two cannot be compared: each is told by itself."""

OPPOSITES: Final = {
    "raised": "lowered", "rose": "fell", "new": "gone", "joined": "left",
    "unknown-before": "unknown-after",
}  # fmt: skip

# Of these a larger value asks more; of an emission level, a smaller one does.
_LARGER_IS_MORE: Final = frozenset(
    {"emission-reduction", "annual-reduction", "traffic-reduction", "renewable-energy",
     "procurement-share", "fossil-free", "emission-free", "climate-neutral"}
)  # fmt: skip
_SMALLER_IS_MORE: Final = frozenset({"emission-level"})
_MASS: Final = {"kilotonne-co2e": Decimal(1000), "tonne-co2e": Decimal(1)}
_ADOPTED: Final = {"adopted": "joined", "declined": "declined", "postponed": "postponed"}


def judge(before: Fact, after: Fact) -> str:
    """Tell how a fact changed into another that answers to it.

    Parameters
    ----------
    before, after : Fact
        Two facts of one kind that are not the same.

    Returns
    -------
    str
        A code of change, or :data:`SPLIT`.

    Examples
    --------
    >>> first = Fact.of("target", target="climate-neutral", year="2040")
    >>> judge(first, Fact.of("target", target="climate-neutral", year="2030"))
    'raised'
    """
    if before.kind == "adoption":
        if before.get("status") == "adopted":
            return "left"  # whatever it is now: joining it again would be the way back
        return alone(after, came=True) or alone(before, came=False) or "changed"
    if before.kind == "target":
        return _target(before, after)
    if before.kind in ("emission", "estimate"):
        return _figure(before, after)
    return "changed"


def alone(fact: Fact, *, came: bool) -> str | None:
    """Tell what it means that a fact came or went; None if it means nothing.

    Examples
    --------
    >>> alone(Fact.of("adoption", number="6", status="adopted"), came=False)
    'left'
    """
    if fact.kind != "adoption":
        return "new" if came else "gone"
    status = fact.get("status")
    if status not in _ADOPTED:  # not in the list: as good as not there
        return None
    if came:
        return _ADOPTED[status]
    return "left" if status == "adopted" else "gone"


def _target(before: Fact, after: Fact) -> str:
    kind = before.get("target")
    signs = {_year(before, after)}
    if before.get("value") or after.get("value"):
        alike = all(before.get(name) == after.get(name) for name in ("unit", "base-year"))
        difference = _difference(before, after)
        comparable = alike and kind in _LARGER_IS_MORE | _SMALLER_IS_MORE
        if difference is None or not comparable:
            return "changed"
        signs.add(-difference if kind in _SMALLER_IS_MORE else difference)
    elif before.get("base-year") != after.get("base-year"):
        return "changed"
    if before.get("status") != after.get("status"):
        return "changed"
    return {1: "raised", -1: "lowered"}.get(sum({s for s in signs if s}), "changed") if (
        None not in signs
    ) else "changed"  # fmt: skip


def _year(before: Fact, after: Fact) -> int | None:
    """1 where the year is earlier than before; None where only one has a year."""
    if before.get("year") == after.get("year"):
        return 0
    first, second = _number(before, "year"), _number(after, "year")
    return None if first is None or second is None else _sign(first - second)


def _figure(before: Fact, after: Fact) -> str:
    difference = _difference(before, after)
    if difference is None:
        return "changed"
    if measure(before) != measure(after) or before.get("horizon") != after.get("horizon"):
        return SPLIT
    # Amounts that are only named may be for anything.
    if before.get("indicator") == "stated-amount":
        return SPLIT
    return {1: "rose", -1: "fell"}.get(difference, "changed")


def measure(fact: Fact) -> str:
    """What a figure is measured in, with tonnes and thousands of them as one.

    Examples
    --------
    >>> measure(Fact.of("emission", value="7", unit="kilotonne-co2e", status="known"))
    'tonne-co2e'
    """
    unit = fact.get("unit")
    return "tonne-co2e" if unit in _MASS else unit


def _difference(before: Fact, after: Fact) -> int | None:
    """1 where a number is larger than before, -1 where smaller; None where nobody can tell.

    A range is larger than another where it begins above the other's end.
    """
    first, second = _ends(before), _ends(after)
    if first is None or second is None:
        return None
    if first == second:
        return 0
    return 1 if second[0] > first[1] else -1 if second[1] < first[0] else None


def _ends(fact: Fact) -> tuple[Decimal, Decimal] | None:
    number = _number(fact, "value")
    if number is None:
        return None
    factor = _MASS.get(fact.get("unit"), Decimal(1))
    high = _number(fact, "max")
    return number * factor, (number if high is None else high) * factor


def _number(fact: Fact, name: str) -> Decimal | None:
    """The number of a field; None where there is none, as in a graph that breaks the shapes."""
    try:
        number = Decimal(fact.get(name))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _sign(number: Decimal) -> int:
    return (number > 0) - (number < 0)
