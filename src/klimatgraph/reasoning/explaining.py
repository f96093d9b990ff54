"""Why a derived triple holds: the rule that gave it and the triples it rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from klimatgraph.engines import Engine
from klimatgraph.reasoning.rules import DERIVED, Pattern, Rule, Step, load_rules
from klimatgraph.terms import KLIM, Term, shorten

__all__ = ["Derivation", "Premise", "explain_derived"]

_CONFIDENCE: Final = f"{KLIM}confidence"


@dataclass(frozen=True, slots=True)
class Premise:
    """A triple that a derivation rests on.

    Attributes
    ----------
    triple : Triple
    graphs : tuple of NamedNode
        The graphs that state it; each but ``id/graph/derived`` belongs to a source document.
    confidence : str or None
        The confidence of the node that the triple is about, if that was inferred.
    """

    triple: ox.Triple
    graphs: tuple[ox.NamedNode, ...]
    confidence: str | None

    @property
    def derived(self) -> bool:
        """Whether the triple is itself derived and can be explained in turn."""
        return self.graphs == (DERIVED,)


@dataclass(frozen=True, slots=True)
class Derivation:
    """One way in which a rule gives a triple.

    Attributes
    ----------
    rule : Rule
    premises : tuple of Premise
        In the order of the rule's body.
    """

    rule: Rule
    premises: tuple[Premise, ...]

    @property
    def confidence(self) -> float:
        """The confidence of the weakest premise; 1 when none was inferred."""
        return min((float(p.confidence) for p in self.premises if p.confidence), default=1.0)

    def describe(self, lang: str = "sv", name: Callable[[ox.NamedNode], str] = shorten) -> str:
        """Tell the derivation in words.

        Parameters
        ----------
        lang : {"sv", "en"}
        name : callable, optional
            Gives a term a name for people; by default its compact IRI.

        Returns
        -------
        str
            The rule, then one line a premise; an inferred premise says so.
        """
        english = lang == "en"
        lines = [f"{self.rule.name}: {self.rule.describe(lang)}"]
        for premise in self.premises:
            triple = premise.triple
            terms = (triple.subject, triple.predicate, triple.object)
            line = "  " + " · ".join(
                name(t) if isinstance(t, ox.NamedNode) else str(t) for t in terms
            )
            if premise.derived:
                line += " (derived)" if english else " (härlett)"
            if premise.confidence:
                word = "inferred, confidence" if english else "en slutsats, säkerhet"
                line += f" ({word} {premise.confidence})"
            lines.append(line)
        return "\n".join(lines)


def explain_derived(engine: Engine, quad: ox.Quad | ox.Triple) -> list[Derivation]:
    """Give every way in which the rules derive a triple.

    Parameters
    ----------
    engine : Engine
        The data, with the derived triples added: a rule may build on another.
    quad : Quad or Triple
        The derived triple.

    Returns
    -------
    list of Derivation
        By rule, then by premises; empty where no rule gives the triple from these data.
    """
    found = []
    for rule in load_rules():
        binding = _match(rule.head, quad)
        if binding is not None:
            found += [
                Derivation(rule, tuple(_premise(engine, t) for t in triples))
                for triples in _solutions(engine, rule, binding)
            ]
    return found


def _match(head: Pattern, triple: ox.Quad | ox.Triple) -> dict[str, Term] | None:
    """Bind the variables of the head so that it becomes the triple, if that can be done."""
    binding: dict[str, Term] = {}
    for step, term in zip(
        head.steps(), (triple.subject, triple.predicate, triple.object), strict=True
    ):
        if isinstance(step, ox.NamedNode):
            if step != term:
                return None
        elif isinstance(term, ox.NamedNode):
            if binding.setdefault(step, term) != term:
                return None
        else:
            return None  # the rules derive links between named things only
    return binding


def _solutions(engine: Engine, rule: Rule, binding: dict[str, Term]) -> list[tuple[ox.Triple, ...]]:
    """Run the body of the rule with its head bound and give the triples it matched."""
    values = "".join(f"  VALUES ?{name} {{ {term} }}\n" for name, term in sorted(binding.items()))
    table = engine.select(f"{rule.prologue}SELECT DISTINCT * WHERE {{\n{values}{rule.body}\n}}")
    solutions = []
    for row in table.rows:
        bound = dict(zip(table.variables, row, strict=True))
        solutions.append(
            tuple(ox.Triple(*(_fill(step, bound) for step in p.steps())) for p in rule.patterns)
        )
    return sorted(solutions, key=str)


def _fill(step: Step, bound: dict[str, Term | None]) -> ox.NamedNode:
    term = step if isinstance(step, ox.NamedNode) else bound[step]
    assert isinstance(term, ox.NamedNode)
    return term


def _premise(engine: Engine, triple: ox.Triple) -> Premise:
    pattern = f"{triple.subject} {triple.predicate} {triple.object}"
    graphs = engine.select(f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ {pattern} }} }}")
    inferred = engine.select(
        f"SELECT DISTINCT ?c WHERE {{ {triple.subject} <{_CONFIDENCE}> ?c }} ORDER BY ?c LIMIT 1"
    )
    confidence = inferred.rows[0][0] if inferred.rows else None
    named = {row[0] for row in graphs.rows if isinstance(row[0], ox.NamedNode)}
    return Premise(
        triple=triple,
        graphs=tuple(sorted(named, key=lambda graph: graph.value)),
        confidence=confidence.value if isinstance(confidence, ox.Literal) else None,
    )
