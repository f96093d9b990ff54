"""Words, their keys and stems."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimatgraph.reading.inflection import alike, bases, fold, gap, goes_on, stem, words


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("EU:s mål", ["eu", "s", "mål"]),
        ("Viable Cities’ program", ["viable", "cities", "program"]),
        ("NetZeroCities-projektet", ["netzerocities", "projektet"]),
        ("Klimat\u00adklivet", ["klimatklivet"]),
        (unicodedata.normalize("NFD", "Umeå är"), ["umeå", "är"]),
        ("cykel_väg", ["cykel", "väg"]),
        ("STRASSE straße", ["strasse", "strasse"]),
        ("CO₂e", ["co₂e"]),
        ("", []),
        (" –•\u00a0\n", []),
    ],
)
def test_words_are_compared_by_their_keys(text: str, keys: list[str]) -> None:
    assert [word.key for word in words(text)] == keys


@given(st.text(max_size=80))
def test_words_stand_where_they_say(text: str) -> None:
    place = 0
    for word in words(text):
        assert text[word.start : word.end] == word.text
        assert word.start >= place
        assert word.key == fold(word.text)
        place = word.end


@given(st.text(max_size=20))
def test_letters_composed_or_apart_are_one_word(text: str) -> None:
    composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert fold(composed) == fold(apart)


@pytest.mark.parametrize(
    ("forms", "language"),
    [
        (("elbil", "elbilar", "elbilarna", "elbilens", "elbilarnas"), "sv"),
        (("fjärrvärme", "fjärrvärmen", "fjärrvärmens"), "sv"),
        (("kommun", "kommuner", "kommunerna", "kommunernas"), "sv"),
        (("wetland", "wetlands"), "en"),
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: tuple[str, ...], language: str) -> None:
    assert len({stem(form, language) for form in forms}) == 1


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("vinnovas", "vinnova"),
        ("klimatklivets", "klimatklivet"),
        ("klimatklivet", "klimatkliv"),
        ("klimatledarkommunerna", "klimatledarkommuner"),
        ("klimatfrukostarna", "klimatfrukostar"),
        ("elbilarnas", "elbil"),
    ],
)
def test_a_form_may_be_of_its_base(form: str, base: str) -> None:
    assert base in dict(bases(form))


def test_a_genitive_is_told_from_what_makes_a_noun_definite() -> None:
    assert dict(bases("vinnovas"))["vinnova"]
    assert not dict(bases("klimatklivet"))["klimatkliv"]


def test_too_little_is_no_base() -> None:
    assert bases("s") == ()
    assert bases("as") == ()


@given(st.text(alphabet="abensrt", max_size=12))
def test_a_base_begins_the_word(key: str) -> None:
    for base, _ in bases(key):
        assert key.startswith(base)
        assert 2 <= len(base) < len(key)


@pytest.mark.parametrize(
    ("one", "other"),
    [("parker", "parkering"), ("transporter", "transportera"), ("plan", "plats"), ("mat", "mål")],
)
def test_what_makes_another_word_is_no_ending(one: str, other: str) -> None:
    assert stem(one, "sv") != stem(other, "sv")


@pytest.mark.parametrize("words_", [("senare", "sensorer"), ("vänner", "vänorter")])
def test_words_that_meet_in_a_short_stem_are_told_apart(words_: tuple[str, str]) -> None:
    assert not alike(*words_, "sv")


@given(st.text(alphabet="abenrstlgiåö", min_size=1, max_size=14), st.sampled_from(["sv", "en"]))
def test_a_stem_begins_the_word_and_is_not_empty(key: str, language: str) -> None:
    assert stem(key, language)
    assert alike(key, key, language)


@pytest.mark.parametrize(
    ("between", "compared"),
    [(" ", " "), ("\n", " "), ("\n\n", "\n\n"), ("-", " "), (" – ", " - "), ("–", " "), (". ", "."),
     ("", " "), (" & ", "&"), ("’", "'")],
)  # fmt: skip
def test_what_stands_between_words_is_compared_freely(between: str, compared: str) -> None:
    assert gap(between) == compared


def test_a_compound_goes_on_with_a_known_word() -> None:
    assert goes_on("projektet") and goes_on("smedel")
    assert not goes_on("ional") and not goes_on("s")
