"""Says what an event is: as exact as those allow who assert it, with the sides that most of them name; named by its content."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.events.joining import Joined, in_order
from kg.events.likeness import above, days, rank, score, sides_alike
from kg.model import Actor, Event, Merge, Modality, Statement, digest
from kg.ontology import Ontology, lineage

FACT_FIRST = (Modality.ASSERTED, Modality.NEGATED, Modality.INTENDED, Modality.HYPOTHETICAL)


def event_of(versions: Sequence[Joined], ontology: Ontology) -> Event:
    """Make an event of its versions: asserted if one statement asserts it, and as exact as the statements of that modality.

    Who it is, most of their articles have to agree on. Its other modalities stay on its statements.
    """
    statements = sorted((one for joined in versions for one in joined.version.statements), key=in_order)
    telling = [one for joined in versions if not joined.foreign for one in joined.version.statements]
    modality = min((one.modality for one in telling), key=FACT_FIRST.index)
    said = sorted((one for one in telling if one.modality is modality), key=in_order)
    sides = [(one.evidence.document, _sides(one, said[0], ontology)) for one in said]
    quantities = dict.fromkeys(quantity for one in said for quantity in one.quantities)
    return Event(
        id="",
        actor=_chosen([(document, actor) for document, (actor, _) in sides], ontology),
        action=max((one.action for one in said), key=lambda action: len(above(action, ontology))),
        target=_chosen([(document, target) for document, (_, target) in sides], ontology),
        date=min((one.when.edtf for one in said), key=lambda edtf: (days(edtf), edtf)),
        place=max((one.place for one in said), key=lambda place: rank(place, ontology)),
        modality=modality,
        quantities=tuple(sorted(quantities, key=lambda one: (one.unit, one.value, one.qualifier))),
        statements=tuple(statements),
        merges=tuple(merge for joined in versions for merge in _merges(joined)),
    )


def named(events: Iterable[Event], ontology: Ontology) -> list[Event]:
    """Name the events of a block: by sides (in no order for mutual acts), action and date; where that is not enough, by more.

    Without a date the article takes its place: "the attack" of one article is not that of another.
    """
    parts = [(event, _content(event, ontology)) for event in events]
    for further in (_where_and_whether, _statements):
        counts = Counter(content for _, content in parts)
        parts = [(event, content if counts[content] == 1 else (*content, *further(event))) for event, content in parts]
    return [replace(event, id=f"event:{digest(*content)}") for event, content in parts]


def _where_and_whether(event: Event) -> tuple[str, ...]:
    return event.place, event.modality.value


def _statements(event: Event) -> tuple[str, ...]:
    return tuple(sorted(statement.id for statement in event.statements))


def _content(event: Event, ontology: Ontology) -> tuple[str, ...]:
    sides = [side.id if side else "" for side in (event.actor, event.target)]
    if ontology.actions[event.action].symmetric:
        sides.sort()
    return sides[0], event.action, sides[1], event.date or f"undated in {event.statements[0].evidence.document}"


def _sides(statement: Statement, first: Statement, ontology: Ontology) -> tuple[Actor | None, Actor | None]:
    """Actor and target, in the order in which the first statement of a mutual act names them."""
    actor, target = statement.actor, statement.target
    if not ontology.actions[statement.action].symmetric or _near(actor, first.actor, ontology) or _near(target, first.target, ontology):
        return actor, target
    return target, actor


def _near(one: Actor | None, other: Actor | None, ontology: Ontology) -> bool:
    return sides_alike(one, other, ontology) in ("same", "part", "common")


def _chosen(sides: Sequence[tuple[str, Actor | None]], ontology: Ontology) -> Actor | None:
    """Who it is: of the family that most articles name the most exact whom more than half of these name, or somebody of theirs.

    So one article that names a ministry does not make its own what all others tell of the state. ``sides`` are articles and whom they name.
    """
    named: dict[str, Actor] = {}
    tellers: dict[str, set[str]] = {}
    for document, side in sides:
        for id in lineage(side, ontology):
            tellers.setdefault(id, set()).add(document)
        if side is not None:
            named.setdefault(side.id, side)
    family = {id: len(tellers[lineage(side, ontology)[-1]]) for id, side in named.items()}

    def rank_of(id: str) -> tuple[int, int, int, int, str]:
        depth, told = len(lineage(named[id], ontology)), len(tellers[id])
        return -family[id], -depth if 2 * told > family[id] else 0, -told, -depth, id

    return named[min(named, key=rank_of)] if named else None


def _merges(joined: Joined) -> Iterator[Merge]:
    """Why each statement of a version is in the event; the first version needs no reason."""
    if joined.beside:
        for statement in joined.version.statements:
            yield Merge(statement.id, joined.beside, score(joined.features), joined.features, joined.decision)
