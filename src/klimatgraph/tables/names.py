"""Names of parties: any spelling that the graph holds to the IRI of the party."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from klimatgraph.errors import InputError, UnknownName
from klimatgraph.terms import ID, expand

_NAMING: Final = frozenset({expand("rdfs:label"), expand("skos:altLabel")})
_PARTY = re.compile(re.escape(ID) + r"(city|agency|programme|organisation|network)/(?:.*/)?([^/]+)")


class Names:
    """Parties by name.

    Parameters
    ----------
    quads
        What was built so far. The labels and other names of cities, agencies, programmes,
        organisations and networks in it are the names, and so is the last step of their IRIs.

    Examples
    --------
    >>> umea = ox.NamedNode(ID + "city/se/umea")
    >>> label = ox.Literal("Umeå", language="sv")
    >>> names = Names([ox.Quad(umea, expand("rdfs:label"), label)])
    >>> names.city("Umeå") == names.party("umea") == umea
    True
    """

    def __init__(self, quads: Iterable[ox.Quad] = ()) -> None:
        self._spellings: dict[str, set[ox.NamedNode]] = {}
        self._slugs: dict[str, set[ox.NamedNode]] = {}
        self.add(quads)

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Take in the names of parties among more quads."""
        for quad in quads:
            party, name = quad.subject, quad.object
            if quad.predicate not in _NAMING or not isinstance(name, ox.Literal):
                continue
            match = _PARTY.fullmatch(party.value) if isinstance(party, ox.NamedNode) else None
            if match and isinstance(party, ox.NamedNode):
                self._spellings.setdefault(_fold(name.value), set()).add(party)
                self._slugs.setdefault(match[2], set()).add(party)

    def party(self, name: str) -> ox.NamedNode:
        """Return the IRI of a party.

        Parameters
        ----------
        name
            Any of its names, or the last step of its IRI; upper and lower case are the same.

        Returns
        -------
        pyoxigraph.NamedNode
            The party.

        Raises
        ------
        UnknownName
            When no party has the name.
        InputError
            When several have it.
        """
        return self._find("party", name, ID)

    def city(self, name: str) -> ox.NamedNode:
        """Return the IRI of a city; as `party`, but other parties of the name do not count."""
        return self._find("city", name, f"{ID}city/")

    def _find(self, kind: str, name: str, base: str) -> ox.NamedNode:
        folded = _fold(name)
        for known in (self._spellings, self._slugs):
            found = sorted((p for p in known.get(folded, ()) if p.value.startswith(base)), key=str)
            if len(found) > 1:
                raise InputError(
                    f"{name!r} is the name of {found[0].value} and of {found[1].value}; "
                    "write a name that only one of them has"
                )
            if found:
                return found[0]
        near = [
            spelling
            for spelling, parties in sorted(self._spellings.items())
            if any(party.value.startswith(base) for party in parties)
        ]
        raise UnknownName(kind, name, difflib.get_close_matches(folded, near, n=2))


def _fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
