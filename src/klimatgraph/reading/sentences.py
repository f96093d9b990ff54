"""Sentences of a passage, and the language that it is written in.

Examples
--------
>>> [s.text for s in sentences("Målet är 80 %, dvs. ca 5 kton. Det nås 2030.")]
['Målet är 80 %, dvs. ca 5 kton.', 'Det nås 2030.']
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_END: Final = re.compile(r"""[.!?…]["'”’»)\]]*\s+(?=["'“”«(\[]?[A-ZÅÄÖÉ0-9])""")
_CUT: Final = re.compile(r",\s+(?:samt\s+|och\s+|and\s+)?|\s+(?:och|samt|and)\s+")
_ABBREVIATIONS: Final = frozenset((
    "ca", "bl.a", "bla", "t.ex", "tex", "ex", "ev", "m.m", "mm", "m.fl", "dvs", "d.v.s", "kap",
    "nr", "s.k", "sk", "f.d", "fr.o.m", "t.o.m", "o.s.v", "osv", "inkl", "exkl", "resp", "jfr",
    "st", "dr", "prof", "etc", "e.g", "i.e", "approx", "incl", "excl", "no", "nos", "vs", "cf",
    "fig", "tab", "bil",
))  # fmt: skip
_SWEDISH: Final = frozenset((
    "och", "att", "som", "för", "med", "till", "är", "av", "på", "det", "den", "en", "ett",
    "inom", "ska", "från", "vi", "sig", "har",
))  # fmt: skip
_ENGLISH: Final = frozenset((
    "and", "to", "the", "of", "for", "with", "is", "in", "on", "that", "this", "by", "from", "we",
    "will", "has", "are", "as", "be",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and where it begins in its passage."""

    text: str
    start: int


def sentences(text: str) -> list[Sentence]:
    """Divide a passage into sentences.

    Parameters
    ----------
    text : str
        The words of a passage.

    Returns
    -------
    list of Sentence
        In order. The stop of an abbreviation, an ordinal or an initial ends none.
    """
    found: list[Sentence] = []
    begin = 0
    for match in _END.finditer(text):
        if _is_abbreviation(text, match.start()):
            continue
        found.append(_sentence(text, begin, match.end()))
        begin = match.end()
    if text[begin:].strip():
        found.append(_sentence(text, begin, len(text)))
    return found


def _sentence(text: str, begin: int, end: int) -> Sentence:
    part = text[begin:end]
    return Sentence(part.strip(), begin + len(part) - len(part.lstrip()))


def _is_abbreviation(text: str, stop: int) -> bool:
    if text[stop] != ".":
        return False
    word = re.split(r"[\s(\[]", text[:stop])[-1].casefold()
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha())


def enumerated(text: str) -> list[tuple[str, int]]:
    """Divide "a, b och c" into its parts, each with its place.

    Examples
    --------
    >>> [part for part, _ in enumerated("el- och fjärrvärmenät, vägar samt broar")]
    ['el- och fjärrvärmenät', 'vägar', 'broar']
    """
    parts: list[tuple[str, int]] = []
    begin = 0
    for cut in [*_CUT.finditer(text), None]:
        end = cut.start() if cut else len(text)
        part = text[begin:end].strip()
        if part and not part.endswith("-"):  # "el- och fjärrvärmenät" is one
            parts.append((part, text.index(part, begin)))
            begin = cut.end() if cut else end
    return parts


def language(texts: Iterable[str]) -> str:
    """Tell whether a text is Swedish or English, by the small words that only one of them has.

    Parameters
    ----------
    texts : iterable of str
        Passages.

    Returns
    -------
    str
        ``"sv"`` or ``"en"``; Swedish when nothing decides.

    Examples
    --------
    >>> language(["The city will reduce its emissions by 2030."])
    'en'
    """
    counts: Counter[str] = Counter()
    for text in texts:
        for word in text.lower().split():
            counts["sv"] += word in _SWEDISH
            counts["en"] += word in _ENGLISH
    return "en" if counts["en"] > counts["sv"] else "sv"
