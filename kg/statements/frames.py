"""Finds the actors in one place of a trigger's frame: its subject, its object, a preposition, the clause it governs."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.mentions import named_after
from kg.model import Mention
from kg.ontology import Ontology
from kg.statements.clauses import Clauses
from kg.statements.modality import reading_of
from kg.statements.pronouns import Context, mention_of
from kg.statements.triggers import Trigger

OWN = ("by", "from", "of")
GOVERNED = ("obj", "iobj", "obl", "nmod", "xcomp", "ccomp", "csubj", "acl", "conj", "nsubj", "nsubj:pass", "advcl")
EXCLUDING = frozenset(
    {"without", "despite", "except", "unlike", "than", "like", "as", "before", "after", "since", "until", "during", "following"}
)
ARMED = ("armed-forces", "armed-group")
POSSESSIVE = frozenset({"its", "their", "his", "her"})
REFLEXIVE = ("self", "selves")
UNKIND = frozenset({"ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "COERCE", "ASSAULT"})  # what nobody promises
COOPERATION = (1, 2)  # quad classes: cooperation in words, in deeds
VERBAL = (1, 3)  # quad classes: cooperation and conflict in words
SPOKEN = frozenset({"ACCUSE"})  # what the speaker alone does in saying something
HARM = frozenset({"PROTEST", "SANCTION", "COERCE", "ASSAULT"})  # whose announcement is a threat


@dataclass(frozen=True, slots=True)
class Told:
    """What a word of the sentence tells: the PLOVER types that its act may have, and to whom it is done."""

    types: frozenset[str]
    targets: tuple[Mention, ...]


@dataclass(frozen=True)
class Frame:
    """A sentence being read: ``told`` are the acts found so far, by the words that tell them."""

    clauses: Clauses
    ontology: Ontology
    context: Context
    told: Mapping[int, Told] = field(default_factory=dict)


def role(frame: Frame, trigger: Trigger, spec: str, *, but: Iterable[Mention] = ()) -> list[Mention]:
    """The actors in one place of a trigger's frame; ``but`` are those who cannot be meant."""
    clauses, head = frame.clauses, trigger.head
    if spec == "subject":
        undergone = any(child.dep == "aux:pass" for child in clauses.children(head))
        plain = trigger.rule.pos == "adj" or (clauses.subject(head) is None and "object" not in trigger.rule.target and not undergone)
        subject = clauses.surface_subject(head) if plain else clauses.subject(head)
        saying = saying_of(frame, trigger)
        subject = subject if saying is None else clauses.subject(saying)
        return (clauses.phrases.actors(subject, located=False) or _crew(clauses, subject)) if subject is not None else []
    if spec == "recipient":
        indirect = clauses.child(head, "iobj")
        return clauses.phrases.actors(indirect) if indirect is not None else []
    if spec == "place":
        return _place(clauses, trigger)
    if spec in ("object", "named"):
        kind = frame.ontology.actions[trigger.rule.action].type
        return _object(clauses, trigger, owner=spec == "object", located=frame.ontology.quads[kind] not in VERBAL)
    if spec == "speaker":
        return speakers(frame, trigger)
    if spec == "self":
        return _self(frame, trigger)
    avoid = {mention.actor.id for mention in but}
    if spec.startswith("clause"):
        said = trigger.tokens if trigger.rule.pos != "aux" else ()
        found = (_in_clause(frame, clause, avoid, itself=clause in said) for clause in clauses_of(clauses, trigger))
        return next(filter(None, found), [])
    if spec == "within":
        children = [child.index for part in trigger.tokens for child in clauses.children(part, *GOVERNED)]
        return _beneath(clauses, [child for child in children if child != clauses.surface_subject(head)], avoid)
    if spec == "own":
        return _undergone(clauses, trigger) if trigger.rule.pos == "noun" else _possessors(clauses, trigger)
    return _oblique(clauses, trigger, spec)


def saying_of(frame: Frame, trigger: Trigger) -> int | None:
    """The verb of saying whose subject also does what a participle behind it tells: "it fell, Kyiv said, | blaming Minsk"."""
    spoken = trigger.rule.pos == "verb" and frame.ontology.actions[trigger.rule.action].type in SPOKEN
    return frame.clauses.saying_before(trigger.head) if spoken else None


def _crew(clauses: Clauses, thing: int) -> list[Mention]:
    """The fighters whose machine acts: "tanks of the Syrian army"."""
    found = (mention for place in clauses.obliques(thing, "of") for mention in clauses.phrases.actors(place, owner=False))
    return [mention for mention in found if mention.actor.type in ARMED]


def clauses_of(clauses: Clauses, trigger: Trigger) -> list[int]:
    """The heads of the clauses that a trigger governs; an auxiliary governs its own."""
    if trigger.rule.pos == "aux":
        return [trigger.head]
    return [clause for part in trigger.tokens for clause in clauses.complements(part)]


