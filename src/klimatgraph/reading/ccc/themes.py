"""Which measures of the vocabulary an action belongs to, by its name, description and field.

A label of a measure is found as a phrase, as in any text (:mod:`klimatgraph.reading.gazetteer`), or
loosely: all its words stand close together, in another order or as words that mean the same in
names of actions ("refurbishment of schools" for "renovation of public buildings"). The best find in
the name, in the first sentence of the description and behind it earn points, as :data:`POINTS` has
them. What lies within the words of another measure counts for nothing: "solar panels on municipal
buildings" is not also about solar power at large.

Examples
--------
>>> measures = [Measure("cycle-network", (("cycle paths", "en"),), frozenset(("mobility",)))]
>>> (found,) = ActionThemes(measures).assign("Extension of cycling routes", field="mobility")
>>> found.theme, str(found.score), [str(reason) for reason in found.reasons]
('cycle-network', '4.0', ['name, loosely: "cycling routes" +3', 'specific: 2 words +0.5',
  'field: mobility +0.5'])
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

import pyoxigraph as ox

from klimatgraph.engines.base import Engine
from klimatgraph.errors import InputError
from klimatgraph.reading.ccc.meanings import Token, meaning, tokens
from klimatgraph.reading.context import tail
from klimatgraph.reading.gazetteer import Entry, Gazetteer
from klimatgraph.reading.inflection import words
from klimatgraph.reading.sentences import sentences

__all__ = ["POINTS", "ActionThemes", "Assigned", "Measure", "Reason"]

POINTS: Final[Mapping[str, Decimal]] = {
    "name": Decimal(4),
    "name, loosely": Decimal(3),
    "first sentence": Decimal("1.5"),
    "first sentence, loosely": Decimal(1),
    "description": Decimal("0.5"),
    "description, loosely": Decimal("0.25"),
    "specific": Decimal("0.5"),  # for each further word of the label, at most three
    "further labels": Decimal("0.5"),  # for each other label of the measure, at most three
    "field": Decimal("0.5"),
    "other field": Decimal("-0.5"),
    "generic": Decimal(-1),  # all that was found is single words, and not in the name
    "denied": Decimal(-3),  # "no", "instead of" stands before all that was found
}
"""What each part of a score is worth."""

_ENOUGH: Final = Decimal("2.5")
_BESIDE: Final = Decimal("0.5")
"""Share of the best score that another measure must reach to stand beside it."""
_MOST: Final = 4

_TURNED: Final = frozenset(("of", "for", "in", "on"))
_DENIALS: Final = re.compile(
    r"\b(?:no|not|without|never|instead of|rather than|other than|except|utan|inte|i stället för)"
    r"\s+(?:\w+\s+)?\Z", re.IGNORECASE
)  # fmt: skip
_QUERY: Final = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?theme ?code WHERE {
  ?theme a klim:Theme ; skos:notation "measure" . OPTIONAL {
    ?theme skos:broader*/skos:broadMatch ?code FILTER(CONTAINS(STR(?code), "field-of-action/")) }
}
"""


class Measure(NamedTuple):
    """A measure: tail of its IRI, labels with their language, codes of its fields of action."""

    theme: str
    labels: tuple[tuple[str, str], ...]
    fields: frozenset[str] = frozenset()


class Reason(NamedTuple):
    """A part of a score: one of :data:`POINTS`, the words that it rests on, and its worth."""

    part: str
    words: str
    points: Decimal

    def __str__(self) -> str:
        return f"{self.part}: {self.words} {self.points:+}"


@dataclass(frozen=True, slots=True)
class Assigned:
    """A measure that an action belongs to, with the sum of the points and what they are for."""

    theme: str
    score: Decimal
    reasons: tuple[Reason, ...]


class _Find(NamedTuple):
    """Words that are a label of a measure, and the places of those that matter."""

    theme: str
    words: str
    places: frozenset[int]
    loose: bool
    denied: bool


