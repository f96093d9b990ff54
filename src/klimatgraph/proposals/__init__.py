"""Proposals: from what was read to what the graph says, with a person in between.

Modules
-------
draft
    :class:`~klimatgraph.proposals.draft.Draft`: a proposal with its decisions, in a folder.
model
    The proposal itself.
review
    The decisions: accept, change, drop.
statements, wording
    Facts as RDF, and their labels.
adding
    Checked by the shapes, then added all at once.
report
    The words of the document beside the readings.
"""

from __future__ import annotations

from klimatgraph.proposals.adding import Added, add
from klimatgraph.proposals.draft import Draft

__all__ = ["Added", "Draft", "add"]
