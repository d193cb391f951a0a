"""Writes events and statements as RDF, and validates them.

    event:7f3a  kg:actor actor:iran ; kg:action action:missile-attack .     what we believe happened
    statement:91c2  kg:event event:7f3a ; kg:quote "On Tuesday Iran …" .    what one sentence says
    conflict:5b07  kg:event event:7f3a ; kg:side side:e2d1 , side:03ac .       where sources disagree about it
    actor:iran  relation:missile-attack  actor:israel .                     the direct edge, asserted events only

Plain RDF 1.1 without blank nodes; ``notation`` writes it down.
"""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from rdflib import RDF, SKOS, XSD, Graph, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.store import Store
from rdflib.term import Node

from kg.conflicts import Conflict, amount
from kg.graph.people import actor_triples, career_triples, offices_of, other_names, whole
from kg.graph.terms import (
    BASE,
    EDTF,
    KG,
    PROV,
    RELATION,
    SCHEMA,
    SEM,
    SHACL,
    Namer,
    Triples,
    date_literal,
    expand,
    local_name,
    prefixes,
    text,
)
from kg.model import Action, DataError, Document, Event, Modality, Statement, digest
from kg.notation import serialise
from kg.ontology import Ontology

__all__ = ["BASE", "Graph", "date_literal", "directory", "expand", "over", "over_turtle", "prefixes", "serialise", "to_rdf", "validate"]


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
    """Say in RDF what happened, who says so and in which words.

    The triples of ``vocabulary`` are added whole; an action that it leaves out is described from ``actions``.
    In ``ontology`` are found the other names of those named, what they are part of, and which offices they held when.
    """
    graph = bound(Graph(bind_namespaces="none"), base=base)
    name = partial(expand, prefixes=prefixes(base))
    if vocabulary is not None:
        for prefix, namespace in vocabulary.namespaces():
            graph.bind(prefix, namespace, override=False)
        for triple in vocabulary:
            graph.add(triple)
    described = set(graph.subjects())
    for action in actions:
        if name(action.id) not in described:
            add(graph, action_triples(action, name))
    events, documents = list(events), list(documents)
    published = {document.id: document.published for document in documents}
    for event in events:
        add(graph, event_triples(event, name))
        for statement in event.statements:
            add(graph, statement_triples(statement, event, name))
            add(graph, office_triples(statement, event, published.get(statement.evidence.document, ""), ontology, name))
    for conflict in conflicts:
        add(graph, conflict_triples(conflict, name))
    labels = other_names(ontology) if ontology else {}
    for actor in whole(events, ontology).values():
        add(graph, actor_triples(actor, name, labels))
        if ontology is not None:
            add(graph, career_triples(actor, ontology, name))
    for document in documents:
        add(graph, document_triples(document, name))
    return graph


def directory(ontology: Ontology, *, base: str = BASE) -> Graph:
    """Everybody of the tables in RDF: names, what they are part of, and their offices."""
    graph = bound(Graph(bind_namespaces="none"), base=base)
    name = partial(expand, prefixes=prefixes(base))
    labels = other_names(ontology)
    standing = {id for id, office in ontology.offices.items() if office.standing}
    for actor in ontology.actors.values():
        if actor.id not in standing:
            add(graph, actor_triples(actor, name, labels))
            add(graph, career_triples(actor, ontology, name))
    return graph


def add(graph: Graph, triples: Triples) -> None:
    """Add the triples that have an object: what is not known is not said."""
    for subject, predicate, value in triples:
        if value is not None:
            graph.add((subject, predicate, value))


def event_triples(event: Event, name: Namer) -> Triples:
    """What we believe happened, and the direct edges if it did: as exact as we know it, and as each statement words it."""
    subject = name(event.id)
    actor = name(event.actor.id) if event.actor else None
    target = name(event.target.id) if event.target else None
    yield subject, RDF.type, KG["Event"]
    yield subject, RDF.type, SEM["Event"]
    yield subject, KG["actor"], actor
    yield subject, KG["target"], target
    yield subject, KG["action"], name(event.action)
    yield subject, KG["date"], date_literal(event.date)
    yield subject, KG["edtf"], text(event.date, EDTF)
    yield subject, KG["place"], text(event.place)
    yield subject, KG["modality"], KG[event.modality.value]
    yield subject, KG["sources"], Literal(event.sources)
    for when, day in (("firstReport", event.first_report), ("lastReport", event.last_report)):
        yield subject, KG[when], date_literal(day)
    for part, speakers in (("assertedBy", event.asserted_by), ("deniedBy", event.denied_by)):
        for speaker in speakers:
            yield subject, KG[part], name(speaker.id)
    if actor and target and event.modality is Modality.ASSERTED:
        yield actor, RELATION[local_name(event.action)], target
    for said in event.statements:
        if said.actor and said.target and said.modality is Modality.ASSERTED:
            yield name(said.actor.id), RELATION[local_name(said.action)], name(said.target.id)


