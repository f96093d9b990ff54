"""Decisions of a person: in a file that any spreadsheet opens, surviving every reading."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimatgraph.errors import InputError
from klimatgraph.proposals.model import Proposal
from klimatgraph.proposals.review import COLUMNS, Decision, decided, from_csv, to_csv, unknown


def key(proposal: Proposal, kind: str) -> str:
    return next(item.key for item in proposal.items if item.fact.kind == kind)


def test_the_file_has_a_row_a_candidate_with_quote_and_place(proposal: Proposal) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(proposal, {}))))
    assert [row["key"] for row in rows] == [item.key for item in proposal.items]
    target = next(row for row in rows if row["kind"] == "target")
    assert target["quote"] == "Lund ska vara klimatneutralt 2030."
    assert (target["page"], target["section"], target["paragraph"]) == ("2", "5.1", "1")
    assert target["reading"] == (
        "about=city/se/lund; target=climate-neutral; year=2030; scope=geographic"
    )


def test_decisions_come_back(proposal: Proposal) -> None:
    made = {
        key(proposal, "target"): Decision("change", "year=2035"),
        key(proposal, "link"): Decision("drop"),
        key(proposal, "priority"): Decision("accept"),
    }
    assert from_csv(to_csv(proposal, made)) == made


def test_a_decision_on_what_is_no_longer_read_is_kept(proposal: Proposal) -> None:
    made = {"000000000000": Decision("drop")}
    again = from_csv(to_csv(proposal, made))
    assert again == made and unknown(proposal, again) == ["000000000000"]


def test_a_spreadsheet_of_sweden_saves_with_semicolons_and_a_mark(proposal: Proposal) -> None:
    rows = list(csv.reader(io.StringIO(to_csv(proposal, {}))))
    rows[1][1] = "DROP "
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows(rows)
    assert from_csv("\ufeff" + stream.getvalue()) == {rows[1][0]: Decision("drop")}


def test_dropped_changed_and_accepted(proposal: Proposal) -> None:
    made = {
        key(proposal, "target"): Decision("change", "year=2035; scope="),
        key(proposal, "link"): Decision("drop"),
        key(proposal, "priority-project"): Decision("accept"),
    }
    kept = {item.fact.kind: item for item in decided(proposal, made)}
    assert kept["target"].fact["year"] == "2035" and kept["target"].fact.get("scope") == ""
    assert kept["target"].confidence == 1
    assert "link" not in kept
    assert kept["priority-project"].confidence == 1


def test_what_is_not_sure_enough_is_left_out_unless_a_person_vouches(proposal: Proposal) -> None:
    least = Decimal("0.95")
    assert {i.fact.kind for i in decided(proposal, {}, least)}.isdisjoint(
        {"target", "priority-project"}
    )
    made = {key(proposal, "target"): Decision("accept")}
    assert "target" in {i.fact.kind for i in decided(proposal, made, least)}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("k,maybe,", "line 2: no decision 'maybe'"),
        ("k,change,", "line 2: a change without fields"),
    ],
)
def test_a_decision_that_is_none_is_told_with_its_line(line: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        from_csv(f"key,decision,change\n{line}\n")


def test_a_missing_column_is_told() -> None:
    with pytest.raises(InputError, match="no column decision"):
        from_csv("key,change\nk,\n")


@pytest.mark.parametrize("change", ["yeer=2035", "2035", "target", "year:2035"])
def test_a_change_of_an_unknown_field_names_the_known_ones(proposal: Proposal, change: str) -> None:
    made = {key(proposal, "target"): Decision("change", change)}
    with pytest.raises(InputError, match="a target has about, target, year"):
        decided(proposal, made)


def test_a_cell_that_a_spreadsheet_would_compute_is_made_harmless(proposal: Proposal) -> None:
    item = replace(proposal.items[0], quote="=HYPERLINK(1)")
    rows = list(csv.DictReader(io.StringIO(to_csv(replace(proposal, items=(item,)), {}))))
    assert rows[0]["quote"] == "'=HYPERLINK(1)"


@given(
    st.dictionaries(
        st.from_regex(r"[0-9a-f]{12}", fullmatch=True),
        st.one_of(
            st.sampled_from([Decision("accept"), Decision("drop")]),
            st.from_regex(r"[a-z-]{1,9}=[^\r\n\0;=']{0,20}[^\r\n\0;=' ]", fullmatch=True).map(
                lambda change: Decision("change", change.strip())
            ),
        ),
    )
)
def test_any_decisions_survive(made: dict[str, Decision]) -> None:
    empty = Proposal("n", "f", "s", "sv", "city/se/lund", "Lund", "2023", (), ())
    made = {k: d for k, d in made.items() if d.change.isprintable()}
    assert from_csv(to_csv(empty, made)) == made


def test_the_columns_are_named_once() -> None:
    assert len(set(COLUMNS)) == len(COLUMNS)
