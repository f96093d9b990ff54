"""What looks like the name of a thing: for a person to decide whether the graph should know it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from sys import maxsize
from typing import Final

from klimatgraph.reading.inflection import Word, gap
from klimatgraph.reading.naming import capitals, opens
from klimatgraph.reading.wordlists import BODIES, INSTITUTIONS, JOINING, ORDINARY

_LONGEST: Final = 12


@dataclass(frozen=True, slots=True)
class Unlinked:
    """Words that look like a name, and where they stand."""

    start: int
    end: int
    words: str


def unlinked(
    text: str,
    said: Sequence[Word],
    known: Iterable[tuple[int, int]],
    themes: Iterable[tuple[int, int]] = (),
) -> list[Unlinked]:
    """Find words that look like names, apart from those that are known.

    Parameters
    ----------
    text : str
        The text.
    said : sequence of Word
        Its words.
    known : iterable of (int, int)
        Spans of names that are known.
    themes : iterable of (int, int)
        Spans of themes; capitalised words that are themes altogether are a heading and no name.

    Returns
    -------
    list of Unlinked
        Capitalised words that follow each other, mixed case ("NetZero"), abbreviations.
    """
    spans, subjects, caps = _merged(known), _merged(themes), capitals(text)
    small = {word.key for word in said if word.text.islower()}
    title = _is_title(text, said)
    found: list[Unlinked] = []
    index = 0
    while index < len(said):
        run = _run(text, said, index, spans)
        if not run:
            index += 1
            continue
        index += len(run)
        run = _trimmed(text, run, small)
        if not run or _within(run, caps) or all(_within([w], subjects) for w in run):
            continue
        if title and not any(_sign(word) for word in run):
            continue
        if _is_name(text, run, small):
            found.append(Unlinked(run[0].start, run[-1].end, text[run[0].start : run[-1].end]))
    return found


def _within(run: Sequence[Word], spans: Sequence[tuple[int, int]]) -> bool:
    place = bisect_right(spans, (run[0].start, maxsize)) - 1
    return place >= 0 and run[-1].end <= spans[place][1]


def _meets(spans: Sequence[tuple[int, int]], word: Word) -> bool:
    """Whether a word lies across one of some spans, which are in order and do not overlap."""
    place = bisect_left(spans, (word.end, 0)) - 1
    return place >= 0 and spans[place][1] > word.start


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _is_title(text: str, said: Sequence[Word]) -> bool:
    """Whether a text is a heading in which English gives every word a capital."""
    long = [word for word in said if len(word.key) > 3 and word.key.isalpha()]
    small = any(word.key in JOINING or word.key in ("and", "och") for word in said)
    return (
        2 < len(long) < 15
        and (small or len(long) > 5)
        and said[0].capital
        and not re.search(r"[.!?;]", text.rstrip())
        and sum(word.capital for word in long) > 0.8 * len(long)
    )


def _run(
    text: str, said: Sequence[Word], index: int, known: Sequence[tuple[int, int]]
) -> list[Word]:
    """Capitalised words that follow each other, with small joining words between them."""
    run: list[Word] = []
    place = index
    while place < len(said) and len(run) < _LONGEST:
        word = said[place]
        if _meets(known, word):
            break
        if run and gap(text[run[-1].end : word.start]) not in (" ", "&"):
            break
        if word.capital or _sign(word) or (run and word.text.isdigit()):
            run.append(word)
        elif run and word.key in BODIES:
            return [*run, word]
        elif run and word.key in JOINING and place + 1 < len(said) and said[place + 1].capital:
            following = said[place + 1]
            if gap(text[word.end : following.start]) != " " or _meets(known, following):
                break
            run.append(word)
        else:
            break
        place += 1
    return run


def _sign(word: Word) -> bool:
    """Whether the writing of a word alone makes it a name: an abbreviation or mixed case."""
    letters = sum(c.isalpha() for c in word.text)
    if word.key in ORDINARY or letters < 2:
        return False
    return word.mixed or (word.upper and not re.fullmatch(r"[IVXLC]+|[A-Z]\d+", word.text))


def _trimmed(text: str, run: list[Word], small: set[str]) -> list[Word]:
    """Take off what opens a sentence, and ordinary words and numbers at both ends."""
    while run and (run[0].key in ORDINARY | JOINING or run[0].text.isdigit()):
        run = run[1:]
    if len(run) > 1 and opens(text, run[0].start) and not _sign(run[0]):
        if run[1].key in JOINING and run[0].key not in INSTITUTIONS:
            run = run[2:]  # "Målet för Malmö högskola"
        elif run[0].key in small:
            run = run[1:]
    while run and (run[-1].key in ORDINARY | JOINING) and len(run) == 1:
        run = run[:-1]
    return run


def _is_name(text: str, run: Sequence[Word], small: set[str]) -> bool:
    meaningful = [
        w for w in run
        if w.key not in ORDINARY and w.key not in JOINING and not w.text.isdigit()
    ]  # fmt: skip
    if not meaningful or not any(len(w.key) > 1 for w in meaningful):
        return False
    if any(_sign(word) for word in meaningful):
        return True
    if sum(word.capital for word in run) > 1:
        return True
    # At the beginning of a sentence, and in English behind a colon, any word has a capital.
    begins = opens(text, run[0].start) or text[
        max(0, run[0].start - 8) : run[0].start
    ].rstrip().endswith((":", "-"))
    return not begins and run[0].key not in small and len(run[0].key) > 2
