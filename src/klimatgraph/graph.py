"""The graph as people use it: a thin face over the parts, which do the work."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from klimatgraph.engines import Engine
from klimatgraph.graph_documents import DocumentMethods
from klimatgraph.lookup import Lookup, name_of
from klimatgraph.questions import QuestionLibrary
from klimatgraph.resources import folder
from klimatgraph.rows import Column, Entity, Rows

if TYPE_CHECKING:
    import networkx as nx

    from klimatgraph.analysis.coverage import Coverage
    from klimatgraph.reasoning import Consistency
    from klimatgraph.validation import Report
    from klimatgraph.views.pyvis import Picture

_COUNTS: Final = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?class ?label (COUNT(DISTINCT ?thing) AS ?n) WHERE {
  VALUES ?lang { "%s" }
  GRAPH ?graph { ?thing a ?class }
  FILTER(?graph != <https://w3id.org/klimatgraph/id/graph/derived>)
  FILTER(STRSTARTS(STR(?class), STR(klim:)))
  ?class rdfs:label ?label . FILTER(LANG(?label) = ?lang)
} GROUP BY ?class ?label ORDER BY DESC(?n) ?label
"""


class KlimatGraph(DocumentMethods):
    """A graph of climate contracts that answers questions.

    Do not build one yourself: :func:`klimatgraph.load`, :func:`klimatgraph.open` and
    :func:`klimatgraph.connect` give you one.

    Parameters
    ----------
    engine : Engine
        Where the triples are.
    lang : {"sv", "en"}
        The language of answers when a call does not say.

    Examples
    --------
    >>> import klimatgraph as kg
    >>> g = kg.load()
    >>> g.city("2480").label
    'Umeå'
    """

    def __init__(self, engine: Engine, lang: str = "sv") -> None:
        self.engine = engine
        self.lang = lang

    @cached_property
    def questions(self) -> QuestionLibrary:
        """The library of questions; read when first asked for."""
        return QuestionLibrary(folder("queries"))

    @cached_property
    def lookup(self) -> Lookup:
        """Things by name, other name, code or IRI."""
        return Lookup(self.engine)

    # -- things ------------------------------------------------------------------

    def city(self, name: str | int | Entity) -> Entity:
        """Find a city by name, other name, municipality code or IRI.

        Parameters
        ----------
        name : str, int or Entity
            For example ``"Umeå"``, ``"Umeå kommun"``, ``"2480"``, 2480 or a city from a row.

        Returns
        -------
        Entity
            With ``iri`` and ``label``.

        Raises
        ------
        UnknownName
            If there is no such city; near names are suggested.

        Examples
        --------
        >>> import klimatgraph as kg
        >>> kg.load().city("Umeå kommun").iri
        'https://w3id.org/klimatgraph/id/city/se/umea'
        """
        return self._entity(self.lookup.find("city", name_of(name)))

    # -- questions ---------------------------------------------------------------

    def ask(self, question: str, /, *, lang: str | None = None, **parameters: Any) -> Rows:
        """Ask a question of the library.

        Parameters
        ----------
        question : str
            Its name; ``g.questions`` lists them.
        lang : {"sv", "en"}, optional
            The language of the answer.
        **parameters
            The question's parameters, as names, codes, numbers or IRIs.

        Returns
        -------
        Rows
            The answer; each row with its sources.

        Raises
        ------
        UnknownName
            If there is no such question, or a parameter names nothing in the graph.
        ParameterError
            If a parameter is missing, unknown or ill typed.

        Examples
        --------
        >>> import klimatgraph as kg
        >>> [str(row["city"]) for row in kg.load().ask("cities-without-commitment", commitment=5)]
        ['Umeå']
        """
        from dataclasses import replace

        from klimatgraph.questions.binding import check_names

        chosen = self.questions[question]
        # Before the call, where a name such as "engine" would be taken for something else.
        check_names(chosen, parameters)
        rows = self.questions.run(
            question, self.engine, lang=lang or self.lang, resolver=self.lookup.find, **parameters
        )
        if chosen.coverage is None:
            return rows
        return replace(rows, coverage=self.coverage([chosen.coverage]))

    def sparql(self, query: str, *, timeout: float | None = 30.0) -> Rows:
        """Run SPARQL of your own; reading only.

        Parameters
        ----------
        query : str
            A SELECT or ASK query of SPARQL 1.1, over the union of all named graphs.
            The prefixes of klimatgraph need no declaration.
        timeout : float or None
            Seconds to wait.

        Returns
        -------
        Rows
            One column for each variable; ASK gives one row.

        Raises
        ------
        QuerySyntaxError
            If it is not SPARQL; with line and column.
        QueryRefused
            If it would change the graph or reach the network.
        QueryTimeout
            If the answer takes longer than `timeout`.

        Examples
        --------
        >>> import klimatgraph as kg
        >>> kg.load().sparql("SELECT (COUNT(?s) AS ?n) WHERE { ?s a klim:JointCommitment }")[0]["n"]
        6
        """
        from klimatgraph.sparql import run

        return run(self.engine, query, timeout=timeout, lang=self.lang)

    def shared(
        self,
        *cities: str | int | Entity,
        by: str = "all",
        min_cities: int = 2,
        lang: str | None = None,
    ) -> Rows:
        """List what cities share, with the sources of every row.

        Parameters
        ----------
        *cities : str
            None, one, or several cities: what any share, what one shares with others,
            what all those named share.
        by : str
            ``"all"`` or one kind of link, such as ``"commitment"`` or ``"project"``.
        min_cities : int
            How many cities must share a thing.
        lang : {"sv", "en"}, optional
            The language of the answer.

        Returns
        -------
        Rows
            See :func:`klimatgraph.analysis.shared.shared`.

        Examples
        --------
        >>> import klimatgraph as kg
        >>> {row["kind"] for row in kg.load().shared("Umeå", "Malmö", by="call")}
        {'utlysning'}
        """
        from klimatgraph.analysis.shared import shared

        found = [self.lookup.find("city", name_of(city)) for city in cities]
        return shared(
            self.engine, self.questions, found, by=by, min_cities=min_cities, lang=lang or self.lang
        )

    def coverage(self, topics: Iterable[str] | None = None) -> tuple[Coverage, ...]:
        """Count for how many municipalities of the latest edition each topic is known.

        Parameters
        ----------
        topics : iterable of str, optional
            Kinds of link; all by default.

        Returns
        -------
        tuple of Coverage
            See :class:`klimatgraph.analysis.coverage.Coverage`.
        """
        from klimatgraph.analysis.coverage import coverage
        from klimatgraph.analysis.links import KINDS

        return coverage(self.engine, self.questions, KINDS if topics is None else topics)

    # -- checks ------------------------------------------------------------------

    def validate(
        self, shapes: Sequence[str | Path] | None = None, engine: str = "pyshacl"
    ) -> Report:
        """Check the graph with the shipped shapes or shapes of your own.

        Parameters
        ----------
        shapes : sequence of paths, optional
            Files of SHACL shapes.
        engine : {"pyshacl", "shacl"}
            Which engine checks.

        Returns
        -------
        Report
            Findings in sv and en. The graph is not changed.
        """
        from klimatgraph.validation import validate

        return validate(self.engine, shapes=shapes, engine=engine)

    def reason(self) -> Consistency:
        """Check the ontology for consistency with a DL reasoner (HermiT).

        Returns
        -------
        Consistency
            Whether ontology and axioms are consistent, and classes that can have no
            instance.

        Raises
        ------
        MissingExtra
            If there is no Java to run HermiT with.
        """
        from klimatgraph.reasoning import ontology_consistency

        return ontology_consistency()

    # -- pictures and files ------------------------------------------------------

    def network(
        self, what: str = "cities", *, by: str = "theme", lang: str | None = None
    ) -> nx.Graph[str]:
        """Give a networkx graph of cities, linked by what they share.

        Parameters
        ----------
        what : {"cities", "bipartite"}
            Cities only, or cities and things.
        by : str
            ``"all"`` or one kind of link.
        lang : {"sv", "en"}, optional
            The language of labels.

        Returns
        -------
        networkx.Graph
            See :func:`klimatgraph.analysis.networks.network`.
        """
        from klimatgraph.analysis.networks import network

        return network(self.engine, self.questions, what, by=by, lang=lang or self.lang)

    def show(
        self, what: str | Entity, *, hops: int = 1, max_nodes: int = 60, lang: str | None = None
    ) -> Picture:
        """Draw what lies around a thing; shows in a notebook, saves as one HTML file.

        Parameters
        ----------
        what : str or Entity
            A city's name, an IRI or an entity from a row.
        hops : int
            Steps out, 1 to 4.
        max_nodes : int
            The most things to draw; the nearest are kept.
        lang : {"sv", "en"}, optional
            The language.

        Returns
        -------
        Picture
            Opens without a network.
        """
        from klimatgraph.analysis.networks import neighbourhood
        from klimatgraph.views.pyvis import draw

        iri = what.iri if isinstance(what, Entity) else self.lookup.find_any(what).value
        graph = neighbourhood(self.engine, iri, hops, max_nodes, lang or self.lang)
        return draw(graph, iri, lang or self.lang)

    def export(self, path: str | Path, format: str | None = None) -> Path:
        """Write the graph to a file: Turtle, TriG, N-Quads, JSON-LD, CSV, GraphML or GEXF.

        Parameters
        ----------
        path : str or Path
            The file.
        format : str, optional
            By default the ending of the file's name.

        Returns
        -------
        Path
            The file.
        """
        from klimatgraph.export import export

        return export(self.engine, path, format, self.lang)

    # -- overview ----------------------------------------------------------------

    def contents(self, lang: str | None = None) -> Rows:
        """Count what the graph holds, class by class.

        Parameters
        ----------
        lang : {"sv", "en"}, optional
            The language of labels.

        Returns
        -------
        Rows
            Columns ``class`` and ``n``.
        """
        language = lang or self.lang
        titles = {"sv": ("Vad finns i grafen?", "klass", "antal"),
                  "en": ("What does the graph hold?", "class", "count")}[language]  # fmt: skip
        rows: list[dict[str, Any]] = []
        for cls, label, n in self.engine.select(_COUNTS % language).rows:
            assert isinstance(cls, ox.NamedNode)
            assert isinstance(label, ox.Literal) and isinstance(n, ox.Literal)
            rows.append({"class": Entity(cls.value, label.value), "n": int(n.value), "sources": ()})
        columns = (Column("class", titles[1]), Column("n", titles[2]))
        return Rows(name="contents", question=titles[0], columns=columns, rows=rows, lang=language)

    def close(self) -> None:
        """Let go of a folder on disk, so that others may write to it; ``with`` does so too."""
        close = getattr(self.engine, "close", None)
        if close is not None:
            close()

    def __enter__(self) -> KlimatGraph:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def __len__(self) -> int:
        """Count the triples."""
        return len(self.engine)

    def __repr__(self) -> str:
        return f"<KlimatGraph: {len(self)} triples, engine {self.engine.name}>"

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(repr(self))}</p>{self.contents()._repr_html_()}"

    def _entity(self, iri: ox.NamedNode) -> Entity:
        query = (
            "SELECT ?l WHERE { %s <http://www.w3.org/2000/01/rdf-schema#label> ?l ."
            ' FILTER(LANG(?l) = "%s") }'
        )
        rows = self.engine.select(query % (iri, "en" if self.lang == "en" else "sv")).rows
        label = rows[0][0] if rows else None
        return Entity(iri.value, label.value if isinstance(label, ox.Literal) else iri.value)
