"""Some minutes of mixed load: good, slow and hostile clients at once; no good answer may be lost, and memory has to stay flat.

    python -m tools.serving.load [MINUTES] [--out out] [--good 8] [--hostile 3] [--slow 20]

Good clients ask the questions of the cookbook, and compare each answer with the first one. Hostile ones ask for what takes
too long, needs too much memory, breaks the engine or leads outside. Slow ones begin requests and never end them.
A good client that is told to come again (503) does so, as it should; how often is told. Exit status 1 if an answer was lost.
"""

import argparse
import random
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from kg.ontology import ontology_folder
from tools.serving.clients import HOSTILE, ask, dawdle, questions
from tools.serving.server import running


@dataclass
class Tally:
    """What has been seen; a lock guards it."""

    good: int = 0
    again: int = 0
    lost: list[str] = field(default_factory=list)
    hostile: Counter[str] = field(default_factory=Counter)
    cut: int = 0
    seconds: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def good(port: int, asked: dict[str, bytes], until: float, seed: int, tally: Tally) -> None:
    """Ask good questions, one after the other."""
    chance = random.Random(seed)
    while time.monotonic() < until:
        sparql = chance.choice(list(asked))
        begun = time.monotonic()
        got = ask("127.0.0.1", port, sparql)
        while got.status == 503:
            with tally.lock:
                tally.again += 1
            time.sleep(2)
            got = ask("127.0.0.1", port, sparql)
        with tally.lock:
            tally.good += 1
            tally.seconds.append(time.monotonic() - begun)
            if got.status != 200 or got.body != asked[sparql]:
                tally.lost.append(f"{got.status} for {sparql.splitlines()[0]}")


def hostile(port: int, until: float, seed: int, tally: Tally) -> None:
    """Ask for what must not be."""
    chance = random.Random(seed)
    while time.monotonic() < until:
        name = chance.choice(list(HOSTILE))
        status = ask("127.0.0.1", port, HOSTILE[name]).status
        with tally.lock:
            tally.hostile[f"{name} {status}"] += 1
        time.sleep(0.2)


def slow(port: int, until: float, tally: Tally) -> None:
    """Never end a request."""
    while time.monotonic() < until:
        ended = dawdle("127.0.0.1", port, 60)
        with tally.lock:
            tally.cut += ended


def memory_of(group: int) -> int:
    """Megabytes that the server and its workers hold, shared pages counted once (Linux)."""
    held = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rpartition(")")[2].split()[2]) == group:
                lines = (folder / "smaps_rollup").read_text().splitlines()
                held += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except (OSError, ValueError):
            continue
    return held >> 10


def main() -> None:
    """Run, and tell."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("minutes", type=float, nargs="?", default=10)
    parser.add_argument("--out", type=Path, default=Path("out"))
    parser.add_argument("--good", type=int, default=8)
    parser.add_argument("--hostile", type=int, default=3)
    parser.add_argument("--slow", type=int, default=20)
    parser.add_argument("--time-limit", default="10")
    settings = parser.parse_args()
    tally = Tally()
    with running(settings.out, "--time-limit", settings.time_limit, "--memory-limit", "512", "--patience", "5") as server:
        asked: dict[str, bytes] = {}
        for sparql in questions(ontology_folder() / "queries"):
            first = ask("127.0.0.1", server.port, sparql)
            if first.status == 200 and first.seconds < 1:
                asked[sparql] = first.body
        print(f"{len(asked)} good questions, each answered within a second alone; memory {memory_of(server.process.pid)} MB", flush=True)
        until = time.monotonic() + 60 * settings.minutes
        threads = [threading.Thread(target=good, args=(server.port, asked, until, n, tally)) for n in range(settings.good)]
        threads += [threading.Thread(target=hostile, args=(server.port, until, n, tally)) for n in range(settings.hostile)]
        threads += [threading.Thread(target=slow, args=(server.port, until, tally)) for _ in range(settings.slow)]
        for thread in threads:
            thread.start()
        while time.monotonic() < until:
            time.sleep(min(60, max(0.1, until - time.monotonic())))
            with tally.lock:
                so_far = f"good {tally.good}, lost {len(tally.lost)}, told to come again {tally.again}"
            print(f"{so_far}; memory {memory_of(server.process.pid)} MB", flush=True)
        for thread in threads:
            thread.join()
        time.sleep(2)
        print(f"afterwards: memory {memory_of(server.process.pid)} MB, alive: {server.process.poll() is None}")
    took = sorted(tally.seconds)
    print(f"good answers {tally.good}, p50 {took[len(took) // 2]:.2f} s, p95 {took[len(took) * 95 // 100]:.2f} s, worst {took[-1]:.2f} s")
    print(f"slow clients cut {tally.cut}; hostile: {', '.join(f'{name} {count}x' for name, count in sorted(tally.hostile.items()))}")
    for line in tally.lost[:20]:
        print(f"lost: {line}")
    sys.exit(1 if tally.lost else 0)


if __name__ == "__main__":
    main()
