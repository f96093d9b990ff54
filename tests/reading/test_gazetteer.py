"""Names in texts: what is found, what is not believed, and what is left for a person to decide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import klimatgraph as kg
from klimatgraph.reading.gazetteer import KINDS, Entry, Gazetteer, Mention
from klimatgraph.terms import ID

CITIES = (
    "Ale", "Berg", "Boden", "Borås", "Eda", "Habo", "Hjo", "Kil", "Lund", "Malmö", "Mark", "Mora",
    "Nacka", "Nora", "Sala", "Salem", "Stockholm", "Umeå", "Vara", "Ånge", "Åre", "Nice", "Rom",
)  # fmt: skip
NAMES = (
    ("party", "Vinnova", "sv"), ("party", "Energimyndigheten", "sv"), ("party", "EU", ""),
    ("party", "Swedish Energy Agency", "en"), ("party", "Viable Cities", ""),
    ("party", "Umeå Energi", ""), ("party", "Region Skåne", ""), ("party", "RISE", ""),
    ("party", "KTH", ""), ("party", "E.ON", ""), ("party", "Länsstyrelsen Skåne", "sv"),
    ("party", "ElectriCITY", ""), ("party", "Lunds universitet", "sv"), ("party", "Formas", ""),
    ("party", "County Administrative Board of Skåne", "en"),
    ("instrument", "Klimatklivet", "sv"), ("instrument", "LIFE", ""), ("instrument", "ERUF", "sv"),
    ("instrument", "Horizon Europe", ""), ("instrument", "gröna obligationer", "sv"),
    ("instrument", "finansiering från Vinnova", "sv"), ("instrument", "Interreg", ""),
    ("instrument", "Stadsmiljöavtal", "sv"), ("instrument", "ESF+", ""),
    ("initiative", "NetZeroCities", ""), ("initiative", "CapaCITIES", ""),
    ("initiative", "Klimatneutrala städer 2030", "sv"), ("initiative", "COP", ""),
    ("initiative", "C40", ""), ("initiative", "Klimatledarkommuner", "sv"),
    ("initiative", "Climate Hub", "en"), ("initiative", "omställningsarena", "sv"),
    ("project", "Cirkulära Västerbotten", "sv"), ("project", "RUGGEDISED", ""),
    ("policy", "klimatpolitiska ramverket", "sv"), ("policy", "regional utvecklingsstrategi", "sv"),
    ("theme", "kollektivtrafik", "sv"), ("theme", "cykeltrafik", "sv"), ("theme", "bussar", "sv"),
    ("theme", "fjärrvärme", "sv"), ("theme", "elbilar", "sv"),
    ("theme", "gröna obligationer", "sv"),
    ("theme", "hållbart resande", "sv"), ("theme", "fossilfria transporter", "sv"),
    ("theme", "public transport", "en"), ("theme", "heat pumps", "en"), ("theme", "mat", "sv"),
    ("theme", "upphandling", "sv"), ("theme", "parker", "sv"), ("theme", "sensorer", "sv"),
    ("theme", "CCS", ""), ("theme", "ESCO", ""), ("theme", "gångtrafik", "sv"),
    ("theme", "land use", "en"), ("theme", "byggande", "sv"),
)  # fmt: skip


def iri(kind: str, name: str) -> str:
    return f"urn:{kind}:{name}"


@pytest.fixture(scope="module")
def names() -> Gazetteer:
    cities = [Entry(f"{ID}city/se/{n}", "party", w, "sv") for n in CITIES
              for w in (n, f"{n}{'' if n[-1] in 'aeås' else 's'} kommun")]  # fmt: skip
    return Gazetteer([*cities, *(Entry(iri(k, n), k, n, lang) for k, n, lang in NAMES)])


Say = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def things(names: Gazetteer) -> Say:
    """Gives the names of the things, without themes, that a text names."""

    def say(text: str) -> list[str]:
        return [re.split("[:/]", m.iri)[-1] for m in names.find(text) if m.kind != "theme"]

    return say


@pytest.fixture(scope="module")
def themes(names: Gazetteer) -> Say:
    """Gives the words in a text that are themes."""

    def say(text: str) -> list[str]:
        return [f"{m.words}>{m.iri[10:]}" for m in names.find(text) if m.kind == "theme"]

    return say


@pytest.mark.parametrize(
    ("text", "words", "form"),
    [
        ("Stöd av Vinnova ges.", "Vinnova", "exact"),
        ("Med Vinnovas stöd", "Vinnovas", "inflected"),
        ("Energimyndighetens program", "Energimyndighetens", "inflected"),
        ("the Swedish Energy Agency's plan", "Swedish Energy Agency's", "inflected"),
        ("the Swedish Energy Agency’s plan", "Swedish Energy Agency’s", "inflected"),
        ("Pengar ur Klimatklivets budget", "Klimatklivets", "inflected"),
        ("Vi söker Klimatklivsmedel för det", "Klimatklivsmedel", "compound"),
        ("Vi söker klimatklivsmedel för det", "klimatklivsmedel", "compound"),
        ("NetZeroCities-projektet pågår", "NetZeroCities-projektet", "compound"),
        ("ett Horizon Europe-projekt", "Horizon Europe-projekt", "compound"),
        ("enligt EU-kommissionens förslag", "EU-kommissionens", "compound"),
        ("enligt EU:s mål", "EU:s", "inflected"),
        ("Nätverket Klimatledarkommunerna", "Klimatledarkommunerna", "inflected"),
        ("de regionala utvecklingsstrategierna", "regionala utvecklingsstrategierna", "inflected"),
        ("det klimatpolitiska ramverkets mål", "klimatpolitiska ramverkets", "inflected"),
        ("våra omställningsarenor växer", "omställningsarenor", "inflected"),
        ("pengar ur stadsmiljöavtalen", "stadsmiljöavtalen", "inflected"),
        ("SAMVERKAN MED VINNOVA", "VINNOVA", "caps"),
        ("the Net Zero Cities consortium", "Net Zero Cities", "exact"),
        ("E.ON:s nät", "E.ON:s", "inflected"),
        ("ur ESF+ och annat", "ESF", "exact"),
        ("Länsstyrelsen i Skåne län", "Länsstyrelsen i Skåne län", "exact"),
        ("a county administrative board of Skåne", "county administrative board of Skåne", "exact"),
        ("a county administrative board in Skåne", "county administrative board in Skåne", "exact"),
        ("partners in Ruggedised learnt", "Ruggedised", "exact"),
    ],
)  # fmt: skip
def test_a_name_is_found_in_its_forms(names: Gazetteer, text: str, words: str, form: str) -> None:
    (mention,) = [m for m in names.find(text) if m.kind != "theme"]
    assert (mention.words, mention.form) == (words, form)
    assert text[mention.start : mention.end] == words
    assert 0 < mention.confidence <= 1
    if form != "exact":
        assert mention.confidence < 1


@pytest.mark.parametrize(
    "text",
    [
        "Viable\u00a0Cities", "Viable\nCities", "Viable \n  Cities", "Via\u00adble Cities",
        "Viable\u200b Cities", "VIABLE CITIES", "Viable Cities’", "”Viable Cities”",
        "(Viable Cities)",
        "Viable\u2011Cities", "Viable-Cities", "Viable Cities.", "1) Viable Cities",
    ],
)  # fmt: skip
def test_how_a_name_is_set_makes_no_difference(things: Say, text: str) -> None:
    assert things(text) == ["Viable Cities"]


def test_letters_written_apart_are_the_same(names: Gazetteer) -> None:
    apart = unicodedata.normalize("NFD", "Vi i Umeå åker elbilarna i Malmö.")
    found = names.find(apart)
    assert [unicodedata.normalize("NFC", m.words) for m in found] == ["Umeå", "elbilarna", "Malmö"]
    assert all(apart[m.start : m.end] == m.words for m in found)


@pytest.mark.parametrize(
    "text",
    ["Viable. Cities", "Viable, Cities", "Viable\n\nCities", "Viable – Cities", "Viable | Cities"],
)
def test_a_name_does_not_run_over_a_stop(things: Say, text: str) -> None:
    assert things(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "quality of life for all", "QUALITY OF LIFE", "a cop in town", "temperatures rise",
        "Rise up", "TEMPERATURES CONTINUE TO RISE", "eruf", "Eruf", "Life is good",
        "Capacities of the grid",
        "Electricity", "cost of electricity", "climate hub", "Climate hub for all",
        "interregional cooperation", "vinnova", "horizon europe", "ett liv", "e on", "Kth",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_names(things: Say, text: str) -> None:
    assert things(text) == []


def test_abbreviations_are_found_as_they_are_written(things: Say) -> None:
    assert things("LIFE, ERUF och COP samt KTH, RISE, C40") == [
        "LIFE", "ERUF", "COP", "KTH", "RISE", "C40",
    ]  # fmt: skip
    assert things("SAMVERKAN MED KTH OCH C40") == ["KTH", "C40"]


@pytest.mark.parametrize(
    "text",
    [
        "Vara med och bestäm.", "Mark ska sparas.", "Det tar tid. Boden flyttas.", "▪ Sala ihop",
        "- Mora ut den", "Rom är en sill med rom i.", "## Mark och vatten", "| Berg | 3 |",
        "att vara i Umea", "nära en lund", "Lundgatan", "Anna Lund svarar.", "enligt Erik Berg",
        "Malmö högskola", "Malmö Högskola", "Stockholm Environment Institute", "Region Stockholm",
        "Högskolan i Borås", "University of Malmö", "Stockholms län", "Länsstyrelsen i Stockholm",
        "Malmö Live AB", "Umeå Hamn", "i Stora Lund finns", "Nora Ek", "Johann von Berg",
        "Malmö FF", "Nice-Matin", "MARK OCH VATTEN", "VARA MED OCH BESTÄMMA", "Umeåborna",
        "Malmöregionen", "Malmö-regionen", "Umeå Malmö Port", "TU Stockholm", "umeå", "lund", "https://www.lund.se/Lund",
        "kontakt@Lund.se",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_city_is_none(things: Say, text: str) -> None:
    assert things(text) == []


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Vara kommun går före.", "Vara"), ("Marks kommun", "Mark"), ("Vi i Mark", "Mark"),
        ("Lunds mål", "Lund"), ("Kommunen Lund", "Lund"), ("City of Lund", "Lund"),
        ("CITY OF LUND", "Lund"), ("Umeå stad", "Umeå"), ("i Åre.", "Åre"), ("Borås Stad", "Borås"),
        ("Boden kommun", "Boden"), ("Umeå 2030", "Umeå"), ("UMEÅ", "Umeå"),
        ("Malmö-baserade", "Malmö"),
        ("Malmö's plan", "Malmö"), ("I Umeå Vinnova", "Umeå"), ("för Eda kommuns del", "Eda"),
        ("Stockholms stads plan", "Stockholm"),
    ],
)  # fmt: skip
def test_a_city_is_found_where_nothing_speaks_against_it(things: Say, text: str, city: str) -> None:
    assert things(text)[:1] == [city]


def test_an_ordinary_word_that_heads_a_list_of_cities_is_a_city(things: Say) -> None:
    assert things("Vara, Lund och Kil har gått med.") == ["Vara", "Lund", "Kil"]
    assert things("Vara och Lund har gått med.") == ["Vara", "Lund"]


def test_the_longer_name_wins(things: Say) -> None:
    assert things("Umeå Energi och Lunds universitet i Region Skåne") == [
        "Umeå Energi", "Lunds universitet", "Region Skåne",
    ]  # fmt: skip
    assert things("Klimatneutrala städer 2030 ger klimatneutrala städer") == [
        "Klimatneutrala städer 2030"
    ]


def test_a_name_may_lie_in_a_phrase_of_another_kind(names: Gazetteer) -> None:
    found = names.find("med finansiering från Vinnova till gröna obligationer")
    assert [(m.kind, m.words) for m in found] == [
        ("instrument", "finansiering från Vinnova"), ("party", "Vinnova"),
        ("instrument", "gröna obligationer"), ("theme", "gröna obligationer"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kollektivtrafiken", ["kollektivtrafiken>kollektivtrafik"]),
        ("Kollektivtrafik", ["Kollektivtrafik>kollektivtrafik"]),
        ("FJÄRRVÄRMEN BYGGS UT", ["FJÄRRVÄRMEN>fjärrvärme"]),
        ("elbilarnas", ["elbilarnas>elbilar"]), ("en elbil", ["elbil>elbilar"]),
        ("fjärrvärmen", ["fjärrvärmen>fjärrvärme"]),
        ("fossilfri transport", ["fossilfri transport>fossilfria transporter"]),
        ("det hållbara resandet", ["hållbara resandet>hållbart resande"]),
        ("stadsbussarna", ["stadsbussarna>bussar"]),
        ("eldrivna stadsbussar", ["stadsbussar>bussar"]),
        ("fjärrvärmenätet", ["fjärrvärmenätet>fjärrvärme"]),
        ("upphandlingsstrategin", ["upphandlingsstrategin>upphandling"]),
        ("cykel- och kollektivtrafik",
         ["cykel>cykeltrafik", "kollektivtrafik>kollektivtrafik"]),
        ("gång-, cykel- och kollektivtrafiken",
         ["gång>gångtrafik", "cykel>cykeltrafik", "kollektivtrafiken>kollektivtrafik"]),
        ("heat pump", ["heat pump>heat pumps"]),
        ("Public\ntransport", ["Public\ntransport>public transport"]),
        ("CCS och ESCO:er", ["CCS>CCS", "ESCO:er>ESCO"]),
        ("senare", []), ("parkering", []), ("sat on the mat with a friend", []), ("ccs", []),
        ("byggare", []), ("public, transport", []), ("land: use", []), ("kollektiv trafik", []),
    ],
)  # fmt: skip
def test_themes_are_found_by_the_forms_of_their_words(
    themes: Say, text: str, found: list[str]
) -> None:
    assert themes(text) == found


def test_a_name_is_no_theme() -> None:
    names = Gazetteer(
        [
            Entry("urn:f", "party", "Västra Fjärrvärme AB"), Entry("urn:t", "theme", "fjärrvärme"),
            Entry("urn:k", "party", "Karlshamn"), Entry("urn:h", "theme", "hamnar", "sv"),
        ]
    )  # fmt: skip
    text = "Västra Fjärrvärme AB i Karlshamn bygger hamnen med fjärrvärme."
    assert [m.iri[4:] for m in names.find(text)] == ["f", "k", "h", "t"]


def test_a_thing_may_lie_in_a_theme() -> None:
    names = Gazetteer(
        [
            Entry("urn:eu", "party", "EU"), Entry("urn:g", "theme", "EU-bidrag", "sv"),
            Entry("urn:a", "initiative", "omställningsarena", "sv"),
            Entry("urn:l", "theme", "lokala omställningsarenor", "sv"),
        ]
    )  # fmt: skip
    found = names.find("EU-bidrag till den lokala omställningsarenan")
    assert [(m.iri, m.words) for m in found] == [
        ("urn:eu", "EU-bidrag"), ("urn:g", "EU-bidrag"),
        ("urn:l", "lokala omställningsarenan"), ("urn:a", "omställningsarenan"),
    ]  # fmt: skip


def test_of_several_kinds_the_first_is_meant() -> None:
    entries = [Entry(f"urn:{kind}", kind, "Smart Kvarn") for kind in KINDS if kind != "theme"]
    for _ in range(len(entries)):
        (found,) = Gazetteer(entries).find("i Smart Kvarn nu")
        assert found.kind == entries[0].kind
        assert (found.confidence < 1) == (len(entries) > 1)
        entries = entries[1:]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the European Hydrogen Backbone (EHB)", []), ("the Emmaus Housing Body (EHB)", ["EHB"]),
        ("stöd av EHB", ["EHB"]), ("(EHB)", ["EHB"]), ("a hidden bank (EHB)", ["EHB"]),
    ],
)  # fmt: skip
def test_an_abbreviation_in_brackets_is_that_of_the_words_before(
    text: str, found: list[str]
) -> None:
    names = Gazetteer(
        [Entry("urn:e", "party", "EHB"), Entry("urn:e", "party", "Emmaus Housing Body")]
    )
    assert [m.words for m in names.find(text) if m.words == "EHB"] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("with Axis in Lund", ["Axis"]), ("Axis of change", []), ("the Knowledge Axis", []),
        ("AXIS OF CHANGE", []), ("two degrees Celsius", []), ("in CELSIUS", ["CELSIUS"]),
        ("Scale up the work", []), ("We scale up", []), ("in Scale UP", ["Scale UP"]),
        ("PV Solar parks", []), ("by SolarPark", ["SolarPark"]), ("by Solar Park", ["Solar Park"]),
    ],
)  # fmt: skip
def test_names_that_are_ordinary_words_are_found_only_as_names(text: str, found: list[str]) -> None:
    labels = ("Axis", "CELSIUS", "Scale UP", "SolarPark")
    names = Gazetteer(Entry(f"urn:{label}", "party", label) for label in labels)
    assert [m.words for m in names.find(text)] == found


def test_two_of_one_kind_are_left_to_a_person() -> None:
    names = Gazetteer(
        [Entry("urn:1", "project", "SnabbSam"), Entry("urn:2", "project", "SnabbSam")]
    )
    assert names.find("i SnabbSam nu") == []
    assert [hit.words for hit in names.unlinked("i SnabbSam nu")] == ["SnabbSam"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Vi deltar i Fossilfritt Sverige nu.", ["Fossilfritt Sverige"]),
        ("Vi deltar i ReMade och med GreenHub.", ["ReMade", "GreenHub"]),
        ("Stöd av SKR och IEA.", ["SKR", "IEA"]),
        ("Målet för Malmö högskola.", ["Malmö högskola"]),
        ("vid Stockholm Environment Institute", ["Stockholm Environment Institute"]),
        ("Rådet för hållbara städer. Vi är med.", []),
        ("med Council for Sustainable Cities.", ["Council for Sustainable Cities"]),
        ("Under våren. Måndag i Mars eller i Januari.", []),
        ("Se Bilaga 2 och Scope 3 i Åtagande 4.", []),
        ("Arbetet leds av Vi. GHG och CO2 i EU.", []),
        ("Vinnova och Umeå kommun samt Viable Cities.", []),
        ("MÅL OCH ÅTGÄRDER FÖR TRAFIKEN", []), ("Current Policies and Systemic Barriers", []),
        ("1) Continue the work. 2) Establish it.", []), ("Kollektivtrafik och Fjärrvärme", []),
        ("Läs på https://www.Okänt.se/Namn eller Namn@Okänt.se", []), ("", []),
    ],
)  # fmt: skip
def test_what_looks_like_a_name_and_is_unknown_is_listed(
    names: Gazetteer, text: str, words: list[str]
) -> None:
    hits = names.unlinked(text)
    assert [hit.words for hit in hits] == words
    assert all(text[hit.start : hit.end] == hit.words for hit in hits)


def test_the_order_of_the_entries_makes_no_difference(names: Gazetteer) -> None:
    entries = [Entry(iri(k, n), k, n, lang) for k, n, lang in NAMES]
    text = " och ".join(n for _, n, _ in NAMES)
    assert Gazetteer(entries).find(text) == Gazetteer(entries[::-1]).find(text)


def test_no_names_find_nothing() -> None:
    assert Gazetteer([]).find("Umeå kommun") == []
    assert Gazetteer([Entry("urn:x", "party", "–"), Entry("urn:y", "party", "")]).find("– x") == []


# -- the shipped graph ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped(graph: kg.KlimatGraph) -> Gazetteer:
    return Gazetteer.of(graph.engine)


def test_the_names_of_the_graph(shipped: Gazetteer) -> None:
    text = (
        "Umeå kommun, Vinnova och Viable Cities söker Klimatklivets stöd och är med i "
        "NetZeroCities och Horisont Europa, i linje med Parisavtalet och Klimatkontrakt 2030."
    )
    assert [(m.kind, m.iri.removeprefix(ID)) for m in shipped.find(text) if m.kind != "theme"] == [
        ("party", "city/se/umea"),
        ("party", "agency/se/vinnova"),
        ("party", "programme/se/viable-cities"),
        ("instrument", "instrument/klimatklivet"),
        ("initiative", "initiative/netzerocities"),
        ("instrument", "instrument/horizon-europe"),
        ("policy", "policy/parisavtalet"),
        ("policy", "framework/klimatkontrakt-2030"),
    ]
    assert shipped.unlinked(text) == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_municipality_is_found_by_its_name(
    shipped: Gazetteer, graph: kg.KlimatGraph, language: str
) -> None:
    rows = graph.engine.select(
        "SELECT ?c ?l WHERE { ?c <https://w3id.org/klimatgraph/ontology#municipalityCode> ?n ;"
        f' <http://www.w3.org/2000/01/rdf-schema#label> ?l . FILTER(LANG(?l) = "{language}") }}'
    ).rows
    assert len(rows) > 280
    for city, label in rows:
        found = shipped.find(f"det finns i {label.value} nu")  # type: ignore[union-attr]
        assert [m.iri for m in found] == [city.value]  # type: ignore[union-attr]


# -- any text --------------------------------------------------------------------------------------

SOME = st.sampled_from(
    [n for _, n, _ in NAMES] + list(CITIES) + ["s", "och", "-", ".", "\n", ":s", "projekt", "AV"]
)
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(st.one_of(SOME, st.text(max_size=5))).map(" ".join),
    st.lists(SOME, max_size=12).map("".join),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(text=TEXTS)
def test_spans_are_the_words_in_order(names: Gazetteer, text: str) -> None:
    found = names.find(text)
    assert found == sorted(found, key=lambda m: (m.start, -m.end))
    for mention in found:
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.words
        assert 0 < mention.confidence <= 1
    for one, other in _overlapping(found):
        inside = one.start <= other.start and other.end <= one.end
        assert inside and one.kind != other.kind
    hits = names.unlinked(text)
    assert all(text[h.start : h.end] == h.words for h in hits)
    assert [h.start for h in hits] == sorted(h.start for h in hits)
    for hit in hits:
        assert not any(m.start < hit.end and hit.start < m.end for m in found if m.kind != "theme")


def _overlapping(found: list[Mention]) -> list[tuple[Mention, Mention]]:
    return [(a, b) for i, a in enumerate(found) for b in found[i + 1 :] if b.start < a.end]


LETTERS = "abcdefghijklmnoprstuvyåäö"
PLAIN = st.text(LETTERS, min_size=4, max_size=9)
LABELS = st.lists(PLAIN.map(str.capitalize), min_size=1, max_size=3).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(label=LABELS, kind=st.sampled_from([k for k in KINDS if k != "theme"]))
def test_any_label_between_neutral_words_is_found(label: str, kind: str) -> None:
    text = f"det finns {label} här"
    (found,) = Gazetteer([Entry("urn:x", kind, label)]).find(text)
    assert (found.words, found.form, found.confidence) == (label, "exact", 1.0)


@settings(max_examples=200, deadline=None)
@given(labels=st.lists(LABELS, min_size=1, max_size=12, unique=True), data=st.data())
def test_exact_names_are_those_that_one_pattern_a_label_finds(
    labels: list[str], data: st.DataObject
) -> None:
    """The oracle tries every label at every place, the longest first."""
    fillers = st.sampled_from(["det", "finns", "mellan", ",", "1234"])
    parts = data.draw(st.lists(st.one_of(st.sampled_from(labels), fillers), max_size=15))
    text = " ".join(parts)
    names = Gazetteer(Entry(f"urn:{label}", "project", label) for label in labels)
    found = {(m.start, m.end) for m in names.find(text) if m.form == "exact"}
    expected: set[tuple[int, int]] = set()
    place = 0
    pattern = {label: re.compile(rf"(?<!\w){re.escape(label)}(?!\w)") for label in labels}
    while place < len(text):
        ends = [m.end() for p in pattern.values() if (m := p.match(text, place))]
        if ends:
            expected.add((place, max(ends)))
        place = max(ends, default=place + 1)
    inflected = {(m.start, m.end) for m in names.find(text)} - found
    assert {span for span in expected if not any(a <= span[0] < b for a, b in inflected)} == found
