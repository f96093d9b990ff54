"""Find a thing in the graph by what people call it: name, other name, code or IRI."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from typing import Final, cast

import pyoxigraph as ox

from klimatgraph.engines.base import Engine
from klimatgraph.errors import ParameterError, UnknownName
from klimatgraph.rows import Entity
from klimatgraph.terms import ID, KLIM

# The class of thing that each kind of parameter accepts.
KIND_CLASSES: Final[dict[str, tuple[str, ...]]] = {
    "city": ("City",),
    "party": ("Party",),
    "agency": ("Agency",),
    "edition": ("Edition",),
    "theme": ("Theme",),
    "project": ("Project",),
    "instrument": ("FundingScheme",),
    "initiative": ("Initiative", "Network", "Arena", "Conference", "Programme"),
    "code": ("Code",),
    "commitment": ("Commitment",),
    "document": ("SourceDocument",),
}

# Likeness of names, from 0 to 1, below which a suggestion would only confuse, and how far
# behind the best one a further suggestion may be.
_NEAR: Final = 0.6
_SPREAD: Final = 0.08

# Tried in this order when the kind is left open.
_ANY: Final = (
    "city", "party", "project", "initiative", "instrument", "commitment", "theme", "edition",
)  # fmt: skip

_NAMES: Final = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?name ?rank WHERE {
  VALUES ?class { %s }
  ?type rdfs:subClassOf* ?class .
  ?thing a ?type .
  { ?thing rdfs:label ?name . BIND(0 AS ?rank) }
  UNION { ?thing klim:municipalityCode|klim:editionLabel|klim:number|skos:notation ?name .
          BIND(1 AS ?rank) }
  UNION { ?thing skos:altLabel ?name . BIND(2 AS ?rank) }
}
"""

_LABEL: Final = (
    "SELECT ?l WHERE { <@IRI@> <http://www.w3.org/2000/01/rdf-schema#label> ?l ."
    ' FILTER(LANG(?l) = "sv") }'
)


