"""Commitments: overall, joint, of agencies and programme; and offers to other cities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from klimatgraph.reading.context import Context
from klimatgraph.reading.documents import Passage
from klimatgraph.reading.facts import Candidate, Fact
from klimatgraph.reading.sentences import enumerated, sentences

_YEAR: Final = re.compile(r"\b20[2-9]\d\b")
_NEUTRAL_BY: Final = re.compile(
    r"(?:klimatneutral|climate[- ]neutral)\w*[^.]{0,60}?\b(20[2-9]\d)\b", re.IGNORECASE
)
_NUMBERS: Final = r"\d{1,2}(?:\s*[–—-]\s*\d{1,2})?"
_LISTED: Final = re.compile(
    r"\b(?:åtagande(?:t|na|n)?|commitments?)\s+(?:nr\.?\s+|nummer\s+|numbers?\s+|no\.?\s+)?"
    rf"(?P<list>{_NUMBERS}(?:\s*(?:,|och|samt|and|&|,\s*(?:och|samt"
    rf"|and))\s*{_NUMBERS})*)(?![\d.]*\s?%)",
    re.IGNORECASE,
)
_ALL_BUT: Final = re.compile(
    r"\b(?:alla|samtliga|all)\b[^.]{0,60}(?:åtaganden\w*|commitments)[^.]{0,20}"
    r"\b(?:utom|förutom|except(?: for)?|but)\s*$",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(
    r"(?:;|,?\s+(?:men|medan|däremot|dock|but|whereas|while|however)\b)", re.IGNORECASE
)
_NOT: Final = re.compile(
    r"\b(?:inte|ej|icke|avstår|avböjer|utom|förutom|undantag\w*|not|declin\w*|refrain\w*"
    r"|opts? out|except|without)\b",
    re.IGNORECASE,
)
_LATER: Final = re.compile(
    r"\b(?:först\s+(?:år\s+)?20\d\d|skjut\w* upp|avvakta\w*|på sikt|senare|avser att|planerar att"
    r"|överväg\w*|utred\w*|kan komma att|postpon\w*|later|intends? to|plans? to|consider\w*"
    r"|not (?:until|before)|ännu|yet)\b",
    re.IGNORECASE,
)
_INVITATION: Final = re.compile(
    r"(?:välkomnar|bjuder in|inbjuder|erbjuder|samverka|samarbeta|collaborat|cooperat|invit|welcom)"
    r".*(?:områden|tema|areas|themes|fields|kring|inom|:$)",
    re.IGNORECASE | re.DOTALL,
)
_AREAS: Final = re.compile(
    r"\b(?:bjuder|bjuds in|inbjuder|välkomnar|invit\w+|welcom\w+)\b[^.:]*?"
    r"\b(?:samarbet\w*|samverka\w*|collaborat\w*|cooperat\w*)\s+(?:[^.:]{0,40}?\s)??"
    r"(?:om|kring|inom|on|in)\s+(?:områdena\s+|the areas\s+(?:of\s+)?)?"
    r"(?P<areas>[^.:]+)\.?$",
    re.IGNORECASE,
)


def overall(context: Context) -> Iterator[Candidate]:
    """Read the overall commitment that all parties make, and its development processes."""
    chapter = [p for p in context.outline.passages("overall") if p.kind == "paragraph"]
    own = [p for p in chapter if context.outline.role(p) == "overall"]
    if own:
        year = _NEUTRAL_BY.search(own[0].text)
        fact = Fact.of("overall", year=year[1] if year else None)
        yield Candidate(fact, (own[0],), own[0].text, "overall-commitment")
    for section in context.outline.sections(
        "process-governance", "process-climate-analysis", "process-finance"
    ):
        process = context.outline.roles[section.number][1].removeprefix("process-")
        inside = [p for p in context.document.passages if p.section == section.number]
        fact = Fact.of("process", process=process, number=section.number)
        body = [p for p in inside if p.kind != "heading"] or inside
        themes = context.themes(inside[0])
        yield Candidate(fact, (body[0],), section.title, "process-heading", themes=themes)


def adoptions(context: Context) -> Iterator[Candidate]:
    """Read which joint commitments the city joins, declines or postpones.

    A number is read with the clause in which it stands. Where the numbers that are listed leave
    gaps, the missing ones are said to be not listed.
    """
    places = context.outline.passages("joint-commitments") or [
        p for p in context.outline.passages("municipality") if _LISTED.search(p.text)
    ]
    status: dict[str, tuple[str, Passage, str]] = {}
    for passage in places:
        for number, said, quote in _said(passage, context.commitments):
            # What is said in so many words of one commitment outweighs a list.
            if number not in status or (said != "adopted" and status[number][0] == "adopted"):
                status[number] = (said, passage, quote)
    if not status:
        return
    lead = places[0]
    listed = tuple(dict.fromkeys([lead, *(place for _, place, _ in status.values())]))
    highest = max((int(n) for n, (said, _, _) in status.items() if said == "adopted"), default=0)
    for number in sorted({*status, *map(str, range(1, highest))}, key=int):
        if number in status:
            said, passage, quote = status[number]
            passages = (passage,) if passage == lead else (passage, lead)
            yield Candidate(Fact.of("adoption", number=number, status=said), passages, quote,
                            "commitment-number")  # fmt: skip
        else:
            yield Candidate(Fact.of("adoption", number=number, status="not-listed"), listed,
                            lead.text, "gap-in-numbers")  # fmt: skip


def _said(passage: Passage, known: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    for sentence in sentences(passage.text):
        begin = 0
        # A clause without numbers of its own goes with the next one.
        cuts = [m.start() for m in _CLAUSE.finditer(sentence.text)] + [len(sentence.text)]
        for cut in cuts:
            clause = sentence.text[begin:cut]
            if not _LISTED.search(clause):
                continue
            yield from _clause(clause, sentence.text, known)
            begin = cut


def _clause(clause: str, quote: str, known: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    for match in _LISTED.finditer(clause):
        numbers = _expand(match["list"])
        if _ALL_BUT.search(clause, 0, match.start()):
            for number in known:
                yield number, "declined" if number in numbers else "adopted", quote
            continue
        # The text of a commitment itself may hold any word; only what stands before it or in a
        # running sentence tells whether it is joined.
        titled = clause[: match.start()].strip(" ▪•") == "" and re.match(
            r"\s*[-–—:.]\s", clause[match.end() :]
        )
        said = "adopted"
        if not titled and _LATER.search(clause):
            said = "postponed"
        elif not titled and _NOT.search(clause):
            said = "declined"
        for number in numbers:
            yield number, said, quote


def _expand(listed: str) -> list[str]:
    """Write out a list of numbers with ranges.

    Examples
    --------
    >>> _expand("1–4 och 6")
    ['1', '2', '3', '4', '6']
    """
    numbers: list[str] = []
    for part in re.finditer(r"(\d{1,2})(?:\s*[–—-]\s*(\d{1,2}))?", listed):
        first = int(part[1])
        last = int(part[2] or first)
        if first <= last < first + 50:
            numbers += [str(n) for n in range(first, last + 1)]
    return numbers


def offers(context: Context) -> Iterator[Candidate]:
    """Read the areas in which the city invites others to collaborate."""
    for found in context.lists:
        if context.outline.role(found.lead) != "joint-commitments":
            continue
        lead = found.sentence
        if not _INVITATION.search(lead) or _LISTED.search(lead):
            continue
        year = _YEAR.findall(_without_names(lead))
        for item in found.items:
            own = _YEAR.findall(item.text)
            name = _offer_name(item)
            chosen = own[0] if own else (year[0] if year else None)
            yield Candidate(
                Fact.of("offer", name=name, year=chosen), (item, found.lead), item.text,
                "offer-list", themes=context.themes(item),
            )  # fmt: skip
    yield from _offers_in_sentences(context)


def _offers_in_sentences(context: Context) -> Iterator[Candidate]:
    """Read areas that a sentence names: after a colon, or after what they are for."""
    for passage in context.outline.passages("joint-commitments"):
        for sentence in sentences(passage.text):
            lead, colon, rest = sentence.text.partition(": ")
            if not colon and (invited := _AREAS.search(sentence.text)):
                lead, rest = sentence.text[: invited.start("areas")], invited["areas"]
            elif not colon or not _INVITATION.search(f"{lead}:"):
                continue
            if _LISTED.search(lead):
                continue
            year = _YEAR.findall(_without_names(sentence.text))
            for name, place in enumerated(rest.rstrip(".")):
                start = sentence.start + len(lead) + len(colon) + place
                yield Candidate(
                    Fact.of("offer", name=name, year=year[0] if year else None), (passage,),
                    sentence.text, "offer-in-sentence",
                    themes=context.themes(passage, start, start + len(name)),
                )  # fmt: skip


def _without_names(text: str) -> str:
    """Drop years that belong to the names of programme, contract and mission."""
    return re.sub(r"(?:städer|cities|[Kk]ontrakt|Contract)\s+20\d\d", "", text)


def _offer_name(item: Passage) -> str:
    text = item.cells[0] if item.cells else item.text
    head, colon, rest = text.partition(": ")
    name = rest if colon and len(head) < 60 else text
    name = re.split(r"\s+[–—-]\s+|(?<=\w)\.\s|\s*\((?=.*\d{4})", name)[0]
    return " ".join(name.split()).rstrip(".,; ")


def of_agencies_and_programme(context: Context) -> Iterator[Candidate]:
    """Read what agencies and programme commit themselves to: a section for each commitment."""
    for section in context.outline.sections("agency-commitment", "programme-commitment"):
        role = context.outline.roles[section.number][1]
        inside = [p for p in context.document.passages if p.section == section.number]
        body = [p for p in inside if p.kind != "heading"] or inside
        fact = Fact.of(role, number=section.number, name=section.title)
        yield Candidate(fact, (body[0],), section.title, "commitment-heading", Decimal(1),
                        context.themes(inside[0]))  # fmt: skip
