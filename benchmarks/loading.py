"""Loading the shipped graph, beside the raw engine loading the same file."""

from __future__ import annotations

import pyoxigraph as ox

import klimatgraph as kg
from benchmarks.timing import HEADER, in_turn
from klimatgraph.opening import SHIPPED
from klimatgraph.resources import folder


def _raw() -> None:
    store = ox.Store()
    store.bulk_load(path=str(folder("data") / SHIPPED), format=ox.RdfFormat.TRIG)


def main() -> None:
    """Print the ratio."""
    print(HEADER)
    print(in_turn(kg.load, _raw, runs=9).line("load() / pyoxigraph bulk_load"))