def fold(name: str) -> str:
    """Bring a name to the form in which names are compared.

    Parameters
    ----------
    name : str
        A name as someone wrote it.

    Returns
    -------
    str
        Composed letters, lower case, single blanks. å, ä and ö are letters of
        their own and stay.

    Examples
    --------
    >>> fold("  UMEÅ   kommun ")
    'umeå kommun'
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _bare(name: str) -> str:
    """Drop accents, for the second try: an English keyboard writes Umea."""
    decomposed = unicodedata.normalize("NFD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _likeness(wanted: str, name: str) -> float:
    """Tell how like two names are, 0 to 1; who wrote the beginning of a name may mean it."""
    if len(wanted) > 2 and name.startswith(wanted):
        return 1.0
    return difflib.SequenceMatcher(None, wanted, name).ratio()


def _text(kind: str, name: object) -> str:
    """Let only text through: a list or a missing value of a data frame is no name."""
    if isinstance(name, str):
        return name
    raise ParameterError(
        f"a {kind} is named by a text, not by {type(name).__name__} {str(name)[:80]!r}: "
        "give one name, code or IRI"
    )


def name_of(city: str | int | Entity) -> str:
    """Give what names a city: codes lose their first zero where they are read as numbers.

    Parameters
    ----------
    city : str, int or Entity
        A name, a municipality code, or a city from a row.

    Returns
    -------
    str
        A name, code or IRI to look up.

    Examples
    --------
    >>> name_of(380)
    '0380'
    """
    if isinstance(city, Entity):
        return city.iri
    if isinstance(city, int) and not isinstance(city, bool):
        return f"{city:04d}"
    return cast("str", city)  # the lookup refuses what is no text


class Lookup:
    """The names of a graph, read once for each kind of thing when first asked for.

    Parameters
    ----------
    engine : Engine
        The engine that holds the graph.

    Examples
    --------
    >>> import klimatgraph as kg
    >>> kg.load().lookup.find("city", "2480").value
    'https://w3id.org/klimatgraph/id/city/se/umea'
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._by_kind: dict[str, dict[str, list[tuple[int, str]]]] = {}

    @cached_property
    def _everything(self) -> frozenset[str]:
        rows = self._engine.select("SELECT DISTINCT ?s WHERE { ?s a ?type }").rows
        return frozenset(s.value for (s,) in rows if isinstance(s, ox.NamedNode))

    def _names(self, kind: str) -> dict[str, list[tuple[int, str]]]:
        if kind not in self._by_kind:
            classes = " ".join(f"<{KLIM}{c}>" for c in KIND_CLASSES[kind])
            found: dict[str, set[tuple[int, str]]] = {}
            for thing, name, rank in self._engine.select(_NAMES % classes).rows:
                if isinstance(thing, ox.NamedNode) and isinstance(name, ox.Literal):
                    assert isinstance(rank, ox.Literal)
                    order = int(rank.value)
                    found.setdefault(fold(name.value), set()).add((order, thing.value))
                    # "gemensamt åtagande 6: upphandling" also goes by what stands before the colon.
                    short, colon, _ = name.value.partition(": ")
                    if colon:
                        found.setdefault(fold(short), set()).add((order + 3, thing.value))
            self._by_kind[kind] = {name: sorted(things) for name, things in sorted(found.items())}
        return self._by_kind[kind]

    def find(self, kind: str, text: str) -> ox.NamedNode:
        """Find the one thing of a kind that a text names.

        Parameters
        ----------
        kind : str
            One of :data:`KIND_CLASSES`: ``"city"``, ``"agency"``, ``"theme"``, …
        text : str
            A label, another name, a code or a full IRI.

        Returns
        -------
        pyoxigraph.NamedNode
            The IRI of the thing.

        Raises
        ------
        UnknownName
            If nothing of that kind has the name; near names are suggested.
        ParameterError
            If the name fits several things equally well, or the kind is unknown.

        Examples
        --------
        >>> import klimatgraph as kg
        >>> kg.load().lookup.find("agency", "Swedish Energy Agency").value
        'https://w3id.org/klimatgraph/id/agency/se/energimyndigheten'
        """
        if kind not in KIND_CLASSES:
            raise ParameterError(f"no kind of thing '{kind}': use one of {', '.join(KIND_CLASSES)}")
        names = self._names(kind)
        wanted = fold(_text(kind, text))
        iri = text.strip().strip("<>")
        if iri.startswith("https://") and any(iri == t for ts in names.values() for _, t in ts):
            return ox.NamedNode(iri)
        if kind == "code" and f"{ID}code/{iri}" in self._everything:
            return ox.NamedNode(f"{ID}code/{iri}")
        for candidates in (names.get(wanted, []), self._without_accents(names, wanted)):
            best = [thing for rank, thing in candidates if rank == candidates[0][0]]
            if len(set(best)) == 1:
                return ox.NamedNode(best[0])
            if best:
                raise ParameterError(
                    f"{kind} '{text}' may be {' or '.join(sorted(set(best)))}: give the full IRI"
                )
        raise UnknownName(kind, text, self._near(names, wanted))

    def find_any(self, text: str) -> ox.NamedNode:
        """Find a thing of any kind: an IRI of the graph, else a city, party, project or theme.

        Parameters
        ----------
        text : str
            An IRI or a name.

        Returns
        -------
        pyoxigraph.NamedNode
            The IRI of the thing.

        Raises
        ------
        UnknownName
            If nothing has that IRI or name.
        """
        iri = _text("thing", text).strip().strip("<>")
        if iri in self:
            return ox.NamedNode(iri)
        near: list[str] = []
        for kind in _ANY:
            try:
                return self.find(kind, text)
            except UnknownName as error:
                near += error.suggestions
        # The same city may be near as a city and as a party.
        raise UnknownName("thing", text, list(dict.fromkeys(near))[:3])

    def __contains__(self, iri: object) -> bool:
        """Tell whether the graph says anything of an IRI."""
        return iri in self._everything

    @staticmethod
    def _without_accents(
        names: dict[str, list[tuple[int, str]]], wanted: str
    ) -> list[tuple[int, str]]:
        """Match without accents, but only when the text itself has none.

        Somebody who writes ö means ö; somebody who writes o may lack the key.
        """
        if _bare(wanted) != wanted:
            return []
        return sorted(
            {hit for name, hits in names.items() if _bare(name) == wanted for hit in hits}
        )

    def _near(self, names: dict[str, list[tuple[int, str]]], wanted: str) -> list[str]:
        # Compared without accents, so that a lost ring or dot does not hide the right name.
        target = _bare(wanted)
        scores = {name: _likeness(target, _bare(name)) for name in names}
        best = max(scores.values(), default=0.0)
        # "Umeå kommun" and "Luleå kommun" share a word; only what is as near as the best helps.
        near = [n for n, score in scores.items() if score >= max(_NEAR, best - _SPREAD)]
        near.sort(key=lambda name: (-scores[name], name))
        return self._labels(names[name][0][1] for name in near)[:3]

    def _labels(self, iris: Iterable[str]) -> list[str]:
        labels: list[str] = []
        for iri in iris:
            rows = self._engine.select(_LABEL.replace("@IRI@", iri)).rows
            for (label,) in rows[:1]:
                if isinstance(label, ox.Literal) and label.value not in labels:
                    labels.append(label.value)
        return labels
