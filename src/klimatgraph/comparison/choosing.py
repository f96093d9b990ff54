"""Contracts by name: a city, and the edition where it has several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from klimatgraph.engines.base import Engine
from klimatgraph.errors import ParameterError, UnknownName
from klimatgraph.lookup import Lookup, fold, name_of
from klimatgraph.rows import Entity

_CONTRACTS: Final = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
SELECT DISTINCT ?contract ?city WHERE { ?contract a klim:Contract . ?contract klim:party ?city }
"""
_EDITIONS: Final = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
SELECT DISTINCT ?contract ?text WHERE {
  ?contract a klim:Contract . ?contract klim:partOf ?edition . ?edition klim:editionLabel ?text
}
"""
_LABELS: Final = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?label WHERE { %s ?thing rdfs:label ?label }
"""
_EDITION: Final = re.compile(r"(?P<city>.*?)[\s,@]+(?P<edition>\d{4}(?:\s*[/–-]\s*\d{2,4})?)\s*\Z")


@dataclass(frozen=True, slots=True)
class Choice:
    """A contract that a graph holds.

    Parameters
    ----------
    iri, city : str
        The contract and its city.
    edition : str
        Label of its edition, ``2025/26``; empty where the graph has none.
    labels, cities : dict of str to str
        Labels of both by language.
    """

    iri: str
    city: str
    edition: str
    labels: dict[str, str] = field(hash=False)
    cities: dict[str, str] = field(hash=False)

    def name(self, lang: str = "sv") -> str:
        """What to call it: ``Lund 2025/26``, or by its own label where it has no edition."""
        if self.edition:
            return f"{self.city_name(lang)} {self.edition}"
        return self.labels.get(lang) or self.labels.get("sv") or self.iri

    def city_name(self, lang: str = "sv") -> str:
        """What to call its city."""
        return self.cities.get(lang) or self.cities.get("sv") or self.city.rpartition("/")[2]


def contracts(engine: Engine) -> list[Choice]:
    """Give the contracts of cities that a graph holds.

    Parameters
    ----------
    engine : Engine
        The graph.

    Returns
    -------
    list of Choice
        Sorted by city and edition.
    """
    found = {
        (contract.value, city.value)
        for contract, city in engine.select(_CONTRACTS).rows
        if isinstance(contract, ox.NamedNode) and isinstance(city, ox.NamedNode)
    }
    editions: dict[str, str] = {}
    for contract, text in engine.select(_EDITIONS).rows:
        if isinstance(contract, ox.NamedNode) and isinstance(text, ox.Literal):
            known_as = editions.get(contract.value, text.value)
            editions[contract.value] = min(text.value, known_as)
    names: dict[str, dict[str, str]] = {}
    for pattern in ("?thing a klim:Contract .",
                    "?c a klim:Contract . ?c klim:party ?thing ."):  # fmt: skip
        for subject, label in engine.select(_LABELS % pattern).rows:
            if isinstance(subject, ox.NamedNode) and isinstance(label, ox.Literal):
                known = names.setdefault(subject.value, {})
                language = label.language or "sv"
                known[language] = min(label.value, known.get(language, label.value))
    choices = (
        Choice(iri, city, editions.get(iri, ""), names.get(iri, {}), names.get(city, {}))
        for iri, city in found
    )
    return sorted(choices, key=lambda c: (c.city, c.edition, c.iri))


