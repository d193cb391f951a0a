"""What a worker does with articles: reads each as one machine does, and hands on rows.

    kind                   of which sort the row is: an article, a statement, or a problem
    lot, file, number      where it was found: which article it is of the file of this URI
    id, at                 the id of the article, and of the statement; of an article, where it stands, for people
    block                  of a statement, with which others it is merged
    line                   all that is told, in JSON, as the tables tell it
    published, signature   those of the article of a statement

The parser and the tables are loaded once a worker.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pyarrow

from kg.build.reading import Reader, Tools, load_tools, read_one
from kg.cluster.files import plain
from kg.documents import BY_LINE, FORMS, Portion, lines_of
from kg.documents.forms import too_long
from kg.events import block_of
from kg.model import Problem
from kg.tables import as_jsonl, document_row, statement_row

ARTICLE, STATEMENT, PROBLEM = "article", "statement", "problem"
COLUMNS = (
    "kind string, lot string, file string, number long, id string, at string, block string, line string, published string, signature string"
)
TOGETHER = 256  # rows
KEYS = ("id", "title", "text", "date", "source", "url", "author", "language")
"""The columns of a table of articles that are read."""

Batches = Iterable[pyarrow.RecordBatch]


class Row(NamedTuple):
    """A row, as the heading tells."""

    kind: str
    lot: str
    file: str
    number: int
    id: str
    at: str
    block: str | None = None
    line: str | None = None
    published: str | None = None
    signature: str | None = None


@dataclass(frozen=True)
class Plan:
    """With what a lot is read; ``inputs`` has of each URI the name that makes ids, how problems call it, and its checksum if known."""

    lot: str
    reader: Reader
    inputs: Mapping[str, tuple[str, str, str]]
    begins: Mapping[tuple[str, int], int]
    """How many lines of a file stand before each piece of it."""


@lru_cache(maxsize=1)
def tools_of(reader: Reader) -> Tools:
    """The parser and the tables, loaded once a worker."""
    return load_tools(reader)


def read_whole_files(plan: Plan, batches: Batches) -> Iterator[pyarrow.RecordBatch]:
    """Read files at once; the columns are their URIs and their bytes."""
    return in_batches(row for uri, content in cells_of(batches) for row in _of_file(plan, uri, content))


def _of_file(plan: Plan, uri: str, content: bytes) -> Iterator[Row]:
    """Put the bytes where the functions that read files on one machine find them."""
    name, shown, _ = plan.inputs[uri]
    ending = next((ending for ending in (*FORMS, *BY_LINE) if shown.lower().endswith(ending)), Path(shown).suffix)
    with TemporaryDirectory(prefix="kg-") as folder:
        path = Path(folder, f"article{ending}")
        path.write_bytes(content)
        by_line = ending in BY_LINE
        found = lines_of(name, path, tools_of(plan.reader).intake) if by_line else [Portion(str(path), name)]
        for number, portion in enumerate(found):
            yield from _of_portion(plan, portion, uri, number if by_line else 0, (str(path), shown))


def read_lines_of_files(plan: Plan, batches: Batches) -> Iterator[pyarrow.RecordBatch]:
    """Read lines of JSON Lines; the columns are the line, the URI of its file, and where the piece of it begins that it is of."""
    seen: dict[tuple[str, int], int] = {}
    return in_batches(row for line in cells_of(batches) for row in _of_line(plan, seen, *line))


def _of_line(plan: Plan, seen: dict[tuple[str, int], int], line: bytes, file: str, begin: int) -> Iterator[Row]:
    piece = plain(file), begin
    seen[piece] = seen.get(piece, 0) + 1
    number = plan.begins[piece] + seen[piece]
    name, shown, checksum = plan.inputs[piece[0]]
    if len(line) >= tools_of(plan.reader).intake.largest_file:
        yield from _of_portion(plan, Portion(shown, problem=too_long(f"{shown}:{number}", tools_of(plan.reader).intake)), piece[0], number)
    elif line.strip():
        yield from _of_portion(plan, Portion(shown, name, number, line, checksum), piece[0], number)


def read_rows_of_tables(plan: Plan, batches: Batches) -> Iterator[pyarrow.RecordBatch]:
    """Read rows of Parquet as if they were lines; the columns are the URI, the number of the row in the file, and those of ``KEYS``."""
    return in_batches(row for cells in cells_of(batches) for row in _of_row(plan, *cells))


def _of_row(plan: Plan, file: str, number: int, *cells: str | None) -> Iterator[Row]:
    uri = plain(file)
    name, shown, checksum = plan.inputs[uri]
    item = {key: cell for key, cell in zip(KEYS, cells, strict=True) if cell is not None}
    yield from _of_portion(plan, Portion(shown, name, number, json.dumps(item).encode(), checksum), uri, number)


def _of_portion(plan: Plan, portion: Portion, uri: str, number: int, called: tuple[str, str] = ("", "")) -> Iterator[Row]:
    """Read a portion as one machine does; ``called`` is how a file is called here, and how it is for people."""
    tools = tools_of(plan.reader)
    for place, (found, (count, said)) in enumerate(read_one(portion, tools)):
        item, where = found.item, found.where.replace(*called) if called[0] else found.where
        if isinstance(item, Problem):
            reason = item.reason.replace(*called) if called[0] else item.reason
            told = json.dumps([item.where.replace(*called) if called[0] else item.where, reason, item.withdraws])
            yield Row(PROBLEM, plan.lot, uri, number or place, item.withdraws, where, line=told)
            continue
        yield Row(ARTICLE, plan.lot, uri, number or place, item.id, where, line=line_of(document_row(item, count)))
        for statement in {statement.id: statement for statement in said}.values():
            row, block = line_of(statement_row(statement, "", tools.ontology.actions)), block_of(statement, tools.ontology)
            about = item.published, item.signature
            yield Row(STATEMENT, plan.lot, uri, number or place, item.id, statement.id, block, row, *about)


def line_of(row: dict[str, Any]) -> str:
    """A row of a table in JSON, without what no file can hold."""
    return as_jsonl([row])[:-1].encode("utf-8", "replace").decode()


def cells_of(batches: Batches) -> Iterator[tuple[Any, ...]]:
    """The rows of batches, cell by cell."""
    for batch in batches:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def in_batches(rows: Iterable[tuple[Any, ...]], names: tuple[str, ...] = Row._fields) -> Iterator[pyarrow.RecordBatch]:
    """Put rows into batches for Spark."""
    waiting = iter(rows)
    while some := list(islice(waiting, TOGETHER)):
        columns = zip(names, zip(*some, strict=True), strict=True)
        yield pyarrow.RecordBatch.from_arrays([pyarrow.array(cells, type_of(name)) for name, cells in columns], list(names))


def type_of(name: str) -> Any:
    """How a column is kept."""
    return pyarrow.int64() if name == "number" else pyarrow.list_(pyarrow.string()) if name == "cells" else pyarrow.string()
