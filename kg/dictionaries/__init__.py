"""Reads dictionaries of others into tables like ours, and writes ours as dictionaries.

    phoenix, wikidata -> listing, people -> tables

A dictionary says in its own words who is who; ``listing`` and ``people`` find out who of them we know already.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kg.dictionaries.copying import copied
from kg.dictionaries.known import Known, known, our_tables
from kg.dictionaries.listing import listed
from kg.dictionaries.offices import settled
from kg.dictionaries.people import itemised
from kg.dictionaries.phoenix import read_dictionary
from kg.dictionaries.tables import Row, Tables, join, read_folder, rows_of, tables_of, write
from kg.dictionaries.wikidata import read_items
from kg.dictionaries.writing import actors_as_phoenix, agents_as_phoenix
from kg.model import Problem

__all__ = ["FORMATS", "WRITERS", "Tables", "changes", "join_into", "our_tables", "read_actors", "rows_of", "write"]


def _wikidata(paths: Sequence[Path], ours: Known) -> Tables:
    problems: list[Problem] = []
    items = [item for path in paths for item in read_items(path, problems)]
    return itemised(items, ours, problems)


FORMATS: Mapping[str, Callable[[Sequence[Path], Known], Tables]] = {
    "csv": copied,
    "phoenix": lambda paths, ours: listed(map(read_dictionary, paths), ours),
    "wikidata": _wikidata,
}
"""What ``kg import actors`` can read."""

WRITERS: Mapping[str, Callable[[Tables], tuple[str, tuple[Problem, ...]]]] = {"actors": actors_as_phoenix, "agents": agents_as_phoenix}
"""What ``kg export`` can write of tables."""


def read_actors(paths: Sequence[Path], format: str, ours: Tables) -> Tables:
    """Read files in one of ``FORMATS``; who stands in our tables keeps the identifier that he has there."""
    return FORMATS[format](paths, known(ours))


def join_into(folder: Path, read: Tables) -> tuple[Tables, Tables]:
    """What a folder holds, and what it would hold with newer rows over it."""
    before = read_folder(folder)
    after = join(before, read, str(folder))
    problems: list[Problem] = list(after.problems)
    offices = settled(after.offices, str(folder / "offices.csv"), problems)
    return before, replace(after, offices=tables_of(offices).offices, problems=tuple(problems))


def changes(before: Tables, after: Tables) -> dict[str, tuple[int, int, int]]:
    """How many things of each table are added, changed, and there in all; of codes and offices, whose they are count."""
    return {name: _changes(getattr(before, name), getattr(after, name)) for name in ("actors", "codes", "offices", "roles")}


def _changes(before: Iterable[Row], after: Iterable[Row]) -> tuple[int, int, int]:
    old, new = _by_key(before), _by_key(after)
    return len(new.keys() - old.keys()), sum(old[key] != new[key] for key in new.keys() & old.keys()), len(new)


def _by_key(rows: Iterable[Row]) -> dict[tuple[str, ...], list[Row]]:
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return found
