"""Numbers with their units, as Swedish and English contracts write them.

Examples
--------
>>> [(str(q.value), q.unit) for q in quantities("7,7 kton CO2e och 1 234 ton CO2e")]
[('7.7', 'kilotonne-co2e'), ('1234', 'tonne-co2e')]
>>> [(str(q.value), q.unit, q.approximate) for q in quantities("ca €130 miljoner, eller 5 mnkr")]
[('130000000', 'euro', True), ('5000000', 'swedish-krona', False)]
>>> [(str(q.value), q.unit) for q in quantities("1,234.5 tonnes of CO2e", language="en")]
[('1234.5', 'tonne-co2e')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_BLANK = "[ \u00a0\u2009\u202f]"
# Groups of three parted by blanks are one number, unless the first is that of a scope.
_NUMBER = (
    rf"(?:(?<![Ss]cope )\d{{1,3}}(?:{_BLANK}\d{{3}})+(?:[.,]\d+)?(?!\d)"
    r"|\d+(?:[.,]\d+)*)"
)
_DASH = r"\s?(?:–|—|-|till|to)\s?"
_APPROXIMATE = re.compile(
    r"(?:\b(?:ca|cirka|circa|c:a|ungefär|omkring|runt|drygt|knappt|närmare|nästan|uppemot"
    r"|uppskattningsvis|about|around|approximately|approx|roughly|nearly|almost|just\s+(?:over"
    r"|under))"
    r"\.?|[~≈])\s*(?:€|£|[A-Z]{3})?\s*$",
    re.IGNORECASE,
)

_GAS = (
    r"\s?(?:(?:of|av)\s)?(?:C[Oo]\s?[2₂]\s?-?\s?(?:e(?:kv(?:ivalenter)?|q)?\b|ekvivalenter"
    r"|eq(?:uivalents?)?)?|koldioxid(?:ekvivalenter)?|växthusgaser|carbon dioxide(?: equivalents?)?"
    r"|greenhouse gas(?:es)?)"
)
_PER_PERSON = (
    r"(?:\s?/\s?(?:person|invånare|inv\b\.?|capita|cap\b)|\s+per\s+(?:person|invånare|capita"
    r"|inhabitant|resident)(?:\s+(?:och|and)\s+(?:år|year))?)"
)
_MASSES: Final = (
    (r"(?:miljoner\s+ton|million\s+tonn?es|Mton|Mt)", Decimal(1000), "kilotonne-co2e"),
    (
        r"(?:tusen\s+ton|thousand\s+tonn?es|kilotonn?es?|kiloton|kton(?:nes)?|kt|KT|Kt)",
        Decimal(1),
        "kilotonne-co2e",
    ),
    (r"(?:tonnes|tones|tons|tonne|ton|t)", Decimal(1), "tonne-co2e"),
    (r"(?:kilogram|kg)", Decimal("0.001"), "tonne-co2e"),
)
_MILLION, _BILLION, _THOUSAND = Decimal(10**6), Decimal(10**9), Decimal(1000)
_KRONOR: Final = (
    (r"(?:miljarder|mdr|md|billion|bn)\s?(?:kr(?:onor)?|SEK|Swedish\s+kron(?:or|a))|mdkr|GSEK",
     _BILLION, "swedish-krona"),
    (r"(?:miljon(?:er)?|milj\.?|mn|million)\s?(?:kr(?:onor)?|SEK|Swedish\s+kron(?:or|a))"
     r"|mnkr|mkr|MSEK|Mkr", _MILLION, "swedish-krona"),
    (r"(?:tusen)\s?kr(?:onor)?|tkr|kSEK|TSEK", _THOUSAND, "swedish-krona"),
    (r"kronor|kr|SEK", Decimal(1), "swedish-krona"),
    (r"BSEK", _BILLION, "swedish-krona"),
)  # fmt: skip
_CURRENCIES: Final = (
    ("euro", r"(?:[Ee]uros?\b|EUR\b|€)"),
    ("pound-sterling", r"(?:GBP\b|£|pounds sterling)"),
    ("danish-krone", r"DKK\b"),
    ("norwegian-krone", r"NOK\b"),
    ("icelandic-krona", r"ISK\b"),
    ("polish-zloty", r"(?:PLN\b|zł\b|zlot(?:y|ys|ych)\b)"),
    ("czech-koruna", r"(?:CZK\b|Kč)"),
    ("hungarian-forint", r"(?:HUF\b|Ft\b|forints?\b)"),
    ("romanian-leu", r"RON\b"),
    ("bulgarian-lev", r"BGN\b"),
    ("israeli-shekel", r"(?:ILS\b|NIS\b|₪)"),
    ("us-dollar", r"(?:USD\b|US\$)"),
)
"""Money by code of unit; the Swedish krona above has many words of its own."""

_SCALES: Final = (
    (r"(?:miljarder|billions?|bn|mld|mrd|mdr|B)\.?(?:\s?of)?\s?", _BILLION),
    (r"(?:miljon(?:er)?|millions?|mn|mln|Mln|MLN|Mio|MIO|mio|mil|mill|M|MM|m)\.?(?:\s?of)?\s?",
     _MILLION),
    (r"(?:tusen|thousands?|tys|tis|k|K|T)\.?(?:\s?of)?\s?", _THOUSAND),
    ("", Decimal(1)),
)  # fmt: skip
_MONEY: Final = _KRONOR + tuple(
    (scale + currency, factor, unit) for unit, currency in _CURRENCIES for scale, factor in _SCALES
)
_FACTORS: Final = (
    (r"miljarder|miljard|billion|bn|mdr|[Mm]rd|[Mm]ld|B\b", _BILLION),
    (r"miljoner|miljon|million|mn|[Mm]io|[Mm]ln|m\b|M\b", _MILLION),
    (r"tusen|thousand|k\b|K\b", _THOUSAND),
)
_SIGNS: Final = {
    "€": "euro", "EUR": "euro", "SEK": "swedish-krona", "£": "pound-sterling",
    "GBP": "pound-sterling", "DKK": "danish-krone", "NOK": "norwegian-krone",
    "ISK": "icelandic-krona", "PLN": "polish-zloty", "CZK": "czech-koruna",
    "HUF": "hungarian-forint", "RON": "romanian-leu", "BGN": "bulgarian-lev",
    "ILS": "israeli-shekel", "NIS": "israeli-shekel", "USD": "us-dollar",
}  # fmt: skip
MONEY: Final = frozenset(unit for unit, _ in _CURRENCIES) | {"swedish-krona"}
"""Codes of the units that are money."""

_SIGN: Final = r"(?:[€£]|\b(?:" + "|".join(s for s in _SIGNS if s.isalpha()) + r"))"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a unit.

    Parameters
    ----------
    value : Decimal
        In whole units: million and thousand are multiplied out. The lower end of a range.
    unit : str
        A code of unit: percent, percent-per-year, kilotonne-co2e, tonne-co2e,
        tonne-co2e-per-person, or one of :data:`MONEY`.
    start, end : int
        Its span in the text.
    approximate : bool
        Whether the text says about.
    high : Decimal or None
        The upper end of a range.
    gas : bool
        Whether a mass is said to be one of greenhouse gases.
    """

    value: Decimal
    unit: str
    start: int
    end: int
    approximate: bool = False
    high: Decimal | None = None
    gas: bool = False


