"""Themes and other phrases in small letters, found by the stems of their words.

Texts bend such phrases freely ("elbil", "elbilarna"), set them in compounds ("fjärrvärmenät",
"stadsbussar") and leave out what two compounds share ("cykel- och kollektivtrafik").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Final, Generic, TypeVar

from klimatgraph.reading.inflection import LONGEST_WORD, Remembered, Word, alike, gap, hits, stem

T = TypeVar("T")

_LONGEST: Final = 9
_HEAD: Final = 6
"""Letters that a label has to have to be the first or last part of a compound."""
_STEM: Final = 4
_REST: Final = 3
# Between the words of a phrase; at other signs it ends, unless it has them itself.
_JOINED: Final = frozenset((" ", "/", "&", "'"))
_CUT: Final = re.compile(r"[-\u2010\u2011](?=[\s,\u00ad]|\Z)")
# What makes another word and no compound: "parker|ing".
_DERIVED: Final = re.compile(
    r"(?:n?ing|ation|ande|else|are|isk|l?ig|het|sam|bar)(?:s|a|t|en|et|ar|er|na|arna|erna)*"
)
_AND: Final = frozenset(("och", "eller", "samt"))


@dataclass(frozen=True, slots=True)
class _Item(Generic[T]):
    """A phrase, what stands between its words, and what it stands for."""

    keys: tuple[str, ...]
    gaps: Sequence[str]
    item: T


@dataclass(slots=True)
class _Node(Generic[T]):
    next: dict[str, _Node[T]] = field(default_factory=dict)
    items: list[_Item[T]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """Some words that are a phrase: which words, what they may be, and how they are written.

    Of what they may be, `exact` is written just so.
    """

    first: int
    count: int
    items: tuple[T, ...]
    exact: tuple[T, ...] = ()
    compound: bool = False


class Phrases(Generic[T]):
    """Phrases of one language.

    Parameters
    ----------
    language : {"sv", "en"}
        How words are stemmed; only Swedish has compounds.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._root: _Node[T] = _Node()
        self._parts: dict[str, list[_Item[T]]] = {}
        self._signs = set(_JOINED)
        self._stems = Remembered(lambda key: stem(key, language))
        self._forget()

    def _forget(self) -> None:
        """Drop what was worked out from the phrases so far."""
        self._begins = Remembered(self._may_begin)
        self._compounds = Remembered(self._compound_of)

    def _may_begin(self, key: str) -> bool:
        """Whether a word begins a phrase or is a compound of one; most of a text is neither."""
        return self._stems[key] in self._root.next or bool(self._compounds[key])

    def enter(
        self, phrase: Sequence[Word], gaps: Sequence[str], item: T, compounds: bool = True
    ) -> None:
        """Enter a phrase, what stands between its words, and what it stands for."""
        self._forget()
        self._signs.update(gaps)
        node = self._root
        stems = [self._stems[word.key] for word in phrase]
        for part in stems:
            node = node.next.setdefault(part, _Node())
        entered = _Item(tuple(word.key for word in phrase), gaps, item)
        node.items.append(entered)
        single = self.language == "sv" and len(phrase) == 1 and compounds
        if single and len(phrase[0].key) >= _HEAD and len(stems[0]) >= _STEM:
            self._parts.setdefault(stems[0], []).append(entered)

    def find(self, text: str, said: Sequence[Word]) -> Iterator[Hit[T]]:
        """Find phrases, the longest at each place; parts of compounds where there is none."""
        free = 0
        places = hits(self._begins, said, written=False)
        cut = {match.start() for match in _CUT.finditer(text)} if self._parts else set()
        if cut:
            halves = (place for place, word in enumerate(said) if word.end in cut)
            places = sorted({*places, *halves})
        for index in places:
            if index < free:
                continue
            hit = self._longest(text, said, index)
            if hit is None and (things := self._compounds[said[index].key]):
                hit = Hit(index, 1, things, compound=True)
            if hit is None and said[index].end in cut:
                hit = self._left_out(text, said, index)
            if hit is not None:
                yield hit
                free = index + hit.count

    def _longest(self, text: str, said: Sequence[Word], index: int) -> Hit[T] | None:
        node: _Node[T] | None = self._root
        best: Hit[T] | None = None
        gaps: list[str] = []
        for place in range(index, min(index + _LONGEST, len(said))):
            node = node.next.get(self._stems[said[place].key]) if node else None
            if node is None:
                break
            if place > index:
                between = text[said[place - 1].end : said[place].start]
                gaps.append(" " if between == " " else gap(between))
                if gaps[-1] not in self._signs:
                    break
            if node.items:
                found = _hit(node.items, said[index : place + 1], gaps, index, self.language)
                best = found or best
        return best

    def _compound_of(self, key: str) -> tuple[T, ...]:
        """The longest phrase that a word begins or ends with."""
        if not self._parts or len(key) > LONGEST_WORD:
            return ()
        stemmed = self._stems[key]
        for length in range(len(key) - _REST, _STEM - 1, -1):
            if length <= len(stemmed) - _REST:
                ends = self._parts.get(stemmed[-length:], [])
                tail = key[len(stemmed) - length :]
                ends = [end for end in ends if alike(end.keys[0], tail, "sv")]
                if ends:
                    return _things(ends)
            # The first part has its own ending, or a linking s: "upphandlings|strategi".
            if length >= _HEAD and not _DERIVED.fullmatch(key[length:]):
                begins = self._parts.get(stem(key[:length], "sv"), [])
                begins = [b for b in begins if alike(b.keys[0], key[:length], "sv")]
                if begins and not _DERIVED.fullmatch(key[length:]):
                    return _things(begins)
        return ()

    def _left_out(self, text: str, said: Sequence[Word], index: int) -> Hit[T] | None:
        """A word whose second half follows later: "cykel- och kollektivtrafik"."""
        for place in range(index + 1, min(index + 6, len(said))):
            if said[place].key in _AND or text[said[place].end : said[place].end + 1] == "-":
                continue
            whole, own = self._stems[said[place].key], said[index].key
            if max(len(whole), len(own)) > LONGEST_WORD:
                return None
            for length in range(len(whole) - 2, 2, -1):
                made = self._root.next.get(stem(own + whole[-length:], self.language))
                if made is not None and made.items:
                    return Hit(index, 1, _things(made.items), compound=True)
            return None
        return None


def _things(items: Sequence[_Item[T]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(item.item for item in items))


def _hit(
    items: Sequence[_Item[T]],
    said: Sequence[Word],
    gaps: Sequence[str],
    index: int,
    language: str,
) -> Hit[T] | None:
    """All phrases of which words are forms, and those that are written exactly so."""
    keys = tuple(word.key for word in said)
    plain = all(between == " " for between in gaps)
    forms = [
        item
        for item in items
        if (item.keys == keys or all(map(alike, item.keys, keys, repeat(language))))
        and (plain or all(b in _JOINED or a == b for a, b in zip(item.gaps, gaps, strict=True)))
    ]
    exact = [item for item in forms if item.keys == keys]
    return Hit(index, len(said), _things(forms), _things(exact)) if forms else None
