"""When, where and how many: the details that stand around a trigger."""

import re
from collections.abc import Iterator

from kg.mentions import Found
from kg.model import Quantity, Token
from kg.statements.clauses import Clauses

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS = {word: value for value, word in enumerate(ONES.split())} | {word: 20 + 10 * place for place, word in enumerate(TENS.split())}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
PLACES = frozenset({"in", "near", "at", "inside", "outside", "across", "around", "off", "over"})
QUALIFIERS = frozenset(
    [
        "about",
        "around",
        "approximately",
        "some",
        "nearly",
        "almost",
        "roughly",
        "over",
        "under",
        "more",
        "less",
        "than",
        "at",
        "least",
        "most",
        "up",
        "to",
        "only",
        "exactly",
        "estimated",
    ]
)


def number(text: str) -> float | None:
    """Read a number written in digits or words.

    >>> number("1,200"), number("eighty-five"), number("two hundred"), number("1.5 million"), number("several")
    (1200.0, 85.0, 200.0, 1500000.0, None)
    """
    total, part, seen = 0.0, 0.0, False
    for word in re.findall(r"\d[\d,]*(?:\.\d+)?|[a-z]+", text.lower()):
        if word[0].isdigit():
            part += float(word.replace(",", ""))
        elif word in NUMBERS:
            part += NUMBERS[word]
        elif word in SCALES:
            part = (part or 1) * SCALES[word]
            if SCALES[word] >= 1000:
                total, part = total + part, 0.0
        elif word not in ("and", "a"):
            return None
        seen = seen or word not in ("and", "a")
    return total + part if seen else None


def quantities_around(clauses: Clauses, trigger: tuple[int, ...]) -> tuple[Quantity, ...]:
    """Read the counted nouns of a trigger: its own, its objects and subjects, and those of a consequence ("killing five")."""
    places = list(trigger)
    for index in trigger:
        places += [child.index for child in clauses.children(index, "obj", "nsubj:pass", "obl", "nmod", "compound")]
        for child in clauses.children(index, "advcl"):
            if child.tag == "VBG":
                places += [inner.index for inner in clauses.children(child.index, "obj")]
    places += [child.index for place in tuple(places) for child in clauses.children(place, "conj", "nmod") if child.pos == "NOUN"]
    found = (quantity for place in dict.fromkeys(places) for quantity in _counted(clauses, place))
    return tuple(dict.fromkeys(found))


def _counted(clauses: Clauses, noun: int) -> Iterator[Quantity]:
    token = clauses.tokens[noun]
    if token.pos not in ("NOUN", "PROPN", "NUM"):
        return
    for child in clauses.children(noun, "nummod"):
        value = number(_words(clauses, child.index))
        if value is not None and child.pos == "NUM" and not _in_range(clauses, child.index):
            yield Quantity(value, _qualifier(clauses, child.index), _unit(clauses, noun, child))


def _in_range(clauses: Clauses, index: int) -> bool:
    """Tell whether a number is an end of a range, which no single number tells: "between 20 and 30", "20 to 30"."""
    around = [clauses.tokens[place].text.lower() for place in (index - 1, index + 1) if 0 <= place < len(clauses.tokens)]
    return "between" in around or bool({"to", "-", "–"} & set(around[1:]))


def _words(clauses: Clauses, index: int) -> str:
    parts = sorted([index, *(child.index for child in clauses.children(index, "compound", "flat", "nummod", "amod"))])
    return " ".join(clauses.tokens[part].text for part in parts)


def _qualifier(clauses: Clauses, index: int) -> str:
    """The words before a number that make it vague: "more than", "at least", "some"."""
    words: list[str] = []
    first = min([index, *(child.index for child in clauses.children(index, "compound", "flat"))])
    while first and clauses.tokens[first - 1].text.lower() in QUALIFIERS:
        first -= 1
        words.insert(0, clauses.tokens[first].text.lower())
    return " ".join(words)


def _unit(clauses: Clauses, noun: int, count: Token) -> str:
    """The counted thing, with its modifiers and what is coordinated with it: "missiles and drones"."""
    parts = {noun, *(child.index for child in clauses.children(noun, "compound", "amod") if child.index > count.index)}
    for other in clauses.children(noun, "conj"):
        if not any(True for _ in clauses.children(other.index, "nummod")) and other.pos in ("NOUN", "PROPN"):
            parts |= {other.index, *(child.index for child in clauses.children(other.index, "cc", "compound", "amod"))}
    return " ".join(clauses.tokens[part].text for part in sorted(parts))


def place_around(clauses: Clauses, trigger: tuple[int, ...]) -> str:
    """The place that is said: a phrase with "in", "near" and the like that names one."""
    for index in (*trigger, *(child.index for part in trigger for child in clauses.children(part, "obj", "obl", "nsubj:pass"))):
        for child in clauses.children(index, "obl", "nmod"):
            cases = clauses.phrases.cases(child.index)
            if not cases & PLACES:
                continue
            for part in clauses.phrases.coordinated(child.index):
                found = clauses.phrases.names.get(part)
                if found and _is_place(found, at="at" in cases):
                    return found.text
    return ""


def _is_place(found: Found, *, at: bool) -> bool:
    """Tell whether a name stands for a place: a city, or a state that something is in, not at."""
    return found.name.kind in ("place", "metonym") or (not at and found.name.kind == "name" and found.name.actor.type == "state")


def neighbourhood(clauses: Clauses, trigger: tuple[int, ...]) -> list[int]:
    """The words whose dates are the act's: its own, then those above it up to the limits of its clause."""
    order = list(trigger)
    index = trigger[0]
    while clauses.tokens[index].head >= 0 and not clauses.tokens[index].dep.startswith(("ccomp", "acl:relcl", "parataxis", "nmod", "obl")):
        if clauses.tokens[index].dep in ("advcl", "acl") and clauses.finite(index):
            break
        index = clauses.tokens[index].head
        order.append(index)
    return order


def nearest(clauses: Clauses, order: list[int], spans: list[tuple[int, int]]) -> int | None:
    """Choose among spans of characters the one that stands in the neighbourhood, nearest first; its index."""
    best: tuple[int, int] | None = None
    for number_, (start, end) in enumerate(spans):
        inside = [token for token in clauses.tokens if start <= token.start < end]
        head = next((token.index for token in inside if not start <= clauses.tokens[token.head].start < end or token.head < 0), None)
        while head is not None and head >= 0 and head not in order:
            dep = clauses.tokens[head].dep
            boundary = dep in ("acl:relcl", "ccomp", "parataxis") or (dep.startswith(("advcl", "conj")) and clauses.finite(head))
            head = None if boundary else clauses.tokens[head].head
        if head is not None and head >= 0:
            rank = order.index(head)
            best = min(best, (rank, number_)) if best else (rank, number_)
    return best[1] if best else None
