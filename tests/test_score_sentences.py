"""Sentences with the events people read in them: what agrees, what is counted, and how errors are told."""

import json
from pathlib import Path

import pytest

from kg.model import DataError, Sentence, Token
from kg.ontology import Rule, pattern
from kg.score import Gold, Row
from kg.score.articles import cases_of
from kg.score.errors import GROUPINGS, Error, Phenomenon, errors_of
from kg.score.errors import lines as error_lines
from kg.score.pairing import pair_off
from kg.score.relations import Case, Read, compare, lines, read_of
from kg.score.sentences import RENAMED, Marked, Said, read_marked
from kg.score.sides import Side, same
from kg.statements.trace import Attempt, Result

KENYA, UGANDA, TOGO = Side("Kenya", "KEN"), Side("Uganda", "UGA"), Side("Togo", "TGO")
TEXT = "Kenya attacked Uganda on Monday."
SENTENCE = Sentence("a", 0, 0, TEXT, ())


def said(actor: Side | None = KENYA, target: Side | None = UGANDA, *types: str, mutual: bool = False) -> Said:
    """An attack, unless said otherwise."""
    return Said(actor, target, frozenset(types or ("ASSAULT",)), mutual)


def read(actor: Side | None = KENYA, target: Side | None = UGANDA, type: str = "ASSAULT", *, modality: str = "asserted") -> Read:
    """An attack, unless said otherwise."""
    return Read(actor, target, type, modality, "attack", "attacked")


def case(*of: Said | Read, exhaustive: bool = True) -> Case:
    """A sentence in which this was said and that was read."""
    both = [one for one in of if isinstance(one, Said)], [one for one in of if isinstance(one, Read)]
    return Case("a", TEXT, (SENTENCE,), tuple(both[0]), tuple(both[1]), exhaustive)


def counts(*of: Said | Read) -> dict[str, tuple[int, int, int]]:
    """Right, read and said of each measure."""
    return {name: (one.right, one.read, one.said) for name, one in compare([case(*of)]).measures.items()}


def attempt(result: Result, type: str = "ASSAULT", rule: str = "attack-on") -> Attempt:
    """What became of a rule at the word "attacked"."""
    word = Token(1, "attacked", "attack", "VERB", "VBD", "", -1, "root", 6)
    return Attempt(word, Rule(rule, "verb", pattern("attack"), "action:assault", (), (), False, "", ""), type, result, "details")


def errors(*of: Said | Read, attempts: tuple[Attempt, ...] = (), exhaustive: bool = True) -> list[Error]:
    """The errors of one sentence."""
    return list(errors_of(case(*of, exhaustive=exhaustive), lambda sentence: attempts))


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (Side("Kenyan troops", "KENMIL"), Side("Kenya", "KEN"), True),
        (Side("Kenya", "KEN"), Side("Kenya", "UGA"), False),
        (Side("", "IGOUNO"), Side("", "IGOEUR"), False),
        (Side("", "IGO"), Side("", "IGOEUR"), True),
        (Side("police", "---COP"), Side("police officers"), True),
        (Side("", "---REB"), Side("", "---REB"), True),
        (Side("", "---REB"), Side("", "---COP"), False),
        (Side("the Liberal Union of Togo"), Side("Liberal Union"), True),
        (Side("the Liberal Union"), Side("the Labour Union"), False),
        (Side("protesters"), Side("a protester"), True),
        (Side("of the"), Side("of the"), False),
        (Side("", "KEN"), Side("Kenya"), False),
        (Side("Kenya", "KEN", "kenya"), Side("Kenya", "KEN", "kenya-gov"), False),
        (Side("kenya", id="kenya"), Side("Kenya", "KEN", "kenya"), True),
        (None, Side("Kenya"), False),
        (None, None, False),
    ],
)
def test_actors_agree_by_identifier_or_code_or_most_words_of_the_name(one, other, agree):
    assert same(one, other) == same(other, one) == agree


