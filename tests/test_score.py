"""What agrees with the hand annotations, and what the report makes of it."""

from pathlib import Path

import pytest

from kg.model import DataError
from kg.ontology import read_ontology
from kg.score import SYMMETRIC, Gold, Row, below, figures, lines, read_annotations, score
from kg.score.annotations import TYPES

SENTENCE = "Iran fired missiles at Israel on Tuesday, Israel said."
CORPUS = Path(__file__).parent.parent / "corpus"
HEADER = "document,sentence,actor,action_type,target,date,modality,attributed_to,share\n"


def row(
    actor: str = "iran",
    type: str = "ASSAULT",
    target: str = "israel",
    *,
    modality: str = "asserted",
    rule: str = "fire-at",
    document: str = "001",
    sentence: str = SENTENCE,
) -> Row:
    """A row of the statements table, as far as it is compared."""
    ends = {"actor": actor and f"actor:{actor}", "target": target and f"actor:{target}"}
    return {"document": document, "sentence": sentence, "action_type": type, "modality": modality, "rule": rule, **ends}


def gold(
    actor: str = "iran",
    type: str = "ASSAULT",
    target: str = "israel",
    *,
    modality: str = "asserted",
    document: str = "001",
    sentence: str = SENTENCE,
) -> Gold:
    """A row of the annotations, as far as it is compared."""
    return Gold(document, sentence, actor, type, target, "", modality, "", "dev")


def right(rows: list[Row], said: list[Gold], measure: str = "triple", **how: object) -> tuple[int, int]:
    found = score(rows, said, **how).measures[measure]  # type: ignore[arg-type]
    return found.right, found.lenient


def test_the_same_triple_in_the_same_sentence_agrees():
    found = score([row()], [gold()])

    assert {name: (one.right, one.read, one.said) for name, one in found.measures.items()} == {
        "pair": (1, 1, 1),
        "type": (1, 1, 1),
        "triple": (1, 1, 1),
        "modality": (1, 1, 1),
    }


@pytest.mark.parametrize(
    ("other", "pair", "type", "triple"),
    [
        (row(target="kenya"), 0, 1, 0),
        (row(type="ACCUSE"), 1, 0, 0),
        (row("israel", target="iran"), 0, 1, 0),
        (row(target=""), 0, 1, 0),
        (row(sentence="Iran fired missiles at Israel in April."), 0, 0, 0),
    ],
)
def test_each_measure_asks_for_its_own_part(other, pair, type, triple):
    found = score([other], [gold()]).measures

    assert (found["pair"].right, found["type"].right, found["triple"].right) == (pair, type, triple)


@pytest.mark.parametrize("said", ["Iran fired missiles at Israel", "Iran  fired missiles\nat Israel on Tuesday, Israel said."])
def test_the_beginning_of_a_sentence_is_enough(said):
    assert right([row()], [gold(sentence=said)]) == (1, 1)


def test_a_sentence_that_was_cut_with_its_dateline_is_the_same_sentence():
    assert right([row(sentence=f"TEL AVIV - {SENTENCE}")], [gold()]) == (1, 1)


def test_documents_without_annotations_are_not_scored():
    found = score([row(), row(document="002")], [gold()])

    assert found.measures["triple"].read == 1


def test_a_document_where_nothing_happens_is_scored_for_what_was_read_all_the_same():
    found = score([row()], [gold(modality="hypothetical")])

    assert (found.measures["triple"].read, found.measures["triple"].said) == (1, 0)


def test_what_is_read_twice_in_a_sentence_counts_once():
    found = score([row(rule="fire-at"), row(rule="missiles-at")], [gold()])

    assert found.measures["triple"].read == 1


def test_one_reading_agrees_with_one_annotation_only():
    said = [gold("iran", target="israel"), gold("irgc", target="israel")]

    assert right([row("iran")], said, part_of={"irgc": "iran"}) == (1, 1)


def test_as_many_as_possible_are_paired():
    rows = [row("iran"), row("irgc")]
    said = [gold("iran-gov"), gold("iran")]

    assert right(rows, said, part_of={"irgc": "iran"}) == (1, 2)


@pytest.mark.parametrize(("type", "agree"), [("CONSULT", 1), ("AGREE", 1), ("COOPERATE", 1), ("ASSAULT", 0), ("ACCUSE", 0)])
def test_what_both_do_agrees_in_either_direction(type, agree):
    assert right([row("israel", type, "iran")], [gold("iran", type, "israel")]) == (agree, agree)


@pytest.mark.parametrize(
    ("actor", "lenient"),
    [("irgc-navy", 1), ("irgc", 1), ("iran-mil", 1), ("israel", 0), ("kenya", 0), ("", 0)],
)
def test_a_part_agrees_leniently_with_its_whole(actor, lenient):
    part_of = {"actor:irgc-navy": "actor:irgc", "actor:irgc": "actor:iran", "actor:iran": ""}

    assert right([row(actor)], [gold("iran")], part_of=part_of) == (0, lenient)


def test_which_types_both_do_alike_is_told():
    rows, said = [row("israel", "ASSAULT", "iran")], [gold()]

    assert right(rows, said, symmetric={"ASSAULT"}) == (1, 1)
    assert right(rows, said, symmetric=set()) == (0, 0)


def test_the_types_are_those_of_the_ontology():
    ontology = read_ontology()

    assert ontology.quads.keys() == TYPES
    assert {action.type for action in ontology.actions.values() if action.symmetric and not action.broader} == SYMMETRIC


def test_two_parts_of_one_whole_do_not_agree():
    assert right([row("irgc")], [gold("iran-gov")], part_of={"irgc": "iran"}) == (0, 0)


