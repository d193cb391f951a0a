"""When, where and how many: the details that stand around a trigger."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.dates import Found as Date
from kg.mentions import LANDS, Found
from kg.model import Token
from kg.statements.clauses import Clauses
from kg.statements.quantities import quantities_around

__all__ = ["date_around", "is_charge", "place_around", "quantities_around"]

PLACES = frozenset({"in", "near", "at", "inside", "outside", "across", "around", "off", "over", "along", "within", "throughout"})
OF = frozenset({"of"})
NAMING = ("compound", "amod", "flat", "appos", "nmod:desc", "nmod:poss")
DESCRIBING = ("nmod:poss", "compound", "amod", "nummod", "nmod:desc")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WITHIN = frozenset({"in", "with", "during"})
MEANWHILE = frozenset({"when", "as", "while"})
OTHER_ACTS = frozenset({"after", "before", "following", "since", "until", "over", "amid", "despite", "for", "about", "to", "of"})
SINGLE = frozenset({"first", "last", "only"})
CHARGES = frozenset({"of", "for"})
FROM_EVENTS = frozenset({"after", "before", "following"})
COMING = frozenset({"will", "shall"})


def place_around(clauses: Clauses, trigger: tuple[int, ...]) -> str:
    """The place that is said: a phrase with "in", "near" and the like that names one, the act's own before those of its sides."""
    trigger = tuple(part for part in trigger if not _is_about(clauses, part))
    below = [child.index for part in trigger for child in clauses.children(part, "obj", "obl", "nsubj:pass", "advmod")]
    below = [index for index in below if not _is_about(clauses, index)]
    below += [
        child.index for part in tuple(below) for child in clauses.children(part, "nmod") if "of" in clauses.phrases.cases(child.index)
    ]
    for index in (*trigger, *below):
        for child in clauses.children(index, "obl", "nmod"):
            cases = clauses.phrases.cases(child.index)
            if cases & PLACES and (place := _place(clauses, child.index, at="at" in cases)):
                return place
            if "on" in cases and (place := _city_within(clauses, child.index)):
                return place
    for child in (child for part in trigger for child in clauses.children(part, "obj", "nsubj:pass")):
        if place := _city_within(clauses, child.index):
            return place
    return next((place for index in trigger for place in _where_subject_is(clauses, index)), "")


def _is_about(clauses: Clauses, noun: int) -> bool:
    """Tell whether a phrase names what an act is about, or another act, whose place is not its own: "over the war in Syria"."""
    return clauses.tokens[noun].dep in ("obl", "nmod") and bool(clauses.phrases.cases(noun) & OTHER_ACTS - {"to", "of"})


def _place(clauses: Clauses, noun: int, *, at: bool) -> str:
    """The place that a noun names, or that stands within its phrase: "the Aleppo region", "the capital, Nairobi"."""
    for part in clauses.phrases.coordinated(noun):
        found = clauses.phrases.names.get(part)
        if found and _is_place(found, at=at):
            return found.text
        if not found and (name := _unlisted_place(clauses, part)):
            return name
    if clauses.tokens[noun].pos != "NOUN" or _is_role(clauses, noun):
        return ""
    for child in clauses.children(noun, *NAMING, "nmod"):
        found = clauses.phrases.names.get(child.index)
        near = child.dep not in ("nmod", "nmod:poss") or bool(clauses.phrases.cases(child.index) & (PLACES | OF))
        if near and found and _is_place(found, at=True):
            return found.text
        if near and not found and (name := _unlisted_place(clauses, child.index)):
            return name
    return ""


def _city_within(clauses: Clauses, noun: int) -> str:
    """The city that a thing is, or is part of: "bombed the village of Kobani", "on the outskirts of Aleppo"."""
    if clauses.tokens[noun].pos != "NOUN" or _is_role(clauses, noun):
        return ""
    for child in clauses.children(noun, "nmod"):
        found = clauses.phrases.names.get(child.index)
        if found and found.name.kind == "place" and clauses.phrases.cases(child.index) == OF:
            return found.text
    return ""


