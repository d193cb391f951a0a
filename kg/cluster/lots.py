"""Has Spark read lots of articles, several at once, and keeps what was read: after a failure only what is missing is read again.

Of a lot that Spark cannot read the damaged files are named, and the rest is read.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from kg.build.reading import Reader
from kg.cluster import reading
from kg.cluster.files import Files, literal, plain
from kg.cluster.inputs import LINES, ROWS, Input, Lot, lot_of
from kg.cluster.reading import COLUMNS, KEYS, PROBLEM, Plan, Row
from kg.model import Problem

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

DONE = "_SUCCESS"
AT_ONCE = 16  # cores that one lot keeps busy
PLACE = ("_metadata.file_path file", "_metadata.file_block_start begin")


@dataclass(frozen=True)
class Reading:
    """Who reads lots, how, and into which folder what was read goes."""

    spark: "SparkSession"
    reader: Reader
    folder: str
    progress: Callable[[Lot], None] = lambda lot: None

    @property
    def files(self) -> Files:
        """The files that the session reaches."""
        return Files(self.spark)


def read_lots(lots: Iterable[Lot], to: Reading) -> list[str]:
    """Read those lots that have not been read; the keys of all that now are, in order. After an error no other one is begun."""
    cores = to.spark.sparkContext.defaultParallelism
    failed = Event()

    def read(lot: Lot) -> list[str]:
        if failed.is_set():
            return []
        try:
            return _read_lot(lot, to)
        except BaseException:
            failed.set()
            raise

    with ThreadPoolExecutor(1 + cores // AT_ONCE) as several:
        return [key for future in [several.submit(read, lot) for lot in lots] for key in future.result()]


def _read_lot(lot: Lot, to: Reading) -> list[str]:
    """Read a lot, or find that it has been; of one that fails the files are named that are damaged, and the others read."""
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    where = f"{to.folder}/{lot.key}"
    if to.files.found(f"{where}/{DONE}"):
        return [lot.key]
    try:
        found = _rows(lot, to)
        rows = found if not isinstance(found, Problem) else to.spark.createDataFrame([_named(lot, found)], COLUMNS)
        rows.write.mode("overwrite").parquet(where)
    except (PySparkException, Py4JJavaError):
        damaged = [one for one in lot.inputs if not _sound(one, to)]
        if not damaged:
            raise
        others = [one for one in lot.inputs if one not in damaged]
        keys = [_name_damaged(one, lot, to) for one in damaged]
        return [*keys, *(_read_lot(lot_of(others, lot.key), to) if others else ())]
    to.progress(lot)
    return [lot.key]


def _sound(one: Input, to: Reading) -> bool:
    """Whether Spark can read all of a file when nothing is done with what is read."""
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    try:
        _source(one.form, [one], to).write.format("noop").mode("overwrite").save()
    except (PySparkException, Py4JJavaError):
        return False
    return True


def _name_damaged(one: Input, lot: Lot, to: Reading) -> str:
    """Keep of a damaged file that it is one; the key of the lot that tells it."""
    alone = lot_of([one], f"{lot.key} damaged")
    problem = Problem(one.shown, "cannot be read (damaged); nothing of the file is kept")
    to.spark.createDataFrame([_named(alone, problem)], COLUMNS).write.mode("overwrite").parquet(f"{to.folder}/{alone.key}")
    return alone.key


def _named(lot: Lot, problem: Problem) -> Row:
    return Row(PROBLEM, lot.key, lot.inputs[0].uri, 0, "", problem.where, line=json.dumps([problem.where, problem.reason, ""]))


def _source(form: str, inputs: Sequence[Input], to: Reading) -> "DataFrame":
    """What files hold, as Spark reads them."""
    uris = [literal(one.uri) for one in inputs]
    reader = to.spark.read.option("recursiveFileLookup", True)
    if form == LINES:
        return reader.text(uris, lineSep="\n").selectExpr("cast(value as binary) line", *PLACE)
    if form == ROWS:
        return reader.parquet(*uris)
    return reader.format("binaryFile").load(uris).select("path", "content")


def _rows(lot: Lot, to: Reading) -> "DataFrame | Problem":
    """The rows that come of a lot, once somebody asks for them."""
    source = _source(lot.form, lot.inputs, to)
    if lot.form == LINES:
        counted = source.groupBy("file", "begin").count().collect()
        plan = _plan(lot, to, begins=dict(_begins((plain(row.file), row.begin, row[2]) for row in counted)))
        return source.mapInArrow(partial(reading.read_lines_of_files, plan), COLUMNS)
    if lot.form == ROWS:
        if "text" not in source.columns:
            return Problem(lot.inputs[0].shown, f"no articles: the column text is missing; there are {', '.join(source.columns)}")
        cells = [f"cast(`{key}` as string) `{key}`" if key in source.columns else f"cast(null as string) `{key}`" for key in KEYS]
        rows = source.selectExpr("_metadata.file_path _file", "_metadata.row_index + 1 _number", *cells)
        return rows.mapInArrow(partial(reading.read_rows_of_tables, _plan(lot, to)), COLUMNS)
    return source.mapInArrow(partial(reading.read_whole_files, _plan(lot, to)), COLUMNS)


def _plan(lot: Lot, to: Reading, begins: dict[tuple[str, int], int] | None = None) -> Plan:
    checksums = to.files.checksums([one.uri for one in lot.inputs]) if lot.form in (LINES, ROWS) else {}
    return Plan(lot.key, to.reader, {one.uri: (one.name, one.shown, checksums.get(one.uri, "")) for one in lot.inputs}, begins or {})


def _begins(counted: Iterable[tuple[str, int, int]]) -> Iterator[tuple[tuple[str, int], int]]:
    """How many lines stand before each piece of a file."""
    before: dict[str, int] = {}
    for file, begin, count in sorted(counted):
        yield (file, begin), before.get(file, 0)
        before[file] = before.get(file, 0) + count


def ranks_of(inputs: Sequence[Input]) -> dict[str, int]:
    """The place of each file in the order in which ids count."""
    return {one.uri: rank for rank, one in enumerate(inputs)}
