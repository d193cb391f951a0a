"""The nouns: what they tell of themselves."""

import pytest


@pytest.mark.parametrize(
    ("printed", "count"),
    [
        ([("a", "x")], 1),
        ([("a", "x"), ("a", "z")], 1),
        ([("a", "x"), ("b", "y")], 2),
        ([("a", "x"), ("b", "x")], 1),
        ([("a", "x"), ("b", "y"), ("a", "y"), ("c", "z")], 2),
    ],
)
def test_documents_that_print_the_same_sentence_are_one_source(event, statement, printed, count):
    assert event(*(statement(document=document, quote=quote) for document, quote in printed)).sources == count
