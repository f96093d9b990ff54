"""Targets: what is to be reached, when, compared with when, and for what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from klimatgraph.reading.context import Context, List, tail
from klimatgraph.reading.documents import Passage
from klimatgraph.reading.facts import Candidate, Fact
from klimatgraph.reading.gazetteer import Mention
from klimatgraph.reading.numbers import Quantity, number, quantities
from klimatgraph.reading.sentences import Sentence, sentences

# A digit behind a year is that of a footnote which ran into the text.
_YEAR: Final = re.compile(r"(?<![\d.,/–-])\b(20[2-6]\d)[1-9]?\b(?!\s*(?:%|procent|ton|kton))")
_BASE: Final = re.compile(
    r"(?:jämfört med|i förhållande till|mot|från|sedan|med basår(?:et)?|basår(?:et)?|relativt"
    r"|compared (?:with|to)|relative to|from|since|against|baseline(?: year)?(?: of)?"
    r"|base year(?: of)?"
    r"|below)\s+(?:år(?:et)?\s+|the\s+)?(?:\w+\s+)?(?:nivå\w*\s+)?(?:år\s+)?(?:\(basår\s+)?"
    r"((?:19[89]|20[0-3])\d)[1-9]?\b(?:\s+(?:års\s+)?(?:nivå|levels?))?"
    r"|\b((?:19[89]|20[0-3])\d)\s+års\s+nivå|\(basår\s+((?:19[89]|20[0-3])\d)\)",
    re.IGNORECASE,
)
_KINDS: Final = (
    ("climate-positive", r"klimatpositiv\w*|climate[- ]positiv\w*"),
    ("climate-neutral",
     r"(?:klimat|koldioxid)neutral\w*|netto\s?-?noll\w*|noll\s?nettoutsläpp"
     r"|nettoutsläpp\w*[^.]{0,30}\bnoll\b"
     r"|(?:climate|carbon)[- ]neutral\w*|net[- ]zero\w*"),
    ("emission-free", r"nollutsläpp|utsläppsfri\w*|noll utsläpp|zero[- ]emissions?"
                      r"|emission[- ]free"),
    ("fossil-free", r"fossil(?:bränsle)?fri\w*|fossil[- ](?:fuel[- ])?free"),
)  # fmt: skip
_KIND: Final = re.compile(
    "|".join(f"(?P<k{i}>{pattern})" for i, (_, pattern) in enumerate(_KINDS)), re.IGNORECASE
)
LOWER: Final = re.compile(
    r"(?:minsk\w*|sänk\w*|reducer\w*|halver\w*|lägre|skär\w* ner|reduc\w*|cut\w*|lower\w*"
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
_GONE: Final = re.compile(
    r"inte längre|upphävt?s?\b|upphörde|har utgått|ersatts|ersätter|övergiv\w*|slopa\w*"
    r"|tidigare mål"
    r"|no longer|abandon\w*|withdrawn|repealed|replaced|former target|ej längre|inte heller",
    re.IGNORECASE,
)
PAST: Final = re.compile(
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
_ALIGNED: Final = re.compile(r"i linje med|in line with|i enlighet med|in accordance with", re.I)
_MISSION: Final = re.compile(r"\bmission\w*|målet att\b|with the (?:aim|goal)", re.IGNORECASE)
_COUNT: Final = re.compile(r"\b(\d{2,3})\s+(?:klimatneutrala|climate[- ]neutral)", re.IGNORECASE)
# What cannot end a sentence: the items go on with it.
_LEADS_ON: Final = re.compile(
    r"\b(?:ska|skall|med|till|att|vara|ha|minska|sänkas|bli|nå|is|are|be|by|to|will|shall|reach)$"
    r"|\b(?:mål\w*|delmål\w*|etappmål\w*|targets?|goals?|milestones?)\b[^.]*$",
    re.IGNORECASE,
)
_INITIATIVE: Final = "initiative/klimatneutrala-stader-2030"
_CITIES: Final = re.compile(r"\b(?:städer\w*|kommuner\w*|cities|municipalities)\b", re.IGNORECASE)
_POLICIES: Final = (
    ("policy/eu-klimatneutralitet-2050",
     re.compile(r"\b(?:EU(?:[:'’]?s)?|Europeiska unionens?|the European Union(?:['’]s)?)\s"
                r"[^.,;]{0,25}?(?:klimat)?(?:mål\w*|goals?|targets?"
                r"|objectives?)\b", re.IGNORECASE)),
    ("policy/sveriges-klimatpolitiska-ramverk",
     re.compile(r"\b(?:Sveriges|Swed(?:en['’]s|ish))\s+(?:nationella |national )?(?:klimat"
                r"|climate )?"
                r"(?:mål\w*|goals?|targets?|policy framework)\b|\bklimatpolitiska ramverk\w*",
                re.IGNORECASE)),
)  # fmt: skip
# A name such as Klimatneutrala Lund 2030 is no target, even where nothing knows the name.
_NAME: Final = re.compile(
    r"(?:Klimatneutral[at]?|Climate[- ][Nn]eutral|Fossil(?:bränsle)?fri[at]?)\s+(?:[A-ZÅÄÖ]\w+"
    r"|städer|[Cc]ities)"
    r"(?:\s+20\d\d)?(?:\s+\d\.\d)?"
)


@dataclass(frozen=True, slots=True)
class _Reading:
    kind: str
    start: int
    year: str | None = None
    quantity: Quantity | None = None
    value: Decimal | None = None
    unit: str | None = None


def targets(context: Context) -> Iterator[Candidate]:
    """Read targets: the city's in its own chapter, those of policies in the chapters before it."""
    for passage in context.outline.passages("municipality"):
        if context.outline.role(passage) == "joint-commitments":
            continue
        if passage.kind == "row":
            yield from _row(context, passage)
        else:
            for sentence in sentences(passage.text):
                yield from _own(context, passage, sentence)
    for found in context.lists:
        if context.outline.chapter(found.lead) == "municipality":
            yield from _listed(context, found)
    for passage in context.outline.passages("front", "introduction", "purpose", "overall"):
        for sentence in sentences(passage.text):
            yield from _of_policies(context, passage, sentence)


