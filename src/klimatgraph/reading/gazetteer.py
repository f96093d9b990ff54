"""The names that a graph knows, found in texts in one pass, whatever their number.

Names of parties, projects, instruments, initiatives and policies are compared word by word as they
are written; the last word may carry a genitive or definite ending or begin a compound. Themes are
compared by the stems of their words, since texts bend them freely. A text is walked once for names
and once for themes in each language, each step a look-up in a dictionary.

Rules of precision
------------------
- The longest name wins; a name that goes on beyond what is known ("Malmö högskola", "Stockholm
  Environment Institute") is none of the shorter thing.
- A name that has a capital has one in the text, too; an abbreviation is written exactly so. In a
  heading of capitals alone, short abbreviations are not believed.
- A place that is also an ordinary word ("Vara", "Mark") is not believed at the beginning of a
  sentence, unless "kommun" or "stad" follows.
- A name that several things have goes to the kind that stands first in :data:`KINDS`, with less
  confidence; two of the same kind are left for a person to tell apart.

Examples
--------
>>> names = Gazetteer([Entry("urn:k", "instrument", "Klimatklivet", "sv")])
>>> [(m.words, m.form) for m in names.find("Klimatklivets pengar och Klimatklivsmedel")]
[('Klimatklivets', 'inflected'), ('Klimatklivsmedel', 'compound')]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from klimatgraph.engines.base import Engine
from klimatgraph.reading.inflection import Word, bases, stem, words
from klimatgraph.reading.unlinked import Unlinked, unlinked
from klimatgraph.terms import ID

__all__ = ["Entry", "Gazetteer", "Mention", "Unlinked"]

KINDS: Final = ("party", "initiative", "project", "instrument", "policy", "document", "theme")
"""Kinds of thing; where a name is that of several, the first of these is meant."""

_CLASSES: Final = (
    ("Party", "party"), ("Programme", "party"), ("Project", "project"),
    ("FundingScheme", "instrument"), ("Initiative", "initiative"), ("Network", "initiative"),
    ("Arena", "initiative"), ("Conference", "initiative"), ("PolicyFramework", "policy"),
    ("ContractFramework", "policy"), ("LinkedDocument", "document"), ("Theme", "theme"),
)  # fmt: skip
_QUERY: Final = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?name WHERE {
  ?class rdfs:subClassOf* klim:%s . ?thing a ?class .
  { ?thing rdfs:label ?name } UNION { ?thing skos:prefLabel ?name } UNION
  { ?thing skos:altLabel ?name }
}
"""
# Blanks that a PDF left in an address do not end it.
_ADDRESS: Final = re.compile(r"^https?://.*$|https?://\S+|www\.\S+", re.IGNORECASE)
_LONGEST: Final = 9
"""Words in a name; what is longer is a description."""
_COMPOUND: Final = 7
"""Letters that a name has to have to begin or end a compound."""
_TOWN: Final = frozenset(("kommun", "kommuns", "stad", "stads", "municipality", "city"))

