"""Servers that fail in every way, and what is said of it."""

from __future__ import annotations

import base64
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pyoxigraph import NamedNode, Quad

from klimatgraph.engines.remote import RemoteEngine
from klimatgraph.errors import (
    EngineError,
    EngineUnavailable,
    InputError,
    KlimatgraphError,
    QuerySyntaxError,
    QueryTimeout,
)

JSON = "application/sparql-results+json"
ROWS = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"uri","value":"urn:a"}}]}}'
YES = b'{"head":{},"boolean":true}'
NO = b'{"head":{},"boolean":false}'
QUERY = "SELECT ?x { ?x ?p ?o }"


@dataclass
class Server:
    """Answers each request by the next of its steps; the last one for ever."""

    address: str = ""
    steps: list[Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=list)
    requests: list[tuple[str, dict[str, list[str]], dict[str, str]]] = field(default_factory=list)

    def engine(self, **options: Any) -> RemoteEngine:
        made = RemoteEngine(self.address, **{"timeout": 10.0, "backoff": 0.01, **options})
        made._prepared = True  # the question about the default graph is tested by itself
        return made


def send(code: int, kind: str, body: bytes, **headers: str) -> Callable[[Any], None]:
    def step(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        handler.send_header("Content-Type", kind)
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Length": str(len(body)), **told}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return step


def reset(handler: BaseHTTPRequestHandler) -> None:
    linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"  # close by a reset, not by an orderly end
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    handler.connection.close()
    handler.close_connection = True


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.end_headers()
    for _ in range(100):
        try:
            handler.wfile.write(b" ")
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(0.05)


def sleep(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1.5)


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            fields = parse_qs(body or urlsplit(self.path).query, keep_blank_values=True)
            state.requests.append((self.command, fields, dict(self.headers)))
            step = state.steps.pop(0) if len(state.steps) > 1 else state.steps[0]
            step(self)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass

    made = Quiet(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{made.server_address[1]}/sparql"
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield state
    made.shutdown()
    made.server_close()
    thread.join()


def test_what_is_sent(server: Server) -> None:
    server.steps = [send(200, JSON, ROWS)]
    engine = server.engine()
    assert engine.select(QUERY).rows == [(NamedNode("urn:a"),)]
    method, fields, headers = server.requests[0]
    assert method == "GET" and fields == {"query": [QUERY]}
    assert headers["Accept"] == JSON and "klimatgraph" in headers["User-Agent"]
    assert "Authorization" not in headers


def test_long_queries_are_posted(server: Server) -> None:
    server.steps = [send(200, JSON, ROWS)]
    query = f"SELECT ?x {{ VALUES ?x {{ {' '.join(f'<urn:å{i}>' for i in range(500))} }} }}"
    server.engine().select(query)
    method, fields, headers = server.requests[0]
    assert method == "POST" and fields == {"query": [query]}
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize("first", [429, 500, 502, 503, 504, "reset"])
def test_what_may_pass_is_tried_again(server: Server, first: int | str) -> None:
    step = reset if first == "reset" else send(int(first), "text/html", b"busy")
    server.steps = [step, step, send(200, JSON, ROWS)]
    assert len(server.engine().select(QUERY)) == 1
    assert len(server.requests) == 3


@pytest.mark.parametrize("step", [send(503, "text/plain", b"busy"), reset], ids=["503", "reset"])
def test_but_not_for_ever(server: Server, step: Any) -> None:
    server.steps = [step]
    with pytest.raises(EngineUnavailable, match=r"3 attempts"):
        server.engine(retries=2).select(QUERY)
    assert len(server.requests) == 3


def test_retry_after_is_heeded(server: Server) -> None:
    server.steps = [send(429, "text/plain", b"", Retry_After="60")]
    before = time.monotonic()
    with pytest.raises(QueryTimeout):
        server.engine(timeout=5).select(QUERY)  # waiting would take longer than it may
    assert len(server.requests) == 1 and time.monotonic() - before < 4


@pytest.mark.parametrize("step", [sleep, drip], ids=["silent", "dripping"])
def test_timeout(server: Server, step: Any) -> None:
    server.steps = [step]
    before = time.monotonic()
    with pytest.raises(QueryTimeout, match=r"0\.3 s"):
        server.engine().select(QUERY, timeout=0.3)
    assert time.monotonic() - before < 1.4


CASES = [
    (send(401, "text/plain", b""), EngineUnavailable, "refuses access"),
    (send(403, "text/plain", b""), EngineUnavailable, "refuses access"),
    (send(404, "text/html", b"no"), EngineUnavailable, "check the address"),
    (send(302, "text/html", b"", Location="https://other.example/s?x=1"), EngineUnavailable,
     "https://other.example/s:"),
    (send(200, "text/html", b"<html>"), EngineError, "does not answer as a SPARQL service"),
    (send(200, JSON, YES), EngineError, "does not answer as a SPARQL service"),
    (send(200, JSON, ROWS[:-20]), EngineError, "cut short or damaged"),
    (send(200, JSON, ROWS, Content_Length="5000"), EngineError, "cut short or damaged"),
    (send(200, JSON, b""), EngineError, "cut short or damaged"),
    (send(200, JSON, b"\xff\x00"), EngineError, "cut short or damaged"),
    (send(200, JSON, b'{"a":' * 100_000), EngineError, "cut short or damaged"),
    (send(400, "text/plain", b"bif:x\x1b[31m\nunknown"), EngineError, "bif:x [31m unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("step", "kind", "part"), CASES, ids=range(len(CASES)))
def test_typed_errors(server: Server, step: Any, kind: type[KlimatgraphError], part: str) -> None:
    server.steps = [step]
    with pytest.raises(kind) as caught:
        server.engine().select(QUERY)
    message = str(caught.value)
    assert part in message and "\n" not in message and "\x1b" not in message
    assert len(server.requests) == 1


def test_a_rejected_query_that_is_no_sparql(server: Server) -> None:
    server.steps = [send(400, "text/plain", b"syntax")]
    with pytest.raises(QuerySyntaxError, match="line 1, column 13"):
        server.engine().select("SELECT ?s { ?s ?p }")


def test_answers_too_large(server: Server) -> None:
    server.steps = [send(200, JSON, b" " * 5000)]
    with pytest.raises(EngineError, match="larger than 1000 bytes"):
        server.engine(max_bytes=1000).select(QUERY)


def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(EngineUnavailable, match="cannot be reached"):
        RemoteEngine(f"http://127.0.0.1:{port}/").ask("ASK {}")


def test_credentials_are_sent_and_never_shown(server: Server) -> None:
    secret = "hemligt:å/@"
    address = server.address.replace("//", "//reader:fel@") + "?apikey=hemligt-key"
    engine = RemoteEngine(address, password=secret, backoff=0.01)
    engine._prepared = True
    seen = [repr(engine), engine.address]
    for step in (
        send(400, "text/plain", b"bad: hemligt-key and more"),
        send(401, "text/plain", b""),
        send(503, "text/plain", b""),
        send(200, "text/html", b""),
        send(302, "text/plain", b"", Location="https://reader:hemligt@x.example/"),
    ):
        server.steps = [step]
        with pytest.raises(KlimatgraphError) as caught:
            engine.select(QUERY)
        seen += [str(caught.value), repr(caught.value)]
    assert not [text for text in seen if "hemligt" in text or "fel@" in text or "reader" in text]
    _, fields, headers = server.requests[-1]
    told = base64.b64decode(headers["Authorization"].removeprefix("Basic ")).decode()
    assert told == f"reader:{secret}" and fields["apikey"] == ["hemligt-key"]


def test_a_redirect_carries_the_password_nowhere(server: Server, web: Any) -> None:
    server.steps = [send(307, "text/plain", b"", Location=f"{web.address}/taken")]
    with pytest.raises(EngineUnavailable, match="has moved"):
        server.engine(user="a", password="b").select(QUERY)
    assert web.visits == []


@pytest.mark.parametrize(
    "address",
    ["", "example.org", "ftp://example.org/", "file:///etc/hostname", "http://", "http://[", "http://x:99999/",
     "http://a b/", "http://x/\r\nHost: y", "javascript:alert(1)"],
)  # fmt: skip
def test_addresses(address: str) -> None:
    with pytest.raises(InputError, match="no address"):
        RemoteEngine(address)


def test_wrong_options() -> None:
    for options in ({"timeout": 0}, {"retries": -1}, {"backoff": -1}):
        with pytest.raises(InputError):
            RemoteEngine("http://example.org/", **options)  # type: ignore[arg-type]


def test_it_only_reads() -> None:
    with pytest.raises(EngineError, match="only read"):
        RemoteEngine("http://example.org/").add(
            [Quad(NamedNode("urn:a"), NamedNode("urn:p"), NamedNode("urn:o"))]
        )


def test_the_default_graph_is_asked_about_once(server: Server) -> None:
    server.steps = [send(200, JSON, YES), send(200, JSON, ROWS)]
    engine = RemoteEngine(server.address)
    engine.select(QUERY)
    engine.select(QUERY)
    assert len(server.requests) == 3


def test_an_empty_default_graph_that_stays_empty(server: Server) -> None:
    server.steps = [send(200, JSON, NO), send(200, JSON, YES), send(200, JSON, NO)]
    with pytest.raises(EngineUnavailable, match="union of its graphs"):
        RemoteEngine(server.address).select(QUERY)
    assert server.requests[2][1]["union-default-graph"] == ["true"]
