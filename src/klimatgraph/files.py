"""Write a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from klimatgraph.errors import InputError


def write_bytes(path: str | Path, content: bytes) -> Path:
    """Write bytes to a file so that nobody ever sees half of them.

    Parameters
    ----------
    path : str or Path
        Where to write; an existing file is replaced.
    content : bytes
        What to write.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        If the folder is missing or may not be written to.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_bytes(f"{folder}/a.txt", b"klimat").read_text()
    'klimat'
    """
    target = Path(path)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise InputError(f"cannot write {target}: {error.strerror}; choose another place") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # mkstemp makes files private; a file that people share follows the usual mask.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, target)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise InputError(f"cannot write {target}: {error.strerror}; choose another place") from None
    return target


def write_text(path: str | Path, content: str) -> Path:
    """Write text as UTF-8 with line feeds, whatever the locale says.

    Parameters
    ----------
    path : str or Path
        Where to write.
    content : str
        What to write.

    Returns
    -------
    Path
        The file.
    """
    return write_bytes(path, content.encode("utf-8"))


def read_text(path: str | Path, limit: int = 1_000_000) -> str:
    """Read a small file of text that a person wrote, such as a query.

    Parameters
    ----------
    path : str or Path
        The file.
    limit : int
        The most bytes it may have.

    Returns
    -------
    str
        Its text, decoded as UTF-8, with or without a byte order mark.

    Raises
    ------
    InputError
        If it is missing, too large or not UTF-8.
    """
    source = Path(path)
    try:
        if source.stat().st_size > limit:
            raise InputError(f"{source} is larger than {limit} bytes: give a smaller file")
        return source.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot read {source}: {error.strerror}; check the path") from None
    except UnicodeDecodeError:
        raise InputError(f"{source} is not UTF-8 text: save it as UTF-8") from None
