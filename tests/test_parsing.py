"""Reading RDF files: formats, limits, clear errors, no network."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat

from klimatgraph.errors import FormatError
from klimatgraph.parsing import FORMATS, parse, parse_text

S, P = NamedNode("http://example.org/s"), NamedNode("http://example.org/p")
ONE = Quad(S, P, Literal("å", language="sv"))
GOOD = {
    ".ttl": '<http://example.org/s> <http://example.org/p> "å"@sv .',
    ".trig": '{ <http://example.org/s> <http://example.org/p> "å"@sv . }',
    ".nt": '<http://example.org/s> <http://example.org/p> "å"@sv .',
    ".nq": '<http://example.org/s> <http://example.org/p> "å"@sv .',
    ".n3": '<http://example.org/s> <http://example.org/p> "å"@sv .',
    ".jsonld": '{"@id": "http://example.org/s", '
    '"http://example.org/p": {"@value": "å", "@language": "sv"}}',
    ".rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:e="http://example.org/"><rdf:Description rdf:about="http://example.org/s">'
    '<e:p xml:lang="sv">å</e:p></rdf:Description></rdf:RDF>',
}
GOOD[".xml"] = GOOD[".owl"] = GOOD[".rdf"]


def test_all_formats_are_tried() -> None:
    assert set(GOOD) == set(FORMATS)


@pytest.mark.parametrize("suffix", sorted(GOOD))
def test_formats(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"å{suffix.upper()}"
    file.write_text(GOOD[suffix], encoding="utf-8")
    assert parse(file) == [ONE]


def test_lexical_forms_stay(tmp_path: Path) -> None:
    file = tmp_path / "a.n3"
    file.write_text("<urn:a> <urn:b> 007, 5.00, 1E3 .")
    assert [q.object.value for q in parse(file)] == ["007", "5.00", "1E3"]  # type: ignore[union-attr]


def test_blank_nodes_of_two_files_differ(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text("_:x <urn:p> _:x .")
    (one,), (two,) = parse(file), parse(file)
    assert isinstance(one.subject, BlankNode) and one.subject == one.object != two.subject


BAD = [
    ("a.ttl", b"", None, "empty"),
    ("a.ttl", b" \n\n", None, "empty"),
    ("a.ttl", b"<urn:a> <urn:b> 1 .\n\x00\x01", None, "no text"),
    ("a.ttl", "<urn:a> <urn:b> 'å' .".encode("utf-16"), None, "no text"),
    ("a.ttl", b"<urn:a> <urn:b> 1 .\n<urn:a> <urn:b> '\xe5' .", 2, "no text"),
    ("a.ttl", b"<urn:a> <urn:b> 1 .\n\n<urn:a> ex:b 2 .", 3, "ex:"),
    ("a.ttl", b"<urn:a> <urn:b> <c> .", 1, "IRI"),
    ("a.nt", b"<urn:a> <urn:b> .\n", 1, ""),
    ("a.nq", b"<urn:a> <urn:b> <urn:c> <urn:d> <urn:e> .\n", 1, ""),
    ("a.jsonld", b'{"@id": ', None, ""),
    ("a.rdf", b"<rdf:RDF>", None, ""),
    ("a.txt", b"<urn:a> <urn:b> 1 .", None, ".ttl"),
    ("a", b"<urn:a> <urn:b> 1 .", None, "suffix"),
    ("a.n3", b"{ <urn:a> <urn:b> 1 } => { <urn:a> <urn:b> 2 } .", None, "formulas"),
    ("a.ttl", b"<urn:a> <urn:b> <<( <urn:a> <urn:b> 1 )>> .", None, "RDF 1.2"),
    ("a.ttl", b'<urn:a> <urn:b> "x"@sv--ltr .', None, "RDF 1.2"),
    ("a.ttl", b"<urn:a> <urn:b> " + b"<<( <urn:a> <urn:b> " * 200_000, None, "RDF 1.2"),
    ("a.n3", b"<urn:a> <urn:b> " + b"{ <urn:a> <urn:b> " * 200_000, None, "N3"),
    ("a.jsonld", b'{"urn:p":' * 100_000, None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "line", "part"), BAD, ids=range(len(BAD)))
def test_bad_files(tmp_path: Path, name: str, content: bytes, line: int | None, part: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(FormatError) as caught:
        parse(file)
    message = str(caught.value)
    assert message.startswith(str(file)) and part in message and "\n" not in message
    if line is not None:
        assert caught.value.line == line


def test_missing_folder_and_large(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no such file"):
        parse(tmp_path / "no.ttl")
    (tmp_path / "d.ttl").mkdir()
    with pytest.raises(FormatError, match="folder"):
        parse(tmp_path / "d.ttl")
    file = tmp_path / "a.ttl"
    file.write_text(GOOD[".ttl"])
    with pytest.raises(FormatError, match="limit of 10"):
        parse(file, limit=10)
    assert parse(file, limit=file.stat().st_size) == [ONE]


def test_base() -> None:
    (quad,) = parse_text("<> <#p> 1 .", RdfFormat.TURTLE, base="http://example.org/d")
    assert quad.predicate == NamedNode("http://example.org/d#p")


def test_a_remote_context_is_not_fetched(web, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonld"
    file.write_text(f'{{"@context": "{web.address}/c.jsonld", "@id": "urn:a", "name": "x"}}')
    with pytest.raises(FormatError, match="nothing is fetched"):
        parse(file)
    file.write_text(f'{{"@context": [{{"@import": "{web.address}/c"}}], "@id": "urn:a"}}')
    with pytest.raises(FormatError):
        parse(file)
    assert web.visits == []


XML = (
    '<?xml version="1.0"?>\n<!DOCTYPE rdf:RDF [{}]>\n'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
    '<rdf:Description rdf:about="http://a/"><e:p>{}</e:p></rdf:Description></rdf:RDF>'
)


def test_entities(web, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words")
    file = tmp_path / "a.rdf"
    laughs = "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">\n' for i in range(9))
    for declared in (
        f'<!ENTITY x SYSTEM "{secret.as_uri()}">',
        f'<!ENTITY x SYSTEM "{web.address}/x">',
        f'<!ENTITY x PUBLIC "p" "{web.address}/x">',
        f'<!ENTITY % x SYSTEM "{web.address}/x"> %x;',
        '<!ENTITY l0 "ha">\n' + laughs,
    ):
        file.write_text(XML.format(declared, "&x;"))
        with pytest.raises(FormatError) as caught:
            parse(file)
        assert "hidden" not in str(caught.value)
    assert web.visits == []
    file.write_text(XML.format('<!ENTITY x "ok">', "&x;&x;"))
    (quad,) = parse(file)
    assert quad.object == Literal("okok")


def test_entities_that_swell(tmp_path: Path) -> None:
    file = tmp_path / "a.rdf"
    file.write_text(XML.format(f'<!ENTITY x "{"a" * 100_000}">', "&x;" * 10_000))
    with pytest.raises(FormatError, match="swell"):
        parse(file)


def test_a_word_of_many_megabytes_is_no_rdf(tmp_path: Path) -> None:
    file = tmp_path / "big.ttl"
    file.write_bytes(b"x" * 40_000_000)
    with pytest.raises(FormatError, match=r"no RDF|expected"):
        parse(file)
