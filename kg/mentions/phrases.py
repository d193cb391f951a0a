"""Reads which actor a noun phrase stands for, from its head and its modifiers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.mentions.bodies import body_of, slug
from kg.mentions.described import ETHNIC, alone, backed, bearer, finer, is_abstract, known, merely_locates, words_of
from kg.mentions.pairs import is_pair, two_meant
from kg.mentions.tree import Tree
from kg.mentions.unlisted import beside_title, marked, of_body, title_of, unlisted
from kg.model import Actor, Mention, Token
from kg.ontology import Role

OWNED = ("nmod:poss", "amod", "compound", "nmod:desc", "flat", "nmod")
TOLD_BESIDE = ("appos", "flat", "nmod:desc")
NAMED_WITHIN = ("flat", "appos", "nmod:desc", "compound", "flat:name")
INSIDE = frozenset(
    ("of", "in", "across", "throughout", "within", "inside", "outside", "from", "near", "around", "along", "for", "at", "to", "on")
    + ("belonging", "aboard", "beyond", "off", "by", "with", "between")
)
HAVING = frozenset({"of", "by"})
BELONGING = frozenset({"of", "from", "for", "belonging"})
MEMBERS = frozenset({"including", "like"})
QUANTITIES = frozenset(
    ("hundred", "thousand", "million", "dozen", "score", "ten", "number", "group", "most", "some", "many", "several", "all", "majority")
    + ("rest", "handful", "pair", "couple", "half", "third", "quarter", "percent", "crowd", "series", "each", "none", "any", "those")
)
APART = ("population", "company", "media")  # these are not their boss or owner
ARMED = ("armed-group", "armed-forces")
NAMED_BODIES = ("party", "organisation", "company", "media", "armed-group")
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
        mentions = [mention for part in self.coordinated(head) for mention in self._single(part, owner=owner, located=located)]
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

    def _single(self, head: int, *, owner: bool, located: bool = True) -> list[Mention]:
        token = self.tokens[head]
        named = self._named(head)
        if named and named.actor.type != "state":
            return [named]
        if is_pair(self, head):
            return [Mention(head, head + 1, token.text, actor) for actor in two_meant(self, head)]
        counted = self._counted(head)
        if counted is not None:
            return self.actors(counted, owner=owner, located=located)
        role = self.role(head)
        if role:
            return self._with_role(head, finer(self, head, role))
        if named:
            return [self._people(head) or named]
        if head in self.dates:
            return []
        if token.pos == "PROPN" and not token.text.islower():
            return self._name(head, owner=owner)
        name = beside_title(self, head)
        if name is not None and self.tokens[name].name.endswith("person"):
            return [self._unlisted(name)]
        if owner and token.pos in ("NOUN", "ADJ", "NUM", "PROPN"):
            return self._owners(head, located=located)
        return []

    def _with_role(self, head: int, role: Role) -> list[Mention]:
        """Actors that a role word names or has for its title: "rebel commander Foo Bar", "the capital Muscat", "police"."""
        if not role.code:
            beside = (
                self.names.get(child.index) for child in self.children.get(head, ()) if child.index > head and child.dep in TOLD_BESIDE
            )
            land = next((found for found in beside if found and found.name.actor.type == "state"), None)
            if land:
                return [land.mention]
        name = beside_title(self, head)
        return [self._unlisted(name, role, head)] if name is not None else self._described(head, role)

    def _name(self, head: int, *, owner: bool) -> list[Mention]:
        """A name that no table knows; that of a machine stands for its owner: "Kenya's F-5s"."""
        mention = self._unlisted(head)
        owners = self._owners(head, located=False, bodies=False) if owner and MODEL.fullmatch(mention.text) else []
        return owners or [mention]

    def _people(self, head: int) -> Mention | None:
        """A people told apart from the state that has its name: "ethnic Albanians", "Kosovo Albanians", "the Turks of Bulgaria"."""
        people = self.names.get(head)
        if people is None or people.name.kind != "adjective" or self.tokens[head].tag not in ("NNPS", "NNS"):
            return None
        lands = [*self._modifiers(head, "compound", beside=False), *self._modifiers(head, "amod", beside=False)]
        lands += [child for child in self._modifiers(head, "nmod", beside=False) if "of" in self.cases(child.index)]
        named = (self.names[child.index] for child in lands if child.index in self.names and self.names[child.index] != people)
        land = next((found for found in named if found.name.actor.type == "state"), None)
        start, end = min(head, land.start if land else head), max(people.end, land.end if land else head)
        if start and self.tokens[start - 1].lemma.lower() == ETHNIC:
            start -= 1
        elif land is None:
            return None
        text = self.sentence.text[self.tokens[start].start : self.tokens[end - 1].end]
        code = f"{land.name.actor.code}CVL" if land else ""
        return Mention(start, end, text, Actor(f"actor:{slug(text)}", text, "population", code, listed=False))

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

    def _unlisted(self, name: int, role: Role | None = None, title: int | None = None) -> Mention:
        """A name that no table knows; a person has the code of the body that the title belongs to."""
        mention = unlisted(self, name, role)
        title = title_of(self, name) if title is None else title
        role = role or (self.role(title) if title is not None else None)
        if role is None or title is None:
            return self._of_land(mention, name)
        base = next(iter(self._owners(title, located=True, bodies=False)), None)
        return of_body(mention, base.actor if base else None, role, self)

    def _of_land(self, mention: Mention, name: int) -> Mention:
        """Give a name that no table knows the land it is said to be of: "Kenya's Foo Party"; a place stands for its land."""
        inside = (self.names[index] for index in range(mention.start, mention.end) if index in self.names)
        lands = [*(found.mention for found in inside), *self._owners(name, located=True, bodies=False)]
        land = next((found.actor for found in lands if found.actor.type == "state"), None)
        if land is None or mention.actor.listed:
            return mention
        if mention.actor.type == "place":
            return replace(mention, actor=land, place=mention.text)
        code = land.code + mention.actor.code.removeprefix("---")
        return replace(mention, actor=replace(mention.actor, code=code, part_of=land.id))

    def _counted(self, head: int) -> int | None:
        """The phrase beneath a word of quantity: "hundreds of protesters"."""
        if self.tokens[head].lemma.lower() not in QUANTITIES and self.tokens[head].pos != "NUM":
            return None
        found = (child.index for child in self.children.get(head, ()) if child.dep.startswith("nmod") and "of" in self.cases(child.index))
        return next(found, None)

    def _owners(self, head: int, *, located: bool, bodies: bool = True) -> list[Mention]:
        """Whose thing it is: possessor, nationality, compound, or "of", "in" and the like; of a body (not ``bodies``) only names."""
        for relation in OWNED if located else OWNED[:-1]:
            if relation == "nmod:poss" and self._nationality(head):
                continue
            for child in self._modifiers(head, relation, beside=not bodies):
                found = self._owner_in(child, head, relation, bodies=bodies)
                if found:
                    return self._joined_owners(head, found)
        return self._makers(head) or (self._inner_role(head) or self._unlisted_owner(head, located=located) if bodies else [])

    def _unlisted_owner(self, head: int, *, located: bool) -> list[Mention]:
        """One whom no table knows and who has a thing: "the prosecutor's office", "the head of the Zorani Front"."""
        for child in self.children.get(head, ()):
            cases = self.cases(child.index)
            of = located and child.dep == "nmod" and cases and cases <= HAVING
            found = self._single(child.index, owner=True) if (of or child.dep == "nmod:poss") and child.pos != "PRON" else []
            if found:
                return [mention for mention in found if mention.actor.type != "place"]
        return []

    def _nationality(self, head: int) -> bool:
        """Tell whether a nationality says more than the pronoun before it: "his Chinese counterpart"."""
        children = self.children.get(head, ())
        told = any(child.dep == "amod" and child.index in self.names for child in children)
        return told and any(child.dep == "nmod:poss" and child.pos == "PRON" for child in children)

    def _modifiers(self, head: int, relation: str, *, beside: bool) -> Iterator[Token]:
        """The dependants that may name an owner in one relation."""
        for child in self.children.get(head, ()):
            if relation != "nmod":
                if child.dep == relation:
                    yield child
            elif child.dep.startswith("nmod") and child.dep not in OWNED[:-1] and self.cases(child.index) & INSIDE:
                yield child
        if relation == "nmod" and beside:
            yield from (place for place in self._located_beside(head) if self.cases(place.index) & INSIDE)

    def _owner_in(self, child: Token, head: int, relation: str, *, bodies: bool) -> list[Mention]:
        parts = self.coordinated(child.index)
        found = [self.names[part].mention for part in parts if part in self.names and not self.prefixed(part)]
        if not found and child.lemma.lower() == "whose":
            antecedent = self.antecedent(head)
            found = self._single(antecedent, owner=True) if antecedent is not None else []
        if not found and relation == "compound" and not self.role(child.index):
            found = [self.names[inner.index].mention for inner in self.children.get(child.index, ()) if inner.index in self.names]
        if not found and bodies and relation in ("nmod:poss", "nmod") and child.pos != "PRON":
            found = [mention for mention in self._single(child.index, owner=True) if mention.actor.listed]
        return found

    def _located_beside(self, head: int) -> list[Token]:
        """Where the people before it are, though a parse hangs it on the verb: "killed 12 people | in Syria"."""
        token, after = self.tokens[head], self.end(head)
        if token.dep != "obj" or after == len(self.tokens) or self.tokens[after].dep != "case":
            return []
        place = self.tokens[self.tokens[after].head]
        return [place] if (place.dep, place.head) == ("obl", token.head) else []

    def _inner_role(self, head: int) -> list[Mention]:
        """The agents that a thing belongs to: "rebel bases"."""
        for child in self.children.get(head, ()):
            role = self.role(child.index) if child.dep == "compound" else None
            if role:
                return self._described(child.index, role)
        return []

    def _joined_owners(self, head: int, found: list[Mention]) -> list[Mention]:
        """Add the other nationality of "U.S. and Israeli troops", where the parse hangs both on the noun."""
        children = self.children.get(head, ())
        if not any(child.dep == "cc" and child.index < head for child in children):
            return found
        beside = [self.names[child.index].mention for child in children if child.dep in ("amod", "compound") and child.index in self.names]
        return sorted({mention.start: mention for mention in (*found, *beside)}.values(), key=lambda mention: mention.start)

    def _makers(self, head: int) -> list[Mention]:
        """Who is said to have sent or made a thing: "missiles fired by Iran"."""
        for child in self.children.get(head, ()):
            if child.dep == "acl" and child.tag == "VBN":
                for agent in self.children.get(child.index, ()):
                    if agent.dep.startswith("obl") and "by" in self.cases(agent.index):
                        return self.actors(agent.index, owner=False)
        return []

    def _described(self, head: int, role: Role) -> list[Mention]:
        """Actors made of a role word and whom they belong to: "American and British troops", "police"."""
        start = backed(self, head) if bearer(self, head) is None else None
        token = self.tokens[head]
        if start is not None:
            text = self.sentence.text[self.tokens[start].start : token.end]
            return [Mention(start, head + 1, text, alone(" ".join(text.split()), role))]
        if token.pos == "PROPN" and role.type in NAMED_BODIES and self._is_name(head):
            return [self._unlisted(head, role)]
        bases = self._bases(head, role)
        if bases:
            return [self._body(base, head, role) for base in bases]
        within = self._group_within(head, role)
        if within:
            return within
        meant = known(self, head, role)
        if meant is None and token.pos == "PROPN" and marked(self, head) != (head, head + 1):
            return [self._unlisted(head, role)]
        if meant is None and role.type == "state" and self.definite(head) and token.tag in ("NN", "NNP"):
            return self._country_meant(head)
        if meant is None and (merely_locates(self, head, role) or is_abstract(self, head, role)):
            return []
        return [Mention(head, head + 1, token.text, meant or alone(words_of(self, head), role))]

    def _is_name(self, head: int) -> bool:
        """Tell whether a role word ends a name that says more than a nationality: "the Iraqi Labour Party"."""
        start, _ = marked(self, head)
        return any(index not in self.names and self.tokens[index].text[:1].isupper() for index in range(start, head))

    def _country_meant(self, head: int) -> list[Mention]:
        """The only state that a sentence has named before it says "the country"."""
        before = {found.name.actor for found in self.names.values() if found.start < head and found.name.actor.type == "state"}
        return [Mention(head, head + 1, self.tokens[head].text, actor) for actor in before] if len(before) == 1 else []

    def _bases(self, head: int, role: Role) -> list[Mention]:
        """Whom described actors belong to; of "Iran's troops and officials" also the second."""
        bases = self._owners(head, located=True, bodies=False)
        if role.type in ("armed-group", "organisation") and bases == self._makers(head):
            bases = []  # "militias backed by Iran" are not Iran's
        token = self.tokens[head]
        if not bases and token.dep == "conj" and not any(child.dep == "det" for child in self.children.get(head, ())):
            bases = self._owners(token.head, located=False, bodies=False)
        return bases

    def _group_within(self, head: int, role: Role) -> list[Mention]:
        """Whom the members or leaders of an unlisted or described group stand for: "fighters of the Zorani Front"."""
        for child in self.children.get(head, ()):
            of = child.dep == "nmod" and self.cases(child.index) & BELONGING
            if of or child.dep == "nmod:poss":
                name = child.pos == "PROPN" and child.index not in self.names and child.index not in self.dates
                if name or ((child.dep == "nmod:poss" or role.type not in APART) and self.role(child.index)):
                    found = self.actors(child.index, owner=False)
                    return [
                        self._member(mention, head, role) for mention in found if (mention.actor.type == "place") <= (role.type == "place")
                    ]
        return []

    def _member(self, group: Mention, head: int, role: Role) -> Mention:
        """Who belongs to a group; fighters make it an armed one: "mercenaries of the Foo Group"."""
        actor = group.actor
        if actor.type == "place":
            return group
        if role.type in ARMED and not actor.listed and actor.type in ("company", "organisation"):
            actor = replace(actor, type=role.type, code=f"{actor.code[:3] or '---'}{role.code}")
        return self._body(replace(group, actor=actor), head, role)

    def _body(self, base: Mention, head: int, role: Role) -> Mention:
        first = min(base.start, head)
        text = self.sentence.text[self.tokens[first].start : self.tokens[head].end]
        if base.actor.type == "population" and not base.actor.code:
            base = replace(base, actor=replace(base.actor, code=self._land_of(head)))
        said = words_of(self, head)
        said = f"{said} of {base.actor.label}" if base.start > head or base.actor.type == "person" else " ".join(text.split())
        return Mention(first, head + 1, text, body_of(base.actor, role, self.ontology, said))

    def _land_of(self, head: int) -> str:
        """The code of the land in which a people is: "Muslim leaders in France"."""
        places = [*self._modifiers(head, "nmod", beside=True), *self._modifiers(head, "compound", beside=False)]
        found = (self.names[child.index].name.actor for child in places if child.index in self.names)
        return next((actor.code for actor in found if actor.type == "state"), "")
