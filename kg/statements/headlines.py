"""The day of a headline: an article that appears on Wednesday and tells of Monday has a headline that tells of Monday."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from kg.model import Actor, Modality, Statement, When
from kg.ontology import Ontology, lineage
from kg.statements.merging import finer

ENDS = (".", "!", "?", "…", ":")
CLOSING = "\"'”’)]"
LEAD = 3  # the sentences behind a headline of which one tells what it tells
LATELY = 7  # days before publication
SAID = ("explicit", "relative")


def headlines_dated(statements: Sequence[tuple[int, Statement]], ontology: Ontology) -> Iterator[Statement]:
    """Give what a headline tells the day of the one act that the article tells as its own; ``statements`` come with their sentence."""
    for place, statement in statements:
        same = (
            [(at, other) for at, other in statements if at > place and _is_same(statement, other, ontology)]
            if _is_headline(statement)
            else []
        )
        days = {other.when.edtf for _, other in same}
        lead = bool(same) and same[0][0] <= place + LEAD and all(other.when.basis in SAID for _, other in same)
        if lead and len(days) == 1 and _is_late(same[0][1].when.edtf, statement.when.edtf):
            statement = replace(statement, when=When(same[0][1].when.edtf, "", "context"))
        yield statement


def _is_headline(statement: Statement) -> bool:
    """Tell whether a statement has no day but that of publication, and stands in a line that is no sentence."""
    quote = statement.evidence.quote.rstrip(CLOSING)
    return statement.when.basis == "publication" and statement.modality is Modality.ASSERTED and not quote.endswith(ENDS)


def _is_same(one: Statement, other: Statement, ontology: Ontology) -> bool:
    """Tell whether two statements tell one act, the one more exactly than the other: "Chad", "the Chadian army"."""
    if other.modality is not Modality.ASSERTED or one.actor is None or one.target is None:
        return False
    alike = one.action == other.action or finer(one.action, other.action, ontology) or finer(other.action, one.action, ontology)
    return alike and _is_one(one.actor, other.actor, ontology) and _is_one(one.target, other.target, ontology)


def _is_one(one: Actor, other: Actor | None, ontology: Ontology) -> bool:
    return other is not None and (one.id in lineage(other, ontology) or other.id in lineage(one, ontology))


def _is_late(day: str, published: str) -> bool:
    """Tell whether a day lies shortly before another, both of full length."""
    return len(day) == len(published) == 10 and 0 < (date.fromisoformat(published) - date.fromisoformat(day)).days <= LATELY
