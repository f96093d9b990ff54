"""Names with capitals: a tree of their words, walked along a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from sys import maxsize
from typing import Final

from klimatgraph.reading.inflection import (
    LONGEST_WORD,
    Remembered,
    Word,
    bases,
    fold,
    gap,
    goes_on,
    hits,
    words,
)
from klimatgraph.reading.naming import Writing, case, is_city, opens, stands_alone
from klimatgraph.reading.unlinked import Unlinked
from klimatgraph.terms import ID

_CITY: Final = f"{ID}city/"
# Blanks that a PDF left in an address do not end it where it has the line to itself.
_ENDS = r"\.(?:se|eu|com|org|net|nu|info)\b(?:/\S*)?"
_ADDRESS: Final = re.compile(
    r"(?im:^[ \t]*https?://.*$)|(?i:https?://\S+)|(?i:\bwww\.\S+)"
    r"|(?<![\w.+-])[\w.+-]+@[\w.-]+|(?<![\w.-])[\w.-]+" + _ENDS
)
_HINTS: Final = ("@", "://", "www.", "WWW.", ".se", ".eu", ".com", ".org", ".net", ".nu", ".info")
_COMPOUND: Final = 5
"""Letters that a name has to have to begin a compound."""
_CAMEL: Final = re.compile(r"(?:[A-ZÅÄÖ][a-zåäö]{2,}){2,4}")
# An ending set apart, as Swedish does it for abbreviations and English for everything.
_APART: Final = re.compile(r"(?:[:'’](?:s|n|t|en|et|ns|ens|ets|er|ers|erna|ar|arna)\b)")
_HYPHENED: Final = re.compile(r"[-\u2010\u2011](?=[^\W\d_])(?:[^\W_]|[\u0300-\u036f\u00ad])+")
# Kinds whose names are also common nouns, and bend as such.
_NOUNS: Final = frozenset(("initiative", "instrument", "policy", "theme"))
_WRITTEN_SMALL: Final = 10
"""Letters from which on such a name is known in small letters, too: "stadsmiljöavtal"."""
# What stands before a colon and is none of a name.
_SERIAL: Final = frozenset(("call", "utlysning"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of a thing.

    Parameters
    ----------
    iri : str
        The thing.
    kind : str
        One of :data:`klimatgraph.reading.gazetteer.KINDS`.
    name : str
        One of its names.
    language : str
        ``"sv"``, ``"en"`` or empty.
    """

    iri: str
    kind: str
    name: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing that a text names.

    Parameters
    ----------
    iri, kind : str
        The thing.
    start, end : int
        Span in the text.
    words : str
        The words as they stand there.
    form : str
        ``"exact"``, ``"inflected"``, ``"compound"`` or ``"caps"``.
    confidence : float
        From 0 to 1.
    """

    iri: str
    kind: str
    start: int
    end: int
    words: str
    form: str
    confidence: float


@dataclass(frozen=True)
class Name:
    """An entry, how it is written, and how sure that writing is."""

    entry: Entry
    writing: Writing
    sure: float = 1.0


@dataclass(slots=True)
class _Node:
    """A place in a name: what may follow, and the names that end here."""

    next: dict[str, _Node] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Found:
    """Names that some words may be."""

    count: int
    end: int
    form: str
    names: tuple[tuple[float, Name], ...]


class Names:
    """Names with capitals.

    Parameters
    ----------
    kinds : sequence of str
        Kinds of thing; where a name is that of several, the first of these is meant.
    """

    def __init__(self, kinds: Sequence[str]) -> None:
        self._kinds = kinds
        self._root = _Node()
        self._parts: dict[str, list[Name]] = {}
        self._last: set[str] = set()
        self._towns: set[str] = set()
        self._descriptions: set[str] = set()
        self._written: dict[str, set[tuple[str, ...]]] = {}
        self._forget()

    def _forget(self) -> None:
        """Drop what was worked out from the names so far."""
        self._first: frozenset[str] | None = None
        self._begins = Remembered(self._may_begin)
        self._bases = Remembered(self._known_bases)
        self._compounds = Remembered(self._compound_of)

    def _may_begin(self, word: str) -> bool:
        """Whether a name may begin with a word as it is written; most can begin none."""
        key, first = fold(word), self._root.next
        if not word.islower():
            known = key in first or any(base in first for base, _ in self._bases[key])
            return known or bool(self._compounds[key])
        # In small letters there are only common nouns, "klimatklivet", and the beginning of what
        # ends in a name, "county administrative board of Skåne".
        if key in self._descriptions:
            return True
        if len(key) < _WRITTEN_SMALL:
            return False
        nodes = [first[k] for k in (key, *(b for b, _ in self._bases[key])) if k in first]
        return any(node.names for node in nodes) or bool(self._compounds[key])

    def _known_bases(self, key: str) -> tuple[tuple[str, bool], ...]:
        """The bases of a word that end a name; an abbreviation may carry a number: "COP26"."""
        plain = key.rstrip("0123456789")
        numbered = ((plain, False),) if plain != key else ()
        return tuple((base, own) for base, own in (*bases(key), *numbered) if base in self._last)

    def _compound_of(self, key: str) -> list[Name]:
        for length in range(min(len(key), LONGEST_WORD) - 3, _COMPOUND - 1, -1):
            names = self._parts.get(key[:length])
            if names and goes_on(key[length:]):
                return names
        return []

    def enter(self, name: Name) -> None:
        """Enter a name with the other ways in which it is written."""
        self._forget()
        for written in (name, *_variants(name)):
            node = self._root
            for word in written.writing.words:
                node = node.next.setdefault(word.key, _Node())
            node.names.append(written)
            own = written.writing.words
            self._last.add(own[-1].key)
            if len(own) > 2 and own[-1].capital:
                self._descriptions.add(own[0].key)
            keys = tuple(word.key for word in own)
            self._written.setdefault(name.entry.iri, set()).add(keys)
        said = name.writing.words
        if len(said) == 1 and name.entry.iri.startswith(_CITY):
            self._towns.add(said[0].key)
        if len(said) == 1 and not name.entry.iri.startswith(_CITY) and not said[0].upper:
            for part in {said[0].key, *(b for b, own in bases(said[0].key) if not own)}:
                if len(part) >= _COMPOUND:
                    self._parts.setdefault(part, []).append(name)

    @property
    def _known(self) -> frozenset[str]:
        if self._first is None:
            self._first = frozenset(self._root.next)
        return self._first

    def find(
        self, text: str, said: Sequence[Word], caps: Sequence[tuple[int, int]]
    ) -> tuple[list[Mention], list[Unlinked]]:
        """Find names, the longest at each place, and those that several things have."""
        mentions: list[Mention] = []
        undecided: list[Unlinked] = []
        free = 0
        for index in hits(self._begins, said, written=True):
            found = self._longest(text, said, index, caps) if index >= free else None
            if found is None:
                continue
            start, end = said[index].start, found.end
            best = max(sure for sure, _ in found.names)
            entries = [n.entry for sure, n in found.names if sure == best]
            chosen, several = choose(entries, self._kinds)
            if chosen is not None and self._of_another(text, said, index, chosen.iri):
                continue
            if chosen is None:
                undecided.append(Unlinked(start, end, text[start:end]))
            else:
                sure = round(min(best, 0.8 if several else 1.0), 2)
                said_so = text[start:end]
                mentions.append(
                    Mention(chosen.iri, chosen.kind, start, end, said_so, found.form, sure)
                )
            free = index + found.count
        return mentions, undecided

    def _of_another(self, text: str, said: Sequence[Word], index: int, iri: str) -> bool:
        """Whether an abbreviation in brackets is that of other words: "Hydrogen Backbone (HB)"."""
        short = said[index]
        before = said[max(0, index - len(short.key)) : index]
        if not short.upper or text[short.start - 1 : short.start] != "(" or not before:
            return False
        if "".join(word.key[0] for word in before) != short.key or not before[0].capital:
            return False
        return tuple(word.key for word in before) not in self._written[iri]

    def _longest(
        self, text: str, said: Sequence[Word], index: int, caps: Sequence[tuple[int, int]]
    ) -> _Found | None:
        node: _Node | None = self._root
        best: _Found | None = None
        count = 0
        while node is not None and index + count < len(said):
            if (
                count
                and gap(text[said[index + count - 1].end : said[index + count].start]) == "\n\n"
            ):
                break
            key = said[index + count].key
            count += 1
            ends = [(name, 1.0, "exact") for n in [node.next.get(key)] if n for name in n.names]
            if not ends:
                ends = [
                    (name, 0.95, "inflected")
                    for base, genitive in self._bases[key]
                    if (n := node.next.get(base)) is not None
                    for name in n.names
                    if genitive or _bends(name, base)
                ]
            if ends:
                best = self._believed(text, said, index, count, ends, caps) or best
            node = node.next.get(key)
        return best or self._compound(text, said, index, caps)

    def _compound(
        self, text: str, said: Sequence[Word], index: int, caps: Sequence[tuple[int, int]]
    ) -> _Found | None:
        ends = [(name, 0.85, "compound") for name in self._compounds[said[index].key]]
        return self._believed(text, said, index, 1, ends, caps) if ends else None

    def _believed(
        self,
        text: str,
        said: Sequence[Word],
        index: int,
        count: int,
        ends: Iterable[tuple[Name, float, str]],
        caps: Sequence[tuple[int, int]],
    ) -> _Found | None:
        """The names that words are, if the way they are written allows it."""
        part = said[index : index + count]
        gaps = [gap(text[a.end : b.start]) for a, b in pairwise(part)]
        start, end = part[0].start, part[-1].end
        in_caps = within(caps, start, end)
        at_start = opens(text, start)
        form = ""
        names: list[tuple[float, Name]] = []
        city: float | None = None
        for name, sure, how in ends:
            writing = name.writing
            if not _gaps_fit(writing.gaps, gaps):
                continue
            proper = name.entry.kind == "party"
            fits = _small(name, part) or case(writing, part, at_start, in_caps, proper)
            sure *= name.sure * fits
            if count == 1 and not stands_alone(text, said, index):
                continue
            if name.sure < 1 and how != "exact":
                continue  # "solar parks" are not of SolarPark
            if sure and name.entry.iri.startswith(_CITY):
                if city is None:
                    city = is_city(text, said, index, count, self._known, self._towns)
                sure *= city
            if sure:
                form = how
                names.append((round(sure, 2), name))
        if not names:
            return None
        capital = in_caps or (part[0].upper and not names[0][1].writing.words[0].upper)
        form, end, times = _extended(text, end, form)
        if form == "compound" and city is not None and text[end - 8 : end].endswith("regionen"):
            return None  # a region is more than its city
        names = [(round(sure * times, 2), name) for sure, name in names]
        return _Found(count, end, "caps" if capital and form == "exact" else form, tuple(names))


def addresses(text: str) -> list[tuple[int, int]]:
    """Find the addresses of pages and people in a text; their words name nothing."""
    if not any(hint in text for hint in _HINTS):
        return []
    return [match.span() for match in _ADDRESS.finditer(text)]


def within(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether a span lies in one of others, which are in order and apart."""
    place = bisect_right(spans, (start, maxsize)) - 1
    return place >= 0 and end <= spans[place][1]


