"""Makes up short articles about states and people that nobody knows, as JSON Lines: the same for the same number.

python -m tools.building.articles 10000 > articles.jsonl
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256

from kg.ontology import read_ontology

SYLLABLES = (
    "ba",
    "dor",
    "el",
    "fin",
    "gra",
    "hul",
    "is",
    "jor",
    "kel",
    "lam",
    "mir",
    "nos",
    "or",
    "pel",
    "quin",
    "ras",
    "sil",
    "tam",
    "ul",
    "ves",
)
DEEDS = (
    "{a} condemned {b} on {day}.",
    "{a} fired {n} missiles at {b} on {day}, officials said.",
    "{p}, the foreign minister of {a}, met {q} in {b} on {day}.",
    "{a} imposed sanctions on {b} after talks had failed.",
    "{p} urged {b} to release {n} prisoners.",
    "{a} and {b} signed an agreement on {day}.",
    "Troops of {a} shelled a village in {b}, killing {n} people, {p} said.",
    "{a} may expel the ambassador of {b}, {q} warned.",
    "{b} denied that it had attacked {a}.",
    "{p} thanked {q} for sending {n} tonnes of food to {b}.",
)


def articles(count: int, first: int = 0) -> Iterator[dict[str, str]]:
    """Make up ``count`` articles, from the one of number ``first`` on."""
    states = sorted(actor.label for actor in read_ontology().actors.values() if actor.type == "state")
    for number in range(first, first + count):
        yield article(number, states)


def article(number: int, states: list[str]) -> dict[str, str]:
    """The article of a number."""
    dice = sha256(str(number).encode()).digest()
    day = date(2023, 1, 1) + timedelta(days=number % 700)
    told = []
    for part in range(3):
        one, other, deed, some = dice[part * 4 : part * 4 + 4]
        said = {
            "a": states[one % len(states)],
            "b": states[(one + 1 + other % (len(states) - 1)) % len(states)],
            "p": person(dice[part : part + 5]),
            "q": person(dice[part + 7 : part + 12]),
            "n": str(2 + some),
            "day": f"{day:%A}",
        }
        told.append(DEEDS[deed % len(DEEDS)].format(**said))
    title = f"What happened on day {number}"
    return {"id": f"day-{number:06}", "title": title, "date": str(day + timedelta(days=1)), "source": "Daily", "text": " ".join(told)}


def person(dice: bytes) -> str:
    """A name that nobody bears."""
    parts = [SYLLABLES[one % len(SYLLABLES)] for one in dice]
    return f"{''.join(parts[:2]).capitalize()} {''.join(parts[2:]).capitalize()}"


if __name__ == "__main__":
    for one in articles(int(sys.argv[1]), *map(int, sys.argv[2:3])):
        print(json.dumps(one))
