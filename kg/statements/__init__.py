"""Applies the rules to a sentence; the grammar is here, the lexicon in ``ontology/``.

sentence -> triggers (which rule fits where) -> roles (who, to whom) -> modality, date, place, numbers
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import overload

from kg.dates import Found as FoundDate
from kg.dates import find_dates, next_context
from kg.mentions import Phrases, phrases_of
from kg.model import Actor, Document, Evidence, Mention, Modality, Sentence, Statement, When
from kg.offices import coded, in_office
from kg.ontology import Ontology, Rule
from kg.statements.clauses import Clauses
from kg.statements.details import date_around, is_charge, place_around, quantities_around
from kg.statements.headlines import headlines_dated
from kg.statements.merging import merged
from kg.statements.modality import UNNAMED, reading_of
from kg.statements.pronouns import Act, Context, mentions_in, resolved
from kg.statements.roles import Filled, readings_in

OFFICE = "office"
QUOTES = ("“", '"')
CONFLICT = (3, 4)  # quad classes: conflict in words, in deeds
DEEDS = (2, 4)  # cooperation and conflict in deeds

__all__ = ["Context", "Pair", "named_in", "pairs_in", "statements_of"]


@dataclass(frozen=True, slots=True)
class Pair:
    """What a rule reads in a sentence, in the words of the sentence: for the tables that test themselves."""

    action: str
    modality: Modality
    actor: str
    target: str
    speaker: str

    def __str__(self) -> str:
        return f"{self.actor} > {self.target}".strip()


def pairs_in(sentence: Sentence, ontology: Ontology, rules: Sequence[Rule] | None = None) -> list[Pair]:
    """Read one sentence by itself, by some rules or all."""
    dates = find_dates(sentence.text)
    phrases = resolved(_dated(phrases_of(sentence, ontology), dates), Context())
    pairs = []
    for filled in readings_in(Clauses(phrases), ontology, tuple(rules) if rules is not None else ontology.rules, Context()):
        modality, speakers = _said(Clauses(phrases), filled, ontology, Context())
        names = [speaker[0] for speaker in speakers]
        for actor, target in filled.pairs:
            pairs.append(
                Pair(
                    filled.trigger.rule.action,
                    modality,
                    actor.text if actor else "",
                    target.text if target else "",
                    names[-1] if names else "",
                )
            )
    return pairs


def statements_of(document: Document, sentences: Iterable[Sentence], ontology: Ontology) -> Iterator[Statement]:
    """Read the sentences of one document in order; what went before helps to understand what follows."""
    yield from headlines_dated(list(_statements_in(document, sentences, ontology)), ontology)


def _statements_in(document: Document, sentences: Iterable[Sentence], ontology: Ontology) -> Iterator[tuple[int, Statement]]:
    """What is read, each with the place of its sentence in the document."""
    context = Context()
    paragraphs = sorted(block.start for block in document.blocks)
    before = -1
    for place, sentence in enumerate(sentences):
        paragraph = bisect_right(paragraphs, sentence.start)
        if paragraph != before and not sentence.text.startswith(QUOTES):
            context = replace(context, quoting=False, speaker=None)
        before = paragraph
        dates = find_dates(sentence.text, published=document.published, context=context.date)
        phrases = replace(_dated(phrases_of(sentence, ontology), dates), day=document.published)
        clauses = Clauses(resolved(phrases, context))
        readings = list(readings_in(clauses, ontology, ontology.rules, context))
        found = list(merged(_read(clauses, readings, document, ontology, context, dates), ontology))
        yield from ((place, statement) for statement in found)
        speaker = next((statement.attribution[-1] for statement in found if statement.attribution), None)
        context = context.after(clauses, list(_acts(readings, found, ontology)), speaker, next_context(dates, context.date))


def named_in(document: Document, sentences: Iterable[Sentence], ontology: Ontology) -> Iterator[tuple[Sentence, Mention]]:
    """Who is named or described in each sentence of a document, as read beside what went before."""
    context = Context()
    for sentence in sentences:
        dates = find_dates(sentence.text, published=document.published, context=context.date)
        clauses = Clauses(resolved(replace(_dated(phrases_of(sentence, ontology), dates), day=document.published), context))
        for mention in mentions_in(clauses):
            yield sentence, replace(mention, actor=_on(mention, document.published, ontology))
        context = context.after(clauses, [], None, next_context(dates, context.date))


def _acts(readings: Iterable[Filled], found: Iterable[Statement], ontology: Ontology) -> Iterator[Act]:
    """What has been spoken of, for the sentences that follow; ``found`` tells what of it is said to have happened."""
    kinds: dict[str, set[bool]] = {}
    for statement in found:
        kinds.setdefault(ontology.actions[statement.action].type, set()).add(statement.modality is Modality.ASSERTED)
    for filled in readings:
        kind = ontology.actions[filled.trigger.rule.action].type
        conflict = ontology.quads[kind] in CONFLICT
        real = True in kinds.get(kind, {True})
        told = [Act(kind, actor.actor, target.actor, conflict, real) for actor, target in filled.pairs if actor and target]
        yield from told or [Act(kind, actor.actor, None, conflict, real) for actor in filled.actors]


def _dated(phrases: Phrases, dates: Sequence[FoundDate]) -> Phrases:
    """Mark the words of dates, so that no "Saturday" becomes an actor."""
    inside = (token.index for token in phrases.sentence.tokens for date in dates if date.start <= token.start < date.end)
    return replace(phrases, dates=frozenset(inside))


def _read(
    clauses: Clauses, readings: Iterable[Filled], document: Document, ontology: Ontology, context: Context, dates: Sequence[FoundDate]
) -> Iterator[Statement]:
    sentence = clauses.phrases.sentence
    for filled in readings:
        modality, speakers = _said(clauses, filled, ontology, context)
        when = _when(clauses, filled, document, ontology, dates, modality)
        day, said = when.edtf or document.published, document.published or when.edtf
        for actor, target in filled.pairs:
            yield Statement(
                actor=_on(actor, day, ontology),
                action=filled.trigger.rule.action,
                target=_on(target, day, ontology),
                when=when,
                place=place_around(clauses, filled.words)
                or _place_of(clauses, target, deed=ontology.quads[ontology.actions[filled.trigger.rule.action].type] == max(CONFLICT)),
                modality=modality,
                attribution=tuple(in_office(speaker, said, ontology) for _, speaker in speakers),
                quantities=quantities_around(clauses, filled.words),
                evidence=Evidence(
                    document=sentence.document,
                    start=sentence.start,
                    end=sentence.end,
                    quote=sentence.text,
                    trigger=" ".join(clauses.tokens[index].text for index in filled.words),
                    rule=filled.trigger.rule.id,
                ),
            )


@overload
def _on(mention: Mention, day: str, ontology: Ontology) -> Actor: ...
@overload
def _on(mention: Mention | None, day: str, ontology: Ontology) -> Actor | None: ...
def _on(mention: Mention | None, day: str, ontology: Ontology) -> Actor | None:
    """Who a mention means on a day, with the code of that day; of somebody named by an office, that of the office."""
    if mention is None:
        return None
    holder = in_office(mention.actor, day, ontology)
    named = mention.actor.type == OFFICE and holder.id != mention.actor.id
    return replace(holder, code=mention.actor.code) if named else coded(holder, day, ontology)


def _place_of(clauses: Clauses, target: Mention | None, *, deed: bool) -> str:
    """The place that a target names: a city, a capital after a preposition, or one that suffers a deed ("bombed Damascus")."""
    found = clauses.phrases.names.get(target.start) if target else None
    if target is None or found is None:
        return ""
    return target.place if deed or found.name.kind == "place" or clauses.phrases.cases(target.end - 1) else ""


def _said(clauses: Clauses, filled: Filled, ontology: Ontology, context: Context) -> tuple[Modality, list[tuple[str, Actor]]]:
    """The modality of a reading and its speakers, outermost first, each as named and as actor."""
    reading = reading_of(clauses, filled.words, filled.top, ontology.cues)
    speakers = [(context.speaker.label, context.speaker)] if context.speaker else []
    for head in reading.speakers:
        mentions = clauses.phrases.actors(head, owner=False) or clauses.phrases.actors(head) if head is not None else []
        speakers.append((mentions[0].text, mentions[0].actor) if mentions else ("rumour", UNNAMED))
    return reading.modality, speakers


def _when(clauses: Clauses, filled: Filled, document: Document, ontology: Ontology, dates: Sequence[FoundDate], modality: Modality) -> When:
    """The date that stands around the trigger; else the day of publication, for what the clause reports as news."""
    real = modality not in (Modality.INTENDED, Modality.HYPOTHETICAL)
    deed = ontology.quads[ontology.actions[filled.trigger.rule.action].type] in DEEDS
    date = date_around(clauses, filled.words, filled.trigger.head, dates, real=real, deed=deed)
    if date:
        return When(date.edtf, date.text, date.basis if date.edtf else "")
    told = clauses.told_before(filled.top) or is_charge(clauses, filled.top)
    if document.published and filled.news and modality is Modality.ASSERTED and not told:
        return When(document.published, "", "publication")
    return When()
