"""Turns the blocks of a document into parsed sentences; reads and writes CoNLL-U.

The words are cut as the treebanks cut them, the sentences parsed by our own parser, or by any spaCy pipeline instead.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.datelines import dateline
from kg.model import Block, Document, Sentence, Token
from kg.parser import Parse, load_parser
from kg.sentences.conllu import read_conllu, to_conllu
from kg.sentences.lemmas import lemma_of
from kg.sentences.pipelines import Pipeline, load_pipeline
from kg.sentences.splitting import LONGEST, split
from kg.sentences.words import APOSTROPHES, Word, words_of

__all__ = [
    "LONGEST",
    "Pipeline",
    "dateline_end",
    "lemma_of",
    "load_pipeline",
    "parse",
    "read_conllu",
    "sentences_of",
    "split",
    "to_conllu",
    "tokens_of",
    "words_of",
]


def sentences_of(document: Document, pipeline: Pipeline | None = None) -> Iterator[Sentence]:
    """Parse a document block by block: no sentence crosses a paragraph; datelines are no part of sentences."""
    index = 0
    for block in document.blocks:
        offset = block.start + dateline_end(document.text[block.start : block.end])
        paragraph = document.text[offset : block.end]
        for start, tokens in pipeline.sentences(paragraph) if pipeline else _parsed_sentences(paragraph):
            begin, end = offset + start, offset + start + tokens[-1].end
            yield Sentence(document.id, index, begin, document.text[begin:end], tokens)
            index += 1


def dateline_end(paragraph: str) -> int:
    """Tell where the news begins after a dateline, which is no part of the first sentence; 0 if there is none.

    One that tells a whole day is left: at the head of an article ``documents`` has taken it off, and elsewhere it dates the sentence.

    >>> dateline_end("BEIRUT, Oct 2 (Agency) — Talks resumed."), dateline_end("UN envoys met.")
    (25, 0)
    """
    line = dateline(paragraph)
    return line.end if line and not line.day else 0


def parse(text: str, pipeline: Pipeline | None = None) -> list[Sentence]:
    """Parse plain text whose paragraphs are parted by empty lines."""
    spans = [match.span() for match in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text)]
    blocks = tuple(Block(start, end, "body") for start, end in spans)
    return list(sentences_of(Document("", text, blocks), pipeline))


def _parsed_sentences(paragraph: str) -> Iterator[tuple[int, tuple[Token, ...]]]:
    """Each sentence of a paragraph: its offset and its words."""
    for words in split(words_of(paragraph), lambda forms: _parsed(forms).starts):
        yield words[0][1], tokens_of(words)


@lru_cache(maxsize=64)
def _parsed(words: tuple[str, ...]) -> Parse:
    return load_parser().parse(tuple([word.translate(APOSTROPHES) for word in words]))


def _heads(parsed: Parse) -> list[int]:
    """The heads of a parse, with the subject of a verb of saying hung on that, not on what is said: "Oman fired, | the army said"."""
    heads = list(parsed.heads)
    subjects = {heads[index] for index, dep in enumerate(parsed.deprels) if dep.startswith("nsubj")}
    for index, dep in enumerate(parsed.deprels):
        said = heads[index]
        if dep == "nsubj" and 0 < said <= index and parsed.deprels[said - 1] in ("ccomp", "parataxis"):
            saying = heads[said - 1]
            between = range(index + 1, saying - 1)
            if saying > index + 1 and saying not in subjects and all(heads[word] == saying for word in between):
                heads[index] = saying
    return heads


def tokens_of(words: Sequence[Word]) -> tuple[Token, ...]:
    """Parse one sentence, each word with its offset from the sentence's first."""
    parsed = _parsed(tuple([word for word, _ in words]))
    begin = words[0][1]
    columns = zip(words, parsed.upos, parsed.xpos, parsed.feats, _heads(parsed), parsed.deprels, parsed.names, strict=True)
    governing = {head for head, dep in zip(parsed.heads, parsed.deprels, strict=True) if dep == "obj"}
    tokens = []
    for index, ((word, offset), pos, tag, feats, head, dep, name) in enumerate(columns):
        if pos == "NOUN" and word.endswith("ing") and index + 1 in governing:  # a noun has no object: "without warning Iraq"
            pos, tag, dep = "VERB", "VBG", "advcl" if dep == "obl" else dep
        if pos == "NOUN" and word.endswith("ing") and dep == "parataxis":  # "vowed revenge, warning of consequences"
            pos, tag, dep = "VERB", "VBG", "advcl"
        tokens.append(Token(index, word, lemma_of(word, pos), pos, tag, feats, head - 1, dep, offset - begin, name))
    return tuple(tokens)
