"""Targets of the city itself: what is to be reached by when, as sentences and the gap table say.

A contract speaks of many targets: of the Union, the state, the Mission, companies, sectors. A
sentence counts only where the city is the last one named before the target, and where the year
stands right at it. What is only estimated or possible is no target.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from klimatgraph.reading.ccc.gap import gap
from klimatgraph.reading.ccc.source import Source
from klimatgraph.reading.documents import Passage
from klimatgraph.reading.facts import Candidate, Fact
from klimatgraph.reading.rules.target_readings import (
    YEAR,
    Reading,
    base_year,
    fact_of,
    readings_in,
)
from klimatgraph.reading.sentences import sentences

_MODULES: Final = ("", "A-1", "A-2", "B-1", "B-2", "C-1", "C-2", "C-3")
_KINDS: Final = frozenset({
    "climate-neutral", "climate-positive", "emission-reduction", "emission-level", "fossil-free"
})  # fmt: skip
_OWN: Final = (
    r"\b(?:the |our )?(?:city|municipality|metropolis|city council|municipal council|capital)\b"
    r"(?!['’]?s? (?:mission|missions|network|region))|\b(?:we|our)\b"
)
_OTHERS: Final = re.compile(
    r"\bEU\b|\bEU['’]s|\bEurop\w*|\bUnion\b|\bUN\b|\bnational\w*|\bnation\b|\bcountr\w+|\bfederal"
    r"|\bgovernment\w*|\bstate(?:['’]s)?\b|\bParis\b|\bmission\b|\bcities\b|\bmunicipalities\b"
    r"|\bregion\w*|\bprovinc\w*|\bcounty|\bglobal\w*|\bworld\w*|\bcompan\w+|\buniversit\w+"
    r"|\bport\b|\bairport\b|\bbusiness\w*|\bdistricts?\b|\bneighbou?rhoods?\b|\borgani[sz]ations?"
    r"|\bpartners?\b|\bassociation|\bcorporation|\boperator|\bhospital|\bC40\b|\bCovenant\b"
    r"|\bGmbH\b|\bA/S\b|\bLtd\b|\bAct\b|\blaw\b",
    re.IGNORECASE,
)
# A target for one of these holds for no more than it.
_PARTIAL: Final = re.compile(
    r"transport|mobility|traffic|vehicle|\bcars?\b|\bbus|fleet|building|construction|hous(?:e|ing)"
    r"|district heating|\bheat|electricity|\benergy\b|\bpower\b|\bwaste\b|industr|agricultur|\bfood"
    r"|administration|operations\b|circular|procurement|consumption"
    r"|per capita|per inhabitant|\bETS\b|\bfuel"
    r"|\bown (?:operations|activities|organi[sz]ation)|public sector|sewage|\bwater\b",
    re.IGNORECASE,
)
_AIM: Final = re.compile(
    r"\b(?:aim\w*|commit\w*|goals?|targets?|objectives?|ambition\w*|pledg\w*|striv\w*|visions?"
    r"|resol\w+|decid\w+|decision|set (?:out|itself)|adopted|strategy is|will (?:be|become|reach"
    r"|achieve|reduce|cut)|(?:is|are) to (?:be|become|reach|achieve|reduce|cut)|shall)\b",
    re.IGNORECASE,
)
_UNSURE: Final = re.compile(
    r"\b(?:could|would|might|may|can|if|whether|scenarios?|estimat\w+|expect\w+|project(?:ed|ions?)"
    r"|forecast\w*|predict\w*|calculat\w+|model\w*|BAU|business[- ]as[- ]usual|potential\w*"
    r"|former\w*|previous\w*|earlier|original\w*|instead of|initial\w*|ideally|for example|e\.g|"
    r"please|your city|unlikely|selected|included|trajectory"
    r"|should|already|would have|not (?:be )?(?:possible|sufficient|enough)|only|alone"
    r"|contribut\w+|compared to other|petition|question\w*|feasib\w*|well before|although"
    r"|20[01]\d\s?[–-]\s?202[0-5])\b|\?|\.{3}|…"
    # What the template says in every document.
    r"|territories included|any further thinking|this (?:section|module|part|paragraph)\b",
    re.IGNORECASE,
)
_NAMES: Final = re.compile(
    r"\b(?!(?:By|In|Until|Till|Before|For|Year|To|From|Since|And|The|January|February|March|April"
    r"|May|June|July|August|September|October|November|December|Neutral|Neutrality)\b)"
    r"[A-ZÅÄÖÉ][\w-]+,? 20\d\d(?!\s?%)"
    r"|\b20\d\d (?=(?:Climate |Action|Agenda|Strategy|Plan|Mission|Vision|Contract|SECAP|CCC))"
    r"|(?:[Cc]limate|[Cc]arbon)[- ][Nn]eutral(?:ity)? (?:(?:[Aa]nd|&) [Ss]mart\b[ \w]*"
    r"|[Aa]ction [Pp]lan|[Pp]lans?\b|[Cc]ity\b|[Cc]ities\b|[Cc]ontract|[Tt]ransition|[Tt]eam"
    r"|[A-Z])",
)
_QUOTED: Final = re.compile(r"[“\"«„][^”\"»“]{3,80}[”\"»“]")
# The rest of a reduction, and where it starts.
_REST: Final = re.compile(
    r"(?:remaining|maximum of|at most|leaving|residual|from|between|other)\s(?:the\s)?$"
    r"|^.{0,40}\b(?:compensat|residual|offset|remain)",
    re.IGNORECASE,
)
_NEAR: Final = 60
"""Signs between a target and its year."""


def targets(source: Source, city: str) -> Iterator[Candidate]:
    """Read the city's own targets.

    Parameters
    ----------
    source : Source
        A contract.
    city : str
        Whose contract it is; the tail of its IRI, the last part of which is its name.

    Yields
    ------
    Candidate
        Facts of the kind ``target``.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from klimatgraph.reading.documents import read
    >>> text = '''# Summary
    ... The city aims to reduce its emissions by 80 % by 2030 compared to 2018.
    ... '''
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "a.md")
    ...     _ = path.write_text(text, encoding="utf-8")
    ...     for candidate in targets(Source.of(read(path)), "city/somewhere"):
    ...         print(candidate.fact)
    about city/somewhere · target emission-reduction · year 2030 · value 80 · unit percent \
