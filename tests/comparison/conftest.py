"""Two editions of a city and another city, written by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import klimatgraph as kg
from klimatgraph.terms import slug

HEAD = """
@prefix klim: <https://w3id.org/klimatgraph/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix id: <https://w3id.org/klimatgraph/id/> .
@base <https://w3id.org/klimatgraph/id/> .
<city/se/lund> a klim:City ; rdfs:label "Lund"@sv , "Lund"@en .
<city/se/malmo> a klim:City ; rdfs:label "Malmö"@sv , "Malmo"@en .
<agency/se/formas> a klim:Agency ; rdfs:label "Formas"@sv , "Formas"@en .
<agency/se/vinnova> a klim:Agency ; rdfs:label "Vinnova"@sv , "Vinnova"@en .
<programme/se/viable-cities> a klim:Programme ; rdfs:label "Viable Cities"@sv , "Viable Cities"@en .
<edition/k/2023> a klim:Edition ; klim:editionLabel "2023" .
<edition/k/2024> a klim:Edition ; klim:editionLabel "2024" .
<edition/k/2025-26> a klim:Edition ; klim:editionLabel "2025/26" .
"""

CONTRACT = """
<graph/@CITY-@ED> {
  <document/@CITY-@ED> a klim:SourceDocument ; rdfs:label "@CITY @ED"@sv , "@CITY @ED"@en .
  <passage/@CITY-@ED/1/1> a klim:Passage ; klim:document <document/@CITY-@ED> ; klim:section "1" .
  <passage/@CITY-@ED/5/1> a klim:Passage ; klim:document <document/@CITY-@ED> ; klim:section "5" .
  <contract/k/@ED/@CITY> a klim:Contract ;
    rdfs:label "Klimatkontrakt @ED, @CITY"@sv , "Climate contract @ED, @CITY"@en ;
    klim:party <city/se/@CITY> ; klim:partOf <edition/k/@ED> ;
    klim:readingStatus <code/reading-status/@STATUS> ; prov:wasDerivedFrom <passage/@CITY-@ED/1/1> .
@MORE
}
"""

ADOPTION = """
  <commitment/k/@ED/@N> a klim:JointCommitment ; klim:number "@N" ; klim:agreement <edition/k/@ED> .
  <adoption/k/@ED/@CITY/@N> a klim:Adoption ; klim:party <city/se/@CITY> ;
    klim:agreement <contract/k/@ED/@CITY> ; klim:commitment <commitment/k/@ED/@N> ;
    klim:status <code/adoption-status/@TOLD> ; prov:wasDerivedFrom <passage/@CITY-@ED/5/1> .
"""
NAMED = """
  <@PATH/k/@ED/@CITY/@N> a klim:@CLASS ; rdfs:label "@NAME"@sv , "@NAME in English"@en ;
    klim:party <city/se/@CITY> ; klim:agreement <contract/k/@ED/@CITY> @FURTHER ;
    prov:wasDerivedFrom <passage/@CITY-@ED/5/1> .
"""
OBSERVATION = """
  <inventory/@CITY/@ED> a klim:EmissionInventory ; klim:agreement <contract/k/@ED/@CITY> .
  <observation/@CITY/@ED/@N> a klim:Observation ; rdfs:label "utsläpp @N"@sv ;
    klim:about <city/se/@CITY> ; klim:inventory <inventory/@CITY/@ED> ;
    klim:indicator <code/indicator/ghg-emissions> ; klim:scope <code/scope/@N> @FURTHER ;
    prov:wasDerivedFrom <passage/@CITY-@ED/5/1> .
"""
ESTIMATE = """
  <estimate/@CITY/@ED/@N> a klim:Estimate ; klim:about <city/se/@CITY> ;
    klim:indicator <code/indicator/@N> @FURTHER ; prov:wasDerivedFrom <passage/@CITY-@ED/5/1> .
"""


OVERALL = """
  <commitment/k/@ED/overall> a klim:OverallCommitment ; klim:agreement <edition/k/@ED> ; @YEAR ;
    prov:wasDerivedFrom <passage/@CITY-@ED/5/1> .
