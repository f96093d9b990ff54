"""Where the ontology, shapes, data and questions that ship with klimatgraph lie."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from klimatgraph.errors import EngineUnavailable, InputError

__all__ = ["FOLDERS", "folder", "resources"]

FOLDERS = ("ontology", "shapes", "data", "queries")


@cache
def resources() -> Path:
    """Give the folder that holds the shipped files.

    Returns
    -------
    Path
        ``klimatgraph/_resources`` of an installed wheel; the root of the checkout when
        klimatgraph is installed editable.

    Raises
    ------
    EngineUnavailable
        If neither is there, i.e. the installation is broken.

    Examples
    --------
    >>> (resources() / "ontology").is_dir()
    True
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / "_resources", package.parent.parent):
        if all((candidate / name).is_dir() for name in FOLDERS):
            return candidate
    raise EngineUnavailable(
        "the files that ship with klimatgraph are missing: reinstall it with "
        "pip install --force-reinstall klimatgraph"
    )


def folder(name: str) -> Path:
    """Give one of the shipped folders.

    Parameters
    ----------
    name : {"ontology", "shapes", "data", "queries"}

    Returns
    -------
    Path

    Raises
    ------
    InputError
        If `name` is none of them.

    Examples
    --------
    >>> folder("queries").name
    'queries'
    """
    if name not in FOLDERS:
        raise InputError(f"no shipped folder {name!r}: there are {', '.join(FOLDERS)}")
    return resources() / name
