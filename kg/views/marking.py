"""Marks in a sentence the words that express the action, and the names of those who act and are acted upon."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.model import Actor, Event
from kg.ontology import Name

ACTION, PARTY = "action", "party"
SHORTEST = 3  # letters of the last word of a name that may stand for the whole

Span = tuple[int, int, str]
Piece = tuple[str, str]


def other_names(names: Mapping[str, Name], events: Iterable[Event]) -> dict[str, tuple[str, ...]]:
    """Return what else the actors of these events are called, by their ids, sorted; a place in a land is no name of it."""
    wanted = {actor.id for event in events for actor in (event.actor, event.target) if actor}
    found: dict[str, set[str]] = {}
    for words, name in names.items():
        if name.kind != "place" and name.actor.id in wanted and words != name.actor.label:
            found.setdefault(name.actor.id, set()).add(words)
    return {id: tuple(sorted(called)) for id, called in sorted(found.items())}


def marked(quote: str, trigger: str, parties: Iterable[Sequence[Sequence[str]]] = ()) -> list[Piece]:
    """Cut a sentence into pieces, each with what it is: the action's words, a party's name, or neither (empty).

    Words of the trigger that stand apart are marked apart, each at its first place after the one before.
    ``parties`` are the names of each, in groups of which the first that is there counts.

    >>> marked("It carried out a strike.", "carried out strike")[1:3]
    [('carried', 'action'), (' ', '')]
    >>> marked("Valdria met Osmere.", "met", [[["Valdria"]], [["Osmere"]]])
    [('Valdria', 'party'), (' ', ''), ('met', 'action'), (' ', ''), ('Osmere', 'party'), ('.', '')]
    """
    spans: list[Span] = list(_trigger(quote, trigger))
    for groups in parties:
        if found := _name(quote, groups, spans):
            spans.append(found)
    return list(_cut(quote, sorted(spans)))


def names_of(actor: Actor, names: Iterable[str]) -> list[tuple[str, ...]]:
    """Return by what a sentence may call the actor, in groups of which the first counts: label, other names, last word of the label."""
    last = [word for word in actor.label.split()[-1:] if len(word) >= SHORTEST and word[0].isupper()]
    return [(actor.label,), tuple(sorted(names, key=lambda name: (-len(name), name))), tuple(last)]


def _trigger(quote: str, trigger: str) -> Iterator[Span]:
    words = [trigger] if trigger and trigger in quote else trigger.split()
    end = 0
    for word in words:
        start = quote.find(word, end)
        if start >= 0:
            end = start + len(word)
            yield start, end, ACTION


def _name(quote: str, groups: Iterable[Iterable[str]], spans: Sequence[Span]) -> Span | None:
    """Find the first whole-word place of a name of the first group that is there, off what is marked already."""
    for names in groups:
        places = [found for name in names if name and (found := _place(quote, name, spans))]
        if places:
            return min(places)
    return None


def _place(quote: str, name: str, spans: Sequence[Span]) -> Span | None:
    start = quote.find(name)
    while start >= 0:
        end = start + len(name)
        whole = not (_letter(quote, start - 1) or _letter(quote, end))
        if whole and all(end <= span[0] or span[1] <= start for span in spans):
            return start, end, PARTY
        start = quote.find(name, start + 1)
    return None


def _letter(quote: str, place: int) -> bool:
    return 0 <= place < len(quote) and re.match(r"\w", quote[place]) is not None


def _cut(quote: str, spans: Iterable[Span]) -> Iterator[Piece]:
    end = 0
    for start, stop, kind in spans:
        if start > end:
            yield quote[end:start], ""
        yield quote[start:stop], kind
        end = stop
    if end < len(quote):
        yield quote[end:], ""
