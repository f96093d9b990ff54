"""Verify the citations of the graph in the user's own copy of a document.

The graph holds digests, not sentences. A cited passage is looked for where it stood, then among
the passages of the copy, then anywhere in its running text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Final, Literal

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode

from klimatgraph.errors import DocumentError
from klimatgraph.evidence.normalising import Normalised, digest, sha256
from klimatgraph.reading.documents import Document, read

if TYPE_CHECKING:
    from klimatgraph.engines import Engine

# A file is taken for a copy of a document when it holds this share of what is cited of it. A few
# words, such as the name of a city on a line of its own, stand in other documents too.
_ENOUGH: Final = 0.1

How = Literal["in place", "moved", "within", "missing"]
Span = tuple[int, int]

_CITED: Final = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
SELECT ?passage ?document ?digest ?section ?start ?end ?length WHERE {
  ?passage klim:document ?document ; klim:digest ?digest .
  OPTIONAL { ?passage klim:section ?section }
  OPTIONAL { ?passage klim:start ?start }
  OPTIONAL { ?passage klim:end ?end }
  OPTIONAL { ?passage klim:length ?length }
}
ORDER BY ?document ?start ?passage
"""

_REGISTERED: Final = """
PREFIX klim: <https://w3id.org/klimatgraph/ontology#>
SELECT DISTINCT ?document WHERE { ?document klim:sha256 "%s" } ORDER BY ?document
"""


@dataclass(frozen=True, slots=True)
class Check:
    """What became of one cited passage in the user's copy.

    Parameters
    ----------
    passage, document
        The passage and the document, as the graph names them.
    section
        Section in which the graph says it stands; empty when it does not say.
    found
        Whether the copy has it.
    how
        "in place" where the graph says, "moved" when it is another passage of the copy, "within"
        when it stands in running text that the copy divides differently, else "missing".
    start, end
        Character span in the text of the copy, when found.
    excerpt
        The words, from the copy and not from the graph; empty when not found.
    """

    passage: NamedNode
    document: NamedNode
    section: str
    found: bool
    how: How
    start: int | None = None
    end: int | None = None
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class _Cited:
    passage: NamedNode
    document: NamedNode
    digest: str
    section: str
    span: Span | None
    length: int


def verify(
    path: str | PathLike[str], engine: Engine, document: str | NamedNode | None = None
) -> list[Check]:
    """Look up every passage that the graph cites of a document in a copy of it.

    Parameters
    ----------
    path
        The copy: a PDF, Markdown or text file.
    engine
        The graph.
    document
        IRI of the document, when the file is not to tell: by default it is the registered
        document with the same SHA-256, else the one most of whose cited text it holds.

    Returns
    -------
    list of Check
        One for each cited passage, in the order of the document.

    Raises
    ------
    DocumentError
        When the file cannot be read, holds less than a tenth of what is cited of any document,
        or is said to be a document of which the graph cites no passage.

    Notes
    -----
    Looking where a passage stood and among the passages of the copy takes time linear in its
    size. Only what is still missing is sought in the running text, from every word: that takes
    (words of the copy) × (different lengths of the missing passages) steps, about a tenth of a
    microsecond each, and a digest for about one in six. A contract of 30 kB takes a seventh of a
    second when all its 107 passages are missing, 3 MB take twelve. A digest can be compared but
    not searched for, so there is no shorter way that skips nothing.
    """
    copy = read(path)
    cited = _cited(engine)
    text = _without_furniture(copy)
    target = _target(copy, text, engine, cited, document)
    wanted = [passage for passage in cited if passage.document == target]
    return _checks(copy, text, wanted)


def _cited(engine: Engine) -> list[_Cited]:
    cited: list[_Cited] = []
    for row in engine.select(_CITED).rows:
        passage, document, digest_, section, start, end, length = row
        if not isinstance(passage, NamedNode) or not isinstance(document, NamedNode):
            continue
        span = (_number(start), _number(end))
        cited.append(
            _Cited(
                passage,
                document,
                _text(digest_),
                _text(section),
                span if 0 <= span[0] < span[1] else None,
                _number(length),
            )
        )
    return cited


def _text(term: object) -> str:
    return term.value if isinstance(term, RdfLiteral) else ""


def _number(term: object) -> int:
    text = _text(term)
    return int(text) if text.isascii() and text.isdigit() else -1


