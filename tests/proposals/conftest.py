"""A small proposal, made by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from klimatgraph.proposals.model import Place, Proposal, Proposed
from klimatgraph.reading.documents import Passage
from klimatgraph.reading.facts import Candidate, Fact

PASSAGES = [
    Passage("2", 1, "paragraph", 10, 30, "Lunds kommun, Vinnova och Viable Cities.", 1),
    Passage("5.1", 1, "paragraph", 40, 90, "Lund ska vara klimatneutralt 2030.", 2),
    Passage("5.1", 2, "bullet", 95, 130, "Scope 1 [283 kton CO2e]", 2),
    Passage("5.4", 1, "paragraph", 140, 190, "Åtagande 6 - Vi åtar oss att upphandla klokt.", 3),
    Passage("5.2", 1, "bullet", 200, 260, "Cirkulära flöden. Projektet Reko skördar.", 3),
    Passage("5.3", 1, "paragraph", 270, 320, "Ca 80 % av investeringsbehovet är privat.", 4),
    Passage("annex-1", 1, "paragraph", 330, 370, "https://lund.se/klimat", 5),
]
_CITY = "city/se/lund"
FACTS = [
    ("contract", (0,), "1", {"city": _CITY, "edition": "2025/26"}),
    ("party", (0,), "1", {"party": _CITY, "role": "municipality"}),
    ("party", (0,), "1", {"party": "agency/se/vinnova", "role": "agency"}),
    ("party", (0,), "1", {"party": "programme/se/viable-cities", "role": "programme"}),
    ("adoption", (3,), "1", {"number": "6", "status": "adopted"}),
    ("target", (1,), "0.9", {"about": _CITY, "target": "climate-neutral", "year": "2030",
                             "scope": "geographic"}),
    ("emission", (2,), "1", {"scope": "scope-1", "value": "283", "unit": "kilotonne-co2e",
                             "status": "known"}),
    ("estimate", (5,), "1", {"indicator": "private-investment-share", "value": "80",
                             "unit": "percent", "status": "approximate"}),
    ("priority", (4,), "1", {"name": "Cirkulära flöden"}),
    ("priority-project", (4,), "0.8", {"priority": "Cirkulära flöden", "project": "Reko"}),
    ("link", (6,), "1", {"address": "https://lund.se/klimat"}),
    ("mention", (0,), "1", {"thing": "agency/se/vinnova"}),
]  # fmt: skip


@pytest.fixture
def proposal() -> Proposal:
    items = tuple(
        Proposed.of(
            Candidate(
                Fact.from_mapping(kind, dict(fields)), tuple(PASSAGES[i] for i in where),
                PASSAGES[where[0]].text, f"rule-{kind}", Decimal(sure),
                ("theme/circularity",) if kind == "priority" else (),
            )
        )
        for kind, where, sure, fields in FACTS
    )  # fmt: skip
    return Proposal(
        "klimatkontrakt-lund-2025-26", "lund.pdf", "a" * 64, "sv", _CITY, "Lund", "2025/26", items,
        tuple(Place.of(p) for p in PASSAGES), (("Reko", "5.2", 1),), (("5.9", "Fiske"),),
    )  # fmt: skip
