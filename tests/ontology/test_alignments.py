"""The alignments: well formed, and each target is a term of its vocabulary."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCTERMS, FOAF, ODRL2, ORG, PROV, QB, SDO, SKOS

from klimatgraph.terms import ID, KLIM

FILE = Path(__file__).resolve().parents[2] / "ontology" / "alignments.sssom.tsv"
COLUMNS = ["subject_id", "subject_label", "predicate_id", "object_id", "object_label",
           "mapping_justification", "comment"]  # fmt: skip
PREDICATES = {f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")}
# Vocabularies whose terms rdflib knows by name.
CLOSED = {"dcterms": DCTERMS, "foaf": FOAF, "odrl": ODRL2, "org": ORG, "prov": PROV, "qb": QB,
          "schema": SDO, "skos": SKOS}  # fmt: skip
# Vocabularies whose own files are saved in the folder open-data.
SAVED = {
    "cids": ["cids.ttl"],
    "cpov": ["cpov-2.1.1.ttl"],
    "fibo-agr": ["fibo_Agreements.rdf"],
    "fibo-ctr": ["fibo_Contracts.rdf"],
    "oeo": ["oeo-social.omn"],
    "sdg": ["un_sdgs-ontology.ttl", "un_sdg-kos-goals-targets-indicators.ttl"],
}
# Terms of the Web Annotation vocabulary that are used, as declared in its oa.ttl
# (github.com/w3c/web-annotation, admin/ns/oa.ttl).
WEB_ANNOTATION = {"SpecificResource", "hasSource", "start", "end"}


def read():
    lines = FILE.read_text(encoding="utf-8").splitlines()
    head = [line[1:] for line in lines if line.startswith("#")]
    rows = list(csv.DictReader(
        (line for line in lines if not line.startswith("#")), delimiter="\t"
    ))  # fmt: skip
    metadata = dict(line.split(": ", 1) for line in head if not line.startswith(" ")
                    and ": " in line)  # fmt: skip
    prefixes = dict(line.strip().split(": ", 1) for line in head if line.startswith("  "))
    return metadata, prefixes, rows


METADATA, PREFIXES, ROWS = read()


def full(curie):
    prefix, _, local = curie.partition(":")
    return rdflib.URIRef(PREFIXES[prefix] + local)


def test_header():
    assert METADATA["mapping_set_id"].startswith("https://w3id.org/klimatgraph/")
    assert METADATA["license"].startswith("https://creativecommons.org/")
    assert re.fullmatch(r"\d+\.\d+\.\d+", METADATA["mapping_set_version"])
    assert list(PREFIXES) == sorted(PREFIXES)
    used = {
        row[c].partition(":")[0]
        for row in ROWS
        for c in ("subject_id", "predicate_id", "object_id", "mapping_justification")
    }
    assert used == set(PREFIXES)


def test_rows_are_well_formed():
    assert len(ROWS) > 100
    assert sorted(ROWS, key=lambda row: [row[c] for c in COLUMNS]) == ROWS
    for row in ROWS:
        assert list(row) == COLUMNS
        assert row["predicate_id"] in PREDICATES
        assert row["mapping_justification"] == "semapv:ManualMappingCuration"
        assert str(full(row["subject_id"])).startswith((KLIM, ID))
        assert not str(full(row["object_id"])).startswith((KLIM, ID))
        assert row["object_label"]


def test_each_pair_once():
    pairs = Counter((row["subject_id"], row["object_id"]) for row in ROWS)
    assert [pair for pair, n in pairs.items() if n > 1] == []


def test_one_exact_match_a_vocabulary():
    exact = Counter(
        (row["subject_id"], row["object_id"].partition(":")[0])
        for row in ROWS
        if row["predicate_id"] == "skos:exactMatch"
    )
    assert all(n == 1 for n in exact.values())


def test_subjects_are_ours(core, concepts):
    for row in ROWS:
        node = full(row["subject_id"])
        labels = {
            t.object.value
            for graph in (core, concepts)
            for t in graph.triples
            if t.subject.value == str(node)
            and t.predicate.value == str(rdflib.RDFS.label)
            and t.object.language == "en"
        }
        assert labels == {row["subject_label"]}, node


def test_what_the_core_builds_on_is_aligned(core):
    """A subclass or subproperty of a foreign term is a broad match in the table."""
    told = {
        (str(full(r["subject_id"])), str(full(r["object_id"])))
        for r in ROWS
        if r["predicate_id"] == "skos:broadMatch"
    }
    for triple in core.triples:
        if triple.predicate.value in (str(rdflib.RDFS.subClassOf), str(rdflib.RDFS.subPropertyOf)):
            above = triple.object.value
            if not above.startswith(KLIM):
                assert (triple.subject.value, above) in told, triple


@pytest.mark.parametrize("prefix", sorted(CLOSED))
def test_targets_that_rdflib_knows(prefix):
    namespace = CLOSED[prefix]
    assert PREFIXES[prefix] == str(namespace._NS)
    for row in ROWS:
        vocabulary, _, local = row["object_id"].partition(":")
        if vocabulary == prefix:
            assert local in namespace.__annotations__, row["object_id"]


def test_web_annotation_targets():
    used = {
        row["object_id"].partition(":")[2] for row in ROWS if row["object_id"].startswith("oa:")
    }
    assert used == WEB_ANNOTATION


@pytest.mark.parametrize("prefix", sorted(SAVED))
def test_targets_in_their_own_files(research, prefix):
    targets = {
        full(row["object_id"]) for row in ROWS if row["object_id"].partition(":")[0] == prefix
    }
    assert targets
    declared = set()
    for name in SAVED[prefix]:
        path = research / "open-data" / name
        if path.suffix == ".omn":
            # Manchester syntax, its default prefix
            text = path.read_text(encoding="utf-8")
            declared |= {
                rdflib.URIRef(PREFIXES[prefix] + local)
                for local in re.findall(r"^(?:Class|ObjectProperty): (\w+)$", text, re.MULTILINE)
            }
        else:
            graph = rdflib.Graph().parse(path, format="xml" if path.suffix == ".rdf" else "turtle")
            declared |= set(graph.subjects(rdflib.RDF.type, None))
    assert sorted(targets - declared) == []


def test_no_vocabulary_goes_unchecked():
    used = {row["object_id"].partition(":")[0] for row in ROWS}
    assert used <= set(CLOSED) | set(SAVED) | {"oa"}
