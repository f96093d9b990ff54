"""Each question of the library with its default parameters, beside the same query on rdflib."""

from __future__ import annotations

import statistics
from pathlib import Path

import klimatgraph as kg
from benchmarks.timing import HEADER, in_turn
from klimatgraph.engines.rdflib import RdflibEngine
from klimatgraph.resources import folder


def main() -> None:
    """Print a line for each question and the median of the ratios."""
    graph = kg.load()
    oracle = RdflibEngine()
    oracle.add(graph.engine.quads())
    ratios = []
    print(HEADER)
    for path in sorted(Path(folder("queries")).rglob("*.rq")):
        query = path.read_text(encoding="utf-8")
        pair = in_turn(
            lambda q=query: graph.engine.select(q),
            lambda q=query: oracle.select(q),
            runs=3,
            patience=1.0,
        )
        ratios.append(pair.ratio)
        print(pair.line(path.stem), flush=True)
    print(f"median ratio over {len(ratios)} questions: {statistics.median(ratios):.4f}")
