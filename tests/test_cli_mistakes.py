"""The command line when the call is wrong: one line that helps, and nothing done."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import klimatgraph as kg

Cli = Callable[..., Any]
MISTAKES = [
    # names
    ("city", "Umea kommun…", "no city 'Umea kommun…': did you mean Umeå"),
    ("city", "Qqqqqq", "no city 'Qqqqqq'"),
    ("city", "", "no city ''"),
    ("city", 'Umeå" } DELETE {', "no city"),
    ("city", "Umeå\nLund", r"no city 'Umeå\\nLund'"),
    ("city", "{}}{{", "no city"),
    ("city", "Å" * 5000, "no city 'Å+…'"),
    ("city", "https://w3id.org/klimatgraph/id/agency/se/vinnova", "no city"),
    ("shared", "Umeå", "Malmo stad…", "no city 'Malmo stad…': did you mean Malmö"),
    ("shared", "Umeå", "umea", "same city is named twice"),
    ("shared", "--by", "commitmnt", "no kind of link 'commitmnt'"),
    ("shared", "--min-cities", "1", "2 or more"),
    ("explain", "Umeå\\", "no thing"),
    ("explain", "https://example.org/nothing", "no thing 'https://example.org/nothing'"),
    ("explain", "Umeå", "klim:adopted", "explain A PROPERTY B"),
    ("explain", "Umeå", "klim:adopted", "{commitment}/5", "no derived link"),
    ("explain", "Umeå", "klim:adopted", "gemensamt åtagande 5", "mean gemensamt åtagande 5"),
    ("explain", "Umeå", "nonsense", "gemensamt åtagande 6", "nonsense"),
    ("explain", "Umeå", "--format", "csv", "--format table or json"),
    ("show", "Umeå", "add -o picture.html"),
    ("show", "Umeå", "--hops", "9", "-o", "a.html", "use 1 to 4"),
    ("show", "Umeå", "--max-nodes", "0", "-o", "a.html", "1 or more"),
    ("show", "Umeaa", "-o", "a.html", r"no thing 'Umeaa': did you mean Umeå"),
    ("show", "Umeå", "-o", "a.png", "a page of HTML: write -o a.html"),
    ("show", "Umeå", "-o", "a.html", "--format", "json", "--format json is for rows"),
    ("export", "a.ttl", "--format", "csv", "--format csv is for rows"),
    ("export", "a.ttl", "-o", "b.ttl", "leave -o b.ttl out"),
    # questions
    ("ask", "cities-without-comitment", "did you mean cities-without-commitment"),
    ("ask", "../cli", "no question '../cli'"),
    ("ask", "cities-without-commitment", "comitment=5", "did you mean commitment"),
    ("ask", "cities-without-commitment", "commitment", "'commitment' has no value"),
    ("ask", "cities-without-commitment", "commitment=five", "'five' is no integer"),
    ("ask", "cities-without-commitment", "commitment=5.5", "'5.5' is no integer"),
    ("ask", "cities-without-commitment", "commitment=5 } UNION { ?s ?p ?o", "is no integer"),
    ("ask", "cities-without-commitment", "commitment=5", "commitment=6", "given twice"),
    ("ask", "cities-without-commitment", "lang=en", "--lang en"),
    ("ask", "cities-without-commitment", "engine=x", "no parameter 'engine'"),
    ("ask", "cities-without-commitment", "question=x", "no parameter 'question'"),
    ("ask", "cities-without-commitment", "self=x", "no parameter 'self'"),
    ("ask", "commitments-of-city", "city=Umea stad…", "no city 'Umea stad…'"),
    # SPARQL that is none; line and column counted by hand
    ("sparql", "", "line 1, column 1: it is empty"),
    ("sparql", "SELECT ?s { ?s a klim:City ", "line 1, column 11: this '{' is never closed"),
    ("sparql", "SELEKT ?s { ?s a klim:City }", "line 1, column 1: .*did you mean SELECT"),
    ("sparql", "SELECT ?s { ?s a klim:City } ORDER ?s", "line 1, column 30: found 'ORDER'"),
    ("sparql", "SELECT ?s {\n  ?s a klim:City ) }", "line 2, column 18: .*line 1, column 11"),
    ("sparql", "SELECT ?s {\n?s a klim:City .\n ?s rdfs:label ?l . FILTR(?l) }",
     "line 3, column 21: .*did you mean FILTER"),
    ("sparql", "SELECT ?s { ?s a other:City }", "line 1, column 18: the prefix 'other:'"),
    ("sparql", "SELECT ?s {\n ?s a klim:City ; rdfs:label \"abc }", "line 2, column 30: a string"),
    ("sparql", "SELECT ?s ?l { ?s a klim:City } GROUP BY ?s", "GROUP BY nor inside an aggregate"),
    ("sparql", "SELECT ('\udcff' AS ?x) {}", "line 1, column 10: bytes that are no UTF-8"),
    ("sparql", "SELECT * {" + "{" * 5000, "nests brackets deeper than"),
    ("sparql", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "use SELECT or ASK"),
    ("sparql", "DESCRIBE <https://w3id.org/klimatgraph/id/city/se/umea>", "use SELECT or ASK"),
    # SPARQL that would do more than read
    ("sparql", "INSERT DATA { <urn:a> <urn:b> <urn:c> }", "INSERT at line 1, column 1"),
    ("sparql", "DELETE WHERE { ?s ?p ?o }", "DELETE at line 1, column 1"),
    ("sparql", "ASK {} ;\nDROP ALL", "DROP at line 2, column 1"),
    ("sparql", "CLEAR ALL", "CLEAR"),
    ("sparql", "LOAD <{web}/x>", "LOAD at line 1, column 1"),
    ("sparql", "LOAD <file:///etc/hostname>", "LOAD"),
    ("sparql", "SELECT * { SERVICE <{web}/x> { ?s ?p ?o } }", "SERVICE at line 1, column 12"),
    ("sparql", "SELECT * {\n service silent <{web}/x> { ?s ?p ?o } }", "line 2, column 2"),
    ("sparql", "SELECT * FROM <{web}/x> { ?s ?p ?o }", "no graph <{web}/x> .* none is fetched"),
    ("sparql", "SELECT * FROM NAMED <{web}/x> { GRAPH ?g { ?s ?p ?o } }", "none is fetched"),
    ("sparql", "ASK FROM <file:///etc/hostname> { ?s ?p ?o }", "none is fetched"),
    ("sparql", "ASK {}", "--timeout", "0", "positive number of seconds"),
    ("sparql", "ASK {}", "--timeout", "-1", "positive number of seconds"),
    ("sparql", "SELECT * {}", "--timeout", "nan", "positive number of seconds"),
    ("sparql", "@missing.rq", "cannot read missing.rq"),
    ("sparql", "@folder.ttl", "cannot read folder.ttl"),
    ("sparql", "@huge.ttl", "huge.ttl is larger than"),
    ("sparql", "@binary.ttl", "binary.ttl is not UTF-8"),
    # RDF files
    ("validate", "missing.ttl", "missing.ttl: there is no such file"),
    ("validate", "folder.ttl", "folder.ttl: this is a folder"),
    ("validate", "empty.ttl", "empty.ttl: the file is empty"),
    ("validate", "huge.ttl", r"huge.ttl: \d+ bytes, more than the limit"),
    ("validate", "binary.ttl", "binary.ttl:?1?: this is no text"),
    ("validate", "prose.ttl", "prose.ttl:1: "),
    ("validate", "broken.ttl", "broken.ttl:3: "),
    ("validate", "good.ttl", "broken.ttl", "broken.ttl:3: "),
    ("validate", "data.docx", "unknown suffix '.docx'"),
    ("validate", "remote.jsonld", "nothing is fetched"),
    ("validate", "entity.rdf", "entity.rdf:1: an entity from outside"),
    ("validate", "plain.txt/a.ttl", "plain.txt/a.ttl: "),
    ("validate", "good.ttl", "--shapes", "broken.ttl", "broken.ttl:3: "),
    ("validate", "good.ttl", "--shapes", "good.ttl", "holds no shapes"),
    ("validate", "good.ttl", "--store", "folder.ttl", "files and --store at once"),
    ("validate", "--engine", "rdflib", "no SHACL engine 'rdflib'"),
    # documents
    ("verify", "missing.pdf", "missing.pdf does not exist"),
    ("verify", "folder.ttl", "folder.ttl is a folder"),
    ("verify", "empty.txt", "empty.txt is empty"),
    ("verify", "huge.txt", r"huge.txt has \d+ bytes, more than"),
    ("verify", "binary.txt", "binary.txt is not "),
    ("verify", "data.docx", "data.docx is of no kind that can be read"),
    ("verify", "prose.pdf", "prose.pdf is not a readable PDF"),
    ("verify", "plain.txt", "plain.txt holds next to nothing"),
    ("verify", "plain.txt", "--source", "nonsense", "'nonsense' is no IRI"),
    ("verify", "plain.txt", "--source", "urn:x", "cites no passage of urn:x"),
    ("cite", "plain.txt", "ord som saknas", "no passage of plain.txt holds 'ord som saknas'"),
    ("cite", "plain.txt", " ", "no words to look for"),
    # places to write to
    ("info", "-o", "no-such-folder/a.csv", "cannot write no-such-folder/a.csv"),
    ("info", "-o", "plain.txt/a.csv", "cannot write plain.txt/a.csv"),
    ("info", "-o", "folder.ttl", "folder.ttl"),
    ("show", "Umeå", "-o", "no-such-folder/a.html", "cannot write"),
    ("export", "no-such-folder/a.ttl", "cannot write"),
    ("export", "folder.ttl", "cannot write folder.ttl"),
    ("export", "a.docx", "no export format 'docx'"),
    ("export", "a.ttl", "--as", "docx", "no export format 'docx'"),
    ("export", "a.ttl", "-o", "b.ttl", "leave -o b.ttl out"),
    ("export", "a.ttl", "--format", "csv", "--format csv is for rows"),
    ("show", "Umeå", "-o", "a.png", "write -o a.html"),
    ("show", "Umeå", "-o", "a.html", "--format", "json", "--format json is for rows"),
    ("export", "without-ending", "no export format ''"),
    # stores
    ("info", "--store", "no-such-folder", "no store at no-such-folder"),
    ("info", "--store", "plain.txt", "plain.txt is a file, not a store"),
    ("info", "--store", "crowd", "crowd holds other files, no store"),
    ("info", "--store", "http://127.0.0.1:9/sparql", "http://127.0.0.1:9/sparql cannot be reached"),
    ("info", "--store", "http://", "is no address of a SPARQL server"),
    ("info", "--store", "{web}/sparql", "{web}/sparql"),
    # usage
    ("bogus", "No such command 'bogus'"),
    ("--bogus", "No such option"),
    ("ask", "--bogus", "No such option"),
    ("city", "Missing argument 'NAME'"),
    ("city", "Umeå", "Lund", "unexpected extra argument"),
    ("verify", "Missing argument"),
    ("info", "--format", "xml", "'xml' is not one of"),
    ("info", "--lang", "de", "'de' is not one of"),
    ("shared", "--min-cities", "many", "'many' is not a valid integer"),
    ("build", "--root", "crowd", "crowd is not a checkout"),
    ("build", "--root", "plain.txt", "plain.txt"),
]  # fmt: skip


@dataclass
class Place:
    """A folder with all kinds of wrong files, and how it looked at first."""

    folder: Path

    def __post_init__(self) -> None:
        self.first = self.look()

    def look(self) -> dict[str, int]:
        """Name and time of change of everything in the folder."""
        return {
            str(path.relative_to(self.folder)): path.stat().st_mtime_ns
            for path in sorted(self.folder.rglob("*"))
        }


@pytest.fixture(scope="module")
def wrong_files(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("wrong")
    texts = {
        "good.ttl": "<urn:a> a <urn:B> .\n",
        "broken.ttl": "<urn:a> a <urn:B> .\n<urn:b> a <urn:B> .\n<urn:c> <urn:p> a b .\n# end\n",
        "prose.ttl": "Detta är prosa.\n",
        "prose.pdf": "%PDF-1.7 men resten är prosa\n",
        "empty.ttl": "",
        "empty.txt": "",
        "plain.txt": "1.\tMål\nEn enda mening.\n",
        "data.docx": "PK",
        "entity.rdf": '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r>&x;</r>\n',
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name in ("binary.ttl", "binary.txt"):
        (folder / name).write_bytes(bytes(range(256)) * 4)
    for name in ("huge.ttl", "huge.txt"):
        with (folder / name).open("wb") as file:
            file.truncate(3_000_000_000)  # a hole: takes no room on the disk
    (folder / "folder.ttl").mkdir()
    (folder / "crowd").mkdir()
    (folder / "crowd" / "a.txt").write_text("a", encoding="utf-8")
    return Place(folder)


@pytest.mark.parametrize("call", MISTAKES, ids=lambda call: " ".join(call[:-1])[:60].encode(
    "ascii", "backslashreplace").decode())  # fmt: skip
def test_a_mistake_is_one_line_and_does_nothing(
    cli: Cli, wrong_files: Place, web: Any, monkeypatch: pytest.MonkeyPatch, call: tuple[str, ...]
) -> None:
    monkeypatch.chdir(wrong_files.folder)
    remote = {"@context": f"{web.address}/context", "@id": "urn:a", "urn:p": 1}
    (wrong_files.folder / "remote.jsonld").write_text(json.dumps(remote), encoding="utf-8")
    before = wrong_files.look()
    commitment = "https://w3id.org/klimatgraph/id/commitment/klimatkontrakt/2025-26"
    *arguments, pattern = (
        part.replace("{web}", web.address).replace("{commitment}", commitment) for part in call
    )
    said = cli(*arguments)
    assert said.code == 2
    assert said.out == ""
    assert said.err.startswith("klimatgraph: ") and said.err.endswith("\n")
    assert said.err.count("\n") == 1 and len(said.err) < 1000
    assert re.search(pattern, said.err), said.err
    assert "Traceback" not in said.err
    assert wrong_files.look() == before
    if "/sparql" not in call[-1]:
        assert web.visits == []


def test_a_failed_output_leaves_the_old_file(cli: Cli, tmp_path: Path) -> None:
    place = tmp_path / "a.csv"
    place.write_text("old", encoding="utf-8")
    assert cli("city", "Umeaa", "-o", place).code == 2
    assert place.read_text(encoding="utf-8") == "old" and list(tmp_path.iterdir()) == [place]


def test_what_may_not_be_read_or_written(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may read and write everything, so the refusal of the system is acted out."""
    secret = tmp_path / "secret.ttl"
    secret.write_text("<urn:a> a <urn:B> .\n", encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", refuse)
        patched.setattr(Path, "read_bytes", refuse)
        said = cli("validate", secret)
        assert said.code == 2 and said.err.count("\n") == 1 and "secret.ttl" in said.err
    with monkeypatch.context() as patched:
        patched.setattr("klimatgraph.files.tempfile.mkstemp", refuse)
        said = cli("info", "-o", tmp_path / "a.csv")
        assert said.code == 2 and said.err.count("\n") == 1 and "a.csv" in said.err
    assert not (tmp_path / "a.csv").exists()


def test_a_locked_store_is_told(tmp_path: Path) -> None:
    place = tmp_path / "store"
    with kg.open(place, create=True), pytest.raises(kg.StoreLocked):
        kg.open(place)


def test_a_broken_question_file_is_named(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.rq").write_text("# ---\n# tags = [\n# ---\n", encoding="utf-8")
    monkeypatch.setattr("klimatgraph.graph.folder", lambda name: tmp_path)
    said = cli("ask", "broken")
    assert said.code == 2 and "broken.rq" in said.err and said.err.count("\n") == 1
