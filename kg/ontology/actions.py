"""Reads the vocabulary and the actions, which are Turtle; owns the prefixes."""

from collections.abc import Mapping
from pathlib import Path

import rdflib
from rdflib.namespace import RDF, SKOS

from kg.model import Action, DataError

PREFIXES: Mapping[str, str] = {
    "kg": "https://w3id.org/actor-kg/ontology#",
    "action": "https://w3id.org/actor-kg/action/",
    "relation": "https://w3id.org/actor-kg/relation/",
    "actor": "https://w3id.org/actor-kg/id/actor/",
    "event": "https://w3id.org/actor-kg/id/event/",
    "statement": "https://w3id.org/actor-kg/id/statement/",
    "document": "https://w3id.org/actor-kg/id/document/",
    "conflict": "https://w3id.org/actor-kg/id/conflict/",
    "side": "https://w3id.org/actor-kg/id/side/",
    "membership": "https://w3id.org/actor-kg/id/membership/",
}
KG = rdflib.Namespace(PREFIXES["kg"])


def read_vocabulary(folder: Path) -> rdflib.Graph:
    """Parse the Turtle files that every graph carries: the vocabulary and the actions."""
    graph = rdflib.Graph()
    for name in ("kg.ttl", "actions.ttl"):
        try:
            graph.parse(folder / name, format="turtle")
        except (OSError, SyntaxError, IndexError, ValueError) as error:  # rdflib runs off the end of a truncated file
            raise DataError(f"{folder / name}: {error}\nMend the Turtle, then run kg check.") from error
    return graph


def read_actions(graph: rdflib.Graph, path: Path) -> tuple[dict[str, Action], dict[str, int]]:
    """Collect the actions with their PLOVER types, and the quad class (1 to 4) of each type."""
    actions: dict[str, Action] = {}
    quads: dict[str, int] = {}
    for node in sorted(graph.subjects(RDF.type, SKOS.Concept), key=str):
        if not str(node).startswith(PREFIXES["action"]):
            continue
        top = next((up for up in graph.transitive_objects(node, SKOS.broader) if (up, KG.ploverType, None) in graph), None)
        if top is None:
            raise DataError(f"{path}: {curie(str(node))} is under none of the 16 PLOVER types.\nGive it skos:broader.")
        plover = str(graph.value(top, KG.ploverType))
        broader = graph.value(node, SKOS.broader)
        actions[curie(str(node))] = Action(
            id=curie(str(node)),
            label=str(graph.value(node, SKOS.prefLabel)),
            type=plover,
            broader=curie(str(broader)) if broader else "",
            cameo=str(graph.value(node, SKOS.notation) or ""),
            symmetric=str(graph.value(node, KG.symmetric)) == "true",
            consequence=str(graph.value(node, KG.consequence)) == "true",
        )
        quads[plover] = int(str(graph.value(top, KG.quad)))
    return actions, quads


def curie(iri: str) -> str:
    """Shorten an IRI of one of our namespaces.

    >>> curie("https://w3id.org/actor-kg/action/airstrike")
    'action:airstrike'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
