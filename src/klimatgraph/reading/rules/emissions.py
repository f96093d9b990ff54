"""Emissions: by scope and sector, in running text and in tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from klimatgraph.reading.context import Context
from klimatgraph.reading.documents import Passage
from klimatgraph.reading.facts import Candidate, Fact, measured
from klimatgraph.reading.numbers import Quantity, number, quantities
from klimatgraph.reading.rules.target_readings import LOWER, SCOPES, is_past, lead_of
from klimatgraph.reading.sentences import sentences

_SCOPE: Final = re.compile(r"\bscope\s?([123])\b", re.IGNORECASE)
UNKNOWN: Final = re.compile(
    r"\b(?:TBD|to be determined|not (?:yet )?(?:calculated|determined|estimated)"
    r"|(?:har )?(?:ännu )?(?:inte|ej)"
    r" (?:ännu )?(?:beräkna\w*|fastställ\w*|kartlag\w*)|tas fram|beräknas senare|okänt)",
    re.IGNORECASE,
)
_SECTORS: Final = (
    ("international-transport", r"(?:utrikes|internationell\w*) transport\w*"
                                r"|international transport\w*|sjöfart|flyg\b"),
    ("transport", r"(?:väg)?transport\w*|trafik\w*|traffic|mobility"),
    ("work-machinery", r"arbetsmaskin\w*|(?:work|construction) machinery|non-road"),
    ("industrial-processes",
     r"industri(?:ella |\s?)process\w*(?:[^.,]{0,12}produktanvändning)?"
     r"|industrial process\w*(?: and product use)?"),
    ("product-use", r"produktanvändning\w*|product use"),
    ("industry", r"industri(?!ell)\w*|industr(?:y|ies)\b"),
    ("electricity-district-heating",
     r"\bel(?:produktion)?\s?(?:-|och)\s?(?:fjärr)?värme\w*|el och fjärrvärme|fjärrvärme\w*"
     r"|electricity and (?:district )?heat\w*|district heating"),
    ("own-heating", r"egen uppvärmning\w*|uppvärmning\w*|(?:own|individual) heating"
                    r"|heating of buildings"),
    ("energy-production", r"energiproduktion\w*|energy production"),
    ("electricity-use", r"elanvändning\w*|elförbrukning\w*|(?:use of electricity"
                        r"|electricity (?:use|consumption))"),
    ("agriculture", r"jordbruk\w*|lantbruk\w*|agricultur\w*"),
    ("waste-sewage", r"avfall\w*|avlopp\w*|waste\b(?: and (?:sewage|wastewater))?|sewage"),
    ("goods-services", r"varor och tjänster|goods and services"),
    ("energy", r"energi(?:sektor\w*)?\b|energy\b"),
)  # fmt: skip
_SECTOR: Final = re.compile(
    "|".join(rf"(?P<s{i}>\b(?:{pattern}))" for i, (_, pattern) in enumerate(_SECTORS)),
    re.IGNORECASE,
)
_EMISSIONS: Final = re.compile(
    r"(?:klimat)?utsläpp\w*|släpp\w* ut\b|släpptes\b|växthusgas\w*|koldioxidekvival\w*"
    r"|emissions?|greenhouse|CO2",
    re.IGNORECASE,
)
ACCOUNTS: Final = re.compile(
    r"\b(?:står|svarar|stod|svarade) för|\butgör|\b(?:accounts?|accounted) for|\bmakes? up",
    re.IGNORECASE,
)
_FOR: Final = re.compile(r"\b(?:för|for)\s+(?:ca\.?\s+|cirka\s+|omkring\s+|about\s+)?$")
_SAME_YEAR: Final = re.compile(
    r"\b(?:samma|det) år(?:et)?\b|\b(?:the same|that) year\b", re.IGNORECASE
)
_YEAR: Final = re.compile(r"\b((?:19[89]|20[0-3])\d)\b")
_PARTS: Final = re.compile(
    r"(?:varor och tjänster|goods and services)[^()]{0,80}\(([^)]{3,120})\)", re.IGNORECASE
)


def emissions(context: Context) -> Iterator[Candidate]:
    """Read emissions in the chapter of the municipality, targets aside."""
    for passage in context.outline.passages("municipality"):
        if context.outline.role(passage) == "joint-commitments":
            continue
        if passage.kind == "row":
            yield from _row(context, passage)
        elif (scope := _SCOPE.search(passage.text)) and scope.start() < 3:
            yield from _scope_item(context, passage, f"scope-{scope[1]}", scope.end())
        else:
            yield from _running(context, passage)


def _candidate(
    passage: Passage, rule: str, quote: str | None = None, **fields: str | None
) -> Candidate:
    return Candidate(Fact.of("emission", **fields), (passage,), quote or passage.text, rule)


def _scope_item(context: Context, passage: Passage, scope: str, place: int) -> Iterator[Candidate]:
    """Read an item that begins with a scope: its total, its shares, and the sectors it names."""
    text = passage.text
    masses = [q for q in quantities(text, context.language) if "tonne" in q.unit]
    total = next((q for q in masses if q.start - place < 60), None)
    year = _YEAR.search(text, place, place + 70)
    if total is not None:
        yield _candidate(passage, "scope-total", scope=scope, year=year[1] if year else None,
                         **measured(total))  # fmt: skip
    elif UNKNOWN.search(text, place, place + 80):
        yield _candidate(passage, "scope-unknown", scope=scope, status="to-be-determined")
    seen: set[str] = set()
    for sentence in sentences(text):
        named = _sectors(sentence.text)
        shares = [q for q in quantities(sentence.text, context.language) if q.unit == "percent"]
        if shares and not _EMISSIONS.search(sentence.text):
            shares = []
        if not shares and not _tells_sources(sentence.text):
            continue
        told = year[1] if year and _SAME_YEAR.search(sentence.text) else None
        for share in shares:
            sector = _shared(sentence.text, share, named)
            if sector and sector not in seen:
                seen.add(sector)
                yield _candidate(passage, "scope-share", sentence.text, scope=scope,
                                 sector=sector, year=told, **measured(share))  # fmt: skip
        for sector, _ in named:
            if sector not in seen:
                seen.add(sector)
                yield _candidate(passage, "scope-sector", sentence.text, scope=scope,
                                 sector=sector, status="not-stated")  # fmt: skip
        for part in _parts(sentence.text):
            yield _candidate(passage, "scope-part", sentence.text, scope=scope, part=part,
                             status="not-stated")  # fmt: skip


def _shared(text: str, share: Quantity, named: list[tuple[str, int]]) -> str | None:
    """The sector that a share belongs to: "57 % come from A", but "A accounts for 57 %"."""
    before = [sector for sector, place in named if place < share.start]
    after = [sector for sector, place in named if place > share.start]
    if before and (ACCOUNTS.search(text, 0, share.start) or _FOR.search(text, 0, share.start)):
        return before[-1]
    return after[0] if after else before[-1] if before else None


def _tells_sources(sentence: str) -> bool:
    """Whether a sentence says what the emissions of a scope consist of."""
    return (
        re.search(
            r"\b(?:omfattar|kommer från|består av|utgörs av|härrör|räknas|avser|gäller|hänger|ingår"
            r"|dominerar|inkluderar"
            r"|comprises?|covers?"
            r"|consists? of|comes? from|includes?|stems? from)\b",
            sentence,
            re.IGNORECASE,
        )
        is not None
    )


def _parts(sentence: str) -> list[str]:
    match = _PARTS.search(sentence)
    return [part.strip() for part in re.split(r",| och | and ", match[1])] if match else []


def _sectors(text: str) -> list[tuple[str, int]]:
    return [(_SECTORS[int(str(m.lastgroup)[1:])][0], m.start()) for m in _SECTOR.finditer(text)]


def _running(context: Context, passage: Passage) -> Iterator[Candidate]:
    """Read totals and shares in running text: a mass or share that is said to be emissions."""
    boundary: str | None = None  # of the figures that follow, until another is named
    last: str | None = None
    for sentence in sentences(passage.text):
        text = sentence.text
        boundary = _boundary(text) or boundary
        if not _EMISSIONS.search(text) or (LOWER.search(text) and not is_past(context, text)):
            continue
        years = list(_YEAR.finditer(text))
        last = years[-1][1] if years else last if _SAME_YEAR.search(text) else None
        for quantity in quantities(text, context.language):
            if "tonne" in quantity.unit:
                sector = None
            elif quantity.unit == "percent" and not LOWER.search(text):
                sector = _shared(text, quantity, _sectors(text))
                if sector is None:
                    continue
            else:
                continue
            if re.search(r"\b(?:högst|under|mindre än|ska|senast|at most|below|will|shall|must"
                         r"|exceed|överstig\w*|får)\b",
                         text[:quantity.start], re.IGNORECASE):  # fmt: skip
                continue
            scope = _SCOPE.search(text[: quantity.start])
            before = [y for y in years if y.start() < quantity.start]
            year = before[-1] if before else years[0] if years else None
            yield _candidate(
                passage, "emission-sentence", text,
                scope=f"scope-{scope[1]}" if scope else boundary,
                sector=sector, year=year[1] if year else last, **measured(quantity),
            )  # fmt: skip


def _boundary(text: str) -> str | None:
    for scope, pattern in SCOPES:
        if scope in ("geographic-and-consumption", "consumption-based", "geographic",
                     "municipal-organisation", "municipal-group") and re.search(
            pattern, text, re.IGNORECASE
        ):  # fmt: skip
            return scope
    return None


def _row(context: Context, passage: Passage) -> Iterator[Candidate]:
    """Read a row of a table of emissions: a sector or scope, and a number in each year's column."""
    if not passage.cells or not passage.header or passage.cells == passage.header:
        return
    head = " ".join(passage.header)
    lead = lead_of(context, passage)
    unit = _unit(head) or _unit(lead)
    label = passage.cells[0]
    scope, sectors = _SCOPE.search(label), _sectors(label)
    total = re.match(r"\s*(?:totalt?|summa|samtliga|sum)\b", label, re.IGNORECASE)
    if unit is None or not (scope or sectors or total):
        return
    title_year = _YEAR.search(head)
    for column, cell in zip(passage.header[1:], passage.cells[1:], strict=False):
        fields = _cell(cell, column, unit, context.language)
        if fields is None:
            continue
        year = _YEAR.search(column) or title_year
        yield _candidate(
            passage, "emission-table",
            scope=f"scope-{scope[1]}" if scope else _boundary(head) or _boundary(lead),
            sector=None if scope or not sectors else sectors[0][0],
            year=year[1] if year else None, **fields,
        )  # fmt: skip


def _unit(text: str) -> str | None:
    if re.search(r"\b(?:kton|kt|tusen ton|thousand tonnes)\b", text, re.IGNORECASE):
        return "kilotonne-co2e"
    if re.search(r"\b(?:ton|tonnes?|t)\b[^|]{0,12}(?:CO|koldioxid)", text):
        per = re.search(r"per (?:person|invånare|capita)|/\s?(?:person|invånare|capita)", text)
        return "tonne-co2e-per-person" if per else "tonne-co2e"
    return None


def _cell(cell: str, column: str, unit: str, language: str) -> dict[str, str] | None:
    if UNKNOWN.search(cell):
        return {"status": "to-be-determined"}
    about = re.match(r"\s*(?:ca|cirka|about|~)\.?\s*", cell, re.IGNORECASE)
    bare = re.fullmatch(r"\s*([\d.,\s]+?)\s*(%?)\s*", cell[about.end() if about else 0 :])
    value = number(bare[1], language) if bare else None
    if value is None or bare is None:
        return None
    share = bare[2] or re.search(r"%|andel|share|procent", column, re.IGNORECASE)
    status = "approximate" if about else "known"
    return {"value": str(value), "unit": "percent" if share else unit, "status": status}