def choose(
    engine: Engine, lookup: Lookup, first: str | int | Entity, second: str | int | Entity,
    edition: str | int | None = None,
) -> tuple[Choice, Choice]:  # fmt: skip
    """Find the two contracts that are meant.

    Parameters
    ----------
    engine : Engine
        The graph.
    lookup : Lookup
        Names of its cities.
    first, second : str, int or Entity
        City and edition (``"Umeå 2023"`` or ``"Umeå@2023"``), a city, or the label or IRI of a
        contract.
    edition : str or int, optional
        For names without one; by default the latest that both cities have.

    Returns
    -------
    tuple of Choice
        The two.

    Raises
    ------
    UnknownName
        If there is no such city, or no contract of that edition; those that are known are
        suggested.
    ParameterError
        If both are the same, or an edition is said twice.
    """
    known = contracts(engine)
    edition = None if edition is None else str(edition)
    wanted = [_Wanted.of(name, known, lookup) for name in (first, second)]
    if edition is not None and all(w.edition is not None for w in wanted):
        told = " and ".join(w.edition or w.name for w in wanted)
        raise ParameterError(
            f"both names tell the edition: leave {told} out, or the edition {edition}"
        )
    editions = _editions(wanted, known, edition)
    chosen = [w.among(known, at) for w, at in zip(wanted, editions, strict=True)]
    if chosen[0].iri == chosen[1].iri:
        others = [c.name() for c in known if c.city == chosen[0].city and c != chosen[0]]
        hint = f"compare with {' or '.join(others)}" if others else "name another city"
        raise ParameterError(f"{chosen[0].name()} is named twice: {hint}")
    return chosen[0], chosen[1]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a name says: a city, and the edition if it tells it; or a contract."""

    name: str
    city: str
    edition: str | None
    contract: Choice | None = None

    @classmethod
    def of(cls, given: str | int | Entity, known: Sequence[Choice], lookup: Lookup) -> _Wanted:
        name = name_of(given)
        if not isinstance(name, str):
            raise ParameterError(
                f"a contract is named by city and edition, not by {type(given).__name__}: "
                f'for example "{_example(known)} 2025/26"'
            )
        text = name.strip().strip("<>")
        for choice in known:
            labels = {fold(label) for label in choice.labels.values()}
            if text == choice.iri or fold(text) in labels:
                return cls(name, choice.city, choice.edition, choice)
        match = _EDITION.match(text)
        city, edition = (match["city"], _plain(match["edition"])) if match else (text, None)
        return cls(name, lookup.find("city", city).value, edition)

    def among(self, known: Sequence[Choice], edition: str | None) -> Choice:
        if self.contract is not None:
            return self.contract
        own = [choice for choice in known if choice.city == self.city]
        found = [choice for choice in own if choice.edition == edition]
        if not found:
            raise UnknownName("contract", self._spelled(edition), [choice.name() for choice in own])
        if len(found) > 1:
            raise ParameterError(
                f"{self.name} may be {' or '.join(c.iri for c in found)}: give the full IRI"
            )
        return found[0]

    def _spelled(self, edition: str | None) -> str:
        return self.name if self.edition or not edition else f"{self.name} {edition}"


def _example(known: Sequence[Choice]) -> str:
    return known[0].cities.get("sv", "Lund") if known else "Lund"


def _editions(
    wanted: Sequence[_Wanted], known: Sequence[Choice], edition: str | None
) -> list[str | None]:
    if edition is not None:
        return [_plain(edition) if w.edition is None else w.edition for w in wanted]
    told = [w.edition for w in wanted]
    if None not in told:
        return told
    by_city = [{c.edition for c in known if c.city == w.city} for w in wanted]
    if told != [None, None]:
        # The other city in the same edition; of the same city, the latest other one.
        at = 1 if told[0] is None else 0
        given = told[at]
        if wanted[0].city != wanted[1].city:
            return [given, given]
        other = max(by_city[1 - at] - {given or ""}, default=None)
        return [given, other] if at == 0 else [other, given]
    common = by_city[0] & by_city[1]
    if not common:
        for w, editions in zip(wanted, by_city, strict=True):
            if not editions:
                raise UnknownName("contract", w.name)
        each = "; ".join(
            f"{w.name} has {', '.join(text or 'one without an edition' for text in sorted(e))}"
            for w, e in zip(wanted, by_city, strict=True)
        )
        raise ParameterError(f"no edition that both have: {each}; name the editions")
    return [max(common)] * 2


def _plain(edition: str) -> str:
    """An edition as labels have it: 2025-26, 2025–2026 and 2025/26 are one."""
    first, _, second = re.sub(r"\s*[/–-]\s*", "/", edition.strip()).partition("/")
    return f"{first}/{second[-2:]}" if second else first
