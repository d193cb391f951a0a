"""Whether it happened, and who says so: read from the way up from the trigger to the root.

Each word on the way may be in the scope of cues (``cues.csv``): those that hang on it ("not", "may",
"potential", "if"), and the words above that govern it ("plans to", "threat of", "said that").
What a relative or temporal clause presupposes does not share the modality of the clause above it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Actor, Modality
from kg.ontology import Cue
from kg.statements.clauses import RELATIVE, Clauses
from kg.statements.triggers import NOUNS, POS, by_head, match, rows_at

HANGING: Mapping[str, tuple[str, ...]] = {
    "adv": ("advmod", "cc", "discourse", "mark", "case"),
    "adj": ("amod",),
    "aux": ("aux",),
    "mark": ("mark", "advmod"),
    "prep": ("case", "mark"),
    "det": ("det", "advmod", "amod"),
}
GOVERNED = ("ccomp", "xcomp", "csubj", "obj", "obl", "advcl", "acl", "nmod", "nsubj:pass", "compound", "advmod")
COMPLEMENTISERS = frozenset({"at", "from", "of", "about", "against", "on", "for", "into", "to", "with"})
QUOTING = frozenset({"as"})
NOBODY = frozenset({"nobody", "none", "no-one", "nothing"})
PREDICATIVE = ("adv", "aux", "det")
AGENT = "by"
ALL = frozenset({"only", "just", "merely", "simply", "solely"})
ABOUT = frozenset({"of", "for", "about"})
PRESUPPOSING = frozenset({"why", "when", "where", "how", "who"})
ALTERNATIVE = frozenset({"neither", "nor", "or"})
NOR = "nor"
UNREAL = ("hypothetical", "intended", "negated")
UNNAMED = Actor("actor:unnamed-source", "unnamed source", "person", listed=False)


@dataclass(frozen=True)
class Reading:
    """The modality of an act, and the heads of the phrases of those who say so, outermost first."""

    modality: Modality
    speakers: tuple[int | None, ...]


def reading_of(clauses: Clauses, trigger: tuple[int, ...], head: int, cues: tuple[Cue, ...]) -> Reading:
    """Walk from the head of a trigger to the root, gathering what its cues say."""
    found: list[str] = []
    speakers: list[int | None] = []
    index, real, conjoined, subject, told = head, True, False, False, True
    undone = any(
        cue.pos == "verb" and len(cue.trigger) == 1 and "negated" in cue.readings for cue in rows_at(by_head(cues), clauses.tokens[head])
    )
    for member in dict.fromkeys((*trigger, *(child.index for child in clauses.children(head, "nsubj", "obj")))):
        if member in trigger and (undone or "for" in clauses.phrases.cases(member)):
            continue  # "cancelled a planned visit", "called up soldiers for a possible war"
        if member != head and clauses.tokens[member].pos != "VERB":
            hanging = (
                cue
                for cue, _ in _hanging(clauses, member, trigger, by_head(cues))
                if (member in trigger and not _carried_out(clauses, cue, member)) or cue.pos in ("det", "adv")
            )
            found += [reading for cue in hanging if not _rounds(clauses, cue, member) for reading in sorted(cue.readings & set(UNREAL))]
    found += [reading for reading in _alternatives(clauses, head) if reading not in found]
    while index >= 0:
        before = len(found)
        for cue, place in _cues_at(clauses, index, (*trigger, head), cues):
            ignored = (conjoined and cue.pos in ("adv", "aux")) or (subject and "negated" in cue.readings and cue.pos in PREDICATIVE)
            carried_out = cue.pos == "adj" and "negated" not in cue.readings and _happens(clauses, index, cues)
            if real and not ignored and not carried_out:
                found += _unreal(clauses, cue, index)
            if told and cue.readings & {"said", "rumoured"}:
                speaker = place if "said" in cue.readings else None
                if speaker is None or speakers[:1] != [speaker]:
                    speakers.insert(0, speaker)
                found += ["hypothetical"] if place is not None and _invents(clauses, place, cues) else []
        if real:
            found += _grammar_at(clauses, index, trigger if index != head else (), cues) if len(found) == before else []
            real = _shared_with_above(clauses, index) or _happens(clauses, index, cues)
        told = told and not _added(clauses, index)
        conjoined = clauses.tokens[index].dep == "conj" and _own_clause(clauses, index)
        subject = subject or (clauses.tokens[index].dep.startswith("nsubj") and not _happens(clauses, index, cues))
        index = clauses.joined_with(index)
    if _asked(clauses, head):
        found.append("hypothetical")
    return Reading(_combined(found), tuple(speakers))


def _invents(clauses: Clauses, speaker: int, cues: tuple[Cue, ...]) -> bool:
    """Tell whether a speaker is a story, in which nothing happens: "the novel tells how"."""
    word = clauses.tokens[speaker].lemma.lower()
    rows = (cue for cue in by_head(cues).get("in", ()) if cue.pos == "prep" and len(cue.trigger) == 2)
    return any(word in cue.trigger[1] and cue.readings == {"hypothetical"} for cue in rows)


def _asked(clauses: Clauses, head: int) -> bool:
    """Tell whether a sentence asks whether it happened, rather than why; or somebody asks what follows: "asked Iran: Why …?"."""
    told = [clause.index for clause in clauses.children(head, "ccomp", "parataxis")]
    if any(child.text == "?" for clause in told for child in clauses.children(clause)):
        return True
    words = [token.text.lower() for token in clauses.tokens if token.pos != "PUNCT"]
    return clauses.phrases.sentence.text.rstrip("\"'”’)").endswith("?") and words[:1] != [] and words[0] not in PRESUPPOSING


def _unreal(clauses: Clauses, cue: Cue, index: int) -> list[str]:
    """What a cue makes of an act; one that is both intended and hypothetical ("would") tells a plan in reported speech."""
    readings = sorted(cue.readings & set(UNREAL))
    if len(readings) < 2:
        return readings
    token = clauses.tokens[index]
    reported = token.dep == "ccomp" and clauses.tokens[token.head].tag == "VBD"
    return ["intended" if reported else "hypothetical"]


def _rounds(clauses: Clauses, cue: Cue, noun: int) -> bool:
    """Tell whether a word says how many, not whether it happened: "intercepted nearly all of them"."""
    return clauses.tokens[noun].pos in ("DET", "NUM") and cue.cue in clauses.phrases.ontology.qualifiers


def _carried_out(clauses: Clauses, cue: Cue, noun: int) -> bool:
    """Tell whether a plan has become an act: "mounted its long-threatened invasion"."""
    return cue.pos == "adj" and "negated" not in cue.readings and clauses.child(noun, "nmod:poss") is not None


def _alternatives(clauses: Clauses, head: int) -> list[str]:
    """What coordination takes back: "neither Russia nor Iran", "Kenya or Uganda"."""
    parts = (
        part for argument in clauses.children(head, "nsubj", "obj", "obl") for part in (argument, *clauses.children(argument.index, "conj"))
    )
    told = ((part, child.lemma.lower()) for part in parts for child in clauses.children(part.index, "cc", "det", "advmod"))
    words = {word for part, word in told if word in ALTERNATIVE and clauses.phrases.actors(part.index)}
    return ["negated"] if words & {"neither", "nor"} else ["hypothetical"] if words else []


def _combined(found: list[str]) -> Modality:
    """One negation of nothing else negates; a negated plan is negated; the rest is hypothetical before intended."""
    if found.count("negated") == 1 and "hypothetical" not in found:
        return Modality.NEGATED
    if "hypothetical" in found or found.count("negated") > 1:
        return Modality.HYPOTHETICAL
    return Modality.INTENDED if "intended" in found else Modality.ASSERTED


def _cues_at(clauses: Clauses, index: int, trigger: tuple[int, ...], cues: tuple[Cue, ...]) -> Iterator[tuple[Cue, int | None]]:
    """The cues whose scope holds the word: with the phrase of their speaker, if they have one."""
    cue_index = by_head(cues)
    token = clauses.tokens[index]
    yield from _hanging(clauses, index, trigger, cue_index)
    yield from _phrasal_mark(clauses, index, cue_index)
    yield from (cue for cue in _beside(clauses, index, cue_index) if "said" not in cue[0].readings)
    inserted = (child for subject in clauses.children(index, "nsubj") for child in clauses.children(subject.index, "parataxis"))
    for child in (*clauses.children(index, "obl", "nmod", "parataxis", "advcl"), *inserted):
        if child.index not in trigger:
            yield from _beside(clauses, child.index, cue_index)
    yield from _forces(clauses, index, cue_index)
    above = _judgement(clauses, index) if token.dep == "nsubj" else token.head
    if above is None or above < 0 or above in trigger or not _may_be_governed(clauses, index):
        return
    for cue in rows_at(cue_index, clauses.tokens[above]):
        if cue.pos in ("verb", "noun", "adj", "adv") and _is_word_of(clauses, cue, above) and _governs(clauses, cue, index, above):
            yield cue, _speaker(clauses, above) if cue.pos == "verb" else clauses.child(above, "nmod:poss")
            break
    yield from _parted(clauses, index, cue_index)


def _forces(clauses: Clauses, index: int, cue_index: Mapping[str, tuple[Cue, ...]]) -> Iterator[tuple[Cue, int | None]]:
    """What kills as subject as well as in the passive, yet is nobody: "a storm killed three", as "killed by a storm"."""
    subjects = list(clauses.children(index, "nsubj"))
    words = {word.lemma.lower() for subject in subjects for word in (subject, *clauses.children(subject.index, "compound", "flat"))}
    for cue in cue_index.get(AGENT, ()):
        if cue.pos == "prep" and len(cue.trigger) > 2 and words & cue.trigger[1] and clauses.tokens[index].lemma.lower() in cue.trigger[2]:
            yield cue, None


def _parted(clauses: Clauses, index: int, cue_index: Mapping[str, tuple[Cue, ...]]) -> Iterator[tuple[Cue, int | None]]:
    """The noun that a phrase belongs to though a verb stands between: "calls are growing | for a boycott"."""
    token = clauses.tokens[index]
    if not token.dep.startswith("obl") or not clauses.phrases.cases(index) & ABOUT:
        return
    for noun in clauses.children(token.head, "nsubj"):
        for cue in rows_at(cue_index, noun):
            if cue.pos == "noun" and noun.pos in NOUNS and cue.readings & set(UNREAL):
                yield cue, clauses.child(noun.index, "nmod:poss")


def _is_word_of(clauses: Clauses, cue: Cue, index: int) -> bool:
    """Tell whether a word is of the part of speech of a cue; a verb is an adjective as a participle without object, "is set to"."""
    token = clauses.tokens[index]
    active = cue.pos == "adj" and token.pos == "VERB" and (token.tag != "VBN" or clauses.child(index, "obj") is not None)
    return token.pos in POS[cue.pos] and not active


def _speaker(clauses: Clauses, verb: int) -> int | None:
    """The subject of a verb of speech; whoever is "quoted as saying"."""
    token = clauses.tokens[verb]
    if token.dep.startswith("advcl") and "as" in clauses.phrases.cases(verb):
        return clauses.object(token.head)
    return clauses.subject(verb)


def _may_be_governed(clauses: Clauses, index: int) -> bool:
    """Tell whether the word above may have this one in its scope: as complement, or as what an adjective judges."""
    token = clauses.tokens[index]
    if token.dep == "nsubj":
        return _judgement(clauses, index) is not None
    if token.dep == "acl:relcl":
        return clauses.content(index)
    if _aside(clauses, index):
        return False
    return token.dep.startswith(GOVERNED) and token.dep != "nmod:poss"


def _judgement(clauses: Clauses, subject: int) -> int | None:
    """The word that judges a subject: "the claim is false", "a deal is near", "a deal is within reach", "the deal fell through"."""
    above = clauses.tokens[clauses.tokens[subject].head]
    if above.pos == "ADJ" or clauses.child(above.index, "cop") is not None:
        return above.index
    if any("happens" in cue.readings and len(cue.readings) > 1 for cue in rows_at(by_head(clauses.phrases.ontology.cues), above)):
        return above.index
    return next((child.index for child in clauses.children(above.index, "xcomp") if child.pos == "ADJ"), None)


def _judges(clauses: Clauses, cue: Cue, subject: int, predicate: int) -> bool:
    """Tell whether a predicate says if its subject happens, rather than where: "a deal is close", not "the raid was close to Goma"."""
    token = clauses.tokens[predicate]
    if len(cue.trigger) == 1 or token.pos == "VERB":
        return token.pos == "ADJ" or "happens" in cue.readings
    copular = any("be" in words for words in cue.trigger[1:])
    return not copular or not (clauses.definite(subject) or clauses.child(predicate, "obl"))


def _hanging(
    clauses: Clauses, index: int, trigger: tuple[int, ...], cue_index: Mapping[str, tuple[Cue, ...]]
) -> Iterator[tuple[Cue, int | None]]:
    """The cues that hang on a word: "not", "may", "potential", "if", "no"."""
    for child in clauses.children(index):
        if child.index in trigger or child.index in clauses.phrases.names:  # "Theresa | May met"
            continue
        for cue in rows_at(cue_index, child) if not _not_only(clauses, child.index) else ():
            if (
                child.dep.split(":")[0] in HANGING.get(cue.pos, ())
                and child.pos in POS[cue.pos]
                and (
                    match(clauses, child.index, cue.trigger[1:]) or (cue.pos == "det" and _followed(clauses, child.index, cue.trigger[1:]))
                )
                and (len(cue.trigger) == 1 or cue.pos != "det" or clauses.tokens[index].pos == "VERB")  # "all but two were killed"
            ):
                yield cue, index if cue.pos == "prep" else None
                break


def _followed(clauses: Clauses, index: int, rest: Sequence[frozenset[str]]) -> bool:
    """Tell whether the further words of a cue stand right behind its first, wherever a parse hangs them: "all | but"."""
    behind = clauses.tokens[index + 1 : index + 1 + len(rest)]
    return len(behind) == len(rest) and all(token.lemma.lower() in words for token, words in zip(behind, rest, strict=True))


def _added(clauses: Clauses, index: int) -> bool:
    """Tell whether a relative clause is the article's own remark on what somebody says: "…, which Kyiv denies"."""
    first = min([index, *(child.index for child in clauses.children(index) if child.pos != "PUNCT")])
    return clauses.tokens[index].dep == "acl:relcl" and first > 0 and clauses.tokens[first - 1].text == ","


