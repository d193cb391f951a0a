"""Writes our tables as dictionaries of PETRARCH and Phoenix: names in capitals, with blanks that must be there.

What was imported comes back the same. What the format has no place for is lost: the kind of an actor, whom it
belongs to and its item of Wikidata, which words are adjectives or seats, names in other languages, dates that
are no days (a month becomes its first or last day), and everything about offices.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from itertools import groupby

from kg.dictionaries.letters import as_theirs
from kg.dictionaries.phoenix import PHRASE
from kg.dictionaries.tables import ActorRow, CodeRow, Tables
from kg.model import Problem
from kg.ontology import several

CODELESS = "no code"
SHOWN = 3  # of what is left out
Left = dict[str, list[str]]
"""Why something is left out, and what."""


def actors_as_phoenix(tables: Tables) -> tuple[str, tuple[Problem, ...]]:
    """The dictionary of actors, states first, and what could not be written."""
    left: Left = {}
    owners: dict[str, str] = {}
    codes = {actor: tuple(rows) for actor, rows in groupby(tables.codes, key=lambda row: row.actor)}
    ordered = sorted(tables.actors, key=lambda row: (row.type != "state", row.id))
    blocks = [_block(row, codes.get(row.id, ()), owners, left) for row in ordered]
    return "\n".join(filter(None, blocks)), _told("actors.csv", left)


def agents_as_phoenix(tables: Tables) -> tuple[str, tuple[Problem, ...]]:
    """The dictionary of agents, and what could not be written; plurals are left to be formed."""
    lines = [f"{_phrase(row.word)} [~{row.code}]\n" for row in tables.roles if row.code]
    codeless = [row.word for row in tables.roles if not row.code]
    return "".join(lines), _told("roles.csv", {CODELESS: codeless} if codeless else {})


def _told(where: str, left: Left) -> tuple[Problem, ...]:
    """What was left out, one line for each reason.

    >>> _told("roles.csv", {CODELESS: ["aide", "beggar", "clerk", "dean"]})[0].reason
    'no code; 4 left out: aide, beggar, clerk, …'
    """
    return tuple(
        Problem(where, f"{reason}; {len(names)} left out: {', '.join([*names[:SHOWN], *(['…'] if names[SHOWN:] else [])])}")
        for reason, names in left.items()
    )


def _block(row: ActorRow, codes: Sequence[CodeRow], owners: dict[str, str], left: Left) -> str:
    """The lines of an actor: its label with its code, other names, and dated codes."""
    if not row.code and not codes:
        left.setdefault(CODELESS, []).append(row.id)
        return ""
    phrases = list(_phrases(row, owners, left))
    if not phrases:
        return ""
    code = next((one.code for one in codes if not one.start and not one.end), row.code)
    first = f"{phrases[0]} [{as_theirs(code)}]" if code else phrases[0]
    dated = [f"\t[{as_theirs(one.code)} {_bounds(one)}]" for one in codes if one.start or one.end]
    return "\n".join((first, *(f"+{phrase}" for phrase in phrases[1:]), *dated, ""))


def _phrases(row: ActorRow, owners: dict[str, str], left: Left) -> Iterator[str]:
    """The names of an actor, each once and none that is another's."""
    foreign = {name.rpartition("@")[0] for name in several(row.names) if "@" in name}
    for name in row.every_name:
        phrase = _phrase(name)
        if name in foreign or owners.get(phrase) == row.id:
            continue
        if not PHRASE.fullmatch(name) or "(" in name or not any(letter.isalpha() for letter in name):
            left.setdefault("signs that a dictionary cannot hold", []).append(f"{name!r} of {row.id}")
        elif phrase in owners:
            left.setdefault("in capitals the name of another", []).append(f"{name!r} of {row.id}, which is {owners[phrase]}")
        else:
            owners[phrase] = row.id
            yield phrase


def _phrase(name: str) -> str:
    """A name as dictionaries write it.

    >>> _phrase("Prince of Great Barrow")
    'PRINCE_OF_GREAT_BARROW_'
    """
    return f"{name.upper().replace(' ', '_')}_"


def _bounds(row: CodeRow) -> str:
    """The dates of a code, as days.

    >>> _bounds(CodeRow("x", "GBW", "2001-02", "2004")), _bounds(CodeRow("x", "GBW", "", "2004-02"))
    ('20010201-20041231', '<20040229')
    """
    first = (row.start + "-01-01"[len(row.start) - 4 :]).replace("-", "") if row.start else ""
    if not row.end:
        return f">{first}"
    year, month, day = (*row.end.split("-"), "", "")[:3]
    month = month or "12"
    last = f"{year}{month}{day or monthrange(int(year), int(month))[1]:0>2}"
    return f"{first}-{last}" if first else f"<{last}"
