"""Finds the names that articles say often and no table lists: who should have a row next.

The rows are of the form of ``actors.csv``; a curator completes them.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.dates import find_dates
from kg.mentions import Phrases, phrases_of, plain, slug
from kg.model import Actor, Document, Mention, Sentence, Token
from kg.ontology import ACTOR_COLUMNS, Ontology
from kg.statements.clauses import Clauses
from kg.statements.pronouns import Context, resolved

PLACE = "place"  # the type of names that belong into another table
PARTS = ("flat", "compound", "goeswith", "nmod:desc")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name without a row: the actor that it would be, in its most frequent spelling, and ``names``, the other spellings.

    It was ``seen`` so many times, in so many ``documents``; ``example`` is the first sentence that has it.
    """

    actor: Actor
    names: tuple[str, ...]
    seen: int
    documents: int
    example: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name that no table lists, as the actor that it would be, and where it stands."""

    actor: Actor
    document: str
    sentence: str


def candidates(articles: Iterable[tuple[Document, Iterable[Sentence]]], ontology: Ontology) -> list[Candidate]:
    """The names in articles that no table lists, the most frequent first; each article with its sentences.

    Spellings that differ in accents or hyphens are one name, and so is a surname with the full name said before it.
    """
    found: dict[str, list[Sighting]] = {}
    for document, sentences in articles:
        for sighting in unlisted_names(document, sentences, ontology):
            found.setdefault(identifier(sighting.actor.label), []).append(sighting)
    made = [_candidate(id, seen, ontology) for id, seen in found.items() if len(id) > 1 and f"actor:{id}" not in ontology.actors]
    return sorted(made, key=lambda one: (-one.seen, -one.documents, one.actor.id))


def _candidate(id: str, seen: Sequence[Sighting], ontology: Ontology) -> Candidate:
    label, *others = _most_frequent(one.actor.label for one in seen)
    kind = _most_frequent(one.actor.type for one in seen)[0]
    owned = [one.actor for one in seen if one.actor.type == kind and one.actor.part_of in ontology.actors]
    code, part_of = (owned[0].code, owned[0].part_of) if owned else ("", "")
    actor = Actor(f"actor:{id}", label, kind, code, part_of, listed=False)
    return Candidate(actor, tuple(others), len(seen), len({one.document for one in seen}), seen[0].sentence)


def _most_frequent(values: Iterable[str]) -> list[str]:
    counts = Counter(values)
    return sorted(counts, key=lambda one: (-counts[one], one))


def identifier(label: str) -> str:
    """The id of a row: plain letters and digits only.

    >>> identifier("Gitanas Nausėda"), identifier("Côte d’Ivoire's Army")
    ('gitanas-nauseda', 'cote-divoires-army')
    """
    return "-".join(re.findall(r"[a-z0-9]+", slug(plain(label))))


def unlisted_names(document: Document, sentences: Iterable[Sentence], ontology: Ontology) -> Iterator[Sighting]:
    """Every name in the body of a document that no table lists; what went before tells whose surname it is."""
    body = [(block.start, block.end) for block in document.blocks if block.kind == "body"]
    context = Context()
    for sentence in sentences:
        dates = find_dates(sentence.text, published=document.published)
        dated = frozenset(token.index for token in sentence.tokens for date in dates if date.start <= token.start < date.end)
        phrases = resolved(replace(phrases_of(sentence, ontology), dates=dated), context)
        context = context.after(Clauses(phrases), [], None, "")
        if any(start <= sentence.start < end for start, end in body):
            actors = (_untitled(mention.actor, ontology) for mention in _names(phrases))
            yield from (Sighting(actor, document.id, sentence.text) for actor in actors if actor.label not in ontology.names)


def _names(phrases: Phrases) -> list[Mention]:
    heads = (token.index for token in phrases.tokens if token.pos == "PROPN" and _heads_name(phrases, token))
    found = [mention for head in heads for mention in phrases.single(head, owner=False) if _is_name(phrases, mention)]
    return [mention for place, mention in enumerate(found) if not any(_same(mention, before) for before in found[:place])]


def _same(mention: Mention, other: Mention) -> bool:
    """Tell whether two heads have led to one mention: "General | Ivo Kranj"."""
    return mention.actor.id == other.actor.id and mention.start < other.end and other.start < mention.end


def _untitled(actor: Actor, ontology: Ontology) -> Actor:
    """A person without the titles that a parse left in the name: "Mr. | Foo", "General | Foo Bar"."""
    words = actor.label.split()
    while actor.type == "person" and len(words) > 1 and words[0].lower().removesuffix(".") in ontology.roles:
        words = words[1:]
    return replace(actor, label=" ".join(words))


def _heads_name(phrases: Phrases, token: Token) -> bool:
    """Tell whether a word is the head of a name, and not a part of one: "the Zorani | Front | fighters"."""
    if token.index in phrases.names or token.index in phrases.dates:
        return False
    return not token.dep.startswith(PARTS) or (bool(token.name) and not phrases.tokens[token.head].name)


def _is_name(phrases: Phrases, mention: Mention) -> bool:
    """Tell whether an actor is unlisted and has a name, not only a description or an office: "the Prime Minister"."""
    known = mention.actor.listed or mention.actor.label.lower() in phrases.ontology.roles
    words = [index for index in range(mention.start, mention.end) if index not in phrases.names and index not in phrases.dates]
    return not known and any(phrases.tokens[index].pos == "PROPN" and phrases.role(index) is None for index in words)


def rows_of(found: Iterable[Candidate]) -> Iterator[Sequence[str]]:
    """The candidates as rows of ``actors.csv``."""
    for one in found:
        id, part_of = (curie.removeprefix("actor:") for curie in (one.actor.id, one.actor.part_of))
        yield id, one.actor.type, one.actor.label, one.actor.code, "; ".join(one.names), "", "", part_of, "", ""


def as_csv(found: Iterable[Candidate]) -> str:
    """The candidates as a table with its header, for ``actors.csv``."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([ACTOR_COLUMNS, *rows_of(found)])
    return text.getvalue()
