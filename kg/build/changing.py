"""Changes a graph where it stands: only what the articles that come or go speak of is written anew.

    statements.jsonl -> the blocks that change -> their events before and after -> the records of each file that differ

What comes of it is, byte for byte, what a build of all the articles would write.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.build.reading import Corpus
from kg.build.written import Line, Written, read_statements_in, touched
from kg.conflicts import Conflict, conflicts_in
from kg.events import assemble
from kg.graph import edges
from kg.model import Actor, Document, Event, Statement
from kg.ontology import Ontology
from kg.sources import corroborated


@dataclass(frozen=True)
class Known:
    """What some statements come to."""

    statements: Mapping[str, Statement]
    events: tuple[Event, ...]
    conflicts: tuple[Conflict, ...]

    @cached_property
    def event_of(self) -> dict[str, str]:
        """The event of each statement."""
        return {statement.id: event.id for event in self.events for statement in event.statements}

    @cached_property
    def edges(self) -> set[tuple[str, str, str]]:
        """What was done, as actor, action and target."""
        return {edge for event in self.events for edge in edges(event)}


@dataclass(frozen=True)
class Change:
    """What becomes of a graph when articles come and go: the blocks that anything changes in, before and after.

    ``come`` are the documents that come, ``gone`` the ids of those that go, ``published`` the day of each there is then.
    """

    written: Written
    before: Known
    after: Known
    come: tuple[Document, ...]
    gone: frozenset[str]
    published: Mapping[str, str]

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every statement of these blocks."""
        return frozenset({*self.before.statements, *self.after.statements})

    @cached_property
    def others(self) -> list[Line]:
        """The lines that stay as they are."""
        return [line for line in self.written.lines if line.id not in self.ids]

    @cached_property
    def named(self) -> dict[str, set[Actor]]:
        """Everybody who is named afterwards."""
        said: dict[str, set[Actor]] = {}
        told = {told for line in self.others for _, told in line.parties}
        for actor in (*(self.written.actors[one] for one in told), *_parties(self.after.statements.values())):
            said.setdefault(actor.id, set()).add(actor)
        return said

    @cached_property
    def concerned(self) -> set[str]:
        """The actors of whom anything else may be said afterwards."""
        return {actor.id for known in (self.before, self.after) for actor in _parties(known.statements.values())}


def changed(written: Written, documents: Sequence[Document], come: Corpus, gone: frozenset[str], ontology: Ontology) -> Change:
    """Find what changes when some articles come, and others go; ``documents`` are all that there are then."""
    fresh = {statement.id: statement for statement in come.statements}
    leaving = [line for line in written.lines if line.document in gone] if gone else []
    near = {line.id: line for line in (*written.near([*read_statements_in(leaving).values(), *fresh.values()]), *leaving)}
    before = read_statements_in(near.values())
    after = {id: one for id, one in before.items() if one.evidence.document not in gone} | fresh
    certain = {*(line.id for line in leaving), *fresh}
    ids = touched(certain, before, after, ontology)

    def events_of(statements: Mapping[str, Statement]) -> list[Event]:
        within = (one for id, one in statements.items() if id in ids)
        return list(corroborated(assemble(within, ontology), documents, ontology.identity.limit("copies")))

    old, new = events_of(before), events_of(after)
    again = {event.id: event for event in new}
    same = {one.id for one in old if one == again.get(one.id) and certain.isdisjoint(said.id for said in one.statements)}

    def known(events: Iterable[Event]) -> Known:
        others = tuple(event for event in events if event.id not in same)
        return Known({said.id: said for event in others for said in event.statements}, others, tuple(conflicts_in(others, ontology)))

    published = {document.id: document.published for document in documents}
    return Change(written, known(old), known(new), come.documents, gone, published)


def _parties(statements: Iterable[Statement]) -> Iterator[Actor]:
    for statement in statements:
        yield from (side for side in (statement.actor, statement.target, *statement.attribution) if side)
