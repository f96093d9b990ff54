"""The time of the gazetteer against the number of names, and beside dividing a text into words.

The text is Umeå's contract where the corpus is there, else Swedish words drawn at random; the names
are those of the shipped graph, and made-up ones of the same shape.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

import klimatgraph as kg
from benchmarks.timing import HEADER, in_turn
from klimatgraph.reading.gazetteer import Entry, Gazetteer

CONTRACT: Final = (
    Path(__file__).resolve().parents[2]
    / "shared" / "corpus" / "klimatkontrakt" / "umea-2025-26.txt"
)  # fmt: skip
_LETTERS: Final = "abcdefghijklmnoprstuvyåäö"
_SYLLABLES: Final = ("el", "var", "kom", "mun", "kli", "mat", "tra", "fik", "ener", "gi", "och")


def paragraphs() -> list[str]:
    """The text that is read: paragraphs of at least a hundred thousand letters together."""
    if CONTRACT.is_file():
        once = [p for p in CONTRACT.read_text(encoding="utf-8").split("\n\n") if p.strip()]
    else:
        draw = random.Random(1)
        drawn = ("".join(draw.choices(_SYLLABLES, k=draw.randint(1, 4))) for _ in range(15_000))
        once = [" ".join(islice(drawn, 60)) for _ in range(250)]
    return once * max(1, 100_000 // sum(map(len, once)))


def more(entries: list[Entry], times: int) -> Iterator[Entry]:
    """The names, and others that differ from them in their letters: `times` as many in all.

    Abbreviations differ, too: sixteen things that are called EU would measure how long it takes
    to choose among them.
    """
    draw = random.Random(1)

    def other(match: re.Match[str]) -> str:
        letter = draw.choice(_LETTERS)
        return letter.upper() if match[0].isupper() else letter

    yield from entries
    for turn in range(1, times):
        for entry in entries:
            name = re.sub(r"[^\W\d_]", other, entry.name)
            yield Entry(f"{entry.iri}/{turn}", entry.kind, name, entry.language)


def main() -> None:
    """Print how the time grows with the names, and words per second."""
    graph = kg.load()
    entries = Gazetteer.entries(graph.engine)
    texts = paragraphs()
    text = "\n\n".join(texts)
    count = len(re.findall(r"\w+", text))
    once = Gazetteer(entries)

    def read(names: Gazetteer) -> None:
        for paragraph in texts:
            names.find(paragraph)

    print(HEADER)
    for times in (4, 16):
        many = Gazetteer(more(entries, times))
        pair = in_turn(partial(read, many), partial(read, once), runs=9)
        print(pair.line(f"find(), {len(entries) * times} names / {len(entries)}"))
    pair = in_turn(lambda: read(once), lambda: re.findall(r"\w+", text), runs=9)
    print(pair.line(r"find() / re.findall(r'\w+')"))
    seconds = sorted(pair.ours)[len(pair.ours) // 2]
    size = len(text.encode()) / 1e6
    print(f"{count / seconds:,.0f} words a second, {size / seconds:.2f} MB a second")


if __name__ == "__main__":
    main()
