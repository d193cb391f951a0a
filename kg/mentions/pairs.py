"""Reads phrases that speak of two who are known: "both sides", "the two countries", "the two leaders"."""

from kg.mentions.tree import BESIDE, MOVEMENT, Tree
from kg.model import Actor

SIDES = frozenset({"side", "party", "force", "camp", "army", "faction", "group"})
ARMED = "armed-group"
PERSONS = frozenset({"man", "woman"})
BOTH = frozenset({"both"})


def is_pair(tree: Tree, head: int) -> bool:
    """Tell whether a phrase speaks of two that are known: sides, states and their governments, leaders or neighbours."""
    words = {child.lemma.lower() for child in tree.children.get(head, ()) if child.dep.startswith(("det", "nummod", "cc"))}
    two = words & BOTH or ("two" in words and words & {"the", "these", "those"})
    return bool(two) and tree.tokens[head].tag in ("NNS", "NNPS") and _may_be_two(tree, head)


def _may_be_two(tree: Tree, head: int) -> bool:
    role, word = tree.role(head), tree.tokens[head].lemma.lower()
    told = role is not None and (role.type in ("state", word) or role.role == BESIDE or tree.holds_office(head))
    return word in SIDES or told or (word in PERSONS and len(_persons(tree)) == 2)


def two_meant(tree: Tree, head: int) -> list[Actor]:
    """The two that "both sides" or "the two countries" means; nobody where more than two could be meant."""
    role = tree.role(head)
    if role is not None and (role.role == MOVEMENT or role.type == ARMED):
        return _two_groups(tree)
    if tree.tokens[head].lemma.lower() in SIDES:
        sides = _sides(tree)
        return [] if {actor.id for actor in sides} & _named_before(tree, head) else sides
    persons = _persons(tree) if tree.holds_office(head) or tree.tokens[head].lemma.lower() in PERSONS else []
    return persons if len(persons) == 2 else _two_states(tree, head)


def _sides(tree: Tree) -> list[Actor]:
    """The two sides of the last conflict: two states, though their ministers or armies were named."""
    states = [state for actor in tree.opponents if (state := _state(tree, actor, of_person=True))]
    return states if len({state.id for state in states}) == 2 else list(tree.opponents)


def _two_groups(tree: Tree) -> list[Actor]:
    """The only two armed groups of the sentence before, or the two sides if none of them is a state."""
    groups = [actor for actor in _last(tree) if actor.type == ARMED]
    sides = [actor for actor in tree.opponents if actor.type != "state"]
    return groups if len(groups) == 2 else sides if len(sides) == 2 and not groups else []


def _persons(tree: Tree) -> list[Actor]:
    return [actor for actor in _last(tree) if actor.type == "person"]


def _last(tree: Tree) -> list[Actor]:
    return list(tree.recent[-1]) if tree.recent else []


def _named_before(tree: Tree, head: int) -> set[str]:
    """Whom the sentence has named so far, with what they are part of: they speak of others when they say "both"."""
    named = [found.name.actor for found in tree.names.values() if found.start < head]
    return {actor.id for actor in named} | {actor.part_of for actor in named}


def _two_states(tree: Tree, head: int) -> list[Actor]:
    """The only two states that this sentence has named so far, or that the last ones have.

    Whoever is the subject of this sentence is left out, unless the sentence before names just him and another.
    """
    named = (found.name.actor for _, found in sorted(tree.names.items()) if found.start < head and found.name.kind == "name")
    here = {actor.id: actor for actor in named if actor.type == "state"}
    last = {state.id: state for actor in _last(tree) if (state := _state(tree, actor))}
    if len(here) == 2:
        return list(here.values())
    if len(last) == 2 and here.keys() <= last.keys():
        return list(last.values())
    subjects = _named_before(tree, head)
    states: dict[str, Actor] = {}
    for sentence in reversed(tree.recent):
        states |= {actor.id: actor for actor in reversed(sentence) if _is_state(actor) and actor.id not in subjects}
        if len(states) >= 2:
            break
    if len(states) == 2:
        return list(reversed(states.values()))
    sides = _sides(tree)
    known = all(_is_state(actor) and actor.id not in subjects for actor in sides)
    return sides if known and states.keys() <= {actor.id for actor in sides} else []


def _is_state(actor: Actor) -> bool:
    return actor.type == "state" and actor.listed


def _state(tree: Tree, actor: Actor, *, of_person: bool = False) -> Actor | None:
    """The state that an actor is, or of which it is a body."""
    within = of_person or actor.type != "person"
    whole = actor if _is_state(actor) else tree.ontology.actors.get(actor.part_of) if within else None
    return whole if whole is not None and whole.type == "state" else None
