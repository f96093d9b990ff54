"""One fact in words: what it is about, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from klimatgraph.analysis.contents import Stated
from klimatgraph.comparison.labels import Labels
from klimatgraph.proposals.wording import KIND_NAMES
from klimatgraph.reading.facts import Fact
from klimatgraph.rows import shown

_WORDS: Final = {
    "sv": {"joint": "gemensamt åtagande {n}", "overall": "övergripande åtagande",
           "emissions": "utsläpp", "share": "andel av utsläppen", "about": "ca {v}",
           "base": "jämfört med {y}", "there": "finns", "to": "till {y}",
           "none": "finns inte", "unknown": "inte känt",
           "signed": "undertecknat {d}", "nameless": "utan känd rubrik"},
    "en": {"joint": "joint commitment {n}", "overall": "overall commitment",
           "emissions": "emissions", "share": "share of emissions", "about": "about {v}",
           "base": "compared with {y}", "there": "present", "to": "to {y}",
           "none": "absent", "unknown": "not known",
           "signed": "signed {d}", "nameless": "heading not known"},
}  # fmt: skip
# Where several editions use a heading, its label also tells number and edition.
_OF_NUMBER: Final = re.compile(r" \(\d+(?:\.\d+)+,[^()]*\)$")
_PROCESSES: Final = {
    "governance": ("styrning, ledning och policy", "governance and policy"),
    "climate-analysis": ("klimatanalys och klimatberäkningar", "climate analysis"),
    "finance": ("finansiering", "finance"),
}
_SHORT_UNITS: Final = {
    "kilotonne-co2e": ("kton CO2e", "kt CO2e"),
    "tonne-co2e": ("ton CO2e", "t CO2e"),
    "tonne-co2e-per-person": ("ton CO2e per person", "t CO2e per person"),
    "swedish-krona": ("kronor", "SEK"),
    "percent": ("procent", "per cent"),
    "percent-per-year": ("procent per år", "per cent per year"),
}


def word(key: str, lang: str, **values: str) -> str:
    """A word for a cell, with its gaps filled."""
    return _WORDS[lang][key].format(**values)


def subject(stated: Stated, labels: Labels, lang: str) -> str:
    """Tell what a fact is about.

    Parameters
    ----------
    stated : Stated
        The fact.
    labels : Labels
        Names of what it speaks of.
    lang : {"sv", "en"}
        The language.

    Returns
    -------
    str
        For example ``Lund: klimatneutral (geografiskt område)``.
    """
    fact = stated.fact
    if fact.kind == "contract" and not fact.get("edition"):
        return labels.label(stated.thing, lang)
    rule = _SUBJECTS.get(fact.kind)
    return rule(fact, labels, lang) if rule else _name(stated, lang)


def value(stated: Stated, labels: Labels, lang: str) -> str:
    """Tell what is said: the value, the year, the status; or only that it is there.

    Parameters
    ----------
    stated : Stated
        The fact.
    labels : Labels
        Names of what it speaks of.
    lang : {"sv", "en"}
        The language.

    Returns
    -------
    str
        For example ``283 kton CO2e``.
    """
    rule = _VALUES.get(stated.fact.kind)
    told = rule(stated.fact, labels, lang) if rule else ""
    return told or word("there", lang)


def _name(stated: Stated, lang: str) -> str:
    """The name: people translate them, the program keeps the words of the document."""
    fact = stated.fact
    if fact.kind.endswith("-commitment") and not fact.get("name"):
        return f"{fact.get('number')} ({word('nameless', lang)})"
    label = re.sub(_OF_NUMBER, "", stated.labels.get(lang, ""))
    made_up = any(label.startswith(kinds) for kinds in KIND_NAMES.get(fact.kind, ()))
    return label if label and not made_up else fact.get("name") or label


def _process(fact: Fact, labels: Labels, lang: str) -> str:
    names = _PROCESSES.get(fact["process"])
    return names[lang == "en"] if names else fact["process"]


def _target(fact: Fact, labels: Labels, lang: str) -> str:
    return f"{labels.tail(fact['about'], lang)}: {target_name(fact, labels, lang)}"


def target_name(fact: Fact, labels: Labels, lang: str) -> str:
    """Tell which target it is, whoever has it: ``klimatneutral (geografiskt område)``."""
    scope = fact.get("scope", "unspecified-scope")
    told = _code("target-kind", fact.get("target"), labels, lang)
    if scope == "unspecified-scope":
        return told
    return f"{told} ({labels.code('scope', scope, lang)})"


def _target_value(fact: Fact, labels: Labels, lang: str) -> str:
    status = fact.get("status")
    return ", ".join(
        part
        for part in (
            _amount(fact, labels, lang),
            fact.get("year"),
            word("base", lang, y=fact["base-year"]) if fact.get("base-year") else "",
            labels.code("target-status", status, lang) if status else "",
        )
        if part
    )


def _emission(fact: Fact, labels: Labels, lang: str) -> str:
    parts = [word("share" if fact.get("unit") == "percent" else "emissions", lang)]
    if fact.get("scope"):
        parts.append(labels.code("scope", fact["scope"], lang))
    if fact.get("sector"):
        parts.append(labels.code("sector", fact["sector"], lang))
    if fact.get("part"):
        parts.append(fact["part"])
    return ", ".join(parts)


def _emission_value(fact: Fact, labels: Labels, lang: str) -> str:
    told = _amount(fact, labels, lang) or _code("value-status", fact.get("status"), labels, lang)
    return f"{told} ({fact['year']})" if fact.get("year") else told


def _estimate(fact: Fact, labels: Labels, lang: str) -> str:
    return _code("indicator", fact.get("indicator"), labels, lang)


def _estimate_value(fact: Fact, labels: Labels, lang: str) -> str:
    told = _amount(fact, labels, lang) or _code("value-status", fact.get("status"), labels, lang)
    return f"{told} {word('to', lang, y=fact['horizon'])}" if fact.get("horizon") else told


def _amount(fact: Fact, labels: Labels, lang: str) -> str:
    if not fact.get("value"):
        return ""
    ends = (fact["value"], fact.get("max"))
    told = "–".join(_written(end, lang) for end in ends if end)
    unit = fact.get("unit")
    if unit:
        short = _SHORT_UNITS.get(unit)
        told += f" {short[lang == 'en'] if short else labels.code('unit', unit, lang)}"
    return word("about", lang, v=told) if fact.get("status") == "approximate" else told


def _code(scheme: str, code: str, labels: Labels, lang: str) -> str:
    """The label of a code; in a graph that breaks the shapes there may be none."""
    return labels.code(scheme, code, lang) if code else word("unknown", lang)


def _written(number: str, lang: str) -> str:
    """A number as people write it; what is none, as it stands in the graph."""
    try:
        exact = Decimal(number)
        whole = exact == exact.to_integral_value()
        return shown(int(exact) if whole else float(exact), lang)
    except (InvalidOperation, OverflowError):
        return number


_Rule = Callable[[Fact, Labels, str], str]
_SUBJECTS: Final[Mapping[str, _Rule]] = {
    "contract": lambda f, labels, lang: f"{labels.tail(f['city'], lang)} {f.get('edition')}",
    "party": lambda f, labels, lang: labels.tail(f["party"], lang),
    "overall": lambda f, labels, lang: word("overall", lang),
    "process": _process,
    "adoption": lambda f, labels, lang: word("joint", lang, n=f["number"]),
    "target": _target,
    "emission": _emission,
    "estimate": _estimate,
    "priority-project": lambda f, labels, lang: f["project"],
    "priority-partner": lambda f, labels, lang: f["partner"],
    "link": lambda f, labels, lang: f.get("title") or f["address"],
}
_VALUES: Final[Mapping[str, _Rule]] = {
    "contract": lambda f, labels, lang: (
        word("signed", lang, d=f["signed"]) if f.get("signed") else ""
    ),
    "party": lambda f, labels, lang: "",
    "overall": lambda f, labels, lang: f.get("year"),
    "adoption": lambda f, labels, lang: _code("adoption-status", f.get("status"), labels, lang),
    "offer": lambda f, labels, lang: f.get("year"),
    "target": _target_value,
    "emission": _emission_value,
    "estimate": _estimate_value,
    "priority-project": lambda f, labels, lang: f["priority"],
    "priority-partner": lambda f, labels, lang: f["priority"],
    "agency-commitment": lambda f, labels, lang: f.get("number"),
    "programme-commitment": lambda f, labels, lang: f.get("number"),
}
