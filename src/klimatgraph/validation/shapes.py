"""The shapes graph: read, made nameable, and asked for what it says of a shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple

from klimatgraph.canonical import parse
from klimatgraph.errors import InputError
from klimatgraph.resources import folder
from klimatgraph.terms import SHAPE, Term

SH: Final = "http://www.w3.org/ns/shacl#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
TYPE: Final = NamedNode(RDF + "type")
SUBCLASS: Final = NamedNode(RDFS + "subClassOf")

# Properties whose values are shapes, alone or in a list.
_TO_SHAPE: Final = ("property", "node", "not", "qualifiedValueShape")
_TO_SHAPES: Final = ("and", "or", "xone")
_TARGETS: Final = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf", "target")
_INVENTED: Final = "urn:klimatgraph:shape:"


def sh(name: str) -> NamedNode:
    """Give the term of the SHACL vocabulary with that local name."""
    return NamedNode(SH + name)


class ShapesGraph:
    """SHACL shapes, held in a store of their own.

    Anonymous property shapes get an IRI here, by their parent and path, so that every
    result can name its source whatever engine found it.

    Parameters
    ----------
    quads : iterable of Quad
        The shapes; graph names are dropped.
    shipped : bool
        Whether these are the shapes that come with klimatgraph.

    Examples
    --------
    >>> shapes = ShapesGraph.shipped_shapes()
    >>> shapes.text("Thing-label-sv", "name")["en"]
    'label'
    """

    def __init__(self, quads: Iterable[Quad], shipped: bool = False) -> None:
        self.shipped = shipped
        self.store = Store()
        self.store.extend(Quad(q.subject, q.predicate, q.object) for q in quads)
        self._parent: dict[str, str] = {}
        self._name_anonymous()

    @classmethod
    def shipped_shapes(cls) -> ShapesGraph:
        """Read the shapes that come with klimatgraph."""
        return cls(_read(sorted(folder("shapes").glob("*.ttl"))), shipped=True)

    @classmethod
    def from_files(cls, paths: Sequence[str | Path]) -> ShapesGraph:
        """Read shapes from files.

        Parameters
        ----------
        paths : sequence of paths
            RDF files.

        Raises
        ------
        FormatError
            If a file is not what its suffix says.
        InputError
            If the sequence is empty.
        """
        if not paths:
            raise InputError("no file of shapes was given: leave shapes out for the shipped ones")
        return cls(_read([Path(p) for p in paths]))

    def turtle(self) -> str:
        """Give the whole graph as N-Triples, which is Turtle."""
        return "".join(f"{q.triple} .\n" for q in self.store)

    # -- looking things up -----------------------------------------------------------

    def triples(self) -> Iterator[Triple]:
        """Give the triples."""
        return (q.triple for q in self.store)

    def values(self, subject: NamedNode | BlankNode, name: str) -> list[Term]:
        """Give the values of a SHACL property of a shape, sorted."""
        found = self.store.quads_for_pattern(subject, sh(name), None)
        return sorted((q.object for q in found), key=str)

    def value(self, subject: NamedNode | BlankNode, name: str) -> Term | None:
        """Give the one value of a SHACL property of a shape, or None."""
        return next(iter(self.values(subject, name)), None)

    def list_of(self, head: Term | None) -> list[Term]:
        """Give the members of an RDF list; a broken or circular list ends where it breaks."""
        members: list[Term] = []
        seen: set[Term] = set()
        while isinstance(head, (NamedNode, BlankNode)) and head not in seen:
            seen.add(head)
            first = self._object(head, RDF + "first")
            if first is None:
                break
            members.append(first)
            head = self._object(head, RDF + "rest")
        return members

    def path(self, shape: NamedNode | BlankNode) -> tuple[NamedNode, ...] | None:
        """Give the steps of a path of plain properties; None for other paths, and none."""
        head = self.value(shape, "path")
        if isinstance(head, NamedNode):
            return (head,)
        steps = self.list_of(head)
        named = tuple(s for s in steps if isinstance(s, NamedNode))
        return named if named and len(named) == len(steps) else None

    def text(self, shape: NamedNode | str, name: str) -> dict[str, str]:
        """Give a text of a shape by language; the key is "" for text without one."""
        node = shape if isinstance(shape, NamedNode) else NamedNode(SHAPE + shape)
        texts: dict[str, str] = {}
        for value in self.values(node, name):
            if isinstance(value, Literal):
                texts.setdefault(value.language or "", value.value)
        return texts

    def shapes(self) -> list[NamedNode | BlankNode]:
        """Give everything that is a shape: typed as one, with a path, or used as one."""
        found: set[NamedNode | BlankNode] = set()
        for kind in ("NodeShape", "PropertyShape"):
            found |= _nodes(q.subject for q in self._pattern(TYPE, sh(kind)))
        for name in ("path", *_TARGETS):
            found |= _nodes(q.subject for q in self._pattern(sh(name), None))
        return sorted(found | self.referred(), key=str)

    def referred(self) -> set[NamedNode | BlankNode]:
        """Give the shapes that another shape refers to."""
        found: set[NamedNode | BlankNode] = set()
        for name in _TO_SHAPE:
            found |= _nodes(q.object for q in self._pattern(sh(name), None))
        for name in _TO_SHAPES:
            for quad in self._pattern(sh(name), None):
                found |= _nodes(self.list_of(quad.object))
        return found

    def has_target(self, shape: NamedNode | BlankNode) -> bool:
        """Tell whether a shape says what it is about, by a target or by being a class."""
        return any(self.value(shape, name) is not None for name in _TARGETS) or self.is_class(shape)

    @cached_property
    def targeting(self) -> tuple[NamedNode | BlankNode, ...]:
        """The shapes with a target that are not switched off."""
        return tuple(s for s in self.shapes() if self.has_target(s) and not self.is_off(s))

    def is_off(self, shape: NamedNode | BlankNode) -> bool:
        """Tell whether a shape is switched off by ``sh:deactivated``."""
        found = self.values(shape, "deactivated")
        return any(isinstance(v, Literal) and v.value in ("true", "1") for v in found)

    def is_class(self, shape: NamedNode | BlankNode) -> bool:
        """Tell whether a shape is a class too, which makes it its own target."""
        kinds = {q.object for q in self.store.quads_for_pattern(shape, TYPE, None)}
        return bool(kinds & {NamedNode(RDFS + "Class"), NamedNode(OWL + "Class")})

    def reported_by(self, shape: NamedNode) -> NamedNode:
        """Give the nearest shape with a name of its own, for one that was given a name here."""
        name = shape.value
        while name in self._parent:
            name = self._parent[name]
        return NamedNode(name)

    # -- private ---------------------------------------------------------------------

    def _pattern(self, predicate: NamedNode, value: Term | None) -> list[Quad]:
        return list(self.store.quads_for_pattern(None, predicate, value))

    def _object(self, subject: NamedNode | BlankNode, predicate: str) -> Term | None:
        found = self.store.quads_for_pattern(subject, NamedNode(predicate), None)
        return next((q.object for q in found), None)

    def _name_anonymous(self) -> None:
        """Give an IRI to each anonymous property shape, in an order that does not vary."""
        waiting = [
            s for s in self.shapes() if not isinstance(s, BlankNode) and self.value(s, "property")
        ]
        while waiting:
            parent = waiting.pop(0)
            anonymous = [s for s in self.values(parent, "property") if isinstance(s, BlankNode)]
            for number, shape in enumerate(sorted(anonymous, key=self._content), 1):
                base = (
                    parent.value if parent.value.startswith(_INVENTED) else _INVENTED + parent.value
                )
                name = NamedNode(f"{base}/{number}")
                self._rename(shape, name)
                self._parent[name.value] = parent.value
                waiting.append(name)

    def _content(self, shape: NamedNode | BlankNode, depth: int = 4) -> str:
        """Write down what a shape says, without the names of blank nodes."""
        lines = []
        for quad in self.store.quads_for_pattern(shape, None, None):
            value = quad.object
            if isinstance(value, BlankNode):
                shown = self._content(value, depth - 1) if depth else ""
            else:
                shown = str(value)
            lines.append(f"{quad.predicate} {shown}")
        return "[" + ";".join(sorted(lines)) + "]"

    def _rename(self, old: BlankNode, new: NamedNode) -> None:
        for quad in list(self.store.quads_for_pattern(old, None, None)):
            self.store.remove(quad)
            self.store.add(Quad(new, quad.predicate, quad.object))
        for quad in list(self.store.quads_for_pattern(None, None, old)):
            self.store.remove(quad)
            self.store.add(Quad(quad.subject, quad.predicate, new))


def vocabulary() -> Store:
    """Read the shipped ontology with its themes and codes."""
    store = Store()
    for path in sorted(folder("ontology").glob("*.ttl")):
        store.bulk_load(path=str(path), format=RdfFormat.TURTLE)
    return store


def _read(paths: Iterable[Path]) -> Iterator[Quad]:
    for path in paths:
        yield from parse(path)


def _nodes(terms: Iterable[Term]) -> set[NamedNode | BlankNode]:
    return {t for t in terms if isinstance(t, (NamedNode, BlankNode))}