def _alternatives() -> Iterator[tuple[str, str]]:
    yield (
        "percent",
        (
            r"\s?(?:%|procent(?!enhet)|per\s?cent(?:age)?(?!\s+points)\b)"
            r"(?P<yearly>\s*(?:/\s?år|per år|om året|årligen|varje år|per year|a year|annually"
            r"|each year))?"
        ),
    )
    for index, (pattern, _, _) in enumerate(_MASSES):
        yield (
            f"mass{index}",
            (
                rf"\s?{pattern}(?!(?!C[Oo]\s?[2₂])[A-Za-zåäö])(?P<gas{index}>{_GAS})"
                rf"?(?P<person{index}>{_PER_PERSON})?"
            ),
        )
    for index, (pattern, _, _) in enumerate(_MONEY):
        yield f"money{index}", rf"\s?(?:{pattern})(?![A-Za-zåäö])"


_SUFFIXED: Final = re.compile(
    rf"(?<![\d.,\w])(?P<low>{_NUMBER})(?:{_DASH}(?P<high>{_NUMBER}))?(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _alternatives())
    + ")"
)
_PREFIXED: Final = re.compile(
    rf"(?P<sign>{_SIGN})\s?(?P<low>{_NUMBER})(?:{_DASH}(?P<high>{_NUMBER}))?"
    rf"(?:\s?(?:{'|'.join(f'(?P<factor{i}>{p})' for i, (p, _) in enumerate(_FACTORS))}))?"
    r"(?![A-Za-zåäö])"
)
_CUT_SIGN: Final = re.compile(rf"{_SIGN}\s?$")
_BETWEEN: Final = re.compile(rf"\b(?:mellan|between)\s+({_NUMBER})\s+(?:och|and)\s+$")


