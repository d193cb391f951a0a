"""Has Spark merge statements, block by block, and write what comes of it in parts that are replaced one by one.

    a statement -> its block -> a bucket of blocks -> one part of each table, and of the graph

A block of very many statements has parts of its own. What a change does not touch is not written again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import TYPE_CHECKING
from zlib import crc32

from kg import tables
from kg.cluster import merging
from kg.cluster.files import Files, literal
from kg.cluster.merging import CONFLICTS, DECIDED, EVENTS, GRAPH, NAMED, SLIM, STATEMENTS, TOLD, Merging
from kg.cluster.state import State
from kg.events import bound_blocks
from kg.graph import Writer, whole
from kg.model import Actor
from kg.ontology import Ontology
from kg.store import lines_of
from kg.tables.rows import CONFLICT_COLUMNS

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

BUSY = 20_000
"""So many statements make a block too large for one task, and a bucket large enough."""
FEWEST = 8  # buckets
DOCUMENTS = "documents"
COLUMNS = {
    STATEMENTS: tables.STATEMENT_COLUMNS,
    EVENTS: tables.EVENT_COLUMNS,
    CONFLICTS: CONFLICT_COLUMNS,
    GRAPH: ("line",),
    NAMED: ("id", "line", "told"),
}
NUMBERS = frozenset({"start", "end", "sources"})
DOCUMENT = ("id", "title", "date", "date_basis", "source", "url", "author", "language", "sha256", "signature", "sentences", "text")
"""The columns of the tables. ``named`` is for those who change the graph: the direct edges, and everybody, in each bucket by itself."""
TOGETHER = 16  # buckets whose edges, or actors, are one part of the graph

Outputs = dict[str, str]
"""The parts there are, each with its checksum."""


@dataclass(frozen=True)
class Output:
    """The folder of a build, and the number of the change that writes parts into it."""

    spark: "SparkSession"
    folder: str
    generation: int

    @property
    def files(self) -> Files:
        """The files that the session reaches."""
        return Files(self.spark)

    def table(self, name: str, outputs: Iterable[str]) -> "DataFrame | None":
        """The parts of a table; nothing if it has no rows."""
        parts = [literal(f"{self.folder}/{part}") for part in outputs if part.startswith(f"{name}/")]
        return self.spark.read.parquet(*parts) if parts else None


def unit_of(part: str) -> str:
    """What a part holds: the number of a bucket, or the key of a lot.

    >>> unit_of("graph/00012-00001_0_3.nt")
    '00012-00001'
    """
    return part.rpartition("/")[2].partition("_")[0]


def buckets_for(statements: int, cores: int) -> int:
    """How many buckets so many statements are put into; a change keeps their number."""
    return max(FEWEST, 2 * cores, ceil(statements / BUSY))


def wholes_in(state: State, ontology: Ontology) -> dict[str, str]:
    """The blocks that a user's decisions bind, each with the name of the whole."""
    bound = sorted({id for row in ontology.identity.decisions for id in (row.one, row.other)})
    if not bound:
        return {}
    ids = state.spark.createDataFrame([(id,) for id in bound], "at string")
    held = state.statements.join(ids.hint("broadcast"), "at", "left_semi").select("block", "at").collect()
    return bound_blocks(map(tuple, held), ontology)


def blocks_in(state: State, ontology: Ontology) -> "DataFrame":
    """The statements, each with the block that it is merged with; blocks that a user's decisions bind are one."""
    statements = state.statements
    whole = sorted((name, first) for name, first in wholes_in(state, ontology).items() if name != first)
    if not whole:
        return statements
    names = state.spark.createDataFrame(whole, "block string, whole string")
    joined = statements.join(names.hint("broadcast"), "block", "left")
    return joined.selectExpr("coalesce(whole, block) block", *(name for name in statements.columns if name != "block"))


