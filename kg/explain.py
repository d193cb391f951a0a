"""Tells why: the events of an actor, or between two, with their sentences and where these disagree; of one event, why each is in it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from kg.conflicts import WORDS, Conflict, Side, amount
from kg.model import Action, Actor, Correction, DataError, Decision, Event, Merge, Statement
from kg.ontology import APART, NEVER, SAME, Ontology, lineage

INDENT = "    "
NEAR, CLOSE = 5, 0.8  # how many names, and from what likeness on
LISTED = "kg query actors-most-active lists those who are in one."
STRAIGHT = str.maketrans(dict.fromkeys("’‘ʼ´′", "'"))


def find_actor(text: str, ontology: Ontology, events: Sequence[Event]) -> Actor:
    """Find an actor of the graph by CURIE, identifier, label or any name. Raises DataError that lists names nearly the same."""
    if not text.strip():
        raise DataError("No actor is named.\nName one by its label, a name or its identifier.")
    present = {actor.id: actor for event in events for sides in _pairs(event) for actor in sides if actor}
    here = {id for actor in present.values() for id in lineage(actor, ontology)}
    found = _called(text, present, ontology)
    if found is None:
        near = _near(text, (*present.values(), *(ontology.actors[id] for id in here & ontology.actors.keys())), ontology)
        raise DataError(f"No actor of this graph is called {text!r}.\n{f'Nearly the same: {near}.' if near else LISTED}")
    if found.id not in here:
        raise DataError(f"{found.label} is in no event of this graph.\n{LISTED}")
    return found


def _called(text: str, present: Mapping[str, Actor], ontology: Ontology) -> Actor | None:
    """Who is called so: as it is written, else in whatever letters."""
    if text in ontology.names:
        return ontology.names[text].actor
    wanted = text.casefold().removeprefix("actor:")
    for actor in (*present.values(), *ontology.actors.values()):
        if wanted in (actor.id.removeprefix("actor:"), actor.label.casefold()):
            return actor
    return next((name.actor for words, name in ontology.names.items() if words.casefold() == wanted), None)


def _near(text: str, actors: Iterable[Actor], ontology: Ontology) -> str:
    """Labels of actors who are called nearly so, or a word of whose label is nearly so."""
    known = {actor.id: actor.label for actor in actors}
    called: dict[str, list[str]] = {}
    for label in sorted(known.values()):
        for words in dict.fromkeys((label.casefold(), *label.casefold().split())):
            called.setdefault(words, []).append(label)
    for words, name in ontology.names.items():
        if name.actor.id in known:
            called.setdefault(words.casefold(), []).append(known[name.actor.id])
    close = get_close_matches(text.casefold().removeprefix("actor:").replace("-", " "), called, NEAR, CLOSE)
    return ", ".join([*dict.fromkeys(label for words in close for label in called[words])][:NEAR])


def between(events: Iterable[Event], actor: Actor, target: Actor | None, ontology: Ontology) -> list[Event]:
    """The events of an actor (and what belongs to it), or those between two, in order of date; undated ones last.

    Whom only some of its sentences name is a side of an event too.
    """

    def is_side(side: Actor | None, wanted: Actor | None) -> bool:
        return wanted is None or wanted.id in lineage(side, ontology)

    def is_theirs(one: Actor | None, other: Actor | None) -> bool:
        return (is_side(one, actor) and is_side(other, target)) or (is_side(other, actor) and is_side(one, target))

    found = [event for event in events if any(is_theirs(one, other) for one, other in _pairs(event))]
    return sorted(found, key=lambda event: (not event.date, event.date, event.id))


def _pairs(event: Event) -> set[tuple[Actor | None, Actor | None]]:
    """The sides of an event, as it has them and as its statements name them."""
    return {(event.actor, event.target), *((said.actor, said.target) for said in event.statements)}


def find_event(text: str, events: Iterable[Event]) -> Event | None:
    """Find an event by its CURIE, or by what follows the prefix; nothing if that is no event's. Raises DataError for a CURIE."""
    found = next((event for event in events if text in (event.id, event.id.removeprefix("event:"))), None)
    if found is None and text.startswith("event:"):
        raise DataError(f"No event is called {text!r}.\nTheir identifiers stand in events.csv, and in what kg explain ACTOR shows.")
    return found


def why(event: Event, ontology: Ontology, corrections: Sequence[Correction] = ()) -> Iterator[str]:
    """Tell one event in full: what happened, how many say so and since when, and each sentence with why it is in it."""
    yield "\t".join((*_head(event, ontology.actions), event.modality.value, event.id))
    yield f"{INDENT}{corroboration(event)}"
    for one, other in event.copies:
        yield f"{INDENT}{one} and {other} print much the same text: one source"
    merges = {merge.statement: merge for merge in event.merges}
    for statement in event.statements:
        yield from _saying(statement, event, corrections)
        yield f"{INDENT}{INDENT}{statement.id}: {_reason(merges.get(statement.id), ontology.identity.limit('score'))}"
        for row in ontology.identity.decisions:
            if row.kind == APART and statement.id in (row.one, row.other):
                yield f"{INDENT}{INDENT}kept apart from {row.other if row.one == statement.id else row.one} by {_row(row)}"


