"""Fills the roles of the rules that fit: who acts upon whom."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, groupby, permutations

from kg.model import Mention
from kg.ontology import NO_ACTION, LightVerb, Ontology, Rule
from kg.statements.clauses import Clauses
from kg.statements.frames import Frame, Told, contrary, is_own, own, role, saying_of
from kg.statements.pronouns import Context, mention_of
from kg.statements.triggers import Trigger, by_head, fit, light_verb_of, rows_at, triggers_in

CHARGED = frozenset({"for", "of"})
WITHIN = frozenset({"in", "with"})
PARTNER = ("object", "with", "against", "from", "of")
CLAUSAL = ("xcomp", "ccomp", "advcl", "acl")
SAID = 3  # conflict in words: what it speaks of is another act
DEEDS = ("ASSAULT", "COERCE")
SUFFERED = 4  # material conflict: what can be told of its target alone
LAID_ON, TRACED_TO = "on", "to"
BLAMING, WHICH = "ACCUSE", "which"
BLAMED = frozenset({"state", "government", "armed-forces", "armed-group", "party", "population", "person", "office"})
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
    """Read a sentence: verbs first, then the nouns, adjectives and auxiliaries that no verb's trigger has used."""
    groups = sorted(triggers_in(clauses, rules), key=lambda group: (group[0].rule.pos != "verb", -len(group[0].tokens), group[0].head))
    frame = Frame(clauses, ontology, context)
    if any(_reaches_down(group) for group in groups):
        every = groups if rules is ontology.rules else list(triggers_in(clauses, ontology.rules))
        frame = _told(frame, sorted(every, key=lambda group: group[0].head))
    used: dict[int, int] = {}
    for group in groups:
        taken = {used[token] for token in group[0].tokens if token in used} if group[0].rule.pos != "aux" else set()
        if taken and not clauses.tokens[group[0].head].dep.startswith(CLAUSAL) and not (taken == {SAID} and _complete(frame, group[0])):
            continue
        filled = _best(frame, group)
        if filled:
            if filled.pairs and filled.trigger.rule.pos != "aux":
                quad = ontology.quads[ontology.actions[filled.trigger.rule.action].type]
                used |= dict.fromkeys(filled.trigger.tokens, quad)
            yield filled


def _reaches_down(group: Sequence[Trigger]) -> bool:
    """Tell whether a rule looks for its target in the clause beneath it."""
    return any(spec.startswith("clause") for trigger in group for spec in trigger.rule.target)


def _told(frame: Frame, groups: Sequence[Sequence[Trigger]]) -> Frame:
    """Find what the words of a sentence tell, the lowest clauses first: "threatened to refuse to pay France"."""
    for group in [group for group in groups if not _reaches_down(group)] + [group for group in reversed(groups) if _reaches_down(group)]:
        if group[0].rule.pos != "aux":
            filled = _best(frame, group)
            words = len(filled.trigger.tokens) if filled else 0
            types = frozenset(frame.ontology.actions[trigger.rule.action].type for trigger in group if len(trigger.tokens) >= words)
            targets = tuple(dict.fromkeys(target for _, target in filled.pairs if target)) if filled else ()
            frame = replace(frame, told={**frame.told, group[0].head: Told(types, targets)})
    return frame


def _best(frame: Frame, group: Sequence[Trigger]) -> Filled | None:
    """The reading of the rule that fills most of its roles, among those with most words that fill any.

    Where it finds no target, one with fewer words may lend it: "urged both to stop fighting" is done to whom "urged" is.
    """
    best: Filled | None = None
    for _, triggers in groupby(group, key=lambda trigger: len(trigger.tokens)):
        fills = [filled for trigger in triggers if (filled := _fill(frame, trigger))]
        found = max(fills, key=lambda filled: (_has_target(filled), bool(filled.pairs)), default=None)
        if best and found and best.pairs and _has_target(found):
            return replace(best, pairs=found.pairs)
        best = best or found
        if best and _has_target(best):
            break
    return best


def _has_target(filled: Filled) -> bool:
    return any(target for _, target in filled.pairs)


def _complete(frame: Frame, trigger: Trigger) -> bool:
    """Tell whether a noun that a verb of speech has used tells an act of its own: "condemned Iraq's attack on Syria"."""
    return trigger.rule.pos == "noun" and _has_doer(frame, trigger) and any(role(frame, trigger, spec) for spec in trigger.rule.target)


