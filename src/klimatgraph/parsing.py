"""Reading RDF files: by suffix, within limits, never from the network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, Literal, Quad, RdfFormat, Triple
from pyoxigraph import parse as _parse

from klimatgraph.errors import FormatError

__all__ = ["DEFAULT_LIMIT", "FORMATS", "parse", "parse_text"]

DEFAULT_LIMIT: Final = 512 * 1024 * 1024
"""Largest file that is read, in bytes."""

FORMATS: Final[dict[str, RdfFormat]] = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".n3": RdfFormat.N3,
}

# Terms inside terms are read recursively; this many of them overflow the stack.
_MOST_NESTED: Final = 1_000
_ENTITY: Final = re.compile(rb"<!ENTITY\s+(%\s+)?([\w.:-]+)\s+(?:\"([^\"]*)\"|'([^']*)'|\w)")


def parse(path: str | Path, *, limit: int = DEFAULT_LIMIT, base: str | None = None) -> list[Quad]:
    """Read an RDF file.

    Parameters
    ----------
    path : str or Path
        Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML or N3 without formulas and rules,
        told by its suffix: one of :data:`FORMATS`.
    limit : int
        Largest file that is read, in bytes.
    base : str, optional
        IRI that relative IRIs in the file are resolved against.

    Returns
    -------
    list of Quad
        In the order of the file. Blank nodes get new labels, so that those of two files
        never coincide.

    Raises
    ------
    FormatError
        With file and line, if it is missing, empty, too large, not text, or not what its
        suffix says. JSON-LD whose context lies on the network is refused, not fetched.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "a.ttl"
    ...     _ = file.write_text("<urn:a> a <urn:b> .")
    ...     parse(file)
    [<Quad subject=<NamedNode value=urn:a> ...>]
    """
    file = Path(path)
    form = FORMATS.get(file.suffix.lower())
    if form is None:
        raise FormatError(
            path, None, f"unknown suffix {file.suffix!r}: use one of {' '.join(sorted(FORMATS))}"
        )
    if file.is_dir():
        raise FormatError(path, None, "this is a folder: name a file")
    try:
        size = file.stat().st_size
        if size > limit:
            raise FormatError(
                path, None, f"{size} bytes, more than the limit of {limit}: split it or raise it"
            )
        with file.open("rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError:
        raise FormatError(path, None, "there is no such file: check the path") from None
    except OSError as error:
        raise FormatError(path, None, f"cannot be read: {error.strerror}") from None
    return parse_text(data, form, name=path, base=base)


def parse_text(
    data: bytes | str, form: RdfFormat, *, name: str | Path = "input", base: str | None = None
) -> list[Quad]:
    """Read RDF from memory; parameters and errors as for :func:`parse`.

    Parameters
    ----------
    data : bytes or str
    form : RdfFormat
    name : str or Path
        What messages call it.
    base : str, optional

    Returns
    -------
    list of Quad

    Examples
    --------
    >>> parse_text("<urn:a> a", RdfFormat.TURTLE, name="a.ttl")
    Traceback (most recent call last):
    klimatgraph.errors.FormatError: a.ttl:1: ...
    """
    raw = data.encode("utf-8") if isinstance(data, str) else data
    _check_text(raw, name)
    if raw.count(b"<<(") > _MOST_NESTED or (form == RdfFormat.N3 and _braces(raw) > _MOST_NESTED):
        raise FormatError(name, None, "nested terms of RDF 1.2 or N3: only RDF 1.1 is read")
    if form == RdfFormat.RDF_XML:
        _check_entities(raw, name)
    quads: list[Quad] = []
    try:
        for quad in _parse(raw, form, base_iri=base, rename_blank_nodes=True):
            if form == RdfFormat.N3 and not isinstance(quad.graph_name, DefaultGraph):
                raise FormatError(name, None, "formulas of N3: only plain triples are read")
            if isinstance(quad.object, Triple) or _directed(quad.object):
                raise FormatError(name, None, "terms of RDF 1.2: only RDF 1.1 is read")
            quads.append(quad)
    except SyntaxError as error:
        raise FormatError(name, error.lineno, _reason(error)) from None
    except ValueError as error:
        raise FormatError(name, None, str(error)) from None
    except MemoryError:
        # The parser gives up on one token of many megabytes, which no RDF has.
        raise FormatError(name, None, "no RDF: a single word fills the parser's memory") from None
    return quads


def _check_text(raw: bytes, name: str | Path) -> None:
    if not raw.strip():
        raise FormatError(name, None, "the file is empty: nothing can be read from it")
    if b"\x00" in raw:
        raise FormatError(name, None, "this is no text in UTF-8: it holds NUL bytes")
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise FormatError(name, line, "this is no text in UTF-8: save it as UTF-8") from None


def _check_entities(raw: bytes, name: str | Path) -> None:
    """Refuse entities that point elsewhere, or would swell when they are put in."""
    swollen = 0
    for match in _ENTITY.finditer(raw):
        value = match.group(3) if match.group(3) is not None else match.group(4)
        line = raw.count(b"\n", 0, match.start()) + 1
        if match.group(1) or value is None:
            raise FormatError(name, line, "an entity from outside the file: write its text here")
        if re.search(rb"[&%](?!#)", value):
            raise FormatError(name, line, "an entity made of entities: write its text here")
        swollen += len(value) * raw.count(b"&" + match.group(2) + b";")
        if swollen > DEFAULT_LIMIT:
            raise FormatError(name, line, "the entities swell beyond measure: write texts out")


def _braces(raw: bytes) -> int:
    depth = deepest = 0
    for match in re.finditer(rb"[{}]", raw):
        depth += 1 if match.group() == b"{" else -1
        deepest = max(deepest, depth)
    return deepest


def _directed(term: object) -> bool:
    return isinstance(term, Literal) and term.direction is not None


def _reason(error: SyntaxError) -> str:
    message = error.msg or str(error)
    if "LoadDocumentCallback" in message:
        return "its @context lies on the network, and nothing is fetched: put the context inside"
    found = re.match(
        r"Parser error at line \d+ (?:between columns (\d+) and \d+|column (\d+)|[^:]*): (.*)",
        message,
        re.DOTALL,
    )
    if found is None:
        return message
    column = found.group(1) or found.group(2)
    return f"{found.group(3)} (column {column})" if column else found.group(3)
