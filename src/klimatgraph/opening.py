"""The three ways to a graph: the shipped one, a folder on disk, a server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from klimatgraph.errors import ParameterError
from klimatgraph.graph import KlimatGraph

if TYPE_CHECKING:
    from klimatgraph.proposals import Draft

# Built by ``klimatgraph build`` from data/ and ontology/; never edited by hand.
SHIPPED: Final = "klimatgraph.trig"

LANGUAGES: Final = ("sv", "en")


def load(*files: str | Path, lang: str = "sv") -> KlimatGraph:
    """Load the shipped graph, or RDF files of your own, into memory.

    Parameters
    ----------
    *files : str or Path
        RDF files (Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD). Without any, the
        shipped graph; no network is used.
    lang : {"sv", "en"}
        The language of answers.

    Returns
    -------
    KlimatGraph
        The graph. Changes to it stay in memory.

    Raises
    ------
    FormatError
        If a file is not RDF; with file and line. Nothing is loaded then.

    Examples
    --------
    >>> import klimatgraph as kg
    >>> len(kg.load()) > 5_000
    True
    """
    from klimatgraph import canonical
    from klimatgraph.engines.oxigraph import OxigraphEngine
    from klimatgraph.resources import folder

    language = _language(lang)
    engine = OxigraphEngine() if files else OxigraphEngine.shipped(folder("data") / SHIPPED)
    for quads in [canonical.parse(Path(file)) for file in files]:
        engine.add(quads)
    return KlimatGraph(engine, language)


def open(
    path: str | Path, *, lang: str = "sv", create: bool = False, read_only: bool = False
) -> KlimatGraph:
    """Open a graph kept in a folder on disk.

    Parameters
    ----------
    path : str or Path
        The folder.
    lang : {"sv", "en"}
        The language of answers.
    create : bool
        Make the folder, filled with the shipped graph, if it is not there or empty.
    read_only : bool
        Only read, also while another process writes.

    Returns
    -------
    KlimatGraph
        The graph; what is added stays on disk. Close it, or use it with ``with``, to let
        others write.

    Raises
    ------
    EngineUnavailable
        If the folder is not there, or is not a store.
    StoreLocked
        If another process writes to it.
    ParameterError
        If it is to be created and only read.

    Examples
    --------
    >>> import klimatgraph as kg, tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     with kg.open(f"{place}/store", create=True) as g:
    ...         g.city("2480").label
    'Umeå'
    """
    from klimatgraph.engines.oxigraph import OxigraphEngine
    from klimatgraph.resources import folder

    language = _language(lang)
    if create and read_only:
        raise ParameterError("a store cannot be created read-only: leave one of the two out")
    place = Path(path)
    fresh = create and not (place.is_dir() and any(place.iterdir()))
    engine = OxigraphEngine.open(place, create=create, read_only=read_only)
    if fresh:
        engine.load(folder("data") / SHIPPED)
    return KlimatGraph(engine, language)


def connect(url: str, *, lang: str = "sv", timeout: float = 30.0, **options: Any) -> KlimatGraph:
    """Ask a graph behind any SPARQL 1.1 server.

    Parameters
    ----------
    url : str
        The address of the query service.
    lang : {"sv", "en"}
        The language of answers.
    timeout : float
        Seconds to wait for an answer.
    **options
        Handed to :class:`klimatgraph.engines.remote.RemoteEngine`.

    Returns
    -------
    KlimatGraph
        The graph; for reading.
    """
    from klimatgraph.engines.remote import RemoteEngine

    return KlimatGraph(RemoteEngine(url, timeout=timeout, **options), _language(lang))


def read(document: str | Path, *, lang: str = "sv", **options: Any) -> Draft:
    """Read a Klimatkontrakt from a file, with the names that the shipped graph knows.

    Parameters
    ----------
    document : str or Path
        A PDF, text or Markdown file.
    lang : {"sv", "en"}
        The language of reports.
    **options
        ``city`` and ``edition``, where the document does not say them; see
        :meth:`klimatgraph.KlimatGraph.read`.

    Returns
    -------
    Draft
        What was found, each with the words that say it.
    """
    return load(lang=lang).read(document, **options)


def _language(lang: str) -> str:
    if lang not in LANGUAGES:
        raise ParameterError(f"no language '{lang}': use sv or en")
    return lang
