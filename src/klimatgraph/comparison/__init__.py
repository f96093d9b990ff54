"""What differs between two contracts, or between two states of a graph.

Modules
-------
choosing
    Contracts by name: ``"Umeå 2025/26"``.
pairing
    Which fact of one contract answers to which of the other.
judging
    What two facts that belong together tell: raised, lowered, joined, …
model, diff
    The difference, and how it is made.
words, sentences, single, values
    The difference in Swedish and English: rows, sentences, one change, one fact.
"""

from __future__ import annotations

from klimatgraph.comparison.diff import diff_contracts, diff_graphs
from klimatgraph.comparison.model import Change, Difference

__all__ = ["Change", "Difference", "diff_contracts", "diff_graphs"]
