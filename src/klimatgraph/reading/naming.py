"""When words that read like a name are believed to be that name: letter case and neighbours.

A name is written with the capitals that it has. How sure one is of it falls with every departure:
an ending, a compound, capitals alone, a capital that is missing. What goes below zero is no name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from klimatgraph.reading.inflection import Word, gap
from klimatgraph.reading.wordlists import (
    BEFORE_CITY,
    FIRMS,
    GIVEN,
    INSTITUTIONS,
    OF,
    ORDINARY_CITIES,
    ORDINARY_NAMES,
    SMALL,
    TOWN,
)

_SHORT: Final = 6
"""Letters of an abbreviation, up to which it may be an ordinary word when case tells nothing."""
_OPENING: Final = " \t\n\r\u00a0\"'“”„«»‘’([*#_>"
_SENTENCE: Final = frozenset(".!?…▪•●○◦·|–—")
# "1) ", "#2 ", "B-2.1: " and the like number what follows.
_NUMBERED: Final = re.compile(
    r"(?:^|[\s|])(?:\(?[\w-]{0,4}(?:\.\d+)*[.):]|#\d+)\s*$|(?:^|\n)\s*-\s+$"
)
_SEGMENT: Final = re.compile(r"[^.!?\n|;,▪•]+")


def opens(text: str, start: int) -> bool:
    """Tell whether a place in a text begins a sentence, an item or a cell.

    Parameters
    ----------
    text : str
        The text.
    start : int
        Where a word begins.

    Returns
    -------
    bool
        Whether any word would have a capital there.
    """
    index = start - 1
    while index >= 0 and text[index] in _OPENING:
        index -= 1
    if index < 0 or text[index] in _SENTENCE:
        return True
    between = text[index + 1 : start]
    if "#" in between or re.search(r"\n\s*\n", between):
        return True
    return _NUMBERED.search(text[max(0, start - 12) : start]) is not None


def capitals(text: str) -> list[tuple[int, int]]:
    """Find headings all in capitals, where case tells nothing.

    Parameters
    ----------
    text : str
        The text.

    Returns
    -------
    list of (int, int)
        Spans. A list of abbreviations is no heading.

    Examples
    --------
    >>> capitals("CITY OF LUND"), capitals("KTH, SLU och IVL")
    ([(0, 12)], [])
    """
    return [
        match.span()
        for match in _SEGMENT.finditer(text)
        if match[0].isupper() and _is_heading(match[0].split())
    ]


def _is_heading(parts: Sequence[str]) -> bool:
    if sum(len(part) for part in parts) < 7:
        return False
    small = any(part.lower() in SMALL for part in parts)
    return (len(parts) > 1 and small) or any(len(part) > 6 for part in parts)


@dataclass(frozen=True)
class Writing:
    """How a name is written: its words, and what stands between them."""

    words: tuple[Word, ...]
    gaps: tuple[str, ...]

    @classmethod
    def of(cls, name: str, said: Sequence[Word]) -> Writing:
        """Take the writing of a name with these words."""
        between = (gap(name[a.end : b.start]) for a, b in pairwise(said))
        return cls(tuple(said), tuple(between))

    @cached_property
    def small(self) -> bool:
        """Whether it is a phrase of words in small letters."""
        return not any(word.capital or word.mixed for word in self.words)

    @cached_property
    def abbreviation(self) -> bool:
        """Whether it is in capitals alone."""
        letters = "".join(word.text for word in self.words if not word.text.isdigit())
        return letters.isupper()

    @cached_property
    def letters(self) -> int:
        """Number of its letters and digits."""
        return sum(len(word.key) for word in self.words)


def case(
    writing: Writing, said: Sequence[Word], at_start: bool, caps: bool, proper: bool = False
) -> float:
    """Tell how sure one may be by letter case that words are a name.

    Parameters
    ----------
    writing : Writing
        How the name is written.
    said : sequence of Word
        The words of the text; the last may have an ending or a tail.
    at_start : bool
        Whether they open a sentence.
    caps : bool
        Whether they stand in a heading all in capitals.
    proper : bool
        Whether the name can be nothing else, so that "Viable cities" may open a sentence where
        "Climate hub" may not.

    Returns
    -------
    float
        1 for the same case, less for another, 0 when they are not the name.
    """
    if writing.abbreviation:
        return _abbreviated(writing, said, at_start, caps)
    if caps or (all(w.upper or w.text.isdigit() for w in said) and writing.letters > 4):
        return 0.9 if not caps or writing.words[0].key not in ORDINARY_NAMES else 0.0
    if writing.small:
        return 1.0
    sure = 1.0
    for index, (own, word) in enumerate(zip(writing.words, said, strict=True)):
        if word.text.startswith(own.text) or not (own.capital or own.mixed):
            continue
        if own.mixed and len(said) == 1:
            # "Capacities" is not CapaCITIES, and "electricity" no ElectriCITY.
            sure *= 0.9 if word.mixed else 0.0
        elif own.upper and 1 < len(own.text) <= _SHORT and (len(said) == 1 or index):
            return 0.0
        elif word.capital:
            sure *= 1.0 if own.key == own.text.lower() else 0.9
        elif index and not at_start:
            sure *= 0.85
        elif index:
            sure *= 0.7 if proper else 0.0
        elif len(said) > 2 and said[-1].capital and writing.words[-1].capital:
            sure *= 0.8  # "the county administrative board of Skåne"
        else:
            return 0.0
    return sure if sure >= 0.5 else 0.0


def _abbreviated(writing: Writing, said: Sequence[Word], at_start: bool, caps: bool) -> float:
    same = all(
        word.text.startswith(own.text)
        and word.text[len(own.text) :].lower() == word.text[len(own.text) :]
        for own, word in zip(writing.words, said, strict=True)
    )
    plain = "".join(word.key for word in writing.words)
    if caps:
        # Without a vowel, or with a digit, it can be no other word: VTT, C40.
        if re.search("[aeiouyåäö]", plain) and plain.isalpha() and len(plain) <= _SHORT:
            return 0.0
        return 0.9
    if same:
        return 1.0
    long = writing.letters > _SHORT and all(word.capital for word in said)
    if plain in ORDINARY_NAMES:
        return 0.0
    return 0.85 if long and not at_start else 0.0


def is_city(
    text: str,
    said: Sequence[Word],
    index: int,
    count: int,
    known: frozenset[str],
    towns: Set[str] = frozenset(),
) -> float:
    """Tell how sure one may be that the name of a city means the city.

    Parameters
    ----------
    text : str
        The text.
    said : sequence of Word
        Its words.
    index, count : int
        Which of them are the name.
    known : frozenset of str
        First words of all names, so that a known name may follow.
    towns : set of str
        Names of cities of one word, so that a known city may stand before.

    Returns
    -------
    float
        1 when nothing speaks against it, 0 when it is part of a longer name or an ordinary word.
    """
    first, last = said[index], said[index + count - 1]
    after = said[index + count] if index + count < len(said) else None
    before = said[index - 1] if index else None
    behind = text[last.end : after.start] if after else ""
    ahead = text[before.end : first.start] if before else ""
    if after is not None and gap(behind) == " " and after.key in TOWN:
        return 1.0
    town_before = before is not None and (
        before.key in ("staden", "kommunen")
        or (before.key == "of" and index > 1 and said[index - 2].key in OF)
    )
    if town_before:
        return 1.0
    if after is not None and _continues(behind, after, known):
        return 0.0
    if _ends_in_institution(text, said, index + count):
        return 0.0
    if before is not None and _begun(text, said, index, ahead, towns):
        return 0.0
    if before is not None and ahead == " " and before.key in GIVEN and before.capital:
        return 0.0
    if count == 1 and _ordinary(first.key):
        if first.upper:
            return 0.0
        alone = first.key in ORDINARY_CITIES  # "Lunds" can open a sentence, "Lund" not
        if alone and opens(text, first.start) and not _listed(text, said, index, known):
            return 0.0
        return 0.9
    return 1.0


def _ordinary(key: str) -> bool:
    return key in ORDINARY_CITIES or (key.endswith("s") and key[:-1] in ORDINARY_CITIES)


def _continues(behind: str, after: Word, known: frozenset[str]) -> bool:
    """Whether a longer name goes on behind a city: "Malmö högskola", "Nice-Matin"."""
    if gap(behind) != " " or "\n" in behind:
        return False
    if after.key in INSTITUTIONS:
        return True
    if behind[:1] in "-‑":
        return after.capital and after.key not in known
    if after.text in FIRMS:
        return True
    return after.capital and not after.upper and after.key not in known


def _ends_in_institution(text: str, said: Sequence[Word], place: int) -> bool:
    """Whether capitalised words behind a city end in what several share: "Malmö Lund Port"."""
    for before, word in pairwise(said[place - 1 : place + 3]):
        if text[before.end : word.start] != " " or not word.capital:
            return False
        if word.key in INSTITUTIONS:
            return word.key != "region"
    return False


def _begun(text: str, said: Sequence[Word], index: int, ahead: str, towns: Set[str]) -> bool:
    """Whether a longer name began before a city: "Region Kalmar", "Högskolan i Borås"."""
    before = said[index - 1]
    if ahead in ("-", "‑"):
        return before.capital and not before.upper
    if ahead.strip() or "\n" in ahead:
        return False
    if before.key in ("von", "van", "de", "af"):
        return True
    if before.key in ("i", "of", "in") and index > 1:
        place = said[index - 2]
        return place.capital and place.key in INSTITUTIONS
    if not before.capital:
        return False
    if before.key in INSTITUTIONS:
        return True
    if before.upper:  # TU Delft, KTH Stockholm
        return 1 < len(before.text) < 5 and before.key not in ("eu", "the", "och", "and")
    # Where a table lost its lines, one city follows another.
    return not opens(text, before.start) and not (before.key in BEFORE_CITY or before.key in towns)


def stands_alone(text: str, said: Sequence[Word], index: int) -> bool:
    """Tell whether a word that is a name of one ordinary word is meant as the name.

    Parameters
    ----------
    text : str
        The text.
    said : sequence of Word
        Its words.
    index : int
        Which of them.

    Returns
    -------
    bool
        False where any word would have its capital: at the beginning of a sentence, and among
        capitalised words ("the Knowledge Axis").
    """
    word = said[index]
    if word.key not in ORDINARY_NAMES and word.key.removesuffix("s") not in ORDINARY_NAMES:
        return True
    if word.upper or word.mixed:
        return True
    if opens(text, word.start):
        return False
    before = said[index - 1] if index else None
    return before is None or not before.capital or text[before.end : word.start] != " "


def _listed(text: str, said: Sequence[Word], index: int, known: frozenset[str]) -> bool:
    """Whether a name is the first of a list of names: "Vara, Lund och Kil"."""
    if index + 1 >= len(said):
        return False
    place, between = index + 1, text[said[index].end : said[index + 1].start]
    if said[place].key in ("och", "and", "samt") and place + 1 < len(said):
        place, between = place + 1, ","
    return between.strip() in (",", "|") and said[place].capital and said[place].key in known
