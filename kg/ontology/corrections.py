"""Reads what a user has put right: rows that outlive every rebuild, because they are a table like the others."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.model import Actor, Correction, DataError
from kg.ontology.tables import known, rows_of

IS, SAME, NEVER = "is", "same", "never"
COLUMNS = ("kind", "document", "name", "actor", "reason")
KINDS = frozenset({IS, SAME, NEVER})


@dataclass(frozen=True)
class Corrections:
    """The rows of ``corrections.csv``, those of the last layer first, and the actors that stand for others."""

    rows: tuple[Correction, ...]
    same: Mapping[str, Actor]

    def about(self, document: str) -> Iterator[Correction]:
        """The rows about words in a document: its own before those for all."""
        for wanted in (document, ""):
            yield from (row for row in self.rows if row.document == wanted and row.kind != SAME)


def read_corrections(paths: Iterable[Path], actors: Mapping[str, Actor]) -> Corrections:
    """Read corrections; where two layers disagree the later one counts. Raises DataError."""
    layers = [_layer(path, actors) for path in paths]
    rows = tuple(row for layer in reversed(layers) for row in layer)
    same = {f"actor:{row.name}": row for row in reversed(rows) if row.kind == SAME}
    return Corrections(rows, {id: actors[_end(id, same)] for id in same})


def _layer(path: Path, actors: Mapping[str, Actor]) -> list[Correction]:
    """Read one table, in which no two rows may speak of the same."""
    rows: dict[tuple[str, str, str], Correction] = {}
    for where, row in rows_of(path, COLUMNS):
        correction = _correction(path, where, row, actors)
        about = (correction.kind, correction.document, correction.name + (correction.actor if correction.kind == NEVER else ""))
        if about in rows:
            raise DataError(f"{where}: {row['name']!r} has a row already, at {rows[about].where}.\nKeep one of them.")
        rows[about] = correction
    return list(rows.values())


def _end(id: str, same: Mapping[str, Correction]) -> str:
    """Where a chain of actors that are the same ends. Raises DataError if it comes back."""
    seen = {id}
    row = same[id]
    while row.actor in same:
        if row.actor in seen:
            raise DataError(f"{row.where}: {row.name} comes back to itself, by way of {row.actor}.\nTake out one of the rows.")
        seen.add(row.actor)
        row = same[row.actor]
    return row.actor


def _correction(path: Path, where: str, row: Mapping[str, str], actors: Mapping[str, Actor]) -> Correction:
    """Check one row. Raises DataError."""
    known(where, "kind", row["kind"], KINDS)
    actor = f"actor:{row['actor'].removeprefix('actor:')}" if row["actor"] else ""
    name = row["name"].removeprefix("actor:") if row["kind"] == SAME else row["name"]
    if not name:
        raise DataError(f"{where}: nothing in the column name.\nWrite the words of the text; for {SAME}, the id of the actor.")
    if actor not in actors and (actor or row["kind"] != NEVER):
        raise DataError(f"{where}: unknown actor {row['actor']!r}.\nUse the id of a row of actors.csv; add one for a new actor.")
    if row["kind"] == SAME and actor == f"actor:{name}":
        raise DataError(f"{where}: {actor} is the same as itself.\nWrite the actor that it stands for.")
    line = where.rsplit(":", 1)[-1]
    return Correction(row["kind"], row["document"], name, actor, row["reason"], f"{path.parent.name}/{path.name}:{line}")
