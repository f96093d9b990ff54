"""Write the graph for other programs: RDF, a table of links, a network."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from klimatgraph import canonical
from klimatgraph.engines.base import Engine
from klimatgraph.errors import ParameterError
from klimatgraph.files import write_bytes
from klimatgraph.terms import shorten

if TYPE_CHECKING:
    import networkx as nx

FORMATS: Final = ("ttl", "trig", "nt", "nq", "jsonld", "csv", "graphml", "gexf")


def export(engine: Engine, path: str | Path, format: str | None = None, lang: str = "sv") -> Path:
    """Write the whole graph to a file.

    Parameters
    ----------
    engine : Engine
        Where the graph is.
    path : str or Path
        The file. An existing one is replaced.
    format : str, optional
        One of :data:`FORMATS`; by default the ending of the file's name.
        ``ttl``, ``nt``: all triples without their named graphs. ``trig``, ``nq``,
        ``jsonld``: with named graphs. ``csv``: one row a triple with labels.
        ``graphml``, ``gexf``: things as nodes, statements as edges.
    lang : {"sv", "en"}
        The language of labels in ``csv``, ``graphml`` and ``gexf``.

    Returns
    -------
    Path
        The file. The same graph gives the same bytes.

    Raises
    ------
    ParameterError
        If the format is not known.
    InputError
        If the file cannot be written.

    Examples
    --------
    >>> import klimatgraph as kg, tempfile
    >>> g = kg.load()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     g.export(f"{folder}/graph.nq").stat().st_size > 100_000
    True
    """
    kind = (format or Path(path).suffix.lstrip(".")).lower()
    if kind not in FORMATS:
        raise ParameterError(f"no export format '{kind}': use one of {', '.join(FORMATS)}")
    quads = list(engine.quads())
    return write_bytes(path, _content(engine, quads, kind, lang).encode("utf-8"))


def _content(engine: Engine, quads: list[ox.Quad], kind: str, lang: str) -> str:
    if kind == "nq":
        return canonical.to_nquads(quads)
    if kind == "trig":
        return canonical.to_trig(quads)
    if kind == "ttl":
        return canonical.to_turtle({quad.triple for quad in quads})
    if kind == "nt":
        return canonical.to_nquads(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    if kind == "jsonld":
        return _jsonld(quads)
    if kind == "csv":
        return _csv(quads, lang)
    return _network(engine, kind, lang)


def _jsonld(quads: Iterable[ox.Quad]) -> str:
    ordered = sorted(quads, key=str)
    raw = ox.serialize(ordered, format=ox.RdfFormat.JSON_LD)
    assert raw is not None
    return json.dumps(json.loads(raw), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _csv(quads: Iterable[ox.Quad], lang: str) -> str:
    ordered = sorted(quads, key=str)
    label_of = {
        quad.subject.value: quad.object.value
        for quad in ordered
        if quad.predicate.value == "http://www.w3.org/2000/01/rdf-schema#label"
        and isinstance(quad.object, ox.Literal)
        and quad.object.language == lang
        and isinstance(quad.subject, ox.NamedNode)
    }

    def cell(term: Any) -> tuple[str, str]:
        value = term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else str(term)
        return value, label_of.get(value, "")

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        ["subject", "subject_label", "predicate", "predicate_label", "object", "object_label",
         "language", "graph"]
    )  # fmt: skip
    for quad in ordered:
        language = quad.object.language if isinstance(quad.object, ox.Literal) else None
        graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        predicate = quad.predicate.value
        writer.writerow(
            [*cell(quad.subject), shorten(predicate), label_of.get(predicate, ""),
             *cell(quad.object), language or "", graph]
        )  # fmt: skip
    return text.getvalue()


def _network(engine: Engine, kind: str, lang: str) -> str:
    import networkx as nx

    from klimatgraph.analysis.networks import whole

    graph: nx.MultiGraph[str] = whole(engine, lang)
    ordered: nx.MultiGraph[str] = nx.MultiGraph()
    ordered.add_nodes_from(sorted(graph.nodes(data=True)))
    for a, b, data in sorted(graph.edges(data=True), key=lambda e: (*sorted(e[:2]), e[2]["label"])):
        ordered.add_edge(*sorted((a, b)), **data)
    lines = nx.generate_graphml(ordered) if kind == "graphml" else nx.generate_gexf(ordered)
    # networkx stamps a GEXF file with the date of the day; the same graph gives the same file.
    return (
        "\n".join(line for line in lines if "<meta " not in line and "</meta>" not in line) + "\n"
    )
