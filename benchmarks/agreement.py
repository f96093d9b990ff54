"""How far what a reader found agrees with what people found: precision, recall, misses.

A fact that was found and one that was expected agree when every field of the kind is the same
and the passage that was expected is among those found. Names agree when they have half of their
word stems in common, or when they are given by the same passage and it gives no other: people
name things in their own words.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import snowballstemmer

from klimatgraph.evidence.normalising import normalise
from klimatgraph.reading.facts import KINDS, Fact

NAMES: Final = frozenset({"name", "priority", "project", "partner", "title"})
"""Fields whose words people choose themselves."""

# Said only by some sources, and no part of what the fact is.
_OPTIONAL: Final = {"process": {"number"}, "contract": {"signed"}, "link": {"title"},
                    "overall": {"year"}, "target": {"status"}}  # fmt: skip
_WORD: Final = re.compile(r"\w+")
_ALIKE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Said:
    """A fact and the words of the passages in which it stands.

    Parameters
    ----------
    fact : Fact
        What is said.
    words : tuple of str
        For a fact that was found, its passages; for an expected one, words that must stand in
        one of them.
    places : tuple of str
        Section and ordinal of the passages, ``5.1/2``.
    """

    fact: Fact
    words: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass
class Score:
    """Counts for one kind of fact."""

    found: int = 0
    expected: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of what was found that was expected; 1 when nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what was expected that was found; 1 when nothing was expected."""
        return self.right / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, other: Score) -> None:
        """Add the counts of another document."""
        self.found += other.found
        self.expected += other.expected
        self.right += other.right
        self.missed += other.missed
        self.wrong += other.wrong


def compare(
    found: Iterable[Said], expected: Iterable[Said], kinds: Iterable[str] = tuple(KINDS)
) -> dict[str, Score]:
    """Compare facts kind by kind, each with at most one other.

    Parameters
    ----------
    found : iterable of Said
        What the reader found.
    expected : iterable of Said
        What people found.
    kinds : iterable of str
        Which kinds to compare.

    Returns
    -------
    dict of str to Score
        For each kind that either side has.
    """
    found, expected = list(found), list(expected)
    scores: dict[str, Score] = {}
    for kind in kinds:
        ours = [said for said in found if said.fact.kind == kind]
        theirs = [said for said in expected if said.fact.kind == kind]
        if ours or theirs:
            scores[kind] = _score(ours, theirs)
    return scores


def _score(ours: Sequence[Said], theirs: Sequence[Said]) -> Score:
    score = Score(len(ours), len(theirs))
    alone = _alone(ours) & _alone(theirs)
    # The best pairs first, so that a fair likeness does not take what another fits exactly.
    pairs = sorted(
        ((_likeness(a, b, alone), i, j) for i, a in enumerate(ours) for j, b in enumerate(theirs)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    for likeness, i, j in pairs:
        if likeness > 0 and i not in taken_a and j not in taken_b:
            taken_a.add(i)
            taken_b.add(j)
    score.right = len(taken_a)
    score.wrong = [f"{a.fact}  {a.places}" for i, a in enumerate(ours) if i not in taken_a]
    score.missed = [
        f"{b.fact}  {b.places or b.words}" for j, b in enumerate(theirs) if j not in taken_b
    ]
    return score


def _alone(said: Sequence[Said]) -> set[str]:
    """Passages that give one fact of the kind only: there, other words mean the same fact."""
    counts = Counter(place for one in said for place in one.places)
    return {place for place, count in counts.items() if count == 1}


def _likeness(found: Said, expected: Said, alone: set[str]) -> float:
    """From 0, not the same, to 1."""
    same = bool(alone & set(found.places[:1]) & set(expected.places))
    optional = _OPTIONAL.get(found.fact.kind, set())
    likeness = 1.0
    for name in KINDS[found.fact.kind]:
        ours, theirs = found.fact.get(name), expected.fact.get(name)
        if name in optional and not (ours and theirs):
            continue
        if name in NAMES:
            alike = names_alike(ours, theirs)
            if alike < _ALIKE and not same:
                return 0.0
            likeness *= max(alike, 0.1)
        elif ours != theirs:
            return 0.0
    return likeness if _same_place(found, expected) else 0.0


def _same_place(found: Said, expected: Said) -> bool:
    if expected.places:
        return not set(found.places).isdisjoint(expected.places)
    quotes = [_plain(words) for words in expected.words]
    passages = [_plain(words) for words in found.words]
    return not quotes or any(q in p for q in quotes for p in passages)


def _plain(text: str) -> str:
    return re.sub(r"[\s\u00ad-]+", "", normalise(text)).casefold()


def names_alike(first: str, second: str) -> float:
    """Tell how alike two names are: word stems in common by those of the shorter name.

    Examples
    --------
    >>> names_alike("Utbyggnad av hållbara transportsystem", "utbyggt hållbart transportsystem")
    1.0
    """
    a, b = _stems(first), _stems(second)
    if not a or not b:
        return 1.0 if a == b else 0.0
    return len(a & b) / min(len(a), len(b))


_STEMMER: Final = snowballstemmer.stemmer("swedish")
_SMALL: Final = frozenset((
    "av", "och", "i", "för", "med", "till", "som", "att", "på", "den", "det", "de", "en", "ett",
    "inom", "om", "of", "and", "in", "for", "the", "to", "a", "an",
))  # fmt: skip


def _stems(name: str) -> set[str]:
    words = [w for w in _WORD.findall(name.casefold()) if w not in _SMALL]
    return {stem[:6] for stem in _STEMMER.stemWords(words)}


def expectations(path: Path) -> list[Said]:
    """Read the expectations that somebody wrote beside a fixture.

    Parameters
    ----------
    path : Path
        A TOML file: an array of tables for each kind of fact, with its fields and ``quote``,
        words of the passage in which it stands.

    Returns
    -------
    list of Said
        The facts; mentions aside.
    """
    data: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    said: list[Said] = []
    for kind in KINDS:
        rows = data.get(kind, []) if kind != "mention" else []
        for row in [rows] if isinstance(rows, dict) else rows:
            fields = {k: str(v) for k, v in row.items() if k in KINDS[kind]}
            quote = row.get("quote")
            said.append(Said(Fact.from_mapping(kind, fields), (quote,) if quote else ()))
    return said
