"""What cities share: the same commitment, project, call, network, theme or target."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import pyoxigraph as ox

from klimatgraph.analysis.coverage import coverage
from klimatgraph.analysis.links import KINDS, Edge, edges, unknown_kind
from klimatgraph.engines.base import Engine
from klimatgraph.errors import ParameterError
from klimatgraph.questions import QuestionLibrary
from klimatgraph.rows import Column, Rows, Source, shown

_TITLES: Final = {
    "sv": {
        "pair": "Vad delar {cities}?",
        "one": "Vad delar {cities} med andra kommuner?",
        "any": "Vad delar minst {n} kommuner?",
        "kind": "typ",
        "thing": "det delade",
        "detail": "närmare",
        "count": "antal",
        "cities": "kommuner",
        "basis": "grund",
        "stated": "sagt i källan",
        "inferred": "slutsats, säkerhet {c}",
        "and": " och ",
    },
    "en": {
        "pair": "What do {cities} share?",
        "one": "What does {cities} share with other municipalities?",
        "any": "What do at least {n} municipalities share?",
        "kind": "kind",
        "thing": "what is shared",
        "detail": "details",
        "count": "count",
        "cities": "municipalities",
        "basis": "basis",
        "stated": "stated by the source",
        "inferred": "inferred, confidence {c}",
        "and": " and ",
    },
}


def shared(
    engine: Engine,
    library: QuestionLibrary,
    cities: Sequence[ox.NamedNode] = (),
    *,
    by: str = "all",
    min_cities: int = 2,
    lang: str = "sv",
) -> Rows:
    """List what cities share, each row with the sources of every city's part in it.

    Parameters
    ----------
    engine : Engine
        Where the graph is.
    library : QuestionLibrary
        The questions that give the edges.
    cities : sequence of NamedNode
        None: what any cities share. One: what that city shares with others.
        Two or more: what all of them share.
    by : str
        One kind of link (see :data:`~klimatgraph.analysis.links.KINDS`) or ``"all"``.
    min_cities : int
        How many cities must share a thing for it to be listed, 2 or more.
    lang : {"sv", "en"}
        The language of the answer.

    Returns
    -------
    Rows
        Columns ``kind``, ``thing``, ``detail``, ``basis`` and, unless all cities were
        named, ``count`` and ``cities``. Under the rows: coverage of each kind asked.

    Raises
    ------
    UnknownName
        If `by` is not a kind of link.
    ParameterError
        If `min_cities` is below 2 or the same city is named twice.

    Examples
    --------
    >>> import klimatgraph as kg
    >>> g = kg.load()
    >>> rows = g.shared("Umeå", "Malmö", by="process")
    >>> len(rows)
    3
    """
    if by != "all" and by not in KINDS:
        raise unknown_kind(by)
    if min_cities < 2:
        raise ParameterError(f"min_cities is {min_cities}: sharing takes 2 or more")
    wanted = [city.value for city in cities]
    if len(set(wanted)) < len(wanted):
        raise ParameterError("the same city is named twice: name different cities")
    kinds = tuple(KINDS) if by == "all" else (by,)
    found = {kind: edges(engine, library, kind, lang) for kind in kinds}
    words = _TITLES[lang]
    rows = [
        _row(group, words, lang, with_cities=len(wanted) < 2)
        for kind in kinds
        for group in _groups(found[kind], wanted, min_cities)
    ]
    names = [
        ("kind", "thing", "detail"),
        ("count", "cities") if len(wanted) < 2 else (),
        ("basis",),
    ]
    return Rows(
        name="shared",
        question=_title(words, found, wanted, min_cities, engine, lang),
        columns=tuple(Column(name, words[name]) for part in names for name in part),
        rows=rows,
        coverage=coverage(engine, library, kinds, found),
        lang=lang,
    )


def _groups(
    found: Iterable[Edge], wanted: Sequence[str], min_cities: int
) -> Iterable[Sequence[Edge]]:
    """Collect the edges to each thing that enough cities, or all those wanted, have."""
    groups: dict[tuple[str, str, str], dict[str, Edge]] = {}
    for edge in found:
        groups.setdefault(edge.key, {})[edge.city.iri] = edge
    kept = []
    for by_city in groups.values():
        if not all(city in by_city for city in wanted):
            continue
        if len(wanted) >= 2:
            kept.append([by_city[city] for city in wanted])
        elif len(by_city) >= min_cities:
            kept.append(list(by_city.values()))
    return sorted(kept, key=lambda group: (-len(group), group[0].thing.label, group[0].key))


def _row(
    group: Sequence[Edge], words: dict[str, str], lang: str, *, with_cities: bool
) -> dict[str, Any]:
    confidence = min(edge.confidence for edge in group)
    sources: dict[str, Source] = {s.iri: s for edge in group for s in edge.sources}
    row: dict[str, Any] = {
        "kind": KINDS[group[0].kind][lang],
        "thing": group[0].thing,
        "detail": "; ".join(sorted({d for edge in group for d in edge.details})),
    }
    if with_cities:
        row["count"] = len(group)
        row["cities"] = ", ".join(sorted(edge.city.label for edge in group))
    row["basis"] = (
        words["stated"]
        if confidence == 1.0
        else words["inferred"].format(c=shown(confidence, lang))
    )
    row["sources"] = tuple(sources[iri] for iri in sorted(sources))
    return row


def _title(
    words: dict[str, str],
    found: dict[str, tuple[Edge, ...]],
    wanted: Sequence[str],
    min_cities: int,
    engine: Engine,
    lang: str,
) -> str:
    if not wanted:
        return words["any"].format(n=min_cities)
    names = {e.city.iri: e.city.label for group in found.values() for e in group}
    labels = [names.get(iri) or _label(engine, iri, lang) for iri in wanted]
    joined = ", ".join(labels[:-1]) + words["and"] + labels[-1] if labels[1:] else labels[0]
    return words["one" if len(wanted) == 1 else "pair"].format(cities=joined)


def _label(engine: Engine, iri: str, lang: str) -> str:
    query = (
        "SELECT ?l WHERE { <%s> <http://www.w3.org/2000/01/rdf-schema#label> ?l ."
        ' FILTER(LANG(?l) = "%s") }'
    )
    rows = engine.select(query % (iri, "en" if lang == "en" else "sv")).rows
    return rows[0][0].value if rows and isinstance(rows[0][0], ox.Literal) else iri
