"""Targets: what is to be reached, when, compared with when, and for what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from klimatgraph.reading.context import Context, List, tail
from klimatgraph.reading.documents import Passage
from klimatgraph.reading.facts import Candidate, Fact, measured
from klimatgraph.reading.gazetteer import Mention
from klimatgraph.reading.numbers import quantities
from klimatgraph.reading.rules.target_readings import (
    YEAR,
    Reading,
    base_year,
    fact_of,
    readings,
    scope_of,
)
from klimatgraph.reading.rules.target_tables import of_row
from klimatgraph.reading.sentences import Sentence, sentences

_ALIGNED: Final = re.compile(r"i linje med|in line with|i enlighet med|in accordance with", re.I)
# What cannot end a sentence: the items go on with it.
_LEADS_ON: Final = re.compile(
    r"\b(?:ska|skall|med|till|att|vara|ha|minska|sänkas|bli|nå|is|are|be|by|to|will|shall|reach)$"
    r"|\b(?:mål\w*|delmål\w*|etappmål\w*|targets?|goals?|milestones?)\b[^.]*$",
    re.IGNORECASE,
)
_REFERS_BACK: Final = re.compile(r"(?:Dess|Den|Det|Målet|Its|The goal|The aim)\b")
_STEP: Final = re.compile(
    r"\b(?:delmål|etappmål|mellanmål)\w*|\b(?:interim|intermediate|sub-?)\s?(?:targets?|goals?)|milestone",
    re.IGNORECASE,
)
_INITIATIVE: Final = "initiative/klimatneutrala-stader-2030"
_CITIES: Final = re.compile(r"\b(?:städer\w*|kommuner\w*|cities|municipalities)\b", re.IGNORECASE)
_POLICIES: Final = (
    ("policy/eu-klimatneutralitet-2050",
     re.compile(r"\b(?:EU(?:[:'’]?s)?|Europeiska unionens?|the European Union(?:['’]s)?)\s"
                r"(?:(?:ska|skall|will|shall|is to)\b|[^.,;]{0,25}?(?:klimat)?"
                r"(?:mål\w*|goals?|targets?|objectives?)\b)", re.IGNORECASE)),
    ("policy/sveriges-klimatpolitiska-ramverk",
     re.compile(r"\b(?:Sveriges|Swed(?:en['’]s|ish))\s+(?:nationella |national )?(?:klimat"
                r"|climate )?"
                r"(?:mål\w*|goals?|targets?|policy framework)\b|\bklimatpolitiska ramverk\w*",
                re.IGNORECASE)),
)  # fmt: skip


def targets(context: Context) -> Iterator[Candidate]:
    """Read targets: the city's in its own chapter, those of policies in the chapters before it."""
    for passage in context.outline.passages("municipality"):
        if context.outline.role(passage) == "joint-commitments":
            continue
        if passage.kind == "row":
            yield from of_row(context, passage)
        else:
            before: Candidate | None = None
            for sentence in sentences(passage.text):
                found = list(_own(context, passage, sentence))
                found = found or list(_interim(context, passage, sentence, before))
                before = found[-1] if found else before
                yield from found
    for listed in context.lists:
        if context.outline.chapter(listed.lead) == "municipality":
            yield from _listed(context, listed)
    for passage in context.outline.passages("front", "introduction", "purpose", "overall"):
        for sentence in sentences(passage.text):
            yield from _of_policies(context, passage, sentence)


def _own(context: Context, passage: Passage, sentence: Sentence) -> Iterator[Candidate]:
    found = readings(context, passage, sentence)
    base = base_year(sentence.text)
    section = " ".join(p.text for p in context.document.passages if p.section == passage.section)
    for reading in found:
        if reading.year is None and reading.kind not in ("annual-reduction", "emission-level"):
            continue
        inferred = _ALIGNED.search(sentence.text, 0, reading.start) is not None
        if _owner(context, passage, sentence, reading.start) and not inferred:
            continue  # somebody else's target, told for comparison
        scope = "geographic" if inferred else scope_of(_clause(sentence.text, reading))
        if inferred and not re.search("geografisk|geographic", section, re.IGNORECASE):
            scope = "unspecified-scope"
        fact = fact_of(context.city, reading, base, scope)
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
        if item.kind != "bullet" or any(
            True for s in sentences(item.text) if readings(context, item, s)
        ):
            continue
        # Placed so that spans into the item's words stay right.
        whole = Sentence(f"{lead} {item.text}", -len(lead) - 1)
        for candidate in _own(context, item, whole):
            yield replace(candidate, passages=(item, found.lead), rule="target-list")


def _interim(
    context: Context, passage: Passage, sentence: Sentence, before: Candidate | None
) -> Iterator[Candidate]:
    """Read a step on the way to the target before: "The interim target for 2027 is 60 %"."""
    if before is None or not _STEP.search(sentence.text):
        return
    years = [m[1] for m in YEAR.finditer(sentence.text)]
    shares = [q for q in quantities(sentence.text, context.language) if q.unit == "percent"]
    if len(years) == len(shares) == 1 and before.fact.get("unit") == "percent":
        fields = {
            **dict(before.fact.fields),
            "year": years[0],
            **{n: v for n, v in measured(shares[0]).items() if n in ("value", "max")},
        }
        fact = Fact.from_mapping("target", fields)
        yield replace(before, fact=fact, quote=sentence.text, rule="target-step",
                      confidence=Decimal("0.95"))  # fmt: skip


def _clause(text: str, reading: Reading) -> str:
    """The part of a sentence about one target: several are parted by semicolons."""
    begin = max(text.rfind(sign, 0, reading.start) for sign in (";", "\n")) + 1
    stops = [i for sign in (";", "\n") if (i := text.find(sign, reading.start)) >= 0]
    return text[begin : min(stops, default=len(text))]


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
    for reading in readings(context, passage, sentence):
        owner = _owner(context, passage, sentence, reading.start)
        if owner is None and _REFERS_BACK.match(sentence.text):
            owner = _owner(context, passage, Sentence(passage.text[: sentence.start], 0), 10**6)
        about = tail(owner.iri) if owner else ""
        since = max(0, owner.end - sentence.start) if owner else 0
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
        fact = fact_of(about, replace(reading, year=year), None, "unspecified-scope")
        yield Candidate(fact, (passage,), sentence.text, "target-of-policy", Decimal("0.95"))
