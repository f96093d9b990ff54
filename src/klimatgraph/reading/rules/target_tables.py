"""Targets in tables, by the words of their heads and of the paragraph before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from klimatgraph.reading.context import Context
from klimatgraph.reading.documents import Passage
from klimatgraph.reading.facts import Candidate, Fact
from klimatgraph.reading.numbers import Quantity, number, quantities
from klimatgraph.reading.rules.target_readings import (
    GONE,
    KIND,
    KINDS,
    LOWER,
    YEAR,
    Reading,
    fact_of,
    kind_of,
    lead_of,
    scope_of,
)

_BASE_AS: Final = re.compile(
    r"\bmed\s+((?:19[89]|20[0-3])\d)\s+som\s+basår|(?:basår\w*|base year)\D{0,12}"
    r"((?:19[89]|20[0-3])\d)|with\s+((?:19[89]|20[0-3])\d)\s+as\s+(?:the\s+)?base",
    re.IGNORECASE,
)
_COLUMNS: Final = (
    ("base-year", r"basår|base ?year|baseline|jämför"),
    ("scope", r"omfattning|avgränsning|scope|avser|gäller|systemgräns|boundary"),
    ("year", r"^(?:mål)?år\b|år(?:tal)?$|year"),
    ("value", r"procent|%|minskning|nivå|värde|reduction|per ?cent|level|value"),
    ("target", r"mål|target|goal"),
)  # fmt: skip


def of_row(context: Context, passage: Passage) -> Iterator[Candidate]:
    """Read a row of a table of targets, by the words of its header."""
    columns: dict[str, str] = {}
    if passage.cells == passage.header:
        return
    for head, cell in zip(passage.header, passage.cells, strict=False):
        name = next((n for n, p in _COLUMNS if re.search(p, head.strip(), re.IGNORECASE)), None)
        if name and cell.strip():
            columns.setdefault(name, cell.strip())
    if "year" not in columns or not ("target" in columns or "value" in columns):
        return
    year = YEAR.search(columns["year"])
    fact = _row_fact(context, passage, columns) if year else None
    if fact and year:
        fields = {**dict(fact.fields), "year": year[1]}
        yield Candidate(
            Fact.from_mapping("target", fields), (passage,), passage.text, "target-table",
            themes=context.themes(passage),
        )  # fmt: skip


def _row_fact(context: Context, passage: Passage, columns: Mapping[str, str]) -> Fact | None:
    text = " ".join(columns.values())
    if GONE.search(text):
        return None
    heads = " ".join(passage.header)
    lead = lead_of(context, passage)
    base = re.search(r"(?:19[89]|20[0-3])\d", columns.get("base-year", "")) or _BASE_AS.search(lead)
    kind = KIND.search(columns.get("target", text))
    stated = columns.get("value", "")
    measured = next(iter(quantities(stated, context.language)), None)
    if measured is None and re.search(r"%|procent|per ?cent", heads, re.IGNORECASE):
        bare = re.fullmatch(r"[–−-]?\s*([\d.,\s]+?)\s*", stated)
        value = number(bare[1], context.language) if bare else None
        measured = Quantity(value, "percent", 0, 0) if value is not None else None
    scope = (
        scope_of(columns.get("scope", "")) if columns.get("scope") else scope_of(f"{text} {heads}")
    )
    if scope == "unspecified-scope":
        scope = scope_of(lead)
    if measured is None and kind:
        reading = Reading(KINDS[int(str(kind.lastgroup)[1:])][0], 0)
    elif measured is not None:
        words = f"{text} {heads} {columns.get('target', '')}"
        guess = kind_of(measured, words, words) or (
            "emission-reduction" if measured.unit == "percent" and LOWER.search(words) else None
        )
        if guess is None:
            return None
        reading = Reading(guess, 0, None, measured, measured.value, measured.unit)
    else:
        return None
    return fact_of(context.city, reading, base[base.lastindex or 0] if base else None, scope)
