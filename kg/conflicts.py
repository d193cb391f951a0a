"""Where sources disagree about one event: asserted and denied, or different numbers of the same thing.

Nothing is resolved here: every side is shown, each with its documents and statements.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import Event, Modality, Quantity, Statement, digest


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
    """Different exact numbers of one unit, in different documents."""
    by_unit: dict[str, dict[str, list[Statement]]] = {}
    for statement in event.statements:
        for quantity in statement.quantities:
            if statement.modality is Modality.ASSERTED and not quantity.qualifier:
                by_unit.setdefault(quantity.unit.lower(), {}).setdefault(amount(quantity), []).append(statement)
    for sides in by_unit.values():
        documents = {statement.evidence.document for statements in sides.values() for statement in statements}
        if len(sides) > 1 and len(documents) > 1:
            yield Conflict(event.id, "quantities", tuple((value, tuple(sides[value])) for value in sorted(sides)))


def amount(quantity: Quantity) -> str:
    """Write a quantity as its sentence does: "about 300 missiles".

    >>> amount(Quantity(300.0, "about", "missiles"))
    'about 300 missiles'
    """
    value = int(quantity.value) if quantity.value == int(quantity.value) else quantity.value
    return " ".join(part for part in (quantity.qualifier, str(value), quantity.unit) if part)
