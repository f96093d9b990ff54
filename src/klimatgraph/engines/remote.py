"""Any SPARQL 1.1 server as an engine, through SPARQLWrapper. It only reads.

SPARQLWrapper by itself never times out, follows redirects with the password in hand and
hands on whatever urllib raises; here each of these has an answer of its own.
"""

from __future__ import annotations

import base64
import http.client
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from klimatgraph.engines.base import Table, canonical_rows
from klimatgraph.engines.guard import check_read_only, check_syntax
from klimatgraph.engines.lexer import portable
from klimatgraph.errors import (
    EngineError,
    EngineUnavailable,
    InputError,
    KlimatgraphError,
    QueryTimeout,
)

__all__ = ["RemoteEngine"]

_JSON = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.8"
_FORMATS = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
# Some servers take no address longer than this; longer queries are posted.
_LONGEST_ADDRESS = 2_000
_PASSING = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class _Answer:
    kind: str
    body: bytes


class RemoteEngine:
    """A SPARQL 1.1 server.

    Parameters
    ----------
    address : str
        Address of the query service, http or https. A user and password in it are taken
        out and never shown.
    user, password : str, optional
        For HTTP Basic authentication.
    timeout : float
        Seconds a query may take in all, further attempts included.
    retries : int
        How often to try again when the server is busy (429, 5xx) or drops the connection.
    backoff : float
        Seconds before the second attempt; doubled before each further one.
    max_bytes : int
        Largest answer that is read, in bytes.

    Notes
    -----
    Whether the default graph is the union of the named graphs is the server's affair. When
    it is empty and they are not, Oxigraph's ``union-default-graph`` parameter is tried. A
    server's own union may list a triple once per graph that holds it: say DISTINCT.

    Examples
    --------
    >>> RemoteEngine("https://reader:secret@example.org/sparql?key=secret")
    <RemoteEngine https://example.org/sparql>
    >>> RemoteEngine("file:///etc/hostname")
    Traceback (most recent call last):
    klimatgraph.errors.InputError: ... is no address of a SPARQL server: ...
    """

    def __init__(
        self,
        address: str,
        *,
        user: str | None = None,
        password: str | None = None,
        timeout: float = 30.0,
        retries: int = 3,
        backoff: float = 0.5,
        max_bytes: int = 512_000_000,
    ) -> None:
        parts = _split(address)
        host = parts.hostname or ""
        port = "" if parts.port is None else f":{parts.port}"
        shown_host = f"[{host}]" if ":" in host else host
        self._address = f"{parts.scheme}://{shown_host}{port}{parts.path or '/'}"
        self._parameters = urllib.parse.parse_qsl(parts.query, keep_blank_values=True)
        self._user = user if user is not None else urllib.parse.unquote(parts.username or "")
        given = password if password is not None else urllib.parse.unquote(parts.password or "")
        self._password = given
        if not timeout > 0 or retries < 0 or backoff < 0:
            raise InputError("timeout must be above 0, retries and backoff at least 0")
        self._timeout = timeout
        self._retries = retries
        self._backoff = backoff
        self._max_bytes = max_bytes
        self._prepared = False
        # Redirects are refused: urllib would carry the password to wherever they point.
        self._opener = urllib.request.build_opener(_NoRedirects)

    @property
    def name(self) -> str:
        """``"remote"``."""
        return "remote"

    @property
    def address(self) -> str:
        """Address of the service, without credentials and parameters."""
        return self._address

    def __repr__(self) -> str:
        return f"<RemoteEngine {self._address}>"

    def select(self, query: str, timeout: float | None = None) -> Table:
        """Answer a SELECT query.

        Parameters
        ----------
        query : str
        timeout : float, optional
            Seconds, in place of the engine's own.

        Returns
        -------
        Table

        Raises
        ------
        QuerySyntaxError, QueryRefused, InputError
            For the query; InputError if it is another kind of query.
        EngineUnavailable
            If the server cannot be reached or turns us away.
        QueryTimeout
            If there is no answer in time.
        EngineError
            If the answer is not SPARQL, or cut short.
        """
        self._check(query, {"SELECT"}, "this is no SELECT query: use ask() or construct()")
        answer = self._fetch(query, "SELECT", timeout)
        result = self._result(answer)
        if not isinstance(result, QuerySolutions):
            raise self._not_sparql("no table")
        try:
            rows = canonical_rows(tuple(solution) for solution in result)
        except SyntaxError as error:
            raise self._damaged(error) from None
        return Table(tuple(variable.value for variable in result.variables), rows)

    def ask(self, query: str, timeout: float | None = None) -> bool:
        """Answer an ASK query; parameters and errors as for :meth:`select`."""
        self._check(query, {"ASK"}, "this is no ASK query: use select() or construct()")
        return self._truth(self._fetch(query, "ASK", timeout))

    def construct(self, query: str, timeout: float | None = None) -> list[Triple]:
        """Answer a CONSTRUCT or DESCRIBE query; each triple once, sorted."""
        kinds = {"CONSTRUCT", "DESCRIBE"}
        self._check(query, kinds, "this is no CONSTRUCT query: use select() or ask()")
        answer = self._fetch(query, "CONSTRUCT", timeout)
        if answer.kind not in _FORMATS:
            raise self._not_sparql(answer.kind)
        try:
            found = parse(answer.body, _FORMATS[answer.kind], base_iri=self._address)
            return sorted({Triple(q.subject, q.predicate, q.object) for q in found}, key=str)
        except (SyntaxError, ValueError) as error:
            raise self._damaged(error) from None

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Give the quads of one named graph, or all.

        Parameters
        ----------
        graph : NamedNode, optional

        Returns
        -------
        iterator of Quad
        """
        if graph is not None:
            table = self.select(f"SELECT ?s ?p ?o {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
            yield from (_quad((*row, graph)) for row in table.rows)
            return
        table = self.select("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }")
        yield from (_quad(row) for row in table.rows)
        rest = "SELECT ?s ?p ?o { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"
        yield from (_quad((*row, DefaultGraph())) for row in self.select(rest).rows)

    def add(self, quads: Iterable[Quad]) -> None:
        """Refuse: a server is only read.

        Raises
        ------
        EngineError
            Always.
        """
        raise EngineError(f"{self._address} is only read: load the data into the server itself")

    def __len__(self) -> int:
        return sum(1 for _ in self.quads())

    def _check(self, query: str, kinds: set[str], reason: str) -> None:
        if check_read_only(query) not in kinds:
            check_syntax(query)  # a misspelt SELECT deserves the better message
            raise InputError(reason)
        if not self._prepared:
            self._prepare()

    def _prepare(self) -> None:
        """Find out once whether the default graph holds what the named graphs hold."""
        self._prepared = True
        try:
            anything, named = "ASK { ?s ?p ?o }", "ASK { GRAPH ?g { ?s ?p ?o } }"
            if self._truth(self._fetch(anything, "ASK", None)) or not self._truth(
                self._fetch(named, "ASK", None)
            ):
                return
            self._parameters.append(("union-default-graph", "true"))
            if self._truth(self._fetch(anything, "ASK", None)):
                return
            self._parameters.pop()
        except KlimatgraphError:
            self._prepared = False
            raise
        self._prepared = False
        raise EngineUnavailable(
            f"the default graph of {self._address} is empty though its named graphs are not: "
            "have the server answer from the union of its graphs"
        )

    def _fetch(self, query: str, form: str, timeout: float | None) -> _Answer:
        allowed = self._timeout if timeout is None else timeout
        if not allowed > 0:
            raise InputError(f"a time limit of {timeout!r} s: give a positive number of seconds")
        deadline = time.monotonic() + allowed
        request = self._request(portable(query), form)
        attempt = 0
        while True:
            try:
                return self._send(request, deadline)
            except _Again as again:
                wait = max(self._backoff * 2**attempt, again.wait)
                attempt += 1
                if attempt > self._retries:
                    raise EngineUnavailable(
                        f"{self._address} {again} ({attempt} attempts): try again later"
                    ) from None
                if time.monotonic() + wait >= deadline:
                    raise QueryTimeout(allowed) from None
                time.sleep(wait)
            except TimeoutError:
                raise QueryTimeout(allowed) from None
            except urllib.error.HTTPError as error:
                raise self._refusal(error, query) from None
            except urllib.error.URLError as error:
                if isinstance(error.reason, TimeoutError):
                    raise QueryTimeout(allowed) from None
                raise self._unreachable(error.reason) from None
            except (OSError, http.client.HTTPException) as error:
                raise self._unreachable(error) from None

    def _request(self, query: str, form: str) -> urllib.request.Request:
        from SPARQLWrapper import BASIC, GET, JSON, POST, TURTLE, SPARQLWrapper

        kind = TURTLE if form == "CONSTRUCT" else JSON
        wrapper = SPARQLWrapper(self._address, returnFormat=kind, agent="klimatgraph")
        for key, value in self._parameters:
            wrapper.addParameter(key, value)
        wrapper.setOnlyConneg(True)
        # Set directly: setQuery() would guess the form again, by pattern, with warnings.
        wrapper.queryString, wrapper.queryType = query, form
        wrapper.addCustomHttpHeader("Accept", _TRIPLES if form == "CONSTRUCT" else _JSON)
        if self._user or self._password:
            pair = f"{self._user}:{self._password}".encode()
            wrapper.setHTTPAuth(BASIC)
            wrapper.addCustomHttpHeader("Authorization", "Basic " + base64.b64encode(pair).decode())
        size = len(self._address) + len(urllib.parse.urlencode([*self._parameters, ("q", query)]))
        wrapper.setMethod(GET if size < _LONGEST_ADDRESS else POST)
        made: urllib.request.Request = wrapper._createRequest()
        return made

    def _send(self, request: urllib.request.Request, deadline: float) -> _Answer:
        try:
            with self._opener.open(request, timeout=_left(deadline)) as response:
                kind = response.headers.get_content_type()
                body = self._read(response, deadline)
        except urllib.error.HTTPError as error:
            if error.code in _PASSING:
                with error:
                    raise _Again(f"answers {error.code}", _retry_after(error)) from None
            raise
        except (ConnectionResetError, BrokenPipeError, http.client.RemoteDisconnected):
            raise _Again("drops the connection") from None
        except urllib.error.URLError as error:
            if isinstance(error.reason, ConnectionResetError | BrokenPipeError):
                raise _Again("drops the connection") from None
            raise
        return _Answer(kind, body)

    def _read(self, response: Any, deadline: float) -> bytes:
        """Read an answer to the end, against the clock: sockets time single reads only."""
        chunks: list[bytes] = []
        size = 0
        expected = response.headers.get("Content-Length")
        try:
            while chunk := response.read1(1 << 16):
                size += len(chunk)
                if size > self._max_bytes:
                    raise EngineError(
                        f"the answer of {self._address} is larger than {self._max_bytes} bytes: "
                        "narrow the query with LIMIT"
                    )
                chunks.append(chunk)
                _left(deadline)
        except http.client.IncompleteRead:
            raise self._damaged("the connection ended early") from None
        if expected and expected.isdigit() and size < int(expected):
            raise self._damaged(f"{size} of {expected} bytes")
        return b"".join(chunks)

    def _result(self, answer: _Answer) -> QuerySolutions | QueryBoolean:
        if answer.kind not in (_JSON, "application/json"):
            raise self._not_sparql(answer.kind)
        try:
            return parse_query_results(answer.body, QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise self._damaged(error) from None

    def _truth(self, answer: _Answer) -> bool:
        result = self._result(answer)
        if not isinstance(result, QueryBoolean):
            raise self._not_sparql("a table in place of yes or no")
        return bool(result)

    def _not_sparql(self, what: str) -> EngineError:
        return EngineError(
            f"{self._address} does not answer as a SPARQL service ({_plain(what)}): "
            "check the address"
        )

    def _damaged(self, error: object) -> EngineError:
        return EngineError(
            f"the answer of {self._address} is cut short or damaged ({_plain(str(error))}): "
            "try again, or narrow the query"
        )

    def _unreachable(self, error: object) -> EngineUnavailable:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        return EngineUnavailable(
            f"{self._address} cannot be reached ({_plain(str(reason))}): "
            "check the address and the network"
        )

    def _refusal(self, error: urllib.error.HTTPError, query: str) -> KlimatgraphError:
        with error:
            if error.code in (401, 403):
                return EngineUnavailable(
                    f"{self._address} refuses access ({error.code}): check user and password"
                )
            if error.code in (301, 302, 303, 307, 308):
                target = urllib.parse.urlsplit(error.headers.get("Location", ""))
                place = f"{target.scheme}://{target.hostname}{target.path}"
                return EngineUnavailable(
                    f"{self._address} has moved to {_plain(place)}: connect to that address"
                )
            if error.code == 400:
                try:
                    check_syntax(query)
                except InputError as mistake:
                    return mistake
                said = _plain(error.read(2_000).decode("utf-8", "replace"))
                return EngineError(f"{self._address} rejects the query: {self._hide(said)}")
        return EngineUnavailable(
            f"{self._address} answers {error.code}, no SPARQL: check the address"
        )

    def _hide(self, text: str) -> str:
        """Blank out credentials, should a server echo them."""
        for secret in (self._password, *(value for _, value in self._parameters)):
            if len(secret) > 2:
                text = text.replace(secret, "***")
        return text


class _Again(Exception):
    """The attempt failed in a way that may pass."""

    def __init__(self, message: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.wait = wait


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _split(address: str) -> urllib.parse.SplitResult:
    try:
        parts = urllib.parse.urlsplit(address.strip())
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
        usable = usable and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable or re.search(r"[\x00-\x20\x7f]", address.strip()):
        shown = re.sub(r"//[^/@]*@", "//", address.strip()).partition("?")[0]
        raise InputError(
            f"{_plain(shown)!r} is no address of a SPARQL server: "
            "give one that begins with http:// or https://"
        )
    return parts


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _retry_after(error: urllib.error.HTTPError) -> float:
    value = error.headers.get("Retry-After", "")
    return float(value) if value.isdigit() and len(value) < 6 else 0.0


def _plain(text: str) -> str:
    """One line of printable text, whatever a server says."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= 200 else line[:199] + "…"


def _quad(row: tuple[Any, ...]) -> Quad:
    subject, predicate, object_, graph = row
    assert isinstance(subject, NamedNode | BlankNode) and isinstance(predicate, NamedNode)
    assert isinstance(object_, NamedNode | BlankNode | Literal)
    return Quad(subject, predicate, object_, graph)
