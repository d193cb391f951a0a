"""Sends a graph to a store, in batches that can be resumed, and counts what arrived.

The graph has no nodes without a name, so a batch can arrive twice without harm, and the batches are the lines of
``graph.ttl`` in their order. After each, a small file notes how far it went; the same graph goes on there the next time.
The first batch of a fresh run replaces what the named graph held before.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import file_digest, sha256
from pathlib import Path

from kg.model import DataError
from kg.publish.asking import ask_endpoint
from kg.publish.web import ANYBODY, Address, Login, send
from kg.store import batches

TRIPLES = "application/n-triples"
UPDATE = {"Content-Type": "application/sparql-update; charset=utf-8"}
STORE_BATCH = 10_000
UPDATE_BATCH = 1_000
"""Virtuoso 7.2 runs out of memory when it reads an update of 5,000 triples."""
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a graph goes: ``endpoint`` answers SPARQL; what ``graph`` names there is written.

    ``store`` is an address of the Graph Store Protocol, ``update`` one of SPARQL Update; without either, updates go to ``endpoint``.
    """

    endpoint: str
    graph: str
    store: str = ""
    update: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """How many triples the graph has, and how many of them were there from an interrupted run."""

    triples: int
    resumed: int


def publish(
    turtle: Path,
    place: Place,
    notes: Path,
    *,
    login: Login = ANYBODY,
    batch: int = 0,
    progress: Callable[[int], None] = lambda sent: None,
) -> Published:
    """Send a graph in Turtle, ``batch`` triples at a time, and see that all have arrived. Raises DataError.

    ``notes`` is the folder where a file tells how far it went, until all is there; ``progress`` hears the number sent.
    """
    refuse_place(place)
    note = note_of(notes, place)
    with turtle.open("rb") as file:
        checksum = file_digest(file, "sha256").hexdigest()
    sent = resumed = sent_before(note, place, checksum)
    write = (
        partial(put, Address(place.store, login), place.graph)
        if place.store
        else partial(update, Address(place.update or place.endpoint, login), place.graph)
    )
    write(b"", fresh=False)  # who one is, is settled before much is sent
    for count, lines in batches(turtle, batch or (STORE_BATCH if place.store else UPDATE_BATCH), skip=sent):
        write(lines, fresh=not sent)
        sent += count
        remember(note, place, checksum, sent)
        progress(sent)
    verify(place, sent, note, login)
    note.unlink(missing_ok=True)
    return Published(sent, resumed)


def refuse_place(place: Place) -> None:
    """Raise DataError for a place that cannot be written to."""
    if not ABSOLUTE.fullmatch(place.graph):
        raise DataError(f"{place.graph!r} cannot name a graph.\nGive an IRI with --graph, such as https://example.org/graph/news")
    if place.store and place.update:
        raise DataError("The graph is written through --store or through --update.\nName one of them.")


def put(address: Address, graph: str, lines: bytes, *, fresh: bool) -> None:
    """Add triples to a graph by the Graph Store Protocol; a ``fresh`` graph has no others."""
    send(address, lines, method="PUT" if fresh else "POST", params={"graph": graph}, headers={"Content-Type": TRIPLES})


def update(address: Address, graph: str, lines: bytes, *, fresh: bool) -> None:
    """Add triples to a graph by SPARQL Update; a ``fresh`` graph has no others."""
    if fresh:
        send(address, f"CLEAR SILENT GRAPH <{graph}>".encode(), headers=UPDATE)
    inserted = b"GRAPH <%s> {\n%s}" % (graph.encode(), lines) if lines else b""
    send(address, b"INSERT DATA { %s }" % inserted, headers=UPDATE)


def verify(place: Place, sent: int, note: Path, login: Login) -> None:
    """Count the triples that are there. Raises DataError if they are not as many as were sent; the next run begins anew."""
    question = f"SELECT (COUNT(*) AS ?triples) WHERE {{ GRAPH <{place.graph}> {{ ?s ?p ?o }} }}"
    found = ask_endpoint(place.endpoint, question, login=login)
    if [row[0] for row in found.rows] != [str(sent)]:
        note.unlink(missing_ok=True)
        there = found.rows[0][0] if found.rows else "no number"
        raise DataError(
            f"{place.endpoint}: <{place.graph}> has {there} triples, and {sent} were sent.\n"
            "Publish it again: the first batch replaces what is there. If the number stays wrong, "
            "the endpoint shows another store, somebody else writes there, or the store refused some: its log tells."
        )


# How far a run went.


def note_of(folder: Path, place: Place) -> Path:
    """The file that tells how far a graph went to a place."""
    return folder / f".kg-publish-{sha256(f'{place.endpoint} {place.graph}'.encode()).hexdigest()[:12]}.json"


def sent_before(note: Path, place: Place, checksum: str) -> int:
    """How many triples of this very graph were sent there before; 0 if none or unknown."""
    try:
        told = json.loads(note.read_text(encoding="utf-8"))
        same = told["endpoint"] == place.endpoint and told["graph"] == place.graph and told["sha256"] == checksum
        return int(told["sent"]) if same else 0
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def remember(note: Path, place: Place, checksum: str, sent: int) -> None:
    """Note how far it went, whole or not at all."""
    fresh = note.with_suffix(".new")
    told = {"endpoint": place.endpoint, "graph": place.graph, "sha256": checksum, "sent": sent}
    fresh.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    fresh.replace(note)
