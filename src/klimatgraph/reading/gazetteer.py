"""The names that a graph knows, found in texts in one pass, whatever their number.

Names with capitals are compared word by word as they are written; the last word may carry an
ending or begin a compound. Themes, and other names that are phrases in small letters, are compared
by the stems of their words. Each step is a look-up in a dictionary, so that the time depends on the
text and not on how many names there are.

What is decided, and how
------------------------
- At each place the longest name wins, and names do not overlap. Nested are only a name in a phrase
  of small letters ("finansiering från Vinnova" is an instrument and names the agency), and a theme
  with the same words as a thing ("gröna obligationer" is an instrument and a theme).
- A name that has a capital has one in the text, an abbreviation all of them; in headings of
  capitals alone, short abbreviations that could be words are not believed (LIFE, COP, RISE).
- A city is not part of a longer name that is unknown ("Malmö högskola", "Stockholm Environment
  Institute", "Region Kalmar"), and one that is an ordinary word ("Vara", "Mark") does not open a
  sentence, unless "kommun" or "stad" follows or it heads a list of names.
- A name of several things is that of the kind that stands first in :data:`KINDS`, with less
  confidence. Where two of that kind have it nothing decides: it is listed as unlinked. Themes do
  not compete with named things.
- Confidence is 1 for a label as it is, 0.95 with an ending, 0.9 in capitals or by its stems, 0.85
  or less in a compound, multiplied by what letter case and neighbours take off.

Examples
--------
>>> names = Gazetteer([Entry("urn:k", "instrument", "Klimatklivet", "sv")])
>>> [(m.words, m.form) for m in names.find("Klimatklivets pengar och Klimatklivsmedel")]
[('Klimatklivets', 'inflected'), ('Klimatklivsmedel', 'compound')]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from klimatgraph.engines.base import Engine
from klimatgraph.reading.inflection import Word, words
from klimatgraph.reading.named import Entry, Mention, Name, Names, addresses, choose, within
from klimatgraph.reading.naming import Writing, capitals
from klimatgraph.reading.theming import Hit, Phrases
from klimatgraph.reading.unlinked import Unlinked, unlinked
from klimatgraph.reading.wordlists import ENGLISH, SWEDISH

__all__ = ["KINDS", "Entry", "Gazetteer", "Mention", "Unlinked"]

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
  ?thing rdfs:label|skos:prefLabel|skos:altLabel ?name
}
"""
_SURE: Final = {"exact": 1.0, "inflected": 0.9, "compound": 0.8}


