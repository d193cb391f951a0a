"""Reads tables strictly: what cannot be accepted is named by file and line, with what to do about it."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from kg.model import DataError

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def rows_of(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Read a table with exactly these columns; yields "file:line" and the row, cells stripped."""
    table = cells_of(path)
    where, header = next(table)
    if tuple(header) != columns:
        raise DataError(f"{where}: the header is {','.join(header)!r}.\nIt must be {','.join(columns)!r}.")
    for where, cells in table:
        yield where, dict(zip(columns, (cell.strip() for cell in cells), strict=True))


def cells_of(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Read a table strictly, its header first: "file:line" and the cells, as many in each row. Raises DataError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}.\nThe ontology needs this table.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DataError(f"{path}:{line}: a character that is not UTF-8.\nSave the table as UTF-8.") from error
    if strange := CONTROL.search(text):
        where = f"{path}:{text.count(chr(10), 0, strange.start()) + 1}"
        raise DataError(f"{where}: a control character (U+{ord(strange[0]):04X}).\nTake it out, and save the table as UTF-8.")
    if not text.strip():
        raise DataError(f"{path}: the table is empty.\nIt needs its header, as in ontology/README.md.")
    reader = csv.reader(StringIO(text), strict=True)
    try:
        header = next(reader)
        yield f"{path}:{reader.line_num}", header
        for cells in reader:
            if not cells:
                continue  # an empty line
            if len(cells) != len(header):
                advice = "A cell that contains a comma needs quotation marks." if len(cells) > len(header) else "A cell is missing."
                raise DataError(f"{path}:{reader.line_num}: {len(cells)} cells instead of {len(header)}.\n{advice}")
            yield f"{path}:{reader.line_num}", cells
    except csv.Error as error:
        raise DataError(f"{path}:{reader.line_num}: {error}.\nLook for a quotation mark without its partner.") from error


def several(cell: str) -> list[str]:
    """The values of a cell."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def known(where: str, column: str, value: str, allowed: frozenset[str]) -> None:
    if value not in allowed:
        raise DataError(f"{where}: unknown {column} {value!r}.\nUse one of: {', '.join(sorted(allowed))}.")
