"""Reads described actors with whom they belong to: "American and British troops", "members of the Foo Front"."""

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.mentions.bodies import LANDS, body_of, local_body
from kg.mentions.described import alone, backed, based_in, bearer, is_abstract, words_of
from kg.mentions.meant import group_meant, meant
from kg.mentions.owners import makers, modifiers, owners
from kg.mentions.titles import office_of
from kg.mentions.tree import NEIGHBOUR, Tree
from kg.mentions.unlisted import marked
from kg.model import Mention
from kg.ontology import Role

if TYPE_CHECKING:
    from kg.mentions.phrases import Phrases


BELONGING = frozenset({"of", "from", "for", "belonging"})
TOLD = ("nmod", "acl", "compound", "flat", "appos")
OF_ITS_OWN = ("det", "nmod:poss", "nummod")
APART = ("population", "company", "media")  # these are not their boss or owner
ARMED = ("armed-group", "armed-forces")
NAMED_BODIES = ("party", "organisation", "company", "media", "armed-group")


def described(phrases: "Phrases", head: int, role: Role) -> list[Mention]:
    """Actors made of a role word and whom they belong to: "American and British troops", "police"."""
    start = backed(phrases, head) if bearer(phrases, head) is None else None
    token = phrases.tokens[head]
    if start is not None:
        told = any(child.dep.startswith(TOLD) for child in phrases.children.get(head, ()) if child.index not in (start, head - 1))
        group = group_meant(phrases, head, role) if token.tag == "NN" and not told else None
        if group is not None:
            return [Mention(start, head + 1, token.text, group)]
        text = phrases.sentence.text[phrases.tokens[start].start : token.end]
        actor = alone(" ".join(text.split()), role)
        return [Mention(start, head + 1, text, replace(actor, code=based_in(phrases, start, head) + actor.code[3:]))]
    if token.pos == "PROPN" and role.type in NAMED_BODIES and _is_name(phrases, head):
        return [phrases.unlisted(head, role)]
    if role.role == NEIGHBOUR:
        return []
    bases = _bases(phrases, head, role)
    if bases:
        return [_office(phrases, base, head, role, len(bases) - 1) or _body(phrases, base, head, role) for base in bases]
    whole = _body_by_name(phrases, head, role)
    if whole is not None:
        return [whole]
    within = _group_within(phrases, head, role)
    if within:
        return within
    before = meant(phrases, head, role)
    if len(before) > 1:
        return []
    one = before[0] if before else None
    if one is None and token.pos == "PROPN" and marked(phrases, head) != (head, head + 1):
        return [phrases.unlisted(head, role)]
    if one is None and role.type == "state" and phrases.definite(head) and token.tag in ("NN", "NNP"):
        return []
    nowhere = role.type == "place"  # "two villages", in no known land
    if one is None and (nowhere or is_abstract(phrases, head, role)):
        return []
    return [Mention(head, head + 1, token.text, one or alone(words_of(phrases, head), role))]


def _body_by_name(tree: Tree, head: int, role: Role) -> Mention | None:
    """A body of government with a name that goes on: "the Ministry of Health of Bhutan", "the Ministry of Health"."""
    end = head + 1
    while end < len(tree.tokens) and tree.tokens[end].name == "I-organisation":
        end += 1
    if role.type != "government" or tree.tokens[head].pos != "PROPN" or end == head + 1 or tree.tokens[head + 1].dep != "case":
        return None
    text = tree.sentence.text[tree.tokens[head].start : tree.tokens[end - 1].end]
    named = (tree.names[index].name.actor for index in range(head, end) if index in tree.names)
    land = next((actor for actor in named if actor.type == "state"), None)
    label = " ".join(text.split())
    return Mention(head, end, text, body_of(land, role, tree.ontology, label) if land else alone(label, role))


def _is_name(tree: Tree, head: int) -> bool:
    """Tell whether a role word ends a name that says more than a nationality: "the Iraqi Labour Party"."""
    start, _ = marked(tree, head)
    return any(index not in tree.names and tree.tokens[index].text[:1].isupper() for index in range(start, head))


def _office(tree: Tree, base: Mention, head: int, role: Role, others: int) -> Mention | None:
    """The office that a title of somebody means; in an article without a day, who is named before and held it."""
    office = office_of(tree, base, head, others)
    before = None if office and tree.day else _named_before(tree, base, head, role)
    if office is None or (before and office.id in {held.actor.id for held in tree.ontology.held.get(before.actor.id, ())}):
        return before
    first = min(base.start, head)
    end = head + 1 + (tree.role_word(head).count(" ") if " of " in tree.role_word(head) else 0)
    return Mention(first, end, tree.sentence.text[tree.tokens[first].start : tree.tokens[end - 1].end], office)


