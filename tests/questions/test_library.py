"""Question files are checked strictly, and values reach queries as terms only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store
from pyoxigraph import parse as ox_parse

from klimatgraph.engines import Engine
from klimatgraph.engines.oxigraph import OxigraphEngine
from klimatgraph.engines.rdflib import RdflibEngine
from klimatgraph.errors import (
    FormatError,
    InputError,
    ParameterError,
    QuerySyntaxError,
    UnknownName,
)
from klimatgraph.questions import QuestionLibrary, bind
from klimatgraph.rows import Entity
from klimatgraph.terms import ID, PREFIXES

XSD = PREFIXES["xsd"]
FILE = """# ---
# tags = ["commitment"]
# coverage = "commitment"
# [question]
# sv = "Vilka har antagit {number}?"
# en = "Who adopted {number}?"
# [parameters.number]
# type = "integer"
# default = 5
# sv = "nummer"
# en = "number"
# [columns.city]
# sv = "kommun"
# en = "municipality"
# [columns.area]
# sv = "yta"
# en = "area"
# [[expect]]
# parameters = { number = 1 }
# lang = "en"
# complete = true
# count = 1
# rows = [["Malmö", 158.6]]
# basis = "the data above"
# ---
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?city ?cityLabel ?area ?source
WHERE {
  VALUES ?number { 5 }
  VALUES ?lang { "sv" }
  ?statement klim:commitment ?number ; klim:party ?city ; klim:by ?source .
  ?city rdfs:label ?cityLabel . FILTER(LANG(?cityLabel) = ?lang)
  OPTIONAL { ?city klim:area ?area }
}
ORDER BY ?cityLabel ?source
"""
DATA = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX : <http://example.org/>
:umea a klim:City ; rdfs:label "Umeå"@sv, "Umea"@en .
:malmo a klim:City ; rdfs:label "Malmö"@sv, "Malmö"@en ; klim:area 158.6 .
:1 klim:commitment 5 ; klim:party :umea ; klim:by :p2 .
:2 klim:commitment 5 ; klim:party :umea ; klim:by :p10, :p2 .
:3 klim:commitment 5 ; klim:party :malmo ; klim:by :d .
:4 klim:commitment 1 ; klim:party :malmo ; klim:by :d .
:p2 a klim:Passage ; klim:document :d ; klim:section "2" ; klim:page 3 ; klim:digest "aa" .
:p10 a klim:Passage ; klim:document :d ; klim:section "10" ; klim:digest "bb" .
:d a klim:SourceDocument ; rdfs:label "Avtalet"@sv, "The contract"@en ;
  klim:address "https://example.org/d" .
"""


def library(folder: Path, text: str = FILE, name: str = "asked") -> QuestionLibrary:
    (folder / f"{name}.rq").write_text(text, encoding="utf-8")
    return QuestionLibrary(folder)


@pytest.fixture(params=["memory", "rdflib"])
def engine(request: pytest.FixtureRequest) -> Engine:
    made: Engine = OxigraphEngine() if request.param == "memory" else RdflibEngine()
    graph = NamedNode("http://example.org/graph")
    made.add(Quad(q[0], q[1], q[2], graph) for q in ox_parse(DATA, RdfFormat.TURTLE))
    return made


def test_a_question_is_answered(tmp_path: Path, engine: Engine) -> None:
    rows = library(tmp_path).run("asked", engine)
    assert rows.name == "asked" and rows.question == "Vilka har antagit 5?"
    assert [(c.name, c.label) for c in rows.columns] == [("city", "kommun"), ("area", "yta")]
    assert [(str(row["city"]), row["area"]) for row in rows] == [("Malmö", 158.6), ("Umeå", None)]
    assert rows[1]["city"] == Entity("http://example.org/umea", "Umeå")
    # three rows of the answer are one, with both passages, in the order of sections
    assert [(s.section, s.page, s.digest) for s in rows[1]["sources"]] == [
        ("2", 3, "aa"),
        ("10", None, "bb"),
    ]
    (source,) = rows[0]["sources"]
    assert source.title == "Avtalet" and source.address == "https://example.org/d"
    assert source.iri == source.document == "http://example.org/d"


def test_in_english_with_a_parameter(tmp_path: Path, engine: Engine) -> None:
    for value in (1, "1", " 01 ", Literal("1", datatype=NamedNode(XSD + "integer"))):
        rows = library(tmp_path).run("asked", engine, lang="en", number=value)
        assert [str(row["city"]) for row in rows] == ["Malmö"]
        assert rows[0]["sources"][0].title == "The contract"
    assert rows.question == "Who adopted 1?" and rows.columns[0].label == "municipality"


