"""Which measures an action belongs to: small made-up actions, and the vocabulary that ships."""

from __future__ import annotations

import csv
import re
from collections import Counter
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

import klimatgraph as kg
from klimatgraph.errors import InputError
from klimatgraph.reading.ccc.meanings import meaning, tokens
from klimatgraph.reading.ccc.themes import POINTS, ActionThemes, Measure

GOLD = Path(__file__).parents[1] / "gold" / "ccc" / "action-themes.csv"
MOBILITY, ENERGY = "mobility-transport", "energy-systems"
SMALL = (
    Measure("bikes", (("cycle paths", "en"), ("bicycle network", "en")), frozenset((MOBILITY,))),
    Measure("solar", (("solar power", "en"), ("solar panels", "en")), frozenset((ENERGY,))),
    Measure("public-solar", (("solar panels on municipal buildings", "en"),), frozenset((ENERGY,))),
    Measure("retrofit", (("renovation of public buildings", "en"),), frozenset((ENERGY,))),
    Measure("heat", (("fjärrvärme", "sv"), ("district heating", "en")), frozenset((ENERGY,))),
    Measure("biogas", (("biogas", "en"), ("biogas", "sv"))),
    Measure("trees", (("tree planting", "en"),)),
)


@pytest.fixture(scope="module")
def small():
    return ActionThemes(SMALL)


@pytest.fixture(scope="module")
def themes():
    return ActionThemes.of(kg.load().engine)


def names(found):
    return [one.theme.removeprefix("theme/") for one in found]


def parts(one):
    return {reason.part: reason for reason in one.reasons}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("New cycle paths", ["bikes"]),
        ("Extension of cycling routes", ["bikes"]),
        ("Solar power", ["solar"]),
        ("Photovoltaic panels on the roofs of school buildings", ["public-solar"]),
        ("Energy refurbishment of schools and other municipal facilities", ["retrofit"]),
        ("Planting of 500 trees", ["trees"]),
        ("Utbyggd fjärrvärme", ["heat"]),
        ("Biogas and solar power", ["solar", "biogas"]),
        # Not the same words close together, or the words turned without a reason.
        ("Trees: monitoring, care, a register, and perhaps planting", []),
        ("Paths through the market, for people on a cycle", []),
        ("Climate contract", []),
    ],
)
def test_by_name(small, name, expected):
    assert names(small.assign(name)) == expected


def test_what_lies_within_another_measure_counts_for_nothing(small):
    found = small.assign("Solar panels on municipal buildings")
    assert names(found) == ["public-solar"]
    assert names(small.assign("Solar panels on barns")) == ["solar"]


def test_score_is_the_sum_of_its_reasons(small):
    (one,) = small.assign("Cycle paths", "A bicycle network for all. Cycle paths too.", MOBILITY)
    assert one.score == sum(reason.points for reason in one.reasons)
    said = parts(one)
    assert list(said) == [
        "name", "specific", "first sentence", "description", "further labels", "field",
    ]  # fmt: skip
    assert said["name"].words == '"Cycle paths"' and said["name"].points == 4
    assert said["first sentence"].words == '"bicycle network"'
    assert said["further labels"].points == Decimal("0.5")
    assert str(said["field"]) == "field: mobility-transport +0.5"
    assert set(said) <= set(POINTS)


def test_first_sentence_is_worth_more(small):
    first = small.assign("Programme", "We build a bicycle network. It is for all.", MOBILITY)
    later = small.assign("Programme", "It is for all. We build a bicycle network.", MOBILITY)
    assert names(first) == ["bikes"] and later == ()


def test_field_of_action(small):
    name = "Cycle paths"
    here, none, other = (small.assign(name, field=f)[0] for f in (MOBILITY, None, ENERGY))
    assert here.score - none.score == POINTS["field"]
    assert other.score - none.score == POINTS["other field"]
    # A measure without a field agrees with none and contradicts none.
    assert not {"field", "other field"} & set(parts(small.assign("Biogas", field=ENERGY)[0]))


def test_single_words_of_a_description_do_not_do(small):
    assert small.assign("Programme", "Biogas may come later.") == ()
    assert small.assign("Programme", "Among others. There is also biogas, and biogas.") == ()


@pytest.mark.parametrize("denial", ["no", "without", "instead of", "rather than"])
def test_denied(small, denial):
    assert small.assign(f"Heating {denial} solar panels") == ()
    assert names(small.assign(f"Solar power {denial} solar panels")) == ["solar"]