@pytest.mark.parametrize(
    ("of", "pair", "type", "triple"),
    [
        ((said(), read()), (1, 1, 1), (1, 1, 1), (1, 1, 1)),
        ((said(), read(type="ACCUSE")), (1, 1, 1), (0, 1, 1), (0, 1, 1)),
        ((said(), read(TOGO)), (0, 1, 1), (1, 1, 1), (0, 1, 1)),
        ((said(), read(UGANDA, KENYA)), (0, 1, 1), (1, 1, 1), (0, 1, 1)),
        ((said(), read(modality="negated")), (0, 0, 1), (0, 0, 1), (0, 0, 1)),
        ((said(), read(None)), (0, 0, 1), (1, 1, 1), (0, 0, 1)),
        ((said(), read(), read()), (1, 1, 1), (1, 1, 1), (1, 1, 1)),
        ((said(), said(KENYA, TOGO), read()), (1, 1, 2), (1, 1, 1), (1, 1, 2)),
    ],
    ids=["same", "other type", "other actor", "exchanged", "not asserted", "no actor", "read twice", "two said"],
)
def test_each_measure_asks_for_its_own_part(of, pair, type, triple):
    assert counts(*of) == {"pair": pair, "type": type, "triple": triple}


def test_what_both_do_agrees_in_either_direction_and_its_reverse_is_not_false():
    both = said(KENYA, UGANDA, "CONSULT", mutual=True)

    assert counts(both, read(UGANDA, KENYA, "CONSULT"))["triple"] == (1, 1, 1)
    assert counts(both, read(KENYA, UGANDA, "CONSULT"), read(UGANDA, KENYA, "CONSULT"))["triple"] == (1, 1, 1)


def test_what_agrees_with_an_event_without_type_is_a_pair_and_no_false_triple():
    untyped = Said(KENYA, UGANDA, frozenset())

    assert counts(untyped, read()) == {"pair": (1, 1, 1), "type": (0, 0, 0), "triple": (0, 0, 0)}


def test_what_agrees_with_the_one_side_that_is_known_is_not_false():
    assert counts(said(None), read())["triple"] == (0, 0, 0)
    assert counts(said(None), read(KENYA, TOGO))["triple"] == (0, 1, 0)


def test_one_of_several_types_is_enough():
    assert counts(said(KENYA, UGANDA, "CONCEDE", "RETREAT"), read(type="RETREAT"))["triple"] == (1, 1, 1)


def test_the_type_is_measured_given_the_pair():
    found = compare([case(said(), read()), case(said(), read(type="ACCUSE")), case(said(), read(TOGO))])

    assert (found.typed.right, found.typed.read) == (1, 2)


def test_two_types_of_one_pair_are_one_pair():
    assert counts(said(), read(type="ACCUSE"), read())["pair"] == (1, 1, 1)
    assert compare([case(said(), read(type="ACCUSE"), read())]).typed.right == 1


def test_the_report_begins_with_the_measures():
    assert list(lines(compare([case(said(), read(), read(TOGO))]))) == [
        "measure\tprecision\trecall\tF1\tright\tread\tsaid",
        "pair\t0.50\t1.00\t0.67\t1\t2\t1",
        "type\t1.00\t1.00\t1.00\t1\t1\t1",
        "triple\t0.50\t1.00\t0.67\t1\t2\t1",
        "ASSAULT\t0.50\t1.00\t0.67\t1\t2\t1",
        "",
        "type given the pair\t1.00\t1\t1",
        "",
        "rule\tprecision\tright\tread",
        "attack\t0.50\t1\t2",
    ]


def test_without_sentences_every_measure_is_nothing():
    assert list(lines(compare([])))[1] == "pair\t0.00\t0.00\t0.00\t0\t0\t0"


def test_who_has_been_paired_stays_paired():
    assert pair_off([[0, 1], [0]], {0: 0}) == {0: 1, 1: 0}


def test_a_row_of_the_statements_table_has_all_that_is_compared():
    row: Row = {
        **{"actor": "actor:kenya", "actor_label": "Kenya", "actor_code": "KEN", "target": "", "target_label": "", "target_code": ""},
        **{"action_type": "ASSAULT", "modality": "asserted", "rule": "attack", "trigger": "attacked"},
    }

    assert read_of(row) == Read(Side("Kenya", "KEN", "kenya"), None, "ASSAULT", "asserted", "attack", "attacked")


@pytest.mark.parametrize(
    ("other", "phenomenon"),
    [
        (read(modality="negated"), Phenomenon.NOT_ASSERTED),
        (read(type="ACCUSE"), Phenomenon.OTHER_TYPE),
        (read(UGANDA, KENYA), Phenomenon.EXCHANGED),
        (read(TOGO), Phenomenon.OTHER_ACTOR),
        (read(target=TOGO), Phenomenon.OTHER_TARGET),
        (read(None), Phenomenon.NO_ACTOR),
        (read(target=None), Phenomenon.NO_TARGET),
    ],
)
def test_what_was_read_instead_tells_what_went_wrong(other, phenomenon):
    assert errors(said(), other) == [Error(case(said(), other), said(), other, phenomenon)]


