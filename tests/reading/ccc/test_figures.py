"""Cells of tables of emissions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from klimatgraph.reading.ccc.figures import clean, decimal_sign, figure, sector_of, unit_of


@pytest.mark.parametrize(
    ("cell", "point", "comma"),
    [
        ("1,234", Decimal(1234), Decimal("1.234")),
        ("1.234,5", None, Decimal("1234.5")),
        ("1 234 567", Decimal(1234567), Decimal(1234567)),
        ("- 4.645", Decimal("-4.645"), Decimal(-4645)),
        ("0,123", None, Decimal("0.123")),
        ("10668 0", None, None),
        ("(5,205)", None, None),
        ("<1", None, None),
        ("0,00E+0", None, None),
    ],
)
def test_figure(cell: str, point: Decimal | None, comma: Decimal | None) -> None:
    assert (figure(cell, "."), figure(cell, ",")) == (point, comma)


def test_sums_decide_where_the_signs_do_not() -> None:
    assert decimal_sign(["12,5", "1.234"], lambda sign: (0,)) == ","
    assert decimal_sign(["1.234", "567"], lambda sign: (int(sign == ","),)) == ","
    assert decimal_sign(["1.234", "567"], lambda sign: (0,)) is None
    assert decimal_sign(["1 234", "567"], lambda sign: (0,)) == "."


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Stationary energy/ Buildings", "buildings"),
        ("Buildings & Heating", "buildings"),
        ("Industrial Process and Product Use (IPPU)", "industrial-processes"),
        ("Agricultural, Forestry and Land Use (AFOLU)", "agriculture-forestry-land-use"),
        ("Waste/wastewater", "waste-sewage"),
        ("Sector: Waste", "waste"),
        ("Other^{2}", "other-sectors"),
        ("Residential buildings", None),
        ("Buildings (heat production)", None),
    ],
)
def test_sector(label: str, code: str | None) -> None:
    assert sector_of(label) == code


def test_label_and_unit() -> None:
    assert clean("IV. Other (incl. IPPU)²") == "Other"
    assert unit_of("(absolute; Mt CO2e)") is None
    assert unit_of("1.000 t. CO₂e") == "kilotonne-co2e"
