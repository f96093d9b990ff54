"""What each section of a Klimatkontrakt is about, told by its heading and never by its number.

The chapters moved between editions and cities add sections of their own; the headings stay alike.
A section without a known heading belongs to the chapter above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from klimatgraph.errors import DocumentError
from klimatgraph.reading.documents import Document, Passage, Section

# Role of a chapter or section, and the headings by which it goes, in Swedish and English, in all
# editions that are known. The first that fits counts, so the narrower ones stand first.
_CHAPTERS: Final = (
    ("annex-links", r"^(?:dokument|documents|länkar|links)\b|dokument som|länkar till dokument"
                    r"|länkar och dokument|links? to documents"
                    r"|relevant documents"),
    ("annex-map", r"omställningskarta|transition map"),
    ("agencies", r"myndighet\w*(?: gemensamma)? åtagande|\bagenc(?:y|ies)\b.*commitment"
                 r"|commitments? (?:of|by) the (?:government )?(?:agencies|authorities)"),
    ("programme", r"viable cities(?:['’]s?)? (?:åtagande|commitment)"
                  r"|commitments? (?:of|by) viable cities|programmets åtagande"),
    ("municipality", r"(?:kommun\w*|stad\w*|city['’]?s?|municipal\w*)\b.*\b(?:åtagande\w*"
                     r"|commitments?)"
                     r"|commitments? (?:of|by) the (?:city|municipality)"),
    ("overall", r"gemensamt åtagande|övergripande åtagande|(?:joint|common|overall"
                r"|shared) commitment\b"),
    ("parties", r"^(?:parter\w*|(?:the )?(?:contracting )?parties)\b"),
    ("purpose", r"^(?:syfte\w*|(?:the )?purpose|aim)\b"),
    ("strategic-projects", r"strategiska utvecklingsprojekt|strategic development projects"),
    ("joint-follow-up", r"gemensamt arbete (?:kring|med) uppföljning|(?:joint"
                        r"|common) (?:work on )?follow"),
    ("signing", r"^(?:kontraktet|underskrift\w*|undertecknande|the contract|signatures?)$"),
    ("introduction", r"^(?:klimatkontrakt 2030|climate city contract(?: 2030)?)$"),
    ("summary", r"^(?:sammanfattning|(?:english )?summary|executive summary)\b"),
)  # fmt: skip

_SECTIONS: Final = {
    "overall": (
        ("process-climate-analysis", r"klimatanalys|klimatberäkning|climate analys|calculation"),
        ("process-governance", r"governance|styrning"),
        ("process-finance", r"finansiering|financ"),
    ),
    "municipality": (
        ("joint-commitments", r"(?:åtagande\w*|commitments?) .*\b(?:andra kommuner|other (?:cities"
                              r"|municipalities)|mellan kommuner)|gemensamma åtagande"),
        ("climate-targets", r"klimatmål|climate (?:targets?|goals?)|målsättning"),
        ("investment-plan", r"investeringsplan|investment plan|finansiering|financ"),
        ("roadmap", r"färdplan|handlingsplan|strategi\b|strateg(?:y|ies)|road\s?map|action plan"),
        ("governing-documents", r"styrande dokument|governing documents|steering documents"),
        ("organisation", r"organisation|organization|ledning|leadership|management"),
        ("collaboration", r"samverkan|collaboration|cooperation"),
        ("digital-support", r"digital"),
        ("innovation-hub", r"innovations(?:nav|centrum)|innovation (?:hub|lab|cent)"),
        ("adaptation", r"klimatanpassning|adaptation"),
        ("mobility", r"mobilitet|mobility|transport"),
        ("reporting", r"rapportering|uppföljning|reporting|follow-up|monitoring"),
    ),
    "agencies": (("agency-commitment", r"."),),
    "programme": (("programme-commitment", r"."),),
    "strategic-projects": (("strategic-project", r"."),),
}  # fmt: skip

EXPECTED: Final = (
    "purpose", "parties", "municipality", "agencies", "programme", "climate-targets",
    "investment-plan",
)  # fmt: skip
"""What every edition of the contract has, under one heading or another."""

_ENOUGH: Final = 4


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of a document with their roles.

    Parameters
    ----------
    roles : dict of str to (str, str)
        For each number of a section its chapter's role and its own; ``"other"`` where the
        heading is not known.
    """

    document: Document
    roles: dict[str, tuple[str, str]]

    def role(self, passage: Passage) -> str:
        """The role of the section in which a passage stands."""
        return self.roles[passage.section][1]

    def chapter(self, passage: Passage) -> str:
        """The role of the chapter in which a passage stands."""
        return self.roles[passage.section][0]

    def passages(self, *roles: str, headings: bool = False) -> list[Passage]:
        """The passages of the sections or chapters with these roles, in reading order."""
        return [
            passage
            for passage in self.document.passages
            if (headings or passage.kind != "heading")
            and not set(self.roles[passage.section]).isdisjoint(roles)
        ]

    def sections(self, *roles: str) -> list[Section]:
        """The sections that have one of these roles themselves."""
        return [s for s in self.document.sections if self.roles[s.number][1] in roles]

    def unplaced(self) -> list[Section]:
        """Sections with a heading that no role fits."""
        return [s for s in self.document.sections if s.title and self.roles[s.number][1] == "other"]


def outline(document: Document) -> Outline:
    """Give each section of a document its role.

    Parameters
    ----------
    document : Document
        A document that was read.

    Returns
    -------
    Outline
        The roles.
    """
    roles: dict[str, tuple[str, str]] = {}
    chapter = "front"
    for section in document.sections:
        parent = section.number.rpartition(".")[0]
        if (
            not section.title
            and section.number.startswith("annex-")
            and _has_links(document, section)
        ):
            roles[section.number] = ("annex-links", "annex-links")
        elif not section.title:
            roles[section.number] = ("front", "front")
        elif parent and roles.get(parent, ("", ""))[0]:
            chapter = roles[parent][0]
            own = _match(section.title, _SECTIONS.get(chapter, ()))
            roles[section.number] = (chapter, own or "other")
        else:
            chapter = _match(section.title, _CHAPTERS) or "other"
            if chapter == "other" and not section.number[:1].isdigit():
                # A heading without a number, as in Markdown, may be one of a section.
                for outer, inner in _SECTIONS.items():
                    own = _match(section.title, inner) if len(inner) > 1 else None
                    if own:
                        roles[section.number] = (outer, own)
                        break
            roles.setdefault(section.number, (chapter, chapter))
    return Outline(document, roles)


def _has_links(document: Document, section: Section) -> bool:
    return any("http" in p.text for p in document.passages if p.section == section.number)


def _match(title: str, known: Sequence[tuple[str, str]]) -> str | None:
    folded = " ".join(title.casefold().split())
    return next((role for role, pattern in known if re.search(pattern, folded)), None)


def require_contract(found: Outline) -> None:
    """Refuse a document that is no Klimatkontrakt.

    Raises
    ------
    DocumentError
        With how many of the sections that every edition has were found.
    """
    present = {role for pair in found.roles.values() for role in pair}
    count = sum(role in present for role in EXPECTED)
    if count < _ENOUGH:
        raise DocumentError(
            f"{found.document.path.name} does not look like a Klimatkontrakt: found {count} of "
            f"{len(EXPECTED)} expected sections; give the contract itself"
        )
