"""Compares what was read in sentences with the relations that people read in them: pair, type and triple.

Only relations with both sides are pairs and triples. Left out of what was read, as neither right nor wrong, is
what agrees with a relation of which one side or the type is unknown, and the reverse of a mutual relation.
Where people read one relation only of a sentence, what else was read may be right: precision is a lower bound there.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.model import Modality, Sentence
from kg.score import Row, Score
from kg.score.pairing import pair_off
from kg.score.sentences import Said
from kg.score.sides import Side, key, same, side_of


@dataclass(frozen=True, slots=True)
class Read:
    """What a rule read in a sentence."""

    actor: Side | None
    target: Side | None
    type: str
    modality: str
    rule: str
    trigger: str

    @property
    def asserted(self) -> bool:
        """Whether it is read as a fact."""
        return self.modality == Modality.ASSERTED


Relation = TypeVar("Relation", Read, Said)


@dataclass(frozen=True, slots=True)
class Case:
    """A text with what was said and what was read in it; ``sentences`` are its parse."""

    id: str
    text: str
    sentences: tuple[Sentence, ...]
    said: tuple[Said, ...]
    read: tuple[Read, ...]
    exhaustive: bool = True


@dataclass(frozen=True, slots=True)
class Matched:
    """Which of ``read`` agrees with which of ``said``, by position; ``spared`` of ``read`` are neither right nor wrong."""

    read: tuple[Read, ...]
    said: tuple[Said, ...]
    right: dict[int, int]
    spared: frozenset[int]

    @property
    def false(self) -> list[int]:
        """The positions of what was read falsely."""
        return [index for index in range(len(self.read)) if index not in self.right and index not in self.spared]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``measures`` are pair, type and triple; ``types`` and ``rules`` count triples.

    ``typed`` counts the pairs that agree: ``right`` are those whose type agrees too.
    """

    measures: dict[str, Score]
    types: dict[str, Score]
    rules: dict[str, Score]
    typed: Score


def read_of(row: Row) -> Read:
    """Take from a row of the statements table what is compared."""
    sides = side_of(row, "actor"), side_of(row, "target")
    return Read(*sides, row["action_type"], row["modality"], row.get("rule") or "", row.get("trigger") or "")


def pairs_agree(read: Read, said: Said) -> bool:
    """Tell whether both speak of the same actor and target."""
    straight = same(read.actor, said.actor) and same(read.target, said.target)
    return straight or (said.mutual and exchanged(read, said))


def exchanged(read: Read, said: Said) -> bool:
    """Tell whether the actor of one is the target of the other."""
    return same(read.actor, said.target) and same(read.target, said.actor)


def compare(cases: Iterable[Case]) -> Comparison:
    """Compare all cases and count."""
    counts: dict[tuple[str, str], list[int]] = {}

    def count(table: str, name: str, right: int, read: int, said: int) -> None:
        before = counts.get((table, name), [0, 0, 0])
        counts[table, name] = [old + new for old, new in zip(before, (right, read, said), strict=True)]

    for case in cases:
        pair, triple = pairs(case), triples(case)
        for name, one in (("pair", pair), ("type", types(case)), ("triple", triple)):
            count("measures", name, len(one.right), len(one.right) + len(one.false), len(one.said))
        for read, said in pair.right.items():
            if pair.said[said].types:
                count("typed", "", _same_type(case, pair.read[read], pair.said[said]), 1, 1)
        for index in (*triple.right, *triple.false):
            right = index in triple.right
            count("types", triple.said[triple.right[index]].type if right else triple.read[index].type, right, 1, 0)
            count("rules", triple.read[index].rule, right, 1, 0)
        for unmatched in triple.said:
            count("types", unmatched.type, 0, 0, 1)

    def table(wanted: str) -> dict[str, Score]:
        return {name: Score(right, right, read, said) for (kind, name), (right, read, said) in sorted(counts.items()) if kind == wanted}

    nothing = Score(0, 0, 0, 0)
    measures = {name: table("measures").get(name, nothing) for name in ("pair", "type", "triple")}
    return Comparison(measures, table("types"), table("rules"), table("typed").get("", nothing))


