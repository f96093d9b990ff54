"""Target values of indicators: the one number of a cell, with its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from klimatgraph.reading.numbers import number, quantities

_VALUE: Final = re.compile(
    r"(?:(?:reduce|reducing|decrease|increase) [a-z]{3,12} to\s|(?:the )?target value(?: in)?"
    r"(?: 20\d\d)?(?: is)?\s|•\s)?"
    r"(?P<about>(?:ca\.?|approx\.?|approximately|about|around|~|≈)\s?)?(?P<sign>[-−–]\s?)?"
    r"(?P<low>\d[\d.,]*(?: \d{3})*(?:,\d+)?)(?:\s?[-–]\s?(?P<high>\d[\d.,]*))?(?P<rest>(?!\d).*)",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(r"\((?:TBC|from[^)]*|preliminary|20\d\d)\)|(?:\bby|\bin) 20\d\d", re.I)
_FORMULAS: Final = re.compile(r"C[O0]\s?[2₂]|[mM]\s?[23]|PM\s?(?:10|2\.5)|NO\s?2", re.IGNORECASE)


def style_of(cells: Sequence[str]) -> str:
    """How the numbers of a document part thousands.

    Parameters
    ----------
    cells : sequence of str
        All cells that hold values.

    Returns
    -------
    {"en", "sv", "mixed", ""}
        ``""`` where nothing tells, ``"mixed"`` where the cells contradict each other.

    Examples
    --------
    >>> style_of(["1.234,5", "12"]), style_of(["1.5"]), style_of(["1.500"])
    ('sv', 'en', '')
    """
    text = " ; ".join(cells)
    commas = re.search(r"\d,\d{1,2}(?!\d)|\d\.\d{3}[.,]\d", text)
    points = re.search(r"\d\.\d{1,2}(?![\d.])|\d,\d{3}[.,]\d", text)
    both = re.search(r"\d\.\d{3}(?!\d)", text) and re.search(r"\d,\d{3}(?!\d)", text)
    if (commas and points) or (both and not commas and not points):
        return "mixed"
    return "sv" if commas else "en" if points else ""


def value_of(words: str, style: str) -> tuple[dict[str, str | None], str] | None:
    """The number of a cell.

    Parameters
    ----------
    words : str
        The cell.
    style : {"en", "sv", "mixed", ""}
        See :func:`style_of`.

    Returns
    -------
    tuple of (dict, str) or None
        The fields of a fact, and the unit as written; None where the cell holds no number,
        several, or one that is compared with another.

    Examples
    --------
    >>> value_of("reduce emissions to 57 000 t (TBC)", "en")
    ({'value': '57000', 'max': None, 'unit': 'tonne-co2e', 'status': 'known'}, 't')
    >>> value_of("216,199 90%", "en"), value_of("50% less than 2010", "en")
    (None, None)
    """
    text = _ASIDE.sub("", words.replace("%%", "%")).strip(" .;")
    match = _VALUE.fullmatch(text)
    if match is None or re.search(r"\d|less|more|compared|lower|higher",
                                  _FORMULAS.sub("", match["rest"])):  # fmt: skip
        return None
    low, high = number_of(match["low"], style), number_of(match["high"] or "", style)
    if low is None or (match["high"] and high is None):
        return None
    unit = match["rest"].strip(" .;")
    code, factor = None, Decimal(1)
    if measured := [q for q in quantities(f"1 {unit}", "en") if q.start == 0]:
        code, factor = measured[0].unit, measured[0].value
    elif re.match(r"(?:m(?:il|io|ln|n)|thousand|tsd|k)\b", unit):
        return None
    sign = "-" if match["sign"] and low else ""
    fields = {
        "value": f"{sign}{format((low * factor).normalize(), 'f')}",
        "max": format((high * factor).normalize(), "f") if high is not None else None,
        "unit": code,
        "status": "approximate" if match["about"] else "known",
    }
    return fields, unit


def number_of(words: str, style: str) -> Decimal | None:
    """A number, where the style of its document tells what its signs part.

    Examples
    --------
    >>> number_of("1.234", "sv"), number_of("1.234", "en"), number_of("1.5", "en")
    (Decimal('1234'), None, Decimal('1.5'))
    """
    words = words.rstrip(".,")
    if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", words):
        # A thousand in one country, a fraction in another; documents seldom write three decimals.
        if {"en": ",", "": ",", "sv": "."}.get(style, "mixed") not in words:
            return None
        words = words.replace(",", "").replace(".", "")
    return number(words, "sv" if style == "sv" else "en") if words else None


def is_unit(words: str) -> bool:
    """Whether a cell can hold a unit: it has letters or a sign, and no value.

    Examples
    --------
    >>> is_unit("t CO2/year"), is_unit("%"), is_unit("(2022) ~8%"), is_unit("-")
    (True, True, False, False)
    """
    bare = re.sub(r"(?:per|/) ?1[ .,]?0{2,3}(?:[ .,]?0{3})*", "", _FORMULAS.sub("x", words))
    return re.search(r"\d", bare) is None and re.search(r"[^\W\d_]|[%€]", bare) is not None


def code_of(unit: str) -> str | None:
    """The code of a unit as written; None where it has none.

    Examples
    --------
    >>> code_of("t CO2 eq/year"), code_of("t CO2 eq /GVA"), code_of("% of households")
    ('tonne-co2e', None, None)
    """
    found = [q for q in quantities(f"1 {unit.replace('tn ', 't ')}", "en") if q.value == 1]
    rest = f"1 {unit.replace('tn ', 't ')}"[found[0].end :] if found else ""
    yearly = r"[-.]?(?:e|eq\w*|equivalents?)?\.?\s*(?:/\s?(?:a|y|yr|year)|per (?:year|annum))?"
    return found[0].unit if found and re.fullmatch(yearly, rest.strip()) else None


def unit_of(name: str) -> str | None:
    """The unit in the brackets that a name ends with.

    Examples
    --------
    >>> unit_of("Emissions of traffic (t CO2)"), unit_of("Bus routes (new)")
    ('t CO2', None)
    """
    match = re.search(r"\(([^()]{1,30})\)$", name)
    return match[1] if match and (match[1] == "%" or code_of(match[1])) else None
