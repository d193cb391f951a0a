"""Where an act is, and which date is its own where a sentence has several; 3 May 2024 was a Friday."""

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.build import extract

PUBLISHED = "2024-05-03"


def table(name: str) -> dict[str, str]:
    """What is read in each sentence of a table."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return {row["sentence"]: row["read"] for row in csv.DictReader(file)}


ROWS, PLACES = table("when.csv"), table("where.csv")


@pytest.fixture(scope="module")
def read() -> Mapping[tuple[str, str], str]:
    """The date of each act of the sentences of the table, by sentence and trigger."""
    return {(text, found.evidence.trigger): found.when.edtf for text in ROWS for found in extract(text, PUBLISHED)}


@pytest.mark.parametrize("sentence", ROWS)
def test_every_act_of_the_table_has_the_date_that_it_says(read, sentence):
    told = (act.partition(" =") for act in ROWS[sentence].split("; "))
    expected = {(sentence, trigger): edtf.strip() for trigger, _, edtf in told}

    assert {key: read.get(key) for key in expected} == expected


@pytest.mark.parametrize("sentence", PLACES)
def test_the_act_of_the_table_is_where_it_says(sentence):
    assert {found.place for found in extract(sentence)} | {""} == {PLACES[sentence], ""}
