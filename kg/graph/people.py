"""Says in RDF who somebody is, of whom they are part, and which offices they held when (W3C ORG)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.graph.terms import Namer, Properties, date_literal, text, truth, wikidata
from kg.model import Actor, Event, digest
from kg.offices import offices_on
from kg.ontology import Membership, Office, Ontology

Labels = Mapping[str, Sequence[tuple[str, str]]]
"""The other names of each actor, by CURIE, each with its language."""


def named(events: Iterable[Event]) -> dict[str, set[Actor]]:
    """Everyone who is named in what is said of events, by their CURIEs; who is not listed may be told in several ways."""
    said: dict[str, set[Actor]] = {}
    for event in events:
        for actor in _named(event):
            said.setdefault(actor.id, set()).add(actor)
    return said


def whole(said: Mapping[str, set[Actor]], ontology: Ontology | None) -> dict[str, Actor]:
    """Everyone who is ``named``, with their offices and the bodies they are part of."""
    listed = ontology.actors if ontology else {}
    known = {id: listed.get(id) or min(same, key=repr) for id, same in said.items()}
    waiting = list(known.values())
    while waiting:
        actor = waiting.pop()
        for id in (actor.part_of, *actor.affiliated, *(office.actor.id for office in _held(actor, ontology))):
            if id in listed and id not in known:
                known[id] = listed[id]
                waiting.append(listed[id])
    return known


def _named(event: Event) -> Iterator[Actor]:
    for statement in event.statements:
        yield from (side for side in (statement.actor, statement.target, *statement.attribution) if side)


def _held(actor: Actor, ontology: Ontology | None) -> Sequence[Office]:
    return ontology.held.get(actor.id, ()) if ontology else ()


def other_names(ontology: Ontology) -> dict[str, list[tuple[str, str]]]:
    """The names of each actor besides its label; adjectives and seats of government are names of their own kind and left out."""
    names: dict[str, list[tuple[str, str]]] = {}
    for name, meaning in ontology.names.items():
        if meaning.kind == "name" and name != meaning.actor.label:
            names.setdefault(meaning.actor.id, []).append((name, ontology.languages.get(name, "en")))
    return names


def about_actor(actor: Actor, name: Namer, labels: Labels) -> Properties:
    """Who that is."""
    yield "a", "kg:Actor"
    yield "skos:prefLabel", text(actor.label)
    for label, language in labels.get(actor.id, ()):
        yield "skos:altLabel", text(label, language=language)
    yield "kg:actorType", text(actor.type)
    yield "kg:code", text(actor.code)
    yield "kg:partOf", name(actor.part_of) if actor.part_of else None
    for other in actor.affiliated:
        yield "kg:affiliatedWith", name(other)
    yield "kg:listed", truth(actor.listed)
    yield "skos:exactMatch", wikidata(actor.wikidata) if actor.wikidata else None
    if actor.type == "office":
        yield "a", "org:Post"
        yield "org:postIn", name(actor.part_of) if actor.part_of else None


def career(actor: Actor, ontology: Ontology) -> Iterator[tuple[str, Membership, Office]]:
    """The offices that a person held, each term a membership, with its CURIE."""
    for office in ontology.held.get(actor.id, ()):
        for term in office.memberships:
            if term.holder == actor.id:
                yield f"membership:{digest(term.office, term.holder, term.start)}", term, office


def about_membership(term: Membership, office: Office, name: Namer) -> Properties:
    """Who held which office from when to when."""
    yield "a", "org:Membership"
    yield "org:member", name(term.holder)
    yield "org:organization", name(office.actor.part_of)
    yield "kg:office", name(term.office)
    yield "kg:from", date_literal(term.start)
    yield "kg:to", date_literal(term.end)
    yield "kg:acting", truth(True) if term.acting else None


def offices_of(actor: Actor | None, when: str, ontology: Ontology | None) -> list[str]:
    """The CURIEs of the offices for which a person acts on a date."""
    return [office.actor.id for office in offices_on(actor, when, ontology)] if actor and when and ontology else []
