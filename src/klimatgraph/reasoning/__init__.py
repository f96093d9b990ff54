"""What follows from what is stated: rules over the data, and OWL 2 DL over the ontology."""

from __future__ import annotations

from klimatgraph.reasoning.explaining import Derivation, Premise, explain_derived
from klimatgraph.reasoning.owl import (
    Classification,
    Consistency,
    classify,
    consistency,
    ontology_consistency,
)
from klimatgraph.reasoning.rules import DERIVED, Rule, derive, load_rules
from klimatgraph.reasoning.why import why

__all__ = [
    "DERIVED",
    "Classification",
    "Consistency",
    "Derivation",
    "Premise",
    "Rule",
    "classify",
    "consistency",
    "derive",
    "explain_derived",
    "load_rules",
    "ontology_consistency",
    "why",
]