def test_at_most_four_and_the_best_first(themes):
    name = "Cycle paths, bus lanes, car sharing, heat pumps, wind power and green roofs"
    found = themes.assign(name, "Heat pumps. And wind power.")
    assert len(found) == 4 and names(found)[0] == "heat-pumps"
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_order_of_measures_does_not_matter(small):
    turned = ActionThemes(reversed(SMALL))
    name, description = (
        "Solar power, biogas and cycle paths",
        "District heating. Planting of trees.",
    )
    found = small.assign(name, description, ENERGY)
    assert found == small.assign(name, description, ENERGY)
    assert found == turned.assign(name, description, ENERGY)


@pytest.mark.parametrize("name", ["", "   ", "\n\t", "–", "123", "...", "|" * 500, "x" * 5000])
def test_nothing_to_go_by(themes, name):
    assert themes.assign(name) == () and themes.assign(name, name) == ()


def test_unknown_field(small):
    with pytest.raises(InputError, match="'transport': use one of energy-systems, mobility"):
        small.assign("Cycle paths", field="transport")
    with pytest.raises(InputError, match="use one of none"):
        ActionThemes([]).assign("Cycle paths", field=MOBILITY)
    assert ActionThemes([]).assign("Cycle paths") == ()


def test_line_ends_and_case(small):
    plain = small.assign("Solar panels on municipal buildings")
    assert small.assign("Solar  panels\non municipal\tbuildings") == plain
    assert names(small.assign("SOLAR PANELS ON MUNICIPAL BUILDINGS")) == names(plain)


def test_a_label_that_several_have_decides_nothing():
    both = ActionThemes(Measure(theme, (("bus lanes", "en"),)) for theme in ("a", "b"))
    assert both.assign("New lanes for buses") == ()


def test_meanings():
    assert meaning("refurbishment of schools") == ("=retrofit", "school")
    assert meaning("zero-emission buses") == meaning("fossil-free bus") == ("+clean", "bus")
    text = "Re-use in non-residential buildings, net zero"
    assert [text[t.start : t.end] for t in tokens(text)] == [
        "Re-use", "non-residential", "buildings", "net zero",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Electrification of private cars", "electric-car-uptake"),
        ("Optimisation of goods transport", "freight-optimisation"),
        ("Shift of freight to rail", "freight-rail-water"),
        ("Electric ferries", "zero-emission-vessels"),
        ("Land use planning for a climate-neutral city", "climate-spatial-plans"),
        ("District cooling network", "district-cooling"),
        ("Lobbying", "national-advocacy"),
        ("Eco-driving courses for bus drivers", "eco-driving"),
        ("Nature restoration along the river", "biodiversity-habitats"),
        ("Decarbonisation of DH", "fossil-free-district-heating"),
        ("Fjärrkyla i centrum", "district-cooling"),
    ],
)
def test_measures_of_the_vocabulary(themes, name, expected):
    found = themes.assign(name)
    assert names(found)[:1] == [expected]
    assert found[0].theme.startswith("theme/")


def gold():
    with GOLD.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_gold_is_sound(themes):
    known = {theme.removeprefix("theme/") for theme in themes._fields}
    for row in gold():
        needed, also = (list(filter(None, row[key].split(";"))) for key in ("themes", "also"))
        assert set(needed) | set(also) <= known, row["name"]
        assert len(set(needed + also)) == len(needed + also), row["name"]
        assert not re.match(r"description\b", row["name"], re.IGNORECASE)
        half = "test" if sha256(row["name"].encode()).digest()[0] % 2 else "dev"
        assert row["part"] == half, row["name"]


@pytest.mark.parametrize("part", ["dev", "test"])
def test_gold_by_name_alone(themes, part):
    # Descriptions are not in the repository; with them the reader finds more.
    count: Counter[str] = Counter()
    for row in (row for row in gold() if row["part"] == part):
        found = names(themes.assign(row["name"]))
        needed = set(filter(None, row["themes"].split(";")))
        count["given"] += len(found)
        count["right"] += len(set(found) & (needed | set(row["also"].split(";"))))
        count["rows"] += bool(needed)
        count["hit"] += not needed.isdisjoint(found)
    assert count["right"] / count["given"] > 0.9
    assert count["hit"] / count["rows"] > 0.6