"""


def adoption(number: str, status: str) -> str:
    return ADOPTION.replace("@N", number).replace("@TOLD", status)


def named(cls: str, path: str, name: str, further: str = "") -> str:
    text = NAMED.replace("@CLASS", cls).replace("@PATH", path)
    return text.replace("@NAME", name).replace("@N", slug(name)).replace(
        "@FURTHER", further and f"; {further}"
    )  # fmt: skip


def target(kind: str, further: str, scope: str = "geographic", n: str = "") -> str:
    return named(
        "Target", f"target-{kind}-{scope}{n}", kind,
        f"klim:kind <code/target-kind/{kind}> ; klim:scope <code/scope/{scope}> ; "
        f"klim:status <code/target-status/active> ; {further}",
    )  # fmt: skip


def percent(value: str) -> str:
    return f'klim:value {value} ; klim:unit <code/unit/percent> ; klim:baseYear "1990"^^xsd:gYear'


def year(value: str) -> str:
    return f'klim:year "{value}"^^xsd:gYear'


def overall(year_: str) -> str:
    return OVERALL.replace("@YEAR", year(year_))


def observation(scope: str, further: str) -> str:
    return OBSERVATION.replace("@N", scope).replace("@FURTHER", f"; {further}")


def amount(value: str, unit: str) -> str:
    return (
        f"klim:value {value} ; klim:unit <code/unit/{unit}> ; "
        "klim:valueStatus <code/value-status/known>"
    )


def estimate(indicator: str, further: str) -> str:
    return ESTIMATE.replace("@N", indicator).replace("@FURTHER", f"; {further}")


def link(name: str, title: str = "") -> str:
    address = f'klim:address "https://lund.example/{name}"^^xsd:anyURI'
    return named("LinkedDocument", f"document-{name}", title or name, address)


def party(*tails: str) -> str:
    things = " , ".join(f"<{tail}>" for tail in tails)
    return f"  <contract/k/@ED/@CITY> klim:involves {things} .\n"


def contract(city: str, edition: str, *more: str, status: str = "complete") -> str:
    text = CONTRACT.replace("@MORE", "".join(more)).replace("@STATUS", status)
    return text.replace("@CITY", city).replace("@ED", edition)


FORMAS, VINNOVA, PROGRAMME = "agency/se/formas", "agency/se/vinnova", "programme/se/viable-cities"

OLD = contract(
    "lund", "2023",
    party(FORMAS, PROGRAMME),
    adoption("1", "adopted"), adoption("2", "adopted"), adoption("3", "adopted"),
    adoption("5", "not-listed"),
    named("CollaborationOffer", "offer", "gröna tak", year("2024")),
    target("climate-neutral", year("2040")),
    target("emission-reduction", f"{year('2030')} ; {percent('80')}"),
    target("fossil-free", year("2030"), "municipal-organisation"),
    observation("scope-1", amount("300", "kilotonne-co2e")),
    observation("scope-2", amount("7.7", "kilotonne-co2e")),
    observation("scope-3", "klim:valueStatus <code/value-status/to-be-determined>"),
    estimate("private-investment-share", amount("70", "percent")),
    estimate("investment-need", amount("100", "euro")),
    named("StrategicPriority", "priority", "Energi i samspel"),
    named("InvestmentNeed", "need", "elnät"),
    link("energiplan"),
)  # fmt: skip
NEW = contract(
    "lund", "2025-26",
    party(VINNOVA, PROGRAMME),
    adoption("1", "adopted"), adoption("2", "not-listed"), adoption("3", "postponed"),
    adoption("4", "declined"), adoption("6", "adopted"),
    named("CollaborationOffer", "offer", "gröna tak", year("2026")),
    target("climate-neutral", year("2030")),
    target("emission-reduction", f"{year('2030')} ; {percent('75')}"),
    target("climate-positive", year("2045")),
    observation("scope-1", amount("250", "kilotonne-co2e")),
    observation("scope-2", amount("0.1", "tonne-co2e-per-person")),
    observation("scope-3", amount("900", "kilotonne-co2e")),
    estimate("private-investment-share", amount("72.5", "percent")),
    estimate("investment-need", amount("1000", "swedish-krona")),
    named("StrategicPriority", "priority", "energi i  samspel"),
    named("StrategicPriority", "priority", "Maten i skolan"),
    overall("2030"), link("energiplan", "Energiplanen, ny titel"), link("budget"),
)  # fmt: skip
UNREAD = contract("lund", "2024", adoption("1", "adopted"), status="partial")
OTHER = contract(
    "malmo", "2025-26",
    party(VINNOVA, PROGRAMME), adoption("1", "adopted"), adoption("2", "adopted"),
    adoption("4", "adopted"), adoption("6", "declined"),
    overall("2030"), target("climate-neutral", year("2035")),
    observation("scope-1", amount("740000", "tonne-co2e")),
)  # fmt: skip


@pytest.fixture
def trig(tmp_path: Path) -> Callable[..., Path]:
    """Writes contracts to a TriG file."""

    def write(name: str, *contracts: str) -> Path:
        path = tmp_path / f"{name}.trig"
        path.write_text(HEAD + "".join(contracts), encoding="utf-8")
        return path

    return write


@pytest.fixture
def small(trig: Callable[..., Path]) -> kg.KlimatGraph:
    """A graph of four contracts."""
    return kg.load(trig("small", OLD, NEW, UNREAD, OTHER))
