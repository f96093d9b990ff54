"""Check a graph with SHACL, in two languages, without passing anything over in silence."""

from __future__ import annotations

from klimatgraph.validation.preflight import Issue, check_shapes
from klimatgraph.validation.repair import Suggestion
from klimatgraph.validation.report import Finding, Report
from klimatgraph.validation.runners import ENGINES
from klimatgraph.validation.shacl import validate
from klimatgraph.validation.shapes import ShapesGraph

__all__ = [
    "ENGINES",
    "Finding",
    "Issue",
    "Report",
    "ShapesGraph",
    "Suggestion",
    "check_shapes",
    "validate",
]