def test_what_a_file_says(tmp_path: Path) -> None:
    question = library(tmp_path)["asked"]
    assert question.tags == ("commitment",) and question.coverage == "commitment"
    assert question.parameters["number"].default == 5 and not question.parameters["number"].required
    (expected,) = question.expectations
    assert expected.rows == (("Malmö", 158.6),) and expected.parameters == {"number": 1}
    assert expected.complete and expected.count == 1 and expected.lang == "en"
    assert question.query == FILE


# What is changed in the file, to what, and what the message must hold.
BROKEN = [
    ("# ---\n# tags", "# tags", "first line"),
    ('# basis = "the data above"\n# ---\n', '# basis = "the data above"\n', "no comment"),
    ("# [question]", "# [question", "TOML"),
    ("# tags =", "# tag =", "unknown key 'tag'"),
    ('tags = ["commitment"]', 'tags = "commitment"', "tags"),
    ('coverage = "commitment"', "coverage = 5", "coverage"),
    ('# en = "Who adopted {number}?"\n', "", "'en'"),
    ('# en = "number"', '# en = " "', "'en'"),
    ('# en = "area"', '# de = "Fläche"', "unknown key 'de'"),
    ("Who adopted {number}", "Who adopted {nr}", "{nr}"),
    ('type = "integer"', 'type = "int"', "known are"),
    ('type = "integer"', "", "None"),
    ("  VALUES ?number { 5 }\n", "", "VALUES ?number"),
    ("  VALUES ?number { 5 }\n", "  VALUES ?number { 5 } ?a ?b ?c .\n", "VALUES ?number"),
    ("VALUES ?number { 5 }", "VALUES ?number { 6 }", "the default is"),
    ("VALUES ?number { 5 }", "VALUES ?number { 5 6 }", "one value"),
    ("VALUES ?number { 5 }", 'VALUES ?number { "5" }', "the default is"),
    ("  VALUES ?number { 5 }\n", "  VALUES ?number { 5 }\n  VALUES ?number { 6 }\n", "different"),
    ("default = 5", 'default = "five"', "is no integer"),
    ("default = 5", "default = 5.5", "is no integer"),
    ("default = 5", "default = true", "is no integer"),
    ("[parameters.number]", "[parameters.lang]", "cannot be used"),
    ('  VALUES ?lang { "sv" }\n', "", "VALUES ?lang"),
    ("[columns.area]", "[columns.size]", "?size"),
    ('# [columns.area]\n# sv = "yta"\n# en = "area"\n', "", "?area"),
    (
        "# [[expect]]",
        '# [columns.cityLabel]\n# sv = "a"\n# en = "a"\n# [[expect]]',
        "not shown",
    ),
    ("SELECT ?city ?cityLabel ?area ?source", "ASK", "is a SELECT"),
    ("SELECT ?city", "SELEC ?city", "SELECT"),
    ("OPTIONAL {", "OPTIONAL", "line 35"),
    ("?statement klim:commitment", "SERVICE <urn:x> {} ?statement klim:commitment", "SERVICE"),
    ('rows = [["Malmö", 158.6]]', 'rows = [["Malmö"]]', "2 values"),
    ("count = 1", "count = -1", "count"),
    ("complete = true", 'complete = "yes"', "complete"),
    ("parameters = { number = 1 }", "parameters = { nr = 1 }", "parameters"),
    ('# basis = "the data above"\n', "", "basis"),
    ("# lang = ", "# language = ", "unknown key 'language'"),
]