def _not_only(clauses: Clauses, index: int) -> bool:
    """Tell whether a "not" denies no more than that this is all: "not only", "not just"."""
    return (
        index + 1 < len(clauses.tokens) and clauses.tokens[index].lemma.lower() == "not" and clauses.tokens[index + 1].lemma.lower() in ALL
    )


def _phrasal_mark(clauses: Clauses, index: int, cue_index: Mapping[str, tuple[Cue, ...]]) -> Iterator[tuple[Cue, int | None]]:
    """The conjunction of two words that a parse takes for a phrase before the clause: "in case | China attacks"."""
    token = clauses.tokens[index]
    if not token.dep.startswith("advcl"):
        return
    first = min([index, *(child.index for child in clauses.children(index))])
    for noun in clauses.children(token.head, "obl"):
        for case in clauses.children(noun.index, "case"):
            for cue in rows_at(cue_index, case) if noun.index + 1 == first else ():
                if cue.pos == "mark" and [noun.lemma in words for words in cue.trigger[1:]] == [True]:
                    yield cue, None


def _aside(clauses: Clauses, index: int) -> bool:
    """Tell whether a participle behind a comma tells of its own: "vowed retaliation, warning Iran"."""
    token = clauses.tokens[index]
    return token.dep == "acl" and token.text.endswith("ing") and token.pos == "VERB" and clauses.tokens[max(index - 1, 0)].text == ","


