"""Cuts text into words as the English treebanks of Universal Dependencies do.

spaCy's tokenizer does the work; what the treebanks do otherwise is told to it here: runs of one mark
are one word, bound prefixes stay with their word ("non-state", "pro-Beijing"), and telephone numbers are whole.
These are closed classes of spelling, which say nothing of what a word means; that is why they stand here and not in a table.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

Word = tuple[str, int]
"""A word and its offset."""

BOUND = (
    "anti|co|counter|cross|de|e|ex|extra|inter|intra|macro|mega|micro|mid|mini|multi|neo|non|over|"
    "post|pre|pro|psycho|re|semi|socio|sub|super|trans|ultra|under"
)
WHOLE = re.compile(rf"(?:(?![A-Z]{{2}})(?i:{BOUND})[-‑]\w+(?:['’]\w+)?|(?:\+?[0-9][-.])?(?:[0-9]{{3}}[-./])?[0-9]{{3}}[-.][0-9]{{4}})$")
RUNS = r"(?:[.!?]{2,}|([=*_~#$<>+-])\1+)"
LOOSE = r"(?<=[A-Za-z])/(?=[A-Za-z]{2,})|(?<=[)\]])[-–—(\[]+|(?<=[A-Z])-(?=[0-9])|(?<=[A-Z]\.)-(?=[a-z])|(?<=[0-9])[-–—](?=[0-9])"
ENDS = (r"(?<=[0-9])(?i:[ap]m|[ap]\.m\.)", r"(?<=['’]T)\.")
ABBREVIATIONS = ("Lt.", "Capt.", "Ft.", "Col.", "Sgt.", "Maj.", "Cmdr.", "Gens.", "Sens.", "Reps.", "Sen.", "Rep.", "approx.", "Pres.")
ENDLESS = re.compile(r"\S{200}(?=\S)")
"""What has no space in so many characters is no word, and cut there: the tokenizer's work grows with the square of the length."""
PLAIN = frozenset(("id", "wed"))  # which spaCy takes for "I'd" and "we'd"
NUMBER, OPEN_ENDED = frozenset(("No", "Nos")), frozenset(("etc", "al"))
APOSTROPHES = str.maketrans(dict.fromkeys("ʼ´′", "’"))  # letters, accents and primes that people type for one
CONTRACTIONS = {"wanna": ("wan", "na"), "outta": ("out", "ta"), "lotta": ("lot", "ta")}


def words_of(text: str) -> list[Word]:
    """Cut a paragraph into words.

    >>> words_of("Iran-backed, non-state militias didn't.")
    [('Iran', 0), ('-', 4), ('backed', 5), (',', 11), ('non-state', 13), ('militias', 23), ('did', 32), ("n't", 35), ('.', 38)]
    """
    plain = text.translate(APOSTROPHES)
    words: list[Word] = []
    for begin, end in pairwise([0, *(run.end() for run in ENDLESS.finditer(plain)), len(plain)]):
        tokens = tokenizer()(plain[begin:end])
        places = [(begin + token.idx, len(token)) for token in tokens if not token.is_space]
        words += [(text[at : at + length], at) for at, length in places]
    for place in range(len(words) - 2, 0, -1):
        before, following = words[place - 1][0], words[place + 1][0]
        if words[place][0] == "." and _abbreviated(before, following) and words[place][1] == words[place - 1][1] + len(before):
            words[place - 1 : place + 1] = [(before + ".", words[place - 1][1])]
    return words


def _abbreviated(word: str, following: str) -> bool:
    """Tell whether a word with a full stop is an abbreviation before this one: "No. 4", "guns, etc., were"."""
    return (word in NUMBER and following[0].isdigit()) or (word in OPEN_ENDED and (following[0].islower() or following[0] in ",;()"))


@lru_cache(maxsize=1)
def tokenizer() -> Any:
    """Make spaCy's English tokenizer cut as the treebanks do."""
    # spaCy takes half a second to import, and only reading needs it
    from spacy.lang.en import English
    from spacy.symbols import ORTH
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
    from spacy.vocab import create_vocab

    english: Any = English.Defaults
    given = english.tokenizer_exceptions
    rules = {form: parts for form, parts in given.items() if form.lower() not in PLAIN and not re.fullmatch(r"\w+/\w+", form)}
    capitals = {form.upper(): [{ORTH: part[ORTH].upper()} for part in parts] for form, parts in rules.items() if "'" in form or "’" in form}
    ours = {word: [{ORTH: word}] for word in ABBREVIATIONS}
    for word, parts in CONTRACTIONS.items():
        for form, pieces in ((word, parts), (word.capitalize(), (parts[0].capitalize(), parts[1]))):
            ours[form] = [{ORTH: piece} for piece in pieces]
    return Tokenizer(
        create_vocab("en", english),
        rules=capitals | rules | ours,
        prefix_search=compile_prefix_regex([RUNS, *english.prefixes]).search,
        suffix_search=compile_suffix_regex([RUNS, *ENDS, *english.suffixes]).search,
        infix_finditer=compile_infix_regex([LOOSE, *english.infixes]).finditer,
        token_match=WHOLE.match,
        url_match=english.url_match,
    )