def _has_doer(frame: Frame, trigger: Trigger) -> bool:
    clauses = frame.clauses
    charged = clauses.tokens[trigger.head].dep == "obl" and bool(clauses.phrases.cases(trigger.head) & CHARGED)
    return charged or bool(own(clauses, trigger)) or bool(_blamed(frame, trigger.head))


def _fill(frame: Frame, trigger: Trigger) -> Filled | None:
    if contrary(frame, trigger) or _denied_within(frame, trigger):
        return None
    return _fill_noun(frame, trigger) if trigger.rule.pos == "noun" else _fill_verb(frame, trigger)


def _denied_within(frame: Frame, trigger: Trigger) -> bool:
    """Tell whether a verb that a trigger ends with is denied: to promise "not to attack" is no threat."""
    clauses, cues = frame.clauses, by_head(frame.ontology.cues)
    verbs = (part for part in trigger.tokens if part != trigger.head and clauses.tokens[part].pos == "VERB")
    hanging = (child for verb in verbs for child in clauses.children(verb, "advmod") if child.index not in trigger.tokens)
    return any(cue.pos == "adv" and cue.readings == {"negated"} for child in hanging for cue in rows_at(cues, child))


def _fill_verb(frame: Frame, trigger: Trigger) -> Filled | None:
    """Fill a verb (a predicate adjective, an auxiliary) from its subject, object, obliques and complement."""
    rule, head, clauses = trigger.rule, trigger.head, frame.clauses
    sent = "subject" in rule.actor and clauses.subject(head) is not None  # soldiers who "were deployed" act, not those whom somebody sent
    doers = [spec for spec in rule.actor if not sent or spec != "object"]
    subjects = next((found for spec in doers if (found := role(frame, trigger, spec))), [])
    if frame.ontology.actions[rule.action].consequence and clauses.tokens[head].dep == "advcl" and clauses.tokens[head].tag == "VBG":
        subjects = _causers(frame, head, subjects)
    mutual = len(subjects) > 1 and frame.ontology.actions[rule.action].symmetric
    specs = [spec for spec in rule.target if not mutual or spec in PARTNER]
    targets = _targets(frame, trigger, specs, subjects)
    targets = [] if _judges_deed(frame, trigger) else targets
    subject = clauses.subject(head)
    if not subjects and subject is not None and rule.actor[0] == "subject":
        subjects = _doer_of_noun(frame, subject, targets)
    if subjects and not targets and rule.optional:
        targets = _doer_spoken_of(frame, trigger, subjects)
    missing = clauses.passive(head) if subject is None else _tells_act(frame, subject) or _is_somebody(frame, subject)
    pairs = _pairs(subjects, targets, rule, frame.ontology, missing=missing)
    if len(subjects) > 1 and (("mutual" in rule.target and not targets) or _reciprocal(clauses, head)):
        pairs = tuple(combinations(subjects, 2) if frame.ontology.actions[rule.action].symmetric else permutations(subjects, 2))
    if not targets and clauses.tokens[head].dep in ("acl", "amod") and clauses.tokens[head].tag == "VBN":
        return None
    saying = saying_of(frame, trigger)
    return Filled(trigger, trigger.tokens, head if saying is None else saying, pairs, news=True) if pairs else None


def _judges_deed(frame: Frame, trigger: Trigger) -> bool:
    """Tell whether "which" may mean all that is told before it: "Chad attacked Mali, | which Niger condemned"."""
    clauses, relative = frame.clauses, frame.clauses.tokens[trigger.head]
    told = clauses.tokens[relative.head]
    if (
        relative.dep != "acl:relcl"
        or not told.dep.startswith(("obj", "obl"))
        or frame.ontology.actions[trigger.rule.action].type != BLAMING
    ):
        return False
    which = next((child for child in clauses.children(trigger.head, "obj") if child.lemma.lower() == WHICH), None)
    if which is None or clauses.tokens[which.index - 1].text != ",":
        return False
    verb = clauses.tokens[told.head]
    rules = [rule for rule in rows_at(by_head(frame.ontology.rules), verb) if rule.pos == "verb" and rule.action != NO_ACTION]
    deeds = (rule for rule in rules if frame.ontology.quads[frame.ontology.actions[rule.action].type] == SUFFERED)
    return any(fit(clauses, rule, verb) for rule in deeds)


