"""Rows: every form they are given in, with sources, and nothing that could do harm."""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import dataclass
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimatgraph.errors import InputError, MissingExtra
from klimatgraph.rows import Column, Entity, Rows, Source

UMEA = Entity("https://w3id.org/klimatgraph/id/city/se/umea", "Umeå")
LUND = Entity("https://w3id.org/klimatgraph/id/city/se/lund", "Lund")
PASSAGE = Source(
    "urn:p1", "Kontrakt|Umeå", "urn:d", "5.4", 12, "https://example.org/a?b=1&c=2", "ff"
)
LATER = Source("urn:p2", "Kontrakt|Umeå", "urn:d", "10", None, None, "ee")
PAGE = Source("urn:d2", "Sida", "urn:d2", None, None, "javascript:alert(1)")
COLUMNS = [Column("city", "kommun"), Column("n", "antal"), Column("note", "not")]


@dataclass(frozen=True)
class Note:
    topic: str = "commitment"

    def sentence(self, lang: str = "sv") -> str:
        return "känt för 1 av 48" if lang == "sv" else "known for 1 of 48"

    def to_dict(self) -> dict[str, int | str]:
        return {"topic": self.topic, "known": 1, "total": 48}


def rows(lang: str = "sv") -> Rows:
    return Rows(
        "test",
        "Vilka?",
        COLUMNS,
        [
            {"city": UMEA, "n": 5, "note": 'a|b\n"c", d', "sources": (PASSAGE, LATER)},
            {"city": LUND, "n": 7.5, "note": None, "sources": (PASSAGE, PAGE)},
        ],
        (Note(),),
        lang,
    )


def test_a_sequence_of_mappings() -> None:
    found = rows()
    assert len(found) == 2 and found[-1]["city"] is LUND
    assert [row["n"] for row in found] == [5, 7.5] == found.column("n")
    assert isinstance(found[:1], Rows) and len(found[:1]) == 1 and found[:1].question == "Vilka?"
    assert found == rows() and repr(found) == "<Rows test: 2 rows>"
    with pytest.raises(InputError, match="city, n, note"):
        found.column("no")
    assert not Rows("t", "q", [])


def test_text() -> None:
    assert str(rows()).split("\n") == [
        "Vilka?",
        "kommun  antal  not         källa",
        "------  -----  ----------  -------",
        'Umeå        5  a|b "c", d  [1] [2]',
        "Lund      7.5              [1] [3]",
        "",
        "[1] Kontrakt|Umeå, avsnitt 5.4, s. 12 <https://example.org/a?b=1&c=2>",
        "[2] Kontrakt|Umeå, avsnitt 10",
        "[3] Sida <javascript:alert(1)>",
        "",
        "känt för 1 av 48",
    ]
    assert "section 5.4, p. 12" in str(rows("en")) and "known for 1 of 48" in str(rows("en"))
    assert str(Rows("t", "Q?", COLUMNS, lang="en")) == "Q?\nNo rows."


def test_text_is_aligned_whatever_is_in_it() -> None:
    values = ["城市", "a\u0308o", "\x1b[31m\t"]
    columns = [Column("a", "a"), Column("b", "b")]
    wide = Rows("t", "q", columns, [{"a": value, "b": "x"} for value in values])
    lines = str(wide).split("\n")[3:]
    assert lines == ["城市  x", "a\u0308o    x", "[31m  x"]


def test_markdown() -> None:
    assert rows().to_markdown() == (
        "| kommun | antal | not | källa |\n"
        "| --- | ---: | --- | --- |\n"
        '| Umeå | 5 | a\\|b "c", d | \\[1\\] \\[2\\] |\n'
        "| Lund | 7.5 |  | \\[1\\] \\[3\\] |\n"
        "\n"
        "1. Kontrakt\\|Umeå, avsnitt 5.4, s. 12 <https://example.org/a?b=1&c=2>\n"
        "2. Kontrakt\\|Umeå, avsnitt 10\n"
        "3. Sida\n"
        "\n"
        "känt för 1 av 48\n"
    )


def test_json_is_as_designed() -> None:
    told = json.loads(rows().to_json())
    assert list(told) == ["question", "rows", "coverage"]
    assert told["question"] == "Vilka?"
    assert told["rows"][0] == {
        "city": {"iri": UMEA.iri, "label": "Umeå"},
        "n": 5,
        "note": 'a|b\n"c", d',
        "sources": [
            {
                "document": "Kontrakt|Umeå",
                "section": "5.4",
                "page": 12,
                "address": "https://example.org/a?b=1&c=2",
                "passage": "urn:p1",
            },
            {"document": "Kontrakt|Umeå", "section": "10", "page": None, "address": None,
             "passage": "urn:p2"},
        ],
    }  # fmt: skip
    assert told["rows"][1]["sources"][1]["passage"] is None
    assert told["coverage"] == {"commitment": {"topic": "commitment", "known": 1, "total": 48}}
    assert "å" in rows().to_json()


@pytest.mark.parametrize(
    ("value", "wanted"),
    [(float("inf"), "inf"), (5.0, 5), (Decimal("0.12345678901234567890"), "0.12345678901234567890"),
     (True, True), (("a", UMEA), ["a", {"iri": UMEA.iri, "label": "Umeå"}])],
)  # fmt: skip
def test_json_values(value: object, wanted: object) -> None:
    made = Rows("t", "q", [Column("x", "x")], [{"x": value}])
    assert json.loads(made.to_json())["rows"][0]["x"] == wanted


