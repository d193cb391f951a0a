"""The dictionary form of a word."""

from functools import lru_cache

CONTRACTED = {"'s": "be", "'m": "be", "'re": "be", "'ve": "have", "'d": "would", "'ll": "will", "n't": "not", "wo": "will", "ca": "can"}
MODALS = frozenset(["can", "could", "may", "might", "must", "ought", "shall", "should", "will", "would"])


@lru_cache(maxsize=100_000)
def lemma_of(word: str, pos: str) -> str:
    """Find the dictionary form of a word of a part of speech.

    >>> lemma_of("Strikes", "NOUN"), lemma_of("struck", "VERB"), lemma_of("wo", "AUX"), lemma_of("Kyiv", "PROPN"), lemma_of("other", "ADJ")
    ('strike', 'strike', 'will', 'Kyiv', 'other')
    """
    if pos in ("PROPN", "X", "SYM", "NUM", "PUNCT"):
        return word
    plain = word.lower().replace("’", "'")
    if plain in CONTRACTED:
        return CONTRACTED[plain]
    if pos not in ("NOUN", "VERB", "ADJ", "ADV", "AUX") or (pos == "AUX" and plain in MODALS):
        return plain
    from lemminflect import getLemma  # which imports spaCy: slow, and only reading needs it

    found = getLemma(plain, upos=pos, lemmatize_oov=pos not in ("ADJ", "ADV"))  # else "other" is "oth", and "Saudi" is "saudus"
    return str(found[0]) if found else plain
