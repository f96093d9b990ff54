"""The commands read and add: from a file to the graph, and every way in which it can go wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import klimatgraph as kg

Cli = Callable[..., Any]
FIXTURES = Path(__file__).parent / "fixtures" / "contracts"
LUND = FIXTURES / "lund-2025-26.txt"
NAME = "klimatkontrakt-lund-2025-26"
# A page with nothing on it that is text, as a scanner makes one.
SCAN = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>"
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the shipped graph, to be copied."""
    place = tmp_path_factory.mktemp("filled") / "store"
    kg.open(place, create=True).close()
    return place


@pytest.fixture
def store(filled: Path, here: Path) -> Path:
    return Path(shutil.copytree(filled, here / "store"))


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_from_a_file_to_an_answer(cli: Cli, here: Path, store: Path) -> None:
    said = cli("read", LUND, "--engine", "shacl")
    assert said.code == 0 and said.err.strip() == NAME
    assert (
        "Utsläppen av växthusgaser inom kommunens gränser ska minska med 80,5 procent" in said.out
    )
    said = cli("add", NAME, "--store", store, "--engine", "shacl")
    assert said.code == 0 and said.out.startswith(f"{NAME}: ")
    rows = json.loads(
        cli(
            "shared", "Lund", "Umeå", "--by", "commitment", "--store", store, "--format", "json"
        ).out
    )["rows"]
    assert len(rows) == 3 and all(row["sources"] for row in rows)
    found = cli("verify", LUND, "--store", store, "--format", "csv")
    assert found.code == 0


@pytest.mark.parametrize(
    ("lang", "words"), [("sv", "Gemensamma åtaganden"), ("en", "Joint commit")]
)
def test_the_report_is_told_in_both_languages(cli: Cli, here: Path, lang: str, words: str) -> None:
    said = cli("read", LUND, "--lang", lang, "--engine", "shacl")
    assert words in said.out
    page = (here / NAME / "report.html").read_text(encoding="utf-8")
    assert words in page and f'lang="{lang}"' in page


def test_formats_hold_the_same_candidates(cli: Cli, here: Path) -> None:
    told = {
        form: cli("read", LUND, "--dry-run", "--format", form, "--engine", "shacl").out
        for form in ("csv", "json", "md")
    }
    rows = list(csv.DictReader(io.StringIO(told["csv"])))
    assert len(rows) == len(json.loads(told["json"])["rows"]) > 60
    assert told["md"].count("\n| ") >= len(rows)
    assert not list(here.iterdir())