# Swedish municipalities and cities of the mission that are ordinary words or names of people.
_WORDS: Final = frozenset(
    (
        "ale", "alvesta", "berg", "boden", "bor", "båstad", "eda", "essen", "gap", "grums", "habo",
        "hjo", "kil", "kumla", "lund", "mark", "mora", "nora", "nybro", "orsa", "osby", "sala",
        "salem", "tanum", "tibro", "tid", "tomar", "tranås", "vara", "vaxholm", "ånge", "åre",
        "rome", "rom", "nice", "parma", "turin", "cork", "dijon",
    )
)  # fmt: skip
# What makes a longer name of the name of a city.
_INSTITUTIONS: Final = frozenset(
    (
        "universitet", "universitets", "högskola", "högskolas", "university", "hamn", "energi",
        "airport", "flygplats", "tekniska", "science", "museum", "domkyrka", "arena", "län", "läns",
        "county", "region", "stift",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of a thing.

    Parameters
    ----------
    iri : str
        The thing.
    kind : str
        One of :data:`KINDS`.
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


@dataclass(slots=True)
class _Node:
    """A place in a name: what may follow, and the things whose name ends here."""

    next: dict[str, _Node] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)


class Gazetteer:
    """Finds the names of things in texts.

    Parameters
    ----------
    entries : iterable of Entry
        The names.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._names = _Node()
        self._themes = {"sv": _Node(), "en": _Node()}
        self._parts: dict[str, list[Entry]] = {}
        self._theme_words: dict[str, Entry] = {}
        for entry in sorted(set(entries), key=lambda e: (e.iri, e.name, e.language)):
            self._enter(entry)

    @classmethod
    def of(cls, engine: Engine) -> Gazetteer:
        """Take the names of a graph: labels and other names, in Swedish and English.

        Parameters
        ----------
        engine : Engine
            The graph.

        Returns
        -------
        Gazetteer
            Of everything that has a kind.
        """
        entries: dict[tuple[str, str, str], Entry] = {}
        for class_, kind in _CLASSES:
            for thing, name in engine.select(_QUERY % class_).rows:
                if isinstance(thing, ox.NamedNode) and isinstance(name, ox.Literal):
                    key = (thing.value, name.value, name.language or "")
                    entries.setdefault(key, Entry(thing.value, kind, name.value, key[2]))
        return cls(entries.values())

    def _enter(self, entry: Entry) -> None:
        # "gemensamt åtagande 6: upphandling" goes by what stands before the colon.
        name, colon, _ = entry.name.partition(": ")
        if colon and (" och " in name or " and " in name):
            return  # "A and B: what they do" is no name, but two
        keys = [word.key for word in words(name)]
        if not keys or len(keys) > _LONGEST or len("".join(keys)) < 3:
            return
        if entry.kind == "theme":
            for language in [entry.language] if entry.language in self._themes else self._themes:
                stems = [stem(key, language) for key in keys]
                _grow(self._themes[language], stems).entries.append(entry)
            if len(keys) == 1 and len(keys[0]) >= _COMPOUND and entry.language != "en":
                self._theme_words.setdefault(keys[0], entry)
            return
        _grow(self._names, keys).entries.append(entry)
        if len(keys) == 1 and len(keys[0]) >= _COMPOUND and not entry.iri.startswith(f"{ID}city/"):
            for part in (keys[0], *bases(keys[0])):
                if len(part) >= _COMPOUND:
                    self._parts.setdefault(part, []).append(entry)

    def find(self, text: str) -> list[Mention]:
        """Find everything that a text names.

        Parameters
        ----------
        text : str
            Any text.

        Returns
        -------
        list of Mention
            In order of place. Names do not overlap; a theme may lie within a name that is
            written in small letters ("gröna obligationer" is an instrument and a theme).
        """
        said = [w for w in words(text) if not _in_address(w, addresses(text))]
        caps = _in_capitals(text)
        found = list(self._find_names(text, said, caps))
        taken = [(m.start, m.end) for m in found if any(c.isupper() for c in m.words) or caps]
        themes = [
            m
            for m in self._find_themes(text, said)
            if not any(a < m.end and m.start < b for a, b in taken)
        ]
        return sorted([*found, *themes], key=lambda m: (m.start, -m.end, m.iri))

    def unlinked(self, text: str) -> list[Unlinked]:
        """Find what looks like the name of a thing and is not known.

        Parameters
        ----------
        text : str
            Any text.

        Returns
        -------
        list of Unlinked
            In order of place.
        """
        known = [(m.start, m.end) for m in self.find(text)] + addresses(text)
        return unlinked(text, words(text), known, _in_capitals(text))

    # -- names -------------------------------------------------------------------

    def _find_names(self, text: str, said: Sequence[Word], caps: bool) -> Iterator[Mention]:
        index = 0
        while index < len(said):
            best = self._longest(text, said, index, caps)
            if best is None:
                index += 1
                continue
            mention, count = best
            yield mention
            # "funding from Formas" is an instrument, and names the agency as well.
            described = not said[index].capital and not caps
            index += 1 if described and count > 1 else count

    def _longest(
        self, text: str, said: Sequence[Word], index: int, caps: bool
    ) -> tuple[Mention, int] | None:
        node, best = self._names, None
        for count, word in enumerate(said[index : index + _LONGEST], start=1):
            for base in bases(word.key):
                ended = node.next.get(base)
                if ended is not None and ended.entries:
                    made = self._believed(
                        text, said, index, count, ended.entries, "inflected", caps
                    )
                    best = (made, count) if made else best
            following = node.next.get(word.key)
            if following is not None and following.entries:
                made = self._believed(text, said, index, count, following.entries, "exact", caps)
                best = (made, count) if made else best
            if following is None:
                break
            node = following
        return best or self._compound(text, said, index, caps)

    def _compound(
        self, text: str, said: Sequence[Word], index: int, caps: bool
    ) -> tuple[Mention, int] | None:
        word = said[index]
        if not word.capital or len(word.key) < _COMPOUND + 2:
            return None
        for length in range(len(word.key) - 2, _COMPOUND - 1, -1):
            entries = self._parts.get(word.key[:length])
            if entries:
                made = self._believed(text, said, index, 1, entries, "compound", caps)
                return (made, 1) if made else None
        return None

    def _believed(
        self,
        text: str,
        said: Sequence[Word],
        index: int,
        count: int,
        entries: Sequence[Entry],
        form: str,
        caps: bool,
    ) -> Mention | None:
        """The thing that words mean, if the way they are written allows it."""
        first, last = said[index], said[index + count - 1]
        if any("\n\n" in text[a.end : b.start] or _parted(text[a.end : b.start])
               for a, b in zip(said[index:], said[index + 1 : index + count], strict=False)):  # fmt: skip
            return None
        fitting = [e for e in entries if _case_fits(e, said[index : index + count], form, caps)]
        chosen, several = _choose(fitting)
        if chosen is None:
            return None
        if chosen.iri.startswith(f"{ID}city/") and not _is_city(text, said, index, count):
            return None
        # A genitive that stands apart, as in "EU:s", belongs to the name.
        sure = 1.0 if form == "exact" else 0.95 if form == "inflected" else 0.85
        if caps:
            sure, form = min(sure, 0.9), "caps"
        return Mention(
            chosen.iri, chosen.kind, first.start, last.end, text[first.start : last.end], form,
            min(sure, 0.8) if several else sure,
        )  # fmt: skip

    # -- themes ------------------------------------------------------------------

    def _find_themes(self, text: str, said: Sequence[Word]) -> Iterator[Mention]:
        covered: list[tuple[int, int]] = []
        for language, root in self._themes.items():
            index = 0
            while index < len(said):
                match = _walk(root, said, index, language)
                if match is None:
                    index += 1
                    continue
                node, count = match
                first, last = said[index], said[index + count - 1]
                span = (first.start, last.end)
                inside = any(a <= span[0] and span[1] <= b for a, b in covered)
                if not inside and not _parted(text[first.end : last.start]):
                    covered.append(span)
                    exact = [
                        e
                        for e in node.entries
                        if e.name.casefold() == text[slice(*span)].casefold()
                    ]
                    for iri in sorted({e.iri for e in exact or node.entries}):
                        form = "exact" if exact else "inflected"
                        yield Mention(iri, "theme", *span, text[slice(*span)], form,
                                      1.0 if exact else 0.9)  # fmt: skip
                index += count
        for index, word in enumerate(said):
            if any(a <= word.start < b for a, b in covered):
                continue
            yield from self._theme_part(text, said, index)

    def _theme_part(self, text: str, said: Sequence[Word], index: int) -> Iterator[Mention]:
        """A theme as a part of a compound: "fjärrvärmenät"; and "cykel- och gångtrafik"."""
        word = said[index]
        key = word.key
        for length in range(len(key) - 3, _COMPOUND - 1, -1):
            entry = self._theme_words.get(key[:length]) or self._theme_words.get(key[-length:])
            if entry is not None:
                yield Mention(entry.iri, "theme", word.start, word.end, word.text, "compound", 0.8)
                return
        if text[word.end : word.end + 2] == "- " and index + 2 < len(said):
            second = said[index + 2].key
            for length in range(len(second) - 2, 3, -1):
                entry = self._theme_words.get(key + second[-length:])
                if entry is not None:
                    yield Mention(
                        entry.iri, "theme", word.start, word.end, word.text, "compound", 0.8
                    )
                    return


def addresses(text: str) -> list[tuple[int, int]]:
    """The spans of web addresses, whose words name nothing."""
    return [match.span() for match in _ADDRESS.finditer(text)]


def _in_address(word: Word, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= word.start < end for start, end in spans)


def _grow(node: _Node, keys: Iterable[str]) -> _Node:
    for key in keys:
        node = node.next.setdefault(key, _Node())
    return node


def _walk(root: _Node, said: Sequence[Word], index: int, language: str) -> tuple[_Node, int] | None:
    node, best = root, None
    for count, word in enumerate(said[index : index + _LONGEST], start=1):
        following = node.next.get(stem(word.key, language))
        if following is None:
            break
        node = following
        if node.entries and (count > 1 or any(_full(word, e) for e in node.entries)):
            best = (node, count)
    return best


def _full(word: Word, entry: Entry) -> bool:
    """Whether a single word is a form of a name, and not only of its root: "bygga", "byggande"."""
    return len(word.key) >= len(entry.name) - 2


def _parted(between: str) -> bool:
    """Whether words belong to different sentences or items."""
    return any(sign in between for sign in ".;!?▪•\n\n()|")


def _in_capitals(text: str) -> bool:
    """Whether case tells nothing: a heading all in capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) > 0.7 * len(letters)


