"""Join lines to running text: hyphenation at a line's end is undone, other hyphens stay.

Examples
--------
>>> join_lines(["den stora omställ-", "ningen med EU-", "bidrag till klimat-", "och energi"])
'den stora omställningen med EU-bidrag till klimat- och energi'
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

_HYPHENS = ("-", "\u2010", "\u00ad")
_LAST_WORD = re.compile(r"[^\W_]+$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"\b([^\W\d_]+)-(?=([^\W\d_]+))")

# A hyphen before one of these stands for the rest of a compound: "klimat- och energi".
_CONJUNCTIONS: Final = frozenset((
    "och", "eller", "samt", "respektive", "till", "som", "men", "and", "or", "to", "und", "oder",
    "og", "ja", "et", "ou", "e", "o", "i",
))  # fmt: skip

# First parts that keep their hyphen.
_PREFIXES: Final = frozenset((
    "icke", "ex", "non", "co", "long", "short", "cross", "low", "high", "self", "well", "net",
    "near", "zero", "full", "multi", "pre", "post", "semi", "large", "small", "medium",
))  # fmt: skip


def compounds(texts: Iterable[str]) -> frozenset[str]:
    """Collect the words that a document writes with a hyphen in the midst of a line.

    Parameters
    ----------
    texts
        The lines of the document.

    Returns
    -------
    frozenset of str
        Both parts with the hyphen, in lower case.

    Examples
    --------
    >>> sorted(compounds(["ett nolltolerans-mål", "att om-"]))
    ['nolltolerans-mål']
    """
    return frozenset(
        f"{match[1]}-{match[2]}".lower()
        for text in texts
        if "-" in text
        for token in text.split()
        if "-" in token[1:-1] and "--" not in token
        for match in _COMPOUND.finditer(token)
    )


def join_lines(lines: Iterable[str], known: Collection[str] = ()) -> str:
    """Join lines with single blanks, or with none where a word was parted.

    Parameters
    ----------
    lines
        The lines in order.
    known
        Words that the document writes with a hyphen, as :func:`compounds` gives them.

    Returns
    -------
    str
        One line, white space folded.

    Examples
    --------
    >>> join_lines(["en long-", "term plan för om\\u00ad", "rådet", "2025-", "2030"])
    'en long-term plan för området 2025-2030'
    """
    pieces: list[str] = []
    last = ""
    for line in lines:
        words = " ".join(line.split())
        if not words:
            continue
        if last[-1:] in _HYPHENS and last[-2:-1].isalnum():
            kept, blank = _at_hyphen(last.rpartition(" ")[2], words, known)
            if not kept:
                pieces[-1] = last[:-1]
            if blank:
                pieces.append(" ")
        elif last:
            pieces.append(" ")
        pieces.append(words)
        last = words
    return "".join(pieces)


def _at_hyphen(token: str, after: str, known: Collection[str]) -> tuple[bool, bool]:
    """Whether the hyphen at the end of a word stays, and whether a blank follows."""
    stem = token[:-1]
    if token[-1] == "\u00ad":
        return False, False
    first = _FIRST_WORD.match(after)
    left = _LAST_WORD.search(stem)
    if left is None or (first is None and not after[0].isdigit()):
        return True, True
    if first is None:
        return True, False
    before, right = left[0], first[0]
    if right.lower() in _CONJUNCTIONS:
        return True, True
    kept = (
        not right[0].islower()  # "Nord-Syd", and names: a new word begins
        or not before[-1].islower()  # "EU-bidrag", "2030-mål"
        or len(before) == 1  # "e-handel"
        or "/" in token  # an address
        or stem[: -len(before)].endswith("-")  # the second hyphen of a compound
        or before.lower() in _PREFIXES
        or f"{before}-{right}".lower() in known
    )
    return kept, False
