"""Evidence: normal form and digest, passages in RDF, verifying a copy, explaining a node."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimatgraph.engines.oxigraph import OxigraphEngine
from klimatgraph.errors import DocumentError, ParameterError, UnknownName
from klimatgraph.evidence import (
    Check,
    as_rows,
    cite,
    digest,
    explain,
    normalise,
    passage_iri,
    passage_quads,
    sources,
    verify,
)
from klimatgraph.evidence.normalising import BULLETS, Normalised
from klimatgraph.reading import Document, read
from klimatgraph.terms import ID, KLIM, expand, thing

CONTRACT = """1.\tMål
Staden ska bli klimatneutral till år 2030 genom samverkan med många.

\t▪\tMinska bilresorna i centrum med en tredjedel.
\t▪\tBygga ut fjärrvärmen till alla stadsdelar
och hamnen.

2.\tPengar
Finansieringen sker med gröna obligationer och bidrag.

Bilaga 1 - Länkar
Se stadens webbplats.
"""
DOCUMENT = thing("document", "kontrakt-staden-2025")
GRAPH = thing("graph", "kontrakt-staden-2025")
OTHER = thing("document", "annat")


@pytest.fixture
def original(tmp_path: Path) -> Document:
    return read(write(tmp_path / "original.txt", CONTRACT))


@pytest.fixture
def engine(original: Document) -> OxigraphEngine:
    """A graph that cites every passage of the contract, and one of another document."""
    engine = OxigraphEngine()
    engine.add(passage_quads(original, DOCUMENT, GRAPH))
    engine.add(
        [
            ox.Quad(DOCUMENT, expand("rdf:type"), klim("SourceDocument"), GRAPH),
            ox.Quad(DOCUMENT, expand("rdfs:label"), ox.Literal("Kontrakt", language="sv"), GRAPH),
            ox.Quad(DOCUMENT, expand("rdfs:label"), ox.Literal("Contract", language="en"), GRAPH),
            ox.Quad(
                DOCUMENT,
                klim("address"),
                ox.Literal("https://example.org/k.pdf", datatype=expand("xsd:anyURI")),
                GRAPH,
            ),
            ox.Quad(passage_iri(OTHER, "1", 1), klim("document"), OTHER, GRAPH),
            ox.Quad(passage_iri(OTHER, "1", 1), klim("digest"), ox.Literal(digest("x")), GRAPH),
        ]
    )
    return engine


def klim(name: str) -> ox.NamedNode:
    return ox.NamedNode(KLIM + name)


def write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def outcome(checks: list[Check]) -> dict[str, str]:
    base = f"{ID}passage/kontrakt-staden-2025/"
    return {check.passage.value.removeprefix(base): check.how for check in checks}


# ---------------------------------------------------------------------------------- normal form


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("  a \t b\r\nc\u00a0d\u2009e\u3000f ", "a b c d e f"),
        ("\t▪\tMål", "Mål"),
        ("• – Mål – nu", "Mål – nu"),
        ("a • b", "a • b"),
        ("klimat\u00adomställning", "klimatomställning"),
        ("klimat\u00ad\n omställning", "klimatomställning"),
        ("a\u200bb\ufeff c\u2060", "ab c"),
        ("CO₂ ﬁnns ½", "CO2 finns 1⁄2"),
        (unicodedata.normalize("NFD", "Åtgärd för"), "Åtgärd för"),
        ("- a", "- a"),
        ("", ""),
        (" \u200b\u00ad ", ""),
    ],
)
def test_normal_form(text: str, normal: str) -> None:
    assert normalise(text) == normal


def test_the_digest_is_sha256_of_the_normal_form_in_utf8() -> None:
    assert digest("▪ Mål  2030") == hashlib.sha256("Mål 2030".encode()).hexdigest()


ANY = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("▪•– \u00ad\u200b\u0308a")))


@given(ANY)
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert once == once.strip()
    assert "  " not in once


@given(ANY)
def test_white_space_makes_no_difference(text: str) -> None:
    assert normalise(f"\n{text}\u00a0") == normalise(text)
    assert normalise(text.replace(" ", "\r\n\t")) == normalise(text)


@given(ANY)
def test_every_word_knows_where_it_came_from(text: str) -> None:
    copy = Normalised.of(text)
    at = 0
    for start, end in zip(copy.starts, copy.ends, strict=True):
        first, last = copy.original(start, end)
        assert at <= first < last <= len(text)
        at = first
        assert copy.text[start:end].strip(BULLETS) in Normalised.of(text[first:last]).text


# ------------------------------------------------------------------------------- passages in RDF


def test_passages_are_described_without_their_words(original: Document) -> None:
    quads = passage_quads(original, DOCUMENT, GRAPH)
    second = f"{ID}passage/kontrakt-staden-2025/1/2"
    said = {(q.predicate.value.split("#")[-1], str(q.object)) for q in quads
            if q.subject == ox.NamedNode(second)}  # fmt: skip
    words = "Minska bilresorna i centrum med en tredjedel."
    start = CONTRACT.index(words)
    integer = "<http://www.w3.org/2001/XMLSchema#integer>"
    assert said == {
        ("type", f"<{KLIM}Passage>"),
        ("label", '"Avsnitt 1, stycke 2"@sv'),
        ("label", '"Section 1, paragraph 2"@en'),
        ("document", str(DOCUMENT)),
        ("section", '"1"'),
        ("start", f'"{start}"^^{integer}'),
        ("end", f'"{start + len(words)}"^^{integer}'),
        ("length", f'"{len(words)}"^^{integer}'),
        ("digest", f'"{hashlib.sha256(words.encode()).hexdigest()}"'),
    }
    assert {q.graph_name for q in quads} == {GRAPH}
    labels = {str(q.object) for q in quads if q.predicate == expand("rdfs:label")}
    assert {'"Bilaga 1, stycke 1"@sv', '"Annex 1, paragraph 1"@en'} <= labels
    assert not any(q.subject.value.endswith("/0") for q in quads)  # type: ignore[union-attr]


def test_passages_can_be_chosen(original: Document) -> None:
    quads = passage_quads(original, DOCUMENT, GRAPH, which={("2", 1), ("1", 0)})
    assert {q.subject.value.split("2025/")[1] for q in quads} == {"2/1", "1/0"}  # type: ignore[union-attr]
    with pytest.raises(DocumentError, match="no passage 9"):
        passage_quads(original, DOCUMENT, GRAPH, which={("2", 9)})


@pytest.mark.parametrize("iri", ["https://example.org/a", f"{ID}document/", f"{ID}document/a/b"])
def test_only_documents_have_passages(iri: str) -> None:
    with pytest.raises(DocumentError, match="no IRI of a document"):
        passage_iri(ox.NamedNode(iri), "1", 1)


def test_words_are_found_whatever_their_spacing_and_case(original: Document) -> None:
    (found,) = cite(original, "alla  STADSDELAR\noch")
    assert (found.passage.section, found.passage.ordinal) == ("1", 3)
    assert found.digest == digest(found.passage.text)
    assert found.length == len("Bygga ut fjärrvärmen till alla stadsdelar och hamnen.")
    assert found.digest in str(found)
    assert cite(original, "kärnkraft") == []
    with pytest.raises(DocumentError, match="no words"):
        cite(original, " ▪ ")


# ------------------------------------------------------------------------------------- verifying


def test_the_same_file_has_everything_in_place(engine: OxigraphEngine, original: Document) -> None:
    checks = verify(original.path, engine)
    assert outcome(checks) == dict.fromkeys(("1/1", "1/2", "1/3", "2/1", "annex-1/1"), "in place")
    assert checks[2].excerpt == "Bygga ut fjärrvärmen till alla stadsdelar och hamnen."
    assert all(check.found and check.document == DOCUMENT for check in checks)


def test_other_line_ends_move_passages(engine: OxigraphEngine, tmp_path: Path) -> None:
    copy = write(tmp_path / "copy.txt", "\r\n\r\n" + CONTRACT.replace("\n", "\r\n"))
    checks = verify(copy, engine)
    assert set(outcome(checks).values()) == {"moved"}
    text = read(copy).text
    for check in checks:
        assert digest(text[check.start : check.end]) == digest(check.excerpt)


def test_passages_are_found_in_text_that_is_divided_otherwise(
    engine: OxigraphEngine, tmp_path: Path
) -> None:
    """One long line, bullets stuck to their words: only the words are the same."""
    flat = "Framsida " + " ".join(CONTRACT.split()).replace("▪ ", "•")
    checks = verify(write(tmp_path / "copy.txt", flat), engine)
    assert outcome(checks) == dict.fromkeys(("1/1", "1/2", "1/3", "2/1", "annex-1/1"), "within")
    by_passage = {check.passage.value[-3:]: check for check in checks}
    found = by_passage["1/2"]
    assert flat[found.start : found.end] == "•Minska bilresorna i centrum med en tredjedel."
    assert by_passage["2/1"].excerpt == "Finansieringen sker med gröna obligationer och bidrag."


def test_a_page_break_with_header_and_footer_inside_a_passage(
    engine: OxigraphEngine, tmp_path: Path
) -> None:
    pages = CONTRACT.replace("till år 2030 genom", "till år 2030\nsida 1\fStadens kontrakt\ngenom")
    pages = pages.replace("2.\tPengar", "sida 2\fStadens kontrakt\n2.\tPengar")
    pages = "Stadens kontrakt\n" + pages + "sida 3\n"
    checks = verify(write(tmp_path / "copy.txt", pages), engine)
    assert all(check.found for check in checks)
    assert checks[0].excerpt == (
        "Staden ska bli klimatneutral till år 2030 genom samverkan med många."
    )


def test_a_changed_word_is_a_missing_passage(engine: OxigraphEngine, tmp_path: Path) -> None:
    copy = write(tmp_path / "copy.txt", CONTRACT.replace("en tredjedel", "hälften"))
    checks = verify(copy, engine)
    assert outcome(checks) == {
        "1/1": "in place", "1/2": "missing", "1/3": "moved", "2/1": "moved", "annex-1/1": "moved",
    }  # fmt: skip
    lost = checks[1]
    assert (lost.found, lost.start, lost.end, lost.excerpt) == (False, None, None, "")


def test_a_file_is_known_by_its_checksum(engine: OxigraphEngine, tmp_path: Path) -> None:
    copy = write(tmp_path / "copy.txt", "Helt andra ord.")
    registered = ox.Literal(hashlib.sha256(copy.read_bytes()).hexdigest())
    engine.add([ox.Quad(DOCUMENT, klim("sha256"), registered, GRAPH)])
    assert set(outcome(verify(copy, engine)).values()) == {"missing"}


def test_a_file_that_shares_a_line_is_no_copy(engine: OxigraphEngine, tmp_path: Path) -> None:
    copy = write(tmp_path / "copy.txt", "1.\tAnnat\nSe stadens webbplats.\n\nNågot helt annat.")
    with pytest.raises(DocumentError, match="next to nothing"):
        verify(copy, engine)
    checks = verify(copy, engine, document=DOCUMENT.value)
    assert outcome(checks)["annex-1/1"] == "moved"
    assert sum(check.found for check in checks) == 1


@pytest.mark.parametrize(
    ("document", "says"),
    [(f"{ID}document/no", "cites no passage of"), ("not an iri", "is no IRI of a document")],
)
def test_a_wrong_document_is_told(
    engine: OxigraphEngine, original: Document, document: str, says: str
) -> None:
    with pytest.raises(DocumentError, match=says):
        verify(original.path, engine, document=document)


@given(st.data())
def test_every_window_of_the_right_words_is_found(data: st.DataObject) -> None:
    """Any stretch of words of a text is found in it by its digest, whatever stands around."""
    from klimatgraph.evidence.checking import _Cited, _windows

    words = data.draw(st.lists(st.sampled_from(["a", "bb", "•c", "dé", "–", "ee."]), min_size=1))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    text = normalise("\n ".join(words[first : last + 1]))
    if not text:
        return
    cited = _Cited(DOCUMENT, DOCUMENT, digest(text), "", None, len(text))
    copy = Normalised.of("  ".join(words))
    start, end = _windows(copy, [cited])[cited.digest]
    assert copy.text[start:end] == text


def test_checks_make_a_table(engine: OxigraphEngine, original: Document) -> None:
    rows = as_rows(verify(original.path, engine), "en")
    assert len(rows) == 5
    assert [str(row["passage"]) for row in rows] == ["1/1", "1/2", "1/3", "2/1", "annex-1/1"]
    assert rows[0]["how"] == "in place"
    assert rows[0]["sources"][0].iri == f"{ID}passage/kontrakt-staden-2025/1/1"


def test_every_citation_of_the_shipped_contract_holds(corpus: Path) -> None:
    """The digests in the data and the text of the contract are made apart; here they meet."""
    from klimatgraph import canonical
    from klimatgraph.resources import folder

    file = corpus / "klimatkontrakt" / "umea-2025-26.txt"
    quads = canonical.parse(folder("data") / "contracts" / "umea-2025-26.trig")
    engine = OxigraphEngine()
    engine.add(quads)
    checks = verify(file, engine)
    assert checks
    assert {check.how for check in checks} == {"in place"}
    cited = {q.object for q in quads if q.predicate == expand("prov:wasDerivedFrom")}
    prefix = f"{ID}passage/"
    checked = {check.passage for check in checks}
    assert {node for node in cited if node.value.startswith(prefix)} <= checked  # type: ignore[union-attr]


# ---------------------------------------------------------------------------------- explanations


@pytest.fixture
def adoption(engine: OxigraphEngine) -> str:
    """An inferred statement with two pieces of evidence, in a graph that has some vocabulary."""
    iri = f"{ID}adoption/x"
    engine.add(
        ox.parse(
            f"""
            @prefix klim: <{KLIM}> .
            @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
            @prefix prov: <http://www.w3.org/ns/prov#> .
            @prefix id: <{ID}> .
            GRAPH <{ID}graph/ontology> {{
              klim:Adoption rdfs:label "anslutning"@sv , "adoption"@en .
              klim:party rdfs:label "part"@sv , "party"@en .
              klim:status rdfs:label "läge"@sv , "status"@en .
            }}
            GRAPH <{GRAPH.value}> {{
              <{iri}> a klim:Adoption ; rdfs:label "Staden och 5"@sv , "The city and 5"@en ;
                klim:party <{ID}city/se/staden> ; klim:status "<b>oklart</b>" ;
                klim:confidence 0.9 ;
                rdfs:comment "Numret saknas i listan."@sv , "The number is not listed."@en ;
                prov:wasDerivedFrom <{ID}passage/kontrakt-staden-2025/1/2> , <{DOCUMENT.value}> ,
                  <{ID}adoption/premise> .
              <{ID}city/se/staden> rdfs:label "Staden"@sv , "The City"@en .
              <{ID}adoption/premise> rdfs:label "En förutsättning"@sv , "A premise"@en .
            }}
            GRAPH <{ID}graph/derived> {{
              <{iri}> klim:party <{ID}city/se/staden> ; klim:sharesCommitmentWith <{iri}> .
            }}
            """,
            format=ox.RdfFormat.TRIG,
        )
    )
    return iri


def test_an_explanation_has_everything_in_the_language(
    engine: OxigraphEngine, adoption: str
) -> None:
    told = explain(engine, adoption, "en")
    assert (told.label, told.types) == ("The city and 5", ("adoption",))
    assert [(f.property, f.value, f.derived) for f in told.facts] == [
        ("klim:sharesCommitmentWith", "The city and 5", True),
        ("party", "The City", False),
        ("status", "<b>oklart</b>", False),
    ]
    assert told.confidence == 0.9
    assert told.comment == "The number is not listed."
    assert [premise.label for premise in told.premises] == ["A premise"]
    document, passage = told.evidence
    assert (document.title, document.section, document.address) == (
        "Contract", None, "https://example.org/k.pdf",
    )  # fmt: skip
    words = "Minska bilresorna i centrum med en tredjedel."
    assert (passage.title, passage.section, passage.digest) == ("Contract", "1", digest(words))


def test_an_explanation_reads_as_text(engine: OxigraphEngine, adoption: str) -> None:
    text = str(explain(engine, adoption))
    for line in (
        "Staden och 5 (anslutning)",
        "  part: Staden",
        "  klim:sharesCommitmentWith: Staden och 5 (härlett)",
        "Säkerhet: 0.9",
        "Grund: Numret saknas i listan.",
        "Följer av: En förutsättning",
        "  Kontrakt, avsnitt 1",
        "    https://example.org/k.pdf",
    ):
        assert line in text.splitlines()


def test_an_explanation_is_safe_html_and_a_plain_dict(
    engine: OxigraphEngine, adoption: str
) -> None:
    told = explain(engine, adoption)
    page = told._repr_html_()
    assert "<b>oklart" not in page
    assert "&lt;b&gt;oklart" in page
    assert '<a href="https://example.org/k.pdf">Kontrakt</a>' in page
    plain = told.to_dict()
    assert plain["iri"] == adoption
    assert plain["sources"][1]["section"] == "1"
    assert plain["premises"] == [{"iri": f"{ID}adoption/premise", "label": "En förutsättning"}]


def test_an_address_that_is_no_web_address_is_no_link(
    engine: OxigraphEngine, adoption: str
) -> None:
    engine.add(
        [ox.Quad(OTHER, klim("address"), ox.Literal("javascript:alert(1)"), GRAPH),
         ox.Quad(OTHER, expand("rdf:type"), klim("SourceDocument"), GRAPH)]
    )  # fmt: skip
    page = explain(engine, OTHER)._repr_html_()
    assert "href" not in page


def test_a_passage_is_its_own_evidence(engine: OxigraphEngine) -> None:
    told = explain(engine, passage_iri(DOCUMENT, "2", 1), "en")
    assert [source.section for source in told.evidence] == ["2"]


def test_what_cannot_be_explained(engine: OxigraphEngine, adoption: str) -> None:
    with pytest.raises(UnknownName):
        explain(engine, f"{ID}city/se/no")
    with pytest.raises(ParameterError, match="'de'"):
        explain(engine, adoption, "de")


def test_sources_are_looked_up_by_the_hundred(engine: OxigraphEngine) -> None:
    many = [f"{ID}passage/no/{n}" for n in range(1200)]
    found = sources(engine, [*many, passage_iri(DOCUMENT, "1", 1)], "en")
    assert len(found) == 1201
    known = found[f"{ID}passage/kontrakt-staden-2025/1/1"]
    assert (known.title, known.document, known.section) == ("Contract", DOCUMENT.value, "1")
    assert known.address == "https://example.org/k.pdf"
    assert found[many[0]].digest is None
