"""IRIs and literals: prefixes, minting of names, python values, labels by language.

Terms are pyoxigraph's everywhere in klimatgraph. The names of things are made
from what they are, so that the same input gives the same IRI.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from klimatgraph.errors import InputError

__all__ = [
    "COL",
    "EACH",
    "FN",
    "ID",
    "KLIM",
    "PREFIXES",
    "SHAPE",
    "Term",
    "canonical_literal",
    "expand",
    "pick_label",
    "python_value",
    "shorten",
    "slug",
    "thing",
]

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

KLIM = "https://w3id.org/klimatgraph/ontology#"
SHAPE = "https://w3id.org/klimatgraph/shapes#"
ID = "https://w3id.org/klimatgraph/id/"
COL = "https://w3id.org/klimatgraph/table#"
EACH = "https://w3id.org/klimatgraph/table/each#"
FN = "https://w3id.org/klimatgraph/function#"

_XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: dict[str, str] = {
    "klim": KLIM,
    "shape": SHAPE,
    "id": ID,
    "col": COL,
    "each": EACH,
    "fn": FN,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": _XSD,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "schema": "https://schema.org/",
    "vann": "http://purl.org/vocab/vann/",
    "vs": "http://www.w3.org/2003/06/sw-vocab-status/ns#",
    "sh": "http://www.w3.org/ns/shacl#",
    "qb": "http://purl.org/linked-data/cube#",
}

# Longest namespace first, so that a namespace inside another one wins.
_BY_LENGTH = sorted(PREFIXES.items(), key=lambda item: (-len(item[1]), item[0]))

_INTEGERS = frozenset(
    _XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
        "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort",
        "unsignedByte",
    )
)  # fmt: skip
_INTEGER_FORM = re.compile(r"[+-]?[0-9]+\Z")
_DECIMAL_FORM = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\Z")
_SPECIAL_FLOATS = {"INF": float("inf"), "+INF": float("inf"), "-INF": float("-inf")}

# Letters that Unicode does not split into a base letter and an accent.
_LETTERS = str.maketrans({
    "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
})  # fmt: skip


def expand(curie: str) -> NamedNode:
    """Turn a compact IRI into an IRI; a full IRI passes through.

    Parameters
    ----------
    curie : str
        ``prefix:name`` with a prefix of :data:`PREFIXES`, or an absolute IRI, with or
        without angle brackets.

    Returns
    -------
    NamedNode

    Raises
    ------
    InputError
        If the prefix is unknown, or the result is not a valid IRI.

    Examples
    --------
    >>> expand("klim:City").value
    'https://w3id.org/klimatgraph/ontology#City'
    >>> expand("<https://example.org/x>").value
    'https://example.org/x'
    """
    text = curie.strip()
    if text.startswith("<") and text.endswith(">"):
        return _node(text[1:-1])
    prefix, colon, local = text.partition(":")
    if not colon:
        raise InputError(f"{curie!r} is not an IRI: write prefix:name or a full address")
    if prefix in PREFIXES and not local.startswith("//"):
        return _node(PREFIXES[prefix] + local)
    if local.startswith("//") or prefix in {"urn", "tag", "mailto", "did", "ark"}:
        return _node(text)
    raise InputError(f"unknown prefix {prefix!r} in {curie!r}: write the full IRI")


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise InputError(f"{iri!r} is not a valid IRI: {error}") from None


def shorten(iri: str | NamedNode) -> str:
    """Turn an IRI into its compact form, for display.

    Parameters
    ----------
    iri : str or NamedNode

    Returns
    -------
    str
        ``prefix:rest`` where a prefix of :data:`PREFIXES` fits, else the IRI itself.
        ``expand(shorten(iri))`` gives the IRI back.

    Examples
    --------
    >>> shorten(thing("city", "se", "umea"))
    'id:city/se/umea'
    >>> shorten("https://example.org/x")
    'https://example.org/x'
    """
    text = iri.value if isinstance(iri, NamedNode) else iri
    for prefix, namespace in _BY_LENGTH:
        if text.startswith(namespace) and not text.startswith(namespace + "//"):
            return f"{prefix}:{text[len(namespace) :]}"
    return text


def slug(text: str) -> str:
    """Turn a name into the part of an IRI that stands for it.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        Lower-case ASCII letters and digits, joined by single hyphens.

    Raises
    ------
    InputError
        If no letter or digit is left.

    Examples
    --------
    >>> slug("Örnsköldsvik"), slug("Malmö stad & Skåne"), slug("Łódź")
    ('ornskoldsvik', 'malmo-stad-skane', 'lodz')
    """
    lowered = unicodedata.normalize("NFKC", text).lower().translate(_LETTERS)
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c)
    )
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not made:
        raise InputError(f"no name can be made from {text!r}: it has no letter or digit")
    return made


def thing(*parts: str | int) -> NamedNode:
    """Mint the IRI of a thing from its path below ``id/``.

    Parameters
    ----------
    *parts : str or int
        The steps of the path, each already a slug, a code or a number. A step may
        itself hold slashes, such as ``"klimatkontrakt/2025-26"``.

    Returns
    -------
    NamedNode

    Raises
    ------
    InputError
        If a step is empty or holds anything but lower-case letters, digits, ``.``,
        ``-``, ``_`` and ``/``.

    Examples
    --------
    >>> thing("commitment", "klimatkontrakt", "2025-26", 6).value
    'https://w3id.org/klimatgraph/id/commitment/klimatkontrakt/2025-26/6'
    """
    steps = [str(part).strip("/") for part in parts]
    path = "/".join(steps)
    if not steps or not all(re.fullmatch(r"[a-z0-9._-]+(?:/[a-z0-9._-]+)*", s) for s in steps):
        raise InputError(f"{path!r} is no path for an IRI: make each step with slug()")
    return NamedNode(ID + path)


def python_value(term: Term | None) -> Any:
    """Give the python value of a term.

    Parameters
    ----------
    term : Term or None

    Returns
    -------
    int, float, Decimal, bool, str or None
        Integers as `int`; decimals as `float` where that is exact to the digit, else as
        `Decimal`; doubles as `float`; booleans as `bool`; IRIs, blank nodes, dates, years,
        strings and ill-typed numbers as `str`.

    Examples
    --------
    >>> python_value(Literal("7.7", datatype=expand("xsd:decimal")))
    7.7
    >>> python_value(Literal("2030", datatype=expand("xsd:gYear")))
    '2030'
    """
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return term.value
    if not isinstance(term, Literal):
        return str(term)
    text, kind = term.value, term.datatype.value
    if kind in _INTEGERS and _INTEGER_FORM.match(text):
        return int(text) if len(text) < 4000 else text
    if kind == _XSD + "decimal" and _DECIMAL_FORM.match(text):
        exact = Decimal(text)
        near = float(exact)
        return near if Decimal(repr(near)) == exact else exact
    if kind in (_XSD + "double", _XSD + "float"):
        return _float(text)
    if kind == _XSD + "boolean" and text in ("true", "false", "1", "0"):
        return text in ("true", "1")
    return text


def _float(text: str) -> float | str:
    if text in _SPECIAL_FLOATS:
        return _SPECIAL_FLOATS[text]
    try:
        return float(text)
    except ValueError:
        return text


def canonical_literal(literal: Literal) -> Literal:
    """Give an integer, decimal or boolean its canonical lexical form.

    Engines disagree about ``"5.00"`` and ``"5"``, so answers are compared and shown in
    this form. Other literals, and ill-typed ones, pass through unchanged.

    Parameters
    ----------
    literal : Literal

    Returns
    -------
    Literal

    References
    ----------
    XML Schema 1.1 part 2, canonical mappings: https://www.w3.org/TR/xmlschema11-2/

    Examples
    --------
    >>> canonical_literal(Literal("05.00", datatype=expand("xsd:decimal"))).value
    '5'
    """
    text, kind = literal.value, literal.datatype.value
    made = text
    if kind == _XSD + "integer" and _INTEGER_FORM.match(text):
        made = ("-" if text.startswith("-") else "") + (text.lstrip("+-").lstrip("0") or "0")
    elif kind == _XSD + "decimal" and _DECIMAL_FORM.match(text):
        made = _plain_decimal(text)
    elif kind == _XSD + "boolean":
        made = {"1": "true", "0": "false"}.get(text, text)
    if made == "-0":
        made = "0"
    return literal if made == text else Literal(made, datatype=literal.datatype)


def _plain_decimal(text: str) -> str:
    sign = "-" if text.startswith("-") else ""
    whole, _, fraction = text.lstrip("+-").partition(".")
    fraction = fraction.rstrip("0")
    try:
        Decimal(text)
    except InvalidOperation:  # the pattern above admits "." alone nowhere, but stay safe
        return text
    return sign + (whole.lstrip("0") or "0") + (f".{fraction}" if fraction else "")


def pick_label(labels: Iterable[Literal], lang: str = "sv") -> str | None:
    """Choose the label to show from those a thing has.

    Parameters
    ----------
    labels : iterable of Literal
    lang : str
        The language wished for, ``"sv"`` or ``"en"``.

    Returns
    -------
    str or None
        A label in `lang`, else one without a language, else Swedish, else English, else
        any; the alphabetically first where there are several. None if there is none.

    Examples
    --------
    >>> both = [Literal("city", language="en"), Literal("stad", language="sv")]
    >>> pick_label(both, "en"), pick_label(both, "sv"), pick_label([], "sv")
    ('city', 'stad', None)
    """
    ranks = {lang: 0, "": 1, "sv": 2, "en": 3}
    ranks[lang] = 0
    best = min(
        ((ranks.get(lit.language or "", 4), lit.value) for lit in labels),
        default=None,
    )
    return None if best is None else best[1]
