"""What a sentence says is to be reached: kind, year, value, base year and scope."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from klimatgraph.reading.context import Context
from klimatgraph.reading.documents import Passage
from klimatgraph.reading.facts import Fact
from klimatgraph.reading.numbers import Quantity, quantities
from klimatgraph.reading.sentences import Sentence

# A digit behind a year is that of a footnote which ran into the text.
YEAR: Final = re.compile(r"(?<![\d.,/–-])\b(20[2-6]\d)[1-9]?\b(?!\s*(?:%|procent|ton|kton))")
_BASE: Final = re.compile(
    r"(?:\bän(?: den var)?|mellan|between|jämfört med"
    r"|i förhållande till|mot|från|sedan|med basår(?:et)?|basår(?:et)?|relativt"
    r"|compared (?:with|to)|relative to|from|since|against|baseline(?: year)?(?: of)?"
    r"|base year(?: of)?"
    r"|below)\s+(?:år(?:et)?\s+|the\s+)?(?:\w+\s+)?(?:nivå\w*\s+)?(?:år\s+)?(?:\(basår\s+)?"
    r"((?:19[89]|20[0-3])\d)[1-9]?\b(?:\s+(?:års\s+)?(?:nivå|levels?))?"
    r"|\b((?:19[89]|20[0-3])\d)\s+års\s+nivå|\(basår\s+((?:19[89]|20[0-3])\d)\)",
    re.IGNORECASE,
)
KINDS: Final = (
    ("climate-positive", r"klimatpositiv\w*|climate[- ]positiv\w*"),
    ("climate-neutral",
     r"(?:klimat|koldioxid)neutral\w*|netto\s?-?noll\w*|noll\s?nettoutsläpp"
     r"|nettoutsläpp\w*[^.]{0,80}\bnoll\b|(?:inte|utan|inga)\b[^.]{0,20}nettoutsläpp\w*"
     r"|(?:climate|carbon)[- ]neutral\w*|net[- ]zero\w*"),
    ("emission-free", r"nollutsläpp|utsläppsfri\w*|noll utsläpp|zero[- ]emissions?"
                      r"|emission[- ]free"),
    ("fossil-free", r"fossil(?:bränsle)?fri\w*|fossil[- ](?:fuel[- ])?free"),
)  # fmt: skip
KIND: Final = re.compile(
    "|".join(f"(?P<k{i}>{pattern})" for i, (_, pattern) in enumerate(KINDS)), re.IGNORECASE
)
LOWER: Final = re.compile(
    r"(?:minsk\w*|sänk\w*|reducer\w*|halver\w*|lägre|mindre|färre|skär\w* ner"
    r"|reduc\w*|cut\w*|lower\w*"
    r"|decreas\w*"
    r"|halv(?:e|ed|ing)\b|fall\b)",
    re.IGNORECASE,
)
_HALVE: Final = re.compile(r"\b(?:halver\w*|halv(?:e|ed|ing))\b", re.IGNORECASE)
_EMISSIONS: Final = re.compile(
    r"utsläpp\w*|klimatpåverkan|växthusgas\w*|emissions?|greenhouse|footprint|fotavtryck",
    re.IGNORECASE,
)
_TRAFFIC: Final = re.compile(
    r"biltrafik\w*|trafikarbet\w*|car traffic|vehicle kilomet", re.IGNORECASE
)
_SHARE_OF_TRIPS: Final = re.compile(
    r"\b(?:resor\w*|resandet|trips|journeys|modal)\b", re.IGNORECASE
)
_PURCHASES: Final = re.compile(
    r"inköp\w*|upphandl\w*|livsmed\w*|köper|purchas\w*|procure\w*|\bfood\b", re.IGNORECASE
)
_RENEWABLE: Final = re.compile(r"förnybar\w*|renewable", re.IGNORECASE)
_LEVEL: Final = re.compile(
    r"\b(?:högst|max(?:imalt)?|under|mindre än|ned till|ner till|understig\w*|at most|below"
    r"|less than"
    r"|no more than|down to|exceed|överstig\w*)\b",
    re.IGNORECASE,
)
_AIM: Final = re.compile(
    r"\b(?:mål\w*|ska|skall|senast|till (?:år )?20\d\d|år 20\d\d|bli|nå\w*|åtar|ambition\w*"
    r"|vision\w*"
    r"|(?:is|are) to|must|delmål\w*|etappmål\w*|target\w*|goals?|by (?:the year "
    r"|the end of )?20\d\d|shall|will|aims?"
    r"|commit\w*|reach\w*|in 20\d\d|be)\b|mål(?:et|sättning\w*)?\b",
    re.IGNORECASE,
)
GONE: Final = re.compile(
    r"inte längre|upphävt?s?\b|upphörde|har utgått|ersatts|ersätter|övergiv\w*|slopa\w*"
    r"|tidigare mål"
    r"|no longer|abandon\w*|withdrawn|repealed|replaced|former target|ej längre|inte heller",
    re.IGNORECASE,
)
_PAST: Final = re.compile(
    r"\b(?:har|hade|has|have|had)\b[^.]{0,50}\b(?:minskat|sjunkit|fallit|reducerats|decreased"
    r"|fallen"
    r"|been reduced|been cut|reduced|dropped)\b|(?:utsläppen|emissions) \w* ?minskade\b"
    r"|\bdecreased by\b|\bfell\b",
    re.IGNORECASE,
)
SCOPES: Final = (
    ("geographic-and-consumption",
     r"(?:inklusive|inkl\.?|inräkna\w*|även|samt|including|incl\.?"
     r"|as well as)[^.]{0,40}(?:konsumtion\w*|consumption)"
     r"|(?:geogra\w*|territori\w*)[^.]{0,25}(?:och|and)[^.]{0,20}(?:konsumtion\w*"
     r"|consumption)"),
    ("consumption-based", r"konsumtion\w*|consumption"),
    ("municipal-group", r"kommunkoncern\w*|koncern\w*|municipal group"),
    ("municipal-organisation",
     r"kommunorganisation\w*|eg(?:en|na|et) (?:\w+ )?(?:verksamhet\w*|organisation\w*)"
     r"|kommunens (?:egna )?verksamhet\w*"
     r"|(?:municipal|city['’]s own|own) (?:organi[sz]ation|operations|activities)"),
    ("municipal-purchases", r"\b(?:inköp\w*|upphandl\w*|purchases|procure\w*)"),
    ("transport-sector", r"transport\w*|trafik\w*|traffic"),
    ("energy-supply", r"energiförsörjning\w*|energitillförsel\w*|energy supply|uppvärmning\w*"
                      r"|fjärrvärme\w*|heating"),
    ("geographic", r"geografisk\w*|territori\w*|kommunens (?:yta|gränser|område)|geographic\w*"
                   r"|within the (?:city|municipal) (?:limits|borders)"),
)  # fmt: skip
_COUNT: Final = re.compile(r"\b(\d{2,3})\s+(?:klimatneutrala|climate[- ]neutral)", re.IGNORECASE)
# A name such as Klimatneutrala Lund 2030 is no target, even where nothing knows the name.
_NAME: Final = re.compile(
    r"(?:Klimatneutral[at]?|Climate[- ][Nn]eutral|Fossil(?:bränsle)?fri[at]?)\s+(?:[A-ZÅÄÖ]\w+"
    r"|städer|[Cc]ities)"
    r"(?:\s+20\d\d)?(?:\s+\d\.\d)?"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one place of a sentence says is to be reached.

    Parameters
    ----------
    kind : str
        Code of the kind of target.
    start : int
        Where in the sentence it stands.
    year : str or None
        By when.
    quantity : Quantity or None
        The number with its unit, as it was read.
    value, unit : Decimal, str or None
        The same, or what words such as "halve" say; a count has a value and no unit.
    """

    kind: str
    start: int
    year: str | None = None
    quantity: Quantity | None = None
    value: Decimal | None = None
    unit: str | None = None


