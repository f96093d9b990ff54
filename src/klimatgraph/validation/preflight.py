"""Check the shapes before the data: what would make a validation pass without checking.

Plain SHACL takes a misspelt constraint for a remark, and a target that nothing matches for
a success. Here such shapes are refused, or at least named in the report.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from klimatgraph.engines.lexer import readings
from klimatgraph.errors import InputError
from klimatgraph.terms import KLIM, SHAPE, Term, shorten
from klimatgraph.validation.prepared import Prepared, shipped_vocabulary
from klimatgraph.validation.shacl_terms import KNOWN_NAMESPACES, SHACL_TERMS
from klimatgraph.validation.shapes import OWL, RDF, RDFS, SH, TYPE, ShapesGraph

_DECLARING: Final = frozenset(
    [RDF + "Property", RDFS + "Class"]
    + [OWL + n for n in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")]
)
_CODE: Final = ("construct", "update", "js", "rule", "jsLibrary", "jsFunctionName")
_TO_TERM: Final = {
    "targetClass": "class", "class": "class", "targetSubjectsOf": "property",
    "targetObjectsOf": "property", "lessThan": "property", "lessThanOrEquals": "property",
    "equals": "property", "disjoint": "property", "path": "property",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Issue:
    """Something about the shapes, or about the words that the data use.

    Parameters
    ----------
    level : {"error", "warning", "info"}
        An error stops the validation.
    code : str
        What kind of issue, such as ``"unknown-term"``.
    subject : str
        IRI of the shape or term.
    texts : mapping of str to str
        What is wrong and what to do, by language.
    """

    level: str
    code: str
    subject: str
    texts: Mapping[str, str]

    def message(self, lang: str = "sv") -> str:
        """Say what is wrong and what to do."""
        return self.texts.get(lang, self.texts["en"])


def check_shapes(shapes: ShapesGraph) -> list[Issue]:
    """Look through shapes for what would be passed over in silence.

    Parameters
    ----------
    shapes : ShapesGraph

    Returns
    -------
    list of Issue
        Sorted: errors first. Empty if there is nothing to say.

    Examples
    --------
    >>> check_shapes(ShapesGraph.shipped_shapes())
    []
    """
    issues: set[tuple[str, str, str, str, str]] = set()
    for found in (_terms, _references, _structure, _code):
        issues |= set(found(shapes))
    order = {"error": 0, "warning": 1, "info": 2}
    ranked = sorted(issues, key=lambda i: (order[i[0]], *i[1:]))
    return [Issue(level, code, who, {"sv": sv, "en": en}) for level, code, who, sv, en in ranked]


def check_words(data: Prepared) -> list[Issue]:
    """Find classes and properties of klimatgraph's namespace that do not exist.

    No shape can do this: a misspelt property is merely one that no shape speaks of.

    Parameters
    ----------
    data : Prepared
        The data.

    Returns
    -------
    list of Issue
        One warning for each word, with near ones.
    """
    known = _declared(None)
    used = {t.value for t in (*data.predicates, *data.classes) if t.value.startswith(KLIM)}
    issues = []
    for iri in sorted(used - known):
        sv, en = _near(iri, known)
        texts = {
            "sv": f"data använder {shorten(iri)}, som ontologin inte har{sv}",
            "en": f"the data use {shorten(iri)}, which the ontology does not have{en}",
        }
        issues.append(Issue("warning", "undeclared-word", iri, texts))
    return issues


def refuse(issues: Iterable[Issue]) -> None:
    """Raise an error that names the issues that stop a validation.

    Raises
    ------
    InputError
        If there is any of level ``"error"``.
    """
    errors = [issue for issue in issues if issue.level == "error"]
    if errors:
        shown = "; ".join(issue.message("en") for issue in errors[:5])
        more = f"; and {len(errors) - 5} more" if len(errors) > 5 else ""
        raise InputError(f"the shapes would check less than they say: {shown}{more}")


def check_targets(
    shapes: ShapesGraph, focus_nodes: Mapping[NamedNode | BlankNode, Collection[Term]]
) -> list[Issue]:
    """Name the shapes with targets that nothing in the data matches.

    Parameters
    ----------
    shapes : ShapesGraph
    focus_nodes : mapping
        For each shape that has a target, the nodes that it is about.

    Raises
    ------
    InputError
        If the shapes are a user's own and not one of them finds anything to check.
    """
    # Targets found by a query are the engine's business: they are not foretold here.
    plain = [s for s in focus_nodes if shapes.value(s, "target") is None]
    empty = [s for s in plain if not focus_nodes[s]]
    if not shapes.shipped and len(empty) == len(focus_nodes):
        raise InputError(
            f"none of the {len(empty)} shapes finds anything to check in the data: "
            "compare sh:targetClass and its like with the classes and properties in use"
        )
    return [
        Issue("info", "targets-nothing", _iri(shape), {
            "sv": f"{_short(shape)} hittar ingenting att kontrollera i dessa data",
            "en": f"{_short(shape)} finds nothing to check in these data",
        })
        for shape in empty
    ]  # fmt: skip


# -- what is looked for: (level, code, subject, sv, en) -----------------------------------

_Found = Iterable[tuple[str, str, str, str, str]]


def _terms(shapes: ShapesGraph) -> _Found:
    """Words that claim to be SHACL's."""
    for triple in shapes.triples():
        for term in (triple.predicate, triple.object):
            if not isinstance(term, NamedNode):
                continue
            iri = term.value
            if iri.startswith(SH):
                name = iri[len(SH) :]
                if name and name not in SHACL_TERMS:
                    near = difflib.get_close_matches(name, sorted(SHACL_TERMS), 1, 0.6)
                    sv = f": menades sh:{near[0]}?" if near else ""
                    en = f": was sh:{near[0]} meant?" if near else ""
                    yield (
                        "error", "unknown-term", iri,
                        f"SHACL har inget ord sh:{name} (vid {_short(triple.subject)}){sv}",
                        f"SHACL has no term sh:{name} (at {_short(triple.subject)}){en}",
                    )  # fmt: skip
            elif "w3.org/ns/shacl" in iri.lower():
                yield (
                    "error", "wrong-namespace", iri,
                    f"<{iri}> är inte SHACL:s namnrymd, som är <{SH}>",
                    f"<{iri}> is not in the namespace of SHACL, which is <{SH}>",
                )  # fmt: skip


