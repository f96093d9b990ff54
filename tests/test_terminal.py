"""Answers in a terminal: width, notes, what is not known, and nothing that acts."""

from __future__ import annotations

import io
import re

import pytest

import klimatgraph as kg
from klimatgraph.analysis.coverage import Coverage
from klimatgraph.rows import Column, Entity, Rows, Source
from klimatgraph.terminal import show

NONE: tuple[Source, ...] = ()


def source(number: int) -> Source:
    return Source(f"urn:p{number}", f"Dokument {number}", f"urn:d{number}", "5.4")


def rows(*values: tuple[object, tuple[Source, ...]], lang: str = "sv", **more: object) -> Rows:
    found = [{"thing": value, "sources": sources} for value, sources in values]
    return Rows("test", "Vad?", [Column("thing", "sak")], found, lang=lang, **more)  # type: ignore[arg-type]


def drawn(answer: Rows, width: int = 80) -> str:
    stream = io.StringIO()
    show(answer, stream, width)
    return stream.getvalue()


def test_question_table_and_sources() -> None:
    lines = drawn(rows((Entity("urn:u", "Umeå"), (source(1),)))).split("\n")
    assert [line.split() for line in lines] == [
        ["Vad?"], ["sak", "not"], ["Umeå", "1"], [], ["Källor"],
        ["1", "Dokument", "1,", "avsnitt", "5.4"], [],
    ]  # fmt: skip


def test_sources_are_numbered_as_readers_meet_them_and_runs_are_joined() -> None:
    sources = tuple(source(n) for n in (9, 3, 7, 1, 5, 2))
    text = drawn(rows(("a", sources[:4]), ("b", (sources[0], sources[3], sources[4])),
                      ("c", sources[:2]), ("d", (sources[0], *sources[2:5]))))  # fmt: skip
    table = [line.split() for line in text.partition("Källor")[0].splitlines()[2:]]
    assert table[:4] == [["a", "1–4"], ["b", "1", "4", "5"], ["c", "1", "2"], ["d", "1", "3–5"]]
    notes = re.findall(r"^ *(\d+) Dokument (\d+)", text, re.MULTILINE)
    assert notes == [("1", "9"), ("2", "3"), ("3", "7"), ("4", "1"), ("5", "5")]


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_no_rows_is_not_no(lang: str) -> None:
    words = {"sv": "inte är detsamma som nej", "en": "not the same as no"}
    assert words[lang] in drawn(rows(lang=lang))


def test_coverage_stands_below() -> None:
    known = Coverage("commitment", "2025/26", 1, 2, 45, 48, 14)
    text = drawn(rows(("a", NONE), coverage=(known,)))
    assert text.splitlines()[-1].split() == ["gemensamt", "åtagande", "1", "2", "45"]
    assert "2025/26" in text and "48" in text and "14" in text
    english = drawn(rows(lang="en", coverage=(known,)))
    assert english.splitlines()[-1].split() == ["joint", "commitment", "1", "2", "45"]


@pytest.mark.parametrize("width", [40, 60, 100, 200])
def test_tables_keep_to_the_width_and_lose_nothing(graph: kg.KlimatGraph, width: int) -> None:
    answer = graph.shared("Umeå", "Malmö", by="partner")
    table = drawn(answer, width).partition("Källor")[0]
    assert max(map(len, table.splitlines())) <= width
    letters = re.sub(r"\s", "", table)
    for row in answer:
        assert re.sub(r"\s", "", str(row["thing"])[:4]) in letters


def test_without_a_terminal_the_width_is_always_the_same(
    graph: kg.KlimatGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = graph.shared("Umeå", "Malmö")
    texts = set()
    for columns in ("40", "200"):
        monkeypatch.setenv("COLUMNS", columns)
        stream = io.StringIO()
        show(answer, stream)
        texts.add(stream.getvalue())
    assert len(texts) == 1 and "\x1b" not in texts.pop()


@pytest.mark.parametrize(
    "text", ["[bold]fet[/bold]", "[link=http://example.org]x[/link]", ":smile:", "[/]", "a\\[b]"]
)
def test_text_is_text_and_no_markup(text: str) -> None:
    assert text in drawn(rows((text, NONE)))


@pytest.mark.parametrize("control", ["\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\x08\x08", "\r"])
def test_text_cannot_make_the_terminal_act(control: str) -> None:
    told = Source("urn:p", f"Dok{control}ument", "urn:d", "1")
    answer = Rows("test", f"Va{control}d?", [Column("thing", "sak")],
                  [{"thing": f"a{control}b", "sources": (told,)}])  # fmt: skip
    text = drawn(answer)
    assert (
        not set(control) & set(text) & set(map(chr, [*range(10), *range(11, 32), *range(127, 160)]))
    )
    assert "\N{REPLACEMENT CHARACTER}" in text


def test_numbers_stand_to_the_right_and_nothing_is_blank() -> None:
    answer = Rows("t", "Hur många?", [Column("n", "antal"), Column("m", "namn")],
                  [{"n": 5, "m": None, "sources": ()},
                   {"n": 283.0, "m": "x", "sources": ()}])  # fmt: skip
    lines = drawn(answer).splitlines()
    assert lines[2].rstrip() == "    5" and lines[3].rstrip() == "  283  x"