def readings(context: Context, passage: Passage, sentence: Sentence) -> list[Reading]:
    """What a sentence says is to be reached; names and targets given up are left out."""
    masked = _mask_names(context, passage, sentence)
    return readings_in(masked, sentence.text, context.language, context.edition[:4] or "2025")


def readings_in(masked: str, text: str, language: str, now: str) -> list[Reading]:
    """What a text says is to be reached, `masked` being the text with its names blanked out."""
    if GONE.search(text) or has_passed(text, now):
        return []
    if not _AIM.search(masked):
        return []
    base = {m.start(i) for m in _BASE.finditer(masked) for i in (1, 2, 3) if m[i]}
    years = [m for m in YEAR.finditer(masked) if m.start() not in base]
    found = [
        Reading(KINDS[int(str(m.lastgroup)[1:])][0], m.start(), value=_count(masked, m.start()))
        for m in KIND.finditer(masked)
    ]
    found += _measured(masked, language)
    found.sort(key=lambda reading: reading.start)
    return [
        Reading(r.kind, r.start, _year(r, found, years, masked), r.quantity, r.value, r.unit)
        for r in found
    ]


def is_past(context: Context, text: str) -> bool:
    """Whether a sentence tells what has been reached; "by 2030 has fallen" is yet to come."""
    return has_passed(text, context.edition[:4] or "2025")


