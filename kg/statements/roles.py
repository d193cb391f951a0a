"""Fills the roles of the rules that fit: who acts upon whom."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from kg.model import Mention
from kg.ontology import LightVerb, Ontology, Rule
from kg.statements.clauses import Clauses
from kg.statements.pronouns import Context, mention_of
from kg.statements.triggers import Trigger, by_head, light_verb_of, rows_at, triggers_in

OWN = ("by", "from", "of")
CHARGED = frozenset({"for", "of"})
WITHIN = frozenset({"in", "with"})
CLAUSAL = ("xcomp", "ccomp", "advcl", "acl")
POSSESSIVE = frozenset({"its", "their", "his", "her"})
SAID = 3  # conflict in words: what it speaks of is another act
SUFFERED = 4  # material conflict: what can be told of its target alone
BETWEEN = ("between", "among")


@dataclass(frozen=True)
class Filled:
    """A trigger with its actors and targets.

    ``words`` are all words of the trigger, a light verb included; ``top`` is the one that stands
    highest; ``news`` tells whether a verb reports the act, rather than a noun that refers to it.
    Without ``pairs`` nothing is stated, but an act of the ``actors`` has been spoken of.
    """

    trigger: Trigger
    words: tuple[int, ...]
    top: int
    pairs: tuple[tuple[Mention | None, Mention | None], ...]
    news: bool
    actors: tuple[Mention, ...] = ()


def readings_in(clauses: Clauses, ontology: Ontology, rules: tuple[Rule, ...], context: Context) -> Iterator[Filled]:
    """Read a sentence: verbs first, then the nouns and adjectives that no verb's trigger has used."""
    groups = sorted(triggers_in(clauses, rules), key=lambda group: (group[0].rule.pos != "verb", -len(group[0].tokens), group[0].head))
    used: dict[int, int] = {}
    for group in groups:
        taken = {used[token] for token in group[0].tokens if token in used}
        if taken and not clauses.tokens[group[0].head].dep.startswith(CLAUSAL) and not (taken == {SAID} and _complete(clauses, group[0])):
            continue
        fills = [filled for trigger in group if (filled := _fill(clauses, trigger, ontology, context))]
        if fills:
            filled = max(fills, key=lambda filled: (any(target for _, target in filled.pairs), bool(filled.pairs)))
            if filled.pairs:
                quad = ontology.quads[ontology.actions[filled.trigger.rule.action].type]
                used |= dict.fromkeys(filled.trigger.tokens, quad)
            yield filled


def _complete(clauses: Clauses, trigger: Trigger) -> bool:
    """Tell whether a noun that a verb of speech has used tells an act of its own: "condemned Iraq's attack on Syria"."""
    return trigger.rule.pos == "noun" and _has_doer(clauses, trigger) and any(_role(clauses, trigger, spec) for spec in trigger.rule.target)


def _has_doer(clauses: Clauses, trigger: Trigger) -> bool:
    charged = clauses.tokens[trigger.head].dep == "obl" and bool(clauses.phrases.cases(trigger.head) & CHARGED)
    return charged or bool(_own(clauses, trigger))


def _fill(clauses: Clauses, trigger: Trigger, ontology: Ontology, context: Context) -> Filled | None:
    if trigger.rule.pos == "noun":
        return _fill_noun(clauses, trigger, ontology, context)
    return _fill_verb(clauses, trigger, ontology, context)


def _fill_verb(clauses: Clauses, trigger: Trigger, ontology: Ontology, context: Context) -> Filled | None:
    """Fill a verb (or a predicate adjective) from its subject, object, obliques and complement."""
    rule, head = trigger.rule, trigger.head
    subjects = next((found for spec in rule.actor if (found := _role(clauses, trigger, spec))), [])
    targets = next((found for spec in rule.target if (found := _role(clauses, trigger, spec, but=subjects))), [])
    subject = clauses.subject(head)
    if not subjects and subject is not None and rule.actor[0] == "subject":
        subjects = _doer_of_noun(clauses, subject, targets, ontology, context)
    missing = clauses.passive(head) or (subject is not None and bool(_kinds_of_noun(clauses, subject, ontology)))
    pairs = _pairs(subjects, targets, rule, ontology, missing=missing)
    if not targets and clauses.tokens[head].dep in ("acl", "amod") and clauses.tokens[head].tag == "VBN":
        return None
    return Filled(trigger, trigger.tokens, head, pairs, news=True) if pairs else None


