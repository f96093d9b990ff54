"""A proposal: what was read from a document, waiting for a person to decide.

A proposal is a folder of three files. ``proposal.json`` holds what was read, ``review.csv`` the
decisions of a person, ``report.html`` shows both side by side. Reading the same document again
writes the same bytes and keeps the decisions.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from klimatgraph.errors import FormatError
from klimatgraph.evidence.normalising import normalise, sha256
from klimatgraph.reading.documents import Passage
from klimatgraph.reading.facts import Candidate, Fact
from klimatgraph.reading.gathering import Reading
from klimatgraph.terms import slug

KLIMATKONTRAKT: Final = "klimatkontrakt"
FORMAT: Final = 1
"""Version of the file format; raised when an older reader could not understand it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A passage as a proposal cites it, with what is needed to verify it.

    Parameters
    ----------
    section, ordinal
        Number of the section, and place in it from 1; 0 for the heading.
    start, end
        Span in the text of the document, in characters.
    length
        Characters of the normalised words.
    digest
        SHA-256 of the normalised words.
    page
        Page from 1, where the format tells.
    words
        The words themselves.
    """

    section: str
    ordinal: int
    start: int
    end: int
    length: int
    digest: str
    page: int | None
    words: str

    @classmethod
    def of(cls, passage: Passage) -> Place:
        """Cite a passage."""
        text = normalise(passage.text)
        return cls(
            passage.section, passage.ordinal, passage.start, passage.end, len(text), sha256(text),
            passage.page, passage.text,
        )  # fmt: skip

    def __str__(self) -> str:
        where = f"{self.section}/{self.ordinal}"
        return f"s. {self.page}, {where}" if self.page is not None else where


@dataclass(frozen=True, slots=True)
class Proposed:
    """A candidate in a proposal.

    Parameters
    ----------
    key : str
        Made of what was read and where; the same after every reading.
    fact : Fact
        What was read.
    places : tuple of (str, int)
        Section and ordinal of the passages, the telling one first.
    quote : str
        The words that say it.
    rule : str
        The rule that read it.
    confidence : Decimal
        From 0 to 1.
    themes : tuple of str
        Tails of the themes that the words name.
    """

    key: str
    fact: Fact
    places: tuple[tuple[str, int], ...]
    quote: str
    rule: str
    confidence: Decimal
    themes: tuple[str, ...] = ()

    @classmethod
    def of(cls, candidate: Candidate) -> Proposed:
        """Take a candidate into a proposal."""
        fact, passages = candidate.fact, candidate.passages
        words = normalise(passages[0].text) if passages else ""
        said = "\n".join([fact.kind, *(f"{n}={v}" for n, v in fact.fields), sha256(words)])
        return cls(
            sha256(said)[:12], fact, tuple((p.section, p.ordinal) for p in passages),
            " ".join(candidate.quote.split()), candidate.rule, candidate.confidence,
            candidate.themes,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was read from one document.

    Parameters
    ----------
    name : str
        Identifier of the document, such as ``klimatkontrakt-lund-2025-26``.
    file : str
        Name of the file that was read.
    sha256 : str
        Its checksum.
    language, city, city_name, edition, framework : str
        See :class:`klimatgraph.reading.gathering.Reading`.
    items : tuple of Proposed
        The candidates.
    places : tuple of Place
        The passages that they cite, in reading order.
    unlinked : tuple of (str, str, int)
        Names that the graph does not know: words, section, ordinal.
    unplaced : tuple of (str, str)
        Sections that no edition of the template has: number, title.
    """

    name: str
    file: str
    sha256: str
    language: str
    city: str
    city_name: str
    edition: str
    items: tuple[Proposed, ...]
    places: tuple[Place, ...]
    unlinked: tuple[tuple[str, str, int], ...] = ()
    unplaced: tuple[tuple[str, str], ...] = ()
    framework: str = KLIMATKONTRAKT

    @classmethod
    def of(cls, reading: Reading) -> Proposal:
        """Make a proposal of what was read."""
        items = tuple(Proposed.of(candidate) for candidate in reading.candidates)
        cited = {place for item in items for place in item.places}
        places = tuple(
            Place.of(p) for p in reading.document.passages if (p.section, p.ordinal) in cited
        )
        return cls(
            _name(reading),
            reading.document.path.name, reading.document.sha256, reading.language, reading.city,
            reading.city_name, reading.edition, items, places,
            tuple((hit.words, p.section, p.ordinal) for p, hit in reading.unlinked),
            tuple((section.number, section.title) for section in reading.unplaced),
            reading.framework,
        )  # fmt: skip

    def place(self, section: str, ordinal: int) -> Place:
        """Return a cited passage."""
        return next(p for p in self.places if (p.section, p.ordinal) == (section, ordinal))

    def to_json(self) -> str:
        """Write the proposal as JSON; the same proposal always as the same text."""
        data = asdict(self)
        data["format"] = FORMAT
        for item, proposed in zip(data["items"], self.items, strict=True):
            item["fact"] = {"kind": proposed.fact.kind, **dict(proposed.fact.fields)}
            item["confidence"] = str(proposed.confidence)
        return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str, where: str = "proposal.json") -> Proposal:
        """Read a proposal from JSON.

        Raises
        ------
        FormatError
            If it is no proposal, or one of a later version.
        """
        try:
            data = json.loads(text)
            if data["format"] != FORMAT:
                raise FormatError(
                    where, None, f"format {data['format']!r}, not {FORMAT}: read the document again"
                )
            return cls(
                data["name"], data["file"], data["sha256"], data["language"], data["city"],
                data["city_name"], data["edition"], tuple(_item(i) for i in data["items"]),
                tuple(Place(**place) for place in data["places"]),
                tuple((w, s, o) for w, s, o in data["unlinked"]),
                tuple((n, t) for n, t in data["unplaced"]),
                data.get("framework", KLIMATKONTRAKT),
            )  # fmt: skip
        except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation) as error:
            raise FormatError(
                where,
                None,
                f"no proposal ({type(error).__name__}: {error}): read the document again",
            ) from None


def _name(reading: Reading) -> str:
    """The identifier of a document: its framework, its city, and its edition where it has one."""
    city = reading.city.rpartition("/")[2]
    if reading.framework == KLIMATKONTRAKT:
        return f"{reading.framework}-{city}-{slug(reading.edition)}"
    return f"{reading.framework}-{city}"


def _item(data: Mapping[str, Any]) -> Proposed:
    fields = dict(data["fact"])
    kind = fields.pop("kind")
    return Proposed(
        data["key"], Fact.from_mapping(kind, fields),
        tuple((s, o) for s, o in data["places"]), data["quote"], data["rule"],
        Decimal(data["confidence"]), tuple(data["themes"]),
    )  # fmt: skip
