"""One page a language, with an anchor for every term."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

import pyoxigraph as ox

from klimatgraph.errors import InputError
from klimatgraph.publication.formats import FORMATS
from klimatgraph.terms import KLIM, PREFIXES, pick_label, shorten

__all__ = ["page"]

_P: Final = PREFIXES
_KINDS: Final = {
    f"{_P['owl']}Class": "classes",
    f"{_P['owl']}ObjectProperty": "links",
    f"{_P['owl']}DatatypeProperty": "values",
    f"{_P['owl']}AnnotationProperty": "notes",
}
_WORDS: Final[dict[str, dict[str, str]]] = {
    "sv": {
        "classes": "Klasser", "links": "Egenskaper som länkar", "values": "Egenskaper med värden",
        "notes": "Egenskaper om termer", "above": "hör under", "from": "används på",
        "to": "pekar på", "inverse": "läses baklänges", "status": "status", "version": "version",
        "license": "licens", "other": "English", "files": "filer", "axioms": "axiom",
    },
    "en": {
        "classes": "Classes", "links": "Properties that link", "values": "Properties with values",
        "notes": "Properties about terms", "above": "below", "from": "used on",
        "to": "points to", "inverse": "read backwards", "status": "status", "version": "version",
        "license": "licence", "other": "svenska", "files": "files", "axioms": "axioms",
    },
}  # fmt: skip
_STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "dt{color:#555}dd{margin:0 0 .3rem 1rem}section section{border-top:1px solid #ccc}"
    "h3 code{font-weight:normal;color:#555}nav li{display:inline-block;margin-right:1rem}"
)


class _Graph:
    """The triples by subject and predicate."""

    def __init__(self, triples: Iterable[ox.Quad | ox.Triple]) -> None:
        self.values: dict[tuple[str, str], list[ox.NamedNode | ox.Literal]] = {}
        self.kinds: dict[str, list[str]] = {kind: [] for kind in _KINDS.values()}
        self.ontology: str | None = None
        for triple in triples:
            subject, value = triple.subject, triple.object
            if not isinstance(subject, ox.NamedNode):
                continue
            if not isinstance(value, ox.NamedNode | ox.Literal):
                continue
            predicate = triple.predicate.value
            self.values.setdefault((subject.value, predicate), []).append(value)
            if predicate == f"{_P['rdf']}type":
                if value.value == f"{_P['owl']}Ontology":
                    self.ontology = subject.value
                elif value.value in _KINDS and subject.value.startswith(KLIM):
                    self.kinds[_KINDS[value.value]].append(subject.value)

    def text(self, subject: str, predicate: str, lang: str) -> str:
        found = [v for v in self.values.get((subject, predicate), []) if isinstance(v, ox.Literal)]
        return pick_label(found, lang) or ""

    def links(self, subject: str, predicate: str) -> list[str]:
        found = self.values.get((subject, predicate), [])
        return sorted(v.value for v in found if isinstance(v, ox.NamedNode))


def page(triples: Iterable[ox.Quad | ox.Triple], lang: str, name: str = "klimatgraph") -> str:
    """Write the page of an ontology in one language.

    Parameters
    ----------
    triples : iterable of Quad or Triple
        The ontology, with its header.
    lang : {"sv", "en"}
    name : str
        The name of the published files, to which the page links.

    Returns
    -------
    str
        A complete HTML document that needs nothing from the network. Each term has its
        local name as anchor, so that the IRI of the term leads to it.

    Raises
    ------
    InputError
        If the language is not one of ours, or the header is missing.
    """
    if lang not in _WORDS:
        raise InputError(f"no page in {lang!r}: there are sv and en")
    graph, words = _Graph(triples), _WORDS[lang]
    if graph.ontology is None:
        raise InputError("no owl:Ontology among the triples: add the header of the ontology")
    other = "en" if lang == "sv" else "sv"
    head, dcterms = graph.ontology, _P["dcterms"]
    title = escape(graph.text(head, f"{dcterms}title", lang))
    description = escape(graph.text(head, f"{dcterms}description", lang))
    version = escape(graph.text(head, f"{_P['owl']}versionInfo", lang))
    licence = (graph.links(head, f"{dcterms}license") or [""])[0]
    alternates = "".join(
        f'<link rel="alternate" href="{name}.{suffix}" type="{kind.media_type}">\n'
        for suffix, kind in FORMATS.items()
    )
    files = ", ".join(f'<a href="{name}.{suffix}">{suffix}</a>' for suffix in FORMATS)
    sections = "\n".join(
        f"<section>\n<h2>{words[kind]}</h2>\n{_index(iris)}\n"
        + "\n".join(_term(graph, iri, lang) for iri in sorted(iris))
        + "\n</section>"
        for kind, iris in graph.kinds.items()
        if iris
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n'
        f'<meta name="description" content="{description}">\n{alternates}'
        f'<link rel="alternate" hreflang="{other}" href="{name}-{other}.html">\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n"
        f"<p>{description}</p>\n<p><code>{escape(head)}</code>, {words['version']} {version}, "
        f'{words["license"]} <a href="{escape(licence)}">{escape(licence)}</a>, '
        f'{words["files"]}: {files}, <a href="{name}-{other}.html" hreflang="{other}">'
        f"{words['other']}</a></p>\n</header>\n<main>\n{sections}\n</main>\n</body>\n</html>\n"
    )


def _index(iris: Iterable[str]) -> str:
    items = "".join(
        f'<li><a href="#{local}">{local}</a></li>'
        for local in sorted(iri.removeprefix(KLIM) for iri in iris)
    )
    return f"<nav><ul>{items}</ul></nav>"


def _term(graph: _Graph, iri: str, lang: str) -> str:
    words, local = _WORDS[lang], iri.removeprefix(KLIM)
    label = escape(graph.text(iri, f"{_P['rdfs']}label", lang))
    definition = escape(graph.text(iri, f"{_P['skos']}definition", lang))
    facts = [
        (words["above"], _links(graph, iri, f"{_P['rdfs']}subClassOf", lang)),
        (words["above"], _links(graph, iri, f"{_P['rdfs']}subPropertyOf", lang)),
        (words["from"], _links(graph, iri, f"{_P['schema']}domainIncludes", lang)),
        (words["to"], _links(graph, iri, f"{_P['schema']}rangeIncludes", lang)),
        (words["inverse"], escape(graph.text(iri, f"{KLIM}inverseLabel", lang))),
        (words["status"], escape(graph.text(iri, f"{_P['vs']}term_status", lang))),
    ]
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts if value)
    return (
        f'<section id="{local}">\n<h3>{label} <code>klim:{local}</code></h3>\n'
        f"<p>{definition}</p>\n<dl>{rows}</dl>\n</section>"
    )


def _links(graph: _Graph, iri: str, predicate: str, lang: str) -> str:
    shown = []
    for target in graph.links(iri, predicate):
        if target.startswith(KLIM):
            label = graph.text(target, f"{_P['rdfs']}label", lang) or shorten(target)
            shown.append(f'<a href="#{target.removeprefix(KLIM)}">{escape(label)}</a>')
        else:
            shown.append(f"<code>{escape(shorten(target))}</code>")
    return ", ".join(shown)
