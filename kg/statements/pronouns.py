"""What went before: who is meant by "it", "they" and "we", and who is being quoted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.mentions import Found, Phrases, title_of
from kg.model import Actor, Mention, Token
from kg.ontology import Name
from kg.statements.antecedents import (
    PEOPLE,
    SEVERAL,
    SPEAKERS,
    THINGS,
    described_around,
    may_mean,
    one_holder,
    owner_meant,
    same_subject,
    several_above,
    speaker_above,
    speaker_around,
    subject_after,
    subject_around,
    subject_beside,
)
from kg.statements.clauses import Clauses
from kg.statements.things import may_be_thing, spoken_of, things_of
from kg.statements.towns import towns_of, with_towns

REFLEXIVE = ("self", "selves")
PLACES = frozenset({"in", "at", "near", "outside", "from"})
OPEN, CLOSE = "“", "”"


@dataclass(frozen=True, slots=True)
class Act:
    """An act spoken of: its PLOVER type, its doer, to whom if that was said, its sign, and whether it is told as real."""

    type: str
    doer: Actor
    target: Actor | None
    conflict: bool
    happened: bool


@dataclass(frozen=True)
class Context:
    """What the sentences before have left behind, oldest first."""

    subjects: tuple[Actor, ...] = ()
    acts: tuple[Act, ...] = ()
    speaker: Actor | None = None
    quoting: bool = False
    date: str = ""
    mentioned: tuple[tuple[Actor, ...], ...] = ()
    surnames: Mapping[str, Actor] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    several: tuple[Actor, ...] = ()
    holders: tuple[Actor, ...] = ()
    towns: tuple[Found, ...] = ()
    things: Mapping[str, Actor] = field(default_factory=dict)
    spoken_of: frozenset[str] = frozenset()

    def after(self, clauses: Clauses, acts: Sequence[Act], speaker: Actor | None, date: str) -> "Context":
        """The context of the next sentence; ``speaker`` is who was quoted in this one."""
        subjects = subjects_of(clauses)
        quoting = quotation_open(clauses.phrases.sentence.text, self.quoting)
        said = speaker or self.speaker or (subjects[0] if subjects else None)
        named = actors_in(clauses)
        return Context(
            subjects=subjects or self.subjects,
            acts=(*self.acts, *acts)[-60:],
            speaker=said if quoting else None,
            quoting=quoting,
            date=date,
            mentioned=(*self.mentioned, tuple(named))[-6:],
            surnames={**self.surnames, **surnames_of(named)},
            titles={**self.titles, **titles_in(clauses.phrases)},
            several=several_subjects(clauses, subjects) if subjects else self.several,
            holders=holders_in(clauses) if subjects else self.holders,
            towns=towns_of(clauses.phrases, self.towns),
            things=things_of(clauses.phrases, self.things),
            spoken_of=spoken_of(clauses.phrases),
        )

    def doer(self, kind: str, target: Actor | None) -> Actor | None:
        """Who did the last act of a type that was spoken of, to the same target if one is given; nobody attacks their own."""
        for act in reversed(self.acts):
            if (
                act.type == kind
                and not (target and _one_side(act.doer, target))
                and (not target or (act.target is not None and _one_side(act.target, target)))
            ):
                return act.doer
        return None

    @property
    def opponents(self) -> tuple[Actor, ...]:
        """The two sides of the last conflict that was spoken of."""
        return next(((act.doer, act.target) for act in reversed(self.acts) if act.conflict and act.target), ())


def quotation_open(text: str, before: bool) -> bool:
    """Tell whether a quotation is open at the end of a text, if it was open ``before`` its begin.

    A straight mark opens before a word and closes after one.

    >>> quotation_open("He said, “We will answer.", False), quotation_open("We are ready.”", True)
    (True, False)
    >>> quotation_open('He said: "No', False), quotation_open('A 6" gun', False), quotation_open('Yes," he said', True)
    (True, False, False)
    """
    for place, character in enumerate(text):
        straight = character == '"'
        opens = straight and not text[place + 1 : place + 2].isspace() and not text[max(place - 1, 0) : place].strip(" ([—–-")
        if character == OPEN or opens:
            before = True
        elif character == CLOSE or straight:
            before = False
    return before


def _one_side(actor: Actor, other: Actor) -> bool:
    """Tell whether two are of one land; where that of either is not known, whether they are the same."""
    return actor.land == other.land if actor.land and other.land else actor.id == other.id


def actors_in(clauses: Clauses) -> list[Actor]:
    """The actors that a sentence names or describes, in order; not those that only a place of the act belongs to: "in Doha"."""
    heads = ((token, clauses.phrases.actors(token.index, owner=False)[:1]) for token in _nouns(clauses))
    found = [one.actor for token, ones in heads for one in ones if not (one.place and clauses.phrases.cases(token.index) & PLACES)]
    return list(dict.fromkeys(found))


def mentions_in(clauses: Clauses) -> list[Mention]:
    """Everybody that a sentence names or describes, in order; of "Iran's army" the army alone."""
    roots = (token for token in clauses.tokens if token.head < 0)
    heads = {token.index: clauses.phrases.actors(token.index) for token in roots}
    heads |= {token.index: clauses.phrases.actors(token.index, owner=False) for token in _nouns(clauses) if token.index not in heads}
    found = {(one.start, one.end, one.actor.id): (head, one) for head, ones in sorted(heads.items()) for one in ones}

    def told(head: int, mention: Mention) -> bool:
        title = clauses.tokens[head].dep == "nmod:desc" and bool(heads.get(clauses.tokens[head].head))
        return title or any(
            mention.actor.id in (other.actor.part_of, other.actor.id) and above != head and clauses.phrases.within(head, above)
            for above, other in found.values()
        )

    return sorted((one for head, one in found.values() if not told(head, one)), key=lambda one: (one.start, -one.end, one.actor.id))


def _nouns(clauses: Clauses) -> list[Token]:
    """The heads of phrases; no part of a title of several words ("secretary | of state", "Secretary- | General")."""
    nouns = [token for token in clauses.tokens if token.pos in ("NOUN", "PROPN") and not token.dep.startswith(("flat", "compound"))]
    heads = [token for token in nouns if not (token.dep == "appos" and clauses.phrases.joined(token.index))]
    words = ((token.index, clauses.phrases.role_word(token.index)) for token in heads)
    inside = {index + behind for index, word in words if " of " in word for behind in range(1, len(word.split()))}
    return [token for token in heads if token.index not in inside]


def surnames_of(actors: Sequence[Actor]) -> dict[str, Actor]:
    """The last words of full names, by which they may be called from then on."""
    return {actor.label.split()[-1]: actor for actor in actors if _has_surname(actor)}


def _has_surname(actor: Actor) -> bool:
    """Tell whether later sentences may call an actor by the last word of the name."""
    return " " in actor.label and (actor.type == "person" or not actor.listed) and actor.label.split()[-1].istitle()


def subjects_of(clauses: Clauses) -> tuple[Actor, ...]:
    """The actors that are subjects of a sentence, the main clause's first."""
    root = next((token.index for token in clauses.tokens if token.head < 0), None)
    order = sorted(
        (token for token in clauses.tokens if token.dep.startswith("nsubj") and token.pos != "PRON"),
        key=lambda token: (token.head != root, token.index),
    )
    found = [mention.actor for token in order for mention in clauses.phrases.actors(token.index, owner=False)]
    return tuple(dict.fromkeys(found))