def test_a_page_of_html_where_one_is_asked_for(cli: Cli, here: Path) -> None:
    said = cli("read", LUND, "--dry-run", "-o", "lund.html", "--engine", "shacl")
    assert said.code == 0
    assert (here / "lund.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [p.name for p in here.iterdir()] == ["lund.html"]


def test_decisions_survive_reading_again_and_hold_when_adding(
    cli: Cli, here: Path, store: Path
) -> None:
    cli("read", LUND, "--engine", "shacl")
    review = here / NAME / "review.csv"
    rows = list(csv.DictReader(io.StringIO(review.read_text(encoding="utf-8"))))
    for row in rows:
        if row["kind"] == "adoption" and "number=1;" in row["reading"]:
            row["decision"] = "drop"
        if row["kind"] == "target" and "climate-neutral; year=2030" in row["reading"] and (
            "city/se/lund" in row["reading"]
        ):  # fmt: skip
            row["change"] = "year=2035"
    stream = io.StringIO()
    writer = csv.DictWriter(stream, rows[0].keys(), delimiter=";")  # as a spreadsheet saves it
    writer.writeheader()
    writer.writerows(rows)
    review.write_text("\ufeff" + stream.getvalue(), encoding="utf-8")
    said = cli("read", LUND, "--engine", "shacl")
    assert "struken" in said.out and "ändrad" in said.out
    cli("add", NAME, "--store", store, "--engine", "shacl")
    with kg.open(store, read_only=True) as graph:
        numbers = {
            row["n"] for row in graph.sparql(
                "SELECT ?n { ?a a klim:Adoption ; klim:commitment/klim:number ?n ; klim:status "
                "<https://w3id.org/klimatgraph/id/code/adoption-status/adopted> ; klim:party "
                "<https://w3id.org/klimatgraph/id/city/se/lund> }"
            )
        }  # fmt: skip
        years = {
            str(row["y"]) for row in graph.sparql(
                "SELECT ?y { ?t a klim:Target ; klim:year ?y ; klim:agreement "
                "<https://w3id.org/klimatgraph/id/contract/klimatkontrakt/2025-26/lund> ; "
                "klim:kind "
                "<https://w3id.org/klimatgraph/id/code/target-kind/climate-neutral> }"
            )
        }  # fmt: skip
    assert numbers == {"3", "4", "5"} and years == {"2035"}


def test_reading_again_writes_the_same_bytes(cli: Cli, here: Path) -> None:
    cli("read", LUND, "--engine", "shacl")
    before = files(here)
    cli("read", LUND, "--engine", "shacl")
    assert files(here) == before


def test_reading_what_the_store_has_read_gives_the_same_bytes(
    cli: Cli, here: Path, store: Path
) -> None:
    cli("read", LUND, "--store", store, "--engine", "shacl")
    before = files(here / NAME)
    assert cli("add", NAME, "--store", store, "--engine", "shacl").code == 0
    cli("read", LUND, "--store", store, "--engine", "shacl")
    assert files(here / NAME) == before


def test_a_folder_of_documents(cli: Cli, here: Path) -> None:
    (here / "in").mkdir()
    for name in ("lund-2025-26.txt", "boras-2024.txt", "budget.txt"):
        shutil.copy(FIXTURES / name, here / "in" / name)
    said = cli("read", "in", "--into", here, "--engine", "shacl")
    assert said.code == 1  # one of them is no contract
    assert "budget.txt does not look like a Klimatkontrakt" in said.err
    assert {p.name for p in here.iterdir()} == {"in", NAME, "klimatkontrakt-boras-2024"}


def test_without_the_fast_engine_the_other_checks(
    cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("klimatgraph.validation.runners.find_spec", lambda name: None)
    monkeypatch.setitem(sys.modules, "shacl", None)  # importing it fails
    assert cli("read", LUND, "--dry-run").code == 0


def test_several_processes_read_the_same_as_one(cli: Cli, here: Path) -> None:
    (here / "in").mkdir()
    for name in ("lund-2025-26.txt", "boras-2024.txt", "skelleftea-2023.txt", "budget.txt"):
        shutil.copy(FIXTURES / name, here / "in" / name)
    for jobs in ("1", "2"):
        (here / jobs).mkdir()
        said = cli("read", "in", "--into", here / jobs, "--jobs", jobs)
        assert said.code == 1 and said.err.count("does not look like a Klimatkontrakt") == 1
    one, two = (
        {
            p.relative_to(here / jobs): p.read_bytes()
            for p in (here / jobs).rglob("*")
            if p.is_file()
        }
        for jobs in ("1", "2")
    )
    assert one == two and len(one) == 9


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("scan.pdf", SCAN, "no text in 1 page"),
        ("empty.txt", b"", "is empty"),
        ("latin.txt", "Syftet är åäö".encode("latin-1"), "UTF-8"),
        ("utf16.txt", "Syftet".encode("utf-16"), "UTF-16"),
        ("broken.pdf", b"%PDF-1.7 broken", "not a readable PDF"),
        ("picture.txt", b"\x89PNG\x00\x01", "is a picture"),
        ("notes.docx", b"PK", "of no kind that can be read"),
        ("missing.txt", None, "does not exist"),
    ],
)
def test_a_document_that_cannot_be_read_is_told_in_one_line(
    cli: Cli, here: Path, name: str, content: bytes | None, reason: str
) -> None:
    if content is not None:
        (here / name).write_bytes(content)
    said = cli("read", name)
    assert said.code == 2 and said.out == ""
    assert said.err.count("\n") == 1 and reason in said.err
    assert {p.name for p in here.iterdir()} <= {name}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("read",), "Missing argument"),
        (("read", "{gronkoping}"), "a contract of Grönköping, a city that the graph does not know"),
        (("read", "{budget}"), "found 0 of 7 expected sections"),
        (("read", "{lund}", "--city", "Grönköping"), "no city 'Grönköping'"),
        (("read", "{lund}", "{boras}", "--city", "Lund"), "are for one document"),
        (("read", "{lund}", "--min-confidence", "2"), "give a number from 0 to 1"),
        (("read", "{lund}", "--min-confidence", "much"), "not a valid float"),
        (("read", "{lund}", "--engine", "magic"), "magic"),
        (("add", "nowhere", "--store", "store"), "holds no proposal"),
        (("add", "nowhere"), "give --store FOLDER"),
        (("add", "nowhere", "--store", "http://localhost/x"), "give --store FOLDER"),
    ],
)
def test_a_wrong_call_is_told_in_one_line_and_writes_nothing(
    cli: Cli, here: Path, arguments: tuple[str, ...], reason: str
) -> None:
    named = {
        "gronkoping": FIXTURES / "gronkoping-2025-26.txt", "budget": FIXTURES / "budget.txt",
        "lund": LUND, "boras": FIXTURES / "boras-2024.txt",
    }  # fmt: skip
    said = cli(*(part.format(**named) for part in arguments))
    assert said.code == 2 and said.out == ""
    assert said.err.count("\n") == 1 and reason in said.err
    assert not list(here.iterdir())