def _causers(frame: Frame, verb: int, subjects: list[Mention]) -> list[Mention]:
    """Who caused what a participle tells: whoever did the act above it, nobody if none is told: "a plane crashed, killing five"."""
    told = frame.clauses.told_above(frame.clauses.tokens[verb])
    above = frame.clauses.tokens[frame.clauses.tokens[verb].head if told is None else told]
    rules = [rule for rule in rows_at(by_head(frame.ontology.rules), above) if rule.pos == "verb" and rule.action != NO_ACTION]
    harmful = any(frame.ontology.actions[rule.action].type in DEEDS and fit(frame.clauses, rule, above) for rule in rules)
    lent = any(above.lemma in light.trigger[0] for light in frame.ontology.light_verbs)
    if not harmful and not lent:
        return []
    doer = frame.clauses.subject(above.index) if frame.clauses.passive(above.index) else None
    return subjects if not frame.clauses.passive(above.index) else frame.clauses.phrases.actors(doer) if doer is not None else []


def _targets(frame: Frame, trigger: Trigger, specs: Iterable[str], actors: Sequence[Mention]) -> list[Mention]:
    """The first place of a frame that names a target; one that is the actor's own land only where no other does.

    "Sudan's army took Wad Madani from the rebels" is done to the rebels.
    """
    lands = {actor.actor.part_of for actor in actors} | {actor.actor.id for actor in actors}
    at_home: list[Mention] = []
    for spec in specs:
        found = role(frame, trigger, spec, but=actors)
        if found and not all(mention.actor.id in lands for mention in found):
            return found
        at_home = at_home or found
    return at_home


def _reciprocal(clauses: Clauses, verb: int) -> bool:
    """Tell whether it is done to "each other", or to what is "each other's"."""
    objects = [child.index for child in clauses.children(verb, "obj", "obl")]
    words = [place for index in objects for place in (index, *(child.index for child in clauses.children(index, "nmod:poss")))]
    return any(
        clauses.tokens[word].text.lower() == "each" and child.text.lower() == "other"
        for word in words
        for child in clauses.children(word, "fixed")
    )


def _fill_noun(frame: Frame, trigger: Trigger) -> Filled | None:
    """Fill an event noun from its owner and its prepositions, and from the light verb above it."""
    rule, head, clauses, ontology = trigger.rule, trigger.head, frame.clauses, frame.ontology
    light = light_verb_of(clauses, head, ontology.light_verbs)
    words, top = trigger.tokens, head
    actors, targets = _noun_actors(frame, trigger), list[Mention]()
    if light:
        words, top = tuple(sorted({*trigger.tokens, *light[2]})), light[1] if clauses.tokens[light[1]].head != head else head
        actors, targets = _lent(clauses, light[0], light[1], actors, beside=clauses.tokens[head].dep == "obl")
        actors = actors or _described_doer(frame, head)
    wide = Trigger(rule, head, words)
    targets = targets or _targets(frame, wide, rule.target, actors) or _owner_beside_agent(clauses, trigger)
    both = _both_sides(clauses, trigger)
    if len(both) > 1 and ontology.actions[rule.action].symmetric:
        actors, targets = both, []
    if not targets and not actors:
        return None
    if targets and not actors and (clauses.definite(head) or clauses.tokens[head].tag == "NNS") and not light:
        doer = frame.context.doer(ontology.actions[rule.action].type, targets[0].actor)
        actors = [mention_of(doer, head, clauses.tokens[head].text)] if doer else []
    if targets and not actors and clauses.tokens[head].dep == "obl":
        actors = _doer_above(clauses, head, rule, ontology)
    blamed = _blamed(frame, head)
    if blamed:
        actors, targets = blamed, [target for target in targets if target.start not in {one.start for one in blamed}]
    pairs = _pairs(actors, targets, rule, ontology, missing=not actors)
    return Filled(trigger, words, top, pairs, news=light is not None, actors=tuple(actors))


