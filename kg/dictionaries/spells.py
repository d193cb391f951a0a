"""Makes of codes by rank a line of time: at most one code for each day."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from kg.dictionaries.phoenix import Spell

DAY = timedelta(days=1)


def timeline(spells: Sequence[Spell], code: str) -> tuple[str, tuple[Spell, ...]]:
    """The code that holds when no other does, and the others, each day with the first that fits it, in order of time.

    Of somebody who has no code for some time, the bare one becomes dated, so that none is left for that time.

    >>> code, spells = timeline([Spell("GBWGOV", date(2001, 1, 1), date(2004, 1, 1)), Spell("GBWELI", date(2004, 1, 1))], "GBW")
    >>> code, [(spell.code, str(spell.start), str(spell.end)) for spell in spells]
    ('GBW', [('GBWGOV', '2001-01-01', '2004-01-01'), ('GBWELI', '2004-01-02', 'None')])
    """
    if not spells:
        return code, ()
    free = [(date.min, date.max)]
    taken: list[tuple[date, date, str]] = []
    for spell in spells:
        first, last = spell.start or date.min, spell.end or date.max
        taken += [(max(first, start), min(last, end), spell.code) for start, end in free if max(first, start) <= min(last, end)]
        free = [rest for start, end in free for rest in _outside(start, end, first, last)]
    if all(code for *_, code in taken):
        return code, tuple(_joined(taken))
    return "", tuple(_joined([*(one for one in taken if one[2]), *((start, end, code) for start, end in free if code)]))


def _outside(start: date, end: date, first: date, last: date) -> Iterator[tuple[date, date]]:
    """What is left of a time when another is taken out of it."""
    if last < start or end < first:
        yield start, end
        return
    if start < first:
        yield start, first - DAY
    if last < end:
        yield last + DAY, end


def _joined(taken: Sequence[tuple[date, date, str]]) -> Iterator[Spell]:
    """Times in order, those with one code joined where the second follows the first."""
    rows: list[tuple[date, date, str]] = []
    for first, last, code in sorted(taken):
        if rows and rows[-1][2] == code and rows[-1][1] + DAY == first:
            rows[-1] = (rows[-1][0], last, code)
        else:
            rows.append((first, last, code))
    for first, last, code in rows:
        yield Spell(code, None if first == date.min else first, None if last == date.max else last)
