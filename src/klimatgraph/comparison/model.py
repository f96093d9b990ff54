"""The difference between contracts: as data, as rows, in words."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from klimatgraph.analysis.contents import Stated
from klimatgraph.rows import Rows, Source

if TYPE_CHECKING:
    from klimatgraph.comparison.labels import Labels


@dataclass(frozen=True, slots=True)
class Side:
    """A contract, as one of the two that are compared.

    Parameters
    ----------
    iri : str
        The contract.
    city : str
        Tail of the IRI of its city, such as ``city/se/lund``.
    names : dict of str to str
        What to call it, by language: ``Lund 2025/26``.
    cities : dict of str to str
        What to call the city, by language.
    read : bool
        Whether it was read; see :func:`klimatgraph.analysis.contents.is_read`.
    said : tuple of Stated
        What it says.
    """

    iri: str
    city: str
    names: dict[str, str] = field(hash=False)
    cities: dict[str, str] = field(hash=False)
    read: bool
    said: tuple[Stated, ...]

    def knows(self, kind: str) -> bool:
        """Tell whether what it does not have of a kind of fact is known to be missing."""
        # Some fact of the kind may come from elsewhere, and is not all that the contract says.
        return self.read


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs.

    Parameters
    ----------
    kind : str
        Kind of fact; see :data:`klimatgraph.reading.facts.KINDS`.
    change : str
        ``joined``, ``left``, ``declined``, ``postponed``, ``raised``, ``lowered``, ``rose``,
        ``fell``, ``changed``, ``new``, ``gone``, ``unknown-before`` or ``unknown-after``.
    first, second : Side
        The contracts.
    before, after : Stated or None
        What each says; None where it says nothing, or where that is not known.
    """

    kind: str
    change: str
    first: Side
    second: Side
    before: Stated | None
    after: Stated | None

    @property
    def stated(self) -> Stated:
        """What is said after, or before where nothing is said after."""
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class NotRead:
    """Tells under the rows that a contract was not read."""

    names: dict[str, str] = field(hash=False)

    @property
    def topic(self) -> str:
        """The contract."""
        return self.names["sv"]

    def sentence(self, lang: str = "sv") -> str:
        """Say it in words."""
        if lang == "en":
            return f"{self.names['en']}: not read in full; what seems missing may be unknown"
        return f"{self.names['sv']}: inte läst i sin helhet; det som saknas kan vara okänt"

    def to_dict(self) -> dict[str, int | str]:
        """Give it as JSON output carries it."""
        return {"topic": self.topic, "read": 0}


@dataclass(frozen=True)
class Difference:
    """What differs between two contracts, or between two graphs.

    Do not make one yourself: :meth:`klimatgraph.KlimatGraph.diff` gives you one.

    Parameters
    ----------
    changes : tuple of Change
        What differs, in the order of kinds.
    form : {"editions", "cities", "graphs"}
        What was compared.
    sides : tuple of Side
        The two contracts; none for graphs.
    labels : Labels
        Names of what is spoken of.
    lang : {"sv", "en"}
        The language when a call does not say.

    Examples
    --------
    >>> import klimatgraph as kg
    >>> difference = kg.load().diff("Malmö 2021", "Lund 2022", lang="en")
    >>> print(difference.sentences()[0])
    Not known for Malmö 2021: parties. Lund 2022 has: Swedish Environmental Protection Agency.
    """

    changes: tuple[Change, ...]
    form: str
    sides: tuple[Side, ...]
    labels: Labels = field(repr=False, compare=False)
    lang: str = "sv"

    def __len__(self) -> int:
        return len(self.changes)

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def rows(self, lang: str | None = None) -> Rows:
        """Give the difference as rows.

        Parameters
        ----------
        lang : {"sv", "en"}, optional
            The language.

        Returns
        -------
        Rows
            Columns ``kind``, ``thing``, ``change``, ``before`` and ``after``, and
            ``contract`` where graphs were compared; each row with the sources of both sides.
        """
        from klimatgraph.comparison.words import as_rows

        return as_rows(self, lang or self.lang)

    def sentences(self, lang: str | None = None) -> list[str]:
        """Tell the difference in words.

        Parameters
        ----------
        lang : {"sv", "en"}, optional
            The language.

        Returns
        -------
        list of str
            A sentence for each commitment and target, a list for each other kind of thing and
            of change.
        """
        from klimatgraph.comparison.sentences import as_sentences

        return as_sentences(self, lang or self.lang)

    def unread(self) -> Sequence[NotRead]:
        """The contracts that were not read, of those that are compared."""
        # Of a graph that changed, what it is now: what was not known before is told by itself.
        sides = self.sides or [change.second for change in self.changes]
        return tuple({s.iri: NotRead(s.names) for s in sides if not s.read}.values())

    def sources_of(self, change: Change, lang: str) -> tuple[Source, ...]:
        """The sources of both sides of a change."""
        return self.labels.sources(change, lang)

    def __str__(self) -> str:
        return "\n".join(self.sentences())

    def _repr_html_(self) -> str:
        told = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in self.sentences())
        return f"<ul>{told}</ul>{self.rows()._repr_html_()}"
