"""Who is meant on both sides: actors are compared by identifier, by code or by name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LAND = 3  # letters of a code that tell the state, or the kind of an actor that belongs to none
NO_LAND = "---"
KINDS = frozenset({"IGO", "IMG", "MNC", "NGM", "NGO"})  # of which there are many: three more letters tell which
SMALL = frozenset({"a", "an", "the", "of", "and", "in", "for", "on", "at", "to", "s", "its", "their", "his", "her"})


@dataclass(frozen=True, slots=True)
class Side:
    """An actor as named or coded; what is unknown is empty. ``id`` has no prefix."""

    name: str
    code: str = ""
    id: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.code})" if self.name and self.code else self.name or self.code or self.id


def side_of(row: Mapping[str, Any], end: str) -> Side | None:
    """The actor or target of a row of the statements table."""
    id, name, code = (str(row.get(column) or "") for column in (end, f"{end}_label", f"{end}_code"))
    return Side(name, code, id.removeprefix("actor:")) if id else None


def same(one: Side | None, other: Side | None) -> bool:
    """Tell whether both are the same actor: by identifier, else by code, else by most words of the name.

    >>> same(Side("the Iranian army", "IRN"), Side("Iran", "IRN")), same(Side("", "IGOUNO"), Side("", "IGOEUR"))
    (True, False)
    >>> same(Side("the Green Party of Wales"), Side("Green Party", "GBROPP"))
    True
    """
    if one is None or other is None:
        return False
    if one.id and other.id:
        return one.id == other.id
    if _landed(one) and _landed(other):
        return _same_code(one.code, other.code)
    if one.code and one.code == other.code:
        return True
    return _same_name(one.name, other.name)


def key(side: Side | None) -> str:
    """What makes two mentions of a sentence one side."""
    return (side.id or side.code or side.name.casefold()) if side else ""


def _landed(side: Side) -> bool:
    return bool(side.code) and not side.code.startswith(NO_LAND)


def _same_code(one: str, other: str) -> bool:
    if one[:LAND] in KINDS and len(one) > LAND and len(other) > LAND:
        return one[: 2 * LAND] == other[: 2 * LAND]
    return one[:LAND] == other[:LAND]


def _same_name(one: str, other: str) -> bool:
    """Tell whether more than half of the words of the shorter name stand in the longer one."""
    ours, theirs = _words(one), _words(other)
    return 2 * len(ours & theirs) > min(len(ours), len(theirs))


def _words(name: str) -> frozenset[str]:
    """The words that tell, without the s of plurals and owners."""
    return frozenset(word.removesuffix("s") for word in re.findall(r"\w+", name.casefold()) if word not in SMALL)
