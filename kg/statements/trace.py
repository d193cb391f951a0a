"""Tells why a rule did not fire: for each word that could begin a rule, what became of every rule it could begin.

A sentence is read by itself here, without what went before it. What a rule lacks is found by asking it again
with less: without its target, or with its target in the place of its actor.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from kg.dates import find_dates
from kg.mentions import phrases_of
from kg.model import Mention, Sentence, Token
from kg.ontology import Ontology, Pattern, Rule
from kg.statements.clauses import Clauses
from kg.statements.pronouns import Context, resolved
from kg.statements.roles import Filled, readings_in
from kg.statements.triggers import POS, Trigger, by_head, fit, match

Pairs = tuple[tuple[Mention | None, Mention | None], ...]
NOWHERE = ("nowhere",)  # a place where no phrase stands
FEW = 8  # words are enough to recognise a row
COLUMNS = ("word", "rule", "action", "result", "detail")


class Result(StrEnum):
    """What became of a rule at a word, from the best to the worst."""

    READ = "read"
    USED = "used up by another rule"
    HIDDEN = "a rule with more words goes before"
    OTHER_KIND = "the clause beneath is of another kind"
    ITSELF = "the target is the actor itself"
    NO_TARGET = "no target"
    NO_ACTOR = "no actor"
    NO_SIDE = "neither actor nor target"
    OTHER_VERB = "part of another word or verb"
    NO_WORDS = "other words of the trigger missing"
    OTHER_POS = "other part of speech"
    NO_RULE = "no rule begins with this word"


RANKS: Mapping[Result, int] = {result: rank for rank, result in enumerate(Result)}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One rule tried at one word; ``rule`` is None if there was none to try, ``detail`` says what was looked for or found.

    ``type`` is the PLOVER type of the rule's action.
    """

    word: Token
    rule: Rule | None
    type: str
    result: Result
    detail: str = ""

    @property
    def rank(self) -> int:
        """How far the rule got: 0 if it was read."""
        return RANKS[self.result]


def trace(sentence: Sentence, ontology: Ontology) -> list[Attempt]:
    """Try every rule at every word that could begin it; at each word those that got furthest come first."""
    clauses = clauses_of(sentence, ontology)
    read = list(readings_in(clauses, ontology, ontology.rules, Context()))
    index = by_head(ontology.rules)
    attempts: list[Attempt] = []
    for token in sentence.tokens:
        rules = index.get(token.lemma.lower(), ())
        named = [rule for rule in rules if rule.action in ontology.actions]
        tried = [Attempt(token, rule, ontology.actions[rule.action].type, *_tried(clauses, rule, token, ontology, read)) for rule in named]
        attempts += sorted(tried, key=lambda attempt: attempt.rank)
        if not rules and token.pos == "VERB":
            attempts.append(Attempt(token, None, "", Result.NO_RULE))
    return attempts


def lines(attempts: Iterable[Attempt]) -> Iterator[str]:
    """Attempts as tab-separated lines with a header."""
    yield "\t".join(COLUMNS)
    for one in attempts:
        rule, action = (one.rule.id, one.rule.action) if one.rule else ("-", "-")
        yield "\t".join((one.word.text, rule, action, one.result, one.detail))


def written(pattern: Pattern) -> str:
    """Words of a trigger as in the tables; of many that would do, the first few.

    >>> written((frozenset({"fire", "launch"}), frozenset({"missile"})))
    'fire|launch missile'
    """
    alternatives = (sorted(words) for words in pattern)
    return " ".join("|".join(words[:FEW]) + "|…" * (len(words) > FEW) for words in alternatives)


def clauses_of(sentence: Sentence, ontology: Ontology) -> Clauses:
    """The clauses of a sentence that stands by itself."""
    dates = find_dates(sentence.text)
    inside = frozenset(token.index for token in sentence.tokens for date in dates if date.start <= token.start < date.end)
    return Clauses(resolved(replace(phrases_of(sentence, ontology), dates=inside), Context()))


