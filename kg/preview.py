"""Shows what another table would change: the statements and events that come, go or become others, with their sentences.

Two builds of the same articles are compared, with the tables as they were and as they would be; nothing is kept.
"""

import io
import shutil
import subprocess
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.build import Graph
from kg.model import DataError, Event, Statement
from kg.tables import Row, event_row, statement_row

RULES = "mappings/rules.csv"
ALIKE = 2
"""So many of actor, action, target and trigger two readings of one sentence must share to be one that changed."""
APART = {
    "id",
    "event",
    "document",
    "start",
    "end",
    "sentence",
    "parties",
    "statements",
    "documents",
    "action_label",
    "action_type",
    "cameo",
}
INDENT = "    "


@dataclass(frozen=True)
class Difference:
    """What differs: readings and events before and after; one of the two is None where something comes or goes."""

    statements: tuple[tuple[Statement | None, Statement | None], ...]
    events: tuple[tuple[Event | None, Event | None], ...]


def with_rules(folder: Path, rules: Path, into: Path) -> Path:
    """Copy the hand-written files with another table of rules in its place."""
    shutil.copytree(folder, into)
    try:
        (into / RULES).write_bytes(rules.read_bytes())
    except OSError as error:
        raise DataError(f"{rules}: {error.strerror}.\nName a table of rules, with the columns of rules.csv.") from error
    return into


def at_revision(folder: Path, revision: str, into: Path) -> Path:
    """Copy the hand-written files as they stood in a revision of git. Raises DataError."""
    if not revision or revision.startswith("-"):
        raise DataError(f"{revision!r} is no revision.\nName a commit, a branch or a tag.")
    done = subprocess.run(["git", "-C", str(folder), "archive", "--format=tar", revision], capture_output=True, check=False)
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().splitlines()[:1]
        raise DataError(f"{revision}: git cannot show the tables ({''.join(reason)}).\nName a commit, a branch or a tag.")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(into, filter="data")
    return into


def difference(before: Graph, after: Graph) -> Difference:
    """Compare two graphs of the same articles."""
    old, new = ({one.id: one for one in graph.statements} for graph in (before, after))
    gone = [one for id, one in old.items() if new.get(id) != one]
    come = [one for id, one in new.items() if old.get(id) != one]
    happened, happens = ({event.id: event for event in graph.events} for graph in (before, after))
    ended = [event for id, event in happened.items() if happens.get(id) != event]
    begun = [event for id, event in happens.items() if happened.get(id) != event]
    return Difference(tuple(_paired(gone, come)), tuple(_matched(ended, begun)))


def _matched(ended: Sequence[Event], begun: Sequence[Event]) -> Iterator[tuple[Event | None, Event | None]]:
    """Events of one name, or else that rest on a sentence in common, are one that changed."""
    others = sorted(begun, key=lambda event: event.id)
    for event in sorted(ended, key=lambda event: event.id):
        places = {_place(one) for one in event.statements}
        same = next((other for other in others if other.id == event.id), None)
        near = same or next((other for other in others if not places.isdisjoint(map(_place, other.statements))), None)
        if near is not None:
            others.remove(near)
        yield event, near
    yield from ((None, event) for event in others)


def _paired(gone: Sequence[Statement], come: Sequence[Statement]) -> Iterator[tuple[Statement | None, Statement | None]]:
    """Readings of one sentence that are alike are one that changed; sentence by sentence."""
    places = sorted({_place(one) for one in (*gone, *come)})
    before, after = _by_place(gone), _by_place(come)
    for place in places:
        left, right = list(before.get(place, ())), list(after.get(place, ()))
        for likeness in (4, 3, ALIKE):
            for one in list(left):
                other = next((two for two in right if _likeness(one, two) >= likeness), None)
                if other is not None:
                    left.remove(one)
                    right.remove(other)
                    yield one, other
        yield from ((one, None) for one in left)
        yield from ((None, one) for one in right)


def _place(one: Statement) -> tuple[str, int, int]:
    return one.evidence.document, one.evidence.start, one.evidence.end


def _by_place(statements: Iterable[Statement]) -> dict[tuple[str, int, int], list[Statement]]:
    found: dict[tuple[str, int, int], list[Statement]] = {}
    for one in sorted(statements, key=lambda one: one.id):
        found.setdefault(_place(one), []).append(one)
    return found


def _likeness(one: Statement, other: Statement) -> int:
    told, again = ((said.actor_id, said.action, said.target_id, said.evidence.trigger) for said in (one, other))
    return sum(a == b for a, b in zip(told, again, strict=True))


def lines(found: Difference, before: Graph, after: Graph) -> Iterator[str]:
    """Tell it: "+" comes, "-" goes, "~" becomes another, with what is different and the sentence."""
    for old, new in found.statements:
        rows = (_row(old, before), _row(new, after))
        one = rows[1] or rows[0] or {}
        yield "\t".join((_sign(*rows), "statement", *_told(one), f"rule {one['rule']} on “{one['trigger']}”"))
        yield from _changes(*rows)
        yield f"{INDENT}“{one['sentence']}” {one['document']}:{one['start']}"
    for was, now in found.events:
        rows = (_row(was, before), _row(now, after))
        one = rows[1] or rows[0] or {}
        yield "\t".join((_sign(*rows), "event", *_told(one), str(one["id"])))
        yield from _changes(*rows)
        sentences = {said.evidence.quote: None for event in (was, now) if event for said in event.statements}
        yield from (f"{INDENT}“{sentence}”" for sentence in sentences)


def _row(told: Statement | Event | None, graph: Graph) -> Row | None:
    actions = graph.ontology.actions
    return event_row(told, actions) if isinstance(told, Event) else statement_row(told, "", actions) if told else None


def _sign(old: object, new: object) -> str:
    return "+" if old is None else "-" if new is None else "~"


def _told(row: Row) -> tuple[str, ...]:
    sides = f"{row['actor_label'] or '?'} > {row['target_label'] or '?'}"
    return row["date"] or "no date", sides, row["action"], row["modality"]


def _changes(old: Row | None, new: Row | None) -> Iterator[str]:
    """What of it is different."""
    for column in old or ():
        if old and new and column not in APART and old[column] != new[column]:
            yield f"{INDENT}{column}: {old[column] or 'nothing'} -> {new[column] or 'nothing'}"


def counts(found: Difference) -> list[str]:
    """How much there is of each, in words."""
    return [
        f"{name}: {sum(old is None for old, _ in pairs)} added, {sum(new is None for _, new in pairs)} removed, "
        f"{sum(None not in pair for pair in pairs)} changed"
        for name, pairs in (("statements", found.statements), ("events", found.events))
    ]
