"""Writes events and statements as RDF, and validates them.

    event:7f3a  kg:actor actor:iran ; kg:action action:missile-attack .     what we believe happened
    statement:91c2  kg:event event:7f3a ; kg:quote "On Tuesday Iran …" .    what one sentence says
    actor:iran  relation:missile-attack  actor:israel .                     the direct edge, asserted events only

Plain RDF 1.1 without blank nodes; ``notation`` writes it down.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from urllib.parse import quote

from rdflib import DCTERMS, ORG, OWL, RDF, RDFS, SKOS, TIME, XSD, Graph, Literal, Namespace, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.store import Store
from rdflib.term import Node

from kg.conflicts import amount
from kg.model import Action, Actor, DataError, Document, Event, Modality, Statement
from kg.notation import serialise
from kg.ontology import PREFIXES

__all__ = ["BASE", "Graph", "date_literal", "expand", "over", "prefixes", "serialise", "to_rdf", "validate"]

BASE = "https://w3id.org/actor-kg/id/"
KG = Namespace(PREFIXES["kg"])
RELATION = Namespace(PREFIXES["relation"])
SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
SCHEMA = Namespace("https://schema.org/")
SHACL = Namespace("http://www.w3.org/ns/shacl#")
PROV = Namespace("http://www.w3.org/ns/prov#")
EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")
WIKIDATA = Namespace("http://www.wikidata.org/entity/")

STANDARD = {
    "sem": str(SEM),
    "schema": str(SCHEMA),
    "prov": str(PROV),
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "wd": str(WIKIDATA),
    "skos": str(SKOS),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "xsd": str(XSD),
    "owl": str(OWL),
    "dcterms": str(DCTERMS),
    "org": str(ORG),
    "time": str(TIME),
    "oa": "http://www.w3.org/ns/oa#",
}
PRECISION = {4: ("{}-01-01", XSD.gYear), 7: ("{}-01", XSD.gYearMonth), 10: ("{}", XSD.date)}

Namer = Callable[[str], URIRef]
Triples = Iterator[tuple[URIRef, URIRef, URIRef | Literal | None]]


def to_rdf(
    events: Iterable[Event],
    documents: Iterable[Document],
    actions: Iterable[Action],
    *,
    base: str = BASE,
    vocabulary: Graph | None = None,
    actors: Mapping[str, Actor] | None = None,
) -> Graph:
    """Say in RDF what happened, who says so and in which words.

    The triples of ``vocabulary`` are added whole; an action that it leaves out is described from ``actions``.
    In ``actors`` the states and bodies are found that somebody named is part of.
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
    known: dict[str, set[Actor]] = {}
    for event in events:
        add(graph, event_triples(event, name))
        for statement in event.statements:
            add(graph, statement_triples(statement, event, name))
        for actor in named(event, actors or {}):
            known.setdefault(actor.id, set()).add(actor)
    for same in known.values():
        add(graph, actor_triples(min(same, key=repr), name))
    for document in documents:
        add(graph, document_triples(document, name))
    return graph


def named(event: Event, actors: Mapping[str, Actor]) -> Iterator[Actor]:
    """Everyone who is named in an event and in what is said of it, with the bodies they are part of."""
    sides = [event.actor, event.target]
    for statement in event.statements:
        sides += [statement.actor, statement.target, *statement.attribution]
    for actor in sides:
        seen: set[str] = set()
        while actor and actor.id not in seen:
            yield actor
            seen.add(actor.id)
            actor = actors.get(actor.part_of)


def add(graph: Graph, triples: Triples) -> None:
    """Add the triples that have an object: what is not known is not said."""
    for subject, predicate, value in triples:
        if value is not None:
            graph.add((subject, predicate, value))


def event_triples(event: Event, name: Namer) -> Triples:
    """What we believe happened, and the direct edge if it did."""
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
    if actor and target and event.modality is Modality.ASSERTED:
        yield actor, RELATION[local_name(event.action)], target


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


def actor_triples(actor: Actor, name: Namer) -> Triples:
    """Who that is."""
    subject = name(actor.id)
    yield subject, RDF.type, KG["Actor"]
    yield subject, SKOS.prefLabel, text(actor.label)
    yield subject, KG["actorType"], text(actor.type)
    yield subject, KG["code"], text(actor.code)
    yield subject, KG["partOf"], name(actor.part_of) if actor.part_of else None
    yield subject, KG["listed"], Literal(actor.listed)
    yield subject, SKOS.exactMatch, WIKIDATA[quote(actor.wikidata, safe="")] if actor.wikidata else None


def action_triples(action: Action, name: Namer) -> Triples:
    """What is meant by an action, if the vocabulary itself is not at hand."""
    subject = name(action.id)
    yield subject, RDF.type, SKOS.Concept
    yield subject, SKOS.prefLabel, Literal(action.label, lang="en")
    yield subject, SKOS.broader, name(action.broader) if action.broader else None
    yield subject, SKOS.notation, text(action.cameo, KG["cameo"])


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


def prefixes(base: str = BASE) -> dict[str, str]:
    """The prefixes of the contract, with the things we name ourselves under ``base``."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*[/#]", base):
        raise DataError(f"{base!r} cannot be the base of names.\nGive an IRI that ends in / or #, such as {BASE}")
    ours = {prefix: base + name.removeprefix(BASE) if name.startswith(BASE) else name for prefix, name in PREFIXES.items()}
    return ours | STANDARD


def bound(graph: Graph, *, base: str = BASE) -> Graph:
    """Give a graph the prefixes of the contract."""
    for prefix, namespace in prefixes(base).items():
        graph.bind(prefix, namespace, replace=True)
    return graph


def over(store: Store, *, base: str = BASE) -> Graph:
    """Look at the default graph of another store through rdflib."""
    return bound(Graph(store=store, identifier=DATASET_DEFAULT_GRAPH_ID, bind_namespaces="none"), base=base)


def expand(curie: str, prefixes: dict[str, str]) -> URIRef:
    """Write out a CURIE; whatever may not stand in an IRI is percent-encoded.

    >>> expand("actor:the <b>Front</b>", {"actor": "https://example.org/actor/"})
    rdflib.term.URIRef('https://example.org/actor/the%20%3Cb%3EFront%3C%2Fb%3E')
    """
    prefix, colon, rest = curie.partition(":")
    if not colon or prefix not in prefixes:
        raise DataError(f"{curie!r} has no known prefix.\nUse one of: {', '.join(sorted(prefixes))}.")
    local = quote(rest, safe="", errors="replace")
    return URIRef(prefixes[prefix] + (local if local.strip(".") else local.replace(".", "%2E")))


def local_name(curie: str) -> str:
    """What follows the prefix, as it stands in an IRI."""
    return quote(curie.partition(":")[2], safe="")


def text(value: str, datatype: URIRef | None = None) -> Literal | None:
    """Say it in words, or not at all; half of a surrogate pair, which no file can hold, becomes U+FFFD."""
    return Literal(re.sub(r"[\ud800-\udfff]", "\ufffd", value), datatype=datatype, normalize=False) if value else None


def date_literal(edtf: str) -> Literal | None:
    """Type a day, month or year by its precision; an interval or a day that never was has no such type.

    >>> date_literal("2024-03").n3()
    '"2024-03"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    """
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", edtf, re.ASCII):
        return None
    pattern, datatype = PRECISION[len(edtf)]
    try:
        date.fromisoformat(pattern.format(edtf))
    except ValueError:
        return None
    return Literal(edtf, datatype=datatype, normalize=False)


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