· base-year 2018 · scope unspecified-scope
    """
    name = re.escape(city.rpartition("/")[2].replace("-", " "))
    own = re.compile(rf"{_OWN}|\b{name}(?:['’]s)?\b", re.IGNORECASE)
    found = [*_sentences(source, city, own), *_of_table(source, city)]
    facts = {candidate.fact: candidate for candidate in reversed(found)}
    for candidate in found:
        if facts.get(candidate.fact) is candidate and not _is_vague(candidate.fact, facts):
            yield candidate


def _is_vague(fact: Fact, facts: dict[Fact, Candidate]) -> bool:
    """Whether another fact says the same and more."""
    return any(set(fact.fields) < set(other.fields) for other in facts)


def _sentences(source: Source, city: str, own: re.Pattern[str]) -> Iterator[Candidate]:
    for passage in source.passages_in(*_MODULES):
        if passage.kind not in ("paragraph", "bullet") or " | " in passage.text:
            continue
        for sentence in sentences(passage.text):
            if 25 < len(sentence.text) < 500 and "20" in sentence.text:
                yield from _own_targets(passage, sentence.text, city, own)


def _own_targets(
    passage: Passage, text: str, city: str, own: re.Pattern[str]
) -> Iterator[Candidate]:
    masked = _blank(text)
    if not _AIM.search(masked) or _UNSURE.search(masked):
        return
    found = [r for r in readings_in(masked, text, "en", "2025") if r.kind in _KINDS]
    bases = {base for reading in found if (base := base_year(masked[reading.start :]))}
    for reading in found:
        before, after = masked[: reading.start], masked[reading.start :]
        measured = reading.unit is not None
        if reading.year is None or not _year_is_near(masked, reading) or len(bases) > 1:
            continue
        if reading.year <= "2025" and not (measured and reading.year == "2025"):
            continue  # past, or what the city council said before
        if not _owned(before, masked, own) or _PARTIAL.search(
            before[-110:] + after[: 110 if measured else 50]
        ):
            continue
        if reading.kind == "emission-reduction" and not _is_reduction(reading, before, after):
            continue
        base = base_year(masked) if measured else None
        yield Candidate(fact_of(city, reading, base, "unspecified-scope"), (passage,), text,
                        "ccc-target-sentence", Decimal("0.95"))  # fmt: skip


def _blank(text: str) -> str:
    """The text with names of plans and missions blanked out: years in them are none of a target."""
    for pattern in (_NAMES, _QUOTED):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _owned(before: str, text: str, own: re.Pattern[str]) -> bool:
    """Whether the city is the last one named before a target, or the only one at all."""
    cities = [match.start() for match in own.finditer(before)]
    others = [match.start() for match in _OTHERS.finditer(before)]
    if cities:
        return not others or others[-1] < cities[-1]
    return not others and own.search(text) is not None and not _OTHERS.search(text)


def _is_reduction(reading: Reading, before: str, after: str) -> bool:
    """Whether a share is the one by which emissions fall, not that which is left."""
    if reading.unit != "percent" or reading.value is None or not 5 <= reading.value <= 100:
        return False
    length = reading.quantity.end - reading.quantity.start if reading.quantity else 0
    rest = re.split(r",| and ", after[length:])[0]
    return not _REST.search(before[-25:]) and not _REST.match(rest)


def _year_is_near(text: str, reading: Reading) -> bool:
    end = reading.quantity.end if reading.quantity else reading.start + 12
    for match in YEAR.finditer(text):
        if match[1] == reading.year:
            between = text[end : match.start()] if match.start() > end else \
                text[match.end() : reading.start]  # fmt: skip
            if len(between) <= _NEAR and not re.search(r"[;:(]|\d{4}", between):
                return True
    return False


def _of_table(source: Source, city: str) -> Iterator[Candidate]:
    """The reduction that a gap table states in percent, in its row of totals."""
    told = [c for c in gap(source) if not c.fact.get("sector") and not c.fact.get("part")]
    for candidate in told:
        fact = candidate.fact
        kind = {"emission-reduction-target": "emission-reduction",
                "residual-emissions": "residual-emissions"}.get(fact["indicator"])  # fmt: skip
        if kind is None or fact["unit"] != "percent" or not fact.get("year"):
            continue
        base = next((c.fact.get("year") for c in told if c.passages == candidate.passages
                     and c.fact["indicator"] == "baseline-emissions"), "")  # fmt: skip
        yield Candidate(
            Fact.of("target", about=city, target=kind, year=fact["year"], value=fact["value"],
                    unit="percent", base_year=base if base and base < "2026" else None,
                    scope="unspecified-scope"),
            candidate.passages, candidate.quote, "ccc-target-table", Decimal("0.9"),
        )  # fmt: skip
