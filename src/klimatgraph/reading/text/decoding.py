"""Decode a text file, or say what it looks like instead."""

from __future__ import annotations

from typing import Final

from klimatgraph.errors import DocumentError

_KINDS: Final = (
    (b"PK\x03\x04", "a Word, Excel or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_SAVE: Final = "save it as UTF-8 and try again"
_CONTROLS: Final = bytes(c for c in range(32) if c not in b"\t\n\r\f\v\x1b\x1c\x1d\x1e\x1f")


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8, with or without a byte order mark.

    Parameters
    ----------
    data
        The content of the file.
    name
        What to call the file in an error message.

    Returns
    -------
    str
        The text.

    Raises
    ------
    DocumentError
        When it is text in another encoding, or no text; the message says what it looks like.

    Examples
    --------
    >>> decode("mål".encode(), "a.txt")
    'mål'
    >>> decode("mål".encode("cp1252"), "a.txt")
    Traceback (most recent call last):
    ...
    klimatgraph.errors.DocumentError: a.txt is not UTF-8 text (byte 2); it looks like \
Windows-1252; save it as UTF-8 and try again
    """
    for magic, kind in _KINDS:
        if data.startswith(magic):
            raise DocumentError(f"{name} is {kind}, not text; export it as PDF or text")
    wide = _wide(data)
    if wide:
        raise DocumentError(f"{name} is not UTF-8 text; it looks like {wide}; {_SAVE}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _is_binary(data):
            raise DocumentError(
                f"{name} is not text but binary data; give a .pdf, .md or .txt file"
            ) from None
        raise DocumentError(
            f"{name} is not UTF-8 text (byte {error.start + 1}); it looks like "
            f"{_narrow(data)}; {_SAVE}"
        ) from None
    if "\0" in text:
        raise DocumentError(f"{name} is not text (it holds NUL); give a .pdf, .md or .txt file")
    if _is_binary(data):
        raise DocumentError(f"{name} is not text but binary data; give a .pdf, .md or .txt file")
    return text


def _wide(data: bytes) -> str:
    """Name the encoding when signs take two or four bytes; nothing when they do not."""
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "UTF-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    start = data[:4000]
    few, many = sorted((start[0::2].count(0), start[1::2].count(0)))
    half = len(start) // 2
    return "UTF-16" if half > 1 and many > 0.7 * half and few < 0.1 * half else ""


def _narrow(data: bytes) -> str:
    """Name the encoding in which each sign takes one byte."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return "Latin-1"
    swedish = sum(text.count(sign) for sign in "åäöÅÄÖéü")
    if 2 * swedish < sum(byte > 0x7F for byte in data):
        mac = data.decode("mac-roman")
        if sum(mac.count(sign) for sign in "åäöÅÄÖ") > swedish:
            return "Mac Roman"
    return "Windows-1252"


def _is_binary(data: bytes) -> bool:
    """Whether control characters come more often than by mistake."""
    start = data[:65536]
    return len(start) - len(start.translate(None, _CONTROLS)) > 0.02 * len(start) + 1
