"""The reader for Climate City Contracts: from a document to what it says, with its passages.

Examples
--------
>>> import klimatgraph as kg, pathlib, tempfile
>>> text = '''# Climate City Contract of Lund
... # Module A-1 Baseline inventory
... # Module A-2 Policies
... # Module B-2 Portfolio
... | Action outline | Action name | Solar roofs |
... | --- | --- | --- |
... |  | Field of action | Energy systems |
... |  | Total costs | 5 MEUR |
... '''
>>> with tempfile.TemporaryDirectory() as folder:
...     path = pathlib.Path(folder, "lund.md")
...     _ = path.write_text(text, encoding="utf-8")
...     reading = read_ccc(path, kg.load().engine)
>>> reading.city, [c.fact["name"] for c in reading.candidates if c.fact.kind == "action"]
('city/se/lund', ['Solar roofs'])
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from os import PathLike
from typing import Final

from klimatgraph.engines.base import Engine
from klimatgraph.errors import DocumentError
from klimatgraph.lookup import Lookup
from klimatgraph.reading.ccc.actions import Action
from klimatgraph.reading.ccc.choosing import actions
from klimatgraph.reading.ccc.gap import gap
from klimatgraph.reading.ccc.identity import city_of
from klimatgraph.reading.ccc.indicators import indicators
from klimatgraph.reading.ccc.inventory import inventory
from klimatgraph.reading.ccc.investment import investment
from klimatgraph.reading.ccc.mentions import mentions
from klimatgraph.reading.ccc.modules import modules_of
from klimatgraph.reading.ccc.policies import policies
from klimatgraph.reading.ccc.signatories import signatories
from klimatgraph.reading.ccc.source import Source
from klimatgraph.reading.ccc.targets import targets
from klimatgraph.reading.ccc.themes import ActionThemes
from klimatgraph.reading.ccc.values import is_yearly
from klimatgraph.reading.context import tail
from klimatgraph.reading.documents import Document, read
from klimatgraph.reading.facts import Candidate, Fact, measured
from klimatgraph.reading.gathering import Reading, label_of, merged
from klimatgraph.reading.gazetteer import Gazetteer
from klimatgraph.reading.numbers import Quantity
from klimatgraph.reading.outline import outline, require_contract
from klimatgraph.terms import ID

FRAMEWORK: Final = "climate-city-contract"
EDITION: Final = "EU"
"""Label of the edition: these contracts are published without one."""

_ENOUGH: Final = 3
"""Modules of the template that a Climate City Contract has at least."""
# Neither the 2 of CO2 nor that of "see M.2" is a number that the source gives.
_NUMBER: Final = re.compile(r"(?<![\w.])\d")
_SPOKEN: Final = re.compile(r"\b(?:climate city contract|climate neutrality action plan)", re.I)
_FRONT: Final = 20_000
"""Signs at the beginning among which a document says what it is."""


def is_ccc(document: Document) -> bool:
    """Whether a document is a Climate City Contract.

    It has modules of the template, or calls itself one and is no Klimatkontrakt, which has that
    name in English, too.
    """
    if len(set(modules_of(document.passages)) - {""}) >= _ENOUGH:
        return True
    if _SPOKEN.search(document.text[:_FRONT]) is None:
        return False
    with suppress(DocumentError):
        require_contract(outline(document))
        return False
    return True


def read_ccc(
    path: str | PathLike[str] | Document,
    engine: Engine,
    *,
    city: str | None = None,
    gazetteer: Gazetteer | None = None,
    themes: ActionThemes | None = None,
) -> Reading:
    """Read a Climate City Contract.

    Parameters
    ----------
    path : path or Document
        A Markdown, text or PDF file, or a document that was read from one.
    engine : Engine
        The graph whose cities, projects, instruments, initiatives and themes are looked for.
    city : str, optional
        Whose contract it is: a name, code or IRI, where the document does not say it plainly.
    gazetteer : Gazetteer, optional
        The names of `engine`; give it when several documents are read.
    themes : ActionThemes, optional
        The measures of `engine`; likewise.

    Returns
    -------
    Reading
        What was found.

    Raises
    ------
    DocumentError
        If the document cannot be read, has no module of the template, or names no city.
    UnknownName
        If `city` names no city of the graph.
    """
    document = path if isinstance(path, Document) else read(path)
    if not is_ccc(document):
        raise DocumentError(
            f"{document.path.name} has no modules A-1 to C-3 of a Climate City Contract and does "
            "not call itself one: give the contract with its action plan"
        )
    names = gazetteer or Gazetteer.of(engine)
    which = tail(Lookup(engine).find("city", city).value) if city else city_of(document, engine)
    source = Source.of(document)
    measures = themes or ActionThemes.of(engine)
    facts = merged([
        _contract(document, which),
        *_actions(source, measures),
        *inventory(source), *gap(source), *targets(source, which), *indicators(source),
        *policies(source), *signatories(source), *investment(source),
        *mentions(source, names, ID + which),
    ])  # fmt: skip
    return Reading(document, FRAMEWORK, "en", which, label_of(engine, which), EDITION, facts)


def _contract(document: Document, city: str) -> Candidate:
    first = document.passages[0]
    fact = Fact.of("contract", city=city, edition=EDITION)
    return Candidate(fact, (first,), first.text, "contract")


def _actions(source: Source, measures: ActionThemes) -> Iterator[Candidate]:
    for action in actions(source):
        told = action.attributes
        start, end = action.years
        fact = Fact.of(
            "action", name=action.name, number=action.number or None, field=action.field,
            type=told.get("type"), lever=told.get("lever"), responsible=told.get("responsible"),
            start=start or None, end=end or None,
        )  # fmt: skip
        found = measures.assign(action.name, told.get("description", ""), action.field)
        yield Candidate(
            fact, action.passages, action.passages[0].text, "action",
            themes=tuple(a.theme for a in found),
        )  # fmt: skip
        yield from _figures(action)


def _figures(action: Action) -> Iterator[Candidate]:
    """Costs and reductions; what is said and was not read as a number is said to be so."""
    at = f"{action.passages[0].section}/{action.passages[0].ordinal}"
    for label, quantity in (("cost", action.cost), ("reduction", action.reduction)):
        said = action.attributes.get(label, "")
        if not said.strip(" -–—"):
            continue
        indicator = "action-cost"
        if label == "reduction":
            yearly = is_yearly(f"{said} {action.heads.get(label, '')}")
            indicator = "annual-emission-reduction" if yearly else "emission-reduction"
        fields = _number(said, quantity)
        fact = Fact.of("action-figure", action=action.name, at=at, indicator=indicator, **fields)
        place = action.places.get(label, action.passages[0])
        yield Candidate(fact, (place,), said, f"action-{label}", Decimal(1))


def _number(said: str, quantity: Quantity | None) -> dict[str, str | None]:
    if quantity is not None:
        return measured(quantity)
    words = said.casefold()
    if any(word in words for word in ("tbd", "tbc", "to be de", "to be co", "to be ca")):
        return {"status": "to-be-determined"}
    if _NUMBER.search(words):
        return {"status": "unread"}
    return {"status": "not-stated"}
