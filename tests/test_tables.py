"""Tables: CSV read strictly, CONSTRUCT per row, names, and the register of documents."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimatgraph.errors import FormatError, InputError, UnknownName
from klimatgraph.tables import Names, Register, build_all, build_table
from klimatgraph.tables.csvfile import read_csv
from klimatgraph.tables.register import COLUMNS
from klimatgraph.terms import ID, KLIM, expand, thing

HEAD = """PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
PREFIX col: <https://w3id.org/klimatgraph/table#>
PREFIX each: <https://w3id.org/klimatgraph/table/each#>
PREFIX fn: <https://w3id.org/klimatgraph/function#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
CITIES = (
    HEAD
    + """CONSTRUCT { ?city a klim:City ; rdfs:label ?label ; skos:altLabel ?other }
WHERE {
  ?row col:name ?name .
  OPTIONAL { ?row col:other ?text . BIND(STRLANG(?text, "sv") AS ?other) }
  BIND(IRI(CONCAT("https://w3id.org/klimatgraph/id/city/se/", fn:slug(?name))) AS ?city)
  BIND(STRLANG(?name, "sv") AS ?label)
}"""
)
TARGETS = (
    HEAD
    + """CONSTRUCT { ?target klim:party ?city ; klim:year ?year ; klim:value ?value ;
  klim:document ?document }
WHERE {
  ?row col:city ?name ; col:year ?yearText ; col:source ?source .  # col:comment is no column
  OPTIONAL { ?row col:value ?valueText . BIND(fn:decimal(?valueText) AS ?value) }
  BIND(fn:city(?name) AS ?city)
  BIND(fn:date(?yearText) AS ?year)
  BIND(fn:document(?source) AS ?document)
  BIND(IRI(CONCAT("https://w3id.org/klimatgraph/id/target/", fn:slug(?name))) AS ?target)
}"""
)
PAGE = "https://example.org/page"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small data folder: two documents, two cities, one target."""
    (tmp_path / "tables").mkdir()
    write(
        tmp_path / "documents.csv",
        [
            list(COLUMNS),
            ["page", "Sida", "Page", "Staden", PAGE, "", "sv", "2024-05", ""],
            ["klimatkontrakt-lund-2024", "Lunds kontrakt", "Contract of Lund", "", "", "2024",
             "sv", "", "ab" * 32],
        ],
    )  # fmt: skip
    write(
        tmp_path / "tables" / "cities.csv",
        [["name", "other", "source"], ["Umeå", "Umeå kommun", PAGE], ["Lund", "", PAGE]],
    )
    (tmp_path / "tables" / "cities.rq").write_text(CITIES, encoding="utf-8")
    # The first letter sorts this table before the cities that it needs.
    write(
        tmp_path / "tables" / "aims.csv",
        [
            ["city", "year", "value", "source"],
            ["Umeå kommun", "2030", "7.70", "contract:lund-2024"],
        ],
    )
    (tmp_path / "tables" / "aims.rq").write_text(TARGETS, encoding="utf-8")
    return tmp_path


def write(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def triples(quads: list[ox.Quad]) -> set[tuple[str, str, str]]:
    return {(q.subject.value, q.predicate.value, q.object.value) for q in quads}  # type: ignore[union-attr]


def lines(error: pytest.ExceptionInfo[FormatError], path: Path, line: int | None) -> str:
    """Check where an error points, and return what it says."""
    assert error.value.path == str(path)
    assert error.value.line == line
    assert "\n" not in str(error.value)
    return error.value.reason


# ------------------------------------------------------------------------------------- building


def test_rows_become_triples_in_the_graph_of_their_source(data: Path) -> None:
    quads = build_all(data)
    target = f"{ID}target/umea-kommun"
    lund = thing("graph", "klimatkontrakt-lund-2024")
    assert triples([q for q in quads if q.graph_name == lund]) == {
        (target, f"{KLIM}party", f"{ID}city/se/umea"),
        (target, f"{KLIM}year", "2030"),
        (target, f"{KLIM}value", "7.7"),
        (target, f"{KLIM}document", f"{ID}document/klimatkontrakt-lund-2024"),
    }
    value = next(q.object for q in quads if q.predicate.value == f"{KLIM}value")
    assert isinstance(value, ox.Literal)
    assert value.datatype == expand("xsd:decimal")
    assert {q.subject.value for q in quads if q.graph_name == thing("graph", "page")} == {
        f"{ID}city/se/umea",
        f"{ID}city/se/lund",
    }


def test_the_result_is_sorted_and_the_same_each_time(data: Path) -> None:
    quads = build_all(data)
    assert [str(q) for q in quads] == sorted({str(q) for q in quads})
    assert build_all(data) == quads


def test_documents_are_described(data: Path) -> None:
    register = thing("graph", "register")
    quads = [q for q in build_all(data) if q.graph_name == register]
    page, lund = f"{ID}document/page", f"{ID}document/klimatkontrakt-lund-2024"
    said = {(s, p.removeprefix(KLIM), o) for s, p, o in triples(quads)}
    assert {
        (page, "publisher", "Staden"),
        (page, "address", PAGE),
        (page, "language", "sv"),
        (page, "date", "2024-05"),
        (lund, "editionLabel", "2024"),
        (lund, "sha256", "ab" * 32),
    } <= said
    labels = {str(q.object) for q in quads if q.predicate == expand("rdfs:label")}
    assert labels >= {'"Sida"@sv', '"Page"@en'}
    datatypes = {
        q.predicate.value.removeprefix(KLIM): q.object.datatype.value.split("#")[1]
        for q in quads
        if isinstance(q.object, ox.Literal) and not q.object.language
    }
    assert datatypes["date"] == "gYearMonth"
    assert datatypes["address"] == "anyURI"


@pytest.mark.parametrize(
    "cell",
    [
        '"quoted" and """more"""',
        "{ ?s ?p ?o } } INSERT DATA { <a:b> <c:d> <e:f> }",
        "line one\nline two",
        "back\\slash \\u0022 \\n",
        "<https://example.org/> # a",
        "'; DROP ALL ; SERVICE <http://localhost/> {",
    ],
)
def test_no_cell_is_read_as_sparql(data: Path, cell: str) -> None:
    """Whatever a cell holds becomes one literal, letter by letter."""
    table = write(
        data / "tables" / "cities.csv", [["name", "other", "source"], ["Umeå", cell, PAGE]]
    )
    quads = build_table(table, table.with_suffix(".rq"), Register.load(data / "documents.csv"))
    others = [q.object for q in quads if q.predicate == expand("skos:altLabel")]
    assert others == [ox.Literal(cell, language="sv")]
    assert len(quads) == 3


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (["Umeo", "2030", "1", PAGE], "no city 'Umeo': did you mean umeå"),
        (["Umeå", "20300", "1", PAGE], "is no date"),
        (["Umeå", "2030-13", "1", PAGE], "is no date"),
        (["Umeå", "2030-02-30", "1", PAGE], "is no date"),
        (["Umeå", "2030", "7,7", PAGE], "is no number"),
        (["Umeå", "2030", "1e3", PAGE], "is no number"),
        (["Umeå", "2030", "1", "https://example.org/pag"], "no source address"),
        (["Umeå", "2030", "1", "contract:umea-2024"], "no source address"),
        (["Umeå", "2030", "1", ""], "source is empty"),
        (["", "2030", "1", PAGE], "nothing follows from this row"),
    ],
)
def test_a_slip_in_a_cell_is_told_with_file_and_line(
    data: Path, cells: list[str], says: str
) -> None:
    table = write(
        data / "tables" / "aims.csv",
        [["city", "year", "value", "source"], ["Lund", "2030", "", PAGE], cells],
    )
    with pytest.raises(FormatError) as caught:
        build_all(data)
    assert says in lines(caught, table, 3)


def test_a_cell_that_sparql_loses_is_told(data: Path) -> None:
    """An IRI cannot hold a blank: SPARQL would leave the triple out without a word."""
    rule = HEAD + (
        "CONSTRUCT { ?city a klim:City ; klim:theme ?theme } WHERE { ?row col:name ?name "
        'OPTIONAL { ?row col:theme ?t BIND(IRI(CONCAT("https://example.org/", ?t)) AS ?theme) } '
        'BIND(IRI(CONCAT("https://example.org/", fn:slug(?name))) AS ?city) }'
    )
    table = data / "tables" / "themes.csv"
    table.with_suffix(".rq").write_text(rule, encoding="utf-8")
    register = Register.load(data / "documents.csv")
    write(table, [["name", "theme", "source"], ["Lund", "transport", PAGE]])
    assert len(build_table(table, table.with_suffix(".rq"), register)) == 2
    write(table, [["name", "theme", "source"], ["Lund", "trans port", PAGE]])
    with pytest.raises(FormatError) as caught:
        build_table(table, table.with_suffix(".rq"), register)
    assert "makes nothing of column 'theme'" in lines(caught, table, 2)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT ?x WHERE { ?row col:city ?x }", "is no CONSTRUCT but SELECT"),
        ("CONSTRUCT { ?row klim:x ?c } WHERE { ?row col:city ?c }", "hands on the row"),
        ("CONSTRUCT { [] klim:x ?c } WHERE { ?row col:city ?c }", "a node without a name"),
        ("CONSTRUCT { <a:b> klim:x ?c WHERE { ?row col:city ?c }", "not SPARQL"),
        (
            "CONSTRUCT { <a:b> klim:x ?c } WHERE { SERVICE <http://localhost/> "
            "{ ?row col:city ?c } }",
            "SERVICE",
        ),
        ("CONSTRUCT { <a:b> klim:x ?d } WHERE { ?row col:city ?c BIND(fn:no(?c) AS ?d) }", "fn:no"),
        (
            "CONSTRUCT { <a:b> klim:x ?d } WHERE { ?row col:city ?c BIND(<f:g>(?c) AS ?d) }",
            "<f:g> is not supported",
        ),
    ],
)
def test_a_bad_construct_is_told(data: Path, query: str, says: str) -> None:
    table = write(data / "tables" / "aims.csv", [["city", "source"], ["Lund", PAGE]])
    rule = table.with_suffix(".rq")
    rule.write_text(HEAD + query, encoding="utf-8")
    with pytest.raises(FormatError) as caught:
        build_table(table, rule, Register.load(data / "documents.csv"))
    assert says in str(caught.value)
    assert caught.value.path == str(rule)


def test_a_cell_may_hold_several_texts(data: Path) -> None:
    table, rule = data / "tables" / "cities.csv", data / "tables" / "cities.rq"
    rule.write_text(CITIES.replace("col:other", "each:other"), encoding="utf-8")
    write(table, [["name", "other", "source"], ["Umeå", "Umeå kommun; Björkarnas stad ;", PAGE]])
    register = Register.load(data / "documents.csv")
    names = {q.object.value for q in build_table(table, rule, register)}  # type: ignore[union-attr]
    assert names == {"Umeå", "Umeå kommun", "Björkarnas stad", f"{KLIM}City"}


def test_a_key_stands_once(data: Path) -> None:
    table, rule = data / "tables" / "cities.csv", data / "tables" / "cities.rq"
    rule.write_text("# Cities.\n# key: name\n" + CITIES, encoding="utf-8")
    build_all(data)
    write(table, [["name", "other", "source"], ["Lund", "", PAGE], ["Lund", "Lunda", PAGE]])
    with pytest.raises(FormatError) as error:
        build_all(data)
    assert "has the same name as line 2, Lund" in lines(error, table, 3)
    rule.write_text("# key: code\n" + CITIES, encoding="utf-8")
    with pytest.raises(FormatError) as error:
        build_all(data)
    assert "the key names 'code'" in lines(error, rule, None)


@pytest.mark.parametrize("column", ["subject", "object"])
def test_a_row_speaks_only_of_what_is_described(data: Path, column: str) -> None:
    lund, nowhere = f"{ID}city/se/lund", f"{ID}city/se/ingenstans"
    pair = {"subject": lund, "object": lund, column: nowhere}
    table = write(
        data / "tables" / "links.csv", [["subject", "object", "source"], [*pair.values(), PAGE]]
    )
    table.with_suffix(".rq").write_text(
        HEAD + "CONSTRUCT { ?s klim:partOf ?o } WHERE { ?row col:subject ?a ; col:object ?b . "
        "BIND(IRI(?a) AS ?s) BIND(IRI(?b) AS ?o) }",
        encoding="utf-8",
    )
    build_all(data)  # without knowing what else there is, nothing can be said
    known = {thing("target", "umea-kommun")}
    with pytest.raises(FormatError) as error:
        build_all(data, known)
    assert "speaks of city/se/ingenstans" in lines(error, table, 2)
    assert build_all(data, {*known, ox.NamedNode(nowhere)})


def test_functions_take_one_text(data: Path) -> None:
    table = write(data / "tables" / "aims.csv", [["city", "source"], ["Lund", PAGE]])
    rule = table.with_suffix(".rq")
    rule.write_text(
        HEAD + "CONSTRUCT { <a:b> klim:x ?d } WHERE { ?r col:city ?c BIND(fn:slug(?c, ?c) AS ?d) }",
        encoding="utf-8",
    )
    with pytest.raises(FormatError, match="fn:slug takes one text"):
        build_table(table, rule, Register.load(data / "documents.csv"))


def test_columns_of_table_and_construct_must_agree(data: Path) -> None:
    table = data / "tables" / "aims.csv"
    write(table, [["city", "year", "source"], ["Lund", "2030", PAGE]])
    with pytest.raises(FormatError, match=r"column 'value' is missing; aims\.rq uses it"):
        build_all(data)
    write(table, [["city", "year", "value", "comment", "source"], ["Lund", "2030", "", "x", PAGE]])
    with pytest.raises(FormatError, match=r"column 'comment' is not used by aims\.rq"):
        build_all(data)
    write(table, [["city", "year", "value", "note", "source"], ["Lund", "2030", "", "x", PAGE]])
    assert build_all(data)


def test_prefixes_may_have_any_name(data: Path) -> None:
    rule = data / "tables" / "aims.rq"
    text = TARGETS.replace("col:", "c:").replace("PREFIX c: ", "PREFIX c: ")
    rule.write_text(text, encoding="utf-8")
    before = build_all(data)
    rule.write_text(
        TARGETS.replace("col:year", "<https://w3id.org/klimatgraph/table#year>"), encoding="utf-8"
    )
    assert build_all(data) == before


@pytest.mark.parametrize("suffix", [".csv", ".rq"])
def test_table_and_construct_go_in_pairs(data: Path, suffix: str) -> None:
    (data / "tables" / "aims").with_suffix(suffix).unlink()
    with pytest.raises(FormatError, match="is missing"):
        build_all(data)


# ------------------------------------------------------------------------------------------- CSV


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"", None, "is empty"),
        (b"a,b\r\n1,2\r\n1\r\n", 3, "has 1 cells, the header has 2"),
        (b"a,b\n1,2,3\n", 2, "has 3 cells"),
        (b"a,b\n1,2\n\n", 3, "blank row"),
        (b"a,b\n,\n", 2, "blank row"),
        (b"a,b\n1,2\n3,4\n1,2\n", 4, "same row as line 2"),
        (b'a,b\n"1\n2",3\n4\n', 4, "has 1 cells"),
        (b'a,b\n1,"2\n', 2, "is not CSV"),
        (b'a,b\n1,"2"3\n', 2, "is not CSV"),
        (b"a,a\n1,2\n", 1, "is there twice"),
        (b"a,B\n1,2\n", 1, "is not lower-case"),
        (b"a,\n1,2\n", 1, "is not lower-case"),
        (b"a,b\n1, 2\n", 2, "blanks around"),
        (b"a,b\n1,2\xc2\xa0\n", 2, "blanks around"),
        (b"a,b\n1,2\n3,\xe5\n", 3, "is not UTF-8"),
        (b"a,b\n1,2\x003\n", 2, "control character"),
        (b"a,c\n1,2\n", 1, "column 'b' is missing"),
    ],
)
def test_slips_in_csv_are_told_with_file_and_line(
    tmp_path: Path, content: bytes, line: int | None, says: str
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(FormatError) as caught:
        read_csv(path, ("a", "b"))
    assert says in lines(caught, path, line)


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        read_csv(tmp_path / "no.csv")


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"\xef\xbb\xbfa,b\n1,2\n")
    assert read_csv(path).columns == ("a", "b")


CELL = st.text(
    alphabet=st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\",;'"),
    max_size=12,
).map(str.strip)


@given(st.lists(st.tuples(CELL, CELL), max_size=8, unique=True))
def test_what_csv_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]]
) -> None:
    rows = [row for row in cells if any(row)]
    text = io.StringIO()
    csv.writer(text).writerows([("a", "b"), *rows])
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_bytes(text.getvalue().encode())
    table = read_csv(path)
    assert [tuple(row.cells.values()) for row in table.rows] == rows
    at = 2
    for row, (a, b) in zip(table.rows, rows, strict=True):
        assert row.line == at
        at += 1 + a.count("\n") + b.count("\n")


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_told_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_bytes(content)
    try:
        read_csv(path)
    except FormatError as error:
        assert "\n" not in str(error)


# -------------------------------------------------------------------------------------- register


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("id", "Sida 1", "is not lower-case words"),
        ("id", "", "is not lower-case words"),
        ("id", "page", "is taken"),
        ("title_en", "", "'title_en' is empty"),
        ("address", "ftp://example.org", "is no web address"),
        ("address", "https://example.org/a b", "is no web address"),
        ("address", PAGE, "belongs to 'page' already"),
        ("language", "swe", "two-letter"),
        ("date", "May 2024", "is no date"),
        ("sha256", "AB" * 32, "64 lower-case"),
    ],
)
def test_slips_in_the_register_are_told(data: Path, column: str, value: str, says: str) -> None:
    path = data / "documents.csv"
    good = {"id": "new", "title_sv": "Ny", "title_en": "New", "address": "https://example.org/new"}
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, COLUMNS, restval="").writerow({**good, column: value})
    with pytest.raises(FormatError) as caught:
        Register.load(path)
    assert says in lines(caught, path, 4)


def test_the_register_has_no_other_columns(data: Path) -> None:
    path = write(data / "documents.csv", [[*COLUMNS, "colour"]])
    with pytest.raises(FormatError, match="'colour' has no meaning"):
        Register.load(path)


def test_a_near_address_is_suggested(data: Path) -> None:
    register = Register.load(data / "documents.csv")
    with pytest.raises(UnknownName) as caught:
        register.document(PAGE + "s")
    assert caught.value.suggestions == (PAGE,)


# ----------------------------------------------------------------------------------------- names


def named(path: str, *names: str) -> list[ox.Quad]:
    node = ox.NamedNode(ID + path)
    first, *others = [ox.Literal(name, language="sv") for name in names]
    return [
        ox.Quad(node, expand("rdfs:label"), first),
        *(ox.Quad(node, expand("skos:altLabel"), other) for other in others),
    ]


def test_any_name_of_a_party_finds_it() -> None:
    names = Names(
        named("agency/se/energimyndigheten", "Energimyndigheten", "Statens energimyndighet")
        + named("network/c40-cities", "C40")
        + named("project/sff4c", "School Food for Change")
    )
    agency = thing("agency", "se", "energimyndigheten")
    assert names.party("STATENS  energimyndighet") == agency
    assert names.party("energimyndigheten") == agency
    assert names.party("c40-cities") == thing("network", "c40-cities")
    with pytest.raises(UnknownName):
        names.party("School Food for Change")


def test_a_city_is_told_from_another_party_of_the_same_name() -> None:
    names = Names(named("city/se/kalmar", "Kalmar") + named("organisation/se/kalmar", "Kalmar"))
    assert names.city("Kalmar") == thing("city", "se", "kalmar")
    with pytest.raises(InputError, match=r"is the name of .*city/se/kalmar and of .*organisation"):
        names.party("Kalmar")
    with pytest.raises(UnknownName, match="no city 'Kalmer': did you mean kalmar"):
        names.city("Kalmer")
