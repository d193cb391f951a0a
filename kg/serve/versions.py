"""Which graph is being served: it may be built anew at any moment."""

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

Seen = tuple[tuple[int, int, int], ...]
"""Of each file that tells a graph from another: inode, time of change, size."""


@dataclass(frozen=True, slots=True)
class Version:
    """A graph as it stood in the folder; ``checksum`` is that of ``graph.ttl``, where the folder tells it."""

    seen: Seen
    checksum: str


def version_of(out: Path, known: Version | None = None) -> Version | None:
    """The version that stands in a folder now, None while it has no store; ``known`` again if nothing has changed."""
    seen = seen_in(out)
    if not seen:
        return None
    if known is not None and seen == known.seen:
        return known
    checksum = ""
    with suppress(OSError, ValueError, KeyError, TypeError):
        checksum = str(json.loads((out / "build.json").read_text(encoding="utf-8"))["outputs"]["graph.ttl"])
    return Version(seen, checksum or hashlib.sha256(repr(seen).encode()).hexdigest())


def seen_in(out: Path) -> Seen:
    """What tells the graph in a folder from the one before; empty if there is none."""
    seen = []
    for name in ("store/CURRENT", "build.json"):
        with suppress(OSError):
            found = os.stat(out / name)
            seen.append((found.st_ino, found.st_mtime_ns, found.st_size))
        if not seen:
            return ()
    return tuple(seen)
