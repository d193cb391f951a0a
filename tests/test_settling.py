"""A question means the same when its parameters are worked into it."""

import shlex
from functools import partial

import pytest

from kg.publish.settling import settled
from kg.store import answer, filled, open_store
from tools.questions.page import questions


@pytest.mark.parametrize("way", ["as it stands", "with its example"])
@pytest.mark.parametrize(("name", "question"), list(questions()), ids=[name for name, _ in questions()])
def test_a_settled_question_has_the_same_answer_and_no_parameter_left(built, name, question, way):
    ask = partial(answer, open_store(built / "store"))
    words = shlex.split(question.example) if way == "with its example" else []
    asked = filled(
        question.sparql, {option[2:].replace("-", "_"): value for option, value in zip(words[::2], words[1::2], strict=True)}, ask
    )

    assert ask(settled(asked)).rows == ask(asked).rows
    assert "VALUES ?given" not in settled(asked)


@pytest.mark.parametrize("value", ['a\\\\b "c"', r"\\1 \\g<0>", "?given_unit $1", "} UNION {"])
def test_what_is_given_is_worked_in_to_the_letter(value):
    question = dict(questions())["numbers-reported"].sparql
    asked = filled(question, {"unit": value}, lambda _: None)
    term = asked.split("?given_unit { ")[1].split(" }  # --unit")[0].split(" } ")[0]

    assert term in settled(asked)


def test_a_question_without_parameters_is_sent_as_it_is():
    sparql = "SELECT (STRLEN(?a) AS ?b) { ?a ?given_x ?c FILTER (COALESCE(?a > 1, false)) }"

    assert settled(sparql) == sparql