@pytest.mark.parametrize(("old", "new", "part"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_file_is_named(tmp_path: Path, old: str, new: str, part: str) -> None:
    assert FILE.count(old) >= 1
    broken = library(tmp_path, FILE.replace(old, new, 1))
    with pytest.raises(FormatError) as caught:
        broken["asked"]
    message = str(caught.value)
    assert str(tmp_path / "asked.rq") in message and part in message and "\n" not in message


def test_a_broken_file_harms_no_other(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "bad.rq").write_text("nonsense")
    found = library(tmp_path)
    assert found["asked"].name == "asked" and list(found) == ["asked", "sub/bad"]
    assert [row["name"] for row in found.listing()] == ["asked"]


@pytest.mark.parametrize("name", ["askd", "ASKED", "../asked", "/etc/hostname", "", "a" * 10_000])
def test_unknown_questions(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownName) as caught:
        library(tmp_path)[name]
    assert caught.value.kind == "question"
    if name == "askd":
        assert caught.value.suggestions == ("asked",)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no folder"):
        QuestionLibrary(tmp_path / "none")


def test_listing_and_description(tmp_path: Path) -> None:
    found = library(tmp_path)
    (row,) = found.listing("en")
    assert row["question"] == "Who adopted 5?" and row["parameters"] == "number=5"
    assert found.describe("asked", "sv").split("\n") == [
        "asked: Vilka har antagit 5?",
        "  number (integer): nummer, '5'",
        "  → kommun, yta",
    ]


def typed(kind: str, values: str, default: str = "") -> str:
    """Make a question with one parameter ?x of a type, that answers with its value."""
    default = f"# default = {default}\n" if default else ""
    return (
        '# ---\n# [question]\n# sv = "Vad är {x}?"\n# en = "What is {x}?"\n# [parameters.x]\n'
        f'# type = "{kind}"\n{default}# sv = "värde"\n# en = "value"\n'
        '# [columns.x]\n# sv = "värde"\n# en = "value"\n# ---\n'
        f'SELECT ?x {{\n  VALUES ?lang {{ "sv" }}\n  VALUES ?x {{ {values} }}\n}}\n'
    )


YEAR = f'"2030"^^<{XSD}gYear>'
GOOD = [
    ("integer", "1", 5, "5", "integer"),
    ("integer", "1", "-07", "-7", "integer"),
    ("decimal", "1.5", 7.7, "7.7", "decimal"),
    ("decimal", "1.5", "5.00", "5", "decimal"),
    ("decimal", "1.5", 5, "5", "decimal"),
    ("decimal", "1.5", 1e-7, "0.0000001", "decimal"),
    ("decimal", "1.5", "-0.0", "0", "decimal"),
    ("year", YEAR, 2026, "2026", "gYear"),
    ("year", YEAR, "0987", "0987", "gYear"),
    ("string", '"a"', "åäö", "åäö", "string"),
    ("string", '"a"', "  ", "  ", "string"),
]
WRONG = [
    ("integer", "1", "five"), ("integer", "1", 5.5), ("integer", "1", True),
    ("integer", "1", "5.0"), ("integer", "1", "5 6"), ("integer", "1", "9" * 40),
    ("integer", "1", "٣"), ("integer", "1", []), ("integer", "1", Literal("5")),
    ("decimal", "1.5", "7,7"), ("decimal", "1.5", "1e5"),
    ("decimal", "1.5", float("nan")), ("decimal", "1.5", "INF"), ("year", YEAR, "30"),
    ("year", YEAR, 20260), ("year", YEAR, "2026-01"), ("year", YEAR, -1), ("string", '"a"', 5),
    ("string", '"a"', "\ud800"), ("string", '"a"', "x" * 20_000), ("iri", "<urn:a>", "no iri"),
    ("iri", "<urn:a>", "urn:a> } DROP ALL {"), ("iri", "<urn:a>", "http://a b/"),
    ("iri", "<urn:a>", 5), ("city", "<urn:a>", "Umeå"), ("city", "<urn:a>", ["urn:a"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "values", "value", "text", "datatype"), GOOD)
def test_values(
    tmp_path: Path, kind: str, values: str, value: Any, text: str, datatype: str
) -> None:
    query = bind(library(tmp_path, typed(kind, values))["asked"], {"x": value})
    ((found,),) = [tuple(row) for row in Store().query(query)]
    assert found == Literal(text, datatype=NamedNode(XSD + datatype))


@pytest.mark.parametrize(("kind", "values", "value"), WRONG, ids=range(len(WRONG)))
def test_ill_typed_values(tmp_path: Path, kind: str, values: str, value: Any) -> None:
    with pytest.raises(ParameterError, match=rf"parameter x: .* is no {kind}: write ") as caught:
        bind(library(tmp_path, typed(kind, values))["asked"], {"x": value})
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 200


def test_required_and_optional(tmp_path: Path) -> None:
    required = library(tmp_path, typed("integer", "1"))["asked"]
    assert required.parameters["x"].required
    with pytest.raises(ParameterError) as caught:
        bind(required, {})
    assert str(caught.value) == (
        "question asked needs the parameter x (integer: värde): give it like x=5"
    )
    optional = library(tmp_path, typed("city", "UNDEF"))["asked"]
    assert not optional.parameters["x"].required
    assert "VALUES ?x { UNDEF }" in bind(optional, {}) == bind(optional, {"x": ""})
    assert optional.text("sv") == "Vad är alla?"
    with pytest.raises(ParameterError, match="did you mean x"):
        bind(optional, {"xx": 1})
    with pytest.raises(ParameterError, match="use sv or en"):
        bind(optional, {}, lang="de")


def test_names_go_through_the_resolver(tmp_path: Path) -> None:
    question = library(tmp_path, typed("city", f"<{ID}city/se/lund>", '"Lund"'))["asked"]
    asked: list[tuple[str, str]] = []

    def resolver(kind: str, text: str) -> NamedNode:
        asked.append((kind, text))
        if text == "Umeo":
            raise UnknownName(kind, text, ["Umeå"])
        return NamedNode(ID + "city/se/umea")

    for value in ("Umeå", "2480", 2480, NamedNode(ID + "x"), Entity(ID + "x", "X")):
        query = bind(question, {"x": value}, resolver=resolver)
        assert f"VALUES ?x {{ <{ID}city/se/umea> }}" in query
    assert asked == [("city", "Umeå"), ("city", "2480"), ("city", "2480"), ("city", ID + "x"),
                     ("city", ID + "x")]  # fmt: skip
    with pytest.raises(UnknownName, match="Umeå"):
        bind(question, {"x": "Umeo"}, resolver=resolver)
    assert f"<{ID}city/se/lund>" in bind(question, {}, resolver=resolver)
    assert len(asked) == 6
    # without a resolver, IRIs only, and the default
    assert f"<{ID}x>" in bind(question, {"x": ID + "x"})
    assert f"<{ID}city/se/lund>" in bind(question, {"x": "Lund"})


def test_names_are_found_in_the_graph(tmp_path: Path) -> None:
    from klimatgraph.errors import KlimatgraphError

    engine = OxigraphEngine()
    engine.add(ox_parse(DATA, RdfFormat.TURTLE))
    found = library(tmp_path, typed("city", f"<{ID}city/se/lund>", '"Lund"'))
    (row,) = found.run("asked", engine, x="Malmö")
    assert row["x"] == "http://example.org/malmo"
    with pytest.raises(KlimatgraphError):
        found.run("asked", engine, x="Atlantis")


ODD = [
    "}", "} } DROP ALL #", '"', '\\" } ', "'''", '"""', "\n", "\r\n", "\\n", "\\", "\\\\",
    r"\1\g<0>", "{x}", "?x", "<urn:x>", "\u0000", "\u0085\u2028",
    "\\u0022 } SERVICE <urn:x> {}", "# ---", "%s", "{0}", '"^^<urn:evil>', "@sv",
    'VALUES ?x { "a" }',
]  # fmt: skip


def answered(folder: Path, engine: Engine, text: str) -> Any:
    found = QuestionLibrary(folder)
    return [row["x"] for row in found.run("asked", engine, x=text)]


@pytest.mark.parametrize("text", ODD)
def test_values_never_become_query_text(tmp_path: Path, engine: Engine, text: str) -> None:
    library(tmp_path, typed("string", '"a"'))
    assert answered(tmp_path, engine, text) == [text]


@pytest.fixture(scope="module")
def strings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("questions")
    library(folder, typed("string", '"a"'))
    return folder


@given(text=st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.lists(st.sampled_from(ODD), max_size=5).map("".join),
))  # fmt: skip
def test_any_text_comes_back(strings: Path, text: str) -> None:
    assert answered(strings, OxigraphEngine(), text) == [text]


def test_binding_fills_every_line_of_the_name(tmp_path: Path) -> None:
    text = typed("integer", "1").replace(
        "  VALUES ?x { 1 }\n",
        "  { VALUES ?y { 1 } }\n  VALUES ?x { 1 }\n  {\n    VALUES  ?x  {  1  }  \n  }\n",
    )
    query = bind(library(tmp_path, text)["asked"], {"x": 7})
    assert query.count('"7"^^') == 2 and "VALUES ?y { 1 }" in query


def test_folding_needs_sources(tmp_path: Path) -> None:
    """Without evidence, equal rows are what the query asked for."""
    text = typed("integer", "1").replace(
        "  VALUES ?x { 1 }\n", "  VALUES ?x { 1 }\n  VALUES ?again { 1 2 }\n"
    )
    assert len(library(tmp_path, text).run("asked", OxigraphEngine(), x=1)) == 2


def test_the_file_as_it_stands_is_the_question(tmp_path: Path, engine: Engine) -> None:
    """A file runs in any tool: its defaults are in its VALUES lines."""
    found = library(tmp_path)
    plain = engine.select(found["asked"].query)
    bound = engine.select(bind(found["asked"], {}))
    assert plain.rows == bound.rows and len(plain) == 4


def test_errors_of_engines_come_through(tmp_path: Path) -> None:
    class Broken(OxigraphEngine):
        def select(self, query: str, timeout: float | None = None) -> Any:
            raise QuerySyntaxError("no", 1, 1)

    with pytest.raises(QuerySyntaxError):
        library(tmp_path).run("asked", Broken())


def test_all_shipped_questions_are_well_formed() -> None:
    from klimatgraph.resources import folder

    shipped = QuestionLibrary(folder("queries"))
    assert len(shipped) > 20
    for name in shipped:
        assert shipped[name].name == name
