"""Check 19: competency questions, and how much of the ontology they reach.

That each gives its golden rows, on every engine, is tested in tests/questions.
"""

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
    list(solutions)  # and runs to the end
    visible = [v for v in variables if not v.startswith("source") and not v.endswith("Label")]
    assert list(told["columns"]) == visible
    for column in told["columns"].values():
        assert column["sv"] and column["en"]
    for name, parameter in told.get("parameters", {}).items():
        assert parameter["sv"] and parameter["en"] and parameter["type"]
        assert re.search(rf"^\s*VALUES \?{name} \{{ .* \}}\s*$", text, re.MULTILINE), name
    # the vocabulary itself has no source but us; all else does
    assert any(v.startswith("source") for v in variables) or {"theme", "vocabulary"} & set(
        told["tags"]
    )
    # golden rows: worked out from the sources, with the place where; tests/questions runs them
    assert told["expect"], "no expected rows"
    for expected in told["expect"]:
        assert expected["basis"].strip()
        assert expected.get("rows") or "count" in expected


def test_19_terms_covered(data, core, terms):
    """Of what occurs in the shipped data, the questions reach nearly all.

    A class is reached when a question names it, or a class above it (whose instances are then
    asked for by the hierarchy), or one below it.
    """
    used = {t.predicate for t in data.triples}
    used |= {t.object for t in data.triples if t.predicate == expand("rdf:type")}
    in_data = {
        iri for iri in used if isinstance(iri, ox.NamedNode) and iri.value.startswith(KLIM)
    } - core.instances("owl:AnnotationProperty")
    assert in_data <= {ox.NamedNode(KLIM + term.name) for term in terms}
    text = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.rq"))
    asked = {ox.NamedNode(KLIM + name) for name in re.findall(r"\bklim:([A-Za-z]\w*)", text)}
    reached = asked | {
        node
        for node in core.instances("owl:Class")
        if (above(core, node) & asked) or any(node in above(core, other) for other in asked)
    }
    missed = sorted(iri.value.removeprefix(KLIM) for iri in in_data - reached)
    assert len(in_data & reached) / len(in_data) >= 0.95, f"no question asks about {missed}"


def above(core, node):
    """Give the classes above a class."""
    found = set()
    waiting = [node]
    while waiting:
        for parent in core.values(waiting.pop(), "rdfs:subClassOf"):
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found
