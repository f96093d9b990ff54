"""Facts in comparable form."""

from __future__ import annotations

import pytest

from klimatgraph.reading.facts import KINDS, Fact


def test_fields_stand_in_the_order_of_their_kind() -> None:
    one = Fact.of("target", year="2030", about="city/se/lund", target="climate-neutral")
    two = Fact.from_mapping(
        "target", {"target": "climate-neutral", "about": "city/se/lund", "year": "2030"}
    )
    assert one == two and hash(one) == hash(two)
    assert [name for name, _ in one.fields] == ["about", "target", "year"]


def test_what_the_document_does_not_say_is_left_out() -> None:
    fact = Fact.of("offer", name="Gröna resplaner", year=None)
    assert fact.get("year") == "" and "year" not in dict(fact.fields)
    with pytest.raises(KeyError):
        fact["year"]


@pytest.mark.parametrize("kind", ["adopton", ""])
def test_an_unknown_kind_is_refused(kind: str) -> None:
    with pytest.raises(KeyError):
        Fact.of(kind)


def test_an_unknown_field_is_refused_and_the_known_ones_are_told() -> None:
    with pytest.raises(KeyError, match="number, status"):
        Fact.of("adoption", nummer="6")


def test_every_kind_has_fields_of_its_own() -> None:
    assert all(fields and len(set(fields)) == len(fields) for fields in KINDS.values())
