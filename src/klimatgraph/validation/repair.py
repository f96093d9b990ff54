"""How to put right what a finding says: in words, and as the triple to add where it is sure.

A suggestion never guesses a fact. It offers a triple only if the value follows from what is
already there: the same name in the other language, the same number with the right type, a
code that is one slip of the pen away.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from klimatgraph.terms import ID, KLIM, PREFIXES, Term, shorten
from klimatgraph.validation.messages import LANGUAGES, Speaker
from klimatgraph.validation.prepared import Prepared, shipped_vocabulary
from klimatgraph.validation.runners import Result
from klimatgraph.validation.shapes import TYPE, ShapesGraph

_LABEL: Final = NamedNode(PREFIXES["rdfs"] + "label")
_PARTY: Final = NamedNode(KLIM + "Party")
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_MOST_SHOWN: Final = 8
_CODE_PATTERN: Final = re.compile(r"\^https://w3id\\\.org/klimatgraph/id/code/([a-z-]+)/")
_FORMS: Final = {
    "integer": r"[+-]?[0-9]+",
    "decimal": r"[+-]?[0-9]+(\.[0-9]+)?",
    "gYear": r"[0-9]{4}",
    "gYearMonth": r"[0-9]{4}-[0-9]{2}",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "anyURI": r"https?://\S+",
    "string": r"(?s:.*)",
}
_EXAMPLES: Final = {
    "integer": '"7"^^xsd:integer',
    "decimal": '"7.5"^^xsd:decimal',
    "gYear": '"2030"^^xsd:gYear',
    "gYearMonth": '"2030-06"^^xsd:gYearMonth',
    "date": '"2030-06-01"^^xsd:date',
    "anyURI": '"https://example.org/"^^xsd:anyURI',
    "string": '"text"',
    "langString": '"namn"@sv',
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to do about a finding.

    Parameters
    ----------
    texts : mapping of str to str
        What to do, by language.
    add : Triple or None
        A triple to add.
    remove : Triple or None
        A triple to take away.
    """

    texts: Mapping[str, str]
    add: Triple | None = None
    remove: Triple | None = None

    @property
    def turtle(self) -> str | None:
        """The triple to add, as Turtle."""
        return None if self.add is None else f"{self.add} ."


@dataclass(frozen=True, slots=True)
class _Case:
    """A result with what the suggestions need to look at."""

    data: Prepared
    shapes: ShapesGraph
    result: Result
    shape: NamedNode
    step: NamedNode | None
    speakers: Mapping[str, Speaker]

    def parameter(self, name: str) -> Term | None:
        return self.shapes.value(self.shape, name)

    def name(self, term: Term) -> dict[str, str]:
        return {lang: s.quoted(term) for lang, s in self.speakers.items()}

    def path(self) -> dict[str, str]:
        return {lang: s.path(self.shape) for lang, s in self.speakers.items()}

    def replaced(self, value: Term) -> tuple[Triple | None, Triple | None]:
        """Give the triples to add and to remove when the offending value is replaced."""
        focus, old = self.result.focus, self.result.value
        if self.step is None or not isinstance(focus, NamedNode) or old is None:
            return None, None
        return Triple(focus, self.step, value), Triple(focus, self.step, old)

    def with_value(self, value: Term) -> Triple | None:
        """Give the triple that adds a value to the focus node."""
        focus = self.result.focus
        if self.step is None or not isinstance(focus, NamedNode):
            return None
        return Triple(focus, self.step, value)


def suggest(
    result: Result, data: Prepared, shapes: ShapesGraph, speakers: Mapping[str, Speaker]
) -> Suggestion | None:
    """Say how a result can be put right.

    Parameters
    ----------
    result : Result
    data : Prepared
    shapes : ShapesGraph
    speakers : mapping of str to Speaker
        One for each language.

    Returns
    -------
    Suggestion or None
        None where nothing helpful can be said beyond the message.
    """
    if not isinstance(result.shape, NamedNode):
        return None
    steps = shapes.path(result.shape)
    step = steps[0] if steps is not None and len(steps) == 1 else None
    case = _Case(data, shapes, result, result.shape, step, speakers)
    found = _BY_COMPONENT.get(result.component)
    return found(case) if found else None


