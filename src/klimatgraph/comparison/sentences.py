"""The difference in sentences, in Swedish and English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from klimatgraph.comparison.model import Change, Difference
from klimatgraph.comparison.single import one_change
from klimatgraph.comparison.values import subject, value, word
from klimatgraph.comparison.words import KIND_WORDS, in_order, is_whole

# How a list begins; {kind} are the things, several of them.
_LISTS: Final = {
    "rose": ("Högre {kind}", "Higher {kind}"), "fell": ("Lägre {kind}", "Lower {kind}"),
    "changed": ("Ändrade {kind}", "Changed {kind}"),
    "new": ("Nya {kind}", "New {kind}"), "gone": ("{Kind} som är borta", "{Kind} gone"),
    "unknown-before": ("Inte känt för {a}: {kind}. {b} har", "Not known for {a}: {kind}. {b} has"),
    "unknown-after": ("Inte känt för {b}: {kind}. {a} hade", "Not known for {b}: {kind}. {a} had"),
}  # fmt: skip
_CITY_LISTS: Final = {
    "rose": ("{Kind} som är högre i {b}", "{Kind} that are higher in {b}"),
    "fell": ("{Kind} som är lägre i {b}", "{Kind} that are lower in {b}"),
    "changed": ("{Kind} som skiljer sig", "{Kind} that differ"),
    "new": ("{Kind} som bara {b} har", "{Kind} that only {b} has"),
    "gone": ("{Kind} som bara {a} har", "{Kind} that only {a} has"),
    "unknown-before": ("Inte känt för {a}: {kind}. {b} har", "Not known for {a}: {kind}. {b} has"),
    "unknown-after": ("Inte känt för {b}: {kind}. {a} har", "Not known for {b}: {kind}. {a} has"),
}  # fmt: skip
# Between graphs it is what is known that changed: nobody need have joined or raised anything.
_GRAPH_LISTS: Final = {
    **_LISTS,
    "joined": ("{Kind} som tillkom", "{Kind} joined"),
    "left": ("{Kind} som inte längre är med", "{Kind} left"),
    "declined": ("{Kind} som avböjdes", "{Kind} declined"),
    "postponed": ("{Kind} som sköts upp", "{Kind} postponed"),
    "raised": ("Höjda {kind}", "Raised {kind}"), "lowered": ("Sänkta {kind}", "Lowered {kind}"),
    "unknown-before": ("{Kind} som inte var kända förut", "{Kind} not known before"),
    "unknown-after": ("{Kind} som inte är kända längre", "{Kind} no longer known"),
}  # fmt: skip
_BY_FORM: Final = {"editions": _LISTS, "cities": _CITY_LISTS, "graphs": _GRAPH_LISTS}
_NOTHING: Final = ("Inga skillnader är kända.", "No differences are known.")
_FROM_TO: Final = ("{s} från {a} till {b}", "{s} from {a} to {b}")
_ONE_EACH: Final = ("{s}: {a} mot {b}", "{s}: {a} against {b}")
_COMPARED: Final = frozenset({"raised", "lowered", "rose", "fell", "changed"})


def as_sentences(difference: Difference, lang: str) -> list[str]:
    """Tell a difference in words.

    Parameters
    ----------
    difference : Difference
        The difference.
    lang : {"sv", "en"}
        The language.

    Returns
    -------
    list of str
        A sentence for each commitment and target, a list for each other kind of thing and of
        change; one sentence where there is no difference.
    """
    told = list(_sentences(difference, lang)) or [_NOTHING[lang == "en"]]
    return [*told, *(f"{note.sentence(lang)}." for note in difference.unread())]


def _sentences(difference: Difference, lang: str) -> Iterator[str]:
    groups = groupby(
        in_order(difference, lang),
        key=lambda c: ("" if is_whole(c) else c.second.iri, c.kind, c.change),
    )
    for _, group in groups:
        changes = list(group)
        alone = [one_change(difference, change, lang) for change in changes]
        listed = [c for c, told in zip(changes, alone, strict=True) if told is None]
        yield from (told for told in alone if told is not None)
        if listed:
            yield _list(difference, listed, lang)


def _list(difference: Difference, changes: Sequence[Change], lang: str) -> str:
    """Changes of one kind in one sentence."""
    at, first = lang == "en", changes[0]
    several = KIND_WORDS[first.kind][at][1]
    beginning = _BY_FORM[difference.form][first.change][at].format(
        kind=several, Kind=several[0].upper() + several[1:],
        a=first.first.names[lang], b=first.second.names[lang],
    )  # fmt: skip
    if not (difference.sides or is_whole(first)):
        beginning = f"{first.second.names[lang]}, {beginning[0].lower()}{beginning[1:]}"
    things = "; ".join(dict.fromkeys(_told(difference, c, lang) for c in changes))
    return f"{beginning}: {things}."


def _told(difference: Difference, change: Change, lang: str) -> str:
    """A thing of a sentence, with both values where they are compared."""
    at = lang == "en"
    what = subject(change.stated, difference.labels, lang)
    if change.before and change.after and change.change in _COMPARED:
        form = _ONE_EACH if difference.form == "cities" else _FROM_TO
        before = value(change.before, difference.labels, lang)
        after = value(change.after, difference.labels, lang)
        if change.kind == "contract":
            return f"{what}, {after}"
        if before != after:
            return form[at].format(s=what, a=before, b=after)
        was = subject(change.before, difference.labels, lang)
        return what if was == what else form[at].format(s="", a=was, b=what).strip(" :")
    told = value(change.stated, difference.labels, lang)
    # Of a commitment that was adopted, the sentence says so already.
    telling = change.kind in ("overall", "target", "emission", "estimate") or (
        change.stated.fact.get("status") in ("declined", "postponed")
        and change.change in ("left", "gone", "unknown-before", "unknown-after")
    )
    plain = told == word("there", lang) or not telling
    return what if plain else f"{what}, {told}"
