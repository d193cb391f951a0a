"""The day of a headline: an article that appears on Wednesday and tells of Monday has a headline that tells of Monday."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from kg.model import Actor, Modality, Statement, When
from kg.ontology import Ontology, lineage
from kg.statements.merging import finer

ENDS = (".", "!", "?", "…", ":")
CLOSING = "\"'”’)]"
HEAD = 3  # lines above the first sentence
LATELY = 7  # days before publication
DAY = re.compile(r"\d{4}-\d\d-\d\d")
SAID = ("explicit", "relative")


def headlines_dated(statements: Sequence[tuple[int, Statement]], ontology: Ontology) -> Iterator[Statement]:
    """Give what a headline tells the day of the one act that the article tells as its own; ``statements`` come with their sentence."""
    for place, statement in statements:
        told = _told_below(place, statement, statements, ontology) if place < HEAD and _is_headline(statement) else []
        days = {other.when.edtf for other in told}
        if len(days) == 1 and all(other.when.basis in SAID for other in told) and _is_late(told[0].when.edtf, statement.when.edtf):
            statement = replace(statement, when=When(told[0].when.edtf, "", "context"))
        yield statement


def _told_below(place: int, headline: Statement, statements: Sequence[tuple[int, Statement]], ontology: Ontology) -> list[Statement]:
    """What tells the same as a headline, if the very next sentence does."""
    same = [(at, one) for at, one in statements if at > place and _is_same(headline, one, ontology)]
    return [one for _, one in same] if same and same[0][0] == place + 1 else []


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
    whole = DAY.fullmatch(day) and DAY.fullmatch(published)
    return bool(whole) and 0 < (date.fromisoformat(published) - date.fromisoformat(day)).days <= LATELY
