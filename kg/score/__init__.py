"""Compares what was read with the hand annotations: precision and recall, per action type and per rule.

A row of the statements table and an annotation agree when they speak of one sentence and say the same
of it. Each agrees with at most one of the other side, and what is read twice in a sentence counts once.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.model import DataError, Modality
from kg.score.annotations import Gold, read_annotations
from kg.score.pairing import pair_off

Row = Mapping[str, Any]  # a row of the statements table, with the columns of the contract

__all__ = ["Gold", "Reading", "Report", "Row", "Score", "below", "figures", "lines", "read_annotations", "score"]

SYMMETRIC = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""The action types of the ontology that both sides do alike."""


@dataclass(frozen=True, slots=True, order=True)
class Reading:
    """What both sides are compared by; ``rule`` is empty if a person read it.

    ``mutual`` tells of what a person read whether actor and target may change places.
    """

    document: str
    sentence: str
    actor: str
    action_type: str
    target: str
    modality: str
    rule: str = ""
    mutual: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """How many of ``read`` were among what was ``said``: exactly, and with parts for wholes (``lenient``)."""

    right: int
    lenient: int
    read: int
    said: int

    def precision(self, *, lenient: bool = False) -> float:
        """The share of what was read that was said; 0 if nothing was read."""
        return (self.lenient if lenient else self.right) / self.read if self.read else 0.0

    def recall(self, *, lenient: bool = False) -> float:
        """The share of what was said that was read; 0 if nothing was said."""
        return (self.lenient if lenient else self.right) / self.said if self.said else 0.0

    def f1(self, *, lenient: bool = False) -> float:
        """The harmonic mean of precision and recall."""
        both = self.read + self.said
        return 2 * (self.lenient if lenient else self.right) / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """``measures`` are pair, type, triple and modality; ``types`` and ``rules`` count triples.

    ``said`` is 0 in ``rules``: nobody knows which rule should have read what was missed.
    ``false`` and ``missed`` are the triples that do not agree exactly.
    """

    measures: Mapping[str, Score]
    types: Mapping[str, Score]
    rules: Mapping[str, Score]
    false: tuple[Reading, ...]
    missed: tuple[Reading, ...]


Alike = Callable[[str, str], bool]
Wholes = Callable[[str], frozenset[str]]


def score(
    rows: Iterable[Row], gold: Iterable[Gold], *, part_of: Mapping[str, str] | None = None, symmetric: Collection[str] = SYMMETRIC
) -> Report:
    """Compare ``rows`` with ``gold`` in the documents that ``gold`` speaks of.

    Pair, type and triple look at what is asserted; the measure "modality" looks at all statements, and
    asks for the right one. ``part_of`` says to whom an actor belongs, for the lenient count;
    ``symmetric`` are the action types that both sides do alike.
    """
    said = sorted(_annotated(one, mutual=one.action_type in symmetric) for one in gold)
    documents = {one.document for one in said}
    read = sorted(_reading(row) for row in rows if row["document"] in documents)
    wholes = _wholes(part_of or {})
    happened_read = [one for one in read if one.modality == Modality.ASSERTED]
    happened_said = [one for one in said if one.modality == Modality.ASSERTED]
    triple = _match(happened_read, happened_said, ("actor", "action_type", "target"), wholes)
    measures = {
        "pair": _match(happened_read, happened_said, ("actor", "target"), wholes).score(),
        "type": _match(happened_read, happened_said, ("action_type",), wholes).score(),
        "triple": triple.score(),
        "modality": _match(read, said, ("actor", "action_type", "target", "modality"), wholes).score(),
    }
    return Report(
        measures,
        {name: triple.score("action_type", name) for name in sorted({one.action_type for one in triple.read + triple.said})},
        {name: triple.score("rule", name) for name in sorted({one.rule for one in triple.read})},
        tuple(one for index, one in enumerate(triple.read) if index not in triple.right),
        tuple(one for index, one in enumerate(triple.said) if index not in triple.right.values()),
    )


@dataclass(frozen=True, slots=True)
class _Matched:
    """Both sides without repetitions, and which of ``read`` agrees with which of ``said``, by position."""

    read: tuple[Reading, ...]
    said: tuple[Reading, ...]
    right: Mapping[int, int]
    lenient: Mapping[int, int]

    def score(self, field: str = "", value: str = "") -> Score:
        """Count all, or those whose ``field`` is ``value``."""
        kept = {index for index, one in enumerate(self.read) if not field or getattr(one, field) == value}
        said = sum(not field or getattr(one, field) == value for one in self.said)
        return Score(len(kept & self.right.keys()), len(kept & self.lenient.keys()), len(kept), said)


def _match(read: Sequence[Reading], said: Sequence[Reading], fields: Sequence[str], wholes: Wholes) -> _Matched:
    """Pair off what agrees in ``fields``: exactly, and leniently."""
    read, said = _once(read, fields), _once(said, fields)
    exact = _pair_off(read, said, fields, lambda left, right: left == right)
    loose = _pair_off(read, said, fields, lambda left, right: left == right or left in wholes(right) or right in wholes(left))
    return _Matched(read, said, exact, loose)


