"""Links: addresses, and the words of the document that they stand on.

Examples
--------
>>> strip_links("se [planen](https://example.org/plan.pdf) och ![bild](b.png)")
'se planen och ![bild](b.png)'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINK = re.compile(
    r"(?<!!)\[([^\[\]\n]{0,400})\]"
    r"\(<?((?:[^\s()<>]|\([^\s()<>]{0,200}\)){1,2000})>?(?:\s\"[^\"\n]{0,200}\")?\)"
)
_IMAGE = re.compile(r"(?:!\[[^\[\]]{0,400}\]\(\S{0,2000}\)\s*)+")
_WEB = re.compile(r"https?://\S", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link to something on the web.

    Parameters
    ----------
    address
        Where it leads, ``http`` or ``https``.
    title
        The words that it stands on, on one line; empty when it stands on no text.
    page
        Its page, counted from 1, when the format tells.
    start, end
        Character span of these words in the text of the document; alike when there are none.
    """

    address: str
    title: str
    page: int | None
    start: int
    end: int


def is_web(address: str) -> bool:
    """Tell whether an address is one of the web, and not of a file, a script or a person."""
    return _WEB.match(address) is not None and not any(sign.isspace() for sign in address)


def links_of_markdown(text: str) -> Iterator[Link]:
    """Find the links that a Markdown text writes as ``[title](address)``."""
    if "](" not in text:
        return
    for match in _LINK.finditer(text):
        if is_web(match[2]):
            title = " ".join(match[1].split())
            yield Link(match[2], title, None, match.start(1), match.end(1))


def strip_links(text: str) -> str:
    """Return a Markdown text with its links replaced by their titles."""
    return _LINK.sub(lambda match: match[1] or match[2], text) if "](" in text else text


def is_image(text: str) -> bool:
    """Tell whether a line of Markdown is nothing but pictures."""
    return text.startswith("![") and _IMAGE.fullmatch(text) is not None
