"""PDFs: columns, tables, hyphens, footnotes, headers, links; and files made to do harm."""

from __future__ import annotations

import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimatgraph.errors import DocumentError
from klimatgraph.evidence import digest
from klimatgraph.reading import Document, read
from klimatgraph.reading.pdf.glyphs import Glyph, Sheet
from klimatgraph.reading.pdf.layout import rows, stretches
from klimatgraph.reading.pdf.pages import Writer
from klimatgraph.reading.pdf.reader import pages_of_pdf

CONTRACTS = Path(__file__).parents[1] / "fixtures" / "contracts"

Load = Callable[..., Document]

REPLACED = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})


def show(x: float, y: float, size: float, text: str, more: str = "") -> bytes:
    encoded = text.translate(REPLACED).encode("cp1252")
    return f"BT {more} /F {size} Tf 1 0 0 1 {x} {y} Tm (".encode() + encoded + b") Tj ET\n"


def rule(x: float, y: float, width: float) -> bytes:
    return f"{x} {y} m {x + width} {y} l S\n".encode()


def post(x: float, y: float, height: float) -> bytes:
    return f"{x} {y} m {x} {y + height} l S\n".encode()


def build(pages: list[bytes], annotations: bytes = b"", filters: bytes = b"", root: bytes = b"",
          count: int | None = None) -> bytes:  # fmt: skip
    """A PDF of pages with given content streams."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + root + b" >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count or len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, stream in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources "
            b"<< /Font << /F 3 0 R >> >> /Contents %d 0 R /Annots [%s] >>"
            % (5 + 2 * n, annotations if n == 0 else b"")
        )
        objects.append(
            b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(stream), filters, stream)
        )
    out, offsets = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, xref,
    )  # fmt: skip


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def loaded(*pages: bytes, annotations: bytes = b"") -> Document:
        path = tmp_path / "kontrakt.pdf"
        path.write_bytes(build(list(pages), annotations))
        return read(path)

    return loaded


def texts(document: Document) -> list[str]:
    return [passage.text for passage in document.passages]


LEFT = ["Staden och dess invånare vill", "att utsläppen minskar varje år",
        "och att luften blir renare för", "alla som bor i kommunen nu och",
        "för dem som kommer efter dem."]  # fmt: skip
RIGHT = ["Den högra spalten handlar om", "något annat, nämligen pengar",
         "och vem som betalar vad, när", "och hur mycket det kostar för",
         "kommunens alla skattebetalare."]  # fmt: skip


def test_two_columns_are_read_one_after_the_other(load: Load) -> None:
    page = show(60, 780, 16, "1. En rubrik som går över båda spalterna på sidan")
    for n, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        page += show(60, 740 - 14 * n, 11, left) + show(320, 740 - 14 * n, 11, right)
    page += show(60, 620, 11, "Ett stycke under spalterna som går över hela sidans bredd igen, ja.")
    assert texts(load(page)) == [
        "1. En rubrik som går över båda spalterna på sidan",
        " ".join(LEFT),
        " ".join(RIGHT),
        "Ett stycke under spalterna som går över hela sidans bredd igen, ja.",
    ]


def test_a_sentence_goes_on_at_the_top_of_the_next_column(load: Load) -> None:
    page = b""
    left = [*LEFT[:4], "för dem som sedan ska bo och"]
    right = ["verka här i staden. Till sist", *RIGHT[1:]]
    for n, (one, other) in enumerate(zip(left, right, strict=True)):
        page += show(60, 740 - 14 * n, 11, one) + show(320, 733 - 14 * n, 11, other)
    assert texts(load(page)) == [" ".join(left + right)]


ROWS = [("Sektor", "Åtgärd", "Kiloton"), ("Transporter", "Elbussar i hela", "57,5"),
        ("Energi", "Fjärrvärme", "12"), ("Avfall", "", "TBD")]  # fmt: skip


def table(top: float, rows: list[tuple[str, ...]], step: float = 22) -> bytes:
    page = b""
    for n, cells in enumerate(rows):
        for x, cell in zip((60, 200, 420), cells, strict=False):
            if cell:
                page += show(x, top - step * n, 11, cell)
    return page


def test_a_table_without_ruled_lines(load: Load) -> None:
    page = show(60, 780, 11, "Utsläppen i kilo är dessa:") + table(750, ROWS, 32)
    page += show(200, 750 - 32 - 13, 11, "kommunen")
    page += show(60, 610, 11, "Efter tabellen.")
    before, *rows, after = load(page).passages
    assert (before.kind, after.kind) == ("paragraph", "paragraph")
    assert [row.kind for row in rows] == ["row"] * 4
    assert [row.cells for row in rows] == [
        ROWS[0], ("Transporter", "Elbussar i hela kommunen", "57,5"), *ROWS[2:],
    ]  # fmt: skip
    assert rows[3].text == "Avfall | TBD"
    assert [row.header for row in rows] == [ROWS[0]] * 4
    assert {row.table for row in rows} == {1}


def test_ruled_lines_tell_rows_and_columns(load: Load) -> None:
    """The cells wrap, stand in the middle, and have no more room between them than lines have."""
    page = b""
    for y in (760, 740, 712, 684):
        page += rule(55, y, 400)
    for x in (55, 150, 455):
        page += post(x, 684, 76)
    page += show(60, 746, 11, "Prioritering") + show(155, 746, 11, "Projekt")
    page += show(60, 722, 11, "Mobilitet")
    page += show(155, 729, 11, "Gröna resplaner för alla") + show(155, 716, 11, "arbetsplatser")
    page += show(60, 701, 11, "Energi och") + show(60, 688, 11, "värme")
    page += show(155, 694, 11, "Koldioxidinfångning")
    page += show(60, 670, 11, "Efter tabellen.")
    document = load(page)
    assert [p.cells for p in document.passages] == [
        ("Prioritering", "Projekt"),
        ("Mobilitet", "Gröna resplaner för alla arbetsplatser"),
        ("Energi och värme", "Koldioxidinfångning"),
        (),
    ]


def test_a_table_over_a_page_break_is_one(load: Load) -> None:
    pages = []
    for n, part in enumerate([ROWS[:3], [ROWS[0], ROWS[3]], [("Industri", "Nya ugnar", "9")]]):
        pages.append(
            show(60, 815, 9, "Klimatkontrakt") + show(480, 815, 9, f"{n + 1} (3)")
            + table(780, part) + show(60, 30, 9, f"Sida {n + 1} av 3")
        )  # fmt: skip
    document = load(*pages)
    assert [(p.kind, p.table) for p in document.passages] == [("row", 1)] * 6
    assert [p.page for p in document.passages] == [1, 1, 1, 2, 2, 3]
    assert [p.cells == p.header for p in document.passages] == [
        True, False, False, True, False, False,
    ]  # fmt: skip
    assert len(document.furniture) == 6


def test_numbers_before_text_are_no_table(load: Load) -> None:
    page = b""
    for n, text in enumerate(["Syfte", "Parter", "Kommunens åtaganden"]):
        page += show(60, 780 - 60 * n, 14, f"{n + 1}.") + show(95, 780 - 60 * n, 14, text)
        page += show(60, 760 - 60 * n, 11, "Här står en mening till.")
    document = load(page)
    assert [(s.number, s.title) for s in document.sections] == [
        ("1", "Syfte"), ("2", "Parter"), ("3", "Kommunens åtaganden"),
    ]  # fmt: skip
    assert all(not p.cells for p in document.passages)


def test_a_list_of_contents_in_a_pdf_is_no_section_and_no_table(load: Load) -> None:
    titles = ["1. Syfte", "2. Parter", "3. Åtaganden", "7. Myndigheter", "9. Kontraktet"]
    contents = show(60, 800, 14, "Innehåll")
    for n, title in enumerate(titles):
        contents += show(60, 770 - 16 * n, 11, title) + show(500, 770 - 16 * n, 11, str(n + 2))
    body = b""
    for n, title in enumerate(titles):
        body += show(60, 780 - 60 * n, 14, title) + show(60, 760 - 60 * n, 11, "En mening.")
    document = load(contents, body)
    assert [s.number for s in document.sections] == ["0", "1", "2", "3", "7", "9"]
    assert all(not p.cells for p in document.passages)


def test_hyphenation_is_undone_and_other_hyphens_stay(load: Load) -> None:
    lines = ["Den stora omställ-", "ningen betalas med EU-", "bidrag till klimat-",
             "och energiåtgärder."]  # fmt: skip
    document = load(b"".join(show(60, 780 - 14 * n, 11, line) for n, line in enumerate(lines)))
    (passage,) = document.passages
    assert passage.text == (
        "Den stora omställningen betalas med EU-bidrag till klimat- och energiåtgärder."
    )
    assert document.text[passage.start : passage.end] == "\n".join(lines)


def test_letter_spaced_titles_are_words(load: Load) -> None:
    page = show(60, 780, 16, "MELLAN ENKÖPING OCH VÄRLDEN", "8 Tc") + b"BT 0 Tc ET\n"
    page += show(60, 720, 16, "M E L L A N   E N K Ö P I N G")
    page += show(60, 690, 11, "Vanlig text med a b c i sig.")
    assert texts(load(page)) == [
        "MELLAN ENKÖPING OCH VÄRLDEN", "MELLAN ENKÖPING", "Vanlig text med a b c i sig.",
    ]  # fmt: skip


def test_marks_of_footnotes_are_no_digits_of_a_number(load: Load) -> None:
    page = show(60, 780, 11, "Staden är klimatneutral 2030") + show(207, 784, 6.5, "4")
    page += (
        show(60, 766, 11, "på 12 km") + show(105.5, 770, 6.5, "2") + show(112, 766, 11, "med CO")
    )
    page += show(148.6, 764, 7, "2") + show(153, 766, 11, ", säger vi.")
    page += show(60, 60, 6.5, "4") + show(64, 57, 9, "Källa: planen.")
    first, second = texts(load(page))
    assert first == "Staden är klimatneutral 2030 på 12 km2 med CO2, säger vi."
    assert second == "4 Källa: planen."


def test_a_heading_that_wraps_in_larger_letters_is_whole(load: Load) -> None:
    page = show(60, 780, 20, "5. Kommunens Åtaganden") + show(60, 756, 20, "Inför Nästa Period")
    page += show(60, 730, 11, "Vi lovar detta för staden och dess invånare.")
    page += show(60, 716, 11, "Och mer därtill.")
    document = load(page)
    assert [s.title for s in document.sections] == ["Kommunens Åtaganden Inför Nästa Period"]
    assert texts(document)[1] == "Vi lovar detta för staden och dess invånare. Och mer därtill."


def test_bullets_that_are_drawn_are_bullets(load: Load) -> None:
    page = show(60, 780, 11, "Vi gör detta:")
    for n, text in enumerate(["Första punkten", "Andra punkten"]):
        y = 750 - 14 * n
        page += b"62 %d 4 4 re f\n" % (y + 2) + show(75, y, 11, text)
    assert [(p.kind, p.text) for p in load(page).passages] == [
        ("paragraph", "Vi gör detta:"), ("bullet", "Första punkten"), ("bullet", "Andra punkten"),
    ]  # fmt: skip


def link(address: bytes, x: int, y: int, width: int, kind: bytes = b"/URI /URI") -> bytes:
    return (
        b"<< /Type /Annot /Subtype /Link /Rect [%d %d %d %d] /A << /S %s (%s) >> >> "
        % (x, y - 3, x + width, y + 10, kind, address)
    )  # fmt: skip


def test_links_have_address_words_and_place(load: Load) -> None:
    page = show(60, 780, 11, "Se stadens") + show(122, 780, 11, "plan för") + show(
        170, 780, 11, "framtiden nu."
    )  # fmt: skip
    document = load(
        page,
        annotations=link(b"https://example.org/plan.pdf", 121, 780, 44)
        + link(b"javascript:alert\\(1\\)", 60, 780, 40)
        + link(b"app.alert\\(1\\)", 60, 780, 40, b"/JavaScript /JS")
        + link(b"/bin/sh", 60, 780, 40, b"/Launch /F"),
    )
    (found,) = document.links
    assert (found.address, found.title, found.page) == (
        "https://example.org/plan.pdf", "plan för", 1,
    )  # fmt: skip
    assert document.text[found.start : found.end] == "plan för"


def test_what_a_pdf_holds_is_not_carried_out(tmp_path: Path) -> None:
    target = tmp_path / "made.txt"
    script = (
        b"/OpenAction << /S /JavaScript /JS (this.exportDataObject\\(1\\); "
        b"app.launchURL\\('file:///etc/passwd'\\)) /Next << /S /Launch /F (touch "
        + str(target).encode() + b") >> >> /Names << /EmbeddedFiles << /Names [] >> >>"
    )  # fmt: skip
    path = tmp_path / "a.pdf"
    path.write_bytes(build([show(60, 700, 11, "Bara text.")], root=script))
    assert texts(read(path)) == ["Bara text."]
    assert not target.exists()


# ------------------------------------------------------------------------------------- bad input


def squeezed(content: bytes) -> bytes:
    """A PDF of some kilobytes whose page inflates, in two steps, to the content."""
    twice = zlib.compress(zlib.compress(content, 9), 9)
    return build([twice], filters=b"/Filter [/FlateDecode /FlateDecode]")


@pytest.mark.parametrize(
    "content",
    [b" " * 300_000_000, b"0 0 m 1 1 l S\n" * 20_000_000],
    ids=["blanks", "drawings"],
)
def test_a_pdf_bomb_ends_in_one_line_and_bounded_memory(content: bytes, tmp_path: Path) -> None:
    data = squeezed(content)
    assert len(data) < 10_000
    path = tmp_path / "bomb.pdf"
    path.write_bytes(data)
    # In a process of its own, whose children are only the one that reads the PDF. (What getrusage
    # tells of a process itself begins with the size of the process that started it.)
    code = (
        "import resource, sys\n"
        "from klimatgraph.errors import DocumentError\n"
        "from klimatgraph.reading.pdf.reader import pages_of_pdf\n"
        "try:\n    pages_of_pdf(open(sys.argv[1], 'rb').read(), 'bomb.pdf')\n"
        "except DocumentError as error:\n    print(error)\n"
        "status = open('/proc/self/status').read()\n"
        "print(status.partition('VmHWM:')[2].split()[0])\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    said, own, other = done.stdout.splitlines()
    assert said.startswith(("bomb.pdf cannot be read in", "bomb.pdf has no text in"))
    # Kilobytes on Linux.
    assert int(own) < 300_000 and int(other) < 1_200_000


def test_a_million_pages_are_refused() -> None:
    with pytest.raises(DocumentError, match="has 1000000 pages, more than"):
        pages_of_pdf(build([show(60, 700, 11, "A")], count=1_000_000), "a.pdf")


def test_a_page_of_endless_glyphs_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import klimatgraph.reading.pdf.glyphs as glyphs

    monkeypatch.setattr(glyphs, "MOST_GLYPHS_OF_PAGE", 5)
    monkeypatch.setattr(sys, "frozen", True, raising=False)  # in this process
    with pytest.raises(DocumentError, match="more signs on its pages"):
        pages_of_pdf(build([show(60, 700, 11, "Hela raden")]), "a.pdf")


def test_scanned_pages_are_counted() -> None:
    with pytest.raises(DocumentError, match="has no text in 14 pages: "):
        pages_of_pdf(build([b""] * 14), "scan.pdf")


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9])
def test_a_torn_pdf_is_read_or_refused_in_one_line(cut: float) -> None:
    data = build([show(60, 700, 11, "Text på sidan.")] * 3)
    try:
        assert pages_of_pdf(data[: int(cut * len(data))], "a.pdf").pages
    except DocumentError as error:
        assert "\n" not in str(error)


def test_without_a_process_of_its_own_a_pdf_is_read_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = build([show(60, 700, 11, "Text på sidan.")])
    apart = pages_of_pdf(data, "a.pdf")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert pages_of_pdf(data, "a.pdf") == apart


# -------------------------------------------------------------------------------- whatever comes


@given(
    st.lists(
        st.tuples(
            st.sampled_from("aB1.-•"),
            st.floats(0, 600), st.floats(0, 20), st.floats(0, 800),
            st.sampled_from([6.0, 10.0, 11.0, 20.0]), st.booleans(), st.booleans(),
        ),
        max_size=60,
    ),
    st.lists(st.tuples(st.floats(0, 800), st.floats(0, 300), st.floats(300, 600)), max_size=8),
)  # fmt: skip
def test_no_glyph_is_lost_wherever_it_stands(
    places: list[tuple[str, float, float, float, float, bool, bool]],
    rules: list[tuple[float, float, float]],
) -> None:
    """But for the marks of footnotes, which are digits."""
    glyphs = [Glyph(c, x, x + w, y, size, bold, blank) for c, x, w, y, size, bold, blank in places]
    page = rows(stretches(glyphs))
    sheet = Sheet(rules=rules, posts=[(a, 0, y) for y, a, _ in rules])
    items, _ = Writer([page]).write(page, sheet)
    written = Counter("".join(item.text for item in items))
    for char in "aB":
        assert written[char] == sum(glyph.char == char for glyph in glyphs)


@pytest.mark.parametrize(
    "source",
    sorted(path for path in CONTRACTS.glob("*.pdf") if path.with_suffix(".txt").exists()),
    ids=lambda path: path.stem,
)
def test_a_printed_contract_has_the_sections_of_its_text(source: Path) -> None:
    printed, text = read(source), read(source.with_suffix(".txt"))
    assert [(s.number, s.title) for s in printed.sections] == [
        (s.number, s.title) for s in text.sections
    ]
    own = {digest(p.text) for p in text.passages}
    shared = sum(digest(p.text) in own for p in printed.passages)
    assert shared >= 0.9 * len(printed.passages)
