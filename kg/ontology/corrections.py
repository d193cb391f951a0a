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
    layers = [[_correction(path, where, row, actors) for where, row in rows_of(path, COLUMNS)] for path in paths]
    rows = tuple(row for layer in reversed(layers) for row in layer)
    return Corrections(rows, {f"actor:{row.name}": actors[row.actor] for row in reversed(rows) if row.kind == SAME})


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
