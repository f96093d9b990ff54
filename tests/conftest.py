"""What tests share: the shipped graph, an empty one, the corpus, and a web that counts visits."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
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
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass(frozen=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def cli(
    capsys: pytest.CaptureFixture[str], graph: kg.KlimatGraph, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Said]:
    """Runs ``klimatgraph`` with arguments, in this process.

    No command changes the shipped graph, so all of them ask one that is loaded once; that it can be
    loaded is tested where loading is.
    """
    from klimatgraph.graph import KlimatGraph

    def loaded(*files: str | Path, lang: str = "sv") -> kg.KlimatGraph:
        return load(*files, lang=lang) if files else KlimatGraph(graph.engine, lang)

    load = kg.load
    monkeypatch.setattr(kg, "load", loaded)

    def run(*arguments: str | Path) -> Said:
        from klimatgraph.cli import main

        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main.main(args=list(map(str, arguments)), prog_name="klimatgraph")
        streams = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Said(ended.value.code, streams.out, streams.err)

    return run


@pytest.fixture(scope="session")
def serve() -> Callable[[list[ox.Quad]], Iterator[str]]:
    """Runs an Oxigraph server on loopback that holds quads; gives its address once."""
    return _serve


@pytest.fixture(scope="session")
def shipped_server(graph: kg.KlimatGraph) -> Iterator[str]:
    """Address of a server that holds the shipped graph, in named graphs only."""
    yield from _serve(list(graph.engine.quads()))


def _serve(quads: list[ox.Quad]) -> Iterator[str]:
    binary = shutil.which("oxigraph") or shutil.which(
        "oxigraph", path=str(Path(sys.executable).parent)
    )
    assert binary is not None, "the package oxigraph is not installed: pip install oxigraph"
    for _ in range(5):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = subprocess.Popen(
            [binary, "serve", "--bind", f"127.0.0.1:{port}", "--timeout-s", "20"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        if _answers(server, port):
            break
    else:
        pytest.fail("oxigraph serve does not start")
    address = f"http://127.0.0.1:{port}"
    try:
        body = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
        headers = {"Content-Type": "application/n-quads"}
        urllib.request.urlopen(
            urllib.request.Request(f"{address}/store", body, headers), timeout=20
        ).close()
        yield f"{address}/query"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _answers(server: subprocess.Popen[bytes], port: int) -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server.poll() is None
        time.sleep(0.05)
    server.kill()
    server.wait()
    return False
