"""rdflib as an engine: for interoperability, and as the oracle in tests.

The border between rdflib and pyoxigraph is here and nowhere else. rdflib holds a string
typed ``xsd:string`` unequal to a plain one, and rewrites numbers unless told not to; see
:func:`to_rdflib` and :func:`from_rdflib`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from klimatgraph.engines.base import Table, canonical_rows, run_limited
from klimatgraph.engines.guard import check_read_only, check_syntax, dataset
from klimatgraph.engines.lexer import portable
from klimatgraph.errors import EngineError, InputError, KlimatgraphError, QueryRefused
from klimatgraph.terms import Term

if TYPE_CHECKING:
    import rdflib

__all__ = ["RdflibEngine", "from_rdflib", "to_rdflib"]

T = TypeVar("T")
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


def to_rdflib(term: Term) -> Any:
    """Carry a term over to rdflib.

    Parameters
    ----------
    term : Term

    Returns
    -------
    rdflib.term.Identifier
        Lexical forms stay as they are; strings become rdflib's plain ones.

    Raises
    ------
    InputError
        For RDF 1.2 terms, which rdflib does not have.

    Examples
    --------
    >>> to_rdflib(Literal("007", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")))
    rdflib.term.Literal('007', datatype=rdflib.term.URIRef('...#integer'))
    >>> to_rdflib(Literal("SE"))
    rdflib.term.Literal('SE')
    """
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, Literal) and term.direction is None:
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        if term.datatype.value == _XSD_STRING:
            return rdflib.Literal(term.value)
        return rdflib.Literal(
            term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False
        )
    raise InputError(f"{str(term)[:60]} is RDF 1.2: rdflib holds RDF 1.1 only")


def from_rdflib(node: Any) -> NamedNode | BlankNode | Literal:
    """Carry a term over from rdflib.

    Parameters
    ----------
    node : rdflib.term.Identifier

    Returns
    -------
    NamedNode, BlankNode or Literal
        Plain strings and those typed ``xsd:string`` become the same term.

    Raises
    ------
    InputError
        For IRIs that are not valid, and for variables and formulas of N3.

    Examples
    --------
    >>> import rdflib
    >>> from_rdflib(rdflib.Literal("SE", datatype=rdflib.XSD.string)) == Literal("SE")
    True
    """
    import rdflib

    try:
        if isinstance(node, rdflib.URIRef):
            return NamedNode(str(node))
        if isinstance(node, rdflib.BNode):
            return BlankNode(str(node))
        if isinstance(node, rdflib.Literal):
            if node.language:
                return Literal(str(node), language=node.language)
            kind = str(node.datatype) if node.datatype is not None else _XSD_STRING
            if kind in (_XSD_STRING, _LANG_STRING):
                return Literal(str(node))
            return Literal(str(node), datatype=NamedNode(kind))
    except ValueError as error:
        raise InputError(f"{str(node)[:80]!r} is no valid term: {error}") from None
    raise InputError(f"{type(node).__name__} of rdflib has no counterpart in RDF 1.1")


class RdflibEngine:
    """Quads and SPARQL by rdflib.

    Parameters
    ----------
    dataset : rdflib.Dataset, optional
        Data loaded elsewhere; its default graph should be the union of its graphs. It is
        used as it is, not copied. Without it, an empty one.

    Examples
    --------
    >>> from klimatgraph.terms import expand, thing
    >>> engine = RdflibEngine()
    >>> umea = thing("city", "se", "umea")
    >>> engine.add([Quad(umea, expand("klim:municipalityCode"), Literal("2480"))])
    >>> engine.ask('ASK { ?city ?p "2480" }')
    True
    """

    def __init__(self, dataset: rdflib.Dataset | None = None) -> None:
        import rdflib

        self._dataset = rdflib.Dataset(default_union=True) if dataset is None else dataset

    @property
    def name(self) -> str:
        """``"rdflib"``."""
        return "rdflib"

    def __repr__(self) -> str:
        return "<RdflibEngine>"

    def select(self, query: str, timeout: float | None = None) -> Table:
        """Answer a SELECT query.

        Parameters
        ----------
        query : str
        timeout : float, optional
            Seconds.

        Returns
        -------
        Table

        Raises
        ------
        QuerySyntaxError, QueryRefused, QueryTimeout, InputError
            InputError if it is another kind of query.
        """

        def read(result: Any) -> Table:
            if result.type != "SELECT":
                raise InputError("this is no SELECT query: use ask() or construct()")
            names = [str(variable) for variable in result.vars or ()]
            rows = (
                [None if row.get(v) is None else from_rdflib(row[v]) for v in result.vars]
                for row in result.bindings
            )
            return Table(tuple(names), canonical_rows(rows))

        return self._run(query, read, timeout)

    def ask(self, query: str, timeout: float | None = None) -> bool:
        """Answer an ASK query; parameters and errors as for :meth:`select`."""

        def read(result: Any) -> bool:
            if result.type != "ASK":
                raise InputError("this is no ASK query: use select() or construct()")
            return bool(result.askAnswer)

        return self._run(query, read, timeout)

    def construct(self, query: str, timeout: float | None = None) -> list[Triple]:
        """Answer a CONSTRUCT or DESCRIBE query; each triple once, sorted."""

        def read(result: Any) -> list[Triple]:
            if result.type not in ("CONSTRUCT", "DESCRIBE"):
                raise InputError("this is no CONSTRUCT query: use select() or ask()")
            made = set()
            for triple in result.graph:
                subject, predicate, object_ = (from_rdflib(node) for node in triple)
                if isinstance(subject, Literal) or not isinstance(predicate, NamedNode):
                    continue  # SPARQL 1.1, 16.2: ill-formed triples are left out
                made.add(Triple(subject, predicate, object_))
            return sorted(made, key=str)

        return self._run(query, read, timeout)

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Give the quads of one named graph, or all.

        Parameters
        ----------
        graph : NamedNode, optional

        Returns
        -------
        iterator of Quad
        """
        wanted = None if graph is None else to_rdflib(graph)
        for context in list(self._dataset.graphs()):
            if wanted is not None and context.identifier != wanted:
                continue
            place = _graph_name(context.identifier)
            # The default graph, asked directly, would answer with the union.
            for triple, _ in list(self._dataset.store.triples((None, None, None), context)):
                subject, predicate, object_ = (from_rdflib(node) for node in triple)
                assert not isinstance(subject, Literal) and isinstance(predicate, NamedNode)
                yield Quad(subject, predicate, object_, place)

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads, all or none.

        Parameters
        ----------
        quads : iterable of Quad

        Raises
        ------
        InputError
            For RDF 1.2 terms.
        """
        carried = [
            (
                to_rdflib(quad.subject),
                to_rdflib(quad.predicate),
                to_rdflib(quad.object),
                self._dataset.default_graph
                if isinstance(quad.graph_name, DefaultGraph)
                else self._dataset.graph(to_rdflib(quad.graph_name)),
            )
            for quad in quads
        ]
        self._dataset.addN(carried)

    def __len__(self) -> int:
        return sum(1 for _ in self.quads())

    def _run(self, query: str, read: Callable[[Any], T], timeout: float | None) -> T:
        check_read_only(query)
        check_syntax(query)
        clause = dataset(query)
        target = self._dataset if clause is None else self._restrict(clause.default, clause.named)
        text = portable(query if clause is None else clause.query)

        def work() -> T:
            with _no_fetching():
                try:
                    return read(target.query(text))
                except KlimatgraphError:
                    raise
                except RecursionError:
                    raise QueryRefused(
                        "the query is nested too deep for rdflib: write it flatter"
                    ) from None
                except Exception as error:
                    # rdflib raises whatever its parser and evaluator happen to meet.
                    raise EngineError(
                        f"rdflib cannot answer the query ({type(error).__name__}: "
                        f"{str(error)[:200]}): use the default engine"
                    ) from None

        return run_limited(work, timeout)

    def _restrict(self, default: Iterable[NamedNode], named: Iterable[NamedNode]) -> rdflib.Dataset:
        """Make the dataset that FROM clauses ask for."""
        import rdflib

        made = RdflibEngine(rdflib.Dataset(default_union=False))
        for graph in default:
            made.add(Quad(q.subject, q.predicate, q.object) for q in self.quads(graph))
        for graph in named:
            made.add(self.quads(graph))
        return made._dataset


def _graph_name(identifier: Any) -> NamedNode | BlankNode | DefaultGraph:
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

    if identifier == DATASET_DEFAULT_GRAPH_ID:
        return DefaultGraph()
    name = from_rdflib(identifier)
    assert not isinstance(name, Literal)
    return name


_lock = threading.Lock()
_running = 0
_before = True


@contextmanager
def _no_fetching() -> Iterator[None]:
    """Keep rdflib from fetching graphs while a query of ours runs.

    The switch is global in rdflib, so it is put back when the last of our queries ends.
    """
    import rdflib.plugins.sparql as sparql

    global _running, _before
    with _lock:
        if _running == 0:
            _before = sparql.SPARQL_LOAD_GRAPHS
            sparql.SPARQL_LOAD_GRAPHS = False
        _running += 1
    try:
        yield
    finally:
        with _lock:
            _running -= 1
            if _running == 0:
                sparql.SPARQL_LOAD_GRAPHS = _before