def _beside(clauses: Clauses, index: int, cue_index: Mapping[str, tuple[Cue, ...]]) -> Iterator[tuple[Cue, int | None]]:
    """What stands beside the clause: speakers ("according to Kyiv", "…, Kyiv said") and frames ("in the film", "in the view of Kyiv")."""
    noun = _described(clauses, index)
    words = (clauses.tokens[noun].lemma.lower(), clauses.tokens[clauses.tokens[index].head].lemma.lower())
    for case in clauses.children(index, "case", "mark", "advmod"):
        for cue in rows_at(cue_index, case):
            if cue.pos == "prep" and cue.trigger[1:] and all(word in lemmas for word, lemmas in zip(words, cue.trigger[1:], strict=False)):
                yield cue, _holder(clauses, noun)
            elif cue.pos == "prep" and "said" in cue.readings and match(clauses, case.index, cue.trigger[1:]):
                yield cue, index
    if clauses.tokens[index].dep == "parataxis" and clauses.tokens[index].pos in POS["verb"]:
        said = [cue for cue in rows_at(cue_index, clauses.tokens[index]) if cue.pos == "verb" and "said" in cue.readings]
        fitting = [cue for cue in said if match(clauses, index, cue.trigger[1:]) is not None]
        if fitting:
            yield max(fitting, key=lambda cue: len(cue.trigger)), clauses.subject(index)


