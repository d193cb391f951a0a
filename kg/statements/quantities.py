"""How many: the counted nouns of an act, and those of its consequences ("killing five")."""

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from kg.model import Quantity, Token
from kg.statements.clauses import Clauses
from kg.statements.numbers import SCALES, Amount, amounts_in

COUNTED = frozenset({"NOUN", "PROPN", "NUM", "SYM", "ADJ"})
COUNTING = ("nummod", "compound", "det", "amod", "quantmod", "advmod", "nmod")
TIMES = frozenset({"second", "minute", "hour", "day", "night", "week", "month", "year", "decade", "century"})
LASTING = frozenset({"for", "to", "of"})
REASONS = frozenset({"over", "for", "after", "before", "following", "amid", "despite", "about"})
FRACTIONS = frozenset({"half", "third", "quarter", "fifth", "tenth"})
VAGUE_WORDS = frozenset({"over", "under", "above", "below", "about", "around", "near"})
BEYOND = frozenset({"more", "other", "further", "additional", "many", "few", "fewer", "such", "estimated"})
RESULTS = ("ADJ", "VERB")
UNMARKED = ("obl:unmarked", "obl:npmod", "obl:tmod", "nmod:unmarked", "nmod:npmod", "nmod:tmod")


def quantities_around(clauses: Clauses, trigger: tuple[int, ...]) -> tuple[Quantity, ...]:
    """Read the counted nouns of a trigger: its own, its objects and subjects, and those of a consequence ("killing five")."""
    dates = [clauses.tokens[index].start for index in clauses.phrases.dates]
    amounts = [one for one in amounts_in(clauses.phrases.sentence.text) if not any(one.start <= date < one.end for date in dates)]
    if not amounts:
        return ()
    places = [*trigger, *(place for index in trigger for place in _around(clauses, index))]
    for place in tuple(places):
        places += _within(clauses, place)
    found = (quantity for place in sorted(set(places)) for quantity in _counted(clauses, place, amounts))
    return tuple(dict.fromkeys(found))


def _around(clauses: Clauses, index: int) -> Iterator[int]:
    """The nouns that may be counted around a word of a trigger."""
    token = clauses.tokens[index]
    for child in clauses.children(index, "obj", "iobj", "nsubj:pass", "obl", "nmod", "compound"):
        yield child.index
        if child.pos == "NOUN" and "in" in clauses.phrases.cases(child.index):
            yield from _told_of(clauses, child.index)
    yield from _acting(clauses, index)
    yield from _others(clauses, index)
    yield from _results(clauses, index)
    yield from _told_of(clauses, index)
    for child in clauses.children(index, "xcomp"):
        if clauses.infinitive(child.index):
            yield from (inner.index for inner in clauses.children(child.index, "obj", "obl"))
    if token.pos != "VERB":
        yield from _above_noun(clauses, token)
    elif token.dep.startswith("advcl") and any(child.lemma == "when" for child in clauses.children(index, "mark", "advmod")):
        yield from (child.index for child in clauses.children(token.head) if child.dep == "nsubj:pass")


def _known_aside(clauses: Clauses, noun: Token) -> bool:
    """Tell whether a phrase with a preposition speaks of what is known: "a pact between the two countries"."""
    if not noun.dep.startswith(("obl", "nmod")) or "of" in clauses.phrases.cases(noun.index):
        return False
    return clauses.definite(noun.index) or clauses.child(noun.index, "nmod:poss") is not None


def _told_of(clauses: Clauses, index: int) -> Iterator[int]:
    """Those to whom it happens according to a clause that hangs on the act: "killing five", "a raid in which 12 people died"."""
    for child in clauses.children(index, "advcl", "acl"):
        described = child.dep.startswith("acl") and child.tag in ("VBG", "VBN")
        follows = child.dep.startswith("advcl") and child.tag == "VBG" and clauses.child(child.index, "mark", "case") is None
        elsewhere = any(inner.lemma == "where" for inner in clauses.children(child.index, "advmod"))
        if described or follows or (child.dep == "acl:relcl" and not elsewhere):
            yield from _suffering(clauses, child.index)


def _acting(clauses: Clauses, verb: int) -> Iterator[int]:
    """The subject, unless it is known already: "the two sides"."""
    for child in clauses.children(verb, "nsubj"):
        if not clauses.definite(child.index):
            yield child.index


def _others(clauses: Clauses, verb: int) -> Iterator[int]:
    """Whom else the same act struck: "killed 14 people and wounded 60 others", "and wounded two"."""
    for other in clauses.children(verb, "conj"):
        for child in clauses.children(other.index, "obj"):
            if clauses.child(other.index, "nsubj") is None and (child.pos == "NUM" or child.lemma.lower() == "other"):
                yield child.index


