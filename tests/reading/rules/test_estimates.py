"""Shares of investment and amounts of money."""

from __future__ import annotations

import pytest

from klimatgraph.reading.rules.estimates import estimates

NAMES = ("indicator", "value", "unit", "horizon", "status")
CASES = [
    ("Ca 80% av investeringsbehovet finns hos privata intressenter.",
     ["private-investment-share 80 percent - approximate"]),
    ("65 % av investeringarna görs av näringslivet och 35 % av offentlig sektor.",
     ["private-investment-share 65 percent - known", "public-investment-share 35 percent - known"]),
    ("Samhällsekonomiska vinster uppskattas till ca €130 miljoner fram till 2050.",
     ["socioeconomic-benefit 130000000 euro 2050 approximate"]),
    ("Investeringsbehovet uppgår till 2,3 miljarder kronor till 2035.",
     ["investment-need 2300000000 swedish-krona 2035 known"]),
    ("Finansieringsgapet är betydande.", ["financing-gap - - - qualitative"]),
    ("Finansieringsgapet uppskattas till 400 mnkr.",
     ["financing-gap 400000000 swedish-krona - known"]),
    ("Kommunen har beviljats 5 mnkr från Klimatklivet.",
     ["granted-funds 5000000 swedish-krona - known"]),
    ("Vi avsätter 5 mnkr årligen.", ["stated-amount 5000000 swedish-krona - known"]),
    ("Utsläppen har minskat med 35 % mellan 1990 och 2020.",
     ["emission-change -35 percent 2020 known"]),
    ("The total investment need is EUR 5.2 million by 2030.",
     ["investment-need 5200000 euro 2030 known"]),
]  # fmt: skip
NONE = ["80 % av invånarna är positiva.", "Vi ska minska utsläppen med 80 % till 2030.", "År 2030."]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_estimates_as_a_person_reads_them(make, text: str, expected: list[str]) -> None:  # type: ignore[no-untyped-def]
    found = estimates(make(text, "plan"))
    assert [" ".join(c.fact.get(n) or "-" for n in NAMES) for c in found] == expected


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("Investeringsbehovet uppgår till 1,2–1,5 miljarder kronor.", "1200000000", "1500000000"),
        ("70–80 % av investeringarna görs av näringslivet.", "70", "80"),
        ("Utsläppen har minskat med 30–35 % sedan 1990.", "-35", "-30"),
    ],
)
def test_a_range_keeps_both_ends(make, text: str, least: str, most: str) -> None:  # type: ignore[no-untyped-def]
    (found,) = estimates(make(text, "plan"))
    assert (found.fact["value"], found.fact["max"]) == (least, most)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_estimate(make, text: str) -> None:  # type: ignore[no-untyped-def]
    assert [str(c.fact) for c in estimates(make(text, "plan"))] == []
