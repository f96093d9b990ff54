"""An answer says for how many cities it is known."""

from __future__ import annotations

import klimatgraph as kg
from klimatgraph.analysis.coverage import as_rows, coverage
from klimatgraph.analysis.links import KINDS


def test_numbers_add_up_to_the_48_of_the_contract(graph: kg.KlimatGraph) -> None:
    for part in graph.coverage():
        assert part.known + part.partly + part.unknown == part.total == 48, part
        assert part.unnamed == 14  # 34 of the 48 could be named
        assert part.unknown >= part.unnamed
        assert part.edition == "2025/26"


def test_only_umeas_contract_was_read_so_only_its_commitments_are_known(
    graph: kg.KlimatGraph,
) -> None:
    (part,) = graph.coverage(["commitment"])
    assert (part.known, part.partly) == (1, 0)


def test_silence_settles_nothing_outside_a_contract_read_in_full(graph: kg.KlimatGraph) -> None:
    """No source lists all projects of a city, so none is fully known."""
    (part,) = graph.coverage(["project"])
    assert part.known == 0
    assert part.partly > 20  # the 23 of the second wave, and twins


def test_a_graph_without_editions_has_no_coverage(empty_graph: kg.KlimatGraph) -> None:
    assert coverage(empty_graph.engine, empty_graph.questions) == ()


def test_rows_and_sentences_in_both_languages(graph: kg.KlimatGraph) -> None:
    found = graph.coverage()
    for lang in ("sv", "en"):
        rows = as_rows(found, lang)
        assert len(rows) == len(KINDS)
        for part in found:
            assert KINDS[part.topic][lang] in part.sentence(lang)
            assert "48" in part.sentence(lang)
    assert found[0].to_dict()["total"] == 48