def _described(clauses: Clauses, index: int) -> int:
    """The noun itself, or the one that a relative pronoun stands for: "a film in which"."""
    token = clauses.tokens[index]
    clause = clauses.tokens[token.head]
    return clause.head if token.lemma.lower() in RELATIVE and clause.dep == "acl:relcl" else index


def _holder(clauses: Clauses, noun: int) -> int | None:
    """Whose a view is: "Kyiv's", "of Kyiv"."""
    owner = clauses.child(noun, "nmod:poss")
    return owner if owner is not None else next(iter(clauses.obliques(noun, "of")), None)


def _governs(clauses: Clauses, cue: Cue, index: int, above: int) -> bool:
    """Tell whether the cue above has the word in its scope."""
    token = clauses.tokens[index]
    found = match(clauses, above, _rest(clauses, cue, index, above))
    if found is None or any(child.index not in found for child in clauses.children(above, "compound:prt")):
        return False
    if token.dep == "nsubj":
        return _judges(clauses, cue, index, above)
    if cue.pos == "adv":
        return token.dep == "advcl"
    if token.dep == "obj" and cue.readings == {"hypothetical"} and clauses.definite(index):
        return False
    if token.dep.startswith(("obl", "nmod")):
        about = ABOUT | QUOTING if len(cue.trigger) > 1 else ABOUT
        return "said" not in cue.readings or len(cue.readings) > 1 or bool(clauses.phrases.cases(index) & about)
    if token.dep.startswith("advcl"):
        marks = clauses.phrases.cases(index)
        bare = token.tag == "VBG" and marks <= QUOTING and token.index > above and clauses.tokens[index - 1].text != ","
        reduced = token.tag == "VBN" and index == above + 1  # "feared captured"
        return clauses.infinitive(index) or bool(marks & COMPLEMENTISERS) or bare or reduced
    return True


