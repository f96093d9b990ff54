"""What tests share: the shipped graph, an empty one, the corpus, and a web that counts visits."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import klimatgraph as kg

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of source documents, which is not part of the repository."""
    folder = ROOT.parent / "shared" / "corpus"
    if not folder.is_dir():
        reason = "the corpus of source documents is not here"
        if os.environ.get("KLIMATGRAPH_NO_SKIP") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture(scope="session")
def graph() -> kg.KlimatGraph:
    """The shipped graph; for reading only, since all tests share it."""
    return kg.load()


@pytest.fixture
def empty_graph() -> kg.KlimatGraph:
    from klimatgraph.engines.oxigraph import OxigraphEngine
    from klimatgraph.graph import KlimatGraph

    return KlimatGraph(OxigraphEngine())


@dataclass
class Web:
    """A web server on loopback that remembers who came."""

    address: str
    visits: list[str] = field(default_factory=list)


@pytest.fixture
def web() -> Iterator[Web]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.visits.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/turtle")
            self.end_headers()
            self.wfile.write(b"<urn:fetched> <urn:p> <urn:o> .")

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Web(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join()
