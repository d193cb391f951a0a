"""Measure how building grows: python -m tools.building.bench [ARTICLES].

Ratios, which mean something on any machine: two processes against one, ten times the articles, and the most memory
that building takes; and how long it takes to add one article to the graph. Each build is a process of its own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.building.articles import articles

KG = [sys.executable, "-c", "from kg.cli import main; main()"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("articles", type=int, nargs="?", default=20_000)
    count = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        many, few, one = (
            written(folder / "many.jsonl", count),
            written(folder / "few.jsonl", count // 10),
            written(folder / "one.jsonl", 1, count),
        )
        two, peak = measured("build", many, "--jobs", "2", "--no-cache", "--out", folder / "two")
        print(f"{count} articles, 2 processes\t{two:.1f} s\t{peak:.0f} MB", flush=True)
        small, small_peak = measured("build", few, "--jobs", "2", "--no-cache", "--out", folder / "small")
        print(f"{count // 10} articles, 2 processes\t{small:.1f} s\t{small_peak:.0f} MB\ttenfold: {two / small:.1f} times as long", flush=True)
        single, _ = measured("build", many, "--jobs", "1", "--no-cache", "--out", folder / "single")
        print(f"{count} articles, 1 process\t{single:.1f} s\ttwo are {single / two:.2f} times as fast", flush=True)
        for size, out in ((count // 10, "small"), (count, "two")):
            grown, peak = measured("add", one, "--no-cache", "--out", folder / out)
            print(f"1 article added to {size}\t{grown:.1f} s\t{peak:.0f} MB", flush=True)


def written(path: Path, count: int, first: int = 0) -> Path:
    """Write made-up articles into a file."""
    path.write_text("".join(json.dumps(one) + "\n" for one in articles(count, first)), encoding="utf-8")
    return path


def measured(*arguments: object) -> tuple[float, float]:
    """Run kg: seconds, and the most memory of its main process in MB."""
    begun = time.monotonic()
    process = subprocess.Popen([*KG, *map(str, arguments), "--quiet"])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"kg {arguments[0]} ended with status {process.returncode}")
    return time.monotonic() - begun, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
