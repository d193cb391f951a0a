"""Counts whoever acts for a state as the state: its government and ministries, its army, its police and courts, its leaders in office."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.model import Actor, Event
from kg.ontology import Ontology, lineage

ORGANS = frozenset({"COP", "GOV", "JUD", "LEG", "MIL", "SPY"})
"""CAMEO's roles of those who act for a state; who is in opposition, was in office once or only lives there has another."""


def with_states(events: Iterable[Event], ontology: Ontology) -> Iterator[Event]:
    """The events with the state in the place of its organs; the statements keep whom each of them names."""
    for event in events:
        yield replace(event, actor=state_of(event.actor, ontology), target=state_of(event.target, ontology))


def state_of(actor: Actor | None, ontology: Ontology) -> Actor | None:
    """The state that an actor acts for, if it does; else the actor, whatever land it is of."""
    if actor is None or actor.code[3:6] not in ORGANS:
        return actor
    wholes = (ontology.actors[id] for id in lineage(actor, ontology) if id in ontology.actors)
    return next((whole for whole in wholes if whole.type == "state" and whole.code == actor.land), actor)
