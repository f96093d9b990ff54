"""What every engine offers, and what engines share."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar, runtime_checkable

from pyoxigraph import Literal, NamedNode, Quad, Triple

from klimatgraph.errors import InputError, QueryTimeout
from klimatgraph.terms import Term, canonical_literal

__all__ = ["Engine", "Table", "canonical_rows", "run_limited"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a SELECT query, complete and detached from the engine.

    Parameters
    ----------
    variables : tuple of str
        Names without the question mark, in the order of the SELECT clause.
    rows : list of tuple of (Term or None)
        One tuple a solution; None where a variable is unbound.

    Examples
    --------
    >>> table = Table(("n",), [(Literal("5"),)])
    >>> len(table), table.column("n")
    (1, [<Literal value=5 ...>])
    """

    variables: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        return iter(self.rows)

    def column(self, name: str) -> list[Term | None]:
        """Give the values of one variable, row by row."""
        if name not in self.variables:
            raise InputError(f"no column {name!r}: there are {', '.join(self.variables)}")
        at = self.variables.index(name)
        return [row[at] for row in self.rows]


@runtime_checkable
class Engine(Protocol):
    """A store of quads that answers SPARQL 1.1 queries.

    The default graph of every query is the union of all graphs, each triple in it once,
    unless the query says ``FROM``. Only reading queries are run; see
    :func:`klimatgraph.engines.guard.check_read_only`. Terms are pyoxigraph's.
    """

    @property
    def name(self) -> str:
        """Short name of the engine, such as ``"memory"``."""
        ...

    def select(self, query: str, timeout: float | None = None) -> Table:
        """Answer a SELECT query, within `timeout` seconds if given."""
        ...

    def ask(self, query: str, timeout: float | None = None) -> bool:
        """Answer an ASK query, within `timeout` seconds if given."""
        ...

    def construct(self, query: str, timeout: float | None = None) -> list[Triple]:
        """Answer a CONSTRUCT or DESCRIBE query; each triple once, sorted."""
        ...

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Give the quads of one named graph, or all."""
        ...

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads: all of them, or none if one cannot be added."""
        ...

    def __len__(self) -> int:
        """Count the quads."""
        ...


def run_limited(work: Callable[[], T], timeout: float | None) -> T:
    """Run a function, and stop waiting for it when the time is up.

    A query inside a compiled engine cannot be cancelled from Python. It runs on in a
    daemon thread, which does not keep the process alive, and its answer is dropped.

    Parameters
    ----------
    work : callable
        Must not hand out objects that are bound to the thread it runs in.
    timeout : float or None
        Seconds; None waits for ever, in this thread.

    Returns
    -------
    object
        What `work` returns.

    Raises
    ------
    QueryTimeout
        When the time is up.
    InputError
        If `timeout` is not a positive number.

    Examples
    --------
    >>> run_limited(lambda: 42, timeout=5)
    42
    """
    if timeout is None:
        return work()
    if not 0 < timeout < threading.TIMEOUT_MAX:
        raise InputError(f"a time limit of {timeout!r} s: give a positive number of seconds")
    results: list[T] = []
    errors: list[BaseException] = []

    def target() -> None:
        try:
            results.append(work())
        except BaseException as error:  # handed over to the caller's thread below
            errors.append(error)

    thread = threading.Thread(target=target, name="klimatgraph-query", daemon=True)
    thread.start()
    thread.join(timeout)
    if thread.is_alive():
        raise QueryTimeout(timeout)
    if errors:
        raise errors[0]
    return results[0]


def canonical_rows(rows: Iterable[Iterable[Term | None]]) -> list[tuple[Term | None, ...]]:
    """Write numbers and booleans the way the default store does, so that engines agree.

    Examples
    --------
    >>> decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    >>> canonical_rows([[Literal("5.00", datatype=decimal), None]])[0][0].value
    '5'
    """
    return [
        tuple(canonical_literal(t) if isinstance(t, Literal) else t for t in row) for row in rows
    ]
