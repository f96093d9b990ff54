"""Forms of a word in Swedish and English: words of a text, stems, endings of names, compounds.

The stemmers are light: they take off what nouns and adjectives are inflected with, never what makes
another word of them ("parker" and "parken" are one, "parkering" is another), and give the same on
every machine without a further package.

References
----------
Harman, D. (1991): How effective is suffixing? Journal of the American Society for Information
Science 42(1), 7-15. The S stemmer, which the English one extends.
Savoy, J. (2006): Light stemming approaches for the French, Portuguese, German and Hungarian
languages. Proceedings of the ACM Symposium on Applied Computing, 1031-1035.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import accumulate, compress, count, repeat
from operator import itemgetter
from typing import Final, NamedTuple, TypeVar

from klimatgraph.reading.wordlists import TAILS

# Letters and digits; accents written apart, soft hyphens and blanks of no width belong to the word.
_WORD: Final = re.compile(r"([^\W_]+(?:[\u0300-\u036f\u00ad\u200b\u2060]+[^\W_]*)*)")
_INVISIBLE: Final = re.compile("[\u00ad\u200b\u2060]")
_DASHES: Final = re.compile("[\u2010-\u2015\u2212]")
LONGEST_WORD: Final = 60
"""Letters of a word that can be a compound; what is longer is no word but a fault of the text."""
_REMEMBERED: Final = 100_000
T = TypeVar("T")

_SWEDISH: Final = (
    "arnas", "ernas", "ornas", "arna", "erna", "orna", "aren", "ens", "ets", "ans", "ars", "ers",
    "ors", "are", "ena", "en", "et", "an", "er", "ar", "or",
)  # fmt: skip
_STEPS: Final = 3
"""Endings that a word may have at most: "sensor-er-na-s" has its "or" taken off as well."""
# Where two forms of a word part, each goes on with one of these.
_ENDED: Final = frozenset((
    "", "a", "as", "an", "ans", "ar", "are", "aren", "arens", "ares", "arna", "arnas", "ars", "e",
    "el", "eln", "els", "en", "ena", "enas", "ens", "er", "ers", "erna", "ernas", "es", "et", "ets",
    "lar", "lars", "larna", "larnas", "len", "let", "n", "na", "nas", "ns", "or", "ors", "orna",
    "ornas", "r", "rna", "rnas", "rs", "s", "t", "ta", "ts", "tt",
))  # fmt: skip
# Verbs in -era would lose their ending and become the noun: "transportera".
_VERB: Final = re.compile(r"er(?:a|ar|as|at|ade|ades|ats)$")
_IRREGULAR: Final = (
    (re.compile("städer(?:nas?|s)?$"), "stad"),
    (re.compile("aren(?:ornas?|ors?|ans?|as?)$"), "arena"),
)

# What a name may end in without becoming another. Parties and projects have only a genitive;
# what is also a common noun may be made definite or plural.
GENITIVES: Final = ("s",)
ENDINGS: Final = (
    "s", "n", "t", "en", "et", "ns", "ts", "ens", "ets", "na", "nas", "er", "ar", "erna", "arna",
    "ernas", "arnas",
)  # fmt: skip


class Remembered(dict[str, T]):
    """What a function gives for words, remembered: a look-up costs less than a call.

    Parameters
    ----------
    work_out : callable
        What to do with a word that was not met before.

    Examples
    --------
    >>> Remembered(len)["solel"]
    5
    """

    def __init__(self, work_out: Callable[[str], T]) -> None:
        self._work_out = work_out

    def __missing__(self, word: str) -> T:
        if len(self) >= _REMEMBERED:
            self.clear()
        made = self[word] = self._work_out(word)
        return made


class Word(NamedTuple):
    """A word of a text, with its place and the form in which words are compared."""

    text: str
    start: int
    end: int
    key: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def upper(self) -> bool:
        """Whether it is written in capitals alone."""
        return self.text.isupper()

    @property
    def mixed(self) -> bool:
        """Whether it has a capital behind its first letter, but is not all in capitals."""
        return not self.text.isupper() and any(c.isupper() for c in self.text[1:])


def words(text: str) -> list[Word]:
    """Divide a text into words.

    Parameters
    ----------
    text : str
        Any text. Hyphens, colons and apostrophes part words.

    Returns
    -------
    list of Word
        In order.

    Examples
    --------
    >>> [word.key for word in words("EU:s Climate\\u00adNeutral NetZeroCities-projekt")]
    ['eu', 's', 'climateneutral', 'netzerocities', 'projekt']
    """
    # A word at a time this would be most of the work of reading: gap, word, gap, ..., gap.
    parts = _WORD.split(text)
    places = list(accumulate(map(len, parts)))
    said = parts[1::2]
    keys = map(_KEYS.__getitem__, said)
    fields = zip(said, places[0::2], places[1::2], keys, strict=False)
    return list(map(tuple.__new__, repeat(Word), fields))


def fold(word: str) -> str:
    """Bring a word to the form in which words are compared: composed, lower case, no hyphens.

    Parameters
    ----------
    word : str
        A word as it is written.

    Returns
    -------
    str
        Its key.
    """
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", word)).casefold()


_KEYS: Final = Remembered(fold)


def gap(between: str) -> str:
    """Bring what stands between two words to the form in which it is compared.

    Parameters
    ----------
    between : str
        The characters between two words.

    Returns
    -------
    str
        A blank for blanks, one line end or a hyphen, which texts use freely; else the signs. Two
        line ends, a spaced dash and a full stop remain themselves.

    Examples
    --------
    >>> gap("\\u00a0"), gap("\\u2011"), gap(" & "), gap(" \\u2013 ")
    (' ', ' ', '&', ' - ')
    """
    if between in (" ", "-"):
        return " "
    sign = _DASHES.sub("-", _INVISIBLE.sub("", between)).replace("\u2019", "'")
    bare = sign.strip()
    if not bare:
        return "\n\n" if sign.count("\n") > 1 else " "
    if bare == "-":
        return " - " if sign[0].isspace() and sign[-1].isspace() else " "
    return bare


def hits(known: Remembered[bool], said: Iterable[Word], written: bool) -> list[int]:
    """Give the places of words that something is known of.

    Parameters
    ----------
    known : Remembered
        Whether it is, by word.
    said : iterable of Word
        The words.
    written : bool
        Whether `known` goes by how words are written, and not by their keys.

    Returns
    -------
    list of int
        Places, in order.

    Examples
    --------
    >>> hits(Remembered(str.isdigit), words("mål 2030 och 2040"), written=True)
    [1, 3]
    """
    # Each step runs in C: most words of a text are passed over here.
    told = map(known.__getitem__, map(itemgetter(0 if written else 3), said))
    return list(compress(count(), told))


@lru_cache(_REMEMBERED)
def stem(key: str, language: str) -> str:
    """Take off a word's inflection.

    Parameters
    ----------
    key : str
        A word in the form that :func:`fold` gives.
    language : str
        ``"en"``, else Swedish.

    Returns
    -------
    str
        What the inflected forms of the word have in common.

    Examples
    --------
    >>> {stem(w, "sv") for w in ("elbil", "elbilar", "elbilarna", "elbilens")}
    {'elbil'}
    >>> stem("fjärrvärmen", "sv") == stem("fjärrvärme", "sv")
    True
    >>> stem("parkering", "sv") == stem("parker", "sv")
    False
    >>> stem("policies", "en"), stem("buses", "en"), stem("organizations", "en")
    ('policy', 'bus', 'organisation')
    """
    return _english(key) if language == "en" else _swedish(key)


def alike(one: str, other: str, language: str) -> bool:
    """Tell whether two words of the same stem are forms of one word.

    Stems are short so that all forms of a word meet; that other words meet there, too ("senare" and
    "sensorer"), is seen by what the two have behind their common beginning.

    Parameters
    ----------
    one, other : str
        Words in the form that :func:`fold` gives.
    language : str
        ``"en"``, else Swedish.

    Returns
    -------
    bool
        Whether both go on with an ending only.

    Examples
    --------
    >>> alike("sensorer", "sensorerna", "sv"), alike("sensorer", "senare", "sv")
    (True, False)
    """
    if one == other or language == "en":
        return True
    common = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        common += 1
    ends = (one[common:], other[common:])
    return all(e in _ENDED for e in ends) or any(p.search(one) for p, _ in _IRREGULAR)


def _swedish(key: str) -> str:
    if _VERB.search(key):
        return key
    for pattern, instead in _IRREGULAR:
        if pattern.search(key):
            return pattern.sub(instead, key)
    for _ in range(_STEPS):
        before, key = key, _shorter(key)
        if before == key:
            break
    # cykel, cykeln, cyklar; medel, medlen
    return re.sub(r"(?<=[bdfgkmnprstv])el$", "l", key) if len(key) > 4 else key


def _shorter(key: str) -> str:
    """Take off one ending."""
    for ending in _SWEDISH:
        if key.endswith(ending) and len(key) - len(ending) >= 3:
            return key[: -len(ending)]
    if len(key) > 3:
        last, before = key[-1], key[-2]
        if last in "ae" or (last == "s" and before != "s"):
            return key[:-1]
        if last == "n" and (before in "åäöiy" or key[-3:-1] == "el"):
            return key[:-1]
        if last == "t" and before in "rnlgkdmvb":  # adjectives: hållbart, grönt
            return key[:-1]
    if len(key) > 5 and key.endswith("tt") and key[-3] in "aeiouyåäö":  # fossilfritt
        return key[:-2]
    return key


def _english(key: str) -> str:
    key = re.sub(r"iz(?=(?:e|ed|es|er|ers|ing|ation|ations)$)", "is", key)
    if len(key) > 4 and key.endswith("ies"):
        return key[:-3] + "y"
    if re.search(r"(?:s|x|z|ch|sh)es$", key):
        key = key[:-2]
    elif len(key) > 3 and key.endswith("s") and key[-2] not in "usi":
        key = key[:-1]
    return key[:-1] if len(key) > 4 and key.endswith("e") else key


@lru_cache(_REMEMBERED)
def bases(key: str) -> tuple[tuple[str, bool], ...]:
    """What a word may be a form of: itself without an ending.

    Parameters
    ----------
    key : str
        A word in the form that :func:`fold` gives.

    Returns
    -------
    tuple of (str, bool)
        Each base, and whether only a genitive was taken off.

    Examples
    --------
    >>> ("vinnova", True) in bases("vinnovas"), ("klimatledarkommuner", False) in bases(
    ...     "klimatledarkommunerna")
    (True, True)
    """
    return tuple(
        (key[: -len(e)], e in GENITIVES)
        for e in ENDINGS
        if key.endswith(e) and len(key) - len(e) >= 2
    )


def goes_on(rest: str) -> bool:
    """Tell whether letters can follow a name in a compound: "projektet", "smedel".

    Parameters
    ----------
    rest : str
        What stands behind the name in the same word.

    Returns
    -------
    bool
        Whether it begins with a word that compounds of names end in.
    """
    return rest.startswith(TAILS) or (rest[:1] == "s" and rest[1:].startswith(TAILS))