def _role(clauses: Clauses, trigger: Trigger, spec: str, *, but: Iterable[Mention] = ()) -> list[Mention]:
    """The actors in one place of a trigger's frame."""
    head, phrases = trigger.head, clauses.phrases
    if spec == "subject":
        plain = trigger.rule.pos == "adj" or (clauses.subject(head) is None and "object" not in trigger.rule.target)
        subject = clauses.surface_subject(head) if plain else clauses.subject(head)
        return phrases.actors(subject, located=False) if subject is not None else []
    if spec == "object":
        return _object(clauses, trigger)
    if spec == "clause":
        avoid = {mention.actor.id for mention in but}
        return next((found for part in trigger.tokens for found in [_in_clause(clauses, part, avoid)] if found), [])
    if spec == "own":
        return _undergone(clauses, trigger) if trigger.rule.pos == "noun" else _possessors(clauses, trigger)
    places = [*trigger.tokens, *(child.index for child in clauses.children(head, "obj", "nsubj:pass", "xcomp") if child.dep != "nsubj")]
    above = clauses.tokens[head].head
    if trigger.rule.pos == "noun" and clauses.tokens[head].dep == "nsubj" and above >= 0:
        places.append(above)
    if trigger.rule.pos == "noun":
        places += [child.index for child in clauses.children(head, "nmod") if child.index in phrases.names]
    if spec == "by" and clauses.passive(head):
        places.remove(head)
    for place in dict.fromkeys(places):
        for oblique in clauses.obliques(place, spec):
            found = phrases.actors(oblique)
            if found:
                return found
    return []


def _object(clauses: Clauses, trigger: Trigger) -> list[Mention]:
    """The actors of the object; of the thing in the trigger ("reject proposal") its owner."""
    target = clauses.object(trigger.head)
    if target is not None:
        found = clauses.phrases.actors(target)
        if found or target not in trigger.tokens:
            return found
    indirect = clauses.child(trigger.head, "iobj")
    return clauses.phrases.actors(indirect) if indirect is not None else []


def _in_clause(clauses: Clauses, word: int, avoid: set[str]) -> list[Mention]:
    """The first actor in a complement clause: its subject, object or oblique, that is not the actor itself."""
    for clause in clauses.complements(word):
        verb = clauses.tokens[clause]
        places = [child.index for child in clauses.children(clause, "nsubj", "obj", "obl", "iobj", "nmod")]
        found: list[Mention] = []
        for place in [*places, clause] if verb.pos == "NOUN" else places:
            if found and found[0].actor.listed:
                break
            found += [mention for mention in clauses.phrases.actors(place) if mention.actor.id not in avoid]
        if found:
            return [mention for mention in found if mention.actor.listed] or found
        deeper = _in_clause(clauses, clause, avoid)
        if deeper:
            return deeper
    return []


def _fill_noun(clauses: Clauses, trigger: Trigger, ontology: Ontology, context: Context) -> Filled | None:
    """Fill an event noun from its owner and its prepositions, and from the light verb above it."""
    rule, head = trigger.rule, trigger.head
    light = light_verb_of(clauses, head, ontology.light_verbs)
    words, top = trigger.tokens, head
    actors, targets = _noun_actors(clauses, trigger, rule), list[Mention]()
    if light:
        words, top = tuple(sorted({*trigger.tokens, *light[2]})), light[1] if clauses.tokens[light[1]].head != head else head
        actors, targets = _lent(clauses, light[0], light[1], actors)
    wide = Trigger(rule, head, words)
    targets = targets or next((found for spec in rule.target if (found := _role(clauses, wide, spec))), [])
    both = _both_sides(clauses, trigger)
    if len(both) > 1 and ontology.actions[rule.action].symmetric:
        actors, targets = both, []
    if not targets and not actors:
        return None
    if targets and not actors and (clauses.definite(head) or clauses.tokens[head].tag == "NNS") and not light:
        doer = context.doer(ontology.actions[rule.action].type, targets[0].actor)
        actors = [mention_of(doer, head, clauses.tokens[head].text)] if doer else []
    if targets and not actors and clauses.tokens[head].dep == "obl":
        actors = _doer_above(clauses, head, rule, ontology)
    pairs = _pairs(actors, targets, rule, ontology, missing=not actors)
    return Filled(trigger, words, top, pairs, news=light is not None, actors=tuple(actors))


def _doer_above(clauses: Clauses, noun: int, rule: Rule, ontology: Ontology) -> list[Mention]:
    """Who does an act that a clause only mentions: the one blamed "for attacks on X"; who bombs "in airstrikes on X"."""
    verb, cases = clauses.tokens[noun].head, clauses.phrases.cases(noun)
    doer = clauses.object(verb) if cases & CHARGED else None
    if cases & WITHIN:
        same = ontology.actions[rule.action].type
        kinds = {
            ontology.actions[other.action].type for other in rows_at(by_head(ontology.rules), clauses.tokens[verb]) if other.pos == "verb"
        }
        doer = clauses.subject(verb) if same in kinds else None
    return clauses.phrases.actors(doer, owner=False) if doer is not None else []


