"""Tables as files: CSV for people, JSON Lines for programs, and back."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import tee
from pathlib import Path
from typing import Any, TextIO

from kg.conflicts import Conflict
from kg.model import Action, Actor, Document, Event, Evidence, Modality, Quantity, Statement, When
from kg.tables.rows import (
    CONFLICT_COLUMNS,
    EVENT_COLUMNS,
    STATEMENT_COLUMNS,
    Row,
    conflict_row,
    document_row,
    event_row,
    joined_sides,
    statement_row,
)

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: Iterable[Row], columns: Sequence[str], *, spreadsheet: bool = False) -> str:
    """Write rows as CSV with a header; for a ``spreadsheet``, formulas are kept from running by an apostrophe."""
    return "".join(csv_lines(rows, columns, spreadsheet=spreadsheet))


def csv_lines(rows: Iterable[Row], columns: Sequence[str], *, spreadsheet: bool = False) -> Iterator[str]:
    """The same, record by record."""
    written = Lines()
    writer = csv.writer(written, lineterminator="\r\n")  # the line end for which csv quotes a lone carriage return too
    writer.writerow(columns)
    yield written.pop()
    for row in rows:
        cells = [cell_of(row[column]) for column in columns]
        writer.writerow([f"'{cell}" if spreadsheet and cell.startswith(FORMULA) else cell for cell in cells])
        yield written.pop()


def cell_of(value: Any) -> str:
    """What a cell of a table holds, as text; a list is told in JSON."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else "" if value is None else str(value)


class Lines(list[str]):
    """What csv writes, record by record, each ending in a line feed alone."""

    def write(self, record: str) -> None:
        """Keep a record."""
        self.append(record.removesuffix("\r\n") + "\n")


def as_jsonl(rows: Iterable[Row]) -> str:
    """Write rows as JSON Lines: null where CSV is empty, and no other line ends than those of the lines."""
    return "".join(map(_json_line, rows))


def _json_line(row: Row) -> str:
    line = json.dumps(with_null(row), ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029]", lambda end: f"\\u{ord(end[0]):04x}", line) + "\n"


def with_null(row: Row) -> Row:
    """Write null where a cell is empty, as JSON does."""
    return {key: None if cell == "" else cell for key, cell in row.items()}


def statement_rows(statements: Iterable[Statement], events: Mapping[str, str], actions: Mapping[str, Action]) -> Iterator[Row]:
    """The statements table, in the order of the articles; ``events`` tells the event of each statement."""
    for statement in sorted(statements, key=lambda one: (one.evidence.document, one.evidence.start, one.id)):
        yield statement_row(statement, events[statement.id], actions)


def write_statements(statements: Iterable[Statement], events: Mapping[str, str], actions: Mapping[str, Action], folder: Path) -> None:
    """Write the statements table as CSV and as JSON Lines, row by row."""
    with _open(folder / "statements.csv") as cells, _open(folder / "statements.jsonl") as lines:
        rows, again = tee(statement_rows(statements, events, actions))
        cells.write(next(records := csv_lines(rows, STATEMENT_COLUMNS)))
        for record, row in zip(records, again, strict=True):
            cells.write(record)
            lines.write(_json_line(row))


def rows_from(lines: Iterable[str]) -> Iterator[Row]:
    """The rows of a table in CSV."""
    return csv.DictReader(lines)


def event_from(row: Row, statements: Iterable[Statement]) -> Event:
    """The event of a row, with its statements, but not why they were merged."""
    said = sorted(statements, key=lambda one: (one.evidence.document, one.evidence.start, one.id))
    sides = {(side.id, side.label): side for one in reversed(said) for side in (one.target, one.actor) if side is not None}
    quantities = json.loads(row["quantities"]) if isinstance(row["quantities"], str) else row["quantities"]
    return Event(
        id=row["id"],
        actor=sides[row["actor"], row["actor_label"]] if row["actor"] else None,
        action=row["action"],
        target=sides[row["target"], row["target_label"]] if row["target"] else None,
        date=row["date"],
        place=row["place"],
        modality=Modality(row["modality"]),
        quantities=_amounts(quantities),
        statements=tuple(said),
        first_report=row["first_report"],
        last_report=row["last_report"],
    )


