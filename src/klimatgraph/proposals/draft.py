"""A draft: a proposal with the decisions on it, kept in a folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from os import PathLike
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from klimatgraph.engines.base import Engine
from klimatgraph.errors import InputError, ParameterError
from klimatgraph.files import read_text, write_text
from klimatgraph.proposals import report as reports
from klimatgraph.proposals.adding import check
from klimatgraph.proposals.model import Proposal
from klimatgraph.proposals.review import Decision, decided, from_csv, to_csv, unknown
from klimatgraph.proposals.statements import statements
from klimatgraph.proposals.wording import Wording
from klimatgraph.reading.ccc.themes import ActionThemes
from klimatgraph.reading.contracts import read_any
from klimatgraph.reading.gazetteer import Gazetteer
from klimatgraph.rows import Rows
from klimatgraph.validation import Report

PROPOSAL: Final = "proposal.json"
REVIEW: Final = "review.csv"
PAGE: Final = "report.html"
_LARGEST: Final = 64_000_000
_FORMS: Final = ("text", "md", "html")


@dataclass(frozen=True)
class Draft:
    """What was read from a document, and what a person decided of it.

    Do not make one yourself: :func:`klimatgraph.read`, :meth:`klimatgraph.KlimatGraph.read` and
    :meth:`Draft.open` give you one.

    Parameters
    ----------
    proposal : Proposal
        What was read.
    decisions : mapping of str to Decision
        By key of the candidate.
    engine : Engine
        The graph that it refers to.
    lang : {"sv", "en"}
        Language of reports.
    """

    proposal: Proposal
    decisions: Mapping[str, Decision]
    engine: Engine
    lang: str = "sv"
    _wording: list[Wording] = field(default_factory=list, repr=False, compare=False)

    @classmethod
    def read(
        cls,
        path: str | PathLike[str],
        engine: Engine,
        *,
        city: str | None = None,
        edition: str | None = None,
        lang: str = "sv",
        gazetteer: Gazetteer | None = None,
        measures: Callable[[], ActionThemes] | None = None,
    ) -> Draft:
        """Read a contract; see :func:`klimatgraph.reading.contracts.read_any`."""
        reading = read_any(
            path, engine, city=city, edition=edition, gazetteer=gazetteer, measures=measures
        )
        return cls(Proposal.of(reading), {}, engine, lang)

    @classmethod
    def open(cls, folder: str | PathLike[str], engine: Engine, lang: str = "sv") -> Draft:
        """Open a draft that was saved.

        Parameters
        ----------
        folder : path
            The folder.
        engine : Engine
            The graph that it is to be added to.
        lang : {"sv", "en"}
            Language of reports.

        Raises
        ------
        InputError
            If the folder holds no proposal, or the decisions cannot be read.
        FormatError
            If the proposal is damaged.
        """
        proposal, decisions = load(folder)
        return cls(proposal, decisions, engine, lang)

    @property
    def name(self) -> str:
        """Identifier of the document, such as ``klimatkontrakt-lund-2025-26``."""
        return self.proposal.name

    @property
    def wording(self) -> Wording:
        """Labels of the graph, asked for once."""
        if not self._wording:
            self._wording.append(Wording(self.engine, self.name))
        return self._wording[0]

    def rows(self, lang: str | None = None) -> Rows:
        """Give the candidates as rows, with the words that say them."""
        return reports.as_rows(self.proposal, self.decisions, self.wording, lang or self.lang)

    def report(
        self, format: str = "text", lang: str | None = None, checked: Report | None = None
    ) -> str:
        """Show the words of the document beside the readings.

        Parameters
        ----------
        format : {"text", "md", "html"}
            For a terminal, as Markdown, or as a page.
        lang : {"sv", "en"}, optional
            The language.
        checked : Report, optional
            What the shapes said, to be told at the end of the text.

        Returns
        -------
        str
            The report.

        Raises
        ------
        ParameterError
            If there is no such format.
        """
        language = lang or self.lang
        given = (self.proposal, self.decisions, self.wording, language)
        if format == "text":
            return reports.as_text(*given, checked)
        if format not in _FORMS:
            raise ParameterError(f"no format '{format}': use {', '.join(_FORMS)}")
        return reports.as_markdown(*given) if format == "md" else reports.as_html(*given)

    def quads(self, min_confidence: float | Decimal = 0, replace: bool = False) -> list[ox.Quad]:
        """Give the statements that hold after the decisions.

        Parameters
        ----------
        min_confidence : float
            Candidates less sure than this are left out, unless a person vouched for them.
        replace : bool
            Whether they are to stand in the place of what people wrote of the document, and so
            have to say it all.

        Returns
        -------
        list of pyoxigraph.Quad
            In the named graph of the document.
        """
        least = _confidence(min_confidence)
        items = decided(self.proposal, self.decisions, least)
        words = Wording(self.engine, self.name, replace) if replace else self.wording
        return statements(self.proposal, items, words)

    def validate(self, min_confidence: float | Decimal = 0, engine: str = "pyshacl") -> Report:
        """Check the statements with the shapes.

        Parameters
        ----------
        min_confidence : float
            See :meth:`quads`.
        engine : {"pyshacl", "shacl"}
            Which SHACL engine.

        Returns
        -------
        Report
            What the shapes say.
        """
        return check(self.quads(min_confidence), self.engine, checker=engine, lang=self.lang)

    def with_decisions(self, folder: str | PathLike[str]) -> Draft:
        """Take in the decisions that stand in a folder, if there are any.

        Parameters
        ----------
        folder : path
            Where the document was read to before.

        Returns
        -------
        Draft
            The same reading; decisions of its own come first.
        """
        before = _decisions(Path(folder))
        return replace(self, decisions={**before, **self.decisions})

    def save(self, folder: str | PathLike[str] | None = None) -> Path:
        """Write the draft to a folder; decisions that stand there are kept.

        Parameters
        ----------
        folder : path, optional
            By default one in the current folder, named after the document.

        Returns
        -------
        Path
            The folder.

        Raises
        ------
        InputError
            If the folder holds something else, or cannot be written.
        """
        place = Path(folder) if folder is not None else Path(self.name)
        draft = self.with_decisions(place)
        files = {
            PROPOSAL: self.proposal.to_json(),
            REVIEW: to_csv(self.proposal, draft.decisions),
            PAGE: draft.report("html"),
        }
        _folder(place)
        for name, content in files.items():
            write_text(place / name, content)
        return place

    def orphans(self) -> list[str]:
        """Keys that were decided on and are no longer read."""
        return unknown(self.proposal, self.decisions)

    def __repr__(self) -> str:
        return f"<Draft {self.name}: {len(self.proposal.items)} candidates>"

    def _repr_html_(self) -> str:
        return self.report("html")


def load(folder: str | PathLike[str]) -> tuple[Proposal, dict[str, Decision]]:
    """Load the proposal of a folder and the decisions about it, and look nothing up.

    Raises
    ------
    InputError
        If the folder holds no proposal, or the decisions cannot be read.
    FormatError
        If the proposal is damaged.
    """
    place = Path(folder)
    if not (place / PROPOSAL).is_file():
        raise InputError(
            f"{place} holds no proposal: give the folder that 'klimatgraph read' wrote"
        )
    proposal = Proposal.from_json(read_text(place / PROPOSAL, _LARGEST), str(place / PROPOSAL))
    return proposal, _decisions(place)


def _folder(place: Path) -> None:
    if place.is_dir() and any(place.iterdir()) and not (place / PROPOSAL).is_file():
        raise InputError(f"the folder {place} holds other files: name another with --into")
    try:
        place.mkdir(exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot make the folder {place}: {error.strerror}") from None


def _decisions(place: Path) -> dict[str, Decision]:
    review = place / REVIEW
    return from_csv(read_text(review, _LARGEST), str(review)) if review.is_file() else {}


def _confidence(value: float | Decimal) -> Decimal:
    try:
        least = Decimal(str(value))
    except InvalidOperation:
        least = Decimal("NaN")
    if not (least.is_finite() and 0 <= least <= 1):
        raise ParameterError(f"no confidence {value}: give a number from 0 to 1")
    return least