def _where_subject_is(clauses: Clauses, verb: int) -> Iterator[str]:
    """The city where those are who act: "protesters in Tehran"."""
    for subject in clauses.children(verb, "nsubj"):
        for child in clauses.children(subject.index, "nmod"):
            found = clauses.phrases.names.get(child.index)
            if found and found.name.kind in ("place", "metonym") and clauses.phrases.cases(child.index) & PLACES:
                yield found.text


def _unlisted_place(clauses: Clauses, noun: int) -> str:
    """A name that the parser takes for a place: "Strait of Hormuz"."""
    tokens = clauses.tokens
    if not tokens[noun].name.endswith("-place") or noun in clauses.phrases.dates:
        return ""
    start, end = noun, noun + 1
    while start > 0 and tokens[start].name == "I-place":
        start -= 1
    while end < len(tokens) and tokens[end].name == "I-place":
        end += 1
    if tokens[start].text.lower() == "the":
        start += 1
    return clauses.phrases.sentence.text[tokens[start].start : tokens[end - 1].end]


def _is_role(clauses: Clauses, noun: int) -> bool:
    """Tell whether a noun names people, who are not where they come from: "the mayor of Aleppo"."""
    role = clauses.phrases.ontology.roles.get(clauses.tokens[noun].lemma.lower())
    return role is not None and role.type not in LANDS


def _is_place(found: Found, *, at: bool) -> bool:
    """Tell whether a name stands for a place: a city, or a state that something is in, not at."""
    return found.name.kind in ("place", "metonym") or (not at and found.name.kind == "name" and found.name.actor.type == "state")


def date_around(
    clauses: Clauses, trigger: tuple[int, ...], head: int, dates: Sequence[Date], *, real: bool = True, deed: bool = True
) -> Date | None:
    """The date of an act: the one that stands nearest to its trigger, of which ``head`` is the main word.

    "Monday's attack" is the date of a ``deed`` ("carried out Monday's attack"), not of words about it ("condemned").

    What is not ``real`` does not lie when it is spoken of: in "agreed on Monday to meet" nobody meets on Monday.
    What is yet to come lies ahead: "will meet on Friday".
    """
    if any(clauses.tokens[word].dep == "aux" for word in trigger):
        saying = _saying(clauses, head)
        return date_around(clauses, (saying,), saying, dates) if saying is not None else None
    if not deed:
        trigger = tuple(word for word in trigger if word == head or not _is_clause(clauses.tokens[word]))
    order = neighbourhood(clauses, trigger, head, real=real)
    own = trigger if deed else (head,)
    ranked = [
        (rank, not DAY.fullmatch(date.edtf), place)
        for place, date in enumerate(dates)
        if (rank := _rank(clauses, order, own, date)) is not None
    ]
    if not ranked:
        return None
    rank, _, place = min(ranked)
    date = dates[place]
    if clauses.tokens[head].dep == "acl:relcl" and clauses.tokens[head].head in clauses.phrases.dates:
        date = replace(date, edtf=date.edtf.removesuffix("/.."))  # "since 2014, when": what follows was in 2014
    ahead = date.ahead and rank < len(order) and order[rank] in trigger and _yet_to_come(clauses, head, real=real)
    return replace(date, edtf=date.ahead) if ahead else date


def _saying(clauses: Clauses, verb: int) -> int | None:
    """The verb that says what will be: a promise is made on the day that it is spoken."""
    if clauses.tokens[verb].dep == "ccomp":
        return clauses.tokens[verb].head
    return clauses.child(verb, "parataxis")


def _is_clause(token: Token) -> bool:
    """Tell whether a word heads a clause of its own beneath a verb: what is promised, demanded or refused has its own date."""
    return token.pos == "VERB" and token.dep.startswith(("xcomp", "ccomp", "advcl", "acl"))


