"""Writes the store of a graph, and opens it for reading."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from kg.graph import BASE, prefixes
from kg.model import DataError

PIECE = 4_000_000  # bytes
BETWEEN = b"\n\n"
KIND, EVENT = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), NamedNode(f"{prefixes()['kg']}Event")


def load(folder: Path, turtle: Path | bytes) -> None:
    """Build the store of a graph, a file or its content, in ``folder``; what was in that store before is gone."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "CURRENT").is_file():
        raise DataError(f"{folder}: the folder holds something else than a store.\nName another folder, or empty it.")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        store = Store(str(folder))
        store.clear()
        for piece in _pieces(turtle) if isinstance(turtle, Path) else (turtle,):
            store.bulk_load(piece, RdfFormat.TURTLE)
        store.optimize()  # every question is quicker by a tenth or more
        store.flush()
    except OSError as error:
        advice = "Free some space." if "No space left" in str(error) else "Is another program using it?"
        raise DataError(f"{folder}: the store cannot be written: {error}\n{advice}") from error


def _pieces(path: Path) -> Iterator[bytes]:
    """A Turtle file of ours in pieces, cut between two subjects, each with the prefixes: the engine keeps a whole piece in memory."""
    with path.open("rb") as file:
        head, _, rest = file.read(PIECE).partition(BETWEEN)
        while more := file.read(PIECE):
            whole, _, rest = (rest + more).rpartition(BETWEEN)
            yield head + BETWEEN + whole + b"\n"
        yield head + BETWEEN + rest


def copy_store(folder: Path, copy: Path) -> None:
    """Copy a store that nobody writes; its tables, which RocksDB never changes, are shared where the disk can."""
    shutil.copytree(folder, copy, copy_function=_shared)


def _shared(source: str, copy: str) -> None:
    if source.endswith(".sst"):
        with suppress(OSError):
            os.link(source, copy)
            return
    shutil.copyfile(source, copy)


def amend(folder: Path, before: bytes, after: bytes) -> None:
    """Let a store hold what is said in Turtle ``after``, and no longer what was said ``before``."""
    old, new = ({quad.triple for quad in parse(said, RdfFormat.TURTLE)} for said in (before, after))
    store = Store(str(folder))
    for triple in old - new:
        store.remove(Quad(*triple))
    store.extend(Quad(*triple) for triple in new - old)
    store.flush()


def open_store(folder: Path) -> Store:
    """Open a store for reading only."""
    if not (folder / "CURRENT").is_file():
        raise DataError(f"{folder}: there is no store here.\nBuild one: kg build PATH…")
    try:
        return Store.read_only(str(folder))
    except (OSError, RuntimeError) as error:
        raise DataError(f"{folder}: the store cannot be read: {error}\nBuild it again: kg build PATH…") from error


def in_memory(turtle: Path) -> Store:
    """A store in memory with the graph of a file: some 350 MB for a million triples. Raises DataError."""
    store = Store()
    try:
        store.bulk_load(path=str(turtle), format=RdfFormat.TURTLE)
    except (SyntaxError, ValueError) as error:
        raise DataError(f"{turtle}: the graph is damaged: {error}\nBuild it again: kg build PATH…") from error
    return store


def base_of(store: Store) -> str:
    """The base that the events of a store are named under."""
    for quad in store.quads_for_pattern(None, KIND, EVENT, DefaultGraph()):
        if isinstance(quad.subject, NamedNode):
            return quad.subject.value.rpartition("event/")[0]
    return BASE
