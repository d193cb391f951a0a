"""Where sources disagree about one event: asserted and denied, or different numbers of the same thing.

Nothing is resolved here: every side is shown, each with its documents and statements.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import Event, Modality, Quantity, Statement, digest

VAGUE = 0.15
"""How far "about 200" may be from the truth, as a share of it."""
ABOUT = frozenset({"about", "around", "approximately", "some", "nearly", "almost", "roughly", "estimated"})
ABOVE = frozenset({"over", "more", "least"})
BELOW = frozenset({"under", "less", "fewer", "most", "up"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """One event, the column in dispute, and the sides: a value and the statements that hold it."""

    event: str
    about: str
    sides: tuple[tuple[str, tuple[Statement, ...]], ...]

    @property
    def id(self) -> str:
        """A CURIE made of the content."""
        return f"conflict:{digest(self.event, self.about, *(value for value, _ in self.sides))}"


def conflicts_in(events: Iterable[Event]) -> list[Conflict]:
    """Find the disagreements, sorted by event and property."""
    found = [conflict for event in events for conflict in (*_denied(event), *_numbers(event))]
    return sorted(found, key=lambda conflict: (conflict.event, conflict.about, conflict.id))


def _denied(event: Event) -> Iterator[Conflict]:
    """Somebody asserts it, somebody denies it."""
    sides = {
        modality.value: tuple(statement for statement in event.statements if statement.modality is modality)
        for modality in (Modality.ASSERTED, Modality.NEGATED)
    }
    if all(sides.values()):
        yield Conflict(event.id, "modality", tuple(sides.items()))


def _numbers(event: Event) -> Iterator[Conflict]:
    """Numbers of one thing, in different documents, that cannot all be true."""
    by_thing: dict[str, dict[str, list[tuple[Quantity, Statement]]]] = {}
    for statement in event.statements:
        for quantity in statement.quantities:
            if statement.modality is Modality.ASSERTED and quantity.unit:
                thing = by_thing.setdefault(quantity.unit.lower().split()[-1], {})
                thing.setdefault(amount(quantity), []).append((quantity, statement))
    for sides in by_thing.values():
        told = [(quantity, statement.evidence.document) for side in sides.values() for quantity, statement in side]
        if any(not fits(one, other) and here != there for one, here in told for other, there in told):
            yield Conflict(event.id, "quantities", tuple((value, tuple(one for _, one in sides[value])) for value in sorted(sides)))


def fits(one: Quantity, other: Quantity) -> bool:
    """Tell whether two quantities can both be true.

    >>> fits(Quantity(200, "about", "missiles"), Quantity(180, "", "missiles")), fits(Quantity(180, "", ""), Quantity(400, "", ""))
    (True, False)
    """
    (low, high), (floor, ceiling) = _bounds(one), _bounds(other)
    return low <= ceiling and floor <= high


def _bounds(quantity: Quantity) -> tuple[float, float]:
    """The least and the most that a quantity may mean."""
    words = set(quantity.qualifier.split())
    above, below = bool(words & ABOVE), bool(words & BELOW)
    if "no" in words:  # "no more than" is the most, "no fewer than" the least
        above, below = below, above
    if above:
        return quantity.value, float("inf")
    if below:
        return 0, quantity.value
    slack = VAGUE if words & ABOUT else 0
    return quantity.value * (1 - slack), quantity.value * (1 + slack)


def amount(quantity: Quantity) -> str:
    """Write a quantity as its sentence does: "about 300 missiles".

    >>> amount(Quantity(300.0, "about", "missiles"))
    'about 300 missiles'
    """
    value = int(quantity.value) if quantity.value == int(quantity.value) else quantity.value
    return " ".join(part for part in (quantity.qualifier, str(value), quantity.unit) if part)
