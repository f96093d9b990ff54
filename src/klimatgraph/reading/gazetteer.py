"""The names that a graph knows, found in texts in one pass, whatever their number.

Names with capitals are compared word by word as they are written; the last word may carry an
ending or begin a compound. Themes, and other names that are phrases in small letters, are compared
by the stems of their words. Each step is a look-up in a dictionary, so that the time depends on the
text and not on how many names there are.

What is decided, and how
------------------------
- At each place the longest name wins, and names do not overlap. Nested are only a name in a phrase
  of small letters ("finansiering från Vinnova" is an instrument and names the agency), and a thing
  in a theme, or with the same words ("EU-bidrag", "gröna obligationer").
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
from klimatgraph.reading.wordlists import ENGLISH, SWEDISH, VAGUE

__all__ = ["KINDS", "Entry", "Gazetteer", "Mention", "Unlinked"]

KINDS: Final = ("party", "initiative", "project", "instrument", "policy", "document", "theme")
"""Kinds of thing; where a name is that of several, the first of these is meant."""

_CLASSES: Final = (
    ("Party", "party"), ("Programme", "party"), ("Project", "project"),
    ("FundingScheme", "instrument"), ("Initiative", "initiative"), ("Network", "initiative"),
    ("Arena", "initiative"), ("Conference", "initiative"), ("PolicyFramework", "policy"),
    ("ContractFramework", "policy"), ("LinkedDocument", "document"), ("Theme", "theme"),
)  # fmt: skip
# What is described in the graph of a machine reading is described nowhere else.
_UNREVIEWED: Final = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
SELECT DISTINCT ?thing WHERE {
  GRAPH ?graph { ?extraction a klim:Extraction } GRAPH ?graph { ?thing a ?class }
}
"""
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
        self._things = _Index()
        self._themes = _Index()
        for entry in sorted(set(entries), key=lambda e: (e.iri, e.name, e.language, e.kind)):
            index = self._themes if entry.kind == "theme" else self._things
            index.enter(entry)

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
            Each name of each thing, in Swedish and English. Things that only the program has
            read from a document are left out: nobody has reviewed them, and reading the
            document again must not find its own traces.
        """
        unreviewed = {
            str(thing.value)
            for (thing,) in engine.select(_UNREVIEWED).rows
            if isinstance(thing, ox.NamedNode)
        }
        entries: dict[tuple[str, str, str], Entry] = {}
        for class_, kind in _CLASSES:
            for thing, name in engine.select(_QUERY % class_).rows:
                if isinstance(thing, ox.NamedNode) and isinstance(name, ox.Literal):
                    if thing.value in unreviewed:
                        continue
                    language = (name.language or "").partition("-")[0]
                    key = (thing.value, name.value, language)
                    entries.setdefault(key, Entry(thing.value, kind, name.value, language))
        return list(entries.values())

    def find(self, text: str, *, themes: bool = True) -> list[Mention]:
        """Find everything that a text names.

        Parameters
        ----------
        text : str
            Any text.
        themes : bool
            Whether themes are looked for, too; things alone are found in less than half the time.

        Returns
        -------
        list of Mention
            In order of place, the longer first where one lies within another.
        """
        return self._scan(text, themes)[0]

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

    def _scan(self, text: str, with_themes: bool = True) -> tuple[list[Mention], list[Unlinked]]:
        hidden = addresses(text)
        said = words(text)
        if hidden:
            said = [w for w in said if not within(hidden, w.start, w.end)]
        caps = capitals(text)
        things, undecided = self._things.find(text, said, caps)
        themes = self._themes.find(text, said, caps)[0] if with_themes else []
        found = [*things, *_beside(themes, things)]
        return sorted(found, key=lambda m: (m.start, -m.end, m.kind, m.iri)), undecided


class _Index:
    """Names with capitals, and phrases in small letters in two languages."""

    def __init__(self) -> None:
        self._names = Names(KINDS)
        self._phrases: dict[str, Phrases[Name]] = {"sv": Phrases("sv"), "en": Phrases("en")}

    def enter(self, entry: Entry) -> None:
        """Enter a name of a thing."""
        said = words(entry.name)
        vague = entry.kind == "theme" and entry.name.casefold() in VAGUE
        if vague or sum(len(word.key) for word in said) < 2:
            return
        name = Name(entry, Writing.of(entry.name, said))
        if said[0].capital or said[0].mixed or said[0].text[0].isdigit():
            self._names.enter(name)
            return
        for language, phrases in self._phrases.items():
            if entry.language in ("", language) or entry.language not in self._phrases:
                phrases.enter(said, name.writing.gaps, name, compounds=entry.kind == "theme")

    def find(
        self, text: str, said: Sequence[Word], caps: Sequence[tuple[int, int]]
    ) -> tuple[list[Mention], list[Unlinked]]:
        """Find names and phrases; a phrase may hold a name of another kind, and else gives way."""
        names, undecided = self._names.find(text, said, caps)
        phrases = self._find_phrases(text, said, caps)
        return [*names, *_beside(phrases, names, nested=True)], undecided

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
            mention = _meant(text, said, hit, caps) if taken.isdisjoint(places) else None
            if mention is not None:
                taken.update(places)
                yield mention


def _meant(
    text: str, said: Sequence[Word], hit: Hit[Name], caps: Sequence[tuple[int, int]]
) -> Mention | None:
    """What a phrase means."""
    part = said[hit.first : hit.first + hit.count]
    start, end = part[0].start, part[-1].end
    in_caps = within(caps, start, end)
    names = [
        name for name in hit.items
        if hit.compound or in_caps or all(
            word.capital or word.mixed or not (own.capital or own.mixed)
            for own, word in zip(name.writing.words, part, strict=True)
        )
    ]  # fmt: skip
    exact = [name for name in names if name in hit.exact]
    form = "compound" if hit.compound else "exact" if exact else "inflected"
    chosen, several = choose([name.entry for name in exact or names], KINDS)
    if chosen is None:
        return None
    sure = min(_SURE[form], 0.9 if in_caps else 1.0, 0.7 if several else 1.0)
    how = "caps" if in_caps and form == "exact" else form
    return Mention(chosen.iri, chosen.kind, start, end, text[start:end], how, sure)


def _beside(
    inner: Iterable[Mention], things: Iterable[Mention], nested: bool = False
) -> Iterator[Mention]:
    """The mentions that may stand with those of things: what lies across one or in one, may not.

    With `nested`, what holds one of the same kind may not, either.
    """
    ahead = sorted(things, key=lambda m: m.start)
    near: list[Mention] = []
    place = 0
    for mention in sorted(inner, key=lambda m: m.start):
        while place < len(ahead) and ahead[place].start < mention.end:
            near.append(ahead[place])
            place += 1
        near = [n for n in near if n.end > mention.start]
        across = [n for n in near if n.start < mention.end]
        if all(
            mention.start <= n.start and n.end <= mention.end
            and not (nested and mention.kind == n.kind)
            and mention.form != "compound"  # Karlshamn is no "hamn"
            for n in across
        ):  # fmt: skip
            yield mention


def _languages(said: Sequence[Word]) -> tuple[str, ...]:
    """The languages that a text may be in: Swedish "mat" is no food in English."""
    keys = {word.key for word in said}
    swedish, english = not keys.isdisjoint(SWEDISH), not keys.isdisjoint(ENGLISH)
    if swedish == english:
        return ("sv", "en")
    return ("sv",) if swedish else ("en",)
