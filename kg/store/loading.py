"""Writes the store of a graph, and opens it for reading."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from kg.graph import BASE, prefixes
from kg.model import DataError


def load(folder: Path, turtle: Path | bytes) -> None:
    """Build the store of a graph, a file or its content, in ``folder``; what was in that store before is gone."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "CURRENT").is_file():
        raise DataError(f"{folder}: the folder holds something else than a store.\nName another folder, or empty it.")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        store = Store(str(folder))
        store.clear()
        if isinstance(turtle, Path):
            store.bulk_load(path=turtle, format=RdfFormat.TURTLE)
        else:
            store.bulk_load(turtle, RdfFormat.TURTLE)
        store.flush()
    except OSError as error:
        raise DataError(f"{folder}: the store cannot be written: {error}\nIs another program using it?") from error


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
    except OSError as error:
        raise DataError(f"{folder}: the store cannot be read: {error}\nBuild it again: kg build PATH…") from error


def base_of(store: Store) -> str:
    """The base that the events of a store are named under."""
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    for quad in store.quads_for_pattern(None, kind, NamedNode(f"{prefixes()['kg']}Event"), DefaultGraph()):
        if isinstance(quad.subject, NamedNode):
            return quad.subject.value.rpartition("event/")[0]
    return BASE
