"""Check 19: competency questions, and how much of the ontology they reach."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pyoxigraph as ox
import pytest

from klimatgraph.terms import KLIM, expand

FOLDER = Path(__file__).resolve().parents[2] / "queries"
FILES = sorted(FOLDER.glob("*.rq"))
FRONT = re.compile(r"\A# ---\n((?:#.*\n)*?)# ---\n")


def front(path):
    found = FRONT.match(path.read_text(encoding="utf-8"))
    assert found, f"{path.name} has no front matter"
    return tomllib.loads("\n".join(line[1:].lstrip(" ") for line in found[1].splitlines()))


@pytest.fixture(scope="module")
def store(data):
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in data.triples)
    return store


def test_19_there_are_questions():
    assert len(FILES) >= 20


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_19_competency_questions(path, store):
    told = front(path)
    for lang in ("sv", "en"):
        assert told["question"][lang].strip()
    text = path.read_text(encoding="utf-8")
    solutions = store.query(text, use_default_graph_as_union=True)
    variables = [variable.value for variable in solutions.variables]
    rows = list(solutions)
    visible = [v for v in variables if not v.startswith("source") and not v.endswith("Label")]
    assert list(told["columns"]) == visible
    for column in told["columns"].values():
        assert column["sv"] and column["en"]
    for name, parameter in told.get("parameters", {}).items():
        assert parameter["sv"] and parameter["en"] and parameter["type"]
        assert re.search(rf"^\s*VALUES \?{name} \{{ .* \}}\s*$", text, re.MULTILINE), name
    assert any(v.startswith("source") for v in variables) or not rows
    # golden rows: worked out from the sources, with the place where
    assert told["expect"], "no expected rows"
    for expected in told["expect"]:
        assert expected["basis"].strip()
        assert expected.get("rows") or "count" in expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_19_golden_rows(path, data):
    """Soundness and completeness: nothing but the expected rows where they are all, and all
    of them in any case."""
    from klimatgraph.questions import QuestionLibrary

    from klimatgraph.engines.oxigraph import OxigraphEngine

    engine = OxigraphEngine()
    graph = ox.NamedNode("https://w3id.org/klimatgraph/id/graph/test")
    engine.add(ox.Quad(t.subject, t.predicate, t.object, graph) for t in data.triples)
    library = QuestionLibrary(FOLDER)
    question = library[path.stem]
    for expected in front(path)["expect"]:
        rows = library.run(
            question, engine, expected.get("lang", "sv"), None, **expected.get("parameters", {})
        )
        names = list(front(path)["columns"])
        found = {tuple(_shown(row[name]) for name in names) for row in rows}
        wanted = {tuple(map(_shown, row)) for row in expected.get("rows", [])}
        assert wanted <= found
        if expected.get("complete"):
            assert found == wanted
        if "count" in expected:
            assert len(rows) == expected["count"]


def _shown(value):
    return "" if value is None else value if isinstance(value, int | float) else str(value)


def test_19_terms_covered(data, terms):
    in_data = {
        iri.value.removeprefix(KLIM)
        for triple in data.triples
        for iri in (
            triple.predicate,
            triple.object if triple.predicate == expand("rdf:type") else triple.predicate,
        )
        if isinstance(iri, ox.NamedNode) and iri.value.startswith(KLIM)
    }
    declared = {term.name for term in terms}
    assert in_data <= declared
    text = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.rq"))
    asked = set(re.findall(r"\bklim:([A-Za-z]\w*)", text))
    missed = sorted(in_data - asked)
    assert len(in_data & asked) / len(in_data) >= 0.95, f"no question asks about {missed}"
