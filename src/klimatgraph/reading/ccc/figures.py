"""Cells of tables of emissions: numbers, units of mass, sectors; how a table writes decimals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final

_AND: Final = r"\s?(?:/|&|\+|,|and)\s?"
_SECTORS: Final = (
    ("buildings",
     rf"(?:buildings?|stationary energy)(?: total| sectors?| sources)?|built environment"
     rf"|buildings?{_AND}(?:heating(?: and cooling)?|facilities|services|energy)"
                  rf"|stationary energy{_AND}buildings?|buildings?{_AND}stationary energy"),
    ("transport", rf"transport(?:ation)?(?: total| sector)?|transport(?:ation)?{_AND}mobility"
                  rf"|mobility(?:{_AND}transport(?:ation)?)?|traffic"),
    ("waste", r"waste(?: management| treatment| sector)?"),
    ("waste-sewage", rf"waste{_AND}(?:waste[- ]?water|sewage)(?: management| treatment)?"),
    ("industrial-processes",
     rf"(?:ippu:? )?industrial process(?:es)?(?:{_AND}product\s?uses?)?\s?(?:\(?ippu\)?)?|ippu"),
    ("agriculture-forestry-land-use",
     rf"(?:afolu:?\s)?agricultur\w*,?{_AND}forest\w*,?{_AND}(?:other )?land[- ]?uses?"
     r"\s?(?:\(?afolu\)?)?|\(?afolu\)?"),
    ("agriculture", r"agriculture"), ("industry", r"industr(?:y|ies)"),
    ("electricity-use", r"electricity(?: use| consumption)?|electric power"),
    ("electricity-district-heating", rf"electricity{_AND}district heating"),
    ("energy", r"energy(?: systems?)?"), ("product-use", r"product use"),
    ("work-machinery", r"(?:mobile|work|working|construction) machinery"),
    ("other-sectors", r"others?(?: sectors?)?"),
)  # fmt: skip
_SECTOR: Final = tuple((code, re.compile(words, re.IGNORECASE)) for code, words in _SECTORS)
TOTAL: Final = re.compile(r"(?:grand |sum )?total\w*\b|sum\b|overall\b", re.IGNORECASE)
FIGURE: Final = re.compile(r"[-–−]?\s?\d[\d.,\s]*")
_NUMBERS: Final = {
    sign: re.compile(rf"(?P<minus>[-–−]\s?)?(?P<whole>(?!0[.,])\d{{1,3}}(?:[\s{other}]\d{{3}})+"
                     rf"|\d+)(?:[{sign}](?P<rest>\d+))?")
    for sign, other in ((".", ","), (",", "."))
}  # fmt: skip
_NUMERAL: Final = re.compile(
    r"^(?:sector:|[IVX]+[.:]?(?:\s?\d[\d./ ]*)?|\d+[.)])(?:\s+|$)|[¹²³⁴⁵]+$", re.IGNORECASE
)
# What brackets add to a name without changing what it stands for.
_ASIDE: Final = re.compile(r"\s*\((?:incl|including|e\.g|total|city)\b[^()]*\)", re.IGNORECASE)
_UNIT: Final = re.compile(
    r"(?<![A-Za-z])(?P<prefix>kilo|k|m|thousand |1[.,]?000 )?\s?(?:metric )?"
    r"(?:tonn?es?|tons?|tn|t)\.?(?:(?=kCO)|[\s–-]{0,3}(?:of )?\(?(?:eq\.?\s?)?(?:CO|GHG)"
    r"|(?<=kton)(?![a-z])|(?<=kt)(?![a-z]))",
    re.IGNORECASE,
)
ODD_UNIT: Final = re.compile(r"\b(?:[kMGT]?Wh|[TGP]J|km)\b|\b[kMG]?g\s?CO", re.IGNORECASE)


def sector_of(label: str) -> str | None:
    """The code of the sector that a label names plainly; None for what is only a part of one.

    Examples
    --------
    >>> sector_of("II. Transport"), sector_of("Other (incl. IPPU)²"), sector_of("Road transport")
    ('transport', 'other-sectors', None)
    """
    words = clean(label)
    return next((code for code, pattern in _SECTOR if pattern.fullmatch(words)), None)


def clean(label: str) -> str:
    """A label without numerals before it, marks of footnotes, and asides."""
    words = _ASIDE.sub("", _NUMERAL.sub("", label.replace("\u00ad", ""))).strip(" *")
    return re.sub(r"\b((?:IPPU|AFOLU|Other|Waste)\)?)\s?[\^{]*\d{1,2}\}?$", r"\1", words)


def unit_of(text: str) -> str | None:
    """The unit of mass that a text names; None where it names none, or several, or odd ones.

    Examples
    --------
    >>> unit_of("Unit: kt CO2e"), unit_of("tCO₂eq/year"), unit_of("CO2 equivalent"), unit_of("MWh")
    ('kilotonne-co2e', 'tonne-co2e', None, None)
    """
    found = {(match["prefix"] or "").strip().lower() for match in _UNIT.finditer(text)}
    if len(found) != 1 or ODD_UNIT.search(text):
        return None
    return {"": "tonne-co2e", "m": None}.get(found.pop(), "kilotonne-co2e")


def figure(cell: str, decimal: str) -> Decimal | None:
    """Read a cell that holds one number, where `decimal` is the sign before its decimals.

    Examples
    --------
    >>> figure("1.234,5", ","), figure("1 234", "."), figure("-7", "."), figure("1.2345", ",")
    (Decimal('1234.5'), Decimal('1234'), Decimal('-7'), None)
    """
    match = _NUMBERS[decimal].fullmatch(cell.strip())
    if match is None:
        return None
    value = Decimal(
        re.sub(r"\D", "", match["whole"]) + (f".{match['rest']}" if match["rest"] else "")
    )
    return -value if match["minus"] else value


def decimal_sign(cells: Iterable[str], score: Callable[[str], tuple[int, ...]]) -> str | None:
    """How a table writes decimals: ``.`` or ``,``; None where nothing tells.

    The signs tell where they can only be read in one way; else `score` does, which says how well
    the sums of the table come out.
    """
    cells = [cell for cell in cells if FIGURE.fullmatch(cell.strip())]
    counts = {sign: sum(figure(cell, sign) is not None for cell in cells) for sign in ".,"}
    if counts["."] != counts[","]:
        return "." if counts["."] > counts[","] else ","
    if all(figure(cell, ".") == figure(cell, ",") for cell in cells):
        return "."
    point, comma = score("."), score(",")
    return None if point == comma else "." if point > comma else ","


def plausible(value: Decimal, unit: str) -> bool:
    """Whether a city can emit so much in a year; else the unit or the reading is wrong."""
    tonnes = value * (1000 if unit == "kilotonne-co2e" else 1)
    return 5000 <= tonnes <= 60_000_000
