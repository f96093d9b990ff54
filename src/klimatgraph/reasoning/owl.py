"""OWL 2 DL: is the ontology consistent, and what follows for its classes?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from klimatgraph import canonical
from klimatgraph.errors import DataError
from klimatgraph.reasoning.hermit import OWL, reason
from klimatgraph.resources import folder
from klimatgraph.terms import shorten

__all__ = [
    "Classification",
    "Consistency",
    "classify",
    "consistency",
    "ontology_consistency",
]


@dataclass(frozen=True, slots=True)
class Consistency:
    """The verdict of the reasoner, and how much it was given to judge.

    Attributes
    ----------
    consistent : bool
        Whether the axioms and facts can all be true at once.
    unsatisfiable : tuple of NamedNode
        Classes that can have no instance; empty where `consistent` is false, since then
        everything follows.
    classes, properties, triples : int
        What the reasoner read: named classes, object and data properties, triples.
    """

    consistent: bool
    unsatisfiable: tuple[ox.NamedNode, ...]
    classes: int
    properties: int
    triples: int

    def sentence(self, lang: str = "sv") -> str:
        """Tell the verdict in a sentence.

        Parameters
        ----------
        lang : {"sv", "en"}

        Returns
        -------
        str

        Examples
        --------
        >>> Consistency(True, (), 69, 73, 1444).sentence("en")
        'consistent: 69 classes, 73 properties and 1444 triples hold together'
        """
        names = ", ".join(shorten(iri) for iri in self.unsatisfiable)
        if lang == "en":
            size = f"{self.classes} classes, {self.properties} properties, {self.triples} triples"
            if not self.consistent:
                return f"inconsistent: {size} contradict each other"
            if names:
                return f"consistent, but these classes can have no instance: {names}"
            return f"consistent: {' and '.join(size.rsplit(', ', 1))} hold together"
        size = f"{self.classes} klasser, {self.properties} egenskaper, {self.triples} tripplar"
        if not self.consistent:
            return f"motsägelse: {size} går inte ihop"
        if names:
            return f"motsägelsefri, men dessa klasser kan inte ha någon instans: {names}"
        return f"motsägelsefri: {' och '.join(size.rsplit(', ', 1))} går ihop"


@dataclass(frozen=True, slots=True)
class Classification:
    """The class hierarchy that follows from the axioms.

    Attributes
    ----------
    superclasses : dict of NamedNode to tuple of NamedNode
        The direct superclasses of each class; none where it stands at the top.
    equivalent : tuple of tuple of NamedNode
        Groups of named classes that are the same.
    """

    superclasses: dict[ox.NamedNode, tuple[ox.NamedNode, ...]]
    equivalent: tuple[tuple[ox.NamedNode, ...], ...]


def consistency(
    quads: Iterable[ox.Quad | ox.Triple], timeout: float | None = 120.0, memory_mb: int = 2000
) -> Consistency:
    """Ask HermiT whether an ontology, with any facts, is consistent.

    Meant for the ontology and its examples; with the data of fifty cities it takes half a
    minute, with a thousand cities too long.

    Parameters
    ----------
    quads : iterable of Quad or Triple
        Axioms and facts; graphs are merged, imports are not followed.
    timeout : float or None
        Seconds allowed for Java; None waits as long as it takes.
    memory_mb : int
        Megabytes that Java may use.

    Returns
    -------
    Consistency

    Raises
    ------
    MissingExtra
        If owlready2 or Java is missing.
    QueryTimeout
        If no verdict came within `timeout`.
    EngineError
        If Java ran out of memory or HermiT could not read the axioms. A reasoner that
        failed never passes for one that found no fault.
    ParameterError
        If there is no class among the axioms, or a limit is not positive.

    References
    ----------
    Glimm, Horrocks, Motik, Stoilos and Wang: HermiT: an OWL 2 reasoner. Journal of
    Automated Reasoning 53 (2014). https://doi.org/10.1007/s10817-014-9305-1
    """
    run = reason(quads, timeout, memory_mb)
    unsatisfiable = sorted(
        {
            iri
            for kind, iris in run.axioms
            if kind == "EquivalentClasses" and f"{OWL}Nothing" in iris
            for iri in iris
            if not iri.startswith(OWL)
        }
        | {
            iris[0]
            for kind, iris in run.axioms
            if kind == "SubClassOf" and iris[1] == f"{OWL}Nothing"
        }
    )
    return Consistency(
        consistent=run.consistent,
        unsatisfiable=tuple(map(ox.NamedNode, unsatisfiable)) if run.consistent else (),
        classes=len(run.classes),
        properties=run.properties,
        triples=run.triples,
    )


def ontology_consistency(timeout: float | None = 120.0) -> Consistency:
    """Ask HermiT whether the shipped ontology, with its codes and themes, is consistent.

    Parameters
    ----------
    timeout : float or None
        Seconds allowed for Java.

    Returns
    -------
    Consistency

    Raises
    ------
    MissingExtra, QueryTimeout, EngineError
        As for :func:`consistency`.
    """
    files = ("klimatgraph.ttl", "klimatgraph-dl.ttl", "codes.ttl", "themes.ttl")
    return consistency(
        (quad for name in files for quad in canonical.parse(folder("ontology") / name)),
        timeout=timeout,
    )


def classify(
    quads: Iterable[ox.Quad | ox.Triple], timeout: float | None = 120.0, memory_mb: int = 2000
) -> Classification:
    """Ask HermiT for the class hierarchy that follows from the axioms.

    Parameters
    ----------
    quads : iterable of Quad or Triple
    timeout : float or None
        Seconds allowed for Java.
    memory_mb : int
        Megabytes that Java may use.

    Returns
    -------
    Classification

    Raises
    ------
    DataError
        If the axioms are inconsistent, so that every class would follow from every other.
    MissingExtra, QueryTimeout, EngineError, ParameterError
        As for :func:`consistency`.
    """
    run = reason(quads, timeout, memory_mb)
    if not run.consistent:
        raise DataError("the ontology is inconsistent and cannot be classified: mend it first")
    above = {ox.NamedNode(iri): set[str]() for iri in run.classes if not iri.startswith(OWL)}
    groups: set[tuple[str, ...]] = set()
    for kind, iris in run.axioms:
        if kind == "EquivalentClasses":
            groups.add(tuple(sorted(iris)))
        else:
            above.setdefault(ox.NamedNode(iris[0]), set()).add(iris[1])
    return Classification(
        superclasses={
            iri: tuple(map(ox.NamedNode, sorted(supers)))
            for iri, supers in sorted(above.items(), key=lambda item: item[0].value)
        },
        equivalent=tuple(tuple(map(ox.NamedNode, group)) for group in sorted(groups)),
    )
