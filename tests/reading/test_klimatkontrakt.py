"""The reader on whole contracts: real, invented, and none."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

import klimatgraph as kg
from benchmarks import reading as benchmark
from benchmarks.agreement import Score, compare, expectations
from klimatgraph.errors import DocumentError, UnknownName
from klimatgraph.proposals.model import Proposal
from klimatgraph.reading import read
from klimatgraph.reading.facts import KINDS
from klimatgraph.reading.klimatkontrakt import read_contract

FIXTURES = benchmark.FIXTURES
DOCUMENTS = sorted(
    path for path in FIXTURES.iterdir()
    if path.suffix in (".txt", ".md", ".pdf") and path.with_suffix(".toml").exists()
)  # fmt: skip
FACTS = [kind for kind in KINDS if kind != "mention"]


def total(scores: dict[str, Score]) -> Score:
    whole = Score()
    for score in scores.values():
        whole.add(score)
    return whole


def test_there_are_six_cities_and_both_languages_and_forms() -> None:
    assert len({path.stem for path in DOCUMENTS}) >= 6
    assert {path.suffix for path in DOCUMENTS} == {".txt", ".md", ".pdf"}
    assert any("-en" in path.stem for path in DOCUMENTS)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_an_invented_contract_is_read_as_its_writer_expects(
    graph: kg.KlimatGraph, document: Path
) -> None:
    expected = expectations(document.with_suffix(".toml"))
    scores = compare(benchmark.found(graph.read(document)), expected, FACTS)
    for kind, score in scores.items():
        assert score.precision >= 0.95, (kind, score.wrong)
        assert score.recall >= 0.95, (kind, score.missed)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_name_of_a_labelled_passage_is_found_and_no_other(
    graph: kg.KlimatGraph, document: Path
) -> None:
    labelled = tomllib.loads(document.with_suffix(".toml").read_text(encoding="utf-8"))
    reading = read_contract(document, graph.engine, gazetteer=graph.gazetteer)
    for row in labelled.get("mention-passage", []):
        quote = "".join(row["quote"].split()).casefold()
        passages = [
            p for p in reading.document.passages if quote in "".join(p.text.split()).casefold()
        ]
        assert passages, row["quote"]
        named = {
            c.fact["thing"]
            for c in reading.candidates
            if c.fact.kind == "mention" and c.passages[0] in passages
        }
        assert named == set(row["things"]), row["quote"]


def test_umea_against_the_graph_made_by_hand(graph: kg.KlimatGraph, corpus: Path) -> None:
    document = corpus / "klimatkontrakt" / "umea-2025-26.txt"
    for kind, score in benchmark.against_the_graph(graph, document).items():
        assert score.precision >= 0.95, (kind, score.wrong)
        assert score.recall >= 0.95, (kind, score.missed)


def test_umeas_names_against_those_labelled_by_hand(graph: kg.KlimatGraph, corpus: Path) -> None:
    score = benchmark.mentions(graph, corpus / "klimatkontrakt" / "umea-2025-26.txt")
    assert score.precision >= 0.95, score.wrong
    assert score.recall >= 0.95, score.missed


def strings_of(module: Path) -> list[str]:
    """What a module's code says in strings, docstrings aside."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]


def test_no_rule_knows_the_city_of_the_gold_standard() -> None:
    source = Path(kg.__file__).parent
    for module in [*(source / "reading").rglob("*.py"), *(source / "proposals").rglob("*.py")]:
        for said in strings_of(module):
            assert not re.search("umeå|umea", said, re.IGNORECASE), (module, said)


def test_the_same_document_gives_the_same_bytes(graph: kg.KlimatGraph) -> None:
    first, second = (
        Proposal.of(read_contract(FIXTURES / "malmo-2025-26.md", graph.engine)).to_json()
        for _ in range(2)
    )
    assert first == second


def test_text_and_pdf_of_a_contract_say_the_same(graph: kg.KlimatGraph) -> None:
    text, pdf = (
        {
            str(c.fact)
            for c in read_contract(FIXTURES / f"lund-2025-26{ending}", graph.engine).candidates
            if c.fact.kind in ("adoption", "target", "emission", "estimate", "party")
        }
        for ending in (".txt", ".pdf")
    )
    assert text == pdf


def test_passages_of_a_pdf_have_pages(graph: kg.KlimatGraph) -> None:
    reading = read_contract(FIXTURES / "lund-2025-26.pdf", graph.engine)
    assert all(p.page for c in reading.candidates for p in c.passages)


# -- what is no contract, or not enough of one ---------------------------------------


def test_a_city_that_is_not_known(graph: kg.KlimatGraph) -> None:
    with pytest.raises(DocumentError, match="a contract of Grönköping, a city that the graph does"):
        read_contract(FIXTURES / "gronkoping-2025-26.txt", graph.engine)


def test_the_city_may_be_said(graph: kg.KlimatGraph) -> None:
    reading = read_contract(FIXTURES / "gronkoping-2025-26.txt", graph.engine, city="1281")
    assert reading.city == "city/se/lund"
    with pytest.raises(UnknownName):
        read_contract(FIXTURES / "gronkoping-2025-26.txt", graph.engine, city="Grönköping")


def test_a_budget_is_no_contract(graph: kg.KlimatGraph) -> None:
    with pytest.raises(DocumentError, match=r"does not look like a Klimatkontrakt: found \d of 7"):
        read_contract(FIXTURES / "budget.txt", graph.engine)


def test_an_edition_that_is_not_said(graph: kg.KlimatGraph, tmp_path: Path) -> None:
    path = tmp_path / "lund.txt"
    text = (FIXTURES / "lund-2025-26.txt").read_text(encoding="utf-8")
    path.write_text(text.replace("ersion 2025/26", "ersion nu"), encoding="utf-8")
    with pytest.raises(DocumentError, match="does not say which edition it is: add --edition"):
        read_contract(path, graph.engine)
    assert read_contract(path, graph.engine, edition="2027").edition == "2027"


def test_a_document_that_was_read_before(graph: kg.KlimatGraph) -> None:
    document = read(FIXTURES / "boras-2024.txt")
    assert read_contract(document, graph.engine).city == "city/se/boras"


def test_what_fits_no_edition_is_said(graph: kg.KlimatGraph) -> None:
    reading = read_contract(FIXTURES / "skelleftea-2023.txt", graph.engine)
    assert reading.unplaced, "the contract has a chapter of its own"