def _once(readings: Iterable[Reading], fields: Sequence[str]) -> tuple[Reading, ...]:
    """Leave out what says the same in ``fields`` of the same sentence again."""
    first: dict[tuple[str, ...], Reading] = {}
    for one in readings:
        first.setdefault((one.document, one.sentence, *(getattr(one, field) for field in fields)), one)
    return tuple(first.values())


def _pair_off(read: Sequence[Reading], said: Sequence[Reading], fields: Sequence[str], alike: Alike) -> dict[int, int]:
    """Pair as many as possible, each with one (augmenting paths)."""
    places: dict[str, list[int]] = {}
    for index, one in enumerate(said):
        places.setdefault(one.document, []).append(index)
    edges = [[other for other in places.get(one.document, ()) if _agree(one, said[other], fields, alike)] for one in read]
    return pair_off(edges)


def _agree(read: Reading, said: Reading, fields: Sequence[str], alike: Alike) -> bool:
    """Whether both say the same in ``fields`` of one sentence, whichever way it is cut at its ends."""
    if said.sentence not in read.sentence and read.sentence not in said.sentence:
        return False
    if any(getattr(read, field) != getattr(said, field) for field in fields if field not in ("actor", "target")):
        return False
    if "actor" not in fields:
        return True
    straight = alike(read.actor, said.actor) and alike(read.target, said.target)
    return straight or (said.mutual and alike(read.actor, said.target) and alike(read.target, said.actor))


def _reading(row: Row) -> Reading:
    """Take from a row of the statements table what is compared."""
    actor, target = (_bare(row.get(side) or "") for side in ("actor", "target"))
    return Reading(row["document"], _plain(row["sentence"]), actor, row["action_type"], target, row["modality"], row.get("rule") or "")


def _annotated(gold: Gold, *, mutual: bool) -> Reading:
    """Take from an annotation what is compared."""
    sides = (gold.actor, gold.action_type, gold.target)
    return Reading(gold.document, _plain(gold.sentence), *sides, gold.modality, mutual=mutual)


def _plain(sentence: str) -> str:
    return " ".join(sentence.split())


def _bare(actor: str) -> str:
    """The id without its prefix.

    >>> _bare("actor:iran")
    'iran'
    """
    return actor.removeprefix("actor:")


def _wholes(part_of: Mapping[str, str]) -> Wholes:
    """Make a function that says to what an actor belongs; "iran-gov" belongs to "iran" without being listed."""
    parents = {_bare(part): _bare(whole) for part, whole in part_of.items() if whole}
    known = frozenset(parents.values()) | {_bare(part) for part in part_of}

    def wholes(actor: str) -> frozenset[str]:
        found: set[str] = set()
        while actor and actor not in found:
            found.add(actor)
            stem = actor.rpartition("-")[0]
            actor = parents.get(actor) or (stem if stem in known else "")
        return frozenset(found)

    return wholes


def figures(report: Report) -> dict[str, float]:
    """Name every measure as ``floor.json`` does: ``triple.f1``, ``pair.lenient.recall``."""
    found = {}
    for name, one in report.measures.items():
        for prefix, lenient in ((name, False), (f"{name}.lenient", True)):
            found[f"{prefix}.precision"] = one.precision(lenient=lenient)
            found[f"{prefix}.recall"] = one.recall(lenient=lenient)
            found[f"{prefix}.f1"] = one.f1(lenient=lenient)
    return found


def below(report: Report, floor: Mapping[str, float]) -> list[str]:
    """Name each measure that sank beneath ``floor``; floors are written with three decimals."""
    reached = figures(report)
    unknown = sorted(floor.keys() - reached.keys())
    if unknown:
        raise DataError(f"The floor names {', '.join(unknown)}.\nUse some of: {', '.join(reached)}.")
    sunk = [name for name, least in sorted(floor.items()) if round(reached[name], 3) < least]
    return [f"{name} is {reached[name]:.3f}, its floor is {floor[name]:.3f}" for name in sunk]


def lines(report: Report) -> Iterator[str]:
    """The report as tab-separated lines: measures, then action types, then rules by their false readings."""
    yield "\t".join(("measure", "precision", "recall", "F1", "lenient precision", "lenient recall", "lenient F1", "right", "read", "said"))
    for name, one in [*report.measures.items(), *report.types.items()]:
        exact = (one.precision(), one.recall(), one.f1())
        loose = (one.precision(lenient=True), one.recall(lenient=True), one.f1(lenient=True))
        yield "\t".join([name, *(f"{figure:.2f}" for figure in exact + loose), *map(str, (one.right, one.read, one.said))])
    yield ""
    yield "\t".join(("rule", "precision", "right", "lenient", "read"))
    for name, one in sorted(report.rules.items(), key=lambda item: (item[1].right - item[1].read, item[0])):
        yield "\t".join([name, f"{one.precision():.2f}", *map(str, (one.right, one.lenient, one.read))])
