"""One commitment or target that differs, as a sentence: "Lund joined joint commitment 6"."""

from __future__ import annotations

from typing import Final

from klimatgraph.analysis.contents import Stated
from klimatgraph.comparison.model import Change, Difference
from klimatgraph.comparison.values import subject, target_name, value, word

# {city} is the city that both contracts are of, {a} and {b} the contracts, {s} the thing.
_ADOPTION: Final = {
    "joined": ("{city} anslöt sig till {s}", "{city} joined {s}"),
    "left": ("{city} lämnade {s}", "{city} left {s}"),
    "declined": ("{city} avböjde {s}", "{city} declined {s}"),
    "postponed": ("{city} sköt upp {s}", "{city} postponed {s}"),
    "gone": ("{city} nämner inte längre {s}", "{city} no longer mentions {s}"),
}
_STATUS: Final = {
    "declined": (("avböjt", "declined"), ("har avböjt", "has declined")),
    "postponed": (("uppskjutet", "postponed"), ("har skjutit upp", "has postponed")),
}
_NOW: Final = (", som nu är {status}", ", which is now {status}")
_WAS: Final = (", som förut var {status}", ", which was {status} before")
_NOT_LISTED: Final = (", som inte längre står i listan", ", which is no longer listed")
_ONLY: Final = ("Bara {who} har antagit {s}", "Only {who} has adopted {s}")
_OTHER: Final = (", som {other} {status}", ", which {other} {status}")

# {x} and {y} are what is said before and after.
_TARGET: Final = {
    "raised": ("{city} höjde målet {s}: förut {x}; nu {y}",
               "{city} raised the target {s}: before {x}; now {y}"),
    "lowered": ("{city} sänkte målet {s}: förut {x}; nu {y}",
                "{city} lowered the target {s}: before {x}; now {y}"),
    "changed": ("{city} ändrade målet {s}: förut {x}; nu {y}",
                "{city} changed the target {s}: before {x}; now {y}"),
    "new": ("{city} satte ett nytt mål: {s}, {y}", "{city} set a new target: {s}, {y}"),
    "gone": ("{city} har inte längre målet {s}, {x}", "{city} no longer has the target {s}, {x}"),
}  # fmt: skip
_CITY_TARGET: Final = {
    "raised": ("{b} går längre än {a} i målet {s}: {y} mot {x}",
               "{b} goes further than {a} in the target {s}: {y} against {x}"),
    "lowered": ("{a} går längre än {b} i målet {s}: {x} mot {y}",
                "{a} goes further than {b} in the target {s}: {x} against {y}"),
    "changed": ("{a} och {b} skiljer sig i målet {s}: {x} mot {y}",
                "{a} and {b} differ in the target {s}: {x} against {y}"),
    "new": ("Bara {b} har målet {s}, {y}", "Only {b} has the target {s}, {y}"),
    "gone": ("Bara {a} har målet {s}, {x}", "Only {a} has the target {s}, {x}"),
}  # fmt: skip
# Of a policy or another city, which the city only tells of.
_TOLD_OF: Final = {
    **dict.fromkeys(("raised", "lowered", "changed"),
                    ("Målet {s}: {x} i {a}, {y} i {b}", "The target {s}: {x} in {a}, {y} in {b}")),
    "new": ("Bara {b} nämner målet {s}, {y}", "Only {b} mentions the target {s}, {y}"),
    "gone": ("Bara {a} nämner målet {s}, {x}", "Only {a} mentions the target {s}, {x}"),
}  # fmt: skip
_OF: Final = ("{s} för {about}", "{s} of {about}")
_NO_FIGURE: Final = ("utan år och siffra", "without year and figure")


def one_change(difference: Difference, change: Change, lang: str) -> str | None:
    """Tell one change in a sentence.

    Parameters
    ----------
    difference : Difference
        What it is part of.
    change : Change
        One of its changes.
    lang : {"sv", "en"}
        The language.

    Returns
    -------
    str or None
        The sentence; None for what is told in lists.
    """
    # What is not known is told once for all; and where a graph changed, no city need have.
    if difference.form == "graphs" or change.change.startswith("unknown"):
        return None
    if change.kind == "adoption":
        told = _adoption(difference, change, lang)
    elif change.kind == "target":
        told = _target(difference, change, lang)
    else:
        return None
    return told and f"{told[0].upper()}{told[1:]}."


def _adoption(difference: Difference, change: Change, lang: str) -> str | None:
    at, code = lang == "en", change.change
    thing = subject(change.stated, difference.labels, lang)
    if code not in _ADOPTION:
        return None
    if difference.form == "editions":
        city = change.second.cities[lang]
        return _ADOPTION[code][at].format(city=city, s=thing) + _was_or_is(change, at)
    names = change.first.names[lang], change.second.names[lang]
    # Who adopted it, declined it or put it off, and what of the other.
    by_first = code in ("left", "gone")
    who, other = names if by_first else names[::-1]
    own, its = (change.before, change.after) if by_first else (change.after, change.before)
    detail = ""
    if _status(its) in _STATUS:
        detail = _OTHER[at].format(other=other, status=_STATUS[_status(its)][1][at])
    if code in ("joined", "left"):
        return _ONLY[at].format(who=who, s=thing) + detail
    return f"{who} {_STATUS[_status(own)][1][at]} {thing}{detail}"


def _was_or_is(change: Change, at: bool) -> str:
    """The status on the other side, where that tells more than the verb."""
    if change.change == "left":
        status = _status(change.after)
        if status == "not-listed":
            return _NOT_LISTED[at]
        form = _NOW
    else:
        status, form = _status(change.before), _WAS
    return form[at].format(status=_STATUS[status][0][at]) if status in _STATUS else ""


def _status(stated: Stated | None) -> str:
    return stated.fact.get("status") if stated else ""


def _target(difference: Difference, change: Change, lang: str) -> str:
    at, labels = lang == "en", difference.labels
    fact = change.stated.fact
    side = change.second if change.after else change.first
    name = target_name(fact, labels, lang)
    if fact.get("about") != side.city:
        forms = _TOLD_OF
        name = _OF[at].format(s=name, about=labels.tail(fact["about"], lang))
    else:
        forms = _CITY_TARGET if difference.form == "cities" else _TARGET
    figures = {
        key: value(stated, labels, lang) if stated else ""
        for key, stated in (("x", change.before), ("y", change.after))
    }
    for key, figure in figures.items():
        if figure == word("there", lang):
            figures[key] = _NO_FIGURE[at]
    return forms[change.change][at].format(
        city=side.cities[lang], a=change.first.names[lang], b=change.second.names[lang],
        s=name, **figures,
    )  # fmt: skip
