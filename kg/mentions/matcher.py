"""Finds many names in a text at once, with or without their accents.

The names are laid into one automaton (Aho and Corasick, 1975), which reads a text once, however many names there are.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

import ahocorasick

from kg.ontology import Name, Ontology

SHOUTED = ("state", "international-organisation")
SHORT = 3  # letters of a word in capitals that may be an abbreviation
STRAIGHT = str.maketrans({"’": "'", "‘": "'"})
STROKES = str.maketrans("ØøŁłĐđĦħı", "OoLlDdHhi")  # which Unicode does not take apart
LATIN = (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00))  # the letters with accents
PLAIN = STRAIGHT | STROKES | {code: unicodedata.normalize("NFD", chr(code))[0] for code in LATIN if unicodedata.decomposition(chr(code))}

Spellings = Mapping[str, Name]
"""What a name stands for, in each of the spellings that are the same without accents."""

Match = tuple[int, int, Spellings]
"""Where a name fits but for accents, from and to, and its spellings."""


def matches_in(text: str, ontology: Ontology) -> Iterator[Match]:
    """Every stretch of a text that a name of the ontology fits, in the order of their ends, also within a word.

    In a text in capitals there follow the names of states, their seats and international bodies in capitals.
    """
    shown = plain(text)
    for automaton in (_names(ontology), _in_capitals(ontology)) if text.isupper() else (_names(ontology),):
        if automaton:
            for last, (length, spellings) in automaton.iter(shown):
                yield last + 1 - length, last + 1, spellings


def plain(text: str) -> str:
    """Take accents off and straighten apostrophes; every character stays in its place.

    >>> plain("Erdoğan’s Türkiye, Łódź")
    "Erdogan's Turkiye, Lodz"
    """
    return text if text.isascii() else text.translate(PLAIN)


def meant_by(text: str, spellings: Spellings, *, proper: bool) -> Name | None:
    """What a name stands for, as ``text`` writes it; nothing if that is not settled.

    The text may have accents that the table has not, but in no adjective: "Germán" is a person. It may lack them
    only in a ``proper`` noun, and only in the name of an actor: "Male" is not the capital, nor "Reunion" the island.
    """
    exact = spellings.get(text if text.isascii() else text.translate(STRAIGHT))
    if exact is not None:
        return exact
    kinds = ("name",) if text.isascii() else ("name", "metonym", "place")
    names = [name for name in spellings.values() if name.kind in kinds and (proper or not text.isascii())]
    return names[0] if len({name.actor.id for name in names}) == 1 else None


@lru_cache(maxsize=4)
def _names(ontology: Ontology) -> ahocorasick.Automaton:
    return _automaton(ontology.names)


@lru_cache(maxsize=4)
def _in_capitals(ontology: Ontology) -> ahocorasick.Automaton:
    named = {text: name for text, name in ontology.names.items() if name.kind in ("name", "metonym") and name.actor.type in SHOUTED}
    return _automaton({text.upper(): name for text, name in named.items() if not text.isupper() and not _is_short(text)})


def _is_short(text: str) -> bool:
    """Tell whether a name begins with a word that in capitals may be an abbreviation."""
    return re.match(rf"\w{{{SHORT + 1}}}", text) is None


def _automaton(names: Mapping[str, Name]) -> ahocorasick.Automaton:
    """Lay names into an automaton by their plain forms, each with its length and its spellings."""
    by_form: dict[str, dict[str, Name]] = {}
    for text, name in names.items():
        by_form.setdefault(plain(text), {})[text] = name
    automaton = ahocorasick.Automaton()
    for form, spellings in by_form.items():
        automaton.add_word(form, (len(form), spellings))
    automaton.make_automaton()
    return automaton
