"""Any English spaCy pipeline with a ``parser`` instead of ours: its trees come out in Universal Dependencies too.

English pipelines of spaCy label in the manner of ClearNLP (Choi and Palmer, 2012), where function words govern:
prepositions their nouns, the copula its predicate. Here content words govern (Universal Dependencies, version 2),
but for a place after the copula: in "troops are in Iraq" the verb stays the head. Other labels are taken as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.model import DataError, Token
from kg.sentences.lemmas import lemma_of

CLEARNLP = frozenset(("dobj", "pobj", "nsubjpass", "auxpass", "attr", "acomp"))
PLAIN = {
    **{"dobj": "obj", "dative": "iobj", "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "relcl": "acl:relcl"},
    **{"poss": "nmod:poss", "prt": "compound:prt", "neg": "advmod", "quantmod": "advmod", "npadvmod": "obl:unmarked", "nmod": "compound"},
    **{"predet": "det:predet", "preconj": "cc:preconj", "intj": "discourse", "meta": "dep", "oprd": "xcomp", "acomp": "xcomp"},
    **{"attr": "xcomp", "pcomp": "advcl", "agent": "advmod", "prep": "advmod", "pobj": "obl", "ROOT": "root", "": "dep"},
}
PREPOSITIONS = ("prep", "agent", "dative")
PREDICATES = ("attr", "acomp")
NAMES = {
    **{"PERSON": "person", "PER": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place"},
    **{"NORP": "other", "EVENT": "other", "LAW": "other", "PRODUCT": "other", "WORK_OF_ART": "other", "MISC": "other"},
}
LONGEST = 100_000  # characters
NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "SYM", "DET"))


@dataclass(frozen=True)
class Pipeline:
    """A loaded spaCy pipeline; ``version`` is that of the pipeline, not of spaCy, ``clearnlp`` whether it labels so."""

    nlp: Any
    name: str
    version: str
    clearnlp: bool

    def sentences(self, paragraph: str) -> Iterator[tuple[int, tuple[Token, ...]]]:
        """Parse a paragraph: each sentence's offset and its words in Universal Dependencies."""
        for start, piece in pieces_of(paragraph):
            for sentence in self.nlp(piece).sents:
                words = [token for token in sentence if not token.is_space]
                if words:
                    yield start + words[0].idx, converted(words, clearnlp=self.clearnlp)


def pieces_of(paragraph: str) -> Iterator[tuple[int, str]]:
    """Cut an endless paragraph at white space, so that it cannot exhaust the memory: offsets and pieces."""
    start = 0
    while len(paragraph) - start > LONGEST:
        end = paragraph.rfind(" ", start + 1, start + LONGEST) + 1 or start + LONGEST
        yield start, paragraph[start:end]
        start = end
    yield start, paragraph[start:]


@lru_cache(maxsize=1)
def load_pipeline(name: str) -> Pipeline:
    """Load a spaCy pipeline by its package's name or by path. Raises DataError if it is not there or does not parse."""
    import spacy  # slow to import, and only those who ask for a pipeline need it here

    try:
        nlp = spacy.load(name)
    except (OSError, ImportError, ValueError) as error:
        reason = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
        raise DataError(f"{name}: no spaCy pipeline can be loaded ({reason}).\nInstall it beside kg, or leave out --parser.") from error
    if not nlp.has_pipe("parser"):
        raise DataError(f"{name}: this pipeline has no dependency parser.\nTake one that has: its page lists its components.")
    if not all(token.pos_ for token in nlp("Troops left.")):
        raise DataError(f"{name}: this pipeline gives no parts of speech.\nTake one that does: its page lists its components.")
    parser: Any = nlp.get_pipe("parser")
    clearnlp = bool(CLEARNLP & set(parser.labels))
    return Pipeline(nlp, f"{nlp.meta['lang']}_{nlp.meta['name']}", nlp.meta["version"], clearnlp)


def converted(words: list[Any], *, clearnlp: bool) -> tuple[Token, ...]:
    """Turn the words of one spaCy sentence into tokens of Universal Dependencies."""
    place = {word.i: index for index, word in enumerate(words)}
    heads = [_head(word, place) for word in words]
    root = heads.index(-1)
    heads = [root if head < 0 and index != root else head for index, head in enumerate(heads)]
    deps = [word.dep_ if word.dep_ and (word.dep_ != "ROOT" or index == root) else "parataxis" for index, word in enumerate(words)]
    if clearnlp:
        heads, deps = from_clearnlp(heads, deps, [word.pos_ for word in words], [word.ent_iob_ == "I" for word in words])
    root = heads.index(-1)
    return tuple(
        Token(
            index=index,
            text=word.text,
            lemma=lemma_of(word.text, word.pos_),
            pos=word.pos_,
            tag=word.tag_ or "_",
            feats=str(word.morph) or "_",
            head=heads[index],
            dep="root" if index == root else deps[index],
            start=word.idx - words[0].idx,
            name=f"{word.ent_iob_}-{NAMES[word.ent_type_]}" if word.ent_type_ in NAMES else "",
        )
        for index, word in enumerate(words)
    )


