"""When, where and how many: the details that stand around a trigger."""

from kg.mentions import Found
from kg.statements.clauses import Clauses
from kg.statements.quantities import quantities_around

__all__ = ["nearest", "neighbourhood", "place_around", "quantities_around"]

PLACES = frozenset({"in", "near", "at", "inside", "outside", "across", "around", "off", "over"})


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
