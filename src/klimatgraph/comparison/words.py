"""The difference as rows, in Swedish and English."""

from __future__ import annotations

from typing import Any, Final

from klimatgraph.comparison.model import Change, Difference
from klimatgraph.comparison.values import subject, value, word
from klimatgraph.reading.facts import KINDS
from klimatgraph.rows import Column, Entity, Rows

KIND_WORDS: Final = {
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
"""Names of the kinds of fact by language: of one, and of several."""

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

_TITLES: Final = {
    "editions": ("Vad ändrades från {a} till {b}?", "What changed from {a} to {b}?"),
    "cities": ("Vad skiljer {a} från {b}?", "How do {a} and {b} differ?"),
    "graphs": ("Vad ändrades i grafens kontrakt?", "What changed in the contracts of the graph?"),
}
_HEADINGS: Final = {
    "contract": ("kontrakt", "contract"), "kind": ("typ", "kind"), "thing": ("vad", "what"),
    "change": ("skillnad", "difference"), "before": ("före", "before"), "after": ("efter", "after"),
}  # fmt: skip
_ORDER: Final = tuple(_OVER_TIME)


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
    rows = [_row(difference, change, lang) for change in in_order(difference, lang)]
    return Rows(
        name="diff", question=_TITLES[difference.form][at].format(**names), columns=columns,
        rows=rows, coverage=difference.unread(), lang=lang,
    )  # fmt: skip


def _names(difference: Difference, lang: str) -> dict[str, str]:
    return {key: side.names[lang] for key, side in zip("ab", difference.sides, strict=False)}


def in_order(difference: Difference, lang: str) -> list[Change]:
    """Sort the changes by contract, kind, change and name."""
    kinds = list(KINDS)

    def order(change: Change) -> tuple[Any, ...]:
        contract = "" if difference.sides or is_whole(change) else change.second.names[lang]
        what = subject(change.stated, difference.labels, lang)
        return (
            contract, kinds.index(change.kind), _ORDER.index(change.change), what,
            change.stated.fact,
        )  # fmt: skip

    return sorted(difference.changes, key=order)


def is_whole(change: Change) -> bool:
    """Tell whether a contract came or went as a whole."""
    return change.kind == "contract" and change.change in ("new", "gone")


def _row(difference: Difference, change: Change, lang: str) -> dict[str, Any]:
    at = lang == "en"
    form = _BETWEEN_CITIES if difference.form == "cities" else _OVER_TIME
    names = {"a": change.first.names[lang], "b": change.second.names[lang]}
    row: dict[str, Any] = {
        "kind": KIND_WORDS[change.kind][at][0],
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
