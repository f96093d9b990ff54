"""An explanation: what the graph says of a node, as text, HTML or dict."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any, Final

from klimatgraph.rows import Entity, Source

WORDS: Final = {
    "sv": {
        "facts": "Uppgifter",
        "derived": "härlett",
        "evidence": "Källor",
        "section": "avsnitt",
        "page": "sida",
        "digest": "kontrollsumma",
        "confidence": "Säkerhet",
        "basis": "Grund",
        "note": "Anmärkning",
        "premises": "Följer av",
        "ask": "varför, med källor, säger explain med egenskap och den andra saken",
        "none": "ingen källa angiven",
    },
    "en": {
        "facts": "Facts",
        "derived": "derived",
        "evidence": "Sources",
        "section": "section",
        "page": "page",
        "digest": "digest",
        "confidence": "Confidence",
        "basis": "Basis",
        "note": "Note",
        "premises": "Follows from",
        "ask": "why, with sources, explain tells when given the property and the other thing",
        "none": "no source given",
    },
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the graph says of a node.

    Parameters
    ----------
    property
        The property, in words.
    value
        The value, in words.
    property_iri
        IRI of the property.
    value_iri
        IRI of the value; None when the value is a text, number or date.
    derived
        Whether it follows from a rule, and no source says it outright.
    """

    property: str
    value: str
    property_iri: str
    value_iri: str | None
    derived: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the graph says of a node, and why.

    Parameters
    ----------
    iri, label
        The node.
    types
        Its classes, in words.
    facts
        What is said of it, by property.
    evidence
        The passages and documents that say so.
    confidence
        A number below 1 when it was inferred; None when the sources say it outright.
    comment
        The basis of the inference, or a remark.
    premises
        The statements that it was derived from.
    lang
        Language of the words, "sv" or "en".
    """

    iri: str
    label: str
    types: tuple[str, ...]
    facts: tuple[Fact, ...]
    evidence: tuple[Source, ...]
    confidence: float | None = None
    comment: str | None = None
    premises: tuple[Entity, ...] = ()
    lang: str = "sv"

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain dicts, lists, strings and numbers."""
        return {
            "iri": self.iri,
            "label": self.label,
            "types": list(self.types),
            "facts": [
                {
                    "property": fact.property,
                    "value": fact.value,
                    "property_iri": fact.property_iri,
                    "value_iri": fact.value_iri,
                    "derived": fact.derived,
                }
                for fact in self.facts
            ],
            "sources": [source.to_dict() for source in self.evidence],
            "confidence": self.confidence,
            "comment": self.comment,
            "premises": [_entity_dict(premise) for premise in self.premises],
        }

    def __str__(self) -> str:
        words = WORDS[self.lang]
        kinds = f" ({', '.join(self.types)})" if self.types else ""
        lines = [f"{self.label}{kinds}", self.iri]
        lines += [f"  {self._fact_line(fact)}" for fact in self.facts]
        lines += [f"{name}: {text}" for name, text in self._grounds()]
        lines.append(f"{words['evidence']}:" if self.evidence else words["none"])
        for source in self.evidence:
            lines.append(f"  {self._place(source)}")
            if source.address:
                lines.append(f"    {source.address}")
            if source.digest:
                lines.append(f"    {words['digest']} {source.digest}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        words = WORDS[self.lang]
        kinds = f" ({', '.join(self.types)})" if self.types else ""
        facts = "".join(
            f"<tr><th>{html.escape(fact.property)}</th><td>{html.escape(self._value(fact))}</td></tr>"
            for fact in self.facts
        )
        grounds = "".join(
            f"<p>{html.escape(name)}: {html.escape(text)}</p>" for name, text in self._grounds()
        )
        items = "".join(f"<li>{self._source_html(source)}</li>" for source in self.evidence)
        listed = f"<ul>{items}</ul>" if items else f"<p>{html.escape(words['none'])}</p>"
        return (
            f"<div><p><b>{html.escape(self.label)}</b>{html.escape(kinds)}<br>"
            f"<small>{html.escape(self.iri)}</small></p><table>{facts}</table>{grounds}"
            f"<p>{html.escape(words['evidence'])}</p>{listed}</div>"
        )

    def _value(self, fact: Fact) -> str:
        return f"{fact.value} ({WORDS[self.lang]['derived']})" if fact.derived else fact.value

    def _fact_line(self, fact: Fact) -> str:
        return f"{fact.property}: {self._value(fact)}"

    def _grounds(self) -> list[tuple[str, str]]:
        words = WORDS[self.lang]
        inferred = self.confidence is not None
        grounds: list[tuple[str, str]] = []
        if self.confidence is not None:
            grounds.append((words["confidence"], f"{self.confidence:g}"))
        if self.comment:
            grounds.append((words["basis" if inferred else "note"], self.comment))
        grounds += [(words["premises"], premise.label) for premise in self.premises]
        if any(fact.derived for fact in self.facts):
            grounds.append((words["derived"], words["ask"]))
        return grounds

    def _place(self, source: Source) -> str:
        words = WORDS[self.lang]
        parts = [source.title]
        if source.section:
            parts.append(f"{words['section']} {source.section}")
        if source.page is not None:
            parts.append(f"{words['page']} {source.page}")
        return ", ".join(parts)

    def _source_html(self, source: Source) -> str:
        place = html.escape(self._place(source))
        address = source.address or ""
        if address.startswith(("https://", "http://")):
            place = f'<a href="{html.escape(address)}">{place}</a>'
        if source.digest:
            place += f" <small>{html.escape(source.digest)}</small>"
        return place


def _entity_dict(entity: Entity) -> dict[str, str]:
    return {"iri": entity.iri, "label": entity.label}
