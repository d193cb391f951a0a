"""Finds the names of the ontology in the text of a sentence."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Mention, Sentence, Token
from kg.ontology import Name, Ontology

STRAIGHT = str.maketrans({"’": "'", "‘": "'"})


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


def _first_word(text: str) -> str:
    match = re.match(r"\w+", text)
    return match[0] if match else text[:1]


def names_in(sentence: Sentence, ontology: Ontology) -> dict[int, Found]:
    """Find every listed name, longest first and without overlap; keyed by each token it covers."""
    text = sentence.text.translate(STRAIGHT)
    index = _by_first_word(ontology)
    ends = {token.end: token.index + 1 for token in sentence.tokens}
    found: dict[int, Found] = {}
    for token in sentence.tokens:
        if token.index in found:
            continue
        for name, meaning in index.get(_first_word(text[token.start : token.end]), ()):
            end = ends.get(token.start + len(name))
            if end is not None and text.startswith(name, token.start) and not _cut_off(sentence.tokens, end):
                match = Found(token.index, end, sentence.text[token.start : token.start + len(name)], meaning)
                found.update(dict.fromkeys(range(token.index, end), match))
                break
    return found


def _cut_off(tokens: Sequence[Token], end: int) -> bool:
    """Tell whether a name would end in an adjective of what follows: "Israel's military | infrastructure"."""
    last = tokens[end - 1]
    return last.dep == "amod" and last.head >= end and last.text.islower()
