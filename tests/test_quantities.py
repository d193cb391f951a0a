"""How many: the numbers of an act, with what makes them vague and what they count."""

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.build import extract
from kg.conflicts import amount
from kg.statements.numbers import amounts_in, number

with (Path(__file__).parent / "quantities.csv").open(encoding="utf-8", newline="") as file:
    ROWS = {row["sentence"]: row["read"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def read() -> Mapping[str, dict[str, None]]:
    """What is counted in each sentence of the table, all read at once."""
    found: dict[str, dict[str, None]] = {}
    for statement in extract("\n\n".join(ROWS)):
        found.setdefault(statement.evidence.quote, {}).update(dict.fromkeys(map(amount, statement.quantities)))
    return found


@pytest.mark.parametrize("sentence", ROWS)
def test_every_sentence_of_the_table_counts_as_it_says(read, sentence):
    assert "; ".join(read.get(sentence, {})) == ROWS[sentence]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("$2 to 3 million", [(2e6, "at least"), (3e6, "at most")]),
        ("between $20 and $30 billion", [(2e10, "at least"), (3e10, "at most")]),
        ("one hundred and twenty", [(120, "")]),
        ("at least another 12", [(12, "at least another")]),
        ("over 3,000", [(3000, "over")]),
        ("a dozen or so", [(12, "or so")]),
        ("2 lakh", [(200000, "")]),
        ("30 to 20", []),
        ("several hundred", []),
        ("a few thousand", []),
        ("tens of thousands", []),
        ("a quarter of a million", []),
        ("Su-35, F-16s, the 4th, 12-year-old, 12:30, 10,000-strong", []),
        ("15 out of 20", [(15, "")]),
    ],
)
def test_numbers_are_read_with_what_makes_them_vague(text, values):
    assert [value for amount in amounts_in(text) for value in amount.values] == values


@pytest.mark.parametrize("text", ["", "-", "1" * 400, "a " * 300, "1,2,3,4", "and half a", "² ٣ 1/2 1.2.3", "to 5 to 6 to"])
def test_no_text_is_too_odd_for_numbers(text):
    assert all(0 <= one.begin <= one.start < one.end <= len(text) for one in amounts_in(text))


def test_a_number_that_nothing_is_counted_by_is_none():
    assert number("9" * 400) is None
    assert [amount.values for amount in amounts_in(f"{'9' * 400} men, {'1' * 20} to 30 ships and 5 boats")] == [((5.0, ""),)]
