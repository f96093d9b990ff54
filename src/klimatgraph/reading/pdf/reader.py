"""The lines of the pages of a PDF, and its links.

PDFium, a large program in another language, takes the file apart. It does so in a process of its
own: a file made to inflate to many times its size, or to bring PDFium down, ends that process and
not ours, and that process has bounded memory and can open no file.
"""

from __future__ import annotations

import importlib.util
import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from klimatgraph.errors import DocumentError, MissingExtra
from klimatgraph.reading.pdf.limits import MEMORY_OF_READER, MOST_PAGES

__all__ = ["Pdf", "PdfLine", "PdfLink", "pages_of_pdf"]

_CHILD: Final = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "
    "from klimatgraph.reading.pdf.pdfium import main; main()"
)


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line of a page; an empty text stands for a gap.

    Parameters
    ----------
    text
        Its words; wide gaps are tabs.
    size
        Size of its letters in points, roughly; 0 when it is not known.
    bold
        Whether all of it is bold.
    cells
        The cells, when it is a row of a table.
    opens
        Whether it begins something new although it stands at the top of a page.
    """

    text: str
    size: float = 0.0
    bold: bool = False
    cells: tuple[str, ...] = ()
    opens: bool = False


@dataclass(frozen=True, slots=True)
class PdfLink:
    """A link: address, its words, and the page and line (from 0) in which they begin, or -1."""

    address: str
    title: str
    page: int
    line: int


@dataclass(frozen=True, slots=True)
class Pdf:
    """What a PDF holds: for each page its lines, and the links."""

    pages: list[list[PdfLine]]
    links: list[PdfLink]


def pages_of_pdf(data: bytes, name: str) -> Pdf:
    """Read the lines of each page, and the links.

    Parameters
    ----------
    data
        The content of the file.
    name
        What to call the file in an error message.

    Returns
    -------
    Pdf
        Its pages and links.

    Raises
    ------
    MissingExtra
        When pypdfium2 is not installed.
    DocumentError
        When the file is broken, protected by a password, holds no text, or is made such that
        reading it takes more than is allowed.
    """
    try:
        installed = importlib.util.find_spec("pypdfium2") and importlib.util.find_spec(
            "pypdfium2_raw"
        )
    except ValueError:  # a module without a specification, or one set to None
        installed = None
    if not installed:
        raise MissingExtra("pypdfium2", "read")
    if not data.lstrip()[:1024].count(b"%PDF-"):
        raise DocumentError(f"{name} is not a readable PDF; download or export it again")
    found = _read_apart(data, name)
    fault = found.get("fault")
    if fault:
        raise DocumentError(f"{name} {_fault(fault, found.get('count', 0))}")
    pages = [
        [PdfLine(text, size, bold, tuple(cells), opens) for text, size, bold, cells, opens in page]
        for page in found["pages"]
    ]
    if not any(line.text for page in pages for line in page):
        count = f"{len(pages)} page" + ("s" if len(pages) != 1 else "")
        raise DocumentError(
            f"{name} has no text in {count}: it seems to be scanned; run it through OCR first"
        )
    return Pdf(pages, [PdfLink(*link) for link in found["links"]])


def _fault(fault: str, count: int) -> str:
    return {
        "password": "is protected by a password; save a copy without one",
        "pages": f"has {count} pages, more than {MOST_PAGES}; give the contract alone",
        "glyphs": "has more signs on its pages than any contract; print it to a new PDF",
    }.get(fault, "is not a readable PDF; download or export it again")


def _read_apart(data: bytes, name: str) -> dict[str, Any]:
    """Have another process read the PDF; in this one where no other can be started."""
    if not sys.executable or getattr(sys, "frozen", False):
        import pypdfium2_raw  # type: ignore[import-untyped]

        from klimatgraph.reading.pdf.pdfium import read_pdf

        return dict(read_pdf(pypdfium2_raw, data))
    # Where this package and its parts were found, and not the folder one happens to stand in.
    places = [str(Path(__file__).parents[2]), *(place for place in sys.path if place)]
    command = [sys.executable, "-I", "-S", "-c", _CHILD, json.dumps(places)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, check=False)
    except OSError as error:
        raise DocumentError(f"{name} cannot be read: no process for it: {error}") from None
    if done.returncode == 0:
        found: dict[str, Any] = json.loads(done.stdout)
        return found
    if done.returncode in (-getattr(signal, "SIGXCPU", 24), -getattr(signal, "SIGKILL", 9)):
        raise DocumentError(f"{name} takes too long to read; print it to a new PDF and try that")
    if done.returncode == 1:  # an error in Python, and so ours
        reason = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise DocumentError(
            f"{name} makes the PDF reader fail ({reason}); report it, with the file"
        )
    raise DocumentError(
        f"{name} cannot be read in {MEMORY_OF_READER // 2**20} MB of memory, or makes the PDF "
        "reader fail; print it to a new PDF and try that"
    )
