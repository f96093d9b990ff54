"""Files made from the ontology: python constants, JSON-LD context, list of terms.

They are committed, so that a reader sees them; a test keeps them in step, and
``klimatgraph build`` writes them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from klimatgraph import canonical
from klimatgraph.terms import KLIM, PREFIXES, shorten

__all__ = ["DeclaredTerm", "context", "declared_terms", "files", "terms_lock", "vocabulary"]

_TYPE: Final = f"{PREFIXES['rdf']}type"
_LABEL: Final = f"{PREFIXES['rdfs']}label"
_RANGE: Final = f"{PREFIXES['schema']}rangeIncludes"
_KINDS: Final = {
    f"{PREFIXES['owl']}Class": "Class",
    f"{PREFIXES['owl']}ObjectProperty": "ObjectProperty",
    f"{PREFIXES['owl']}DatatypeProperty": "DatatypeProperty",
    f"{PREFIXES['owl']}AnnotationProperty": "AnnotationProperty",
}
# Terms of other vocabularies that every exchange of klimatgraph data needs.
_BORROWED: Final[dict[str, Any]] = {
    "id": "@id",
    "type": "@type",
    "label": {"@id": "rdfs:label", "@container": "@language"},
    "altLabel": {"@id": "skos:altLabel", "@container": "@language"},
    "description": {"@id": "dcterms:description", "@container": "@language"},
    "comment": {"@id": "rdfs:comment", "@container": "@language"},
    "broader": {"@id": "skos:broader", "@type": "@id"},
    "inScheme": {"@id": "skos:inScheme", "@type": "@id"},
    "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
}


@dataclass(frozen=True, slots=True, order=True)
class DeclaredTerm:
    """A class or property of the ontology."""

    name: str
    kind: str
    sv: str
    en: str
    ranges: tuple[str, ...] = ()


def declared_terms(triples: Iterable[ox.Quad | ox.Triple]) -> list[DeclaredTerm]:
    """List the classes and properties that an ontology declares in the klim: namespace.

    Parameters
    ----------
    triples : iterable of Quad or Triple

    Returns
    -------
    list of DeclaredTerm
        Sorted by name.
    """
    kinds: dict[str, str] = {}
    labels: dict[tuple[str, str], str] = {}
    ranges: dict[str, set[str]] = {}
    for triple in triples:
        if not isinstance(triple.subject, ox.NamedNode):
            continue
        iri, predicate, value = triple.subject.value, triple.predicate.value, triple.object
        if not iri.startswith(KLIM):
            continue
        if predicate == _TYPE and isinstance(value, ox.NamedNode) and value.value in _KINDS:
            kinds[iri] = _KINDS[value.value]
        elif predicate == _LABEL and isinstance(value, ox.Literal):
            labels[iri, value.language or ""] = value.value
        elif predicate == _RANGE and isinstance(value, ox.NamedNode):
            ranges.setdefault(iri, set()).add(value.value)
    return sorted(
        DeclaredTerm(
            name=iri.removeprefix(KLIM),
            kind=kind,
            sv=labels.get((iri, "sv"), ""),
            en=labels.get((iri, "en"), ""),
            ranges=tuple(sorted(ranges.get(iri, ()))),
        )
        for iri, kind in kinds.items()
    )


def vocabulary(terms: Iterable[DeclaredTerm]) -> str:
    """Write the module of constants.

    Parameters
    ----------
    terms : iterable of DeclaredTerm

    Returns
    -------
    str
        The text of ``klimatgraph/vocabulary.py``.
    """
    lines = [
        '"""The classes and properties of the ontology, as constants.',
        "",
        "Generated from ontology/klimatgraph.ttl by ``klimatgraph build``; do not edit.",
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import Final",
        "",
        "from pyoxigraph import NamedNode",
        "",
        '__all__ = ["KLIM"]',
        "",
        f'_NAMESPACE: Final = "{KLIM}"',
        "",
        "",
        "def _term(name: str) -> NamedNode:",
        "    return NamedNode(_NAMESPACE + name)",
        "",
        "",
        "class KLIM:",
        '    """Terms of the klim: namespace; above each its labels in sv and en."""',
        "",
    ]
    previous = ""
    for term in sorted(terms, key=lambda term: (term.kind != "Class", term.name)):
        group = "Class" if term.kind == "Class" else "Property"
        if previous not in ("", group):
            lines.append("")
        previous = group
        lines.append(f"    # {term.sv} · {term.en}")
        lines.append(f'    {term.name}: Final = _term("{term.name}")')
    return "\n".join(lines) + "\n"


def context(terms: Iterable[DeclaredTerm]) -> str:
    """Write the JSON-LD context.

    Parameters
    ----------
    terms : iterable of DeclaredTerm

    Returns
    -------
    str
        The text of ``ontology/context.jsonld``.

    References
    ----------
    JSON-LD 1.1: https://www.w3.org/TR/json-ld11/#the-context
    """
    made: dict[str, Any] = {"@version": 1.1}
    made.update((p, PREFIXES[p]) for p in sorted(PREFIXES) if p not in ("id", "col", "fn"))
    made.update(_BORROWED)
    string = f"{PREFIXES['xsd']}string"
    for term in terms:
        entry: dict[str, str] = {"@id": f"klim:{term.name}"}
        if term.kind == "ObjectProperty":
            entry["@type"] = "@id"
        elif term.kind == "DatatypeProperty" and len(term.ranges) == 1 and term.ranges != (string,):
            entry["@type"] = shorten(term.ranges[0])
        made[term.name] = entry if len(entry) > 1 else entry["@id"]
    return json.dumps({"@context": made}, ensure_ascii=False, indent=2) + "\n"


def terms_lock(terms: Iterable[DeclaredTerm], before: str = "") -> str:
    """List the terms that have ever been declared.

    Parameters
    ----------
    terms : iterable of DeclaredTerm
    before : str
        The list so far; what stands there stays, since others may use the term.

    Returns
    -------
    str
        The text of ``ontology/terms.lock``: one ``kind name`` a line, sorted.

    Examples
    --------
    >>> terms_lock([DeclaredTerm("City", "Class", "stad", "city")], "Class Town\\n")
    'Class City\\nClass Town\\n'
    """
    listed = {f"{term.kind} {term.name}" for term in terms}
    return "".join(f"{line}\n" for line in sorted(listed | set(before.split("\n")) - {""}))


def files(root: Path) -> dict[Path, str]:
    """Make the text of every file that is generated from the ontology.

    Parameters
    ----------
    root : Path
        The checkout.

    Returns
    -------
    dict
        Path of each file, and what should be in it.
    """
    terms = declared_terms(canonical.parse(root / "ontology" / "klimatgraph.ttl"))
    lock = root / "ontology" / "terms.lock"
    before = lock.read_text(encoding="utf-8") if lock.exists() else ""
    return {
        root / "src" / "klimatgraph" / "vocabulary.py": vocabulary(terms),
        root / "ontology" / "context.jsonld": context(terms),
        lock: terms_lock(terms, before),
    }
