"""The command line: every command, in both languages, in every format, to every place."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import klimatgraph as kg
from klimatgraph.cli import main
from klimatgraph.questions import QuestionLibrary
from klimatgraph.resources import folder

Cli = Callable[..., Any]
COMMANDS = {
    "info", "shared", "city", "ask", "sparql", "explain", "coverage", "validate", "verify",
    "cite", "show", "export", "reason", "build",
}  # fmt: skip
# Commands that answer with rows.
ASKING = [
    ("info",),
    ("shared", "Umeå", "Malmö"),
    ("city", "Umeå"),
    ("ask",),
    ("ask", "cities-without-commitment", "commitment=5"),
    ("sparql", "SELECT ?c { ?c a klim:JointCommitment } ORDER BY ?c"),
    ("coverage",),
]
UMEA = "https://w3id.org/klimatgraph/id/city/se/umea"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def rows_of_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("cli") / "lager å"
    kg.open(place, create=True).close()
    return place


# -- all commands --------------------------------------------------------------------


def test_the_commands_are_these() -> None:
    assert set(main.commands) >= COMMANDS


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(cli: Cli, command: str) -> None:
    said = cli(command, "--help")
    assert said.code == 0 and said.err == ""
    assert said.out.startswith(f"Usage: klimatgraph {command}")
    if command != "build":
        assert all(option in said.out for option in ("--lang", "--format", "--store", "--output"))


def test_help_and_version(cli: Cli) -> None:
    assert all(command in cli("--help").out for command in COMMANDS)
    assert cli("--version").out.strip().endswith(kg.__version__)


@pytest.mark.parametrize("command", ASKING, ids=" ".join)
def test_formats_hold_the_same_rows(cli: Cli, command: tuple[str, ...]) -> None:
    said = {f: cli(*command, "--format", f) for f in ("table", "csv", "json", "md")}
    for one in said.values():
        assert (one.code, one.err) == (0, "")
        assert one.out.endswith("\n") and not one.out.endswith("\n\n")
    told = json.loads(said["json"].out)
    assert list(told) == ["question", "rows", "coverage"]
    assert told["rows"] and all("sources" in row for row in told["rows"])
    assert len(rows_of_csv(said["csv"].out)) == len(told["rows"])
    lines = said["md"].out.split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("|"))
    table = lines[at : lines.index("", at)] if "" in lines[at:] else lines[at:]
    assert len([line for line in table if line.startswith("|")]) == len(told["rows"]) + 2
    assert said["table"].out.split("\n")[0] in told["question"]


@pytest.mark.parametrize("command", ASKING, ids=" ".join)
def test_the_same_call_gives_the_same_bytes(cli: Cli, command: tuple[str, ...]) -> None:
    assert cli(*command).out == cli(*command).out


@pytest.mark.parametrize("format_", ["table", "csv", "json", "md"])
def test_a_file_gets_what_the_screen_gets(cli: Cli, tmp_path: Path, format_: str) -> None:
    command = ("shared", "Umeå", "Malmö", "--by", "call", "--format", format_)
    place = tmp_path / "svar på frågan.txt"
    place.write_text("old", encoding="utf-8")
    said = cli(*command, "-o", place)
    assert (said.code, said.out, said.err) == (0, "", f"{place}\n")
    assert place.read_text(encoding="utf-8") == cli(*command).out
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.parametrize("command", ASKING, ids=" ".join)
def test_a_folder_and_a_server_answer_as_the_shipped_graph(
    cli: Cli, store: Path, shipped_server: str, command: tuple[str, ...]
) -> None:
    here = cli(*command, "--format", "json")
    assert here.code == 0
    assert cli(*command, "--format", "json", "--store", store) == here
    assert cli(*command, "--format", "json", "--store", shipped_server) == here


def test_several_commands_may_read_a_folder_that_another_writes_to(cli: Cli, store: Path) -> None:
    with kg.open(store):
        assert cli("city", "Umeå", "--store", store).code == 0


# -- each command --------------------------------------------------------------------


def test_without_a_command_the_graph_introduces_itself(cli: Cli) -> None:
    said = cli()
    assert said == cli("info")
    assert "Vad finns i grafen?" in said.out and "klimatgraph shared Umeå Malmö" in said.out
    english = cli("--lang", "en")
    assert "What does the graph hold?" in english.out and "Try:" in english.out
    assert cli("--format", "json").out.startswith("{")


def test_the_language_may_be_set_once_for_all(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLIMATGRAPH_LANG", "en")
    assert "What does the graph hold?" in cli().out
    assert "What do Umeå and Malmö share?" in cli("shared", "Umeå", "Malmö").out
    assert "Vad delar Umeå och Malmö?" in cli("shared", "Umeå", "Malmö", "--lang", "sv").out


def test_shared_tells_what_two_cities_have_in_common(cli: Cli) -> None:
    """Umeå and Malmö: mission cities, both in calls 3 and 8 (the programme's own lists)."""
    rows = json.loads(cli("shared", "Umeå", "Malmö", "--format", "json").out)["rows"]
    things = {(row["kind"], row["thing"]["label"].partition(":")[0]) for row in rows}
    assert {("utlysning", "Utlysning 3"), ("utlysning", "Utlysning 8")} <= things
    assert all(row["sources"] for row in rows)
    several = rows_of_csv(cli("shared", "--by", "call", "--min-cities", "5", "--format", "csv").out)
    assert several and all(int(row["count"]) >= 5 for row in several)


def test_city_by_any_of_its_names(cli: Cli) -> None:
    answers = {cli("city", name).out for name in ("Umeå", "umea", "2480", "Umeå kommun", UMEA)}
    assert len(answers) == 1


def test_ask_lists_the_questions_that_can_be_asked(cli: Cli) -> None:
    listed = [row["name"] for row in rows_of_csv(cli("ask", "--format", "csv").out)]
    assert listed == [name for name in QuestionLibrary(folder("queries")) if "/" not in name]


def test_ask_takes_parameters_with_blanks_and_equals_signs(cli: Cli) -> None:
    """Umeå's contract, section 5.4: of the six joint commitments all but number 5."""
    said = cli("ask", "cities-without-commitment", "commitment= 5 ", "--format", "csv")

    assert [row["city"] for row in rows_of_csv(said.out)] == ["Umeå"]
    assert cli("ask", "commitments-of-city", "city=Umeå kommun").code == 0
    assert "no city 'a=b'" in cli("ask", "commitments-of-city", "city=a=b").err


def test_an_answer_without_rows_says_that_this_is_not_no(cli: Cli) -> None:
    said = cli("ask", "cities-without-commitment", "commitment=6")
    assert said.code == 0 and "inte är detsamma som nej" in said.out
    english = cli("ask", "cities-without-commitment", "commitment=6", "--lang", "en")
    assert "not the same as no" in english.out


def test_sparql_from_a_file(cli: Cli, tmp_path: Path) -> None:
    query = tmp_path / "fråga.rq"
    query.write_text("\ufeffASK { ?s a klim:City }\n", encoding="utf-8")
    assert json.loads(cli("sparql", f"@{query}", "--format", "json").out)["rows"] == [
        {"answer": True, "sources": []}
    ]


def test_explain_a_thing_and_a_link(cli: Cli) -> None:
    assert "Umeå" in cli("explain", "Umeå").out
    assert cli("explain", UMEA) == cli("explain", "Umeå")
    assert json.loads(cli("explain", "Umeå", "--format", "json").out)
    said = cli("explain", "Umeå", "klim:adopted", "gemensamt åtagande 6", "--lang", "en")
    assert said.code == 0 and "Umeå has adopted joint commitment 6 · status · adopted" in said.out
    assert "Climate contract of Umeå, version 2025/26, section 5.4" in said.out


def test_coverage_adds_up(cli: Cli) -> None:
    """The edition 2025/26 has 48 municipalities, known or not."""
    rows = rows_of_csv(cli("coverage", "--format", "csv").out)
    assert len(rows) == 12
    for row in rows:
        assert int(row["known"]) + int(row["partly"]) + int(row["unknown"]) == 48
        assert row["total"] == "48"


@pytest.mark.parametrize("engine", ["pyshacl", "shacl"])
def test_validate_the_shipped_graph(cli: Cli, engine: str) -> None:
    said = cli("validate", "--engine", engine, "--format", "json")
    assert said.code == 0 and json.loads(said.out)["conforms"] is True


def test_validate_a_file_that_does_not_hold(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    file.write_text(
        "@prefix klim: <https://w3id.org/klimatgraph/ontology#> .\n"
        "<https://example.org/signature> a klim:Signature .\n",
        encoding="utf-8",
    )
    before = file.read_bytes()
    for format_ in ("table", "json", "csv", "md"):
        said = cli("validate", file, "--format", format_, "--lang", "en")
        assert said.code == 1 and said.err == ""
        assert "https://example.org/signature" in said.out
    assert file.read_bytes() == before and list(tmp_path.iterdir()) == [file]


def test_validate_with_shapes_of_ones_own(cli: Cli, tmp_path: Path) -> None:
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<urn:s> a sh:NodeShape ; sh:targetClass <urn:C> ;\n"
        "  sh:property <urn:s-p> . <urn:s-p> a sh:PropertyShape ; sh:path <urn:p> ;\n"
        '  sh:minCount 1 ; sh:message "p saknas"@sv, "p is missing"@en .\n',
        encoding="utf-8",
    )
    data.write_text("<urn:x> a <urn:C> .\n", encoding="utf-8")
    assert cli("validate", data, "--shapes", shapes).code == 1
    data.write_text("<urn:x> a <urn:C> ; <urn:p> 1 .\n", encoding="utf-8")
    assert cli("validate", data, "--shapes", shapes).code == 0


def test_cite_gives_section_span_and_digest(cli: Cli, tmp_path: Path) -> None:
    document = tmp_path / "kontrakt.txt"
    text = "1.\tMål\nStaden ska bli klimatneutral.\n"
    document.write_text(text, encoding="utf-8")
    said = cli("cite", document, "bli   KLIMATNEUTRAL")
    sentence = "Staden ska bli klimatneutral."
    start = text.index(sentence)
    place, span, length, digest = said.out.split("\n")[0].split()
    assert (place, span) == ("1/1", f"{start}-{start + len(sentence)}")
    assert length == str(len(sentence))
    assert digest == hashlib.sha256(sentence.encode()).hexdigest()
    assert said.out.split("\n")[1] == sentence


def test_show_writes_a_picture(cli: Cli, tmp_path: Path) -> None:
    place = tmp_path / "bild.html"
    said = cli("show", "Umeå", "--max-nodes", "20", "-o", place)
    assert (said.code, said.out, said.err) == (0, "", f"{place}\n")
    assert "Umeå" in place.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["ttl", "trig", "nt", "nq", "jsonld", "csv", "graphml", "gexf"])
