"""The SHACL engines, each behind the same function: prepared data in, results out."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import Any, Final, TypeAlias

import pyoxigraph as ox
from pyoxigraph import BlankNode, NamedNode, Quad, Store

from klimatgraph.engines.rdflib import from_rdflib, to_rdflib
from klimatgraph.errors import EngineError, InputError, MissingExtra, UnknownName
from klimatgraph.terms import Term
from klimatgraph.validation.prepared import Prepared
from klimatgraph.validation.shapes import SH, ShapesGraph, sh

# Blank nodes get new names inside `shacl`; this property carries their old names along.
_BLANK: Final = "urn:klimatgraph:blank"
_TARGETS: Final = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_BLANK_SHAPE: Final = (
    f"<{_BLANK}:shape> <{SH}targetSubjectsOf> <{_BLANK}> .\n"
    f"<{_BLANK}:shape> <{SH}property> <{_BLANK}:property> .\n"
    f"<{_BLANK}:property> <{SH}path> <{_BLANK}> .\n"
    f"<{_BLANK}:property> <{SH}nodeKind> <{SH}IRI> .\n"
)


@dataclass(frozen=True, slots=True)
class Result:
    """One result of an engine, in terms that do not depend on the engine.

    Parameters
    ----------
    focus : Term
        The node that breaks the constraint.
    component : str
        Local name of the constraint component without its ending, such as ``"MinCount"``.
    value : Term or None
        The offending value where the component names one.
    severity : str
        ``"Violation"``, ``"Warning"``, ``"Info"``, or the IRI of a severity of one's own.
    shape : Term or None
        The shape that holds the constraint.
    messages : tuple of (str, str)
        Messages of the engine as pairs of language and text; used for SPARQL constraints.
    """

    focus: Term
    component: str
    value: Term | None
    severity: str
    shape: Term | None
    messages: tuple[tuple[str, str], ...] = ()


Runner: TypeAlias = Callable[[Prepared, ShapesGraph], list[Result]]


def runner(name: str) -> Runner:
    """Find an engine by name; never another in its place.

    Parameters
    ----------
    name : {"pyshacl", "shacl"}

    Raises
    ------
    UnknownName
        If there is no such engine.
    MissingExtra
        If its package is not installed; the message is the pip line to run.

    Examples
    --------
    >>> runner("pyshackle")
    Traceback (most recent call last):
    klimatgraph.errors.UnknownName: ... 'pyshackle': did you mean ...
    """
    if name not in _RUNNERS:
        near = difflib.get_close_matches(name.lower(), sorted(_RUNNERS), 2, 0.5)
        raise UnknownName("SHACL engine", name, near or sorted(_RUNNERS))
    package, extra, run = _RUNNERS[name]
    try:
        __import__(package)
    except ImportError:
        raise MissingExtra(package, extra) from None
    return run


def fastest() -> str:
    """The name of the quickest engine that is installed; pyshacl always is.

    Examples
    --------
    >>> fastest() in ("shacl", "pyshacl")
    True
    """
    return "shacl" if find_spec("shacl") is not None else "pyshacl"


def run_pyshacl(data: Prepared, shapes: ShapesGraph) -> list[Result]:
    """Validate with pySHACL, on rdflib graphs.

    pySHACL also takes a pyoxigraph Store as it is, but then holds the strings of ``sh:in``,
    ``sh:hasValue`` and ``sh:equals`` for unequal to the same strings of the data; all terms
    therefore pass the border of :mod:`klimatgraph.engines.rdflib`.
    """
    import pyshacl
    import rdflib
    from pyshacl.errors import ReportableRuntimeError

    try:
        # inplace: the graph is our copy already, made for this one run.
        _, report, _ = pyshacl.validate(
            _rdflib_graph(data.store), shacl_graph=_rdflib_shapes(shapes), inplace=True
        )
    except ReportableRuntimeError as error:
        raise InputError(f"pyshacl cannot read the shapes: {error}") from None
    except Exception as error:  # comparing values without an order stops it in many ways
        raise EngineError(
            f"pyshacl stopped ({type(error).__name__}: {error}): "
            "check sh:lessThan and its like in the shapes, or use the engine shacl"
        ) from error
    if not isinstance(report, rdflib.Graph):
        raise EngineError(f"pyshacl stopped: {report}")
    return [
        _from_report(report, node) for node in report.subjects(None, _rdf(sh("ValidationResult")))
    ]


@lru_cache(maxsize=4)
def _rdflib_shapes(shapes: ShapesGraph) -> Any:
    """Carry shapes over once; pySHACL only reads them."""
    return _rdflib_graph(_spread(shapes))


def _spread(shapes: ShapesGraph) -> Store:
    """Give the property shapes of a node shape its targets, instead of hanging them below it.

    That means the same, but pySHACL then looks at each property shape once for all its nodes, and
    not at each node for all its property shapes: several times faster on a large graph.
    """
    store = Store()
    store.extend(shapes.store)
    within = {
        shape
        for name in ("node", "not", "qualifiedValueShape")
        for quad in shapes.store.quads_for_pattern(None, sh(name), None)
        for shape in (quad.object,)
    } | {
        shape
        for name in ("and", "or", "xone")
        for quad in shapes.store.quads_for_pattern(None, sh(name), None)
        for shape in shapes.list_of(quad.object)
    }
    for node in shapes.targeting:
        if node in within or shapes.value(node, "path") or shapes.value(node, "target"):
            continue
        targets = [(sh(name), value) for name in _TARGETS for value in shapes.values(node, name)]
        if shapes.is_class(node):
            targets.append((sh("targetClass"), node))
        for below in shapes.values(node, "property"):
            if isinstance(below, (NamedNode, BlankNode)):
                store.remove(Quad(node, sh("property"), below))
                store.extend(Quad(below, target, value) for target, value in targets)
    return store


@lru_cache(maxsize=4)
def _compiled(shapes: ShapesGraph, blanks: bool) -> Any:
    """Compile shapes once, with the shape that tells blank nodes apart where there are any."""
    import shacl

    return shacl.Shapes.from_text(shapes.turtle() + (_BLANK_SHAPE if blanks else ""), "ntriples")


def _rdflib_graph(store: Store) -> Any:
    import rdflib

    graph = rdflib.Graph()
    for quad in store:
        graph.add(tuple(to_rdflib(term) for term in quad.triple))
    return graph


def _rdf(node: NamedNode) -> Any:
    return to_rdflib(node)


def _from_report(report: Any, node: Any) -> Result:
    def value(name: str) -> Term | None:
        found = report.value(node, _rdf(sh(name)))
        return None if found is None else from_rdflib(found)

    focus, component = value("focusNode"), value("sourceConstraintComponent")
    severity = value("resultSeverity")
    if focus is None or not isinstance(component, NamedNode):
        raise EngineError("pyshacl gave a result without focus node or component: report this")
    messages = report.objects(node, _rdf(sh("resultMessage")))
    return Result(
        focus,
        _component(component.value),
        value("value"),
        _severity(severity.value if isinstance(severity, NamedNode) else SH + "Violation"),
        value("sourceShape"),
        tuple(sorted((m.language or "", str(m)) for m in messages)),
    )


def run_shacl(data: Prepared, shapes: ShapesGraph) -> list[Result]:
    """Validate with `shacl`, the engine in Rust; data and shapes go over as N-Triples."""
    lines = [f"{quad.triple} .\n" for quad in data.store]
    blanks = {
        term.value
        for quad in data.store
        for term in (quad.subject, quad.object)
        if isinstance(term, BlankNode)
    }
    lines += [f'_:{name} <{_BLANK}> "{name}" .\n' for name in sorted(blanks)]
    try:
        report = _compiled(shapes, bool(blanks)).validate_text("".join(lines), "ntriples")
    except ValueError as error:
        raise InputError(f"shacl cannot read the shapes: {error}") from None
    old = {
        r.focus_node: BlankNode(r.value_plain)
        for r in report.results
        if r.source_shape == f"<{_BLANK}:property>" and r.value_plain
    }
    return [
        Result(
            _term(r.focus_node, old),
            _component(r.component_iri),
            None if r.value is None else _term(r.value, old),
            _severity(r.severity_iri),
            None if r.source_shape is None else _term(r.source_shape, old),
            tuple(("", m) for m in r.messages),
        )
        for r in report.results
        if r.source_shape != f"<{_BLANK}:property>"
    ]


def _term(text: str, blanks: dict[str, BlankNode]) -> Term:
    """Read a term in N-Triples syntax."""
    if text in blanks:
        return blanks[text]
    if text.startswith("_:"):
        return BlankNode("".join(c for c in text[2:] if c.isalnum()) or "b")
    quad: Quad = next(iter(ox.parse(f"<urn:s> <urn:p> {text} .", ox.RdfFormat.N_TRIPLES)))
    return quad.object


def _component(iri: str) -> str:
    return iri.rpartition("#")[2].removesuffix("ConstraintComponent") or iri


def _severity(iri: str) -> str:
    return iri.removeprefix(SH)


# Name -> package, the extra that brings it, the function.
_RUNNERS: Final[dict[str, tuple[str, str, Runner]]] = {
    "pyshacl": ("pyshacl", "", run_pyshacl),
    "shacl": ("shacl", "fast", run_shacl),
}
ENGINES: Final = tuple(_RUNNERS)
