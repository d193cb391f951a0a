"""The same knowledge as rows and as plain graphs."""

import csv
import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.conflicts import Conflict, Side
from kg.model import Modality, Quantity
from kg.tables import (
    STATEMENT_COLUMNS,
    as_csv,
    as_jsonl,
    gexf,
    graphml,
    read_documents_jsonl,
    read_rows,
    read_statements,
    statement_row,
    to_networkx,
    write_conflicts_csv,
    write_documents_jsonl,
    write_events_csv,
    write_statements,
)

HOSTILE = 'a "quote"\r\nand <script>alert(1)</script>\t\u202eRTL\u2028 \x07 é 🚀, ; |'


def test_a_row_has_the_columns_of_the_contract(statement, actions):
    said = statement(attribution=("actor:kenya", "actor:irgc"), quantities=(Quantity(300.0, "about", "missiles"),), start=98, place="Haifa")

    row = statement_row(said, "event:1", actions)

    assert row == {
        "id": said.id,
        "event": "event:1",
        "document": "001",
        "start": 98,
        "end": 147,
        "sentence": "Iran fired missiles at Israel on October 1, 2024.",
        "trigger": "fired missiles",
        "actor": "actor:iran",
        "actor_label": "Iran",
        "actor_code": "IRN",
        "action": "action:missile-attack",
        "action_label": "missile attack",
        "action_type": "ASSAULT",
        "cameo": "190",
        "target": "actor:israel",
        "target_label": "Israel",
        "target_code": "ISR",
        "date": "2024-10-01",
        "date_text": "on October 1, 2024",
        "date_basis": "explicit",
        "place": "Haifa",
        "modality": "asserted",
        "attributed_to": "actor:irgc",
        "attributed_to_label": "Irgc",
        "attribution": "Kenya > Irgc",
        "quantities": [{"value": 300, "qualifier": "about", "unit": "missiles"}],
        "rule": "fire-missile-at",
        "parties": [
            {"part": "actor", "id": "actor:iran", "label": "Iran", "type": "state", "code": "IRN"},
            {"part": "target", "id": "actor:israel", "label": "Israel", "type": "state", "code": "ISR"},
            {"part": "speaker", "id": "actor:kenya", "label": "Kenya", "type": "state", "code": "KEN"},
            {"part": "speaker", "id": "actor:irgc", "label": "Irgc", "type": "state"},
        ],
    }
    assert tuple(row) == STATEMENT_COLUMNS


def test_a_side_that_the_text_leaves_out_is_empty(statement, actions):
    row = statement_row(statement(actor=None), "event:1", actions)

    assert (row["actor"], row["actor_label"], row["actor_code"]) == ("", "", "")


def test_json_has_null_where_csv_is_empty(statement, actions):
    row = statement_row(statement(target=None, quantities=(Quantity(2.5, "", "tonnes"),)), "event:1", actions)

    table = next(csv.DictReader(io.StringIO(as_csv([row], STATEMENT_COLUMNS))))
    line = json.loads(as_jsonl([row]))

    assert (table["target"], line["target"]) == ("", None)
    assert json.loads(table["quantities"]) == line["quantities"] == [{"value": 2.5, "qualifier": "", "unit": "tonnes"}]
    assert (table["start"], line["start"]) == ("0", 0)


def test_rows_stand_in_the_order_of_the_articles(tmp_path, statement, actions):
    said = [statement(document="b"), statement(document="a", start=60), statement(document="a", start=5)]

    write_statements(said, {one.id: "event:1" for one in said}, actions, tmp_path)

    rows = csv.DictReader(io.StringIO((tmp_path / "statements.csv").read_bytes().decode(), newline=""))
    assert [(row["document"], row["start"]) for row in rows] == [("a", "5"), ("a", "60"), ("b", "0")]


@given(st.text())
def test_any_sentence_survives_csv_and_json_lines(sentence):
    row = {"document": "1", "sentence": sentence, "rule": "r"}

    assert list(csv.DictReader(io.StringIO(as_csv([row], tuple(row)), newline=""))) == [row]
    assert json.loads(as_jsonl([row]))["sentence"] == (sentence or None)
    assert len(as_jsonl([row]).splitlines()) == 1


def test_half_a_surrogate_pair_stops_no_file_and_moves_no_offset(tmp_path, document):
    write_documents_jsonl([document(text="a\ud800b")], {"001": 1}, tmp_path / "documents.jsonl")

    assert len(read_rows(tmp_path / "documents.jsonl")[0]["text"]) == 3


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=cmd|"/C calc"!A0'])
def test_a_spreadsheet_runs_no_formula(cell):
    row = {"a": cell, "b": 7}

    guarded = list(csv.reader(io.StringIO(as_csv([row], ("a", "b"), spreadsheet=True), newline="")))
    verbatim = list(csv.reader(io.StringIO(as_csv([row], ("a", "b")), newline="")))

    assert guarded[1] == [f"'{cell}", "7"]
    assert verbatim[1] == [cell, "7"]


def test_statements_come_back_from_their_file(tmp_path, statement, actor, actions):
    guard = actor("actor:irgc", label="Guards", type="armed-forces", part_of="actor:iran")
    said = [
        statement(attribution=(actor("actor:kenya"), guard), quote=HOSTILE, quantities=(Quantity(2.0, "about", "missiles"),)),
        statement(actor=None, modality="negated", date="", document="002"),
    ]
    write_statements(said, {one.id: "event:1" for one in said}, actions, tmp_path)

    assert read_statements(tmp_path / "statements.jsonl") == said