def _references(shapes: ShapesGraph) -> _Found:
    """Classes and properties that shapes speak of."""
    known = _declared(shapes)
    for triple in shapes.triples():
        predicate = triple.predicate.value
        kind = _TO_TERM.get(predicate.removeprefix(SH)) if predicate.startswith(SH) else None
        if kind is None or predicate == SH + "path":
            continue
        if isinstance(triple.object, NamedNode):
            yield from _undeclared(triple.object.value, kind, triple.subject, known)
    for shape in shapes.shapes():
        for step in shapes.path(shape) or ():
            yield from _undeclared(step.value, "property", shape, known)


def _undeclared(iri: str, kind: str, shape: object, known: frozenset[str]) -> _Found:
    if iri in known or iri.startswith(KNOWN_NAMESPACES):
        return
    ours = iri.startswith((KLIM, SHAPE))
    near_sv, near_en = _near(iri, known) if ours else ("", "")
    what = {"class": "klassen", "property": "egenskapen"}[kind]
    yield (
        "error" if ours else "warning", f"undeclared-{kind}", iri,
        f"{what} {shorten(iri)} (i {_short(shape)}) finns varken i ontologin eller bland kända "
        f"vokabulärer{near_sv}",
        f"the {kind} {shorten(iri)} (in {_short(shape)}) is neither in the ontology nor in a known "
        f"vocabulary{near_en}",
    )  # fmt: skip


def _structure(shapes: ShapesGraph) -> _Found:
    """Shapes that are never used."""
    every, referred = shapes.shapes(), shapes.referred()
    if not every:
        yield ("error", "no-shapes", "", "filen har inga former", "the file holds no shapes")
    for shape in every:
        if shape not in referred and not shapes.has_target(shape):
            yield (
                "warning", "no-target", _iri(shape),
                f"{_short(shape)} har inget mål och ingen form hänvisar till den: den används inte",
                f"{_short(shape)} has no target and no shape refers to it: it is not used",
            )  # fmt: skip
        if shapes.is_off(shape):
            yield (
                "info", "deactivated", _iri(shape),
                f"{_short(shape)} är avstängd (sh:deactivated)",
                f"{_short(shape)} is switched off (sh:deactivated)",
            )  # fmt: skip


def _code(shapes: ShapesGraph) -> _Found:
    """Whatever in shapes would be run, or fetched."""
    for triple in shapes.triples():
        name = triple.predicate.value.removeprefix(SH)
        who = _iri(triple.subject)
        if triple.predicate.value == OWL + "imports":
            yield (
                "warning", "import", str(triple.object),
                f"{triple.object} hämtas inte: ange filen själv",
                f"{triple.object} is not fetched: give the file yourself",
            )  # fmt: skip
        elif name in _CODE:
            yield (
                "error", "code", who,
                f"{_short(triple.subject)} har sh:{name}, som inte körs: ta bort det",
                f"{_short(triple.subject)} has sh:{name}, which is not run: remove it",
            )  # fmt: skip
        elif name in ("select", "ask") and isinstance(triple.object, Literal):
            reaching = _reaches_out(triple.object.value)
            if reaching:
                yield (
                    "error", "reaches-out", who,
                    f"frågan i {_short(triple.subject)} har {reaching}, som når utanför data: "
                    "ta bort det",
                    f"the query in {_short(triple.subject)} has {reaching}, which reaches beyond "
                    "the data: remove it",
                )  # fmt: skip


def _reaches_out(query: str) -> str | None:
    """Find a word in a query that would fetch or write, however the query can be read."""
    words = ("SERVICE", "FROM", "LOAD", "INSERT", "DELETE", "CLEAR", "DROP", "CREATE")
    for reading in readings(query):
        for token in reading:
            if token.kind == "word" and token.text.upper() in words:
                return token.text.upper()
    return None


def _declared(shapes: ShapesGraph | None) -> frozenset[str]:
    """Give the terms that the ontology, or the shapes themselves, declare."""
    stores = [shipped_vocabulary()] + ([shapes.store] if shapes is not None else [])
    return frozenset(
        quad.subject.value
        for store in stores
        for kind in _DECLARING
        for quad in store.quads_for_pattern(None, TYPE, NamedNode(kind))
        if isinstance(quad.subject, NamedNode)
    )


def _near(iri: str, known: Iterable[str]) -> tuple[str, str]:
    """Say which known term of the same namespace a misspelt one may be."""
    names = {k.rpartition("#")[2]: k for k in sorted(known, reverse=True)}
    near = difflib.get_close_matches(iri.rpartition("#")[2], sorted(names), 1, 0.7)
    if not near:
        return "", ""
    return f": menades {shorten(names[near[0]])}?", f": was {shorten(names[near[0]])} meant?"


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _short(term: object) -> str:
    return shorten(term) if isinstance(term, NamedNode) else str(term)
