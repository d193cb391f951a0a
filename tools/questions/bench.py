"""Measure questions: python -m tools.questions.bench FOLDER [QUESTION…].

FOLDER is a graph that was built; of 10,000 made-up articles (python -m tools.building.articles 10000) it has a million triples.
Prints ratios, which mean something on any machine: each named question against the same text asked of pyoxigraph
itself, on the same store; then six kinds of query against rdflib's own store in memory, on the disk and held in memory.
Times are of the processor.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import rdflib
from pyoxigraph import QuerySolutions, Store

from kg.store import answer, open_store
from kg.store.loading import in_memory
from tools.questions.page import questions

PREFIXES = """
PREFIX action: <https://w3id.org/actor-kg/action/>
PREFIX kg: <https://w3id.org/actor-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
SIX = "kinds"
ENOUGH = 0.3
"""Seconds of all turns together that make a measure of short calls steady."""
KINDS = {
    "date range": (
        "SELECT ?e ?d { ?e kg:date ?d FILTER (?d >= '2023-06-01'^^xsd:date && ?d < '2023-07-01'^^xsd:date) }",
        "",
    ),
    "dyads, grouped": (
        "SELECT ?a ?b (COUNT(?e) AS ?n) { ?e a kg:Event ; kg:modality kg:asserted ; kg:actor ?a ; kg:target ?b } GROUP BY ?a ?b"
        " ORDER BY DESC(?n) LIMIT 20",
        "SELECT ?a ?b (COUNT(?e) AS ?n) { { SELECT * { ?e a kg:Event } } { SELECT * { ?e kg:modality kg:asserted } }"
        " { SELECT * { ?e kg:actor ?a } } { SELECT * { ?e kg:target ?b } } } GROUP BY ?a ?b ORDER BY DESC(?n) LIMIT 20",
    ),
    "property path": (
        "SELECT (COUNT(?e) AS ?n) { ?k skos:broader* action:assault . ?e kg:action ?k ; a kg:Event }",
        "SELECT (COUNT(?e) AS ?n) { { SELECT ?k { ?k skos:broader* action:assault } }"
        " { SELECT * { ?e kg:action ?k } } { SELECT * { ?e a kg:Event } } }",
    ),
    "text filter": (
        "SELECT ?s ?q { ?s kg:quote ?q FILTER (CONTAINS(LCASE(?q), 'missile')) }",
        "",
    ),
    "NOT EXISTS": (
        "SELECT ?e { ?e a kg:Event ; kg:modality kg:asserted FILTER NOT EXISTS { ?e kg:edtf ?d } }",
        "SELECT ?e { { SELECT * { ?e a kg:Event } } { SELECT * { ?e kg:modality kg:asserted } } MINUS { ?e kg:edtf ?d } }",
    ),
    "monthly series": (
        "SELECT ?m ?t (COUNT(?e) AS ?n) { ?e a kg:Event ; kg:action/skos:broader*/kg:ploverType ?t ; kg:date ?d"
        " BIND (SUBSTR(STR(?d), 1, 7) AS ?m) } GROUP BY ?m ?t",
        "SELECT ?m ?t (COUNT(?e) AS ?n) { { SELECT ?k ?t { ?top kg:ploverType ?t . ?k skos:broader* ?top } }"
        " { SELECT * { ?e a kg:Event } } { SELECT * { ?e kg:action ?k } } { SELECT * { ?e kg:date ?d } }"
        " BIND (SUBSTR(STR(?d), 1, 7) AS ?m) } GROUP BY ?m ?t",
    ),
}
"""Each kind as it is usually written, and as the named questions write it where that differs: the same answer."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "only", nargs="*", metavar="QUESTION", help="named questions to measure, or 'kinds' for the six kinds; all if none is given"
    )
    parser.add_argument("--times", type=int, default=3, help="how often each is asked; the least time counts")
    given = parser.parse_args()
    store = open_store(given.folder / "store")
    print(f"{len(store)} triples\n\nquestion\trows\tpyoxigraph s\tratio\tratio with rows")
    for name, question in questions():
        if not given.only or name in given.only:
            print("\t".join((name, *against_engine(store, question.sparql, given.times))), flush=True)
    if not given.only or given.only == [SIX]:
        against_rdflib(store, given.folder, given.times)


def against_engine(store: Store, sparql: str, times: int) -> tuple[str, ...]:
    """How many rows, how long the engine takes by itself, and how many times as long we do: to the answer, and to its rows."""
    count = 0

    def read() -> None:
        nonlocal count
        count = len(answer(store, sparql).rows)

    bare, ours, rows = least([lambda: consumed(store, sparql), lambda: answer(store, sparql), read], times)
    return str(count), f"{bare:.3f}", f"{ours / bare:.2f}", f"{rows / bare:.2f}"


def consumed(store: Store, sparql: str) -> list[object]:
    """The answer of the engine itself, with every term at hand."""
    result = store.query(sparql)
    return [tuple(row) for row in result] if isinstance(result, QuerySolutions) else list(result)  # type: ignore[call-overload]


def against_rdflib(store: Store, folder: Path, times: int) -> None:
    """Six kinds of query; rdflib is asked in the usual way, the store in the way of the named questions too."""
    memory, held = rdflib.Graph().parse(folder / "graph.ttl"), in_memory(folder / "graph.ttl")
    print("\nkind\trdflib s\tstore s\tratio\tstore in memory s\tratio\tas the named questions write it s\tratio")
    for kind, (usual, named) in KINDS.items():
        theirs, plain, quick, better = least(
            [
                lambda: list(memory.query(PREFIXES + usual)),  # noqa: B023
                lambda: answer(store, PREFIXES + usual).terms,  # noqa: B023
                lambda: answer(held, PREFIXES + usual).terms,  # noqa: B023
                lambda: answer(store, PREFIXES + (named or usual)).terms,  # noqa: B023
            ],
            times,
        )
        if len(list(memory.query(PREFIXES + usual))) != len(answer(store, PREFIXES + (named or usual)).terms):
            sys.exit(f"{kind}: the answers differ")
        ours = "\t".join(f"{seconds:.3f}\t{theirs / seconds:.1f}" for seconds in (plain, quick, better))
        print(f"{kind}\t{theirs:.3f}\t{ours}", flush=True)


def least(calls: list[Callable[[], object]], times: int) -> list[float]:
    """The least processor time of each call, in seconds; they take turns. Short ones have more of them, up to a hundred."""
    found = [float("inf")] * len(calls)
    for turn in range(100):
        if turn >= times and sum(found) * turn > ENOUGH:
            break
        for place, call in enumerate(calls):
            begun = time.process_time()
            call()
            found[place] = min(found[place], time.process_time() - begun)
    return found


if __name__ == "__main__":
    main()
