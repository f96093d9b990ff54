"""Labels in Swedish and English for what is read from a contract."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from klimatgraph.engines.base import Engine
from klimatgraph.terms import ID, KLIM, thing

KIND_NAMES: Final = {
    "priority": ("Strategisk prioritering", "Strategic priority"),
    "need": ("Investeringsbehov", "Investment need"),
    "investment-strategy": ("Investeringsstrategi", "Investment strategy"),
    "financing-strategy": ("Finansieringsstrategi", "Financing strategy"),
    "offer": ("Inbjudan till samarbete", "Offer of collaboration"),
}

# Parts in brackets are left out where the value in them is missing.
_WORDS: Final = {
    "document": ("{city}: klimatkontrakt, version {edition}",
                 "{city}: climate contract, version {edition}"),
    "contract": ("Klimatkontrakt {edition}, {city}", "Climate contract {edition}, {city}"),
    "edition": ("Klimatkontrakt 2030, version {edition}",
                "Climate City Contract 2030, version {edition}"),
    "signature": ("{party}: underskrift av klimatkontraktet, version {edition}",
                  "{party}: signature of the climate contract, version {edition}"),
    "overall": ("övergripande åtagande, version {edition}",
                "overall commitment, version {edition}"),
    "process-governance": ("utvecklingsprocess: styrning, ledning och policy",
                           "development process: governance and policy"),
    "process-climate-analysis": ("utvecklingsprocess: klimatanalys och klimatberäkningar",
                                 "development process: climate analysis and climate calculations"),
    "process-finance": ("utvecklingsprocess: finansiering", "development process: finance"),
    "joint": ("gemensamt åtagande {number}", "joint commitment {number}"),
    "adoption-adopted": ("{city} har antagit gemensamt åtagande {number}",
                         "{city} has adopted joint commitment {number}"),
    "adoption-declined": ("{city} har avböjt gemensamt åtagande {number}",
                          "{city} has declined joint commitment {number}"),
    "adoption-postponed": ("{city} har skjutit upp gemensamt åtagande {number}",
                           "{city} has postponed joint commitment {number}"),
    "adoption-not-listed": ("gemensamt åtagande {number} finns inte i kontraktets lista ({city})",
                            "joint commitment {number} is not in the contract's list ({city})"),
    "target": ("{party}: {kind}[ {value}][ {unit}][, {year}]",
               "{party}: {kind}[ {value}][ {unit}][, {year}]"),
    "inventory": ("{city}: utsläpp i klimatkontraktet {edition}",
                  "{city}: emissions in the climate contract {edition}"),
    "emission": ("{city}: utsläpp[, {scope}][, {sector}][, {year}]",
                 "{city}: emissions[, {scope}][, {sector}][, {year}]"),
    "share": ("{city}: andel av utsläppen[, {scope}][, {sector}][, {year}]",
              "{city}: share of emissions[, {scope}][, {sector}][, {year}]"),
    "estimate": ("{city}: {indicator}", "{city}: {indicator}"),
    "title": ("{city}: klimatkontrakt {edition}", "{city}: climate contract {edition}"),
    # Of a Climate City Contract: these have no edition.
    "title-climate-city-contract": ("{city}: EU:s klimatkontrakt",
                                    "{city}: EU Climate City Contract"),
    "document-climate-city-contract": ("{city}: EU:s klimatkontrakt med åtgärdsplan",
                                       "{city}: EU Climate City Contract with action plan"),
    "contract-climate-city-contract": ("EU:s klimatkontrakt, {city}",
                                       "EU Climate City Contract, {city}"),
    "edition-climate-city-contract": ("EU:s klimatkontrakt för städer, utgåva ej angiven",
                                      "EU Climate City Contracts, edition not stated"),
    "inventory-climate-city-contract": ("{city}: utsläpp i EU:s klimatkontrakt",
                                        "{city}: emissions in the EU Climate City Contract"),
    "extraction-climate-city-contract": ("maskinell läsning av EU:s klimatkontrakt, {city}",
                                         "machine reading of the EU Climate City Contract, {city}"),
    "framework-climate-city-contract": ("EU:s klimatkontrakt för städer",
                                        "EU Climate City Contract"),
    "action": ("åtgärd i {city}[: {about}]", "action in {city}[: {about}]"),
    "figure": ("{indicator}: {name}", "{indicator}: {name}"),
    "gap": ("{city}: {indicator}[, {sector}][, {year}]",
            "{city}: {indicator}[, {sector}][, {year}]"),
    "policy": ("plan eller styrdokument i {city}: {name}", "plan or policy in {city}: {name}"),
    "indicators": ("indikatorer i klimatkontraktet för {city}",
                   "indicators in the climate contract of {city}"),
    "monitored": ("värde för en indikator i {city}: {name}[, {year}]",
                  "value of an indicator in {city}: {name}[, {year}]"),
    "signatory": ("organisation som undertecknat klimatkontraktet för {city}: {name}",
                  "organisation that signed the climate contract of {city}: {name}"),
    "funding": ("{city}: planerad finansiering, {name}[, {year}]",
                "{city}: planned funding, {name}[, {year}]"),
    "agency-commitment": ("myndigheternas åtagande {number}, version {edition}",
                          "commitment {number} of the agencies, version {edition}"),
    "programme-commitment": ("programmets åtagande {number}, version {edition}",
                             "commitment {number} of the programme, version {edition}"),
    "project": ("projekt eller samarbete som {city} nämner i sitt klimatkontrakt: {name}",
                "project or collaboration named in the climate contract of {city}: {name}"),
    "organisation": ("organisation som {city} nämner i sitt klimatkontrakt: {name}",
                     "organisation named in the climate contract of {city}: {name}"),
    "participation": ("{city} i {project}", "{city} in {project}"),
    "extraction": ("maskinell läsning av {city}s klimatkontrakt, version {edition}",
                   "machine reading of the climate contract of {city}, version {edition}"),
    "linked": ("dokument som {city} länkar till", "document that {city} links to"),
    "inferred": ("Utläst av programmet med regeln {rule}; inte granskad av någon människa.",
                 "Read by the program with the rule {rule}; not reviewed by a person."),
    "passage": ("{place}, stycke {ordinal}", "{place}, paragraph {ordinal}"),
    "heading": ("{place}, rubrik", "{place}, heading"),
}  # fmt: skip

_DERIVED: Final = thing("graph", "derived")
_LABELS: Final = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?label WHERE { VALUES ?thing { %s } ?thing rdfs:label ?label }
"""