def _rest(clauses: Clauses, cue: Cue, index: int, above: int) -> list[frozenset[str]]:
    """The words of a cue that must still stand beneath its head: not those on the governed phrase ("off"), nor the "what" it describes."""
    rest = cue.trigger[:-1] if cue.pos == "noun" else cue.trigger[1:]
    token = clauses.tokens[above]
    described = {clauses.tokens[token.head].lemma.lower()} if token.dep == "acl:relcl" else set()
    return [words for words in rest if not words & (clauses.phrases.cases(index) | described)]


def _grammar_at(clauses: Clauses, index: int, trigger: tuple[int, ...], cues: tuple[Cue, ...]) -> list[str]:
    """What no word says: purposes and unfulfilled infinitives, titles in the infinitive."""
    token = clauses.tokens[index]
    if clauses.inverted(index) and token.dep.startswith("advcl"):
        return ["hypothetical"]
    if clauses.yet_to_come(index):
        return ["hypothetical"]
    if _imperative(clauses, index) or _conditional(clauses, index, cues):
        return ["hypothetical"]
    if any(child.lemma.lower() in NOBODY and child.index < index for child in clauses.children(index, "nsubj")):
        return ["negated"]
    if token.dep == "ccomp" and token.tag == "VB" and clauses.finite(index) and not clauses.child(index, "aux"):
        return ["hypothetical"]  # a subjunctive: "insisted that Iran withdraw"
    if not clauses.infinitive(index) or index in trigger or _happens(clauses, index, cues):
        return []
    if any(child.lemma == "be" for child in clauses.children(index, "aux", "cop")):
        return ["intended"]
    if token.dep in ("advcl", "acl", "root"):
        return ["intended"]
    above = clauses.tokens[token.head] if token.head >= 0 else None
    return ["hypothetical"] if token.dep in ("xcomp", "ccomp") and above is not None and above.pos == "ADJ" else []