def _blamed(frame: Frame, noun: int) -> list[Mention]:
    """On whom a verb lays the act that is its object: "blamed the raid on a base | on Chad", wherever a parse hangs it."""
    clauses, phrases, token = frame.clauses, frame.clauses.phrases, frame.clauses.tokens[noun]
    if token.dep not in ("obj", "nsubj:pass") or _in_doubt(frame, token.head):
        return []
    cases = {case for rule in rows_at(by_head(frame.ontology.rules), clauses.tokens[token.head]) for case in _laying(frame, rule, noun)}
    behind = [
        word.index
        for word in clauses.tokens[max(noun, token.head) + 1 :]
        if word.dep.startswith(("obl", "nmod")) and phrases.cases(word.index) & cases and word.index not in phrases.dates
    ]
    laid = [mention for place in behind[:2][-1:] if phrases.within(place, token.head) for mention in phrases.actors(place)]
    return laid if all(mention.actor.type in BLAMED for mention in laid) else []


def _in_doubt(frame: Frame, verb: int) -> bool:
    """Tell whether words beside a verb may take it back: "was not blamed", "wrongly blamed", "cannot be blamed"."""
    beside = (child for child in frame.clauses.tokens if child.head == verb)
    return any(child.dep.startswith("advmod") or (child.dep.startswith("aux") and child.tag == "MD") for child in beside)


def _laying(frame: Frame, rule: Rule, noun: int) -> set[str]:
    """The prepositions by which the verb above an act lays it on somebody: "blamed it on", "attributed the attack to"."""
    if rule.pos != "verb" or rule.action == NO_ACTION or frame.ontology.actions[rule.action].type != BLAMING:
        return set()
    found = fit(frame.clauses, rule, frame.clauses.tokens[frame.clauses.tokens[noun].head])
    alone = len(rule.trigger) == 1 and "object" in rule.target
    named = found is not None and noun in found.tokens
    return ({LAID_ON} if found and alone else {TRACED_TO} if named else set()) & set(rule.target)


def _described_doer(frame: Frame, noun: int) -> list[Mention]:
    """Who is told behind the noun to have done it, where a verb before it does not: "died in an attack carried out by rebels"."""
    light = light_verb_of(frame.clauses, noun, frame.ontology.light_verbs, above=False)
    doer = frame.clauses.subject(light[1]) if light and light[0].subject == "actor" else None
    return frame.clauses.phrases.actors(doer) if doer is not None else []


def _owner_beside_agent(clauses: Clauses, trigger: Trigger) -> list[Mention]:
    """Who undergoes an act whose doer is named apart: "Georgia's invasion by Russia"."""
    owner = clauses.child(trigger.head, "nmod:poss")
    agent = any(True for _ in clauses.obliques(trigger.head, "by"))
    return clauses.phrases.actors(owner, owner=False) if agent and owner is not None else []


def _doer_above(clauses: Clauses, noun: int, rule: Rule, ontology: Ontology) -> list[Mention]:
    """Who does an act that a clause only mentions: the one blamed "for attacks on X"; who bombs "in airstrikes on X"."""
    verb, cases = clauses.tokens[noun].head, clauses.phrases.cases(noun)
    doer = clauses.object(verb) if cases & CHARGED else None
    if cases & WITHIN:
        same = ontology.actions[rule.action].type
        kinds = {
            ontology.actions[other.action].type
            for other in rows_at(by_head(ontology.rules), clauses.tokens[verb])
            if other.pos == "verb" and other.action != NO_ACTION
        }
        doer = clauses.subject(verb) if same in kinds else None
    return clauses.phrases.actors(doer, owner=False) if doer is not None else []


def _both_sides(clauses: Clauses, trigger: Trigger) -> list[Mention]:
    """The sides of a mutual act: "the talks between X and Y"."""
    token = clauses.tokens[trigger.head]
    parts = [*trigger.tokens, *([token.head] if token.dep.startswith("nsubj") else [])]  # "fighting broke out between X and Y"
    places = (place for part in parts for preposition in BETWEEN for place in clauses.obliques(part, preposition))
    return [mention for place in places for mention in clauses.phrases.actors(place)]


def _noun_actors(frame: Frame, trigger: Trigger) -> list[Mention]:
    for spec in trigger.rule.actor:
        found = own(frame.clauses, trigger) if spec == "own" else role(frame, trigger, spec)
        if found:
            return found
    return []


def _lent(clauses: Clauses, light: LightVerb, verb: int, own: list[Mention], *, beside: bool) -> tuple[list[Mention], list[Mention]]:
    """Actors and targets of an event noun beneath a light verb: its subject is the one or the other."""
    subject = clauses.subject(verb)
    found = clauses.phrases.actors(subject) if subject is not None else []
    if light.subject == "actor":
        sufferer = clauses.object(verb) if beside and clauses.passive(verb) else None  # "five sailors were killed in a raid"
        return found or own, clauses.phrases.actors(sufferer) if sufferer is not None else []
    sources = [mention for place in clauses.obliques(verb, "from") for mention in clauses.phrases.actors(place)]
    return own or sources, found


