"""Take a proposal into a graph: checked by the shapes first, then all of it at once.

What a document says replaces what was said of the same document before; what follows from the
rules is derived anew. Nothing is changed when the shapes find a violation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import pyoxigraph as ox

from klimatgraph.engines.base import Engine
from klimatgraph.engines.oxigraph import OxigraphEngine
from klimatgraph.errors import EngineError, InputError
from klimatgraph.proposals.wording import written_by_people
from klimatgraph.reasoning.rules import DERIVED, derive_from
from klimatgraph.terms import ID, thing
from klimatgraph.validation import Report, validate

_CONTEXT = """CONSTRUCT { ?s ?p ?o } WHERE {
  VALUES ?s { %s } GRAPH ?graph { ?s ?p ?o } FILTER(?graph NOT IN (%s)) }"""
_TYPES = "CONSTRUCT { ?s a ?type } WHERE { VALUES ?s { %s } ?s a ?type }"
_MOST_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a proposal did.

    Parameters
    ----------
    graph : str
        IRI of the named graph.
    added, removed : int
        Quads that came and went, derived ones among them.
    report : Report
        What the shapes said.
    """

    graph: str
    added: int
    removed: int
    report: Report

    def sentence(self, lang: str = "sv") -> str:
        """Tell it in one line."""
        name = self.graph.rpartition("/")[2]
        if lang == "en":
            return f"{name}: {self.added} statements came, {self.removed} went"
        return f"{name}: {self.added} utsagor kom till, {self.removed} togs bort"


def check(
    quads: Sequence[ox.Quad],
    engine: Engine,
    *,
    checker: str = "pyshacl",
    lang: str = "sv",
    replace: bool = False,
) -> Report:
    """Check the statements of a proposal with the shapes.

    Parameters
    ----------
    quads : sequence of Quad
        See :func:`klimatgraph.proposals.statements.statements`.
    engine : Engine
        The graph that they refer to; it is not checked itself.
    checker : {"pyshacl", "shacl"}
        Which SHACL engine.
    lang : {"sv", "en"}
        Language of the report.
    replace : bool
        Whether what people wrote of the same document will go.

    Returns
    -------
    Report
        About the things that the proposal speaks of, together with what the graph says of them.
    """
    stays = not replace and written_by_people(engine, _name(quads))
    # A list of nothing would leave out everything.
    own = str(DERIVED if stays else thing("graph", _name(quads)))
    around = _construct(engine, _CONTEXT % ("%s", own), _things(quads))
    # Of what these refer to in turn, only the class matters.
    further = _construct(engine, _TYPES, _things(around) - _things(quads))
    return validate(list(quads), engine=checker, context=[*around, *further], lang=lang)


def _things(quads: Iterable[ox.Quad]) -> set[str]:
    terms = (term for quad in quads for term in (quad.subject, quad.object))
    return {t.value for t in terms if isinstance(t, ox.NamedNode) and t.value.startswith(ID)}


def _construct(engine: Engine, query: str, iris: Iterable[str]) -> list[ox.Quad]:
    """Ask about many things, some hundred at a time."""
    named, quads = sorted(iris), []
    for begin in range(0, len(named), _MOST_AT_ONCE):
        values = " ".join(f"<{iri}>" for iri in named[begin : begin + _MOST_AT_ONCE])
        found = engine.construct(query.replace("%s", values))
        quads += [ox.Quad(t.subject, t.predicate, t.object) for t in found]
    return quads


def add(
    engine: Engine,
    quads: Iterable[ox.Quad],
    *,
    checker: str = "pyshacl",
    lang: str = "sv",
    replace: bool = False,
) -> Added:
    """Add the statements of a proposal to a graph.

    Parameters
    ----------
    engine : Engine
        A graph in memory or in a folder on disk.
    quads : iterable of Quad
        The statements of one document, all in its named graph.
    checker : {"pyshacl", "shacl"}
        Which SHACL engine.
    lang : {"sv", "en"}
        Language of the report.
    replace : bool
        Also put the reading in the place of what people wrote of the same document.

    Returns
    -------
    Added
        How much came and went, and the report.

    Raises
    ------
    DataError
        If the shapes find a violation; nothing is changed then.
    InputError
        If people have described the document already and `replace` is not said.
    EngineError
        If the graph cannot be written to.
    """
    if not isinstance(engine, OxigraphEngine):
        raise EngineError(
            f"the engine {engine.name} only reads: add to a graph in memory or to a folder"
        )
    fresh = sorted(set(quads), key=str)
    name = _name(fresh)
    if not replace and written_by_people(engine, name):
        raise InputError(
            f"people have described {name} already, better than a program can: say --replace to "
            "put the reading in the place of their work"
        )
    report = check(fresh, engine, checker=checker, lang=lang, replace=replace)
    report.raise_for_errors()
    changed = {thing("graph", name), DERIVED}
    before = {quad for graph in changed for quad in engine.quads(graph)}
    kept = (quad for quad in engine.quads() if quad.graph_name not in changed)
    after = {*fresh, *derive_from(chain(kept, fresh))}
    engine.change(removed=before - after, added=after - before)
    return Added(thing("graph", name).value, len(after - before), len(before - after), report)


def _name(quads: Sequence[ox.Quad]) -> str:
    """The document that statements come from."""
    graphs = {q.graph_name.value for q in quads if isinstance(q.graph_name, ox.NamedNode)}
    if len(graphs) != 1:
        raise InputError("the statements of one document are added at a time: all in its graph")
    return graphs.pop().rpartition("/")[2]