def _without_furniture(copy: Document) -> str:
    """Return the text with page headers and footers blanked, so that offsets stay."""
    pieces: list[str] = []
    at = 0
    for start, end in copy.furniture:
        pieces += [copy.text[at:start], " " * (end - start)]
        at = end
    return "".join([*pieces, copy.text[at:]])


def _target(
    copy: Document,
    text: str,
    engine: Engine,
    cited: Sequence[_Cited],
    document: str | NamedNode | None,
) -> NamedNode:
    """Tell which document of the graph a file is a copy of."""
    known = {passage.document for passage in cited}
    if document is not None:
        target = _node(document)
        if target not in known:
            raise DocumentError(
                f"the graph cites no passage of {target.value}; "
                "leave the document out to have it found by its content"
            )
        return target
    for (registered,) in engine.select(_REGISTERED % copy.sha256).rows:
        if isinstance(registered, NamedNode) and registered in known:
            return registered
    best = _most_held(cited, {digest(passage.text) for passage in copy.passages})
    if best is None:
        best = _most_held(cited, _windows(Normalised.of(text), cited))
    if best is None:
        raise DocumentError(
            f"{copy.path} holds next to nothing of what the graph cites of any document; if it is "
            "one of them in other words, name that document by its IRI"
        )
    return best


def _most_held(cited: Sequence[_Cited], held: Container[str]) -> NamedNode | None:
    """Return the document most of whose cited text is held, by length, if it is enough."""
    total: Counter[NamedNode] = Counter()
    found: Counter[NamedNode] = Counter()
    for passage in cited:
        total[passage.document] += max(passage.length, 1)
        if passage.digest in held:
            found[passage.document] += max(passage.length, 1)
    best = min(found, key=lambda iri: (-found[iri], iri.value), default=None)
    return best if best is not None and found[best] >= _ENOUGH * total[best] else None


def _node(iri: str | NamedNode) -> NamedNode:
    if isinstance(iri, NamedNode):
        return iri
    try:
        return NamedNode(iri)
    except ValueError:
        raise DocumentError(f"{iri!r} is no IRI of a document; give a full address") from None


def _checks(copy: Document, text: str, wanted: Sequence[_Cited]) -> list[Check]:
    own: dict[str, Span] = {}
    for passage in copy.passages:
        own.setdefault(digest(passage.text), (passage.start, passage.end))
    places: dict[NamedNode, tuple[How, Span]] = {}
    for cited in wanted:
        if cited.span is not None and digest(text[slice(*cited.span)]) == cited.digest:
            places[cited.passage] = ("in place", cited.span)
        elif cited.digest in own:
            # Rows and words that were parted at a line's end are written otherwise in the text.
            there = own[cited.digest] == cited.span
            places[cited.passage] = ("in place" if there else "moved", own[cited.digest])
    missing = [cited for cited in wanted if cited.passage not in places]
    if missing:
        running = Normalised.of(text)
        windows = _windows(running, missing)
        for cited in missing:
            if cited.digest in windows:
                places[cited.passage] = ("within", running.original(*windows[cited.digest]))
    return [_check(text, cited, places) for cited in wanted]


def _check(text: str, cited: _Cited, places: Mapping[NamedNode, tuple[How, Span]]) -> Check:
    place = places.get(cited.passage)
    if place is None:
        return Check(cited.passage, cited.document, cited.section, False, "missing")
    how, (start, end) = place
    excerpt = " ".join(text[start:end].split())
    return Check(cited.passage, cited.document, cited.section, True, how, start, end, excerpt)


def _windows(copy: Normalised, missing: Iterable[_Cited]) -> dict[str, Span]:
    """Find digests in running text: try every stretch of words that has the right length.

    Grouping by length keeps the work to one step for each word and length, and only a stretch
    that ends at a word's end is hashed.
    """
    wanted: dict[int, set[str]] = {}
    for cited in missing:
        if cited.length > 0:
            wanted.setdefault(cited.length, set()).add(cited.digest)
    found: dict[str, Span] = {}
    seen = 0
    lengths = sorted(wanted)
    text, size = copy.text, len(copy.text)
    word_ends = bytearray(size + 1)
    for end in copy.ends:
        word_ends[end] = 1
    for start in copy.openings:
        for length in lengths:
            end = start + length
            if end > size:
                break
            if word_ends[end]:
                key = sha256(text[start:end])
                if key in wanted[length]:
                    found[key] = (start, end)
                    wanted[length].discard(key)
        if len(found) != seen:
            seen = len(found)
            lengths = [length for length in lengths if wanted[length]]
            if not lengths:
                break
    return found
