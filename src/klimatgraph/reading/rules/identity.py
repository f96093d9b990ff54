"""Whose contract it is, which edition, when it was signed, and by whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from klimatgraph.errors import DocumentError
from klimatgraph.reading.context import Context, tail
from klimatgraph.reading.documents import Passage
from klimatgraph.reading.facts import Candidate, Fact

_EDITION: Final = re.compile(
    r"\b(?:version|utgåva|edition)\s+(20\d\d(?:\s?/\s?(?:20)?\d\d)?)\b", re.IGNORECASE
)
_MUNICIPALITY: Final = re.compile(
    r"\b(?:(?P<sv>[A-ZÅÄÖ][\w-]+?)s?\s+(?:kommun|[Ss]tad)\b"
    r"|(?:City|Municipality)\s+of\s+(?P<of>[A-ZÅÄÖ][\w-]+)"
    r"|(?P<en>[A-ZÅÄÖ][\w-]+)\s+(?:[Mm]unicipality|City)\b)"
)
_TOWN: Final = re.compile(r"\b(?:kommun|stad|municipality|city)\b", re.IGNORECASE)
_MONTHS: Final = {
    month: number
    for names in (
        "januari februari mars april maj juni juli augusti september oktober november december",
        "january february march april may june july august september october november december",
    )
    for number, month in enumerate(names.split(), start=1)
}
_DATE: Final = re.compile(
    rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{'|'.join(_MONTHS)})\s+(?P<y>20[12]\d)\b"
    rf"|\b(?P<m2>{'|'.join(_MONTHS)})\s+(?P<d2>\d{{1,2}}),?\s+(?P<y2>20[12]\d)\b"
    r"|\b(?P<y3>20[12]\d)-(?P<m3>\d\d)-(?P<d3>\d\d)\b",
    re.IGNORECASE,
)
# Passages that are cited for the edition; a running header would name it on every page.
_ENOUGH: Final = 3
_SIGNED: Final = re.compile(r"under(?:teckn|skriv|skrift)|sign", re.IGNORECASE)
_ROLES: Final = {"city": "municipality", "agency": "agency", "programme": "programme"}


def city(context: Context) -> tuple[str, Passage | None]:
    """Find whose contract it is.

    Returns
    -------
    str, Passage or None
        Tail of the city's IRI, and where it says so.

    Raises
    ------
    DocumentError
        If the document names no city, several, or one that the graph does not know.
    """
    name = context.document.path.name
    for places in (
        context.outline.passages("parties"),
        context.outline.passages("front", "introduction"),
        context.outline.passages("municipality", headings=True),
    ):
        counts: Counter[str] = Counter()
        first: dict[str, Passage] = {}
        for passage in places:
            for mention in context.named(passage, "party"):
                if tail(mention.iri).startswith("city/"):
                    # "Lunds kommun" is a party; "signed in Stockholm" tells a place.
                    after = passage.text[mention.start : mention.end + 14]
                    counts[mention.iri] += 4 if _TOWN.search(after) else 1
                    first.setdefault(mention.iri, passage)
        if counts:
            (best, number), *others = counts.most_common(2)
            if others and others[0][1] * 3 > number:
                raise DocumentError(
                    f"{name} names several cities as party ({tail(best)}, {tail(others[0][0])}): "
                    "say which with --city"
                )
            return tail(best), first[best]
        unknown = [m for p in places for m in _MUNICIPALITY.finditer(p.text)]
        if unknown:
            called = next(filter(None, unknown[0].groups()))
            raise DocumentError(
                f"{name} is a contract of {called}, a city that the graph does not know: say which "
                "city is meant with --city"
            )
    raise DocumentError(f"{name} names no city as party: say which with --city")


def edition(context: Context) -> tuple[str, tuple[Passage, ...]]:
    """Find which edition it is.

    Returns
    -------
    str, tuple of Passage
        Label of the edition, such as ``2025/26``, and where it says so.

    Raises
    ------
    DocumentError
        If the document does not say.
    """
    found: list[tuple[str, Passage]] = []
    for passage in context.document.passages:
        if context.outline.chapter(passage) in ("municipality", "agencies", "programme"):
            continue
        for match in _EDITION.finditer(passage.text):
            found.append((_label(match[1]), passage))
    if not found:
        raise DocumentError(
            f"{context.document.path.name} does not say which edition it is: add --edition, "
            "for example --edition 2025/26"
        )
    front = [hit for hit in found if context.outline.chapter(hit[1]) == "front"]
    counts = Counter(label for label, _ in front or found)
    best = min(counts, key=lambda label: (-counts[label], label))
    places = tuple(dict.fromkeys(passage for label, passage in found if label == best))
    return best, places[:_ENOUGH]


def _label(text: str) -> str:
    first, slash, second = text.replace(" ", "").partition("/")
    return f"{first}/{second[-2:]}" if slash else first


def signed(context: Context) -> tuple[str | None, Passage | None]:
    """Find the day on which the contract was signed: on the front, or where it is signed."""
    for passage in context.outline.passages("front", "signing", "parties"):
        match = _DATE.search(passage.text)
        if match is None:
            continue
        alone = len(passage.text) - len(match[0]) < 40
        told = context.outline.chapter(passage) == "signing" or _SIGNED.search(passage.text)
        if (alone or told) and (day := _iso(match)) is not None:
            return day, passage
    return None, None


def _iso(match: re.Match[str]) -> str | None:
    """The day as ISO 8601 has it; None where the calendar has no such day."""
    if match["y3"]:
        return _day(match["y3"], int(match["m3"]), match["d3"])
    day, month, year = (
        (match["d"], match["m"], match["y"])
        if match["y"]
        else (match["d2"], match["m2"], match["y2"])
    )
    return _day(year, _MONTHS[month.lower()], day)


def _day(year: str, month: int, day: str) -> str | None:
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return None


def contract(context: Context, places: list[Passage], date: str | None) -> Iterator[Candidate]:
    """State the contract itself."""
    fact = Fact.of("contract", city=context.city, edition=context.edition, signed=date)
    passages = tuple(dict.fromkeys(places))
    yield Candidate(fact, passages, passages[0].text if passages else "", "contract")


def parties(context: Context) -> Iterator[Candidate]:
    """Read the parties: the city, agencies and programme of the chapter of parties."""
    chapter = context.outline.passages("parties") or context.outline.passages("front")
    seen: set[str] = set()
    for passage in chapter:
        for mention in context.named(passage, "party", "initiative"):
            party = tail(mention.iri)
            role = _ROLES.get(party.partition("/")[0])
            if role is None or party in seen or (role == "municipality" and party != context.city):
                continue
            seen.add(party)
            yield Candidate(
                Fact.of("party", party=party, role=role), (passage,), mention.words, "parties",
                Decimal(str(mention.confidence)),
            )  # fmt: skip
