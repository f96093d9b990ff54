"""Organisations that sign, and never a person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from klimatgraph.reading.ccc.signatories import signatories
from klimatgraph.reading.ccc.source import Source
from klimatgraph.reading.documents import read

Found = Callable[[str], list[str]]


@pytest.fixture
def found(tmp_path: Path) -> Found:
    def facts(text: str) -> list[str]:
        path = tmp_path / "contract.md"
        path.write_text("# 5 Signatories\n\n" + text, encoding="utf-8")
        candidates = list(signatories(Source.of(read(path))))
        assert all(c.quote == c.fact["name"] for c in candidates)  # the row names persons
        return [f"{c.fact['name']} | {c.fact.get('branch') or '-'}" for c in candidates]

    return facts


def test_the_template_of_the_commitments(found: Found) -> None:
    text = """
|  Name of the institution | Sector/Area | Legal form | Name of the responsible person\
 | Position of the responsible person  |
| --- | --- | --- | --- | --- |
|  City of Example | Local government | Municipality | Ada Lind | Mayor  |
|  City of Example | Local government | Municipality | Bo Berg | Director  |
|  Example Energy S.p.A. | Energy | Company | Dr. Eva Holm | CEO  |
|   |  |  |  |   |
|  Signatories from business |  |  |  |   |
|  Ministry of Climate | Sector: all sectors Level: national | Authority | Carl Dahl | Minister  |
"""
    assert found(text) == [
        "City of Example | Local government",
        "Example Energy S.p.A. | Energy",
        "Ministry of Climate | all sectors",
    ]


def test_persons_and_what_may_be_one_are_left_out(found: Found) -> None:
    text = """
|  Name of the signatory (organisation) | Sector / Domain / Level of operation² | Legal form\
 | Name of the responsible person | Position of the responsible person  |
| --- | --- | --- | --- | --- |
|  Ada Lind | Citizen | Individual |  |   |
|  Dr. Eva Holm, Example University | Science | Foundation | Eva Holm | Rector  |
|  Carl Dahl | Energy | Company | Carl Dahl | CEO  |
|  Example Hospital | ada@hospital.example | Foundation | Ada Lind | Director  |
|  Example Tram Ltd. | Transport¹ | Company | Bo Berg | Manager  |
"""
    assert found(text) == ["Example Hospital | -", "Example Tram Ltd. | Transport"]


def test_numbers_of_a_list_are_no_part_of_a_name(found: Found) -> None:
    text = """
|  Name of the institution | Sector/Area | Legal form |
| --- | --- | --- |
|  1.City administration | Municipal | Authority |
|  12. Peat Works | Industry | Company |
|  29 communes | Government | Authority |
"""
    assert found(text) == [
        "City administration | Municipal",
        "Peat Works | Industry",
        "29 communes | Government",
    ]


def test_another_table_of_persons(found: Found) -> None:
    text = """
|  Position and company of the responsible person | Name  |
| --- | --- |
|  CEO Example Energy | Ada Lind  |

|  Name and surname | Position |
| --- | --- |
|  Bo Berg | Mayor |

|  Name of the organisation  |
| --- |
|  To date there are two letters of support.  |
"""
    assert found(text) == []


def test_the_columns_of_accession(found: Found) -> None:
    text = """
|  Name of the organisation | Sector/Area | Legal form of accession\
 | Name and surname of signatory | Position of the signatory |
| --- | --- | --- | --- | --- |
|  Chamber of Commerce | Business | Accession document |  |   |
|  Youth Council. | Youth | Accession document | Ada Lind |   |
"""
    assert found(text) == ["Chamber of Commerce | Business", "Youth Council | Youth"]


def test_a_part_behind_a_page_break_has_no_header(found: Found) -> None:
    text = """
|  Name of the institution | Sector/Area | Legal form | Name of responsible person | Position  |
| --- | --- | --- | --- | --- |
|  Institute for Ecological | Science | Association | Ada Lind | Director  |

CITY OF EXAMPLE

|  Development (IED) |  |  |  | of the institute  |
| --- | --- | --- | --- | --- |
|  Example Water Ltd | Water | Company | Bo Berg | CEO  |
"""
    assert found(text) == [
        "Institute for Ecological Development (IED) | Science",
        "Example Water Ltd | Water",
    ]
