"""What a validation found: findings, and what was and was not looked at."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode

from klimatgraph.errors import DataError, ParameterError
from klimatgraph.terms import Term, shorten

if TYPE_CHECKING:
    from klimatgraph.rows import Entity
    from klimatgraph.validation.preflight import Issue
    from klimatgraph.validation.repair import Suggestion

SEVERITIES: Final = ("violation", "warning", "info")
_WORDS: Final = {
    "sv": {"violation": "fel", "warning": "varning", "info": "upplysning"},
    "en": {"violation": "error", "warning": "warning", "info": "notice"},
}
_COLUMNS: Final = {
    "sv": ("allvar", "sak", "egenskap", "värde", "vad som är fel", "förslag", "form"),
    "en": ("severity", "thing", "property", "value", "what is wrong", "suggestion", "shape"),
}
_MOST_LISTED: Final = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that breaks one constraint.

    Parameters
    ----------
    severity : {"violation", "warning", "info"}
        A violation makes an answer wrong, a warning is a gap, an info is worth knowing.
    node : Term
        The thing.
    value : Term or None
        The value that is wrong, where there is one.
    shape : str
        IRI of the shape that holds the constraint.
    component : str
        The constraint component, such as ``"MinCount"``.
    labels, paths, messages : mapping of str to str
        The name of the thing, the name of the property, and what is wrong, by language.
    suggestion : Suggestion or None
        What to do.
    """

    severity: str
    node: Term
    value: Term | None
    shape: str
    component: str
    labels: Mapping[str, str] = field(compare=False)
    paths: Mapping[str, str] = field(compare=False)
    messages: Mapping[str, str] = field(compare=False)
    suggestion: Suggestion | None = field(default=None, compare=False)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Focus node, component, value and severity: what engines have to agree on."""
        value = "" if self.value is None else str(self.value)
        return (str(self.node), self.component, value, self.severity)

    @property
    def focus(self) -> Entity:
        """The thing, with its Swedish name."""
        return self.entity("sv")

    def entity(self, lang: str = "sv") -> Entity:
        """Give the thing with its name in a language."""
        from klimatgraph.rows import Entity

        return Entity(_plain(self.node), self.labels[_known(lang)])

    def path(self, lang: str = "sv") -> str:
        """Name the property that the constraint is about; empty if it is about the thing."""
        return self.paths[_known(lang)]

    def message(self, lang: str = "sv") -> str:
        """Say what is wrong, with the actual value."""
        return self.messages[_known(lang)]

    def advice(self, lang: str = "sv") -> str:
        """Say what to do; empty if there is nothing to say beyond the message."""
        return self.suggestion.texts[_known(lang)] if self.suggestion else ""

    def to_dict(self, lang: str = "sv") -> dict[str, Any]:
        """Give the finding as plain values.

        Returns
        -------
        dict
            With keys severity, focus, label, path, value, message, suggestion, turtle, shape
            and component.
        """
        return {
            "severity": self.severity,
            "focus": _plain(self.node),
            "label": self.labels[_known(lang)],
            "path": self.path(lang),
            "value": "" if self.value is None else _plain(self.value),
            "message": self.message(lang),
            "suggestion": self.advice(lang),
            "turtle": (self.suggestion.turtle or "") if self.suggestion else "",
            "shape": self.shape,
            "component": self.component,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a validation.

    Parameters
    ----------
    findings : tuple of Finding
        Violations first; within a severity by thing, shape and value.
    engine : str
        Which engine checked.
    covered : tuple of str
        IRIs of the things that at least one shape is about.
    uncovered : tuple of str
        IRIs of the things that no shape is about: nothing is known of their correctness.
    targets_nothing : tuple of str
        IRIs of the shapes that found nothing to check.
    issues : tuple of Issue
        What the preflight has to say of the shapes, and of words the ontology lacks.
    lang : {"sv", "en"}
        The language of texts unless another is asked for.
    """

    findings: tuple[Finding, ...]
    engine: str
    covered: tuple[str, ...] = ()
    uncovered: tuple[str, ...] = ()
    targets_nothing: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    lang: str = "sv"

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings and infos do not count."""
        return not self.of("violation")

    def __len__(self) -> int:
        """Count the findings."""
        return len(self.findings)

    def __bool__(self) -> bool:
        """Whether the data conform; a report without findings is true, unlike an empty list."""
        return self.conforms

    def of(self, severity: str) -> list[Finding]:
        """Give the findings of one severity.

        Raises
        ------
        ParameterError
            If there is no such severity.
        """
        if severity not in SEVERITIES:
            raise ParameterError(f"no severity {severity!r}: there are {', '.join(SEVERITIES)}")
        return [f for f in self.findings if f.severity == severity]

    def raise_for_errors(self) -> None:
        """Stop here if there is a violation.

        Raises
        ------
        DataError
            With the number of violations and the first of them.
        """
        violations = self.of("violation")
        if violations:
            first = violations[0]
            raise DataError(
                f"{len(violations)} violation{'s' * (len(violations) > 1)} in the data: "
                f"{first.message('en')} ({shorten(_plain(first.node))}); "
                "see the report for the rest and what to do"
            )

    # -- forms of the report ---------------------------------------------------------

    def __str__(self) -> str:
        return self.to_text()

    def to_text(self, lang: str | None = None) -> str:
        """Give the report as plain text."""
        lang = _known(lang or self.lang)
        lines = [self.summary(lang)]
        for f in self.findings:
            path = f" · {f.path(lang)}" if f.path(lang) else ""
            lines.append("")
            lines.append(
                f"{_WORDS[lang].get(f.severity, f.severity)}: {shorten(_plain(f.node))}{path}"
            )
            lines.append(f"  {f.message(lang)}")
            if f.advice(lang):
                lines.append(f"  {'Förslag' if lang == 'sv' else 'Suggestion'}: {f.advice(lang)}")
            lines.append(f"  {shorten(f.shape)}")
        for issue in self._spoken_issues():
            lines += ["", f"{_level(issue.level, lang)}: {issue.message(lang)}"]
        if self.uncovered:
            lines += ["", self._uncovered_line(lang)]
        return "\n".join(lines)

    def summary(self, lang: str | None = None) -> str:
        """Give the report in one line."""
        lang = _known(lang or self.lang)
        v, w, i = (len(self.of(s)) for s in SEVERITIES)
        c, n = len(self.covered), len(self.targets_nothing)
        if lang == "sv":
            return (
                f"{self.engine}: {v} fel, {w} {'varning' if w == 1 else 'varningar'}, "
                f"{i} {'upplysning' if i == 1 else 'upplysningar'}; "
                f"{c} {'sak kontrollerad' if c == 1 else 'saker kontrollerade'}, "
                f"{len(self.uncovered)} utan form, "
                f"{n} {'form' if n == 1 else 'former'} utan något att kontrollera"
            )
        return (
            f"{self.engine}: {v} error{'s' * (v != 1)}, {w} warning{'s' * (w != 1)}, "
            f"{i} notice{'s' * (i != 1)}; "
            f"{c} thing{'s' * (c != 1)} checked, {len(self.uncovered)} without a shape, "
            f"{n} shape{'s' * (n != 1)} with nothing to check"
        )

    def to_rows(self, lang: str | None = None) -> list[dict[str, Any]]:
        """Give one dictionary a finding; see :meth:`Finding.to_dict`."""
        lang = _known(lang or self.lang)
        return [f.to_dict(lang) for f in self.findings]

    def to_json(self, lang: str | None = None) -> str:
        """Give the report as one JSON object."""
        lang = _known(lang or self.lang)
        return json.dumps(
            {
                "conforms": self.conforms,
                "engine": self.engine,
                "counts": {s: len(self.of(s)) for s in SEVERITIES},
                "findings": self.to_rows(lang),
                "issues": [
                    {
                        "level": i.level,
                        "code": i.code,
                        "subject": i.subject,
                        "message": i.message(lang),
                    }
                    for i in self.issues
                ],
                "covered": len(self.covered),
                "uncovered": list(self.uncovered),
                "targets_nothing": list(self.targets_nothing),
            },
            ensure_ascii=False,
            indent=2,
        )

    def to_csv(self, lang: str | None = None) -> str:
        """Give the findings as CSV, with a header."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        lang = _known(lang or self.lang)
        writer.writerow(_COLUMNS[lang])
        writer.writerows(self._table(lang))
        return out.getvalue()

    def to_markdown(self, lang: str | None = None) -> str:
        """Give the report as Markdown: a line of summary and a table."""
        lang = _known(lang or self.lang)
        lines = [self.summary(lang)]
        if self.findings:
            lines += ["", _row(_COLUMNS[lang]), _row("---" for _ in _COLUMNS[lang])]
            lines += [_row(map(_escape, cells)) for cells in self._table(lang)]
        lines += [
            f"\n- {_level(i.level, lang)}: {_escape(i.message(lang))}"
            for i in self._spoken_issues()
        ]
        if self.uncovered:
            lines += ["", _escape(self._uncovered_line(lang))]
        return "\n".join(lines) + "\n"

    def _repr_html_(self) -> str:
        def cells(tag: str, values: Iterable[str]) -> str:
            return "<tr>" + "".join(f"<{tag}>{html.escape(v)}</{tag}>" for v in values) + "</tr>"

        body = "".join(cells("td", row) for row in self._table(self.lang))
        head = cells("th", _COLUMNS[_known(self.lang)])
        table = f"<table><thead>{head}</thead><tbody>{body}</tbody></table>" if body else ""
        notes = "".join(
            f"<li>{html.escape(_level(i.level, self.lang) + ': ' + i.message(self.lang))}</li>"
            for i in self._spoken_issues()
        )
        return f"<p>{html.escape(self.summary())}</p>{table}" + (f"<ul>{notes}</ul>" * bool(notes))

    def render(self, format: str = "table", lang: str | None = None) -> str:
        """Give the report in a format by name.

        Parameters
        ----------
        format : {"table", "csv", "json", "md"}
        lang : {"sv", "en"}, optional

        Raises
        ------
        ParameterError
            If there is no such format or language.
        """
        forms = {
            "table": self.to_text, "csv": self.to_csv, "json": self.to_json, "md": self.to_markdown,
        }  # fmt: skip
        if format not in forms:
            raise ParameterError(f"no format {format!r}: use one of {', '.join(forms)}")
        return forms[format](lang)

    # -- private ---------------------------------------------------------------------

    def _table(self, lang: str) -> list[tuple[str, ...]]:
        lang = _known(lang)
        return [
            (
                _WORDS[lang].get(f.severity, f.severity),
                f"{f.labels[lang]} ({shorten(_plain(f.node))})",
                f.path(lang),
                "" if f.value is None else shorten(_plain(f.value)),
                f.message(lang),
                f.advice(lang),
                shorten(f.shape),
            )
            for f in self.findings
        ]

    def _spoken_issues(self) -> list[Issue]:
        """Leave out what the counts say already."""
        return [i for i in self.issues if i.code != "targets-nothing"]

    def _uncovered_line(self, lang: str) -> str:
        shown = ", ".join(shorten(iri) for iri in self.uncovered[:_MOST_LISTED])
        more = " …" if len(self.uncovered) > _MOST_LISTED else ""
        start = {"sv": "Ingen form gäller", "en": "No shape is about"}[lang]
        return f"{start}: {shown}{more}"


def _known(lang: str) -> str:
    if lang not in _WORDS:
        raise ParameterError(f"no language {lang!r}: use sv or en")
    return lang


def _level(level: str, lang: str) -> str:
    return _WORDS[_known(lang)]["violation" if level == "error" else level]


def _plain(term: Term) -> str:
    """Give an IRI or literal without its quotes, a blank node with its underscore."""
    return term.value if isinstance(term, (NamedNode, Literal)) else str(term)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _escape(text: str) -> str:
    """Keep a text from ending a cell, or becoming markup."""
    folded = " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")
    return folded.replace("<", "&lt;").replace(">", "&gt;")
