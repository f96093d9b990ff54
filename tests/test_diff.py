"""`g.diff`: golden rows worked out by hand, unknown is not no, and the mirror of a difference."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import klimatgraph as kg
from klimatgraph.comparison import Difference
from klimatgraph.comparison.judging import OPPOSITES
from klimatgraph.engines.oxigraph import OxigraphEngine
from klimatgraph.engines.rdflib import RdflibEngine
from klimatgraph.errors import ParameterError, UnknownName
from klimatgraph.graph import KlimatGraph

_PREFIXES = """
@prefix klim: <https://w3id.org/klimatgraph/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/klimatgraph/id/> .
<graph/people> {
  <city/se/exstad> a klim:City ; rdfs:label "Exstad"@sv , "Exstad"@en .
  <city/se/provköping> a klim:City ; rdfs:label "Provköping"@sv , "Provköping"@en .
  <agency/se/asken> a klim:Agency ; rdfs:label "Askverket"@sv , "Ash Agency"@en .
  <agency/se/bjorken> a klim:Agency ; rdfs:label "Björkverket"@sv , "Birch Agency"@en .
}
"""
_HEAD = """
  <edition/{slug}> a klim:Edition ; klim:editionLabel "{edition}" .
  <document/{doc}> a klim:SourceDocument ; rdfs:label "{city}s kontrakt {edition}"@sv ,
    "contract {edition} of {city}"@en .
  <contract/{doc}> a klim:Contract ; klim:party <city/se/{city}> ; klim:partOf <edition/{slug}> ;
    klim:readingStatus <code/reading-status/{status}> ; prov:wasDerivedFrom <passage/{doc}/4/1> .
