"""The tables that a dictionary becomes: actors, the codes and offices they had when, and words for kinds of actor.

Cells are as in ``ontology/README.md``; identifiers are without ``actor:``. A folder of such tables can be read,
joined with newer rows, and written; the same rows always give the same bytes.
"""

import csv
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from io import StringIO
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.model import DataError, Problem
from kg.ontology import ACTOR_TYPES, CODE, IDENTIFIER, LANGUAGE, QID, cells_of, several

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""What no cell may hold: signs that a terminal obeys, and halves of signs, which no file can hold."""

DATE = re.compile(r"(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ActorRow:
    """A row of ``actors.csv``; ``names``, ``adjectives``, ``metonyms`` and ``affiliated_with`` join several by "; "."""

    id: str
    type: str
    label: str
    code: str = ""
    names: str = ""
    adjectives: str = ""
    metonyms: str = ""
    part_of: str = ""
    affiliated_with: str = ""
    wikidata: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What tells this row from others."""
        return (self.id,)

    @property
    def every_name(self) -> list[str]:
        """Every name of any kind, each once, the label first and the language left out."""
        cells = f"{self.label}; {self.names}; {self.adjectives}; {self.metonyms}"
        return list(dict.fromkeys(plain(name) for name in several(cells)))


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A row of ``codes.csv``: the code of an actor from the first day to the last, either of them open if empty."""

    actor: str
    code: str
    start: str = ""
    end: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What newer rows replace as a whole: all that is said of one actor."""
        return (self.actor,)


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """A row of ``offices.csv``: who held the office of which actor when, nobody if ``holder`` is empty; ``acting`` is "yes" or empty."""

    of: str
    office: str
    start: str
    end: str = ""
    holder: str = ""
    acting: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What newer rows replace as a whole: all terms of one person in one office."""
        return (self.of, self.office, self.holder)


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A row of ``roles.csv``: the kind of actor that a common noun names."""

    word: str
    role: str
    type: str
    code: str
    label: str

    @property
    def key(self) -> tuple[str, ...]:
        """What tells this row from others."""
        return (self.word,)


Row = ActorRow | CodeRow | OfficeRow | RoleRow


@dataclass(frozen=True, slots=True)
class Tables:
    """What was read of dictionaries, sorted, and what of them no row can say."""

    actors: tuple[ActorRow, ...] = ()
    codes: tuple[CodeRow, ...] = ()
    offices: tuple[OfficeRow, ...] = ()
    roles: tuple[RoleRow, ...] = ()
    problems: tuple[Problem, ...] = ()


KINDS: Mapping[str, type[ActorRow] | type[CodeRow] | type[OfficeRow] | type[RoleRow]] = {
    "actors": ActorRow,
    "codes": CodeRow,
    "offices": OfficeRow,
    "roles": RoleRow,
}
CELLS = {kind: attrgetter(*(field.name for field in fields(kind))) for kind in KINDS.values()}
"""How to take the cells out of a row."""

OLD = tuple(field.name for field in fields(ActorRow) if field.name != "affiliated_with")
"""The header of ``actors.csv`` before backers had a column."""


def columns(name: str) -> tuple[str, ...]:
    """The header of a table.

    >>> columns("codes")
    ('actor', 'code', 'from', 'to')
    """
    return tuple({"start": "from", "end": "to"}.get(field.name, field.name) for field in fields(KINDS[name]))


def tables_of(rows: Iterable[Row], problems: Iterable[Problem] = ()) -> Tables:
    """Sort rows into their tables."""
    kinds: dict[type[Row], list[Row]] = {}
    for row in dict.fromkeys(rows):
        kinds.setdefault(type(row), []).append(row)
    ordered = {name: tuple(sorted(kinds.get(kind, ()), key=CELLS[kind])) for name, kind in KINDS.items()}
    return Tables(**ordered, problems=tuple(problems))  # type: ignore[arg-type]


def rows_in(path: Path) -> Iterator[tuple[str, Row]]:
    """Read a table, whichever its header says it is, with "file:line" of each row; cells are checked. Raises DataError."""
    table = cells_of(path)
    where, header = next(table)
    name = next((name for name in KINDS if tuple(header) in (columns(name), OLD if name == "actors" else ())), None)
    if name is None:
        headers = "\n".join(f"  {name}.csv: {','.join(columns(name))}" for name in KINDS)
        raise DataError(f"{where}: the header {','.join(header)!r} is that of no table.\nIt must be one of:\n{headers}")
    names = [{"from": "start", "to": "end"}.get(column, column) for column in header]
    for where, cells in table:
        row = KINDS[name](**dict(zip(names, (cell.strip() for cell in cells), strict=True)))
        check(where, row)
        yield where, row


