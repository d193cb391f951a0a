"""Decides which versions are one event: exact ones first, each vaguer one joins where exactly one event fits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.dates.spans import span
from kg.events.likeness import Feature, Version, above, days, likeness, rank, score
from kg.model import Decision, Statement
from kg.ontology import ONE, Ontology, bound, lineage

MONTH = 31  # days


@dataclass(frozen=True, slots=True)
class Joined:
    """A version in an event, and why: how like it is to the version ``beside`` it, or what a user decided.

    A ``foreign`` one is there by decision alone, though it is another act, and does not tell what the event is.
    """

    version: Version
    beside: str = ""
    features: tuple[Feature, ...] = ()
    decision: Decision | None = None
    foreign: bool = False


def gathered(statements: Iterable[Statement], ontology: Ontology) -> list[list[Joined]]:
    """Put the versions of a block together that are one event, whatever the order of the statements."""
    events: list[list[Joined]] = []
    by_time: dict[str, set[int]] = {}
    for first, *forced in _units(versions_of(statements, ontology), ontology):
        near = sorted({index for key in _sought(first.version) for index in by_time.get(key, ())})
        fitting = [(index, joined) for index in near if (joined := _joining(first.version, events[index], ontology))]
        if len(fitting) != 1:
            fitting = [(len(events), first)]
            events.append([])
        [(index, joined)] = fitting
        events[index] += [joined, *forced]
        for key in {key for one in (joined, *forced) for key in _seen(one.version)}:
            by_time.setdefault(key, set()).add(index)
    return events


def versions_of(statements: Iterable[Statement], ontology: Ontology) -> list[Version]:
    """Gather statements that are worded alike, the most exact first; a user's veto parts even those."""
    said = sorted(statements, key=in_order)
    worded = {statement.id: _wording(statement, ontology) for statement in said}
    copied = _copied(said, worded, ontology)
    found: dict[tuple[str, ...], list[list[Statement]]] = {}
    for statement in said:
        *words, own = worded[statement.id]
        alike = found.setdefault((*words, copied.get((*words, own), own)), [])
        place = next((one for one in alike if not _vetoed([statement], one, ontology)), None)
        if place is None:
            alike.append([statement])
        else:
            place.append(statement)
    versions = [Version(tuple(one)) for alike in found.values() for one in alike]
    return sorted(versions, key=lambda version: (*_vagueness(version.first, ontology), in_order(version.first)))


def in_order(statement: Statement) -> tuple[str, int, str]:
    """The order in which statements stand in the articles."""
    return statement.evidence.document, statement.evidence.start, statement.id


def _wording(statement: Statement, ontology: Ontology) -> tuple[str, ...]:
    """What statements of one version have in common; one that is too vague to be known again has its article too."""
    sides = [statement.actor_id, statement.target_id]
    if ontology.actions[statement.action].symmetric:
        sides.sort()
    alone = Version((statement,))
    vague = score(likeness(alone, alone, ontology) or ()) < ontology.identity.limit("score")
    own = statement.evidence.document if vague or not statement.when.edtf else ""
    return (*sides, statement.action, statement.when.edtf, statement.place, own)


def _copied(said: Iterable[Statement], worded: Mapping[str, tuple[str, ...]], ontology: Ontology) -> dict[tuple[str, ...], str]:
    """Of wordings that are known again in their own article only: the first article that prints the very sentence, or copies who does."""
    prints: dict[tuple[str, ...], set[str]] = {}
    for statement in said:
        *words, own = worded[statement.id]
        sentence = " ".join(statement.evidence.quote.split())
        if own and sentence.count(" ") >= ontology.identity.limit("sentence") - 1:
            prints.setdefault((*words, sentence), set()).add(own)
    copies: dict[tuple[str, ...], list[set[str]]] = {}
    for (*words, _), documents in prints.items():
        copies.setdefault(tuple(words), []).append(documents)
    return {(*words, document): min(whole) for words, sets in copies.items() for whole in united(sets) for document in whole}