class Gazetteer:
    """Finds the names of things in texts.

    Parameters
    ----------
    entries : iterable of Entry
        The names.

    Examples
    --------
    >>> names = Gazetteer([Entry("urn:lund", "party", "Lund"), Entry("urn:eu", "party", "EU")])
    >>> [(m.iri, m.words) for m in names.find("Lunds mål följer EU:s.")]
    [('urn:lund', 'Lunds'), ('urn:eu', 'EU:s')]
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._names = Names(KINDS)
        self._phrases: dict[str, Phrases[Name]] = {"sv": Phrases("sv"), "en": Phrases("en")}
        for entry in sorted(set(entries), key=lambda e: (e.iri, e.name, e.language, e.kind)):
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

        Examples
        --------
        >>> import klimatgraph as kg
        >>> names = Gazetteer.of(kg.load().engine)
        >>> [m.iri.rpartition("/id/")[2] for m in names.find("Vinnovas stöd till Umeå kommun")]
        ['agency/se/vinnova', 'city/se/umea']
        """
        return cls(cls.entries(engine))

    @staticmethod
    def entries(engine: Engine) -> list[Entry]:
        """Give the names that a graph holds.

        Parameters
        ----------
        engine : Engine
            The graph.

        Returns
        -------
        list of Entry
            Each name of each thing, in Swedish and English.
        """
        entries: dict[tuple[str, str, str], Entry] = {}
        for class_, kind in _CLASSES:
            for thing, name in engine.select(_QUERY % class_).rows:
                if isinstance(thing, ox.NamedNode) and isinstance(name, ox.Literal):
                    language = (name.language or "").partition("-")[0]
                    key = (thing.value, name.value, language)
                    entries.setdefault(key, Entry(thing.value, kind, name.value, language))
        return list(entries.values())

    def _enter(self, entry: Entry) -> None:
        said = words(entry.name)
        if sum(len(word.key) for word in said) < 2:
            return
        writing = Writing.of(entry.name, said)
        if said[0].capital or said[0].mixed or said[0].text[0].isdigit():
            self._names.enter(Name(entry, writing))
            return
        for language, phrases in self._phrases.items():
            if entry.language in ("", language) or entry.language not in self._phrases:
                phrases.enter(
                    said, writing.gaps, Name(entry, writing), compounds=entry.kind == "theme"
                )

    def find(self, text: str) -> list[Mention]:
        """Find everything that a text names.

        Parameters
        ----------
        text : str
            Any text.

        Returns
        -------
        list of Mention
            In order of place, the longer first where one lies within another.
        """
        return self._scan(text)[0]

    def unlinked(self, text: str) -> list[Unlinked]:
        """Find what looks like the name of a thing and is not known, or is that of several.

        Parameters
        ----------
        text : str
            Any text.

        Returns
        -------
        list of Unlinked
            In order of place; the same words as often as they stand there.

        Examples
        --------
        >>> text = "Vi gick med i Fossilfritt Sverige förra året."
        >>> [hit.words for hit in Gazetteer([]).unlinked(text)]
        ['Fossilfritt Sverige']
        """
        mentions, undecided = self._scan(text)
        names = [(m.start, m.end) for m in mentions if m.kind != "theme"]
        themes = [(m.start, m.end) for m in mentions if m.kind == "theme"]
        known = [*names, *addresses(text), *((u.start, u.end) for u in undecided)]
        found = unlinked(text, words(text), known, themes)
        return sorted([*found, *undecided], key=lambda hit: (hit.start, hit.end))

    def _scan(self, text: str) -> tuple[list[Mention], list[Unlinked]]:
        hidden = addresses(text)
        said = words(text)
        if hidden:
            said = [w for w in said if not within(hidden, w.start, w.end)]
        caps = capitals(text)
        names, undecided = self._names.find(text, said, caps)
        phrases = list(self._find_phrases(text, said, caps))
        found = [*names, *_beside(phrases, names)]
        return sorted(found, key=lambda m: (m.start, -m.end, m.kind, m.iri)), undecided

    def _find_phrases(
        self, text: str, said: Sequence[Word], caps: Sequence[tuple[int, int]]
    ) -> Iterator[Mention]:
        hits = [
            hit for language in _languages(said) for hit in self._phrases[language].find(text, said)
        ]
        hits.sort(key=lambda hit: (hit.compound, -hit.count, not hit.exact, hit.first))
        taken: set[int] = set()
        for hit in hits:
            places = range(hit.first, hit.first + hit.count)
            if not taken.isdisjoint(places):
                continue
            mentions = list(_mentions(text, said, hit, caps))
            if mentions:
                taken.update(places)
                yield from mentions


def _mentions(
    text: str, said: Sequence[Word], hit: Hit[Name], caps: Sequence[tuple[int, int]]
) -> Iterator[Mention]:
    """What a phrase means: the best of the named things, and a theme."""
    part = said[hit.first : hit.first + hit.count]
    start, end = part[0].start, part[-1].end
    in_caps = within(caps, start, end)
    fitting = [
        name for name in hit.items
        if hit.compound or in_caps or all(
            word.capital or word.mixed or not (own.capital or own.mixed)
            for own, word in zip(name.writing.words, part, strict=True)
        )
    ]  # fmt: skip
    for theme in (False, True):
        names = [name for name in fitting if (name.entry.kind == "theme") is theme]
        exact = [name for name in names if name in hit.exact]
        form = "compound" if hit.compound else "exact" if exact else "inflected"
        entries = [name.entry for name in exact or names]
        chosen, several = choose(entries, KINDS)
        if theme and chosen is None and entries:
            # Several themes that fit alike: the shortest name, so that it is always the same.
            chosen = min(entries, key=lambda e: (len(e.name), e.iri))
        if chosen is not None:
            sure = min(_SURE[form], 0.9 if in_caps else 1.0, 0.7 if several else 1.0)
            how = "caps" if in_caps and form == "exact" else form
            yield Mention(chosen.iri, chosen.kind, start, end, text[start:end], how, sure)


def _beside(phrases: Iterable[Mention], names: Sequence[Mention]) -> Iterator[Mention]:
    """The phrases that may stand with these names.

    A name is no theme; but a longer phrase of another kind may hold it.
    """
    near: list[Mention] = []
    place = 0
    for phrase in sorted(phrases, key=lambda p: p.start):
        while place < len(names) and names[place].start < phrase.end:
            near.append(names[place])
            place += 1
        near = [n for n in near if n.end > phrase.start]
        across = [n for n in near if n.start < phrase.end]
        if all(
            phrase.start <= n.start and n.end <= phrase.end and phrase.kind != n.kind
            and phrase.kind != "theme"
            for n in across
        ):  # fmt: skip
            yield phrase


def _languages(said: Sequence[Word]) -> tuple[str, ...]:
    """The languages that a text may be in: Swedish "mat" is no food in English."""
    keys = {word.key for word in said}
    swedish, english = not keys.isdisjoint(SWEDISH), not keys.isdisjoint(ENGLISH)
    if swedish == english:
        return ("sv", "en")
    return ("sv",) if swedish else ("en",)
