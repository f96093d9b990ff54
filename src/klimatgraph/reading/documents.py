"""Read a document: text, Markdown or PDF to sections and passages.

Examples
--------
>>> import tempfile, pathlib
>>> with tempfile.TemporaryDirectory() as folder:
...     path = pathlib.Path(folder, "kontrakt.txt")
...     _ = path.write_text("1.\\tMål\\nVi når målet.\\n", encoding="utf-8")
...     document = read(path)
>>> document.sections[0].title
'Mål'
>>> document.passage("1", 1).text
'Vi når målet.'
>>> document.text[document.passage("1", 1).start :].strip()
'Vi når målet.'
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from klimatgraph.errors import DocumentError
from klimatgraph.reading.pdf.limits import LARGEST_FILE
from klimatgraph.reading.pdf.reader import Pdf, pages_of_pdf
from klimatgraph.reading.text.decoding import decode
from klimatgraph.reading.text.lines import Line, lines_of_text
from klimatgraph.reading.text.links import Link, is_web, links_of_markdown
from klimatgraph.reading.text.segments import Kind, Passage, Section, segment

__all__ = ["Document", "Kind", "Link", "Passage", "Section", "read"]

_TEXT = frozenset({".txt", ".text"})
_MARKDOWN = frozenset({".md", ".markdown"})
_PDF = frozenset({".pdf"})


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read.

    Parameters
    ----------
    path
        The file.
    text
        Its text as decoded, or as taken out of the pages of a PDF.
    sha256
        SHA-256 of the file, as lower-case hexadecimal digits.
    sections
        In reading order.
    passages
        In reading order, headings among them.
    furniture
        Spans of page headers, footers and page numbers in the text; they belong to no passage.
    links
        Links to the web, in reading order.
    """

    path: Path
    text: str
    sha256: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    furniture: tuple[tuple[int, int], ...] = ()
    links: tuple[Link, ...] = ()

    def section(self, number: str) -> Section:
        """Return a section by its number.

        Raises
        ------
        DocumentError
            When there is none.
        """
        for section in self.sections:
            if section.number == number:
                return section
        raise DocumentError(
            f"{self.path.name} has no section {number!r}; it has "
            + (", ".join(section.number for section in self.sections) or "none")
        )

    def passage(self, section: str, ordinal: int) -> Passage:
        """Return a passage by its section and its place in it.

        Raises
        ------
        DocumentError
            When there is none.
        """
        self.section(section)
        for passage in self.passages:
            if passage.section == section and passage.ordinal == ordinal:
                return passage
        last = max(p.ordinal for p in self.passages if p.section == section)
        raise DocumentError(
            f"section {section} of {self.path.name} has no passage {ordinal}; the last is {last}"
        )


def read(path: str | PathLike[str]) -> Document:
    """Read a document from a file.

    Parameters
    ----------
    path
        A file ending in ``.txt``, ``.md`` or ``.pdf``. Text is UTF-8, with or without a byte
        order mark.

    Returns
    -------
    Document
        With its sections and passages.

    Raises
    ------
    DocumentError
        When the file is missing, a folder, empty, huge, of another kind, not UTF-8, broken, or
        protected by a password.
    MissingExtra
        When a PDF is asked for and pypdfium2 is not installed.
    """
    file = Path(path)
    kind = file.suffix.lower()
    data = _bytes(file, kind in _TEXT | _MARKDOWN | _PDF)
    markdown = kind in _MARKDOWN
    if kind in _PDF or data.startswith(b"%PDF-"):
        pdf = pages_of_pdf(data, str(file))
        text, lines, links = _join(pdf)
        sections, passages, furniture = segment(lines)
    else:
        text = decode(data, str(file))
        links = tuple(links_of_markdown(text)) if markdown else ()
        lines = lines_of_text(text, marked_pages=not markdown)
        sections, passages, furniture = segment(lines, markdown=markdown, aligned=not markdown)
    digest = hashlib.sha256(data).hexdigest()
    return Document(file, text, digest, sections, passages, furniture, links)


def _bytes(file: Path, readable: bool) -> bytes:
    try:
        if file.is_dir():
            raise DocumentError(f"{file} is a folder; give one of the files in it")
        size = file.stat().st_size
        if not readable:
            raise DocumentError(
                f"{file} is of no kind that can be read; give a .pdf, .md or .txt file"
            )
        if size > LARGEST_FILE:
            raise DocumentError(
                f"{file} has {size} bytes, more than {LARGEST_FILE}; give the contract alone"
            )
        data = file.read_bytes()
    except FileNotFoundError:
        raise DocumentError(f"{file} does not exist; check the path") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DocumentError(f"{file} cannot be read: {reason}") from None
    if not data.strip():
        raise DocumentError(f"{file} is empty; nothing to read")
    return data


def _join(pdf: Pdf) -> tuple[str, list[Line], tuple[Link, ...]]:
    """Join the lines of PDF pages to one text, and keep where each line and link stands."""
    lines: list[Line] = []
    firsts: list[int] = []
    offset = 0
    for number, page in enumerate(pdf.pages, start=1):
        firsts.append(len(lines))
        for index, line in enumerate(page):
            lines.append(
                Line(
                    line.text,
                    offset,
                    number,
                    page_start=not index,
                    size=line.size,
                    bold=line.bold,
                    cells=line.cells,
                    opens=line.opens,
                )
            )
            offset += len(line.text) + 1
    text = "\n".join(line.text for line in lines)
    return text, lines, _placed(pdf, text, lines, firsts)


def _placed(pdf: Pdf, text: str, lines: Sequence[Line], firsts: Sequence[int]) -> tuple[Link, ...]:
    """Find where in the text the words of each link stand."""
    links: list[tuple[int, Link]] = []
    at = 0
    for link in pdf.links:
        if not is_web(link.address):
            continue
        start = end = at
        if link.line >= 0 and link.title:
            line = lines[firsts[link.page] + link.line]
            # The words go on in the next line at most: two lines hold them all.
            pattern = r"\s+".join(map(re.escape, link.title.split()))
            found = re.compile(pattern).search(text, line.start)
            if found and found.start() <= line.end:
                start, end = found.span()
            else:
                start, end = line.start, line.end
        elif link.page < len(firsts) and firsts[link.page] < len(lines):
            start = end = lines[firsts[link.page]].start
        at = end
        title = link.title if start < end else ""
        links.append((start, Link(link.address, title, link.page + 1, start, end)))
    return tuple(link for _, link in sorted(links, key=lambda pair: pair[0]))
