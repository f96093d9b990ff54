"""Costs and emission reductions of an action: the one number that is meant, or none.

Cells hold a number, a range, several numbers with their reasons, or words. A number is only given
where it is the only one or the one called the total; the words are kept with the passage.

Examples
--------
>>> cost("622 800 EUR").value, cost("1.2-1.5 M€").high, cost("TBD"), cost("5 MSEK/year")
(Decimal('622800'), Decimal('1500000'), None, None)
>>> reduction("1679.2 t of CO2e").value, reduction("12 kt/a").unit
(Decimal('1679.2'), 'kilotonne-co2e')
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from klimatgraph.reading.numbers import MONEY, Quantity, number, quantities

_TOTAL: Final = re.compile(r"\b(?:in )?(?:total|overall|sum)\b", re.IGNORECASE)
_YEARLY: Final = re.compile(
    r"\s*(?:CO\s?2\s?-?e?q?\w*)?\s*(?:/\s?(?:a|y|yr|year|år|annum)\b|(?:per|each|a) (?:year|annum)"
    r"|p\.\s?a\b|annual|yearly)",
    re.IGNORECASE,
)
# A price of something else: "2400 € per t GHG", "6662 €/tonne CO2".
_EACH: Final = re.compile(
    r"\s*(?:/|per\s|for (?:each|every))\s*\(?(?:t|kg|ton\w*|CO|unit|m2|m²|kwh|mwh|kw|mw|vehicle"
    r"|home|dwelling|household|person|capita|tree|bus|km|installation|item)",
    re.IGNORECASE,
)
_FOR_OTHERS: Final = re.compile(
    r"\b(?:for all|whole|out of|of which|included in|all transition|shared|contribut\w+ to)\b",
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    r"\s*(?:ca\.?|approx\.?|around|about|~|≈)?\s*[-–−]?\s*([\d][\d.,\s\u00a0]*?)\s*"
    r"(?:[-–—]\s*([\d][\d.,\s\u00a0]*?))?\s*\.?\s*"
)
_KRONA: Final = re.compile(r"\bkr\b|kron", re.IGNORECASE)
_MASS_HEAD: Final = (
    ("kilotonne-co2e", re.compile(r"\b(?:kt|kton\w*|kilotonn\w*|thousand t\w*|1000 t)\b", re.I)),
    ("tonne-co2e", re.compile(r"\bt(?:n|ons?|onnes?)?\s?(?:CO|of CO|GHG|/|\)|\]|eq)|\btonn?es?\b"
                              r"|\bt\b|\btCO", re.I)),
)  # fmt: skip


def cost(text: str, head: str = "", language: str = "en") -> Quantity | None:
    """The cost that a cell gives; None where it gives none, several, or one a year.

    Parameters
    ----------
    text : str
        The cell.
    head : str
        The label or head of the column: it often holds the currency.
    language : {"en", "sv"}
        How a single point or comma before three digits is read.

    Returns
    -------
    Quantity or None
        In whole units of the currency.
    """
    if _FOR_OTHERS.search(text):
        return None
    found = [q for q in quantities(text, language) if q.unit in MONEY]
    if not found:
        return _bare(text, head, language, money=True)
    named = [
        q
        for q in found
        if not _EACH.match(text, q.end) and not _KRONA.search(text[q.start : q.end])
    ]
    if any(_YEARLY.match(text, q.end) for q in named):
        return None
    return _only(named, text)


def reduction(text: str, head: str = "", language: str = "en") -> Quantity | None:
    """The reduction of emissions that a cell gives; None where it gives none or several.

    Parameters
    ----------
    text : str
        The cell.
    head : str
        The label or head of the column: it often holds the unit.
    language : {"en", "sv"}
        How a single point or comma before three digits is read.

    Returns
    -------
    Quantity or None
        In tonnes or thousands of tonnes; whether a year is meant tells :func:`is_yearly`.
    """
    if _FOR_OTHERS.search(text) or re.search(r"\bwhen in operation\b|\bincluded\b", text, re.I):
        return None
    found = [
        q
        for q in quantities(text, language)
        if q.unit in ("tonne-co2e", "kilotonne-co2e") and not _EACH.match(text, q.end)
    ]
    if not found:
        return _bare(text, head, language, money=False)
    return _only(found, text)


def is_yearly(text: str) -> bool:
    """Whether an amount is said to be one a year.

    Examples
    --------
    >>> is_yearly("12 kt/a"), is_yearly("12 kt")
    (True, False)
    """
    return re.search(
        r"/\s?(?:a|y|yr|year|år)\b|\bper year|\ba year|annual|p\.a", text, re.I
    ) is not (None)


def _bare(text: str, head: str, language: str, *, money: bool) -> Quantity | None:
    """A number alone, with the unit that the head of its column gives."""
    match = _BARE.fullmatch(text)
    if match is None:
        return None
    low = number(match[1], language)
    high = number(match[2], language) if match[2] else None
    unit, factor = _money_of(head) if money else (_mass_of(head), 1)
    if low is None or unit is None or (match[2] and high is None):
        return None
    about = re.match(r"\s*(?:ca|approx|around|about|~|≈)", text) is not None
    return Quantity(low * factor, unit, 0, len(text), about,
                    None if high is None else high * factor)  # fmt: skip


def _money_of(head: str) -> tuple[str | None, int]:
    """The currency of a head, and what a number below it is to be multiplied by."""
    found = {(q.unit, int(q.value)) for q in quantities(f"1 {_unit_of(head)}") if q.unit in MONEY}
    return found.pop() if len(found) == 1 else (None, 1)


def _unit_of(head: str) -> str:
    """What stands in brackets, or behind a comma or "in"."""
    match = re.search(r"[\[(]([^\])]+)[\])]|(?:,|\bin)\s+(.+)$", head)
    return (match[1] or match[2]).strip() if match else head


def _mass_of(head: str) -> str | None:
    return next((unit for unit, pattern in _MASS_HEAD if pattern.search(head)), None)


def _only(found: Iterable[Quantity], text: str) -> Quantity | None:
    """The one that is meant: the only one, or the one that is called the total."""
    all_ = list(found)
    if len({(q.value, q.unit, q.high) for q in all_}) == 1:
        return all_[0]
    totals = [q for q in all_ if _TOTAL.search(text[max(0, q.start - 40) : q.start])]
    return totals[0] if len({(q.value, q.unit) for q in totals}) == 1 else None
