"""Puts the terms of each office in order, so that no two people hold it at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.dates.spans import span
from kg.dictionaries.tables import OfficeRow
from kg.model import Problem
from kg.ontology import OPEN, middle


def settled(rows: Iterable[OfficeRow], where: str, problems: list[Problem]) -> tuple[OfficeRow, ...]:
    """Leave out terms that contradict others: one without an end before another begins, one that begins within another."""
    lines: dict[tuple[str, str, str], list[OfficeRow]] = {}
    for row in rows:
        lines.setdefault((row.of, row.office, row.acting), []).append(row)
    return tuple(row for line in lines.values() for row in _line(line, where, problems))


def _line(rows: Sequence[OfficeRow], where: str, problems: list[Problem]) -> Iterator[OfficeRow]:
    before: OfficeRow | None = None
    for row in sorted(rows, key=lambda row: (middle(row.start) + middle(row.end or OPEN), row.start, row.end, row.holder)):
        if before is None:
            before = row
        elif before.holder == row.holder and (not before.end or span(row.start)[0] <= span(before.end)[1]):
            ends = (before.end or OPEN, row.end or OPEN)
            before = replace(before, end=max(ends, key=span).removeprefix(OPEN))
        elif not before.end:
            told = f"{before.holder} has no end as {row.office} of {row.of}, though {row.holder} begins {row.start}; left out."
            problems.append(Problem(where, told))
            before = row
        elif span(before.end)[0] > span(row.start)[1]:
            told = f"{row.holder} begins {row.start} as {row.office} of {row.of}, before {before.holder} ends ({before.end}); left out."
            problems.append(Problem(where, told))
        else:
            yield before
            before = row
    if before:
        yield before
