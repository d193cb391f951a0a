"""Writes events and statements as RDF, and validates them.

    event:7f3a  kg:actor actor:iran ; kg:action action:missile-attack .     what we believe happened
    statement:91c2  kg:event event:7f3a ; kg:quote "On Tuesday Iran …" .    what one sentence says
    conflict:5b07  kg:event event:7f3a ; kg:side side:e2d1 , side:03ac .       where sources disagree about it
    actor:iran  relation:missile-attack  actor:israel .                     the direct edge, asserted events only

Plain RDF 1.1 without blank nodes, one block of Turtle a subject, in the order of their IRIs; ``describing`` tells what is in them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import merge
from itertools import chain, starmap
from operator import attrgetter, itemgetter
from pathlib import Path

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.store import Store
from rdflib.term import Node

from kg.conflicts import Conflict, Side
from kg.graph.describing import (
    about_action,
    about_conflict,
    about_document,
    about_event,
    about_side,
    about_statement,
    edges,
    offices_in,
    side_id,
)
from kg.graph.people import about_actor, about_membership, career, named, other_names, whole
from kg.graph.terms import BASE, SHACL, Namer, Properties, date_literal, expand, namer, prefixes, relation
from kg.model import Action, Actor, DataError, Document, Event, Statement
from kg.notation import block, blocks, heading, serialise
from kg.ontology import PREFIXES, Ontology

__all__ = [
    "BASE",
    "Graph",
    "Writer",
    "date_literal",
    "directory",
    "edges",
    "expand",
    "named",
    "over",
    "over_text",
    "over_turtle",
    "prefixes",
    "serialise",
    "side_id",
    "to_rdf",
    "turtle",
    "validate",
    "whole",
]

EDGE = ("relation:", f"<{PREFIXES['relation']}")

Block = tuple[str, str]
"""The IRI of a subject, and all that is said of it, in Turtle."""


@dataclass(frozen=True)
class Writer:
    """Writes blocks of Turtle, with names under ``base``; in ``ontology`` are found other names, wholes and offices."""

    base: str = BASE
    ontology: Ontology | None = None

    @cached_property
    def name(self) -> Namer:
        """What writes CURIEs as terms."""
        return namer(self.base)

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes of the contract."""
        return prefixes(self.base)

    @cached_property
    def labels(self) -> Mapping[str, list[tuple[str, str]]]:
        """The other names of the actors."""
        return other_names(self.ontology) if self.ontology else {}

    def block(self, curie: str, properties: Properties) -> Block:
        """The block of a subject."""
        said = ((predicate, value) for predicate, value in properties if value is not None)
        return str(expand(curie, self.prefixes)), block(self.name(curie), said)

    def event(self, event: Event, published: Mapping[str, str]) -> Block:
        """An event; ``published`` has the day of each article."""
        offices = chain.from_iterable(self._offices(statement, published)[0] for statement in event.statements)
        return self.block(event.id, about_event(event, offices, self.name))

    def statement(self, statement: Statement, event: str, published: Mapping[str, str]) -> Block:
        """A statement; ``event`` is the CURIE of what it is evidence of."""
        offices = chain(*self._offices(statement, published))
        return self.block(statement.id, about_statement(statement, event, offices, self.name))

    def _offices(self, statement: Statement, published: Mapping[str, str]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        return offices_in(statement, published.get(statement.evidence.document, ""), self.ontology)

    def conflict(self, conflict: Conflict) -> Block:
        """A conflict, without its sides."""
        return self.block(conflict.id, about_conflict(conflict, self.name))

    def side(self, conflict: Conflict, side: Side) -> Block:
        """A side of a conflict."""
        return self.block(side_id(conflict, side), about_side(side, self.name))

    def edge(self, action: str, target: str) -> tuple[str, str]:
        """The direct edge of who did this to somebody."""
        return relation(action), self.name(target)

    def edges_in(self, block: str) -> set[tuple[str, str]]:
        """The direct edges in the block of an actor, as it was written."""
        told = (line[:-2].split(" ", 1) for line in block.replace("\n    ", "\n").splitlines() if line.startswith(EDGE))
        return {(predicate, target) for predicate, targets in told for target in targets.split(" , ")}

    def actor(self, actor: Actor, done: Iterable[tuple[str, str]] = ()) -> Block:
        """An actor, and what he has ``done`` to whom, as edges."""
        return self.block(actor.id, chain(about_actor(actor, self.name, self.labels), done))

    def career(self, actor: Actor) -> Iterator[Block]:
        """The offices that an actor held."""
        for id, term, office in career(actor, self.ontology) if self.ontology else ():
            yield self.block(id, about_membership(term, office, self.name))

    def document(self, document: Document) -> Block:
        """An article."""
        return self.block(f"document:{document.id}", about_document(document))

    def meant(self, actions: Iterable[Action], vocabulary: Graph | None) -> list[Block]:
        """The vocabulary, whole; an action that it leaves out is described from ``actions``."""
        said = dict(blocks(bound(vocabulary, base=self.base))) if vocabulary is not None else {}
        others = (self.block(action.id, about_action(action, self.name)) for action in actions)
        return sorted(({iri: text for iri, text in others if iri not in said} | said).items())

    def heading(self, vocabulary: Graph | None) -> str:
        """The prefixes of the contract, and those of the vocabulary."""
        more = {prefix: str(namespace) for prefix, namespace in vocabulary.namespaces()} if vocabulary is not None else {}
        return heading(more | self.prefixes)


def turtle(
    events: Iterable[Event],
    documents: Iterable[Document],
    actions: Iterable[Action],
    *,
    base: str = BASE,
    vocabulary: Graph | None = None,
    ontology: Ontology | None = None,
    conflicts: Iterable[Conflict] = (),
) -> Iterator[str]:
    """Say in Turtle what happened, who says so and in which words: the prefixes, then block after block.

    ``vocabulary`` is added whole; an action that it leaves out is described from ``actions``.
    In ``ontology`` are found the other names of those named, what they are part of, and which offices they held when.
    """
    writer = Writer(base, ontology)
    events = sorted(events, key=attrgetter("id"))
    documents = list(documents)
    published = {document.id: document.published for document in documents}
    done: dict[str, set[tuple[str, str]]] = {}
    for event in events:
        for actor, action, target in edges(event):
            done.setdefault(actor, set()).add((action, target))
    said = sorted(((statement, event.id) for event in events for statement in event.statements), key=lambda pair: pair[0].id)
    actors = whole(named(events), ontology).values()
    disputed = sorted(conflicts, key=attrgetter("id"))
    yield writer.heading(vocabulary)
    yield from map(
        itemgetter(1),
        merge(
            writer.meant(actions, vocabulary),
            sorted(writer.actor(actor, starmap(writer.edge, done.get(actor.id, ()))) for actor in actors),
            sorted(found for actor in actors for found in writer.career(actor)),
            map(writer.conflict, disputed),
            sorted(writer.side(conflict, side) for conflict in disputed for side in conflict.sides),
            sorted(map(writer.document, documents)),
            (writer.event(event, published) for event in events),
            (writer.statement(statement, event, published) for statement, event in said),
        ),
    )


def to_rdf(
    events: Iterable[Event],
    documents: Iterable[Document],
    actions: Iterable[Action],
    *,
    base: str = BASE,
    vocabulary: Graph | None = None,
    ontology: Ontology | None = None,
    conflicts: Iterable[Conflict] = (),
) -> Graph:
    """The same for rdflib."""
    said = turtle(events, documents, actions, base=base, vocabulary=vocabulary, ontology=ontology, conflicts=conflicts)
    return over_text("".join(said), base=base)


def directory(ontology: Ontology, *, base: str = BASE) -> Graph:
    """Everybody of the tables in RDF: names, what they are part of, and their offices."""
    writer = Writer(base, ontology)
    standing = {id for id, office in ontology.offices.items() if office.standing}
    listed = (actor for actor in ontology.actors.values() if actor.id not in standing)
    said = (text for actor in listed for _, text in (writer.actor(actor), *writer.career(actor)))
    return over_text("".join([writer.heading(None), *said]), base=base)


def bound(graph: Graph, *, base: str = BASE) -> Graph:
    """Give a graph the prefixes of the contract."""
    for prefix, namespace in prefixes(base).items():
        graph.bind(prefix, namespace, replace=True)
    return graph


def over(store: Store, *, base: str = BASE) -> Graph:
    """Look at the default graph of another store through rdflib."""
    return bound(Graph(store=store, identifier=DATASET_DEFAULT_GRAPH_ID, bind_namespaces="none"), base=base)


def over_turtle(path: Path, *, base: str = BASE) -> Graph:
    """Read a graph that was written before."""
    return bound(Graph(bind_namespaces="none"), base=base).parse(path, format="turtle")


def over_text(text: str, *, base: str = BASE) -> Graph:
    """Read a graph from Turtle."""
    return bound(Graph(bind_namespaces="none"), base=base).parse(data=text, format="turtle")


def validate(graph: Graph, shapes: Graph) -> list[str]:
    """Check a graph against SHACL shapes: one readable line for each thing that is wrong."""
    from pyshacl import validate as check  # slow to import, and only checking needs it

    _, report, _ = check(graph, shacl_graph=shapes, inference="none", inplace=False)
    if not isinstance(report, Graph):
        raise DataError(f"The shapes cannot be used: {report!r}.\nMend ontology/shapes.ttl.")
    return sorted({complaint(report, result, graph) for result in report.subjects(RDF.type, SHACL["ValidationResult"])})


def complaint(report: Graph, result: Node, graph: Graph) -> str:
    """Say where a graph breaks a shape, what is wrong, and with which value."""

    def shown(part: str) -> str:
        term = report.value(result, SHACL[part])
        return term.n3(graph.namespace_manager) if isinstance(term, URIRef | Literal) else ""

    where = " ".join(filter(None, (shown("focusNode"), shown("resultPath"))))
    messages = "; ".join(sorted(str(message) for message in report.objects(result, SHACL["resultMessage"])))
    found = shown("value")
    return f"{where}: {messages}" + (f" (found {found})" if found else "")
