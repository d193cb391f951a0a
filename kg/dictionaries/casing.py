"""Writes the phrases of a dictionary, which are in capitals, as prose writes names.

A matcher that minds capitals must find "Prince of Great Barrow" and "PRINCE OF GREAT BARROW". Which words
stay in capitals ("IMF") cannot always be told: then both ways are written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.ontology import cells_of

SHORT = 5  # letters that a word in capitals may have and be an abbreviation
ARTICLE = "THE "
INITIALS = re.compile(r"([A-Z]\.)+[A-Z]?|[A-Z]")
NUMERAL = re.compile(r"(?=[IVX]{2})X{0,3}(I[XV]|V?I{0,3})")
ORDINAL = re.compile(r"\d+(ST|ND|RD|TH)")
RUN = re.compile(r"[^\W\d_]+")
BREAKING = re.compile(r".*([^AEIOUY]{4}|[AEIOU]{3}).*|.?[^AEIOUY]{3}.?|[^AEIOUY]+")  # "UNHCR", "IAEA", "UNDP" are not for speaking


@dataclass(frozen=True, slots=True)
class Word:
    """A row of ``words.csv``: how a word is written within names, and whether it is too common to be a name by itself.

    ``shape`` is "small" ("of"), "either" ("von" or "Von"), "title" ("Mr") or "capital" ("EU").
    """

    shape: str
    common: bool


@lru_cache(maxsize=1)
def words() -> Mapping[str, Word]:
    """Read which words are not written like others in names."""
    _, *rows = cells_of(Path(__file__).parent / "words.csv")
    return {word.upper(): Word(shape, common == "yes") for _, (word, shape, common) in rows}


def in_prose(phrase: str, codes: tuple[str, ...] = (), short: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Every way to write a phrase, the likeliest first.

    ``codes`` are those of the actor, a word like which is an abbreviation; ``short`` are words that may be one.

    >>> in_prose("PRINCE OF GREAT BARROW")
    ('Prince of Great Barrow', 'PRINCE OF GREAT BARROW')
    >>> in_prose("THE FEN COUNCIL"), in_prose("BFM", ("NGOBFM",)), in_prose("U.N.")
    (('Fen Council', 'FEN COUNCIL'), ('BFM',), ('U.N.',))
    """
    if " " in phrase.removeprefix(ARTICLE):
        phrase = phrase.removeprefix(ARTICLE)
    if not phrase.isupper():  # a dictionary that minds capitals itself
        return tuple(dict.fromkeys((phrase, phrase.upper())))
    parts = phrase.split(" ")
    if all(len(part) > SHORT and part.isalpha() and part not in words() for part in parts):
        return (" ".join(map(_title, parts)), phrase)  # most names: nothing in them can be written otherwise
    blocks = frozenset(code[at : at + 3] for code in codes for at in range(0, len(code), 3))
    if len(parts) == 1:
        return tuple(dict.fromkeys((*_alone(phrase, blocks), phrase)))
    if len(parts) == 2 and phrase.startswith(ARTICLE):
        names = _alone(parts[1], blocks)
        if names[0].isupper() and len(names[0]) <= SHORT:
            return tuple(dict.fromkeys((*names, parts[1])))  # "the AU" is called AU
        return tuple(dict.fromkeys((*(f"{the}{name}" for the in ("The ", "the ") for name in names), phrase)))
    likely, other = zip(*(_within(part, place, blocks, short) for place, part in enumerate(parts)), strict=True)
    return tuple(dict.fromkeys((" ".join(likely), " ".join(other), phrase)))


def _alone(word: str, blocks: frozenset[str]) -> tuple[str, ...]:
    """Ways to write a name of one word: "Kabul", "NATO" or "Nato", "BBC"; a common word is one in capitals only ("WHO")."""
    known = words().get(word)
    title = _title(word)
    if INITIALS.fullmatch(word) and not word.endswith(".") and "." in word:
        return f"{word}.", word
    sure = len(word) <= 2 or not re.search("[AEIOUY]", word) or (known is not None and (known.common or known.shape == "capital"))
    if sure or INITIALS.fullmatch(word):
        return (word,)
    if word in blocks or len(word) <= 3 or (len(word) <= SHORT and BREAKING.fullmatch(word)):
        return word, title
    if word.startswith(("AL-", "EL-")):
        return title, title[:1].lower() + title[1:]
    return title, word.capitalize() if "-" in word else title


def _within(word: str, place: int, blocks: frozenset[str], short: frozenset[str]) -> tuple[str, str]:
    """The likely way to write a word of a longer name, and another."""
    known = words().get(word)
    shape = known.shape if known else ""
    if shape in ("small", "either") and place:
        return word.lower(), word.lower() if shape == "small" else _title(word)
    if shape == "title":
        return _title(word), _title(word)
    if INITIALS.fullmatch(word) or shape == "capital" or (place and NUMERAL.fullmatch(word)):
        return word, word
    letters = re.sub(r"[^\w]|\d", "", word)
    if letters and len(letters) <= SHORT and not re.search("[AEIOUY]", letters.upper()) and not ORDINAL.fullmatch(word):
        return word, word
    title = _title(word)
    if word in short or word in blocks:
        return (word, title) if BREAKING.fullmatch(word) else (title, word)
    parted = word.split("-")
    return title, "-".join((_title(parted[0]), *map(str.lower, parted[1:]))) if len(parted) == 2 and place else title


def _title(word: str) -> str:
    """Write a word with a capital: each part of a compound, but small words between hyphens.

    >>> _title("MAZAR-I-SHARIF"), _title("O'BRIEN"), _title("PEOPLE'S"), _title("MCCLOY"), _title("2ND"), _title("N17")
    ('Mazar-i-Sharif', "O'Brien", "People's", 'McCloy', '2nd', 'N17')
    """
    if word.isalpha():
        return f"Mc{word[2:].capitalize()}" if word.startswith("MC") and len(word) > 4 else word.capitalize()
    if ORDINAL.fullmatch(word):
        return word.lower()
    if re.search(r"\d", word):
        return word
    parts = word.split("-")
    shown = [part.lower() if 0 < at < len(parts) - 1 and _is_small(part) else RUN.sub(_run, part) for at, part in enumerate(parts)]
    return "-".join(shown)


def _is_small(part: str) -> bool:
    known = words().get(part)
    return known is not None and known.shape in ("small", "either")


def _run(match: re.Match[str]) -> str:
    """A run of letters; after an apostrophe it is small, unless a single letter stands before ("O'Brien")."""
    run, text, start = match[0], match.string, match.start()
    if start and text[start - 1] in "'’" and not (start == 2 or (start > 2 and not text[start - 3].isalpha())):
        return run.lower()
    return _title(run)
