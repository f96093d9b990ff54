"""The library of questions: one SPARQL file each, for Python, command line and tests alike."""

from __future__ import annotations

from klimatgraph.questions.library import QuestionLibrary
from klimatgraph.questions.model import Expectation, Parameter, Question

__all__ = ["Expectation", "Parameter", "Question", "QuestionLibrary"]
