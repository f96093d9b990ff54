"""The reader for Klimatkontrakt: from a document to what it says, with the words that say it.

Examples
--------
>>> import klimatgraph as kg, pathlib, tempfile
>>> text = '''VERSION 2025/26
... 1. Syftet
... Vi vill mer.
... 2. Parter
... Lunds kommun, Vinnova och Viable Cities.
... 3. Kommunens åtaganden
... Vi går före.
... 3.1. Klimatmål
... Lund ska vara klimatneutralt 2030.
... 3.2. Klimatinvesteringsplan
... Planen tas fram.
... '''
>>> with tempfile.TemporaryDirectory() as folder:
...     path = pathlib.Path(folder, "lund.txt")
...     _ = path.write_text(text, encoding="utf-8")
...     reading = read_contract(path, kg.load().engine)
>>> reading.city, reading.edition
('city/se/lund', '2025/26')
>>> [str(c.fact) for c in reading.candidates if c.fact.kind == "target"]
['about city/se/lund · target climate-neutral · year 2030 · scope unspecified-scope']
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from os import PathLike
from typing import Final

import pyoxigraph as ox

from klimatgraph.engines.base import Engine
from klimatgraph.lookup import Lookup
from klimatgraph.reading.context import Context, lists_of, tail
from klimatgraph.reading.documents import Document, Passage, read
from klimatgraph.reading.facts import Candidate
from klimatgraph.reading.gathering import (
    Reading,
    label_of,
    mentions_in,
    merged,
    unlinked_in,
)
from klimatgraph.reading.gazetteer import Gazetteer
from klimatgraph.reading.outline import outline, require_contract
from klimatgraph.reading.rules import commitments, emissions, estimates, identity, plans, targets
from klimatgraph.reading.sentences import language

_RULES: Final[tuple[Callable[[Context], Iterator[Candidate]], ...]] = (
    identity.parties,
    commitments.overall,
    commitments.adoptions,
    commitments.offers,
    commitments.of_agencies_and_programme,
    targets.targets,
    emissions.emissions,
    estimates.estimates,
    plans.plans,
    plans.links,
)

_NUMBERS: Final = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
SELECT DISTINCT ?number WHERE {
  ?commitment a klim:JointCommitment ; klim:agreement ?edition ; klim:number ?number .
  ?edition klim:editionLabel "%s"
} ORDER BY ?number
"""


def read_contract(
    path: str | PathLike[str] | Document,
    engine: Engine,
    *,
    city: str | None = None,
    edition: str | None = None,
    gazetteer: Gazetteer | None = None,
) -> Reading:
    """Read a Klimatkontrakt.

    Parameters
    ----------
    path : path or Document
        A PDF, text or Markdown file, or a document that was read from one.
    engine : Engine
        The graph whose parties, projects, instruments, initiatives and themes are looked for.
    city : str, optional
        Whose contract it is: a name, code or IRI, where the document does not say it plainly.
    edition : str, optional
        Label of the edition, such as ``"2025/26"``, where the document does not say it.
    gazetteer : Gazetteer, optional
        The names of `engine`; give it when several documents are read.

    Returns
    -------
    Reading
        What was found, and what could not be placed.

    Raises
    ------
    DocumentError
        If the document cannot be read, is no Klimatkontrakt, or does not tell city or edition.
    UnknownName
        If `city` names no city of the graph.
    """
    document = path if isinstance(path, Document) else read(path)
    found = outline(document)
    require_contract(found)
    names = gazetteer or Gazetteer.of(engine)
    mentions = {(p.section, p.ordinal): tuple(names.find(p.text)) for p in document.passages}
    context = Context(
        found, language(p.text for p in document.passages), mentions, lists=lists_of(found)
    )
    lookup = Lookup(engine)
    context = _identified(context, engine, lookup, city, edition)
    read_facts = [c for rule in _RULES for c in rule(context)]
    contract = identity.contract(context, *_places(context))
    candidates = merged([*contract, *read_facts, *_mentions(context)])
    unlinked = unlinked_in(document, names)
    return Reading(
        document, "klimatkontrakt", context.language, context.city, context.city_name,
        context.edition, candidates, unlinked, tuple(found.unplaced()),
    )  # fmt: skip


def _identified(
    context: Context, engine: Engine, lookup: Lookup, city: str | None, edition: str | None
) -> Context:
    """Settle city and edition, which all rules need."""
    which = tail(lookup.find("city", city).value) if city else identity.city(context)[0]
    label = edition or identity.edition(context)[0]
    numbers = engine.select(_NUMBERS % "".join(c for c in label if c in "0123456789/")).rows
    known = tuple(sorted((str(n.value) for (n,) in numbers if isinstance(n, ox.Literal)), key=int))
    name = label_of(engine, which)
    return replace(context, city=which, city_name=name, edition=label, commitments=known)


def _places(context: Context) -> tuple[list[Passage], str | None]:
    """Where city, edition and date stand, and the date."""
    from klimatgraph.errors import DocumentError

    places: list[Passage | None] = []
    # What the document does not tell was said by the person who reads it.
    with suppress(DocumentError):
        places.append(identity.city(context)[1])
    with suppress(DocumentError):
        places += identity.edition(context)[1]
    date, place = identity.signed(context)
    return [p for p in (*places, place) if p is not None], date


def _mentions(context: Context) -> Iterator[Candidate]:
    for passage in context.document.passages:
        yield from mentions_in(passage, context.mentions[(passage.section, passage.ordinal)])
