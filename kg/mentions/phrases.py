"""Reads which actor a noun phrase stands for, from its head and its modifiers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.mentions.bodies import body_of, slug
from kg.mentions.kinds import named_actor
from kg.mentions.names import Found
from kg.model import Actor, Mention, Sentence, Token
from kg.ontology import Ontology, Role

OWNED = ("nmod:poss", "amod", "compound", "nmod:desc", "flat", "nmod")
NAMED_WITHIN = ("flat", "appos", "nmod:desc", "compound", "flat:name")
INSIDE = frozenset({"of", "in", "across", "throughout", "within", "inside", "from", "near", "around", "for", "at", "to", "belonging", "on"})
MEMBERS = frozenset({"including", "like"})
NAME_PARTS = ("flat", "compound", "nummod", "goeswith", "dep")
SIDES = frozenset({"side", "party", "force", "camp", "army", "faction", "group"})
BOTH = frozenset({"both"})
QUANTITIES = frozenset(
    (
        "hundred",
        "thousand",
        "million",
        "dozen",
        "score",
        "ten",
        "number",
        "group",
        "most",
        "some",
        "many",
        "several",
        "all",
        "majority",
        "rest",
    )
)


@dataclass(frozen=True)
class Phrases:
    """A sentence with its names: reads which actor a noun phrase stands for.

    ``dates`` are tokens of dates, which name nobody; ``recent`` are the actors named in
    the sentences before, newest last; ``opponents`` are the two sides of the last conflict
    spoken of; ``surnames`` are the last words of full names read before.
    """

    sentence: Sentence
    ontology: Ontology
    names: Mapping[int, Found]
    children: Mapping[int, Sequence[Token]]
    dates: frozenset[int] = frozenset()
    recent: Sequence[Sequence[Actor]] = ()
    opponents: Sequence[Actor] = ()
    surnames: Mapping[str, Actor] = field(default_factory=dict)

    @property
    def tokens(self) -> Sequence[Token]:
        """The words of the sentence."""
        return self.sentence.tokens

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

    def coordinated(self, head: int) -> list[int]:
        """The head itself and what is coordinated with it, without what is said not to be: "Russia, but not Iran"."""
        parts = [head, *(child.index for child in self.children.get(head, ()) if child.dep == "conj"), *self._coordinated_beside(head)]
        return [part for part in parts if not any(child.lemma.lower() == "not" for child in self.children.get(part, ()))]

    def _coordinated_beside(self, head: int) -> list[int]:
        """What a parse sets beside the phrase instead of beneath it: "between Oman | and Iran"."""
        token = self.tokens[head]
        if token.dep not in ("nmod", "obl", "obj"):
            return []
        beside = (child for child in self.children.get(token.head, ()) if child.dep == token.dep and child.index > head)
        return [
            child.index
            for child in beside
            if {inner.dep for inner in self.children.get(child.index, ())} & {"cc"} and not self.cases(child.index)
        ]

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

    def cases(self, index: int) -> frozenset[str]:
        """The prepositions of a phrase, in lower case."""
        return frozenset(child.text.lower() for child in self.children.get(index, ()) if child.dep in ("case", "mark"))

    def _single(self, head: int, *, owner: bool, located: bool = True) -> list[Mention]:
        token = self.sentence.tokens[head]
        named = self._named(head)
        if named and named.actor.type != "state":
            return [named]
        if self._is_pair(head):
            return self._both(head)
        counted = self._counted(head)
        if counted is not None:
            return self.actors(counted, owner=owner, located=located)
        role = self.ontology.roles.get(token.lemma.lower()) if head not in self.names else None
        if role:
            role = self._finer(head, role)
            unlisted = self._unlisted_within(head, role)
            return [unlisted] if unlisted else self._described(head, role)
        if named:
            return [named]
        if head in self.dates:
            return []
        if token.pos == "PROPN" and head not in self.names:
            return [self._unlisted(head, None)]
        if owner and token.pos in ("NOUN", "ADJ", "NUM", "PROPN"):
            return self._owners(head, located=located)
        return []

    def _named(self, head: int) -> Mention | None:
        """The listed name that the phrase is, or that stands beside its head ("President Joe Biden")."""
        if head in self.names:
            found = self.names[head]
            outer = self._named_beside(head) if found.name.kind == "adjective" else None
            return outer or found.mention
        return self._named_beside(head)

    def _named_beside(self, head: int) -> Mention | None:
        twin = self._twin(head)
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

    def _owner(self, head: int) -> Mention | None:
        """Whose body an agent belongs to."""
        return next(iter(self._owners(head, located=True, bodies=False)), None)

    def _owners(self, head: int, *, located: bool, bodies: bool = True) -> list[Mention]:
        """Whose thing it is: possessor, nationality, compound, or "of", "in" and the like."""
        for relation in OWNED if located else OWNED[:-1]:
            for child in (*self.children.get(head, ()), *(() if bodies else self._located_beside(head))):
                beside = relation == "nmod" and child.head != head
                if (
                    child.dep != relation
                    and not beside
                    and not (relation == "nmod" and child.dep.startswith("nmod:") and child.dep not in OWNED)
                ):
                    continue
                if relation == "nmod" and not self.cases(child.index) & INSIDE:
                    continue
                parts = self.coordinated(child.index)
                found = [self.names[part].mention for part in parts if part in self.names and not self._prefixed(part)]
                if not found and self.tokens[child.index].lemma.lower() == "whose":
                    antecedent = self._antecedent(head)
                    found = self._single(antecedent, owner=True) if antecedent is not None else []
                if not found and bodies and relation in ("nmod:poss", "nmod") and self.tokens[child.index].pos != "PRON":
                    found = [mention for mention in self._single(child.index, owner=True) if mention.actor.listed]
                if found:
                    return self._joined_owners(head, found)
        return self._makers(head) or (self._inner_role(head) if bodies else [])

    def _located_beside(self, head: int) -> list[Token]:
        """Where the people before it are, though a parse hangs it on the verb: "killed 12 people | in Syria"."""
        token, after = self.tokens[head], self._end(head)
        if token.dep != "obj" or after == len(self.tokens) or self.tokens[after].dep != "case":
            return []
        place = self.tokens[self.tokens[after].head]
        return [place] if (place.dep, place.head) == ("obl", token.head) else []

    def _inner_role(self, head: int) -> list[Mention]:
        """The agents that a thing belongs to: "rebel bases"."""
        for child in self.children.get(head, ()):
            role = self.ontology.roles.get(child.lemma.lower()) if child.dep == "compound" and child.index not in self.names else None
            if role:
                return self._described(child.index, role)
        return []

    def _finer(self, head: int, role: Role) -> Role:
        """The role of the modifier where it tells more: "separatist forces", "gang members"."""
        modifiers = (
            self.ontology.roles.get(child.lemma.lower()) for child in self.children.get(head, ()) if child.dep in ("amod", "compound")
        )
        return next((finer for finer in modifiers if finer and finer.type == "armed-group"), role)

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

    def _antecedent(self, head: int) -> int | None:
        """The noun that the relative clause around a phrase describes: "Eritrea, whose troops …"."""
        while head >= 0 and self.tokens[head].dep != "acl:relcl":
            head = self.tokens[head].head
        return self.tokens[head].head if head >= 0 else None

    def _described(self, head: int, role: Role) -> list[Mention]:
        """Actors made of a role word and whom they belong to: "American and British troops", "police"."""
        backed = self._backed(head) if self._bearer(head) is None else None
        token = self.tokens[head]
        if backed is not None:
            text = self.sentence.text[self.tokens[backed].start : token.end]
            label = " ".join(text.split())
            return [Mention(backed, head + 1, text, Actor(f"actor:{slug(label)}", label, role.type, f"---{role.code}", listed=False))]
        bases = self._owners(head, located=True, bodies=False)
        if role.type in ("armed-group", "organisation") and bases == self._makers(head):
            bases = []  # "militias backed by Iran" are not Iran's
        if not bases and token.dep == "conj" and not any(child.dep == "det" for child in self.children.get(head, ())):
            bases = self._owners(token.head, located=False, bodies=False)
        if not bases:
            known = self._known(head, role)
            if known is None and token.pos == "PROPN" and self._marked(head) != (head, head + 1):
                return [self._unlisted(head, role)]
            alone = Actor(f"actor:{slug(role.label)}", role.label, role.type, f"---{role.code}", listed=False)
            return [Mention(head, head + 1, token.text, known or alone)]
        mentions = []
        for base in bases:
            first = min(base.start, head)
            text = self.sentence.text[self.tokens[first].start : token.end]
            mentions.append(Mention(first, head + 1, text, body_of(base.actor, role, self.ontology)))
        return mentions

    def _bearer(self, head: int) -> Mention | None:
        """The group whose name a phrase bears: "the Iran-backed Hezbollah militia"."""
        before = (child.index for child in self.children.get(head, ()) if child.dep == "compound" and child.index in self.names)
        found = (self.names[index].mention for index in before if self.names[index].name.kind == "name")
        return next((mention for mention in found if mention.actor.type != "state"), None)

    def _known(self, head: int, role: Role) -> Actor | None:
        """The body last spoken of that "the army" means, where the phrase is definite."""
        if not self._definite(head):
            return None
        named = (actor for sentence in reversed(self.recent) for actor in reversed(sentence))
        return next((actor for actor in named if actor.listed and actor.part_of and actor.code[3:] == role.code), None)

    def _definite(self, head: int) -> bool:
        return any(child.dep == "det" and child.lemma.lower() == "the" for child in self.children.get(head, ()))

    def _is_pair(self, head: int) -> bool:
        """Tell whether a phrase speaks of two that are known: "both sides", "the two countries"."""
        words = {child.lemma.lower() for child in self.children.get(head, ()) if child.dep.startswith(("det", "nummod", "cc"))}
        return self.tokens[head].tag in ("NNS", "NNPS") and bool(words & BOTH or ("two" in words and words & {"the", "these", "those"}))

    def _both(self, head: int) -> list[Mention]:
        """The two that "both sides" or "the two countries" means; nobody where more than two could be meant."""
        if self.tokens[head].lemma.lower() in SIDES:
            chosen = [] if {actor.id for actor in self.opponents} & self._named_before(head) else list(self.opponents)
        else:
            chosen = self._two_states(head)
        return [Mention(head, head + 1, self.tokens[head].text, actor) for actor in chosen]

    def _named_before(self, head: int) -> set[str]:
        """Whom the sentence has named so far, with what they are part of: they speak of others when they say "both"."""
        named = [found.name.actor for found in self.names.values() if found.start < head]
        return {actor.id for actor in named} | {actor.part_of for actor in named}

    def _two_states(self, head: int) -> list[Actor]:
        """The only two states spoken of in the last sentences, whoever is the subject of this one left out."""
        subjects = self._named_before(head)
        states: dict[str, Actor] = {}
        for sentence in reversed(self.recent):
            states |= {actor.id: actor for actor in reversed(sentence) if actor.type == "state" and actor.id not in subjects}
            if len(states) >= 2:
                break
        return list(reversed(states.values())) if len(states) == 2 else []

    def _counted(self, head: int) -> int | None:
        """The phrase beneath a word of quantity: "hundreds of protesters"."""
        if self.tokens[head].lemma.lower() not in QUANTITIES and self.tokens[head].pos != "NUM":
            return None
        found = (child.index for child in self.children.get(head, ()) if child.dep.startswith("nmod") and "of" in self.cases(child.index))
        return next(found, None)

    def _backed(self, head: int) -> int | None:
        """Where "Iran-backed" or "pro-Iranian" begins, if the phrase has such a modifier: backing is not belonging."""
        for child in self.children.get(head, ()):
            if child.index in self.names and self._prefixed(child.index):
                return child.index - 2
            if child.index < head and child.text.replace("‑", "-").partition("-")[2] in self.ontology.names:
                return child.index
            if child.dep in ("amod", "acl", "compound") and child.index < head:
                for inner in self.children.get(child.index, ()):
                    if inner.index in self.names and inner.index < child.index and inner.dep != "conj":
                        return self.names[inner.index].start
        return None

    def _prefixed(self, index: int) -> bool:
        """Tell whether a name is the end of a compound: "pro-Iranian"."""
        start = self.names[index].start
        return start > 1 and self.tokens[start - 1].text == "-" and self.tokens[start - 2].end == self.tokens[start - 1].start

    def _unlisted_within(self, head: int, role: Role) -> Mention | None:
        """A name that no table knows, beside a role word: "rebel commander Foo Bar"."""
        after = [child for child in self.children.get(head, ()) if child.index > head]
        bare = [child.index for child in after if child.dep == "nmod" and not self.cases(child.index)]
        beside = [*bare, *(child.index for child in after if child.dep in ("flat", "appos", "nmod:desc"))]
        twin = self._twin(head)
        for index in [*beside, *([twin] if twin is not None else [])]:
            if self.tokens[index].pos == "PROPN" and index not in self.names:
                return self._titled(self._unlisted(index, role), role, head)
        return None

    def _titled(self, mention: Mention, role: Role, title: int) -> Mention:
        """Give a person the code of the body that the title belongs to: "U.S. Secretary of State Foo Bar"."""
        base = self._owner(title)
        if base is None or mention.actor.listed:
            return mention
        body = body_of(base.actor, role, self.ontology)
        return replace(mention, actor=replace(mention.actor, code=body.code, part_of=base.actor.id))

    def _twin(self, head: int) -> int | None:
        """The name that a parse sets beside its title instead of beneath it: "Secretary of State | Andrei Kozyrev"."""
        token, after = self.tokens[head], self._end(head)
        if after == len(self.tokens) or token.pos not in ("PROPN", "NOUN") or self.tokens[after].pos != "PROPN":
            return None
        return after if (self.tokens[after].head, self.tokens[after].dep) == (token.head, token.dep) else None

    def _end(self, head: int) -> int:
        """Where the phrase of a word ends."""
        after = head + 1
        while after < len(self.tokens) and self._beneath(after, head):
            after += 1
        return after

    def _beneath(self, index: int, head: int) -> bool:
        """Tell whether a word hangs on another, directly or not."""
        while index > head:
            index = self.tokens[index].head
        return index == head

    def _extends(self, index: int) -> bool:
        """Tell whether a word may begin a name: no listed name, and no title ("President")."""
        return index not in self.names and self.tokens[index].lemma.lower() not in self.ontology.roles

    def _continues(self, token: Token, start: int, end: int) -> bool:
        """Tell whether a word goes on the name before it: "Lula da Silva", "Zaghari-Ratcliffe", "Ginbot 7"."""
        if token.text == "-":
            following = self.sentence.tokens[end + 1] if end + 1 < len(self.sentence.tokens) else None
            return following is not None and following.pos == "PROPN" and token.end == following.start
        joined = token.dep.startswith(NAME_PARTS) or token.pos == "PROPN"
        twin = token.head == self.sentence.tokens[start].head and token.dep == self.sentence.tokens[start].dep
        return joined and token.pos in ("PROPN", "X", "NUM") and (start <= token.head <= end + 1 or twin) and token.dep != "conj"

    def _marked(self, head: int) -> tuple[int, int]:
        """The name around a word, as the parser marks it, without titles and listed names; the word alone if it marks none."""
        start = head
        while start and self.tokens[start].name[:1] == "I" and start - 1 not in self.names:
            start -= 1
        end = head + 1
        while end < len(self.tokens) and self.tokens[end].name[:1] == "I" and end not in self.names:
            end += 1
        while end - 1 > head and self.tokens[end - 1].pos in ("ADP", "DET", "CCONJ", "PUNCT"):
            end -= 1
        marked = self.tokens[start].name
        while start < head and not self._extends(start):
            start += 1
        return (start, end) if marked and head not in self.names else (head, head + 1)

    def _unlisted(self, head: int, role: Role | None) -> Mention:
        """A proper name that no table knows, kept as it stands in the text."""
        tokens = self.sentence.tokens
        start, end = self._marked(head)
        while start and self._extends(start - 1) and tokens[start - 1].pos == "PROPN" and tokens[start - 1].head in (head, start):
            start -= 1
        while end < len(tokens) and end not in self.names and self._continues(tokens[end], start, end):
            end += 1
        text = self.sentence.text[tokens[start].start : tokens[end - 1].end]
        label = " ".join(text.split())
        known = self.surnames.get(label) or self.ontology.actors.get(f"actor:{slug(label)}")
        if known is not None:
            return Mention(start, end, text, known)
        title = next((child for child in self.children.get(head, ()) if child.index < start and child.dep in ("nmod:desc", "appos")), None)
        role = role or (self.ontology.roles.get(title.lemma.lower()) if title is not None else None)
        mention = Mention(start, end, text, named_actor(label, tokens[start:end], role, self.ontology.name_words))
        return self._titled(mention, role, title.index) if role and title is not None else mention
