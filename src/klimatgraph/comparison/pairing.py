"""Which fact of one contract answers to which of the other.

Both sides are treated alike, so that the difference from a to b is the mirror of that from b to
a.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from klimatgraph.analysis.contents import Stated
from klimatgraph.comparison.judging import SPLIT, alone, judge, measure
from klimatgraph.comparison.model import Change, Side
from klimatgraph.errors import InputError
from klimatgraph.reading.facts import KINDS, Fact
from klimatgraph.terms import slug

Key: TypeAlias = Callable[[Fact], Hashable]
"""Facts with the same key may answer to each other; None: it cannot tell."""

# Said by some sources only, and no part of what the fact is.
_ASIDE: Final[Mapping[str, frozenset[str]]] = {
    "process": frozenset({"number"}),
    "link": frozenset({"title"}),
    "contract": frozenset({"city", "edition"}),
}
_WORDS: Final = frozenset({"name", "priority", "project", "partner"})
OWN: Final = "the city itself"


def _fields(*names: str) -> Key:
    def key(fact: Fact) -> Hashable:
        values = tuple(_plain(name, fact.get(name)) for name in names)
        return values if any(values) or not names else None

    return key


def _figure(*names: str) -> Key:
    fields = _fields(*names)
    return lambda fact: (fields(fact), measure(fact))


def _tried(*names: str) -> Key:
    """Like :func:`_fields`, and also of facts that have none of them."""
    return lambda fact: tuple(_plain(name, fact.get(name)) for name in names)


# The first key that finds one fact on each side pairs them.
_KEYS: Final[Mapping[str, tuple[Key, ...]]] = {
    "contract": (_tried(),),
    "party": (_fields("party"),),
    "overall": (_tried(),),
    "process": (_fields("process"),),
    "adoption": (_fields("number"),),
    "target": tuple(
        _tried("about", "target", "scope", *further)
        for further in (("year", "unit", "base-year"), ("value", "unit", "base-year"),
                        ("unit", "base-year"), ())
    ),
    "emission": (
        _figure("scope", "sector", "part", "year"), _figure("scope", "sector", "part"),
        _tried("scope", "sector", "part"),
    ),
    "estimate": (_figure("indicator", "horizon"), _fields("indicator")),
    "priority-project": (_fields("priority", "project"), _fields("project")),
    "priority-partner": (_fields("priority", "partner"), _fields("partner")),
    # Chapters move between editions: the same number is not the same commitment.
    "agency-commitment": (_fields("name"),),
    "programme-commitment": (_fields("name"),),
    "link": (_fields("address"),),
}  # fmt: skip
_BY_NAME: Final = (_fields("name"),)


def changes(
    before: Side, after: Side, kinds: Iterable[str] = tuple(KINDS), *, same_city: bool = True
) -> list[Change]:
    """Tell what differs between two contracts.

    Parameters
    ----------
    before, after : Side
        The contracts.
    kinds : iterable of str
        Which kinds of fact.
    same_city : bool
        Whether both are of one city; else what each says of its own city is compared.

    Returns
    -------
    list of Change
        Kind by kind. Where a contract was not read and nothing of a kind is known of it, that
        is told as not known, never as gone.
    """
    found: list[Change] = []
    for kind in kinds:
        ours = [s for s in before.said if s.fact.kind == kind]
        theirs = [s for s in after.said if s.fact.kind == kind]
        found += _of_kind(kind, before, after, ours, theirs, same_city)
    return found


def _of_kind(
    kind: str, before: Side, after: Side, ours: Sequence[Stated], theirs: Sequence[Stated],
    same_city: bool,
) -> Iterator[Change]:  # fmt: skip
    left = _Facts(ours, before, same_city)
    right = _Facts(theirs, after, same_city)
    for essence in [e for e in left.by_essence if e in right.by_essence]:
        del left.by_essence[essence], right.by_essence[essence]
    for key in _KEYS.get(kind, _BY_NAME):
        for a, b in _pairs(left, right, key):
            change = judge(a, b)
            if change == SPLIT:
                continue
            yield Change(kind, change, before, after, left.take(a), right.take(b))
    for fact in list(left.by_essence):
        gone = alone(fact, came=False)
        if gone is not None:
            code = gone if after.knows(kind) else "unknown-after"
            yield Change(kind, code, before, after, left.take(fact), None)
    for fact in list(right.by_essence):
        came = alone(fact, came=True)
        if came is not None:
            code = came if before.knows(kind) else "unknown-before"
            yield Change(kind, code, before, after, None, right.take(fact))


class _Facts:
    """What one side says of a kind, by what of it is compared."""

    def __init__(self, said: Sequence[Stated], side: Side, same_city: bool) -> None:
        self.by_essence: dict[Fact, Stated] = {}
        for stated in said:
            own = not same_city and stated.fact.get("party") == side.city
            if not own:
                essence = _essence(stated.fact, None if same_city else side.city)
                self.by_essence.setdefault(essence, stated)

    def take(self, essence: Fact) -> Stated:
        return self.by_essence.pop(essence)


def _pairs(left: _Facts, right: _Facts, key: Key) -> list[tuple[Fact, Fact]]:
    first, second = _grouped(left, key), _grouped(right, key)
    return [
        (facts[0], second[k][0])
        for k, facts in first.items()
        if k is not None and len(facts) == 1 and len(second.get(k, ())) == 1
    ]


def _grouped(facts: _Facts, key: Key) -> dict[Hashable, list[Fact]]:
    groups: dict[Hashable, list[Fact]] = {}
    for fact in facts.by_essence:
        groups.setdefault(key(fact), []).append(fact)
    return groups


def _essence(fact: Fact, city: str | None) -> Fact:
    """The fact without what only some sources say, names without their spelling."""
    aside = _ASIDE.get(fact.kind, frozenset())
    fields = {name: _plain(name, value) for name, value in fact.fields if name not in aside}
    if city is not None and fields.get("about") == city:
        fields["about"] = OWN
    return Fact.from_mapping(fact.kind, fields)


def _plain(name: str, value: str) -> str:
    if name not in _WORDS or not value:
        return value
    try:
        return slug(value)
    except InputError:  # a name of signs alone
        return value
