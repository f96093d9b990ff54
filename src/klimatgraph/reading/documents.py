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
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

from klimatgraph.errors import DocumentError
from klimatgraph.reading.lines import Line, lines_of_text
from klimatgraph.reading.pdf import pages_of_pdf
from klimatgraph.reading.segments import Kind, Passage, Section, segment

__all__ = ["Document", "Kind", "Passage", "Section", "read"]

_TEXT = frozenset({".txt", ".text"})
_MARKDOWN = frozenset({".md", ".markdown"})
_PDF = frozenset({".pdf"})
# Bytes: a contract has a few millions with its pictures, and all of a document is held in memory.
_LARGEST = 256 * 1024 * 1024


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
    """

    path: Path
    text: str
    sha256: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    furniture: tuple[tuple[int, int], ...] = ()

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
    if kind in _PDF or data.startswith(b"%PDF-"):
        text, lines = _join(pages_of_pdf(data, str(file)))
    else:
        text = _decode(data, file)
        lines = lines_of_text(text, marked_pages=kind in _TEXT)
    sections, passages, furniture = segment(lines, markdown=kind in _MARKDOWN)
    digest = hashlib.sha256(data).hexdigest()
    return Document(file, text, digest, sections, passages, furniture)


def _bytes(file: Path, readable: bool) -> bytes:
    try:
        if file.is_dir():
            raise DocumentError(f"{file} is a folder; give one of the files in it")
        size = file.stat().st_size
        if not readable:
            raise DocumentError(
                f"{file} is of no kind that can be read; give a .pdf, .md or .txt file"
            )
        if size > _LARGEST:
            raise DocumentError(
                f"{file} has {size} bytes, more than {_LARGEST}; give the contract alone"
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


def _decode(data: bytes, file: Path) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{file} is not UTF-8 text (byte {error.start + 1}); save it as UTF-8 and try again"
        ) from None
    if "\0" in text:
        raise DocumentError(f"{file} is not text (it holds NUL); give a .pdf, .md or .txt file")
    return text


def _join(pages: list[list[str]]) -> tuple[str, list[Line]]:
    """Join the lines of PDF pages to one text, and keep where each line stands."""
    lines: list[Line] = []
    offset = 0
    for number, page in enumerate(pages, start=1):
        for index, text in enumerate(page):
            line = Line(text, offset, number)
            lines.append(line if index else replace(line, page_start=True))
            offset += len(text) + 1
    return "\n".join(line.text for line in lines), lines
