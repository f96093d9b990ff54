"""Facts are paired, and the difference mirrors itself."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimatgraph.analysis.contents import Stated
from klimatgraph.comparison.judging import OPPOSITES, judge
from klimatgraph.comparison.model import Change, Side
from klimatgraph.comparison.pairing import changes
from klimatgraph.reading.facts import KINDS, Fact
from klimatgraph.terms import ID

CITY = "city/se/lund"
NAMES = {"sv": "Lund", "en": "Lund"}
MIRROR = {**OPPOSITES, **{there: back for back, there in OPPOSITES.items()}}

_VALUES = {
    "number": ("1", "2", "5.1"), "status": ("adopted", "declined", "postponed", "not-listed"),
    "year": ("2030", "2040"), "horizon": ("2030", "2040"), "base-year": ("1990", "2010"),
    "value": ("10", "20.5", "300"), "max": ("15", "400"),
    "name": ("Elnät", "elnät", "Maten i skolan"),
    "about": (CITY, "policy/parisavtalet"), "scope": ("scope-1", "geographic"),
    "target": ("climate-neutral", "emission-reduction", "emission-level", "mode-share"),
    "role": ("municipality", "agency"), "party": (CITY, "agency/se/formas", "agency/se/vinnova"),
    "indicator": ("investment-need", "stated-amount"), "sector": ("transport", "industry"),
    "unit": ("percent", "kilotonne-co2e", "tonne-co2e"), "project": ("A", "B"),
    "priority": ("P", "Q"), "partner": ("X", "Y"), "process": ("finance", "governance"),
    "address": ("https://a.example", "https://b.example"), "title": ("T",), "part": ("mat",),
    "city": (CITY,), "edition": ("2024",), "signed": ("2024-12-06",), "thing": (CITY,),
    "field": ("energy-systems",), "type": ("technical",), "lever": ("finance",),
    "responsible": ("the city",), "start": ("2024",), "end": ("2027",),
    "action": ("Trams", "Buses"),
    "at": ("3.2/1", "3.2/4"), "measured-in": ("t",), "level": ("local",), "branch": ("energy",),
    "source": ("State", "Region"), "use": ("buildings",),
}  # fmt: skip
_ALWAYS = {"number", "status", "name", "about", "target", "role", "party", "indicator", "project",
           "priority", "partner", "process", "address"}  # fmt: skip
_STATUSES = {"emission": "known", "estimate": "known", "target": None}


def side_of(facts: list[Fact], *, read: bool = True) -> Side:
    said = tuple(Stated(fact, f"{ID}{fact.kind}", (), {}) for fact in facts)
    return Side(f"{ID}contract", CITY, NAMES, NAMES, read, said)


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    kind = draw(st.sampled_from([k for k in KINDS if k not in ("contract", "mention")]))
    fields: dict[str, str | None] = {}
    for name in KINDS[kind]:
        value = st.sampled_from(_VALUES[name])
        fields[name] = draw(value if name in _ALWAYS else st.none() | value)
    if kind in _STATUSES:
        fields["status"] = _STATUSES[kind]
    if fields.get("value"):
        fields["unit"] = fields.get("unit") or "percent"
    return Fact.from_mapping(kind, fields)


@st.composite
def sides(draw: st.DrawFn) -> Side:
    return side_of(draw(st.lists(facts(), max_size=8)), read=draw(st.booleans()))


def said(found: list[Change], *, mirrored: bool = False) -> Counter[object]:
    return Counter(
        (
            c.kind,
            _code(c, mirrored),
            (c.after if mirrored else c.before),
            (c.before if mirrored else c.after),
        )
        for c in found
    )


def _code(change: Change, mirrored: bool) -> str:
    if change.kind == "adoption" and change.change in ("declined", "postponed", "gone", "changed"):
        return "not adopted"  # the words for these are not in pairs
    return MIRROR.get(change.change, change.change) if mirrored else change.change


@given(sides(), st.booleans())
def test_nothing_differs_from_itself(side: Side, same_city: bool) -> None:
    assert changes(side, side, same_city=same_city) == []


@given(sides(), sides(), st.booleans())
def test_the_way_back_mirrors_the_way_there(first: Side, second: Side, same_city: bool) -> None:
    there = changes(first, second, same_city=same_city)
    back = changes(second, first, same_city=same_city)
    assert said(there) == said(back, mirrored=True)


@given(sides(), sides())
def test_what_is_unknown_is_never_gone(first: Side, second: Side) -> None:
    for change in changes(first, second):
        if change.after is None:
            assert (change.change == "unknown-after") is not second.knows(change.kind)
        if change.before is None:
            assert (change.change == "unknown-before") is not first.knows(change.kind)


def target(**fields: str) -> Fact:
    return Fact.of("target", **{"about": CITY, "target": "emission-reduction", **fields})


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (target(year="2040"), target(year="2030"), "raised"),
        (target(year="2030"), target(year="2040"), "lowered"),
        (target(value="50", unit="percent"), target(value="70", unit="percent"), "raised"),
        (target(value="50", unit="percent", year="2040"),
         target(value="70", unit="percent", year="2030"), "raised"),
        (target(value="50", unit="percent", year="2030"),
         target(value="70", unit="percent", year="2040"), "changed"),
        (target(value="50", unit="percent", base_year="1990"),
         target(value="70", unit="percent", base_year="2010"), "changed"),
        (target(value="50", unit="percent"), target(value="70", unit="count"), "changed"),
        (target(year="2030"), target(), "changed"),
        (target(value="50", unit="percent"), target(), "changed"),
        (target(target="emission-level", value="3", unit="t"),
         target(target="emission-level", value="2", unit="t"), "raised"),
        (target(value="50", unit="percent"), target(value="60", max="70", unit="percent"),
         "raised"),
        (target(value="65", unit="percent"), target(value="60", max="70", unit="percent"),
         "changed"),
        (target(target="mode-share", value="3", unit="percent"),
         target(target="mode-share", value="2", unit="percent"), "changed"),
        (target(year="2030", status="off-track"), target(year="2030"), "changed"),
    ],
)  # fmt: skip
def test_which_target_asks_more(before: Fact, after: Fact, change: str) -> None:
    assert judge(before, after) == change


def kinds_of(before: list[Fact], after: list[Fact]) -> list[tuple[str, str]]:
    found = changes(side_of(before), side_of(after))
    return [(c.change, c.stated.fact.get("year") or c.stated.fact.get("name")) for c in found]


def test_targets_of_several_years_meet_those_of_the_same_year() -> None:
    before = [target(year=y, value=v, unit="percent") for y, v in (("2030", "50"), ("2040", "80"))]
    after = [target(year=y, value=v, unit="percent") for y, v in (("2030", "60"), ("2045", "85"))]
    assert kinds_of(before, after) == [("raised", "2030"), ("changed", "2045")]


def test_commitments_that_moved_to_another_chapter_are_known_by_their_name() -> None:
    def commitment(number: str, name: str) -> Fact:
        return Fact.of("agency-commitment", number=number, name=name)

    before = [commitment("5.1", "Smart policy"), commitment("5.2", "Finansiering")]
    after = [commitment("6.1", "smart policy"), commitment("5.2", "Samordnad finansiering")]
    assert kinds_of(before, after) == [
        ("changed", "smart policy"), ("gone", "Finansiering"), ("new", "Samordnad finansiering"),
    ]  # fmt: skip


def test_a_scope_or_a_base_of_another_kind_is_listed_and_not_compared() -> None:
    def emission(scope: str, value: str, unit: str) -> Fact:
        return Fact.of("emission", scope=scope, value=value, unit=unit, status="known")

    first = emission("geographic", "300", "kilotonne-co2e")
    found = changes(
        side_of([first]),
        side_of([emission("consumption-based", "200", "kilotonne-co2e")]),
    )
    assert [c.change for c in found] == ["gone", "new"]
    found = changes(
        side_of([first]),
        side_of([emission("geographic", "299000", "tonne-co2e")]),
    )
    assert [c.change for c in found] == ["fell"]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("adopted", "declined", "left"), ("adopted", "postponed", "left"),
        ("adopted", "not-listed", "left"), ("postponed", "adopted", "joined"),
        ("not-listed", "adopted", "joined"), ("postponed", "declined", "declined"),
        ("declined", "not-listed", "gone"),
    ],
)  # fmt: skip
def test_who_adopts_joins_and_who_no_longer_does_leaves(
    before: str, after: str, change: str
) -> None:
    first, second = (Fact.of("adoption", number="1", status=s) for s in (before, after))
    assert judge(first, second) == change


def test_a_figure_of_another_year_is_listed_and_not_compared() -> None:
    def need(horizon: str) -> Fact:
        return Fact.of("estimate", indicator="investment-need", value="9", unit="euro",
                       horizon=horizon, status="known")  # fmt: skip

    found = changes(side_of([need("2030")]), side_of([need("2035")]))
    assert [c.change for c in found] == ["gone", "new"]
