"""What was read, for people: the words of the document beside the reading."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from klimatgraph.proposals.model import Proposal, Proposed
from klimatgraph.proposals.review import Decision, unknown
from klimatgraph.proposals.wording import Wording, both, both_of
from klimatgraph.rows import Column, Rows, shown
from klimatgraph.terms import thing
from klimatgraph.validation import Report

_CODES: Final = {
    "target": "target-kind", "scope": "scope", "sector": "sector", "unit": "unit",
    "indicator": "indicator", "field": "field-of-action",
}  # fmt: skip
_STATUS: Final = {"adoption": "adoption-status", "target": "target-status"}
_THINGS: Final = ("city", "party", "about", "thing")
_SAID: Final = {
    "municipality": ("kommun", "municipality"),
    "agency": ("myndighet", "agency"),
    "programme": ("program", "programme"),
    "governance": ("styrning, ledning och policy", "governance and policy"),
    "climate-analysis": ("klimatanalys och klimatberäkningar", "climate analysis and calculations"),
    "finance": ("finansiering", "finance"),
}
_KINDS: Final = {
    "contract": ("Kontraktet", "The contract"),
    "party": ("Parter", "Parties"),
    "overall": ("Övergripande åtagande", "Overall commitment"),
    "process": ("Utvecklingsprocesser", "Development processes"),
    "adoption": ("Gemensamma åtaganden", "Joint commitments"),
    "offer": ("Inbjudningar till samarbete", "Offers of collaboration"),
    "target": ("Mål", "Targets"),
    "emission": ("Utsläpp", "Emissions"),
    "estimate": ("Andelar och belopp", "Shares and amounts"),
    "priority": ("Strategiska prioriteringar", "Strategic priorities"),
    "priority-project": ("Projekt i prioriteringarna", "Projects of the priorities"),
    "priority-partner": ("Samarbetsparter", "Partners"),
    "need": ("Investeringsbehov", "Investment needs"),
    "investment-strategy": ("Investeringsstrategier", "Investment strategies"),
    "financing-strategy": ("Finansieringsstrategier", "Financing strategies"),
    "agency-commitment": ("Myndigheternas åtaganden", "Commitments of the agencies"),
    "programme-commitment": ("Programmets åtaganden", "Commitments of the programme"),
    "action": ("Åtgärder", "Actions"),
    "action-figure": ("Åtgärdernas kostnader och minskningar", "Costs and reductions of actions"),
    "gap": ("Utsläppsgap", "Emission gap"),
    "indicator": ("Indikatorer", "Indicators"),
    "indicator-value": ("Indikatorernas värden", "Values of indicators"),
    "policy": ("Planer och styrdokument", "Policies and plans"),
    "signatory": ("Undertecknare", "Signatories"),
    "funding": ("Planerad finansiering", "Planned funding"),
    "link": ("Länkade dokument", "Linked documents"),
    "mention": ("Omnämnanden", "Mentions"),
}  # fmt: skip
_WORDS: Final[dict[str, dict[str, str]]] = {
    "sv": {
        "file": "Läst ur {file}",
        "reading": "läsning", "quote": "dokumentets ord", "place": "ställe", "rule": "regel",
        "confidence": "säkerhet", "decision": "beslut", "kind": "slag", "key": "nyckel",
        "unlinked": "Namn som grafen inte känner", "unplaced": "Rubriker utan plats i mallen",
        "page": "s. {page}, ", "none": "Inga.",
        "check": "Kontroll mot formerna", "gone": "Beslut om läsningar som inte längre görs",
        "accept": "godkänd", "drop": "struken", "change": "ändrad", "": "",
    },
    "en": {
        "file": "Read from {file}",
        "reading": "reading", "quote": "words of the document", "place": "place", "rule": "rule",
        "confidence": "confidence", "decision": "decision", "kind": "kind", "key": "key",
        "unlinked": "Names that the graph does not know",
        "unplaced": "Headings without a place in the template",
        "page": "p. {page}, ", "none": "None.",
        "check": "Check against the shapes", "gone": "Decisions on readings no longer made",
        "accept": "accepted", "drop": "dropped", "change": "changed", "": "",
    },
}  # fmt: skip
_LONGEST: Final = 240
_STYLE: Final = (
    "body{font:16px/1.45 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem;"
    "color:#1b2733;background:#fff}table{border-collapse:collapse;width:100%;margin:.4rem 0 1.6rem}"
    "td,th{border-bottom:1px solid #d5dde3;padding:.35rem .6rem;text-align:left;vertical-align:top}"
    "td:first-child{width:34%}td:nth-child(2){width:40%;color:#38495a}blockquote{margin:0}"
    ".low{background:#fff4d6}.drop{text-decoration:line-through;opacity:.6}"
    "small{color:#5a6b7b}pre{white-space:pre-wrap}"
)


def describe(item: Proposed, wording: Wording, lang: str) -> str:
    """Tell a fact in words: codes and things by their labels.

    Parameters
    ----------
    item : Proposed
        The candidate.
    wording : Wording
        Labels of the graph.
    lang : {"sv", "en"}
        The language.

    Returns
    -------
    str
        Its fields, parted by middle dots.
    """
    at = 0 if lang == "sv" else 1
    words: list[str] = []
    for name, value in item.fact.fields:
        scheme = _CODES.get(name)
        if name == "status":
            scheme = _STATUS.get(item.fact.kind, "value-status")
        if name == "unit" and words:
            words[-1] += f" {wording.labels(thing('code', 'unit', value).value)[at]}"
        elif name == "value":
            words.append(_number(value, lang))
        elif name == "max":
            words[-1] += f"–{_number(value, lang)}"
        elif scheme:
            words.append(wording.labels(thing("code", scheme, value).value)[at])
        elif name in _THINGS:
            words.append(wording.labels(thing(*value.split("/")).value)[at])
        elif name in ("role", "process"):
            words.append(_SAID[value][at] if value in _SAID else value)
        elif name == "base-year":
            words.append(f"{'jämfört med' if at == 0 else 'compared with'} {value}")
        else:
            words.append(value)
    if item.fact.kind == "action" and item.themes:
        labels = (wording.labels(thing(*theme.split("/")).value)[at] for theme in item.themes)
        words.append(f"{('tema', 'theme')[at]}: {', '.join(labels)}")
    return " · ".join(words)


def _title(proposal: Proposal, lang: str) -> str:
    titles = both_of(proposal.framework, "title", city=proposal.city_name, edition=proposal.edition)
    return titles[0 if lang == "sv" else 1]


def _number(value: str, lang: str) -> str:
    try:
        number = float(value)
    except ValueError:  # as a person wrote it
        return value
    return shown(int(number) if number.is_integer() else number, lang)


def _place(proposal: Proposal, item: Proposed, lang: str) -> str:
    if not item.places:
        return ""
    place = proposal.place(*item.places[0])
    words = _WORDS[lang]
    page = words["page"].format(page=place.page) if place.page is not None else ""
    kind = "heading" if place.ordinal == 0 else "passage"
    named = both(kind, section=place.section, ordinal=str(place.ordinal))[0 if lang == "sv" else 1]
    return page + named[0].lower() + named[1:]


def _short(quote: str) -> str:
    return quote if len(quote) <= _LONGEST else f"{quote[:_LONGEST].rsplit(' ', 1)[0]} …"


def as_rows(
    proposal: Proposal, decisions: Mapping[str, Decision], wording: Wording, lang: str
) -> Rows:
    """Give the candidates as rows, with the words that say them.

    Parameters
    ----------
    proposal : Proposal
        What was read.
    decisions : mapping of str to Decision
        What a person decided, by key.
    wording : Wording
        Labels of the graph.
    lang : {"sv", "en"}
        The language.

    Returns
    -------
    Rows
        Columns kind, reading, quote, place, rule, confidence, decision, key.
    """
    words, at = _WORDS[lang], 0 if lang == "sv" else 1
    names = ("kind", "reading", "quote", "place", "rule", "confidence", "decision", "key")
    rows: list[dict[str, Any]] = [
        {
            "kind": _KINDS[item.fact.kind][at],
            "reading": describe(item, wording, lang),
            "quote": _short(item.quote),
            "place": _place(proposal, item, lang),
            "rule": item.rule,
            "confidence": item.confidence,
            "decision": words[decisions.get(item.key, Decision("")).decision],
            "key": item.key,
            "sources": (),
        }
        for item in proposal.items
    ]
    title = _title(proposal, lang)
    columns = tuple(Column(name, words[name]) for name in names)
    return Rows(name="read", question=title, columns=columns, rows=rows, lang=lang)


def _groups(proposal: Proposal) -> list[tuple[str, list[Proposed]]]:
    return [(k, list(items)) for k, items in groupby(proposal.items, lambda i: i.fact.kind)]


def as_text(
    proposal: Proposal,
    decisions: Mapping[str, Decision],
    wording: Wording,
    lang: str,
    checked: Report | None = None,
) -> str:
    """Write the report for a terminal: each reading with its place, and beneath it the words."""
    words, at = _WORDS[lang], 0 if lang == "sv" else 1
    lines = [_title(proposal, lang),
             words["file"].format(file=proposal.file)]  # fmt: skip
    for kind, items in _groups(proposal):
        lines += ["", f"{_KINDS[kind][at]} ({len(items)})"]
        if kind == "mention":
            lines += _mention_lines(items, wording, at)
            continue
        for item in items:
            made = words[decisions.get(item.key, Decision("")).decision]
            marks = [_place(proposal, item, lang), *([made] if made else [])]
            if item.confidence < 1:
                marks.append(f"{words['confidence']} {item.confidence}")
            lines.append(f"  {describe(item, wording, lang)}  [{'; '.join(filter(None, marks))}]")
            lines.append(
                f"      ”{_short(item.quote)}”" if at == 0 else f'      "{_short(item.quote)}"'
            )
    gone = unknown(proposal, decisions)
    if gone:
        lines += ["", f"{words['gone']}: {', '.join(gone)}"]
    lines += ["", f"{words['unlinked']} ({len(proposal.unlinked)})"]
    lines += [f"  {', '.join(w for w, _, _ in proposal.unlinked)}"] if proposal.unlinked else []
    if proposal.unplaced:
        lines += ["", words["unplaced"]]
        lines += [f"  {number} {title}" for number, title in proposal.unplaced]
    if checked is not None:
        lines += ["", f"{words['check']}: {checked.summary(lang)}"]
        lines += [f"  {finding.message(lang)}" for finding in checked.of("violation")[:10]]
    return "\n".join(lines) + "\n"


def _mention_lines(items: Sequence[Proposed], wording: Wording, at: int) -> list[str]:
    wording.prepare(thing(*i.fact["thing"].split("/")).value for i in items)
    counts: dict[str, int] = {}
    for item in items:
        label = wording.labels(thing(*item.fact["thing"].split("/")).value)[at]
        counts[label] = counts.get(label, 0) + 1
    listed = [f"{name} {n}" if n > 1 else name for name, n in sorted(counts.items())]
    return [f"  {', '.join(listed)}"]


def as_markdown(
    proposal: Proposal, decisions: Mapping[str, Decision], wording: Wording, lang: str
) -> str:
    """Write the report as Markdown: a table for each kind of fact."""
    words, at = _WORDS[lang], 0 if lang == "sv" else 1
    lines = [f"# {_title(proposal, lang)}", "",
             words["file"].format(file=f"`{proposal.file}`"), ""]  # fmt: skip
    head = ("reading", "quote", "place", "confidence", "decision")
    for kind, items in _groups(proposal):
        lines += [f"## {_KINDS[kind][at]} ({len(items)})", ""]
        lines += ["| " + " | ".join(words[h] for h in head) + " |", "| --- " * len(head) + "|"]
        for item in items:
            cells = (describe(item, wording, lang), _short(item.quote),
                     _place(proposal, item, lang), str(item.confidence),
                     words[decisions.get(item.key, Decision("")).decision])  # fmt: skip
            lines.append("| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |")
        lines.append("")
    lines += [f"## {words['unlinked']}", "", ", ".join(w for w, _, _ in proposal.unlinked)
              or words["none"], "", f"## {words['unplaced']}", ""]  # fmt: skip
    lines += [f"- {number} {title}" for number, title in proposal.unplaced] or [words["none"]]
    return "\n".join(lines) + "\n"


def as_html(
    proposal: Proposal, decisions: Mapping[str, Decision], wording: Wording, lang: str
) -> str:
    """Write the report as one page of HTML that needs no network."""
    words, at = _WORDS[lang], 0 if lang == "sv" else 1
    title = html.escape(_title(proposal, lang))
    parts = [
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{title}</title>',
        f"<style>{_STYLE}</style><h1>{title}</h1>",
        f"<p>{html.escape(words['file'].format(file=proposal.file))}</p>",
    ]
    head = "".join(f"<th>{words[h]}</th>" for h in ("reading", "quote", "place", "decision"))
    for kind, items in _groups(proposal):
        parts.append(f"<h2>{_KINDS[kind][at]} ({len(items)})</h2><table><tr>{head}</tr>")
        for item in items:
            made = decisions.get(item.key, Decision("")).decision
            sort = "drop" if made == "drop" else "low" if item.confidence < Decimal(1) else ""
            sure = f" <small>{item.confidence}</small>" if item.confidence < 1 else ""
            parts.append(
                f'<tr class="{sort}"><td>{html.escape(describe(item, wording, lang))}{sure}</td>'
                f"<td><blockquote>{html.escape(_short(item.quote))}</blockquote></td>"
                f"<td>{html.escape(_place(proposal, item, lang))}<br>"
                f"<small>{html.escape(item.rule)} · {item.key}</small></td>"
                f"<td>{words[made]}</td></tr>"
            )
        parts.append("</table>")
    names = html.escape(", ".join(w for w, _, _ in proposal.unlinked) or words["none"])
    parts.append(f"<h2>{words['unlinked']}</h2><p>{names}</p><h2>{words['unplaced']}</h2>")
    listed = "".join(f"<li>{html.escape(f'{n} {t}')}</li>" for n, t in proposal.unplaced)
    parts.append(f"<ul>{listed}</ul>" if listed else f"<p>{words['none']}</p>")
    return "".join(parts) + "</html>\n"