def _imperative(clauses: Clauses, index: int) -> bool:
    """Tell whether a verb bids: "Attack Paris now"."""
    token = clauses.tokens[index]
    told = any(True for _ in clauses.children(index, "nsubj", "aux", "mark"))
    return token.tag == "VB" and token.dep in ("root", "ccomp", "parataxis") and not told


def _conditional(clauses: Clauses, index: int, cues: tuple[Cue, ...]) -> bool:
    """Tell whether a verb of the present tells what follows if something else happens: "if one protests, he is jailed"."""
    forms = (clauses.tokens[index], *(child for child in clauses.children(index, "aux") if child.lemma != "have"))
    present = {token.tag for token in forms} & {"VBZ", "VBP"}
    conditions = (child.index for child in clauses.children(index, "advcl") if present and clauses.finite(child.index))
    marks = (mark for condition in conditions for mark in clauses.children(condition, "mark"))
    rows = (cue for mark in marks for cue in rows_at(by_head(cues), mark))
    return any(cue.pos == "mark" and len(cue.trigger) == 1 and "hypothetical" in cue.readings for cue in rows)


def _shared_with_above(clauses: Clauses, index: int) -> bool:
    """Tell whether what is said of the word above holds for this one too."""
    token = clauses.tokens[index]
    if token.dep == "acl:relcl":
        return clauses.content(index)
    if token.dep in ("parataxis", "root", "appos", "nmod:poss", "vocative") or _aside(clauses, index):
        return False
    if token.dep.startswith("advcl"):
        return not clauses.finite(index)
    if token.pos in NOUNS and token.dep.startswith(("nsubj", "obl", "nmod")):
        return not clauses.definite(index)
    return True


def _happens(clauses: Clauses, index: int, cues: tuple[Cue, ...]) -> bool:
    """Tell whether the word above says an act happens: its subject ("took place"), its infinitive ("went on to", "first to")."""
    token = clauses.tokens[index]
    if token.head < 0 or not (token.dep.startswith("nsubj") or clauses.infinitive(index)):
        return False
    above = [token.head, *(child.index for child in clauses.children(token.head, "amod"))]
    rows = ((place, cue) for place in above for cue in rows_at(by_head(cues), clauses.tokens[place]) if "happens" in cue.readings)
    return any(match(clauses, place, _rest(clauses, cue, index, place)) for place, cue in rows)


def _own_clause(clauses: Clauses, index: int) -> bool:
    """Tell whether a conjunct has a subject, auxiliaries or a denial of its own, so that the first one's do not hold for it."""
    nor = any(child.lemma.lower() == NOR for child in clauses.children(index, "cc"))
    return nor or clauses.finite(index) or any(child.dep == "aux" for child in clauses.children(index))
