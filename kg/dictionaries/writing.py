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
from kg.dictionaries.tables import ActorRow, CodeRow, RoleRow, Tables
from kg.model import Problem
from kg.ontology import several


def actors_as_phoenix(tables: Tables) -> tuple[str, tuple[Problem, ...]]:
    """The dictionary of actors, states first, and what could not be written."""
    problems: list[Problem] = []
    owners: dict[str, str] = {}
    codes = {actor: tuple(rows) for actor, rows in groupby(tables.codes, key=lambda row: row.actor)}
    ordered = sorted(tables.actors, key=lambda row: (row.type != "state", row.id))
    blocks = [_block(row, codes.get(row.id, ()), owners, problems) for row in ordered]
    return "\n".join(filter(None, blocks)), tuple(problems)


def agents_as_phoenix(tables: Tables) -> tuple[str, tuple[Problem, ...]]:
    """The dictionary of agents, and what could not be written; plurals are left to be formed."""
    problems: list[Problem] = []
    lines = [f"{phrase} [~{row.code}]\n" for row in tables.roles if (phrase := _agent(row, problems))]
    return "".join(lines), tuple(problems)


def _agent(row: RoleRow, problems: list[Problem]) -> str:
    """The phrase of an agent."""
    if not row.code:
        problems.append(Problem("roles.csv", f"{row.word!r} has no code; left out."))
        return ""
    return _phrase(row.word)


def _block(row: ActorRow, codes: Sequence[CodeRow], owners: dict[str, str], problems: list[Problem]) -> str:
    """The lines of an actor: its label with its code, other names, and dated codes."""
    if not row.code and not codes:
        problems.append(Problem("actors.csv", f"{row.id} has no code; left out."))
        return ""
    phrases = list(_phrases(row, owners, problems))
    if not phrases:
        return ""
    code = next((one.code for one in codes if not one.start and not one.end), row.code)
    first = f"{phrases[0]} [{as_theirs(code)}]" if code else phrases[0]
    dated = [f"\t[{as_theirs(one.code)} {_bounds(one)}]" for one in codes if one.start or one.end]
    return "\n".join((first, *(f"+{phrase}" for phrase in phrases[1:]), *dated, ""))


def _phrases(row: ActorRow, owners: dict[str, str], problems: list[Problem]) -> Iterator[str]:
    """The names of an actor, each once and none that is another's."""
    foreign = {name.rpartition("@")[0] for name in several(row.names) if "@" in name}
    for name in row.every_name:
        phrase = _phrase(name)
        if name in foreign or owners.get(phrase) == row.id:
            continue
        if not PHRASE.fullmatch(name) or "(" in name or not any(letter.isalpha() for letter in name):
            problems.append(Problem("actors.csv", f"{row.id}: {name!r} has signs that a dictionary cannot hold; left out."))
        elif phrase in owners:
            problems.append(Problem("actors.csv", f"{row.id}: in capitals {name!r} is a name of {owners[phrase]}; left out."))
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