def statement_triples(statement: Statement, event: Event, name: Namer) -> Triples:
    """What one sentence says, and where it stands."""
    subject, evidence = name(statement.id), statement.evidence
    yield subject, RDF.type, KG["Statement"]
    yield subject, RDF.type, SCHEMA["Claim"]
    yield subject, KG["event"], name(event.id)
    yield subject, KG["actor"], name(statement.actor.id) if statement.actor else None
    yield subject, KG["target"], name(statement.target.id) if statement.target else None
    yield subject, KG["action"], name(statement.action)
    yield subject, KG["modality"], KG[statement.modality.value]
    yield subject, KG["attributedTo"], name(statement.attribution[-1].id) if statement.attribution else None
    yield subject, KG["edtf"], text(statement.when.edtf, EDTF)
    yield subject, KG["dateText"], text(statement.when.text)
    yield subject, KG["dateBasis"], text(statement.when.basis)
    yield subject, KG["place"], text(statement.place)
    for quantity in statement.quantities:
        yield subject, KG["quantityText"], text(amount(quantity))
    yield subject, KG["quote"], text(evidence.quote)
    yield subject, KG["start"], Literal(evidence.start)
    yield subject, KG["end"], Literal(evidence.end)
    yield subject, KG["trigger"], text(evidence.trigger)
    yield subject, KG["rule"], text(evidence.rule)
    yield subject, PROV["wasQuotedFrom"], name(f"document:{evidence.document}")


def conflict_triples(conflict: Conflict, name: Namer) -> Triples:
    """What sources disagree about, and each side with its values and the statements that hold them."""
    subject = name(conflict.id)
    yield subject, RDF.type, KG["Conflict"]
    yield subject, KG["event"], name(conflict.event)
    yield subject, KG["property"], text(conflict.about)
    for side in conflict.sides:
        part = name(f"side:{digest(conflict.id, *side.values)}")
        yield subject, KG["side"], part
        yield part, RDF.type, KG["Side"]
        for value in side.values:
            yield part, KG["value"], text(value)
        for statement in side.statements:
            yield part, KG["statement"], name(statement.id)


def action_triples(action: Action, name: Namer) -> Triples:
    """What is meant by an action, if the vocabulary itself is not at hand."""
    subject = name(action.id)
    yield subject, RDF.type, SKOS.Concept
    yield subject, SKOS.prefLabel, Literal(action.label, lang="en")
    yield subject, SKOS.broader, name(action.broader) if action.broader else None
    yield subject, SKOS.notation, text(action.cameo, KG["cameo"])


def office_triples(statement: Statement, event: Event, published: str, ontology: Ontology | None, name: Namer) -> Triples:
    """The offices for which the actor and the target act on the day, and the speaker when the article appeared."""
    day, said = statement.when.edtf or published, published or statement.when.edtf
    for part, side in (("actorOffice", statement.actor), ("targetOffice", statement.target)):
        for office in offices_of(side, day, ontology):
            yield name(event.id), KG[part], name(office)
            yield name(statement.id), KG[part], name(office)
    for office in offices_of(statement.attribution[-1] if statement.attribution else None, said, ontology):
        yield name(statement.id), KG["speakerOffice"], name(office)


def document_triples(document: Document, name: Namer) -> Triples:
    """The article. Its address stays a literal, because an address is hostile text like any other."""
    subject = name(f"document:{document.id}")
    yield subject, RDF.type, KG["Document"]
    yield subject, RDF.type, SCHEMA["NewsArticle"]
    yield subject, SCHEMA["headline"], text(document.title)
    yield subject, SCHEMA["datePublished"], date_literal(document.published) or text(document.published, EDTF)
    yield subject, SCHEMA["url"], text(document.url, XSD.anyURI)
    yield subject, SCHEMA["sourceOrganization"], text(document.source)
    yield subject, SCHEMA["author"], text(document.author)
    yield subject, SCHEMA["inLanguage"], text(document.language)


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