def check(where: str, row: Row) -> None:
    """Check the cells of a row. Raises DataError."""
    expected: list[tuple[str, re.Pattern[str], str]] = []
    if isinstance(row, ActorRow):
        expected = [("id", IDENTIFIER, "lower-case letters and digits joined by hyphens"), ("wikidata", QID, "Q and a number, or nothing")]
    if isinstance(row, ActorRow | CodeRow | RoleRow):
        expected.append(("code", CODE, "capitals, those of the state first, or --- for none"))
    if isinstance(row, CodeRow | OfficeRow):
        expected += [(side, DATE, "YYYY-MM-DD, YYYY-MM, YYYY or nothing") for side in ("start", "end")]
    for column, shape, advice in expected:
        if not shape.fullmatch(getattr(row, column)):
            raise DataError(f"{where}: {getattr(row, column)!r} cannot be the {column}.\nWrite {advice}.")
    if isinstance(row, ActorRow | RoleRow) and row.type not in ACTOR_TYPES:
        raise DataError(f"{where}: unknown type {row.type!r}.\nUse one of: {', '.join(sorted(ACTOR_TYPES))}.")
    if isinstance(row, CodeRow | OfficeRow) and row.start and row.end and row.start > row.end[: len(row.start)].ljust(len(row.start), "9"):
        raise DataError(f"{where}: it ends ({row.end}) before it begins ({row.start}).\nMend one of the dates.")


def read_folder(folder: Path) -> Tables:
    """Read the tables of a folder, as many as are there. Raises DataError."""
    paths = [path for name in KINDS if (path := folder / f"{name}.csv").exists()]
    return tables_of(row for path in paths for _, row in rows_in(path))


def join(before: Tables, after: Tables, where: str = "") -> Tables:
    """Lay newer rows over older ones: those with the same key are replaced, all others stay.

    A name that a newer row has taken no longer stands in an older one; ``where`` says which these were.
    """
    keys = {(type(row), *row.key) for row in rows_of(after)} | {(CodeRow, row.id) for row in after.actors}
    kept = [row for row in rows_of(before) if (type(row), *row.key) not in keys]
    taken = {name: row.id for row in after.actors for name in row.every_name} if before.actors else {}
    problems: list[Problem] = list(after.problems)
    rows: list[Row] = []
    for row in kept:
        lost = [name for name in row.every_name if name in taken] if isinstance(row, ActorRow) else []
        if not lost or not isinstance(row, ActorRow):
            rows.append(row)
            continue
        without = without_names(row, taken)
        names = ", ".join(repr(name) for name in lost)
        problems.append(Problem(where, f"{row.id} is no longer called {names}: that is {taken[lost[0]]} now."))
        rows += [without] if without else []
    return tables_of([*rows, *rows_of(after)], problems)


def without_names(row: ActorRow, taken: Mapping[str, str]) -> ActorRow | None:
    """Take names out of a row; nothing is left of one that has no other."""
    cells = {
        column: "; ".join(name for name in several(getattr(row, column)) if plain(name) not in taken)
        for column in ("names", "adjectives", "metonyms")
    }
    label = row.label if plain(row.label) not in taken else next(iter(several(cells["names"])), "")
    return replace(row, label=plain(label), **cells) if label else None


def rows_of(tables: Tables) -> tuple[Row, ...]:
    """Every row of every table."""
    return (*tables.actors, *tables.codes, *tables.offices, *tables.roles)


def written(tables: Tables) -> dict[str, str]:
    """The text of each table that has rows, by the name of its file."""
    return {f"{name}.csv": as_csv(name, getattr(tables, name)) for name in KINDS if getattr(tables, name)}


def as_csv(name: str, rows: Sequence[Row]) -> str:
    """The text of one table."""
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns(name), *map(CELLS[KINDS[name]], rows)])
    return text.getvalue()


def write(tables: Tables, folder: Path) -> None:
    """Write every table that has rows, over those that are there; one that has none left goes.

    Each is written beside its place and then moved there, so that no table is ever there in part.
    """
    folder.mkdir(parents=True, exist_ok=True)
    contents = {name: text.encode() for name, text in written(tables).items()}
    with TemporaryDirectory(dir=folder, prefix=".tables-") as beside:
        for name, content in contents.items():
            (Path(beside) / name).write_bytes(content)
        for name in contents:
            os.replace(Path(beside) / name, folder / name)
    for name in KINDS:
        if f"{name}.csv" not in contents:
            (folder / f"{name}.csv").unlink(missing_ok=True)


def plain(name: str) -> str:
    """A name without its language.

    >>> plain("Ligue arabe@fr"), plain("Arab League")
    ('Ligue arabe', 'Arab League')
    """
    foreign = LANGUAGE.fullmatch(name) if "@" in name else None
    return foreign[1] if foreign else name
