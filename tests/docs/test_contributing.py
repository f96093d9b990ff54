"""CONTRIBUTING.md names commands, files and terms that exist."""

from __future__ import annotations

import re
import shlex
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

from klimatgraph.cli import main
from klimatgraph.terms import expand

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
# In running text a command may be broken over two lines.
SPANS = [" ".join(span.split()) for span in re.findall(r"(?<!`)`([^`]+)`(?!`)", TEXT)]
COMMANDS = [
    part.strip()
    for line in [*re.findall(r"^    (\S.*)$", TEXT, re.MULTILINE), *SPANS]
    for part in line.split("&&")
    if part.strip().startswith(("klimatgraph ", "python3 "))
]


def test_there_are_commands() -> None:
    assert {"klimatgraph build", "klimatgraph build --check", "python3 -m pytest"} <= set(COMMANDS)


@pytest.mark.parametrize("command", sorted(set(COMMANDS)))
def test_a_command_exists(command: str) -> None:
    program, *rest = shlex.split(command)
    if program == "python3":
        assert rest[0] == "-m" and find_spec(rest[1]) is not None
        for extras in re.findall(r"\[([a-z,]+)\]", command):
            project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
            assert set(extras.split(",")) <= set(project["project"]["optional-dependencies"])
        return
    known = main.commands[rest[0]]
    given = {option for parameter in known.params for option in parameter.opts}
    assert {part for part in rest[1:] if part.startswith("-")} <= given
    arguments = [p for p in known.params if p.param_type_name == "argument"]
    assert len([part for part in rest[1:] if not part.startswith("-")]) <= len(arguments)


@pytest.mark.parametrize(
    "path", sorted({s for s in SPANS if "/" in s and "<" not in s and " " not in s})
)
def test_a_path_exists(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("term", sorted({s for s in SPANS if s.startswith("klim:")}))
def test_a_term_exists(term: str) -> None:
    from klimatgraph.canonical import parse

    wanted = expand(term)
    core = parse(ROOT / "ontology" / "klimatgraph.ttl")
    assert any(quad.subject == wanted for quad in core)


def test_the_columns_and_keys_it_names() -> None:
    register = (ROOT / "data" / "documents.csv").read_text(encoding="utf-8").split("\n")[0]
    for column in ("id", "title_sv", "title_en", "publisher", "address", "language"):
        assert column in register.split(",")
    tables = sorted((ROOT / "data" / "tables").glob("*.csv"))
    assert tables
    for table in tables:
        header = table.read_text(encoding="utf-8").split("\n")[0]
        assert header.split(",")[-1] == "source", table.name
        assert table.with_suffix(".rq").exists(), table.name


def test_the_rules_of_style_are_those_of_the_project() -> None:
    """Numbers of lines; checked, since the text promises them."""
    for path in sorted((ROOT / "src" / "klimatgraph").rglob("*.py")):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 500, path.name