# -- by constraint component ---------------------------------------------------------------


def _missing(case: _Case) -> Suggestion | None:
    if case.step is None:
        return None
    wanted = case.parameter("qualifiedValueShape")
    if isinstance(wanted, NamedNode):
        languages = case.shapes.list_of(case.shapes.value(wanted, "languageIn"))
        if languages and isinstance(languages[0], Literal):
            return _missing_language(case, languages[0].value)
    line = f"{_node(case.result.focus)} {shorten(case.step)} … ."
    return Suggestion({"sv": f"Lägg till raden {line}", "en": f"Add the line {line}"})


def _missing_language(case: _Case, lang: str) -> Suggestion | None:
    assert case.step is not None
    focus = case.result.focus
    line = f'{_node(focus)} {shorten(case.step)} "…"@{lang} .'
    texts = {"sv": f"Lägg till raden {line}", "en": f"Add the line {line}"}
    names = [
        v for v in case.data.values(focus, (case.step,)) if isinstance(v, Literal) and v.language
    ]
    # Only parties bear proper names, which are the same in both languages.
    if not names or case.step != _LABEL or focus not in case.data.instances(_PARTY):
        return Suggestion(texts)
    name = Literal(names[0].value, language=lang)
    texts["sv"] += f" Är det ett egennamn gäller samma text, ”{name.value}”."
    texts["en"] += f" If it is a proper name the same text holds, “{name.value}”."
    return Suggestion(texts, case.with_value(name))


def _too_many(case: _Case) -> Suggestion | None:
    most = case.parameter("maxCount")
    if isinstance(most, Literal) and most.value == "0":
        if case.step is None:
            return None
        return Suggestion({
            "sv": f"Ta bort {shorten(case.step)} från {_node(case.result.focus)}.",
            "en": f"Remove {shorten(case.step)} from {_node(case.result.focus)}.",
        })  # fmt: skip
    return Suggestion({
        "sv": "Behåll det värde som källan säger. Säger två källor olika: gör två noder "
              "och länka dem med klim:disagreesWith.",
        "en": "Keep the value that the source gives. If two sources differ, make two nodes "
              "and link them by klim:disagreesWith.",
    })  # fmt: skip


def _same_language(case: _Case) -> Suggestion:
    return Suggestion({
        "sv": "Behåll ett värde per språk och flytta de andra till skos:altLabel.",
        "en": "Keep one value a language and move the others to skos:altLabel.",
    })  # fmt: skip


def _wrong_class(case: _Case) -> Suggestion | None:
    value, wanted = case.result.value, _classes(case)
    if not isinstance(value, NamedNode) or not wanted:
        return None
    if value == case.result.focus and case.step is None:
        return None
    scheme = re.match(re.escape(ID) + "code/([a-z-]+)/", value.value)
    if scheme and any(c.value == KLIM + "Code" for c in wanted):
        return _wrong_code(case, value, scheme[1])
    near = _near_iris(value, (n.value for c in wanted for n in case.data.instances(c)))
    if near:
        return _replace(case, near)
    described = next(case.data.store.quads_for_pattern(value, None, None), None) is not None
    kinds = {lang: _either(case, wanted, lang) for lang in LANGUAGES}
    if described:
        return Suggestion({
            "sv": f"Peka på något av klassen {kinds['sv']}, eller ge {_node(value)} den klassen.",
            "en": f"Point to something of the class {kinds['en']}, or make {_node(value)} one.",
        })  # fmt: skip
    return Suggestion({
        "sv": f"{_node(value)} beskrivs inte i dessa data: beskriv den som {kinds['sv']}, "
              "eller rätta IRI:n.",
        "en": f"{_node(value)} is not described in these data: describe it as {kinds['en']}, "
              "or correct the IRI.",
    })  # fmt: skip


