"""Says in RDF what happened, who says so, in which words, and where sources disagree."""

from collections.abc import Iterable, Iterator

from kg.conflicts import Conflict, Side, amount
from kg.graph.people import offices_of
from kg.graph.terms import EDTF, Namer, Properties, date_literal, text
from kg.model import Action, Document, Event, Modality, Statement, digest
from kg.ontology import Ontology

Offices = Iterable[tuple[str, str]]
"""Predicates, each with the CURIE of an office."""


def about_event(event: Event, offices: Offices, name: Namer) -> Properties:
    """What we believe happened; ``offices`` are those of its statements."""
    yield "a", "kg:Event"
    yield "a", "sem:Event"
    yield "kg:actor", name(event.actor.id) if event.actor else None
    yield "kg:target", name(event.target.id) if event.target else None
    yield "kg:action", name(event.action)
    yield "kg:date", date_literal(event.date)
    yield "kg:edtf", text(event.date, EDTF)
    yield "kg:place", text(event.place)
    yield "kg:modality", f"kg:{event.modality.value}"
    yield "kg:sources", str(event.sources)
    yield "kg:firstReport", date_literal(event.first_report)
    yield "kg:lastReport", date_literal(event.last_report)
    for speaker in event.asserted_by:
        yield "kg:assertedBy", name(speaker.id)
    for speaker in event.denied_by:
        yield "kg:deniedBy", name(speaker.id)
    for part, office in offices:
        yield part, name(office)


def edges(event: Event) -> Iterator[tuple[str, str, str]]:
    """The direct edges of an event that happened, as actor, action and target: as exact as we know it, and as each statement words it."""
    if event.actor and event.target and event.modality is Modality.ASSERTED:
        yield event.actor.id, event.action, event.target.id
    for said in event.statements:
        if said.actor and said.target and said.modality is Modality.ASSERTED:
            yield said.actor.id, said.action, said.target.id


def about_statement(statement: Statement, event: str, offices: Offices, name: Namer) -> Properties:
    """What one sentence says, and where it stands."""
    evidence = statement.evidence
    yield "a", "kg:Statement"
    yield "a", "schema:Claim"
    yield "kg:event", name(event)
    yield "kg:actor", name(statement.actor.id) if statement.actor else None
    yield "kg:target", name(statement.target.id) if statement.target else None
    yield "kg:action", name(statement.action)
    yield "kg:modality", f"kg:{statement.modality.value}"
    yield "kg:attributedTo", name(statement.attribution[-1].id) if statement.attribution else None
    yield "kg:edtf", text(statement.when.edtf, EDTF)
    yield "kg:dateText", text(statement.when.text)
    yield "kg:dateBasis", text(statement.when.basis)
    yield "kg:place", text(statement.place)
    for quantity in statement.quantities:
        yield "kg:quantityText", text(amount(quantity))
    yield "kg:quote", text(evidence.quote)
    yield "kg:start", str(evidence.start)
    yield "kg:end", str(evidence.end)
    yield "kg:trigger", text(evidence.trigger)
    yield "kg:rule", text(evidence.rule)
    yield "prov:wasQuotedFrom", name(f"document:{evidence.document}")
    for part, office in offices:
        yield part, name(office)


def side_id(conflict: Conflict, side: Side) -> str:
    """The CURIE of a side of a conflict."""
    return f"side:{digest(conflict.id, *side.values)}"


def about_conflict(conflict: Conflict, name: Namer) -> Properties:
    """What sources disagree about."""
    yield "a", "kg:Conflict"
    yield "kg:event", name(conflict.event)
    yield "kg:property", text(conflict.about)
    for side in conflict.sides:
        yield "kg:side", name(side_id(conflict, side))


def about_side(side: Side, name: Namer) -> Properties:
    """The values of a side, and the statements that hold them."""
    yield "a", "kg:Side"
    for value in side.values:
        yield "kg:value", text(value)
    for statement in side.statements:
        yield "kg:statement", name(statement.id)


def about_action(action: Action, name: Namer) -> Properties:
    """What is meant by an action, if the vocabulary itself is not at hand."""
    yield "a", "skos:Concept"
    yield "skos:prefLabel", text(action.label, language="en")
    yield "skos:broader", name(action.broader) if action.broader else None
    yield "skos:notation", text(action.cameo, "kg:cameo")


def about_document(document: Document) -> Properties:
    """The article. Its address stays a literal, because an address is hostile text like any other."""
    yield "a", "kg:Document"
    yield "a", "schema:NewsArticle"
    yield "schema:headline", text(document.title)
    yield "schema:datePublished", date_literal(document.published) or text(document.published, EDTF)
    yield "schema:url", text(document.url, "xsd:anyURI")
    yield "schema:sourceOrganization", text(document.source)
    yield "schema:author", text(document.author)
    yield "schema:inLanguage", text(document.language)


def offices_in(statement: Statement, published: str, ontology: Ontology | None) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The offices for which the actor and the target act on the day, and the one of the speaker when the article appeared."""
    day, said = statement.when.edtf or published, published or statement.when.edtf
    sides = (("kg:actorOffice", statement.actor), ("kg:targetOffice", statement.target))
    acted = [(part, office) for part, side in sides for office in offices_of(side, day, ontology)]
    speaker = statement.attribution[-1] if statement.attribution else None
    return acted, [("kg:speakerOffice", office) for office in offices_of(speaker, said, ontology)]
