"""What a finding says, in Swedish and English, with the actual values in it.

A message of a shape may hold places to fill in: ``{focus}``, ``{value}``, ``{values}`` (all
values at the path of the shape), ``{path}``, and ``{prefix:name}`` for the values of any
property of the focus node. Neither engine touches such places in Core constraints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from klimatgraph.errors import InputError
from klimatgraph.terms import Term, expand, pick_label, shorten
from klimatgraph.validation.prepared import Prepared
from klimatgraph.validation.shapes import ShapesGraph

LANGUAGES: Final = ("sv", "en")
_PLACE: Final = re.compile(r"\{(focus|value|values|path|[a-z][a-zA-Z0-9]*:[A-Za-z0-9_.-]+)\}")
_QUOTES: Final = {"sv": ("”", "”"), "en": ("“", "”")}
_NOTHING: Final = {"sv": "(saknas)", "en": "(missing)"}
_NAMELESS: Final = {"sv": "en nod utan namn", "en": "a node without a name"}
_LONGEST: Final = 200

# For shapes that bring no message of their own: constraint component -> (sv, en).
_GENERIC: Final[dict[str, tuple[str, str]]] = {
    "MinCount": ("{focus} har för få värden för {path}.", "{focus} has too few values of {path}."),
    "MaxCount": (
        "{focus} har för många värden för {path}: {values}.",
        "{focus} has too many values of {path}: {values}.",
    ),
    "QualifiedMinCount": (
        "{focus} har för få värden av rätt slag för {path}: {values}.",
        "{focus} has too few values of the right kind of {path}: {values}.",
    ),
    "QualifiedMaxCount": (
        "{focus} har för många värden av ett slag för {path}: {values}.",
        "{focus} has too many values of one kind of {path}: {values}.",
    ),
    "UniqueLang": (
        "{focus} har flera värden på samma språk för {path}: {values}.",
        "{focus} has several values in one language of {path}: {values}.",
    ),
    "HasValue": (
        "{focus} saknar ett bestämt värde för {path}: {values}.",
        "{focus} lacks a certain value of {path}: {values}.",
    ),
    "Closed": (
        "{focus} har {value} för en egenskap som formen inte tillåter: {path}.",
        "{focus} has {value} of a property that the shape does not allow: {path}.",
    ),
    "Class": (
        "{focus} har {value} för {path}, som är av fel klass.",
        "{focus} has {value} of {path}, which is of the wrong class.",
    ),
    "Datatype": (
        "{focus} har {value} för {path}, som är av fel datatyp.",
        "{focus} has {value} of {path}, which is of the wrong datatype.",
    ),
    "Pattern": (
        "{focus} har {value} för {path}, som inte följer mönstret.",
        "{focus} has {value} of {path}, which does not follow the pattern.",
    ),
}
_ANY: Final = (
    "{focus} har {value} för {path}, vilket bryter mot {component}.",
    "{focus} has {value} of {path}, which breaks {component}.",
)


class Speaker:
    """Puts terms and messages into words of one language.

    Parameters
    ----------
    data : Prepared
        Where values and labels come from.
    shapes : ShapesGraph
        Where messages and names of paths come from.
    lang : {"sv", "en"}
    """

    def __init__(self, data: Prepared, shapes: ShapesGraph, lang: str) -> None:
        self._data = data
        self._shapes = shapes
        self.lang = lang

    def label(self, term: Term) -> str:
        """Give what a thing is called: its label, or its IRI in short form."""
        if isinstance(term, NamedNode):
            return pick_label(self._data.labels(term), self.lang) or shorten(term)
        if isinstance(term, BlankNode):  # the name of a blank node is no name: it changes
            return pick_label(self._data.labels(term), self.lang) or _NAMELESS[self.lang]
        return term.value if isinstance(term, Literal) else str(term)

    def quoted(self, term: Term, typed: bool = False) -> str:
        """Put a term in quotation marks, a literal with its type or a foreign language.

        Parameters
        ----------
        term : Term
        typed : bool
            Whether the type of a literal is the matter, and is to be shown.
        """
        before, after = _QUOTES[self.lang]
        text = self.label(term)
        if len(text) > _LONGEST:
            text = text[: _LONGEST - 1] + "…"
        shown = before + text + after
        if isinstance(term, Literal):
            if term.language and (typed or term.language not in LANGUAGES):
                shown += f" (@{term.language})"
            elif typed:
                shown += f" ({shorten(term.datatype)})"
        elif isinstance(term, NamedNode) and text != shorten(term) and typed:
            shown += f" ({shorten(term)})"
        return shown

    def path(self, shape: NamedNode | None) -> str:
        """Name the path of a shape: by the shape's own name of it, else by the property's."""
        if shape is None:
            return ""
        names = self._shapes.text(shape, "name")
        if names:
            return _in_language(names, self.lang)
        steps = self._shapes.path(shape) or ()
        return " / ".join(self.label(step) for step in steps)

    def message(
        self,
        shape: NamedNode | None,
        component: str,
        focus: Term,
        value: Term | None,
        fallback: Mapping[str, str],
    ) -> str:
        """Put a result into words.

        Parameters
        ----------
        shape : NamedNode or None
            The shape that holds the constraint.
        component : str
            Local name of the constraint component, without its ending.
        focus, value : Term
            What is wrong, and the value that makes it so.
        fallback : mapping of str to str
            Messages of the engine by language, for shapes with messages made by a query.
        """
        texts = self._shapes.text(shape, "message") if shape is not None else {}
        if component == "SPARQL" and fallback:
            texts = dict(fallback)
        if texts:
            template = _in_language(texts, self.lang)
        else:
            template = _GENERIC.get(component, _ANY)[LANGUAGES.index(self.lang)]
            template = template.replace("{component}", component)
        return self._fill(template, shape, component, focus, value)

    # -- private ---------------------------------------------------------------------

    def _fill(
        self,
        template: str,
        shape: NamedNode | None,
        component: str,
        focus: Term,
        value: Term | None,
    ) -> str:
        typed = component in ("Datatype", "LanguageIn", "UniqueLang")

        def fill(match: re.Match[str]) -> str:
            place = match[1]
            if place == "focus":
                return self.quoted(focus)
            if place == "value":
                return _NOTHING[self.lang] if value is None else self.quoted(value, typed)
            if place == "path":
                return self.path(shape) or _NOTHING[self.lang]
            if place == "values":
                steps = self._shapes.path(shape) if shape is not None else None
                return self._join(self._data.values(focus, steps) if steps else (), typed)
            try:
                step = expand(place)
            except InputError:  # not a place of ours: braces that the author meant
                return match[0]
            return self._join(self._data.values(focus, (step,)), False)

        # One pass: what is filled in is never searched for places again.
        return _PLACE.sub(fill, template)

    def _join(self, terms: Iterable[Term], typed: bool) -> str:
        shown = [self.quoted(term, typed) for term in terms]
        if len(shown) > 5:
            shown = [*shown[:5], "…"]
        return ", ".join(shown) or _NOTHING[self.lang]


def engine_messages(messages: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Sort the messages of an engine by language, the first of each language first.

    Examples
    --------
    >>> engine_messages([("", "too long"), ("sv", "för lång"), ("sv", "alltför lång")])
    {'': 'too long', 'sv': 'för lång'}
    """
    texts: dict[str, str] = {}
    for lang, text in messages:
        texts.setdefault(lang, text)
    return texts


def _in_language(texts: Mapping[str, str], lang: str) -> str:
    for wanted in (lang, "", "sv", "en", *sorted(texts)):
        if wanted in texts:
            return texts[wanted]
    return ""