def test_an_actor_that_nobody_knows_comes_back_whole(tmp_path, statement, actor, actions):
    said = statement(
        actor=actor("actor:a > b", label="a > b", type="", listed=False), attribution=(actor("actor:x", type="", listed=False),)
    )
    write_statements([said], {said.id: "event:1"}, actions, tmp_path)

    assert read_statements(tmp_path / "statements.jsonl") == [said]


def test_articles_come_back_from_their_file(tmp_path, document):
    articles = [
        document("b", HOSTILE, title="B"),
        document("a", published="2024-10-02", source="Daily", url="u", author="n", language="en"),
    ]
    write_documents_jsonl(articles, {"a": 3, "b": 1}, tmp_path / "documents.jsonl")

    back, counts = read_documents_jsonl(tmp_path / "documents.jsonl")

    assert back == [replace(article, blocks=()) for article in reversed(articles)]
    assert counts == {"a": 3, "b": 1}


def test_text_that_may_not_be_copied_is_left_out(tmp_path, document):
    write_documents_jsonl([document(published="2024")], {"001": 1}, tmp_path / "documents.jsonl", with_text=False)

    row = read_rows(tmp_path / "documents.jsonl")[0]

    assert "text" not in row
    assert (row["date"], row["date_basis"]) == ("2024", "publication")


def test_an_event_tells_its_documents_and_statements(tmp_path, event, statement, actions):
    said = [statement(document="b", quote="Iran fired."), statement(document="a", quantities=(Quantity(2.0, "", "missiles"),))]
    happened = replace(event(*said), quantities=said[1].quantities)

    write_events_csv([happened], actions, tmp_path / "events.csv")

    rows = list(csv.reader(io.StringIO((tmp_path / "events.csv").read_bytes().decode(), newline="")))
    assert rows[0][:3] == ["id", "actor", "actor_label"]
    assert rows[1][1:13] == [
        *(
            "actor:iran",
            "Iran",
            "action:missile-attack",
            "missile attack",
            "ASSAULT",
            "actor:israel",
            "Israel",
            "2024-10-01",
            "",
            "asserted",
        ),
        *('[{"value": 2, "qualifier": "", "unit": "missiles"}]', "2"),
    ]
    assert rows[1][13:] == ["a; b", "; ".join(sorted(one.id for one in said)), "", "", "", ""]


def test_the_sides_of_a_conflict_stand_in_the_same_order(tmp_path, statement):
    few, about = statement(document="b", attribution=("actor:iran",)), statement(document="a")
    many = statement(document="c", attribution=("actor:kenya", "actor:israel"))
    conflict = Conflict("event:1", "quantities", (Side(("180 men", "about 200 men"), (about, few)), Side(("400 men",), (many,))))

    write_conflicts_csv([conflict], tmp_path / "conflicts.csv")

    assert (tmp_path / "conflicts.csv").read_text() == (
        "id,event,property,values,documents,statements,speakers\n"
        f"{conflict.id},event:1,quantities,180 men; about 200 men | 400 men,a; b | c,"
        f"{'; '.join(sorted((few.id, about.id)))} | {many.id},Iran | Israel\n"
    )


def test_without_conflicts_there_is_a_header(tmp_path):
    write_conflicts_csv([], tmp_path / "conflicts.csv")

    assert (tmp_path / "conflicts.csv").read_text() == "id,event,property,values,documents,statements,speakers\n"


def test_the_network_shows_what_happened_between_two(event, actions):
    happened = event()

    graph = to_networkx([happened, event(modality="intended", date="2025"), event(target=None, date="2023")], actions)

    assert list(graph.edges(keys=True, data=True)) == [
        (
            "actor:iran",
            "actor:israel",
            happened.id,
            {
                "action": "action:missile-attack",
                "action_label": "missile attack",
                "action_type": "ASSAULT",
                "date": "2024-10-01",
                "modality": "asserted",
                "statements": 1,
                "sources": 1,
            },
        )
    ]
    assert graph.nodes["actor:iran"] == {"label": "Iran", "type": "state", "code": "IRN"}


def test_other_modalities_are_shown_when_asked_for(event, actions):
    graph = to_networkx([event(), event(modality="intended", date="2025")], actions, modalities=(Modality.INTENDED,))

    assert [data["modality"] for *_, data in graph.edges(data=True)] == ["intended"]


def test_plain_graphs_are_read_by_networkx(event, actor, actions):
    graph = to_networkx([event(actor=actor("actor:x\x07", label="<b>\x00\ud800&")), event()], actions)

    for back in (networkx.parse_graphml(graphml(graph).decode()), networkx.read_gexf(io.BytesIO(gexf(graph)))):
        assert sorted(back.nodes) == ["actor:iran", "actor:israel", "actor:x\ufffd"]
        assert back.number_of_edges() == 2
        assert back.nodes["actor:x\ufffd"]["label"] == "<b>\ufffd\ufffd&"


def test_no_file_tells_the_day_it_was_written(event, actions):
    written = gexf(to_networkx([event()], actions))

    assert b"lastmodified" not in written
    assert ElementTree.fromstring(written).tag.endswith("gexf")


SCRIPT = """
import sys
from kg.model import Action
from kg.tables import gexf, graphml, to_networkx
from tests.conftest import make_event
actions = {"action:missile-attack": Action("action:missile-attack", "missile attack", "ASSAULT")}
graph = to_networkx([make_event(actor=f"actor:{n}", date=f"202{n}") for n in range(9)], actions)
sys.stdout.buffer.write(graphml(graph) + gexf(graph))
"""


HERE = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}


def test_the_same_events_give_the_same_bytes_under_any_hash_seed():
    outputs = {
        subprocess.run([sys.executable, "-c", SCRIPT], env=HERE | {"PYTHONHASHSEED": seed}, check=True, capture_output=True).stdout
        for seed in ("1", "2")
    }

    assert len(outputs) == 1
