"""A contract of one section, with the names that it holds given by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from klimatgraph.reading import read
from klimatgraph.reading.context import Context, lists_of
from klimatgraph.reading.gazetteer import Mention
from klimatgraph.reading.outline import outline
from klimatgraph.reading.sentences import language
from klimatgraph.terms import ID

Make = Callable[..., Context]
SECTIONS = {
    "targets": ("Kommunens åtaganden", "Klimatmål"),
    "plan": ("Kommunens åtaganden", "Klimatinvesteringsplan"),
    "roadmap": ("Kommunens åtaganden", "Klimatfärdplan"),
    "joint": ("Kommunens åtaganden", "Åtaganden med andra kommuner"),
}


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a context of a text that stands in one section; names are given as {words: tail}."""

    def context(text: str, section: str = "targets", names: dict[str, str] | None = None,
                **known: Any) -> Context:  # fmt: skip
        chapter, title = SECTIONS.get(section, (section, ""))
        inner = f"1.1 {title}\n\n{text}\n" if title else f"{text}\n"
        path = tmp_path / f"kontrakt{known.pop('ending', '.txt')}"
        path.write_text(f"1. {chapter}\n\n{inner}", encoding="utf-8")
        document = read(path)
        found = outline(document)
        mentions = {
            (p.section, p.ordinal): tuple(_named(p.text, names or {})) for p in document.passages
        }
        spoken = known.pop("language", language([text]))
        defaults = {"city": "city/se/lund", "city_name": "Lund", "edition": "2025/26"}
        return Context(found, spoken, mentions, lists=lists_of(found), **{**defaults, **known})

    return context


def _named(text: str, names: dict[str, str]) -> list[Mention]:
    kinds = {"city": "party", "agency": "party", "programme": "party", "organisation": "party"}
    found = []
    for words, thing in names.items():
        kind = thing.partition("/")[0]
        for match in re.finditer(re.escape(words), text):
            found.append(
                Mention(ID + thing, kinds.get(kind, kind), match.start(), match.end(), match[0],
                        "exact", 1.0)
            )  # fmt: skip
    return sorted(found, key=lambda mention: mention.start)
