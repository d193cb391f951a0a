"""Which numbers can both be true: "about 200" and 180 can, within a tolerance; 180 and 400 cannot."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Quantity
from kg.ontology import ABOUT, LEAST, MOST, Qualifier

VAGUE = 0.15
"""How far "about 200" may be from the truth, as a share of it: 170 to 230."""

JOINED = frozenset({"and", "or", "of"})
Qualifiers = Mapping[str, Qualifier]


@dataclass(frozen=True, slots=True)
class Telling:
    """What a sentence says of how many: its words, its number, the least and the most they can mean, and the unit."""

    words: str
    value: float
    low: float
    high: float
    unit: str


def tellings(quantities: Sequence[Quantity], qualifiers: Qualifiers) -> Iterator[Telling]:
    """What one statement counts, thing by thing; the two ends of a range are one telling."""
    counted = [quantity for quantity in quantities if quantity.unit]
    while counted:
        first, *counted = counted
        low, high = bounds(first, qualifiers)
        last = next(iter(counted), first)
        if math.isinf(high) and last.unit == first.unit and MOST in meanings(last.qualifier, qualifiers) and last.value > first.value:
            counted = counted[1:]
            yield Telling(f"{amount(first)} and {amount(last)}", first.value, low, bounds(last, qualifiers)[1], first.unit)
        else:
            yield Telling(amount(first), first.value, low, high, first.unit)


def things(told: Iterable[Telling]) -> list[list[Telling]]:
    """Gather the tellings of one thing: what has the same noun, "ballistic missiles" and "missiles" alike."""
    found: dict[str, list[Telling]] = {}
    for telling in told:
        found.setdefault(_noun(telling.unit)[0], []).append(telling)
    return [found[noun] for noun in sorted(found)]


def of_one_thing(told: Mapping[str, Telling], one: str, other: str) -> bool:
    """Tell whether two tellings, by their words, can both be true; cruise and ballistic missiles are two things."""
    first, second = told[one], told[other]
    (_, some), (_, others) = _noun(first.unit), _noun(second.unit)
    return not (some <= others or others <= some) or (first.low <= second.high and second.low <= first.high)


def _noun(unit: str) -> tuple[str, frozenset[str]]:
    """The counted noun in the singular, and its modifiers; what is joined ("missiles and drones") stands for itself."""
    words = unit.lower().split()
    if JOINED & set(words):
        return " ".join(words), frozenset()
    return words[-1].removesuffix("s") or words[-1], frozenset(words[:-1])


def bounds(quantity: Quantity, qualifiers: Qualifiers) -> tuple[float, float]:
    """The least and the most that a quantity may mean; the number itself always counts."""
    meant = meanings(quantity.qualifier, qualifiers)
    slack = VAGUE if ABOUT in meant else 0
    low = 0.0 if MOST in meant else quantity.value * (1 - slack)
    return low, math.inf if LEAST in meant else quantity.value * (1 + slack)


def meanings(qualifier: str, qualifiers: Qualifiers) -> set[str]:
    """What the words beside a number mean, the longest that a row has first: "no more than" is not "more than"."""
    words, found = qualifier.split(), set()
    while words:
        length = next((length for length in range(len(words), 0, -1) if " ".join(words[:length]) in qualifiers), 0)
        if length:
            found.add(qualifiers[" ".join(words[:length])].meaning)
        words = words[length or 1 :]
    return found


def amount(quantity: Quantity) -> str:
    """Write a quantity as its sentence does: "about 300 missiles".

    >>> amount(Quantity(300.0, "about", "missiles"))
    'about 300 missiles'
    """
    value = int(quantity.value) if quantity.value == int(quantity.value) else quantity.value
    return " ".join(part for part in (quantity.qualifier, str(value), quantity.unit) if part)
