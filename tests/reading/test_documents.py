"""Reading documents: boundaries of sections and passages, kinds of files, bad files."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimatgraph.errors import DocumentError, MissingExtra
from klimatgraph.evidence import digest
from klimatgraph.reading import Document, read
from klimatgraph.reading.text.lines import lines_of_text
from klimatgraph.reading.text.segments import segment

CONTRACT = """ 1.\t Ett avtal\u00a0
Staden vill  mycket.
Den vill det nu.

Vi listar:

\t▪\tFörsta punkten som
går över två rader

\t•\tAndra punkten
 2.\t Plan för det som
Staden Vill
Stycket rinner över till
nästa rad och till en ny
 sida utan att sluta.
 Ett nytt stycke på en ny sida.

2.1.\t Finansiering
– och annat
Åtagande 1 - Vi lovar ett.
Åtagande 2 - Vi lovar två.
Bilaga 1 - Länkar
Se nedan.

https://example.org/a b.pdf
https://example.org/c
 Bilaga 2: Karta
Slut
"""

FILLER = "".join(f"Rad {n} i en lång text.\n\n" for n in range(60))


def texts(document: Document, section: str) -> list[tuple[int, str, str]]:
    return [(p.ordinal, p.kind, p.text) for p in document.passages if p.section == section]


@pytest.fixture
def contract(tmp_path: Path) -> Document:
    # The page marks are believed only where they are rare, as in a text of real length.
    path = tmp_path / "kontrakt.txt"
    path.write_bytes((CONTRACT + "\n" + FILLER).encode())
    return read(path)


def test_sections_have_number_and_whole_title(contract: Document) -> None:
    assert [(s.number, s.title) for s in contract.sections] == [
        ("1", "Ett avtal"),
        ("2", "Plan för det som Staden Vill"),
        ("2.1", "Finansiering – och annat"),
        ("annex-1", "Länkar"),
        ("annex-2", "Karta"),
    ]


def test_paragraphs_and_bullets_are_counted_together(contract: Document) -> None:
    assert texts(contract, "1") == [
        (0, "heading", "1. Ett avtal"),
        (1, "paragraph", "Staden vill mycket. Den vill det nu."),
        (2, "paragraph", "Vi listar:"),
        (3, "bullet", "Första punkten som går över två rader"),
        (4, "bullet", "Andra punkten"),
    ]


def test_a_paragraph_runs_over_a_page_start_unless_its_sentence_ended(contract: Document) -> None:
    assert texts(contract, "2")[1:] == [
        (1, "paragraph", "Stycket rinner över till nästa rad och till en ny sida utan att sluta."),
        (2, "paragraph", "Ett nytt stycke på en ny sida."),
    ]


def test_each_numbered_commitment_is_a_passage(contract: Document) -> None:
    assert [text for _, _, text in texts(contract, "2.1")[1:]] == [
        "Åtagande 1 - Vi lovar ett.",
        "Åtagande 2 - Vi lovar två.",
    ]


def test_each_address_is_a_passage(contract: Document) -> None:
    assert [text for _, _, text in texts(contract, "annex-1")[1:]] == [
        "Se nedan.",
        "https://example.org/a b.pdf",
        "https://example.org/c",
    ]


def test_spans_point_at_the_words(contract: Document) -> None:
    for passage in contract.passages:
        assert " ".join(contract.text[passage.start : passage.end].split()) == passage.text


def test_line_ends_make_no_difference_to_the_words(contract: Document, tmp_path: Path) -> None:
    other = tmp_path / "crlf.txt"
    other.write_bytes(contract.path.read_bytes().replace(b"\n", b"\r\n"))
    again = read(other)
    assert "\r\n" in again.text
    assert [(p.section, p.ordinal, p.kind, p.text) for p in again.passages] == [
        (p.section, p.ordinal, p.kind, p.text) for p in contract.passages
    ]


def test_sections_cover_the_document_without_overlap(contract: Document) -> None:
    for before, after in zip(contract.sections, contract.sections[1:], strict=False):
        assert before.end == after.start
    for passage in contract.passages:
        section = contract.section(passage.section)
        assert section.start <= passage.start < passage.end <= section.end


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf1.\tA title\nWords.\n")
    document = read(path)
    assert document.text.startswith("1.")
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_text_before_the_first_heading_is_section_0(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Framsida\n\n1.\tMål\nVi vill.\n", encoding="utf-8")
    document = read(path)
    assert [(s.number, s.title) for s in document.sections] == [("0", ""), ("1", "Mål")]
    assert document.passage("0", 1).text == "Framsida"


def test_a_table_of_contents_is_no_section(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "Innehåll\n\n1.\tMål ..... 3\n1.1.\tMer ..... 4\n\n"
        "1.\tMål\n2.\tPlan\n\n1.\tMål\nVi vill.\n\n2.\tPlan\nVi gör.\n",
        encoding="utf-8",
    )
    document = read(path)
    assert [s.number for s in document.sections] == ["0", "1", "2"]
    assert document.passage("1", 1).text == "Vi vill."
    assert document.passage("2", 1).text == "Vi gör."


def test_the_items_of_a_numbered_list_are_no_headings(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "5.\tPlan\nVi gör:\n\n1.\tEtt\n\n2.\tTvå\n\n6.\tSlut\nKlart.\n", encoding="utf-8"
    )
    document = read(path)
    assert [s.number for s in document.sections] == ["5", "6"]
    assert texts(document, "5")[2:] == [(2, "bullet", "Ett"), (3, "bullet", "Två")]


def test_a_number_at_the_start_of_a_line_is_no_heading(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "1.\tMål\nMålet gäller till år\n2030. Vi når det. I arbetet deltar\n48 kommuner och\n"
        "10. Annat följer i texten\n",
        encoding="utf-8",
    )
    assert [s.number for s in read(path).sections] == ["1"]


def test_text_set_in_by_one_blank_has_no_page_marks() -> None:
    lines = lines_of_text(" a\n b\n c\n")
    assert [line.page_start for line in lines] == [False, False, False]


def test_running_headers_and_page_numbers_belong_to_no_passage() -> None:
    pages = [f"Kontrakt 2030\n{body}\nsida {n}" for n, body in enumerate(
        ["1.\tMål\nVi vill att det", "ska gå väl.\n\nNytt.", "Mer.", "Sist."], start=1
    )]  # fmt: skip
    text = "\f".join(pages)
    sections, passages, furniture = segment(lines_of_text(text))
    assert [s.number for s in sections] == ["1"]
    assert [p.text for p in passages if p.kind == "paragraph"] == [
        "Vi vill att det ska gå väl.", "Nytt.", "Mer.", "Sist.",
    ]  # fmt: skip
    assert {text[start:end] for start, end in furniture} == {
        "Kontrakt 2030", "sida 1", "sida 2", "sida 3", "sida 4",
    }  # fmt: skip


def test_markdown_headings_make_sections(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "Front\n\n# 1. Aim\nWe aim.\n## Textual élément\n- one\n- two\n## Textual élément\nEnd.\n"
        "# Annex 1: Links\n1.\tNo heading\n# ...\n",
        encoding="utf-8",
    )
    document = read(path)
    assert [(s.number, s.title) for s in document.sections] == [
        ("0", ""),
        ("1", "Aim"),
        ("textual-element", "Textual élément"),
        ("textual-element-2", "Textual élément"),
        ("annex-1", "Links"),
        ("section", "..."),
    ]
    assert texts(document, "textual-element")[1:] == [(1, "bullet", "one"), (2, "bullet", "two")]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \r\n\n", "is empty"),
        ("a.txt", b"caf\xe9", "not UTF-8 text (byte 4)"),
        ("a.md", b"a\0b", "holds NUL"),
        ("a.docx", b"PK", "of no kind that can be read"),
        ("a.pdf", b"%PDF-1.7 broken", "not a readable PDF"),
        ("a.txt", b"%PDF-1.7 broken", "not a readable PDF"),
    ],
)
def test_bad_files_are_told_in_one_line(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DocumentError) as caught:
        read(path)
    message = str(caught.value)
    assert says in message
    assert name in message
    assert "\n" not in message


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="does not exist"):
        read(tmp_path / "no.txt")
    with pytest.raises(DocumentError, match="is a folder"):
        read(tmp_path)
    with pytest.raises(DocumentError, match="cannot be read"):
        read("a\0b.txt")


def test_a_passage_that_is_not_there(contract: Document) -> None:
    with pytest.raises(DocumentError, match=r"no section '9'.*1, 2, 2\.1, annex-1"):
        contract.passage("9", 1)
    with pytest.raises(DocumentError, match="no passage 7; the last is 4"):
        contract.passage("1", 7)


@pytest.mark.parametrize(
    "text",
    [
        "1.\tA" + "." * 60_000 + "x",
        "# A" + " " * 60_000 + "b" + "#" * 60_000 + "c",
        "1.\tA\n" * 20_000,
        "\n\n".join(f"{n % 99 + 1}.{n % 98 + 1}\tA" for n in range(20_000)),
        "Bilaga 1" + " " * 60_000 + "x",
        "." * 60_000 + "x",
        "\f\n" * 20_000,
    ],
    ids=["dots", "hashes", "same heading", "many headings", "annex", "sentence ends", "pages"],
)
def test_odd_texts_take_no_odd_time(text: str) -> None:
    """These would run for hours where a pattern or a loop goes over the text again and again."""
    for markdown in (False, True):
        sections, passages, _ = segment(lines_of_text(text), markdown=markdown)
        assert len(sections) <= len(passages) + 1


@given(st.text(alphabet=st.sampled_from("ab1.\t ▪–-\r\n\fÅ#:é"), max_size=200), st.booleans())
def test_no_word_is_lost_and_none_is_made_up(text: str, markdown: bool) -> None:
    """Whatever the text: passages are in order, apart from each other, and all of its words."""
    _, passages, furniture = segment(lines_of_text(text), markdown=markdown)
    spans = sorted([(p.start, p.end) for p in passages] + list(furniture))
    at = 0
    outside = ""
    for start, end in spans:
        assert at <= start < end <= len(text)
        outside += text[at:start]
        at = end
    outside += text[at:]
    assert not any(c.isalpha() and c != "a" and c != "b" for c in outside)
    places = [(p.section, p.ordinal) for p in passages]
    assert len(places) == len(set(places))


# ------------------------------------------------------------------------------------------ PDF


def make_pdf(pages: list[list[tuple[int, str]]], extra: bytes = b"") -> bytes:
    """A small PDF: for each page the lines with their height on it."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    for n, lines in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources "
            b"<< /Font << /F 3 0 R >> >> /Contents %d 0 R >>" % (5 + 2 * n)
        )
        stream = b"".join(
            b"BT /F 11 Tf 60 %d Td (%s) Tj ET\n"
            % (y, text.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)"))
            for y, text in lines
        )
        objects.append(b"<< /Length %d >>\nstream\n%sendstream" % (len(stream), stream))
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, extra, xref,
    )  # fmt: skip
    return out


