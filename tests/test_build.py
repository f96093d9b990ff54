"""Building the shipped graph: the same sources give the same bytes; mistakes are placed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from klimatgraph import build, canonical
from klimatgraph.errors import InputError
from klimatgraph.resources import folder
from klimatgraph.terms import ID

ROOT = Path(__file__).resolve().parents[1]
GENERATED = {"data/klimatgraph.trig", "src/klimatgraph/vocabulary.py", "ontology/context.jsonld"}


def copied(root: Path) -> Path:
    """A checkout with everything that building reads."""
    for name in ("ontology", "data"):
        shutil.copytree(ROOT / name, root / name)
    (root / "src" / "klimatgraph").mkdir(parents=True)
    return root


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with one table and one contract, so that building it takes a moment, built."""
    root = copied(tmp_path_factory.mktemp("checkout"))
    for path in (root / "data" / "tables").iterdir():
        if path.stem != "cities":
            path.unlink()
    build.write(root)
    return root


@pytest.fixture
def checkout(pristine: Path, tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    shutil.copytree(pristine, root)
    return root


def names(root: Path, paths: Any) -> set[str]:
    return {path.relative_to(root).as_posix() for path in paths}


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_is_shipped_is_what_its_sources_give(tmp_path: Path) -> None:
    # Installed from a wheel or editable, the same bytes are used.
    shipped = folder("data") / "klimatgraph.trig"
    assert shipped.read_bytes() == (ROOT / "data" / "klimatgraph.trig").read_bytes()
    made = build.build(copied(tmp_path))  # from another folder
    assert {path.relative_to(tmp_path).as_posix() for path in made} >= GENERATED
    for path, text in made.items():
        assert (ROOT / path.relative_to(tmp_path)).read_text(encoding="utf-8") == text


def test_the_same_sources_give_the_same_bytes(pristine: Path) -> None:
    assert build.build(pristine) == build.build(pristine)
    assert build.stale(pristine) == {}


def test_a_missing_file_is_stale_and_is_written(checkout: Path) -> None:
    target = checkout / "data" / "klimatgraph.trig"
    whole = target.read_bytes()
    target.unlink()
    assert names(checkout, build.write(checkout)) == {"data/klimatgraph.trig"}
    assert target.read_bytes() == whole


def test_what_somebody_changed_by_hand_is_put_right(checkout: Path) -> None:
    target = checkout / "ontology" / "context.jsonld"
    whole = target.read_bytes()
    target.write_bytes(whole + b"\n")
    assert names(checkout, build.write(checkout)) == {"ontology/context.jsonld"}
    assert target.read_bytes() == whole


def test_a_changed_fact_changes_the_graph(checkout: Path) -> None:
    path = checkout / "data" / "documents.csv"
    replace(path, "Enköpings klimatkontrakt, version 2020", "En titel som ingen annan har")
    assert names(checkout, build.write(checkout)) == {"data/klimatgraph.trig"}
    assert "En titel som ingen annan har" in (checkout / "data" / "klimatgraph.trig").read_text(
        encoding="utf-8"
    )


def test_facts_stand_in_the_graph_of_their_source() -> None:
    """One named graph a document, and one each for derived facts, vocabulary and register."""
    quads = canonical.parse(ROOT / "data" / "klimatgraph.trig")
    graphs = {str(quad.graph_name) for quad in quads}
    documents = {
        str(quad.subject).replace("/id/document/", "/id/graph/")
        for quad in quads
        if str(quad.object).endswith("#SourceDocument>")
    }
    others = {f"<{ID}graph/{name}>" for name in ("derived", "ontology", "register")}
    assert others <= graphs and len(graphs) > 50
    assert graphs - others <= documents


def _outside(root: Path) -> str:
    path = root / "data" / "contracts" / "umea-2025-26.trig"
    path.write_text(path.read_text(encoding="utf-8") + "\n<urn:a> <urn:b> <urn:c> .\n")
    return r"umea-2025-26\.trig: <urn:a> stands outside a named graph"


def _broken_turtle(root: Path) -> str:
    path = root / "ontology" / "themes.ttl"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, "<urn:a> <urn:b> <urn:c ."]), encoding="utf-8")
    return rf"themes\.ttl:{len(lines) + 1}: "


def _unknown_address(root: Path) -> str:
    path = root / "data" / "tables" / "cities.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    changed = re.sub(r",[^,]*$", ",https://example.org/unregistered", lines[1])
    path.write_text("\n".join([lines[0], changed, *lines[2:]]) + "\n", encoding="utf-8")
    return r"cities\.csv:2: .*https://example\.org/unregistered"


def _ragged_row(root: Path) -> str:
    path = root / "data" / "tables" / "cities.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:2], "a,b", *lines[2:]]) + "\n", encoding="utf-8")
    return r"cities\.csv:3: "


def _broken_construct(root: Path) -> str:
    path = root / "data" / "tables" / "cities.rq"
    path.write_text(path.read_text(encoding="utf-8") + "\n}\n", encoding="utf-8")
    return r"cities\.rq:\d+: "


def _missing_file(root: Path) -> str:
    (root / "ontology" / "codes.ttl").unlink()
    return r"codes\.ttl: there is no such file"


@pytest.mark.parametrize(
    "harm",
    [_outside, _broken_turtle, _unknown_address, _ragged_row, _broken_construct, _missing_file],
)
def test_a_mistake_is_placed_and_nothing_is_written(
    checkout: Path, cli: Callable[..., Any], harm: Callable[[Path], str]
) -> None:
    pattern = harm(checkout)
    before = {p: p.read_bytes() for p in checkout.rglob("*") if p.is_file()}
    said = cli("build", "--root", checkout)
    assert said.code == 2 and said.out == "" and said.err.count("\n") == 1
    assert re.search(pattern, said.err)
    assert {p: p.read_bytes() for p in checkout.rglob("*") if p.is_file()} == before


def test_the_command_checks_and_writes(checkout: Path, cli: Callable[..., Any]) -> None:
    assert cli("build", "--check", "--root", checkout).code == 0
    target = checkout / "data" / "klimatgraph.trig"
    target.write_text("", encoding="utf-8")
    said = cli("build", "--check", "--root", checkout)
    assert (said.code, said.out, said.err) == (1, "differs: data/klimatgraph.trig\n", "")
    assert target.read_text(encoding="utf-8") == ""
    said = cli("build", "--root", checkout)
    assert (said.code, said.out) == (0, "wrote: data/klimatgraph.trig\n")
    assert cli("build", "--root", checkout).out == "everything is up to date\n"


def test_only_in_a_checkout(tmp_path: Path) -> None:
    for call in (build.write, build.stale):
        with pytest.raises(InputError, match="is not a checkout"):
            call(tmp_path)
    assert list(tmp_path.iterdir()) == []
