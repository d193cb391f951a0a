"""Measure Spark with two workers beside one machine with two processes: python -m tools.cluster.bench [ARTICLES].

Both build the same made-up articles, one after the other. Printed are the ratio of their times, once Spark has started; the
most memory of a worker, after a tenth of the time and in the end; and how many bytes go through Spark's shuffle.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

from kg.cluster import build_parts
from kg.cluster.session import spark_at
from tools.building.bench import measured, written

WORKERS = "local-cluster[2,1,2048]"
PAGE = os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("articles", type=int, nargs="?", default=50_000)
    count = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        articles = written(folder / "articles.jsonl", count)
        logs = folder / "logs"
        logs.mkdir()
        os.environ["PYSPARK_SUBMIT_ARGS"] = (
            f"--conf spark.eventLog.enabled=true --conf spark.eventLog.compress=false --conf spark.eventLog.dir=file:{logs} pyspark-shell"
        )
        begun = time.monotonic()
        read: list[float] = []
        with spark_at(WORKERS) as spark:
            spark.range(1).count()
            print(f"Spark starts\t{time.monotonic() - begun:.1f} s", flush=True)
            ended, sizes = Event(), list[tuple[float, int]]()
            watch = Thread(target=sample, args=(ended, sizes))
            watch.start()
            begun = time.monotonic()
            built = build_parts(articles, out=folder / "parts", progress=lambda lot: read.append(time.monotonic() - begun))
            took = time.monotonic() - begun
            ended.set()
            watch.join()
        said = sum(built.counts["statements"].values())
        print(f"Spark, two workers\t{took:.1f} s, of which reading {max(read):.1f}\t{said} statements", flush=True)
        early = max((size for at, size in sizes if at - sizes[0][0] < took / 10), default=0)
        latest = max((size for _, size in sizes), default=0)
        print(f"most memory of a process that reads or merges\t{early / 1e6:.0f} MB at first, {latest / 1e6:.0f} MB in all")
        shuffled = sum(bytes_shuffled(logs))
        print(f"shuffle\t{shuffled / 1e6:.1f} MB\t{shuffled / said:.0f} bytes a statement", flush=True)
        stored = {
            part.name: sum(path.stat().st_size for path in part.rglob("*") if path.is_file()) for part in (folder / "parts").iterdir()
        }
        print("stored, bytes a statement\t" + ", ".join(f"{name} {size / said:.0f}" for name, size in sorted(stored.items())))
        alone, _ = measured("build", articles, "--jobs", "2", "--no-cache", "--out", folder / "alone")
        print(f"one machine, two processes\t{alone:.1f} s\tSpark takes {took / alone:.2f} times as long")


def sample(ended: Event, sizes: list[tuple[float, int]]) -> None:
    """Note every second how much memory each Python worker of Spark has."""
    while not ended.wait(1):
        sizes += [(time.monotonic(), size) for size in workers(os.getpid())]


def workers(parent: int) -> Iterator[int]:
    """The memory of the Python workers below a process, in bytes."""
    for path in Path("/proc").glob("[0-9]*"):
        try:
            above = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            command = (path / "cmdline").read_bytes()
            size = int((path / "statm").read_text().split()[1]) * PAGE
        except OSError:  # it has ended meanwhile
            continue
        if above == parent:
            if b"pyspark.worker" in command:
                yield size
            yield from workers(int(path.name))


def bytes_shuffled(logs: Path) -> Iterator[int]:
    """The bytes that each task wrote for others, from Spark's log of events."""
    for path in logs.rglob("*"):
        for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
            if '"SparkListenerTaskEnd"' in line:
                metrics = json.loads(line).get("Task Metrics") or {}
                yield metrics.get("Shuffle Write Metrics", {}).get("Shuffle Bytes Written", 0)


if __name__ == "__main__":
    sys.exit(main())
