"""The difference as rows and as sentences, in Swedish and English."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from klimatgraph.comparison.model import Change, Difference
from klimatgraph.comparison.values import subject, value, word
from klimatgraph.reading.facts import KINDS
from klimatgraph.rows import Column, Entity, Rows

# One, and several.
_KINDS: Final = {
    "contract": (("kontrakt", "kontrakt"), ("contract", "contracts")),
    "party": (("part", "parter"), ("party", "parties")),
    "overall": (("övergripande åtagande", "övergripande åtaganden"),
                ("overall commitment", "overall commitments")),
    "process": (("utvecklingsprocess", "utvecklingsprocesser"),
                ("development process", "development processes")),
    "adoption": (("gemensamt åtagande", "gemensamma åtaganden"),
                 ("joint commitment", "joint commitments")),
    "offer": (("inbjudan till samarbete", "inbjudningar till samarbete"),
              ("offer of collaboration", "offers of collaboration")),
    "target": (("mål", "mål"), ("target", "targets")),
    "emission": (("utsläpp", "utsläppsuppgifter"), ("emissions", "emission figures")),
    "estimate": (("uppskattning", "uppskattningar"), ("estimate", "estimates")),
    "priority": (("strategisk prioritering", "strategiska prioriteringar"),
                 ("strategic priority", "strategic priorities")),
    "priority-project": (("projekt i en prioritering", "projekt i prioriteringarna"),
                         ("project of a priority", "projects of priorities")),
    "priority-partner": (("partner i en prioritering", "partner i prioriteringarna"),
                         ("partner in a priority", "partners in priorities")),
    "need": (("investeringsbehov", "investeringsbehov"), ("investment need", "investment needs")),
    "investment-strategy": (("investeringsstrategi", "investeringsstrategier"),
                            ("investment strategy", "investment strategies")),
    "financing-strategy": (("finansieringsstrategi", "finansieringsstrategier"),
                           ("financing strategy", "financing strategies")),
    "agency-commitment": (("myndighetsåtagande", "myndighetsåtaganden"),
                          ("agency commitment", "agency commitments")),
    "programme-commitment": (("programåtagande", "programåtaganden"),
                             ("programme commitment", "programme commitments")),
    "link": (("länkat dokument", "länkade dokument"), ("linked document", "linked documents")),
}  # fmt: skip

# How a row says it; {a} and {b} are the contracts.
_OVER_TIME: Final = {
    "joined": ("tillkom", "joined"), "left": ("inte längre med", "left"),
    "declined": ("avböjt", "declined"), "postponed": ("uppskjutet", "postponed"),
    "raised": ("höjt", "raised"), "lowered": ("sänkt", "lowered"),
    "rose": ("högre", "higher"), "fell": ("lägre", "lower"),
    "changed": ("ändrat", "changed"), "new": ("nytt", "new"), "gone": ("borta", "gone"),
    "unknown-before": ("inte känt förut", "not known before"),
    "unknown-after": ("inte känt efteråt", "not known after"),
}  # fmt: skip
_BETWEEN_CITIES: Final = {
    "joined": ("bara {b}", "only {b}"), "left": ("bara {a}", "only {a}"),
    "declined": ("avböjt av {b}", "declined by {b}"),
    "postponed": ("uppskjutet av {b}", "postponed by {b}"),
    "raised": ("längre gående i {b}", "more ambitious in {b}"),
    "lowered": ("längre gående i {a}", "more ambitious in {a}"),
    "rose": ("högre i {b}", "higher in {b}"), "fell": ("lägre i {b}", "lower in {b}"),
    "changed": ("olika", "different"),
    "new": ("bara {b}", "only {b}"), "gone": ("bara {a}", "only {a}"),
    "unknown-before": ("inte känt för {a}", "not known for {a}"),
    "unknown-after": ("inte känt för {b}", "not known for {b}"),
}  # fmt: skip

# How a sentence begins; {kind} are the things, several of them.
_SENTENCES: Final = {
    "joined": ("Gemensamma åtaganden som tillkom", "Joint commitments joined"),
    "left": ("Gemensamma åtaganden som inte längre är med", "Joint commitments left"),
    "declined": ("Gemensamma åtaganden som avböjdes", "Joint commitments declined"),
    "postponed": ("Gemensamma åtaganden som sköts upp", "Joint commitments postponed"),
    "raised": ("Höjda {kind}", "Raised {kind}"), "lowered": ("Sänkta {kind}", "Lowered {kind}"),
    "rose": ("Högre {kind}", "Higher {kind}"), "fell": ("Lägre {kind}", "Lower {kind}"),
    "changed": ("Ändrade {kind}", "Changed {kind}"),
    "new": ("Nya {kind}", "New {kind}"), "gone": ("{Kind} som är borta", "{Kind} gone"),
    "unknown-before": ("Inte känt för {a}: {kind}. {b} har", "Not known for {a}: {kind}. {b} has"),
    "unknown-after": ("Inte känt för {b}: {kind}. {a} hade", "Not known for {b}: {kind}. {a} had"),
}  # fmt: skip
_CITY_SENTENCES: Final = {
    "joined": ("{Kind} som bara {b} har antagit", "{Kind} that only {b} has adopted"),
    "left": ("{Kind} som bara {a} har antagit", "{Kind} that only {a} has adopted"),
    "declined": ("{Kind} som {b} har avböjt", "{Kind} that {b} has declined"),
    "postponed": ("{Kind} som {b} har skjutit upp", "{Kind} that {b} has postponed"),
    "raised": ("{Kind} där {b} går längre", "{Kind} in which {b} goes further"),
    "lowered": ("{Kind} där {a} går längre", "{Kind} in which {a} goes further"),
    "rose": ("{Kind} som är högre i {b}", "{Kind} that are higher in {b}"),
    "fell": ("{Kind} som är lägre i {b}", "{Kind} that are lower in {b}"),
    "changed": ("{Kind} som skiljer sig", "{Kind} that differ"),
    "new": ("{Kind} som bara {b} har", "{Kind} that only {b} has"),
    "gone": ("{Kind} som bara {a} har", "{Kind} that only {a} has"),
    "unknown-before": ("Inte känt för {a}: {kind}. {b} har", "Not known for {a}: {kind}. {b} has"),
    "unknown-after": ("Inte känt för {b}: {kind}. {a} har", "Not known for {b}: {kind}. {a} has"),
}  # fmt: skip
_GRAPH_SENTENCES: Final = {
    **_SENTENCES,
    "unknown-before": ("{Kind} som inte var kända förut", "{Kind} not known before"),
    "unknown-after": ("{Kind} som inte är kända längre", "{Kind} no longer known"),
}
_BY_FORM: Final = {
    "editions": _SENTENCES, "cities": _CITY_SENTENCES, "graphs": _GRAPH_SENTENCES
}  # fmt: skip
_TITLES: Final = {
    "editions": ("Vad ändrades från {a} till {b}?", "What changed from {a} to {b}?"),
    "cities": ("Vad skiljer {a} från {b}?", "How do {a} and {b} differ?"),
    "graphs": ("Vad ändrades i grafens kontrakt?", "What changed in the contracts of the graph?"),
}
_HEADINGS: Final = {
    "contract": ("kontrakt", "contract"), "kind": ("typ", "kind"), "thing": ("vad", "what"),
    "change": ("skillnad", "difference"), "before": ("före", "before"), "after": ("efter", "after"),
}  # fmt: skip
_NOTHING: Final = ("Inga skillnader är kända.", "No differences are known.")
_FROM_TO: Final = ("{s} från {a} till {b}", "{s} from {a} to {b}")
_ONE_EACH: Final = ("{s}: {a} mot {b}", "{s}: {a} against {b}")
_ORDER: Final = tuple(_OVER_TIME)
_COMPARED: Final = frozenset({"raised", "lowered", "rose", "fell", "changed"})


def as_rows(difference: Difference, lang: str) -> Rows:
    """Put a difference into rows.

    Parameters
    ----------
    difference : Difference
        The difference.
    lang : {"sv", "en"}
        The language.

    Returns
    -------
    Rows
        Kind by kind; see :meth:`klimatgraph.comparison.model.Difference.rows`.
    """
    at = lang == "en"
    names = _names(difference, lang)
    difference.labels.prepare_sources(difference.changes, lang)
    columns = [Column(name, labels[at]) for name, labels in _HEADINGS.items()]
    if difference.sides:
        columns = [*columns[1:-2], Column("before", names["a"]), Column("after", names["b"])]
    rows = [_row(difference, change, lang) for change in _sorted(difference, lang)]
    return Rows(
        name="diff", question=_TITLES[difference.form][at].format(**names), columns=columns,
        rows=rows, coverage=difference.unread(), lang=lang,
    )  # fmt: skip


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
        A sentence for each kind of thing and of change; one that there is none.
    """
    told = list(_sentences(difference, lang)) or [_NOTHING[lang == "en"]]
    return [*told, *(f"{note.sentence(lang)}." for note in difference.unread())]


