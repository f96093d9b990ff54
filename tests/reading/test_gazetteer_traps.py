"""Traps for the gazetteer: what only looks like a name, and names that are easily missed."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import klimatgraph as kg
from klimatgraph.reading.gazetteer import KINDS, Entry, Gazetteer
from klimatgraph.terms import ID


def _city(name: str) -> Entry:
    return Entry(f"{ID}city/se/{name.casefold()}", "party", name, "sv")


def _thing(kind: str, name: str, language: str = "sv") -> Entry:
    return Entry(f"urn:{name}", kind, name, language)


SMALL = Gazetteer(
    [
        *map(_city, ("Umeå", "Lund", "Malmö", "Stockholm", "Vara", "Mark", "Göteborg")),
        *(_thing("party", n) for n in ("Vinnova", "Göteborg Energi", "E.ON", "Region Skåne")),
        *(_thing("party", n) for n in ("Viable Cities", "eXpression", "ElectriCITY")),
        *(_thing("party", n, "en") for n in ("Sweden's Innovation Agency", "CLOSER")),
        *(_thing("instrument", n) for n in ("Klimatklivet", "Horizon Europe", "LIFE", "ERUF")),
        *(_thing("instrument", n) for n in ("URBACT", "gröna obligationer", "DUT")),
        _thing("instrument", "finansiering från Vinnova"),
        *(_thing("initiative", n) for n in ("NetZeroCities", "COP", "Klimatneutrala städer 2030")),
        *(_thing("policy", n) for n in ("Parisavtalet", "EU:s mål")),
        _thing("policy", "Paris Agreement", "en"),
        *(_thing("theme", n) for n in ("elbilar", "fjärrvärme", "kollektivtrafik", "kommuner")),
        *(_thing("theme", n) for n in ("cykeltrafik", "gång, cykel och buss", "byggande")),
        *(_thing("theme", n, "en") for n in ("wetlands", "district heating", "HVO")),
    ]
)


def _found(text: str, names: Gazetteer = SMALL) -> list[tuple[str, str, str]]:
    return [
        (m.iri.removeprefix("urn:").removeprefix(ID), m.words, m.form) for m in names.find(text)
    ]


@pytest.mark.parametrize(
    ("text", "thing", "words", "form"),
    [
        ("Klimatklivets pengar", "Klimatklivet", "Klimatklivets", "inflected"),
        ("Vinnovas stöd", "Vinnova", "Vinnovas", "inflected"),
        ("de nya elbilarna", "elbilar", "elbilarna", "inflected"),
        ("via fjärrvärmen", "fjärrvärme", "fjärrvärmen", "inflected"),
        ("båda kommunernas ansvar", "kommuner", "kommunernas", "inflected"),
        ("more wetland now", "wetlands", "wetland", "inflected"),
        ("Malmös invånare", "city/se/malmö", "Malmös", "inflected"),
        ("Göteborg Energis nät", "Göteborg Energi", "Göteborg Energis", "inflected"),
        ("sökte Klimatklivsmedel igen", "Klimatklivet", "Klimatklivsmedel", "compound"),
        ("i NetZeroCities-projektet", "NetZeroCities", "NetZeroCities-projektet", "compound"),
        ("ett Horizon Europe-projekt", "Horizon Europe", "Horizon Europe-projekt", "compound"),
        ("ett nytt fjärrvärmenät", "fjärrvärme", "fjärrvärmenät", "compound"),
        ("Viable Cities' programme", "Viable Cities", "Viable Cities", "exact"),
        ("Viable Cities’ programme", "Viable Cities", "Viable Cities", "exact"),
        ("under the Paris Agreement", "Paris Agreement", "Paris Agreement", "exact"),
    ],
)
def test_forms_of_names_and_themes(text: str, thing: str, words: str, form: str) -> None:
    assert _found(text) == [(thing, words, form)]


@pytest.mark.parametrize("text", ["vi ska bygga nytt", "en kommunal fråga", "byggde"])
def test_words_of_the_same_root_are_no_forms(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize("name", ["LIFE", "COP", "ERUF", "DUT", "URBACT", "HVO"])
def test_an_abbreviation_is_written_exactly_so(name: str) -> None:
    assert _found(f"stöd ur {name} i år") == [(name, name, "exact")]
    for other in (name.title(), name.lower()):
        assert _found(f"stöd ur {other} i år") == _found(f"{other} är något annat") == []


@pytest.mark.parametrize(
    ("text", "thing", "words"),
    [("vid COP26 i Glasgow", "COP", "COP26"), ("LIFEs pengar", "LIFE", "LIFEs"),
     ("DUT:s utlysning", "DUT", "DUT:s")],
)  # fmt: skip
def test_an_abbreviation_may_carry_a_number_or_an_ending(text: str, thing: str, words: str) -> None:
    assert [(t, w) for t, w, _ in _found(text)] == [(thing, words)]


@pytest.mark.parametrize(
    "text",
    [
        "the expression of will", "Expression of interest", "Electricity is scarce", "COPT",
        "our electricity", "Closer to people", "closer", "COPS and robbers", "vinnova",
        "GOOD LIFE AT HOME", "CLOSER TO PEOPLE", "för klimatneutrala städer",
        "Klimatneutrala städer är målet",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_names(text: str) -> None:
    assert [m for m in SMALL.find(text) if m.kind != "theme"] == []


def test_names_in_a_heading_of_capitals() -> None:
    assert _found("KLIMATKLIVET OCH VINNOVA") == [
        ("Klimatklivet", "KLIMATKLIVET", "caps"),
        ("Vinnova", "VINNOVA", "caps"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Många bor i Vara i dag.", "Vara"), ("Vara kommun vill mer.", "Vara"),
        ("Marks kommun vill mer.", "Marks"), ("Lund har nått målet.", "Lund"),
        ("I Malmö byggs det.", "Malmö"), ("Lunds kommun är med.", "Lunds"),
        ("Malmö stad är med.", "Malmö"), ("the City of Stockholm", "Stockholm"),
        ("Stockholm's plan", "Stockholm's"), ("Stockholm EU-mål", "Stockholm"),
    ],
)  # fmt: skip
def test_a_city_is_found(text: str, words: str) -> None:
    assert [m.words for m in SMALL.find(text) if "/city/" in m.iri] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Vara eller inte vara", "Kraven ska vara höga. Vara rädd om jorden.", "• Mark och vatten",
        "på Lundgatan", "vid Malmö högskola", "the Stockholm Environment Institute", "Umeå AB",
        "Umeå Energi är med", "Lunds Energi är med", "Lunds universitet är med", "Lunden är grön",
        "med Region Stockholm i år", "Region Stockholm är med", "klimatchefen Anna Lund säger",
        "i Lunden", "the Malmö region", "Stockholms län", "the University of Stockholm",
        "Umeåregionen", "starten av ”Cirkulära Göteborg” i år",
        "Göteborg Energi är med", "Region Skåne är med",
    ],
)  # fmt: skip
def test_a_longer_name_or_a_word_is_no_city(text: str) -> None:
    assert [m for m in SMALL.find(text) if "/city/" in m.iri] == []


def test_cities_in_a_row_are_cities() -> None:
    assert [m.words for m in SMALL.find("i Malmö, Lund och Umeå")] == ["Malmö", "Lund", "Umeå"]
    assert [m.words for m in SMALL.find("Umeå Lund Stockholm")] == ["Umeå", "Lund", "Stockholm"]


@pytest.mark.parametrize(
    "text",
    [
        "inom Horizon\nEurope nu", "inom Horizon\u00a0Europe nu", "inom Horizon  Europe nu",
        "inom Hori\u00adzon Eu\u00adrope nu", "inom **Horizon Europe** nu", "inom ”Horizon Europe”",
    ],
)  # fmt: skip
def test_a_name_may_be_broken_by_a_line_or_set_oddly(text: str) -> None:
    assert [thing for thing, _, _ in _found(text)] == ["Horizon Europe"]


def test_accents_apart_are_the_same_letters() -> None:
    text = unicodedata.normalize("NFD", "Umeå får stöd")
    (mention,) = SMALL.find(text)
    assert mention.iri == f"{ID}city/se/umeå"
    assert text[mention.start : mention.end] == mention.words


@pytest.mark.parametrize(
    "between", [". ", "\n• ", "\n\n", "; ", " | ", " (", "? ", ", ", " – ", "\n- ", "\n \n", ": "]
)
def test_names_that_are_parted_are_none(between: str) -> None:
    assert _found(f"inom Horizon{between}Europe nu") == []
    assert _found(f"mer district{between}heating nu") == []


@pytest.mark.parametrize(
    "text", ["med E.ON i dag", "gång, cykel och buss", "by Sweden’s Innovation Agency", "EU:s mål"]
)
def test_signs_that_a_name_has_do_not_part_it(text: str) -> None:
    assert len(_found(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "https://www.Vinnova.se/Viable-Cities/fjärrvärme", "www.Umeå.se/elbilar", "Umeå.se",
        "Vinnova@Umeå.se", "klimat.elbilar@fjärrvärme.se", "https://www.x.se/ d/Vinnova 2026.pdf",
    ],
)  # fmt: skip
def test_addresses_name_nothing(text: str) -> None:
    assert _found(text) == []


def test_a_name_after_an_address_is_found() -> None:
    assert [t for t, _, _ in _found("Se www.umeå.se eller fråga Vinnova")] == ["Vinnova"]


def test_an_address_takes_no_time_to_speak_of() -> None:
    assert SMALL.find("x" * 200_000 + "@" + "." * 200_000) == []


def test_words_too_common_for_a_theme_are_not_reported(graph: kg.KlimatGraph) -> None:
    names = Gazetteer.of(graph.engine)
    text = "Monitoring and learning, hälsa, bidrag; vi ska bygga. A contract for buildings."
    assert [m.words for m in names.find(text) if m.kind == "theme"] == []


_LETTERS = st.text(alphabet="abdfghjklmoprtuvåäö", min_size=3, max_size=9)
_NAMES = st.lists(_LETTERS, min_size=1, max_size=4).map(lambda ws: " ".join(ws).capitalize())


@given(_NAMES, st.sampled_from(KINDS))
def test_a_name_between_neutral_words_is_found(name: str, kind: str) -> None:
    names = Gazetteer([Entry("urn:x", kind, name, "sv")])
    text = f"xx zz {name} xx zz"
    assert [(m.words, m.form, m.kind) for m in names.find(text)] == [(name, "exact", kind)]


# None of these is a form of another, and none is long enough for compounds.
_POOL = ("Bok", "Kax", "Milo", "Tog", "Rud", "Vip", "Qvi")
_LABELS = st.lists(
    st.lists(st.sampled_from(_POOL), min_size=1, max_size=4).map(" ".join),
    min_size=1, max_size=12, unique=True,
)  # fmt: skip
_JOINTS = st.sampled_from([" ", " ", " ", "\n", ", ", ". ", "\u00a0", " • "])


@settings(max_examples=300)
@given(_LABELS, st.lists(st.tuples(st.sampled_from(_POOL), _JOINTS), max_size=20))
def test_a_regular_expression_for_each_name_agrees(
    labels: list[str], pieces: list[tuple[str, str]]
) -> None:
    text = "".join(word + joint for word, joint in pieces)
    names = Gazetteer(Entry(f"urn:{label}", "project", label) for label in labels)
    patterns = [
        label.replace(" ", "[ \n\u00a0]") for label in sorted(labels, key=lambda x: -len(x.split()))
    ]
    oracle = re.compile(r"\b(?:" + "|".join(patterns) + r")\b")
    expected = [(m.start(), m.end()) for m in oracle.finditer(text)]
    assert [(m.start, m.end) for m in names.find(text)] == expected
    assert {m.form for m in names.find(text)} <= {"exact"}
