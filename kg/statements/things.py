"""Whose thing "the boat" is: whose it was when it came up, "a Kenyan boat", if no other has come up since."""

from collections.abc import Mapping

from kg.mentions import Phrases
from kg.model import Actor, Token

SINGULAR = frozenset({"a", "an"})
RELATIONS = ("amod", "nmod:poss")


def things_of(phrases: Phrases, before: Mapping[str, Actor]) -> dict[str, Actor]:
    """The things of which the next sentences may speak, by the word for them; one of nobody known puts an end to the one before."""
    things = dict(before)
    for token in phrases.sentence.tokens:
        word = token.text.lower()
        if token.pos != "NOUN" or token.index in phrases.names or not _comes_up(token, phrases):
            continue
        owner = _owner(token, phrases)
        if owner is not None and things.get(word, owner) == owner:
            things[word] = owner
        else:
            things.pop(word, None)
    return things


def _comes_up(token: Token, phrases: Phrases) -> bool:
    """Tell whether a thing is spoken of for the first time: "a boat", "two boats"."""
    children = phrases.children.get(token.index, ())
    if token.tag == "NN":
        return any(child.text.lower() in SINGULAR for child in children if child.dep == "det")
    return token.tag == "NNS" and any(child.dep == "nummod" for child in children)


def _owner(token: Token, phrases: Phrases) -> Actor | None:
    """The one whom a nationality or possessor before a thing names."""
    told = any(child.dep in RELATIONS and child.index in phrases.names for child in phrases.children.get(token.index, ()))
    if not told or phrases.role(token.index) is not None:
        return None
    found = phrases.single(token.index, owner=True, located=False)
    return found[0].actor if len(found) == 1 else None
