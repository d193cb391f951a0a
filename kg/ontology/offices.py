"""Reads who held which office when, what an office is called, and what code somebody had when.

``offices.csv`` is the time line of each office, ``titles.csv`` its names, ``codes.csv`` the careers that no
office tells. Days are ISO 8601; one that is not known for certain keeps its month or year.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as day
from itertools import pairwise
from pathlib import Path

from kg.dates.spans import span
from kg.model import Actor, DataError
from kg.ontology.tables import known, rows_of, several

ACTING, ELECT, OTHER = "acting", "elect", "other"
STANDINGS = frozenset({ACTING, ELECT, OTHER})
VACANT = "a vacancy"
OPEN = "9999-12-31"
GOVERNMENT = "GOV"  # CAMEO's role of those who govern a state
DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Title:
    """A row of ``titles.csv``: the words for an office, of any actor or (``of``) of one only."""

    office: str
    of: str
    label: str
    words: tuple[str, ...]
    example: str
    expect: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A row of ``standings.csv``: a word beside a title by which another than the holder is meant."""

    word: str
    standing: str
    example: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A row of ``offices.csv``: ``holder`` (nobody, where empty) from ``start`` to ``end`` (empty: not known to have ended)."""

    office: str
    holder: str
    start: str
    end: str
    acting: bool = False


@dataclass(frozen=True, slots=True)
class Coded:
    """A row of ``codes.csv``: the code of an actor from ``start`` to ``end``, either of them open if empty."""

    code: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Office:
    """An office, as the actor who it is, with all who held it in order of time.

    With a ``standing`` it is meant of whoever acts for the holder, or is elected and not yet in office.
    """

    actor: Actor
    memberships: tuple[Membership, ...]
    standing: str = ""


def read_titles(paths: Iterable[Path]) -> tuple[Title, ...]:
    """Read what an office is called. Raises DataError."""
    titles: dict[tuple[str, str], Title] = {}
    for path in paths:
        for where, row in rows_of(path, ("office", "of", "label", "words", "example", "expect")):
            if not (row["office"] and row["label"] and row["example"] and row["expect"]):
                raise DataError(f"{where}: office, label, example and expect must be filled.\nSee ontology/README.md.")
            of = f"actor:{row['of']}" if row["of"] else ""
            title = Title(row["office"], of, row["label"], tuple(several(row["words"])), row["example"], row["expect"])
            titles[title.office, title.of] = title
    return tuple(titles.values())


def read_standings(paths: Iterable[Path]) -> dict[str, Standing]:
    """Read which word beside a title means somebody else than the holder: "acting", "former", "deputy"."""
    words: dict[str, Standing] = {}
    for path in paths:
        for where, row in rows_of(path, ("word", "standing", "example")):
            known(where, "standing", row["standing"], STANDINGS)
            words[row["word"]] = Standing(row["word"], row["standing"], row["example"])
    return words


def read_offices(
    paths: Iterable[Path],
    actors: Mapping[str, Actor],
    titles: Sequence[Title],
    rows_at: Mapping[str, str],
    articles: Collection[str] = (),
) -> dict[str, Office]:
    """Read the time line of each office, by the CURIE of the office; a later layer replaces it whole. Raises DataError.

    ``rows_at`` tells where the row of each actor stands, ``articles`` the words whose names take "the".
    """
    labels = {(title.office, title.of): title.label for title in titles}
    offices: dict[str, Office] = {}
    for path in paths:
        lines: dict[str, tuple[Actor, list[tuple[str, Membership]]]] = {}
        for where, row in rows_of(path, ("of", "office", "from", "to", "holder", "acting")):
            of = actors.get(f"actor:{row['of']}")
            if of is None:
                raise DataError(f"{where}: unknown actor {row['of']!r}.\nUse the id of a row of actors.csv.")
            label = labels.get((row["office"], of.id)) or labels.get((row["office"], ""))
            if label is None:
                raise DataError(f"{where}: no row of titles.csv tells how {row['office']!r} is called.\nAdd one, or mend the office.")
            office = _office(row["office"], of, label, actors, articles)
            if office.id in actors and actors[office.id] != office:
                raise DataError(f"{rows_at[office.id]}: {office.id} is the office at {where}.\nChoose another id for this actor.")
            lines.setdefault(office.id, (office, []))[1].append((where, _membership(where, row, office, actors, rows_at)))
        for id, (office, rows) in lines.items():
            offices[id] = Office(office, _in_order(rows))
    return offices


def read_articles(path: Path) -> dict[str, str]:
    """Read which words have names take "the", each with an example: "the United Kingdom"."""
    return {row["word"]: row["example"] for _, row in rows_of(path, ("word", "example"))}


def _office(slug: str, of: Actor, label: str, actors: Mapping[str, Actor], articles: Collection[str]) -> Actor:
    """The office itself: a row of actors.csv if it has one, else made of its title and whose office it is."""
    listed = actors.get(f"actor:{slug}")
    if listed is not None and listed.type == "office" and listed.part_of == of.id:
        return listed
    code = of.code + GOVERNMENT if of.type == "state" else of.code
    the = "the " if any(word in articles for word in of.label.split()) else ""
    return Actor(f"{of.id}-{slug}", f"{label} of {the}{of.label}", "office", code, part_of=of.id)


def _membership(where: str, row: Mapping[str, str], office: Actor, actors: Mapping[str, Actor], rows_at: Mapping[str, str]) -> Membership:
    """Check one row of offices.csv. Raises DataError."""
    holder = f"actor:{row['holder']}" if row["holder"] else ""
    if holder in actors and actors[holder].type != "person":
        raise DataError(
            f"{where}: no person {row['holder']!r}, but of type {actors[holder].type} at {rows_at[holder]}.\nMend the holder, or that type."
        )
    if holder and holder not in actors:
        raise DataError(f"{where}: no person {row['holder']!r}.\nAdd a row of type person to actors.csv, or mend the holder.")
    _check_dates(where, row)
    if row["acting"] not in ("", "yes"):
        raise DataError(f"{where}: unknown acting {row['acting']!r}.\nWrite yes, or nothing.")
    if not row["from"]:
        raise DataError(f"{where}: nothing in the column from.\nWrite the first day, or its month or year.")
    return Membership(office.id, holder, row["from"], row["to"], row["acting"] == "yes")


def _check_dates(where: str, row: Mapping[str, str]) -> None:
    for column in ("from", "to"):
        if row[column] and not (DATE.fullmatch(row[column]) and span(row[column])[0]):
            raise DataError(f"{where}: {row[column]!r} in the column {column} is no date.\nWrite YYYY-MM-DD, YYYY-MM or YYYY.")
    if row["from"] and row["to"] and span(row["from"])[0] > span(row["to"])[1]:
        raise DataError(f"{where}: it ends ({row['to']}) before it begins ({row['from']}).\nMend one of the dates.")


def _in_order(rows: Sequence[tuple[str, Membership]]) -> tuple[Membership, ...]:
    """Put the holders of an office in order of time; two at once are an error, but for one who acts for another."""
    ordered = sorted(rows, key=lambda row: middle(row[1].start) + middle(row[1].end or OPEN))
    for acting in (False, True):
        line = [row for row in ordered if row[1].acting is acting]
        for (_, before), (where, after) in pairwise(line):
            if not before.end:
                advice = f"Fill to in the row of {before.holder or VACANT}, which is open."
            elif span(before.end)[0] > span(after.start)[1]:
                advice = "Mend one of the dates."
            else:
                continue
            said = f"{after.holder or VACANT} begins ({after.start}) before {before.holder or VACANT} ends ({before.end or 'open'})"
            raise DataError(f"{where}: {said}.\n{advice}")
    return tuple(membership for _, membership in ordered)


def middle(date: str) -> int:
    """The middle of a day, month or year, as a number of days: by it terms that are known to the year only stand in order."""
    first, last = span(date)
    return day.fromisoformat(first).toordinal() + day.fromisoformat(last).toordinal()


def read_codes(paths: Iterable[Path], actors: Mapping[str, Actor]) -> dict[str, tuple[Coded, ...]]:
    """Read what code somebody had when; the rows of a later layer for an actor replace those before. Raises DataError."""
    codes: dict[str, tuple[Coded, ...]] = {}
    for path in paths:
        here: dict[str, list[Coded]] = {}
        for where, row in rows_of(path, ("actor", "code", "from", "to")):
            if f"actor:{row['actor']}" not in actors:
                raise DataError(f"{where}: unknown actor {row['actor']!r}.\nUse the id of a row of actors.csv.")
            if not row["code"]:
                raise DataError(f"{where}: no code.\nWrite it as in actors.csv.")
            _check_dates(where, row)
            here.setdefault(f"actor:{row['actor']}", []).append(Coded(row["code"], row["from"], row["to"]))
        codes |= {id: tuple(rows) for id, rows in here.items()}
    return codes


def with_standings(offices: Mapping[str, Office]) -> dict[str, Office]:
    """Add to each office those that stand beside it: "the acting president", "the president-elect"."""
    beside = (
        Office(
            replace(office.actor, id=f"{office.actor.id}-{standing}", label=f"{office.actor.label} ({standing})"),
            office.memberships,
            standing,
        )
        for office in offices.values()
        for standing in (ACTING, ELECT)
    )
    return {**offices, **{office.actor.id: office for office in beside}}


def held_by(offices: Mapping[str, Office]) -> dict[str, tuple[Office, ...]]:
    """The offices that each person ever held."""
    held: dict[str, dict[str, Office]] = {}
    for id, office in offices.items():
        for row in office.memberships if not office.standing else ():
            held.setdefault(row.holder, {})[id] = office
    return {person: tuple(found.values()) for person, found in held.items() if person}
