"""Reads which words express which action, and what makes it said, denied or planned."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.model import Action, DataError
from kg.ontology.tables import known, rows_of, several

READINGS = frozenset({"negated", "intended", "hypothetical", "said", "rumoured", "happens"})
RULE_POS = frozenset({"verb", "noun", "adj", "aux"})
NO_ACTION = "none"  # of a row that only keeps shorter ones from reading: "sank Portugal in the final"
CUE_POS = frozenset({"verb", "noun", "adj", "adv", "aux", "mark", "prep", "det"})


Pattern = tuple[frozenset[str], ...]
"""A trigger: for each word, the lemmas that it may be, with ``OBJECT`` among them if it must be the object."""

OBJECT = "="


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A row of ``rules.csv``: which words express which action, and where its actor and target stand.

    Rows are told apart by identity, which keeps the indexes over them cheap to look up.
    """

    id: str
    pos: str
    trigger: Pattern
    action: str
    actor: tuple[str, ...]
    target: tuple[str, ...]
    optional: bool
    example: str
    expect: str


@dataclass(frozen=True, slots=True)
class LightVerb:
    """A row of ``lightverbs.csv``: a verb whose subject is the actor (or target) of its object noun."""

    trigger: Pattern
    subject: str
    example: str
    expect: str


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """A row of ``cues.csv``: a word that changes whether it happened, or who says so."""

    cue: str
    trigger: Pattern
    pos: str
    readings: frozenset[str]
    example: str
    expect: str


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A row of ``counterexamples.csv``: a sentence in which ``never`` must not be read."""

    example: str
    never: str
    reason: str


def read_rules(path: Path, actions: Mapping[str, Action]) -> Iterator[Rule]:
    """Read which words express which action."""
    seen: dict[str, str] = {}
    for where, row in rows_of(path, ("id", "pos", "trigger", "action", "actor", "target", "example", "expect")):
        if row["id"] in seen:
            raise DataError(f"{where}: the id {row['id']!r} is taken by {seen[row['id']]}.\nChoose another.")
        seen[row["id"]] = where
        known(where, "pos", row["pos"], RULE_POS)
        if row["action"] not in actions and row["action"] != NO_ACTION:
            advice = f"Define it in actions.ttl, or use one of: {', '.join(sorted(actions))}."
            raise DataError(f"{where}: unknown action {row['action']!r} for {row['trigger']!r}.\n{advice}")
        target = row["target"]
        if not row["trigger"] or not row["actor"] or not target or not row["example"]:
            raise DataError(f"{where}: trigger, actor, target and example must be filled.\nSee ontology/README.md.")
        spec = tuple(part for part in target.removesuffix("?").split("|") if part != "none")
        optional = target.endswith("?") or target == "none"
        actor = tuple(row["actor"].split("|"))
        yield Rule(row["id"], row["pos"], pattern(row["trigger"]), row["action"], actor, spec, optional, row["example"], row["expect"])


def read_light_verbs(path: Path) -> Iterator[LightVerb]:
    """Read which verbs lend an event noun their subject."""
    for where, row in rows_of(path, ("verb", "subject", "example", "expect")):
        known(where, "subject", row["subject"], frozenset({"actor", "target"}))
        yield LightVerb(pattern(row["verb"]), row["subject"], row["example"], row["expect"])


def read_cues(path: Path) -> Iterator[Cue]:
    """Read which words change whether it happened."""
    for where, row in rows_of(path, ("cue", "pos", "reading", "example", "expect")):
        known(where, "pos", row["pos"], CUE_POS)
        readings = several(row["reading"])
        for reading in readings:
            known(where, "reading", reading, READINGS)
        yield Cue(row["cue"], pattern(row["cue"]), row["pos"], frozenset(readings), row["example"], row["expect"])


def read_counterexamples(path: Path, actions: Mapping[str, Action]) -> Iterator[Counterexample]:
    """Read what must not be read so, and why."""
    for where, row in rows_of(path, ("example", "never", "reason")):
        known(where, "never", row["never"], frozenset({"any", *actions}))
        yield Counterexample(row["example"], row["never"], row["reason"])


def pattern(trigger: str) -> Pattern:
    """Read a trigger cell.

    >>> [sorted(words) for words in pattern("fire|launch missile")]
    [['fire', 'launch'], ['missile']]
    >>> [sorted(words) for words in pattern("attack =record|speech")]
    [['attack'], ['=', 'record', 'speech']]
    """
    return tuple(frozenset(word.removeprefix(OBJECT).split("|")) | set(word[:1]) & {OBJECT} for word in trigger.split())
