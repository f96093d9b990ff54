"""Edges between cities and the things that can be shared, read by SPARQL.

Each kind of link is one question in ``queries/edges/``; this module only runs them
and folds what several sources say of the same link into one edge.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from klimatgraph.engines.base import Engine
from klimatgraph.errors import UnknownName
from klimatgraph.questions import QuestionLibrary
from klimatgraph.rows import Entity, Source

# In the order in which a reader wants them: what binds, what is done, where they meet.
KINDS: Final[dict[str, dict[str, str]]] = {
    "framework": {"sv": "kontraktsram", "en": "framework"},
    "process": {"sv": "utvecklingsprocess", "en": "development process"},
    "edition": {"sv": "utgåva", "en": "edition"},
    "commitment": {"sv": "gemensamt åtagande", "en": "joint commitment"},
    "call": {"sv": "utlysning", "en": "call"},
    "project": {"sv": "projekt", "en": "project"},
    "partner": {"sv": "projektpartner", "en": "project partner"},
    "instrument": {"sv": "finansiering", "en": "funding"},
    "eu-status": {"sv": "ställning i EU", "en": "EU standing"},
    "network": {"sv": "nätverk", "en": "network"},
    "theme": {"sv": "tema", "en": "theme"},
    "target": {"sv": "mål", "en": "target"},
}


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between a city and a thing, with everything the sources say of it.

    Attributes
    ----------
    kind : str
        One of :data:`KINDS`.
    city, thing : Entity
        The two ends. Targets of one kind but different years are different things.
    details : tuple of str
        Roles, dates or years, sorted.
    confidence : float
        1.0 when a source says it outright, lower when it was inferred; the best of
        the statements behind the edge.
    sources : tuple of Source
        The sources of the statements that carry that confidence.
    """

    kind: str
    city: Entity
    thing: Entity
    details: tuple[str, ...]
    confidence: float
    sources: tuple[Source, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        """What two cities need to have in common to share this edge."""
        return (self.kind, self.thing.iri, self.thing.label)


def unknown_kind(name: str) -> UnknownName:
    """Make the error for a kind of link that does not exist: the near ones, else all."""
    return UnknownName("kind of link", name, get_close_matches(name, KINDS) or list(KINDS))


def edges(
    engine: Engine, library: QuestionLibrary, kind: str, lang: str = "sv"
) -> tuple[Edge, ...]:
    """Read all edges of one kind.

    Parameters
    ----------
    engine : Engine
        Where the graph is.
    library : QuestionLibrary
        The questions, of which ``edges/<kind>`` is run.
    kind : str
        One of :data:`KINDS`.
    lang : {"sv", "en"}
        The language of labels.

    Returns
    -------
    tuple of Edge
        Sorted by city and thing; one edge for each pair.

    Raises
    ------
    UnknownName
        If there is no such kind of link.

    Examples
    --------
    >>> import klimatgraph as kg
    >>> g = kg.load()
    >>> [e.thing.label for e in edges(g.engine, g.questions, "commitment")][:1]
    ['gemensamt åtagande 1: styrning och ledning för systemförändring']
    """
    if kind not in KINDS:
        raise unknown_kind(kind)
    grouped: dict[tuple[str, str, str], list[dict[str, object]]] = {}
    for row in library.run(f"edges/{kind}", engine, lang=lang):
        city, thing = row["city"], row["thing"]
        grouped.setdefault((city.iri, thing.iri, thing.label), []).append(dict(row))
    return tuple(_fold(kind, rows) for _, rows in sorted(grouped.items(), key=_by_labels))


def all_edges(
    engine: Engine, library: QuestionLibrary, kinds: Iterable[str] = KINDS, lang: str = "sv"
) -> tuple[Edge, ...]:
    """Read the edges of several kinds, kind by kind in the order given.

    Parameters
    ----------
    engine, library, lang
        As for :func:`edges`.
    kinds : iterable of str
        The kinds wanted.

    Returns
    -------
    tuple of Edge
        The edges of each kind in turn.
    """
    return tuple(edge for kind in kinds for edge in edges(engine, library, kind, lang))


def _by_labels(item: tuple[tuple[str, str, str], list[dict[str, object]]]) -> tuple[str, ...]:
    row = item[1][0]
    return (str(row["city"]), str(row["thing"]), *item[0])


def _fold(kind: str, rows: list[dict[str, object]]) -> Edge:
    def sure(row: dict[str, object]) -> float:
        value = row.get("confidence")
        return 1.0 if value in (None, "") else float(str(value))

    best = max(map(sure, rows))
    carriers = [row for row in rows if sure(row) == best]
    sources: dict[str, Source] = {}
    for row in carriers:
        for source in row["sources"]:  # type: ignore[attr-defined]
            sources[source.iri] = source
    city, thing = rows[0]["city"], rows[0]["thing"]
    assert isinstance(city, Entity) and isinstance(thing, Entity)
    details = sorted({str(row["detail"]) for row in rows if row.get("detail") not in (None, "")})
    return Edge(kind, city, thing, tuple(details), best, tuple(sources[i] for i in sorted(sources)))