def test_export(cli: Cli, tmp_path: Path, kind: str) -> None:
    place = tmp_path / f"graf.{kind}"
    assert cli("export", place).code == 0
    other = tmp_path / "graf"
    assert cli("export", other, "--as", kind).code == 0
    assert place.read_bytes() == other.read_bytes()


def test_an_export_read_back_is_the_graph(cli: Cli, tmp_path: Path, graph: kg.KlimatGraph) -> None:
    place = tmp_path / "graf.nq"
    cli("export", place)
    assert set(ox.parse(path=str(place))) == set(graph.engine.quads())


def test_reason(cli: Cli) -> None:
    said = cli("reason", "--lang", "en")
    assert said.code == 0 and said.out.startswith("consistent")


# -- verify --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def contract(corpus: Path) -> Path:
    return corpus / "klimatkontrakt" / "umea-2025-26.txt"


def cited(graph: kg.KlimatGraph) -> int:
    rows = graph.sparql("SELECT (COUNT(DISTINCT ?p) AS ?n) { ?p a klim:Passage }")
    return int(rows[0]["n"])


def outcomes(text: str) -> list[bool]:
    return [row["how"] != "missing" for row in rows_of_csv(text)]


def test_every_citation_is_found_in_the_contract(
    cli: Cli, graph: kg.KlimatGraph, contract: Path
) -> None:
    said = cli("verify", contract, "--lang", "en", "--format", "csv")
    assert said.code == 0
    assert outcomes(said.out) == [True] * cited(graph) and cited(graph) == 107
    assert "107 of 107" in cli("verify", contract, "--lang", "en").out