def neighbourhood(clauses: Clauses, trigger: tuple[int, ...], head: int, *, real: bool) -> list[int]:
    """The words whose dates are the act's: its own, then those above it up to the limits of its clause."""
    order = [head, *(word for word in trigger if word != head)]
    index = order[0] if clauses.tokens[head].head not in trigger else trigger[0]
    while clauses.tokens[index].head >= 0 and not _ends_above(clauses, clauses.tokens[index], trigger, real=real):
        index = _above(clauses, clauses.tokens[index])
        if index in order and clauses.tokens[index].head in order:
            break
        if index not in order:
            order.append(index)
    return order


def _above(clauses: Clauses, token: Token) -> int:
    """The word above; of a participle behind its speaker, the clause that it goes on: "rebels came, police said, killing two"."""
    if token.dep.startswith("advcl") and token.tag == "VBG":
        told = (child.index for child in clauses.children(token.head, "ccomp") if child.index < token.head < token.index)
        return next(told, token.head)
    return token.head


def _ends_above(clauses: Clauses, token: Token, trigger: tuple[int, ...], *, real: bool) -> bool:
    """Tell whether the clause of an act ends at a word, so that the dates above it are those of another."""
    if token.head in trigger:
        return False
    if token.dep == "acl:relcl" and _takes_place_in(clauses, token):
        return False
    if token.dep == "obl" and clauses.phrases.cases(token.index) & WITHIN:
        return False
    if token.dep.startswith(("ccomp", "acl", "parataxis", "nmod", "obl")):
        return True
    if token.dep.startswith(("obj", "nsubj:pass")) and token.pos in ("NOUN", "PROPN"):
        return True  # "condemned on Monday the attack"
    if token.dep.startswith("advcl"):
        return (clauses.finite(token.index) and not _at_the_time(clauses, token.index)) or _governed(clauses, token.index)
    if token.dep.startswith("conj"):
        return clauses.finite(token.index)
    return token.dep == "xcomp" and not real and clauses.infinitive(token.index)


def _takes_place_in(clauses: Clauses, token: Token) -> bool:
    """Tell whether a relative clause tells what happens in an act, or on a date: "an attack in which", "2014, when"."""
    if token.head in clauses.phrases.dates:
        return any(child.lemma == "when" for child in clauses.children(token.index, "advmod", "mark"))
    return any(child.lemma == "which" and "in" in clauses.phrases.cases(child.index) for child in clauses.children(token.index, "obl"))


def _at_the_time(clauses: Clauses, verb: int) -> bool:
    """Tell whether a clause goes on at the same time as the one above: "when troops attacked"."""
    return any(child.lemma.lower() in MEANWHILE for child in clauses.children(verb, "mark", "advmod"))


def _governed(clauses: Clauses, verb: int) -> bool:
    """Tell whether a participle hangs on a preposition: "for attacking", "after attacking"."""
    return clauses.tokens[verb].tag == "VBG" and any(True for _ in clauses.children(verb, "mark", "case"))


def _rank(clauses: Clauses, order: list[int], own: tuple[int, ...], date: Date) -> int | None:
    """How far from an act a date hangs, as a place in ``order``; nothing if it is that of another act."""
    inside = [token for token in clauses.tokens if date.start <= token.start < date.end]
    top = next((token for token in inside if token.head < 0 or not date.start <= clauses.tokens[token.head].start < date.end), None)
    if top is None or _compares(clauses, inside[0], top) or (not date.edtf and _refers(clauses, inside[-1], order)):
        return None
    index, through_subject, clauses_between = top.index, False, 0
    while index not in order:
        token = clauses.tokens[index]
        if token.head < 0 or _ends_below(clauses, token, order, own):
            return None
        through_subject |= token.dep.startswith("nsubj")
        clauses_between += token.pos == "VERB"
        index = _hung(clauses, token) if index == top.index else token.head
    if through_subject and not DAY.fullmatch(date.edtf):
        return None
    return order.index(index) + len(order) * (through_subject + clauses_between)


