"""The questions of a folder, by name."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from klimatgraph.engines.base import Engine
from klimatgraph.errors import InputError, UnknownName
from klimatgraph.questions.model import Question, read_question
from klimatgraph.questions.parameters import Resolver
from klimatgraph.questions.running import run
from klimatgraph.rows import Column, Rows

__all__ = ["QuestionLibrary"]


class QuestionLibrary(Mapping[str, Question]):
    """The questions of a folder, by name.

    A question in a sub-folder is called ``folder/name``. Files are read and checked when
    first asked for.

    Parameters
    ----------
    folder : str or Path
        Folder of ``.rq`` files.

    Raises
    ------
    InputError
        If there is no such folder.

    Examples
    --------
    >>> from klimatgraph.resources import folder
    >>> library = QuestionLibrary(folder("queries"))
    >>> library["cities-without-commitment"].text("en", {"commitment": 5})
    'Which municipalities have not adopted commitment 5...?'
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        if not self.folder.is_dir():
            raise InputError(f"no folder of questions at {self.folder}: check the path")
        self._paths = {
            path.relative_to(self.folder).with_suffix("").as_posix(): path
            for path in sorted(self.folder.rglob("*.rq"))
        }
        self._read: dict[str, Question] = {}

    def __getitem__(self, name: str) -> Question:
        if name not in self._read:
            if name not in self._paths:
                near = difflib.get_close_matches(name, list(self._paths), 3, 0.5)
                near += [known for known in self._paths if name and name in known][:3]
                raise UnknownName("question", name, list(dict.fromkeys(near))[:3])
            self._read[name] = read_question(self._paths[name], name)
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def _repr_html_(self) -> str:
        return self.listing()._repr_html_()

    def __repr__(self) -> str:
        return f"<QuestionLibrary: {len(self)} questions>"

    def listing(self, lang: str = "sv") -> Rows:
        """List the questions that stand in the library's own folder.

        Parameters
        ----------
        lang : {"sv", "en"}

        Returns
        -------
        Rows
            Columns ``name``, ``question``, ``parameters`` and ``tags``.
        """
        sv = lang != "en"
        heading = "Vilka frågor kan ställas?" if sv else "Which questions can be asked?"
        labels = (
            ("namn", "fråga", "parametrar", "ämnen")
            if sv
            else ("name", "question", "parameters", "topics")
        )
        names = ("name", "question", "parameters", "tags")
        rows = [
            {
                "name": name,
                "question": self[name].text(lang),
                "parameters": " ".join(
                    f"{p.name}={p.example}" if p.default is not None else p.name
                    for p in self[name].parameters.values()
                ),
                "tags": ", ".join(self[name].tags),
                "sources": (),
            }
            for name in self
            if "/" not in name
        ]
        columns = [Column(n, label) for n, label in zip(names, labels, strict=True)]
        return Rows("questions", heading, columns, rows, lang=lang)

    def describe(self, name: str, lang: str = "sv") -> str:
        """Tell in a few lines what a question asks, takes and answers.

        Parameters
        ----------
        name : str
        lang : {"sv", "en"}

        Returns
        -------
        str
        """
        question = self[name]
        lines = [f"{name}: {question.text(lang)}"]
        lines += [
            f"  {p.name} ({p.type}): {p.label[lang]}, {p.example!r}"
            for p in question.parameters.values()
        ]
        lines.append("  → " + ", ".join(labels[lang] for labels in question.columns.values()))
        return "\n".join(lines)

    def run(
        self,
        question: str | Question,
        engine: Engine,
        lang: str = "sv",
        resolver: Resolver | None = None,
        *,
        timeout: float | None = None,
        **parameters: Any,
    ) -> Rows:
        """Ask a question; see :func:`run`, which takes the question itself."""
        asked = self[question] if isinstance(question, str) else question
        return run(asked, engine, lang, resolver, timeout=timeout, **parameters)
