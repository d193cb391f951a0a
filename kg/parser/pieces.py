"""Words as the encoder sees them: BERT word pieces, and the case of their letters.

The encoder is uncased, so the case of a word travels beside it as one of seven classes.
Training (``tools/parser``) and running use these same functions.
"""

import unicodedata
from collections.abc import Mapping

MAX_PIECES = 12
CLS, SEP, UNK = "[CLS]", "[SEP]", "[UNK]"
LOWER, TITLE, UPPER, INITIAL, MIXED, DIGIT, OTHER = range(7)


def pieces_of(word: str, vocabulary: Mapping[str, int]) -> list[int]:
    """Split one word into piece ids, longest match first; never empty, at most ``MAX_PIECES``."""
    ids: list[int] = []
    for part in _parts(word):
        ids += _longest_match(part, vocabulary)
    return ids[:MAX_PIECES] or [vocabulary[UNK]]


def case_of(word: str) -> int:
    """Name the letter case of a word.

    >>> [case_of(word) for word in ("talks", "Kyiv", "UN", "A", "McGurk", "F-16", "...")]
    [0, 1, 2, 3, 4, 5, 6]
    """
    if any(character.isdigit() for character in word):
        return DIGIT
    letters = [character for character in word if character.isalpha()]
    upper = sum(character.isupper() for character in letters)
    if not letters:
        return OTHER
    if upper == 0:
        return LOWER
    if upper == len(letters):
        return UPPER if upper > 1 else INITIAL
    return TITLE if upper == 1 and letters[0].isupper() else MIXED


def _parts(word: str) -> list[str]:
    """Lower-case, strip accents, and part punctuation from letters, as BERT does."""
    parts = [""]
    for character in unicodedata.normalize("NFD", word.lower()):
        category = unicodedata.category(character)
        if category == "Mn" or category in ("Cc", "Cf") or character == "\ufffd":
            continue
        if category[0] in "PZ" or (ord(character) < 128 and not character.isalnum()) or "\u4e00" <= character <= "\u9fff":
            parts += [character, ""]
        else:
            parts[-1] += character
    return [part for part in parts if part.strip()]


def _longest_match(part: str, vocabulary: Mapping[str, int]) -> list[int]:
    ids: list[int] = []
    start = 0
    while start < len(part):
        for end in range(min(len(part), start + 100), start, -1):
            piece = vocabulary.get(("##" if start else "") + part[start:end])
            if piece is not None:
                ids.append(piece)
                start = end
                break
        else:
            return [vocabulary[UNK]]
    return ids