def corroboration(event: Event) -> str:
    """Tell how many sources speak of an event, from when to when, who says that it happened and who that it did not."""
    sources, articles = event.sources, len(event.documents)
    parts = [f"{sources} {'source' if sources == 1 else 'sources'} in {articles} {'article' if articles == 1 else 'articles'}"]
    if event.first_report:
        days = dict.fromkeys((event.first_report, event.last_report))
        parts.append(f"reported {' to '.join(days)}")
    for verb, speakers in (("asserted", event.asserted_by), ("denied", event.denied_by)):
        if speakers:
            parts.append(f"{verb} by {', '.join(speaker.label for speaker in speakers)}")
    return "; ".join(parts)


def _reason(merge: Merge | None, least: float) -> str:
    if merge is None:
        return "the most exact wording of the event"
    if merge.decision is not None:
        return f"beside {merge.beside} by {_row(merge.decision)}"
    features = ", ".join(f"{name} {value} {weight:+g}" for name, value, weight in merge.features)
    return f"beside {merge.beside}: {features}; together {merge.score:g}, at least {least:g}"


def _row(row: Decision) -> str:
    return f"{row.where}{': ' if row.reason else ''}{row.reason}"


def lines(
    events: Iterable[Event], actions: Mapping[str, Action], corrections: Sequence[Correction] = (), conflicts: Iterable[Conflict] = ()
) -> Iterator[str]:
    """Tell events for people: what happened, then each sentence with its speaker, document and rule, the corrections that decided,
    and where the sources disagree.
    """
    disputes: dict[str, list[Conflict]] = {}
    for conflict in conflicts:
        disputes.setdefault(conflict.event, []).append(conflict)
    for event in events:
        yield "\t".join((*_head(event, actions), event.modality.value, event.id))
        if len(event.documents) > 1:
            yield f"{INDENT}{corroboration(event)}"
        for statement in event.statements:
            yield from _saying(statement, event, corrections)
        for conflict in disputes.get(event.id, ()):
            yield f"{INDENT}sources disagree on {WORDS[conflict.about]}: {' | '.join(map(_side, conflict.sides))}"


def dispute_lines(conflicts: Iterable[Conflict], events: Iterable[Event], actions: Mapping[str, Action]) -> Iterator[str]:
    """Tell disagreements for people: the event, then each side with its sentences, their documents and speakers."""
    known = {event.id: event for event in events}
    for conflict in conflicts:
        yield "\t".join((*_head(known[conflict.event], actions), WORDS[conflict.about], conflict.id))
        for side in conflict.sides:
            yield f"{INDENT}{'; '.join(side.values)}"
            for statement in side.statements:
                evidence = statement.evidence
                speakers = "; said by " + _speakers(statement) if statement.attribution else ""
                yield f"{INDENT}{INDENT}{evidence.document}:{evidence.start}{speakers}"
                yield f"{INDENT}{INDENT}{INDENT}“{' '.join(evidence.quote.split())}”"


def _sides(said: Event | Statement) -> str:
    return f"{said.actor.label if said.actor else 'somebody'} > {said.target.label if said.target else 'nobody named'}"


def _head(event: Event, actions: Mapping[str, Action]) -> tuple[str, str, str, str]:
    return event.date or "no date", _sides(event), actions[event.action].label, actions[event.action].type


def _side(side: Side) -> str:
    said = f", said by {', '.join(side.speakers)}" if side.speakers else ""
    return f"{'; '.join(side.values)} ({', '.join(side.documents)}{said})"


def _speakers(statement: Statement) -> str:
    return " > ".join(speaker.label for speaker in statement.attribution)


def _saying(statement: Statement, event: Event, corrections: Iterable[Correction]) -> Iterator[str]:
    yield from _statement(statement, event)
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


def _statement(statement: Statement, event: Event) -> Iterator[str]:
    evidence = statement.evidence
    yield f"{INDENT}“{' '.join(evidence.quote.split())}”"
    details = [f"{evidence.document}:{evidence.start}", statement.modality.value, f"rule {evidence.rule} on “{evidence.trigger}”"]
    if {statement.actor_id, statement.target_id} != {side.id if side else "" for side in (event.actor, event.target)}:
        details.append(_sides(statement))
    if statement.attribution:
        details.append(f"said by {_speakers(statement)}")
    if statement.when.edtf:
        read_from = f" from “{statement.when.text}”" if statement.when.text else ""
        details.append(f"{statement.when.edtf} ({statement.when.basis}{read_from})")
    details += [amount(quantity) for quantity in statement.quantities]
    yield f"{INDENT}{INDENT}{'; '.join(details)}"
