"""Things beside actors: whose "the boat" is, and whether "it" may be a plan rather than who made it.

A thing is whose it was when it came up, "a Kenyan boat", if no other has come up since.
"""

from collections.abc import Mapping

from kg.mentions import Phrases
from kg.model import Actor, Token
from kg.statements.triggers import by_head, rows_at

SINGULAR = frozenset({"a", "an"})
RELATIONS = ("amod", "nmod:poss")
MEANT = {"it": "NN", "them": "NNS"}
ABOUT = frozenset({"about", "against", "for", "of", "on", "over", "to", "with"})
"""What a thing stands behind that one speaks of: "voted against the tariffs"; not where and when, "at a meeting"."""
TO_SOMEBODY = frozenset({"of", "to"})
"""What stands behind verbs that are done to somebody: one is accused of something."""


def things_of(phrases: Phrases, before: Mapping[str, Actor]) -> dict[str, Actor]:
    """The things of which the next sentences may speak, by the word for them; one of nobody known puts an end to the one before."""
    things = dict(before)
    for token in phrases.sentence.tokens:
        word = token.text.lower()
        act = any(row.pos == "noun" for row in rows_at(by_head(phrases.ontology.rules), token))
        if token.pos != "NOUN" or act or token.index in phrases.names or not _comes_up(token, phrases):
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


def spoken_of(phrases: Phrases, end: int | None = None) -> frozenset[str]:
    """The tags, NN or NNS, of the things that a sentence speaks of before the word ``end``: what is done, and to what, but nobody."""
    return frozenset(token.tag for token in phrases.sentence.tokens[:end] if _is_spoken_of(token, phrases))


def _is_spoken_of(token: Token, phrases: Phrases) -> bool:
    if token.pos != "NOUN" or token.index in phrases.names:
        return False
    told = token.dep == "obj" or token.dep.startswith("nsubj") or (token.dep == "obl" and bool(phrases.cases(token.index) & ABOUT))
    return told and phrases.role(token.index) is None and not phrases.actors(token.index, owner=False)


def may_be_thing(pronoun: Token, phrases: Phrases, before: frozenset[str]) -> bool:
    """Tell whether an object may be something that was spoken of here or ``before``: "Chad rejected the plan, but Mali supported it".

    Not where the verb is done to somebody: "accused it of", "urged it to".
    """
    tag = MEANT.get(pronoun.text.lower())
    told = pronoun.dep == "obj" or (pronoun.dep == "obl" and bool(phrases.cases(pronoun.index) & ABOUT))
    if tag is None or not told or tag not in before | spoken_of(phrases, pronoun.index):
        return False
    others = phrases.children.get(pronoun.head, ())
    return not any(other.dep == "xcomp" or (other.dep == "obl" and phrases.cases(other.index) & TO_SOMEBODY) for other in others)