PAGES = [
    [(800, "Kontrakt 2030"), (770, "5. Åtaganden"), (750, "Vi lovar att göra det"),
     (736, "som behövs i staden."), (710, "\u2022 Första"), (696, "punkten"),
     (670, "Ett stycke som går vidare på"), (40, "1")],
    [(800, "Kontrakt 2030"), (770, "nästa sida."), (756, "Det slutar här."), (40, "2")],
    [(800, "Kontrakt 2030"), (770, "6. Plan"), (756, "Klart."), (40, "3")],
]  # fmt: skip


def test_a_pdf_has_pages_and_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "kontrakt.pdf"
    path.write_bytes(make_pdf(PAGES))
    document = read(path)
    assert [(s.number, s.title) for s in document.sections] == [("5", "Åtaganden"), ("6", "Plan")]
    assert [(p.kind, p.page, p.text) for p in document.passages] == [
        ("heading", 1, "5. Åtaganden"),
        ("paragraph", 1, "Vi lovar att göra det som behövs i staden."),
        ("bullet", 1, "Första punkten"),
        ("paragraph", 1, "Ett stycke som går vidare på nästa sida. Det slutar här."),
        ("heading", 3, "6. Plan"),
        ("paragraph", 3, "Klart."),
    ]


def test_a_pdf_has_the_digests_of_the_same_text(tmp_path: Path) -> None:
    """Header, footer and page break stand inside a passage; the words are what counts."""
    pdf, txt = tmp_path / "kontrakt.pdf", tmp_path / "kontrakt.txt"
    pdf.write_bytes(make_pdf(PAGES))
    txt.write_text(
        "5.\tÅtaganden\nVi lovar att göra det som behövs\ni staden.\n\n\t▪\tFörsta punkten\n\n"
        "Ett stycke som går vidare på nästa sida. Det\nslutar här.\n\n6.\tPlan\nKlart.\n",
        encoding="utf-8",
    )
    assert [digest(p.text) for p in read(pdf).passages] == [
        digest(p.text) for p in read(txt).passages
    ]


