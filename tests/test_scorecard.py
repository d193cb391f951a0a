"""The scorecard: its intervals, what it refuses, that no sentence gets into it; and the floor beneath our own articles."""

import json
from pathlib import Path

import pytest

from kg.build import rows_of
from kg.score import figures, read_annotations, score
from tools.scoring import scorecard
from tools.scoring.intervals import scores, share
from tools.scoring.measuring import Cost, asserted_on_nothing, reading

HERE = Path(__file__).parent
POINT = 0.01
SENTENCES = [
    ("Ankara shelled Damascus on Monday.", "TUR", "SYR", "ASSAULT"),
    ("Vienna was condemned by Budapest.", "HUN", "AUT", "ACCUSE"),
    ("Oslo zorbled Helsinki in a way that nobody has a word for.", "NOR", "FIN", "ASSAULT"),
]


@pytest.fixture(scope="module")
def gold(tmp_path_factory) -> Path:
    """Sentences of our own in the form of the public sets."""
    folder = tmp_path_factory.mktemp("gold")
    lines = [
        {
            "id": text[:5],
            "text": text,
            "date": "2024-10-02",
            "events": [{"source": [{"text": actor, "code": actor}], "target": [{"text": to, "code": to}], "plover": plover, "quad": 4}],
        }
        for text, actor, to, plover in SENTENCES
    ]
    (folder / "plv.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    quiet = [{**lines[0], "events": [{**lines[0]["events"][0], "plover": None, "quad": 0}]}, lines[1]]
    (folder / "quiet.jsonl").write_text("\n".join(map(json.dumps, quiet)), encoding="utf-8")
    return folder


def test_an_interval_is_the_same_each_time_and_holds_the_score():
    counts = [(1, 1, 1), (0, 1, 1), (1, 2, 1), (0, 0, 1)] * 10

    f1 = scores(counts)["f1"]

    assert scores(counts)["f1"] == f1
    assert f1.value == pytest.approx(2 * 20 / (40 + 40))
    assert 0.3 < f1.low < f1.value < f1.high < 0.7


def test_more_sentences_make_it_surer():
    few, many = share([True, False] * 10), share([True, False] * 1000)

    assert few.value == many.value == 0.5
    assert many.high - many.low < (few.high - few.low) / 5


def test_what_is_read_is_told_by_type_by_what_is_in_the_sentence_and_by_why_it_was_missed(gold):
    found = reading(gold / "plv.jsonl")

    assert found.measures["triple"]["f1"].value == pytest.approx(0.8)
    assert {name: one["recall"].value for name, one in found.types.items()} == {"ACCUSE": 1.0, "ASSAULT": 0.5}
    assert found.phenomena["passive"]["recall"].said == 1
    assert found.misses == {"no trigger": 1}


def test_a_mere_statement_is_none_if_something_is_asserted(gold):
    assert asserted_on_nothing(gold / "quiet.jsonl").value == 1.0


def test_no_sentence_gets_into_the_scorecard(gold):
    found = reading(gold / "plv.jsonl")
    text = scorecard.page([found], {name: found.measures[name] for name in scorecard.MEASURES}, share([True]), Cost(1, 1, 1, 1, 1, 1, 1, 1))

    assert "| plv | 3 | triple | 1.00 (" in text
    assert [word for sentence, *_ in SENTENCES for word in sentence.rstrip(".").split() if word.istitle() and word in text] == []


@pytest.mark.parametrize(
    ("now", "told"),
    [(0.70, []), (0.69, []), (0.689, ["a.f1 is 0.689, it was 0.700"]), (0.8, [])],
)
def test_a_drop_of_more_than_a_point_is_refused(now, told):
    assert scorecard.fallen({"a.f1": now}, {"a.f1": 0.70}) == told


def test_the_scorecard_is_of_the_figures_that_may_not_fall():
    page, record = (HERE.parent / "docs" / name for name in ("scorecard.md", "scorecard.json"))
    rows = [line.split(" | ") for line in page.read_text(encoding="utf-8").splitlines() if line.count(" | ") == 6]
    shown = {f"{row[0].removeprefix('| ')}.{row[2]}.f1": float(row[5].split()[0]) for row in rows if row[1].isdigit()}

    assert shown == pytest.approx(json.loads(record.read_text(encoding="utf-8")), abs=0.006)


def test_the_floor_is_within_a_point_of_what_is_reached(corpus):
    gold = [row for row in read_annotations(HERE.parent / "corpus" / "annotations.csv") if row.share == "held"]
    parts = {actor.id: actor.part_of for actor in corpus.ontology.actors.values() if actor.part_of}
    reached = figures(score(rows_of(corpus.statements, corpus.ontology), gold, part_of=parts))
    floor = json.loads((HERE / "floor.json").read_text(encoding="utf-8"))

    assert {name for name, least in floor.items() if not least - 1e-9 <= round(reached[name], 3) <= least + POINT + 1e-9} == set()
