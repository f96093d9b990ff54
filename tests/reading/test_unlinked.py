"""What looks like a name and is not known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimatgraph.reading.gazetteer import Entry, Gazetteer
from klimatgraph.terms import ID

NAMES = Gazetteer(
    [
        Entry("urn:vinnova", "party", "Vinnova", "sv"),
        Entry("urn:viable-cities", "party", "Viable Cities", "sv"),
        Entry(f"{ID}city/se/umea", "party", "Umeå", "sv"),
        Entry("urn:energy", "theme", "energi", "sv"),
        Entry("urn:hvo", "theme", "HVO100", "sv"),
    ]
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ett samarbete med Nordiska Solrosen pågår.", ["Nordiska Solrosen"]),
        ("SolarHub har nått långt.", ["SolarHub"]),
        ("Vi arbetar med Solrosen.", ["Solrosen"]),
        ("Forskare vid KTH och SLU är med.", ["KTH", "SLU"]),
        ("Tillsammans med Umeå Energi byggs nätet.", ["Umeå Energi"]),
        ("Projektet North Star 2030 växer.", ["North Star 2030"]),
        ("Partners such as Forum for Sustainability take part.", ["Forum for Sustainability"]),
        ("Vi följer Högskolan i Borås.", ["Högskolan i Borås"]),
        ("med Rosen Vinnova Solen", ["Rosen", "Solen"]),
        ("Avtalet med Rosen & Co löper.", ["Rosen & Co"]),
        ("Fru Rosens ”Gröna Boken” lästes.", ["Fru Rosens", "Gröna Boken"]),
    ],
)
def test_what_looks_like_a_name_is_found(text: str, expected: list[str]) -> None:
    assert [hit.words for hit in NAMES.unlinked(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Solrosen är vacker.",
        "Det är sant. Solrosen är vacker.",
        "• Solrosen\n• Vallmon",
        "Vi ses på Måndag i Januari.",
        "Vinnova och Viable Cities betalar.",
        "med Vinnovas stöd",
        "Kommunen i Umeå kör på HVO100.",
        "KAPITEL FYRA: GRÖNA RUTAN",
        "Läs mer på https://www.Solrosen.se/NordiskaRosen och info@SolHub.se",
        "enligt Bilaga 2 och Tabell 3",
        "allt med små bokstäver",
        "",
        "2030 2040",
        "FN och EU",
    ],
)
def test_what_is_known_or_ordinary_is_left_out(text: str) -> None:
    assert NAMES.unlinked(text) == []


@given(st.text(alphabet="aBc Å.•\n-&2", max_size=60))
def test_spans_lie_in_the_text_and_in_order(text: str) -> None:
    place = 0
    for hit in NAMES.unlinked(text):
        assert text[hit.start : hit.end] == hit.words
        assert place <= hit.start < hit.end
        place = hit.end


@given(st.lists(st.sampled_from(["Vinnova", "Rosen", "med", "Viable Cities", "Umeå", "och"])))
def test_nothing_is_both_known_and_unknown(parts: list[str]) -> None:
    text = " ".join(parts)
    known = [(m.start, m.end) for m in NAMES.find(text) if m.kind != "theme"]
    for hit in NAMES.unlinked(text):
        assert not any(a < hit.end and hit.start < b for a, b in known)