def united(sets: Iterable[set[str]]) -> Iterator[set[str]]:
    """Unite the sets that share anything."""
    whole: list[set[str]] = []
    for names in sets:
        joined = set(names).union(*(other for other in whole if other & names))
        whole = [*(other for other in whole if not other & names), joined]
    yield from whole


def _vagueness(statement: Statement, ontology: Ontology) -> tuple[float, int, int]:
    """How inexact a statement is, by its date, its sides and action, its place."""
    depth = sum(len(names) for names in (lineage(statement.actor, ontology), lineage(statement.target, ontology)))
    return days(statement.when.edtf), -depth - len(above(statement.action, ontology)), -rank(statement.place, ontology)


def _units(versions: Sequence[Version], ontology: Ontology) -> Iterator[list[Joined]]:
    """The versions in order, each with those that a user's decisions bind to it."""
    groups = bound(ontology.identity.decisions)
    names = [{groups[statement.id] for statement in version.statements if statement.id in groups} for version in versions]
    taken: set[int] = set()
    for place, version in enumerate(versions):
        if place in taken:
            continue
        held, unit = set(names[place]), [place]
        while more := [other for other in range(len(versions)) if other not in (*unit, *taken) and names[other] & held] if held else []:
            unit += more
            held.update(*(names[other] for other in more))
        taken.update(unit)
        yield [Joined(version), *(_forced(versions[other], version, ontology) for other in sorted(unit[1:]))]


def _forced(version: Version, first: Version, ontology: Ontology) -> Joined:
    """A version that a decision binds to the first of its event."""
    said = {statement.id for statement in version.statements}
    row = next(row for row in ontology.identity.decisions if row.kind == ONE and said & {row.one, row.other})
    return Joined(version, first.first.id, decision=row, foreign=likeness(first, version, ontology) is None)


def _joining(version: Version, event: Sequence[Joined], ontology: Ontology) -> Joined | None:
    """How a version joins an event, if it fits every version of it and is like one of them; one without a date has its article there."""
    if any(_vetoed(version.statements, joined.version.statements, ontology) for joined in event):
        return None
    if not version.first.when.edtf and not any(version.documents & joined.version.documents for joined in event):
        return None
    best: tuple[float, Joined] | None = None
    for joined in event:
        features = None if joined.foreign else likeness(version, joined.version, ontology)
        if features is None and not joined.foreign:
            return None
        if features and (best is None or score(features) > best[0]):
            best = score(features), Joined(version, joined.version.first.id, features)
    return best[1] if best and best[0] >= ontology.identity.limit("score") else None


def _vetoed(some: Iterable[Statement], others: Iterable[Statement], ontology: Ontology) -> bool:
    """Tell whether a user has parted any of these statements from any of those."""
    vetoes = ontology.identity.vetoes
    return bool(vetoes) and any(frozenset({one.id, other.id}) in vetoes for one in some for other in others)


def _seen(version: Version) -> set[str]:
    """Under which days, months and articles an event with this version is found."""
    first, last = span(version.first.when.edtf)
    if not first:
        return _articles(version)
    known = _articles(version) | set(_months(first, last))
    return known | (set(_days(first, last)) if _short(version) else {f"wide {month}" for month in _months(first, last)})


def _sought(version: Version) -> set[str]:
    """Where to look for events that a version may be of: at its days; of a long time at its months; without a date at its articles."""
    first, last = span(version.first.when.edtf)
    if not first:
        return _articles(version)
    if not _short(version):
        return set(_months(first, last))
    return {*_days(first, last), *(f"wide {month}" for month in _months(first, last))}


def _short(version: Version) -> bool:
    return days(version.first.when.edtf) <= MONTH


def _days(first: str, last: str) -> Iterator[str]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return ((start + timedelta(days=number)).isoformat() for number in range((end - start).days + 1))


def _months(first: str, last: str) -> Iterator[str]:
    begin, end = (int(day[:4]) * 12 + int(day[5:7]) - 1 for day in (first, last))
    return (f"{month // 12}-{month % 12 + 1:02}" for month in range(begin, end + 1))


def _articles(version: Version) -> set[str]:
    return {f"in {document}" for document in version.documents}
