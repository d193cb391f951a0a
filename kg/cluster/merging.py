"""What a worker does with statements: merges a block by the function that one machine uses, and tells what comes of it.

    statements of a block -> events -> rows of the tables, and triples

What is told goes out as rows: of which table (``kind``), into which part of it (``unit``), and the cells.

A block of very many statements is not held by one task. What decides which of them are one event (sides, action, date, place,
modality, numbers) goes to one task without the sentences; the events are told by as many tasks as it takes.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import pyarrow

from kg import tables
from kg.build.reading import Reader
from kg.cluster.reading import Batches, cells_of, in_batches, tools_of
from kg.conflicts import conflicts_in
from kg.events import assemble_block
from kg.graph import Writer, edges
from kg.model import Actor, Document, Event, Modality, Quantity, Statement, digest
from kg.ontology import Ontology
from kg.sources import corroborated
from kg.store import lines_of
from kg.tables.files import cell_of
from kg.tables.rows import CONFLICT_COLUMNS, Row, joined_sides, parts_of

STATEMENTS, EVENTS, CONFLICTS, GRAPH, NAMED = "statements", "events", "conflicts", "graph", "named"
TOLD = "kind string, unit string, cells array<string>"
DECIDED = "id string, event string, told string"
SLIM = "block string, id string, slim string"
BLOCKS = 200  # of Turtle that become triples at once

Cells = tuple[str, str, list[str]]
"""A row that goes out: its table, the part of it, the cells."""


@dataclass(frozen=True, slots=True)
class Merging:
    """With what blocks are merged, and under which base things are named."""

    reader: Reader
    base: str


@lru_cache(maxsize=1)
def writer_of(merging: Merging) -> Writer:
    """What writes Turtle, with the tables loaded."""
    return Writer(merging.base, tools_of(merging.reader).ontology)


def merge_blocks(merging: Merging, batches: Batches) -> Iterator[pyarrow.RecordBatch]:
    """Merge whole blocks; the columns are unit, block, line, published, signature, in the order of the first two."""
    ontology = tools_of(merging.reader).ontology

    def events() -> Iterator[tuple[str, list[Event], list[Document]]]:
        for (unit, _), rows in groupby(cells_of(batches), key=itemgetter(0, 1)):
            statements, documents = _read((line, published, signature) for _, _, line, published, signature in rows)
            yield unit, assemble_block(statements, ontology), documents

    return in_batches(_told(events(), merging), ("kind", "unit", "cells"))


def slim(batches: Batches) -> Iterator[pyarrow.RecordBatch]:
    """Leave of statements what decides which are one event; the columns are block, id and line."""
    rows = ((block, id, json.dumps(unsaid(json.loads(line)))) for block, id, line in cells_of(batches))
    return in_batches(rows, ("block", "id", "slim"))


UNSAID = ("trigger", "rule", "date_text", "date_basis", "attribution", "attributed_to_label")


def unsaid(row: Row) -> Row:
    """A row of the statements table without what does not decide, and with a sign for its sentence.

    Whether two articles print one sentence does decide, if it has enough words: signs are the same, and as many, if sentences are.
    """
    words = (row["sentence"] or "").split()
    sign = " ".join([digest(" ".join(words)), *"·" * (len(words) - 1)]) if words else None
    parties = [party for party in row["parties"] if party["part"] != "speaker"]
    return row | dict.fromkeys(UNSAID) | {"sentence": sign, "parties": parties}


def decide(merging: Merging, batches: Batches) -> Iterator[pyarrow.RecordBatch]:
    """Tell of the statements of whole blocks which event each is of; the columns are block, id and slim, in the order of the first.

    Of an event the row of one of its statements tells all but the statements.
    """
    ontology = tools_of(merging.reader).ontology

    def rows() -> Iterator[tuple[str, str, str | None]]:
        for _, block in groupby(cells_of(batches), key=itemgetter(0)):
            for event in assemble_block(slim_statements((id, told) for _, id, told in block), ontology):
                for number, statement in enumerate(event.statements):
                    yield statement.id, event.id, None if number else _skeleton(event)

    return in_batches(rows(), ("id", "event", "told"))


def slim_statements(rows: Iterable[tuple[str, str]]) -> Iterator[Statement]:
    """Statements without words, each with the id that it has with them; who is told often is one object."""
    known: dict[str, str] = {}
    actors: dict[Actor, Actor] = {}
    for id, told in rows:
        row = json.loads(told)
        row["document"] = known.setdefault(row["document"], row["document"])
        [statement] = tables.statements_from([row])
        for part in ("actor", "target"):
            side = getattr(statement, part)
            object.__setattr__(statement, part, side and actors.setdefault(side, side))
        object.__setattr__(statement, "_id", id)
        yield statement


def _skeleton(event: Event) -> str:
    told = {"actor": event.actor and asdict(event.actor), "target": event.target and asdict(event.target)}
    numbers = [asdict(quantity) for quantity in event.quantities]
    return json.dumps(
        told | {"action": event.action, "date": event.date, "place": event.place, "modality": event.modality, "quantities": numbers}
    )


def tell_events(merging: Merging, batches: Batches) -> Iterator[pyarrow.RecordBatch]:
    """Tell events that have been decided; the columns are unit, event, told, line, published, signature, in the order of the first two."""

    def events() -> Iterator[tuple[str, list[Event], list[Document]]]:
        for (unit, id), rows in groupby(cells_of(batches), key=itemgetter(0, 1)):
            parts = list(rows)
            told = next(told for _, _, told, *_ in parts if told is not None)
            statements, documents = _read((line, published, signature) for _, _, _, line, published, signature in parts)
            yield unit, [_event(id, json.loads(told), statements)], documents

    return in_batches(_told(events(), merging), ("kind", "unit", "cells"))


def _event(id: str, told: dict[str, Any], statements: Iterable[Statement]) -> Event:
    return Event(
        id=id,
        actor=tables.actor_from(told["actor"]) if told["actor"] else None,
        action=told["action"],
        target=tables.actor_from(told["target"]) if told["target"] else None,
        date=told["date"],
        place=told["place"],
        modality=Modality(told["modality"]),
        quantities=tuple(Quantity(**one) for one in told["quantities"]),
        statements=tuple(sorted(statements, key=lambda one: (one.evidence.document, one.evidence.start, one.id))),
    )


def _read(rows: Iterable[tuple[str, str, str]]) -> tuple[list[Statement], list[Document]]:
    """Statements, and what must be known of their articles."""
    lines, documents = [], {}
    for line, published, signature in rows:
        row = json.loads(line)
        lines.append({key: "" if cell is None else cell for key, cell in row.items()})
        documents[row["document"]] = Document(row["document"], "", (), published=published, signature=signature)
    return list(tables.statements_from(lines)), list(documents.values())


def _told(events: Iterable[tuple[str, list[Event], list[Document]]], merging: Merging) -> Iterator[Cells]:
    """Everything that is told of events, unit after unit: rows of the tables, triples, edges and actors."""
    ontology, writer = tools_of(merging.reader).ontology, writer_of(merging)
    for unit, several in groupby(events, key=itemgetter(0)):
        turtle: list[str] = []
        actors: set[Actor] = set()
        done: set[tuple[str, str, str]] = set()
        for _, found, documents in several:
            published = {document.id: document.published for document in documents}
            for event in corroborated(found, documents, ontology.identity.limit("copies")):
                yield from _rows(unit, event, ontology)
                turtle += _turtle(event, published, writer, ontology)
                done.update(edges(event))
                actors.update(actor for statement in event.statements for _, actor in parts_of(statement) if actor)
                if len(turtle) > BLOCKS:
                    yield from ((GRAPH, unit, [line]) for line in triples(turtle, writer))
                    turtle.clear()
        yield from ((GRAPH, unit, [line]) for line in triples(turtle, writer))
        drawn = [f"{writer.name(actor)} {' '.join(writer.edge(action, target))} .\n" for actor, action, target in sorted(done)]
        yield from ((NAMED, unit, ["", line, ""]) for line in triples(drawn, writer))
        yield from ((NAMED, unit, [actor.id, repr(actor), json.dumps(asdict(actor))]) for actor in actors)


def _rows(unit: str, event: Event, ontology: Ontology) -> Iterator[Cells]:
    row = tables.event_row(event, ontology.actions)
    yield EVENTS, unit, [cell_of(row[column]) for column in tables.EVENT_COLUMNS]
    for row in tables.statement_rows(event.statements, {one.id: event.id for one in event.statements}, ontology.actions):
        yield STATEMENTS, unit, [cell_of(row[column]) for column in tables.STATEMENT_COLUMNS]
    for conflict in conflicts_in([event], ontology):
        row = joined_sides(tables.conflict_row(conflict))
        yield CONFLICTS, unit, [cell_of(row[column]) for column in CONFLICT_COLUMNS]


def _turtle(event: Event, published: dict[str, str], writer: Writer, ontology: Ontology) -> Iterator[str]:
    yield writer.event(event, published)[1]
    for statement in event.statements:
        yield writer.statement(statement, event.id, published)[1]
    for conflict in conflicts_in([event], ontology):
        yield writer.conflict(conflict)[1]
        for side in conflict.sides:
            yield writer.side(conflict, side)[1]


def triples(turtle: Sequence[str], writer: Writer) -> list[str]:
    """Blocks of Turtle as lines of N-Triples."""
    return lines_of("".join([writer.heading(None), *turtle])) if turtle else []


def tell_documents(merging: Merging, batches: Batches) -> Iterator[pyarrow.RecordBatch]:
    """Tell articles as triples; the columns are lot and line."""
    writer = writer_of(merging)

    def rows() -> Iterator[tuple[str, str]]:
        for lot, line in cells_of(batches):
            row = json.loads(line)
            told = {key: row[key] or "" for key in ("id", "title", "source", "url", "author", "language")}
            block = writer.document(Document(text="", blocks=(), published=row["date"] or "", **told))[1]
            yield from ((lot, triple) for triple in triples([block], writer))

    return in_batches(rows(), ("unit", "line"))


def tell_actors(merging: Merging, batches: Batches) -> Iterator[pyarrow.RecordBatch]:
    """Tell actors that no table lists as triples; the column is what is told of them, in JSON."""
    writer = writer_of(merging)
    told = (writer.actor(tables.actor_from(json.loads(line)))[1] for (line,) in cells_of(batches))
    return in_batches(((line,) for block in told for line in triples([block], writer)), ("line",))


def sub_unit(event: str, parts: int) -> int:
    """Which of so many parts of a large block an event is told in."""
    return int(digest(event)[:8], 16) % parts
