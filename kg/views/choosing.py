"""What goes onto the page: a page that everybody can open holds some two thousand events.

Of a small graph that is everything. Of a large one it is the strongest actors and the ties
between them, each with the events that most statements speak of, as many as the tie
is strong: places are dealt to ties as seats are in a parliament, so that the picture
keeps its proportions. The totals of the whole graph go along, so that the page can say
what it leaves out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Event, Modality

MOST_EVENTS = 2000
MOST_ACTORS = 300
MOST_TIES = 2000

Tie = tuple[str, str]
Group = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class Outline:
    """What choosing must know of an event: ids as strings, empty where unknown; ``statements`` is how many speak of it."""

    id: str
    actor: str
    target: str
    action: str
    date: str
    modality: str
    statements: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The whole graph: its events, and how many are asserted or undated; its actors; its ties, one for each direction."""

    events: int
    actors: int
    ties: int
    asserted: int
    undated: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """The ids of the events that go onto the page, sorted, and how much there is in all."""

    events: tuple[str, ...]
    totals: Totals

    @property
    def whole(self) -> bool:
        """Whether the page holds everything."""
        return len(self.events) == self.totals.events


def outline(event: Event) -> Outline:
    """Say of an event what choosing must know."""
    actor, target = event.actor.id if event.actor else "", event.target.id if event.target else ""
    return Outline(event.id, actor, target, event.action, event.date, event.modality, len(event.statements))


def choose(outlines: Iterable[Outline], *, events: int = MOST_EVENTS, actors: int = MOST_ACTORS, ties: int = MOST_TIES) -> Chosen:
    """Choose at most so many events, actors and ties; what comes out depends on the set of outlines alone.

    >>> choose([Outline("event:1", "actor:a", "actor:b", "action:meet", "2031", "asserted", 1)]).totals
    Totals(events=1, actors=2, ties=1, asserted=1, undated=0)
    """
    groups = _groups(outlines)
    facts, said = Counter[Tie](), Counter[Tie]()
    for (actor, target, asserted), group in groups.items():
        said[actor, target] += len(group)
        facts[actor, target] += len(group) if asserted else 0
    between = [tie for tie in said if tie[0] and tie[1]]
    parties = {actor for tie in said for actor in tie if actor}
    undated = sum(not one.date for group in groups.values() for one in group)
    totals = Totals(said.total(), len(parties), len(between), facts.total(), undated)
    if totals.events > events or totals.actors > actors or totals.ties > ties:
        strong = _strongest_actors(parties, facts, said, actors)
        strong_ties = _strongest_ties((tie for tie in between if strong.issuperset(tie)), facts, said, ties)
        kept = strong_ties | {tie for tie in said if not (tie[0] and tie[1]) and strong.issuperset(filter(None, tie))}
        found = _dealt([group for group in groups.items() if group[0][:2] in kept], events)
    else:
        found = [one.id for group in groups.values() for one in group]
    return Chosen(tuple(sorted(found)), totals)


def _groups(outlines: Iterable[Outline]) -> dict[Group, list[Outline]]:
    """Put together what one did to another: what is asserted, and what is not."""
    groups: defaultdict[Group, list[Outline]] = defaultdict(list)
    for one in outlines:
        groups[one.actor, one.target, one.modality == Modality.ASSERTED].append(one)
    return groups


def _strongest_actors(parties: Iterable[str], facts: Counter[Tie], said: Counter[Tie], most: int) -> set[str]:
    """Rank actors by the asserted events they have with others, then by all events."""
    strength: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for tie, count in said.items():
        for actor in set(tie):
            every[actor] += count
            if tie[0] and tie[1] and tie[0] != tie[1]:
                strength[actor] += facts[tie]
    return set(sorted(parties, key=lambda actor: (-strength[actor], -every[actor], actor))[:most])


def _strongest_ties(between: Iterable[Tie], facts: Counter[Tie], said: Counter[Tie], most: int) -> set[Tie]:
    return set(sorted(between, key=lambda tie: (-facts[tie], -said[tie], tie))[:most])


def _dealt(groups: Iterable[tuple[Group, list[Outline]]], most: int) -> list[str]:
    """Deal places out: one for every actor, then to ties, where each next event counts less by the quotients of Sainte-Laguë."""
    quotients = []
    for (actor, target, _), group in groups:
        ranked = sorted((-one.statements, not one.date, one.id) for one in group)
        size = -len(group)
        quotients += [(size / (2 * place + 1), *rank, actor, target) for place, rank in enumerate(ranked)]
    quotients.sort()
    seen = {""}
    first = []
    for *_, id, actor, target in quotients:
        if actor not in seen or target not in seen:
            seen.update((actor, target))
            first.append(id)
    firsts = set(first)
    return [*first, *(id for *_, id, _, _ in quotients if id not in firsts)][:most]
