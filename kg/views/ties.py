"""Who deals with whom: the events as a directed graph, strongest actors first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.model import Actor, Event, Modality


@dataclass(frozen=True, slots=True)
class Ties:
    """``actors`` from the strongest to the weakest; ``graph`` joins their ids, weighted by asserted events."""

    actors: tuple[Actor, ...]
    graph: nx.DiGraph

    def strength(self, actor: Actor) -> int:
        """How many asserted events the actor has a part in, with somebody."""
        return int(self.graph.degree(actor.id, weight="weight"))


def ties(events: Sequence[Event]) -> Ties:
    """Gather the events between each two actors; who has none with others comes last."""
    actors = {actor.id: actor for event in events for actor in _parties(event)}
    graph = nx.DiGraph()
    graph.add_nodes_from(sorted(actors))
    weights: dict[tuple[str, str], int] = {}
    for event in events:
        if event.actor and event.target:
            pair = event.actor.id, event.target.id
            weights[pair] = weights.get(pair, 0) + (event.modality is Modality.ASSERTED)
    graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in sorted(weights.items()))
    degree = dict(graph.degree(weight="weight"))
    order = sorted(actors.values(), key=lambda actor: (-degree[actor.id], actor.label, actor.id))
    return Ties(tuple(order), graph)


def _parties(event: Event) -> Iterable[Actor]:
    return (actor for actor in (event.actor, event.target) if actor)
