"""Finds the actors in a sentence and links each to the ontology.

Names are found in the text, longest first; what a noun phrase stands for is then read from its
head and modifiers: "Israeli troops" are a body of Israel, "Iran-backed militias" are not Iran.
"""

from kg.mentions.bodies import LANDS, body_of, slug
from kg.mentions.corrections import corrected
from kg.mentions.kinds import telling_word
from kg.mentions.matcher import plain
from kg.mentions.names import Found, names_in
from kg.mentions.owners import named_after
from kg.mentions.phrases import Phrases
from kg.mentions.unlisted import title_of
from kg.model import Mention, Sentence, Token
from kg.ontology import Ontology

__all__ = [
    "LANDS",
    "Found",
    "Phrases",
    "body_of",
    "mentions_of",
    "named_after",
    "names_in",
    "phrases_of",
    "plain",
    "slug",
    "telling_word",
    "title_of",
]


def phrases_of(sentence: Sentence, ontology: Ontology) -> Phrases:
    """Find the names of a sentence and make its phrases readable."""
    children: dict[int, list[Token]] = {}
    for token in sentence.tokens:
        children.setdefault(token.head, []).append(token)
    return Phrases(sentence, ontology, corrected(names_in(sentence, ontology), sentence, ontology), children)


def mentions_of(sentence: Sentence, ontology: Ontology) -> list[Mention]:
    """Every listed actor that the sentence names, in order."""
    found = corrected(names_in(sentence, ontology), sentence, ontology)
    return [found[start].mention for start in sorted({one.start for one in found.values()})]
