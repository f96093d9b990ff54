"""Drafts: saved to a folder, opened again, shown to people."""

from __future__ import annotations

import html.parser
import json
import re
from pathlib import Path

import pytest

import klimatgraph as kg
from klimatgraph.errors import InputError, ParameterError
from klimatgraph.proposals import Draft
from klimatgraph.proposals.model import Proposal
from klimatgraph.proposals.review import Decision


@pytest.fixture
def draft(proposal: Proposal, graph: kg.KlimatGraph) -> Draft:
    return Draft(proposal, {}, graph.engine)


def key(draft: Draft, kind: str) -> str:
    return next(item.key for item in draft.proposal.items if item.fact.kind == kind)


def test_a_folder_holds_three_files_and_opens_again(draft: Draft, tmp_path: Path) -> None:
    place = draft.save(tmp_path / "lund")
    assert sorted(p.name for p in place.iterdir()) == [
        "proposal.json", "report.html", "review.csv",
    ]  # fmt: skip
    assert Draft.open(place, draft.engine) == draft


def test_saving_again_writes_the_same_bytes(draft: Draft, tmp_path: Path) -> None:
    place = draft.save(tmp_path / "lund")
    before = {p.name: p.read_bytes() for p in place.iterdir()}
    draft.save(place)
    assert {p.name: p.read_bytes() for p in place.iterdir()} == before


def test_decisions_survive_a_new_reading(draft: Draft, tmp_path: Path) -> None:
    place = draft.save(tmp_path / "lund")
    review = place / "review.csv"
    text = review.read_text(encoding="utf-8").replace(
        f"{key(draft, 'link')},,", f"{key(draft, 'link')},drop,"
    )
    review.write_text(text, encoding="utf-8")
    draft.save(place)
    opened = Draft.open(place, draft.engine)
    assert opened.decisions == {key(draft, "link"): Decision("drop")}
    assert not any("lund.se/klimat" in str(q.object) for q in opened.quads())


def test_another_folder_is_left_alone(draft: Draft, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="holds other files"):
        draft.save(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("name", ["nowhere", "file.txt"])
def test_what_is_no_proposal_is_told(draft: Draft, tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="holds no proposal"):
        Draft.open(tmp_path / name, draft.engine)


def test_confidence_is_a_number_from_0_to_1(draft: Draft) -> None:
    for wrong in (1.5, -0.1, "high", float("nan")):
        with pytest.raises(ParameterError, match="from 0 to 1"):
            draft.quads(wrong)  # type: ignore[arg-type]
    assert len(draft.quads(0.95)) < len(draft.quads())


def test_rows_put_words_and_reading_side_by_side(draft: Draft) -> None:
    row = next(r for r in draft.rows("en") if r["kind"] == "Targets")
    assert row["quote"] == "Lund ska vara klimatneutralt 2030."
    assert row["reading"] == "Lund · climate neutral · 2030 · geographic area"
    assert row["place"] == "p. 2, section 5.1, paragraph 1"
    sv = next(r for r in draft.rows("sv") if r["kind"] == "Mål")
    assert sv["reading"] == "Lund · klimatneutral · 2030 · geografiskt område"


@pytest.mark.parametrize("format", ["text", "md", "html"])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_report_shows_each_quote_and_what_was_not_placed(
    draft: Draft, format: str, lang: str
) -> None:
    text = draft.report(format, lang)
    for words in ("Lund ska vara klimatneutralt 2030.", "283", "Reko", "Fiske"):
        assert words in text
    assert ("Mål" if lang == "sv" else "Targets") in text


def test_the_page_is_whole_and_fetches_nothing(draft: Draft) -> None:
    page = draft.report("html")
    assert not re.search(r"(?:src|href)\s*=|url\(|<script", page)

    class Tags(html.parser.HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.depth = 0

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.depth += tag == "table"

        def handle_endtag(self, tag: str) -> None:
            self.depth -= tag == "table"

    tags = Tags()
    tags.feed(page)
    assert tags.depth == 0


def test_what_a_document_says_cannot_become_markup(draft: Draft) -> None:
    data = json.loads(draft.proposal.to_json())
    data["items"][0]["quote"] = "<script>alert(1)</script>"
    data["unlinked"] = [["<b>Reko", "5.2", 1]]
    page = Draft(Proposal.from_json(json.dumps(data)), {}, draft.engine).report("html")
    assert "<script>" not in page and "<b>" not in page


def test_an_unknown_format_is_told(draft: Draft) -> None:
    with pytest.raises(ParameterError, match="use text, md, html"):
        draft.report("pdf")


def test_decisions_on_what_is_no_longer_read_are_known(draft: Draft) -> None:
    lost = Draft(draft.proposal, {"000000000000": Decision("drop")}, draft.engine)
    assert lost.orphans() == ["000000000000"]
