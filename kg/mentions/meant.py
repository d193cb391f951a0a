"""Reads who is meant by a description of somebody named before: "the group", "the French president", "the country"."""

from collections.abc import Callable, Sequence

from kg.mentions.titles import ever_held
from kg.mentions.tree import FORMER, MOVEMENT, Tree
from kg.model import Actor, Token
from kg.ontology import Role

NEAR = 3  # the sentences before in which one candidate must stand alone
ARMED = "armed-group"
NAMED_GROUPS = (ARMED, "organisation", "party", "company")
UNKNOWN = "UAF"  # armed men of nobody's: "gunmen" do not mean the group named before
DEFINING = ("acl", "nmod", "appos", "flat")
NAMING = ("compound", "flat", "nmod:desc")


def meant(tree: Tree, head: int, role: Role, land: Actor | None = None) -> list[Actor]:
    """The one that a definite description means, of a ``land`` if it names one; all persons where it could mean several."""
    if not tree.definite(head) or _defined(tree, head):
        return []
    if tree.holds_office(head):
        return _holders(tree, head, role, land)
    one = _one_meant(tree, head, role, land)
    return [one] if one else []


def _one_meant(tree: Tree, head: int, role: Role, land: Actor | None) -> Actor | None:
    if role.type == "state":
        return _country(tree, head) if land is None and tree.tokens[head].tag in ("NN", "NNP") else None
    return group_meant(tree, head, role, land) if _names_group(role) else _body(tree, role, land)


def _names_group(role: Role) -> bool:
    return (role.type == ARMED or role.role == MOVEMENT) and role.code != UNKNOWN


def _defined(tree: Tree, head: int) -> bool:
    """Tell whether a description says itself who is meant: "the rebels in the north", "the former French president"."""
    of = " of " in tree.role_word(head)  # "the secretary of state"
    start = head if of else head - tree.role_word(head).count(" ")
    last = head + tree.role_word(head).count(" ") if of else head
    return any(_defines(tree, child, start, last) for child in tree.children.get(head, ()) if child.index not in tree.names)


def _defines(tree: Tree, child: Token, start: int, last: int) -> bool:
    if child.index > last:
        return child.dep.startswith(DEFINING)
    named = child.dep in NAMING and child.pos == "PROPN"
    return named or (child.dep == "amod" and child.index < start and tree.role(child.index) is None)


def _one(tree: Tree, fits: Callable[[Actor], bool]) -> list[Actor]:
    """Who fits in the sentences near before, or else further back: several where it is not settled."""
    for sentences in (tree.recent[-NEAR:], tree.recent[:-NEAR]):
        found = {actor.id: actor for sentence in sentences for actor in sentence if fits(actor)}
        if found:
            return list(found.values())
    return []


def _in_land(actor: Actor, land: Actor | None) -> bool:
    return land is None or actor.code[:3] == land.code[:3]


def _body(tree: Tree, role: Role, land: Actor | None) -> Actor | None:
    """The body of a state that "the army" means."""
    if not role.code or land is not None:
        return None
    found = _one(tree, lambda actor: actor.listed and bool(actor.part_of) and actor.type != "person" and actor.code[3:] == role.code)
    return found[0] if len(found) == 1 else None


def group_meant(tree: Tree, head: int, role: Role, land: Actor | None = None) -> Actor | None:
    """The one armed group that "the militants" means; a sentence that names one itself means others by the plural."""
    if not tree.definite(head) or not _names_group(role):
        return None
    here = {found.name.actor for found in tree.names.values() if found.start < head and found.name.actor.type == ARMED}
    if here and (role.role != MOVEMENT or tree.tokens[head].tag in ("NNS", "NNPS") or _beside(tree, head)):
        return None
    kinds = (ARMED,) if role.type == ARMED else NAMED_GROUPS
    found = list(here) or _one(tree, lambda actor: actor.type in kinds and _in_land(actor, land))
    return found[0] if len(found) == 1 and (found[0].listed or _has_name(found[0])) and _in_land(found[0], land) else None


def _beside(tree: Tree, head: int) -> bool:
    """Tell whether a group is named in the same clause as a word, which then means another."""
    clause = tree.tokens[head].head
    return any(found.name.actor.type == ARMED and tree.tokens[index].head == clause for index, found in tree.names.items())


def _has_name(actor: Actor) -> bool:
    return any(word[0].isupper() for word in actor.label.split()) and "-" not in actor.code[:3]


def _holders(tree: Tree, head: int, role: Role, land: Actor | None) -> list[Actor]:
    """The person who holds an office, as "the president" or "the French president" means; else whose government it is."""
    if tree.tokens[head].tag not in ("NN", "NNP"):
        return []
    here = [found.name.actor for found in tree.names.values() if found.start < head]
    if any(actor.type == "person" and _in_land(actor, land) for actor in here):
        return []
    word = tree.role_word(head)

    def holds(actor: Actor) -> bool:
        if actor.type != "person" or not _in_land(actor, land):
            return False
        title = tree.titles.get(actor.id, word)
        held = ever_held(tree, actor, word) if role.role != FORMER else None
        return held or (held is None and actor.code[3:] == role.code and (title == word or title.split()[-1] == word))

    found = _one(tree, lambda actor: holds(actor) or (actor.listed and actor.code[3:] == role.code and _in_land(actor, land)))
    persons = [actor for actor in found if holds(actor)]
    if len({actor.code[:3] for actor in found}) > 1:
        return found
    return persons or (found if land is None else [])


def _country(tree: Tree, head: int) -> Actor | None:
    """The only state that a sentence has named before it says "the country", or that was the subject of the one before."""
    here = {found.name.actor for found in tree.names.values() if found.start < head and found.name.actor.type == "state"}
    before = here or {actor for actor in tree.subjects if actor.type == "state"}
    others = set() if here else {actor for actor in _last(tree.recent) if actor.type == "state"}
    return next(iter(before)) if len(before) == 1 and others <= before else None


def _last(recent: Sequence[Sequence[Actor]]) -> Sequence[Actor]:
    return recent[-1] if recent else ()
