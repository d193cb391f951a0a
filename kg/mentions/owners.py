"""Reads whose thing it is that a phrase speaks of: "Hezbollah positions", "missiles fired by Iran"."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.mentions.tree import Tree
from kg.model import Mention, Token

if TYPE_CHECKING:
    from kg.mentions.phrases import Phrases


OWNED = ("nmod:poss", "amod", "compound", "nmod:desc", "flat", "nmod")
INSIDE = frozenset(
    ("of", "in", "across", "throughout", "within", "inside", "outside", "from", "near", "around", "along", "for", "at", "to", "on", "off")
)
WITH = frozenset({"by", "with", "between", "aboard", "belonging", "beyond"})  # of things, not of people
AWAY = frozenset({"out", "off"})
HAVING = frozenset({"of", "by"})


def owners(phrases: "Phrases", head: int, *, located: bool, bodies: bool = True) -> list[Mention]:
    """Whose thing it is: possessor, nationality, compound, or "of", "in" and the like; of a body (not ``bodies``) only names.

    Without ``located``, no thing is of the place that it is named after: "the Quetta attack".
    """
    for relation in OWNED if located else OWNED[:-1]:
        if relation == "nmod" and bodies and (possessor := _unlisted_owner(phrases, head, located=False)):
            return possessor  # "the strikers' rally in Foo"
        if relation == "nmod:poss" and _nationality(phrases, head):
            continue
        for child in modifiers(phrases, head, relation, beside=not bodies):
            if bodies and not located and named_after(phrases, child):
                continue
            found = _owner_in(phrases, child, head, relation, bodies=bodies)
            if found:
                return _joined_owners(phrases, head, found)
    return makers(phrases, head) or (_inner_role(phrases, head) or _unlisted_owner(phrases, head, located=located) if bodies else [])


def named_after(tree: Tree, child: Token) -> bool:
    """Tell whether a word before a noun is the place that a thing is named after: "the Quetta attack", "the Minsk agreement"."""
    return (
        child.dep in ("compound", "nmod:desc") and child.index in tree.names and tree.names[child.index].name.kind in ("place", "metonym")
    )


def makers(phrases: "Phrases", head: int) -> list[Mention]:
    """Who is said to have sent or made a thing: "missiles fired by Iran"."""
    for child in phrases.children.get(head, ()):
        if child.dep == "acl" and child.tag == "VBN":
            for agent in phrases.children.get(child.index, ()):
                if agent.dep.startswith("obl") and "by" in phrases.cases(agent.index):
                    return phrases.actors(agent.index, owner=False)
    return []


def modifiers(tree: Tree, head: int, relation: str, *, beside: bool) -> Iterator[Token]:
    """The dependants that may name an owner in one relation."""
    inside = INSIDE if beside else INSIDE | WITH
    for child in tree.children.get(head, ()):
        if relation != "nmod":
            if child.dep == relation:
                yield child
        elif child.dep.startswith("nmod") and child.dep not in OWNED[:-1] and tree.cases(child.index) & inside:
            yield child
    if relation == "nmod" and beside:
        yield from (place for place in _located_beside(tree, head) if tree.cases(place.index) & INSIDE)


def _owner_in(phrases: "Phrases", child: Token, head: int, relation: str, *, bodies: bool) -> list[Mention]:
    parts = phrases.coordinated(child.index)
    found = [phrases.names[part].mention for part in parts if part in phrases.names and not phrases.prefixed(part)]
    if not found and child.lemma.lower() == "whose":
        antecedent = phrases.antecedent(head)
        found = phrases.single(antecedent, owner=True) if antecedent is not None else []
    if not found and relation == "compound" and not (bodies and phrases.role(child.index)):
        found = [phrases.names[inner.index].mention for inner in phrases.children.get(child.index, ()) if inner.index in phrases.names]
    if not found and bodies and relation in ("nmod:poss", "nmod") and child.pos != "PRON":
        found = [mention for mention in phrases.single(child.index, owner=True) if mention.actor.listed]
    return found


def _unlisted_owner(phrases: "Phrases", head: int, *, located: bool) -> list[Mention]:
    """One whom no table knows and who has a thing: "the prosecutor's office", "the head of the Zorani Front"."""
    for child in phrases.children.get(head, ()):
        cases = phrases.cases(child.index)
        of = located and child.dep == "nmod" and cases and cases <= HAVING
        found = phrases.single(child.index, owner=True) if (of or child.dep == "nmod:poss") and child.pos != "PRON" else []
        if found:
            return [mention for mention in found if mention.actor.type != "place"]
    return []


def _inner_role(phrases: "Phrases", head: int) -> list[Mention]:
    """The agents that a thing belongs to: "rebel bases"."""
    for child in phrases.children.get(head, ()):
        role = phrases.role(child.index) if child.dep == "compound" else None
        if role:
            return phrases.described(child.index, role)
    return []


def _nationality(tree: Tree, head: int) -> bool:
    """Tell whether a nationality says more than the pronoun before it: "his Chinese counterpart"."""
    children = tree.children.get(head, ())
    told = any(child.dep == "amod" and child.index in tree.names for child in children)
    return told and any(child.dep == "nmod:poss" and child.pos == "PRON" for child in children)


def _located_beside(tree: Tree, head: int) -> list[Token]:
    """Where the people before it are, though a parse hangs it on the verb: "killed 12 people | in Syria"."""
    token, after = tree.tokens[head], tree.end(head)
    if token.dep != "obj" or after == len(tree.tokens) or tree.tokens[after].dep != "case":
        return []
    place = tree.tokens[tree.tokens[after].head]
    away = any(child.text.lower() in AWAY for child in tree.children.get(place.index, ()))  # "drove aid workers out of Sudan"
    return [place] if (place.dep, place.head) == ("obl", token.head) and not away else []


def _joined_owners(tree: Tree, head: int, found: list[Mention]) -> list[Mention]:
    """Add the other nationality of "U.S. and Israeli troops", where the parse hangs both on the noun."""
    children = tree.children.get(head, ())
    if not any(child.dep == "cc" and child.index < head for child in children):
        return found
    beside = [tree.names[child.index].mention for child in children if child.dep in ("amod", "compound") and child.index in tree.names]
    return sorted({mention.start: mention for mention in (*found, *beside)}.values(), key=lambda mention: mention.start)