def quantities(text: str, language: str = "sv") -> list[Quantity]:
    """Find the numbers that have a unit: shares, masses of greenhouse gases, and money.

    Parameters
    ----------
    text : str
        Any text.
    language : {"sv", "en"}
        Tells what a single comma or point before three digits parts: ``1,234`` is 1.234 in
        Swedish and 1234 in English, ``1.234`` the other way round.

    Returns
    -------
    list of Quantity
        In order of place. A number without a unit, and one whose signs make no number, is none.
    """
    found = [*_suffixed(text, language), *_prefixed(text, language)]
    found.sort(key=lambda q: (q.start, -q.end))
    kept: list[Quantity] = []
    for quantity in found:
        if not kept or quantity.start >= kept[-1].end:
            kept.append(quantity)
    return kept


def _suffixed(text: str, language: str) -> Iterator[Quantity]:
    for match in _SUFFIXED.finditer(text):
        if _CUT_SIGN.search(text, 0, match.start()):
            continue  # the sign before the number says more
        low, high = _ends(match, language)
        if low is None:
            continue
        start = match.start()
        if high is None and (between := _BETWEEN.search(text, 0, start)):
            low, high, start = number(between[1], language) or low, low, between.start()
        unit, factor, gas = _unit(match)
        approximate = _APPROXIMATE.search(text, 0, start) is not None
        yield Quantity(
            _plain(low * factor), unit, start, match.end(), approximate,
            None if high is None else _plain(high * factor), gas,
        )  # fmt: skip


def _prefixed(text: str, language: str) -> Iterator[Quantity]:
    for match in _PREFIXED.finditer(text):
        low, high = _ends(match, language)
        if low is None:
            continue
        factor = next(
            (value for i, (_, value) in enumerate(_FACTORS) if match[f"factor{i}"]), Decimal(1)
        )
        approximate = _APPROXIMATE.search(text, 0, match.start()) is not None
        yield Quantity(
            _plain(low * factor), _SIGNS[match["sign"]], match.start(), match.end(), approximate,
            None if high is None else _plain(high * factor),
        )  # fmt: skip


def _unit(match: re.Match[str]) -> tuple[str, Decimal, bool]:
    if match["percent"]:
        return ("percent-per-year" if match["yearly"] else "percent"), Decimal(1), False
    for index, (_, factor, unit) in enumerate(_MASSES):
        if match[f"mass{index}"]:
            gas = match[f"gas{index}"] is not None
            if match[f"person{index}"]:
                thousand = unit == "kilotonne-co2e"
                return "tonne-co2e-per-person", factor * (1000 if thousand else 1), gas
            return unit, factor, gas
    for index, (_, factor, unit) in enumerate(_MONEY):
        if match[f"money{index}"]:
            return unit, factor, False
    raise AssertionError("every alternative has a unit")


def _ends(match: re.Match[str], language: str) -> tuple[Decimal | None, Decimal | None]:
    low = number(match["low"], language)
    return low, None if match["high"] is None else number(match["high"], language)


def number(text: str, language: str = "sv") -> Decimal | None:
    """Read one number.

    Parameters
    ----------
    text : str
        Digits with blanks, commas and points between them.
    language : {"sv", "en"}
        What a single comma or point before three digits means.

    Returns
    -------
    Decimal or None
        None when the signs make no number that people write.

    Examples
    --------
    >>> number("13.281.527,50"), number("1,234", "en"), number("1.2.3")
    (Decimal('13281527.50'), Decimal('1234'), None)
    """
    digits = re.sub(r"\s", "", text)
    commas, points = digits.count(","), digits.count(".")
    if commas and points:
        decimal = "," if digits.rfind(",") > digits.rfind(".") else "."
    elif commas + points > 1:
        decimal = ""
    elif commas or points:
        sign = "," if commas else "."
        whole, _, rest = digits.partition(sign)
        own = "," if language == "sv" else "."
        grouped = len(rest) == 3 and 1 <= len(whole) <= 3 and whole != "0" and sign != own
        decimal = "" if grouped else sign
    else:
        decimal = ""
    whole, _, rest = digits.partition(decimal) if decimal else (digits, "", "")
    groups = re.split("[.,]", whole)
    if not rest.isdigit() and rest:
        return None
    if len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or any(len(g) != 3 for g in groups[1:])):
        return None
    joined = "".join(groups)
    return Decimal(f"{joined}.{rest}" if rest else joined) if joined.isdigit() else None


def _plain(value: Decimal) -> Decimal:
    """Drop zeros behind the point, and write large numbers out."""
    return Decimal(format(value.normalize(), "f"))
