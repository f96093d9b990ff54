"""Typed values from the text of a cell."""

from __future__ import annotations

import datetime
import re
from typing import Final

import pyoxigraph as ox

from klimatgraph.errors import InputError
from klimatgraph.terms import canonical_literal, expand

_DECIMAL: Final = expand("xsd:decimal")
_INTEGER: Final = expand("xsd:integer")
_DATE: Final = expand("xsd:date")
_MONTH: Final = expand("xsd:gYearMonth")
_YEAR: Final = expand("xsd:gYear")


def dated(text: str) -> ox.Literal:
    """Return a day, month or year, as precise as the text is.

    Parameters
    ----------
    text
        ``2026``, ``2026-05`` or ``2026-05-12``.

    Returns
    -------
    pyoxigraph.Literal
        Of type xsd:gYear, xsd:gYearMonth or xsd:date.

    Raises
    ------
    InputError
        When it is none of these.

    Examples
    --------
    >>> dated("2026-05").datatype.value
    'http://www.w3.org/2001/XMLSchema#gYearMonth'
    """
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)
    if match:
        year, month, day = match.groups()
        try:
            datetime.date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            pass
        else:
            return ox.Literal(text, datatype=_DATE if day else _MONTH if month else _YEAR)
    raise InputError(f"{text!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")


def year(text: str) -> ox.Literal:
    """Return a year as xsd:gYear; raises InputError when the text is none.

    Examples
    --------
    >>> year("2030").value
    '2030'
    """
    value = dated(text) if len(text) == 4 else None
    if value is None:
        raise InputError(f"{text!r} is no year; write YYYY")
    return value


def decimal(text: str) -> ox.Literal:
    """Return a number as xsd:decimal in its shortest form; raises InputError for other text.

    Examples
    --------
    >>> decimal("7.70").value
    '7.7'
    """
    if not re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]+)?", text):
        raise InputError(f"{text!r} is no number; write digits with a point before decimals")
    return canonical_literal(ox.Literal(text, datatype=_DECIMAL))


def integer(text: str) -> ox.Literal:
    """Return a whole number as xsd:integer; raises InputError for other text.

    Examples
    --------
    >>> integer("007").value
    '7'
    """
    if not re.fullmatch(r"[+-]?[0-9]+", text):
        raise InputError(f"{text!r} is no whole number; write digits only")
    return canonical_literal(ox.Literal(text, datatype=_INTEGER))
