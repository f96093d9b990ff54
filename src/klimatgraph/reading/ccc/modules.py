"""Where in a Climate City Contract something stands: the modules of the template.

The template parts the action plan into modules A-1 (inventory), A-2 (policies and emission gap),
A-3 (barriers), B-1 (pathways), B-2 (portfolio of actions), B-3 (indicators) and C-1 to C-3
(governance, social innovation, financing). Cities keep the codes in their headings and captions.

References
----------
NetZeroCities: Climate City Contract, 2030 Climate Neutrality Action Plan, template.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from klimatgraph.reading.documents import Passage

_CODED: Final = re.compile(
    r"\bmod(?:ule|ulo|ul|uł)?\.?\s*([ABC])\s?[-–—_. ]?\s?([1-3I])\b"
    r"|(?:^|[\s:(])(?:table|tab\.|tabla|tabelle|figure)?\s*([ABC])\s?[-–—]\s?([1-3I])"
    r"(?=\.\s?\d|[a-f]?\b)",
    re.IGNORECASE,
)
_WORDED: Final = (
    ("A-1", r"baseline (?:greenhouse|ghg|inventory|emission)|(?:ghg|greenhouse gas) emissions?"
            r" (?:baseline )?inventory|baseline emission"),
    ("A-2", r"polic(?:y|ies) and strateg|emissions? gap"),
    ("A-3", r"systemic (?:barriers|obstacles)|stakeholder mapping"),
    ("B-1", r"impact pathway"),
    ("B-2", r"climate[- ]neutral(?:ity)? portfolio|action portfolio|portfolio of (?:climate )?"
            r"(?:actions|measures)|individual action"),
    ("B-3", r"indicators? for monitoring|monitoring,? (?:evaluation|assessment)"),
    ("C-1", r"governance innovation|(?:organi[sz]ational|innovations?) .{0,20}governance"),
    ("C-2", r"social (?:and other )?innovation"),
    ("C-3", r"financing of (?:the )?(?:action )?portfolio"),
)  # fmt: skip
_WORDS: Final = tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in _WORDED)
_LONGEST: Final = 160
"""Signs of a heading or caption; longer text only speaks of a module."""


def module_named(text: str) -> str | None:
    """The module that a heading or caption names, such as ``B-2``.

    Examples
    --------
    >>> module_named("3.2 Module B-2 Climate Neutrality Portfolio Design")
    'B-2'
    >>> module_named("Table A-1.4: GHG emissions by source sectors"), module_named("Mobility")
    ('A-1', None)
    """
    if len(text) > _LONGEST:
        return None
    coded = _CODED.search(text)
    if coded:
        letter, number = (coded[1], coded[2]) if coded[1] else (coded[3], coded[4])
        return f"{letter.upper()}-{number.upper().replace('I', '1')}"
    return None


def modules_of(passages: Sequence[Passage]) -> list[str]:
    """The module in which each passage stands; empty before the first.

    Parameters
    ----------
    passages : sequence of Passage
        All passages of a document, in reading order.

    Returns
    -------
    list of str
        As long as the passages.
    """
    found: list[str] = []
    now = ""
    for passage in passages:
        if passage.kind == "heading":
            now = module_named(passage.text) or _worded(passage.text, now) or now
        found.append(now)
    return found


def _worded(text: str, now: str) -> str | None:
    """The module that a heading means without its code: the same one or one that comes later."""
    if len(text) > _LONGEST:
        return None
    for code, pattern in _WORDS:
        if code >= now and pattern.search(text):
            return code
    return None
