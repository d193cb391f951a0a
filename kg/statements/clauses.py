"""The grammar of clauses: who is the subject, the object, the oblique of a word.

Everything speaks Universal Dependencies and returns heads of phrases, as token indexes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.mentions import Phrases
from kg.model import Token

RELATIVE = frozenset({"who", "which", "that", "whom"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
CONTROLLING = frozenset({"from", "of", "for", "into", "with"})
CALLING = frozenset({"on", "upon"})
ADDRESSING = frozenset({"to", "with"})
OBLIGING = frozenset({"must", "should", "shall"})
COMPLEMENTS = ("ccomp", "xcomp", "advcl", "csubj")


@dataclass(frozen=True)
class Clauses:
    """A sentence whose clauses can be asked for their parts."""

    phrases: Phrases

    @property
    def tokens(self) -> Sequence[Token]:
        """The words of the sentence."""
        return self.phrases.sentence.tokens

    def children(self, index: int, *relations: str) -> Iterator[Token]:
        """The dependants of a word, of the given relations or their subtypes if any are given."""
        for child in self.phrases.children.get(index, ()):
            dep = child.dep
            if not relations or dep in relations or (":" in dep and dep.partition(":")[0] in relations):
                yield child

    def child(self, index: int, *relations: str) -> int | None:
        """The first such dependant."""
        return next((child.index for child in self.children(index, *relations)), None)

    def passive(self, verb: int) -> bool:
        """Tell whether a verb stands in the passive, reduced ("missiles fired by") and shared ones included."""
        token = self.tokens[verb]
        if any(child.dep in ("aux:pass", "obl:agent") for child in self.children(verb)):
            return True
        if self.child(verb, "obj") is not None:
            return False
        if any(child.dep == "nsubj:pass" for child in self.children(verb)):
            told = token.dep == "root" and self.phrases.sentence.text.endswith(".")  # a headline, "Two killed in Oslo", has no full stop
            return token.tag != "VBD" and not told and not any(child.lemma == "have" for child in self.children(verb, "aux"))
        if token.tag != "VBN" or self.child(verb, "aux", "nsubj") is not None:
            return False
        if token.dep in ("acl", "advcl", "amod") or (token.dep == "xcomp" and self.child(token.head, "obj") is None):
            return True
        return token.dep == "conj" and self.passive(token.head)

    def surface_subject(self, verb: int) -> int | None:
        """The grammatical subject, its own or the one it shares with the clause above."""
        own = self._own_subject(verb)
        if own is not None:
            return self._antecedent(own, verb)
        token = self.tokens[verb]
        if token.dep in ("conj", "advmod"):
            return self.surface_subject(self.joined_with(verb))
        if token.dep in ("xcomp", "advcl") or (token.dep == "ccomp" and self.phrases.cases(verb) & CONTROLLING):
            told = self.told_above(token)
            if told is not None:
                return self.surface_subject(told)
            verbs = dict.fromkeys((self._charging(token), token.head))
            controller = next((found for above in verbs if (found := self._controller(replace(token, head=above))) is not None), None)
            return controller if controller is not None else self.surface_subject(token.head)
        marked = any(child.dep == "mark" for child in self.children(verb))
        if token.dep in ("acl", "amod") and token.tag in ("VBN", "VBG", "VBD") and not marked:
            return token.head
        if token.dep == "acl" and self.infinitive(verb) and self.passive(verb):
            return token.head  # "companies to be sanctioned"
        if token.dep == "acl":
            charged = self.phrases.cases(verb) & CONTROLLING and self.tokens[token.head].dep in ("obj", "iobj", "nsubj:pass")
            return token.head if charged and not self._is_cue(token.head) else self._owner_of_noun(token.head)
        return None

    def joined_with(self, verb: int) -> int:
        """The word above; of "said it had fired | and blamed Oman" the verb of saying, though a parse joins "blamed" to what is said."""
        token = self.tokens[verb]
        first = self.tokens[token.head] if token.head >= 0 else token
        if token.dep != "conj" or token.tag != "VBD" or first.dep != "ccomp" or first.tag == "VBD" or self.tokens[first.head].tag != "VBD":
            return token.head
        told = self.child(first.index, "aux") is not None and self.child(verb, "nsubj") is None
        return first.head if told and self._says(verb) else token.head

    def subject(self, verb: int) -> int | None:
        """Who does it: the subject, or the agent of a passive."""
        if not self.passive(verb):
            return self.surface_subject(verb)
        verbs = [verb, *self._conjoined_verbs(verb)]
        own = next((child.index for one in verbs for child in self.children(one, "obl") if self._is_agent(child)), None)
        above = self.tokens[verb].head
        if own is not None or self.tokens[verb].dep != "conj" or above < 0:
            return own
        shared = next((child.index for child in self.children(above, "obl") if self._is_agent(child)), None)
        return shared if shared is not None and shared > verb else None  # "was shot and wounded by a man"

    def object(self, verb: int) -> int | None:
        """To whom it is done: the object, or the subject of a passive."""
        if self.passive(verb):
            return self.surface_subject(verb)
        own = next((child.index for child in self.children(verb, "obj") if not self._belongs_above(child)), None)
        own = self.child(verb, "iobj") if own is None else own
        own = self._object_below(verb) if own is None else own
        own = self._second_subject(verb) if own is None else own
        if own is not None:
            return self._antecedent(own, verb)
        token = self.tokens[verb]
        if token.dep == "acl:relcl" and self.child(verb, "nsubj") is not None and not self.content(verb):
            subject = self._own_subject(verb)
            return token.head if subject is not None and self.tokens[subject].lemma.lower() not in RELATIVE else None
        for sibling in (token.head,) if token.dep == "conj" else self._conjoined_verbs(verb):
            shared = self.child(sibling, "obj")
            if shared is not None and shared > max(verb, sibling):
                return shared
        return None

    def obliques(self, word: int, preposition: str) -> Iterator[int]:
        """The phrases that hang on a word by a preposition."""
        for child in self.children(word, "obl", "nmod", "advcl", "acl", "nsubj"):
            aside = child.dep == "nmod:poss" or (child.dep.startswith("nsubj") and child.index < word)
            if not aside and preposition in self.phrases.cases(child.index):
                yield child.index

    def amounts(self, noun: int) -> Iterator[int]:
        """The numbers of which a thing is said to be: "a tariff of 15 percent"."""
        for child in self.children(noun, "nmod"):
            if "of" in self.phrases.cases(child.index) and self.child(child.index, "nummod") is not None:
                yield child.index

    def complements(self, word: int) -> Iterator[int]:
        """The clauses that a verb or noun governs."""
        for child in self.children(word, *COMPLEMENTS, "acl"):
            aside = child.dep.startswith("advcl") and (self.finite(child.index) or self.tokens[max(child.index - 1, 0)].text == ",")
            if child.dep != "acl:relcl" and not aside:
                yield child.index

    def definite(self, noun: int) -> bool:
        """Tell whether a noun speaks of something already known: "the attack", "these strikes"."""
        return any(child.lemma.lower() in DEFINITE for child in self.children(noun, "det"))

    def told_before(self, verb: int) -> bool:
        """Tell whether a verb goes back behind what is told: "had fired"."""
        return any(child.lemma == "have" and child.tag == "VBD" for child in self.children(verb, "aux"))

    def inverted(self, verb: int) -> bool:
        """Tell whether an auxiliary stands before the subject: "Had Russia attacked, …"."""
        subject, auxiliary = self.child(verb, "nsubj"), self.child(verb, "aux")
        return subject is not None and auxiliary is not None and auxiliary < subject < verb

    def yet_to_come(self, verb: int) -> bool:
        """Tell whether a clause of time lies in the future: "once Iran attacks, we will …"."""
        token = self.tokens[verb]
        if not token.dep.startswith("advcl") or token.tag not in ("VBZ", "VBP") or not self.phrases.cases(verb):
            return False
        above = token.head
        while self.tokens[above].dep == "advmod":  # "as long as Iran attacks, we will …"
            above = self.tokens[above].head
        return any(child.tag == "MD" for child in self.children(above, "aux"))

    def content(self, verb: int) -> bool:
        """Tell a content clause ("the claim that Iran attacked Israel") from a relative one."""
        return any(child.lemma == "that" and (child.dep == "mark" or child.pos == "SCONJ") for child in self.children(verb))

    def mandative(self, verb: int) -> bool:
        """Tell whether a clause says what shall be done: "that Serbia pay", "that Serbia must pay"."""
        subject = self._own_subject(verb)
        if subject is None:
            return False
        modals = {child.lemma.lower() for child in self.children(verb, "aux")}
        bare = self.tokens[verb].tag in ("VB", "VBP") and self.tokens[subject].tag in ("NNP", "NN") and not modals
        passive = any(child.text.lower() == "be" for child in self.children(verb, "aux:pass", "cop")) and not modals
        return bare or passive or bool(modals & OBLIGING)

    def infinitive(self, verb: int) -> bool:
        """Tell whether a verb is a "to" infinitive: "to attack", "to be attacked"."""
        plain = self.tokens[verb].tag == "VB" or any(child.text.lower() == "be" for child in self.children(verb, "aux:pass"))
        return plain and any(child.dep == "mark" and child.lemma == "to" for child in self.children(verb))

    def finite(self, verb: int) -> bool:
        """Tell whether a clause has a subject and a tense of its own."""
        return self.child(verb, "nsubj") is not None

    def _own_subject(self, verb: int) -> int | None:
        """The subject that hangs on a verb itself; not the relative pronoun before it: "Rwanda, which Congo accuses"."""
        own = [child for child in self.children(verb, "nsubj") if child.dep != "nsubj:outer" and child.index < verb]
        own = own or [child for child in self.children(verb, "nsubj") if child.dep != "nsubj:outer"]
        others = [child for child in own if child.lemma.lower() not in RELATIVE]
        return next((child.index for child in (others[::-1] if len(own) > 1 and own[-1].index < verb else own)), None)

    def _controller(self, clause: Token) -> int | None:
        """Who the object above makes do it: "urged Israel to", "called on Israel to", "stopped Israel from"."""
        own = self.child(clause.head, "obj", "iobj")
        own = self._object_below(clause.head) if own is None else own
        if own is not None and self.infinitive(clause.index) and self._asks(own, "noun"):
            asked = (child.index for place in (clause.head, own) for child in self.children(place, "obl", "nmod"))
            return next((place for place in asked if self.phrases.cases(place) & (CALLING | ADDRESSING)), None)  # "put pressure on Chad to"
        if own is None and self.tokens[clause.head].dep == "acl:relcl" and self.phrases.cases(clause.index) & CONTROLLING:
            own = self.object(clause.head)  # "Rwanda, which Congo accuses of backing rebels"
        if clause.dep == "advcl" and own is not None:
            urged = self.infinitive(clause.index) and self._asks(clause.head, "verb")
            return own if urged or self.phrases.cases(clause.index) & CONTROLLING else None
        if own is not None or not self.infinitive(clause.index):
            return own
        addressing = CALLING if clause.dep == "advcl" else CALLING | ADDRESSING
        behind = (child.index for child in self.children(clause.head, "obl") if child.index not in self.phrases.dates)
        return next((place for place in behind if clause.head < place and self.phrases.cases(place) & addressing), None)

    def _charging(self, clause: Token) -> int:
        """The verb above a charge, though a parse hangs it on the first of two: "had acted and accused Chad | of attacking"."""
        last = [child.index for child in self.children(clause.head, "conj") if child.pos == "VERB" and child.index < clause.index]
        return last[-1] if last and self.phrases.cases(clause.index) & CONTROLLING else clause.head

    def told_above(self, clause: Token) -> int | None:
        """The clause that a participle goes on behind its speaker: "rebels took the town, police said, killing two"."""
        if clause.tag != "VBG" or self.tokens[clause.index - 1].text != ",":
            return None
        return next((child.index for child in self.children(clause.head, "ccomp") if child.index < clause.head < clause.index), None)

    def saying_before(self, verb: int) -> int | None:
        """The verb of saying between what is told and a participle, wherever that hangs: "rebels came, police said, | blaming Chad"."""
        token = self.tokens[verb]
        if token.dep != "advcl" or not token.text.endswith("ing") or self.tokens[verb - 1].text != ",":
            return None
        told = self.tokens[token.head]
        if any(child.index < told.index < verb for child in self.children(told.index, "ccomp")):
            return told.index
        if told.dep == "ccomp" and told.index < told.head < verb:
            return told.head
        return next((child.index for child in self.children(told.index, "parataxis") if told.index < child.index < verb), None)

    def _belongs_above(self, noun: Token) -> bool:
        """Tell whether a parse hangs an object too low: it stands between "urged" and "to stop"."""
        verb = self.tokens[noun.head]
        return verb.dep == "xcomp" and verb.head < noun.index < verb.index and noun.pos != "PRON"

    def _object_below(self, verb: int) -> int | None:
        """The object that a parse has hung on the complement of its verb."""
        below = (child for clause in self.children(verb, "xcomp") for child in self.children(clause.index, "obj"))
        return next((child.index for child in below if self._belongs_above(child)), None)

    def _second_subject(self, verb: int) -> int | None:
        """What a parse takes for a second subject, behind the verb, is its object."""
        subjects = [child.index for child in self.children(verb, "nsubj")]
        return subjects[-1] if len(subjects) > 1 and subjects[0] < verb < subjects[-1] else None

    def _is_agent(self, child: Token) -> bool:
        return child.dep == "obl:agent" or "by" in self.phrases.cases(child.index)

    def _says(self, verb: int) -> bool:
        """Tell whether a verb is one of saying."""
        lemma = self.tokens[verb].lemma.lower()
        return any(cue.pos == "verb" and lemma in cue.trigger[0] and "said" in cue.readings for cue in self.phrases.ontology.cues)

    def _is_cue(self, noun: int) -> bool:
        """Tell whether a noun tells if its clause happens: "the verge of attacking"."""
        lemma = self.tokens[noun].lemma.lower()
        return any(cue.pos == "noun" and lemma in cue.trigger[-1] for cue in self.phrases.ontology.cues)

    def _asks(self, word: int, pos: str) -> bool:
        """Tell whether a word asks of others what its clause tells: "calls by France to lift the siege", "pressed Iraq to pay"."""
        lemma = self.tokens[word].lemma.lower()
        rows = [cue for cue in self.phrases.ontology.cues if cue.pos == pos and lemma in cue.trigger[-1 if pos == "noun" else 0]]
        return bool(rows) and all(cue.readings == {"hypothetical"} for cue in rows)

    def _conjoined_verbs(self, verb: int) -> list[int]:
        return [child.index for child in self.children(verb, "conj") if child.pos == "VERB"]

    def _antecedent(self, noun: int, verb: int) -> int | None:
        """The noun that a relative pronoun stands for."""
        if self.tokens[noun].pos not in ("PRON", "DET", "SCONJ") or self.tokens[noun].lemma.lower() not in RELATIVE:
            return noun
        while self.tokens[verb].dep in ("xcomp", "conj", "advcl", "ccomp") and self.tokens[verb].head >= 0:
            verb = self.tokens[verb].head
        return self.tokens[verb].head if self.tokens[verb].dep.startswith("acl") else noun

    def _owner_of_noun(self, noun: int) -> int | None:
        """Who would do the act of "the plan to attack": its owner or maker, else whose predicate it is, else the subject above it."""
        agent = None if self._asks(noun, "noun") else next(self.obliques(noun, "by"), None)
        owner = agent if agent is not None else self.child(noun, "nmod:poss")
        if owner is not None:
            return owner
        if self.child(noun, "cop") is not None and self._is_cue(noun):
            return self._own_subject(noun)  # "Chad is on the verge of attacking"
        above = self.tokens[noun].head
        return self.surface_subject(above) if above >= 0 and self.tokens[noun].dep.startswith(("obj", "obl", "xcomp")) else None
