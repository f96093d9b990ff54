"""What looks like the name of a thing: for a person to decide whether the graph should know it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from klimatgraph.reading.inflection import Word

# Capitalised without being names: days, months, headings, words of the template.
_ORDINARY: Final = frozenset(
    (
        "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag", "januari",
        "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
        "november", "december", "january", "february", "march", "may", "june", "july", "august",
        "october", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        "bilaga", "annex", "appendix", "scope", "åtagande", "åtaganden", "commitment", "avsnitt",
        "section", "kapitel", "chapter", "tabell", "table", "figur", "figure", "version", "vi",
        "we", "i", "the", "this", "ca", "tbd", "co2", "co2e", "pdf", "www", "http", "https", "sida",
        "kommun", "kommunen", "kommunens", "staden", "city", "sverige", "sveriges", "sweden",
        "eu", "eus", "fn", "un", "europa", "europe", "ab", "s",
    )
)  # fmt: skip
_JOINING: Final = frozenset(("of", "for", "och", "and", "för", "the", "de", "i", "in"))


@dataclass(frozen=True, slots=True)
class Unlinked:
    """Words that look like a name, and where they stand."""

    start: int
    end: int
    words: str


def unlinked(
    text: str, said: Sequence[Word], known: Iterable[tuple[int, int]], caps: bool
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
    caps : bool
        Whether the text is all in capitals, so that they tell nothing.

    Returns
    -------
    list of Unlinked
        Capitalised words that follow each other, mixed case ("NetZero"), abbreviations.
    """
    if caps:
        return []
    spans = sorted(known)
    found: list[Unlinked] = []
    index = 0
    while index < len(said):
        run = _run(text, said, index)
        if not run or any(a < run[-1].end and run[0].start < b for a, b in spans):
            index += 1
            continue
        if _is_name(text, run):
            found.append(Unlinked(run[0].start, run[-1].end, text[run[0].start : run[-1].end]))
        index += len(run)
    return found


def _run(text: str, said: Sequence[Word], index: int) -> list[Word]:
    """Capitalised words that follow each other, with small joining words between them."""
    run: list[Word] = []
    place = index
    while place < len(said):
        word = said[place]
        glued = not run or text[run[-1].end : word.start] in (" ", "\u00a0", "-", "&", " & ")
        if not glued:
            break
        if _looks_like_one(word) or (run and word.text.isdigit()):
            run.append(word)
            place += 1
            continue
        following = said[place + 1] if place + 1 < len(said) else None
        if (
            run
            and word.key in _JOINING - {"och", "and"}
            and following is not None
            and _looks_like_one(following)
            and text[word.end : following.start] == " "
        ):
            run += [word, following]
            place += 2
            continue
        break
    return run


def _looks_like_one(word: Word) -> bool:
    return word.capital or any(c.isupper() for c in word.text[1:])


def _is_name(text: str, run: Sequence[Word]) -> bool:
    meaningful = [w for w in run if w.key not in _ORDINARY and not w.text.isdigit()]
    if not meaningful or not any(len(w.key) > 1 for w in meaningful):
        return False
    first = run[0]
    before = text[: first.start].rstrip()
    opens = not before or before[-1] in '.!?:;▪•\n|”"“–-'
    mixed = any(any(c.isupper() for c in w.text[1:]) for w in meaningful)
    # At the beginning of a sentence any word has a capital.
    return mixed or not opens or len([w for w in run if w.capital]) > 1
