"""What words mean in the names of actions: groups of words that cities use for the same.

A label of a measure and the name of an action often say the same in other words: "renovation of
public buildings", "refurbishment of schools". A word of a label means its group, or else its stem;
a word of a text means its stem and every group that it may belong to.

Examples
--------
>>> meaning("renovation of public buildings")
('=retrofit', '=public', '=building')
>>> [sorted(token.keys) for token in tokens("Refurbished schools")]
[['=retrofit', 'refurbished'], ['=public', 'school']]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from klimatgraph.reading.inflection import Remembered, stem, words

__all__ = ["Token", "meaning", "tokens"]

# Words of labels and, after the bar, further words of texts that mean the same: how they begin, or
# with a stop all of them. With a plus a group is too general to find a label by it alone.
_GROUPS: Final = """
+expand: expan exten | develop improv strengthen enhanc increas upgrad construct promot creat new.
+reduce: reduc less. | decreas minimi prevent lower cut
+replace: replac phase. | convers convert substitut abolish eliminat
+network: network infrastructure path | lane route facilit grid track
+clean: clean decarboni | renewable green. greening
+climate: climate |
retrofit: renovat refurbish retrofit | rehabilit moderni upgrad insulat requalif revitali isolat
public: public municipal | school universit council administrative city-owned town.
building: building | facilit premises propert hall
residential: residential | hous home dwelling apartment condominium
home: hous home | dwelling apartment
commercial: commercial tertiary office | business retail
electric: electric. electri[cf]if | e. electro.
vehicle: vehicle car. cars. fleet |
solar: solar pv. photovoltaic | rooftop.
cycle: cycle. cycling bicycl bike | biking
walk: pedestrian walk |
freight: freight goods. logistic | cargo
efficient: efficien |
heat: heat | thermal
transport: transport | transit
sort: sort separat | selectiv
"""
_ONE_THING: Final = tuple((re.compile(pattern, re.IGNORECASE), instead) for pattern, instead in (
    (r"(?:zero|no|low|ultra-low)[- ]emissions?|emissions?[- ]free|net[- ]zero"
     r"|(?:fossil(?:[- ]fuels?)?|carbon|co2)[- ]free|(?:low|zero)[- ](?:co2|carbon)"
     r"|(?:climate|carbon|co2|co_\{2\}|emission)[- ]neutral(?:ity)?", "clean"),
    (r"non[- ](?:residential|domestic)", "commercial"),
    (r"(?:public|mass) transport(?:ation)?|public transit", "commontravel"),
    (r"re-use", "reuse"),
))  # fmt: skip
_SHORT: Final = {
    "dh": ("district", "heating"), "ev": ("electric", "vehicle"), "evs": ("electric", "vehicle"),
    "hgv": ("heavy", "vehicle"), "hgvs": ("heavy", "vehicle"), "res": ("renewable", "energy"),
}  # fmt: skip
_SMALL: Final = frozenset((
    "a", "an", "and", "at", "by", "for", "from", "in", "into", "its", "of", "on", "or", "other",
    "s", "the", "their", "to", "with", "within",
))  # fmt: skip


class Token(NamedTuple):
    """A word that matters, with its place, and what it may mean: its stem, and groups of words."""

    start: int
    end: int
    keys: frozenset[str]


def meaning(label: str) -> tuple[str, ...]:
    """Give what the words of a label mean.

    Parameters
    ----------
    label : str
        A label in English.

    Returns
    -------
    tuple of str
        Of each word that matters its group, ``=`` or, where it is a general one, ``+`` before it;
        of others the stem. Each stands once.

    Examples
    --------
    >>> meaning("extension of zero-emission bus lanes")
    ('+expand', '+clean', 'bus', 'lane')
    """
    return tuple(dict.fromkeys(_IN_LABELS[key] for _, _, key in _said(label)))


def tokens(text: str) -> list[Token]:
    """Give the words of a text that matter.

    Parameters
    ----------
    text : str
        A name, or a sentence.

    Returns
    -------
    list of Token
        In order; words that mean one thing are one, and abbreviations are each of their words.

    Examples
    --------
    >>> text = "Zero-emission EVs"
    >>> [text[token.start : token.end] for token in tokens(text)]
    ['Zero-emission', 'EVs', 'EVs']
    """
    return [Token(start, end, _IN_TEXTS[key]) for start, end, key in _said(text)]


def _begins(said: str) -> re.Pattern[str]:
    each = (word[:-1] + r"\Z" if word[-1] == "." else word for word in said.split())
    return re.compile("|".join(each) or r"\Z.")


_MEANINGS: Final = tuple(
    (group if group[0] == "+" else "=" + group, _begins(own), _begins(further))
    for group, own, further in re.findall(r"(\S+): ([^|\n]*)\|?(.*)", _GROUPS)
)


def _in_label(key: str) -> str:
    return next((group for group, own, _ in _MEANINGS if own.match(key)), stem(key, "en"))


def _in_text(key: str) -> frozenset[str]:
    groups = (group for group, *which in _MEANINGS if any(one.match(key) for one in which))
    return frozenset((stem(key, "en"), *groups))


_IN_LABELS: Final = Remembered(_in_label)
_IN_TEXTS: Final = Remembered(_in_text)


def _said(text: str) -> Iterator[tuple[int, int, str]]:
    """Give the words that matter, one for several that mean one thing: "zero emission"."""
    spans: dict[int, int] = {}
    for pattern, instead in _ONE_THING:
        for found in pattern.finditer(text):
            if found.end() - found.start() >= len(instead):
                spans[found.start()] = found.end()
                text = text[: found.start()] + instead.ljust(len(found[0])) + text[found.end() :]
    for word in words(text):
        for key in _SHORT.get(word.key, (word.key,)):
            if key not in _SMALL:
                yield word.start, max(word.end, spans.get(word.start, 0)), key
