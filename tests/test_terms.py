"""IRIs, slugs, python values and labels."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from klimatgraph.errors import InputError
from klimatgraph.terms import (
    ID,
    PREFIXES,
    canonical_literal,
    expand,
    pick_label,
    python_value,
    shorten,
    slug,
    thing,
)

XSD = PREFIXES["xsd"]


def lit(text: str, kind: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + kind))


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Umeå", "umea"),
        ("Örnsköldsvik", "ornskoldsvik"),
        ("Upplands Väsby", "upplands-vasby"),
        ("2025/26", "2025-26"),
        ("  --Ärla--  ", "arla"),
        ("Kraków", "krakow"),
        ("Łódź", "lodz"),
        ("Århus (Aarhus)", "arhus-aarhus"),
        ("Søren Æ", "soren-ae"),
        ("ﬁnans", "finans"),
        ("İzmir", "izmir"),
    ],
)
def test_slug(name: str, wanted: str) -> None:
    assert slug(name) == wanted


@given(st.text())
def test_a_slug_is_plain_and_stays(text: str) -> None:
    try:
        made = slug(text)
    except InputError:
        return
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    assert slug(made) == made


@pytest.mark.parametrize("text", ["", "---", "…", "城市"])
def test_no_slug(text: str) -> None:
    with pytest.raises(InputError):
        slug(text)


@pytest.mark.parametrize(
    "parts", [(), ("",), ("a", "B"), ("a", "å"), ("a b",), ("a", "x>y"), ("a//b",)]
)
def test_thing_refuses(parts: tuple[str, ...]) -> None:
    with pytest.raises(InputError):
        thing(*parts)


def test_thing() -> None:
    assert thing("signature", "klimatkontrakt/2025-26", "umea").value == (
        ID + "signature/klimatkontrakt/2025-26/umea"
    )


@pytest.mark.parametrize("prefix", sorted(PREFIXES))
def test_expand_and_shorten(prefix: str) -> None:
    assert expand(f"{prefix}:x") == NamedNode(PREFIXES[prefix] + "x")
    assert shorten(PREFIXES[prefix] + "x") == f"{prefix}:x"


@given(
    st.sampled_from([*PREFIXES.values(), "https://example.org/", "urn:x:"]),
    st.text("aå/:.-1", max_size=8),
)
def test_shorten_and_back(namespace: str, rest: str) -> None:
    iri = NamedNode(namespace + rest)
    assert expand(shorten(iri)) == iri


@pytest.mark.parametrize("text", ["City", "nope:City", "klim:a b", "klim:<", "", "<no iri>"])
def test_expand_refuses(text: str) -> None:
    with pytest.raises(InputError):
        expand(text)


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (None, None),
        (lit("5", "integer"), 5),
        (lit("-07", "int"), -7),
        (lit("7.7", "decimal"), 7.7),
        (lit("0.12345678901234567890", "decimal"), Decimal("0.12345678901234567890")),
        (lit("1e3", "double"), 1000.0),
        (lit("INF", "double"), float("inf")),
        (lit("true", "boolean"), True),
        (lit("0", "boolean"), False),
        (lit("2030", "gYear"), "2030"),
        (lit("2026-01-01", "date"), "2026-01-01"),
        (lit("five", "integer"), "five"),
        (lit("x", "double"), "x"),
        (lit("maybe", "boolean"), "maybe"),
        (lit("1" * 5000, "integer"), "1" * 5000),
        (Literal("5"), "5"),
        (Literal("Umeå", language="sv"), "Umeå"),
        (NamedNode("urn:x"), "urn:x"),
        (BlankNode("b"), "_:b"),
    ],
)
def test_python_value(term: object, value: object) -> None:
    found = python_value(term)  # type: ignore[arg-type]
    assert found == value and type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("5.00", "decimal", "5"),
        ("+7.70", "decimal", "7.7"),
        (".5", "decimal", "0.5"),
        ("-0.0", "decimal", "0"),
        ("007", "integer", "7"),
        ("-0", "integer", "0"),
        ("1", "boolean", "true"),
        ("x", "decimal", "x"),
        ("007", "string", "007"),
        ("2030", "gYear", "2030"),
    ],
)
def test_canonical_literal(text: str, kind: str, wanted: str) -> None:
    assert canonical_literal(lit(text, kind)) == lit(wanted, kind)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_canonical_keeps_the_number(number: Decimal) -> None:
    text = format(number, "f")
    made = canonical_literal(lit(text, "decimal"))
    assert Decimal(made.value) == number
    assert canonical_literal(made) == made


def test_pick_label() -> None:
    sv, en = Literal("stad", language="sv"), Literal("city", language="en")
    assert pick_label([en, sv], "sv") == "stad"
    assert pick_label([en, sv], "en") == "city"
    assert pick_label([Literal("plain"), sv], "en") == "plain"
    assert pick_label([Literal("Stadt", language="de"), en], "sv") == "city"
    assert pick_label([Literal("b", language="sv"), Literal("a", language="sv")]) == "a"
    assert pick_label([]) is None
