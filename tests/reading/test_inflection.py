"""Words, their keys and stems."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimatgraph.errors import MissingExtra
from klimatgraph.reading import inflection
from klimatgraph.reading.inflection import bases, fold, stem, words


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
    assert base in bases(form)


def test_too_little_is_no_base() -> None:
    assert bases("eus") == ()
    assert bases("s") == ()


@given(st.text(alphabet="abensrt", max_size=12))
def test_a_base_begins_the_word(key: str) -> None:
    for base in bases(key):
        assert key.startswith(base)
        assert 3 <= len(base) < len(key)


def test_without_snowballstemmer_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "snowballstemmer", None)
    inflection._stemmer.cache_clear()
    try:
        with pytest.raises(MissingExtra, match="read"):
            stem("ettordsomingensett", "sv")
    finally:
        inflection._stemmer.cache_clear()
