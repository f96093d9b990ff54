"""RDF files that are the same, byte for byte, whenever they say the same.

Written sorted, with the prefixes they use and one blank line between subjects, so that
``git diff`` shows what changed and nothing else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    serialize,
)

from klimatgraph.errors import InputError
from klimatgraph.parsing import parse
from klimatgraph.terms import PREFIXES

__all__ = ["parse", "to_nquads", "to_trig", "to_turtle"]

_Object: TypeAlias = NamedNode | BlankNode | Literal
_Graph: TypeAlias = NamedNode | BlankNode | DefaultGraph
_Node: TypeAlias = NamedNode | BlankNode

_RDF = PREFIXES["rdf"]
_XSD = PREFIXES["xsd"]
_TYPE: Final = NamedNode(_RDF + "type")
_FIRST: Final = NamedNode(_RDF + "first")
_REST: Final = NamedNode(_RDF + "rest")
_NIL: Final = NamedNode(_RDF + "nil")
_LEADING: Final = {
    iri: rank
    for rank, iri in enumerate(
        (
            _TYPE.value,
            PREFIXES["rdfs"] + "label",
            PREFIXES["skos"] + "prefLabel",
            PREFIXES["skos"] + "altLabel",
            PREFIXES["dcterms"] + "description",
            PREFIXES["skos"] + "definition",
            PREFIXES["rdfs"] + "comment",
        )
    )
}
# Names that need no escape in Turtle; anything else is written as a full IRI.
_PLAIN_NAME: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?\Z")
_SHORT_FORMS: Final = {
    _XSD + "integer": re.compile(r"[+-]?[0-9]+\Z"),
    _XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+\Z"),
    _XSD + "double": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]+\Z"),
    _XSD + "boolean": re.compile(r"(?:true|false)\Z"),
}
_WIDTH: Final = 100
_INDENT: Final = "    "
# Deeper blank nodes get a label instead of brackets, so that writing never recurses far.
_DEEPEST: Final = 24


def to_turtle(triples: Iterable[Triple | Quad], prefixes: Mapping[str, str] | None = None) -> str:
    """Write triples as Turtle.

    Parameters
    ----------
    triples : iterable of Triple or Quad
        The graph names of quads are left out.
    prefixes : mapping, optional
        Prefixes beyond, or in place of, those of :data:`klimatgraph.terms.PREFIXES`.

    Returns
    -------
    str
        The same text for the same triples, in whatever order and with whatever labels of
        blank nodes they come. Empty for no triples.

    Raises
    ------
    InputError
        For RDF 1.2 terms.

    References
    ----------
    RDF 1.1 Turtle: https://www.w3.org/TR/turtle/

    Examples
    --------
    >>> from klimatgraph.terms import expand, thing
    >>> umea = thing("city", "se", "umea")
    >>> print(to_turtle([
    ...     Triple(umea, expand("rdfs:label"), Literal("Umeå", language="sv")),
    ...     Triple(umea, expand("rdf:type"), expand("klim:City")),
    ... ]), end="")
    @prefix klim: <https://w3id.org/klimatgraph/ontology#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    <BLANKLINE>
    <https://w3id.org/klimatgraph/id/city/se/umea>
        a klim:City ;
        rdfs:label "Umeå"@sv .
    """
    return _write((Quad(t.subject, t.predicate, t.object) for t in triples), prefixes)


def to_trig(quads: Iterable[Quad], prefixes: Mapping[str, str] | None = None) -> str:
    """Write quads as TriG: the default graph first, then the named graphs by name.

    Parameters, result and errors as for :func:`to_turtle`.

    References
    ----------
    RDF 1.1 TriG: https://www.w3.org/TR/trig/

    Examples
    --------
    >>> from klimatgraph.terms import expand, thing
    >>> umea, graph = thing("city", "se", "umea"), thing("graph", "a")
    >>> print(to_trig([Quad(umea, expand("rdf:type"), expand("klim:City"), graph)]), end="")
    @prefix klim: <https://w3id.org/klimatgraph/ontology#> .
    <BLANKLINE>
    <https://w3id.org/klimatgraph/id/graph/a> {
        <https://w3id.org/klimatgraph/id/city/se/umea>
            a klim:City .
    }
    """
    return _write(quads, prefixes)


def to_nquads(quads: Iterable[Quad]) -> str:
    """Write quads as N-Quads, sorted, each once.

    Parameters
    ----------
    quads : iterable of Quad

    Returns
    -------
    str

    References
    ----------
    RDF Dataset Canonicalization (labels of blank nodes): https://www.w3.org/TR/rdf-canon/

    Examples
    --------
    >>> from klimatgraph.terms import expand
    >>> print(to_nquads([Quad(BlankNode("x"), expand("rdf:type"), expand("klim:City"))]), end="")
    _:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://.../ontology#City> .
    """
    distinct = _relabelled(set(quads))
    text = (serialize(distinct, format=RdfFormat.N_QUADS) or b"").decode("utf-8")
    # Not splitlines(): literals may hold other characters that it takes for line ends.
    return "".join(sorted(line + "\n" for line in text.split("\n") if line))


def _relabelled(quads: set[Quad]) -> set[Quad]:
    """Give blank nodes labels that depend on what is said of them only."""
    if not any(isinstance(t, BlankNode) for q in quads for t in (q[0], q[2], q[3])):
        return quads
    whole = Dataset(quads)
    whole.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(whole)


def _write(quads: Iterable[Quad], prefixes: Mapping[str, str] | None) -> str:
    distinct = set(quads)
    for quad in distinct:
        if isinstance(quad.object, Triple) or getattr(quad.object, "direction", None):
            raise InputError(f"{str(quad.object)[:60]} is RDF 1.2: only RDF 1.1 is written")
    layout = _Layout(distinct)
    if layout.needs_labels:
        layout = _Layout(_relabelled(distinct))
    writer = _Writer(layout, {**PREFIXES, **(prefixes or {})})
    blocks = []
    for graph in sorted(layout.graphs, key=lambda g: (not isinstance(g, DefaultGraph), str(g))):
        margin = "" if isinstance(graph, DefaultGraph) else _INDENT
        body = "\n".join(writer.subjects(graph, margin))
        name = "" if isinstance(graph, DefaultGraph) else writer.term(graph)
        blocks.append(body if isinstance(graph, DefaultGraph) else f"{name} {{\n{body}}}\n")
    if not blocks:
        return ""
    used = sorted(writer.used)
    header = "".join(f"@prefix {prefix}: <{writer.prefixes[prefix]}> .\n" for prefix in used)
    return "\n".join([header, *blocks] if header else blocks)


class _Layout:
    """Which blank nodes are written in brackets, which as lists, which by label."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.graphs: dict[_Graph, dict[_Node, list[tuple[NamedNode, _Object]]]] = {}
        mentions: defaultdict[BlankNode, list[tuple[_Graph, _Node]]] = defaultdict(list)
        homes: defaultdict[BlankNode, set[_Graph]] = defaultdict(set)
        labelled: set[BlankNode] = set()
        for quad in quads:
            subject, object_, graph = quad.subject, quad.object, quad.graph_name
            assert isinstance(subject, NamedNode | BlankNode)
            assert isinstance(object_, NamedNode | BlankNode | Literal)
            said = self.graphs.setdefault(graph, {}).setdefault(subject, [])
            said.append((quad.predicate, object_))
            if isinstance(subject, BlankNode):
                homes[subject].add(graph)
            if isinstance(object_, BlankNode):
                mentions[object_].append((graph, subject))
                homes[object_].add(graph)
            if isinstance(graph, BlankNode):
                labelled.add(graph)
        labelled |= {node for node, graphs in homes.items() if len(graphs) > 1}
        labelled |= {node for node, where in mentions.items() if len(where) > 1}
        self.parents = {
            node: where[0][1] for node, where in mentions.items() if node not in labelled
        }
        self._lists = self._well_formed()
        self._cut(labelled)
        self.nested = set(self.parents) - labelled
        self.labelled = labelled
        # Roots without a name and not mentioned: written as [ … ] . where something is said.
        self.needs_labels = bool(labelled)

    def _cut(self, labelled: set[BlankNode]) -> None:
        """Label blank nodes in circles, and those nested too deep."""
        depths: dict[_Node, int] = {}
        for start in self.parents:
            path: list[_Node] = []
            node: _Node = start
            while node not in depths and isinstance(node, BlankNode) and node in self.parents:
                if node in labelled:
                    break
                depths[node] = -1  # on the path
                path.append(node)
                node = self.parents[node]
            if depths.get(node) == -1:  # came back to the path: all of the circle gets labels
                at = path.index(node)
                for member in path[at:]:
                    assert isinstance(member, BlankNode)
                    labelled.add(member)
                    depths[member] = 0
                path = path[:at]
            depth = depths.get(node, 0)
            for member in reversed(path):
                assert isinstance(member, BlankNode)
                parent = self.parents[member]
                # The rest of a list is no step down: lists are written in one go.
                depth += not self.is_rest(member, parent)
                if depth > _DEEPEST:
                    labelled.add(member)
                    depth = 0
                depths[member] = depth

    def _well_formed(self) -> set[_Node]:
        """Find the cells of lists that end in rdf:nil and are plain all the way there."""
        cells: dict[_Node, _Object] = {
            node: next(o for p, o in said if p == _REST)
            for graph in self.graphs.values()
            for node, said in graph.items()
            if isinstance(node, BlankNode) and _is_cell(said)
        }
        self._rests = cells
        found: set[_Node] = set()
        for last, rest in cells.items():
            if rest != _NIL:
                continue
            node: _Node = last
            found.add(node)
            while isinstance(node, BlankNode) and node in self.parents:
                parent = self.parents[node]
                if cells.get(parent) != node:
                    break
                found.add(parent)
                node = parent
        return found

    def is_rest(self, node: BlankNode, parent: _Node) -> bool:
        """Tell whether `node` is the rest of a list cell that is written within ``( … )``."""
        return parent in self._lists and node in self._lists and self._rests.get(parent) == node


