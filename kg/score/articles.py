"""Lays side by side, sentence by sentence, what was read in articles and what their annotations say, to list errors."""

from collections.abc import Collection, Iterable, Iterator

from kg.model import Modality, Sentence
from kg.score import SYMMETRIC, Row
from kg.score.annotations import Gold
from kg.score.relations import Case, Read, read_of
from kg.score.sentences import Said
from kg.score.sides import Side


def cases_of(
    rows: Iterable[Row], gold: Iterable[Gold], sentences: Iterable[Sentence], *, symmetric: Collection[str] = SYMMETRIC
) -> Iterator[Case]:
    """The sentences of annotated articles in which something was said or read."""
    annotated: dict[str, list[Gold]] = {}
    for one in gold:
        annotated.setdefault(one.document, []).append(one)
    found: dict[tuple[str, int], list[Read]] = {}
    for row in rows:
        found.setdefault((row["document"], row["start"]), []).append(read_of(row))
    for sentence in sentences:
        if sentence.document in annotated:
            said = tuple(_said(one, symmetric) for one in annotated[sentence.document] if _speaks_of(one, sentence))
            read = tuple(found.get((sentence.document, sentence.start), ()))
            if said or read:
                yield Case(f"{sentence.document}:{sentence.start}", sentence.text, (sentence,), said, read)


def _speaks_of(one: Gold, sentence: Sentence) -> bool:
    """Tell whether an asserted annotation is of a sentence, whichever way that is cut at its ends."""
    quoted, text = " ".join(one.sentence.split()), " ".join(sentence.text.split())
    return one.modality == Modality.ASSERTED and (quoted in text or text in quoted)


def _said(one: Gold, symmetric: Collection[str]) -> Said:
    actor, target = (Side(id, id=id) if id else None for id in (one.actor, one.target))
    return Said(actor, target, frozenset({one.action_type}), mutual=one.action_type in symmetric)