def _hung(clauses: Clauses, date: Token) -> int:
    """On what a date hangs; behind a charge it is that of the deed: "accused Iraq of attacking Oman | in May"."""
    between = [child.index for child in clauses.children(date.head, "advcl") if date.head < child.index < date.index]
    return between[-1] if between and is_charge(clauses, between[-1]) else date.head


def is_charge(clauses: Clauses, verb: int) -> bool:
    """Tell whether a participle is what somebody is charged with, who may have done it on any day: "accused Iraq | of attacking Oman"."""
    marks = {mark.text.lower() for mark in clauses.children(verb, "mark", "case")}
    return clauses.tokens[verb].tag == "VBG" and clauses.tokens[verb].dep == "advcl" and bool(marks & CHARGES)


def _is_other_act(clauses: Clauses, noun: int) -> bool:
    """Tell whether a phrase names another act: "following the attack in May", "in response to the attack on Monday"."""
    cases = list(clauses.children(noun, "case"))
    compound = any(True for case in cases for _ in clauses.children(case.index, "fixed"))
    return compound or any(case.text.lower() in OTHER_ACTS for case in cases)


def _refers(clauses: Clauses, last: Token, order: list[int]) -> bool:
    """Tell whether a date refers to another act: "attacked Syria two days after Iraq left" tells no date, but reports news."""
    return last.text.lower() in FROM_EVENTS and last.head != order[0]


def _ends_below(clauses: Clauses, token: Token, order: list[int], own: tuple[int, ...]) -> bool:
    """Tell whether a word between a date and an act parts them, so that the date is that of another act or thing."""
    if token.dep in ("acl:relcl", "ccomp", "parataxis"):
        return True
    if token.dep.startswith(("advcl", "acl", "xcomp")) and token.pos == "VERB":
        if token.dep.startswith("advcl") and _at_the_time(clauses, token.index):
            return False
        return token.tag != "VBG" or token.dep.startswith("acl") or _governed(clauses, token.index) or clauses.finite(token.index)
    if token.dep.startswith(("advcl", "conj")) and clauses.finite(token.index):
        return True
    if token.pos == "NOUN" and token.index not in clauses.phrases.dates and _is_other_act(clauses, token.index):
        return True
    described = clauses.tokens[token.head]
    if described.pos not in ("NOUN", "PROPN") or described.dep.startswith("nsubj") or described.index in own:
        return False
    if token.dep in DESCRIBING or (token.dep == "nmod:unmarked" and token.index < token.head):
        return True  # "condemned Monday's attack", "violated the 2015 deal"
    return token.dep.startswith("nmod") and described.index not in order and bool(clauses.phrases.cases(token.index) & {"of", "from"})


def _compares(clauses: Clauses, first: Token, top: Token) -> bool:
    """Tell whether a date is there to compare with: "the first attack since 2014", "more than in 2019"."""
    before = [token.text.lower() for token in clauses.tokens[max(0, first.index - 2) : first.index]]
    if "than" in before or "compared" in before:
        return True
    if first.text.lower() != "since" or top.head < 0:
        return False
    governor = clauses.tokens[top.head]
    compared = [governor.index, *(child.index for child in clauses.children(governor.index, "obj", "obl", "nmod", "xcomp"))]
    compared += [governor.head] if governor.dep.startswith("acl") else []
    return any(_is_single(child) for noun in compared for child in clauses.children(noun))


def _is_single(token: Token) -> bool:
    """Tell whether a word singles out one of all: "first", "only", "largest"; "at least" does not."""
    if token.text.lower() in ("least", "most"):
        return token.tag == "RBS"
    return token.lemma.lower() in SINGLE or (token.tag in ("JJS", "RBS") and token.text.lower().endswith("st"))


def _yet_to_come(clauses: Clauses, head: int, *, real: bool) -> bool:
    """Tell whether an act lies ahead of the day of publication, by its auxiliaries or because it is not real."""
    auxiliaries = list(clauses.children(head, "aux"))
    if any(child.lemma == "have" for child in auxiliaries):
        return False
    return not real or any(child.lemma in COMING for child in auxiliaries)
