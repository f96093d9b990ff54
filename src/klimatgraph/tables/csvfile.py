"""Read a CSV table strictly: whatever looks like a slip is told with file and line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from klimatgraph.errors import FormatError

_COLUMN = re.compile(r"[a-z][a-z0-9_]*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Parameters
    ----------
    line
        Line of the file on which it begins, from 1.
    cells
        Text of each column; empty cells are empty strings.
    """

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A table that was read.

    Parameters
    ----------
    path
        The file.
    columns
        Names of the columns, in order.
    rows
        The rows, in order.
    """

    path: Path
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_csv(path: Path, required: tuple[str, ...] = ()) -> CsvTable:
    """Read a table.

    Parameters
    ----------
    path
        A CSV file in UTF-8, with or without byte order mark, commas between cells, a header.
    required
        Columns that the header must have.

    Returns
    -------
    CsvTable
        The table.

    Raises
    ------
    FormatError
        When the file is missing, not UTF-8 or not CSV; when a column has no proper name, is
        there twice or lacks; when a row is blank, is there twice, or has more or fewer cells than
        the header; when a cell has blanks around its text or holds control characters.
    """
    records = _records(path)
    try:
        line, header = next(records)
    except StopIteration:
        raise FormatError(path, None, "is empty; write a header and rows") from None
    _check_header(path, line, header, required)
    rows: list[Row] = []
    seen: dict[tuple[str, ...], int] = {}
    for line, cells in records:
        _check_cells(path, line, header, cells)
        first = seen.setdefault(tuple(cells), line)
        if first != line:
            raise FormatError(path, line, f"is the same row as line {first}; delete one of them")
        rows.append(Row(line, dict(zip(header, cells, strict=True))))
    return CsvTable(path, tuple(header), tuple(rows))


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Give the cells of each record with the line on which it begins."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise FormatError(path, None, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise FormatError(path, line, "is not UTF-8; save it as UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FormatError(path, line, f"is not CSV ({error}); mend the quotes") from None
        yield line, cells


def _check_header(path: Path, line: int, header: list[str], required: tuple[str, ...]) -> None:
    for name in header:
        if not _COLUMN.fullmatch(name):
            raise FormatError(
                path,
                line,
                f"column name {name!r} is not lower-case letters, digits and underscores",
            )
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise FormatError(path, line, f"column {twice[0]!r} is there twice; rename one of them")
    missing = [name for name in required if name not in header]
    if missing:
        raise FormatError(path, line, f"column {missing[0]!r} is missing; add it to the header")


def _check_cells(path: Path, line: int, header: list[str], cells: list[str]) -> None:
    if not any(cells):
        raise FormatError(path, line, "is a blank row; delete it")
    if len(cells) != len(header):
        raise FormatError(
            path, line, f"has {len(cells)} cells, the header has {len(header)}; check the commas"
        )
    for name, cell in zip(header, cells, strict=True):
        if cell != cell.strip():
            raise FormatError(
                path, line, f"column {name!r} has blanks around its text; remove them"
            )
        if _CONTROL.search(cell):
            raise FormatError(path, line, f"column {name!r} holds a control character; remove it")