def _suffering(clauses: Clauses, verb: int) -> Iterator[int]:
    """Those to whom a consequence happens: "killing five and wounding 12", "leaving 20 dead", "in which 12 people died"."""
    for one in (verb, *(child.index for child in clauses.children(verb, "conj") if child.pos == "VERB")):
        yield from (child.index for child in clauses.children(one, "obj", "nsubj", "nsubj:pass"))
        yield from _results(clauses, one)


def _results(clauses: Clauses, verb: int) -> Iterator[int]:
    """What follows in "left 12 people dead and 30 injured"."""
    if not any(child.pos in RESULTS for child in clauses.children(verb, "xcomp")):
        return
    yield from (child.index for child in clauses.children(verb, "obj"))
    for result in clauses.children(verb, "xcomp"):
        for other in (*clauses.children(result.index, "conj"), *clauses.children(verb, "conj")):
            if clauses.child(other.index, "aux") is None:
                yield from (child.index for child in clauses.children(other.index, "nsubj", "nsubj:pass", "obj"))


def _above_noun(clauses: Clauses, noun: Token) -> Iterator[int]:
    """Those to whom it happens "in an attack", whom "the attack left dead", or what it does by "killing 12"."""
    verb = noun.head
    if verb >= 0 and noun.dep == "nmod" and clauses.phrases.cases(noun.index) & {"of", "in"}:
        yield verb  # "three rounds of talks", "$1 billion in aid"
    if verb < 0 or not noun.dep.startswith(("nsubj", "obl", "obj")):
        return
    if noun.dep.startswith("obl"):
        if "in" in clauses.phrases.cases(noun.index) and clauses.child(verb, "obj") is None:
            yield from (child.index for child in clauses.children(verb, "nsubj", "nsubj:pass"))
        return
    yield from _results(clauses, verb)
    if noun.dep == "nsubj" and clauses.child(verb, "ccomp", "xcomp") is None:
        yield from (child.index for child in clauses.children(verb, "obj"))
        yield from _others(clauses, verb)
    for child in clauses.children(verb, "advcl"):
        if child.tag == "VBG":
            yield from _suffering(clauses, child.index)


def _within(clauses: Clauses, place: int) -> Iterator[int]:
    """What is coordinated with a noun or hangs on it: "20 tanks and 300 soldiers", "a deal worth 20 million dollars"."""
    for child in clauses.children(place, "conj", "nmod", "compound"):
        apart = child.dep == "nmod:poss" or bool(clauses.phrases.cases(place) & REASONS)  # "arrested for the murder of two women"
        total = child.dep == "nmod" and clauses.tokens[place].pos == "NUM"  # "15 of 20 drones"
        if child.pos in COUNTED and not apart and not total:
            yield child.index
        if child.pos in COUNTED and not apart and not total and not clauses.phrases.cases(child.index) & REASONS:
            yield from (inner.index for inner in clauses.children(child.index, "conj", "nmod") if inner.pos in COUNTED)
    for child in clauses.children(place, "acl", "amod"):
        if child.pos == "ADJ":
            yield from (inner.index for inner in clauses.children(child.index, "obj", "obl"))


def _counted(clauses: Clauses, noun: int, amounts: list[Amount]) -> Iterator[Quantity]:
    token = clauses.tokens[noun]
    if token.pos not in COUNTED or noun in clauses.phrases.dates or token.lemma.lower() in FRACTIONS:
        return
    if _is_time(clauses, token) or _known_aside(clauses, token) or _singled_out(clauses, token):
        return
    amount = _amount_of(clauses, token, amounts)
    if amount is None:
        return
    unit = _unit(clauses, noun, amount)
    for value, qualifier in amount.values:
        yield Quantity(value, _stripped(clauses, noun, amount, qualifier), unit)


def _singled_out(clauses: Clauses, token: Token) -> bool:
    """Tell whether "one" praises or blames and counts nothing: "one of the most dangerous escalations"."""
    kinds = (kind for noun in clauses.children(token.index, "nmod") for kind in clauses.children(noun.index, "amod"))
    superlative = any(kind.tag == "JJS" or any(child.text == "most" for child in clauses.children(kind.index)) for kind in kinds)
    return token.text.lower() == "one" and superlative


def _is_time(clauses: Clauses, token: Token) -> bool:
    """Tell whether a noun says when, or how far off, and not how many: "in three days", "30 km away"; "three times" does."""
    if token.dep in UNMARKED:
        return token.lemma != "time"
    cases = clauses.phrases.cases(token.index)
    return token.lemma.lower() in TIMES and bool(cases) and not cases & LASTING