@pytest.mark.parametrize(
    ("result", "phenomenon"),
    [
        (Result.READ, Phenomenon.ELSEWHERE),
        (Result.USED, Phenomenon.USED),
        (Result.HIDDEN, Phenomenon.HIDDEN),
        (Result.NO_ACTOR, Phenomenon.NO_ACTOR),
        (Result.NO_TARGET, Phenomenon.NO_TARGET),
        (Result.NO_SIDE, Phenomenon.NO_SIDE),
        (Result.ITSELF, Phenomenon.ITSELF),
        (Result.OTHER_KIND, Phenomenon.OTHER_KIND),
        (Result.NO_WORDS, Phenomenon.PART),
        (Result.OTHER_POS, Phenomenon.OTHER_POS),
        (Result.OTHER_VERB, Phenomenon.OTHER_POS),
    ],
)
def test_where_nothing_was_read_the_rule_that_got_furthest_tells_what_went_wrong(result, phenomenon):
    far = attempt(result)

    [error] = errors(said(), attempts=(attempt(Result.OTHER_POS, rule="z"), far, attempt(Result.READ, "ACCUSE")))

    assert error.phenomenon == phenomenon
    assert result == Result.OTHER_POS or error.near == far


def test_without_a_rule_of_its_type_there_is_no_trigger():
    [error] = errors(said(), attempts=(attempt(Result.NO_ACTOR, "ACCUSE"),))

    assert (error.phenomenon, error.near) == (Phenomenon.NO_TRIGGER, None)


def test_what_is_read_though_not_said_may_be_right_where_one_relation_was_annotated():
    extra = read(TOGO, KENYA, "ACCUSE")

    assert [one.phenomenon for one in errors(said(), read(), extra)] == [Phenomenon.TOO_MUCH]
    assert [one.phenomenon for one in errors(said(), read(), extra, exhaustive=False)] == [Phenomenon.BESIDES]
    assert [one.phenomenon for one in errors(read(None), exhaustive=False)] == [Phenomenon.TOO_MUCH]


def test_what_is_right_or_unknown_is_no_error():
    assert errors(said(), read()) == []
    assert errors(said(None), read()) == []
    assert errors(Said(KENYA, UGANDA, frozenset()), read(), read(None)) == []


def test_what_was_read_of_one_side_is_missed_if_its_type_is_another():
    assert [one.phenomenon for one in errors(said(None), read(type="ACCUSE"))] == [Phenomenon.OTHER_TYPE]


@pytest.mark.parametrize(
    ("by", "groups"),
    [("action", ["ASSAULT", "ACCUSE"]), ("phenomenon", ["no trigger", "other type"]), ("rule", ["no rule", "attack"])],
)
def test_the_most_frequent_group_comes_first(by, groups):
    found = [*errors(said()), *errors(said()), *errors(said(KENYA, UGANDA, "ACCUSE"), read(type="AID"))]

    told = list(error_lines(found, by, 0))

    assert told == [f"{by}\terrors\tmissed\tread falsely", f"{groups[0]}\t2\t2\t0", f"{groups[1]}\t1\t1\t1"]


def test_an_error_is_told_with_all_one_needs_to_mend_it():
    found = errors(said(), attempts=(attempt(Result.NO_TARGET),))

    assert list(error_lines(found, "phenomenon", 1, lambda sentence: "1\tKenya\n\n"))[2:] == [
        "",
        "phenomenon\ttrigger but no target\t1",
        "",
        f"sentence\ta\t{TEXT}",
        "said\tKenya (KEN) > Uganda (UGA)\tASSAULT",
        "nearest\tattack-on on “attacked”\tno target\tdetails",
        "why\ttrigger but no target",
        "1\tKenya",
    ]


def test_no_more_examples_are_told_than_asked_for():
    found = errors(said(), said(TOGO), said(UGANDA, TOGO))

    assert sum(line.startswith("sentence\t") for line in error_lines(found, "action", 2)) == 2


def test_every_way_of_grouping_has_a_group():
    assert all(set(error.groups) == set(GROUPINGS) for error in errors(said(), read(TOGO, KENYA, "AID")))