def pairs(case: Case) -> Matched:
    """Match actors and targets, whatever the type; those whose type agrees are preferred."""
    read = _once(_whole(facts(case)), _ends)
    said = _once(_whole(case.said), _ends)
    alike = _edges(read, said, lambda one, other: pairs_agree(one, other) and _same_type(case, one, other))
    right = pair_off(_edges(read, said, pairs_agree), pair_off(alike))
    return Matched(read, said, right, _spared(case, read, typed=False))


def triples(case: Case) -> Matched:
    """Match actors, targets and types."""
    read = _once(_whole(facts(case)), lambda one: (*_ends(one), one.type))
    said = _once(_whole(one for one in case.said if one.types), lambda one: (*_ends(one), one.type))
    right = pair_off(_edges(read, said, lambda one, other: pairs_agree(one, other) and one.type in other.types))
    return Matched(read, said, right, _spared(case, read, typed=True))


def types(case: Case) -> Matched:
    """Match the types alone, of one-sided relations too."""
    told = facts(case)
    unknown = _spared(case, told, typed=True)
    counted = {one.type for index, one in enumerate(told) if index not in unknown}
    read = _once(told, lambda one: one.type)
    said = _once((one for one in case.said if one.types), lambda one: one.type)
    spared = frozenset(index for index, one in enumerate(read) if one.type not in counted)
    return Matched(read, said, pair_off(_edges(read, said, lambda one, other: one.type in other.types)), spared)


def facts(case: Case) -> tuple[Read, ...]:
    """What is read as a fact."""
    return tuple(one for one in case.read if one.asserted)


def sided(read: Read, said: Said) -> bool:
    """Tell whether a relation of which one side is unknown agrees with what was read on the other."""
    if said.actor is None:
        return said.target is not None and same(read.target, said.target)
    return said.target is None and same(read.actor, said.actor)


def _spared(case: Case, read: Sequence[Read], *, typed: bool) -> frozenset[int]:
    """What is neither right nor wrong, unless it agrees; with ``typed``, types are compared too."""

    def unknown(one: Read, said: Said) -> bool:
        if said.mutual and exchanged(one, said):
            return True
        return sided(one, said) or (typed and not said.types and pairs_agree(one, said))

    return frozenset(index for index, one in enumerate(read) if any(unknown(one, said) for said in case.said))


def _same_type(case: Case, read: Read, said: Said) -> bool:
    """Tell whether any type read of this pair is any of those said of it."""
    told = {one.type for one in facts(case) if _ends(one) == _ends(read)}
    return any(told & one.types for one in case.said if _ends(one) == _ends(said))


def _ends(one: Read | Said) -> tuple[str, str]:
    return key(one.actor), key(one.target)


def _whole(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Those that have both sides."""
    return tuple(one for one in relations if one.actor and one.target)


def _once(relations: Iterable[Relation], by: Callable[[Relation], Hashable]) -> tuple[Relation, ...]:
    """Leave out what says the same again."""
    first: dict[Hashable, Relation] = {}
    for one in relations:
        first.setdefault(by(one), one)
    return tuple(first.values())


def _edges(read: Sequence[Read], said: Sequence[Said], agree: Callable[[Read, Said], bool]) -> list[list[int]]:
    return [[place for place, other in enumerate(said) if agree(one, other)] for one in read]


def lines(found: Comparison) -> Iterator[str]:
    """The comparison as tab-separated lines: measures, then action types, then rules by their false readings."""
    yield "\t".join(("measure", "precision", "recall", "F1", "right", "read", "said"))
    for name, one in [*found.measures.items(), *found.types.items()]:
        figures = (f"{figure:.2f}" for figure in (one.precision(), one.recall(), one.f1()))
        yield "\t".join((name, *figures, *map(str, (one.right, one.read, one.said))))
    yield ""
    yield "\t".join(("type given the pair", f"{found.typed.precision():.2f}", str(found.typed.right), str(found.typed.read)))
    yield ""
    yield "\t".join(("rule", "precision", "right", "read"))
    for name, one in sorted(found.rules.items(), key=lambda item: (item[1].right - item[1].read, item[0])):
        yield "\t".join((name, f"{one.precision():.2f}", str(one.right), str(one.read)))
