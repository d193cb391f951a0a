"""Finds the names of the ontology in the text of a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.mentions.matcher import matches_in, meant_by
from kg.model import Mention, Sentence, Token
from kg.ontology import Name, Ontology


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in a sentence: tokens ``start`` to ``end``, and what it stands for."""

    start: int
    end: int
    text: str
    name: Name

    @property
    def mention(self) -> Mention:
        """The name as the mention of its actor."""
        place = self.text if self.name.kind in ("place", "metonym") else ""
        return Mention(self.start, self.end, self.text, self.name.actor, place)


def names_in(sentence: Sentence, ontology: Ontology) -> dict[int, Found]:
    """Find every listed name, longest first and without overlap; keyed by each token it covers."""
    matches = list(matches_in(sentence.text, ontology))
    if not matches:
        return {}
    starts = {token.start: token.index for token in sentence.tokens}
    ends = {token.end: token.index + 1 for token in sentence.tokens}
    fitting = [match for match in matches if match[0] in starts and match[1] in ends]
    found: dict[int, Found] = {}
    for begin, stop, spellings in sorted(fitting, key=lambda match: (match[0], -match[1])):
        start, end = starts[begin], ends[stop]
        if start in found:
            continue
        text = sentence.text[begin:stop]
        name = meant_by(text, spellings, proper=sentence.tokens[start].pos == "PROPN")
        if name is not None and not _cut_off(sentence.tokens, start, end, name):
            found.update(dict.fromkeys(range(start, end), Found(start, end, text, name)))
    return found


def _cut_off(tokens: Sequence[Token], start: int, end: int, meaning: Name) -> bool:
    """Tell whether a match is only part of a name or phrase: "Israel's military | infrastructure", "Indian | Ocean"."""
    last = tokens[end - 1]
    if last.dep == "amod" and last.head >= end and last.text.islower():
        return True
    if meaning.actor.type == "person":
        return _within_person(tokens, start, end, meaning.actor.label)
    if meaning.kind == "adjective":
        return last.name.endswith("place") and end < len(tokens) and tokens[end].name == "I-place" and tokens[end].pos == "PROPN"
    if meaning.actor.type != "state":
        return False
    first = tokens[start]
    surname = first.dep.startswith("flat") and first.head == start - 1 and tokens[start - 1].pos == "PROPN"
    return _goes_on(tokens, start, end) or surname


def _goes_on(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether the name goes on behind a match: "Paris | Hilton"."""
    following = tokens[end] if end < len(tokens) else None
    return following is not None and following.pos == "PROPN" and following.dep.startswith("flat") and start <= following.head < end


def _within_person(tokens: Sequence[Token], start: int, end: int, label: str) -> bool:
    """Tell whether a surname belongs to somebody else: "Jean-Pierre | Delorme", "Hunter | Biden", but not "Vladmir | Putin"."""
    if tokens[start].text == label.split()[0]:
        return False
    if _goes_on(tokens, start, end):
        return True
    before = tokens[start - 1] if start else None
    given = before is not None and before.pos == "PROPN" and (before.head == start or tokens[start].head == before.index)
    if before is None or not given or not before.name.endswith("person") or before.dep == "nmod:desc":
        return False
    first = before
    while first.index and tokens[first.index].name.startswith("I") and tokens[first.index - 1].dep != "nmod:desc":
        first = tokens[first.index - 1]
    return label[0] not in (before.text[0], first.text[0])
