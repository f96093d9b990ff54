"""From facts to RDF: one named graph, with the passages that say it.

What a document calls something stays in its own language. The label in the other language says
what kind of thing it is and, where the words name a theme, which; it is never a translation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import pyoxigraph as ox

from klimatgraph.errors import InputError
from klimatgraph.lookup import fold
from klimatgraph.proposals.figures import emission, estimate, target
from klimatgraph.proposals.model import Proposal, Proposed
from klimatgraph.proposals.portfolio import (
    action,
    action_figure,
    funding,
    gap,
    indicator,
    indicator_value,
    policy,
    signatory,
)
from klimatgraph.proposals.wording import KIND_NAMES, Wording, both
from klimatgraph.proposals.writer import (
    Writer,
    short,
    typed,
    write_contract,
    write_document,
    write_passage,
    write_year,
)
from klimatgraph.terms import expand, slug, thing

_REFERENCES: Final = expand("dcterms:references")
_SIGNATURE_ROLES: Final = {"agency": "agency", "programme": "programme"}
_CLASSES: Final = {
    "priority": "StrategicPriority",
    "need": "InvestmentNeed",
    "investment-strategy": "InvestmentStrategy",
    "financing-strategy": "FinancingStrategy",
    "offer": "CollaborationOffer",
}


def statements(proposal: Proposal, items: Iterable[Proposed], wording: Wording) -> list[ox.Quad]:
    """Turn facts into RDF.

    Parameters
    ----------
    proposal : Proposal
        The document and its passages.
    items : iterable of Proposed
        The candidates that hold; see :func:`klimatgraph.proposals.review.decided`.
    wording : Wording
        Labels of what the graph knows.

    Returns
    -------
    list of pyoxigraph.Quad
        All in the named graph of the document, sorted; passages and the document among them.

    Raises
    ------
    InputError
        If a value that a person changed cannot be written, such as a year that is none.
    """
    writer = Writer(proposal, tuple(items), wording)
    write_document(writer)
    write_contract(writer)
    for item in writer.items:
        if (write := _WRITERS.get(item.fact.kind)) is None:
            continue
        try:
            write(writer, item)
        except KeyError as error:  # a person took a field away
            raise InputError(
                f"candidate {item.key}: a {item.fact.kind} needs {error.args[0]}: give it in "
                "the column change, or drop the candidate"
            ) from None
    for place in proposal.places:
        if (place.section, place.ordinal) in writer.cited:
            write_passage(writer, place)
    return sorted(writer.quads, key=str)


def _party(writer: Writer, item: Proposed) -> None:
    party = thing(*item.fact["party"].split("/"))
    own_name = party.value.rpartition("/")[2]
    sv, en = writer.wording.labels(party.value)
    edition, framework = writer.proposal.edition, writer.proposal.framework
    labels = (both("signature", party=sv, edition=edition)[0],
              both("signature", party=en, edition=edition)[1])  # fmt: skip
    subject = thing("signature", framework, slug(edition), own_name)
    if party == writer.city_node and writer.wording.knows(subject.value):
        # Other sources may know less of how the city signed; what they say stands beside this.
        subject = thing("signature", framework, slug(edition), own_name, "contract")
    node = writer.node(subject, "Signature", labels, item)
    writer.say(node, "klim:party", party)
    writer.say(node, "klim:agreement", writer.edition_node)
    writer.say(node, "klim:kind", thing("code", "signature-kind", "contract"))
    role = _SIGNATURE_ROLES.get(item.fact.get("role"))
    if role:
        writer.say(node, "klim:role", thing("code", "role", role))
        writer.say(writer.contract_node, "klim:involves", party)
    signed = next((i.fact.get("signed") for i in writer.items
                   if i.fact.kind == "contract" and i.fact.get("signed")), None)  # fmt: skip
    if signed and not role:
        writer.say(node, "klim:signedOn", typed(signed, "date"))


def _overall(writer: Writer, item: Proposed) -> None:
    edition, framework = writer.proposal.edition, writer.proposal.framework
    subject = thing("commitment", framework, slug(edition), "overall")
    node = writer.node(subject, "OverallCommitment", both("overall", edition=edition), item)
    writer.say(node, "klim:agreement", writer.edition_node)
    write_year(writer, node, "klim:year", item, "year")


def _process(writer: Writer, item: Proposed) -> None:
    edition, process = writer.proposal.edition, item.fact["process"]
    subject = thing("process", writer.proposal.framework, slug(edition), process)
    node = writer.node(subject, "DevelopmentProcess", both(f"process-{process}"), item)
    writer.say(node, "klim:agreement", writer.edition_node)
    writer.say(
        node,
        "klim:partOf",
        thing("commitment", writer.proposal.framework, slug(edition), "overall"),
    )
    if item.fact.get("number"):
        writer.say(node, "klim:number", ox.Literal(item.fact["number"]))
    writer.themes(node, item)


def _adoption(writer: Writer, item: Proposed) -> None:
    number, status = item.fact["number"], item.fact["status"]
    edition, city = writer.proposal.edition, writer.proposal.city_name
    commitment = thing("commitment", writer.proposal.framework, slug(edition), slug(number))
    if not writer.wording.knows(commitment.value):
        node = writer.node(commitment, "JointCommitment", both("joint", number=number), item)
        writer.say(node, "klim:number", ox.Literal(number))
        writer.say(node, "klim:agreement", writer.edition_node)
    labels = both(f"adoption-{status}", city=city, number=number)
    node = writer.node(writer.own("adoption", number), "Adoption", labels, item)
    writer.say(node, "klim:party", writer.city_node)
    writer.say(node, "klim:agreement", writer.contract_node)
    writer.say(node, "klim:commitment", commitment)
    writer.say(node, "klim:status", thing("code", "adoption-status", status))


def _named(writer: Writer, item: Proposed) -> None:
    """Priorities, needs, strategies and offers: what the city itself gives a name."""
    kind, name = item.fact.kind, item.fact["name"]
    cls = _CLASSES[kind]
    node = writer.node(writer.own(_PATHS.get(kind, kind), name), cls, _labels(writer, item), item)
    writer.say(node, "klim:party", writer.city_node)
    writer.say(node, "klim:agreement", writer.contract_node)
    if kind == "offer":
        write_year(writer, node, "klim:year", item, "year")
    writer.themes(node, item)
    if kind == "financing-strategy":
        writer.say(node, "klim:instrument", *_instruments(writer, item))


_PATHS: Final = {"investment-strategy": "strategy", "financing-strategy": "financing"}


def _instruments(writer: Writer, item: Proposed) -> list[ox.NamedNode]:
    """The funding instruments that the passage of an item names."""
    here = set(item.places[:1])
    return [
        thing(*other.fact["thing"].split("/"))
        for other in writer.items
        if other.fact.kind == "mention"
        and other.fact["thing"].startswith("instrument/")
        and here & set(other.places)
    ]


def _labels(writer: Writer, item: Proposed) -> tuple[str, str]:
    name = item.fact["name"]
    sv_kind, en_kind = KIND_NAMES[item.fact.kind]
    city = writer.proposal.city_name
    themes = [writer.wording.labels(thing(*t.split("/")).value) for t in item.themes]
    first = item.places[0] if item.places else ("", 0)
    about = (
        (", ".join(sv for sv, _ in themes), ", ".join(en for _, en in themes))
        if themes
        else (f"{first[0]}/{first[1]}", f"{first[0]}/{first[1]}")
    )
    if writer.proposal.language == "sv":
        return name, f"{en_kind} of {city}: {about[1]}"
    return f"{sv_kind} för {city}: {about[0]}", name


def _commitment(writer: Writer, item: Proposed) -> None:
    """A commitment of the agencies or the programme."""
    edition, number = writer.proposal.edition, item.fact["number"]
    agencies = item.fact.kind == "agency-commitment"
    which = "agency" if agencies else "programme"
    subject = thing("commitment", writer.proposal.framework, slug(edition), f"{which}-{number}")
    name = item.fact["name"]
    sv, en = both(f"{which}-commitment", number=number, edition=edition)
    labels = (name, en) if writer.proposal.language == "sv" else (sv, name)
    cls = "AgencyCommitment" if agencies else "ProgrammeCommitment"
    writer.node(subject, cls, labels, item)
    if writer.wording.knows(subject.value):  # it keeps its label; this is what the document says
        language = writer.proposal.language
        label = writer.wording.labels(subject.value)[language == "en"]
        if fold(label) != fold(name):
            writer.say(subject, "skos:altLabel", ox.Literal(name, language=language))
    writer.say(subject, "klim:agreement", writer.edition_node)
    writer.say(subject, "klim:number", ox.Literal(number))
    parties = [
        thing(*i.fact["party"].split("/"))
        for i in writer.items
        if i.fact.kind == "party" and i.fact.get("role") == which
    ]
    writer.say(subject, "klim:party", *parties)
    writer.themes(subject, item)


def _project(writer: Writer, item: Proposed) -> None:
    """A project or partner that a priority names."""
    priority = writer.own("priority", item.fact["priority"])
    city = writer.proposal.city_name
    known = _known(writer, item)
    if known is not None and not writer.wording.knows(known.value):
        known = None  # named by an earlier reading of this document: named again below
    if item.fact.kind == "priority-partner":
        name = item.fact["partner"]
        partner = known or writer.own("organisation", name)
        if known is None:
            sv, en = both("organisation", city=city, name=name)
            labels = (name, en) if writer.proposal.language == "sv" else (sv, name)
            writer.node(partner, "Party", labels, item)
        writer.say(priority, "klim:involves", partner)
        return
    name = item.fact["project"]
    project = known
    if project is None:
        project = writer.own("project", name)
        sv, en = both("project", city=city, name=name)
        labels = (name, en) if writer.proposal.language == "sv" else (sv, name)
        writer.node(project, "Project", labels, item)
    writer.say(priority, "klim:involves", project)
    project_name = project.value.rpartition("/")[2]
    titles = writer.wording.labels(project.value) if known else (name, name)
    labels = (both("participation", city=city, project=titles[0])[0],
              both("participation", city=city, project=titles[1])[1])  # fmt: skip
    node = writer.node(
        thing("participation", project_name, f"{writer.city}-{slug(writer.proposal.edition)}"),
        "Participation", labels, item,
    )  # fmt: skip
    writer.say(node, "klim:party", writer.city_node)
    writer.say(node, "klim:project", project)
    writer.say(node, "klim:role", thing("code", "role", "named-in-contract"))


def _known(writer: Writer, item: Proposed) -> ox.NamedNode | None:
    """The thing of the graph that the words of an item name, found by its mention."""
    words = item.fact.get("project") or item.fact.get("partner")
    for other in writer.items:
        if other.fact.kind == "mention" and other.quote == words and set(other.places) & set(
            item.places
        ):  # fmt: skip
            return thing(*other.fact["thing"].split("/"))
    return None


def _link(writer: Writer, item: Proposed) -> None:
    address, title = item.fact["address"], item.fact.get("title")
    name = title or address.rstrip("/").rpartition("/")[2] or address
    subject = thing("document", writer.city, short(name))
    labels = (name, name) if title else both("linked", city=writer.proposal.city_name)
    node = writer.node(subject, "LinkedDocument", labels, item)
    writer.say(node, "klim:about", writer.city_node)
    writer.say(node, "klim:agreement", writer.contract_node)
    try:
        writer.say(node, "klim:address", typed(address, "anyURI"))
    except ValueError:
        raise InputError(f"candidate {item.key}: no address '{address}'") from None


def _mention(writer: Writer, item: Proposed) -> None:
    named = thing(*item.fact["thing"].split("/"))
    for section, ordinal in item.places:
        writer.cited.add((section, ordinal))
        passage = thing("passage", writer.proposal.name, section, ordinal)
        writer.quads.add(ox.Quad(passage, _REFERENCES, named, writer.graph))


_WRITERS: Final[Mapping[str, Callable[[Writer, Proposed], None]]] = {
    "party": _party,
    "overall": _overall,
    "process": _process,
    "adoption": _adoption,
    **dict.fromkeys(_CLASSES, _named),
    "target": target,
    "emission": emission,
    "estimate": estimate,
    "agency-commitment": _commitment,
    "programme-commitment": _commitment,
    "priority-project": _project,
    "priority-partner": _project,
    "action": action,
    "action-figure": action_figure,
    "gap": gap,
    "indicator": indicator,
    "indicator-value": indicator_value,
    "policy": policy,
    "signatory": signatory,
    "funding": funding,
    "link": _link,
    "mention": _mention,
}
