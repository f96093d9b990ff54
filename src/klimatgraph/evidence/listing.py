"""Checks of citations as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from klimatgraph.evidence.checking import Check
from klimatgraph.rows import Column, Entity, Rows, Source
from klimatgraph.terms import shorten

_WORDS: Final = {
    "sv": {
        "question": "Finns det som grafen citerar i dokumentet? "
        "{found} av {all} textställen hittades.",
        "passage": "textställe",
        "how": "utfall",
        "start": "börjar",
        "end": "slutar",
        "excerpt": "ordalydelse i dokumentet",
        "in place": "på sin plats",
        "moved": "på annan plats",
        "within": "i löpande text",
        "missing": "saknas",
    },
    "en": {
        "question": "Does the document hold what the graph cites of it? "
        "{found} of {all} passages were found.",
        "passage": "passage",
        "how": "outcome",
        "start": "starts",
        "end": "ends",
        "excerpt": "words of the document",
        "in place": "in place",
        "moved": "in another place",
        "within": "in running text",
        "missing": "missing",
    },
}


def as_rows(
    checks: Sequence[Check], lang: str = "sv", known: Mapping[str, Source] | None = None
) -> Rows:
    """Return checks as a table.

    Parameters
    ----------
    checks
        What `verify` gave.
    lang
        Language of the words, "sv" or "en".
    known
        What the graph knows of the passages, by IRI, as `sources` gives it; without it a
        source shows the IRI of its document instead of a title.

    Returns
    -------
    Rows
        One for each check, with the passage as its source; the question tells how many of
        the passages were found.
    """
    words = _WORDS.get(lang, _WORDS["en"])
    columns = ("passage", "how", "start", "end", "excerpt")
    return Rows(
        name="verify",
        question=words["question"].format(
            found=sum(check.found for check in checks), all=len(checks)
        ),
        columns=tuple(Column(name, words[name]) for name in columns),
        rows=[_row(check, words[check.how], known or {}) for check in checks],
        lang=lang,
    )


def _row(check: Check, outcome: str, known: Mapping[str, Source]) -> dict[str, Any]:
    iri, document = check.passage.value, check.document
    # The section and the number are what a reader looks for; the document is among the sources.
    label = "/".join(iri.split("/")[-2:])
    section = check.section or None
    return {
        "passage": Entity(iri, label),
        "how": outcome,
        "start": check.start,
        "end": check.end,
        "excerpt": check.excerpt,
        "sources": (known.get(iri) or Source(iri, shorten(document), document.value, section),),
    }
