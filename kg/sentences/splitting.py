"""Parts a paragraph into sentences."""

from collections.abc import Callable, Iterator, Sequence

from kg.sentences.words import Word

FINAL = frozenset(".!?…")
CLOSING = frozenset("\"'”’)]»")
OPENING = frozenset("\"'“‘([«")
CLOSERS = FINAL | CLOSING | {":", ";"}
SURE = 1.0  # a logit; chosen on the development shares of the treebanks
LONGEST = 200  # words; beyond it a sentence is cut, so that one endless line cannot exhaust the memory
Starts = Callable[[tuple[str, ...]], Sequence[float]]
"""How strongly each of some words looks like the first of a sentence: a logit, 0 is even."""


def split(words: Sequence[Word], starts: Starts | None = None) -> Iterator[Sequence[Word]]:
    """Part a paragraph into sentences: after a full stop that is a word of its own, and where ``starts`` sees one begin."""
    begin = 0
    for place in range(1, len(words) + 1):
        if place == len(words) or place - begin >= LONGEST or _sure_start(words, place):
            part = words[begin:place]
            if part:
                yield from _split_further(part, starts(tuple(word for word, _ in part))) if starts else [part]
            begin = place


def _sure_start(words: Sequence[Word], place: int) -> bool:
    """Tell whether a sentence begins at ``place``: a final mark before, a capital, digit or quote after."""
    before = place - 1
    while before and words[before][0] in CLOSING and words[before][1] == words[before - 1][1] + len(words[before - 1][0]):
        before -= 1
    first = words[place][0][0]
    spaced = words[place][1] > words[place - 1][1] + len(words[place - 1][0])
    final = all(mark in FINAL for mark in words[before][0]) and words[before][0] != "..."
    return spaced and final and (first.isupper() or first.isdigit() or first in OPENING)


def _split_further(words: Sequence[Word], starts: Sequence[float]) -> Iterator[Sequence[Word]]:
    """Part where it is surer than not that a sentence begins; where no mark closes one before, only where it is very sure."""
    cuts = [place for place in range(1, len(words)) if starts[place] > (0 if words[place - 1][0][-1] in CLOSERS else SURE)]
    for begin, end in zip([0, *cuts], [*cuts, len(words)], strict=True):
        yield words[begin:end]