def _readings(context: Context, passage: Passage, sentence: Sentence) -> list[_Reading]:
    """What a sentence says is to be reached; names and targets given up are left out."""
    text = sentence.text
    if _GONE.search(text) or PAST.search(text):
        return []
    masked = _mask_names(context, passage, sentence)
    if not _AIM.search(masked):
        return []
    base = {m.start(i) for m in _BASE.finditer(masked) for i in (1, 2, 3) if m[i]}
    years = [m for m in _YEAR.finditer(masked) if m.start() not in base]
    found = [
        _Reading(_KINDS[int(str(m.lastgroup)[1:])][0], m.start(), value=_count(masked, m.start()))
        for m in _KIND.finditer(masked)
    ]
    found += _measured(masked, context.language)
    found.sort(key=lambda reading: reading.start)
    return [
        _Reading(r.kind, r.start, _year(r, found, years, masked), r.quantity, r.value, r.unit)
        for r in found
    ]


def _count(text: str, place: int) -> Decimal | None:
    match = _COUNT.search(text, max(0, place - 5), place + 30)
    return Decimal(match[1]) if match and match.end() >= place else None


def _measured(text: str, language: str) -> Iterator[_Reading]:
    """Targets that are numbers: reductions, levels, shares."""
    for quantity in quantities(text, language):
        before = text[max(0, quantity.start - 110) : quantity.start]
        around = before + text[quantity.start : quantity.end + 70]
        kind = _kind_of(quantity, before, around)
        if kind:
            yield _Reading(kind, quantity.start, None, quantity, quantity.value, quantity.unit)
    if (half := _HALVE.search(text)) and _EMISSIONS.search(text) and "%" not in text:
        yield _Reading("emission-reduction", half.start(), value=Decimal(50), unit="percent")


def _kind_of(quantity: Quantity, before: str, around: str) -> str | None:
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
    reading: _Reading, found: list[_Reading], years: list[re.Match[str]], text: str
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


def _scope(text: str, section: str) -> str:
    for words in (text, section):
        for scope, pattern in SCOPES:
            if re.search(pattern, words, re.IGNORECASE):
                if words is section and scope != "geographic":
                    continue
                return scope
    return "unspecified-scope"


def _own(context: Context, passage: Passage, sentence: Sentence) -> Iterator[Candidate]:
    readings = _readings(context, passage, sentence)
    base = _base_year(sentence.text)
    section = " ".join(p.text for p in context.document.passages if p.section == passage.section)
    for reading in readings:
        if reading.year is None and reading.kind not in ("annual-reduction", "emission-level"):
            continue
        inferred = _ALIGNED.search(sentence.text, 0, reading.start) is not None
        if _owner(context, passage, sentence, reading.start) and not inferred:
            continue  # somebody else's target, told for comparison
        scope = "geographic" if inferred else _scope(_clause(sentence.text, reading), "")
        if inferred and not re.search("geografisk|geographic", section, re.IGNORECASE):
            scope = "unspecified-scope"
        fact = _fact(context.city, reading, base, scope)
        yield Candidate(
            fact, (passage,), sentence.text,
            "target-in-line-with" if inferred else "target-sentence",
            Decimal("0.9") if inferred else Decimal(1),
            context.themes(passage, sentence.start, sentence.start + len(sentence.text)),
        )  # fmt: skip


def _listed(context: Context, found: List) -> Iterator[Candidate]:
    """Read targets that a sentence divides between its items: "... is to fall by: 45 % by 2026"."""
    lead = found.sentence.rstrip(": ")
    if found.lead.kind != "paragraph" or not _LEADS_ON.search(lead):
        return
    for item in found.items:
        if item.kind != "bullet" or any(True for s in sentences(item.text) if _readings(context, item, s)):
            continue
        # Placed so that spans into the item's words stay right.
        whole = Sentence(f"{lead} {item.text}", -len(lead) - 1)
        for candidate in _own(context, item, whole):
            yield replace(candidate, passages=(item, found.lead), rule="target-list")


