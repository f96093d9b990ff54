"""The library of questions: one SPARQL file each, for Python, command line and tests alike."""

from __future__ import annotations

from klimatgraph.questions.binding import bind
from klimatgraph.questions.library import QuestionLibrary
from klimatgraph.questions.model import Expectation, Question
from klimatgraph.questions.parameters import Parameter, Resolver
from klimatgraph.questions.running import run

__all__ = ["Expectation", "Parameter", "Question", "QuestionLibrary", "Resolver", "bind", "run"]
