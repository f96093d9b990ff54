"""What the reading of a contract gives, and how the facts of its rules are gathered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import pyoxigraph as ox

from klimatgraph.engines.base import Engine
from klimatgraph.reading.context import tail
from klimatgraph.reading.documents import Document, Passage, Section
from klimatgraph.reading.facts import KINDS, Candidate, Fact
from klimatgraph.reading.gazetteer import Gazetteer, Mention, Unlinked
from klimatgraph.terms import ID


@dataclass(frozen=True)
class Reading:
    """What was read from one contract.

    Parameters
    ----------
    document : Document
        The document.
    framework : str
        ``"klimatkontrakt"`` or ``"climate-city-contract"``.
    language : str
        ``"sv"`` or ``"en"``.
    city : str
        Tail of the city's IRI, such as ``city/se/lund``.
    city_name : str
        Its name in Swedish.
    edition : str
        Label of the edition, such as ``2025/26``.
    candidates : tuple of Candidate
        The facts, each once, kind by kind in reading order; mentions among them.
    unlinked : tuple of (Passage, Unlinked)
        What looks like a named thing and is not known, each name once.
    unplaced : tuple of Section
        Sections whose heading no edition of the template has.
    """

    document: Document
    framework: str
    language: str
    city: str
    city_name: str
    edition: str
    candidates: tuple[Candidate, ...]
    unlinked: tuple[tuple[Passage, Unlinked], ...] = ()
    unplaced: tuple[Section, ...] = ()


def label_of(engine: Engine, thing: str) -> str:
    """The Swedish label of a thing, by the tail of its IRI; the tail where it has none."""
    query = (
        f"SELECT ?l WHERE {{ <{ID}{thing}> <http://www.w3.org/2000/01/rdf-schema#label> ?l ."
        ' FILTER(LANG(?l) = "sv") }'
    )
    rows = engine.select(query).rows
    return rows[0][0].value if rows and isinstance(rows[0][0], ox.Literal) else thing


def mentions_in(passage: Passage, mentions: Iterable[Mention]) -> Iterator[Candidate]:
    """What a passage names, each thing once; themes are none."""
    seen: set[str] = set()
    for mention in mentions:
        if mention.kind != "theme" and mention.iri not in seen:
            seen.add(mention.iri)
            yield Candidate(
                Fact.of("mention", thing=tail(mention.iri)), (passage,), mention.words,
                f"name-{mention.form}", Decimal(str(mention.confidence)),
            )  # fmt: skip


def merged(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Each fact once, by kind; where several passages say it, all of them are kept.

    Mentions are kept apart by passage: where a name stands is what they say.
    """
    kept: dict[tuple[object, ...], Candidate] = {}
    for candidate in candidates:
        fact = candidate.fact
        where = (candidate.passages[0],) if fact.kind == "mention" else ()
        key = (fact, *where)
        if key not in kept:
            kept[key] = candidate
            continue
        before = kept[key]
        kept[key] = replace(
            before,
            passages=tuple(dict.fromkeys((*before.passages, *candidate.passages))),
            confidence=max(before.confidence, candidate.confidence),
            themes=tuple(sorted({*before.themes, *candidate.themes})),
        )
    order = {kind: place for place, kind in enumerate(KINDS)}
    return tuple(sorted(kept.values(), key=lambda c: order[c.fact.kind]))


def unlinked_in(document: Document, names: Gazetteer) -> tuple[tuple[Passage, Unlinked], ...]:
    """Names that the gazetteer does not know, each with the first passage that has it."""
    first: dict[str, tuple[Passage, Unlinked]] = {}
    for passage in document.passages:
        for hit in names.unlinked(passage.text):
            first.setdefault(hit.words.casefold(), (passage, hit))
    return tuple(first.values())
