"""Where sources disagree about one event: whether it happened, who did it to whom, when, where, and how many there were.

Nothing is resolved here: every side is shown, each with its documents and statements. Sources disagree
if no two of their values can both be true; a *side* is a largest set of values that can all be true
together, so a vague value may be on several sides, and one that fits every other is on none.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from kg.conflicts.names import actors_fit, days_fit, of_one_side, places_fit
from kg.conflicts.numbers import amount, of_one_thing, tellings, things
from kg.model import Actor, Event, Modality, Statement, digest
from kg.ontology import Ontology

__all__ = ["WORDS", "Conflict", "Side", "amount", "conflicts_in"]

WORDS = {
    "modality": "whether it happened",
    "actor": "who did it",
    "target": "to whom",
    "date": "the date",
    "place": "the place",
    "quantities": "the number",
}
"""The columns of the statements table that can be in dispute, and what is asked then."""

Claim = tuple[str, Statement]
"""A value and a statement that holds it."""


@dataclass(frozen=True, slots=True)
class Side:
    """Values that can all be true together, in words, and the statements that hold them."""

    values: tuple[str, ...]
    statements: tuple[Statement, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """Where it is said."""
        return tuple(sorted({statement.evidence.document for statement in self.statements}))

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who says so, other than the articles themselves."""
        return tuple(sorted({statement.attribution[-1].label for statement in self.statements if statement.attribution}))


@dataclass(frozen=True, slots=True)
class Conflict:
    """One event, the column in dispute, and the sides."""

    event: str
    about: str
    sides: tuple[Side, ...]

    @property
    def id(self) -> str:
        """A CURIE made of the event and the values: another source for one of them renames nothing."""
        return f"conflict:{digest(self.event, self.about, *(value for side in self.sides for value in (*side.values, '')))}"


def conflicts_in(events: Iterable[Event], ontology: Ontology) -> list[Conflict]:
    """Find the disagreements, sorted by event and property; one for each, and of numbers one for each thing that is counted."""
    found = [conflict for event in events if len(event.statements) > 1 for conflict in _in_event(event, ontology)]
    return sorted(found, key=lambda conflict: (conflict.event, list(WORDS).index(conflict.about), conflict.id))


def _in_event(event: Event, ontology: Ontology) -> Iterator[Conflict]:
    said = [statement for statement in event.statements if statement.modality is Modality.ASSERTED]
    yield from _denials(event)
    yield from _sides_named(event, said, ontology)
    days = [(statement.when.edtf, statement) for statement in said if statement.when.edtf]
    yield from _dispute(event, "date", days, days_fit, _voice)
    places = [(statement.place, statement) for statement in said if statement.place]
    yield from _dispute(event, "place", places, partial(places_fit, ontology=ontology), _voice)
    yield from _numbers(event, said, ontology)


def _denials(event: Event) -> Iterator[Conflict]:
    """Somebody asserts it, somebody else denies it: in two documents, or in the words of two speakers."""
    sides = [Side((how.value,), _ordered(_holding(event, how))) for how in (Modality.ASSERTED, Modality.NEGATED)]
    if any(_speaking(one) != _speaking(other) for one in sides[0].statements for other in sides[1].statements):
        yield Conflict(event.id, "modality", tuple(sides))


def _holding(event: Event, modality: Modality) -> Iterator[Statement]:
    return (statement for statement in event.statements if statement.modality is modality)


def _speaking(statement: Statement) -> tuple[str, ...]:
    return statement.evidence.document, *(speaker.id for speaker in statement.attribution)


def _sides_named(event: Event, said: Iterable[Statement], ontology: Ontology) -> Iterator[Conflict]:
    """Different actors or targets; whom no sentence names disputes nothing."""
    symmetric = ontology.actions[event.action].symmetric
    pairs = [
        (of_one_side(statement, event, ontology) if symmetric else (statement.actor, statement.target), statement) for statement in said
    ]
    for place, about in enumerate(("actor", "target")):
        named = [(pair[place], statement) for pair, statement in pairs]
        known = {actor.id: actor for actor, _ in named if actor}
        claims = [(actor.id, statement) for actor, statement in named if actor]
        labels = {id: actor.label for id, actor in known.items()}
        yield from _dispute(event, about, claims, partial(_actors_fit, known, ontology), _voice, labels)


