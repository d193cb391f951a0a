"""Finds the words that express an action: which rules of the table fit where in a sentence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from kg.model import Token
from kg.ontology import NO_ACTION, OBJECT, Cue, LightVerb, Pattern, Rule
from kg.statements.clauses import Clauses

NOUNS = frozenset({"NOUN", "PROPN"})
POS: Mapping[str, frozenset[str]] = {
    "verb": frozenset({"VERB", "AUX"}),
    "noun": NOUNS,
    "adj": frozenset({"ADJ", "VERB"}),
    "adv": frozenset({"ADV", "PART", "CCONJ", "ADJ"}),
    "aux": frozenset({"AUX", "PART", "VERB"}),
    "mark": frozenset({"SCONJ", "ADP", "ADV"}),
    "prep": frozenset({"ADP", "SCONJ", "VERB"}),
    "det": frozenset({"DET", "PRON", "ADV", "ADJ"}),
}
MEASURING = frozenset({"of", "in", "worth"})
FRAMING = frozenset({"after", "before", "since", "until", "during", "following", "amid", "despite", "without", "under", "according"})
ELSEWHERE = frozenset({"nsubj", "acl:relcl", "parataxis"})
Row = TypeVar("Row", Rule, Cue)


@dataclass(frozen=True)
class Trigger:
    """A rule that fits: the token of its head, and all tokens of its trigger in order."""

    rule: Rule
    head: int
    tokens: tuple[int, ...]


def head_words(pattern: Pattern, pos: str) -> frozenset[str]:
    """The lemmas of a pattern's head: the last word of a noun's, the first of all others."""
    return pattern[-1] if pos == "noun" else pattern[0]


@lru_cache(maxsize=32)
def by_head(rows: tuple[Row, ...]) -> Mapping[str, tuple[Row, ...]]:
    """Index rows by the lemmas of their heads, those with most words first."""
    index: dict[str, list[Row]] = {}
    for row in rows:
        for lemma in sorted(head_words(row.trigger, row.pos)):
            index.setdefault(lemma, []).append(row)
    return {lemma: tuple(sorted(found, key=lambda row: -len(row.trigger))) for lemma, found in index.items()}


def rows_at(index: Mapping[str, tuple[Row, ...]], token: Token) -> tuple[Row, ...]:
    """The rows whose head a word may be, by its lemma or as it stands."""
    return index.get(token.lemma.lower(), ()) or index.get(token.text.lower(), ())


def triggers_in(clauses: Clauses, rules: tuple[Rule, ...]) -> Iterator[list[Trigger]]:
    """For each word, the rules that fit there, those with most words first; none with as many words as one that names no act.

    Of several things the first one tells what was done: "fired | missiles | and drones".
    """
    index = by_head(rules)
    present = {word for token in clauses.tokens for word in (token.lemma.lower(), token.text.lower())}
    for token in clauses.tokens:
        possible = (rule for rule in index.get(token.lemma.lower(), ()) if all(not words.isdisjoint(present) for words in rule.trigger))
        fitting = [trigger for rule in possible if (trigger := fit(clauses, rule, token))]
        if fitting:
            most = max((len(trigger.tokens) for trigger in fitting if trigger.rule.action == NO_ACTION), default=0)
            left = [trigger for trigger in fitting if len(trigger.tokens) > most]
            if left:
                yield sorted(left, key=lambda trigger: (-len(trigger.tokens), _later(clauses, trigger)))


def _later(clauses: Clauses, trigger: Trigger) -> int:
    """How many words of a trigger stand behind "and"."""
    return sum(clauses.tokens[word].dep.startswith("conj") for word in trigger.tokens if word != trigger.head)


def fit(clauses: Clauses, rule: Rule, token: Token) -> Trigger | None:
    """Fit one rule to one word, if its part of speech and its other words are there."""
    if token.pos not in POS[rule.pos] or (token.pos == "PROPN" and token.index in clauses.phrases.names):
        return None
    if rule.pos == "aux":
        return _fit_auxiliary(clauses, rule, token)
    if rule.pos == "verb" and token.dep in ("amod", "compound", "case", "mark", "fixed"):
        return None
    rest = rule.trigger[:-1] if rule.pos == "noun" else rule.trigger[1:]
    tokens = match(clauses, token.index, rest)
    if tokens is None or (rule.pos == "verb" and any(child.index not in tokens for child in clauses.children(token.index, "compound:prt"))):
        return None  # with a particle of its own it is another verb: "call off"
    return Trigger(rule, token.index, tokens)


def _fit_auxiliary(clauses: Clauses, rule: Rule, token: Token) -> Trigger | None:
    """Fit a rule to an auxiliary: its verb is the head; the other words are that verb or hang on it."""
    if token.dep != "aux":
        return None
    tokens = match(clauses, token.head, [words for words in rule.trigger[1:] if not _is_one_of(clauses.tokens[token.head], words)])
    return Trigger(rule, token.head, tuple(sorted({token.index, *tokens}))) if tokens else None


def match(clauses: Clauses, head: int, rest: Sequence[frozenset[str]]) -> tuple[int, ...] | None:
    """Find the further words of a trigger beneath those already found, in any order; all tokens, sorted, or None."""
    found, wanted = [head], list(rest)
    while wanted:
        step = next(((words, child) for words in wanted for child in _beneath(clauses, found) if _fits(clauses, child, words)), None)
        if step is None:
            return None
        wanted.remove(step[0])
        found.append(step[1].index)
    return tuple(sorted(found))


def _beneath(clauses: Clauses, found: Sequence[int]) -> Iterator[Token]:
    for above in found:
        for child in clauses.children(above):
            if child.index not in found and not _elsewhere(clauses, child):
                yield child
                yield from (inner for inner in _measured(clauses, child) if inner.index not in found)
        if clauses.tokens[above].dep in ("acl", "acl:relcl") and clauses.tokens[above].pos == "VERB":
            described = clauses.object(above)
            if described is not None and described not in found:
                yield clauses.tokens[described]


def _measured(clauses: Clauses, noun: Token) -> Iterator[Token]:
    """What an object is an amount of, or coordinated with: "30 tonnes of supplies", "some of the envoys", "food and weapons"."""
    if noun.dep not in ("obj", "nsubj:pass"):
        return
    yield from (inner for inner in clauses.children(noun.index, "conj") if inner.pos in NOUNS)
    article = any(child.text.lower() in ("a", "an") for child in clauses.children(noun.index, "det"))
    if article or noun.tag == "NNS" or noun.pos in ("NUM", "PRON", "DET"):
        yield from (inner for inner in clauses.children(noun.index, "nmod") if clauses.phrases.cases(inner.index) & MEASURING)


def _elsewhere(clauses: Clauses, child: Token) -> bool:
    """Tell whether a dependant is told apart from its head: a subject, another clause, a frame ("Under the deal, …")."""
    return (
        child.dep in ELSEWHERE
        or (child.dep == "conj" and child.pos == "VERB")
        or (child.dep.startswith("advcl") and clauses.tokens[max(child.index - 1, 0)].text == ",")
        or (child.dep == "obl" and child.index < child.head and bool(clauses.phrases.cases(child.index) & FRAMING))
    )


def _fits(clauses: Clauses, token: Token, words: frozenset[str]) -> bool:
    """Tell whether a word may stand for a word of a trigger; after "=" it must be an object, or what an object is an amount of."""
    if token.index in clauses.phrases.dates:
        return False  # "in March" is no march
    above = clauses.tokens[token.head] if token.dep in ("conj", "nmod") and token.head >= 0 else token
    return _is_one_of(token, words) and (OBJECT not in words or {token.dep, above.dep} & {"obj", "nsubj:pass"} != set())


def _is_one_of(token: Token, lemmas: frozenset[str]) -> bool:
    return token.lemma.lower() in lemmas or token.text.lower() in lemmas


def _within(clauses: Clauses, token: Token) -> bool:
    """Tell whether a noun is coordinated with the one above it, or counted by it ("a series of airstrikes")."""
    return token.dep == "conj" or (token.dep == "nmod" and clauses.phrases.cases(token.index) == {"of"})


def light_verb_of(
    clauses: Clauses, noun: int, light_verbs: tuple[LightVerb, ...], *, above: bool = True
) -> tuple[LightVerb, int, tuple[int, ...]] | None:
    """The light verb that lends an event noun its subject: "launched an attack", "attacks carried out by".

    Without ``above``, only one that describes the noun.
    """
    token = clauses.tokens[noun]
    while token.head >= 0 and clauses.tokens[token.head].pos in NOUNS and _within(clauses, token):
        token = clauses.tokens[token.head]
    governing = [token.head] if above and token.head >= 0 and token.dep in ("obj", "nsubj:pass", "obl") else []
    beside = [child.index for child in clauses.children(noun, "acl") if child.tag == "VBN" or child.dep == "acl:relcl"]
    for verb in governing + beside:
        for light in light_verbs:
            if clauses.tokens[verb].lemma not in light.trigger[0]:
                continue
            rest = [words for words in light.trigger[1:] if not words & clauses.phrases.cases(token.index)]
            if verb == token.head and token.dep == "obl" and len(rest) == len(light.trigger) - 1:
                continue
            tokens = match(clauses, verb, rest)
            if tokens:
                return light, verb, tokens
    return None