def _wrong_datatype(case: _Case) -> Suggestion | None:
    value, wanted = case.result.value, case.parameter("datatype")
    if not isinstance(wanted, NamedNode):
        return None
    kind = wanted.value.rpartition("#")[2]
    example = _EXAMPLES.get(kind)
    texts = {
        "sv": f"Skriv till exempel {example}." if example else f"Använd {shorten(wanted)}.",
        "en": f"Write {example}, for instance." if example else f"Use {shorten(wanted)}.",
    }
    text = value.value if isinstance(value, Literal) else ""
    if kind == "decimal":  # a decimal comma is the commonest slip in Swedish data
        text = text.replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", ".")
    if kind in _FORMS and text and re.fullmatch(_FORMS[kind], text):
        made = Literal(text) if kind == "string" else Literal(text, datatype=wanted)
        add, remove = case.replaced(made)
        if add is not None:
            texts = {
                "sv": f"Byt mot {_shown(made)}.",
                "en": f"Change to {_shown(made)}.",
            }
            return Suggestion(texts, add, remove)
    return Suggestion(texts)


def _wrong_pattern(case: _Case) -> Suggestion | None:
    value, pattern = case.result.value, case.parameter("pattern")
    if not isinstance(pattern, Literal) or value is None:
        return None
    if isinstance(value, NamedNode):
        scheme = _CODE_PATTERN.match(pattern.value)
        return _wrong_code(case, value, scheme[1]) if scheme else None
    if not isinstance(value, Literal):
        return None
    for change in (str.strip, str.upper, str.lower, lambda t: t.zfill(4)):
        text = change(value.value.strip())
        if text != value.value and _matches(pattern.value, text):
            made = Literal(text, language=value.language) if value.language else Literal(text)
            add, remove = case.replaced(made)
            return Suggestion(
                {"sv": f"Menades ”{text}”?", "en": f"Was “{text}” meant?"}, add, remove
            )
    description = case.shapes.text(case.shape, "description")
    return Suggestion(dict(description)) if set(LANGUAGES) <= set(description) else None


def _wrong_code(case: _Case, value: NamedNode, scheme: str) -> Suggestion | None:
    near = _near_codes(value, scheme)
    if near:
        return _replace(case, near)
    codes = _codes(scheme)
    if not codes:
        return None
    more = ", …" if len(codes) > _MOST_SHOWN else ""
    shown = {
        lang: ", ".join(speaker.quoted(code) for code in codes[:_MOST_SHOWN]) + more
        for lang, speaker in case.speakers.items()
    }
    return Suggestion({"sv": f"Listan har {shown['sv']}.", "en": f"The list has {shown['en']}."})


def _not_in_list(case: _Case) -> Suggestion | None:
    value = case.result.value
    allowed = case.shapes.list_of(case.parameter("in"))
    if value is None or not allowed:
        return None
    shown = {
        lang: ", ".join(s.quoted(a) for a in allowed[:_MOST_SHOWN])
        for lang, s in case.speakers.items()
    }
    texts = {"sv": f"Tillåtna värden: {shown['sv']}.", "en": f"Allowed values: {shown['en']}."}
    text = {_text(a): a for a in allowed}
    near = difflib.get_close_matches(_text(value), sorted(text), 1, 0.6)
    if not near:
        return Suggestion(texts)
    add, remove = case.replaced(text[near[0]])
    name = case.name(text[near[0]])
    return Suggestion(
        {
            "sv": f"Menades {name['sv']}? {texts['sv']}",
            "en": f"Was {name['en']} meant? {texts['en']}",
        },
        add,
        remove,
    )


def _two_classes(case: _Case) -> Suggestion | None:
    classes = [t for t in case.data.values(case.result.focus, (TYPE,)) if isinstance(t, NamedNode)]
    if len(classes) < 2:
        return None
    lines = " / ".join(f"{_node(case.result.focus)} a {shorten(c)} ." for c in classes)
    return Suggestion({
        "sv": f"Ta bort en av raderna {lines}",
        "en": f"Remove one of the lines {lines}",
    })  # fmt: skip


def _wrong_order(case: _Case) -> Suggestion:
    return Suggestion({
        "sv": "Se efter i källan; ofta har de två värdena bytt plats.",
        "en": "Look it up in the source; often the two values have changed places.",
    })  # fmt: skip


