"""Whom a pronoun means by the grammar of its own sentence: the subject above it, beside it or after it, or whoever is quoted."""

from collections.abc import Callable, Mapping

from kg.mentions import Found, Phrases
from kg.model import Actor, Token
from kg.statements.clauses import RELATIVE

CHARGED = frozenset({"for", "over"})
THINGS = frozenset({"it", "its"})
PEOPLE = frozenset({"he", "him", "his", "she", "her"})
SEVERAL = frozenset({"they", "them", "their"})
SPEAKERS = frozenset({"we", "us", "our", "i", "my", "me"})


def subject_around(pronoun: Token, phrases: Phrases, names: Mapping[int, Found]) -> Actor | None:
    """Whom "itself" means: the subject of the act, or of the one around; or who is told to act ("urged Chad to defend itself")."""
    if not pronoun.dep.startswith(("obj", "iobj", "obl")):
        return None
    verb = pronoun.head
    while (subject := _subject_of(verb, phrases)) is None:
        clause = phrases.sentence.tokens[verb]
        told = (
            child for child in phrases.children.get(clause.head, ()) if child.dep in ("obj", "iobj") and clause.dep in ("xcomp", "ccomp")
        )
        subject = next(told, None)
        if subject is not None or clause.head < 0:
            break
        verb = clause.head
    return _actor_of(subject, phrases, names) if subject is not None and subject.index < pronoun.index else None


def subject_beside(pronoun: Token, phrases: Phrases, names: Mapping[int, Found]) -> Actor | None:
    """Whom an object cannot mean, for it is no "himself": the subject of its verb."""
    subject = _subject_of(pronoun.head, phrases) if pronoun.dep.startswith(("obj", "iobj", "obl")) else None
    return _actor_of(subject, phrases, names) if subject is not None and subject.index < pronoun.index else None


def subject_after(pronoun: Token, phrases: Phrases, names: Mapping[int, Found]) -> Actor | None:
    """Whom the subject of a clause means that goes before the main one: "before it attacked Georgia, Russia had …"."""
    clause = phrases.sentence.tokens[pronoun.head]
    above = _subject_of(clause.head, phrases) if clause.dep.startswith("advcl") else None
    return _meant_by(pronoun, above, phrases, names) if above is not None and above.index > pronoun.index else None


def several_above(pronoun: Token, phrases: Phrases) -> tuple[Actor, ...]:
    """The several that "they" means as subject of a clause: the subject of the one above it, "Foo and Bar met after they …"."""
    clause = phrases.sentence.tokens[pronoun.head]
    above = _subject_of(clause.head, phrases) if clause.dep.startswith(("ccomp", "conj", "parataxis", "advcl")) else None
    if above is None or above.index > pronoun.index or not pronoun.dep.startswith("nsubj"):
        return ()
    found = tuple(mention.actor for mention in phrases.actors(above.index, owner=False))
    return found if len(found) > 1 else ()


def speaker_above(pronoun: Token, phrases: Phrases, names: Mapping[int, Found]) -> Actor | None:
    """Whom the subject of a complement or a second clause means: the one above, in "the army said it had left", "…, but it stayed"."""
    clause = phrases.sentence.tokens[pronoun.head]
    above = _subject_of(clause.head, phrases) if clause.dep in ("ccomp", "conj", "parataxis") else None
    if above is None and pronoun.text.lower() in PEOPLE:
        above = _holder_above(clause, phrases)
    return _meant_by(pronoun, above, phrases, names) if above is not None and above.index < pronoun.index else None


def same_subject(pronoun: Token, phrases: Phrases, names: Mapping[int, Found]) -> Actor | None:
    """Whom a subject in a relative clause means: whom the same word has meant before, "they said they freed those whom they …"."""
    if not pronoun.dep.startswith("nsubj") or phrases.sentence.tokens[pronoun.head].dep != "acl:relcl":
        return None
    said = (token for token in phrases.sentence.tokens[: pronoun.index] if token.pos == "PRON" and token.dep.startswith("nsubj"))
    same = [names[token.index].name.actor for token in said if token.text.lower() == pronoun.text.lower() and token.index in names]
    return same[-1] if same else None


