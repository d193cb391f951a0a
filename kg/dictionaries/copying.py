"""Checks tables of our own format and joins several into one."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg.dictionaries.known import Known
from kg.dictionaries.tables import CELLS, CONTROL, ActorRow, CodeRow, OfficeRow, Row, Tables, plain, rows_in, tables_of, without_names
from kg.model import DataError, Problem
from kg.ontology import several


def copied(paths: Sequence[Path], known: Known) -> Tables:
    """Read tables, each of any kind; of two rows that describe one thing the later counts. Raises DataError."""
    problems: list[Problem] = []
    rows: dict[tuple[object, ...], tuple[str, Row]] = {}
    for path in paths:
        for where, row in _clean(rows_in(path), problems):
            key = (type(row), *row.key, *((row.start,) if isinstance(row, CodeRow | OfficeRow) else ()))
            if key in rows and rows[key][1] != row:
                problems.append(Problem(where, f"{row.key[0]} is described otherwise than at {rows[key][0]}; this row counts."))
            rows[key] = where, row
    actors = {row.id for _, row in rows.values() if isinstance(row, ActorRow)} | known.actors.keys()
    names: dict[str, str] = {}
    for where, row in rows.values():
        for column, id in _named(row):
            if id not in actors:
                raise DataError(f"{where}: unknown actor {id!r} in the column {column}.\nAdd its row, or mend the cell.")
        for name in row.every_name if isinstance(row, ActorRow) else ():
            if names.setdefault(name, row.key[0]) != row.key[0]:
                raise DataError(f"{where}: {name!r} already names {names[name]}.\nA name may stand in one row only.")
    return tables_of((row for _, row in rows.values()), problems)


def _clean(rows: Iterable[tuple[str, Row]], problems: list[Problem]) -> Iterator[tuple[str, Row]]:
    """Rows without names that have control characters, which are told; any other cell that has some costs its row."""
    for where, row in rows:
        strange = {name for name in (plain(row.label), *row.every_name) if CONTROL.search(name)} if isinstance(row, ActorRow) else set()
        problems += [Problem(where, f"{name!r} has a control character; {row.key[0]} is not called so.") for name in sorted(strange)]
        kept = without_names(row, dict.fromkeys(strange, "")) if isinstance(row, ActorRow) and strange else row
        bad = "" if kept is None else next(filter(CONTROL.search, CELLS[type(kept)](kept)), "")
        if kept is None or bad:
            reason = f"{bad!r} has a control character" if bad else f"{row.key[0]} has no other name"
            problems.append(Problem(where, f"{reason}; the row is left out."))
            continue
        yield where, kept


def _named(row: Row) -> Iterator[tuple[str, str]]:
    """The other actors that a row names, with the column."""
    if isinstance(row, ActorRow):
        yield from (("part_of", one) for one in several(row.part_of))
        yield from (("affiliated_with", one) for one in several(row.affiliated_with))
    elif isinstance(row, CodeRow):
        yield "actor", row.actor
    elif isinstance(row, OfficeRow):
        yield "of", row.of
        yield from (("holder", one) for one in several(row.holder))