def _names(difference: Difference, lang: str) -> dict[str, str]:
    return {key: side.names[lang] for key, side in zip("ab", difference.sides, strict=False)}


def _sorted(difference: Difference, lang: str) -> list[Change]:
    """By contract, kind, change and name."""
    kinds = list(KINDS)

    def order(change: Change) -> tuple[Any, ...]:
        contract = "" if difference.sides or _whole(change) else change.second.names[lang]
        what = subject(change.stated, difference.labels, lang)
        return (
            contract, kinds.index(change.kind), _ORDER.index(change.change), what,
            change.stated.fact,
        )  # fmt: skip

    return sorted(difference.changes, key=order)


def _row(difference: Difference, change: Change, lang: str) -> dict[str, Any]:
    at = lang == "en"
    form = _BETWEEN_CITIES if difference.form == "cities" else _OVER_TIME
    names = {"a": change.first.names[lang], "b": change.second.names[lang]}
    row: dict[str, Any] = {
        "kind": _KINDS[change.kind][at][0],
        "thing": Entity(change.stated.thing, subject(change.stated, difference.labels, lang)),
        "change": form[change.change][at].format(**names),
        "before": _cell(difference, change, lang, before=True),
        "after": _cell(difference, change, lang, before=False),
        "sources": difference.sources_of(change, lang),
    }
    if not difference.sides:
        row["contract"] = Entity(change.second.iri, change.second.names[lang])
    return row


