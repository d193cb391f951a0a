"""Reads one text, without a graph: what it says, and who is named in it."""

import re
from collections.abc import Iterable
from datetime import date as day

from kg.build.knowledge import Knowledge, knowledge_of
from kg.events import assemble
from kg.model import Block, DataError, Document, Event, Sentence, Statement
from kg.ontology import Ontology
from kg.sentences import load_pipeline, sentences_of
from kg.statements import named_in, statements_of
from kg.tables import Row, statement_rows


def extract(text: str, date: str = "", *, document: str = "text", ontology: Knowledge = None, parser: str = "") -> list[Statement]:
    """Read the statements of a text, as of an article published on ``date``: a day, month or year of ISO 8601.

    ``ontology`` and ``parser`` are as for :func:`build`. Raises DataError for any other date, or a parser that is not there.
    """
    return list(statements_of(*_article(text, date, document, ontology, parser)))


def actors_in(text: str, date: str = "", *, document: str = "text", ontology: Knowledge = None, parser: str = "") -> list[Row]:
    """Who is named or described in a text, and who that is on ``date``; arguments as for :func:`extract`.

    Each row has ``start``, ``end`` and ``text`` (code points of the text), ``actor``, ``actor_label``, ``actor_type``,
    ``actor_code``, ``place`` and whether a table lists it.
    """
    article, sentences, knowledge = _article(text, date, document, ontology, parser)
    return [
        {
            "start": sentence.start + sentence.tokens[mention.start].start,
            "end": sentence.start + sentence.tokens[mention.end - 1].end,
            "text": text[sentence.start + sentence.tokens[mention.start].start : sentence.start + sentence.tokens[mention.end - 1].end],
            "actor": mention.actor.id,
            "actor_label": mention.actor.label,
            "actor_type": mention.actor.type,
            "actor_code": mention.actor.code,
            "place": mention.place,
            "listed": mention.actor.listed,
        }
        for sentence, mention in named_in(article, sentences, knowledge)
    ]


def _article(text: str, date: str, name: str, ontology: Knowledge, parser: str) -> tuple[Document, Iterable[Sentence], Ontology]:
    """A text as an article of its own, parsed. Raises DataError."""
    if date and not _is_date(date):
        raise DataError(f"{date!r} is no date.\nWrite the day of publication as YYYY-MM-DD.")
    article = Document(name, text, (Block(0, len(text), "body"),), published=date)
    return article, sentences_of(article, load_pipeline(parser) if parser else None), knowledge_of(ontology)


def rows_of(statements: Iterable[Statement], ontology: Ontology) -> list[Row]:
    """The statements as rows of the statements table."""
    found = list(statements)
    return list(statement_rows(found, names_of(assemble(found, ontology)), ontology.actions))


def names_of(events: Iterable[Event]) -> dict[str, str]:
    """The event of each statement, by their ids."""
    return {statement.id: event.id for event in events for statement in event.statements}


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", text):
        return False
    try:
        day.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True
