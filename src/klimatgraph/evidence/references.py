"""What a row can say of its sources: document, section, page, address and digest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from klimatgraph.rows import Source
from klimatgraph.terms import pick_label, shorten

if TYPE_CHECKING:
    from klimatgraph.engines import Engine
    from klimatgraph.terms import Term

# So many at a time: engines keep a limit on the length of a query.
_BATCH: Final = 500

_SOURCES: Final = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?source ?document ?section ?page ?digest ?address ?label WHERE {
  VALUES ?source { %s }
  OPTIONAL { ?source klim:document ?whole }
  BIND(COALESCE(?whole, ?source) AS ?document)
  OPTIONAL { ?source klim:section ?section }
  OPTIONAL { ?source klim:page ?page }
  OPTIONAL { ?source klim:digest ?digest }
  OPTIONAL { ?document klim:address ?address }
  OPTIONAL { ?document rdfs:label ?label }
}
ORDER BY ?source ?document ?section ?page ?digest ?address ?label
"""


def sources(engine: Engine, iris: Iterable[str | NamedNode], lang: str = "sv") -> dict[str, Source]:
    """Look up passages and documents.

    Parameters
    ----------
    engine
        The graph.
    iris
        IRIs of passages and source documents.
    lang
        Language of the titles, "sv" or "en".

    Returns
    -------
    dict of str to Source
        One for each IRI, sorted by it. Of one that the graph does not know, the IRI is all there
        is.
    """
    wanted = sorted({iri.value if isinstance(iri, NamedNode) else iri for iri in iris})
    found: dict[str, Source] = {}
    for batch in _batches(wanted):
        rows: dict[str, list[tuple[Term | None, ...]]] = {}
        values = " ".join(str(NamedNode(iri)) for iri in batch)
        for row in engine.select(_SOURCES % values).rows:
            if isinstance(row[0], NamedNode):
                rows.setdefault(row[0].value, []).append(row)
        for iri in batch:
            found[iri] = _source(iri, rows.get(iri, []), lang)
    return found


def _batches(items: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


def _source(iri: str, rows: list[tuple[Term | None, ...]], lang: str) -> Source:
    if not rows:
        return Source(iri, shorten(iri), iri)
    _, document, section, page, digest, address, _ = rows[0]
    whole = document.value if isinstance(document, NamedNode) else iri
    labels = [row[6] for row in rows if isinstance(row[6], Literal)]
    number = _text(page)
    return Source(
        iri=iri,
        title=pick_label(labels, lang) or shorten(whole),
        document=whole,
        section=_text(section) or None,
        page=int(number) if number.isdecimal() else None,
        address=_text(address) or None,
        digest=_text(digest) or None,
    )


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, Literal) else ""
