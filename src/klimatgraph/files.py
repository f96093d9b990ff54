"""Write a file whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from klimatgraph.errors import InputError


def write_bytes(path: str | Path, content: bytes) -> Path:
    """Write bytes to a file so that nobody ever sees half of them.

    Parameters
    ----------
    path : str or Path
        Where to write; an existing file is replaced and keeps its permissions.
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
        mode = os.stat(target).st_mode
    except OSError:
        mode = None
    try:
        if mode is None or stat.S_ISREG(mode) or stat.S_ISDIR(mode):
            # A link stays a link; the file that it points to is replaced.
            _replace(Path(os.path.realpath(target)), content, mode)
        else:
            # Pipes and devices, such as /dev/stdout, are written to and never replaced.
            with open(target, "wb") as file:
                file.write(content)
    except OSError as error:
        raise InputError(f"cannot write {target}: {error.strerror}; choose another place") from None
    return target


def _replace(target: Path, content: bytes, mode: int | None) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        if mode is None:
            # mkstemp makes files private; a file that people share follows the usual mask.
            mask = os.umask(0)
            os.umask(mask)
            mode = 0o666 & ~mask
        os.chmod(name, stat.S_IMODE(mode))
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


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
