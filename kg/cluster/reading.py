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
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pyarrow

from kg.build.reading import Reader, Tools, load_tools, read
from kg.cluster.files import plain
from kg.documents import FORMS, Boilerplate, finish, read_articles, read_boilerplate
from kg.documents.draft import Draft
from kg.documents.forms import read_line, read_object
from kg.documents.intake import Intake
from kg.events import block_of
from kg.model import Document, Problem
from kg.sources import signature
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
def tools_of(reader: Reader) -> tuple[Tools, tuple[Boilerplate, ...]]:
    """The parser and the tables, loaded once a worker."""
    tools = load_tools(reader)
    return tools, tuple(read_boilerplate(tools.ontology.folder / "mappings" / "boilerplate.csv"))


def read_whole_files(plan: Plan, batches: Batches) -> Iterator[pyarrow.RecordBatch]:
    """Read files at once; the columns are their URIs and their bytes."""
    return in_batches(row for uri, content in cells_of(batches) for row in _of_file(plan, uri, content))


def _of_file(plan: Plan, uri: str, content: bytes) -> Iterator[Row]:
    """Give the bytes to the very function that reads files on one machine."""
    name, shown, _ = plan.inputs[uri]
    _, boilerplate = tools_of(plan.reader)
    ending = next((ending for ending in FORMS if shown.lower().endswith(ending)), Path(shown).suffix)
    with TemporaryDirectory(prefix="kg-") as folder:
        path = Path(folder, f"article{ending}")
        path.write_bytes(content)
        known: dict[str, str] = {}
        for number, item in enumerate(read_articles(name, path, boilerplate, _intake(plan), known)):
            if isinstance(item, Problem):
                told = (text.replace(str(path), shown) for text in (item.where, item.reason))
                yield _problem(plan, uri, number, Problem(*told, item.withdraws))
            else:  # whether another article has this id is asked when all are read
                yield from _of_document(plan, item, uri, number, known.pop(item.id).replace(str(path), shown))


def read_lines_of_files(plan: Plan, batches: Batches) -> Iterator[pyarrow.RecordBatch]:
    """Read lines of JSON Lines; the columns are the line, the URI of its file, and where the piece of it begins that it is of."""
    seen: dict[tuple[str, int], int] = {}
    return in_batches(row for line in cells_of(batches) for row in _of_line(plan, seen, *line))


def _of_line(plan: Plan, seen: dict[tuple[str, int], int], line: bytes, file: str, begin: int) -> Iterator[Row]:
    uri = plain(file)
    piece = uri, begin
    seen[piece] = seen.get(piece, 0) + 1
    number = plan.begins[piece] + seen[piece]
    if line.strip():
        name, shown, checksum = plan.inputs[uri]
        where = f"{shown}:{number}"
        whole = line + b"\n" if len(line) < _intake(plan).largest_file else None
        yield from _of_draft(plan, read_line(whole, where, f"{name}:{number}", _intake(plan)), uri, number, where, checksum)


def read_rows_of_tables(plan: Plan, batches: Batches) -> Iterator[pyarrow.RecordBatch]:
    """Read rows of Parquet; the columns are the URI of the file, the number of the row in it, and those of ``KEYS``."""
    return in_batches(row for cells in cells_of(batches) for row in _of_row(plan, *cells))


def _of_row(plan: Plan, file: str, index: int, *cells: str | None) -> Iterator[Row]:
    uri = plain(file)
    name, shown, checksum = plan.inputs[uri]
    number = index + 1
    where = f"{shown}:{number}"
    item = {key: cell for key, cell in zip(KEYS, cells, strict=True) if cell is not None}
    yield from _of_draft(plan, read_object(item, where, f"{name}:{number}"), uri, number, where, checksum)


def _of_draft(plan: Plan, draft: Draft | Problem, uri: str, number: int, where: str, checksum: str) -> Iterator[Row]:
    _, boilerplate = tools_of(plan.reader)
    item = draft if isinstance(draft, Problem) else finish(draft, checksum, boilerplate, _intake(plan))
    if isinstance(item, Problem):
        yield _problem(plan, uri, number, item)
    else:
        yield from _of_document(plan, item, uri, number, where)


def _problem(plan: Plan, uri: str, number: int, problem: Problem) -> Row:
    told = json.dumps([problem.where, problem.reason, problem.withdraws])
    return Row(PROBLEM, plan.lot, uri, number, problem.withdraws, problem.where, line=told)


def _of_document(plan: Plan, document: Document, uri: str, number: int, where: str) -> Iterator[Row]:
    """Read an article: itself, and what it says."""
    tools, _ = tools_of(plan.reader)
    document = replace(document, signature=signature(document))
    count, said = read(document, tools)
    yield Row(ARTICLE, plan.lot, uri, number, document.id, where, line=line_of(document_row(document, count)))
    for statement in {statement.id: statement for statement in said}.values():
        told, block = line_of(statement_row(statement, "", tools.ontology.actions)), block_of(statement, tools.ontology)
        about = document.published, document.signature
        yield Row(STATEMENT, plan.lot, uri, number, document.id, statement.id, block, told, *about)


def line_of(row: dict[str, Any]) -> str:
    """A row of a table in JSON, without what no file can hold."""
    return as_jsonl([row])[:-1].encode("utf-8", "replace").decode()


def _intake(plan: Plan) -> Intake:
    return plan.reader.intake or Intake()


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