def _case_fits(entry: Entry, said: Sequence[Word], form: str, caps: bool) -> bool:
    name = entry.name.partition(": ")[0]
    first = words(name)[0]
    letters = [c for c in name if c.isalpha()]
    if letters and all(c.isupper() for c in letters) and len(letters) <= 6:  # an abbreviation
        if caps:
            return len(letters) > 4
        written = "".join(word.text for word in said)
        return written.startswith("".join(w.text for w in words(name))) or (
            form == "exact" and written == "".join(w.text for w in words(name))
        )
    return caps or said[0].capital or not first.capital


def _choose(entries: Sequence[Entry]) -> tuple[Entry | None, bool]:
    """The thing that is meant, and whether there was a choice."""
    if not entries:
        return None, False
    things = {e.iri: e for e in entries}
    if len(things) == 1:
        return entries[0], False
    for kind in KINDS:
        same = sorted((e for e in things.values() if e.kind == kind), key=lambda e: e.iri)
        if len(same) == 1:
            return same[0], True
        if same:
            swedish = [e for e in same if "/se/" in e.iri]
            return (swedish[0], True) if len(swedish) == 1 else (None, True)
    return None, True


def _is_city(text: str, said: Sequence[Word], index: int, count: int) -> bool:
    first, last = said[index], said[index + count - 1]
    after = said[index + count] if index + count < len(said) else None
    glued = after is not None and text[last.end : after.start] in (" ", "\u00a0")
    if after is not None and glued:
        if after.key in _TOWN:
            return True
        if after.key in _INSTITUTIONS or (after.capital and not after.text.isupper()):
            return False
    if count == 1 and first.key in _WORDS | {f"{word}s" for word in _WORDS}:
        before = text[: first.start].rstrip()
        if not before or before[-1] in ".!?:▪•\n|":
            return False
    return True
