"""What a contract says, as facts: read back from a graph, whoever wrote it.

A contract that people described and one that the program read are modelled alike, so the same
few queries read both. The queries are single patterns and the joining is done here: every engine
answers them in the same way, and fast.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from klimatgraph.analysis.contract_facts import RULES, contract_itself, parties
from klimatgraph.analysis.contract_nodes import Edges, documents, tail
from klimatgraph.analysis.contract_scope import OneContract, Stated, read_by_the_program
from klimatgraph.engines.base import Engine
from klimatgraph.reading.facts import KINDS, Fact

__all__ = ["Stated", "contents", "is_read"]


def contents(engine: Engine, contract: str | ox.NamedNode) -> list[Stated]:
    """Give what a contract says.

    Parameters
    ----------
    engine : Engine
        A graph that holds the contract.
    contract : str or NamedNode
        Its IRI.

    Returns
    -------
    list of Stated
        Facts of all kinds but mentions, in the order of
        :data:`klimatgraph.reading.facts.KINDS`.

    Raises
    ------
    UnknownName
        If the graph holds no such contract.

    Examples
    --------
    >>> import klimatgraph as kg
    >>> umea = "https://w3id.org/klimatgraph/id/contract/klimatkontrakt/2025-26/umea"
    >>> said = contents(kg.load().engine, umea)
    >>> [s.fact["number"] for s in said if s.fact.get("status") == "adopted"]
    ['1', '2', '3', '4', '6']
    """
    iri = contract.value if isinstance(contract, ox.NamedNode) else contract
    said: dict[tuple[Fact, str], Stated] = {}
    for stated in _all(OneContract(engine, iri)):
        said.setdefault((stated.fact, stated.thing), stated)
    order = list(KINDS)
    return sorted(said.values(), key=lambda s: (order.index(s.fact.kind), s.fact, s.thing))


def is_read(engine: Engine, contract: str | ox.NamedNode) -> bool:
    """Tell whether a contract was read, so that what is not told of it is not in it.

    Parameters
    ----------
    engine : Engine
        A graph that holds the contract.
    contract : str or NamedNode
        Its IRI.

    Returns
    -------
    bool
        True for one that people read in full and for one that the program read.

    Examples
    --------
    >>> import klimatgraph as kg
    >>> id = "https://w3id.org/klimatgraph/id/contract/klimatkontrakt"
    >>> [is_read(kg.load().engine, f"{id}/{which}/umea") for which in ("2023", "2025-26")]
    [False, True]
    """
    iri = contract.value if isinstance(contract, ox.NamedNode) else contract
    edges = Edges(engine)
    node = edges.node(iri)
    if "complete" in {tail(status) for status in node.iris("readingStatus")}:
        return True
    return not read_by_the_program(engine).isdisjoint(documents(edges, node))


def _all(of: OneContract) -> Iterator[Stated]:
    yield contract_itself(of)
    yield from parties(of)
    for node in of.nodes.values():
        for cls, rule in RULES.items():
            if cls in node.types and of.belongs(node, cls):
                yield from rule(of, node)
