"""Which town "the city" means: the one that was named before, if it was only one."""

from collections.abc import Sequence
from dataclasses import replace

from kg.mentions import Found, Phrases
from kg.model import Token

TOWN, CAPITAL = "town", "capital"
"""The roles of ``roles.csv`` whose words stand for a town, and for a seat of government."""
BARE = ("det", "case", "punct", "cc")
SUFFERING = ("obj", "obl", "nmod", "nsubj:pass", "conj")


def towns_of(phrases: Phrases, before: Sequence[Found]) -> tuple[Found, ...]:
    """The towns of which the next sentence may speak: those that this one names or, where it names none, those ``before``."""
    named = {found.text: found for index, found in sorted(phrases.names.items()) if _is_town(found, phrases.sentence.tokens[index])}
    return tuple(named.values()) or tuple(before)


def with_towns(phrases: Phrases, before: Sequence[Found]) -> Phrases:
    """Let "the city" stand for the last town named, in the sentence or ``before``; two of them leave a doubt."""
    names, last = dict(phrases.names), tuple(before)
    own: dict[str, Found] = {}
    for token in phrases.sentence.tokens:
        found = phrases.names.get(token.index)
        if found and _is_town(found, token):
            own[found.text] = found
            last = tuple(own.values())
        elif len(last) == 1 and _is_bare(token, phrases) and _fits(token, last[0], phrases):
            names[token.index] = replace(last[0], start=token.index, end=token.index + 1)
    return replace(phrases, names=names)


def _is_town(found: Found, token: Token) -> bool:
    """Tell whether a name is that of a town; of a seat of government only where the parser takes it for a place."""
    return found.name.kind == "place" or (found.name.kind == "metonym" and token.name.endswith("-place"))


def _is_bare(token: Token, phrases: Phrases) -> bool:
    """Tell whether something is done to or in "the city", of which no more is said."""
    children = phrases.children.get(token.index, ())
    definite = any(child.lemma.lower() == "the" for child in children)
    return definite and token.tag == "NN" and token.dep.startswith(SUFFERING) and all(child.dep.startswith(BARE) for child in children)


def _fits(token: Token, town: Found, phrases: Phrases) -> bool:
    role = phrases.role(token.index)
    return role is not None and (role.role == TOWN or (role.role == CAPITAL and town.name.kind == "metonym"))
