"""Forms of a word in Swedish and English: stems, genitives, definite forms, compounds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from klimatgraph.errors import MissingExtra

# Letters and digits; accents written apart and soft hyphens belong to the word.
_WORD: Final = re.compile(r"(?:[^\W_]|[\u0300-\u036f\u00ad])+")

# What a name may end in without becoming another: genitive and definite forms.
SUFFIXES: Final = (
    "s", "n", "t", "en", "et", "ns", "ts", "ens", "ets", "na", "erna", "arna", "ernas", "arnas",
)  # fmt: skip
_STEMMED: Final = 100_000


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, with its place and the form in which words are compared."""

    text: str
    start: int
    end: int
    key: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


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
    return [Word(m[0], m.start(), m.end(), fold(m[0])) for m in _WORD.finditer(text)]


@lru_cache(_STEMMED)
def fold(word: str) -> str:
    """Bring a word to the form in which words are compared: composed, lower case, no hyphens."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", word).replace("\u00ad", "").casefold()


@lru_cache(2)
def _stemmer(language: str) -> Any:
    try:
        import snowballstemmer
    except ImportError:
        raise MissingExtra("snowballstemmer", "read") from None
    return snowballstemmer.stemmer("english" if language == "en" else "swedish")


@lru_cache(_STEMMED)
def stem(key: str, language: str) -> str:
    """The stem of a word by Snowball.

    Parameters
    ----------
    key : str
        A word in the form that :func:`fold` gives.
    language : {"sv", "en"}
        Its language.

    Returns
    -------
    str
        What all forms of the word have in common.

    Raises
    ------
    MissingExtra
        If snowballstemmer is not installed.

    Examples
    --------
    >>> stem("elbilarna", "sv") == stem("elbilar", "sv")
    True

    References
    ----------
    Porter, M. F. (2001): Snowball: a language for stemming algorithms.
    https://snowballstem.org/algorithms/swedish/stemmer.html
    """
    return str(_stemmer(language).stemWord(key))


def bases(key: str) -> tuple[str, ...]:
    """What a word may be a form of: itself without a genitive or definite ending.

    Examples
    --------
    >>> "vinnova" in bases("vinnovas"), "klimatkliv" in bases("klimatklivet")
    (True, True)
    """
    return tuple(key[: -len(s)] for s in SUFFIXES if key.endswith(s) and len(key) - len(s) >= 3)