def _no_iri(case: _Case) -> Suggestion:
    return Suggestion({
        "sv": f"Ge noden en IRI, till exempel <{ID}organisation/se/namn>.",
        "en": f"Give the node an IRI, such as <{ID}organisation/se/name>.",
    })  # fmt: skip


_BY_COMPONENT: Final[dict[str, Callable[[_Case], Suggestion | None]]] = {
    "MinCount": _missing,
    "QualifiedMinCount": _missing,
    "MaxCount": _too_many,
    "UniqueLang": _same_language,
    "Class": _wrong_class,
    "Or": _wrong_class,
    "Datatype": _wrong_datatype,
    "Pattern": _wrong_pattern,
    "In": _not_in_list,
    "Not": _two_classes,
    "LessThan": _wrong_order,
    "LessThanOrEquals": _wrong_order,
    "NodeKind": _no_iri,
}


# -- helpers -------------------------------------------------------------------------------


def _classes(case: _Case) -> list[NamedNode]:
    """Give the classes that a shape asks for, itself or through the shapes it chooses among."""
    shapes: list[Term] = [case.shape, *case.shapes.list_of(case.parameter("or"))]
    return [
        c
        for s in shapes
        if isinstance(s, NamedNode)
        for c in case.shapes.values(s, "class")
        if isinstance(c, NamedNode)
    ]


def _either(case: _Case, classes: list[NamedNode], lang: str) -> str:
    word = {"sv": " eller ", "en": " or "}[lang]
    return word.join(case.speakers[lang].label(c) for c in classes)


def _replace(case: _Case, near: NamedNode) -> Suggestion:
    add, remove = case.replaced(near)
    name = case.name(near)
    return Suggestion(
        {
            "sv": f"Menades {name['sv']} ({shorten(near)})?",
            "en": f"Was {name['en']} ({shorten(near)}) meant?",
        },
        add,
        remove,
    )


def _near_iris(value: NamedNode, iris: Iterable[str]) -> NamedNode | None:
    """Find the one IRI that differs from a value by a slip of the pen."""
    candidates = sorted({i for i in iris if i != value.value})
    return _nearest(value, candidates, same_folder=True)


def _codes(scheme: str) -> list[NamedNode]:
    """Give the shipped codes of one list."""
    base = f"{ID}code/{scheme}/"
    notation = NamedNode(PREFIXES["skos"] + "notation")
    found = (q.subject for q in shipped_vocabulary().quads_for_pattern(None, notation, None))
    return sorted(
        (c for c in found if isinstance(c, NamedNode) and c.value.startswith(base)),
        key=lambda code: code.value,
    )


def _near_codes(value: NamedNode, scheme: str) -> NamedNode | None:
    """Find the code of a list whose name is nearest."""
    return _nearest(value, [code.value for code in _codes(scheme)])


def _nearest(
    value: NamedNode, candidates: list[str], same_folder: bool = False
) -> NamedNode | None:
    """Compare what follows the last slash: what comes before is alike for all of a kind."""
    folder, _, last = value.value.rpartition("/")
    names: dict[str, str] = {}
    for candidate in candidates:
        if same_folder and candidate.rpartition("/")[0] != folder:
            continue
        names.setdefault(candidate.rpartition("/")[2], candidate)
    near = difflib.get_close_matches(last, list(names), 1, 0.75)
    return NamedNode(names[near[0]]) if near else None


def _matches(pattern: str, text: str) -> bool:
    try:
        return re.search(pattern, text) is not None
    except re.error:  # XPath's expressions are not all Python's
        return False


def _node(term: Term) -> str:
    return f"<{term.value}>" if isinstance(term, NamedNode) else str(term)


def _shown(literal: Literal) -> str:
    if literal.datatype.value == _XSD + "string":
        return f'"{literal.value}"'
    return f'"{literal.value}"^^{shorten(literal.datatype)}'


def _text(term: Term) -> str:
    if isinstance(term, NamedNode):
        return term.value.rpartition("/")[2]
    return term.value if isinstance(term, Literal) else str(term)
