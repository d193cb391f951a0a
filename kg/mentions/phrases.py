"""Reads which actor a noun phrase stands for, from its head and its modifiers."""

import re
from dataclasses import dataclass, replace

from kg.mentions.bodies import body_of
from kg.mentions.described import finer
from kg.mentions.groups import described
from kg.mentions.lands import of_land, people, severed_body
from kg.mentions.owners import owners
from kg.mentions.pairs import is_pair, two_meant
from kg.mentions.tree import Tree
from kg.mentions.unlisted import beside_title, is_dateline, is_weather, is_weather_word, of_body, title_of, unlisted_name
from kg.model import Mention
from kg.ontology import Role

TOLD_BESIDE = ("appos", "flat", "nmod:desc")
NAMED_WITHIN = ("flat", "appos", "nmod:desc", "compound", "flat:name")
MEMBERS = frozenset({"including", "like"})
QUANTITIES = frozenset(
    ("hundred", "thousand", "million", "dozen", "score", "ten", "number", "group", "most", "some", "many", "several", "all", "majority")
).union(("rest", "handful", "pair", "couple", "half", "third", "quarter", "percent", "crowd", "series", "each", "none", "any", "those"))
LOSSES = frozenset({"casualty", "loss", "death", "fatality", "dead", "victim"})
AMONG = frozenset({"among", "amongst"})
COUNTED = AMONG | {"of"}
MODEL = re.compile(r"[A-Z][A-Za-z]{0,2}-?\d+[A-Za-z]*")