def _head(word: Any, place: dict[int, int]) -> int:
    """The place of a word's head, white space skipped; -1 for a root."""
    while word.head.i != word.i:
        word = word.head
        if word.i in place:
            return place[word.i]
    return -1


def from_clearnlp(heads: list[int], deps: list[str], pos: list[str], inside: list[bool]) -> tuple[list[int], list[str]]:
    """Translate a tree: heads (-1 for the root) and relations, given parts of speech and which words go on a name."""
    heads, deps = list(heads), list(deps)
    for index, dep in enumerate(deps):
        if dep in ("pobj", "pcomp") and heads[index] >= 0 and deps[heads[index]] in (*PREPOSITIONS, "pcomp", "conj"):
            _raise_over_preposition(index, heads, deps, pos)
    for index, dep in enumerate(deps):
        if dep in PREDICATES and heads[index] >= 0 and pos[heads[index]] == "AUX":
            _raise_over_copula(index, heads, deps)
    _gather_conjuncts(heads, deps)
    _turn_names(heads, deps, inside)
    modified = [deps[index] == "obl" and heads[index] >= 0 and pos[heads[index]] in NOMINAL for index in range(len(deps))]
    copular = {heads[index] for index, dep in enumerate(deps) if dep == "cop"}
    for index, dep in enumerate(deps):
        deps[index] = "nmod" if modified[index] and heads[index] not in copular else PLAIN.get(dep, dep)
    return heads, deps


def _raise_over_preposition(index: int, heads: list[int], deps: list[str], pos: list[str]) -> None:
    """ "in <- Paris" hangs on its verb or noun as "Paris", and "in" on it as its case, or its mark before a clause."""
    preposition = heads[index]
    above, relation = heads[preposition], deps[preposition]
    clause = deps[index] == "pcomp" and pos[index] in ("VERB", "AUX")
    heads[index] = above
    if clause:
        deps[index] = "acl" if above >= 0 and pos[above] in NOMINAL else "advcl"
    elif relation == "conj":
        deps[index] = "conj"
    else:
        deps[index] = "obl:agent" if relation == "agent" else "obl"
    heads[preposition], deps[preposition] = index, "mark" if clause else "case"
    for child, head in enumerate(heads):
        if head == preposition and child != index:
            heads[child] = index


def _raise_over_copula(index: int, heads: list[int], deps: list[str]) -> None:
    """ "Talks <- were -> tense": the predicate governs, the copula hangs on it."""
    copula = heads[index]
    heads[index], deps[index] = heads[copula], deps[copula]
    heads[copula], deps[copula] = index, "cop"
    for child, head in enumerate(heads):
        if head == copula and child != index:
            heads[child] = index


def _gather_conjuncts(heads: list[int], deps: list[str]) -> None:
    """A chain "A <- B <- C" hangs on its first part; "and" and the comma belong to the part after them."""
    for index, dep in enumerate(deps):
        while dep == "conj" and heads[index] >= 0 and deps[heads[index]] == "conj":
            heads[index] = heads[heads[index]]
    for index, dep in enumerate(deps):
        if heads[index] < 0:
            continue
        if dep == "cc" or (
            dep == "punct" and any(deps[later] == "conj" and heads[later] == heads[index] for later in range(index + 1, len(deps)))
        ):
            first = heads[index] if deps[heads[index]] != "conj" else heads[heads[index]]
            after = [later for later in range(index + 1, len(deps)) if deps[later] == "conj" and heads[later] == first]
            if after:
                heads[index] = after[0]


def _turn_names(heads: list[int], deps: list[str], inside: list[bool]) -> None:
    """A name of several words is headed by its first: "Merkel -> Angela" becomes "Angela -> Merkel"."""
    for last in range(len(deps)):
        first = last
        while first and inside[first] and deps[first - 1] == "compound" and heads[first - 1] == last:
            first -= 1
        if first == last:
            continue
        heads[first], deps[first] = heads[last], deps[last]
        for child, head in enumerate(heads):
            if head == last and child != first:
                heads[child] = first
        for part in range(first + 1, last + 1):
            heads[part], deps[part] = first, "flat"