"""
# One line a fact: what it is, the section that says it, and its statements. Those of a
# contract stand with it, those of its edition with that.
_NODE = "<{kind}/{doc}/{n}> a klim:{cls} ; {says} prov:wasDerivedFrom <passage/{doc}/{at}> .\n"
Line = tuple[str, str, str]

ASKEN = "klim:involves <agency/se/asken> ;"


def _adoption(number: int, status: str, at: str) -> Line:
    says = (
        f"OWN klim:status <code/adoption-status/{status}> ; "
        f"klim:commitment <commitment/EDITION/{number}> ;"
    )
    return "Adoption", at, says


def _target(kind: str, scope: str, at: str, *more: str) -> Line:
    codes = f"klim:kind <code/target-kind/{kind}> ; klim:scope <code/scope/{scope}> ;"
    return "Target", at, " ".join(["OWN", codes, *more])


def _emission(scope: str, at: str, *more: str) -> Line:
    inventory = "klim:inventory <inventory/DOC> ;"
    return "Observation", at, f"{inventory} klim:scope <code/scope/{scope}> ; {' '.join(more)}"


def _named(cls: str, sv: str, en: str, at: str, *more: str) -> Line:
    return cls, at, f'OWN rdfs:label "{sv}"@sv , "{en}"@en ; {" ".join(more)}'


def _value(number: str, unit: str, status: str = "known") -> str:
    return (
        f'klim:value "{number}"^^xsd:decimal ; klim:unit <code/unit/{unit}> ; '
        f"klim:valueStatus <code/value-status/{status}> ;"
    )


def _year(year: int, name: str = "year") -> str:
    return f'klim:{name} "{year}"^^xsd:gYear ;'


def _contract(
    edition: str,
    lines: Iterable[Line],
    status: str = "complete",
    agencies: str = ASKEN,
    city: str = "exstad",
) -> str:
    slug = edition.replace("/", "-")
    doc = f"{city}-{slug}"
    text = _HEAD.format(slug=slug, doc=doc, city=city, edition=edition, status=status)
    text += f"  <contract/{doc}> {agencies} a klim:Contract .\n"
    text += f"  <inventory/{doc}> klim:agreement <contract/{doc}> .\n"
    places = {"4/1"}
    for n, (cls, at, says) in enumerate(lines):
        places.add(at)
        own = f"klim:agreement <contract/{doc}> ; klim:party <city/se/{city}> ;"
        shared = f"klim:agreement <edition/{slug}> ;"
        says = says.replace("OWN", own).replace("SHARED", shared).replace("DOC", doc)
        says = says.replace("CITY", f"<city/se/{city}>").replace("EDITION", slug)
        text += _NODE.format(kind=cls.lower(), doc=doc, n=n, cls=cls, says=says, at=at)
    for number in range(1, 8):
        text += f'<commitment/{slug}/{number}> a klim:JointCommitment ; klim:number "{number}" .\n'
    for at in sorted(places):
        text += (
            f"<passage/{doc}/{at}> a klim:Passage ; klim:document <document/{doc}> ; "
            f'klim:section "{at.rpartition("/")[0]}" .\n'
        )
    return f"<graph/{doc}> {{ {text} }}\n"


def _quads(*contracts: str) -> list[ox.Quad]:
    return list(ox.parse(_PREFIXES + "".join(contracts), format=ox.RdfFormat.TRIG))


def _graph(*contracts: str) -> KlimatGraph:
    engine = OxigraphEngine()
    engine.add(_quads(*contracts))
    return KlimatGraph(engine)


_SINCE_1990 = _year(1990, "baseYear")
OLD: list[Line] = [
    _adoption(1, "adopted", "5.4/1"), _adoption(2, "adopted", "5.4/2"),
    _adoption(3, "not-listed", "5.4/3"),
    _target("climate-neutral", "geographic", "5.1/1", _year(2040)),
    _target("emission-reduction", "transport-sector", "5.1/2", _year(2030), _SINCE_1990,
            _value("50", "percent")),
    _target("emission-reduction", "municipal-organisation", "5.1/3", _year(2030),
            _value("80", "percent")),
    _target("emission-level", "consumption-based", "5.1/4", _year(2030),
            _value("4", "tonne-co2e-per-person")),
    _target("procurement-share", "municipal-group", "5.1/5", _year(2027), _value("40", "percent")),
    _target("emission-reduction", "geographic", "5.1/6", _year(2030), _SINCE_1990,
            _value("60", "percent")),
    _target("fossil-free", "municipal-organisation", "5.1/7", _year(2025)),
    _emission("scope-1", "5.1/8", _value("100", "kilotonne-co2e")),
    _emission("scope-2", "5.1/9", "klim:valueStatus <code/value-status/to-be-determined> ;"),
    _emission("consumption-based", "5.1/10", _value("7", "tonne-co2e-per-person")),
    ("Estimate", "5.3/1", "klim:about CITY ; klim:indicator <code/indicator/financing-gap> ; "
                          "klim:valueStatus <code/value-status/qualitative> ;"),
    ("Estimate", "5.3/2", "klim:about CITY ; klim:indicator <code/indicator/investment-need> ; "
                          + _year(2030, "horizonYear") + _value("100000000", "euro")),
    _named("StrategicPriority", "Gröna resor", "Green travel", "5.2/1"),
    _named("StrategicPriority", "Gamla pannor", "Old boilers", "5.2/2"),
    _named("InvestmentNeed", "elnät", "grid", "5.3/3"),
    _named("CollaborationOffer", "cykelvägar", "cycle paths", "5.4/4", _year(2024)),
    _named("CollaborationOffer", "solceller", "solar cells", "5.4/5", _year(2024)),
    _named("LinkedDocument", "Rapport", "Report", "annex-1/1",
           'klim:address "https://exempel.se/a"^^xsd:anyURI ;'),
]  # fmt: skip
NEW: list[Line] = [
    _adoption(1, "adopted", "5.4/1"), _adoption(2, "not-listed", "5.4/2"),
    _adoption(3, "adopted", "5.4/3"), _adoption(4, "adopted", "5.4/4"),
    _target("climate-neutral", "geographic", "5.1/1", _year(2030)),
    _target("emission-reduction", "transport-sector", "5.1/2", _year(2030), _SINCE_1990,
            _value("70", "percent")),
    _target("emission-reduction", "municipal-organisation", "5.1/3", _year(2035),
            _value("80", "percent")),
    _target("emission-level", "consumption-based", "5.1/4", _year(2030),
            _value("3", "tonne-co2e-per-person")),
    _target("procurement-share", "municipal-group", "5.1/5", _year(2030), _value("60", "percent")),
    _target("emission-reduction", "geographic", "5.1/6", _year(2030), _year(2010, "baseYear"),
            _value("60", "percent")),
    _target("renewable-energy", "municipal-organisation", "5.1/7", _year(2030),
            _value("100", "percent")),
    _emission("scope-1", "5.1/8", _value("90000", "tonne-co2e")),
    _emission("scope-2", "5.1/9", _value("7.7", "kilotonne-co2e")),
    _emission("consumption-based", "5.1/10", _value("500", "kilotonne-co2e")),
    ("Estimate", "5.3/1", "klim:about CITY ; klim:indicator <code/indicator/financing-gap> ; "
                          + _value("50000000", "euro")),
    ("Estimate", "5.3/2", "klim:about CITY ; klim:indicator <code/indicator/investment-need> ; "
                          + _year(2035, "horizonYear") + _value("90000000", "euro")),
    _named("StrategicPriority", "Gröna resor", "Green travel", "5.2/1"),
    _named("StrategicPriority", "Nya pannor", "New boilers", "5.2/2"),
    _named("InvestmentNeed", "bredband", "broadband", "5.3/3"),
    _named("CollaborationOffer", "cykelvägar", "cycle paths", "5.4/5", _year(2026)),
    _named("LinkedDocument", "Rapporten, ny titel", "The report", "annex-1/1",
           'klim:address "https://exempel.se/a"^^xsd:anyURI ;'),
    ("OverallCommitment", "3/1", "SHARED " + _year(2030)),
]  # fmt: skip
BJORKEN = "klim:involves <agency/se/bjorken> ;"


def _editions(before: str = "complete", after: str = "complete") -> tuple[str, str]:
    return (
        _contract("2024", OLD, before),
        _contract("2025/26", NEW, after, BJORKEN),
    )


def _told(difference: Difference) -> set[tuple[str, str, str]]:
    """Kind, change, and what tells the fact from others of its kind."""
    names = ("number", "name", "address", "indicator", "party", "target", "scope", "horizon")
    return {
        (c.kind, c.change, " ".join(v for n in names if (v := c.stated.fact.get(n))))
        for c in difference
    }


EXPECTED = {
    ("party", "gone", "agency/se/asken"), ("party", "new", "agency/se/bjorken"),
    ("overall", "new", ""),
    ("adoption", "left", "2"), ("adoption", "joined", "3"), ("adoption", "joined", "4"),
    ("offer", "changed", "cykelvägar"), ("offer", "gone", "solceller"),
    # Earlier, a larger reduction, a lower level: all ask more. Later asks less. Later but larger,
    # or counted from another year, cannot be told.
    ("target", "raised", "climate-neutral geographic"),
    ("target", "raised", "emission-reduction transport-sector"),
    ("target", "raised", "emission-level consumption-based"),
    ("target", "lowered", "emission-reduction municipal-organisation"),
    ("target", "changed", "procurement-share municipal-group"),
    ("target", "changed", "emission-reduction geographic"),
    ("target", "new", "renewable-energy municipal-organisation"),
    ("target", "gone", "fossil-free municipal-organisation"),
    # 100 kton and 90 000 ton compare; tonnes per person and tonnes do not.
    ("emission", "fell", "scope-1"), ("emission", "changed", "scope-2"),
    ("emission", "new", "consumption-based"), ("emission", "gone", "consumption-based"),
    ("estimate", "changed", "financing-gap"),
    ("estimate", "new", "investment-need 2035"), ("estimate", "gone", "investment-need 2030"),
    ("priority", "new", "Nya pannor"), ("priority", "gone", "Gamla pannor"),
    ("need", "new", "bredband"), ("need", "gone", "elnät"),
}  # fmt: skip


def test_two_editions_of_a_city_golden() -> None:
    found = _graph(*_editions()).diff("Exstad 2024", "Exstad 2025/26")
    assert _told(found) == EXPECTED
    assert len(found) == len(EXPECTED)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_rdflib_tells_the_same(lang: str) -> None:
    oracle = RdflibEngine()
    oracle.add(_quads(*_editions()))
    ours = _graph(*_editions()).diff("Exstad 2024", "Exstad 2025/26")
    theirs = KlimatGraph(oracle).diff("Exstad 2024", "Exstad 2025/26")
    assert theirs.rows(lang).to_json() == ours.rows(lang).to_json()
    assert theirs.sentences(lang) == ours.sentences(lang)


def test_what_was_not_read_before_is_not_told_as_new() -> None:
    nothing_known = _contract("2024", [], "not-available", agencies="")
    graph = _graph(nothing_known, _editions()[1])
    found = graph.diff("Exstad 2024", "Exstad 2025/26")
    assert {change.change for change in found} == {"unknown-before"}
    back = graph.diff("Exstad 2025/26", "Exstad 2024")
    assert {change.change for change in back} == {"unknown-after"}
    # Commitment 2 is not in the list: nobody joined it, so nothing is unknown.
    numbers = {c.stated.fact["number"] for c in back if c.kind == "adoption"}
    assert numbers == {"1", "3", "4"}


def test_a_contract_that_was_not_read_is_named() -> None:
    graph = _graph(_contract("2024", [], "partial"), _contract("2025/26", []))
    found = graph.diff("Exstad 2024", "Exstad 2025/26")
    assert [note.topic for note in found.rows("sv").coverage] == ["Exstad 2024"]
    assert any("Exstad 2024" in told for told in found.sentences("sv"))


def test_rows_cite_both_sides() -> None:
    rows = _graph(*_editions()).diff("Exstad 2024", "Exstad 2025/26").rows("en")
    (row,) = [r for r in rows if r["kind"] == "target" and "climate neutral" in str(r["thing"])]
    assert [(s.title, s.section) for s in row["sources"]] == [
        ("contract 2024 of exstad", "5.1"), ("contract 2025/26 of exstad", "5.1"),
    ]  # fmt: skip
    assert all(row["sources"] for row in rows)


def test_two_cities_compare_their_own_targets() -> None:
    other = _contract("2025/26", [(*NEW[4][:2], NEW[4][2].replace("2030", "2035"))],
                      city="provköping", agencies=BJORKEN)  # fmt: skip
    found = _graph(_editions()[1], other).diff("Provköping", "Exstad")
    assert ("target", "raised", "climate-neutral geographic") in _told(found)
    # Each is the municipality of its own contract: that is no difference.
    assert not [change for change in found if change.kind == "party"]


LINES = st.lists(
    st.one_of(
        st.builds(
            lambda n, status: _adoption(n, status, f"5.4/{n}"),
            st.integers(1, 5), st.sampled_from(["adopted", "not-listed"]),
        ),
        st.builds(
            lambda kind, year, value: _target(
                kind, "geographic", "5.1/1", _year(year), _value(str(value), "percent")
            ),
            st.sampled_from(["emission-reduction", "renewable-energy", "mode-share"]),
            st.integers(2028, 2032), st.integers(10, 13),
        ),
        st.builds(
            lambda scope, value, unit: _emission(scope, "5.1/2", _value(str(value), unit)),
            st.sampled_from(["scope-1", "scope-2"]), st.integers(1, 3),
            st.sampled_from(["kilotonne-co2e", "tonne-co2e", "percent"]),
        ),
        st.builds(
            lambda name: _named("InvestmentNeed", name, name, "5.3/1"),
            st.sampled_from(["elnät", "bredband", "bussar"]),
        ),
    ),
    max_size=8,
)  # fmt: skip
STATUS = st.sampled_from(["complete", "partial"])


@settings(max_examples=30, deadline=None)
@given(lines=LINES, status=STATUS)
def test_a_contract_does_not_differ_from_its_copy(lines: list[Line], status: str) -> None:
    graph = _graph(_contract("2024", lines, status), _contract("2025/26", lines, status))
    assert not list(graph.diff("Exstad 2024", "Exstad 2025/26"))
    assert not list(graph.diff(graph))


def _pairs(difference: Difference, *, mirrored: bool) -> list[tuple[object, ...]]:
    opposite = {**OPPOSITES, **{code: name for name, code in OPPOSITES.items()}}
    found = []
    for change in difference:
        sides = [str(side.fact) if side else "" for side in (change.before, change.after)]
        code = change.change
        if mirrored:
            sides.reverse()
            code = opposite.get(code, code)
        found.append((change.kind, code, *sides))
    return sorted(found)


@settings(max_examples=60, deadline=None)
@given(one=LINES, other=LINES, before=STATUS, after=STATUS)
def test_the_way_back_mirrors_the_way_there(
    one: list[Line], other: list[Line], before: str, after: str
) -> None:
    graph = _graph(_contract("2024", one, before), _contract("2025/26", other, after))
    there = graph.diff("Exstad 2024", "Exstad 2025/26")
    back = graph.diff("Exstad 2025/26", "Exstad 2024")
    assert _pairs(there, mirrored=True) == _pairs(back, mirrored=False)


@pytest.mark.parametrize(
    ("names", "error", "said"),
    [
        (("Exstad 2023", "Exstad 2024"), UnknownName, ("Exstad 2024", "Exstad 2025/26")),
        (("Exstad 2024", "Exstad 2024"), ParameterError, ("twice", "Exstad 2025/26")),
        (("Exsta 2024", "Exstad 2024"), UnknownName, ("Exstad",)),
        (("Exstad 2024", None), ParameterError, ("second",)),
    ],
)
def test_wrong_names_are_one_line(
    names: tuple[str, str | None], error: type[Exception], said: tuple[str, ...]
) -> None:
    with pytest.raises(error) as caught:
        _graph(*_editions()).diff(*names)
    assert "\n" not in str(caught.value)
    assert all(part in str(caught.value) for part in said)


def test_the_shipped_graph_knows_nothing_of_most_editions(graph: kg.KlimatGraph) -> None:
    found = graph.diff("Umeå 2023", "Umeå 2025/26")
    assert {change.change for change in found} == {"unknown-before"}
