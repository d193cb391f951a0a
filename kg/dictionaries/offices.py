"""Puts the terms of each office in order, so that no two people hold it at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.dictionaries.tables import OfficeRow
from kg.model import Problem

OPEN = "9999"


def settled(rows: Iterable[OfficeRow], where: str, problems: list[Problem]) -> tuple[OfficeRow, ...]:
    """Leave out terms that contradict others: one without an end before another begins, one that begins within another."""
    lines: dict[tuple[str, str, str], list[OfficeRow]] = {}
    for row in rows:
        lines.setdefault((row.office, row.of, row.acting), []).append(row)
    return tuple(row for line in lines.values() for row in _line(line, where, problems))


def _line(rows: Sequence[OfficeRow], where: str, problems: list[Problem]) -> Iterator[OfficeRow]:
    before: OfficeRow | None = None
    for row in sorted(rows, key=lambda row: (row.start, row.end or OPEN, row.holder)):
        if before is None:
            before = row
        elif before.holder == row.holder and (not before.end or row.start <= before.end):
            before = replace(before, end=max(before.end or OPEN, row.end or OPEN).removeprefix(OPEN))
        elif not before.end:
            told = f"{before.holder} has no end as {row.office} of {row.of}, though {row.holder} begins {row.start}; left out."
            problems.append(Problem(where, told))
            before = row
        elif before.end > _latest(row.start):
            told = f"{row.holder} begins {row.start} as {row.office} of {row.of}, before {before.holder} ends ({before.end}); left out."
            problems.append(Problem(where, told))
        else:
            yield before
            before = row
    if before:
        yield before


def _latest(day: str) -> str:
    """What no day of a month or year comes after.

    >>> _latest("2014"), _latest("2014-05-22")
    ('2014-99-99', '2014-05-22')
    """
    return day + "-99-99"[len(day) - len("2014") :]
