"""Spark, really started, builds of the practice articles what one machine builds; the large builds are in ``test_cluster.py``."""

import json
import os
import shutil
from pathlib import Path

import pytest
from conftest import CORPUS
from spark_builds import differing, in_parts, missing, one_machine

why = missing()


@pytest.mark.skipif(bool(why) and "CI" not in os.environ, reason=why)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # pyspark leaves sockets to the collector
def test_the_practice_articles_are_read_as_on_one_machine_and_damaged_tables_are_named(built: Path, tmp_path: Path) -> None:
    from pyarrow import Table, parquet

    from kg.cluster import build_parts

    folder, out = tmp_path / "articles", tmp_path / "parts"
    shutil.copytree(CORPUS, folder)
    briefs = [json.loads(line) for line in (folder / "briefs.jsonl").read_text(encoding="utf-8").splitlines()]
    (folder / "briefs.jsonl").unlink()
    parquet.write_table(Table.from_pylist(briefs), folder / "briefs.parquet")
    parquet.write_table(Table.from_pylist([{"body": "Turkey attacked Syria."}]), folder / "no text.parquet")
    (folder / "broken.parquet").write_bytes(b"PAR1 this is no table PAR1")
    done = build_parts(folder, out=out, engine="spark:local[2]")

    assert [(one.where, one.reason.partition(";")[0].partition(":")[0]) for one in done.problems] == [
        ("articles/broken.parquet", "cannot be read (damaged)"),
        ("articles/no text.parquet", "no articles"),
    ]
    expected, found = ({**rows, "documents": without_checksums(rows)} for rows in (one_machine(built), in_parts(out)))
    assert differing(expected, found) == {}
    assert len(found["events"]) > 300


def without_checksums(rows: dict[str, list[object]]) -> list[object]:
    """The articles without those of their files: some stand in another file."""
    return [[cell for cell in row if cell[0] != "sha256"] for row in rows["documents"]]  # type: ignore[attr-defined]
