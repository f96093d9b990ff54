"""Which of a document's actions are its portfolio: outlines, rows of a table, or both.

The template asks for a list of all actions (B-2.1) and an outline of each (B-2.2). Most cities
outline what they list, in slightly other words; some outline a few as examples.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from klimatgraph.lookup import fold
from klimatgraph.reading.ccc.actions import Action
from klimatgraph.reading.ccc.indicator_values import style_of
from klimatgraph.reading.ccc.outlines import outlines
from klimatgraph.reading.ccc.portfolio import portfolio
from klimatgraph.reading.ccc.source import Source

_EXAMPLES: Final = 2
"""Outlines are examples where the list has more than so many times as many actions."""


def actions(source: Source) -> list[Action]:
    """Read the actions of a document, each once.

    Parameters
    ----------
    source : Source
        A Climate City Contract or its action plan.

    Returns
    -------
    list of Action
        Outlines first, then what only a table lists.
    """
    outlined, listed = outlines(source), portfolio(source)
    once: dict[str, Action] = {}
    for action in outlined:
        once.setdefault(_key(action), action)
    found = list(once.values())
    if len(listed) > _EXAMPLES * len(once):
        found += [action for action in listed if _key(action) not in once]
    cells = [action.attributes.get(name, "") for action in found for name in ("cost", "reduction")]
    style = style_of(cells)
    return [replace(action, style=style) for action in found]


def _key(action: Action) -> str:
    return fold(action.name)