def _both_sides(clauses: Clauses, trigger: Trigger) -> list[Mention]:
    """The sides of a mutual act: "the talks between X and Y"."""
    places = (place for part in trigger.tokens for preposition in BETWEEN for place in clauses.obliques(part, preposition))
    return [mention for place in places for mention in clauses.phrases.actors(place)]


def _noun_actors(clauses: Clauses, trigger: Trigger, rule: Rule) -> list[Mention]:
    for spec in rule.actor:
        found = _own(clauses, trigger) if spec == "own" else _role(clauses, trigger, spec)
        if found:
            return found
    return []


def _own(clauses: Clauses, trigger: Trigger) -> list[Mention]:
    """Whose act a noun is: possessor, nationality or compound; "by X", "from X"; "of X" unless that is the target."""
    phrases = clauses.phrases
    agents = [mention for place in clauses.obliques(trigger.head, "by") for mention in phrases.actors(place, owner=False)]
    if agents:
        return agents
    owners: tuple[str, ...] = ("nmod:poss", "amod", "compound", "nmod:desc")
    if "own" in trigger.rule.target and not any(True for _ in clauses.obliques(trigger.head, "of")):
        owners = owners[1:]
    for relation in owners:
        for part in trigger.tokens:
            for child in clauses.children(part, relation):
                if child.dep == relation and child.index not in trigger.tokens:
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
            found = (
                clauses.phrases.actors(child.index, owner=False) if child.index in clauses.phrases.names or child.dep == "nmod:poss" else []
            )
            if found:
                return found
    return []


def _lent(clauses: Clauses, light: LightVerb, verb: int, own: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Actors and targets of an event noun beneath a light verb: its subject is the one or the other."""
    subject = clauses.subject(verb)
    found = clauses.phrases.actors(subject) if subject is not None else []
    if light.subject == "actor":
        return found or own, []
    sources = [mention for place in clauses.obliques(verb, "from") for mention in clauses.phrases.actors(place)]
    return own or sources, found


@lru_cache(maxsize=4)
def _event_nouns(ontology: Ontology) -> Mapping[str, tuple[Rule, ...]]:
    """The noun rules by every word of their triggers: "missile" and "attack" both lead to "missile attack"."""
    index: dict[str, list[Rule]] = {}
    for rule in ontology.rules:
        if rule.pos == "noun":
            for word in sorted(frozenset().union(*rule.trigger)):
                index.setdefault(word, []).append(rule)
    return {word: tuple(rules) for word, rules in index.items()}


def _kinds_of_noun(clauses: Clauses, noun: int, ontology: Ontology) -> list[str]:
    """The PLOVER types that a noun may name an act of, sorted; none for a noun that names no act."""
    word = clauses.tokens[noun].lemma.lower()
    return sorted({ontology.actions[rule.action].type for rule in _event_nouns(ontology).get(word, ())})


def _doer_of_noun(clauses: Clauses, noun: int, targets: list[Mention], ontology: Ontology, context: Context) -> list[Mention]:
    """Who stands behind "the barrage" or "the strikes" as a subject: the doer of the last such act to this target."""
    kinds = _kinds_of_noun(clauses, noun, ontology) if clauses.definite(noun) else []
    for kind in kinds:
        doer = context.doer(kind, targets[0].actor if targets else None)
        if doer:
            return [mention_of(doer, noun, clauses.tokens[noun].text)]
    return []


def _pairs(
    actors: list[Mention], targets: list[Mention], rule: Rule, ontology: Ontology, *, missing: bool
) -> tuple[tuple[Mention | None, Mention | None], ...]:
    """Pair actors with targets; of a mutual act the actors with each other. Without an actor only where none can be named."""
    owners = {actor.actor.id for actor in actors}
    targets = [target for target in targets if not _is_own(target, owners)]
    if not targets and len(actors) > 1 and ontology.actions[rule.action].symmetric:
        return tuple(combinations(actors, 2))
    if targets and actors:
        return tuple((actor, target) for actor in actors for target in targets)
    if targets and missing and ontology.quads[ontology.actions[rule.action].type] == SUFFERED:
        return tuple((None, target) for target in targets)
    if actors and not targets and rule.optional:
        return tuple((actor, None) for actor in actors)
    return ()


def _is_own(target: Mention, owners: set[str]) -> bool:
    """Tell whether a target is the actor itself, or a part of it spoken of as its own: "its army"."""
    if target.actor.id in owners:
        return True
    return target.actor.part_of in owners and target.text.split()[0].lower() in POSSESSIVE
