"""Tells how many sources stand behind an event: articles that print much the same text have it from one.

A signature is a MinHash of the runs of words in an article, so that two can be compared without their texts.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations

from rensa import RMinHash

from kg.model import Document, Event

RUN = 3  # words
SIZE, SEED, DIGITS = 128, 1, 4
FEWEST = 20  # runs: of a shorter text nothing can be told


def signature(document: Document) -> str:
    """Sum up which runs of words an article has; nothing if it is too short."""
    text = " ".join(document.text[block.start : block.end] for block in document.blocks if block.kind == "body")
    words = re.findall(r"\w+", text.casefold())
    runs = sorted({" ".join(words[place : place + RUN]) for place in range(len(words) - RUN + 1)})
    if len(runs) < FEWEST:
        return ""
    sketch = RMinHash(num_perm=SIZE, seed=SEED)
    sketch.update(runs)
    return "".join(f"{number & 0xFFFF:0{DIGITS}x}" for number in sketch.digest())


def shared(one: str, other: str) -> float:
    """Estimate from two signatures which share of their runs of words two texts have in common.

    >>> shared("aaaabbbb", "aaaacccc"), shared("", "")
    (0.5, 0.0)
    """
    pairs = list(zip(_numbers(one), _numbers(other), strict=False))
    return sum(left == right for left, right in pairs) / len(pairs) if pairs else 0.0


def _numbers(signature: str) -> list[str]:
    return [signature[place : place + DIGITS] for place in range(0, len(signature), DIGITS)]


def corroborated(events: Iterable[Event], documents: Iterable[Document], threshold: float) -> Iterator[Event]:
    """Note on each event which of its own articles copy one another, and when the first and the last appeared."""
    known = {document.id: document for document in documents}
    for event in events:
        yield _corroborated(event, known, threshold)


def _corroborated(event: Event, known: Mapping[str, Document], threshold: float) -> Event:
    told = [known[id] for id in event.documents if id in known]
    copies = tuple((one.id, other.id) for one, other in combinations(told, 2) if shared(one.signature, other.signature) >= threshold)
    days = sorted(document.published for document in told if document.published)
    return replace(event, copies=copies, first_report=days[0] if days else "", last_report=days[-1] if days else "")
