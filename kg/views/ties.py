"""Who deals with whom: the events as a directed graph, strongest actors first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.model import Actor, Event
from kg.views.rows import Row


@dataclass(frozen=True, slots=True)
class Ties:
    """``actors`` from the strongest to the weakest; ``graph`` joins their ids, weighted by asserted events."""

    actors: tuple[Actor, ...]
    graph: nx.DiGraph

    def strength(self, actor: Actor) -> int:
        """How many asserted events the actor has a part in, with somebody."""
        return int(self.graph.degree(actor.id, weight="weight"))


def ties(rows: Sequence[Row]) -> Ties:
    """Gather the events between each two actors; who has none with others comes last."""
    actors = {actor.id: actor for row in rows for actor in _parties(row.event)}
    graph = nx.DiGraph()
    graph.add_nodes_from(sorted(actors))
    for row in rows:
        if row.event.actor and row.event.target:
            _count(graph, row.event.actor.id, row.event.target.id, int(row.asserted))
    degree = dict(graph.degree(weight="weight"))
    order = sorted(actors.values(), key=lambda actor: (-degree[actor.id], actor.label, actor.id))
    return Ties(tuple(order), graph)


def _parties(event: Event) -> Iterable[Actor]:
    return (actor for actor in (event.actor, event.target) if actor)


def _count(graph: nx.DiGraph, actor: str, target: str, weight: int) -> None:
    before = graph.edges[actor, target]["weight"] if graph.has_edge(actor, target) else 0
    graph.add_edge(actor, target, weight=before + weight)