class ActionThemes:
    """Assigns actions to measures.

    Parameters
    ----------
    measures : iterable of Measure
        The vocabulary.
    """

    def __init__(self, measures: Iterable[Measure]) -> None:
        known = sorted(measures)
        self._fields = {measure.theme: measure.fields for measure in known}
        self._codes = frozenset[str]().union(*self._fields.values())
        named = [(measure.theme, *label) for measure in known for label in measure.labels]
        self._names = Gazetteer(Entry(theme, "theme", name, lang) for theme, name, lang in named)
        meanings: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for theme, name, language in named:
            if language != "sv":
                meanings[meaning(name)].add(theme)
        # By its longest word; what several measures have, or what is all of general words, is not.
        self._loose: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for meant, themes in sorted(meanings.items()):
            own = [key for key in meant if key[0] != "+"]
            if len(meant) > 1 and own and len(themes) == 1:
                rarest = max(own, key=lambda key: (key[0] != "=", len(key)))
                self._loose[rarest].append((min(themes), meant))

    @classmethod
    def of(cls, engine: Engine) -> ActionThemes:
        """Take the measures of a graph, with the labels that the gazetteer takes.

        Examples
        --------
        >>> import klimatgraph as kg
        >>> themes = ActionThemes.of(kg.load().engine)
        >>> [found.theme for found in themes.assign("Charging stations for electric cars")]
        ['theme/ev-charging']
        """
        fields: dict[str, set[str]] = defaultdict(set)
        for theme, code in engine.select(_QUERY).rows:
            if isinstance(theme, ox.NamedNode):
                fields[theme.value] |= {code.value} if isinstance(code, ox.NamedNode) else set()
        labels: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for entry in Gazetteer.entries(engine):
            labels[entry.iri].append((entry.name, entry.language))
        return cls(
            Measure(tail(iri), tuple(labels[iri]), frozenset(c.rpartition("/")[2] for c in codes))
            for iri, codes in fields.items()
        )

    def assign(
        self, name: str, description: str = "", field: str | None = None
    ) -> tuple[Assigned, ...]:
        """Assign an action to measures.

        Parameters
        ----------
        name, description : str
            What the action is called, and what is said about it.
        field : str or None
            Code of its field of action; None where it is not known.

        Returns
        -------
        tuple of Assigned
            At most four, the best first; none where nothing has points enough.

        Raises
        ------
        InputError
            If no measure has that field.

        Examples
        --------
        >>> measures = [Measure("tree-planting", (("tree planting", "en"),))]
        >>> [found.theme for found in ActionThemes(measures).assign("Planting of 500 trees")]
        ['tree-planting']
        """
        if field is not None and field not in self._codes:
            among = ", ".join(sorted(self._codes)) or "none"
            raise InputError(f"no measure has the field of action {field!r}: use one of {among}")
        first, *rest = [s.text for s in sentences(" ".join(description.split()))] or [""]
        found: dict[str, dict[str, list[_Find]]] = defaultdict(lambda: defaultdict(list))
        parts = [("name", name), ("first sentence", first), *(("description", s) for s in rest)]
        for part, text in parts:
            for find in self._find(" ".join(text.split()), part == "name"):
                found[find.theme][part].append(find)
        scored = [_score(theme, said, self._fields[theme], field) for theme, said in found.items()]
        scored.sort(key=lambda one: (-one.score, one.theme))
        least = max([_ENOUGH, *(one.score * _BESIDE for one in scored[:1])])
        return tuple(one for one in scored[:_MOST] if one.score >= least)

    def _find(self, text: str, is_name: bool) -> list[_Find]:
        """What a text names; what lies within the words of another measure is left out."""
        said, found = tokens(text), list[_Find]()
        for hit in self._names.find(text):
            places = [i for i, t in enumerate(said) if t.start < hit.end and hit.start < t.end]
            denied = bool(_DENIALS.search(text[: hit.start]))
            found.append(_Find(hit.iri, hit.words, frozenset(places), False, denied))
        found += self._loosely(text, said, is_name)
        return [f for f in found if not any(
            f.places < other.places and f.theme != other.theme for other in found
        )]  # fmt: skip

    def _loosely(self, text: str, said: Sequence[Token], is_name: bool) -> Iterator[_Find]:
        at: dict[str, list[int]] = defaultdict(list)
        for place, token in enumerate(said):
            for key in token.keys:
                at[key].append(place)
        labels = (label for key in sorted(at.keys() & self._loose.keys())
                  for label in self._loose[key])  # fmt: skip
        for theme, meant in labels:
            if not all(key in at for key in meant):
                continue
            general = any(key[0] == "+" and key != "+clean" for key in meant)
            slack = 1 + is_name if len(meant) > 2 else int(not general)
            for start in at[max(meant, key=lambda key: -len(at[key]))]:
                places = [min(at[key], key=lambda p: (abs(p - start), p)) for key in meant]
                low, high = min(places), max(places)
                if len(set(places)) < len(meant) or high - low >= len(meant) + slack:
                    continue
                between = text[said[low].start : said[high].end]
                turned = len(meant) == 2 and places[0] > places[1]
                if turned and _TURNED.isdisjoint(word.key for word in words(between)):
                    continue
                denied = bool(_DENIALS.search(text[: said[low].start]))
                yield _Find(theme, between, frozenset(places), True, denied)
                break


def _score(
    theme: str, said: Mapping[str, Sequence[_Find]], fields: frozenset[str], field: str | None
) -> Assigned:
    """Add up what speaks for a measure and against it."""
    reasons: list[Reason] = []

    def count(part: str, words: str, times: int = 1) -> None:
        reasons.append(Reason(part, words, POINTS[part] * times))

    for part, finds in said.items():
        best = max(finds, key=lambda f: (not f.denied, not f.loose, len(f.places), f.words))
        count(f"{part}, loosely" if best.loose else part, f'"{best.words}"')
        if part != "description" and len(best.places) > 1:
            count("specific", f"{len(best.places)} words", min(len(best.places) - 1, 3))
    every = [find for finds in said.values() for find in finds]
    labels = len({find.words.casefold() for find in every})
    if labels > 1:
        count("further labels", f"{labels} labels", min(labels - 1, 3))
    if field is not None and fields:
        count("field" if field in fields else "other field", field)
    if "name" not in said and all(len(find.places) == 1 for find in every):
        count("generic", "one word")
    if all(find.denied for find in every):
        count("denied", f'"{every[0].words}"')
    return Assigned(theme, sum((r.points for r in reasons), Decimal(0)), tuple(reasons))
