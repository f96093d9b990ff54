"""Plans: priorities with their projects and partners, needs, strategies, and linked documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest
from typing import Final

from klimatgraph.reading.context import Context, List, tail
from klimatgraph.reading.documents import Passage
from klimatgraph.reading.facts import Candidate, Fact
from klimatgraph.reading.gazetteer import Mention
from klimatgraph.reading.numbers import quantities
from klimatgraph.reading.sentences import enumerated, sentences

_LEADS: Final = (
    ("priority",
     r"(?:strategisk\w* |prioriterade )(?:prioritering\w*|inriktning\w*|område\w*|insatsområd\w*)"
     r"|prioriterade (?:områden|insatser)"
     r"|prioritering\w*|(?:strategic )?priorit(?:y areas?|ies)"),
    ("financing-strategy",
     r"(?:finansier\w*|finansieringsgap\w*|financ\w*|funding)[^:]*(?:strateg\w*|kombination"
     r"|vägar|sätt|combination|ways|following)"
     r"|(?:strateg\w*|kombination|combination)[^:]*(?:finansier\w*|financ\w*|funding)"),
    ("investment-strategy", r"investeringsstrateg\w*|investment strateg\w*"),
    ("need", r"investeringsbehov\w*|investment needs?|behov av investering\w*"),
)  # fmt: skip
_ORDINAL: Final = re.compile(
    r"(?:Den\s+|The\s+)?(?:första|andra|tredje|fjärde|femte|sjätte|first|second|third|fourth|fifth)\s+"
    r"(?:strategiska\s+|strategic\s+)?(?:priorit\w+)\s+"
    r"(?:är|handlar om|gäller|avser|is|concerns)\s+"
    r"(?P<name>[^.,:;]+)",
    re.IGNORECASE,
)
_NEEDS: Final = re.compile(
    r"(?:investeringsbehov\w*|investment needs?)[^.:]*?\b(?:inkluderar|omfattar|utgörs av"
    r"|består av|är|gäller|finns inom"
    r"|include|comprise|are|concern)\s+(?P<list>[^.:]+)",
    re.IGNORECASE,
)
_COOPERATION: Final = re.compile(
    r"(?:samarbet\w*|samverkan|tillsammans|ihop|collaborat\w*|cooperat\w*|partnerskap\w*"
    r"|partnership"
    r"|together|jointly)\s+(?:mellan|between|med|with|of)\s+(?=[A-ZÅÄÖ])",
    re.IGNORECASE,
)
_TOGETHER: Final = re.compile(
    r"\s(?:samarbetar|samverkar|har (?:gått samman|ingått)|cooperates?|collaborates?)\b"
    r"|\s(?:arbetar|jobbar|utvecklar|tar|driver|works?)\b(?=[^.]*\b(?:tillsammans|ihop|gemensamt|together"
    r"|jointly)\b)",
    re.IGNORECASE,
)
_PURPOSE: Final = re.compile(
    r"\s+(?:för|om|kring|inom|on|for|to)\s[^.;]+?"
    r"(?=\s+(?:är|liksom|samt|som|vilket|is|are|as well as|which)\s|[.;]|$)",
    re.IGNORECASE,
)
_SCHOLARS: Final = re.compile(
    r"\b(?:universitet\w*|högskol\w*|lärosäte\w*|universit(?:y|ies)['’]?s?)\s+(?:arbete"
    r"|forskning|projekt|work|research)"
    r"\s+(?:med|om|kring|on|with)\s+(?P<what>[^.,;]+)",
    re.IGNORECASE,
)
_PROJECTS: Final = re.compile(
    r"\b(?:[Pp]rojekt(?:et|en)?|[Pp]rojects?|demonstrator\w*|satsningen)\s+(?:som|såsom|like"
    r"|such as|including|bl\.a\.|t\.ex\.)?\s*"
    r"(?P<names>[\"”“]?[A-ZÅÄÖ][^.;:()]*)"
)
_NAME: Final = re.compile(
    r"[\"”“»]?(?P<name>[A-ZÅÄÖ][\w&.+-]*(?:\s+(?:(?:for|of|för|i|in|the"
    r"|de)\s+)?[A-ZÅÄÖ0-9][\w&.+-]*)*)[\"”“«]?"
)
_JOINT: Final = re.compile(r"[\"”“«]?(?:,\s*(?:och\s+|and\s+)?|\s+(?:och|and|samt)\s+)")
_ADDRESS: Final = re.compile(r"https?://\S+", re.IGNORECASE)


def plans(context: Context) -> Iterator[Candidate]:
    """Read priorities, needs and strategies: lists, each with a lead that says what they are."""
    for found in context.lists:
        if context.outline.chapter(found.lead) != "municipality":
            continue
        kind = _kind(found)
        if kind is None or context.outline.role(found.lead) == "joint-commitments":
            continue
        for item in _with_heads(found.items, kind):
            name = _item_name(item, kind)
            yield Candidate(
                Fact.of(kind, name=name), (item, found.lead), item.text, f"{kind}-list",
                themes=context.themes(item, 0, len(name) + 4) or context.themes(item),
            )  # fmt: skip
            if kind == "priority":
                yield from _projects(context, item, name)
                yield from _partners(context, item, name)
    for name, items in _described(context):
        yield Candidate(
            Fact.of("priority", name=name), items, items[0].text, "priority-described",
            themes=context.themes(items[0]),
        )  # fmt: skip
        for item in items:
            yield from _projects(context, item, name)
            yield from _partners(context, item, name)
    yield from _needs(context)
    yield from _after_colons(context)


def _described(context: Context) -> Iterator[tuple[str, tuple[Passage, ...]]]:
    """Read priorities that are no list: each under a line of its own, or "the first one is ..."."""
    told = False
    passages = context.outline.passages("roadmap")
    for passage, after in zip_longest(passages, passages[1:]):
        if passage.kind != "paragraph":
            told = False
            continue
        if ordinal := _ORDINAL.match(passage.text):
            yield ordinal["name"].strip(), (passage,)
        elif told and after is not None and _is_title(passage) and not _is_title(after):
            yield passage.text.strip(), (passage, after)
        elif re.search(dict(_LEADS)["priority"], passage.text, re.IGNORECASE):
            told = True


def _is_title(passage: Passage) -> bool:
    return len(passage.text) < 70 and passage.text[-1:].isalnum()


def _after_colons(context: Context) -> Iterator[Candidate]:
    """Read needs and strategies that a sentence lists after a colon."""
    for passage in context.outline.passages("municipality"):
        if passage.kind != "paragraph" or context.outline.role(passage) == "joint-commitments":
            continue
        for sentence in sentences(passage.text):
            lead, colon, rest = sentence.text.partition(": ")
            kind = next((k for k, p in _LEADS if re.search(p, lead, re.IGNORECASE)), None)
            if not colon or kind is None or quantities(rest, context.language):
                continue
            for name, place in enumerated(rest.rstrip(".")):
                start = sentence.start + len(lead) + len(colon) + place
                yield Candidate(
                    Fact.of(kind, name=name), (passage,), sentence.text, f"{kind}-in-sentence",
                    themes=context.themes(passage, start, start + len(name)),
                )  # fmt: skip


def _kind(found: List) -> str | None:
    # What stands nearest to the colon tells; the sentence before it only where the last is short.
    for words in (found.sentence, found.lead.text):
        for kind, pattern in _LEADS:
            if re.search(pattern, words, re.IGNORECASE):
                return kind
    return None


def _with_heads(items: Sequence[Passage], kind: str) -> list[Passage]:
    """Give the rows of a table their heads, where nothing but its words tells the first row."""
    first = items[0]
    if first.header or not first.cells:
        return list(items)
    if not re.fullmatch(dict(_LEADS)[kind], first.cells[0].strip(), re.IGNORECASE):
        return list(items)
    return [replace(item, header=first.cells) for item in items[1:]]


def _item_name(item: Passage, kind: str) -> str:
    if item.cells:
        return item.cells[0].strip()
    text = item.text
    if kind == "priority":
        head = re.match(r"(.{3,90}?)(?:\.\s|:\s|\s[–—-]\s|$)", text)
        text = head[1] if head else text
    name = " ".join(text.split()).rstrip(".,;: ")
    return name.capitalize() if name.isupper() and len(name) > 12 else name


def _needs(context: Context) -> Iterator[Candidate]:
    """Read needs that are listed within a sentence."""
    for passage in context.outline.passages("investment-plan"):
        if passage.kind != "paragraph":
            continue
        for sentence in sentences(passage.text):
            match = _NEEDS.search(sentence.text)
            if match is None or sentence.text.endswith(":"):
                continue
            if quantities(match["list"], context.language):  # how much is needed, not what
                continue
            for name, start in enumerated(match["list"]):
                place = sentence.start + match.start("list") + start
                yield Candidate(
                    Fact.of("need", name=name), (passage,), sentence.text, "needs-in-sentence",
                    themes=context.themes(passage, place, place + len(name)),
                )  # fmt: skip


def _projects(context: Context, item: Passage, priority: str) -> Iterator[Candidate]:
    named = context.named(item, "project")
    seen: set[str] = set()

    def found(name: str, rule: str, confidence: str = "1") -> Iterator[Candidate]:
        key = name.casefold()
        if key not in seen:
            seen.add(key)
            fact = Fact.of("priority-project", priority=priority, project=name)
            yield Candidate(fact, (item,), name, rule, Decimal(confidence))

    for mention in named:
        yield from found(mention.words, "project-known")
    kinds = ("project", "party", "instrument", "initiative", "theme", "document")
    spans = [(m.start, m.end) for m in context.named(item, *kinds)]
    for match in _PROJECTS.finditer(item.text):
        for name, start, end in _names(item.text, match.start("names"), match.end("names")):
            if not any(a < end and start < b for a, b in spans if b - a > 3):
                yield from found(name, "project-named", "0.8")
    for name, start, end in _columns(item, r"\bprojekt|\bproject"):
        if not any(a < end and start < b for a, b in spans):
            yield from found(name, "project-column", "0.9")
    for partners in _cooperations(item.text, context.named(item, "party")):
        begin, end = partners[0][1], partners[-1][2]
        purpose = _PURPOSE.match(item.text, end)
        if purpose and len(partners) > 1:
            yield from found(item.text[begin : purpose.end()], "cooperation", "0.9")
    for match in _SCHOLARS.finditer(item.text):
        yield from found(match[0], "work-of-universities", "0.8")


def _names(
    text: str, start: int, end: int, known: Iterable[Mention] = ()
) -> Iterator[tuple[str, int, int]]:
    """The names in a list "A, B och C" that begins here; what is lower case ends it.

    A name that is known may hold words in lower case, such as "Karlstads universitet".
    """
    whole = {m.start: m.end for m in known}
    place = start
    while place < end:
        if place in whole:
            begin, stop = place, whole[place]
        elif match := _NAME.match(text, place, end):
            begin, stop = match.span("name")
        else:
            return
        yield text[begin:stop], begin, stop
        joint = _JOINT.match(text, stop)
        if joint is None:
            return
        place = joint.end()


def _cooperations(text: str, known: Sequence[Mention]) -> Iterator[list[tuple[str, int, int]]]:
    """The names that a text says work together, each list with places."""
    for match in _COOPERATION.finditer(text):
        names = list(_names(text, match.end(), len(text), known))
        if names:
            yield names
    for match in _TOGETHER.finditer(text):
        begin = max(text.rfind(sign, 0, match.start()) for sign in (". ", ": ", "; ")) + 2
        names = list(_names(text, max(begin, 0), match.start(), known))
        if len(names) > 1 and names[-1][2] == match.start():
            yield names


def _columns(item: Passage, pattern: str) -> Iterator[tuple[str, int, int]]:
    """The names in the cells of a table's columns whose head says what they hold."""
    place = 0
    for head, cell in zip(item.header, item.cells, strict=False):
        if re.search(pattern, head, re.IGNORECASE):
            for name, _ in enumerated(cell):
                start = item.text.find(name, place)
                if start >= 0 and any(c.isalnum() for c in name):
                    yield name, start, start + len(name)
        place += len(cell)