def titles_in(phrases: Phrases) -> dict[str, str]:
    """The office that each person is given beside the name: "Foreign Minister Foo Bar"."""
    titles = {}
    for token in phrases.sentence.tokens:
        title = title_of(phrases, token.index) if token.pos == "PROPN" and token.name.endswith("person") else None
        if title is not None and phrases.holds_office(title):
            titles.update({mention.actor.id: phrases.role_word(title) for mention in phrases.single(token.index, owner=False)})
    return titles


def several_subjects(clauses: Clauses, subjects: Sequence[Actor]) -> tuple[Actor, ...]:
    """Those whom the next sentence may call "they": all subjects of this one, if they are one phrase of several."""
    root = next((token.index for token in clauses.tokens if token.head < 0), None)
    main = next((child for child in clauses.children(root, "nsubj")), None) if root is not None else None
    found = clauses.phrases.actors(main.index, owner=False) if main is not None else []
    if len(found) == 1 and found[0].actor.type == "person":
        persons = tuple(actor for actor in actors_in(clauses) if actor.type == "person")
        return persons if len(persons) == 2 and found[0].actor in persons else ()
    return tuple(subjects) if len(found) > 1 and len(found) == len(subjects) else ()


def holders_in(clauses: Clauses) -> tuple[Actor, ...]:
    """Whose president or minister is a subject, whom "he" may mean: "Chad's president left. He …"."""
    subjects = (token for token in clauses.tokens if token.dep.startswith("nsubj") and one_holder(token, clauses.phrases))
    return tuple(mention.actor for token in subjects for mention in clauses.phrases.actors(token.index, owner=False)[:1])


def renamed(phrases: Phrases, surnames: Mapping[str, Actor]) -> dict[int, Found]:
    """The names of a sentence; that of a place which the text has called somebody by is that person: "Austin"."""
    names = dict(phrases.names)
    for index, found in phrases.names.items():
        person = surnames.get(found.text)
        if person is not None and found.name.actor.type != "person" and phrases.sentence.tokens[index].name.endswith("person"):
            names[index] = replace(found, name=Name(person, "name"))
    return names


