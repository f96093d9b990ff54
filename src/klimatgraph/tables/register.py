"""The register of source documents: which address is which document."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from klimatgraph.errors import FormatError, InputError, UnknownName
from klimatgraph.tables.csvfile import Row, read_csv
from klimatgraph.tables.values import dated
from klimatgraph.terms import KLIM, expand, thing

COLUMNS: Final = (
    "id",
    "title_sv",
    "title_en",
    "publisher",
    "address",
    "edition",
    "language",
    "date",
    "sha256",
)

_TYPE: Final = expand("rdf:type")
_LABEL: Final = expand("rdfs:label")
_ANY_URI: Final = expand("xsd:anyURI")
_CONTRACT: Final = "contract:"
_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


@dataclass(frozen=True)
class Register:
    """Source documents by address.

    Parameters
    ----------
    documents
        Slug of each document and what the register says of it.
    addresses
        Slug by address.

    Examples
    --------
    >>> row = dict.fromkeys(COLUMNS, "")
    >>> row.update(id="a-page", title_sv="En sida", title_en="A page")
    >>> register = Register({"a-page": row}, {"https://example.org/": "a-page"})
    >>> register.document("https://example.org/").value
    'https://w3id.org/klimatgraph/id/document/a-page'
    """

    documents: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Register:
        """Read the register.

        Parameters
        ----------
        path
            A CSV file with the columns of `COLUMNS`.

        Returns
        -------
        Register
            The register.

        Raises
        ------
        FormatError
            When the file or a cell of it is not as it should be.
        """
        table = read_csv(path, COLUMNS)
        extra = [name for name in table.columns if name not in (*COLUMNS, "note")]
        if extra:
            raise FormatError(path, 1, f"column {extra[0]!r} has no meaning here; remove it")
        documents: dict[str, Mapping[str, str]] = {}
        addresses: dict[str, str] = {}
        for row in table.rows:
            _check(path, row)
            slug, address = row.cells["id"], row.cells["address"]
            if slug in documents:
                raise FormatError(path, row.line, f"id {slug!r} is taken; choose another")
            if address in addresses:
                raise FormatError(
                    path, row.line, f"the address belongs to {addresses[address]!r} already"
                )
            documents[slug] = row.cells
            if address:
                addresses[address] = slug
        return cls(documents, addresses)

    def slug(self, address: str) -> str:
        """Return the slug of the document at an address.

        Parameters
        ----------
        address
            A registered address, or ``contract:<city>-<edition>`` for a Klimatkontrakt.

        Raises
        ------
        UnknownName
            When no document is registered for it.
        """
        if address.startswith(_CONTRACT):
            slug = f"klimatkontrakt-{address.removeprefix(_CONTRACT)}"
            if slug in self.documents:
                return slug
        elif address in self.addresses:
            return self.addresses[address]
        near = difflib.get_close_matches(address, self.addresses, n=2, cutoff=0.8)
        raise UnknownName("source address", address, near)

    def document(self, address: str) -> ox.NamedNode:
        """Return the IRI of the document at an address; raises as `slug` does."""
        return thing("document", self.slug(address))

    def graph(self, address: str) -> ox.NamedNode:
        """Return the named graph of the document at an address; raises as `slug` does."""
        return thing("graph", self.slug(address))

    def quads(self) -> Iterator[ox.Quad]:
        """Describe the documents, in the named graph of the register."""
        graph = thing("graph", "register")
        for slug, cells in sorted(self.documents.items()):
            subject = thing("document", slug)
            yield ox.Quad(subject, _TYPE, ox.NamedNode(f"{KLIM}SourceDocument"), graph)
            for language in ("sv", "en"):
                title = ox.Literal(cells[f"title_{language}"], language=language)
                yield ox.Quad(subject, _LABEL, title, graph)
            for name, value in _values(cells):
                yield ox.Quad(subject, ox.NamedNode(KLIM + name), value, graph)


def _values(cells: Mapping[str, str]) -> Iterator[tuple[str, ox.Literal]]:
    for column, name in (
        ("publisher", "publisher"),
        ("edition", "editionLabel"),
        ("language", "language"),
        ("sha256", "sha256"),
    ):
        if cells[column]:
            yield name, ox.Literal(cells[column])
    if cells["address"]:
        yield "address", ox.Literal(cells["address"], datatype=_ANY_URI)
    if cells["date"]:
        yield "date", dated(cells["date"])


def _check(path: Path, row: Row) -> None:
    cells = row.cells
    if not _ID.fullmatch(cells["id"]):
        raise FormatError(
            path, row.line, f"id {cells['id']!r} is not lower-case words joined by hyphens"
        )
    for column in ("title_sv", "title_en"):
        if not cells[column]:
            raise FormatError(path, row.line, f"column {column!r} is empty; fill it in")
    if cells["address"] and not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", cells["address"]):
        raise FormatError(path, row.line, f"{cells['address']!r} is no web address")
    if cells["language"] and not re.fullmatch(r"[a-z]{2}", cells["language"]):
        raise FormatError(path, row.line, f"{cells['language']!r} is no two-letter language code")
    if cells["sha256"] and not re.fullmatch(r"[0-9a-f]{64}", cells["sha256"]):
        raise FormatError(path, row.line, "the sha256 is not 64 lower-case hexadecimal digits")
    if cells["date"]:
        try:
            dated(cells["date"])
        except InputError as error:
            raise FormatError(path, row.line, str(error)) from None
