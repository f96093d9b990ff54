"""Joint commitments: joined, declined, postponed; ranges; offers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimatgraph.reading.rules.commitments import _expand, adoptions, offers, overall

KNOWN = ("1", "2", "3", "4", "5", "6")
# What stands in the section, and for each number what a person takes it to mean.
CASES = [
    ("Lund ansluter sig till åtagande 1–4 och 6.", "1+ 2+ 3+ 4+ 5? 6+"),
    ("Lund ansluter sig till åtagandena 2, 3 samt 5.", "1? 2+ 3+ 4? 5+"),
    ("Vi väljer åtagande 1-3, men ansluter oss inte till åtagande 5.", "1+ 2+ 3+ 5-"),
    ("Vi antar åtagande 2. Åtagande 4 avstår vi från.", "1? 2+ 4-"),
    ("Vi antar åtagande 2 och 3. Vi avser att ansluta oss till åtagande 1 först 2027.", "1~ 2+ 3+"),
    ("Lund antar åtagande 3; åtagande 6 skjuts upp till nästa år.", "1? 2? 3+ 6~"),
    ("Lund ingår i samtliga gemensamma åtaganden utom åtagande 5.", "1+ 2+ 3+ 4+ 5- 6+"),
    ("We join commitments 1-3 and 6, but not commitment 4.", "1+ 2+ 3+ 4- 5? 6+"),
    ("Vi antar åtagande 10.", "1? 2? 3? 4? 5? 6? 7? 8? 9? 10+"),
]
STATUS = {"+": "adopted", "-": "declined", "~": "postponed", "?": "not-listed"}


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_each_number_as_a_person_reads_it(make, text: str, expected: str) -> None:  # type: ignore[no-untyped-def]
    found = adoptions(make(text, "joint", commitments=KNOWN))
    assert {c.fact["number"]: c.fact["status"] for c in found} == {
        word[:-1]: STATUS[word[-1]] for word in expected.split()
    }


def test_a_commitment_by_its_own_words(make) -> None:  # type: ignore[no-untyped-def]
    text = (
        "Följande väljer vi:\n\nÅtagande 5 - Vi åtar oss att inte slösa, senare än någon.\n\n"
        "Åtagande 1 - Vi åtar oss att styra.\n"
    )
    found = {c.fact["number"]: c for c in adoptions(make(text, "joint", commitments=KNOWN))}
    assert {n: c.fact["status"] for n, c in found.items()} == {
        "1": "adopted", "2": "not-listed", "3": "not-listed", "4": "not-listed", "5": "adopted",
    }  # fmt: skip
    assert found["5"].passages[0].text.startswith("Åtagande 5")


def test_numbers_of_something_else_are_none(make) -> None:  # type: ignore[no-untyped-def]
    text = "Klimatåtagandet gäller 2030. Åtagandet omfattar 5 % av budgeten."
    assert list(adoptions(make(text, "joint", commitments=KNOWN))) == []


def test_nothing_is_said_of_a_contract_without_a_list(make) -> None:  # type: ignore[no-untyped-def]
    assert list(adoptions(make("Vi samarbetar gärna.", "joint"))) == []


@given(st.integers(1, 20), st.integers(0, 20))
def test_ranges_are_written_out(first: int, more: int) -> None:
    expected = [str(n) for n in range(first, first + more + 1)]
    assert _expand(f"{first}–{first + more}") == expected


@pytest.mark.parametrize("listed", ["9–2", "1-99"])
def test_a_range_that_is_none_gives_nothing(listed: str) -> None:
    assert _expand(listed) == []


def test_offers_with_their_year(make) -> None:  # type: ignore[no-untyped-def]
    text = (
        "Vi välkomnar andra kommuner i Klimatneutrala städer 2030 att under 2026 samverka inom "
        "följande områden:\n\n▪ Transport: Gröna resplaner – för fler hållbara resor\n\n"
        "▪ Anläggning: utsläppsfria entreprenader\n\n▪ Återbruk av möbler under 2027\n"
    )
    found = [(c.fact["name"], c.fact["year"]) for c in offers(make(text, "joint"))]
    assert found == [
        ("Gröna resplaner", "2026"), ("utsläppsfria entreprenader", "2026"),
        ("Återbruk av möbler under 2027", "2027"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Under 2026 bjuder Lund in andra att samarbeta om två områden: byggande i trä och lera.",
         [("byggande i trä", "2026"), ("lera", "2026")]),
        ("Under 2027 bjuder Lund in andra kommuner till samarbete om återbruk av byggmaterial.",
         [("återbruk av byggmaterial", "2027")]),
        ("We invite other cities to collaborate on green roofs in 2026.",
         [("green roofs in 2026", "2026")]),
        ("Lund samarbetar om upphandling.", []),
    ],
)  # fmt: skip
def test_offers_within_a_sentence(make, text: str, expected: list[tuple[str, str]]) -> None:  # type: ignore[no-untyped-def]
    found = offers(make(text, "joint"))
    assert [(c.fact["name"], c.fact.get("year")) for c in found] == expected


def test_a_list_that_invites_nobody_is_no_offer(make) -> None:  # type: ignore[no-untyped-def]
    text = "Vi gör detta:\n\n▪ Gröna resplaner\n\n▪ Återbruk\n"
    assert list(offers(make(text, "joint"))) == []


def test_the_overall_commitment_and_its_year(make) -> None:  # type: ignore[no-untyped-def]
    text = "Målet är klimatneutrala och hållbara städer senast 2030. Alla bidrar."
    (found,) = overall(make(text, "Gemensamt åtagande och partnerskap"))
    assert found.fact["year"] == "2030"
