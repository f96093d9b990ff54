"""Only queries that read and stay at home pass, whatever they look like."""

from __future__ import annotations

import contextlib
import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from klimatgraph.engines.guard import check_read_only, check_syntax, dataset, query_form
from klimatgraph.engines.lexer import MAX_DEPTH, portable, readings
from klimatgraph.errors import KlimatgraphError, QueryRefused, QuerySyntaxError

GOOD = [
    "SELECT ?service { ?service ?load ?drop }",
    "PREFIX klim: <urn:k> SELECT * { ?s klim:SERVICE klim:LOAD, klim:x.DROP }",
    "PREFIX service: <urn:k> SELECT * { ?s service: service:insert }",
    "SELECT * { ?s ?p 'SERVICE <urn:x> {}', \"DELETE\", '''INSERT 'DATA' ''' }",
    'SELECT * { ?s ?p """DROP "ALL" """, "\\\\u0022 SERVICE <urn:x> {}" }',
    "SELECT * { ?s ?p ?o } # SERVICE <urn:x> { ?a ?b ?c }",
    "SELECT * { <http://example.org/SERVICE> <http://x/?service=LOAD#DROP> _:SERVICE }",
    "SELECT * { ?s ?p 'x'@en-SERVICE }",
    "SELECT * { ?s ?p ?o FILTER(?o < 5 && ?o > 3) }",
    "SELECT * { ?s ?p ?o FILTER(?o<5&&?o>3) }",
    "SELECT * { VALUES (?a ?b) { (<http://x/service> <http://x/LOAD>) } }",
    'SELECT * { ?s ?p "\\u00e5 \\U0001F600" }',
    "select * from <urn:g> from named <urn:h> { graph ?g { ?s ?p ?o } }",
    "ASK { ?s !<urn:p>|^<urn:q> ?o }",
    "DESCRIBE <urn:x>",
    "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }",
    "PREFIX ex: <http://example.org/>\r\nSELECT * {\r\n ex:a%20b\\,c ?p -1.5e-3 , .5 }",
]
BAD = [
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { sErViCe SILENT ?x { ?s ?p ?o } }",
    "SELECT * { {SERVICE<urn:x>{}} }",
    "SELECT * { ?s ?p 'a' . SERVICE ?x {} }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE ?x { ?s ?p ?o } } }",
    "SELECT * { # a comment\nSERVICE ?x {} }",
    "INSERT DATA { <urn:a> <urn:b> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "LOAD <http://127.0.0.1:1/>",
    "CLEAR ALL",
    "DROP GRAPH <urn:g>",
    "CREATE GRAPH <urn:g>",
    "COPY <urn:a> TO <urn:b>",
    "MOVE <urn:a> TO <urn:b>",
    "ADD <urn:a> TO <urn:b>",
    "ASK {} ; DROP ALL",
    "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    # < that some parsers take for the begin of an IRI, others for "less than"
    "SELECT * { FILTER(?a<'x>') SERVICE <urn:s> {?b ?c ?d} FILTER(?a<'y>') }",
    "SELECT * { ?s ?p ?o FILTER(?a<?b)SERVICE?s#>\n{?x ?y ?z} }",
    "SELECT * { BIND(?a<'b>'AS?c)SERVICE<urn:s>{?a ?b ?c} FILTER(?a<'y>') }",
    # escapes that are decoded before the query is read, or after
    "SELECT * { # \\u000A SERVICE <urn:s> {}\n }",
    'SELECT * { ?s ?p "\\u0022 . SERVICE <urn:s> {} . ?s ?p \\u0022" }',
    "SELECT * { ?s ?p <urn:\\u003E> }",
]
BROKEN = [
    ('SELECT * { ?s ?p "a }', 1, 18),
    ("SELECT *\n{ ?s ?p 'a\nb' }", 2, 9),
    ("SELECT * { \\u0053ERVICE <urn:s> {} }", 1, 12),
    ("SELECT * { \x00 }", 1, 12),
    ("SELECT * {#\r'''\n SERVICE <urn:s> {?a ?b ?c} #'''\n}", 1, 12),
    ('SELECT * { ?s ?p """abc"" }', 1, 25),  # "" and "abc" are strings, the last " is none
]


@pytest.mark.parametrize("query", GOOD)
def test_passes(query: str) -> None:
    assert check_read_only(query) in {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
    check_syntax(query)


@pytest.mark.parametrize("query", BAD)
def test_refused(query: str) -> None:
    with pytest.raises(QueryRefused) as caught:
        check_read_only(query)
    assert "line" in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(("query", "line", "column"), BROKEN)
def test_cannot_be_read(query: str, line: int, column: int) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        check_read_only(query)
    assert (caught.value.line, caught.value.column) == (line, column)


anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
tricky = st.lists(
    st.sampled_from(["SERVICE", " ", "<urn:x>", "{", "}", '"', "'", "\\", "\n", "\r", "#", "å", ">",
                     "<", "\\u0022", "\\U0000000A", "u0022", "'''", '"""', "?x", ")", "("]),
    max_size=12,
).map("".join)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(anything, tricky), st.sampled_from(["", "en"]))
def test_a_term_written_by_pyoxigraph_always_passes(text: str, language: str) -> None:
    term = Literal(text, language=language) if language else Literal(text)
    query = f"SELECT ?x {{ VALUES ?x {{ {term} }} }}"
    assert check_read_only(query) == "SELECT"
    ((value,),) = [tuple(row) for row in Store().query(query)]
    assert value == term


