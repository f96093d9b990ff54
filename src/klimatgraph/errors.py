"""Every error klimatgraph raises on purpose.

The tree::

    KlimatgraphError            exit code 2
    ├── InputError              what was handed in cannot be used
    │   ├── UnknownName         no such city, question, engine …; near names are suggested
    │   ├── ParameterError      a parameter of a question is missing or ill typed
    │   ├── QuerySyntaxError    the SPARQL text is not SPARQL
    │   ├── QueryRefused        SPARQL that writes, fetches or is too large to be run safely
    │   ├── FormatError         a file is not what its suffix says
    │   └── DocumentError       a document cannot be read
    ├── DataError               the data fail a check (exit code 1)
    └── EngineError             the engine, not the question, is at fault
        ├── MissingExtra        a package is not installed; names the pip line
        ├── EngineUnavailable   a server cannot be reached, or a store cannot be opened
        ├── QueryTimeout        no answer in time
        └── StoreLocked         another process writes to the store

Each message is one line: what, where, what to do. Whoever catches
:class:`KlimatgraphError` catches them all; `exit_code` is what the command
line ends with.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

__all__ = [
    "DataError",
    "DocumentError",
    "EngineError",
    "EngineUnavailable",
    "FormatError",
    "InputError",
    "KlimatgraphError",
    "MissingExtra",
    "ParameterError",
    "QueryRefused",
    "QuerySyntaxError",
    "QueryTimeout",
    "StoreLocked",
    "UnknownName",
]


def _one_line(text: str) -> str:
    """Fold white space, so that no message can span lines whatever it quotes."""
    return " ".join(text.split())


class KlimatgraphError(Exception):
    """Root of all errors of klimatgraph.

    Parameters
    ----------
    message : str
        What went wrong, where, and what to do; folded to one line.

    Examples
    --------
    >>> KlimatgraphError("first line\\nsecond line")
    KlimatgraphError('first line second line')
    """

    exit_code: int = 2

    def __init__(self, message: str) -> None:
        super().__init__(_one_line(message))

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions are rebuilt from `args` when they cross a process border, which
        # would call a subclass's __init__ with the finished message: restore instead.
        return (_restore, (type(self), self.args, dict(self.__dict__)))


def _restore(
    kind: type[KlimatgraphError], args: tuple[object, ...], state: dict[str, object]
) -> KlimatgraphError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error


class InputError(KlimatgraphError):
    """What was handed in cannot be used."""


class UnknownName(InputError):
    """A name that the graph, or the library of questions, does not hold.

    Parameters
    ----------
    kind : str
        What was looked for, e.g. ``"city"`` or ``"question"``.
    name : str
        The name as it was given.
    suggestions : sequence of str, optional
        Near names, best first.

    Examples
    --------
    >>> print(UnknownName("city", "Umeo", ["Umeå"]))
    no city 'Umeo': did you mean Umeå?
    """

    def __init__(self, kind: str, name: str, suggestions: Sequence[str] = ()) -> None:
        self.kind = kind
        self.name = name
        self.suggestions = tuple(suggestions)
        shown = name if len(name) <= 80 else name[:79] + "…"
        message = f"no {kind} {shown!r}"
        if self.suggestions:
            message += ": did you mean " + " or ".join(self.suggestions) + "?"
        super().__init__(message)


class ParameterError(InputError):
    """A parameter of a question is missing, unknown or of the wrong type."""


class QuerySyntaxError(InputError):
    """The text is not SPARQL.

    Parameters
    ----------
    message : str
        What was found and what was expected.
    line, column : int, optional
        Where, counted from 1.

    Examples
    --------
    >>> print(QuerySyntaxError("found '}', expected a term", 2, 14))
    the query is not SPARQL at line 2, column 14: found '}', expected a term
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        self.line = line
        self.column = column
        where = "" if line is None else f" at line {line}, column {column}"
        super().__init__(f"the query is not SPARQL{where}: {message}")


class QueryRefused(InputError):
    """A query that would write, reach the network, or bring the process down."""


class FormatError(InputError):
    """A file is not what its suffix says.

    Parameters
    ----------
    path : str or Path
        The file.
    line : int or None
        The line, counted from 1, where known.
    reason : str
        What is wrong with it and what to do.

    Examples
    --------
    >>> print(FormatError("a.ttl", 3, "a prefix is not declared"))
    a.ttl:3: a prefix is not declared
    """

    def __init__(self, path: str | Path, line: int | None, reason: str) -> None:
        self.path = str(path)
        self.line = line
        self.reason = _one_line(reason)
        where = self.path if line is None else f"{self.path}:{line}"
        super().__init__(f"{where}: {reason}")


class DocumentError(InputError):
    """A document cannot be read, or holds no text."""


class DataError(KlimatgraphError):
    """The data fail a check."""

    exit_code = 1


class EngineError(KlimatgraphError):
    """The engine, not the question, is at fault."""


class MissingExtra(EngineError):
    """A package that this function needs is not installed.

    Parameters
    ----------
    package : str
        The missing package.
    extra : str, optional
        The extra of klimatgraph that brings it; empty for a package of the core install.

    Examples
    --------
    >>> print(MissingExtra("pyvis", "viz"))
    the package pyvis is not installed: pip install 'klimatgraph[viz]'
    """

    def __init__(self, package: str, extra: str = "") -> None:
        self.package = package
        self.extra = extra
        line = f"pip install 'klimatgraph[{extra}]'" if extra else f"pip install {package}"
        super().__init__(f"the package {package} is not installed: {line}")


class EngineUnavailable(EngineError):
    """A server cannot be reached, or a store cannot be opened."""


class QueryTimeout(EngineError):
    """No answer within the time allowed.

    Parameters
    ----------
    seconds : float
        The time that was allowed, in seconds.

    Examples
    --------
    >>> print(QueryTimeout(5))
    no answer within 5 s: narrow the query or allow it more time
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"no answer within {seconds:g} s: narrow the query or allow it more time")


class StoreLocked(EngineError):
    """Another process holds the store open for writing.

    Parameters
    ----------
    path : str or Path
        The folder of the store.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = str(path)
        super().__init__(
            f"the store {self.path} is open for writing elsewhere: close it there, "
            "or open it read-only"
        )
