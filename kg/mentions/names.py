"""Finds the names of the ontology in the text of a sentence."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from kg.model import Mention, Sentence, Token
from kg.ontology import Name, Ontology

SHOUTED = ("state", "international-organisation")
ALIKE = 0.55  # how much of two spellings of a given name agrees
INITIALS = 2  # letters of a given name that is cut short
SHORT = 3  # letters of a word in capitals that may be an abbreviation
STRAIGHT = str.maketrans(dict.fromkeys("’‘ʼ´′", "'"))


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


@lru_cache(maxsize=4)
def _by_first_word(ontology: Ontology) -> Mapping[str, tuple[tuple[str, Name], ...]]:
    """Index all names by their first word, longest first."""
    index: dict[str, list[tuple[str, Name]]] = {}
    for text, name in ontology.names.items():
        index.setdefault(_first_word(text), []).append((text, name))
    return {word: tuple(sorted(names, key=lambda pair: (-len(pair[0]), pair[0]))) for word, names in index.items()}


@lru_cache(maxsize=4)
def _in_capitals(ontology: Ontology) -> Mapping[str, tuple[tuple[str, Name], ...]]:
    """Index the names of states, their seats and international bodies as a headline in capitals writes them, longest first."""
    index: dict[str, list[tuple[str, Name]]] = {}
    for text, name in ontology.names.items():
        if name.kind in ("name", "metonym") and name.actor.type in SHOUTED and not text.isupper():
            index.setdefault(_first_word(text).upper(), []).append((text.upper(), name))
    return {word: tuple(sorted(names, key=lambda pair: (-len(pair[0]), pair[0]))) for word, names in index.items()}


def _first_word(text: str) -> str:
    match = re.match(r"\w+", text)
    return match[0] if match else text[:1]


def names_in(sentence: Sentence, ontology: Ontology) -> dict[int, Found]:
    """Find every listed name, longest first and without overlap; keyed by each token it covers."""
    text = sentence.text.translate(STRAIGHT)
    index = _by_first_word(ontology)
    capitals = _in_capitals(ontology) if text.isupper() else {}
    ends = {token.end: token.index + 1 for token in sentence.tokens}
    found: dict[int, Found] = {}
    for token in sentence.tokens:
        if token.index in found:
            continue
        word = _first_word(text[token.start : token.end])
        shouted = capitals.get(word, ()) if len(word) > SHORT else ()
        for name, meaning in (*index.get(word, ()), *shouted):
            end = ends.get(token.start + len(name))
            if end is not None and text.startswith(name, token.start) and not _cut_off(sentence.tokens, token.index, end, meaning):
                match = Found(token.index, end, sentence.text[token.start : token.start + len(name)], meaning)
                found.update(dict.fromkeys(range(token.index, end), match))
                break
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


def _same_given(listed: str, told: str) -> bool:
    """Tell whether two given names may be spellings of one, or one its initial: "Vladmir", "V.", but not "Viktor"."""
    if listed[0] != told[0]:
        return False
    return len(told.rstrip(".")) <= INITIALS or SequenceMatcher(None, listed.lower(), told.lower()).ratio() >= ALIKE


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
    return not any(_same_given(label.split()[0], token.text) for token in (before, first))
