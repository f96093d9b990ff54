"""What the rules of a Climate City Contract look at: its passages, modules and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klimatgraph.reading.ccc.modules import modules_of
from klimatgraph.reading.ccc.tables import Table, tables_of
from klimatgraph.reading.documents import Document, Passage


@dataclass(frozen=True)
class Source:
    """A Climate City Contract, taken apart once for all rules.

    Parameters
    ----------
    document : Document
        The contract.
    tables : tuple of Table
        Its tables; see :func:`klimatgraph.reading.ccc.tables.tables_of`.
    modules : tuple of str
        For each passage, the module of the template in which it stands; empty where none.
    """

    document: Document
    tables: tuple[Table, ...]
    modules: tuple[str, ...]

    @classmethod
    def of(cls, document: Document) -> Source:
        """Take a document apart."""
        return cls(document, tuple(tables_of(document)), tuple(modules_of(document.passages)))

    def tables_in(self, *modules: str) -> list[Table]:
        """The tables of these modules."""
        return [table for table in self.tables if table.module in modules]

    def passages_in(self, *modules: str) -> Iterator[Passage]:
        """The passages of these modules; ``""`` stands for what comes before the first."""
        for passage, module in zip(self.document.passages, self.modules, strict=True):
            if module in modules:
                yield passage