def test_a_copy_with_a_changed_word_fails_and_says_where(
    cli: Cli, contract: Path, tmp_path: Path
) -> None:
    """The heading above the first passage stands outside it; the passage has one word less."""
    copy = tmp_path / "kopia.txt"
    text = contract.read_text(encoding="utf-8")
    at = text.index("Klimatfrågan är vår tids")
    copy.write_text(text[:at] + text[at + len("Klimatfrågan ") :], encoding="utf-8")
    said = cli("verify", copy, "--lang", "en", "--format", "csv")
    assert said.code == 1 and said.err == ""
    missing = [row["passage"] for row in rows_of_csv(said.out) if row["how"] == "missing"]
    assert missing == ["1/1"]
    assert "1/1" in cli("verify", copy).out


def test_another_document_holds_none_of_it(cli: Cli, contract: Path, tmp_path: Path) -> None:
    other = tmp_path / "annat.txt"
    other.write_text("1.\tEtt annat kontrakt\nMed andra ord.\n", encoding="utf-8")
    said = cli("verify", other)
    assert said.code == 2 and said.err.startswith("klimatgraph: ") and said.out == ""
    source = "https://w3id.org/klimatgraph/id/document/klimatkontrakt-umea-2025-26"
    asked = cli("verify", other, "--source", source, "--format", "csv", "--lang", "en")
    assert asked.code == 1 and outcomes(asked.out) == [False] * 107