def test_csv() -> None:
    found = list(csv.DictReader(io.StringIO(rows().to_csv(), newline="")))
    assert list(found[0]) == ["city", "n", "note", "city_iri", "sources", "source_iris"]
    assert found[0]["note"] == 'a|b\n"c", d' and found[0]["city_iri"] == UMEA.iri
    assert found[1]["note"] == "" and found[1]["n"] == "7.5"
    assert found[1]["source_iris"] == "urn:p1 urn:d2"
    assert found[0]["sources"] == "Kontrakt|Umeå, avsnitt 5.4, s. 12; Kontrakt|Umeå, avsnitt 10"


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@given(st.lists(st.tuples(cells, cells), max_size=4))
def test_csv_comes_back_whole(table: list[tuple[str, str]]) -> None:
    made = Rows(
        "t", "q", [Column("a", "a"), Column("b", "b")], [{"a": a, "b": b} for a, b in table]
    )
    found = list(csv.DictReader(io.StringIO(made.to_csv(), newline="")))
    assert [(row["a"], row["b"]) for row in found] == table


@given(cells, cells)
def test_markdown_cells_never_break_the_table(text: str, label: str) -> None:
    made = Rows("t", "q", [Column("a", label), Column("b", "b")], [{"a": text, "b": "x"}])
    lines = made.to_markdown().split("\n")
    assert len(lines) == 4
    for line in lines[:3]:
        bare = line.replace("\\\\", "").replace("\\|", "")
        assert bare.count("|") == 3


@pytest.mark.parametrize("method", ["to_csv", "to_json"])
def test_files_are_written_whole(tmp_path: Path, method: str) -> None:
    file = tmp_path / "å.out"
    text = getattr(rows(), method)(file)
    assert file.read_bytes() == text.encode() and os.listdir(tmp_path) == ["å.out"]
    with pytest.raises(InputError):
        getattr(rows(), method)(tmp_path / "no" / "file")
    with pytest.raises(InputError):
        getattr(rows(), method)(tmp_path)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


ALLOWED = set(
    [
        "p",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "span",
        "details",
        "summary",
        "ol",
        "li",
        "a",
    ]
)


@given(
    st.sampled_from(
        ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'&lt;", "</td>"]
    ),
    cells,
)
def test_html_is_escaped(bad: str, more: str) -> None:
    text = bad + more
    source = Source("urn:" + bad, text, "urn:d", text, 1, "https://x.example/" + bad)
    made = Rows(text, text, [Column("a", text)], [{"a": text, "sources": (source,)},
                {"a": Entity(text, text), "sources": (source,)}])  # fmt: skip
    page = Tags()
    page.feed(made._repr_html_())
    assert {tag for tag, _ in page.found} <= ALLOWED
    assert not [attrs for _, attrs in page.found if any(k.startswith("on") for k in attrs)]
    assert all(
        (attrs.get("href") or "https://").startswith("https://") for tag, attrs in page.found
    )


def test_html_shows_sources_and_coverage() -> None:
    page = Tags()
    page.feed(rows()._repr_html_())
    assert "Kontrakt|Umeå, avsnitt 5.4, s. 12" in page.text and "känt för 1 av 48" in page.text
    links = [attrs["href"] for tag, attrs in page.found if tag == "a"]
    assert links == ["https://example.org/a?b=1&c=2"]
    many = Rows("t", "q", [Column("a", "a")], [{"a": i} for i in range(500)])
    assert "… och 300 rader till" in many._repr_html_()


def test_frames() -> None:
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    frame = rows().to_pandas()
    assert list(frame.columns) == ["city", "n", "note", "city_iri", "sources", "source_iris"]
    assert frame["n"].sum() == 12.5 and frame["city"].tolist() == ["Umeå", "Lund"]
    other = rows().to_polars()
    assert other["n"].dtype == polars.Float64 and other["city_iri"].to_list()[1] == LUND.iri
    assert other.columns == list(frame.columns)
    empty = Rows("t", "q", COLUMNS)
    assert (
        list(empty.to_pandas().columns)[:3]
        == ["city", "n", "note"]
        == empty.to_polars().columns[:3]
    )
    mixed = Rows("t", "q", [Column("x", "x")], [{"x": 1}, {"x": "a"}, {"x": None}])
    assert mixed.to_polars()["x"].to_list() == ["1", "a", None]
    assert isinstance(frame, pandas.DataFrame)


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    monkeypatch.setitem(__import__("sys").modules, package, None)
    with pytest.raises(MissingExtra, match=rf"pip install 'klimatgraph\[{package}\]'"):
        getattr(rows(), f"to_{package}")()


def test_sources_sort_as_a_reader_expects() -> None:
    assert sorted([LATER, PAGE, PASSAGE], key=Source.order) == [PASSAGE, LATER, PAGE]
    odd = [
        Source("urn:x", "t", "d", section) for section in ("A.2", "2", None, "A.10", "10", "2.b")
    ]
    assert [s.section for s in sorted(odd, key=Source.order)] == [
        None,
        "2",
        "2.b",
        "10",
        "A.2",
        "A.10",
    ]
