"""Why a rule did not fire: what became of each rule at each word that could begin it."""

from dataclasses import replace

import pytest

from kg.ontology import Ontology, Rule, pattern, read_ontology
from kg.sentences import parse
from kg.statements.trace import Attempt, Result, lines, trace


def row(id: str, pos: str, trigger: str, actor: str = "subject", target: str = "object", action: str = "action:assault") -> Rule:
    """A row of rules.csv, as far as it is tried; without a target if that is empty."""
    places = tuple(target.split("|")) if target else ()
    return Rule(id, pos, pattern(trigger), action, (actor,), places, not target, "", "")


RULES = (
    row("attack", "verb", "attack"),
    row("attack-on", "noun", "attack", "own", "on|against"),
    row("fire-missile-at", "verb", "fire missile", target="at"),
    row("launch-attack-on", "verb", "launch attack", target="on"),
    row("vow-clause", "verb", "vow", target="clause-"),
)


def tried(text: str, rules: tuple[Rule, ...] = RULES) -> list[Attempt]:
    """Every attempt in a text of one sentence."""
    ontology: Ontology = replace(read_ontology(), rules=rules)
    [sentence] = parse(text)
    return trace(sentence, ontology)


def result(text: str, rule: str, rules: tuple[Rule, ...] = RULES) -> tuple[str, str]:
    """What became of one rule in a text."""
    [found] = [(one.result.value, one.detail) for one in tried(text, rules) if one.rule and one.rule.id == rule]
    return found


@pytest.mark.parametrize(
    ("text", "rule", "expected"),
    [
        ("Kenya attacked Uganda.", "attack", (Result.READ, "Kenya > Uganda")),
        ("Kenya attacked at dawn.", "attack", (Result.NO_TARGET, "Kenya > ?; looked for: object")),
        ("Clouds attacked Uganda.", "attack", (Result.NO_ACTOR, "? > Uganda; looked for: subject")),
        ("Clouds attacked the moon.", "attack", (Result.NO_SIDE, "looked for: subject > object")),
        ("Kenya attacked itself.", "attack", (Result.ITSELF, "itself")),
        ("Kenya attacked Uganda.", "attack-on", (Result.OTHER_POS, "VERB, the rule wants noun")),
        ("Kenya fired a shell at Uganda.", "fire-missile-at", (Result.NO_WORDS, "missile")),
        ("Kenya launched an attack on Uganda.", "launch-attack-on", (Result.READ, "Kenya > Uganda")),
        ("Kenya launched its attack on Uganda.", "attack-on", (Result.USED, "Kenya > Uganda; by launch-attack-on")),
        ("Kenya fired off missiles at Uganda.", "fire-missile-at", (Result.OTHER_VERB, "fired off")),
        ("Kenya vowed to help Uganda.", "vow-clause", (Result.OTHER_KIND, "Kenya > Uganda")),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
def test_a_rule_that_did_not_fire_says_at_what_it_failed(text, rule, expected):
    assert result(text, rule) == expected


def test_a_rule_that_names_no_act_hides_the_shorter_ones():
    rules = (row("fire", "verb", "fire", target="at"), row("fire-question", "verb", "fire question", action="none"))

    assert result("Kenya fired questions at Uganda.", "fire", rules) == (Result.HIDDEN, "Kenya > Uganda; fire-question")


def test_a_rule_with_more_words_that_reads_nothing_hides_no_other():
    rules = (row("fire", "verb", "fire", target="at"), row("fire-missile-over", "verb", "fire missile", target="over"))

    assert result("Kenya fired missiles at Uganda.", "fire", rules) == (Result.READ, "Kenya > Uganda")


def test_a_rule_without_a_target_lacks_its_actor_alone():
    rules = (row("resign", "verb", "resign", target=""),)

    assert result("The clouds resigned.", "resign", rules) == (Result.NO_ACTOR, "? > -; looked for: subject")


def test_a_verb_that_begins_no_rule_is_named():
    assert [(one.word.text, one.result) for one in tried("Kenya lambasted Uganda.")] == [("lambasted", Result.NO_RULE)]


def test_at_each_word_the_rule_that_got_furthest_comes_first():
    found = tried("Kenya attacked Uganda.", (RULES[1], RULES[0]))

    assert [one.rule.id for one in found if one.rule] == ["attack", "attack-on"]
    assert [one.rank for one in found] == sorted(one.rank for one in found)


def test_an_attempt_is_a_line_of_five_cells():
    assert list(lines(tried("Kenya attacked and lambasted Uganda.", RULES[:1]))) == [
        "word\trule\taction\tresult\tdetail",
        "attacked\tattack\taction:assault\tread\tKenya > Uganda",
        "lambasted\t-\t-\tno rule begins with this word\t",
    ]


@pytest.mark.parametrize("text", ["War", "Attack!", "Who attacked whom?", "“Fire,” said Kenya — missiles"])
def test_every_real_rule_can_be_tried_in_any_sentence(text):
    [sentence] = parse(text)

    assert all(one.result in Result for one in trace(sentence, read_ontology()))
