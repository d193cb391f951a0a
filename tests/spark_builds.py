"""Builds with Spark, compared with those of one machine: their rows and triples, sorted."""

import csv
import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from pyoxigraph import RdfFormat, parse, serialize

from kg.tables import read_rows, with_null

TABLES = ("statements", "events", "conflicts")
LISTED = 1_000_000  # characters of a cell


def missing() -> str:
    """Why Spark cannot be had here; nothing if it can."""
    if find_spec("pyspark") is None or find_spec("pyarrow") is None:
        return "there is no pyspark: pip install 'actor-kg[spark]'"
    return "" if os.environ.get("JAVA_HOME") or shutil.which("java") else "there is no Java: sudo apt-get install default-jre-headless"


def one_machine(out: Path) -> dict[str, list[object]]:
    """Rows and triples of a build of one machine, sorted."""
    rows: dict[str, list[object]] = {}
    before = csv.field_size_limit(LISTED)
    for table in TABLES:
        with (out / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows[table] = sorted(tuple(row.items()) for row in csv.DictReader(file))
    csv.field_size_limit(before)
    rows["documents"] = sorted(tuple(with_null(row).items()) for row in read_rows(out / "documents.jsonl"))
    triples = (quad.triple for quad in parse(path=out / "graph.ttl", format=RdfFormat.TURTLE))
    rows["graph"] = sorted((serialize(triples, format=RdfFormat.N_TRIPLES) or b"").split(b"\n")[:-1])
    return rows


def in_parts(out: Path) -> dict[str, list[object]]:
    """The same of a build in parts; every part is sorted, and no triple stands in two."""
    rows: dict[str, list[object]] = {}
    for table in TABLES:
        rows[table] = sorted(tuple((key, str(cell)) for key, cell in row.items()) for row in rows_of(out / table))
    rows["documents"] = sorted(tuple(row.items()) for row in rows_of(out / "documents"))
    parts = [path.read_bytes().split(b"\n")[:-1] for path in sorted((out / "graph").iterdir())]
    assert [number for number, part in enumerate(parts) if part != sorted(part)] == []
    rows["graph"] = sorted(line for part in parts for line in part)
    return rows


def rows_of(folder: Path) -> Iterator[dict[str, object]]:
    """The rows of a table in parts."""
    from pyarrow import parquet

    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        yield from parquet.read_table(path, partitioning=None).to_pylist()


def differing(one: dict[str, list[object]], other: dict[str, list[object]]) -> dict[str, list[object]]:
    """What stands in one build only, the first few of each table."""
    return {table: sorted(set(map(repr, one[table])) ^ set(map(repr, other[table])))[:4] for table in one if one[table] != other[table]}


def processes(parent: int) -> list[tuple[int, str]]:
    """The processes below one, each with its command line."""
    found: list[tuple[int, str]] = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            above = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            command = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:  # it has ended meanwhile
            continue
        if above == parent:
            found += [(int(path.name), command), *processes(int(path.name))]
    return found
