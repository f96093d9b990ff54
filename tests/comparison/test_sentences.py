"""The difference in sentences, in the words in which people ask for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import klimatgraph as kg

from .conftest import adoption, contract, named, percent, target, year


def test_sentences_in_swedish(small: kg.KlimatGraph) -> None:
    assert small.diff("Lund 2023", "Lund 2025/26").sentences() == [
        "Nya parter: Vinnova.",
        "Parter som är borta: Formas.",
        "Nya övergripande åtaganden: övergripande åtagande, 2030.",
        "Lund anslöt sig till gemensamt åtagande 6.",
        "Lund lämnade gemensamt åtagande 2, som inte längre står i listan.",
        "Lund lämnade gemensamt åtagande 3, som nu är uppskjutet.",
        "Lund avböjde gemensamt åtagande 4.",
        "Ändrade inbjudningar till samarbete: gröna tak från 2024 till 2026.",
        "Lund höjde målet klimatneutral (geografiskt område): förut 2040; nu 2030.",
        "Lund sänkte målet minskade utsläpp (geografiskt område): "
        "förut 80 procent, 2030, jämfört med 1990; nu 75 procent, 2030, jämfört med 1990.",
        "Lund satte ett nytt mål: klimatpositiv (geografiskt område), 2045.",
        "Lund har inte längre målet fossilfri (kommunens egen verksamhet), 2030.",
        "Lägre utsläppsuppgifter: utsläpp, scope 1 från 300 kton CO2e till 250 kton CO2e.",
        "Ändrade utsläppsuppgifter: utsläpp, scope 3 från inte fastställt ännu till 900 kton CO2e.",
        "Nya utsläppsuppgifter: utsläpp, scope 2, 0,1 ton CO2e per person.",
        "Utsläppsuppgifter som är borta: utsläpp, scope 2, 7,7 kton CO2e.",
        "Högre uppskattningar: privat andel av investeringsbehovet från 70 procent till "
        "72,5 procent.",
        "Nya uppskattningar: investeringsbehov, 1000 kronor.",
        "Uppskattningar som är borta: investeringsbehov, 100 euro.",
        "Nya strategiska prioriteringar: Maten i skolan.",
        "Investeringsbehov som är borta: elnät.",
        "Nya länkade dokument: budget.",
    ]


COMMITMENT = [
    (("not-listed", "adopted"), "Lund anslöt sig till gemensamt åtagande 1.",
     "Lund joined joint commitment 1."),
    (("postponed", "adopted"),
     "Lund anslöt sig till gemensamt åtagande 1, som förut var uppskjutet.",
     "Lund joined joint commitment 1, which was postponed before."),
    (("adopted", ""), "Lund lämnade gemensamt åtagande 1.", "Lund left joint commitment 1."),
    (("adopted", "declined"), "Lund lämnade gemensamt åtagande 1, som nu är avböjt.",
     "Lund left joint commitment 1, which is now declined."),
    (("adopted", "not-listed"), "Lund lämnade gemensamt åtagande 1, som inte längre står i listan.",
     "Lund left joint commitment 1, which is no longer listed."),
    (("declined", "postponed"), "Lund sköt upp gemensamt åtagande 1, som förut var avböjt.",
     "Lund postponed joint commitment 1, which was declined before."),
    (("declined", ""),
     "Lund nämner inte längre gemensamt åtagande 1, som förut var avböjt.",
     "Lund no longer mentions joint commitment 1, which was declined before."),
]  # fmt: skip
COMMITMENT_OF_CITIES = [
    (("", "adopted"), "Bara Malmö 2023 har antagit gemensamt åtagande 1.",
     "Only Malmo 2023 has adopted joint commitment 1."),
    (("adopted", "declined"),
     "Bara Lund 2023 har antagit gemensamt åtagande 1, som Malmö 2023 har avböjt.",
     "Only Lund 2023 has adopted joint commitment 1, which Malmo 2023 has declined."),
    (("postponed", "declined"),
     "Malmö 2023 har avböjt gemensamt åtagande 1, som Lund 2023 har skjutit upp.",
     "Malmo 2023 has declined joint commitment 1, which Lund 2023 has postponed."),
    (("postponed", ""), "Lund 2023 har skjutit upp gemensamt åtagande 1.",
     "Lund 2023 has postponed joint commitment 1."),
]  # fmt: skip

TARGET = [
    ((year("2030"), f"{year('2030')} ; {percent('80')}"),
     "Lund ändrade målet minskade utsläpp (geografiskt område): "
     "förut 2030; nu 80 procent, 2030, jämfört med 1990.",
     "Lund changed the target emission reduction (geographic area): "
     "before 2030; now 80 per cent, 2030, compared with 1990."),
    (("", year("2030")),
     "Lund ändrade målet minskade utsläpp (geografiskt område): "
     "förut utan år och siffra; nu 2030.",
     "Lund changed the target emission reduction (geographic area): "
     "before without year and figure; now 2030."),
]  # fmt: skip
TARGET_OF_CITIES = [
    ((year("2040"), year("2030")),
     "Malmö 2023 går längre än Lund 2023 i målet minskade utsläpp (geografiskt område): "
     "2030 mot 2040.",
     "Malmo 2023 goes further than Lund 2023 in the target emission reduction (geographic area): "
     "2030 against 2040."),
    ((year("2030"), year("2040")),
     "Lund 2023 går längre än Malmö 2023 i målet minskade utsläpp (geografiskt område): "
     "2030 mot 2040.",
     "Lund 2023 goes further than Malmo 2023 in the target emission reduction (geographic area): "
     "2030 against 2040."),
    ((year("2030"), f"{year('2030')} ; {percent('80')}"),
     "Lund 2023 och Malmö 2023 skiljer sig i målet minskade utsläpp (geografiskt område): "
     "2030 mot 80 procent, 2030, jämfört med 1990.",
     "Lund 2023 and Malmo 2023 differ in the target emission reduction (geographic area): "
     "2030 against 80 per cent, 2030, compared with 1990."),
    ((year("2030"), None), "Bara Lund 2023 har målet minskade utsläpp (geografiskt område), 2030.",
     "Only Lund 2023 has the target emission reduction (geographic area), 2030."),
]  # fmt: skip


def commitments(status: str) -> list[str]:
    return [adoption("1", status)] if status else []


def targets(says: str | None) -> list[str]:
    return [] if says is None else [target("emission-reduction", says)]


CASES = [
    *((True, [commitments(s) for s in sides], said) for sides, *said in COMMITMENT),
    *((False, [commitments(s) for s in sides], said) for sides, *said in COMMITMENT_OF_CITIES),
    *((True, [targets(s) for s in sides], said) for sides, *said in TARGET),
    *((False, [targets(s) for s in sides], said) for sides, *said in TARGET_OF_CITIES),
]


@pytest.mark.parametrize(("same_city", "sides", "said"), CASES)
def test_one_sentence_for_each_commitment_and_target(
    trig: Callable[..., Path], same_city: bool, sides: list[list[str]], said: list[str]
) -> None:
    other = ("lund", "2024") if same_city else ("malmo", "2023")
    graph = kg.load(trig("one", contract("lund", "2023", *sides[0]), contract(*other, *sides[1])))
    difference = graph.diff("Lund 2023", f"{other[0]} {other[1]}")
    assert [difference.sentences("sv"), difference.sentences("en")] == [[said[0]], [said[1]]]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("2045", "2050",
         "Målet klimatneutral (geografiskt område) för parisavtalet: "
         "2045 i Lund 2023, 2050 i Lund 2024."),
        ("2045", None,
         "Bara Lund 2023 nämner målet klimatneutral (geografiskt område) för parisavtalet, 2045."),
    ],
)  # fmt: skip
def test_a_target_that_is_not_the_citys_own_was_not_raised_by_it(
    trig: Callable[..., Path], before: str, after: str | None, said: str
) -> None:
    def of_policy(at: str | None) -> list[str]:
        if at is None:
            return []
        says = (
            "klim:kind <code/target-kind/climate-neutral> ; klim:scope <code/scope/geographic> ; "
            f"klim:status <code/target-status/active> ; {year(at)}"
        )
        text = named("Target", "target-policy", "mål", says)
        return [
            text.replace("klim:party <city/se/@CITY> ;", "").replace(
                "<contract/k/@ED/@CITY>", "<policy/parisavtalet>"
            )
        ]

    graph = kg.load(
        trig("policy", contract("lund", "2023", *of_policy(before)),
             contract("lund", "2024", *of_policy(after)))
    )  # fmt: skip
    assert graph.diff("Lund 2023", "Lund 2024").sentences("sv") == [said]
