"""Read a contract of any kind: a Klimatkontrakt, or one of Europe's Climate City Contracts."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike

from klimatgraph.engines.base import Engine
from klimatgraph.reading.ccc.reader import is_ccc, read_ccc
from klimatgraph.reading.ccc.themes import ActionThemes
from klimatgraph.reading.documents import Document, read
from klimatgraph.reading.gathering import Reading
from klimatgraph.reading.gazetteer import Gazetteer
from klimatgraph.reading.klimatkontrakt import read_contract


def read_any(
    path: str | PathLike[str] | Document,
    engine: Engine,
    *,
    city: str | None = None,
    edition: str | None = None,
    gazetteer: Gazetteer | None = None,
    measures: Callable[[], ActionThemes] | None = None,
) -> Reading:
    """Read a contract; its headings tell of which kind it is.

    Parameters
    ----------
    path : path or Document
        A PDF, text or Markdown file, or a document that was read from one.
    engine, city, gazetteer
        See :func:`klimatgraph.reading.klimatkontrakt.read_contract`.
    edition : str, optional
        Label of the edition of a Klimatkontrakt; Climate City Contracts have none.
    measures : callable, optional
        Gives the measures that actions are told by; asked only for a Climate City Contract. Give
        it when several documents are read.

    Returns
    -------
    Reading
        What was found.

    Raises
    ------
    DocumentError
        If the document cannot be read or is no contract.
    UnknownName
        If `city` names no city of the graph.
    """
    document = path if isinstance(path, Document) else read(path)
    if is_ccc(document):
        themes = measures() if measures else None
        return read_ccc(document, engine, city=city, gazetteer=gazetteer, themes=themes)
    return read_contract(document, engine, city=city, edition=edition, gazetteer=gazetteer)
