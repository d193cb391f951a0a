"""Tells why: the events of an actor, or between two, with the sentences they rest on."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.conflicts import amount
from kg.model import Action, Actor, Correction, DataError, Event, Statement
from kg.ontology import NEVER, SAME, Ontology

INDENT = "    "
STRAIGHT = str.maketrans(dict.fromkeys("’‘ʼ´′", "'"))


def find_actor(text: str, ontology: Ontology, events: Iterable[Event]) -> Actor:
    """Find an actor by CURIE, identifier, label or any name. Raises DataError that lists what is there."""
    if not text.strip():
        raise DataError("No actor is named.\nName one by its label, a name or its identifier.")
    present = {actor.id: actor for event in events for actor in (event.actor, event.target) if actor}
    if text in ontology.names:
        return ontology.names[text].actor
    wanted = text.casefold().removeprefix("actor:")
    for actor in (*present.values(), *ontology.actors.values()):
        if wanted in (actor.id.removeprefix("actor:"), actor.label.casefold()):
            return actor
    known = ", ".join(sorted(actor.label for actor in present.values())) or "none"
    raise DataError(f"No actor is called {text!r}.\nActors of this graph: {known}.")


def between(events: Iterable[Event], actor: Actor, target: Actor | None) -> list[Event]:
    """The events of an actor (and what belongs to it), or those between two, in order of date; undated ones last."""

    def is_side(side: Actor | None, wanted: Actor) -> bool:
        return side is not None and wanted.id in (side.id, side.part_of)

    found = [
        event
        for event in events
        if (is_side(event.actor, actor) and (target is None or is_side(event.target, target)))
        or (is_side(event.target, actor) and (target is None or is_side(event.actor, target)))
    ]
    return sorted(found, key=lambda event: (not event.date, event.date, event.id))


def lines(events: Iterable[Event], actions: Mapping[str, Action], corrections: Sequence[Correction] = ()) -> Iterator[str]:
    """Tell events for people: what happened, then each sentence with its speaker, document and rule, and the corrections that decided."""
    for event in events:
        sides = f"{event.actor.label if event.actor else 'somebody'} > {event.target.label if event.target else 'nobody named'}"
        head = (event.date or "no date", sides, actions[event.action].label, actions[event.action].type, event.modality.value)
        yield "\t".join((*head, event.id))
        for statement in event.statements:
            yield from _statement(statement)
            for row in decided_by(statement, corrections):
                reason = f": {row.reason}" if row.reason else ""
                yield f"{INDENT}{INDENT}corrected by {row.where}, “{row.name}” {_told(row)}{reason}"


def decided_by(statement: Statement, corrections: Iterable[Correction]) -> Iterator[Correction]:
    """The corrections whose words stand in a statement's sentence, or of whom one of its sides stands for another."""
    evidence = statement.evidence
    sides = {statement.actor_id, statement.target_id, *(speaker.id for speaker in statement.attribution)}
    for row in corrections:
        words = row.name.replace("-", " ") if row.kind == SAME else row.name
        here = row.document in ("", evidence.document) and _stands_in(words, evidence.quote)
        if here and (row.kind != SAME or row.actor in sides):
            yield row


def _stands_in(words: str, quote: str) -> bool:
    """Tell whether words stand in a sentence, not within other words; however apostrophes and, of identifiers, capitals are typed."""
    plain = "(?<!\\w)" + re.escape(words.translate(STRAIGHT)) + "(?!\\w)"
    return re.search(plain, quote.translate(STRAIGHT), re.IGNORECASE if words.islower() else 0) is not None


def _told(row: Correction) -> str:
    if row.kind == NEVER:
        return f"is never {row.actor}" if row.actor else "is nobody of the tables"
    return f"is {row.actor}"


def _statement(statement: Statement) -> Iterator[str]:
    evidence = statement.evidence
    yield f"{INDENT}“{' '.join(evidence.quote.split())}”"
    details = [f"{evidence.document}:{evidence.start}", statement.modality.value, f"rule {evidence.rule} on “{evidence.trigger}”"]
    if statement.attribution:
        details.append("said by " + " > ".join(speaker.label for speaker in statement.attribution))
    if statement.when.edtf:
        read_from = f" from “{statement.when.text}”" if statement.when.text else ""
        details.append(f"{statement.when.edtf} ({statement.when.basis}{read_from})")
    details += [amount(quantity) for quantity in statement.quantities]
    yield f"{INDENT}{INDENT}{'; '.join(details)}"
