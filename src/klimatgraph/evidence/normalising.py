"""Normalise the text of a passage, and know where each normalised word came from.

The digest of the normalised text is the citation of a passage: it stays the same when a document
is wrapped, paged or encoded another way, and changes when a word changes.

References
----------
Unicode Standard Annex #15, *Unicode Normalization Forms*: form NFKC.
FIPS 180-4, *Secure Hash Standard*: SHA-256.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

BULLETS = "▪•‣◦–"
"""Signs that do not count at the beginning of a passage."""

_SOFT_HYPHEN = "\u00ad"
# A soft hyphen joins what stands on both sides of it, over a line's end too.
_TOKEN = re.compile(rf"(?:[^\s{_SOFT_HYPHEN}]|{_SOFT_HYPHEN}\s*)+")
_JOINT = re.compile(rf"{_SOFT_HYPHEN}\s*")
_INVISIBLE = {ord(sign): None for sign in "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"}
_LEADING_BULLETS = re.compile(rf"(?:[{BULLETS}]\s*)+")


def normalise(text: str) -> str:
    """Return a text in the form that is compared and hashed.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        The text in form NFKC, with white space of every kind folded to single blanks, zero-width
        signs and soft hyphens dropped, and bullets dropped from its beginning.

    Examples
    --------
    >>> normalise("\\t▪\\tMål\\u00a0för  2030,\\r\\n klimat\\u00ad\\nomställning ")
    'Mål för 2030, klimatomställning'
    >>> normalise("CO₂ – mål") == normalise("CO2 – mål")
    True
    """
    joined = " ".join(word for word, _, _ in _words(text))
    return _LEADING_BULLETS.sub("", joined, count=1) if joined[:1] in BULLETS else joined


def digest(text: str) -> str:
    """Return the digest of a passage: SHA-256 of the UTF-8 of its normalised text.

    Parameters
    ----------
    text
        The text of the passage, normalised or not.

    Returns
    -------
    str
        64 lower-case hexadecimal digits.

    Examples
    --------
    >>> digest("• Vi  når målet.") == digest("Vi når\\nmålet.")
    True
    >>> len(digest(""))
    64
    """
    return sha256(normalise(text))


def sha256(normalised: str) -> str:
    """Return the digest of a text that is normalised already."""
    return hashlib.sha256(normalised.encode("utf-8", "surrogatepass")).hexdigest()


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """Give each normalised word with the span it came from."""
    for match in _TOKEN.finditer(text):
        plain = _JOINT.sub("", match[0]).translate(_INVISIBLE)
        start, end = match.start(), match.start() + len(match[0].rstrip())
        for word in unicodedata.normalize("NFKC", plain).split():
            yield word, start, end


@dataclass(frozen=True)
class Normalised:
    """A whole text normalised, with the way back to the original.

    Parameters
    ----------
    text
        Normalised words with single blanks between them; bullets are kept.
    starts, ends
        Offsets of each word in ``text``.
    origins
        Span of each word in the original text.

    Examples
    --------
    >>> copy = Normalised.of("a  b\\n c")
    >>> copy.text, copy.original(2, 5)
    ('a b c', (3, 7))
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    origins: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str) -> Normalised:
        """Normalise a text."""
        words: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        origins: list[tuple[int, int]] = []
        at = 0
        for word, start, end in _words(text):
            words.append(word)
            starts.append(at)
            ends.append(at + len(word))
            origins.append((start, end))
            at += len(word) + 1
        return cls(" ".join(words), tuple(starts), tuple(ends), tuple(origins))

    @cached_property
    def openings(self) -> tuple[int, ...]:
        """Offsets at which a passage can begin: at a word, or behind the bullet stuck to one."""
        places = set(self.starts)
        for start, end in zip(self.starts, self.ends, strict=True):
            if self.text[start] in BULLETS:
                inside = start
                while inside < end and self.text[inside] in BULLETS:
                    inside += 1
                if inside < end:
                    places.add(inside)
        return tuple(sorted(places))

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the original text of a span of the normalised one."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = min(bisect_left(self.ends, end), len(self.ends) - 1)
        return self.origins[first][0], self.origins[last][1]