def test_what_did_not_happen_is_compared_by_its_modality():
    found = score([row(modality="negated"), row("kenya")], [gold(modality="negated"), gold("kenya", modality="intended")])

    assert (found.measures["modality"].right, found.measures["modality"].read) == (1, 2)
    assert (found.measures["triple"].right, found.measures["triple"].read, found.measures["triple"].said) == (0, 1, 0)


def test_rules_answer_for_what_they_read_falsely():
    found = score([row(), row(type="ACCUSE", rule="say-that"), row("kenya", "ACCUSE", rule="say-that")], [gold(), gold(type="THREATEN")])

    assert {name: (one.right, one.read) for name, one in found.rules.items()} == {"fire-at": (1, 1), "say-that": (0, 2)}
    assert {name: (one.right, one.read, one.said) for name, one in found.types.items()} == {
        "ACCUSE": (0, 2, 0),
        "ASSAULT": (1, 1, 1),
        "THREATEN": (0, 0, 1),
    }
    assert [one.actor for one in found.false] == ["iran", "kenya"]
    assert [one.action_type for one in found.missed] == ["THREATEN"]


def test_the_order_of_the_rows_changes_nothing():
    rows = [row(rule="a"), row(rule="b"), row("kenya", rule="c"), row("israel", "CONSULT", "iran")]
    said = [gold(), gold("iran", "CONSULT", "israel")]

    assert score(rows, said) == score(rows[::-1], said[::-1])


def test_nothing_read_is_no_success():
    found = score([], [gold()])

    assert figures(found)["triple.f1"] == 0.0


def test_a_measure_below_its_floor_is_named():
    found = score([row(), row("kenya"), row("")], [gold(), gold("", "ACCUSE")])

    assert below(found, {"triple.precision": 0.333, "triple.recall": 0.6, "pair.f1": 0.1}) == [
        "triple.recall is 0.500, its floor is 0.600",
    ]


def test_a_floor_for_no_measure_is_an_error():
    with pytest.raises(DataError, match=r"triple\.F1.*\n.*triple\.f1"):
        below(score([], []), {"triple.F1": 0.5})


def test_the_worst_rule_is_reported_first():
    found = list(lines(score([row(), row("kenya", rule="say-that")], [gold()])))

    assert found[3] == "triple\t0.50\t1.00\t0.67\t0.50\t1.00\t0.67\t1\t2\t1"
    assert found[-3:] == ["rule\tprecision\tright\tlenient\tread", "say-that\t0.00\t0\t0\t1", "fire-at\t1.00\t1\t1\t1"]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("document,sentence\n", r":1: the header is .*\n.*action_type"),
        (HEADER + "001,Iran fired missiles at Israel,iran\n", r":2: 3 cells instead of 9"),
        (HEADER + "001,Iran fired missiles at Israel,iran,FIGHT,israel,,asserted,,dev\n", r":2: unknown action_type 'FIGHT'.\n.*ASSAULT"),
        (HEADER + "001,Iran fired missiles at Israel,iran,ASSAULT,israel,,sure,,dev\n", r":2: unknown modality 'sure'.\n.*asserted"),
        (HEADER + "001,Iran fired missiles at Israel,iran,ASSAULT,israel,,asserted,,test\n", r":2: unknown share 'test'.\n.*dev, held"),
        (HEADER + ",Iran fired missiles at Israel,iran,ASSAULT,israel,,asserted,,dev\n", r":2: no document"),
        (HEADER + "001,Iran fired,iran,ASSAULT,israel,,asserted,,dev\n", r":2: 'Iran fired' is too short"),
        (HEADER + "001,Iran fired missiles at Israel,,ASSAULT,,,asserted,,dev\n", r":2: neither actor nor target"),
        (
            HEADER + "001,Iran fired missiles at Israel,iran,ASSAULT,israel,Tuesday,asserted,,dev\n",
            r":2: 'Tuesday' is no date.\n.*2024-03-05",
        ),
        (HEADER + '001,"Iran fired missiles at Israel,iran\n', r":2: .*\n.*quotation mark"),
        (HEADER + '001,"Iran fired missiles at ""Israel""" now,iran\n', r":2: .*\n.*quotation mark"),
    ],
)
def test_a_bad_annotation_is_reported_with_its_line_and_a_remedy(tmp_path, text, advice):
    path = tmp_path / "annotations.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(DataError, match=advice) as caught:
        read_annotations(path)
    assert str(path) in str(caught.value)


def test_which_types_there_are_is_told(tmp_path):
    path = tmp_path / "annotations.csv"
    path.write_text(HEADER + "001,Iran fired missiles at Israel,iran,FIGHT,israel,,asserted,,dev\n", encoding="utf-8")

    assert [one.action_type for one in read_annotations(path, types={"FIGHT"})] == ["FIGHT"]


def test_a_missing_table_is_reported(tmp_path):
    with pytest.raises(DataError, match=r"annotations\.csv"):
        read_annotations(tmp_path / "annotations.csv")


def article(document: str) -> str:
    """The text of the corpus article whose header gives this id."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((CORPUS / "articles").glob("*.txt"))]
    return next(text for text in texts if f"\nid: {document}\n" in text.partition("\n\n")[0] + "\n")


def test_every_annotation_quotes_one_sentence_of_its_article_in_order():
    annotations = read_annotations(CORPUS / "annotations.csv")

    assert all(article(one.document).count(one.sentence) == 1 for one in annotations)
    places = [(one.document, article(one.document).index(one.sentence)) for one in annotations]
    assert places == sorted(places)


def test_three_articles_are_held_back_whole():
    annotations = read_annotations(CORPUS / "annotations.csv")
    held = {one.document for one in annotations if one.share == "held"}

    assert len(held) == 3
    assert held.isdisjoint({one.document for one in annotations if one.share == "dev"})