def written(tmp_path: Path, *lines: object) -> Path:
    """A file of these lines; what is no text is written as JSON."""
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return path


def marked(**changes: object) -> dict[str, object]:
    """A sentence with one event, in the form of the file."""
    event = {"source": [{"text": "Kenya", "code": "KEN"}], "target": [{"text": "Uganda", "code": "UGA"}], "plover": "ASSAULT"}
    return {"id": "a", "text": TEXT, "date": None, "events": [event | changes]}


def test_a_sentence_is_read_with_its_events(tmp_path):
    path = written(tmp_path, marked() | {"date": "2024-05-03", "exhaustive": False, "licence": "none"}, "")

    assert list(read_marked(path)) == [Marked("a", TEXT, "2024-05-03", (said(),), exhaustive=False)]


def test_several_actors_are_as_many_relations(tmp_path):
    path = written(tmp_path, marked(source=[{"text": "Kenya", "code": "KEN"}, {"text": "Togo", "code": "TGO"}]))

    assert [one.said for one in read_marked(path)] == [(said(), said(TOGO))]


def test_the_actors_of_a_mutual_event_without_target_are_its_sides(tmp_path):
    both = [{"text": "Kenya", "code": "KEN"}, {"text": "Uganda", "code": "UGA"}]

    [found] = read_marked(written(tmp_path, marked(source=both, target=[], symmetric=True)))

    assert found.said == (said(mutual=True),)


@pytest.mark.parametrize("name", sorted(RENAMED))
def test_types_of_before_2021_are_read_as_what_they_became(tmp_path, name):
    [found] = read_marked(written(tmp_path, marked(plover=name)))

    assert [one.types for one in found.said] == [RENAMED[name]]


def test_an_event_without_a_type_or_a_side_is_kept(tmp_path):
    [found] = read_marked(written(tmp_path, marked(plover=None, source=[{"text": None, "code": None}])))

    assert found.said == (Said(None, UGANDA, frozenset()),)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "no sentence with its events"),
        ("[" * 20000, "no sentence with its events"),
        ("[1]", "no sentence with its events"),
        ({"id": "b", "events": []}, "no sentence with its events"),
        ({"id": "b", "text": 1, "events": []}, "no sentence with its events"),
        ({"id": "b", "text": "\ud800", "events": []}, "no sentence with its events"),
        ({"id": "b", "text": TEXT}, "no sentence with its events"),
        ({"id": "b", "text": TEXT, "date": "the ides", "events": []}, "no sentence with its events"),
        (marked(source="Kenya"), "no sentence with its events"),
        (marked(source=None), "no sentence with its events"),
        (marked(plover="GREET"), "unknown type 'GREET'.\nUse null, or one of: ACCUSE"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_a_remedy(tmp_path, line, message):
    path = written(tmp_path, marked(), line)

    with pytest.raises(DataError, match=r"gold\.jsonl:2: ") as caught:
        list(read_marked(path))
    assert message in str(caught.value)
    assert "\n" in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xff\xfe"], ids=["empty", "blank", "no UTF-8"])
def test_a_file_without_sentences_is_told(tmp_path, content):
    (tmp_path / "gold.jsonl").write_bytes(content)

    with pytest.raises(DataError, match=r"gold\.jsonl.*\nWrite"):
        list(read_marked(tmp_path / "gold.jsonl"))


def test_an_annotated_article_is_laid_side_by_side_with_what_was_read():
    sentences = [SENTENCE, Sentence("a", 1, 40, "All is well.", ()), Sentence("b", 0, 0, TEXT, ())]
    gold = [
        Gold("a", "Kenya attacked  Uganda on", "kenya", "ASSAULT", "uganda", "", "asserted", "", "dev"),
        Gold("a", "Kenya attacked  Uganda on", "togo", "ASSAULT", "uganda", "", "negated", "", "dev"),
    ]
    row: Row = {
        **{"document": "a", "start": 0, "actor": "actor:kenya", "actor_label": "Kenya", "actor_code": "KEN"},
        **{"target": "actor:uganda", "target_label": "Uganda", "target_code": "UGA"},
        **{"action_type": "ASSAULT", "modality": "asserted", "rule": "attack", "trigger": "attacked"},
    }

    [found] = cases_of([row], gold, sentences)

    assert (found.id, found.said) == ("a:0", (said(Side("kenya", id="kenya"), Side("uganda", id="uganda")),))
    assert list(errors_of(found, lambda sentence: ())) == []
