"""Short cuts derived from the statements by SPARQL rules, one rule a file.

A rule is a CONSTRUCT with one triple in its head and only triple patterns,
FILTER and VALUES in its body, each on a line of its own. That restraint is what
lets every derived triple be explained: the body, with the head bound, gives the
triples it was derived from.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

import pyoxigraph as ox

from klimatgraph.engines import Engine
from klimatgraph.errors import FormatError
from klimatgraph.resources import folder
from klimatgraph.terms import ID

__all__ = ["DERIVED", "Pattern", "Rule", "derive", "load_rules", "read_rule"]

DERIVED: Final = ox.NamedNode(f"{ID}graph/derived")

_RDF_TYPE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_FRONT: Final = re.compile(r"\A# ---\n((?:#.*\n)*?)# ---\n")
_PREFIX: Final = re.compile(r"^PREFIX\s+([\w-]*):\s*<([^>]*)>\s*$", re.MULTILINE)
_SHAPE: Final = re.compile(
    r"CONSTRUCT\s*\{(?P<head>[^{}]*)\}\s*WHERE\s*\{\n(?P<body>.*)\n\}\s*\Z", re.DOTALL
)
_TERM: Final = r"(\?\w+|<[^<>\s]*>|[\w-]*:[\w./-]+|a)"
_TRIPLE: Final = re.compile(rf"\s*{_TERM}\s+{_TERM}\s+{_TERM}\s*\.?\s*\Z")

# A step of a pattern is a variable's name (without "?") or an IRI.
Step: TypeAlias = str | ox.NamedNode


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern; a string is a variable, without its question mark."""

    subject: Step
    predicate: Step
    object: Step

    def steps(self) -> tuple[Step, Step, Step]:
        """Give subject, predicate and object in that order."""
        return self.subject, self.predicate, self.object


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, what it says in Swedish and English, its head and its body."""

    name: str
    sv: str
    en: str
    text: str
    body: str
    prologue: str
    head: Pattern
    patterns: tuple[Pattern, ...]

    def describe(self, lang: str = "sv") -> str:
        """Tell what the rule says.

        Parameters
        ----------
        lang : {"sv", "en"}

        Returns
        -------
        str
        """
        return self.en if lang == "en" else self.sv


def read_rule(path: Path) -> Rule:
    """Read a rule file.

    Parameters
    ----------
    path : Path
        A ``.rq`` file with a TOML front matter (``sv``, ``en``) in comment lines.

    Returns
    -------
    Rule

    Raises
    ------
    FormatError
        If the front matter is missing, or the rule holds more than triple patterns,
        FILTER and VALUES, so that it could not be explained.
    """
    text = path.read_text(encoding="utf-8")
    front = _FRONT.match(text)
    if front is None:
        raise FormatError(path, 1, "no front matter: begin with '# ---', sv, en, '# ---'")
    try:
        told = tomllib.loads("\n".join(line[1:] for line in front[1].splitlines()))
        sv, en = str(told["sv"]), str(told["en"])
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise FormatError(path, 1, f"front matter without sv and en as TOML: {error}") from None
    prefixes = dict(_PREFIX.findall(text))
    shape = _SHAPE.search(text)
    if shape is None:
        raise FormatError(path, None, "not of the form CONSTRUCT { … } WHERE {, body, }")
    heads = list(_patterns(shape["head"], prefixes, path))
    if len(heads) != 1:
        raise FormatError(path, None, "the head of a rule is exactly one triple")
    return Rule(
        name=path.stem,
        sv=sv,
        en=en,
        text=text,
        body=shape["body"],
        prologue="".join(f"PREFIX {p}: <{iri}>\n" for p, iri in sorted(prefixes.items())),
        head=heads[0],
        patterns=tuple(_patterns(shape["body"], prefixes, path)),
    )


def _patterns(text: str, prefixes: dict[str, str], path: Path) -> Iterator[Pattern]:
    for line in text.splitlines():
        if not line.strip() or re.match(r"\s*(FILTER|VALUES)\b", line):
            continue
        found = _TRIPLE.match(line)
        if found is None:
            raise FormatError(path, None, f"{line.strip()!r} is not one triple pattern")
        yield Pattern(*(_step(word, prefixes, path) for word in found.groups()))


def _step(word: str, prefixes: dict[str, str], path: Path) -> Step:
    if word == "a":
        return _RDF_TYPE
    if word.startswith("?"):
        return word[1:]
    if word.startswith("<"):
        return ox.NamedNode(word[1:-1])
    prefix, _, local = word.partition(":")
    if prefix not in prefixes:
        raise FormatError(path, None, f"prefix {prefix!r} is not declared")
    return ox.NamedNode(prefixes[prefix] + local)


@cache
def load_rules() -> tuple[Rule, ...]:
    """Read the rules that ship with klimatgraph.

    Returns
    -------
    tuple of Rule
        In the order of their names.

    Examples
    --------
    >>> [rule.name for rule in load_rules()][:2]
    ['adopted', 'bound-by']
    """
    return tuple(read_rule(path) for path in sorted((folder("ontology") / "rules").glob("*.rq")))


def derive(engine: Engine) -> list[ox.Quad]:
    """Derive what follows from the data by the shipped rules.

    The rules are run until they give nothing new. What is already stated is not derived
    once more, and earlier results in ``id/graph/derived`` are not built upon, so that what
    lost its ground disappears.

    Parameters
    ----------
    engine : Engine
        The data; they are read, never changed.

    Returns
    -------
    list of Quad
        The derived triples in the graph ``id/graph/derived``, sorted.

    Examples
    --------
    >>> from klimatgraph.engines.oxigraph import OxigraphEngine
    >>> engine = OxigraphEngine()
    >>> derive(engine)
    []
    """
    return derive_from(engine.quads())


def derive_from(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Derive what follows from quads; see :func:`derive`.

    Parameters
    ----------
    quads : iterable of Quad
        What is stated; derived quads among them are not built upon.

    Returns
    -------
    list of Quad
        The derived triples, sorted.
    """
    store = ox.Store()
    store.bulk_extend(quad for quad in quads if quad.graph_name != DERIVED)
    found: set[ox.Triple] = set()
    grew = True
    while grew:
        grew = False
        for rule in load_rules():
            fresh = [t for t in _apply(store, rule) if t not in found and not _stated(store, t)]
            found.update(fresh)
            store.extend(ox.Quad(t.subject, t.predicate, t.object, DERIVED) for t in fresh)
            grew = grew or bool(fresh)
    return [ox.Quad(t.subject, t.predicate, t.object, DERIVED) for t in sorted(found, key=str)]


def _apply(store: ox.Store, rule: Rule) -> list[ox.Triple]:
    answer = store.query(rule.text, use_default_graph_as_union=True)
    assert isinstance(answer, ox.QueryTriples)
    return list(answer)


def _stated(store: ox.Store, triple: ox.Triple) -> bool:
    """Tell whether the triple stands in any graph."""
    matches = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    return next(iter(matches), None) is not None
