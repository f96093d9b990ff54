"""The decisions of a person, in a file for any spreadsheet: accept, change or drop.

One row a candidate. ``decision`` is ``accept``, ``drop``, ``change`` or nothing; ``change`` gives
the fields to replace, such as ``year=2035; value=80``, and a field without a value, ``value=``,
takes it away.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from klimatgraph.errors import InputError
from klimatgraph.proposals.model import Proposal, Proposed
from klimatgraph.reading.facts import KINDS, Fact

DECISIONS: Final = ("", "accept", "drop", "change")
COLUMNS: Final = (
    "key", "decision", "change", "kind", "reading", "quote", "page", "section", "paragraph",
    "rule", "confidence",
)  # fmt: skip
# A spreadsheet would compute a cell that begins with one of these.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of one candidate."""

    decision: str
    change: str = ""


def to_csv(proposal: Proposal, decisions: Mapping[str, Decision]) -> str:
    """Write the file of decisions.

    Parameters
    ----------
    proposal : Proposal
        What was read.
    decisions : mapping of str to Decision
        What was decided before, by key. Decisions of candidates that are no longer read are
        kept at the end, so that nothing a person wrote is lost.

    Returns
    -------
    str
        CSV with a header.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in proposal.items:
        made = decisions.get(item.key, Decision(""))
        section, ordinal = item.places[0] if item.places else ("", 0)
        page = proposal.place(section, ordinal).page if item.places else None
        cells = (
            item.key, made.decision, made.change, item.fact.kind, reading(item.fact), item.quote,
            "" if page is None else str(page), section, str(ordinal), item.rule,
            str(item.confidence),
        )  # fmt: skip
        writer.writerow([_safe(cell) for cell in cells])
    known = {item.key for item in proposal.items}
    for key in sorted(set(decisions) - known):
        made = decisions[key]
        writer.writerow([key, made.decision, _safe(made.change), *[""] * (len(COLUMNS) - 3)])
    return stream.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def reading(fact: Fact) -> str:
    """Write a fact as ``name=value; name=value``, the form in which it can be changed."""
    return "; ".join(f"{name}={value}" for name, value in fact.fields)


def from_csv(text: str, where: str = "review.csv") -> dict[str, Decision]:
    """Read the file of decisions.

    Parameters
    ----------
    text : str
        CSV, with commas or, as spreadsheets in Sweden save it, semicolons.
    where : str
        Name of the file, for messages.

    Returns
    -------
    dict of str to Decision
        By key, decided ones only.

    Raises
    ------
    InputError
        If a column is missing or a decision is none; with the line.
    """
    text = text.lstrip("\ufeff")
    delimiter = ";" if text.split("\n", 1)[0].count(";") > 2 else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    missing = {"key", "decision", "change"} - set(rows.fieldnames or ())
    if missing:
        raise InputError(f"{where} has no column {', '.join(sorted(missing))}: keep its first line")
    made: dict[str, Decision] = {}
    try:
        for number, row in enumerate(rows, start=2):
            key, said = (row["key"] or "").strip(), (row["decision"] or "").strip().lower()
            change = (row["change"] or "").strip().lstrip("'")
            if said not in DECISIONS:
                raise InputError(
                    f"{where}, line {number}: no decision '{said}': write accept, drop or change"
                )
            if change and not said:
                said = "change"
            if said == "change" and not change:
                raise InputError(
                    f"{where}, line {number}: a change without fields: write, say, year=2035"
                )
            if key and said:
                made[key] = Decision(said, change if said == "change" else "")
    except csv.Error as error:
        raise InputError(f"{where} is no CSV ({error}): save it as CSV") from None
    return made


def decided(
    proposal: Proposal, decisions: Mapping[str, Decision], min_confidence: Decimal = Decimal(0)
) -> list[Proposed]:
    """Apply decisions: the candidates that hold, changed as a person said.

    Parameters
    ----------
    proposal : Proposal
        What was read.
    decisions : mapping of str to Decision
        By key.
    min_confidence : Decimal
        Candidates less sure than this are left out, unless a person accepted or changed them.

    Returns
    -------
    list of Proposed
        In the order of the proposal. Who accepted or changed one vouches for it: its
        confidence is 1.

    Raises
    ------
    InputError
        If a change names a field that the kind of fact does not have.
    """
    kept: list[Proposed] = []
    for item in proposal.items:
        made = decisions.get(item.key, Decision(""))
        if made.decision == "drop":
            continue
        if made.decision == "change":
            kept.append(replace(item, fact=_changed(item, made.change), confidence=Decimal(1)))
        elif made.decision == "accept":
            kept.append(replace(item, confidence=Decimal(1)))
        elif item.confidence >= min_confidence:
            kept.append(item)
    return kept


def _changed(item: Proposed, change: str) -> Fact:
    fields: dict[str, str | None] = dict(item.fact.fields)
    for part in filter(None, (p.strip() for p in change.split(";"))):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or name not in KINDS[item.fact.kind]:
            raise InputError(
                f"candidate {item.key}: no change '{part}': a {item.fact.kind} has "
                f"{', '.join(KINDS[item.fact.kind])}; write name=value"
            )
        fields[name] = value or None
    return Fact.from_mapping(item.fact.kind, fields)


def unknown(proposal: Proposal, decisions: Iterable[str]) -> list[str]:
    """Keys that were decided on and are no longer read."""
    known = {item.key for item in proposal.items}
    return sorted(set(decisions) - known)
