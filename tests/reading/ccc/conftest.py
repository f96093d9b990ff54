"""A Climate City Contract written for a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from klimatgraph.reading import read
from klimatgraph.reading.ccc.source import Source


@pytest.fixture
def source(tmp_path: Path) -> Callable[[str], Source]:
    """Makes a source of Markdown."""

    def made(text: str) -> Source:
        path = tmp_path / "plan.md"
        path.write_text(text, encoding="utf-8")
        return Source.of(read(path))

    return made