def test_what_people_wrote_is_not_overwritten(
    cli: Cli, here: Path, store: Path, corpus: Path
) -> None:
    umea = corpus / "klimatkontrakt" / "umea-2025-26.txt"
    assert cli("read", umea, "--store", store, "--engine", "shacl").code == 0
    with kg.open(store, read_only=True) as graph:
        before = set(graph.engine.quads())
    said = cli("add", "klimatkontrakt-umea-2025-26", "--store", store, "--engine", "shacl")
    assert said.code == 2 and "say --replace" in said.err
    with kg.open(store, read_only=True) as graph:
        assert set(graph.engine.quads()) == before


@pytest.mark.parametrize("file", ["proposal.json", "review.csv"])
def test_a_damaged_proposal_makes_no_store(cli: Cli, here: Path, file: str) -> None:
    cli("read", LUND, "--engine", "shacl")
    (here / NAME / file).write_text("damaged", encoding="utf-8")
    said = cli("add", NAME, "--store", here / "new", "--engine", "shacl")
    assert said.code == 2 and said.err.count("\n") == 1 and file in said.err
    assert not (here / "new").exists()


@pytest.mark.parametrize("file", ["proposal.json", "review.csv"])
def test_a_damaged_proposal_leaves_the_store_as_it_was(
    cli: Cli, here: Path, store: Path, file: str
) -> None:
    cli("read", LUND, "--engine", "shacl")
    (here / NAME / file).write_text("damaged", encoding="utf-8")
    said = cli("add", NAME, "--store", store, "--engine", "shacl")
    assert said.code == 2 and said.err.count("\n") == 1 and file in said.err
    with kg.open(store, read_only=True) as graph:
        assert len(graph.ask("cities-with-commitment", commitment=6)) == 1


def test_another_folder_of_that_name_is_left_alone(cli: Cli, here: Path) -> None:
    (here / NAME).mkdir()
    (here / NAME / "mine.txt").write_text("mine", encoding="utf-8")
    said = cli("read", LUND)
    assert said.code == 2 and "holds other files" in said.err
    assert os.listdir(here / NAME) == ["mine.txt"]