def contrary(frame: Frame, trigger: Trigger) -> bool:
    """Tell whether the clause of a trigger is not of the kind that its rule asks for.

    ``clause+`` is what one can promise: no harm, and no mere opinion ("agreed that there was a need"); ``clause-`` is harm;
    ``clause!`` is what shall be done ("insisted that Serbia pay"). An auxiliary promises or threatens only where its verb
    tells a known act.
    """
    wanted = {spec for spec in trigger.rule.target if spec in ("clause+", "clause-", "clause!")}
    if not wanted:
        return False
    places = clauses_of(frame.clauses, trigger)
    if not places:
        return wanted == set(trigger.rule.target)
    if "clause!" in wanted:
        return not any(frame.clauses.mandative(place) for place in places)
    told = next((act for clause in places if (act := _act_in(frame, clause, avoid=frozenset(), targets=False))), None)
    types = told.types if told else frozenset[str]()
    if "clause-" in wanted:
        return not types & HARM
    if trigger.rule.pos == "aux":
        return not any(frame.ontology.quads[kind] in COOPERATION for kind in types)
    return bool(types & UNKIND) or any(_opinion(frame.clauses, place) for place in places)


def _opinion(clauses: Clauses, clause: int) -> bool:
    """Tell whether a clause with a subject says how things are, rather than what shall be done."""
    return clauses.finite(clause) and not any(child.tag == "MD" for child in clauses.children(clause, "aux"))


def speakers(frame: Frame, trigger: Trigger) -> list[Mention]:
    """Who says the clause of a trigger, in the sentence or in those before."""
    clauses = frame.clauses
    heads = reading_of(clauses, trigger.tokens, trigger.head, frame.ontology.cues).speakers
    if heads:
        last = heads[-1]
        return (clauses.phrases.actors(last, owner=False) or clauses.phrases.actors(last, located=False)) if last is not None else []
    speaker = frame.context.speaker
    return [mention_of(speaker, trigger.head, speaker.label)] if speaker else []


def _self(frame: Frame, trigger: Trigger) -> list[Mention]:
    """The subject, where it is who says so, or whose minister says so: "Norway said it would …"."""
    said = speakers(frame, trigger)
    subject = frame.clauses.surface_subject(trigger.head)
    if not said or subject is None or frame.clauses.passive(trigger.head):
        return []
    own_ids = {mention.actor.id for mention in said} | {mention.actor.part_of for mention in said}
    found = [mention for mention in frame.clauses.phrases.actors(subject, located=False) if mention.actor.id in own_ids]
    return said if found and frame.clauses.tokens[subject].pos == "PRON" else found


def _oblique(clauses: Clauses, trigger: Trigger, preposition: str) -> list[Mention]:
    head, phrases = trigger.head, clauses.phrases
    parts = [*(part for part in trigger.tokens if part != head), head]  # "called for calm in Haiti, in Berlin"
    places = [*parts, *(child.index for child in clauses.children(head, "obj", "nsubj:pass", "xcomp") if child.dep != "nsubj")]
    above = clauses.tokens[head].head
    if trigger.rule.pos == "noun" and clauses.tokens[head].dep == "nsubj" and above >= 0:
        places.append(above)
    if trigger.rule.pos == "noun":
        places += [child.index for child in clauses.children(head, "nmod") if child.index in phrases.names]
    if preposition == "by" and clauses.passive(head):
        places.remove(head)
    places += [amount for place in tuple(places) for amount in clauses.amounts(place)]
    for place in dict.fromkeys(places):
        for oblique in clauses.obliques(place, preposition):
            found = phrases.actors(oblique) if oblique != head else []
            if found:
                return found
    return []


def _object(clauses: Clauses, trigger: Trigger, *, owner: bool, located: bool) -> list[Mention]:
    """The actors of the object; of the thing in the trigger ("reject proposal") its owner.

    Without ``owner``, only an object that is an actor itself: one recognises Kosovo, not "Kosovo's importance"; without
    ``located``, no thing stands for the land it lies in: who praises a truce in Yemen does not praise Yemen.
    """
    target, indirect = clauses.object(trigger.head), clauses.child(trigger.head, "iobj")
    given = clauses.phrases.actors(indirect) if indirect is not None else []
    if given and target in trigger.tokens:
        return given  # "gave Ukraine six fighter jets"
    if target is not None:
        found = clauses.phrases.actors(target, owner=owner, located=located)
        if found or target not in trigger.tokens:
            return found
    return given


def _place(clauses: Clauses, trigger: Trigger) -> list[Mention]:
    """The land of an object that is a listed place: "took Kunduz", but not "took Germany to court"."""
    target = clauses.object(trigger.head)
    found = clauses.phrases.names.get(target) if target is not None else None
    return [found.mention] if found and found.name.kind == "place" else []


def _in_clause(frame: Frame, clause: int, avoid: Collection[str], *, itself: bool) -> list[Mention]:
    """Whom a clause speaks of: its subject, unless that is the actor itself; else to whom its act is done; else whom it names.

    A clause that belongs to the trigger ``itself`` speaks of its subject only: nobody blames another by "it was behind the raid".
    """
    clauses = frame.clauses
    for child in clauses.children(clause, "nsubj"):
        named = clauses.phrases.actors(child.index)
        own = [mention for mention in named if mention.actor.id not in avoid]
        if own or (not named and child.pos in ("NOUN", "PROPN")) or (named and itself):
            return own
    told = _act_in(frame, clause, avoid=avoid, targets=True)
    if told:
        return [mention for mention in told.targets if not is_own(mention, avoid)]
    if any(clauses.tokens[child.index].text.lower().endswith(REFLEXIVE) for child in clauses.children(clause, "obj")):
        return []
    starts = [child.index for child in clauses.children(clause, *GOVERNED)]
    return _beneath(clauses, [*starts, clause] if clauses.tokens[clause].pos == "NOUN" else starts, avoid)