def speaker_around(pronoun: Token, phrases: Phrases, quoted: Callable[[Token], bool]) -> Actor | None:
    """Whom "we" means: the subject of the verb outside the quotation that its clause hangs on; of an official, the state."""
    if not quoted(pronoun) or pronoun.text.lower() not in SPEAKERS:
        return None
    above = pronoun
    while quoted(above) and above.head >= 0:
        above = phrases.sentence.tokens[above.head]
    subject = _subject_of(above.index, phrases) if not quoted(above) else None
    found = phrases.actors(subject.index, owner=False) if subject is not None and subject.pos != "PRON" else []
    if len(found) != 1:
        return None
    state = phrases.ontology.actors.get(found[0].actor.part_of) if found[0].actor.type == "government" else None
    return state if state and found[0].actor.id not in phrases.ontology.actors else found[0].actor


def owner_meant(pronoun: Token, phrases: Phrases, names: Mapping[int, Found]) -> Actor | None:
    """Whom a possessive means: the subject of its clause ("Chad closed its border"), or the one blamed "for its raid"."""
    if pronoun.dep != "nmod:poss" or pronoun.text.lower() not in THINGS | PEOPLE | SEVERAL:
        return None
    noun = verb = phrases.sentence.tokens[pronoun.head]
    while verb.pos != "VERB" and verb.head >= 0:
        verb = phrases.sentence.tokens[verb.head]
    if verb.pos != "VERB" or verb.dep in ("ccomp", "acl:relcl"):
        return None
    blamed = noun.head == verb.index and phrases.cases(noun.index) & CHARGED
    objects = (child for child in phrases.children.get(verb.index, ()) if child.dep == "obj")
    owner = next(objects, None) if blamed else _subject_of(verb.index, phrases)
    if owner is None or owner.index > pronoun.index or owner.pos == "PRON":
        return None
    actor = _actor_of(owner, phrases, names)
    return actor if actor is not None and may_mean(pronoun.text.lower(), actor) else None


def described_around(pronoun: Token, phrases: Phrases) -> Actor | None:
    """Whom a pronoun cannot mean in a relative clause about them: "Ruto, whom she praised"."""
    index = pronoun.index
    while index >= 0 and phrases.sentence.tokens[index].dep != "acl:relcl":
        index = phrases.sentence.tokens[index].head
    found = phrases.names.get(phrases.sentence.tokens[index].head) if index >= 0 else None
    return found.name.actor if found and pronoun.dep.startswith(("nsubj", "obj")) else None


def _holder_above(clause: Token, phrases: Phrases) -> Token | None:
    """The one in office who is the subject of the clause around: "Chad's president was in Cairo, where he …"."""
    above = clause
    while above.head >= 0:
        above = phrases.sentence.tokens[above.head]
        subject = _subject_of(above.index, phrases)
        if subject is not None:
            return subject if one_holder(subject, phrases) else None
    return None


def one_holder(token: Token, phrases: Phrases) -> bool:
    return token.tag in ("NN", "NNP") and phrases.holds_office(token.index)


def _subject_of(verb: int, phrases: Phrases) -> Token | None:
    """The subject of a verb, its own or that of the verb it is coordinated with."""
    token = phrases.sentence.tokens[verb]
    own = next((child for child in phrases.children.get(verb, ()) if child.dep.startswith("nsubj")), None)
    return _subject_of(token.head, phrases) if own is None and token.dep == "conj" else own


def _meant_by(pronoun: Token, subject: Token, phrases: Phrases, names: Mapping[int, Found]) -> Actor | None:
    """The one actor of a subject, where a pronoun that is a subject too may mean it."""
    word = pronoun.text.lower()
    if not pronoun.dep.startswith("nsubj") or word not in THINGS | PEOPLE | SEVERAL:
        return None
    actor = _actor_of(subject, phrases, names)
    fits = actor is not None and (may_mean(word, actor) or (word in PEOPLE and one_holder(subject, phrases)))
    return actor if fits else None


def _actor_of(subject: Token, phrases: Phrases, names: Mapping[int, Found]) -> Actor | None:
    """The one actor that a subject names or describes, or means if it is a pronoun itself."""
    verb = phrases.sentence.tokens[subject.head]
    relative = subject.lemma.lower() in RELATIVE and verb.dep == "acl:relcl"
    known = names.get(subject.index) if subject.pos == "PRON" else None
    found = [known.mention] if known else phrases.actors(verb.head if relative else subject.index, owner=False)
    return found[0].actor if len(found) == 1 else None


def may_mean(pronoun: str, actor: Actor) -> bool:
    person = actor.type == "person"
    return person if pronoun in PEOPLE else not person or pronoun in SEVERAL