def _kinds_of_noun(frame: Frame, noun: int) -> list[str]:
    """The PLOVER types that a noun may name an act of, sorted; none for a noun that names no act."""
    actions = frame.ontology.actions
    return sorted({actions[rule.action].type for rule in _event_rules(frame, noun)})


def _event_rules(frame: Frame, noun: int) -> Iterator[Rule]:
    """The noun rules whose triggers end in a word: "the barrage" may be the "missile barrage" told before."""
    rules = rows_at(by_head(frame.ontology.rules), frame.clauses.tokens[noun])
    return (rule for rule in rules if rule.pos == "noun" and rule.action != NO_ACTION)


def _tells_act(frame: Frame, noun: int) -> bool:
    """Tell whether a noun, with the words beside it, names an act or weapon: "an air raid", not "a fire" or "a train"."""
    return any(fit(frame.clauses, rule, frame.clauses.tokens[noun]) for rule in _event_rules(frame, noun))


def _is_somebody(frame: Frame, agent: int) -> bool:
    """Tell whether the agent of a passive is somebody, though nobody knows who: "by the reclusive state"."""
    return frame.clauses.tokens[agent].dep.startswith("obl") and frame.clauses.phrases.role(agent) is not None


def _doer_of_noun(frame: Frame, noun: int, targets: list[Mention]) -> list[Mention]:
    """Who stands behind "the barrage" or "the strikes" as a subject: the doer of the last such act to this target."""
    kinds = _kinds_of_noun(frame, noun) if frame.clauses.definite(noun) and targets else []
    for kind in kinds:
        doer = frame.context.doer(kind, targets[0].actor)
        if doer:
            return [mention_of(doer, noun, frame.clauses.tokens[noun].text)]
    return []


def _doer_spoken_of(frame: Frame, trigger: Trigger, actors: list[Mention]) -> list[Mention]:
    """Who did what somebody speaks of: "condemned | the seizure", where all such deeds told before were one other's."""
    clauses, ontology = frame.clauses, frame.ontology
    for noun in (part for part in trigger.tokens if part != trigger.head and clauses.tokens[part].pos == "NOUN" and clauses.definite(part)):
        alone = {ontology.actions[rule.action].type for rule in _event_rules(frame, noun) if len(rule.trigger) == 1}
        kinds = {kind for kind in alone or _kinds_of_noun(frame, noun) if ontology.quads[kind] == SUFFERED}
        doers = {act.doer.id: act.doer for act in frame.context.acts if act.happened and act.type in kinds}
        named = any(clauses.phrases.within(index, noun) for index in clauses.phrases.names)
        if len(doers) == 1 and not named and not doers.keys() & {side for one in actors for side in (one.actor.id, one.actor.part_of)}:
            return [mention_of(doer, noun, clauses.tokens[noun].text) for doer in doers.values()]
    return []


def _pairs(
    actors: list[Mention], targets: list[Mention], rule: Rule, ontology: Ontology, *, missing: bool
) -> tuple[tuple[Mention | None, Mention | None], ...]:
    """Pair actors with targets; of a mutual act the actors with each other. Without an actor only where none can be named."""
    owners = {actor.actor.id for actor in actors}
    suffered = ontology.quads[ontology.actions[rule.action].type] == SUFFERED
    at_home = any(target.place and target.actor.id in owners for target in targets)  # "Ethiopia bombed Mekelle"
    lands = {actor.actor.part_of for actor in actors} if len({target.start for target in targets}) < len(targets) else set()
    targets = [target for target in targets if not is_own(target, owners) and target.actor.id not in lands]  # "urged both sides"
    if not targets and len(actors) > 1 and ontology.actions[rule.action].symmetric:
        return tuple(combinations(actors, 2))
    if targets and actors:
        return tuple((actor, target) for actor in actors for target in targets)
    if targets and missing and suffered:
        return tuple((None, target) for target in targets)
    if actors and not targets and (rule.optional or (at_home and suffered)):
        return tuple((actor, None) for actor in actors)
    return ()
