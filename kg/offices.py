"""Tells who held which office on a day, and what code an actor had.

A date decides only where it leaves no doubt: an interval across a hand-over, or a month in which an uncertain
term begins, means no one. On the day of a hand-over it is the one who comes in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kg.dates.spans import span
from kg.model import Actor
from kg.ontology import ACTING, ELECT, GOVERNMENT, OPEN, Membership, Office, Ontology

FORMER = "ELI"  # CAMEO's role of those who once governed
YEAR = timedelta(days=366)  # the longest time from an election to the day in office


def in_office(actor: Actor, when: str, ontology: Ontology) -> Actor:
    """The person who holds an office on a date (EDTF); an office nobody is known to hold stays, as anybody else does.

    A user's correction that one actor is another counts before and after.
    """
    same = ontology.corrections.same
    actor = same.get(actor.id, actor)
    office = ontology.offices.get(actor.id)
    holder = ontology.actors.get(holder_on(office, when)) if office and when else None
    return same.get(holder.id, holder) if holder else actor


def coded(actor: Actor, when: str, ontology: Ontology) -> Actor:
    """An actor with the code of a date: the career in codes.csv, else the office held, else what actors.csv says.

    Without a date those who once held office have the code of the office, for which they are known.
    """
    if not when:
        held = [office.actor.code for office in ontology.held.get(actor.id, ()) if actor.code.endswith(FORMER)]
        return replace(actor, code=_chief(held)) if held else actor
    rows = ontology.codes.get(actor.id, ())
    codes = {row.code for row in rows if _within(when, row.start or "0001", row.end) and _touches(when, row.start or "0001", row.end)}
    if len(codes) == 1:
        return replace(actor, code=codes.pop())
    held = [office.actor.code for office in offices_on(actor, when, ontology) if office.actor.code]
    return replace(actor, code=_chief(held)) if held else actor


def _chief(codes: Sequence[str]) -> str:
    """The code that counts of those of several offices: who governs a state and leads a party governs."""
    return next((code for code in codes if code.endswith(GOVERNMENT)), codes[0])


def offices_on(actor: Actor, when: str, ontology: Ontology) -> Iterator[Office]:
    """The offices that a person holds on a date."""
    for office in ontology.held.get(actor.id, ()):
        if actor.id in (holder_on(office, when), holder_on(office, when, ACTING)):
            yield office


def holder_on(office: Office, when: str, standing: str | None = None) -> str:
    """The CURIE of who held an office through all of a date (EDTF); nothing if the date leaves a doubt."""
    standing = office.standing if standing is None else standing
    if standing == ELECT:
        return _elect(office, when)
    regular = [row for row in office.memberships if not row.acting]
    acting = [row for row in office.memberships if row.acting]
    lines = [acting] if standing == ACTING else [regular, acting]
    return next((holder for line in lines if (holder := _one(line, when)) is not None), "")


def _one(line: Sequence[Membership], when: str) -> str | None:
    """The only holder in a line on a date; nothing where it could be another, None where it could be nobody of the line."""
    possible = [row for row in _ended(line) if _touches(when, row.start, row.end)]
    if not possible:
        return None
    holders = {row.holder for row in possible}
    certain = any(_within(when, row.start, row.end) for row in possible)
    return possible[0].holder if len(holders) == 1 and certain else ""


def _ended(line: Sequence[Membership]) -> Iterator[Membership]:
    """Terms with the last day before the hand-over: on the day itself it is the one who comes in."""
    for row, after in zip(line, [*line[1:], None], strict=False):
        handed = after is not None and len(row.end) == len("2001-01-20") and row.end == after.start > row.start
        yield replace(row, end=str(date.fromisoformat(row.end) - timedelta(days=1))) if handed else row


def _elect(office: Office, when: str) -> str:
    """Who is in office next, within a year."""
    _, last = bounds(when)
    later = [row for row in office.memberships if not row.acting and span(row.start)[0] > last]
    if not last or not later or date.fromisoformat(span(later[0].start)[0]) - date.fromisoformat(last) > YEAR:
        return ""
    return "" if later[0].holder == holder_on(office, when, "") else later[0].holder


def _touches(when: str, start: str, end: str) -> bool:
    """Tell whether a term may have been on some day of a date."""
    first, last = bounds(when)
    return span(start)[0] <= last and first <= (span(end)[1] if end else OPEN)


def _within(when: str, start: str, end: str) -> bool:
    """Tell whether a term was on every day of a date, for certain."""
    first, last = bounds(when)
    return span(start)[1] <= first and last <= (span(end)[0] if end else OPEN)


def bounds(when: str) -> tuple[str, str]:
    """The first and the last day of a date of EDTF; a side that is open has no bound. Empty if it cannot be read.

    >>> bounds("2024-09/2024-10-02"), bounds("2023-10/..")
    (('2024-09-01', '2024-10-02'), ('2023-10-01', '9999-12-31'))
    """
    first, last = span(when)
    return "" if when.startswith("..") else first, OPEN if when.endswith("..") else last
