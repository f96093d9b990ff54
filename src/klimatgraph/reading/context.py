"""What the rules of a reader look at: the document, its outline, and what it names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from klimatgraph.reading.documents import Document, Passage
from klimatgraph.reading.gazetteer import Mention
from klimatgraph.reading.outline import Outline
from klimatgraph.terms import ID

_ITEM: Final = ("bullet", "row")


def tail(iri: str) -> str:
    """Return what stands behind the base of the IRIs of things.

    Examples
    --------
    >>> tail("https://w3id.org/klimatgraph/id/city/se/lund")
    'city/se/lund'
    """
    return iri.removeprefix(ID)


@dataclass(frozen=True, slots=True)
class List:
    """A lead, and the bullets or rows that follow it.

    Parameters
    ----------
    lead : Passage
        A paragraph that ends in a colon or stands right before its items, or a heading.
    sentence : str
        The last sentence of the lead, which the items go on with.
    items : tuple of Passage
        Its bullets or rows.
    """

    lead: Passage
    sentence: str
    items: tuple[Passage, ...]


@dataclass(frozen=True)
class Context:
    """A document as the rules see it.

    Parameters
    ----------
    outline : Outline
        The document with the roles of its sections.
    language : str
        ``"sv"`` or ``"en"``.
    mentions : mapping
        For each section and ordinal, what the passage names.
    city : str
        Tail of the city's IRI; empty until it is known.
    city_name : str
        The city's name in Swedish.
    edition : str
        Label of the edition; empty until it is known.
    commitments : tuple of str
        Numbers of the joint commitments that the graph knows for the edition.
    lists : tuple of List
        What :func:`lists_of` finds in the document.
    """

    outline: Outline
    language: str
    mentions: Mapping[tuple[str, int], tuple[Mention, ...]]
    city: str = ""
    city_name: str = ""
    edition: str = ""
    commitments: tuple[str, ...] = ()
    lists: tuple[List, ...] = field(default=())

    @property
    def document(self) -> Document:
        """The document."""
        return self.outline.document

    def named(
        self, passage: Passage, *kinds: str, start: int = 0, end: int | None = None
    ) -> list[Mention]:
        """What of these kinds a passage names, within a span of its words."""
        stop = len(passage.text) if end is None else end
        return [
            mention
            for mention in self.mentions.get((passage.section, passage.ordinal), ())
            if mention.kind in kinds and start <= mention.start and mention.end <= stop
        ]

    def themes(self, passage: Passage, start: int = 0, end: int | None = None) -> tuple[str, ...]:
        """The themes that a span of a passage names, each once."""
        found = (tail(m.iri) for m in self.named(passage, "theme", start=start, end=end))
        return tuple(sorted(set(found)))


def lists_of(found: Outline) -> tuple[List, ...]:
    """Find the lists of a document: a paragraph that ends in a colon, and what follows it.

    A heading without a paragraph leads the bullets right beneath it, too.
    """
    lists: list[List] = []
    passages = found.document.passages
    for index, lead in enumerate(passages):
        last = _last_sentence(lead.text)
        if lead.kind == "paragraph" and not last.endswith(":"):
            follows = passages[index + 1 : index + 2]
            if not (follows and follows[0].kind in _ITEM):
                continue
        elif lead.kind not in ("paragraph", "heading"):
            continue
        items: list[Passage] = []
        for passage in passages[index + 1 :]:
            if passage.kind not in _ITEM or passage.section != lead.section:
                break
            if passage.kind == "bullet" or passage.cells != passage.header:
                items.append(passage)
        if items:
            lists.append(List(lead, last, tuple(items)))
    return tuple(lists)


def _last_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])", text)[-1]
