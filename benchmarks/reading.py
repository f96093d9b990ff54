"""How much the reader finds: precision and recall by kind of fact, against what people found.

Three gold standards: the graph of Umeå's contract, made by hand; the mentions in it, labelled by
hand; and contracts written for tests with their expectations.

    python3 -m benchmarks.reading             # the table
    python3 -m benchmarks.reading --misses    # and what was missed or wrong
    python3 -m benchmarks.reading --ccc       # Climate City Contracts; see benchmarks.ccc
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import klimatgraph as kg
from benchmarks import ccc
from benchmarks.agreement import Said, Score, compare, expectations
from klimatgraph.engines.oxigraph import OxigraphEngine
from klimatgraph.proposals import Draft
from klimatgraph.reading.facts import KINDS, Fact
from klimatgraph.terms import thing

ROOT: Final = Path(__file__).resolve().parents[1]
FIXTURES: Final = ROOT / "tests" / "fixtures" / "contracts"
GOLD: Final = ROOT / "tests" / "reading" / "gold"
CONTRACT: Final = ROOT.parent / "shared" / "corpus" / "klimatkontrakt" / "umea-2025-26.txt"
UMEA: Final = "contract/klimatkontrakt/2025-26/umea"
DOCUMENT: Final = "klimatkontrakt-umea-2025-26"


def found(draft: Draft) -> list[Said]:
    """What a draft says, with its passages."""
    said = []
    for item in draft.proposal.items:
        places = [draft.proposal.place(*place) for place in item.places]
        said.append(
            Said(item.fact, tuple(p.words for p in places),
                 tuple(f"{p.section}/{p.ordinal}" for p in places))
        )  # fmt: skip
    return said


def without_the_gold(graph: kg.KlimatGraph) -> kg.KlimatGraph:
    """The graph without what was read from the gold document, so that nothing is given away."""
    engine = OxigraphEngine()
    hidden = {thing("graph", DOCUMENT), thing("graph", "derived")}
    engine.add(q for q in graph.engine.quads() if q.graph_name not in hidden)
    return kg.KlimatGraph(engine, graph.lang)


def against_the_graph(graph: kg.KlimatGraph, document: Path = CONTRACT) -> dict[str, Score]:
    """Compare the facts of the document with those of its hand-made graph."""
    from klimatgraph.analysis.contents import contents

    gold = [
        Said(stated.fact, (), tuple(p.rpartition(f"{DOCUMENT}/")[2] for p in stated.passages))
        for stated in contents(graph.engine, thing(*UMEA.split("/")))
    ]
    draft = without_the_gold(graph).read(document)
    return compare(found(draft), gold, [kind for kind in KINDS if kind != "mention"])


def mentions(graph: kg.KlimatGraph, document: Path = CONTRACT) -> Score:
    """Compare the mentions of the document with those that people labelled."""
    path = GOLD / "umea-2025-26-mentions.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        gold = [
            Said(
                Fact.of("mention", thing=row["thing"]), (), (f"{row['section']}/{row['ordinal']}",)
            )
            for row in csv.DictReader(stream)
        ]
    draft = graph.read(document)
    return compare(found(draft), gold, ["mention"])["mention"]


def fixtures(graph: kg.KlimatGraph) -> Iterator[tuple[str, dict[str, Score]]]:
    """Compare each contract written for tests, as text and as PDF, with its expectations."""
    for path in sorted(FIXTURES.glob("*.toml")):
        expected = expectations(path)
        for ending in (".txt", ".md", ".pdf"):
            document = path.with_suffix(ending)
            if document.exists():
                said = found(graph.read(document))
                yield document.name, compare(said, expected, [k for k in KINDS if k != "mention"])


def show(title: str, scores: dict[str, Score], misses: bool) -> None:
    """Print a table: a kind a line, and the sum."""
    print(f"\n{title}")
    print(f"{'':<24}{'found':>7}{'gold':>7}{'precision':>11}{'recall':>9}{'F1':>8}")
    total = Score()
    for kind, score in scores.items():
        print(_line(kind, score))
        total.add(score)
    print(_line("all", total))
    if misses:
        for kind, score in scores.items():
            for line in score.missed:
                print(f"  missed  {kind}: {line}")
            for line in score.wrong:
                print(f"  wrong   {kind}: {line}")


def _line(name: str, score: Score) -> str:
    return (
        f"{name:<24}{score.found:>7}{score.expected:>7}{score.precision:>11.3f}{score.recall:>9.3f}"
        f"{score.f1:>8.3f}"
    )


def climate_city_contracts(graph: kg.KlimatGraph, misses: bool) -> None:
    """Print what the reader finds in Climate City Contracts, by city and by kind."""
    total: dict[str, dict[str, Score]] = {"developed on": {}, "held out": {}}
    for name, gold in ccc.golds():
        scores = ccc.scores(ccc.CORPUS / gold["document"], gold)
        show(name, scores, misses)
        part = total["held out" if name in ccc.HELD_OUT else "developed on"]
        for kind, score in scores.items():
            part.setdefault(kind, Score()).add(score)
    for part, scores in total.items():
        show(f"documents {part}", scores, False)
    for part, assigned, served in ccc.themes(graph):
        print(f"\nthemes of actions, {part}: precision {assigned.precision:.3f}, "
              f"actions with a right measure {served.recall:.3f}")  # fmt: skip
        if misses:
            print(*(f"  wrong   {line}" for line in assigned.wrong), sep="\n")
            print(*(f"  missed  {line}" for line in served.missed), sep="\n")


def main(arguments: list[str] | None = None) -> None:
    """Print what the reader finds."""
    given = sys.argv[1:] if arguments is None else arguments
    misses = "--misses" in given
    graph = kg.load()
    if "--ccc" in given:
        climate_city_contracts(graph, misses)
        return
    if CONTRACT.exists():
        scores = against_the_graph(graph)
        scores["mention"] = mentions(graph)
        show("Umeå 2025/26, against the graph made by hand", scores, misses)
    total: dict[str, Score] = {}
    for name, scores in fixtures(graph):
        show(name, scores, misses)
        for kind, score in scores.items():
            total.setdefault(kind, Score()).add(score)
    show("all contracts written for tests", total, False)


if __name__ == "__main__":
    main()
