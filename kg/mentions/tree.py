"""A sentence with its names: how the words of its phrases hang together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.mentions.names import Found
from kg.model import Actor, Sentence, Token
from kg.ontology import Ontology, Role

OFFICE = "office"  # the type of roles that one person holds
BODY_OF_OFFICE = {"role": "gov", "type": "government", "label": "government"}
NEIGHBOUR = "nbr"  # the role of states told by where they lie: "Russia's neighbour" is not Russia
MOVEMENT = "grp"  # the role of groups that may be armed ones: "the group", but not "the agency"
FORMER = "fmr"  # the role of those who held an office
BESIDE = "aly"  # the role of those who stand beside somebody or against him: allies, critics, rivals
EXCLUDING = frozenset({"not", "rather", "instead"})
PHRASAL = frozenset({"cc", "det", "amod", "compound", "flat", "nummod", "nmod", "nmod:poss", "nmod:desc", "punct", "advmod"})
ONLY = frozenset({"only", "just", "merely", "simply", "solely"})


@dataclass(frozen=True)
class Tree:
    """A sentence whose phrases can be asked for their parts.

    ``dates`` are tokens of dates, which name nobody; ``recent`` are the actors named in
    the sentences before, newest last; ``opponents`` are the two sides of the last conflict
    spoken of; ``surnames`` are the last words of full names read before, ``titles`` the office that
    a person was given; ``subjects`` are those of the sentence before; ``several`` is whom a pronoun
    in the plural means; ``things`` tells whose the things named before are, by the word for them;
    ``day`` is that of publication, empty if the article has none.
    """

    sentence: Sentence
    ontology: Ontology
    names: Mapping[int, Found]
    children: Mapping[int, Sequence[Token]]
    dates: frozenset[int] = frozenset()
    recent: Sequence[Sequence[Actor]] = ()
    opponents: Sequence[Actor] = ()
    surnames: Mapping[str, Actor] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    subjects: Sequence[Actor] = ()
    several: Mapping[int, Sequence[Actor]] = field(default_factory=dict)
    things: Mapping[str, Actor] = field(default_factory=dict)
    day: str = ""

    @property
    def tokens(self) -> Sequence[Token]:
        """The words of the sentence."""
        return self.sentence.tokens

    def role(self, index: int) -> Role | None:
        """The kind of actor that a common noun names, if it is no part of a listed name."""
        noun = index not in self.names and (self.tokens[index].pos not in ("VERB", "AUX", "ADV") or self._as_noun(index))
        role = self.ontology.roles.get(self.role_word(index)) if noun else None
        return replace(role, **BODY_OF_OFFICE) if role and role.type == OFFICE else role

    def holds_office(self, index: int) -> bool:
        """Tell whether a noun names one person who holds an office ("president"), not a body ("government")."""
        role = self.ontology.roles.get(self.role_word(index)) if index not in self.names else None
        return role is not None and role.type == OFFICE

    def _as_noun(self, index: int) -> bool:
        """Tell whether a participle stands for those it tells of: "Burkina Faso's displaced"."""
        return any(child.dep in ("det", "nmod:poss") for child in self.children.get(index, ()))

    def role_word(self, index: int) -> str:
        """A noun as roles are listed: with words around it ("fighter jet", "head of state"), in the plural or by itself."""
        token = self.tokens[index]
        lemma = token.lemma.lower().removesuffix(".")
        for before in self.tokens[max(index - 2, 0) : index]:
            words = self.sentence.text[before.start : token.start].lower() + lemma
            if words in self.ontology.roles and " of " not in words:
                return words
        if index + 2 < len(self.tokens) and self.tokens[index + 1].lemma == "of":
            behind = f"{lemma} of {self.tokens[index + 2].text.lower()}"
            longer = f"{behind} {self.tokens[index + 3].text.lower()}" if index + 3 < len(self.tokens) else ""
            words = longer if longer in self.ontology.roles else behind
            if words in self.ontology.roles:
                return words
        hyphened = self.sentence.text[token.start :].split()[0].strip(".,;:").lower()
        return next((word for word in (hyphened, token.text.lower()) if word in self.ontology.roles), lemma)

    def joined(self, index: int) -> bool:
        """Tell whether a word is joined by a hyphen to the one before it: "Secretary-| General"."""
        before = self.tokens[index - 1] if index else None
        return before is not None and before.text == "-" and before.end == self.tokens[index].start

    def cases(self, index: int) -> frozenset[str]:
        """The prepositions of a phrase, in lower case."""
        beside = (child.index for child in self.children.get(index, ()) if child.dep == "appos" and self.tokens[child.index].pos == "PROPN")
        parts = [*self.children.get(index, ()), *(inner for name in beside for inner in self.children.get(name, ()) if inner.index < index)]
        return frozenset(child.text.lower() for child in parts if child.dep in ("case", "mark"))

    def definite(self, head: int) -> bool:
        """Tell whether a phrase has "the"."""
        return any(child.dep == "det" and child.lemma.lower() == "the" for child in self.children.get(head, ()))

    def indefinite(self, head: int) -> bool:
        """Tell whether a phrase has "a" or "an"."""
        return any(child.dep == "det" and child.lemma.lower() in ("a", "an") for child in self.children.get(head, ()))

    def end(self, head: int) -> int:
        """Where the phrase of a word ends."""
        after = head + 1
        while after < len(self.tokens) and self.beneath(after, head):
            after += 1
        return after

    def beneath(self, index: int, head: int) -> bool:
        """Tell whether a word hangs on another, directly or not."""
        while index > head:
            index = self.tokens[index].head
        return index == head

    def within(self, index: int, head: int) -> bool:
        """Tell whether a word hangs on another from either side, directly or not, other than joined to it by "and"."""
        while index >= 0 and index != head:
            index = -1 if self.tokens[index].dep == "conj" else self.tokens[index].head
        return index == head

    def prefixed(self, index: int) -> bool:
        """Tell whether a name is the end of a compound: "pro-Iranian"."""
        start = self.names[index].start
        return start > 1 and self.tokens[start - 1].text == "-" and self.tokens[start - 2].end == self.tokens[start - 1].start

    def twin(self, head: int) -> int | None:
        """The name that a parse sets beside its title instead of beneath it: "Secretary of State | Andrei Kozyrev"."""
        token, after = self.tokens[head], self.end(head)
        if after == len(self.tokens) or token.pos not in ("PROPN", "NOUN") or self.tokens[after].pos != "PROPN":
            return None
        return after if (self.tokens[after].head, self.tokens[after].dep) == (token.head, token.dep) else None

    def antecedent(self, head: int) -> int | None:
        """The noun that the relative clause around a phrase describes: "Eritrea, whose troops …"."""
        while head >= 0 and self.tokens[head].dep != "acl:relcl":
            head = self.tokens[head].head
        return self.tokens[head].head if head >= 0 else None

    def coordinated(self, head: int) -> list[int]:
        """The head itself and what is coordinated with it, without what is said not to be: "Russia, but not Iran"."""
        heads = [head, *self._apposed(head)]
        joined = [child.index for one in heads for child in self.children.get(one, ()) if child.dep == "conj"]
        parts = [head, *joined, *self._coordinated_beside(head)]
        return [part for part in parts if not self._excluded(part)]

    def _apposed(self, head: int) -> list[int]:
        """The name behind a title, on which a parse hangs whoever is coordinated: "envoy | Foo Bar and minister Baz"."""
        if self.tokens[head].pos != "NOUN":
            return []
        return [child.index for child in self.children.get(head, ()) if child.dep == "appos" and child.index in (head + 1, head + 2)]

    def _excluded(self, head: int) -> bool:
        """Tell whether a part is said not to be meant: "not Russia", "rather than Russia", but not in "not only Russia"."""
        words = {child.lemma.lower() for child in self.children.get(head, ()) if child.index < head}
        return bool(words & EXCLUDING) and not words & ONLY

    def _coordinated_beside(self, head: int) -> list[int]:
        """What a parse sets beside the phrase instead of beneath it: "between Oman | and Iran"."""
        token = self.tokens[head]
        if token.dep not in ("nmod", "obl", "obj"):
            return []
        beside = (child for child in self.children.get(token.head, ()) if child.dep == token.dep and child.index > head)
        joined = [child.index for child in beside if "cc" in self._relations(child.index) and not self.cases(child.index)]
        return joined + [child.index for child in self.children.get(token.head, ()) if self._joined_above(child, head)]

    def _relations(self, head: int) -> frozenset[str]:
        return frozenset(child.dep for child in self.children.get(head, ()))

    def _joined_above(self, noun: Token, head: int) -> bool:
        """Tell whether a parse joins to the verb what belongs to its object: "attacked Oman | as well as Iran"."""
        if noun.dep != "conj" or noun.pos != "PROPN" or not self._relations(noun.index) <= PHRASAL:
            return False
        link = next((child.index for child in self.children.get(noun.index, ()) if child.dep == "cc"), None)
        return link == self.end(head)