def resolved(phrases: Phrases, context: Context) -> Phrases:
    """Let pronouns and surnames stand for whom they mean, in the sentence or in those before."""
    phrases = replace(
        phrases,
        recent=context.mentioned,
        opponents=context.opponents,
        subjects=context.subjects,
        titles=context.titles,
        things=context.things,
        surnames={**surnames_of(_full_names(phrases)), **context.surnames},
    )
    phrases = replace(phrases, names=renamed(phrases, phrases.surnames))
    names = dict(phrases.names)
    several: dict[int, Sequence[Actor]] = {}
    before: list[Found] = []

    def quoted(token: Token) -> bool:
        return quotation_open(phrases.sentence.text[: token.start], context.quoting)

    def quoted_at(found: Found) -> bool:
        return quoted(phrases.sentence.tokens[found.start])

    for token in phrases.sentence.tokens:
        if token.index in phrases.names and phrases.names[token.index].start == token.index:
            found = phrases.names[token.index]
            located = bool(found.mention.place and phrases.cases(token.index) & PLACES)
            if found.name.kind in ("name", "metonym") and not located and not quoted(token):
                before.append(found)
        elif token.text.lower().endswith(REFLEXIVE):
            if (actor := subject_around(token, phrases, names)) is not None:
                names[token.index] = Found(token.index, token.index + 1, token.text, Name(actor, "name"))
        elif token.pos == "PRON" and not may_be_thing(token, phrases, _spoken_of(token, phrases, context, names, before)):
            beside = (
                before[-1] if before else next((name for name in names.values() if name.start > token.index and not quoted_at(name)), None)
            )
            actor = speaker_around(token, phrases, quoted) if context.speaker is None else None
            actor = actor or speaker_above(token, phrases, names) or (None if quoted(token) else same_subject(token, phrases, names))
            barred = (subject_beside(token, phrases, names), described_around(token, phrases))
            others = [name for name in before if name.name.actor not in barred]
            pair = () if others or quoted(token) or token.text.lower() not in SEVERAL else context.several
            actor = actor or (None if quoted(token) else owner_meant(token, phrases, names))
            if actor is None and not pair:
                known = replace(context, subjects=_only_one(context)) if token.dep.startswith(("obj", "iobj", "obl")) else context
                actor = _meant(token.text.lower(), others, known, quoted=quoted(token), beside=beside.name.actor if beside else None)
            actor = actor or (None if quoted(token) else subject_after(token, phrases, names))
            if actor is not None:
                names[token.index] = Found(token.index, token.index + 1, token.text, Name(actor, "name"))
            elif token.text.lower() in SEVERAL and not quoted(token):
                several[token.index] = several_above(token, phrases) or pair
    return with_towns(replace(phrases, names=names, several={index: actors for index, actors in several.items() if actors}), context.towns)


def _spoken_of(pronoun: Token, phrases: Phrases, context: Context, names: Mapping[int, Found], before: Sequence[Found]) -> frozenset[str]:
    """The things of the sentence before that a pronoun may mean: none where somebody is named nearer by whom it may mean."""
    beside = subject_beside(pronoun, phrases, names)
    return frozenset() if any(name.name.actor != beside for name in before) else context.spoken_of


def _only_one(context: Context) -> tuple[Actor, ...]:
    """Whom an object may mean: the only one that the sentence before names."""
    last = context.mentioned[-1] if context.mentioned else ()
    return context.subjects if len(set(last)) == 1 else ()


def _full_names(phrases: Phrases) -> list[Actor]:
    """The persons whom a sentence names in full."""
    listed = [found.name.actor for found in phrases.names.values() if " " in found.text and found.name.actor.type == "person"]
    unlisted = [phrases.unlisted(token.index).actor for token in phrases.sentence.tokens if _begins_person(token, phrases)]
    return [*listed, *(actor for actor in unlisted if actor.type == "person")]


def _begins_person(token: Token, phrases: Phrases) -> bool:
    """Tell whether a word is the head of a person's name that no table knows, and no title."""
    person = token.name.endswith("person") and token.pos == "PROPN" and not token.dep.startswith(("flat", "nmod:desc", "compound"))
    return person and token.index not in phrases.names and phrases.role(token.index) is None


def _meant(pronoun: str, before: Sequence[Found], context: Context, *, quoted: bool, beside: Actor | None) -> Actor | None:
    """Whom a pronoun means: only where all candidates of the right kind agree."""
    if pronoun in SPEAKERS:
        return context.speaker or (beside if quoted else None)
    if pronoun not in THINGS | PEOPLE | SEVERAL:
        return None
    fits = [found.name.actor for found in before if may_mean(pronoun, found.name.actor)]
    if len(set(fits)) == 1:
        return fits[0]
    if fits:
        return fits[0] if pronoun in ("its", "their", "his", "her") else None
    subjects = [actor for actor in context.subjects if may_mean(pronoun, actor) or (pronoun in PEOPLE and actor in context.holders)]
    return subjects[0] if len(subjects) == 1 else None


def mention_of(actor: Actor, index: int, text: str) -> Mention:
    """An actor that the context supplies for a word."""
    return Mention(index, index + 1, text, actor)
