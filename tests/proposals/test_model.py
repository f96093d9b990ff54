"""Proposals: keys that survive, JSON that comes back."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimatgraph.errors import FormatError
from klimatgraph.proposals.model import Proposal, Proposed
from klimatgraph.reading.documents import Passage
from klimatgraph.reading.facts import Candidate, Fact


def proposed(text: str, fact: Fact, ordinal: int = 1, rule: str = "a") -> Proposed:
    passage = Passage("5.1", ordinal, "paragraph", 0, len(text), text)
    return Proposed.of(Candidate(fact, (passage,), text, rule))


def test_json_comes_back_whole(proposal: Proposal) -> None:
    text = proposal.to_json()
    assert Proposal.from_json(text) == proposal
    assert Proposal.from_json(text).to_json() == text


def test_keys_hang_on_what_was_read_and_its_words_only() -> None:
    fact = Fact.of("offer", name="Resplaner")
    key = proposed("Gröna  resplaner", fact).key
    assert proposed("Gröna resplaner", fact, ordinal=7, rule="b").key == key
    assert proposed("Gröna resplaner!", fact).key != key
    assert proposed("Gröna resplaner", Fact.of("offer", name="Planer")).key != key


def test_keys_of_a_proposal_are_distinct(proposal: Proposal) -> None:
    assert len({item.key for item in proposal.items}) == len(proposal.items)


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[]", "null", '{"format": 1}', '{"format": 2}', '{"format": 1, "items": 3}'],
)
def test_damage_is_told_in_one_line(damage: str) -> None:
    with pytest.raises(FormatError, match="read the document again") as raised:
        Proposal.from_json(damage, "lund/proposal.json")
    assert "lund/proposal.json" in str(raised.value) and "\n" not in str(raised.value)


def test_a_fact_of_an_unknown_kind_is_damage(proposal: Proposal) -> None:
    data = json.loads(proposal.to_json())
    data["items"][0]["fact"]["kind"] = "wish"
    with pytest.raises(FormatError):
        Proposal.from_json(json.dumps(data))


@given(st.text(min_size=1, max_size=80).filter(str.strip))
def test_any_name_survives(name: str) -> None:
    item = proposed("x", Fact.of("offer", name=name))
    whole = Proposal("n", "f", "s", "sv", "city/se/lund", "Lund", "2023", (item,), ())
    assert Proposal.from_json(whole.to_json()).items[0].fact["name"] == name


def test_confidence_is_written_exactly(proposal: Proposal) -> None:
    item = replace(proposal.items[0], confidence=Decimal("0.85"))
    back = Proposal.from_json(replace(proposal, items=(item,)).to_json())
    assert back.items[0].confidence == Decimal("0.85")
