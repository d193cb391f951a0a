"""Reads the codes of CAMEO with what is published of them, which only who exports for others needs."""

from dataclasses import dataclass
from pathlib import Path

import rdflib
from rdflib.namespace import SKOS

from kg.model import DataError
from kg.ontology.actions import KG

CAMEO = rdflib.URIRef("https://w3id.org/actor-kg/cameo")


@dataclass(frozen=True, slots=True)
class Code:
    """A code of CAMEO: its quad class (1 to 4) and its Goldstein score, from -10.0 to 10.0."""

    quad: int
    goldstein: float


def read_cameo(folder: Path) -> dict[str, Code]:
    """Read ``schemes.ttl``: each code with what it is worth. Raises DataError."""
    path = folder / "schemes.ttl"
    try:
        graph = rdflib.Graph().parse(path, format="turtle")
        return {
            str(graph.value(concept, SKOS.notation)): Code(_quad(graph, concept), float(str(graph.value(concept, KG.goldstein))))
            for concept in graph.subjects(SKOS.inScheme, CAMEO)
        }
    except (OSError, SyntaxError, IndexError, ValueError) as error:
        raise DataError(f"{path}: {error}\nMend the Turtle, then run kg check.") from error


def _quad(graph: rdflib.Graph, concept: rdflib.term.Node) -> int:
    """The quad class of the root above a code."""
    return next(int(str(quad)) for up in graph.transitive_objects(concept, SKOS.broader) for quad in graph.objects(up, KG.quad))