def _amount_of(clauses: Clauses, noun: Token, amounts: list[Amount]) -> Amount | None:
    """The number that counts a noun, or that stands for one: "wounding 12"."""
    if noun.pos == "NUM":
        own = next((amount for amount in amounts if amount.start <= noun.start < amount.end), None)
        return own if noun.dep.startswith(("obj", "nsubj", "conj")) and own and not _counts(clauses, own) else None
    for child in clauses.children(noun.index, *COUNTING):
        if child.index in clauses.phrases.dates or (child.dep.startswith("nmod") and child.pos != "NUM"):
            continue
        for amount in amounts:
            if amount.start <= child.start < amount.end and (amount.end <= noun.start or _is_currency(noun.text)):
                return amount
    first = min([noun.start, *(clauses.tokens[part].start for part in _modifiers(clauses, noun.index, 0))])
    before = (amount for amount in amounts if amount.end < first and not clauses.phrases.sentence.text[amount.end : first].strip())
    return next((amount for amount in before if not _counts(clauses, amount)), None)


def _counts(clauses: Clauses, amount: Amount) -> bool:
    """Tell whether the parse lets a number count a noun outside it."""
    inside = {token.index for token in clauses.tokens if amount.start <= token.start < amount.end}
    heads = {clauses.tokens[index].head for index in inside if clauses.tokens[index].dep in ("nummod", "compound", "amod")} - inside
    return any(clauses.tokens[head].head not in inside for head in heads)


def _stripped(clauses: Clauses, noun: int, amount: Amount, qualifier: str) -> str:
    """The qualifier, without a preposition of the noun: in "flew over 12 cities" nothing is vague."""
    first = qualifier.partition(" ")[0]
    if first not in VAGUE_WORDS:
        return qualifier
    case = any(child.start >= amount.begin and child.text.lower() == first for child in clauses.children(noun, "case"))
    return qualifier.partition(" ")[2] if case else qualifier


def _unit(clauses: Clauses, noun: int, amount: Amount) -> str:
    """The counted thing, with its modifiers and what is coordinated with it: "missiles and drones", "tonnes of food"."""
    token = clauses.tokens[noun]
    if token.pos == "NUM":
        return _unit_of_numeral(clauses, token, amount)
    parts = set(range(min([noun, *_modifiers(clauses, noun, amount.end)]), noun + 1))
    others = [child for child in clauses.children(noun, "conj") if child.pos in ("NOUN", "PROPN")]
    if not any(child.dep in ("nummod", "det") for other in others for child in clauses.children(other.index)):
        for other in others:
            parts |= {other.index, *(child.index for child in clauses.children(other.index, "cc", "compound", "amod", "punct"))}
    return _written(clauses, parts | _substance(clauses, noun))


def _written(clauses: Clauses, parts: set[int]) -> str:
    """Words as the sentence writes them: "F-16 jets"."""
    tokens = [clauses.tokens[part] for part in sorted(parts)]
    gaps = [" " if one.end < other.start else "" for one, other in pairwise(tokens)]
    return "".join(token.text + gap for token, gap in zip(tokens, [*gaps, ""], strict=True))


def _modifiers(clauses: Clauses, noun: int, start: int) -> Iterator[int]:
    """The modifiers of a noun from an offset on, with their own."""
    for child in clauses.children(noun, "compound", "amod"):
        if child.start >= start and child.index < noun and child.text.lower() not in BEYOND:
            yield child.index
            yield from (inner.index for inner in clauses.children(child.index, "compound", "punct", "amod") if inner.start >= start)


def _substance(clauses: Clauses, noun: int) -> set[int]:
    """What is measured: "tonnes of food", "rounds of talks"."""
    for child in clauses.children(noun, "nmod"):
        if child.pos != "NOUN" or child.index in clauses.phrases.dates:
            continue
        below = [one for one in clauses.children(child.index) if one.dep != "punct"]
        if [one.text.lower() for one in below] == ["of"]:
            return {below[0].index, child.index}
    return set()


def _unit_of_numeral(clauses: Clauses, numeral: Token, amount: Amount) -> str:
    """What a numeral without a noun counts: "12 of the ships", "leaving 20 dead", "Twelve were killed"; nothing if that is not said."""
    for child in clauses.children(numeral.index, "nmod"):
        if "of" in clauses.phrases.cases(child.index) and child.pos in ("NOUN", "PROPN"):
            if child.lemma.lower() in SCALES:  # "three of the dozens of hostages"
                return _unit_of_numeral(clauses, child, amount)
            parts = {child.index, *_modifiers(clauses, child.index, amount.end)}
            return _written(clauses, {part for part in parts if clauses.tokens[part].pos != "NUM"})
    if numeral.dep == "nsubj:pass":
        return clauses.tokens[numeral.head].text
    return next((child.text for child in clauses.children(numeral.head, "xcomp") if numeral.dep == "obj" and child.pos in RESULTS), "")


def _is_currency(text: str) -> bool:
    return bool(text) and unicodedata.category(text[-1]) == "Sc"