def _clause(text: str, reading: _Reading) -> str:
    """The part of a sentence about one target: several are parted by semicolons."""
    begin = max(text.rfind(sign, 0, reading.start) for sign in (";", "\n")) + 1
    stops = [i for sign in (";", "\n") if (i := text.find(sign, reading.start)) >= 0]
    return text[begin : min(stops, default=len(text))]


def _fact(about: str, reading: _Reading, base: str | None, scope: str | None) -> Fact:
    if reading.kind == "mode-share":
        scope = "mobility-scope"  # it can be a share of nothing else
    if reading.kind == "procurement-share":
        scope = "municipal-purchases"
    value = reading.value
    measured = reading.quantity is not None or reading.unit is not None
    unit = reading.unit if measured else ("count" if value is not None else None)
    return Fact.of(
        "target", about=about, target=reading.kind, year=reading.year,
        value=None if value is None else str(value), unit=unit,
        base_year=base if measured else None, scope=scope,
    )  # fmt: skip


def _base_year(text: str) -> str | None:
    match = _BASE.search(text)
    return next(filter(None, match.groups()), None) if match else None


def _owner(context: Context, passage: Passage, sentence: Sentence, place: int) -> Mention | None:
    """Whose target it is, when a policy or an initiative is named just before it."""
    named = context.named(
        passage,
        "policy",
        "initiative",
        start=sentence.start,
        end=sentence.start + len(sentence.text),
    )
    before = [m for m in named if m.start - sentence.start <= place]
    return before[-1] if before else None


def _of_policies(context: Context, passage: Passage, sentence: Sentence) -> Iterator[Candidate]:
    for reading in _readings(context, passage, sentence):
        owner = _owner(context, passage, sentence, reading.start)
        about = tail(owner.iri) if owner else ""
        since = owner.end - sentence.start if owner else 0
        told = [  # policies that are named by what they say, not by a name
            (match.start(), policy)
            for policy, pattern in _POLICIES
            for match in pattern.finditer(sentence.text, since, reading.start)
        ]
        about = max(told)[1] if told else about
        if not about or about.startswith("framework/"):
            # What all parties promise is the goal of the initiative that the contract serves.
            joint = (
                reading.kind == "climate-neutral" and reading.year and _CITIES.search(sentence.text)
            )
            if not joint or context.outline.chapter(passage) != "overall":
                continue
            about = _INITIATIVE
        # "The mission Climate Neutral Cities 2030 means that ...": the year is in the name.
        named = re.search(r"20\d\d", owner.words) if owner and tail(owner.iri) == about else None
        year = reading.year or (named[0] if named else None)
        if year is None:
            continue
        fact = _fact(about, replace(reading, year=year), None, "unspecified-scope")
        yield Candidate(fact, (passage,), sentence.text, "target-of-policy", Decimal("0.95"))


_COLUMNS: Final = (
    ("base-year", r"basår|base ?year|baseline|jämför"),
    ("scope", r"omfattning|avgränsning|scope|avser|gäller|systemgräns|boundary"),
    ("year", r"^(?:mål)?år\b|år(?:tal)?$|year"),
    ("value", r"procent|%|minskning|nivå|värde|reduction|per ?cent|level|value"),
    ("target", r"mål|target|goal"),
)  # fmt: skip


def _row(context: Context, passage: Passage) -> Iterator[Candidate]:
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
    year = _YEAR.search(columns["year"])
    fact = _row_fact(context, passage, columns) if year else None
    if fact and year:
        fields = {**dict(fact.fields), "year": year[1]}
        yield Candidate(
            Fact.from_mapping("target", fields), (passage,), passage.text, "target-table",
            themes=context.themes(passage),
        )  # fmt: skip


def _row_fact(context: Context, passage: Passage, columns: Mapping[str, str]) -> Fact | None:
    text = " ".join(columns.values())
    if _GONE.search(text):
        return None
    heads = " ".join(passage.header)
    base = re.search(r"(?:19[89]|20[0-3])\d", columns.get("base-year", ""))
    kind = _KIND.search(columns.get("target", text))
    stated = columns.get("value", "")
    measured = next(iter(quantities(stated, context.language)), None)
    if measured is None and re.search(r"%|procent|per ?cent", heads, re.IGNORECASE):
        bare = re.fullmatch(r"[–−-]?\s*([\d.,\s]+?)\s*", stated)
        value = number(bare[1], context.language) if bare else None
        measured = Quantity(value, "percent", 0, 0) if value is not None else None
    scope = _scope(columns.get("scope", ""), "") if columns.get("scope") else _scope(text, "")
    if measured is None and kind:
        reading = _Reading(_KINDS[int(str(kind.lastgroup)[1:])][0], 0)
    elif measured is not None:
        words = f"{text} {heads} {columns.get('target', '')}"
        guess = _kind_of(measured, words, words) or (
            "emission-reduction" if measured.unit == "percent" and LOWER.search(words) else None
        )
        if guess is None:
            return None
        reading = _Reading(guess, 0, None, measured, measured.value, measured.unit)
    else:
        return None
    return _fact(context.city, reading, base[0] if base else None, scope)
