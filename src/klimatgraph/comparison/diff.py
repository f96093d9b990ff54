"""Compare two contracts of a graph, or all contracts of two graphs."""

from __future__ import annotations

from typing import Final

from klimatgraph.analysis.contents import contents, is_read
from klimatgraph.comparison.choosing import Choice, contracts
from klimatgraph.comparison.labels import Labels
from klimatgraph.comparison.model import Change, Difference, Side
from klimatgraph.comparison.pairing import changes
from klimatgraph.engines.base import Engine
from klimatgraph.reading.facts import KINDS
from klimatgraph.terms import ID

_LANGUAGES: Final = ("sv", "en")
_WITHIN: Final = tuple(kind for kind in KINDS if kind not in ("contract", "mention"))
_OVER_TIME: Final = tuple(kind for kind in KINDS if kind != "mention")


def diff_contracts(engine: Engine, first: Choice, second: Choice, lang: str = "sv") -> Difference:
    """Tell what differs between two contracts of a graph.

    Parameters
    ----------
    engine : Engine
        The graph.
    first, second : Choice
        See :func:`klimatgraph.comparison.choosing.choose`.
    lang : {"sv", "en"}
        The language when a call does not say.

    Returns
    -------
    Difference
        From the first to the second.
    """
    before, after = _side(engine, first), _side(engine, second)
    same_city = first.city == second.city
    return Difference(
        tuple(changes(before, after, _WITHIN, same_city=same_city)),
        "editions" if same_city else "cities", (before, after), Labels([engine]), lang,
    )  # fmt: skip


def diff_graphs(before: Engine, after: Engine, lang: str = "sv") -> Difference:
    """Tell what changed in the contracts of a graph.

    Parameters
    ----------
    before, after : Engine
        An earlier and a later state.
    lang : {"sv", "en"}
        The language when a call does not say.

    Returns
    -------
    Difference
        Of every contract that either holds. One that only one of them holds is told as a whole.
    """
    old = {choice.iri: choice for choice in contracts(before)}
    new = {choice.iri: choice for choice in contracts(after)}
    found: list[Change] = []
    for iri in sorted({*old, *new}, key=lambda iri: (new.get(iri) or old[iri]).name()):
        first = _side(before, old[iri]) if iri in old else None
        second = _side(after, new[iri]) if iri in new else None
        if first and second:
            found += changes(first, second, _OVER_TIME)
        else:
            found += _whole(first, second)
    return Difference(tuple(found), "graphs", (), Labels([before, after]), lang)


def _whole(first: Side | None, second: Side | None) -> list[Change]:
    """A contract that only one graph holds."""
    side = second or first
    assert side is not None
    (own,) = (stated for stated in side.said if stated.fact.kind == "contract")
    code = "new" if first is None else "gone"
    before, after = (None, own) if first is None else (own, None)
    return [Change("contract", code, first or side, second or side, before, after)]


def _side(engine: Engine, choice: Choice) -> Side:
    names = {lang: choice.name(lang) for lang in _LANGUAGES}
    cities = {lang: choice.city_name(lang) for lang in _LANGUAGES}
    return Side(
        choice.iri, choice.city.removeprefix(ID), names, cities, is_read(engine, choice.iri),
        tuple(contents(engine, choice.iri)),
    )  # fmt: skip
