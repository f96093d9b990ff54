"""The command line as a process: pipes, encodings, full disks, time limits."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "klimatgraph"]


def environment(**changes: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    return {**kept, **changes}


def run(*arguments: str, **changes: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, env=environment(**changes), timeout=60
    )


@pytest.mark.parametrize("format_", ["table", "csv", "json", "md"])
@pytest.mark.parametrize("enough", [0, 1])
def test_a_reader_that_leaves_early_is_no_error(format_: str, enough: int) -> None:
    """As ``| head -1`` does; also when all fits into the pipe and breaks at the end only."""
    for command in (["ask", "themes"], ["info"]):
        process = subprocess.Popen(
            [*COMMAND, *command, "--format", format_],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(LC_ALL="C.UTF-8"),
        )  # fmt: skip
        assert process.stdout is not None and process.stderr is not None
        for _ in range(enough):
            process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0
        process.stderr.close()


@pytest.mark.parametrize(
    ("changes", "format_"),
    [
        ({"LC_ALL": "C"}, "table"),
        ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "table"),
        ({"PYTHONIOENCODING": "ascii"}, "table"),
        ({"PYTHONIOENCODING": "ascii"}, "csv"),
        ({"PYTHONIOENCODING": "latin-1"}, "md"),
        ({"PYTHONIOENCODING": "cp437"}, "table"),
        ({"PYTHONIOENCODING": "utf-16"}, "csv"),
    ],
    ids=str,
)
def test_no_encoding_brings_it_down(changes: dict[str, str], format_: str) -> None:
    said = run("shared", "2480", "1280", "--format", format_, **changes)
    assert said.returncode == 0 and said.stderr == b""
    assert b"2030" in said.stdout.replace(b"\0", b"")
    wrong = run("city", "Örebru", **changes)
    assert wrong.returncode == 2 and b"Traceback" not in wrong.stderr


def test_json_stays_json_without_swedish_letters() -> None:
    said = run("city", "2480", "--format", "json", PYTHONIOENCODING="ascii")
    assert json.loads(said.stdout.decode("utf-8"))["question"].count("Umeå")
    old = run("shared", "2480", "1280", "--format", "json", PYTHONIOENCODING="latin-1")
    assert json.loads(old.stdout.decode("latin-1"))["question"] == "Vad delar Umeå och Malmö?"


def test_the_language_of_the_environment() -> None:
    assert b"What does the graph hold?" in run(KLIMATGRAPH_LANG="en").stdout
    said = run(KLIMATGRAPH_LANG="fi")
    assert said.returncode == 2 and said.stderr.count(b"\n") == 1


def test_a_query_is_stopped_when_the_time_is_up() -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    for query in (endless, "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a = ?i && ?b = ?g) }"):
        said = run("sparql", query, "--timeout", "0.3")
        assert said.returncode == 2 and said.stdout == b""
        assert said.stderr.decode() == (
            "klimatgraph: no answer within 0.3 s: narrow the query or allow it more time\n"
        )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("arguments", [["info"], ["ask", "themes", "--format", "csv"]])
def test_a_full_disk_is_told(arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        said = subprocess.run(
            [*COMMAND, *arguments], stdout=full, stderr=subprocess.PIPE, timeout=60
        )
    assert said.returncode == 2
    assert said.stderr.startswith(b"klimatgraph: ") and said.stderr.count(b"\n") == 1


def test_bytes_that_are_no_utf8_are_refused_in_one_line() -> None:
    for arguments in ([b"city", b"\xff"], [b"sparql", b"ASK { ?s ?p '\xff' }"], [b"\xfe"]):
        said = subprocess.run(
            [*map(os.fsencode, COMMAND), *arguments],
            capture_output=True, env=environment(LC_ALL="C.UTF-8"), timeout=60,
        )  # fmt: skip
        assert said.returncode == 2 and said.stdout == b""
        assert said.stderr.startswith(b"klimatgraph: ") and said.stderr.count(b"\n") == 1


def test_in_a_terminal_the_table_takes_its_width() -> None:
    """Also the colours: they are for terminals only."""
    pty = pytest.importorskip("pty")
    main, other = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "shared", "2480", "1280", "--by", "network"], stdout=other,
        env=environment(TERM="xterm", COLUMNS="60", LC_ALL="C.UTF-8"),
    )  # fmt: skip
    os.close(other)
    pieces = []
    try:
        while piece := os.read(main, 65536):
            pieces.append(piece)
    except OSError:
        pass  # the end of a terminal on Linux
    assert process.wait(timeout=60) == 0
    os.close(main)
    text = b"".join(pieces).decode()
    assert "\x1b[1m" in text
    table = text.partition("Källor")[0]
    assert max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in table.splitlines()) <= 60
    assert "\x1b" not in run("shared", "2480", "1280").stdout.decode()
