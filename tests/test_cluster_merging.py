"""What a cluster decides without sentences, how it finds files, and which parts a change touches: all of it without Spark."""

import json

import pytest
from conftest import make_statement

pytest.importorskip("pyarrow", reason="there is no pyarrow: pip install 'actor-kg[spark]'")

from kg.cluster.files import Found
from kg.cluster.inputs import LINES, LOT_FILES, LOT_SIZE, ROWS, WHOLE, Input, form_of, lots_of
from kg.cluster.merging import slim_statements, unsaid
from kg.cluster.parts import bucket_of
from kg.events import assemble_block, blocks_of
from kg.tables import statement_row

LONG = "Gunmen attacked the soldiers on the road to the north again"


def decided(statements, ontology):
    """The events of statements, each with its own."""
    return [(event.id, event.date, event.modality, [one.id for one in event.statements]) for event in assemble_block(statements, ontology)]


def bare(statements, ontology):
    """The same statements as the task has them that decides which are one event."""
    return slim_statements((one.id, json.dumps(unsaid(statement_row(one, "", ontology.actions)))) for one in statements)


def test_without_their_sentences_the_same_statements_are_one_event(corpus, ontology):
    blocks = blocks_of(corpus.statements, ontology).values()

    assert len(blocks) > 20
    assert [decided(bare(block, ontology), ontology) for block in blocks] == [decided(block, ontology) for block in blocks]


@pytest.mark.parametrize("sentence", [LONG, "Gunmen attacked soldiers.", ""])
def test_one_sentence_of_several_articles_is_known_without_its_words(ontology, sentence):
    sides = {"actor": "actor:gunmen", "target": "actor:soldiers", "date": "", "action": "action:assault"}
    said = [make_statement(**sides, document=name, quote=sentence) for name in ("001", "002", "003")]

    assert decided(bare(said, ontology), ontology) == decided(said, ontology)


def test_no_word_of_the_sentence_goes_to_the_task_that_decides(ontology):
    told = json.dumps(unsaid(statement_row(make_statement(quote=LONG), "", ontology.actions)))

    assert [word for word in ("Gunmen", "soldiers", "road", "north", "again") if word in told] == []


@pytest.mark.parametrize(
    ("name", "size", "form"),
    [
        ("a.txt", 10**7, WHOLE),
        ("a.jsonl", 10**5, WHOLE),
        ("a.JSONL", 10**6, LINES),
        ("a.jsonl.gz", 10**6, WHOLE),
        ("a.jsonl.gz", 10**8, LINES),
        ("a.parquet", 10, ROWS),
    ],
)
def test_a_file_is_read_at_once_or_shared_out(name, size, form):
    assert form_of(Found(f"file:/news/{name}", size, 0)) == form


def made_up(count: int, size: int = 1, form: str = WHOLE, changed: int = 0) -> list[Input]:
    """Files of one form."""
    return [Input(f"{number}", f"{number}", Found(f"file:/{number}", size, changed), form) for number in range(count)]


def test_lots_are_neither_too_many_files_nor_too_large():
    assert [len(lot.inputs) for lot in lots_of(made_up(LOT_FILES + 1), "")] == [LOT_FILES, 1]
    assert [len(lot.inputs) for lot in lots_of(made_up(3, LOT_SIZE // 2), "")] == [2, 1]
    assert [len(lot.inputs) for lot in lots_of(made_up(2, form=ROWS), "")] == [1, 1]


def test_a_lot_is_another_if_a_file_or_the_tables_are():
    def key(stamp: str = "", **about: int) -> str:
        [lot] = lots_of(made_up(1, **about), stamp)
        return lot.key

    assert key() == key()
    assert len({key(), key("other tables"), key(size=2), key(changed=1)}) == 4


def test_blocks_go_into_as_many_buckets_as_there_are():
    assert {bucket_of(f"ASSAULT actor:{number}", 8) for number in range(200)} == {f"{number:05}" for number in range(8)}
