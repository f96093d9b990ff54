"""Validate a graph: prepare, check the shapes, run the engine, put the results into words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from klimatgraph.engines.base import Engine
from klimatgraph.terms import Term
from klimatgraph.validation.messages import LANGUAGES, Speaker, engine_messages
from klimatgraph.validation.preflight import (
    Issue,
    check_shapes,
    check_targets,
    check_words,
    refuse,
)
from klimatgraph.validation.prepared import Prepared
from klimatgraph.validation.repair import suggest
from klimatgraph.validation.report import SEVERITIES, Finding, Report
from klimatgraph.validation.runners import Result, runner
from klimatgraph.validation.shapes import ShapesGraph


def validate(
    data: Engine | Iterable[Quad],
    shapes: Sequence[str | Path] | ShapesGraph | None = None,
    engine: str = "pyshacl",
    context: Iterable[Quad] = (),
    lang: str = "sv",
) -> Report:
    """Check data with SHACL shapes.

    The class hierarchy of the ontology is always taken into account, and so are the shipped
    codes and themes. The data are never changed.

    Parameters
    ----------
    data : Engine or iterable of Quad
        What to check; all graphs together.
    shapes : sequence of paths or ShapesGraph, optional
        Files of SHACL shapes; the shipped ones by default.
    engine : {"pyshacl", "shacl"}
        Which engine checks. `shacl` is much faster and comes with ``klimatgraph[fast]``.
        If it is not installed that is an error; the other is not taken instead.
    context : iterable of Quad, optional
        What the data refer to without being part of them, such as the shipped graph when a
        single contract is checked. Nothing is reported about it.
    lang : {"sv", "en"}
        Language of the report's texts unless another is asked for.

    Returns
    -------
    Report
        The same whichever engine checked, its name aside.

    Raises
    ------
    UnknownName
        If there is no such engine.
    MissingExtra
        If the engine is not installed.
    FormatError
        If a file of shapes cannot be read.
    InputError
        If the shapes would check less than they say: misspelt terms of SHACL, classes or
        properties that do not exist, nothing in the data that they are about.

    References
    ----------
    Shapes Constraint Language (SHACL): https://www.w3.org/TR/shacl/

    Examples
    --------
    >>> from klimatgraph.terms import expand, thing
    >>> city = Quad(thing("city", "se", "umea"), expand("rdf:type"), expand("klim:Municipality"))
    >>> report = validate([city])
    >>> report.conforms, report.findings[0].message("en")
    (False, '“id:city/se/umea” has no “label” in English.')
    """
    run = runner(engine)
    graph = _shapes(shapes)
    issues = _shipped_issues() if graph.shipped else tuple(check_shapes(graph))
    refuse(issues)
    prepared = Prepared(data, context)
    focus_nodes = {shape: prepared.focus_nodes(graph, shape) for shape in graph.targeting}
    empty = check_targets(graph, focus_nodes)
    results = {
        _restore(r, prepared, graph) for r in run(prepared, graph) if prepared.is_reported(r.focus)
    }
    speakers = {language: Speaker(prepared, graph, language) for language in LANGUAGES}
    findings = [_finding(r, prepared, graph, speakers) for r in results]
    covered, uncovered = _coverage(prepared, focus_nodes.values())
    return Report(
        findings=tuple(sorted(findings, key=_rank)),
        engine=engine,
        covered=covered,
        uncovered=uncovered,
        targets_nothing=tuple(issue.subject for issue in empty),
        issues=(*issues, *check_words(prepared), *empty),
        lang=lang,
    )


@cache
def _shipped() -> ShapesGraph:
    return ShapesGraph.shipped_shapes()


@cache
def _shipped_issues() -> tuple[Issue, ...]:
    return tuple(check_shapes(_shipped()))


def _shapes(shapes: Sequence[str | Path] | ShapesGraph | None) -> ShapesGraph:
    if shapes is None:
        return _shipped()
    if isinstance(shapes, ShapesGraph):
        return shapes
    return ShapesGraph.from_files([shapes] if isinstance(shapes, (str, Path)) else shapes)


def _restore(result: Result, data: Prepared, shapes: ShapesGraph) -> Result:
    """Put the date of the data in place of the day that was computed from it."""
    if not isinstance(result.value, Literal) or not isinstance(result.shape, NamedNode):
        return result
    steps = shapes.path(result.shape) or ()
    key = (result.focus, steps[0].value if steps else "", result.value.value)
    original = data.originals.get(key)
    return result if original is None else replace(result, value=original)


def _finding(
    result: Result, data: Prepared, shapes: ShapesGraph, speakers: dict[str, Speaker]
) -> Finding:
    shape = result.shape if isinstance(result.shape, NamedNode) else None
    fallback = engine_messages(result.messages)
    severity = result.severity.lower()
    return Finding(
        # A severity of one's own is no violation, but must not be lost either.
        severity=severity if severity in SEVERITIES else "warning",
        node=result.focus,
        value=result.value,
        shape="" if shape is None else shapes.reported_by(shape).value,
        component=result.component,
        labels={lang: s.label(result.focus) for lang, s in speakers.items()},
        paths={lang: s.path(shape) for lang, s in speakers.items()},
        messages={
            lang: s.message(shape, result.component, result.focus, result.value, fallback)
            for lang, s in speakers.items()
        },
        suggestion=suggest(result, data, shapes, speakers),
    )


def _rank(finding: Finding) -> tuple[int, str, str, str]:
    value = "" if finding.value is None else str(finding.value)
    return (SEVERITIES.index(finding.severity), str(finding.node), finding.shape, value)


def _coverage(
    data: Prepared, focus_nodes: Iterable[Iterable[Term]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tell which things of the data a shape is about, and which not.

    The terms of the ontology are words, not things; blank nodes are parts of things.
    """
    covered = {n.value for nodes in focus_nodes for n in nodes if isinstance(n, NamedNode)}
    words = {q.subject.value for q in data.vocabulary if isinstance(q.subject, NamedNode)}
    things = {s.value for s in data.subjects if isinstance(s, NamedNode)}
    return tuple(sorted(covered & things)), tuple(sorted(things - covered - words))
