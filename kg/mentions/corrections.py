"""Obeys a user's corrections: these words are that actor, or never are."""

import re
from collections.abc import Mapping

from kg.mentions.matcher import STRAIGHT
from kg.mentions.names import Found
from kg.model import Correction, Sentence
from kg.ontology import IS, Name, Ontology


def corrected(found: Mapping[int, Found], sentence: Sentence, ontology: Ontology) -> dict[int, Found]:
    """The names of a sentence as the corrections have them; a document's own rows count before those for all."""
    names = dict(found)
    decided: set[int] = set()
    for row in ontology.corrections.about(sentence.document):
        for start, end in _spots(row, sentence):
            tokens = set(range(start, end))
            if tokens & decided:
                continue
            meant = names.get(start)
            if row.kind == IS:
                names = _without(names, tokens)
                text = sentence.text[sentence.tokens[start].start : sentence.tokens[end - 1].end]
                kind = meant.name.kind if meant and meant.end == end else "name"
                names |= dict.fromkeys(tokens, Found(start, end, text, Name(ontology.actors[row.actor], kind)))
            elif meant and (meant.start, meant.end) == (start, end) and row.actor in ("", meant.name.actor.id):
                names = _without(names, tokens)
            decided |= tokens
    return names


def _spots(row: Correction, sentence: Sentence) -> list[tuple[int, int]]:
    """Where the words of a correction stand in a sentence, as tokens."""
    starts = {token.start: token.index for token in sentence.tokens}
    ends = {token.end: token.index + 1 for token in sentence.tokens}
    text = sentence.text.translate(STRAIGHT)
    spans = (match.span() for match in re.finditer(re.escape(row.name.translate(STRAIGHT)), text))
    return [(starts[start], ends[end]) for start, end in spans if start in starts and end in ends]


def _without(names: dict[int, Found], tokens: set[int]) -> dict[int, Found]:
    """Take out every name that touches some tokens."""
    return {index: found for index, found in names.items() if not tokens & set(range(found.start, found.end))}
