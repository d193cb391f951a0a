"""Merges the statements that say the same thing.

Two papers reporting one meeting are one event with two pieces of evidence. What only one
article says on no known day stays an event of that article.
"""

from collections.abc import Iterable, Mapping

from kg.model import Action, Event, Modality, Quantity, Statement, digest

FACT_FIRST = (Modality.ASSERTED, Modality.NEGATED, Modality.INTENDED, Modality.HYPOTHETICAL)


def assemble(statements: Iterable[Statement], actions: Mapping[str, Action]) -> list[Event]:
    """Gather statements into events by actor, action, target and date, sorted by identifier.

    An event is asserted when one statement asserts it; its other modalities stay on its statements.
    """
    gathered: dict[str, list[Statement]] = {}
    for statement in statements:
        gathered.setdefault(event_id(statement, actions), []).append(statement)
    return [_event(name, found) for name, found in sorted(gathered.items())]


def event_id(statement: Statement, actions: Mapping[str, Action]) -> str:
    """Name an event by its content: the sides (in no order for mutual acts), the action, the date.

    Without a date the document takes its place: "the attack" of one article is not that of another.
    """
    sides = [statement.actor_id, statement.target_id]
    if actions[statement.action].symmetric:
        sides.sort()
    day = statement.when.edtf or f"undated in {statement.evidence.document}"
    return f"event:{digest(sides[0], statement.action, sides[1], day)}"


def _event(name: str, statements: list[Statement]) -> Event:
    ordered = sorted(statements, key=lambda s: (FACT_FIRST.index(s.modality), s.evidence.document, s.evidence.start, s.id))
    first = ordered[0]
    quantities = dict.fromkeys(
        quantity for statement in ordered if statement.modality is first.modality for quantity in statement.quantities
    )
    return Event(
        id=name,
        actor=first.actor,
        action=first.action,
        target=first.target,
        date=first.when.edtf,
        place=next((statement.place for statement in ordered if statement.place and statement.modality is first.modality), ""),
        modality=first.modality,
        quantities=tuple(sorted(quantities, key=_by_value)),
        statements=tuple(sorted(ordered, key=lambda s: (s.evidence.document, s.evidence.start, s.id))),
    )


def _by_value(quantity: Quantity) -> tuple[str, float, str]:
    return quantity.unit, quantity.value, quantity.qualifier
