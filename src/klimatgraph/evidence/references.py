"""What a row can say of its sources: document, section, page, address and digest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from klimatgraph.rows import Source
from klimatgraph.terms import pick_label, shorten

if TYPE_CHECKING:
    from klimatgraph.engines import Engine

_Properties: TypeAlias = "defaultdict[str, list[NamedNode | Literal]]"

# So many at a time: engines keep a limit on the length of a query.
_BATCH: Final = 500

# One pattern and no OPTIONAL: rdflib loses what stands behind a BIND of an unbound variable.
_SAID: Final = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?property ?value WHERE {
  VALUES ?thing { %s }
  VALUES ?property {
    klim:document klim:section klim:page klim:digest klim:address rdfs:label
  }
  ?thing ?property ?value
}
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
    said = _said(engine, wanted)
    whole = {iri: _iri(said[iri]["document"]) or iri for iri in wanted}
    said.update(_said(engine, sorted(set(whole.values()) - said.keys())))
    return {iri: _source(iri, whole[iri], said, lang) for iri in wanted}


def _said(engine: Engine, iris: list[str]) -> dict[str, _Properties]:
    found: dict[str, _Properties] = {iri: defaultdict(list) for iri in iris}
    for start in range(0, len(iris), _BATCH):
        values = " ".join(str(NamedNode(iri)) for iri in iris[start : start + _BATCH])
        for thing, property_, value in engine.select(_SAID % values).rows:
            assert isinstance(thing, NamedNode) and isinstance(property_, NamedNode)
            name = property_.value.rpartition("#")[2]
            if isinstance(value, NamedNode | Literal):
                found[thing.value][name].append(value)
    return found


def _source(iri: str, whole: str, said: dict[str, _Properties], lang: str) -> Source:
    passage, document = said[iri], said[whole]
    labels = [label for label in document["label"] if isinstance(label, Literal)]
    number = _text(passage["page"]) or ""
    return Source(
        iri=iri,
        title=pick_label(labels, lang) or shorten(whole),
        document=whole,
        section=_text(passage["section"]),
        page=int(number) if number.isdecimal() else None,
        address=_text(document["address"]),
        digest=_text(passage["digest"]),
    )


def _iri(values: list[NamedNode | Literal]) -> str | None:
    return min((value.value for value in values if isinstance(value, NamedNode)), default=None)


def _text(values: list[NamedNode | Literal]) -> str | None:
    """Give the text of a property; the alphabetically first, should there be several."""
    texts = (value.value for value in values)
    return min((text for text in texts if text), default=None)
