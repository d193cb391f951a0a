"""Reads phrases that speak of two who are known: "both sides", "the two countries"."""

from kg.mentions.tree import Tree
from kg.model import Actor

SIDES = frozenset({"side", "party", "force", "camp", "army", "faction", "group"})
BOTH = frozenset({"both"})


def is_pair(tree: Tree, head: int) -> bool:
    """Tell whether a phrase speaks of two that are known."""
    words = {child.lemma.lower() for child in tree.children.get(head, ()) if child.dep.startswith(("det", "nummod", "cc"))}
    return tree.tokens[head].tag in ("NNS", "NNPS") and bool(words & BOTH or ("two" in words and words & {"the", "these", "those"}))


def two_meant(tree: Tree, head: int) -> list[Actor]:
    """The two that "both sides" or "the two countries" means; nobody where more than two could be meant."""
    if tree.tokens[head].lemma.lower() in SIDES:
        return [] if {actor.id for actor in tree.opponents} & _named_before(tree, head) else list(tree.opponents)
    return _two_states(tree, head)


def _named_before(tree: Tree, head: int) -> set[str]:
    """Whom the sentence has named so far, with what they are part of: they speak of others when they say "both"."""
    named = [found.name.actor for found in tree.names.values() if found.start < head]
    return {actor.id for actor in named} | {actor.part_of for actor in named}


def _two_states(tree: Tree, head: int) -> list[Actor]:
    """The only two states spoken of in the last sentences, whoever is the subject of this one left out."""
    subjects = _named_before(tree, head)
    states: dict[str, Actor] = {}
    for sentence in reversed(tree.recent):
        states |= {actor.id: actor for actor in reversed(sentence) if actor.type == "state" and actor.id not in subjects}
        if len(states) >= 2:
            break
    return list(reversed(states.values())) if len(states) == 2 else []