def printed(contract: Path, place: Path, style: str) -> Path:
    """Print the text of the contract as a PDF by a browser, one element a paragraph."""
    import html

    if CHROMIUM is None:
        if os.environ.get("KLIMATGRAPH_NO_SKIP"):
            pytest.fail("chromium is missing and nothing may be skipped")
        pytest.skip("chromium is not installed")
    blocks = re.split(r"\n\s*\n", contract.read_text(encoding="utf-8"))
    body = "".join(f"<p>{html.escape(block)}</p>" for block in blocks)
    page = place.with_suffix(".html")
    page.write_text(
        f"<!doctype html><html lang=sv><meta charset=utf-8><style>{style}</style>{body}",
        encoding="utf-8",
    )
    subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer",
         f"--user-data-dir={place.parent / 'profile'}", f"--print-to-pdf={place}",
         page.as_uri()],
        capture_output=True, check=True,
    )  # fmt: skip
    return place


def test_a_pdf_with_the_same_lines_holds_everything(
    cli: Cli, contract: Path, tmp_path: Path
) -> None:
    pdf = printed(
        contract, tmp_path / "kontrakt.pdf", "p { white-space: pre-line; font: 10pt serif }"
    )
    said = cli("verify", pdf, "--format", "csv", "--lang", "en")
    assert said.code == 0 and outcomes(said.out) == [True] * 107


def test_a_pdf_with_other_lines_holds_nearly_everything(
    cli: Cli, contract: Path, tmp_path: Path
) -> None:
    """Where a compound is broken at its own hyphen, nobody can tell it from a broken word."""
    pdf = printed(contract, tmp_path / "smalt.pdf", "p { width: 9cm; font: 11pt serif }")
    found = outcomes(cli("verify", pdf, "--format", "csv", "--lang", "en").out)
    assert len(found) == 107 and sum(found) >= 102
