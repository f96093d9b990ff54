"""For how many cities is an answer known? An open world says so with every count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from klimatgraph.analysis.links import KINDS, Edge, edges
from klimatgraph.engines.base import Engine
from klimatgraph.questions import QuestionLibrary
from klimatgraph.rows import Column, Rows

# What a contract that has been read in full settles for its city, also by silence.
_SETTLED_BY_CONTRACT: Final = frozenset(
    {"framework", "process", "edition", "commitment", "theme", "target"}
)

_PREFIXES: Final = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
PREFIX code: <https://w3id.org/klimatgraph/id/code/>
"""

_EDITION: Final = (
    _PREFIXES
    + """
SELECT ?edition ?label ?total WHERE {
  ?edition a klim:Edition ; klim:editionLabel ?label .
  OPTIONAL {
    ?figure klim:about ?edition ; klim:value ?total ;
      klim:indicator <https://w3id.org/klimatgraph/id/code/indicator/participating-municipalities> .
  }
} ORDER BY DESC(?label) DESC(?total) LIMIT 1
"""
)

_NAMED: Final = (
    _PREFIXES
    + """
SELECT DISTINCT ?city ?read WHERE {
  VALUES ?edition { %s }
  ?signature a klim:Signature ; klim:agreement ?edition ; klim:party ?city .
  ?city a klim:City .
  OPTIONAL {
    ?contract a klim:Contract ; klim:partOf ?edition ; klim:party ?city ;
              klim:readingStatus <https://w3id.org/klimatgraph/id/code/reading-status/complete> .
    BIND(1 AS ?read)
  }
}
"""
)

_WORDS: Final = {
    "sv": (
        "{label}: känt för {known} av {total} kommuner, delvis känt för {partly}, "
        "okänt för {unknown}"
    ),
    "en": (
        "{label}: known for {known} of {total} municipalities, partly known for {partly}, "
        "unknown for {unknown}"
    ),
}


_HEADINGS: Final = {
    "sv": {
        "question": "För hur många kommuner i den senaste utgåvan är svaret känt?",
        "topic": "svar om",
        "known": "känt",
        "partly": "delvis känt",
        "unknown": "okänt",
        "total": "alla",
    },
    "en": {
        "question": "For how many municipalities of the latest edition is the answer known?",
        "topic": "answer on",
        "known": "known",
        "partly": "partly known",
        "unknown": "unknown",
        "total": "all",
    },
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the graph knows one kind of answer, for the latest edition of the contract.

    Attributes
    ----------
    topic : str
        The kind of answer, one of the kinds of link.
    edition : str
        The edition whose municipalities are counted, such as ``"2025/26"``.
    known, partly, unknown : int
        Numbers of municipalities. *known*: a source settles the answer, also by
        silence. *partly*: some facts, more may exist. *unknown*: no facts;
        municipalities that are not known by name count here.
    total : int
        Their sum: how many municipalities take part in the edition.
    unnamed : int
        Those of the unknown that are not even known by name.
    """

    topic: str
    edition: str
    known: int
    partly: int
    unknown: int
    total: int
    unnamed: int

    def sentence(self, lang: str = "sv") -> str:
        """Say it in words.

        Parameters
        ----------
        lang : {"sv", "en"}
            The language.

        Returns
        -------
        str
            One line without a full stop.

        Examples
        --------
        >>> Coverage("commitment", "2025/26", 1, 0, 47, 48, 14).sentence("en")
        'joint commitment: known for 1 of 48 municipalities, partly known for 0, unknown for 47'
        """
        label = KINDS.get(self.topic, {}).get(lang, self.topic)
        return _WORDS[lang].format(
            label=label,
            known=self.known,
            partly=self.partly,
            unknown=self.unknown,
            total=self.total,
        )

    def to_dict(self) -> dict[str, int | str]:
        """Give the numbers by name, as JSON output carries them."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def coverage(
    engine: Engine,
    library: QuestionLibrary,
    topics: Iterable[str] = KINDS,
    known_edges: Mapping[str, tuple[Edge, ...]] | None = None,
) -> tuple[Coverage, ...]:
    """Count for how many municipalities of the latest edition each topic is known.

    Parameters
    ----------
    engine : Engine
        Where the graph is.
    library : QuestionLibrary
        The questions; the edges of each topic are read through it.
    topics : iterable of str
        Kinds of link.
    known_edges : mapping, optional
        Edges that are at hand already, by kind, so that they are not read twice.

    Returns
    -------
    tuple of Coverage
        One for each topic, in the order given. Empty when the graph has no edition.

    Notes
    -----
    A municipality *knows* a topic when its contract of that edition was read in full
    and contracts state the topic, or when a source says outright that it signed
    within the framework. It is *partly* known when at least one edge exists.
    Nothing is ever concluded from the absence of an edge alone (open world).

    Examples
    --------
    >>> import klimatgraph as kg
    >>> g = kg.load()
    >>> coverage(g.engine, g.questions, ["commitment"])[0].known
    1
    """
    table = engine.select(_EDITION).rows
    if not table:
        return ()
    edition, label, total = table[0]
    assert isinstance(edition, ox.NamedNode) and isinstance(label, ox.Literal)
    read_in_full: dict[str, bool] = {}
    for city, read in engine.select(_NAMED % edition).rows:
        assert isinstance(city, ox.NamedNode)
        read_in_full[city.value] = read is not None
    whole = int(float(total.value)) if isinstance(total, ox.Literal) else len(read_in_full)
    at_hand = dict(known_edges or {})
    return tuple(
        _count(topic, label.value, whole, read_in_full, found)
        for topic in topics
        for found in [at_hand[topic] if topic in at_hand else edges(engine, library, topic)]
    )


def _count(
    topic: str, edition: str, total: int, read_in_full: dict[str, bool], found: Iterable[Edge]
) -> Coverage:
    best: dict[str, float] = {}
    for edge in found:
        best[edge.city.iri] = max(best.get(edge.city.iri, 0.0), edge.confidence)
    known = partly = 0
    for city, read in read_in_full.items():
        if read and topic in _SETTLED_BY_CONTRACT:
            known += 1
        elif city in best:
            # One sure signature settles that a city is within the framework; of anything
            # else there may be more than the graph has.
            if topic == "framework" and best[city] == 1.0:
                known += 1
            else:
                partly += 1
    return Coverage(
        topic=topic,
        edition=edition,
        known=known,
        partly=partly,
        unknown=total - known - partly,
        total=total,
        unnamed=max(0, total - len(read_in_full)),
    )


def as_rows(found: Iterable[Coverage], lang: str = "sv") -> Rows:
    """Put coverage into rows, for printing and export.

    Parameters
    ----------
    found : iterable of Coverage
        As :func:`coverage` gives it.
    lang : {"sv", "en"}
        The language of headings.

    Returns
    -------
    Rows
        Columns ``topic``, ``known``, ``partly``, ``unknown`` and ``total``.
    """
    words = _HEADINGS[lang]
    rows: list[dict[str, Any]] = [
        {
            "topic": KINDS.get(part.topic, {}).get(lang, part.topic),
            "known": part.known,
            "partly": part.partly,
            "unknown": part.unknown,
            "total": part.total,
            "sources": (),
        }
        for part in found
    ]
    columns = tuple(Column(name, words[name]) for name in list(rows[0])[:-1]) if rows else ()
    return Rows(name="coverage", question=words["question"], columns=columns, rows=rows, lang=lang)