@dataclass(frozen=True)
class Phrases(Tree):
    """A sentence with its names: reads which actor a noun phrase stands for."""

    def actors(self, head: int, *, owner: bool = True, located: bool = True) -> list[Mention]:
        """Read the actors of the phrase headed by token ``head``, its coordination included.

        With ``owner``, a thing stands for whom it belongs to ("Hezbollah positions"); with
        ``located``, also for the land it lies in ("bases in Iraq").
        """
        members = self._members(head)
        if members:
            return members
        mentions = [mention for part in self.coordinated(head) for mention in self.single(part, owner=owner, located=located)]
        people = [mention for mention in mentions if mention.actor.type == "person"]
        mentions = [
            one for one in mentions if not any(one.end == person.start and one.actor.part_of == person.actor.part_of for person in people)
        ]
        return list({mention.actor.id: mention for mention in mentions}.values())

    def _members(self, head: int) -> list[Mention]:
        """ "The international community, including the UN and the EU": the ones that are named."""
        if head in self.names:
            return []
        beside = [child for child in self.children.get(self.tokens[head].head, ()) if child.index > head]
        for child in (*self.children.get(head, ()), *beside):
            if child.dep.startswith(("nmod", "obl", "acl")) and self.cases(child.index) & MEMBERS:
                found = self.actors(child.index, owner=False)
                return found if all(mention.actor.listed and mention.actor.type != "armed-forces" for mention in found) else []
        return []

    def single(self, head: int, *, owner: bool, located: bool = True) -> list[Mention]:
        token = self.tokens[head]
        if head in self.several:
            return [Mention(head, head + 1, token.text, actor) for actor in self.several[head]]
        named = self._named(head)
        severed = severed_body(self, head) if named else None
        if severed is not None:
            return [severed]
        if named and named.actor.type != "state":
            return [self._entitled(head, named) if named.actor.type == "place" else named]
        if is_pair(self, head):
            return [Mention(head, head + 1, token.text, actor) for actor in two_meant(self, head)]
        counted = self._counted(head)
        if counted is not None:
            return self.actors(counted, owner=owner, located=located)
        role = self.role(head)
        if role:
            return self._with_role(head, finer(self, head, role))
        if named:
            return [people(self, head) or self._entitled(head, named)]
        if head in self.dates:
            return []
        if token.pos == "PROPN" and not token.text.islower():
            return self._name(head, owner=owner)
        name = beside_title(self, head)
        if name is not None and self.tokens[name].name.endswith("person") and not is_weather_word(self, token.text):
            mention = self.unlisted(name)
            return [] if is_dateline(self, mention) else [mention]
        if owner and token.pos in ("NOUN", "ADJ", "NUM", "PROPN"):
            return owners(self, head, located=located) or self._known_thing(head)
        return []

    def _known_thing(self, head: int) -> list[Mention]:
        """Whose thing it is that was named before: "the boat", of which no more is said."""
        token = self.tokens[head]
        owner = self.things.get(token.text.lower()) if self.definite(head) else None
        if token.dep in ("nsubj", "nmod:poss") or (token.dep == "nmod" and self.role(token.head) is not None):
            return []  # "the boat's captain" is not who the boat belongs to, and what a thing does, "the winter killed", nobody does
        bare = all(child.dep in ("det", "case", "punct") or child.dep.startswith("acl") for child in self.children.get(head, ()))
        return [Mention(head, head + 1, token.text, owner)] if owner is not None and bare else []

    def _entitled(self, head: int, named: Mention) -> Mention:
        """A name that a table takes for a state's, with the title of an office: "President Foo" is of its government."""
        title = title_of(self, head)
        role = self.role(title) if title is not None and self.holds_office(title) else None
        whole = named.actor if named.actor.type == "state" else self.ontology.actors.get(named.actor.part_of)
        land = whole if whole and whole.type == "state" else None
        return replace(named, actor=body_of(land, role, self.ontology)) if role and land else named

    def _with_role(self, head: int, role: Role) -> list[Mention]:
        """Actors that a role word names or has for its title: "rebel commander Foo Bar", "the capital Muscat", "police"."""
        beside = (self.names.get(child.index) for child in self.children.get(head, ()) if child.index > head and child.dep in TOLD_BESIDE)
        land = next((found for found in beside if found and found.name.actor.type == "state"), None)
        if land and not role.code:
            return [land.mention]
        name = beside_title(self, head)
        return [self.unlisted(name, role, head)] if name is not None else self.described(head, role)

    def described(self, head: int, role: Role) -> list[Mention]:
        """Actors made of a role word and whom they belong to: "American and British troops", "police"."""
        return described(self, head, role)

    def _name(self, head: int, *, owner: bool) -> list[Mention]:
        """A name that no table knows; that of a machine stands for its owner: "Kenya's F-5s"."""
        mention = self.unlisted(head)
        if is_weather(self, head, mention) or is_dateline(self, mention):
            return []
        if not owner or not MODEL.fullmatch(mention.text):
            return [mention]
        parts = range(mention.start, mention.end)
        return next((found for part in parts if (found := owners(self, part, located=False, bodies=False))), [mention])

    def _named(self, head: int) -> Mention | None:
        """The listed name that the phrase is, or that stands beside its head ("President Joe Biden")."""
        if head in self.names:
            found = self.names[head]
            outer = self._named_beside(head) if found.name.kind == "adjective" else None
            return outer or found.mention
        return self._named_beside(head)

    def _named_beside(self, head: int) -> Mention | None:
        twin = self.twin(head)
        if twin is not None and twin in self.names and self.names[twin].name.actor.type == "person":
            return self.names[twin].mention
        for child in self.children.get(head, ()):
            found = self.names.get(child.index)
            if (
                found
                and child.dep in NAMED_WITHIN
                and found.name.kind == "name"
                and found.name.actor.type != "state"
                and child.index >= head
            ):
                return found.mention
            if found and child.dep in ("compound", "flat", "nmod:desc") and found.name.actor.type == "person":
                return found.mention if child.index > head else None
        return None

    def unlisted(self, name: int, role: Role | None = None, title: int | None = None) -> Mention:
        """A name that no table knows; a person has the code of the body that the title belongs to."""
        mention = unlisted_name(self, name, role)
        title = title_of(self, name) if title is None else title
        role = role or (self.role(title) if title is not None else None)
        if role is None or title is None:
            return of_land(self, mention, owners(self, name, located=True, bodies=False))
        base = next((mention for mention in owners(self, title, located=True) if mention.actor.listed), None)
        return of_body(mention, base.actor if base else None, role, self)

    def _counted(self, head: int) -> int | None:
        """The phrase beneath a word of quantity: "hundreds of protesters"."""
        lemma = self.tokens[head].lemma.lower()
        counted = COUNTED if lemma in QUANTITIES or self.tokens[head].pos == "NUM" else AMONG if lemma in LOSSES else frozenset()
        found = (child.index for child in self.children.get(head, ()) if child.dep.startswith("nmod") and self.cases(child.index) & counted)
        return next(found, None)
