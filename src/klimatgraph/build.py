"""Build the shipped graph and the generated files from their sources.

``data/tables``, ``data/contracts`` and ``ontology`` are written by people; the files
that this module makes are not. The same sources give the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyoxigraph as ox

from klimatgraph import canonical, generate, tables
from klimatgraph.errors import FormatError, InputError
from klimatgraph.files import write_text
from klimatgraph.opening import SHIPPED
from klimatgraph.reasoning.rules import derive_from
from klimatgraph.terms import ID, expand

# The DL module is for the reasoner only; its axioms are no facts to ask about.
_VOCABULARY: Final = ("klimatgraph.ttl", "codes.ttl", "themes.ttl")
_TYPE: Final = expand("rdf:type")
_VOCABULARY_GRAPH: Final = ox.NamedNode(ID + "graph/ontology")


def quads(root: Path) -> list[ox.Quad]:
    """Read everything people wrote and derive what follows from it.

    Parameters
    ----------
    root : Path
        The folder that holds ``ontology/`` and ``data/``.

    Returns
    -------
    list of Quad
        The whole graph: vocabulary, register of documents, tables, contracts and the
        derived triples in a graph of their own.

    Raises
    ------
    FormatError
        If a file is wrong; with file and line.
    """
    found: list[ox.Quad] = []
    for name in _VOCABULARY:
        found += [
            ox.Quad(quad.subject, quad.predicate, quad.object, _VOCABULARY_GRAPH)
            for quad in canonical.parse(root / "ontology" / name)
        ]
    for contract in sorted((root / "data" / "contracts").glob("*.trig")):
        read = canonical.parse(contract)
        outside = [q for q in read if isinstance(q.graph_name, ox.DefaultGraph)]
        if outside:
            raise FormatError(
                contract, None, f"{outside[0].subject} stands outside a named graph: put it in "
                "the graph of its source document",
            )  # fmt: skip
        found += read
    found += tables.build_all(root / "data", {q.subject for q in found if q.predicate == _TYPE})
    return found + derive_from(found)


def build(root: Path) -> dict[Path, str]:
    """Make the text of every generated file.

    Parameters
    ----------
    root : Path
        The checkout.

    Returns
    -------
    dict
        Path of each file, and what should be in it.
    """
    made = {root / "data" / SHIPPED: canonical.to_trig(quads(root))}
    made.update(generate.files(root))
    return made


def write(root: Path) -> list[Path]:
    """Write the generated files whose content has changed.

    Parameters
    ----------
    root : Path
        The checkout.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    InputError
        If `root` is not a checkout of klimatgraph.
    """
    _require_checkout(root)
    changed = stale(root)
    for path, text in changed.items():
        write_text(path, text)
    return sorted(changed)


def stale(root: Path) -> dict[Path, str]:
    """Find generated files that are not what their sources give.

    Parameters
    ----------
    root : Path
        The checkout.

    Returns
    -------
    dict
        Path and right content of each file that differs or is missing.
    """
    _require_checkout(root)
    return {
        path: text
        for path, text in build(root).items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    }


def _require_checkout(root: Path) -> None:
    if not (root / "src" / "klimatgraph").is_dir():
        raise InputError(
            f"{root} is not a checkout of klimatgraph: clone the repository and run build there"
        )