def _act_in(frame: Frame, clause: int, *, avoid: Collection[str], targets: bool) -> Told | None:
    """The highest act that is told in a clause; with ``targets``, the highest that is done to somebody else."""
    for index in _downwards(frame.clauses, [clause]):
        told = frame.told.get(index) if not _describes(frame.clauses, index) else None
        if told and (not targets or any(not is_own(mention, avoid) for mention in told.targets)):
            return told
    return None


def _downwards(clauses: Clauses, starts: Iterable[int]) -> Iterator[int]:
    """Words and what they govern, level by level, without clauses that tell of something else."""
    level = sorted(starts)
    while level:
        yield from level
        level = sorted(child.index for above in level for child in clauses.children(above, *GOVERNED) if not _apart(clauses, child.index))


def _apart(clauses: Clauses, index: int) -> bool:
    """Tell whether a word stands beside what governs it: a relative clause, a clause of time or cause, "without Russia"."""
    dep = clauses.tokens[index].dep
    if clauses.phrases.cases(index) & EXCLUDING:
        return True
    return dep == "acl:relcl" or (dep.startswith("advcl") and not clauses.infinitive(index))


def _describes(clauses: Clauses, verb: int) -> bool:
    """Tell whether a participle only tells which thing is meant: "offered to free a man | suspected by Iran"."""
    return clauses.tokens[verb].dep == "acl" and clauses.tokens[verb].tag == "VBN"


def _beneath(clauses: Clauses, starts: Iterable[int], avoid: Collection[str]) -> list[Mention]:
    """The first actor named beneath some words, the highest; listed ones before others."""
    first: list[Mention] = []
    for index in _downwards(clauses, starts):
        if clauses.tokens[index].pos == "VERB":
            continue
        found = [mention for mention in clauses.phrases.actors(index) if not is_own(mention, avoid)]
        listed = [mention for mention in found if mention.actor.listed]
        if listed:
            return listed
        first = first or found
    return first


def is_own(target: Mention, owners: Collection[str]) -> bool:
    """Tell whether a target is the actor itself, or a part of it spoken of as its own: "its army"."""
    if target.actor.id in owners:
        return True
    return target.actor.part_of in owners and target.text.split()[0].lower() in POSSESSIVE


def own(clauses: Clauses, trigger: Trigger) -> list[Mention]:
    """Whose act a noun is: possessor, nationality or compound; "by X", "from X"; "of X" unless that is the target."""
    phrases = clauses.phrases
    heads = [trigger.head, *clauses.obliques(trigger.head, "of")]  # "the expulsion of envoys by X"
    agents = [mention for head in heads for place in clauses.obliques(head, "by") for mention in phrases.actors(place, located=False)]
    if agents:
        return agents
    owners: tuple[str, ...] = ("nmod:poss", "amod", "compound", "nmod:desc")
    if "own" in trigger.rule.target and not any(True for _ in clauses.obliques(trigger.head, "of")):
        owners = owners[1:]
    for relation in owners:
        for part in trigger.tokens:
            for child in clauses.children(part, relation):
                if child.dep == relation and child.index not in trigger.tokens and not named_after(phrases, child):
                    found = phrases.actors(child.index, owner=False) if child.index in phrases.names or relation == "nmod:poss" else []
                    if found:
                        return found
    undergone = {"of", "own"} & set(trigger.rule.target)
    for preposition in OWN:
        if preposition not in trigger.rule.target and not (preposition == "of" and undergone):
            for place in clauses.obliques(trigger.head, preposition):
                found = phrases.actors(place, owner=False)
                if found:
                    return found
    return []


def _undergone(clauses: Clauses, trigger: Trigger) -> list[Mention]:
    """Who undergoes a noun's act: "the arrest of X"; else its possessor, "X's arrest by Y"."""
    phrases = clauses.phrases
    of = [mention for place in clauses.obliques(trigger.head, "of") for mention in phrases.actors(place)]
    if of:
        return of
    owner = clauses.child(trigger.head, "nmod:poss")
    return phrases.actors(owner, owner=False) if owner is not None else []


def _possessors(clauses: Clauses, trigger: Trigger) -> list[Mention]:
    """Whose the noun in a verb's trigger is: "condemned the Iranian attack"."""
    for part in trigger.tokens:
        for child in clauses.children(part, "nmod:poss", "amod", "compound") if part != trigger.head else ():
            if named_after(clauses.phrases, child):
                continue
            found = (
                clauses.phrases.actors(child.index, owner=False) if child.index in clauses.phrases.names or child.dep == "nmod:poss" else []
            )
            if found:
                return found
    return []
