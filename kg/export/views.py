"""The same graph in other words: with triple terms of RDF 1.2, in SEM and PROV-O alone, or framed by event."""

from rdflib import RDF

from kg.build import Graph
from kg.export.framing import framed
from kg.graph import Writer, expand, over_text, prefixes, serialise
from kg.model import Statement

STAR, SEM, EVENT = "rdf-star", "sem", "event"
NOTATIONS = {
    STAR: ("turtle", "trig", "nt"),
    SEM: ("turtle", "trig", "nt", "xml", "json-ld"),
    EVENT: ("json-ld",),
}
LOSSES = {
    STAR: "Nothing is lost: without the triples of rdf:reifies it is the graph of kg export turtle.",
    SEM: "Left out: what is denied, planned or feared, and modality, numbers, triggers, rules, offsets, codes, offices, conflicts.",
    EVENT: "Left out: the vocabulary, terms of office, direct edges, and whoever takes part in no event.",
}


def viewed(graph: Graph, view: str, notation: str) -> str:
    """Write a graph in one of these views."""
    if view == STAR:
        return with_triple_terms(graph, notation)
    return in_sem(graph, notation) if view == SEM else framed(graph)


def with_triple_terms(graph: Graph, notation: str) -> str:
    """The graph, and of each statement what it says as a triple term of RDF 1.2, which is quoted and not asserted."""
    text = serialise(graph.rdf, notation)
    if notation == "nt":
        return "".join(sorted([*text.splitlines(keepends=True), *(_reified(one, graph.base) for one in _two_sided(graph))]))
    writer = Writer(graph.base)
    lines = []
    for one in _two_sided(graph):
        relation, target = writer.edge(one.action, one.target_id)
        lines.append(f"\n{writer.name(one.id)} rdf:reifies <<( {writer.name(one.actor_id)} {relation} {target} )>> .\n")
    return text + "".join(lines)


def _two_sided(graph: Graph) -> list[Statement]:
    """The statements that name both sides, in order."""
    return sorted((one for one in graph.statements if one.actor and one.target), key=lambda one: one.id)


def _reified(one: Statement, base: str) -> str:
    known = prefixes(base)
    relation = f"relation:{one.action.partition(':')[2]}"
    said = " ".join(f"<{expand(curie, known)}>" for curie in (one.actor_id, relation, one.target_id))
    return f"<{expand(one.id, known)}> <{RDF}reifies> <<( {said} )>> .\n"


def in_sem(graph: Graph, notation: str) -> str:
    """What happened, as ``ontology/views/sem.rq`` says it."""
    answer = graph.query((graph.ontology.folder / "views" / "sem.rq").read_text(encoding="utf-8"))
    return serialise(over_text(answer.raw.decode(), base=graph.base), notation)
