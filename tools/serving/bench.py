"""How fast the endpoint answers 16 clients at once, beside the same questions asked of the engine alone, one after the other.

    python -m tools.serving.bench [--out out] [--clients 16] [--seconds 20] [--about 30]

The questions are those of the cookbook, which ask about the whole graph, or with ``--about`` others about so many single actors.

The server runs in a process of its own; clients and engine are in this one and in its children, on the same machine.
"""

import argparse
import multiprocessing
import statistics
import time
from collections import Counter
from pathlib import Path

from pyoxigraph import Store

from kg.ontology import ontology_folder
from kg.store import answer, open_store
from kg.store.endpoint import Question, reply
from tools.serving.clients import ask, questions
from tools.serving.server import running


class Nowhere:
    """Forgets what is written."""

    def write(self, content: bytes, /) -> int:
        """Forget."""
        return len(content)

    def flush(self) -> None:
        """There is nothing to flush."""


def client(port: int, asked: list[str], until: float, number: int, results: "multiprocessing.Queue[list[tuple[int, int, float]]]") -> None:
    """Ask one question after the other, each client beginning with another one."""
    seen, place = [], number * 7
    while time.time() < until:
        place = (place + 1) % len(asked)
        got = ask("127.0.0.1", port, asked[place])
        seen.append((place, got.status, got.seconds))
    results.put(seen)


ACTORS = "SELECT ?actor { ?event a kg:Event ; kg:actor ?actor } GROUP BY ?actor ORDER BY DESC(COUNT(*)) ?actor LIMIT %d"
ABOUT = (
    "SELECT ?date ?action ?target { ?event kg:actor %s ; kg:action ?action ; kg:modality kg:asserted "
    "OPTIONAL { ?event kg:target ?target } OPTIONAL { ?event kg:edtf ?date } } ORDER BY ?date ?event LIMIT 100",
    "SELECT ?target (COUNT(*) AS ?n) { ?event kg:actor %s ; kg:target ?target } GROUP BY ?target ORDER BY DESC(?n) ?target LIMIT 20",
    "SELECT ?quote { ?event kg:target %s . ?statement kg:event ?event ; kg:quote ?quote } LIMIT 50",
)


def about(store: Store, number: int) -> list[str]:
    """Questions about the actors that did most."""
    actors = [row[0] for row in answer(store, ACTORS % number).terms]
    return [question % actor for actor in actors for question in ABOUT]


def seconds(store: Store, sparql: str) -> float:
    """How long the engine alone takes for a question, at the second time."""
    reply(store, Question(sparql), Nowhere())
    begun = time.perf_counter()
    reply(store, Question(sparql), Nowhere())
    return time.perf_counter() - begun


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out"))
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--slowest", type=float, default=1.0, help="leave questions out that take longer, in seconds")
    parser.add_argument("--about", type=int, default=0, help="ask about so many actors instead of the whole graph")
    settings = parser.parse_args()
    store = open_store(settings.out / "store")
    chosen = about(store, settings.about) if settings.about else questions(ontology_folder() / "queries")
    with running(settings.out, "--quiet") as server:
        first = {sparql: ask("127.0.0.1", server.port, sparql) for sparql in chosen}
        asked = [sparql for sparql, got in first.items() if got.status == 200 and got.seconds <= settings.slowest]
        for sparql, got in first.items():
            if sparql not in asked:
                print(f"left out: status {got.status} after {got.seconds:.1f} s for {sparql.partition(chr(10))[0].strip('# ')!r}")
        engine = sum(seconds(store, sparql) for sparql in asked) / len(asked)
        single = [ask("127.0.0.1", server.port, sparql).seconds for sparql in asked]
        results: multiprocessing.Queue[list[tuple[int, int, float]]] = multiprocessing.Queue()
        until = time.time() + settings.seconds
        clients = [multiprocessing.Process(target=client, args=(server.port, asked, until, n, results)) for n in range(settings.clients)]
        for one in clients:
            one.start()
        seen = [item for _ in clients for item in results.get()]
        for one in clients:
            one.join()
    took = sorted(seconds for _, _, seconds in seen)
    wrong = Counter(status for _, status, _ in seen if status != 200)
    centiles = statistics.quantiles(took, n=100)
    print(f"{len(asked)} questions; engine alone {engine * 1000:.1f} ms each; one client {statistics.mean(single) * 1000:.1f} ms each")
    print(f"{settings.clients} clients: {len(took) / settings.seconds:.0f} answers/s, errors {dict(wrong) or 'none'}")
    for name, place in (("p50", 49), ("p95", 94), ("p99", 98)):
        print(f"{name} {centiles[place] * 1000:.0f} ms")
    print(f"answers/s against the engine asked one by one: {len(took) / settings.seconds * engine:.2f}")


if __name__ == "__main__":
    main()
