"""The store for those who work with rdflib."""

from pathlib import Path

from kg.graph import Graph, over
from kg.store.loading import base_of, open_store


def to_rdflib(folder: Path) -> Graph:
    """The graph of a store for rdflib, answered by the store's own engine."""
    from kg.store.engine import EngineStore  # only those who work with rdflib need it, and it is slow to import

    store = open_store(folder)
    return over(EngineStore(store=store), base=base_of(store))
