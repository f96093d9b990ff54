"""Estimates: who is to invest, what it costs and saves, and amounts of money in general."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from klimatgraph.reading.context import Context
from klimatgraph.reading.documents import Passage
from klimatgraph.reading.facts import Candidate, Fact, measured
from klimatgraph.reading.numbers import Quantity, quantities
from klimatgraph.reading.rules.emissions import UNKNOWN
from klimatgraph.reading.rules.target_readings import LOWER, is_past
from klimatgraph.reading.sentences import sentences

_MONEY: Final = frozenset(("euro", "swedish-krona"))
_HORIZON: Final = re.compile(
    r"(?:(?:till(?: och med)?|fram till|t\.o\.m\.|senast|inför|until|up to|by|through|to|–|-)\s+"
    r"(?:år |the year )?|20\d\d\s?[–-]\s?)(20[2-6]\d)[1-9]?\b",
    re.IGNORECASE,
)
_PRIVATE: Final = re.compile(
    r"\b(?:privat\w*|näringsliv\w*|hushåll\w*|private|business\w*|households?)\b", re.IGNORECASE
)
_PUBLIC: Final = re.compile(
    r"\b(?:offentlig\w*|kommunkoncern\w*|kommunal\w*|kommunen\w*|public|municipal\w*)\b",
    re.IGNORECASE,
)
_INVEST: Final = re.compile(r"invest\w*", re.IGNORECASE)
_GAP: Final = re.compile(
    r"finansieringsgap\w*|funding gap|financing gap|finansiellt gap", re.IGNORECASE
)
_GREAT: Final = re.compile(
    r"\b(?:betydande|stort|stor\b|omfattande|väsentlig\w*|considerable|significant|substantial"
    r"|large)",
    re.IGNORECASE,
)
_BENEFIT: Final = re.compile(
    r"samhällsekonomisk\w*|samhällsnytt\w*|socio-?economic|societal benefit\w*", re.IGNORECASE
)
_NEED: Final = re.compile(
    r"investeringsbehov\w*|investeringskostnad\w*|(?:behöver|krävs|kräver)[^.]{0,40}invest\w*"
    r"|invest\w*[^.]{0,60}(?:behövs|krävs|uppgår|uppskattas|beräknas|bedöms)"
    r"|investment (?:needs?|costs?)"
    r"|need(?:s|ed)?[^.]{0,40}invest\w*|total investment",
    re.IGNORECASE,
)
_GRANTED: Final = re.compile(
    r"\b(?:bevilja\w*|fått|tilldela\w*|erhåll\w*|mottagit|granted|awarded|received)\b",
    re.IGNORECASE,
)


def estimates(context: Context) -> Iterator[Candidate]:
    """Read shares of investment, amounts of money, financing gaps and changes of emissions."""
    for passage in context.outline.passages("municipality"):
        for sentence in sentences(passage.text):
            text = sentence.text
            found = quantities(text, context.language)
            money = [q for q in found if q.unit in _MONEY]
            shares = [q for q in found if q.unit == "percent"]
            for quantity in money:
                yield _money(passage, text, quantity)
            if (shares and _INVEST.search(text)) or (shares and _INVEST.search(passage.text)):
                yield from _split(passage, text, shares)
            if is_past(context, text) and LOWER.search(text) and shares:
                yield from _change(passage, text, shares)
            if _GAP.search(text) and not money:
                open_, great = UNKNOWN.search(text), _GREAT.search(text)
                if open_ or great:
                    status = "to-be-determined" if open_ else "qualitative"
                    fact = Fact.of("estimate", indicator="financing-gap", status=status)
                    yield Candidate(fact, (passage,), text, "gap-in-words")


def _money(passage: Passage, text: str, quantity: Quantity) -> Candidate:
    horizon = _HORIZON.search(text, quantity.end) or _HORIZON.search(text)
    fact = Fact.of(
        "estimate", indicator=_indicator(text, quantity),
        horizon=horizon[1] if horizon else None, **measured(quantity),
    )  # fmt: skip
    return Candidate(fact, (passage,), text, "amount-of-money")


def _indicator(text: str, quantity: Quantity) -> str:
    """What an amount is; the words nearest to it decide where a sentence has several."""
    near = text[max(0, quantity.start - 120) : quantity.end + 60]
    for indicator, pattern in (
        ("socioeconomic-benefit", _BENEFIT),
        ("financing-gap", _GAP),
        ("granted-funds", _GRANTED),
        ("investment-need", _NEED),
    ):
        if pattern.search(near):
            return indicator
    return "stated-amount"


def _split(passage: Passage, text: str, shares: list[Quantity]) -> Iterator[Candidate]:
    """Read how investments are divided: each share goes with the nearest side that is named."""
    private, public = _PRIVATE.search(text), _PUBLIC.search(text)
    for index, share in enumerate(shares):
        end = shares[index + 1].start if index + 1 < len(shares) else len(text)
        after = text[share.end : end]
        before = text[shares[index - 1].end if index else 0 : share.start]
        # Who is named before the first share is named before the others too.
        leads = _side(re.split(r"[.:;]", text[: shares[0].start])[-1]) is not None
        side = (_side(before) if leads else _side(after)) or _side(after) or _side(before)
        if side is None or not (private or public):
            continue
        fact = Fact.of("estimate", indicator=f"{side}-investment-share", **measured(share))
        yield Candidate(fact, (passage,), text, "investment-split")


def _side(text: str) -> str | None:
    private, public = _PRIVATE.search(text), _PUBLIC.search(text)
    if private and public:
        return "private" if private.start() < public.start() else "public"
    return "private" if private else "public" if public else None


def _change(passage: Passage, text: str, shares: list[Quantity]) -> Iterator[Candidate]:
    year = re.search(
        r"(?:sedan|since|mellan|between|från|from|jämfört med|compared (?:with|to))\s+(?:år )?"
        r"((?:19[89]|20[0-3])\d)(?:\s+(?:och|till|and|to)\s+(?:år )?((?:19[89]|20[0-3])\d))?",
        text, re.IGNORECASE,
    )  # fmt: skip
    if not re.search(r"utsläpp|emission", text, re.IGNORECASE):
        return
    fell = measured(shares[0])
    ends = [f"-{end}" for end in (fell["max"], fell["value"]) if end]  # the greater fall is lower
    fields = fell | {"value": ends[0], "max": ends[1] if len(ends) > 1 else None}
    fact = Fact.of("estimate", indicator="emission-change",
                   horizon=year[2] if year else None, **fields)  # fmt: skip
    yield Candidate(fact, (passage,), text, "emission-change")
