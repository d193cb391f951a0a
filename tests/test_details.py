"""Which date is that of which act, where a sentence has several; 3 May 2024 was a Friday."""

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.build import extract

PUBLISHED = "2024-05-03"

with (Path(__file__).parent / "when.csv").open(encoding="utf-8", newline="") as file:
    ROWS = {row["sentence"]: row["read"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def read() -> Mapping[tuple[str, str], str]:
    """The date of each act of the sentences of the table, by sentence and trigger."""
    return {(text, found.evidence.trigger): found.when.edtf for text in ROWS for found in extract(text, PUBLISHED)}


@pytest.mark.parametrize("sentence", ROWS)
def test_every_act_of_the_table_has_the_date_that_it_says(read, sentence):
    told = (act.partition(" =") for act in ROWS[sentence].split("; "))
    expected = {(sentence, trigger): edtf.strip() for trigger, _, edtf in told}

    assert {key: read.get(key) for key in expected} == expected
