"""``klimatgraph diff``: contracts by name, and files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import NEW, OLD, OTHER, adoption, contract

Cli = Callable[..., Any]


def test_words_come_first_and_then_the_rows(cli: Cli) -> None:
    said = cli("diff", "Malmö 2021", "Lund 2022", "--lang", "en")
    assert said.code == 0 and said.err == ""
    assert said.out.startswith(
        "- Not known for Malmö 2021: parties. "
        "Lund 2022 has: Swedish Environmental Protection Agency.\n"
    )
    assert "How do Malmö 2021 and Lund 2022 differ?" in said.out


def test_an_edition_that_was_not_read_is_not_known(cli: Cli) -> None:
    said = cli("diff", "Umeå 2023", "Umeå 2025/26")
    assert said.code == 0
    assert "- Inte känt för Umeå 2023: gemensamma åtaganden. Umeå 2025/26 har:" in said.out
    assert "borta" not in said.out and "inte längre" not in said.out


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
def test_every_format_in_both_languages(
    cli: Cli, trig: Callable[..., Path], lang: str, form: str
) -> None:
    changed = contract("malmo", "2023", adoption("1", "adopted"))
    old = trig("old", OLD, changed)
    new = trig("new", OLD, changed.replace("adopted>", "postponed>"), NEW, OTHER)
    said = cli("diff", old, new, "--lang", lang, "--format", form)
    assert said.code == 0
    word = {"sv": "uppskjutet", "en": "postponed"}[lang]
    if form == "json":
        rows = json.loads(said.out)["rows"]
        assert [row["after"] for row in rows][-1] == word
        assert rows[-1]["sources"][0]["section"] == "5"
    elif form == "csv":
        rows = list(csv.DictReader(io.StringIO(said.out)))
        assert rows[-1]["after"] == word and len(rows) == 3
    else:
        assert word in said.out and "Lund 2025/26" in said.out
        assert said.out.startswith({"sv": "- Nya kontrakt:", "en": "- New contracts:"}[lang])


def test_the_latest_edition_that_both_have(cli: Cli) -> None:
    said = cli("diff", "Malmö", "Umeå", "--format", "json")
    assert json.loads(said.out)["question"] == "Vad skiljer Malmö 2023 från Umeå 2023?"
    assert set(json.loads(said.out)["coverage"]) == {"Malmö 2023", "Umeå 2023"}


def test_the_edition_that_is_asked_for(cli: Cli) -> None:
    said = cli("diff", "Malmö", "Lund", "--edition", "2022", "--format", "json")
    assert "Malmö 2022" in json.loads(said.out)["question"]


def test_into_a_file(cli: Cli, trig: Callable[..., Path], tmp_path: Path) -> None:
    said = cli("diff", trig("old", OLD), trig("new", OLD, NEW), "-o", tmp_path / "out.txt")
    assert said.code == 0 and said.out == ""
    text = (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert text.startswith("- Nya kontrakt: Lund 2025/26.\n\nVad ändrades")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("Umeå 2022", "Umeå"), "no contract 'Umeå 2022': did you mean Umeå 2023 or Umeå 2025/26?"),
        (("Umeå 2023", "Umeå 2023"), "Umeå 2023 is named twice: compare with Umeå 2025/26"),
        (("Umeå 2023", "new.trig"),
         "new.trig is a file and 'Umeå 2023' is none: give two files or two contracts"),
        (("old.trig", "new.trig", "--edition", "2023"),
         "two files are compared as they are: leave --edition out"),
        (("old.trig", "new.trig", "--store", "folder"),
         "two files are compared as they are: leave --store out"),
    ],
)  # fmt: skip
def test_mistakes_end_in_one_line(cli: Cli, arguments: tuple[str, ...], message: str) -> None:
    said = cli("diff", *arguments)
    assert (said.code, said.out, said.err) == (2, "", f"klimatgraph: {message}\n")


def test_a_file_that_is_not_there_or_no_rdf(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "bad.trig").write_text("this is no graph", encoding="utf-8")
    (tmp_path / "good.trig").write_text("", encoding="utf-8")
    for name in ("none.trig", "bad.trig"):
        said = cli("diff", tmp_path / name, tmp_path / "good.trig")
        assert said.code == 2 and name in said.err and said.err.count("\n") == 1
