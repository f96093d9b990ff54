"""What a Climate City Contract names: cities, projects, initiatives, instruments, policies.

The template says some things in every contract; that a city's contract holds them tells nothing of
the city, so they are no mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from klimatgraph.reading.ccc.source import Source
from klimatgraph.reading.documents import Passage
from klimatgraph.reading.facts import Candidate
from klimatgraph.reading.gathering import mentions_in
from klimatgraph.reading.gazetteer import Gazetteer, Mention
from klimatgraph.reading.sentences import sentences

_GRANT: Final = re.compile(
    r"101036519|net\s?zero\s?cities\b[^.]{0,120}\b(?:H2020|Horizon\s?2020|grant agreement)"
    r"|(?:H2020|Horizon\s?2020)\b[^.]{0,160}\bnet\s?zero\s?cities"
    r"|received funding from the (?:H2020|Horizon|European Union.s Horizon)",
    re.IGNORECASE,
)
_TEMPLATE: Final = re.compile(
    r"content of this document reflects only|EU mission platform|net\s?zero\s?cities portal"
    r"|part [ABC] .{0,40}(?:describes|represents|is the core)|fill (?:out|in) according to"
    r"|your city|guidance and explanations",
    re.IGNORECASE,
)


def mentions(source: Source, names: Gazetteer, city: str) -> Iterator[Candidate]:
    """Find what each passage names, boilerplate and the city itself aside.

    Parameters
    ----------
    source : Source
        A Climate City Contract.
    names : Gazetteer
        The names of a graph.
    city : str
        IRI of the city whose contract it is.

    Returns
    -------
    iterator of Candidate
        One for each thing and passage.
    """
    for passage in source.document.passages:
        if passage.kind == "heading" or _TEMPLATE.search(passage.text):
            continue
        found = [m for m in names.find(passage.text, themes=False) if m.iri != city]
        if found:
            yield from mentions_in(passage, _without_grant(passage, found))


def _without_grant(passage: Passage, found: list[Mention]) -> list[Mention]:
    """Leave out what stands in the sentence that tells who paid for the template."""
    if not _GRANT.search(passage.text):
        return found
    hidden = [
        (s.start, s.start + len(s.text)) for s in sentences(passage.text) if _GRANT.search(s.text)
    ]
    return [m for m in found if not any(a <= m.start < b for a, b in hidden)]
