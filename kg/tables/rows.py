"""Statements, events, conflicts and articles as rows: the columns of the contract, in their order."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any

from kg.conflicts import Conflict
from kg.model import Action, Actor, Document, Event, Quantity, Statement

STATEMENT_COLUMNS = (
    *("id", "event", "document", "start", "end", "sentence", "trigger"),
    *("actor", "actor_label", "actor_code", "action", "action_label", "action_type", "cameo"),
    *("target", "target_label", "target_code", "date", "date_text", "date_basis", "place", "modality"),
    *("attributed_to", "attributed_to_label", "attribution", "quantities", "rule", "parties"),
)
EVENT_COLUMNS = (
    *("id", "actor", "actor_label", "action", "action_label", "action_type", "target", "target_label"),
    *("date", "place", "modality", "quantities", "sources", "documents", "statements"),
    *("first_report", "last_report", "asserted_by", "denied_by"),
)
CONFLICT_COLUMNS = ("id", "event", "property", "values", "documents", "statements", "speakers")
SIDES = " | "
SPEAKERS = " > "

Row = dict[str, Any]


def statement_row(statement: Statement, event_id: str, actions: Mapping[str, Action]) -> Row:
    """One row of the statements table, in the order of its columns; what is unknown is empty."""
    evidence, action = statement.evidence, actions[statement.action]
    speaker = statement.attribution[-1] if statement.attribution else None
    return {
        "id": statement.id,
        "event": event_id,
        "document": evidence.document,
        "start": evidence.start,
        "end": evidence.end,
        "sentence": evidence.quote,
        "trigger": evidence.trigger,
        **_side("actor", statement.actor),
        "action": action.id,
        "action_label": action.label,
        "action_type": action.type,
        "cameo": action.cameo,
        **_side("target", statement.target),
        "date": statement.when.edtf,
        "date_text": statement.when.text,
        "date_basis": statement.when.basis,
        "place": statement.place,
        "modality": statement.modality.value,
        "attributed_to": speaker.id if speaker else "",
        "attributed_to_label": speaker.label if speaker else "",
        "attribution": SPEAKERS.join(speaker.label for speaker in statement.attribution),
        "quantities": _quantities(statement.quantities),
        "rule": evidence.rule,
        "parties": [_party(part, actor).copy() for part, actor in parts_of(statement) if actor],
    }


def event_row(event: Event, actions: Mapping[str, Action]) -> Row:
    """One row of the events table."""
    action = actions[event.action]
    actor, target = _side("actor", event.actor), _side("target", event.target)
    return {
        "id": event.id,
        "actor": actor["actor"],
        "actor_label": actor["actor_label"],
        "action": action.id,
        "action_label": action.label,
        "action_type": action.type,
        "target": target["target"],
        "target_label": target["target_label"],
        "date": event.date,
        "place": event.place,
        "modality": event.modality.value,
        "quantities": _quantities(event.quantities),
        "sources": event.sources,
        "documents": _joined(event.documents),
        "statements": _joined(statement.id for statement in event.statements),
        "first_report": event.first_report,
        "last_report": event.last_report,
        "asserted_by": _joined(speaker.id for speaker in event.asserted_by),
        "denied_by": _joined(speaker.id for speaker in event.denied_by),
    }


def conflict_row(conflict: Conflict) -> Row:
    """One row of the conflicts table: the sides as lists, in the same order in every cell."""
    return {
        "id": conflict.id,
        "event": conflict.event,
        "property": conflict.about,
        "values": [list(side.values) for side in conflict.sides],
        "documents": [list(side.documents) for side in conflict.sides],
        "statements": [sorted(statement.id for statement in side.statements) for side in conflict.sides],
        "speakers": [list(side.speakers) for side in conflict.sides],
    }


def joined_sides(row: Row) -> Row:
    """A row of the conflicts table as CSV has it: sides joined by " | ", what is on one side by "; "."""
    return {key: SIDES.join("; ".join(side) for side in cell) if isinstance(cell, list) else cell for key, cell in row.items()}


def document_row(document: Document, sentences: int, *, with_text: bool = True) -> Row:
    """One line of the documents table."""
    row: Row = {
        "id": document.id,
        "title": document.title,
        "date": document.published,
        "date_basis": "publication" if document.published else "",
        "source": document.source,
        "url": document.url,
        "author": document.author,
        "language": document.language,
        "sha256": document.sha256,
        "signature": document.signature,
        "sentences": sentences,
    }
    return row | {"text": document.text} if with_text else row


def parts_of(statement: Statement) -> list[tuple[str, Actor | None]]:
    """Everybody of a statement with their part in it; speakers in order, outermost first."""
    return [("actor", statement.actor), ("target", statement.target), *(("speaker", speaker) for speaker in statement.attribution)]


@lru_cache(maxsize=10_000)
def _party(part: str, actor: Actor) -> Row:
    """All that is known of somebody, without what goes without saying."""
    told = {field.name: getattr(actor, field.name) for field in fields(actor) if getattr(actor, field.name) != field.default}
    return {"part": part} | {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}


def _side(name: str, actor: Actor | None) -> Row:
    parts = (actor.id, actor.label, actor.code) if actor else ("", "", "")
    return dict(zip((name, f"{name}_label", f"{name}_code"), parts, strict=True))


def _quantities(quantities: Iterable[Quantity]) -> list[Row]:
    return [
        {"value": int(one.value) if one.value.is_integer() else one.value, "qualifier": one.qualifier, "unit": one.unit}
        for one in quantities
    ]


def _joined(ids: Iterable[str]) -> str:
    return "; ".join(sorted(set(ids)))