def _tried(clauses: Clauses, rule: Rule, token: Token, ontology: Ontology, read: Sequence[Filled]) -> tuple[Result, str]:
    """Try one rule at one word: the result, and what tells more."""
    trigger = fit(clauses, rule, token)
    if trigger is None:
        return _unfit(clauses, rule, token)
    here = _pairs_at(trigger, read)
    if here:
        return Result.READ, _told(here)
    alone = _alone(clauses, trigger, ontology)
    if not alone:
        return _unfilled(clauses, trigger, ontology)
    words = set(trigger.tokens)
    users = sorted({filled.trigger.rule.id for filled in read if filled.pairs and words & set(filled.trigger.tokens)})
    if users:
        return Result.USED, f"{_told(alone)}; by {', '.join(users)}"
    others = [fitting for one in by_head(ontology.rules)[token.lemma.lower()] if (fitting := fit(clauses, one, token))]
    longer = [other.rule.id for other in others if len(other.tokens) > len(trigger.tokens)]
    return Result.HIDDEN, f"{_told(alone)}; {', '.join(longer)}"


def _unfit(clauses: Clauses, rule: Rule, token: Token) -> tuple[Result, str]:
    """Say why the words of a rule are not there."""
    if token.pos not in POS[rule.pos]:
        return Result.OTHER_POS, f"{token.pos}, the rule wants {rule.pos}"
    rest = rule.trigger[:-1] if rule.pos == "noun" else rule.trigger[1:]
    head = token.head if rule.pos == "aux" and token.dep == "aux" else token.index
    missing = tuple(words for words in rest if match(clauses, head, (words,)) is None)
    if missing or match(clauses, head, rest) is None:
        return Result.NO_WORDS, written(missing or rest)
    particles = [child.text for child in clauses.children(token.index, "compound:prt")]
    return Result.OTHER_VERB, " ".join([token.text, *particles]) if particles else f"it stands as {token.dep}"


def _unfilled(clauses: Clauses, trigger: Trigger, ontology: Ontology) -> tuple[Result, str]:
    """Say which side is missing where the words of a rule are there."""
    rule = trigger.rule

    def probe(**changed: Any) -> Pairs:
        return _alone(clauses, replace(trigger, rule=replace(rule, **changed)), ontology)

    of_any_kind = probe(target=tuple(place.rstrip("+-") for place in rule.target))
    if of_any_kind:
        return Result.OTHER_KIND, _told(of_any_kind)
    actors = [actor for actor, _ in probe(optional=True) if actor]
    targets = [target for target, _ in probe(actor=rule.target or NOWHERE, target=NOWHERE, optional=True) if target]
    if any(target.actor == actor.actor and target.start != actor.start for target in targets for actor in actors):
        return Result.ITSELF, targets[0].text
    if actors:
        return Result.NO_TARGET, f"{actors[0].text} > ?; looked for: {', '.join(rule.target)}"
    if targets or not rule.target:
        return Result.NO_ACTOR, f"? > {targets[0].text if targets else '-'}; looked for: {', '.join(rule.actor)}"
    return Result.NO_SIDE, f"looked for: {', '.join(rule.actor)} > {', '.join(rule.target)}"


def _alone(clauses: Clauses, trigger: Trigger, ontology: Ontology) -> Pairs:
    """What the rule of a trigger would read there if there were no other."""
    return _pairs_at(trigger, readings_in(clauses, ontology, (trigger.rule,), Context()))


def _pairs_at(trigger: Trigger, read: Iterable[Filled]) -> Pairs:
    """What the rule of a trigger has read there."""
    found = (filled for filled in read if filled.trigger.rule is trigger.rule and filled.trigger.tokens == trigger.tokens)
    return next((filled.pairs for filled in found), ())


def _told(pairs: Pairs) -> str:
    """Pairs in the words of the sentence."""
    return ", ".join(f"{actor.text if actor else '-'} > {target.text if target else '-'}" for actor, target in pairs)
