"""How central each actor is, and which actors belong together."""

from collections.abc import Sequence

import networkx as nx

EXACT = 120  # actors up to which betweenness is measured from all of them
PIVOTS = 40  # actors from which it is measured else, chosen by a fixed seed
SEED = 1
DAMPING = 0.85  # the usual one of PageRank
ROUNDS = 50
SMALLEST_GROUP = 3


def numbered(graph: nx.DiGraph, order: Sequence[str]) -> nx.DiGraph:
    """Return the ties of asserted events between actors named by their rank, heaviest ranks last.

    Numbers instead of names, since the order of a set of names differs from run to run.
    """
    rank = {actor: number for number, actor in enumerate(order)}
    found = nx.DiGraph()
    found.add_nodes_from(range(len(order)))
    ties = sorted((rank[one], rank[other], weight) for one, other, weight in graph.edges(data="weight") if weight and one != other)
    found.add_weighted_edges_from(ties)
    return found


def degree(graph: nx.DiGraph) -> list[float]:
    """How many events each has with others."""
    return [float(graph.degree(node, weight="weight")) for node in graph]


def betweenness(graph: nx.DiGraph) -> list[float]:
    """How many shortest ways between others lead over each."""
    count = len(graph)
    if count < 3:
        return [0.0] * count
    found = nx.betweenness_centrality(graph.to_undirected(), k=PIVOTS if count > EXACT else None, seed=SEED)
    return [float(found[node]) for node in graph]


def pagerank(graph: nx.DiGraph) -> list[float]:
    """How much comes to each from those to whom much comes (that of networkx would need scipy)."""
    if not (count := len(graph)):
        return []
    out = [float(graph.out_degree(node, weight="weight")) for node in graph]
    ties = [(one, other, weight / out[one]) for one, other, weight in graph.edges(data="weight")]
    ranks = [1 / count] * count
    for _ in range(ROUNDS):
        loose = 0.0
        for rank, given in zip(ranks, out, strict=True):
            loose += 0.0 if given else rank
        fresh = [(1 - DAMPING + DAMPING * loose) / count] * count
        for one, other, share in ties:
            fresh[other] += DAMPING * share * ranks[one]
        ranks = fresh
    return ranks


def communities(graph: nx.DiGraph) -> list[int]:
    """The community of each (Louvain, fixed seed), counted from that of the strongest actor; -1 where there are fewer than three."""
    joined = nx.Graph()
    joined.add_nodes_from(graph)
    for one, other, weight in graph.edges(data="weight"):
        before = joined.edges[one, other]["weight"] if joined.has_edge(one, other) else 0
        joined.add_edge(one, other, weight=before + weight)
    found = nx.community.louvain_communities(joined, seed=SEED) if joined.number_of_edges() else []
    large = sorted((group for group in found if len(group) >= SMALLEST_GROUP), key=min)
    of = {node: number for number, group in enumerate(large) for node in group}
    return [of.get(node, -1) for node in graph]
