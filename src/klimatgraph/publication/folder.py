"""Everything that is published about the ontology, in one folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from klimatgraph import canonical
from klimatgraph.errors import InputError
from klimatgraph.files import write_bytes
from klimatgraph.publication.dataset import describe_dataset
from klimatgraph.publication.formats import FORMATS, serialise
from klimatgraph.publication.pages import page
from klimatgraph.publication.redirects import ONTOLOGIES, redirects
from klimatgraph.resources import folder
from klimatgraph.terms import PREFIXES

__all__ = ["publication", "publish"]


def publication(address: str, data: Iterable[ox.Quad] = ()) -> dict[str, bytes]:
    """Make every published file.

    Parameters
    ----------
    address : str
        Where the folder will be served, e.g. ``https://example.org/klimatgraph``.
    data : iterable of Quad, optional
        The graph that the VoID description tells of.

    Returns
    -------
    dict
        Name of each file, and its content.

    Raises
    ------
    InputError
        If the address is no web address.
    """
    made: dict[str, bytes] = {}
    version = ""
    for name in ONTOLOGIES.values():
        triples = [quad.triple for quad in canonical.parse(folder("ontology") / f"{name}.ttl")]
        version = version or _version(triples)
        for suffix in FORMATS:
            made[f"{name}.{suffix}"] = serialise(triples, suffix)
        for lang in ("sv", "en"):
            made[f"{name}-{lang}.html"] = page(triples, lang, name).encode()
    for name in ("context.jsonld", "alignments.sssom.tsv"):
        made[name] = (folder("ontology") / name).read_bytes()
    shapes = [
        quad.triple
        for path in sorted(folder("shapes").glob("*.ttl"))
        for quad in canonical.parse(path)
    ]
    made["shapes.ttl"] = serialise(shapes, "ttl")
    made["void.ttl"] = serialise(describe_dataset(data, version), "ttl")
    made[".htaccess"] = redirects(address, version).encode()
    return made


def publish(target: str | Path, address: str, data: Iterable[ox.Quad] = ()) -> list[Path]:
    """Write every published file into a folder.

    Parameters
    ----------
    target : str or Path
        The folder; made if it is missing.
    address : str
        Where the folder will be served.
    data : iterable of Quad, optional
        The graph that the VoID description tells of.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    InputError
        If the folder cannot be made or written to, or the address is no web address.
    """
    files = publication(address, data)
    place = Path(target)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot make {place}: {error.strerror}; choose another place") from None
    return [write_bytes(place / name, content) for name, content in sorted(files.items())]


def _version(triples: Iterable[ox.Triple]) -> str:
    for triple in triples:
        if triple.predicate.value == f"{PREFIXES['owl']}versionInfo":
            assert isinstance(triple.object, ox.Literal)
            return triple.object.value
    raise InputError("the ontology has no owl:versionInfo: add it to its header")