def _amounts(told: Iterable[Row]) -> tuple[Quantity, ...]:
    return tuple(Quantity(float(one["value"]), one["qualifier"], one["unit"]) for one in told)


def write_events_csv(events: Iterable[Event], actions: Mapping[str, Action], path: Path) -> None:
    """Write the events table, sorted by identifier."""
    rows = (event_row(event, actions) for event in sorted(events, key=lambda event: event.id))
    _write(path, csv_lines(rows, EVENT_COLUMNS))


def write_conflicts_csv(conflicts: Iterable[Conflict], path: Path) -> None:
    """Write the conflicts table; without conflicts, its header."""
    _write(path, conflicts_csv(conflicts))


def conflicts_csv(conflicts: Iterable[Conflict]) -> str:
    """The conflicts table as CSV."""
    return as_csv((joined_sides(conflict_row(conflict)) for conflict in conflicts), CONFLICT_COLUMNS)


def write_documents_jsonl(documents: Iterable[Document], sentences: Mapping[str, int], path: Path, *, with_text: bool = True) -> None:
    """Write the articles, sorted by identifier, with the number of sentences of each."""
    ordered = sorted(documents, key=lambda document: document.id)
    rows = (document_row(document, sentences.get(document.id, 0), with_text=with_text) for document in ordered)
    _write(path, map(_json_line, rows))


def read_rows(path: Path) -> list[Row]:
    """Read back what was written as JSON Lines, with empty cells for null."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [{key: "" if cell is None else cell for key, cell in json.loads(line).items()} for line in lines if line]


def read_statements(path: Path) -> list[Statement]:
    """Read the statements table back; everybody in it is told in full."""
    return list(statements_from(read_rows(path)))


def statements_from(rows: Iterable[Row]) -> Iterator[Statement]:
    """The statements of rows, null or empty where nothing is known; one who is told often is one object."""
    known: dict[str, Actor] = {}

    def actor_of(party: Row) -> Actor:
        told = {name: value for name, value in party.items() if name != "part"}
        name = repr(told)
        if name not in known:
            known[name] = actor_from(told)
        return known[name]

    for row in rows:
        parts: dict[str, list[Actor]] = {"actor": [], "target": [], "speaker": []}
        for party in row["parties"]:
            parts[party["part"]].append(actor_of(party))
        yield _statement(row, parts)


def actor_from(told: Row) -> Actor:
    """Somebody, by all that is told of them."""
    known: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    return Actor(**known)


def read_documents_jsonl(path: Path) -> tuple[list[Document], dict[str, int]]:
    """Read the articles, and the number of sentences of each; what belongs to the article is not kept, its text is."""
    rows = read_rows(path)
    same = ("id", "title", "source", "url", "author", "language", "sha256")
    documents = [
        Document(
            text=row.get("text", ""),
            blocks=(),
            published=row["date"],
            signature=row.get("signature", ""),
            **{key: row[key] for key in same},
        )
        for row in rows
    ]
    return documents, {row["id"]: row["sentences"] for row in rows}


def _statement(row: Row, parts: Mapping[str, Sequence[Actor]]) -> Statement:
    return Statement(
        actor=parts["actor"][0] if parts["actor"] else None,
        action=row["action"],
        target=parts["target"][0] if parts["target"] else None,
        when=When(row["date"] or "", row["date_text"] or "", row["date_basis"] or ""),
        place=row["place"] or "",
        modality=Modality(row["modality"]),
        attribution=tuple(parts["speaker"]),
        quantities=_amounts(row["quantities"]),
        evidence=Evidence(row["document"], row["start"], row["end"], row["sentence"] or "", row["trigger"] or "", row["rule"] or ""),
    )


def _write(path: Path, lines: Iterable[str]) -> None:
    with _open(path) as file:
        file.writelines(lines)


def _open(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", errors="replace", newline="")
