"""Sentences of a passage, and its language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimatgraph.reading.sentences import language, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ett. Två.", ["Ett.", "Två."]),
        ("Målet är ca. 5 ton. Sedan mer.", ["Målet är ca. 5 ton.", "Sedan mer."]),
        ("T.ex. Lund och bl.a. Malmö gör så.", ["T.ex. Lund och bl.a. Malmö gör så."]),
        ("Vad? Jo! Så.", ["Vad?", "Jo!", "Så."]),
        ("Vi når 2,5 %. 2030 är vi klara.", ["Vi når 2,5 %.", "2030 är vi klara."]),
        ("utan stor bokstav. sedan liten", ["utan stor bokstav. sedan liten"]),
        ("", []),
        ("  ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert [s.text for s in sentences(text)] == expected


@given(st.text(max_size=300))
def test_each_sentence_stands_where_it_says(text: str) -> None:
    place = 0
    for sentence in sentences(text):
        assert text[sentence.start : sentence.start + len(sentence.text)] == sentence.text
        assert sentence.start >= place
        place = sentence.start + len(sentence.text)


def test_the_language_of_a_text() -> None:
    assert language(["Kommunen ska minska utsläppen och bli klimatneutral."]) == "sv"
    assert language(["The city will reduce the emissions and become climate neutral."]) == "en"
    assert language([]) == "sv"
