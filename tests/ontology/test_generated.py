"""What is generated from the ontology is in step with it."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph

from klimatgraph.generate import context, declared_terms, files, vocabulary
from klimatgraph.terms import KLIM
from klimatgraph.vocabulary import KLIM as CONSTANTS


def test_files_are_what_the_ontology_gives(root):
    for path, text in files(root).items():
        assert path.read_text(encoding="utf-8") == text, f"run klimatgraph build: {path.name}"


def test_constants_name_every_term(terms):
    constants = {name for name in vars(CONSTANTS) if not name.startswith("_")}
    assert constants == {term.name for term in terms}
    for name in constants:
        assert getattr(CONSTANTS, name) == ox.NamedNode(KLIM + name)


def test_order_of_the_triples_does_not_matter(core):
    forwards = sorted(core.triples, key=str)
    backwards = forwards[::-1]
    assert vocabulary(declared_terms(forwards)) == vocabulary(declared_terms(backwards))
    assert context(declared_terms(forwards)) == context(declared_terms(backwards))


@pytest.fixture(scope="module")
def read(root):
    told = json.loads((root / "ontology" / "context.jsonld").read_text(encoding="utf-8"))

    def parse(document):
        return Graph().parse(data=json.dumps(told | document), format="json-ld")

    return parse


def test_context_reads_a_document(read):
    graph = read({
        "id": "https://w3id.org/klimatgraph/id/city/se/umea",
        "type": "Municipality",
        "label": {"sv": "Umeå", "en": "Umeå"},
        "municipalityCode": "2480",
        "location": "https://w3id.org/klimatgraph/id/organisation/se/region-vasterbotten",
    })  # fmt: skip
    assert {tuple(term.n3() for term in triple) for triple in graph} == {
        (UMEA, RDF_TYPE, f"<{KLIM}Municipality>"),
        (UMEA, LABEL, '"Umeå"@sv'),
        (UMEA, LABEL, '"Umeå"@en'),
        (UMEA, f"<{KLIM}municipalityCode>", '"2480"'),
        (
            UMEA,
            f"<{KLIM}location>",
            "<https://w3id.org/klimatgraph/id/organisation/se/region-vasterbotten>",
        ),
    }


UMEA = "<https://w3id.org/klimatgraph/id/city/se/umea>"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"


def test_context_types_numbers_and_years(read):
    graph = read({"id": "urn:x", "value": "7.7", "year": "2025", "number": "6"})
    values = {str(p).removeprefix(KLIM): o for _, p, o in graph}
    assert str(values["value"].datatype).endswith("#decimal")
    assert str(values["year"].datatype).endswith("#gYear")
    assert values["number"].datatype is None


def test_context_covers_every_property(root, terms):
    told = json.loads((root / "ontology" / "context.jsonld").read_text(encoding="utf-8"))
    entries = told["@context"]
    for term in terms:
        entry = entries[term.name]
        iri = entry if isinstance(entry, str) else entry["@id"]
        assert iri == f"klim:{term.name}"
        linked = isinstance(entry, dict) and entry.get("@type") == "@id"
        assert linked == (term.kind == "ObjectProperty")


def test_context_needs_no_network(root):
    text = (root / "ontology" / "context.jsonld").read_text(encoding="utf-8")
    assert "@import" not in text
    # parsing an empty document with it reaches for nothing
    assert len(Dataset().parse(data=text, format="json-ld")) == 0
