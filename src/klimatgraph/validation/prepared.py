"""What the engines see: a copy of the data with what the shapes need beside it.

Every engine is fed from here, and from here only. The copy holds the data of all graphs,
the class hierarchy, the concepts that the data point to, and the days that dates of
different precision are compared by. The data themselves are never touched.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from klimatgraph.engines.base import Engine
from klimatgraph.terms import KLIM, SHAPE, Term
from klimatgraph.validation.shapes import OWL, SUBCLASS, TYPE, ShapesGraph, vocabulary

_DATE: Final = NamedNode("http://www.w3.org/2001/XMLSchema#date")
_FORMS: Final = {
    "date": re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"),
    "gYearMonth": re.compile(r"([0-9]{4})-([0-9]{2})"),
    "gYear": re.compile(r"([0-9]{4})"),
}
_FIRST: Final = ("startDate", "baseYear", "year")
_LAST: Final = ("endDate", "year", "horizonYear")

_DEPRECATED: Final = NamedNode(OWL + "deprecated")


@cache
def shipped_vocabulary() -> Store:
    """Give the shipped ontology, themes and codes, read once."""
    return vocabulary()


class Prepared:
    """Data made ready for validation.

    Parameters
    ----------
    data : Engine or iterable of Quad
        The data to check.
    context : iterable of Quad, optional
        What the data refer to without being part of them. Nothing is reported about it.
    """

    def __init__(self, data: Engine | Iterable[Quad], context: Iterable[Quad] = ()) -> None:
        quads = data.quads() if isinstance(data, Engine) else data
        own = Store()
        own.extend(Quad(q.subject, q.predicate, q.object) for q in quads)
        self.store = Store()
        self.store.extend(own)
        self.store.extend(Quad(q.subject, q.predicate, q.object) for q in context)
        self.subjects = frozenset(
            q.subject for q in own if isinstance(q.subject, (NamedNode, BlankNode))
        )
        self.predicates = frozenset(q.predicate for q in own)
        self.classes = frozenset(
            q.object for q in own.quads_for_pattern(None, TYPE, None)
            if isinstance(q.object, NamedNode)
        )  # fmt: skip
        self.vocabulary = shipped_vocabulary()
        self._add_hierarchy()
        self._add_concepts()
        # Node, predicate and value of each day that was computed -> the date it stands for.
        self.originals: dict[tuple[Term, str, str], Literal] = {}
        self._add_days()

    def is_reported(self, focus: Term) -> bool:
        """Tell whether a result about this node concerns the data, not what is beside them."""
        if focus in self.subjects or isinstance(focus, Literal):
            return True
        return next(self.store.quads_for_pattern(focus, None, None), None) is None

    def values(self, subject: Term, path: Iterable[NamedNode]) -> list[Term]:
        """Follow a path of plain properties; the values sorted, each once."""
        found: set[Term] = {subject}
        for step in path:
            found = {
                q.object
                for node in found
                if isinstance(node, (NamedNode, BlankNode))
                for q in self.store.quads_for_pattern(node, step, None)
            }
        return sorted(found, key=str)

    def instances(self, cls: NamedNode) -> set[NamedNode | BlankNode]:
        """Give the instances of a class and of the classes below it."""
        found: set[NamedNode | BlankNode] = set()
        for kind in self.subclasses(cls):
            for quad in self.store.quads_for_pattern(None, TYPE, kind):
                if isinstance(quad.subject, (NamedNode, BlankNode)):
                    found.add(quad.subject)
        return found

    def subclasses(self, cls: NamedNode) -> set[NamedNode]:
        """Give a class and all classes below it."""
        found, waiting = {cls}, [cls]
        while waiting:
            for quad in self.store.quads_for_pattern(None, SUBCLASS, waiting.pop()):
                if isinstance(quad.subject, NamedNode) and quad.subject not in found:
                    found.add(quad.subject)
                    waiting.append(quad.subject)
        return found

    def focus_nodes(self, shapes: ShapesGraph, shape: NamedNode | BlankNode) -> set[Term]:
        """Give the nodes of the data that a shape is about by its own targets."""
        found: set[Term] = {
            n for n in shapes.values(shape, "targetNode") if self.is_reported(n)
        }  # fmt: skip
        classes = [c for c in shapes.values(shape, "targetClass") if isinstance(c, NamedNode)]
        if isinstance(shape, NamedNode) and shapes.is_class(shape):
            classes.append(shape)
        for cls in classes:
            found |= self.instances(cls) & self.subjects
        for term in shapes.values(shape, "targetSubjectsOf"):
            if isinstance(term, NamedNode):
                quads = self.store.quads_for_pattern(None, term, None)
                found |= {q.subject for q in quads if q.subject in self.subjects}
        for term in shapes.values(shape, "targetObjectsOf"):
            if isinstance(term, NamedNode):
                quads = self.store.quads_for_pattern(None, term, None)
                found |= {q.object for q in quads if self.is_reported(q.object)}
        return found

    def labels(self, node: NamedNode | BlankNode) -> list[Literal]:
        """Give the labels of a thing or term, from the data or the shipped vocabulary."""
        label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
        for store in (self.store, self.vocabulary):
            found = [
                q.object
                for q in store.quads_for_pattern(node, label, None)
                if isinstance(q.object, Literal)
            ]
            if found:
                return found
        return []

    # -- private ---------------------------------------------------------------------

    def _add_hierarchy(self) -> None:
        for predicate in (SUBCLASS, _DEPRECATED):
            self.store.extend(
                Quad(q.subject, q.predicate, q.object)
                for q in self.vocabulary.quads_for_pattern(None, predicate, None)
                if not isinstance(q.object, BlankNode)  # axioms are for reasoners, not shapes
            )

    def _add_concepts(self) -> None:
        """Add the codes and themes that the data point to, and what those point to."""
        waiting = {q.object for q in self.store if isinstance(q.object, NamedNode)}
        seen: set[Term] = set()
        while waiting:
            node = waiting.pop()
            seen.add(node)
            if not isinstance(node, NamedNode) or node.value.startswith(KLIM):
                continue  # terms of the ontology are no things of the data
            for quad in list(self.vocabulary.quads_for_pattern(node, None, None)):
                self.store.add(quad)
                if isinstance(quad.object, NamedNode) and quad.object not in seen:
                    waiting.add(quad.object)

    def _add_days(self) -> None:
        """Add the first or last possible day of each date that shapes compare.

        SPARQL's ``<`` is undefined for years and months: one engine holds every pair of
        years for wrong, another stops. Days can be compared by all.
        """
        for names, suffix, last in ((_FIRST, "First", False), (_LAST, "Last", True)):
            for name in names:
                predicate = NamedNode(KLIM + name)
                for quad in list(self.store.quads_for_pattern(None, predicate, None)):
                    day = possible_day(quad.object, last)
                    if day is None or not isinstance(quad.object, Literal):
                        continue
                    derived = NamedNode(f"{SHAPE}{name}{suffix}")
                    self.store.add(Quad(quad.subject, derived, day))
                    key = (quad.subject, derived.value, day.value)
                    self.originals.setdefault(key, quad.object)


def possible_day(value: Term, last: bool) -> Literal | None:
    """Give the first or last day that a date, month or year can mean.

    Parameters
    ----------
    value : Term
        A literal such as ``"2030"`` or ``"2030-02"``, typed as a date of some precision.
    last : bool
        Whether the last possible day is meant.

    Returns
    -------
    Literal or None
        An xsd:date; None if the value is no such date.

    Examples
    --------
    >>> month = NamedNode("http://www.w3.org/2001/XMLSchema#gYearMonth")
    >>> possible_day(Literal("2028-02", datatype=month), last=True).value
    '2028-02-29'
    """
    if not isinstance(value, Literal):
        return None
    form = _FORMS.get(value.datatype.value.rpartition("#")[2])
    match = form.fullmatch(value.value) if form else None
    if match is None:
        return None
    parts = [int(part) for part in match.groups()]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else (12 if last else 1)
    if not year or not 1 <= month <= 12:
        return None
    longest = calendar.monthrange(year, month)[1]
    day = parts[2] if len(parts) > 2 else (longest if last else 1)
    if not 1 <= day <= longest:
        return None
    return Literal(f"{year:04}-{month:02}-{day:02}", datatype=_DATE)
