"""Names and sources of what a difference speaks of, from the graphs that were compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from klimatgraph.rows import Source
from klimatgraph.terms import ID, pick_label

if TYPE_CHECKING:
    from klimatgraph.comparison.model import Change
    from klimatgraph.engines.base import Engine

_LABELS: Final = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?label WHERE { VALUES ?thing { %s } ?thing rdfs:label ?label }
"""
_BATCH: Final = 400


class Labels:
    """Labels by IRI, asked for once.

    Parameters
    ----------
    engines : sequence of Engine
        The graphs of the first and the second side; one where it is the same.
    """

    def __init__(self, engines: Sequence[Engine]) -> None:
        self._engines = tuple(engines)
        self._labels: dict[str, list[ox.Literal]] = {}
        self._sources: dict[tuple[str, str], Source] = {}

    def prepare(self, iris: Iterable[str]) -> None:
        """Ask for many labels at once."""
        wanted = sorted(set(iris) - set(self._labels))
        self._labels.update({iri: [] for iri in wanted})
        for begin in range(0, len(wanted), _BATCH):
            values = " ".join(f"<{iri}>" for iri in wanted[begin : begin + _BATCH])
            for engine in reversed(self._engines):  # the later state names things first
                for subject, label in engine.select(_LABELS % values).rows:
                    if isinstance(subject, ox.NamedNode) and isinstance(label, ox.Literal):
                        self._labels[subject.value].append(label)

    def label(self, iri: str, lang: str) -> str:
        """The label of a thing; the last part of its IRI where the graphs have none."""
        self.prepare([iri])
        known = pick_label(self._labels[iri], lang)
        if known is None and iri.startswith(f"{ID}code/"):
            known = pick_label(_shipped_codes().get(iri, []), lang)
        return known or iri.rpartition("/")[2]

    def tail(self, tail: str, lang: str) -> str:
        """The label of a thing by the tail of its IRI."""
        return self.label(tail if ":" in tail else f"{ID}{tail}", lang)  # or a foreign IRI, whole

    def code(self, scheme: str, code: str, lang: str) -> str:
        """The label of a code."""
        return self.label(f"{ID}code/{scheme}/{code}", lang)

    def sources(self, change: Change, lang: str) -> tuple[Source, ...]:
        """The sources of both sides of a change, the earlier document first."""
        first, last = self._engines[0], self._engines[-1]
        wanted = [
            (engine, iri)
            for engine, stated in ((first, change.before), (last, change.after))
            if stated is not None
            for iri in stated.passages
        ]
        found = {iri: self._source(engine, iri, lang) for engine, iri in wanted}
        return tuple(sorted(found.values(), key=Source.order))

    def prepare_sources(self, changes: Iterable[Change], lang: str) -> None:
        """Ask for many sources at once."""
        from klimatgraph.evidence.references import sources

        by_engine: tuple[set[str], set[str]] = (set(), set())
        for change in changes:
            for at, stated in enumerate((change.before, change.after)):
                by_engine[at].update(stated.passages if stated else ())
        for engine, iris in zip((self._engines[0], self._engines[-1]), by_engine, strict=True):
            for iri, source in sources(engine, iris, lang).items():
                self._sources[f"{id(engine)} {iri}", lang] = source

    def _source(self, engine: Engine, iri: str, lang: str) -> Source:
        from klimatgraph.evidence.references import sources

        key = f"{id(engine)} {iri}", lang
        if key not in self._sources:
            self._sources[key] = sources(engine, [iri], lang)[iri]
        return self._sources[key]


@cache
def _shipped_codes() -> dict[str, list[ox.Literal]]:
    """Labels of codes, for graphs that hold contracts alone."""
    from klimatgraph import canonical
    from klimatgraph.resources import folder
    from klimatgraph.terms import expand

    found: dict[str, list[ox.Literal]] = {}
    for quad in canonical.parse(folder("ontology") / "codes.ttl"):
        if quad.predicate == expand("rdfs:label") and isinstance(quad.object, ox.Literal):
            assert isinstance(quad.subject, ox.NamedNode)
            found.setdefault(quad.subject.value, []).append(quad.object)
    return found
