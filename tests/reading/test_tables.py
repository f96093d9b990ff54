"""Tables in Markdown and text, hyphens, links, contents lists, page headers in Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from klimatgraph.errors import DocumentError
from klimatgraph.reading import Document, Passage, read
from klimatgraph.reading.text.joining import join_lines
from klimatgraph.reading.text.lines import lines_of_text
from klimatgraph.reading.text.links import strip_links
from klimatgraph.reading.text.segments import segment


def passages(text: str, markdown: bool = True) -> tuple[Passage, ...]:
    lines = lines_of_text(text, marked_pages=not markdown)
    return segment(lines, markdown=markdown, aligned=not markdown)[1]


def cells(text: str, markdown: bool = True) -> list[tuple[str, ...]]:
    return [p.cells for p in passages(text, markdown) if p.kind == "row"]


PIPES = """Före.
|  Åtgärd | År  |
| --- | --- |
|  Elbussar | 2030  |
|   | **2035**  |
|   |   |
Efter.
"""


def test_rows_between_pipes_know_their_header() -> None:
    before, *rows, after = passages(PIPES)
    assert (before.text, after.text) == ("Före.", "Efter.")
    assert [(row.kind, row.ordinal, row.text) for row in rows] == [
        ("row", 2, "Åtgärd | År"), ("row", 3, "Elbussar | 2030"), ("row", 4, "2035"),
    ]  # fmt: skip
    assert rows[2].cells == ("", "2035")
    assert [row.header for row in rows] == [("Åtgärd", "År")] * 3
    assert [row.cells == row.header for row in rows] == [True, False, False]
    assert PIPES[rows[1].start : rows[1].end] == "|  Elbussar | 2030  |"


def test_a_cell_goes_on_over_lines_until_it_is_closed() -> None:
    text = (
        "| Namn | Utfall |\n| --- | --- |\n| Elbussar | Tidigt:\n#1 team\n\nSent:\n# 2 plan  |\n"
        "| Linje | Fas 1\n| Tid: 2025–2030  |\n| Sist | utan slut\nrad\n\n| Ny | rad |\n"
    )
    assert cells(text) == [
        ("Namn", "Utfall"),
        ("Elbussar", "Tidigt: #1 team Sent: # 2 plan"),
        ("Linje", "Fas 1 Tid: 2025–2030"),
        ("Sist", "utan slut rad"),
        ("Ny", "rad"),
    ]


def test_a_stroke_or_a_break_within_a_cell() -> None:
    text = "| a | b |\n| --- | --- |\n| ett\\|två | tre<br>fyra [fem](https://example.org/5) |\n"
    assert cells(text)[1] == ("ett|två", "tre fyra fem")


def test_another_header_begins_another_table() -> None:
    text = "| a | b |\n| --- | --- |\n| c | d |\n| e | f |\n| --- | --- |\n| g | h |\n\n| i | j |\n"
    assert [(p.table, p.header) for p in passages(text)] == [
        (1, ("a", "b")), (1, ("a", "b")), (2, ("e", "f")), (2, ("e", "f")), (3, ()),
    ]  # fmt: skip


def paged(pages: list[str]) -> str:
    return "\n".join(f"{page}STADEN\n\nKlimatplan\n\n{n}\n" for n, page in enumerate(pages))


def test_a_table_that_a_page_header_cuts_is_one() -> None:
    filler = [f"Ett stycke om staden {word}.\n" for word in "abcdef"]
    text = paged(
        ["# 1. Mål\n\nText.\n\n| År | Mål |\n| --- | --- |\n| 2030 | A |\n",
         "| 2035 | B som går\n", "\n| 2040 | C |\n| --- | --- |\n", *filler]
    )  # fmt: skip
    lines = lines_of_text(text, marked_pages=False)
    _, found, furniture = segment(lines, markdown=True)
    rows = [p for p in found if p.kind == "row"]
    assert {p.table for p in rows} == {1}
    assert [p.header for p in rows] == [("År", "Mål")] * 4
    assert {text[a:b] for a, b in furniture} >= {"STADEN", "Klimatplan", "1", "8"}
    assert all("STADEN" not in p.text for p in found)
    assert sum(p.kind == "paragraph" for p in found) == 7


def test_what_comes_often_without_page_numbers_is_kept() -> None:
    text = "\n\n".join(f"Kort beskrivning\n\nEn åtgärd om {word}." for word in "abcdefghij")
    assert sum(p.text == "Kort beskrivning" for p in passages(text)) == 10


def test_a_text_without_page_marks_has_pages_where_numbers_and_headers_stand() -> None:
    text = (
        "Framsida\n1\nPlan – Staden\n1.\tMål\nVi vill att det\n2\nPlan – Staden\nska gå väl.\n"
        "3\nPlan – Staden\n2.\tPengar\n48\nkommuner är med.\n"
    )
    sections, found, furniture = segment(lines_of_text(text), aligned=True)
    assert [s.number for s in sections] == ["0", "1", "2"]
    assert [p.text for p in found if p.kind == "paragraph"] == [
        "Framsida", "Vi vill att det ska gå väl.", "48 kommuner är med.",
    ]  # fmt: skip
    assert [text[a:b] for a, b in furniture] == [
        "1", "Plan – Staden", "2", "Plan – Staden", "3", "Plan – Staden",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "header", ["Klimatkontrakt 2030 – Staden {}", "Staden Klimatkontrakt, version 9"]
)
def test_running_lines_of_a_text_without_page_marks(header: str) -> None:
    page = "".join(f"Ett stycke om sak {c}.\n\n" for c in "abcdefghij")
    text = "".join(header.format(n) + f"\n{n}.1.\tRubrik\n" + page for n in range(1, 6))
    sections, found, furniture = segment(lines_of_text(text), aligned=True)
    assert [s.number for s in sections] == [f"{n}.1" for n in range(1, 6)]
    assert len(furniture) == 5
    assert not any("Staden" in p.text for p in found)


def test_headings_with_numbers_are_no_running_lines() -> None:
    text = "".join(f"Scope {n}\n" + "Ett stycke.\n\n" * 20 for n in range(1, 4))
    assert not segment(lines_of_text(text))[2]


TABS = "Tabell:\nSektor\tKiloton\nTransport\t57,5\nEnergi\t12\n\nSedan text.\n"
SPACES = """Tabell:

Sektor        Åtgärd               Kiloton
Transport     Elbussar i hela         57,5
              kommunen
Energi        Fjärrvärme                12

Sedan text.
"""


def test_cells_parted_by_tabs_in_text() -> None:
    assert [(p.kind, p.text) for p in passages(TABS, markdown=False)] == [
        ("paragraph", "Tabell:"),
        ("row", "Sektor | Kiloton"),
        ("row", "Transport | 57,5"),
        ("row", "Energi | 12"),
        ("paragraph", "Sedan text."),
    ]
    assert passages(TABS, markdown=False)[2].header == ("Sektor", "Kiloton")


def test_cells_parted_by_wide_gaps_in_columns() -> None:
    rows = [p for p in passages(SPACES, markdown=False) if p.kind == "row"]
    assert [row.cells for row in rows] == [
        ("Sektor", "Åtgärd", "Kiloton"),
        ("Transport", "Elbussar i hela kommunen", "57,5"),
        ("Energi", "Fjärrvärme", "12"),
    ]
    assert {row.header for row in rows} == {("Sektor", "Åtgärd", "Kiloton")}


@pytest.mark.parametrize(
    "text",
    [
        "1.\tMål\nText\n2.\tPlan\nText\n",
        "\t▪\tEtt\n\t▪\tTvå\n",
        "Syfte\t3\nParter\t4\nMål\t4\n",
        "En   rad med   luckor\nsom ju     inte   står i spalter\noch   en till   rad\n",
    ],
    ids=["numbers", "bullets", "contents", "loose"],
)
def test_what_only_looks_like_a_table(text: str) -> None:
    assert cells(text, markdown=False) == []


# -------------------------------------------------------------------- headings, hyphens and links


def test_a_list_of_contents_that_runs_on_is_no_section() -> None:
    text = (
        "Innehåll\n1. Syfte 3\n2. Parter 4\n3. Kommunens åtaganden för en\nlång tid framåt 5\n"
        "7. Viable Cities 20\n9. Kontraktet 29 Klimatkontrakt 2030 30 Bilaga 1 31\n\n"
        "1. Syfte\nVi vill.\n\n2. Parter\nStaden.\n\n3. Kommunens åtaganden för en\nlång tid "
        "framåt\nVi gör.\n\n7. Viable Cities\nDe gör.\n\n9. Kontraktet\nSkrivet.\n"
    )
    lines = lines_of_text(text)
    sections, found, _ = segment(lines, aligned=True)
    assert [s.number for s in sections] == ["0", "1", "2", "3", "7", "9"]
    assert [p.text for p in found if p.section == "9"] == ["9. Kontraktet", "Skrivet."]


def test_markdown_headings_with_numbers() -> None:
    text = "# **3.1 Mål**\nA.\n## 3.2. Plan [här](https://example.org)\nB.\n# 7 Sist\nC.\n"
    sections, _, _ = segment(lines_of_text(text, False), markdown=True)
    assert [(s.number, s.title) for s in sections] == [
        ("3.1", "Mål"), ("3.2", "Plan här"), ("7", "Sist"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["omställ-", "ningen"], "omställningen"),
        (["omställ\u00ad", "ningen"], "omställningen"),
        (["EU-", "bidrag"], "EU-bidrag"),
        (["klimat-", "och energi"], "klimat- och energi"),
        (["Nord-", "Syd"], "Nord-Syd"),
        (["e-", "handel"], "e-handel"),
        (["2025-", "2030"], "2025-2030"),
        (["ett – ", "två -", "tre"], "ett – två - tre"),
        (["long-", "term"], "long-term"),
        (["noll-", "vision, nolltolerans-", "mål"], "nollvision, nolltolerans-mål"),
        (["a", "", "b"], "a b"),
    ],
)
def test_hyphens_at_the_end_of_a_line(lines: list[str], joined: str) -> None:
    assert join_lines(lines, {"nolltolerans-mål"}) == joined


def test_links_of_markdown_have_address_words_and_place(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "Se [stadens\tplan](https://example.org/a_(b).pdf), [hit](#mål), [epost](mailto:a@b.c) "
        "och [](https://example.org/).\n\n![karta](karta.png)\n",
        encoding="utf-8",
    )
    document = read(path)
    assert [(link.address, link.title) for link in document.links] == [
        ("https://example.org/a_(b).pdf", "stadens plan"), ("https://example.org/", ""),
    ]  # fmt: skip
    link = document.links[0]
    assert document.text[link.start : link.end] == "stadens\tplan"
    (passage,) = document.passages
    assert passage.text == "Se stadens plan, hit, epost och https://example.org/."


# ------------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", "Vi når målet år 2030".encode("cp1252"), "looks like Windows-1252; save it as"),
        ("a.txt", "Vi når målet".encode("utf-16"), "looks like UTF-16; save it as UTF-8"),
        ("a.md", "Vi når målet".encode("utf-16-le"), "looks like UTF-16; save it as UTF-8"),
        ("a.txt", "Vi når målet på sön".encode("mac-roman"), "looks like Mac Roman; save it as"),
        ("a.txt", b"PK\x03\x04\x14\0\x06", "is a Word, Excel or ZIP file, not text; export it"),
        ("a.txt", bytes(range(256)) * 9, "is not text but binary data; give a"),
        ("a.pdf", b"Bara text", "is not a readable PDF; download or export it again"),
    ],
)
def test_the_wrong_encoding_is_named(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DocumentError) as caught:
        read(path)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["|a|b\n" * 20_000, "|a b|c\nx\n" * 20_000, "| a | b |\n| --- | --- |\n|" * 9000,
     "[" * 50_000 + "](", "![" * 40_000, "|" + "\\|" * 50_000, "a   b\n" * 20_000,
     "x\ty\n" * 20_000, "a-\n" * 30_000, "Innehåll\n" * 20_000, "# 1\n| a" * 20_000,
     "|" + " -" * 40_000, "|" + "---|" * 20_000 + "x"],
    ids=range(13),
)  # fmt: skip
def test_odd_tables_and_links_take_no_odd_time(text: str) -> None:
    for markdown in (True, False):
        passages(text, markdown)
    strip_links(text)


def words_of(text: str) -> str:
    """What stands in a text but white space, borders of cells, hyphens and marks of bold."""
    return "".join(c for c in text if not c.isspace() and c not in "|-*\\#\u00ad")


@given(
    st.text(alphabet=st.sampled_from("abÅ1.\t |▪–-\n\n\f#é:"), max_size=200),
    st.booleans(),
)
@example("| a | b\nc\n| d |\n| --- | --- |\n# x\n", True)
@example("a\tb\nc\td\n  \te\n", False)
def test_whatever_the_text_its_passages_are_its_words(text: str, markdown: bool) -> None:
    lines = lines_of_text(text, marked_pages=not markdown)
    sections, found, furniture = segment(lines, markdown=markdown, aligned=not markdown)
    at = 0
    for passage in found:
        assert at <= passage.start < passage.end <= len(text)
        at = passage.end
        span = list(text[passage.start : passage.end])
        for start, end in furniture:
            if passage.start <= start and end <= passage.end:
                span[start - passage.start : end - passage.start] = " " * (end - start)
        assert words_of(passage.text) == words_of("".join(span))
        assert passage.text == passage.text.strip()
        assert (passage.kind == "row") == bool(passage.cells) == bool(passage.table)
        assert passage.header == () or len(passage.header) == len(passage.cells)
    assert all(s.start <= s.end <= len(text) for s in sections)


# ----------------------------------------------------------------------------- the real documents


def test_the_contract_of_lund(corpus: Path) -> None:
    document: Document = read(corpus / "ccc" / "lund.md")
    named = [
        p.cells[2]
        for p in document.passages
        if len(p.cells) == 3 and p.cells[:2] == ("Action outline", "Action name")
    ]
    assert [name.split(".")[0] for name in named] == [str(n) for n in range(1, 38)]
    headers = {document.text[start:end] for start, end in document.furniture}
    assert {"CITY OF LUND", "Climate Neutrality Action Plan"} <= headers
    assert not any(p.text == "CITY OF LUND" for p in document.passages[20:])
