"""Gathers what was missed and what was read falsely, with the first reason that holds, for people who mend the tables."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.model import Sentence
from kg.score.relations import Case, Read, exchanged, facts, pairs_agree, sided, triples
from kg.score.sentences import Said
from kg.score.sides import same
from kg.statements.trace import Attempt, Result

GROUPINGS = ("action", "phenomenon", "rule")
NOBODY = NOTHING = "-"
Trace = Callable[[Sentence], Sequence[Attempt]]
Conllu = Callable[[Sentence], str]


class Phenomenon(StrEnum):
    """What went wrong: the first that holds of these."""

    NOT_ASSERTED = "read, but not as a fact"
    OTHER_TYPE = "other type"
    EXCHANGED = "actor and target exchanged"
    OTHER_ACTOR = "actor is somebody else"
    OTHER_TARGET = "target is somebody else"
    NO_ACTOR = "trigger but no actor"
    NO_TARGET = "trigger but no target"
    NO_SIDE = "trigger but neither actor nor target"
    OTHER_KIND = "trigger but the clause beneath is of another kind"
    ITSELF = "trigger but the target is the actor itself"
    USED = "trigger used up by another rule"
    HIDDEN = "trigger hidden by a longer one"
    ELSEWHERE = "same type, but of others"
    OTHER_POS = "trigger as another part of speech"
    PART = "only a part of a trigger"
    NO_TRIGGER = "no trigger"
    TOO_MUCH = "read though not said"
    BESIDES = "read besides the one relation that was annotated"


BY_RESULT: Mapping[Result, Phenomenon] = {
    Result.READ: Phenomenon.ELSEWHERE,
    Result.USED: Phenomenon.USED,
    Result.HIDDEN: Phenomenon.HIDDEN,
    Result.OTHER_KIND: Phenomenon.OTHER_KIND,
    Result.ITSELF: Phenomenon.ITSELF,
    Result.NO_TARGET: Phenomenon.NO_TARGET,
    Result.NO_ACTOR: Phenomenon.NO_ACTOR,
    Result.NO_SIDE: Phenomenon.NO_SIDE,
    Result.OTHER_VERB: Phenomenon.OTHER_POS,
    Result.OTHER_POS: Phenomenon.OTHER_POS,
    Result.NO_WORDS: Phenomenon.PART,
}


@dataclass(frozen=True, slots=True)
class Error:
    """Something missed (``said``), read falsely (``read``), or both: one read instead of the other.

    ``near`` is the rule that came nearest to reading what was missed.
    """

    case: Case
    said: Said | None
    read: Read | None
    phenomenon: Phenomenon
    near: Attempt | None = None

    @property
    def groups(self) -> dict[str, str]:
        """The group it belongs to, by each way of grouping."""
        rule = self.read.rule if self.read else self.near.rule.id if self.near and self.near.rule else "no rule"
        action = self.said.type if self.said else self.read.type if self.read else NOTHING
        return dict(zip(GROUPINGS, (action, self.phenomenon, rule), strict=True))


def _agrees(read: Read, said: Said) -> bool:
    return pairs_agree(read, said) or sided(read, said)


TESTS: Sequence[tuple[Phenomenon, Callable[[Read, Said], bool]]] = (
    (Phenomenon.NOT_ASSERTED, lambda read, said: not read.asserted and read.type in said.types and _agrees(read, said)),
    (Phenomenon.OTHER_TYPE, lambda read, said: read.asserted and read.type not in said.types and _agrees(read, said)),
    (Phenomenon.EXCHANGED, lambda read, said: read.type in said.types and exchanged(read, said)),
    (Phenomenon.NO_ACTOR, lambda read, said: read.type in said.types and read.actor is None and same(read.target, said.target)),
    (Phenomenon.NO_TARGET, lambda read, said: read.type in said.types and read.target is None and same(read.actor, said.actor)),
    (Phenomenon.OTHER_ACTOR, lambda read, said: read.type in said.types and same(read.target, said.target)),
    (Phenomenon.OTHER_TARGET, lambda read, said: read.type in said.types and same(read.actor, said.actor)),
)
"""How what was read instead differs from what was said, in the order in which it is asked."""


def errors_of(case: Case, trace: Trace) -> Iterator[Error]:
    """What was missed in a case and what was read falsely; ``trace`` tells what became of each rule in a sentence."""
    triple = triples(case)
    right = [triple.read[index] for index in triple.right]
    false = [*(triple.read[index] for index in triple.false), *_half_read(case)]
    wrong = [one for one in sorted(case.read, key=lambda one: not one.asserted) if one not in right]
    attempts: list[Attempt] | None = None
    for said in _missed(case):
        found = next(((why, read) for why, holds in TESTS for read in wrong if holds(read, said)), None)
        if found:
            false = [one for one in false if one != found[1]]
            yield Error(case, said, found[1], found[0])
            continue
        if attempts is None:
            attempts = [attempt for sentence in case.sentences for attempt in trace(sentence)]
        yield _unread(case, said, attempts)
    for read in false:
        yield Error(case, None, read, Phenomenon.TOO_MUCH if case.exhaustive or not case.said else Phenomenon.BESIDES)


def _missed(case: Case) -> list[Said]:
    """What was said and not read, each with a type, and at least one side."""
    triple = triples(case)
    whole = [one for index, one in enumerate(triple.said) if index not in triple.right.values()]
    half = [one for one in case.said if one.types and (one.actor is None) != (one.target is None)]
    return whole + [one for one in half if not any(read.type in one.types and sided(read, one) for read in facts(case))]


def _half_read(case: Case) -> list[Read]:
    """What was read of one side alone, and of no relation that was said."""
    half = (one for one in facts(case) if one.actor is None or one.target is None)
    return [one for one in half if not any((not said.types or one.type in said.types) and _touches(one, said) for said in case.said)]


def _touches(read: Read, said: Said) -> bool:
    return same(read.actor, said.actor) or same(read.target, said.target)


def _unread(case: Case, said: Said, attempts: Iterable[Attempt]) -> Error:
    """A miss in whose place nothing was read: the rule of its type that got furthest tells why."""
    fitting = (one for one in attempts if one.rule and one.type in said.types)
    near = min(fitting, key=lambda one: one.rank, default=None)
    return Error(case, said, None, BY_RESULT.get(near.result, Phenomenon.NO_TRIGGER) if near else Phenomenon.NO_TRIGGER, near)


def lines(errors: Iterable[Error], by: str, most: int, conllu: Conllu | None = None) -> Iterator[str]:
    """Errors as tab-separated lines: how many of each group, then up to ``most`` of each; with ``conllu`` the parse too."""
    groups: dict[str, list[Error]] = {}
    for error in errors:
        groups.setdefault(error.groups[by], []).append(error)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    yield "\t".join((by, "errors", "missed", "read falsely"))
    for name, found in ordered:
        counts = len(found), sum(one.said is not None for one in found), sum(_false(one) for one in found)
        yield "\t".join((name, *map(str, counts)))
    for name, found in ordered if most else ():
        yield ""
        yield f"{by}\t{name}\t{len(found)}"
        for error in found[:most]:
            yield ""
            yield from _shown(error, conllu)


def _false(error: Error) -> bool:
    return error.read is not None and error.read.asserted


def _shown(error: Error, conllu: Conllu | None) -> Iterator[str]:
    """One error: the sentence, what was said, what was read instead, by which rule, and why."""
    yield "\t".join(("sentence", error.case.id, _flat(error.case.text)))
    for said in (error.said,) if error.said else error.case.said:
        yield "\t".join(("said", _sides(said), said.type or "no type"))
    for read in (error.read,) if error.read else error.case.read:
        yield "\t".join(("read", _sides(read), read.type, read.modality, f"{read.rule} on “{read.trigger}”"))
    near = error.near
    if near and near.rule:
        yield "\t".join(("nearest", f"{near.rule.id} on “{near.word.text}”", near.result, near.detail))
    yield f"why\t{error.phenomenon}"
    if conllu:
        for sentence in error.case.sentences:
            yield from conllu(sentence).strip().splitlines()


def _sides(one: Said | Read) -> str:
    return " > ".join(_flat(str(side or NOBODY)) for side in (one.actor, one.target))


def _flat(text: str) -> str:
    return " ".join(text.split())
