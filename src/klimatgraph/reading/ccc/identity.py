"""Whose contract it is: the city that the document names by far most."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from klimatgraph.engines.base import Engine
from klimatgraph.errors import DocumentError
from klimatgraph.reading.context import tail
from klimatgraph.reading.documents import Document

_CITIES: Final = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?city ?name WHERE {
  ?class rdfs:subClassOf* klim:City . ?city a ?class ; rdfs:label|skos:altLabel ?name
}
"""
_WORD: Final = re.compile(r"[^\W\d_][\w’'-]*")
_MOST: Final = 3
"""Words of a city's name that are looked at."""
_ENOUGH: Final = 400_000
"""Signs of a document that tell whose it is."""
_LETTERS: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae"})
_LEAST: Final = 5
"""Letters that the first word of a longer name needs to stand for all of it."""


def city_of(document: Document, engine: Engine) -> str:
    """Find the city that a document is about.

    Accents are left out on both sides ("Wroclaw"), and the first word of a longer name counts,
    too ("Grenoble" for "Grenoble-Alpes Métropole").

    Parameters
    ----------
    document : Document
        A Climate City Contract.
    engine : Engine
        The graph that knows the cities.

    Returns
    -------
    str
        Tail of the city's IRI.

    Raises
    ------
    DocumentError
        If the document names no city, or several alike.
    """
    said = _phrases(document.text[:_ENOUGH])
    counts: Counter[str] = Counter()
    for city, name in _names(engine):
        counts[city] = max(counts[city], said[name])
    (best, number), (second, other) = (*counts.most_common(2), ("", 0), ("", 0))[:2]
    if not number:
        raise DocumentError(f"{document.path.name} names no city: say which with --city")
    if other * 2 > number:
        raise DocumentError(
            f"{document.path.name} names several cities alike ({best}, {second}): say which with "
            "--city"
        )
    return best


def _phrases(text: str) -> Counter[str]:
    """How often each run of words that begins with a capital stands in a text."""
    words = _WORD.findall(text)
    plain = {word: _plain(word) for word in set(words)}
    folded = [plain[word] for word in words]
    found: Counter[str] = Counter()
    for index, word in enumerate(words):
        if word[0].isupper():
            for length in range(1, min(_MOST, len(words) - index) + 1):
                found[" ".join(folded[index : index + length])] += 1
    return found


def _plain(word: str) -> str:
    """A word in small letters without accents."""
    parted = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    return "".join(sign for sign in parted if not unicodedata.combining(sign))


def _names(engine: Engine) -> Iterator[tuple[str, str]]:
    for city, name in engine.select(_CITIES).rows:
        if isinstance(city, ox.NamedNode) and isinstance(name, ox.Literal):
            words = [_plain(word) for word in _WORD.findall(name.value)]
            yield tail(city.value), " ".join(words[:_MOST])
            first = re.split("[-’']", words[0])[0] if words else ""
            if (len(words) > 1 or "-" in name.value) and len(first) >= _LEAST:
                yield tail(city.value), first