@settings(max_examples=200, deadline=None)
@given(tricky)
def test_a_comment_always_passes(text: str) -> None:
    line = text.replace("\n", " ").replace("\r", " ").replace("\\U", " ")
    assert check_read_only(f"ASK {{ }} # {line}") == "ASK"


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["SERVICE", "LOAD", "INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "COPY",
                     "MOVE", "ADD"]).flatmap(
        lambda word: st.tuples(*(st.sampled_from([c.lower(), c]) for c in word)).map("".join)
    ),
    st.sampled_from([" ", "\n", "\t", " # x\n", "}"]),
)  # fmt: skip
def test_keywords_in_any_case_are_refused(word: str, before: str) -> None:
    with pytest.raises(QueryRefused):
        check_read_only(f"SELECT * {{ ?s ?p ?o .{before}{word} <urn:x> {{ }} }}")


pieces = st.lists(
    st.sampled_from(
        ["SERVICE<http://127.0.0.1:1/>{?a ?b ?c}", "SERVICE SILENT <http://127.0.0.1:1/> {}",
         "FILTER(", ")", "?a<", "?a", "'x>'", "'", "'''", '"', "<", ">", "#", "\n", "\r", " ", "{",
         "}", "BIND(", "AS ?q", "<urn:x>", "&&", "1<2", "?b#>", ". ", "\\u0027", "\\",
         "VALUES(?z){(", ")}"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(pieces)
@example("FILTER(?a<'x>') SERVICE<http://127.0.0.1:1/>{?a ?b ?c} FILTER(?a<'y>')")
@example("FILTER(?a<?b)SERVICE<http://127.0.0.1:1/>{?a ?b ?c}")
def test_what_passes_calls_nobody(body: str) -> None:
    """Port 1 is refused by pyoxigraph with its own message, so that a call shows."""
    query = f"SELECT * {{ ?s ?p ?o {body} }}"
    try:
        check_read_only(query)
    except KlimatgraphError:
        return
    store = Store()
    store.load(b"<urn:a> <urn:b> 1 .", RdfFormat.TURTLE)
    with contextlib.suppress(SyntaxError):
        list(store.query(query))


@settings(max_examples=500, deadline=None)
@given(pieces)
def test_rdflib_reads_no_service_either(body: str) -> None:
    """What passes has no SERVICE in rdflib's reading, which decodes escapes first."""
    query = f"SELECT * {{ ?s ?p ?o {body} }}"
    try:
        check_read_only(query)
    except KlimatgraphError:
        return
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        tree = parseQuery(query)
    except Exception:  # what rdflib cannot read it cannot run
        return
    assert "ServiceGraphPattern" not in repr(tree)


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_an_answer_or_one_of_our_errors(text: str) -> None:
    try:
        check_read_only(text)
        check_syntax(text)
    except KlimatgraphError as error:
        assert "\n" not in str(error)


@settings(max_examples=300, deadline=None)
@given(tricky)
def test_both_kinds_of_parsers_read_the_same_string(text: str) -> None:
    query = f"SELECT ?x {{ VALUES ?x {{ {Literal(text)} }} }} # \\u0041 why"
    check_read_only(query)
    query = portable(query)
    ((value,),) = [tuple(row) for row in Store().query(query)]
    assert value == Literal(text)
    import rdflib

    ((other,),) = [tuple(row) for row in rdflib.Graph().query(query)]
    assert str(other) == text


HUGE = {
    "paren": lambda n: "ASK { FILTER(" + "(" * n + "1" + ")" * n + ") }",
    "brace": lambda n: "ASK " + "{" * n + "}" * n,
    "not": lambda n: "ASK { FILTER(" + "!" * n + "1) }",
    "or": lambda n: "ASK { FILTER(" + "||".join(["?s=1"] * n) + ") }",
    "plus": lambda n: "ASK { FILTER(" + "+".join(["1"] * n) + "=2) }",
    "union": lambda n: "ASK { " + " UNION ".join(["{?s ?p ?o}"] * n) + " }",
    "optional": lambda n: "ASK { " + "OPTIONAL { ?s ?p ?o } " * n + " }",
    "bind": lambda n: "ASK { " + " ".join(f"BIND(1 AS ?x{i})" for i in range(n)) + " }",
    "path": lambda n: "ASK { ?s " + "/".join(["<urn:p>"] * n) + " ?o }",
    "bracket": lambda n: "ASK { ?s ?p " + "[ ?p " * n + "1" + "]" * n + " }",
    "values": lambda n: "ASK { VALUES ?x { {" + "(" * n + " } } }",
}


@pytest.mark.parametrize("kind", sorted(HUGE))
def test_huge_queries_are_refused_before_they_crash_a_parser(kind: str) -> None:
    with pytest.raises(QueryRefused):
        check_read_only(HUGE[kind](20_000))


def _largest(kind: str) -> int:
    low, high = 1, 20_000
    while high - low > 1:
        middle = (low + high) // 2
        try:
            check_read_only(HUGE[kind](middle))
            low = middle
        except QueryRefused:
            high = middle
    return low


@pytest.mark.parametrize("kind", sorted(set(HUGE) - {"path", "values"}))
def test_the_largest_that_pass_crash_nothing(kind: str) -> None:
    """In a process of its own, in a thread, whose stack is the smaller one."""
    query = HUGE[kind](_largest(kind))
    code = (
        "import sys, threading\n"
        "from klimatgraph.engines.oxigraph import OxigraphEngine\n"
        "query = sys.stdin.read()\n"
        "thread = threading.Thread(target=lambda: OxigraphEngine().ask(query))\n"
        "thread.start(); thread.join()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], input=query, text=True, capture_output=True)
    assert done.returncode == 0 and "Traceback" not in done.stderr


def test_much_data_in_values_passes() -> None:
    terms = " ".join(f"(<http://x/service?wsdl{i}> 'a')" for i in range(30_000))
    assert check_read_only(f"SELECT * {{ VALUES (?a ?b) {{ {terms} }} }}") == "SELECT"


def test_depth() -> None:
    assert check_read_only("ASK " + "{" * MAX_DEPTH + "}" * MAX_DEPTH) == "ASK"
    with pytest.raises(QueryRefused, match="deeper"):
        check_read_only("ASK " + "{" * (MAX_DEPTH + 1))


@pytest.mark.parametrize(
    ("query", "where", "part"),
    [
        ("", (1, 1), "empty"),
        ("# only this", (1, 1), "empty"),
        ("SELEC ?s { ?s ?p ?o }", (1, 1), "did you mean SELECT"),
        ("SELECT ?s WHERE { ?s ?p ?o } LIMT 5", (1, 30), "LIMIT"),
        ("SELECT ?s\nWHERE { ?s a klim:City }", (2, 14), "klim:"),
        ("SELECT ?s { ?s <p> ?o }", (1, 16), "full IRI"),
        ("SELECT ?s { ?s ?p ?o", (1, 11), "never closed"),
        ("SELECT ?s { ?s ?p ?o }}", (1, 23), "closes nothing"),
        ("SELECT ?s { ?s ?p ?o FILTER(?o }", (1, 32), "column 28"),
        ("SELECT ?s { ?s ?p }", (1, 13), "object"),
        ("SELECT ?s { ?s ?p ?o FILTER(REGEX(?o)) }", (1, 22), "FILTER ("),
        ("SELECT ?s {\n ?s ?p ?o .\n OPTIONAL ?x ?y }", (3, 2), "OPTIONAL {"),
        ("SELECT ?s, ?o { ?s ?p ?o }", (1, 10), "spaces"),
        ("SELECT ?s { ?s ?p ?o } ORDER ?s", (1, 24), "ORDER BY"),
        ("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }", (1, 1), "GROUP BY"),
        ("SELECT (1 AS ?s) { ?s ?p ?o }", (1, 1), "take another"),
    ],
)
def test_syntax_errors_name_the_place(query: str, where: tuple[int, int], part: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        check_read_only(query)
        check_syntax(query)
    message = str(caught.value)
    assert (caught.value.line, caught.value.column) == where
    assert part in message and "\n" not in message and len(message) < 250


def test_dataset() -> None:
    found = dataset(
        "BASE <http://example.org/> PREFIX g: <urn:g:>\n"
        "SELECT * FROM <a>\nFROM NAMED g:b WHERE { ?FROM ?p 'FROM <x>' }"
    )
    assert found is not None
    assert found.default == (NamedNode("http://example.org/a"),)
    assert found.named == (NamedNode("urn:g:b"),)
    assert "FROM <a>" not in found.query and "'FROM <x>'" in found.query
    assert found.query.count("\n") == 2
    assert dataset("ASK { ?FROM ?p <urn:FROM> }") is None


def test_query_form() -> None:
    assert query_form("prefix select: <urn:x> construct { ?s ?p ?o } { }") == "CONSTRUCT"
    assert query_form("") == ""


def test_tokens() -> None:
    query = "PREFIX å: <urn:å>\nASK{?s^å:x/å:y.z 1.5e-3.[]å:\\,%41 'x'@sv-SE,'''a''b'''^^å:t}"
    assert [t.text for t in readings(query)[0]] == [
        "PREFIX", "å:", "<urn:å>", "ASK", "{", "?s", "^", "å:x", "/", "å:y.z", "1.5e-3", ".", "[",
        "]", "å:\\,%41", "'x'", "@sv-SE", ",", "'''a''b'''", "^^", "å:t", "}",
    ]  # fmt: skip
