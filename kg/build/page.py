"""Makes the network page of the events chosen for it, from their rows and statements, as both stand in the tables."""

from collections.abc import Iterable, Mapping, Sequence

from kg import tables
from kg.conflicts import conflicts_in
from kg.events import with_states
from kg.model import Document, Statement
from kg.ontology import Ontology
from kg.sources import corroborated
from kg.views import ENGLISH, Chosen, Outline, network_page, other_names


def outline_of(row: tables.Row) -> Outline:
    """What choosing must know of an event."""
    said = row["statements"].count(";") + 1
    return Outline(row["id"], row["actor"], row["target"], row["action"], row["date"], row["modality"], said)


def page_of(
    rows: Iterable[tables.Row],
    said: Mapping[str, Iterable[Statement]],
    documents: Sequence[Document],
    ontology: Ontology,
    chosen: Chosen,
    title: str = "",
    language: str = ENGLISH,
    *,
    bodies_with_state: bool = False,
) -> str:
    """The page of the events of these rows; ``said`` has the statements of each. Raises DataError for a language it does not speak."""
    events = (tables.event_from(row, said[row["id"]]) for row in rows)
    told = list(corroborated(events, documents, ontology.identity.limit("copies")))
    conflicts = conflicts_in(told, ontology)
    shown = list(with_states(told, ontology)) if bodies_with_state else told
    return network_page(
        shown,
        documents,
        ontology.actions,
        quads=ontology.quads,
        conflicts=conflicts,
        names=other_names(ontology.names, shown),
        chosen=chosen,
        title=title,
        language=language,
    )
