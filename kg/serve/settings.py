"""What an endpoint may cost, and whom it answers."""

import os
from dataclasses import dataclass, field
from pathlib import Path

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits of an endpoint. Seconds, bytes and counts.

    ``out`` is the folder that ``kg build`` wrote, or any folder with a ``store`` in it; ``queries`` holds the examples.
    ``most_waiting`` questions may queue for ``workers`` processes; one more is told to come again. A worker makes room for a
    fresh one after ``life`` questions, because the memory of a process never quite comes back.
    ``patience`` is how long a client may take for the head of its request, for its body, and to read a part of an answer.
    """

    out: Path
    queries: Path
    time_limit: float = 30.0
    workers: int = field(default_factory=lambda: max(4, os.cpu_count() or 1))
    memory_limit: int = 1024 * MEGABYTE
    life: int = 10_000
    most_waiting: int = 128
    longest_body: int = MEGABYTE
    longest_header: int = 64 * 1024
    longest_answer: int = 256 * MEGABYTE
    most_connections: int = 1000
    patience: float = 15.0
    shared: bool = True
    """Whether pages of other sites may read the answers (CORS)."""
    in_memory: bool = False
    """Whether the graph is held in memory, once for all workers, if ``kg build`` wrote it."""
    local: bool = False
    """Whether only requests to a name of this machine itself are answered, which keeps pages of other sites out for good."""
