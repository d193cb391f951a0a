"""Simulate merging at 100 million statements: python -m tools.cluster.simulation [STATEMENTS].

Blocks are as uneven as news is: actors by Zipf's law, and types of acts too. What a block costs depends on how many of its
statements fall on one day, so blocks of one month are merged for real, ever denser ones, and the rest is arithmetic:

    how many statements a day a block has (Zipf) -> what a statement costs at that density (measured) -> hours, and the longest task
"""

import argparse
import json
import random
import sys
import time
import tracemalloc
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate

from kg.events import assemble_block
from kg.model import Actor, Evidence, Modality, Statement, When, digest
from kg.ontology import Ontology, read_ontology

ACTORS, TYPES, YEARS = 5_000, 16, 10
EXPONENT = 1.0
DENSITIES = (1, 3, 10, 30, 100, 300)  # statements a day
DAYS = 30
MONTH = "2024-04"
DATES = (("day", 0.70), ("week", 0.08), ("month", 0.05), ("year", 0.02), ("", 0.15))


def main() -> None:
    """Measure, extrapolate and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("statements", type=int, nargs="?", default=100_000_000)
    total = parser.parse_args().statements
    ontology = read_ontology()
    costs: list[tuple[float, float]] = []
    for density in DENSITIES:
        statements = list(made_up(density * DAYS, ontology, random.Random(density)))
        assemble_block(statements[:10], ontology)
        begun = time.process_time()
        events = assemble_block(statements, ontology)
        seconds = time.process_time() - begun
        costs.append((density, seconds / len(statements)))
        print(
            f"{density} statements a day\t{len(statements)} statements\t{len(events)} events\t{1e6 * costs[-1][1]:.0f} µs a statement",
            flush=True,
        )
    bytes_each = held(ontology)
    print(f"without its sentence a statement takes {bytes_each:.0f} bytes of memory where it is decided")
    sizes = sorted(blocks(total), reverse=True)
    days = YEARS * 365
    seconds = [size * cost_at(size / days, costs) for size in sizes]
    print(f"{total} statements in {len(sizes)} blocks; the largest has {sizes[0]:.0f}, {100 * sizes[0] / total:.1f} % of all")
    print(f"merging takes {sum(seconds) / 3600:.1f} hours of one core")
    print(f"the longest task takes {seconds[0] / 3600:.2f} of them, and {sizes[0] * bytes_each / 1e9:.2f} GB")


def blocks(total: int) -> Iterator[float]:
    """How many statements the blocks have: targets by Zipf's law, and the types of acts done to them."""
    targets, types = zipf(ACTORS), zipf(TYPES)
    for target in targets:
        yield from (total * target * kind for kind in types)


def zipf(count: int) -> list[float]:
    """Shares that fall by Zipf's law."""
    weights = [1 / rank**EXPONENT for rank in range(1, count + 1)]
    return [weight / sum(weights) for weight in weights]


def cost_at(density: float, costs: list[tuple[float, float]]) -> float:
    """The seconds of a statement at a density: along the line between two that were measured, and beyond the last one in proportion."""
    place = bisect(costs, (density, 0.0))
    if place == 0:
        return costs[0][1]
    (few, less) = costs[place - 1]
    if place == len(costs):
        return less * density / few
    (many, more) = costs[place]
    return less + (more - less) * (density - few) / (many - few)


def made_up(count: int, ontology: Ontology, dice: random.Random) -> Iterator[Statement]:
    """Statements of one block: attacks on one state and its parts, by many, in a month; three to an article."""
    whole = max(ontology.actors.values(), key=lambda actor: sum(other.part_of == actor.id for other in ontology.actors.values()))
    targets = [whole, *(actor for actor in ontology.actors.values() if actor.part_of == whole.id)][:20]
    actors = sorted((actor for actor in ontology.actors.values() if actor.type in ("state", "armed-group")), key=lambda actor: actor.id)
    kinds = sorted(id for id, action in ontology.actions.items() if action.type == ontology.actions["action:assault"].type)
    shares = {len(some): list(accumulate(zipf(len(some)))) for some in (targets, actors, kinds)}

    def drawn(some: list[Actor] | list[str]) -> object:
        return some[min(bisect(shares[len(some)], dice.random()), len(some) - 1)]

    for number in range(count):
        document = f"article-{number // 3}"
        evidence = Evidence(document, number % 3 * 100, number % 3 * 100 + 90, "", "", "")
        place = dice.choice(("", "", "", "Odesa", "Kharkiv", "Aleppo"))
        modality = dice.choices(list(Modality), (8, 1, 1, 1))[0]
        one = Statement(drawn(actors), drawn(kinds), drawn(targets), When(a_date(dice)), place, modality, (), (), evidence)  # type: ignore[arg-type]
        object.__setattr__(one, "_id", f"statement:{digest(str(number))}")
        yield one


def a_date(dice: random.Random) -> str:
    """A date as exact as those of the news."""
    kind = dice.choices([name for name, _ in DATES], [share for _, share in DATES])[0]
    day = dice.randint(1, DAYS - 7)
    return {"day": f"{MONTH}-{day:02}", "week": f"{MONTH}-{day:02}/{MONTH}-{day + 6:02}", "month": MONTH, "year": MONTH[:4], "": ""}[kind]


def held(ontology: Ontology) -> float:
    """The bytes that a statement takes in the task that decides which of a block are one event."""
    from kg.cluster.merging import slim_statements
    from kg.tables import statement_row

    rows = [(one.id, json.dumps(statement_row(one, "", ontology.actions))) for one in made_up(3_000, ontology, random.Random(0))]
    tracemalloc.start()
    kept = list(slim_statements(iter(rows)))
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return size / len(kept)


if __name__ == "__main__":
    sys.exit(main())
