"""The graph in memory, for all workers at once: the nursery reads it, and its children share that memory."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.model import DataError
from kg.serve.versions import Version, version_of
from kg.store.loading import in_memory

LOADING = 600.0
"""Seconds that reading a graph may take."""


@dataclass(slots=True)
class Held:
    """What the nursery holds of a folder that ``kg build`` wrote; None while it holds nothing, and workers read from the disk."""

    out: Path
    version: Version | None = None
    store: Any = None

    def refresh(self) -> None:
        """Read the graph, if another stands in the folder than the one that is held."""
        now = version_of(self.out, self.version)
        if now is None or now == self.version:
            return
        self.version, self.store = now, None
        with suppress(DataError, OSError, MemoryError):  # then the disk will have to do
            self.store = in_memory(self.out / "graph.ttl")
