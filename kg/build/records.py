"""The files of a graph after a change: the records that it makes others go, and new ones come in their places."""

from collections.abc import Iterable, Iterator, Mapping

from kg import tables
from kg.build.changing import Change
from kg.build.splicing import blocks_of, lines_of, records_of, spliced
from kg.build.written import text_of
from kg.graph import Writer, expand, side_id, whole
from kg.model import Action

Said = tuple[bytes, bytes]
"""Turtle that was said before, and that is said afterwards."""


def amended_statements(change: Change, table: bytes, actions: Mapping[str, Action]) -> tuple[bytes, bytes]:
    """The statements table as CSV and as JSON Lines; ``table`` is the CSV before. Raises ValueError if it is not that of the lines."""
    head, *records = records_of(table)
    keys = [line.key for line in change.written.lines]
    dropped = {line.key for line in change.written.lines if line.id in change.ids}
    rows = list(tables.statement_rows(change.after.statements.values(), change.after.event_of, actions))
    fresh = [(row["document"], row["start"], row["id"]) for row in rows]
    new = _records(rows, tables.STATEMENT_COLUMNS)
    cells = spliced(dict(zip(keys, records, strict=True)), dropped, dict(zip(fresh, new, strict=True)))
    lines = {line.key: line.raw for line in change.written.lines}
    return head + cells, spliced(lines, dropped, dict(zip(fresh, _lines(rows), strict=True)))


def amended_events(change: Change, table: bytes, actions: Mapping[str, Action]) -> bytes:
    """The events table."""
    head, *records = records_of(table)
    rows = [tables.event_row(event, actions) for event in change.after.events]
    fresh = dict(zip((row["id"] for row in rows), _records(rows, tables.EVENT_COLUMNS), strict=True))
    return head + spliced({_cell(record, 0): record for record in records}, {event.id for event in change.before.events}, fresh)


def amended_conflicts(change: Change, table: bytes) -> bytes:
    """The conflicts table: all conflicts of an event come and go together."""
    head, *records = records_of(table)
    before: dict[str, bytes] = {}
    for record in records:
        before[_cell(record, 1)] = before.get(_cell(record, 1), b"") + record
    after: dict[str, bytes] = {}
    new = records_of(tables.conflicts_csv(change.after.conflicts).encode("utf-8", "replace"))[1:]
    for conflict, record in zip(change.after.conflicts, new, strict=True):
        after[conflict.event] = after.get(conflict.event, b"") + record
    return head + spliced(before, {event.id for event in change.before.events}, after)


def amended_documents(change: Change, table: bytes, counts: Mapping[str, int], *, with_text: bool) -> bytes:
    """The articles, as JSON Lines."""
    rows = [tables.document_row(document, counts[document.id], with_text=with_text) for document in change.come]
    fresh = dict(zip((row["id"] for row in rows), _lines(rows), strict=True))
    return spliced({_id(line): line for line in lines_of(table)}, change.gone, fresh)


def _records(rows: Iterable[tables.Row], columns: Iterable[str]) -> list[bytes]:
    return records_of(tables.as_csv(rows, tuple(columns)).encode("utf-8", "replace"))[1:]


def _lines(rows: Iterable[tables.Row]) -> list[bytes]:
    return lines_of(tables.as_jsonl(rows).encode("utf-8", "replace"))


def _cell(record: bytes, place: int) -> str:
    """A cell of a record; no cell up to it is in quotation marks."""
    return record.split(b",", place + 1)[place].decode()


def _id(line: bytes) -> str:
    return text_of(line[line.index(b'"', 5) : line.index(b', "title": ')])


def amended_turtle(change: Change, graph: bytes, events: Iterable[tables.Row], writer: Writer) -> tuple[bytes, Said]:
    """The graph, and what of it differs; ``events`` are the rows of the events afterwards."""
    head, *blocks = blocks_of(graph)
    spaces = {prefix.encode(): name.encode() for prefix, name in writer.prefixes.items()}
    old = {_iri(block, spaces): block for block in blocks}
    before = whole(change.written.named, writer.ontology)
    after = whole(change.named, writer.ontology)
    lost = _lost(change, events)

    def iri(curie: str) -> bytes:
        return expand(curie, writer.prefixes).encode()

    def edges(id: str) -> set[tuple[str, str]]:
        done = writer.edges_in(old[iri(id)].decode()) if id in before else set()
        done -= {writer.edge(action, target) for actor, action, target in lost if actor == id}
        return done | {writer.edge(action, target) for actor, action, target in change.after.edges if actor == id}

    others = [id for id in after if id in change.concerned or id not in before]
    new = [
        *(writer.actor(after[id], edges(id)) for id in others),
        *(block for id in others if id not in before for block in writer.career(after[id])),
        *(writer.event(event, change.published) for event in change.after.events),
        *(writer.statement(one, change.after.event_of[id], change.published) for id, one in change.after.statements.items()),
        *(writer.conflict(conflict) for conflict in change.after.conflicts),
        *(writer.side(conflict, side) for conflict in change.after.conflicts for side in conflict.sides),
        *map(writer.document, change.come),
    ]
    fresh = {name.encode(): block.encode() for name, block in new}
    dropped = {*map(iri, _subjects(change)), *(iri(id) for id in before if id not in after)}
    dropped |= {name.encode() for id, actor in before.items() if id not in after for name, _ in writer.career(actor)}
    dropped |= fresh.keys() & old.keys()
    said = b"".join([head, *(old[name] for name in dropped)]), b"".join([head, *fresh.values()])
    return head + spliced(old, dropped, fresh), said


def _iri(block: bytes, spaces: Mapping[bytes, bytes]) -> bytes:
    """The IRI of the subject of a block."""
    subject = block[1 : block.index(b" ")]
    prefix, _, local = subject.partition(b":")
    return spaces[prefix] + local if prefix in spaces else subject[1:-1]


def _subjects(change: Change) -> Iterator[str]:
    """What was told of the blocks that change, and of the documents that go."""
    yield from (event.id for event in change.before.events)
    yield from change.before.statements
    for conflict in change.before.conflicts:
        yield conflict.id
        yield from (side_id(conflict, side) for side in conflict.sides)
    yield from (f"document:{id}" for id in change.gone)


def _lost(change: Change, events: Iterable[tables.Row]) -> set[tuple[str, str, str]]:
    """The edges that no event stands for any longer."""
    lost = change.before.edges - change.after.edges
    if not lost:
        return lost
    for line in change.others:
        if line.asserted and any(line.action == action for _, action, _ in lost):
            actor, target = change.written.sides(line)
            if actor and target:
                lost.discard((actor.id, line.action, target.id))
    return lost.difference((row["actor"], row["action"], row["target"]) for row in events if row["modality"] == "asserted")