def concerned(blocks: Iterable[str], *wholes: Mapping[str, str]) -> set[str]:
    """Blocks, with all that are or were one with any of them.

    >>> sorted(concerned(["a"], {"a": "a", "b": "a"}, {"b": "b", "c": "b"}))
    ['a', 'b', 'c']
    """
    found = set(blocks)
    while True:
        more = {name for whole in wholes for name, first in whole.items() if first in {whole.get(one) for one in found}}
        if more <= found:
            return found
        found |= more


def bucket_of(block: str, buckets: int) -> str:
    """The bucket of a block, as the name of its unit: the same as ``in_buckets`` has Spark tell."""
    return f"{crc32(block.encode()) % buckets:05}"


def in_buckets(statements: "DataFrame", buckets: int) -> "DataFrame":
    """The statements with the bucket of each, as the name of its unit."""
    return statements.selectExpr(
        f"format_string('%05d', pmod(crc32(block), {buckets})) unit", "block", "at id", "line", "published", "signature"
    )


def merged(statements: "DataFrame", how: Merging, *, busy: int = BUSY) -> "DataFrame":
    """What comes of statements in their buckets, as rows of all tables; a block of more than ``busy`` is shared out."""
    spark = statements.sparkSession
    counts = statements.groupBy("unit", "block").count()
    large = [(row[1], ceil(row[2] / busy)) for row in counts.where(f"count > {busy}").collect()]
    units = max(1, counts.select("unit").distinct().count())
    blocks = spark.createDataFrame(large, "block string, parts int").hint("broadcast")
    small = statements.join(blocks, "block", "left_anti") if large else statements
    ordered = (
        small.select("unit", "block", "line", "published", "signature").repartition(units, "unit").sortWithinPartitions("unit", "block")
    )
    told = ordered.mapInArrow(partial(merging.merge_blocks, how), TOLD)
    return told.union(_shared_out(statements.join(blocks, "block"), sum(parts for _, parts in large), how)) if large else told


def _shared_out(statements: "DataFrame", parts: int, how: Merging) -> "DataFrame":
    """Have one task a block decide which statements are one event, without their sentences, and others tell the events."""
    bare = statements.select("block", "id", "line").mapInArrow(merging.slim, SLIM).repartition(parts, "block").sortWithinPartitions("block")
    decided = bare.mapInArrow(partial(merging.decide, how), DECIDED)
    unit = "concat(unit, '-', format_string('%05d', pmod(crc32(event), parts))) unit"
    joined = statements.join(decided, "id").selectExpr(unit, "event", "told", "line", "published", "signature")
    ordered = joined.repartition(parts, "unit").sortWithinPartitions("unit", "event")
    return ordered.mapInArrow(partial(merging.tell_events, how), TOLD)


def write_told(told: "DataFrame", to: Output) -> Outputs:
    """Write the parts of all tables, and of the graph."""
    from pyspark import StorageLevel

    told = told.persist(StorageLevel.DISK_ONLY)
    try:
        found: Outputs = {}
        for table, columns in COLUMNS.items():
            cells = (f"cells[{place}]" for place in range(len(columns)))
            typed = (
                f"cast({cell} as int) `{name}`" if name in NUMBERS else f"{cell} `{name}`"
                for cell, name in zip(cells, columns, strict=True)
            )
            rows = told.where(f"kind = '{table}'").selectExpr("unit", *typed).sortWithinPartitions("unit", columns[0])
            found |= write_parts(rows, table, to)
        return found
    finally:
        told.unpersist()


def write_documents(state: State, lots: Iterable[str], how: Merging, to: Output, *, with_text: bool) -> Outputs:
    """Write the articles of some lots, as rows and as triples."""
    some = State(state.spark, state.folder, tuple(lots), state.left)
    if not some.lots:
        return {}
    types = ", ".join(f"{name} {'int' if name == 'sentences' else 'string'}" for name in DOCUMENT)
    articles = some.articles.selectExpr("lot", "line", f"from_json(line, '{types}') row")
    columns = [name for name in DOCUMENT if with_text or name != "text"]
    rows = articles.selectExpr("lot unit", *(f"row.`{name}` `{name}`" for name in columns))
    triples = articles.select("lot", "line").mapInArrow(partial(merging.tell_documents, how), "unit string, line string")
    named = triples.selectExpr("concat('documents-', unit) unit", "line").sortWithinPartitions("unit", "line")
    return write_parts(rows, DOCUMENTS, to) | write_parts(named, GRAPH, to)


