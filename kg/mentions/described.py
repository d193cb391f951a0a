"""Reads what a described actor is called, and what its modifiers tell of it: "Iran-backed militias", "armed men"."""

from kg.mentions.bodies import slug
from kg.mentions.tree import FORMER, Tree
from kg.model import Actor, Mention
from kg.ontology import Role

GOVERNING = "GOV"
MODIFIERS = ("amod", "compound")
ETHNIC = "ethnic"
BASED = "based"


def alone(label: str, role: Role) -> Actor:
    """Make the actor of a description that says to nobody's side it belongs: "gunmen"."""
    return Actor(f"actor:{slug(label)}", label, role.type, f"---{role.code}" if role.code else "", listed=False)


def words_of(tree: Tree, head: int) -> str:
    """The noun with the words before it that tell its kind, as the text has them: "truck drivers", "armed men"."""
    word = tree.role_word(head)
    start = head if " of " in word else head - word.count(" ")
    while start and _tells_kind(tree, start - 1, head):
        start -= 1
    end = head + 1 + word.count(" ") if " of " in word else head + 1
    words = " ".join(tree.sentence.text[tree.tokens[start].start : tree.tokens[end - 1].end].split())
    common = tree.tokens[start].pos != "PROPN" and tree.tokens[start].text.istitle()
    return words[0].lower() + words[1:] if common else words


def _tells_kind(tree: Tree, index: int, head: int) -> bool:
    """Tell whether a word before a noun belongs to its name: "human rights groups", but not "two young men"."""
    token = tree.tokens[index]
    if index in tree.names:
        return False
    if token.head == head:
        role = tree.role(index) if token.dep == "amod" else None
        return token.dep == "compound" or (role is not None and role.type == "armed-group")
    return index < token.head < head and token.dep in MODIFIERS


def is_abstract(tree: Tree, head: int, role: Role) -> bool:
    """Tell whether a noun names no group but an abstract thing: "freedom of movement"."""
    token = tree.tokens[head]
    bare = token.tag == "NN" and not any(child.dep != "case" for child in tree.children.get(head, ()))
    return role.type in ("organisation", "state") and bare and token.dep == "nmod" and "of" in tree.cases(head)


def _former(tree: Tree, head: int) -> Role | None:
    """The role of those who held an office: "a former French minister"."""
    roles = (tree.role(child.index) for child in tree.children.get(head, ()) if child.dep == "amod" and child.index < head)
    return next((role for role in roles if role and role.role == FORMER), None)


def finer(tree: Tree, head: int, role: Role) -> Role:
    """The role of the modifier where it tells more: "separatist forces", "gang members"."""
    if role.type == "government":
        return (_former(tree, head) if role.code == GOVERNING else None) or role
    if " " in tree.role_word(head):
        return role
    modifiers = (tree.role(child.index) for child in tree.children.get(head, ()) if child.dep in MODIFIERS and child.index < head)
    return next((other for other in modifiers if other and other.type == "armed-group"), role)


def bearer(tree: Tree, head: int) -> Mention | None:
    """The group whose name a phrase bears: "the Iran-backed Hezbollah militia"."""
    before = (child.index for child in tree.children.get(head, ()) if child.dep == "compound" and child.index in tree.names)
    found = (tree.names[index].mention for index in before if tree.names[index].name.kind == "name")
    return next((mention for mention in found if mention.actor.type != "state"), None)


def backed(tree: Tree, head: int) -> int | None:
    """Where "Iran-backed" or "pro-Iranian" begins, if the phrase has such a modifier: backing is not belonging."""
    for child in tree.children.get(head, ()):
        if child.index in tree.names and tree.prefixed(child.index):
            return child.index - 2
        if child.index < head and child.text.replace("‑", "-").partition("-")[2] in tree.ontology.names:
            return child.index
        if child.dep in ("amod", "acl", "compound") and child.index < head and child.pos not in ("NOUN", "PROPN"):
            for inner in tree.children.get(child.index, ()):
                found = tree.names.get(inner.index)
                if found and found.end <= child.index and inner.dep != "conj":
                    return found.start
                if child.index in tree.names and inner.lemma.lower() == ETHNIC:
                    return inner.index
    return None


def based_in(tree: Tree, start: int, head: int) -> str:
    """The code of the land in which a group is based: "a Somalia-based group"; a dash for who is merely backed from there."""
    found = tree.names.get(start)
    based = any(tree.tokens[index].text.lower().endswith(BASED) for index in range(start, head))
    return found.name.actor.code[:3] if based and found and found.name.actor.code else "---"
