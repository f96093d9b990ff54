"""The README keeps its word: commands, their output, code, folders, numbers."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

import klimatgraph as kg
from klimatgraph.cli import main

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# The address in the example is that of a server on the reader's own machine.
ADDRESS = "http://localhost:7878/query"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def commands() -> list[tuple[str, str]]:
    """Each command of a console block, with the lines shown below it."""
    found = []
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def assert_shows(shown: str, told: str) -> None:
    """Compare lines; a line of nothing but … stands for any number of them."""
    lines = [line.rstrip() for line in told.rstrip().split("\n")]
    pieces: list[list[str]] = [[]]
    for line in shown.rstrip().split("\n"):
        if line.strip() == "…":
            pieces.append([])
        else:
            pieces[-1].append(line.rstrip())
    first, *others = pieces
    if not others:
        assert lines == first
        return
    *middle, last = others
    assert lines[: len(first)] == first
    end = len(lines) - len(last)
    assert lines[end:] == last
    at = len(first)
    for piece in middle:
        fits = [p for p in range(at, end - len(piece) + 1) if lines[p : p + len(piece)] == piece]
        assert fits, f"these lines are not where the README has them: {piece}"
        at = fits[0] + len(piece)
    assert at <= end


@pytest.mark.parametrize(
    ("shown", "right"),
    [
        ("a\nb\nc", True),
        ("a\n…\nc", True),
        ("a\n…", True),
        ("…\nc", True),
        ("a\n…\nb\n…\nc", True),
        ("a\nb", False),
        ("b\nc", False),
        ("a\n…\nb", False),
        ("…\nb\n…\na\n…", False),
        ("a\n…\nx\n…\nc", False),
        ("a\nb\nc\nd", False),
    ],
)
def test_the_comparison_itself(shown: str, right: bool) -> None:
    if right:
        assert_shows(shown, "a\nb\nc\n")
    else:
        with pytest.raises(AssertionError):
            assert_shows(shown, "a\nb\nc\n")


def test_there_are_commands_with_output() -> None:
    assert len(commands()) >= 3
    assert all(output.strip() for _, output in commands())
    assert "@@" not in README


@pytest.mark.parametrize(("command", "shown"), commands(), ids=[c for c, _ in commands()])
def test_a_command_prints_what_the_readme_shows(
    cli: Callable[..., Any], command: str, shown: str
) -> None:
    program, *arguments = shlex.split(command)
    assert program == "klimatgraph"
    said = cli(*arguments)
    assert said.code == 0 and said.err == ""
    assert_shows(shown, said.out)


def test_the_python_runs_as_it_stands(tmp_path: Path, shipped_server: str) -> None:
    (code,) = blocks("python")
    assert code.count(ADDRESS) == 1
    probe = "\nassert len(g.ask('signatories')) == len(h.ask('signatories')) > 0\nassert net\n"
    done = subprocess.run(
        [sys.executable, "-c", code.replace(ADDRESS, shipped_server) + probe],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"umea.html", "graph.graphml", "my-store"}


def test_what_the_comments_of_the_python_say(graph: kg.KlimatGraph) -> None:
    (code,) = blocks("python")
    formats = re.search(r"g\.export\(.*# (.*)", code)
    from klimatgraph.export import FORMATS

    assert formats and tuple(formats.group(1).split()) == FORMATS
    assert graph.city("2480") == graph.city("Umeå")


def test_the_two_lines_to_begin_with_stand_there() -> None:
    lines = README.split("\n")
    assert "    python3 -m pip install . && klimatgraph shared Umeå Malmö" in lines
    assert '    python3 -m pip install ".[all,test]" && python3 -m pytest -n auto' in lines


def test_folders_and_files_that_are_named_exist() -> None:
    named = re.findall(r"^\| (.*?) \| (.*) \|$", README, re.MULTILINE)[1:]
    assert len(named) >= 7
    for folder, text in named:
        path = ROOT / folder.strip("`")
        assert folder.endswith("/`") and path.is_dir(), folder
        for inner in re.findall(r"`([\w./-]+)`", text):
            assert (ROOT / inner).exists() or (path / inner).exists(), inner
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_commands_and_questions_that_are_named_exist(graph: kg.KlimatGraph) -> None:
    spans = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", README)
    called = [shlex.split(span) for span in spans if span.startswith("klimatgraph ")]
    assert called
    for _, command, *rest in called:
        assert command in main.commands, command
        if command == "ask" and rest:
            assert rest[0] in graph.questions, rest[0]
    asked = [span for span in spans if re.fullmatch(r"[a-z]+(-[a-z]+)+", span)]
    assert asked and all(name in graph.questions for name in asked)


def test_extras_are_all_named_and_exist() -> None:
    extras = set(PROJECT["optional-dependencies"])
    named = {name for part in re.findall(r"\[([a-z,]+)\]", README) for name in part.split(",")}
    assert named == extras


def test_the_number_of_packages() -> None:
    """Everything that a plain install brings, counted from what the packages themselves say."""
    told = re.search(r"core install is klimatgraph and (\d+) packages", README)
    assert told
    found: set[str] = set()
    waiting = list(PROJECT["dependencies"])
    while waiting:
        wanted = Requirement(waiting.pop())
        name = wanted.name.lower().replace("_", "-")
        if name in found or not (wanted.marker is None or wanted.marker.evaluate({"extra": ""})):
            continue
        found.add(name)
        waiting += requires(name) or []
    assert len(found) <= int(told.group(1)), sorted(found)


def test_numbers_about_the_contracts(graph: kg.KlimatGraph) -> None:
    told = re.search(
        r"of the (\d+)\s+municipalities of 2025/26, (\d+) are known by name "
        r"and one contract, Umeå's",
        README,
    )
    assert told
    (known,) = graph.coverage(["commitment"])
    assert (known.edition, known.total) == ("2025/26", int(told.group(1)))
    assert known.total - known.unnamed == int(told.group(2))
    read = {
        str(row["city"])
        for row in graph.sparql(
            "SELECT DISTINCT ?city { ?c a klim:Contract ; klim:party ?p ; klim:readingStatus "
            "<https://w3id.org/klimatgraph/id/code/reading-status/complete> . "
            "?p a klim:City ; rdfs:label ?city }"
        )
    }
    assert read == {"Umeå"}
