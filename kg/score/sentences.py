"""Reads sentences with the events that people read in them, one JSON object a line.

    {"id": "…", "text": "…", "date": "2024-10-02", "exhaustive": true,
     "events": [{"source": [{"text": "Iran", "code": "IRN"}], "target": [{"text": "Israel"}],
                 "plover": "ASSAULT", "symmetric": false}]}

``plover`` may be null where a person read something that none of the types covers.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as day
from itertools import combinations, product
from pathlib import Path
from typing import Any

from kg.model import DataError
from kg.score.annotations import TYPES
from kg.score.sides import Side

RENAMED: Mapping[str, frozenset[str]] = {
    "DEMAND": frozenset({"REQUEST"}),
    "DISAPPROVE": frozenset({"ACCUSE"}),
    "INVESTIGATE": frozenset({"ACCUSE"}),
    "FIGHT": frozenset({"ASSAULT"}),
    "YIELD": frozenset({"CONCEDE", "RETREAT"}),
}
"""The types that PLOVER had before 2021, and what they became: PLOVER manual, draft 0.8, of 17 September 2021."""

DATE = re.compile(r"\d{4}(-\d\d){0,2}")
FORM = '{"id": "…", "text": "…", "date": "YYYY-MM-DD", "events": [{"source": [{"text": "…", "code": "…"}], "target": […], "plover": "…"}]}'


@dataclass(frozen=True, slots=True)
class Said:
    """One relation that a person read: ``types`` is empty for what no type covers, else one of them is meant.

    If ``mutual``, actor and target may change places.
    """

    actor: Side | None
    target: Side | None
    types: frozenset[str]
    mutual: bool = False

    @property
    def type(self) -> str:
        """The type in words."""
        return " or ".join(sorted(self.types))


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with what people read in it; if it is not ``exhaustive``, it may say more than that."""

    id: str
    text: str
    date: str
    said: tuple[Said, ...]
    exhaustive: bool


def read_marked(path: Path, *, types: Collection[str] = TYPES) -> Iterator[Marked]:
    """Read and check a file of sentences with events; ``types`` are the action types there are. Raises DataError."""
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}.\nName a file of sentences with events, one JSON object a line.") from error
    if not any(map(bytes.strip, lines)):
        raise DataError(f"{path}: there is no sentence in it.\nWrite one JSON object a line: {FORM}")
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _marked(f"{path}:{number}", line, types)


def _marked(where: str, line: bytes, types: Collection[str]) -> Marked:
    """Check one line."""
    try:
        item = json.loads(line.decode("utf-8"))
        text, date = item["text"], item.get("date") or ""
        text.encode("utf-8")
        if date:
            if not DATE.fullmatch(date):
                raise ValueError(f"no day, month or year: {date}")
            day.fromisoformat(f"{date}-01-01"[:10])
        said = tuple(one for event in item["events"] for one in _said(where, event, types))
        return Marked(str(item.get("id") or where), text, date, said, bool(item.get("exhaustive", True)))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DataError(f"{where}: no sentence with its events ({type(error).__name__}: {error}).\nWrite {FORM}") from error


def _said(where: str, event: Mapping[str, Any], types: Collection[str]) -> Iterator[Said]:
    """An event with several actors or targets is a relation for each pair; a mutual one without target, of its actors."""
    actors, targets = _sides(event["source"]), _sides(event["target"])
    name, mutual = event.get("plover"), bool(event.get("symmetric"))
    meant = RENAMED.get(str(name), frozenset({str(name)})) if name else frozenset()
    if not meant <= set(types):
        raise DataError(f"{where}: unknown type {name!r}.\nUse null, or one of: {', '.join(sorted({*types, *RENAMED}))}.")
    pairs = combinations(actors, 2) if mutual and not targets and len(actors) > 1 else product(actors or [None], targets or [None])
    for actor, target in pairs:
        yield Said(actor, target, meant, mutual)


def _sides(given: Sequence[Mapping[str, Any]]) -> list[Side | None]:
    """The sides of an event, without those that tell nothing."""
    sides = [Side(*(str(one.get(key) or "") for key in ("text", "code"))) for one in given]
    return [side for side in sides if side.name or side.code]
