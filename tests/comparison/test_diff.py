"""What differs between two contracts, and between two graphs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import klimatgraph as kg
from klimatgraph.engines.rdflib import RdflibEngine
from klimatgraph.terms import ID

from .conftest import FORMAS, NEW, OLD, OTHER, adoption, contract, party

COLUMNS = ("kind", "thing", "change", "before", "after")

# Worked out by hand from the two texts in conftest.py.
BETWEEN_EDITIONS = [
    ("party", "Vinnova", "new", "absent", "present"),
    ("party", "Formas", "gone", "present", "absent"),
    ("overall commitment", "overall commitment", "new", "absent", "2030"),
    ("joint commitment", "joint commitment 6", "joined", "absent", "adopted"),
    ("joint commitment", "joint commitment 2", "left", "adopted", "not listed"),
    ("joint commitment", "joint commitment 3", "left", "adopted", "postponed"),
    ("joint commitment", "joint commitment 4", "declined", "absent", "declined"),
    ("offer of collaboration", "gröna tak in English", "changed", "2024", "2026"),
    ("target", "Lund: climate neutral (geographic area)", "raised", "2040", "2030"),
    ("target", "Lund: emission reduction (geographic area)", "lowered",
     "80 per cent, 2030, compared with 1990", "75 per cent, 2030, compared with 1990"),
    ("target", "Lund: climate positive (geographic area)", "new", "absent", "2045"),
    ("target", "Lund: fossil free (municipal organisation)", "gone", "2030", "absent"),
    ("emissions", "emissions, scope 1", "lower", "300 kt CO2e", "250 kt CO2e"),
    ("emissions", "emissions, scope 3", "changed", "to be determined", "900 kt CO2e"),
    ("emissions", "emissions, scope 2", "new", "absent", "0.1 t CO2e per person"),
    ("emissions", "emissions, scope 2", "gone", "7.7 kt CO2e", "absent"),
    ("estimate", "private share of the investment need", "higher", "70 per cent", "72.5 per cent"),
    ("estimate", "investment need", "new", "absent", "1000 SEK"),
    ("estimate", "investment need", "gone", "100 euro", "absent"),
    ("strategic priority", "Maten i skolan in English", "new", "absent", "present"),
    ("investment need", "elnät in English", "gone", "present", "absent"),
    ("linked document", "budget", "new", "absent", "present"),
]  # fmt: skip
BETWEEN_CITIES = [
    ("gemensamt åtagande", "gemensamt åtagande 2", "bara Malmö 2025/26",
     "finns inte med", "antaget"),
    ("gemensamt åtagande", "gemensamt åtagande 4", "bara Malmö 2025/26", "avböjt", "antaget"),
    ("gemensamt åtagande", "gemensamt åtagande 6", "bara Lund 2025/26", "antaget", "avböjt"),
    ("gemensamt åtagande", "gemensamt åtagande 3", "bara Lund 2025/26", "uppskjutet", "finns inte"),
    ("utsläpp", "utsläpp, scope 1", "högre i Malmö 2025/26",
     "250 kton CO2e", "740\N{NO-BREAK SPACE}000 ton CO2e"),
    ("mål", "Malmö: klimatneutral (geografiskt område)", "längre gående i Lund 2025/26",
     "2030", "2035"),
]  # fmt: skip


def told(rows: kg.Rows) -> list[tuple[str, ...]]:
    return [tuple(str(row[name]) for name in COLUMNS) for row in rows]


def test_every_kind_of_change_between_two_editions(small: kg.KlimatGraph) -> None:
    assert told(small.diff("Lund 2023", "Lund 2025/26").rows("en")) == BETWEEN_EDITIONS


def test_two_cities_are_compared_by_what_each_says_of_itself(small: kg.KlimatGraph) -> None:
    rows = told(small.diff("Lund", "Malmö", edition="2025-26").rows())
    told_of = ("åtagande", "scope 1", "neutral")
    assert [row for of in told_of for row in rows if of in row[1]] == BETWEEN_CITIES
    assert not any(row[0] == "part" for row in rows)


def test_rows_name_the_sources_of_both_sides(small: kg.KlimatGraph) -> None:
    rows = small.diff("Lund 2023", "Lund 2025/26").rows()
    raised = next(row for row in rows if row["change"] == "höjt")
    assert [source.iri for source in raised["sources"]] == [
        f"{ID}passage/lund-2023/5/1", f"{ID}passage/lund-2025-26/5/1",
    ]  # fmt: skip
    assert all(row["sources"] for row in rows)
    assert [column.label for column in rows.columns][-2:] == ["Lund 2023", "Lund 2025/26"]


def test_what_was_not_read_is_not_known_and_never_gone(small: kg.KlimatGraph) -> None:
    difference = small.diff("Lund 2023", "Lund 2024")
    rows = difference.rows("en")
    targets = [row for row in told(rows) if row[0] == "target"]
    assert {row[2] for row in targets} == {"not known after"} and len(targets) == 3
    assert {row[4] for row in targets} == {"not known"}
    # That one commitment is known does not mean that all are: it was not read.
    commitments = {row[2] for row in told(rows) if row[0] == "joint commitment"}
    assert commitments == {"not known after"}
    # Commitment 5 is not in the list of 2023: nobody adopted it, so nothing is unknown.
    numbers = {c.stated.fact["number"] for c in difference if c.kind == "adoption"}
    assert numbers == {"2", "3"}
    assert {row[2] for row in told(rows) if row[0] == "party"} == {"not known after"}
    assert [note.topic for note in rows.coverage] == ["Lund 2024"]
    assert difference.sentences("sv")[-1] == (
        "Lund 2024: inte läst i sin helhet; det som saknas kan vara okänt."
    )
    back = small.diff("Lund 2024", "Lund 2023").rows("en")
    assert {row[2] for row in told(back) if row[0] == "target"} == {"not known before"}


def test_every_engine_tells_the_same(small: kg.KlimatGraph) -> None:
    engine = RdflibEngine()
    engine.add(small.engine.quads())
    other = kg.KlimatGraph(engine)
    for names in (("Lund 2023", "Lund 2025/26"), ("Lund 2024", "Lund 2023"), ("Lund", "Malmö")):
        for lang in ("sv", "en"):
            first, second = small.diff(*names), other.diff(*names)
            assert first.rows(lang).to_json() == second.rows(lang).to_json()
            assert first.sentences(lang) == second.sentences(lang)


def test_what_changed_between_two_graphs(trig: Callable[..., Path]) -> None:
    signed = contract("malmo", "2023", party(FORMAS), adoption("1", "adopted"))
    before = kg.load(trig("before", OLD, signed))
    after = kg.load(trig("after", signed.replace("adopted>", "declined>"), NEW, OTHER))
    rows = after.diff(before).rows("en")
    contracts = map(str, rows.column("contract"))
    assert [(c, *said[:3]) for c, said in zip(contracts, told(rows), strict=True)] == [
        ("Lund 2025/26", "contract", "Lund 2025/26", "new"),
        ("Malmo 2025/26", "contract", "Malmo 2025/26", "new"),
        ("Lund 2023", "contract", "Lund 2023", "gone"),
        ("Malmo 2023", "joint commitment", "joint commitment 1", "left"),
    ]  # fmt: skip
    assert after.diff(before).sentences() == [
        "Nya kontrakt: Lund 2025/26; Malmö 2025/26.",
        "Kontrakt som är borta: Lund 2023.",
        "Malmö 2023, gemensamma åtaganden som inte längre är med: gemensamt åtagande 1, avböjt.",
    ]
    assert not before.diff(before) and before.diff(before).sentences("en") == [
        "No differences are known."
    ]


def test_a_page_for_notebooks(small: kg.KlimatGraph) -> None:
    page = small.diff("Lund 2023", "Lund 2025/26")._repr_html_()
    assert page.startswith("<ul><li>Nya parter: Vinnova.</li>") and "<table" in page
    assert str(small.diff("Lund 2023", "Lund 2025/26")).startswith("Nya parter")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("klim:value 250 ", 'klim:value "many"^^xsd:decimal '),
        ("klim:value 250 ", 'klim:value "INF"^^xsd:double '),
        ("klim:value 250 ", 'klim:value "NaN"^^xsd:double '),
        ('"2030"^^xsd:gYear', '"2030+01:00"^^xsd:gYear'),
        ('"2030"^^xsd:gYear', '"soon"'),
        ("klim:valueStatus <code/value-status/to-be-determined>", "a klim:Observation"),
        ("klim:kind <code/target-kind/climate-neutral> ;", ""),
        ("klim:indicator <code/indicator/investment-need> ;", ""),
        ("klim:status <code/adoption-status/adopted>", "a klim:Adoption"),
        ("<city/se/lund>", "<https://other.example/Städer/Lund>"),
    ],
)
def test_a_graph_that_breaks_the_shapes_is_still_compared(
    trig: Callable[..., Path], right: str, wrong: str
) -> None:
    path = trig("broken", OLD, NEW)
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    found = kg.load(path).diff("Lund 2023", "Lund 2025/26")
    assert found.rows("sv").to_json() and found.sentences("en")
