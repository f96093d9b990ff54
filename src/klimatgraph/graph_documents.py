"""The part of the graph's face that is about documents: read, add, verify, explain."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from klimatgraph.errors import ParameterError
from klimatgraph.rows import Entity

if TYPE_CHECKING:
    from klimatgraph.comparison import Difference
    from klimatgraph.engines import Engine
    from klimatgraph.evidence import Check, Explanation
    from klimatgraph.lookup import Lookup
    from klimatgraph.proposals import Added, Draft
    from klimatgraph.reading.ccc.themes import ActionThemes
    from klimatgraph.reading.gazetteer import Gazetteer


class DocumentMethods:
    """Methods of :class:`klimatgraph.KlimatGraph` that have to do with documents."""

    engine: Engine
    lang: str

    if TYPE_CHECKING:

        @property
        def lookup(self) -> Lookup: ...

    # -- reading -----------------------------------------------------------------

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The names that the graph knows, for finding them in texts; read when first asked for."""
        from klimatgraph.reading.gazetteer import Gazetteer

        return Gazetteer.of(self.engine)

    @cached_property
    def measures(self) -> ActionThemes:
        """The measures that actions are told by; read when first asked for."""
        from klimatgraph.reading.ccc.themes import ActionThemes

        return ActionThemes.of(self.engine)

    def read(
        self,
        document: str | Path,
        *,
        city: str | None = None,
        edition: str | None = None,
        lang: str | None = None,
    ) -> Draft:
        """Read a contract from a file: a Klimatkontrakt or a Climate City Contract.

        Parameters
        ----------
        document : str or Path
            A PDF, text or Markdown file.
        city : str, optional
            Whose contract it is, where the document does not say it plainly.
        edition : str, optional
            Label of the edition, such as ``"2025/26"``, where the document does not say it.
        lang : {"sv", "en"}, optional
            The language of reports.

        Returns
        -------
        Draft
            What was found, each with the words that say it. The graph is not changed: give the
            draft to :meth:`add`.

        Raises
        ------
        DocumentError
            If the document cannot be read, is no contract, or does not tell city or edition.
        UnknownName
            If the graph has no such city.
        """
        from klimatgraph.proposals import Draft

        return Draft.read(
            document, self.engine, city=city, edition=edition, lang=lang or self.lang,
            gazetteer=self.gazetteer, measures=lambda: self.measures,
        )  # fmt: skip

    def draft(self, folder: str | Path, *, lang: str | None = None) -> Draft:
        """Open a draft that was saved to a folder.

        Parameters
        ----------
        folder : str or Path
            What ``klimatgraph read`` or :meth:`klimatgraph.proposals.Draft.save` wrote.
        lang : {"sv", "en"}, optional
            The language of reports.

        Returns
        -------
        Draft
            With the decisions that stand in its ``review.csv``.

        Raises
        ------
        InputError
            If the folder holds no proposal, or its decisions cannot be read.
        """
        from klimatgraph.proposals import Draft

        return Draft.open(folder, self.engine, lang or self.lang)

    def add(
        self,
        draft: Draft | str | Path,
        *,
        min_confidence: float = 0,
        engine: str = "pyshacl",
        replace: bool = False,
        lang: str | None = None,
    ) -> Added:
        """Take what was read from a document into the graph.

        Parameters
        ----------
        draft : Draft or path
            What :meth:`read` gave, or the folder to which it was saved.
        min_confidence : float
            Candidates less sure than this are left out, unless a person vouched for them.
        engine : {"pyshacl", "shacl"}
            Which SHACL engine checks it.
        replace : bool
            Also put the reading in the place of what people wrote of the same document.
        lang : {"sv", "en"}, optional
            The language of the report.

        Returns
        -------
        Added
            How many statements came and went, and what the shapes said.

        Raises
        ------
        DataError
            If the shapes find a violation; the graph is as it was then.
        InputError
            If people have described the document already and `replace` is not said.
        EngineError
            If the graph cannot be written to.
        """
        from klimatgraph.proposals import Draft, add

        language = lang or self.lang
        opened = draft if isinstance(draft, Draft) else self.draft(draft, lang=language)
        done = add(
            self.engine, opened.quads(min_confidence, replace), checker=engine, lang=language,
            replace=replace,
        )  # fmt: skip
        # Names that came with the document are found from now on.
        for stale in ("lookup", "gazetteer"):
            self.__dict__.pop(stale, None)
        return done

    # -- comparison --------------------------------------------------------------

    def diff(
        self,
        first: str | int | Entity | DocumentMethods,
        second: str | int | Entity | None = None,
        *,
        edition: str | int | None = None,
        lang: str | None = None,
    ) -> Difference:
        """Tell what differs between two contracts, or what changed from another graph to this.

        Parameters
        ----------
        first : str, int, Entity or KlimatGraph
            A contract, by city and edition (``"Umeå 2023"`` or ``"Umeå@2023"``), by city alone,
            by label or by IRI; or an earlier state of this graph.
        second : str, int or Entity, optional
            The contract to compare it with.
        edition : str or int, optional
            For names that do not tell it; by default the latest that both cities have.
        lang : {"sv", "en"}, optional
            The language of rows and sentences.

        Returns
        -------
        Difference
            With ``rows()`` and ``sentences()``; what a contract was not read for is told as not
            known, never as gone.

        Raises
        ------
        UnknownName
            If there is no such city, or no contract of that edition.
        ParameterError
            If the same contract is named twice, or only one is named.

        Examples
        --------
        >>> import klimatgraph as kg
        >>> rows = kg.load().diff("Umeå 2023", "Umeå 2025/26").rows("en")
        >>> {row["change"] for row in rows}
        {'not known before'}
        """
        from klimatgraph.comparison import choosing, diff_contracts, diff_graphs

        language = lang or self.lang
        if isinstance(first, DocumentMethods):
            if second is not None or edition is not None:
                raise ParameterError("a graph is compared with a graph: name nothing beside it")
            return diff_graphs(first.engine, self.engine, language)
        if second is None:
            raise ParameterError("two contracts are compared: name the second one too")
        chosen = choosing.choose(self.engine, self.lookup, first, second, edition)
        return diff_contracts(self.engine, *chosen, language)

    # -- evidence ----------------------------------------------------------------

    def explain(self, what: str | Entity | ox.NamedNode, *, lang: str | None = None) -> Explanation:
        """Tell what the graph says of a thing and which passages it comes from.

        Parameters
        ----------
        what : str, Entity or NamedNode
            An IRI, an entity from a row, or the name of a city.
        lang : {"sv", "en"}, optional
            The language.

        Returns
        -------
        Explanation
            Prints as readable text.
        """
        from klimatgraph.evidence import explain

        iri = what.iri if isinstance(what, Entity) else getattr(what, "value", str(what))
        if iri not in self.lookup:
            iri = self.lookup.find_any(iri).value
        return explain(self.engine, ox.NamedNode(iri), lang or self.lang)

    def why(self, subject: str, predicate: str, object: str, *, lang: str | None = None) -> str:
        """Tell by which rule, and from which statements, a derived link follows.

        Parameters
        ----------
        subject, object : str
            Names or IRIs of the two ends.
        predicate : str
            The derived property, such as ``"klim:signed"``.
        lang : {"sv", "en"}, optional
            The language.

        Returns
        -------
        str
            Rule and premises in words; each way in which the link follows in turn.

        Raises
        ------
        UnknownName
            If a name is in no graph, or no rule gives the link.

        Examples
        --------
        >>> import klimatgraph as kg
        >>> g = kg.load()
        >>> print(g.why("Umeå", "klim:adopted", "gemensamt åtagande 6", lang="en").splitlines()[0])
        adopted: ...
        """
        from klimatgraph.reasoning import why
        from klimatgraph.terms import expand

        ends = self.lookup.find_any(subject), self.lookup.find_any(object)
        return why(self.engine, ox.Triple(ends[0], expand(predicate), ends[1]), lang or self.lang)

    def verify(self, document: str | Path, source: str | None = None) -> list[Check]:
        """Find every passage that the graph cites in your own copy of a document.

        Parameters
        ----------
        document : str or Path
            The document as PDF, text or Markdown.
        source : str, optional
            IRI of the source document in the graph; by default found by its checksums.

        Returns
        -------
        list of Check
            One for each passage cited: found or not, and where.
        """
        from klimatgraph.evidence import verify

        return verify(document, self.engine, document=source)
