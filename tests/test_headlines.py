"""The day of a headline: that of what the article tells, where it tells it once and of another day than that of publication."""

import pytest

from kg.model import Block, Document
from kg.ontology import read_ontology
from kg.sentences import sentences_of
from kg.statements import statements_of

DAY = "2024-10-02"  # a Wednesday
TITLE = "Kenya seizes Ugandan boat"


def days(body: str, title: str = TITLE) -> list[tuple[str, str]]:
    """When the acts of an article were, and on what that rests."""
    text = f"{title}\n\n{body}"
    document = Document("text", text, (Block(0, len(title), "title"), Block(len(title) + 2, len(text), "body")), published=DAY)
    found = statements_of(document, sentences_of(document), read_ontology())
    return [(statement.when.edtf, statement.when.basis) for statement in found if statement.actor_id != "actor:oman"]


@pytest.mark.parametrize(
    "lead",
    [
        "The Kenyan navy seized a Ugandan boat on Monday, officials said.",
        "On Monday, Kenya seized a Ugandan boat on the lake.",
    ],
)
def test_a_headline_is_of_the_day_that_its_article_tells(lead):
    assert days(lead) == [("2024-09-30", "context"), ("2024-09-30", "relative")]


@pytest.mark.parametrize(
    "body",
    [
        "Kenya seized a Ugandan boat on Monday. Kenya seized a Ugandan boat on Tuesday.",
        "Kenya seized a Ugandan boat. Kenya seized a Ugandan boat on Monday.",
        "Kenya seized a Ugandan boat in May.",
        "Kenya seized a Ugandan boat in August 2023.",
        "Kenya did not seize a Ugandan boat on Monday.",
        "Kenya seized a Tanzanian boat on Monday.",
        "Uganda seized a Kenyan boat on Monday.",
        "Kenya attacked Uganda on Monday.",
        "Shots were heard on Wednesday. Kenya had seized a Ugandan boat on Monday.",
        "Kenya has seized a Ugandan boat since October 2024.",
        "Kenya seized a Ugandan boat before October 2024.",
    ],
)
def test_a_headline_keeps_its_day_where_the_article_leaves_a_doubt(body):
    assert days(body)[0] == (DAY, "publication")


def test_a_sentence_is_no_headline():
    assert days("Kenya seized a Ugandan boat on Monday.", "Kenya seizes a Ugandan boat.")[0] == (DAY, "publication")