def both(key: str, **values: str | None) -> tuple[str, str]:
    """Fill a pair of labels, Swedish and English.

    Examples
    --------
    >>> both("contract", edition="2025/26", city="Lund")
    ('Klimatkontrakt 2025/26, Lund', 'Climate contract 2025/26, Lund')
    >>> both("target", party="Lund", kind="klimatneutral", value=None, unit=None, year="2030")[0]
    'Lund: klimatneutral, 2030'
    """
    if "section" in values:
        section = values["section"] or ""
        sv, en = _section(section)
        return _fill(_WORDS[key][0], {**values, "place": sv}), _fill(
            _WORDS[key][1], {**values, "place": en}
        )
    sv, en = _WORDS[key]
    return _fill(sv, values), _fill(en, values)


def both_of(framework: str, key: str, **values: str | None) -> tuple[str, str]:
    """Fill the pair of labels that a framework has of its own, or else the common one.

    Examples
    --------
    >>> both_of("climate-city-contract", "contract", city="Lund", edition="EU")[1]
    'EU Climate City Contract, Lund'
    """
    own = f"{key}-{framework}"
    return both(own if own in _WORDS else key, **values)


def _fill(template: str, values: dict[str, str | None]) -> str:
    pieces: list[str] = []
    for index, piece in enumerate(template.replace("]", "[").split("[")):
        optional = index % 2 == 1
        names = [name for name in values if f"{{{name}}}" in piece]
        if optional and not all(values[name] for name in names):
            continue
        for name in names:
            piece = piece.replace(f"{{{name}}}", values[name] or "")
        pieces.append(piece)
    return "".join(pieces)


def _section(number: str) -> tuple[str, str]:
    if number == "0":
        return "Inledning", "Front matter"
    if number.startswith("annex-"):
        label = number.removeprefix("annex-").upper()
        return f"Bilaga {label}", f"Annex {label}"
    return f"Avsnitt {number}", f"Section {number}"


def extraction_of(name: str) -> ox.NamedNode:
    """The reading of a document by the program, which marks the graph that came of it."""
    return thing("extraction", name)


def written_by_people(engine: Engine, name: str) -> bool:
    """Whether the graph of a document holds what people wrote, and no reading of the program."""
    graph, extraction = thing("graph", name), extraction_of(name)
    there = engine.ask(f"ASK {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    return there and not engine.ask(f"ASK {{ GRAPH {graph} {{ {extraction} a ?type }} }}")


class Wording:
    """Labels of what a graph knows, asked for once each.

    Parameters
    ----------
    engine : Engine
        The graph.
    name : str
        The document that is being read: what the graph says because the program read it before
        does not count as known, or a second reading would differ from the first.
    replace : bool
        Whether what people wrote of the document does not count either.
    """

    def __init__(self, engine: Engine, name: str, replace: bool = False) -> None:
        self._engine = engine
        hidden = [_DERIVED]
        if replace or not written_by_people(engine, name):
            hidden.append(thing("graph", name))
        self._hidden = " , ".join(map(str, hidden))
        self._known: dict[str, bool] = {}
        self._labels: dict[str, tuple[str, str]] = {}

    def prepare(self, iris: Iterable[str]) -> None:
        """Ask for many labels at once."""
        wanted = sorted(set(iris) - set(self._labels))
        if not wanted:
            return
        found: dict[str, dict[str, str]] = {}
        query = _LABELS % " ".join(f"<{iri}>" for iri in wanted)
        for subject, label in self._engine.select(query).rows:
            if isinstance(subject, ox.NamedNode) and isinstance(label, ox.Literal):
                found.setdefault(subject.value, {})[label.language or "sv"] = label.value
        for iri in wanted:
            by_language = found.get(iri, {})
            name = iri.removeprefix(ID).removeprefix(KLIM)
            sv = by_language.get("sv") or by_language.get("en") or name
            self._labels[iri] = (sv, by_language.get("en") or sv)

    def labels(self, iri: str) -> tuple[str, str]:
        """The Swedish and English label of a thing; its name where it has none."""
        self.prepare([iri])
        return self._labels[iri]

    def knows(self, iri: str) -> bool:
        """Whether the graph describes a thing, other than by the document itself."""
        if iri not in self._known:
            elsewhere = f"FILTER(?graph NOT IN ({self._hidden}))"
            self._known[iri] = self._engine.ask(
                f"ASK {{ GRAPH ?graph {{ <{iri}> a ?type }} {elsewhere} }}"
            )
        return self._known[iri]
