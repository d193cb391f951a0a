"""Reads names and peoples with the land that they are said to be of: "Kenya's Foo Party", "Kosovo Albanians"."""

from collections.abc import Sequence
from dataclasses import replace

from kg.mentions.bodies import body_of, slug
from kg.mentions.described import ETHNIC
from kg.mentions.owners import modifiers
from kg.mentions.tree import Tree
from kg.model import Actor, Mention


def people(tree: Tree, head: int) -> Mention | None:
    """A people told apart from the state that has its name: "ethnic Albanians", "Kosovo Albanians", "the Turks of Bulgaria"."""
    people = tree.names.get(head)
    if people is None or people.name.kind != "adjective" or tree.tokens[head].tag not in ("NNPS", "NNS"):
        return None
    lands = [*modifiers(tree, head, "compound", beside=False), *modifiers(tree, head, "amod", beside=False)]
    lands += [child for child in modifiers(tree, head, "nmod", beside=False) if "of" in tree.cases(child.index)]
    named = (tree.names[child.index] for child in lands if child.index in tree.names and tree.names[child.index] != people)
    land = next((found for found in named if found.name.actor.type == "state"), None)
    start, end = min(head, land.start if land else head), max(people.end, land.end if land else head)
    if start and tree.tokens[start - 1].lemma.lower() == ETHNIC:
        start -= 1
    elif land is None:
        return None
    text = tree.sentence.text[tree.tokens[start].start : tree.tokens[end - 1].end]
    code = f"{land.name.actor.code}CVL" if land else ""
    return Mention(start, end, text, Actor(f"actor:{slug(text)}", text, "population", code, listed=False))


def severed_body(tree: Tree, head: int) -> Mention | None:
    """The body of a state, where a parse takes its possessor for the subject: "Bhutan's | military shelled"."""
    mark = next((child.index for child in tree.children.get(head, ()) if child.tag == "POS" and child.index > head), None)
    land, after = tree.names[head].mention if head in tree.names else None, mark + 1 if mark is not None else len(tree.tokens)
    if land is None or after >= len(tree.tokens) or not tree.tokens[head].dep.startswith(("nsubj", "obj")):
        return None
    role = tree.role(after)
    if role is None or tree.tokens[after].head != tree.tokens[head].head or tree.tokens[after].tag != "JJ":
        return None
    text = tree.sentence.text[tree.tokens[land.start].start : tree.tokens[after].end]
    return Mention(land.start, after + 1, text, body_of(land.actor, role, tree.ontology, text))


def of_land(tree: Tree, mention: Mention, owners: Sequence[Mention]) -> Mention:
    """Give a name that no table knows the land it is said to be of: "Kenya's Foo Party"; a place stands for its land."""
    inside = (tree.names[index] for index in range(mention.start, mention.end) if index in tree.names)
    lands = [*(found.mention for found in inside), *owners]
    land = next((found.actor for found in lands if found.actor.type == "state"), None)
    if land is None or mention.actor.listed:
        return mention
    if mention.actor.type == "place":
        return replace(mention, actor=land, place=mention.text)
    code = land.code + mention.actor.code.removeprefix("---")
    return replace(mention, actor=replace(mention.actor, code=code, part_of=land.id))
