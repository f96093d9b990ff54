"""Sections and their roles: by heading, in every edition."""

from __future__ import annotations

from pathlib import Path

import pytest

from klimatgraph.errors import DocumentError
from klimatgraph.reading import read
from klimatgraph.reading.outline import Outline, outline, require_contract

# Headings of the editions as research/klimatkontrakt/facts.md has them, with the role that a
# person gives them.
EDITION_2022 = [
    ("1.", "Syftet", "purpose"),
    ("2.", "Parter", "parties"),
    ("3.", "Kommunens åtaganden", "municipality"),
    ("3.1", "Kommunens klimatmål", "climate-targets"),
    ("3.2", "Strategi", "roadmap"),
    ("3.3", "Styrande dokument", "governing-documents"),
    ("3.4", "Uppföljning och analys", "reporting"),
    ("3.5", "Utveckling inom ramen för politiska uppdrag", "other"),
    ("3.6", "Organisation och ledning", "organisation"),
    ("3.7", "Samverkan med näringsliv, akademi och medborgare", "collaboration"),
    ("3.8", "Klimatinvesteringsplan", "investment-plan"),
    ("3.9", "Digitalt stöd för genomförandet", "digital-support"),
    ("3.10", "Innovationsnav för klimatneutrala kommuner", "innovation-hub"),
    ("3.11", "Klimatanpassning", "adaptation"),
    ("3.12", "Klimatsmart mobilitet", "mobility"),
    ("3.13", "Rapportering", "reporting"),
    ("4.", "Viable Cities åtaganden", "programme"),
    ("4.1", "Bättre regler", "programme-commitment"),
    ("5.", "Myndigheternas åtaganden", "agencies"),
    ("5.1", "Lärande arbetssätt för policyutveckling", "agency-commitment"),
    ("6.", "Strategiska utvecklingsprojekt under 2023", "strategic-projects"),
    ("6.1", "Omställningslabb", "strategic-project"),
    ("7.", "Gemensamt arbete kring uppföljning", "joint-follow-up"),
    ("9.", "Kontraktet", "signing"),
]


def written(tmp_path: Path, headings: list[tuple[str, str, str]]) -> Outline:
    text = "".join(
        f"{number} {title}\nHär står något om saken.\n\n" for number, title, _ in headings
    )
    path = tmp_path / "kontrakt.txt"
    path.write_text(text, encoding="utf-8")
    return outline(read(path))


def test_each_heading_of_2022_has_its_role(tmp_path: Path) -> None:
    found = written(tmp_path, EDITION_2022)
    roles = {number.rstrip("."): role for number, _, role in EDITION_2022}
    assert {number: own for number, (_, own) in found.roles.items()} == roles


def test_roles_do_not_hang_on_numbers(tmp_path: Path) -> None:
    moved = [("1.", "Parter", ""), ("2.", "Kommunens åtaganden", ""), ("2.1", "Klimatmål 2030", ""),
             ("4.", "Myndigheternas gemensamma åtaganden", "")]  # fmt: skip
    assert [own for _, own in written(tmp_path, moved).roles.values()] == [
        "parties", "municipality", "climate-targets", "agencies",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Purpose", "purpose"),
        ("Parties", "parties"),
        ("Commitments of the municipality", "municipality"),
        ("Viable Cities' commitments", "programme"),
        ("Commitments by the agencies", "agencies"),
        ("The contract", "signing"),
        ("Gemensamt åtagande och partnerskap", "overall"),
        ("Klimatkontrakt 2030", "introduction"),
    ],
)
def test_headings_in_both_languages(tmp_path: Path, title: str, role: str) -> None:
    (own,) = written(tmp_path, [("1.", title, "")]).roles.values()
    assert own == (role, role)


def test_what_fits_no_edition_is_named(tmp_path: Path) -> None:
    found = written(tmp_path, [("1.", "Parter", ""), ("2.", "Fiske i sjön", "")])
    assert [section.title for section in found.unplaced()] == ["Fiske i sjön"]


def test_what_is_no_contract_is_refused_with_a_count(tmp_path: Path) -> None:
    found = written(tmp_path, [("1.", "Syfte", ""), ("2.", "Driftbudget", ""), ("3.", "Skatt", "")])
    with pytest.raises(DocumentError, match=r"does not look like .*: found 1 of 7 expected"):
        require_contract(found)
    require_contract(written(tmp_path, EDITION_2022))