def write_parts(rows: "DataFrame", table: str, to: Output, unit: str = "") -> Outputs:
    """Write rows as parts of a table, each unit by itself, or all as one ``unit``; of the graph as N-Triples."""
    fresh = f"{to.folder}/.fresh-{table}"
    to.files.remove(fresh)
    where = f"{fresh}/unit={unit}" if unit else fresh
    writer = rows.write if unit else rows.write.partitionBy("unit")
    if table == GRAPH:
        writer.text(where)
    else:
        writer.parquet(where)
    to.files.make(f"{to.folder}/{table}")
    moved = list(_moved(fresh, table, to))
    to.files.remove(fresh)
    return _checksums(moved, to)


def _moved(fresh: str, table: str, to: Output) -> Iterator[str]:
    """Give the files that Spark wrote the names of parts."""
    for folder in to.files.folders(fresh):
        unit = folder.rpartition("unit=")[2]
        for number, file in enumerate(one for one in to.files.listed(folder) if one.size):
            part = f"{table}/{unit}_{number}_{to.generation}.{'nt' if table == GRAPH else 'parquet'}"
            to.files.move(file.uri, f"{to.folder}/{part}")
            yield part


def write_once(outputs: Mapping[str, str], ontology: Ontology, how: Merging, to: Output) -> Outputs:
    """Write what the graph says once, whatever the block: the vocabulary, who is who, and the direct edges."""
    writer = Writer(how.base, ontology)
    told = to.table(NAMED, outputs)
    blocks = [text for _, text in writer.meant(ontology.actions.values(), ontology.vocabulary)]
    found: Outputs = {}
    if told is not None:
        actors, others = _actors(told.where("id <> ''"), ontology)
        blocks += [text for actor in actors for _, text in (writer.actor(actor), *writer.career(actor))]
        lines = {
            "actors": others.mapInArrow(partial(merging.tell_actors, how), "line string"),
            "edges": told.where("id = ''").select("line").distinct(),
        }
        for unit, some in lines.items():
            parts = ceil(len({unit_of(part) for part in outputs if part.startswith(f"{NAMED}/")}) / TOGETHER)
            found |= write_parts(some.repartitionByRange(parts, "line").sortWithinPartitions("line"), GRAPH, to, unit)
    said = lines_of("".join([writer.heading(ontology.vocabulary), *blocks]))
    part = f"{GRAPH}/tables_0_{to.generation}.nt"
    to.files.write(f"{to.folder}/{part}", "".join(f"{line}\n" for line in sorted(set(said))))
    return found | _checksums([part], to)


def _actors(told: "DataFrame", ontology: Ontology) -> tuple[list[Actor], "DataFrame"]:
    """Who is in the tables, of those named and those whom they are part of; and how the others are told, in JSON, once each."""
    from pyspark.sql.functions import min_by

    spark = told.sparkSession
    known = spark.createDataFrame([(id,) for id in sorted(ontology.actors)], "id string").hint("broadcast")
    others = told.join(known, "id", "left_anti").groupBy("id").agg(min_by("told", "line").alias("told")).select("told")
    above = others.selectExpr("from_json(told, 'part_of string, affiliated array<string>') told")
    wholes = above.selectExpr("explode(concat(array(told.part_of), told.affiliated)) id")
    ids = {row.id for row in told.select("id").union(wholes).join(known, "id", "left_semi").distinct().collect()}
    return list(whole({id: {ontology.actors[id]} for id in ids}, ontology).values()), others


def _checksums(parts: list[str], to: Output) -> Outputs:
    found = to.files.checksums([f"{to.folder}/{part}" for part in parts])
    return {part: found[f"{to.folder}/{part}"] for part in parts}
