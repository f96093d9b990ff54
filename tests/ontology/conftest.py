"""What the twenty checks look at: the ontology, what uses it, and the saved vocabularies."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from klimatgraph import canonical
from klimatgraph.generate import DeclaredTerm, declared_terms
from klimatgraph.terms import KLIM, expand

ROOT = Path(__file__).resolve().parents[2]
RESEARCH = ROOT.parent / "shared" / "research"

TERM_IN_TEXT = re.compile(r"(?:\bklim:|https://w3id\.org/klimatgraph/ontology#)([A-Za-z]\w*)")
TERM_IN_PYTHON = re.compile(
    r"(?:\bklim:|ontology#|\{_?KLIM\}|\bKLIM \+ [\"']|\bKLIM\.)(?![A-Z]+\b)([A-Za-z]\w*)"
)


class Graph:
    """Triples with the look-ups that the checks need."""

    def __init__(self, triples: Iterable[ox.Quad | ox.Triple]) -> None:
        self.triples = {ox.Triple(t.subject, t.predicate, t.object) for t in triples}
        self._values: dict[tuple[object, str], list[object]] = defaultdict(list)
        for triple in sorted(self.triples, key=str):
            self._values[triple.subject, triple.predicate.value].append(triple.object)

    def values(self, subject: object, predicate: str) -> list:
        """Give the objects of a subject and a predicate, the latter as a compact IRI."""
        return self._values.get((subject, expand(predicate).value), [])

    def texts(self, subject: object, predicate: str, lang: str) -> list[str]:
        """Give the texts in one language."""
        return [v.value for v in self.values(subject, predicate) if v.language == lang]

    def subjects(self, predicate: str, value: object) -> set:
        """Give the subjects that have the value."""
        wanted = expand(predicate)
        return {t.subject for t in self.triples if t.predicate == wanted and t.object == value}

    def instances(self, kind: str) -> set:
        """Give what is stated to be of a class."""
        return self.subjects("rdf:type", expand(kind))


def parse(*paths: Path) -> list[ox.Quad]:
    return [quad for path in paths for quad in canonical.parse(path)]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def research() -> Path:
    """The folder of saved vocabulary files, beside the checkout."""
    if not RESEARCH.is_dir():
        if os.environ.get("KLIMATGRAPH_NO_SKIP") == "1":
            pytest.fail(f"{RESEARCH.name} is missing and skipping is forbidden")
        pytest.skip("the saved vocabulary files are not here")
    return RESEARCH


@pytest.fixture(scope="session")
def core() -> Graph:
    """The core ontology."""
    return Graph(parse(ROOT / "ontology" / "klimatgraph.ttl"))


@pytest.fixture(scope="session")
def dl() -> Graph:
    """The logic module."""
    return Graph(parse(ROOT / "ontology" / "klimatgraph-dl.ttl"))


@pytest.fixture(scope="session")
def concepts() -> Graph:
    """The closed lists and the themes."""
    return Graph(parse(ROOT / "ontology" / "codes.ttl", ROOT / "ontology" / "themes.ttl"))


@pytest.fixture(scope="session")
def terms(core: Graph) -> list[DeclaredTerm]:
    """The classes and properties that the core declares."""
    return declared_terms(core.triples)


@pytest.fixture(scope="session")
def nodes(terms: list[DeclaredTerm]) -> list[ox.NamedNode]:
    """The same, as IRIs."""
    return [ox.NamedNode(KLIM + term.name) for term in terms]


@pytest.fixture(scope="session")
def valid() -> Graph:
    """The examples that are as they should be, and the context that they refer to."""
    examples = ROOT / "ontology" / "examples"
    return Graph(parse(examples / "context.ttl", *sorted((examples / "valid").glob("*.ttl"))))


@pytest.fixture(scope="session")
def shapes() -> Graph:
    """The shapes."""
    return Graph(parse(*sorted((ROOT / "shapes").glob("*.ttl"))))


@pytest.fixture(scope="session")
def data() -> Graph:
    """The shipped data."""
    return Graph(parse(ROOT / "data" / "klimatgraph.trig"))


@pytest.fixture(scope="session")
def used_in() -> Callable[[str], dict[str, set[str]]]:
    """Give, for a kind of file, the klim: terms that each file uses."""

    def find(kind: str) -> dict[str, set[str]]:
        pattern = TERM_IN_PYTHON if kind == "src" else TERM_IN_TEXT
        return {
            str(path.relative_to(ROOT)): set(pattern.findall(path.read_text(encoding="utf-8")))
            for path in _files(kind)
        }

    return find


def _files(kind: str) -> list[Path]:
    places = {
        "shapes": [("shapes", "*.ttl")],
        "queries": [("queries", "**/*.rq"), ("ontology/rules", "*.rq")],
        "tables": [("data/tables", "*.rq")],
        "contracts": [("data/contracts", "*.trig")],
        "data": [("data", "*.trig")],
        "examples": [("ontology/examples", "**/*.ttl")],
        "src": [("src/klimatgraph", "**/*.py")],
    }
    return [
        path
        for folder, glob in places[kind]
        for path in sorted((ROOT / folder).glob(glob))
        # the constants name every term and so prove nothing
        if path.name != "vocabulary.py"
    ]
