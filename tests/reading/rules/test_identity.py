"""The day on which a contract was signed."""

from __future__ import annotations

import pytest

from klimatgraph.reading.rules.identity import signed


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Undertecknat den 6 december 2024.", "2024-12-06"),
        ("Signed on December 6, 2024.", "2024-12-06"),
        ("Undertecknat 2024-12-06.", "2024-12-06"),
        ("Undertecknat den 31 februari 2022.", None),
        ("Undertecknat 2024-13-01.", None),
    ],
)
def test_a_day_that_the_calendar_has(make, text: str, day: str | None) -> None:  # type: ignore[no-untyped-def]
    assert signed(make(text, "signing"))[0] == day
