"""The default engine: pyoxigraph, in memory or in a folder on disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
)

from klimatgraph.engines.base import Table, run_limited
from klimatgraph.engines.guard import check_read_only, dataset
from klimatgraph.engines.mistakes import syntax_error
from klimatgraph.errors import (
    EngineError,
    EngineUnavailable,
    FormatError,
    InputError,
    QueryRefused,
    StoreLocked,
)
from klimatgraph.parsing import parse

__all__ = ["OxigraphEngine"]

T = TypeVar("T")
_DEFAULT = DefaultGraph()


class OxigraphEngine:
    """Quads and SPARQL by pyoxigraph.

    pyoxigraph's own union of graphs lists a triple once per graph that holds it, which
    makes counts wrong. So every triple of a named graph is kept a second time in the
    default graph, where queries look; `quads` and `len` leave these copies out.

    Parameters
    ----------
    store : pyoxigraph.Store, optional
        A store filled elsewhere; without it, an empty one in memory. If it has named graphs
        and an empty default graph, the union is pyoxigraph's own.

    Examples
    --------
    >>> from klimatgraph.terms import expand, thing
    >>> engine = OxigraphEngine()
    >>> engine.add([Quad(thing("city", "se", "umea"), expand("rdf:type"), expand("klim:City"))])
    >>> engine.select("SELECT ?city { ?city ?p ?o }").rows
    [(<NamedNode value=https://w3id.org/klimatgraph/id/city/se/umea>,)]
    """

    def __init__(self, store: Store | None = None) -> None:
        self._store: Store | None = Store() if store is None else store
        self._name = "memory"
        self._path: Path | None = None
        self._read_only = False
        self._union = _needs_union(self._store) if self._store is not None else False

    @classmethod
    def open(
        cls, path: str | Path, *, read_only: bool = False, create: bool = False
    ) -> OxigraphEngine:
        """Open a store in a folder on disk.

        Parameters
        ----------
        path : str or Path
            The folder.
        read_only : bool
            Open beside a process that writes; sees what was there when it was opened.
        create : bool
            Begin a new store if the folder is missing or empty. Without it nothing is
            ever created.

        Returns
        -------
        OxigraphEngine

        Raises
        ------
        EngineUnavailable
            If there is no store there, or it is damaged.
        StoreLocked
            If another process has it open for writing.

        Examples
        --------
        >>> OxigraphEngine.open("no-such-folder")
        Traceback (most recent call last):
        klimatgraph.errors.EngineUnavailable: there is no store at no-such-folder: ...
        """
        folder = Path(path)
        _check_folder(folder, create and not read_only)
        try:
            store = Store.read_only(str(folder)) if read_only else Store(str(folder))
        except (OSError, RuntimeError) as error:  # a damaged one is either, by how it is opened
            if "lock" in str(error).lower():
                raise StoreLocked(folder) from None
            raise EngineUnavailable(
                f"the store {folder} cannot be opened ({error}): restore it from a copy"
            ) from None
        engine = cls(store)
        engine._name = "folder"
        engine._path = folder
        engine._read_only = read_only
        return engine

    @classmethod
    def shipped(cls, path: str | Path) -> OxigraphEngine:
        """Fill a new store in memory from the TriG that ``klimatgraph build`` made.

        Half the time of :meth:`load`, which checks what strangers wrote.

        Parameters
        ----------
        path : str or Path

        Returns
        -------
        OxigraphEngine

        Raises
        ------
        FormatError
            If the file is missing or damaged.
        """
        store = Store()
        try:
            # Our own build made the file, so its IRIs need no second look.
            store.bulk_load(path=str(path), format=RdfFormat.TRIG, lenient=True)
        except (SyntaxError, OSError, ValueError) as error:
            reason = f"the shipped graph cannot be read ({error}): reinstall klimatgraph"
            raise FormatError(path, None, reason) from None
        store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
        return cls(store)

    @property
    def name(self) -> str:
        """``"memory"`` or ``"folder"``."""
        return self._name

    @property
    def path(self) -> Path | None:
        """The folder, or None in memory."""
        return self._path

    def __repr__(self) -> str:
        where = "" if self._path is None else f" {self._path}"
        return f"<OxigraphEngine {self._name}{where}>"

    def close(self) -> None:
        """Release the store, and with it the lock on its folder."""
        if self._store is not None and self._path is not None and not self._read_only:
            self._store.flush()
        self._store = None

    def __enter__(self) -> OxigraphEngine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

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

        def read(answer: object) -> Table:
            if not isinstance(answer, QuerySolutions):
                raise InputError("this is no SELECT query: use ask() or construct()")
            names = tuple(variable.value for variable in answer.variables)
            return Table(names, [tuple(solution) for solution in answer])

        return self._run(query, read, timeout)

    def ask(self, query: str, timeout: float | None = None) -> bool:
        """Answer an ASK query; parameters and errors as for :meth:`select`."""

        def read(answer: object) -> bool:
            if not isinstance(answer, QueryBoolean):
                raise InputError("this is no ASK query: use select() or construct()")
            return bool(answer)

        return self._run(query, read, timeout)

    def construct(self, query: str, timeout: float | None = None) -> list[Triple]:
        """Answer a CONSTRUCT or DESCRIBE query; each triple once, sorted."""

        def read(answer: object) -> list[Triple]:
            if not isinstance(answer, QueryTriples):
                raise InputError("this is no CONSTRUCT query: use select() or ask()")
            return sorted(set(answer), key=str)

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
        store = self._opened()
        if graph is not None:
            yield from store.quads_for_pattern(None, None, None, graph)
            return
        named: set[Triple] = set()
        for name in store.named_graphs():
            for quad in store.quads_for_pattern(None, None, None, name):
                named.add(quad.triple)
                yield quad
        for quad in store.quads_for_pattern(None, None, None, _DEFAULT):
            if self._union or quad.triple not in named:  # the others are copies
                yield quad

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads, all or none.

        Parameters
        ----------
        quads : iterable of Quad

        Raises
        ------
        EngineError
            If the store is open read-only.
        """
        if self._read_only:
            raise EngineError(f"the store {self._path} is open read-only: open it for writing")
        added = list(quads)
        store = self._opened()
        if self._union:  # a store filled elsewhere: complete its default graph first
            added = [*store, *added]
        copies = [Quad(q.subject, q.predicate, q.object) for q in added if q.graph_name != _DEFAULT]
        try:
            store.extend([*added, *copies])
        except OSError as error:
            raise EngineError(f"the quads were not stored ({error}): nothing has changed") from None
        self._union = False

    def change(self, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
        """Take quads away and add others, in one step: all of it happens or nothing.

        Parameters
        ----------
        removed, added : iterable of Quad
            Without blank nodes, which have no name by which they could be taken away.

        Raises
        ------
        EngineError
            If the store is open read-only or fails; nothing has changed then.
        """
        if self._read_only:
            raise EngineError(f"the store {self._path} is open read-only: open it for writing")
        store = self._opened()
        if self._union:  # a store filled elsewhere: complete its default graph first
            self.add([])
        going, coming = set(removed), set(added)
        lost = {q.triple for q in going - coming if not self._said_elsewhere(q, going - coming)}
        copies = {q.triple for q in coming}
        update = (
            f"DELETE DATA {{ {_data(going)} {_triples(lost - copies)} }} ;\n"
            f"INSERT DATA {{ {_data(coming)} {_triples(copies)} }}"
        )
        try:
            store.update(update)  # one request is one transaction
        except OSError as error:
            raise EngineError(f"the store failed ({error}): nothing has changed") from None

    def _said_elsewhere(self, quad: Quad, going: set[Quad]) -> bool:
        same = self._opened().quads_for_pattern(quad.subject, quad.predicate, quad.object)
        return any(q.graph_name != _DEFAULT and q not in going for q in same)

    def load(self, path: str | Path) -> None:
        """Add an RDF file, all of it or nothing.

        Parameters
        ----------
        path : str or Path
            See :func:`klimatgraph.parsing.parse` for formats.

        Raises
        ------
        FormatError
            With file and line.
        """
        self.add(parse(path))

    def __len__(self) -> int:
        return sum(1 for _ in self.quads())

    def _opened(self) -> Store:
        if self._store is None:
            raise EngineError("the store is closed: open it again")
        return self._store

    def _run(self, query: str, read: Callable[[object], T], timeout: float | None) -> T:
        check_read_only(query)
        store, union = self._opened(), self._union

        def work() -> T:
            # Solutions are bound to the thread that asked: made, read and dropped in it.
            try:
                answer = store.query(query, use_default_graph_as_union=union)
                clause = dataset(query)
                if clause is not None:
                    restricted = _restrict(store, clause.default, clause.named)
                    answer = restricted.query(clause.query)
                return read(answer)
            except SyntaxError as error:
                raise syntax_error(query, error) from None
            except OSError as error:
                raise EngineError(f"the store failed ({error}): try again") from None
            except (RuntimeError, ValueError) as error:
                raise QueryRefused(f"the query cannot be run ({error}): rewrite it") from None

        return run_limited(work, timeout)


def _data(quads: Iterable[Quad]) -> str:
    """Write quads of named graphs as SPARQL does; those of the default graph as triples."""
    return "\n".join(
        f"{q.triple} ." if q.graph_name == _DEFAULT else f"GRAPH {q.graph_name} {{ {q.triple} }}"
        for q in sorted(quads, key=str)
    )


def _triples(triples: Iterable[Triple]) -> str:
    return "\n".join(f"{t} ." for t in sorted(triples, key=str))


def _restrict(store: Store, default: Iterable[NamedNode], named: Iterable[NamedNode]) -> Store:
    """Make the dataset that FROM clauses ask for, each triple once in its default graph."""
    made = Store()
    for graph in default:
        made.extend(
            Quad(q.subject, q.predicate, q.object)
            for q in store.quads_for_pattern(None, None, None, graph)
        )
    for graph in named:
        made.extend(store.quads_for_pattern(None, None, None, graph))
    return made


def _needs_union(store: Store) -> bool:
    has_named = next(iter(store.named_graphs()), None) is not None
    has_default = next(iter(store.quads_for_pattern(None, None, None, _DEFAULT)), None) is not None
    return has_named and not has_default


def _check_folder(folder: Path, create: bool) -> None:
    if folder.is_file():
        raise EngineUnavailable(f"{folder} is a file, not a store: name the folder of a store")
    if (folder / "CURRENT").is_file():  # every RocksDB folder has one
        return
    if folder.is_dir() and os.listdir(folder):
        raise EngineUnavailable(f"the folder {folder} holds other files, no store: name another")
    if not create:
        raise EngineUnavailable(f"there is no store at {folder}: check the path, or create one")
    if not folder.parent.is_dir():
        raise EngineUnavailable(f"the folder {folder.parent} does not exist: create it first")