def has_passed(text: str, now: str) -> bool:
    ahead = any(match[1] > now for match in YEAR.finditer(text))
    return _PAST.search(text) is not None and not ahead


def _count(text: str, place: int) -> Decimal | None:
    match = _COUNT.search(text, max(0, place - 5), place + 30)
    return Decimal(match[1]) if match and match.end() >= place else None


def _measured(text: str, language: str) -> Iterator[Reading]:
    """Targets that are numbers: reductions, levels, shares."""
    for quantity in quantities(text, language):
        before = text[max(0, quantity.start - 110) : quantity.start]
        around = before + text[quantity.start : quantity.end + 70]
        kind = kind_of(quantity, before, around)
        if kind:
            yield Reading(kind, quantity.start, None, quantity, quantity.value, quantity.unit)
    if (half := _HALVE.search(text)) and _EMISSIONS.search(text) and "%" not in text:
        yield Reading("emission-reduction", half.start(), value=Decimal(50), unit="percent")


def kind_of(quantity: Quantity, before: str, around: str) -> str | None:
    if quantity.unit == "percent-per-year":
        return "annual-reduction" if LOWER.search(around) else None
    if quantity.unit == "percent":
        if LOWER.search(around) and _TRAFFIC.search(around):
            return "traffic-reduction"
        if LOWER.search(around) and _EMISSIONS.search(around):
            return "emission-reduction"
        if _SHARE_OF_TRIPS.search(around) and not LOWER.search(before):
            return "mode-share"
        if _RENEWABLE.search(around) and not LOWER.search(before):
            return "renewable-energy"
        if _PURCHASES.search(around) and not LOWER.search(before):
            return "procurement-share"
        return None
    if "tonne" in quantity.unit and _LEVEL.search(before[-40:]):
        return "emission-level"
    return None


def _year(
    reading: Reading, found: list[Reading], years: list[re.Match[str]], text: str
) -> str | None:
    """The year that belongs to a target: the next one before another target, else the last."""
    others = [r.start for r in found if r.start > reading.start]
    until = min(others, default=len(text))
    after = [y for y in years if reading.start < y.start() < until]
    if after:
        return after[0][1]
    before = [r.start for r in found if r.start < reading.start]
    since = max(before, default=-1)
    ahead = [y for y in years if since < y.start() < reading.start]
    if ahead:
        return ahead[-1][1]
    if others:  # "klimatneutral och fossilfri 2030": the year stands behind the last of them
        between = text[reading.start : until]
        if len(between) < 60 and not re.search(r"[.;]", between):
            behind = [y for y in years if y.start() > until]
            return behind[0][1] if behind else None
    return None


def _mask_names(context: Context, passage: Passage, sentence: Sentence) -> str:
    """Blank out the names of things, so that a year in a name is none of a target."""
    text = sentence.text
    end = sentence.start + len(text)
    spans = [
        (m.start - sentence.start, m.end - sentence.start)
        for m in context.named(
            passage,
            "project",
            "initiative",
            "instrument",
            "document",
            start=sentence.start,
            end=end,
        )
        if re.search(r"20\d\d", m.words)
    ]
    spans += [m.span() for m in _NAME.finditer(text)]
    for start, stop in spans:
        text = text[:start] + " " * (stop - start) + text[stop:]
    return text


def scope_of(text: str) -> str:
    """The scope that words tell of; the more particular one where they tell of several."""
    told = (scope for scope, pattern in SCOPES if re.search(pattern, text, re.IGNORECASE))
    return next(told, "unspecified-scope")


def fact_of(about: str, reading: Reading, base: str | None, scope: str | None) -> Fact:
    if reading.kind == "mode-share":
        scope = "mobility-scope"  # it can be a share of nothing else
    if reading.kind == "procurement-share":
        scope = "municipal-purchases"
    value = reading.value
    measured = reading.quantity is not None or reading.unit is not None
    unit = reading.unit if measured else ("count" if value is not None else None)
    high = reading.quantity.high if reading.quantity else None
    return Fact.of(
        "target", about=about, target=reading.kind, year=reading.year,
        value=None if value is None else str(value), max=None if high is None else str(high),
        unit=unit, base_year=base if measured else None, scope=scope,
    )  # fmt: skip


def base_year(text: str) -> str | None:
    match = _BASE.search(text)
    return next(filter(None, match.groups()), None) if match else None


def lead_of(context: Context, passage: Passage) -> str:
    """The paragraph that stands before a table: it often gives unit, year, base year or scope."""
    passages = context.document.passages
    index = passages.index(passage)
    while index > 0 and passages[index].kind == "row":
        index -= 1
    return passages[index].text