def _partners(context: Context, item: Passage, priority: str) -> Iterator[Candidate]:
    """Read partners: organisations that an item says work together, and those that it names."""
    known = context.named(item, "party")
    seen: set[str] = set()
    told = [
        *_cooperations(item.text, known),
        list(_columns(item, r"part(?:er|ners?)\b|samarbet|aktör")),
    ]
    for partners in told:
        for name, start, end in partners:
            same = [m for m in known if m.start < end and start < m.end]
            partner = same[0].words if same else name
            if partner not in seen:
                seen.add(partner)
                fact = Fact.of("priority-partner", priority=priority, partner=partner)
                sure = Decimal(1) if same else Decimal("0.8")
                yield Candidate(fact, (item,), item.text[start:end], "cooperation", sure)
    for mention in known:
        # An organisation that a priority names works on it; cities and agencies may be told of.
        if tail(mention.iri).startswith("organisation/") and mention.words not in seen:
            seen.add(mention.words)
            fact = Fact.of("priority-partner", priority=priority, partner=mention.words)
            yield Candidate(fact, (item,), mention.words, "organisation-named", Decimal("0.9"))


def links(context: Context) -> Iterator[Candidate]:
    """Read linked documents: addresses with the titles they go by.

    Where titles and addresses stand apart, as PDF readers give them, they are paired by order if
    there are as many of one as of the other.
    """
    places = context.outline.passages("annex-links")
    addresses = [(p, _address(p.text)) for p in places if _ADDRESS.match(p.text)]
    titles = [p for p in places if p.kind in ("bullet", "row") and not _ADDRESS.search(p.text)]
    given = {link.address: link.title for link in context.document.links}
    paired = len(titles) == len(addresses)
    for index, (passage, address) in enumerate(addresses):
        title = _title(titles[index].text) if paired else given.get(address)
        where = (titles[index], passage) if paired else (passage,)
        fact = Fact.of("link", address=address, title=title)
        yield Candidate(
            fact, where, address, "link-list", Decimal("0.95") if paired else Decimal(1)
        )
    for passage in places:
        inside = [] if _ADDRESS.match(passage.text) else list(_ADDRESS.finditer(passage.text))
        for match in inside:
            title = _title(passage.text[: match.start()])
            fact = Fact.of("link", address=match[0].rstrip(".,;)"), title=title or None)
            yield Candidate(fact, (passage,), passage.text, "link-with-title")
    known = {address for _, address in addresses}
    for link in context.document.links:
        holder = next((p for p in places if link.title and link.title in p.text), None)
        if holder and link.address not in known and not _ADDRESS.search(holder.text):
            known.add(link.address)
            fact = Fact.of("link", address=link.address, title=_title(link.title))
            yield Candidate(fact, (holder,), holder.text, "link-of-document")


def _address(text: str) -> str:
    """An address on one line; blanks that PDF readers left in it are written as %20."""
    return text.strip().replace(" ", "%20")


def _title(text: str) -> str:
    return re.sub(r"\s*(?:[:–—-]\s*|\()\s*$", "", " ".join(text.split())).rstrip(" .,;:")