def _actors_fit(known: Mapping[str, Actor], ontology: Ontology, one: str, other: str) -> bool:
    return actors_fit(known[one], known[other], ontology)


def _numbers(event: Event, said: Sequence[Statement], ontology: Ontology) -> Iterator[Conflict]:
    """Numbers of one thing that cannot all be true."""
    told = [(telling, statement) for statement in said for telling in tellings(statement.quantities, ontology.qualifiers)]
    by_words = {
        telling.words: telling
        for telling, _ in sorted(told, key=lambda claim: (claim[0].value, claim[0].low, claim[0].high, claim[0].words))
    }
    for thing in things(by_words.values()):
        claims = [(telling.words, statement) for telling, statement in told if telling in thing]
        order = [words for words, telling in by_words.items() if telling in thing]
        yield from _dispute(event, "quantities", claims, partial(of_one_thing, by_words), _sentence, order=order)


def _voice(statement: Statement) -> tuple[str, str, int]:
    """Whose word it is: a document, and the speaker it quotes. What one voice names in several sentences adds up."""
    return statement.evidence.document, statement.attribution[-1].id if statement.attribution else "", -1


def _sentence(statement: Statement) -> tuple[str, str, int]:
    """The sentence of a voice: a number in another sentence may correct the first, so each counts by itself."""
    document, speaker, _ = _voice(statement)
    return document, speaker, statement.evidence.start


def _dispute(
    event: Event,
    about: str,
    claims: Sequence[Claim],
    fit: Callable[[str, str], bool],
    whose: Callable[[Statement], tuple[str, str, int]],
    labels: Mapping[str, str] | None = None,
    order: Sequence[str] | None = None,
) -> Iterator[Conflict]:
    """The disagreement about one column, if there is any; ``order`` is that of the values, else by their words."""
    told: dict[tuple[str, str, int], set[str]] = {}
    for value, statement in claims:
        told.setdefault(whose(statement), set()).add(value)
    if not any(_apart(one, other) and not _agree(told[one], told[other], fit) for one, other in combinations(told, 2)):
        return
    words = labels or {}
    values = order or sorted({value for value, _ in claims}, key=lambda value: (words.get(value, value), value))
    parties = [value for value in values if not all(fit(value, other) for other in values)]
    sides = sides_of(parties, fit)
    yield Conflict(
        event.id,
        about,
        tuple(
            Side(tuple(words.get(value, value) for value in side), _ordered(statement for value, statement in claims if value in side))
            for side in sides
        ),
    )


def _apart(one: tuple[str, str, int], other: tuple[str, str, int]) -> bool:
    """Tell whether two are different sources: two documents, or two whom one document quotes. A document may correct itself."""
    return one[0] != other[0] or (bool(one[1]) and bool(other[1]) and one[1] != other[1])


def _agree(some: set[str], others: set[str], fit: Callable[[str, str], bool]) -> bool:
    return any(fit(one, other) for one in some for other in others)


def _ordered(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(sorted(set(statements), key=lambda statement: (statement.evidence.document, statement.evidence.start, statement.id)))


def sides_of(values: Sequence[str], fit: Callable[[str, str], bool]) -> list[tuple[str, ...]]:
    """The largest sets of values that all fit each other, each in the order of the values (Bron and Kerbosch).

    >>> sides_of(["180", "about 200", "400"], lambda one, other: "400" not in (one, other))
    [('180', 'about 200'), ('400',)]
    """
    near = {one: frozenset(other for other in values if other != one and fit(one, other)) for one in values}
    place = {value: number for number, value in enumerate(values)}

    def grow(side: frozenset[str], free: frozenset[str], seen: frozenset[str]) -> Iterator[frozenset[str]]:
        if not free and not seen:
            yield side
            return
        pivot = max(sorted(free | seen), key=lambda value: len(near[value] & free))
        for value in sorted(free - near[pivot]):
            yield from grow(side | {value}, free & near[value], seen & near[value])
            free, seen = free - {value}, seen | {value}

    found = grow(frozenset(), frozenset(values), frozenset())
    return sorted((tuple(sorted(side, key=place.__getitem__)) for side in found), key=lambda side: [place[value] for value in side])
