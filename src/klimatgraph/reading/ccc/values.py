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
# A price of something else ("2400 € per t GHG", "22.000€ – per bench"), but not one of a year.
_EACH: Final = re.compile(
    r"\s*[-–—]?\s*(?:/|per\s|for (?:each|every))\s*\(?(?:1\s)?"
    r"(?!(?:a|y|yr|year|år|annum)\b)[^\W\d_]",
    re.IGNORECASE,
)
# Three digits behind one point or comma: thousands in one country, decimals in another.
_EITHER: Final = re.compile(r"(?<![\d.,])([1-9]\d{0,2})([.,])(\d{3})(?![\d.,])")
_SCALE: Final = re.compile(
    r"\s?(?:M(?!W)|m(?:il|io|ln|n)|B|bn|k(?!W)|K(?!W)|thousand|T(?:EUR|€))", re.IGNORECASE
)
_SIGN: Final = re.compile(r"[€£]|\b[A-Z]{3}\b|\beuros?\b|\bkr\b", re.IGNORECASE)
_PROSE: Final = 120
"""Signs of a cell above which a number must stand at its beginning to be the one that is meant."""
_BEGINNING: Final = 40
_FOR_OTHERS: Final = re.compile(
    r"\b(?:for all|whole|out of|of which|included in|all transition|shared|contribut\w+ to)\b",
    re.IGNORECASE,
)
_ELSEWHERE: Final = re.compile(r"\bwhen in operation\b|\bincluded\b", re.IGNORECASE)
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


def cost(text: str, head: str = "", style: str = "") -> Quantity | None:
    """The cost that a cell gives; None where it gives none, several, or one a year.

    Parameters
    ----------
    text : str
        The cell.
    head : str
        The label or head of the column: it often holds the currency.
    style : {"en", "sv", "mixed", ""}
        How the document parts thousands; see
        :func:`klimatgraph.reading.ccc.indicator_values.style_of`.

    Returns
    -------
    Quantity or None
        In whole units of the currency.
    """
    settled = _settled(text, style, money=True)
    if settled is None or _FOR_OTHERS.search(settled):
        return None
    text, language = settled, _language(style)
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


def reduction(text: str, head: str = "", style: str = "") -> Quantity | None:
    """The reduction of emissions that a cell gives; None where it gives none or several.

    Parameters
    ----------
    text : str
        The cell.
    head : str
        The label or head of the column: it often holds the unit.
    style : {"en", "sv", "mixed", ""}
        How the document parts thousands; see
        :func:`klimatgraph.reading.ccc.indicator_values.style_of`.

    Returns
    -------
    Quantity or None
        In tonnes or thousands of tonnes; whether a year is meant tells :func:`is_yearly`.
    """
    settled = _settled(text, style, money=False)
    if settled is None or _FOR_OTHERS.search(settled) or _ELSEWHERE.search(settled):
        return None
    text, language = settled, _language(style)
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


def _language(style: str) -> str:
    return "sv" if style == "sv" else "en"


def _settled(text: str, style: str, *, money: bool) -> str | None:
    """A cell with its numbers as they can only be read in one way; None where one cannot be told.

    Nobody writes a sum of money with three decimals, except in millions; a mass is read as its
    document writes numbers, and left unread where three decimals would have to be believed.
    """
    text = re.sub(r"(?<=\d)['’´](?=\d{3}(?!\d))", "", text)
    thousands = {"en": ",", "": ",", "sv": "."}.get(style, "")
    parts: list[str] = []
    last = 0
    for match in _EITHER.finditer(text):
        around = text[max(0, match.start() - 5) : match.start()], text[match.end() :]
        plain = money or _SIGN.search(around[0]) or _SIGN.match(around[1].lstrip())
        scaled = _SCALE.match(around[1]) is not None
        if re.match(r"\s\d{3}(?!\d)", around[1]):  # "1,680 000"
            return None
        if match[2] == thousands or (plain and not scaled):
            number_ = f"{match[1]}{match[3]}"
        elif money and scaled and style in ("en", "sv"):
            number_ = f"{match[0]}0"  # four decimals can only be decimals
        else:
            return None
        parts += [text[last : match.start()], number_]
        last = match.end()
    return "".join([*parts, text[last:]])


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
    if _YEARLY.search(head) or re.search(r"[€£\w]\s?/\s?a\b", head):
        return None, 1
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
    all_ = [
        q
        for q in found
        if (len(text) < _PROSE or q.start < _BEGINNING)
        and not re.match(r"0\d", text[q.start : q.end])  # "12% 000 t": the rest of a number
    ]
    if len({(q.value, q.unit, q.high) for q in all_}) == 1:
        return all_[0]
    totals = [q for q in all_ if _TOTAL.search(text[max(0, q.start - 40) : q.start])]
    return totals[0] if len({(q.value, q.unit) for q in totals}) == 1 else None
