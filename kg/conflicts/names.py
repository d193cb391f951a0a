"""Which names can both be right: a body and the state it is part of, a day and its month, a town and its land."""

from kg.dates.spans import span
from kg.model import Actor, Event, Statement
from kg.ontology import Ontology, lineage


def actors_fit(one: Actor, other: Actor, ontology: Ontology) -> bool:
    """Tell whether two names can mean one side: one is part of the other, or they are unlike parts of one state.

    Who orders and who carries out are one side told in two ways; two ministers, or army and navy, are not.
    A mere description ("gunmen") tells of what kind somebody is and can be anybody.
    """
    if one.id == other.id or _described(one) or _described(other):
        return True
    wholes, others = lineage(one, ontology)[1:], lineage(other, ontology)[1:]
    if one.id in others or other.id in wholes:
        return True
    states = {id for id in {*wholes} & {*others} if id in ontology.actors and ontology.actors[id].type == "state"}
    return bool(states) and one.type != other.type


def _described(actor: Actor) -> bool:
    return not actor.listed and not actor.part_of and actor.label[:1].islower()


def of_one_side(statement: Statement, event: Event, ontology: Ontology) -> tuple[Actor | None, Actor | None]:
    """The sides of a mutual act in the order in which the event has them."""

    def fit(one: Actor | None, other: Actor | None) -> bool:
        return one is not None and other is not None and actors_fit(one, other, ontology)

    straight = fit(statement.actor, event.actor) + fit(statement.target, event.target)
    crossed = fit(statement.target, event.actor) + fit(statement.actor, event.target)
    return (statement.target, statement.actor) if crossed > straight else (statement.actor, statement.target)


def days_fit(one: str, other: str) -> bool:
    """Tell whether two dates can mean one day.

    >>> days_fit("2024-10", "2024-10-01"), days_fit("2024-10-01", "2024-10-02")
    (True, False)
    """
    (first, last), (begin, end) = span(one), span(other)
    return not (first and begin) or (first <= end and begin <= last)


def places_fit(one: str, other: str, ontology: Ontology) -> bool:
    """Tell whether two names can mean one place: a town and its land can. Of a place that no table lists nobody knows where it lies."""
    here, there = ontology.names.get(one), ontology.names.get(other)
    if one == other or here is None or there is None:
        return True
    pairs = ((here, there), (there, here))
    return any(whole.kind == "name" and whole.actor.id in lineage(part.actor, ontology) for whole, part in pairs)