def _cell(difference: Difference, change: Change, lang: str, *, before: bool) -> str:
    stated = change.before if before else change.after
    if stated is not None:
        return value(stated, difference.labels, lang)
    unknown = change.change == ("unknown-before" if before else "unknown-after")
    return word("unknown" if unknown else "none", lang)


def _sentences(difference: Difference, lang: str) -> Iterator[str]:
    at = lang == "en"
    form = _BY_FORM[difference.form]
    groups = groupby(
        _sorted(difference, lang),
        key=lambda c: ("" if _whole(c) else c.second.iri, c.kind, c.change),
    )
    for (_, kind, code), group in groups:
        changes = list(group)
        several = _KINDS[kind][at][1]
        beginning = form[code][at].format(
            kind=several, Kind=several[0].upper() + several[1:],
            a=changes[0].first.names[lang], b=changes[0].second.names[lang],
        )  # fmt: skip
        if not (difference.sides or _whole(changes[0])):
            contract = changes[0].second.names[lang]
            beginning = f"{contract}, {beginning[0].lower()}{beginning[1:]}"
        things = "; ".join(dict.fromkeys(_told(difference, c, lang) for c in changes))
        yield f"{beginning}: {things}."


def _whole(change: Change) -> bool:
    """Whether a contract came or went as a whole."""
    return change.kind == "contract" and change.change in ("new", "gone")


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
    telling = change.kind in ("target", "emission", "estimate") or (
        change.stated.fact.get("status") in ("declined", "postponed")
        and change.change in ("gone", "unknown-before", "unknown-after")
    )
    plain = told == word("there", lang) or not telling
    return what if plain else f"{what}, {told}"