def _is_cell(said: list[tuple[NamedNode, _Object]]) -> bool:
    return len(said) == 2 and {p for p, _ in said} == {_FIRST, _REST}


class _Writer:
    def __init__(self, layout: _Layout, prefixes: Mapping[str, str]) -> None:
        self.layout = layout
        self.prefixes = prefixes
        self.used: set[str] = set()
        self._namespaces = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
        self._compact: dict[str, str] = {}

    def subjects(self, graph: _Graph, margin: str) -> list[str]:
        """Write one block a subject: IRIs by name, then blank nodes by text."""
        said = self.layout.graphs[graph]
        named = sorted((s for s in said if isinstance(s, NamedNode)), key=lambda s: s.value)
        blocks = [self._block(self.term(s), said, s, margin) for s in named]
        loose = []
        for node in said:
            if not isinstance(node, BlankNode) or node in self.layout.nested:
                continue
            if node in self.layout.labelled:
                loose.append((1, self._block(str(node), said, node, margin)))
            else:
                inner = self._inside(said, node, margin + _INDENT)
                loose.append((0, f"{margin}[\n{inner}\n{margin}] .\n"))
        return blocks + [text for _, text in sorted(loose)]

    def _block(
        self,
        name: str,
        said: Mapping[_Node, list[tuple[NamedNode, _Object]]],
        subject: _Node,
        margin: str,
    ) -> str:
        return f"{margin}{name}\n{self._inside(said, subject, margin + _INDENT)} .\n"

    def _inside(
        self,
        said: Mapping[_Node, list[tuple[NamedNode, _Object]]],
        subject: _Node,
        margin: str,
    ) -> str:
        objects: defaultdict[NamedNode, list[_Object]] = defaultdict(list)
        for predicate, object_ in said[subject]:
            objects[predicate].append(object_)
        lines = []
        for predicate in sorted(objects, key=self._rank):
            verb = "a" if predicate == _TYPE else self.term(predicate)
            if len(objects[predicate]) == 1:
                text = self._object(said, objects[predicate][0], margin)
                lines.append(f"{margin}{verb} {text}")
                continue
            deeper = margin + _INDENT
            texts = sorted((_kind(o), self._object(said, o, deeper)) for o in objects[predicate])
            several = " ,\n".join(deeper + text for _, text in texts)
            lines.append(f"{margin}{verb}\n{several}")
        return " ;\n".join(lines)

    def _rank(self, predicate: NamedNode) -> tuple[int, str]:
        return _LEADING.get(predicate.value, len(_LEADING)), self._short(predicate.value)

    def _object(
        self,
        said: Mapping[_Node, list[tuple[NamedNode, _Object]]],
        node: _Object,
        margin: str,
    ) -> str:
        if not isinstance(node, BlankNode) or node not in self.layout.nested:
            return self.term(node)
        if node not in said:
            return "[]"
        members = self._members(said, node)
        if members is not None:
            texts = [self._object(said, member, margin + _INDENT) for member in members]
            line = f"( {' '.join(texts)} )"
            if "\n" not in line and len(margin) + len(line) <= _WIDTH:
                return line
            return "(\n" + "".join(f"{margin}{_INDENT}{t}\n" for t in texts) + f"{margin})"
        return f"[\n{self._inside(said, node, margin + _INDENT)}\n{margin}]"

    def _members(
        self, said: Mapping[_Node, list[tuple[NamedNode, _Object]]], node: BlankNode
    ) -> list[_Object] | None:
        """Give the members of a list that can be written as ``( … )``."""
        members: list[_Object] = []
        at: _Object = node
        while at != _NIL:
            if not isinstance(at, BlankNode) or at not in self.layout.nested:
                return None
            if not _is_cell(said.get(at, [])):
                return None
            cell = dict(said[at])
            members.append(cell[_FIRST])
            at = cell[_REST]
        return members

    def term(self, term: _Object | _Graph) -> str:
        """Write a term as short as Turtle allows without escapes."""
        if isinstance(term, NamedNode):
            short = self._short(term.value)
            if not short.startswith("<"):
                self.used.add(short.partition(":")[0])
            return short
        if isinstance(term, Literal):
            form = _SHORT_FORMS.get(term.datatype.value)
            if form is not None and form.match(term.value):
                return term.value
            if term.language or term.datatype.value == _XSD + "string":
                return str(term)
            return f"{Literal(term.value)}^^{self.term(term.datatype)}"
        return str(term)

    def _short(self, iri: str) -> str:
        made = self._compact.get(iri)
        if made is None:
            made = f"<{iri}>"
            for prefix, namespace in self._namespaces:
                if iri.startswith(namespace) and _PLAIN_NAME.match(iri[len(namespace) :]):
                    made = f"{prefix}:{iri[len(namespace) :]}"
                    break
            self._compact[iri] = made
        return made


def _kind(term: _Object) -> tuple[int, str]:
    if isinstance(term, NamedNode):
        return 0, ""
    if isinstance(term, Literal):
        return 1, term.language or ""
    return 2, ""