def test_a_pdf_under_another_name_is_read_as_pdf(tmp_path: Path) -> None:
    path = tmp_path / "kontrakt.txt"
    path.write_bytes(make_pdf(PAGES))
    assert read(path).passages[-1].page == 3


def test_a_pdf_without_text(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(make_pdf([[]]))
    with pytest.raises(DocumentError, match="has no text in 1 page: "):
        read(path)


def test_a_pdf_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    lock = b"(%s)" % (b"x" * 32)
    path.write_bytes(
        make_pdf(
            PAGES,
            b"/ID [(aaaaaaaaaaaaaaaa) (aaaaaaaaaaaaaaaa)] /Encrypt "
            b"<< /Filter /Standard /V 1 /R 2 /P -4 /O " + lock + b" /U " + lock + b" >>",
        )
    )
    with pytest.raises(DocumentError, match="protected by a password"):
        read(path)


def test_without_pypdfium2_the_missing_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kontrakt.pdf"
    path.write_bytes(make_pdf(PAGES))
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(MissingExtra, match=r"klimatgraph\[read\]"):
        read(path)


# ----------------------------------------------------------------------------- the real contract


def test_the_contract_of_umea(corpus: Path) -> None:
    document = read(corpus / "klimatkontrakt" / "umea-2025-26.txt")
    assert " ".join(section.number for section in document.sections) == (
        "1 2 3 3.1 3.2 3.3 4 5 5.1 5.2 5.3 5.4 6 6.1 6.2 6.3 7 7.1 7.2 7.3 7.4 "
        "annex-1 annex-2 annex-3"
    )
    titles = {section.number: section.title for section in document.sections}
    assert titles["3.1"] == "Governance - fortsatt utveckling av styrning, ledning och policy"
    assert titles["5.4"] == "Åtaganden med andra kommuner inom Klimatneutrala städer 2030"
    assert titles["6"] == "Myndigheternas gemensamma åtaganden"
    assert titles["7.3"].endswith("– inom EU och utanför")
    numbered = [p.text.split(" - ")[0] for p in document.passages if p.text[:8] == "Åtagande"]
    assert numbered[:5] == [f"Åtagande {n}" for n in (1, 2, 3, 4, 6)]
    # Counted by eye in the file.
    bullets = {
        number: sum(1 for p in document.passages if p.section == number and p.kind == "bullet")
        for number in ("2", "4", "5.1", "5.2", "5.3", "5.4", "6", "7.1", "annex-1")
    }
    assert bullets == {
        "2": 5, "4": 3, "5.1": 3, "5.2": 3, "5.3": 8, "5.4": 2, "6": 3, "7.1": 3, "annex-1": 4,
    }  # fmt: skip
    over_pages = document.passage("7.2", 1).text
    assert "mellan städer" in over_pages
    assert over_pages.endswith("omställningen.")
    assert document.furniture == ()
    assert all(passage.page is None for passage in document.passages)
