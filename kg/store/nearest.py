"""Finds the named questions that somebody may have meant: by spelling, and by the words of what they ask."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

MOST = 5
SLIP, LIKE = 0.75, 0.6
"""How alike two names are of which one is a slip of the pen, and of which one may be."""
SHORTEST = 4  # letters that two words of one stem begin with
ENDING = 3  # letters of the shorter word that may follow them
COMMON = 0.15
"""What share of the questions a word may be in and still tell one from another."""
NAMED = 2
"""How much more a word counts in the name of a question than in what it asks."""
WORD = re.compile(r"[^\W\d_]{3,}")


def nearest_questions(wanted: str, meanings: Mapping[str, str]) -> list[str]:
    """Names that are spelt nearly so, then those that share words of the same stem, in the name or in the meaning, most telling first.

    Where there are none, names that are spelt somewhat so.
    """
    names = sorted(meanings)
    near = dict.fromkeys([*get_close_matches(wanted, names, MOST, SLIP), *_by_words(wanted, meanings)])
    return list(near)[:MOST] or get_close_matches(wanted, names, MOST, LIKE)


def _by_words(wanted: str, meanings: Mapping[str, str]) -> list[str]:
    """Questions that share words with what is wanted; what many of them share counts less, and nothing if it is common."""
    scores: dict[str, float] = {}
    names, asking = {name: _words(name) for name in meanings}, {name: _words(meaning) for name, meaning in meanings.items()}
    for word in dict.fromkeys(_words(wanted)):
        named = [name for name in meanings if word in names[name] or _holds(names[name], word)]
        asked = [name for name in meanings if _holds(asking[name], word)]
        found = {*named, *asked}
        if len([name for name in meanings if name in found or word in asking[name]]) > COMMON * len(meanings):
            continue
        for name in found:
            scores[name] = scores.get(name, 0) + (NAMED if name in named else 1) / len(found)
    return sorted(scores, key=lambda name: (-scores[name], name))


def _holds(words: Iterable[str], word: str) -> bool:
    return any(same_stem(word, other) for other in words)


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def same_stem(one: str, other: str) -> bool:
    """Tell whether two words begin alike, up to their endings.

    >>> same_stem("threatened", "threats"), same_stem("accused", "accusations"), same_stem("threat", "there")
    (True, True, False)
    """
    shared = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= max(SHORTEST, min(len(one), len(other)) - ENDING)