def choose(entries: Sequence[Entry], kinds: Sequence[str]) -> tuple[Entry | None, bool]:
    """Choose the thing that is meant.

    Parameters
    ----------
    entries : sequence of Entry
        What the words may be.
    kinds : sequence of str
        The kinds in order.

    Returns
    -------
    Entry or None, bool
        The thing, nothing when two of the first kind have the name; whether there was a choice.
    """
    for kind in kinds:
        things = {e.iri: e for e in entries if e.kind == kind}
        if len(things) > 1 and kind == "theme":
            # Themes are no names that a person could tell apart: always the same is taken.
            return min(things.values(), key=lambda e: (len(e.name), e.iri)), True
        if len(things) > 1:
            return None, True
        if things:
            return next(iter(things.values())), len({e.iri for e in entries}) > 1
    return None, False


def _variants(name: Name) -> Iterator[Name]:
    """Other ways in which a name is written: "Net Zero Cities", or what stands before a colon."""
    label = name.entry.name
    if _CAMEL.fullmatch(label):
        humps = re.findall("[A-ZÅÄÖ][a-zåäö]+", label)
        for joins in product(("", " "), repeat=len(humps) - 1):
            if " " in joins:
                apart = humps[0] + "".join(j + h for j, h in zip(joins, humps[1:], strict=True))
                yield Name(name.entry, Writing.of(apart, words(apart)), 0.9)
    if label.startswith("Länsstyrelsen "):
        county = label.removeprefix("Länsstyrelsen ").removeprefix("i ").removesuffix(" län")
        for way in (f"Länsstyrelsen i {county}", f"Länsstyrelsen i {county} län"):
            yield Name(name.entry, Writing.of(way, words(way)))
    if label.startswith("County Administrative Board of "):
        way = label.replace(" of ", " in ", 1)
        yield Name(name.entry, Writing.of(way, words(way)))
    short, colon, _ = label.partition(": ")
    said = words(short)
    # "A and B: what they do" is no name, but two; "Call 3: what it is for" is the third of many.
    listed = any(word.key in ("och", "and") for word in said)
    if colon and 1 < len(said) < 6 and not listed and said[0].key not in _SERIAL:
        yield Name(name.entry, Writing.of(short, said), 0.9)


def _bends(name: Name, base: str) -> bool:
    """Whether a name has other endings than a genitive, as common nouns have."""
    return name.entry.kind in _NOUNS and (len(base) > 3 or name.writing.abbreviation)


def _gaps_fit(own: Sequence[str], said: Sequence[str]) -> bool:
    return all(a == b or (a == " - " and b in (" ", ":")) for a, b in zip(own, said, strict=True))


def _small(name: Name, part: Sequence[Word]) -> float:
    """How sure a name in small letters is, which is a long common noun: "klimatklivet"."""
    one = len(part) == 1 and part[0].text.islower() and name.writing.letters >= _WRITTEN_SMALL
    return 0.8 if one and name.entry.kind in _NOUNS and not name.writing.words[0].mixed else 0.0


def _extended(text: str, end: int, form: str) -> tuple[str, int, float]:
    """Take in an ending that stands apart, or the rest of a compound with a hyphen."""
    apart = _APART.match(text, end)
    if apart:
        return ("inflected" if form == "exact" else form), apart.end(), 0.95
    hyphened = _HYPHENED.match(text, end)
    if hyphened and hyphened[0][1:2].islower():
        return "compound", hyphened.end(), 0.85
    return form, end, 1.0