def _named_before(tree: Tree, base: Mention, head: int, role: Role) -> Mention | None:
    """The person or group of a land whom a description means that was named before: "the French president"."""
    found = meant(tree, head, role, base.actor) if base.actor.type == "state" else []
    return Mention(min(base.start, head), head + 1, tree.tokens[head].text, found[0]) if len(found) == 1 else None


def _bases(phrases: "Phrases", head: int, role: Role) -> list[Mention]:
    """Whom described actors belong to; of "Iran's troops and officials" also the second."""
    bases = owners(phrases, head, located=not _of_somebody(phrases, head), bodies=False)
    if role.type in ("armed-group", "organisation") and bases == makers(phrases, head):
        bases = []  # "militias backed by Iran" are not Iran's
    token = phrases.tokens[head]
    if not bases and token.dep == "conj" and not any(child.dep in OF_ITS_OWN for child in phrases.children.get(head, ())):
        bases = owners(phrases, token.head, located=_told_behind(phrases, token.head, head), bodies=False)
    return bases


def _told_behind(tree: Tree, first: int, second: int) -> bool:
    """Tell whether what is said behind two joined nouns is said of both: "lawmakers and officials in Spain"."""
    return any(child.dep == "nmod" and child.index > second for child in tree.children.get(first, ()))


def _of_somebody(tree: Tree, head: int) -> bool:
    """Tell whether described ones are somebody's whom no name tells: "the president's spokesman in Doha" is not Qatar's."""
    return any(child.dep == "nmod:poss" and child.pos != "PRON" and tree.role(child.index) for child in tree.children.get(head, ()))


def _group_within(phrases: "Phrases", head: int, role: Role) -> list[Mention]:
    """Whom the members or leaders of an unlisted or described group stand for: "fighters of the Zorani Front"."""
    if " of " in phrases.role_word(head):
        return []
    for child in phrases.children.get(head, ()):
        of = child.dep == "nmod" and phrases.cases(child.index) & BELONGING
        if of or child.dep == "nmod:poss":
            name = child.pos == "PROPN" and child.index not in phrases.names and child.index not in phrases.dates
            if name or ((child.dep == "nmod:poss" or role.type not in APART) and phrases.role(child.index)):
                return [_member(phrases, mention, head, role) for mention in phrases.actors(child.index, owner=False)]
    return []


def _member(tree: Tree, group: Mention, head: int, role: Role) -> Mention:
    """Who belongs to a group; fighters make it an armed one: "mercenaries of the Foo Group"."""
    actor = group.actor
    if actor.type == "place" and role.type == "place":
        return group
    if role.type in ARMED and not actor.listed and actor.type in ("company", "organisation"):
        actor = replace(actor, type=role.type, code=f"{actor.code[:3] or '---'}{role.code}")
    return _body(tree, replace(group, actor=actor), head, role)


def _body(tree: Tree, base: Mention, head: int, role: Role) -> Mention:
    first = min(base.start, head)
    text = tree.sentence.text[tree.tokens[first].start : tree.tokens[head].end]
    if base.actor.type == "population" and not base.actor.code:
        base = replace(base, actor=replace(base.actor, code=_land_of(tree, head)))
    said = words_of(tree, head)
    said = f"{said} of {base.actor.label}" if base.start > head or base.actor.type == "person" else " ".join(text.split())
    if _is_local(tree, base, head, role) and role.type not in LANDS:
        if any(base.end <= index < head for index in tree.names):  # "Boston and Chicago police" are two
            said = f"{base.text} {words_of(tree, head)}"
        return Mention(first, head + 1, text, local_body(base.actor, role, said))
    return Mention(first, head + 1, text, body_of(base.actor, role, tree.ontology, said))


def _is_local(tree: Tree, base: Mention, head: int, role: Role) -> bool:
    """Tell whether a body is that of a town or region, not of the state: "Boston police", but not "an Istanbul church"."""
    thing = role.type == "organisation" and tree.indefinite(head)
    return not thing and base.start < head and base.start in tree.names and tree.names[base.start].name.kind == "place"


def _land_of(tree: Tree, head: int) -> str:
    """The code of the land in which a people is: "Muslim leaders in France"."""
    places = [*modifiers(tree, head, "nmod", beside=True), *modifiers(tree, head, "compound", beside=False)]
    found = (tree.names[child.index].name.actor for child in places if child.index in tree.names)
    return next((actor.code for actor in found if actor.type == "state"), "")
