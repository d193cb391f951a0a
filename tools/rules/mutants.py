"""Alter or remove every row of rules.csv, one at a time, and ask whether a test of the tables sees it: python -m tools.rules.mutants.

The tests asked are those of ``tests/test_ontology_data.py`` (the row reads its own example, no parse is on record that no
table needs) and ``tests/test_readings.py`` (every example is read as it is on record), on the parses on record. Only examples
with a word that may begin the row, before or after, can be read otherwise, so only these are read.
Prints how many of each kind are seen, and the rows where one is not.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kg.check import examples_of, readings, rule_findings
from kg.model import Sentence
from kg.ontology import NO_ACTION, Ontology, Rule, read_ontology
from kg.recorded import read_parses, read_readings
from kg.statements.triggers import head_words

TESTS = Path(__file__).parent.parent.parent / "tests"


def mutants(rule: Rule, ontology: Ontology) -> Iterator[tuple[str, Rule | None]]:
    """The ways a row may go wrong: it goes, names another action, or turns its sides round."""
    yield "removed", None
    others = sorted(id for id, action in ontology.actions.items() if rule.action != NO_ACTION and id != rule.action)
    near = [id for id in others if ontology.actions[id].type == ontology.actions[rule.action].type] if others else []
    if others:
        yield "another action", replace(rule, action=(near or others)[0])
    if rule.action != NO_ACTION and rule.target not in ((), rule.actor):
        yield "sides turned round", replace(rule, actor=rule.target, target=rule.actor)


def finer(rule: Rule) -> Iterator[tuple[str, Rule | None]]:
    """The ways that few examples can tell: another demand for a target, one place or one word of several less."""
    yield "target optional, or not", replace(rule, optional=not rule.optional)
    for place in ("actor", "target"):
        for part in getattr(rule, place) if len(getattr(rule, place)) > 1 else ():
            left = tuple(other for other in getattr(rule, place) if other != part)
            yield f"one place of the {place} less", replace(rule, **{place: left})
    for at, words in enumerate(rule.trigger):
        for word in sorted(words) if len(words) > 1 else ():
            yield "one word of several less", replace(rule, trigger=(*rule.trigger[:at], words - {word}, *rule.trigger[at + 1 :]))


def main() -> None:
    """Print what is not seen."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1, help="Take every so manieth row only.")
    parser.add_argument("--finer", action="store_true", help="Also leave out one word, or one place, of several: slow, and mostly unseen.")
    parser.add_argument("--list", action="store_true", help="Name the rows where a mutant is not seen.")
    chosen = parser.parse_args()
    ontology, parses, recorded = read_ontology(), read_parses(TESTS / "parses.conllu"), read_readings(TESTS / "readings.csv")
    near = containing(parses)
    counts: dict[str, list[int]] = {}
    for at in range(0, len(ontology.rules), chosen.every):
        rule = ontology.rules[at]
        for kind, mutant in (*mutants(rule, ontology), *(finer(rule) if chosen.finer else ())):
            rules = (*ontology.rules[:at], *((mutant,) if mutant else ()), *ontology.rules[at + 1 :])
            seen = is_seen(rule, mutant, replace(ontology, rules=rules), parses, recorded, near)
            counts.setdefault(kind, [0, 0])[not seen] += 1
            if not seen and chosen.list:
                print(f"not seen\t{kind}\t{rule.id}", flush=True)
    for kind, (seen, unseen) in counts.items():
        print(f"{kind}\t{seen} of {seen + unseen} seen")


def containing(parses: Mapping[str, Sequence[Sentence]]) -> dict[str, set[str]]:
    """The examples that have a word, by the word."""
    found: dict[str, set[str]] = {}
    for example, sentences in parses.items():
        for word in {form for one in sentences for token in one.tokens for form in (token.lemma.lower(), token.text.lower())}:
            found.setdefault(word, set()).add(example)
    return found


def is_seen(
    rule: Rule,
    mutant: Rule | None,
    ontology: Ontology,
    parses: Mapping[str, Sequence[Sentence]],
    recorded: Mapping[str, Sequence[str]],
    near: Mapping[str, set[str]],
) -> bool:
    """Whether a test fails."""
    if mutant is None and rule.example not in examples_of(ontology):
        return True
    if mutant is not None and list(rule_findings(mutant, ontology, parses.__getitem__)):
        return True
    words = {word for row in (rule, mutant) if row for word in head_words(row.trigger, row.pos)}
    others = {example for word in words for example in near.get(word.lower(), ())} - {rule.example}
    for example in (rule.example, *sorted(others)):
        if readings(ontology, parses.__getitem__, [example])[example] != tuple(recorded[example]):
            return True
    return False


if __name__ == "__main__":
    main()
