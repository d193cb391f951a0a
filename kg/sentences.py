"""Turns the blocks of a document into parsed sentences; reads and writes CoNLL-U."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import spacy
from lemminflect import getLemma

from kg.model import Block, DataError, Document, Sentence, Token
from kg.parser import load_parser

FINAL = frozenset(".!?…")
CLOSING = frozenset("\"'”’)]»")
OPENING = frozenset("\"'“‘([«")
CONTRACTED = {"'s": "be", "'m": "be", "'re": "be", "'ve": "have", "'d": "would", "'ll": "will", "n't": "not", "wo": "will", "ca": "can"}
DATELINE = re.compile(
    r"""\s*[A-Z][A-Z.'’]+(?:[ -][A-Z][A-Z.'’]+)*   # a place in capitals
    (?:(?:,|/)\s*[A-Z][\w.’' ]{1,30})?              # its land, or another place
    (?:,?\s*[A-Z][a-z]{2,8}\.?\s+[0-9]{1,2})?      # a day
    (?:\s*\([^()]{1,40}\))?                        # an agency
    \s*(?:--?|[–—])\s+(?=\S)""",
    re.VERBOSE,
)
MODALS = frozenset(["can", "could", "may", "might", "must", "ought", "shall", "should", "will", "would"])
LONGEST = 200  # words; beyond it a sentence is cut, so that one endless line cannot exhaust the memory


def sentences_of(document: Document) -> Iterator[Sentence]:
    """Parse a document block by block: no sentence crosses a paragraph; datelines are no part of sentences."""
    index = 0
    for block in document.blocks:
        offset = block.start + dateline_end(document.text[block.start : block.end])
        for words in split(words_of(document.text[offset : block.end])):
            start = offset + words[0][1]
            end = offset + words[-1][1] + len(words[-1][0])
            text = document.text[start:end]
            yield Sentence(document.id, index, start, text, tokens_of(words))
            index += 1


def dateline_end(paragraph: str) -> int:
    """Tell where the news begins after a dateline, which is no part of the first sentence; 0 if there is none.

    >>> dateline_end("BEIRUT, Oct 2 (Agency) — Talks resumed."), dateline_end("UN envoys met.")
    (25, 0)
    """
    match = DATELINE.match(paragraph)
    return match.end() if match else 0


def parse(text: str) -> list[Sentence]:
    """Parse plain text whose paragraphs are parted by empty lines."""
    spans = [match.span() for match in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text)]
    blocks = tuple(Block(start, end, "body") for start, end in spans)
    return list(sentences_of(Document("", text, blocks)))


Word = tuple[str, int]
"""A word and its offset."""


def words_of(text: str) -> list[Word]:
    """Cut a paragraph into words.

    >>> words_of("Iran-backed militias didn't.")
    [('Iran', 0), ('-', 4), ('backed', 5), ('militias', 12), ('did', 21), ("n't", 24), ('.', 27)]
    """
    return [(token.text, token.idx) for token in _tokenizer()(text) if not token.is_space]


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    return spacy.blank("en").tokenizer


def split(words: list[Word]) -> Iterator[list[Word]]:
    """Part a paragraph into sentences: after a full stop that is a word of its own, and where the parser sees a start."""
    start = 0
    for place in range(1, len(words) + 1):
        if place == len(words) or place - start >= LONGEST or _sure_start(words, place):
            yield from _split_by_parser(words[start:place])
            start = place


def _sure_start(words: list[Word], place: int) -> bool:
    """Tell whether a sentence begins at ``place``: a final mark before, a capital, digit or quote after."""
    before = place - 1
    while before and words[before][0] in CLOSING and words[before][1] == words[before - 1][1] + len(words[before - 1][0]):
        before -= 1
    first = words[place][0][0]
    spaced = words[place][1] > words[place - 1][1] + len(words[place - 1][0])
    return (
        spaced and words[before][0][-1] in FINAL and len(words[before][0]) == 1 and (first.isupper() or first.isdigit() or first in OPENING)
    )


def _split_by_parser(words: list[Word]) -> Iterator[list[Word]]:
    """Part where the parser is surer than not that a sentence begins, only after an abbreviation or a closing mark."""
    if not words:
        return
    starts = _parsed(tuple(word for word, _ in words)).starts
    cuts = [place for place in range(1, len(words)) if starts[place] > 0 and words[place - 1][0][-1] in FINAL | CLOSING | {":", ";"}]
    if not cuts:
        yield words
        return
    for begin, end in zip([0, *cuts], [*cuts, len(words)], strict=True):
        yield words[begin:end]


@lru_cache(maxsize=64)
def _parsed(words: tuple[str, ...]) -> Any:
    return load_parser().parse(words)


def tokens_of(words: list[Word]) -> tuple[Token, ...]:
    """Parse one sentence, each word with its offset from the sentence's first."""
    parsed = _parsed(tuple(word for word, _ in words))
    return tuple(
        Token(
            index=index,
            text=word,
            lemma=lemma_of(word, parsed.upos[index]),
            pos=parsed.upos[index],
            tag=parsed.xpos[index],
            feats=parsed.feats[index],
            head=parsed.heads[index] - 1,
            dep=parsed.deprels[index],
            start=offset - words[0][1],
        )
        for index, (word, offset) in enumerate(words)
    )


@lru_cache(maxsize=100_000)
def lemma_of(word: str, pos: str) -> str:
    """Find the dictionary form of a word of a part of speech.

    >>> lemma_of("Strikes", "NOUN"), lemma_of("struck", "VERB"), lemma_of("wo", "AUX"), lemma_of("Kyiv", "PROPN")
    ('strike', 'strike', 'will', 'Kyiv')
    """
    if pos in ("PROPN", "X", "SYM", "NUM", "PUNCT"):
        return word
    plain = word.lower().replace("’", "'")
    if plain in CONTRACTED:
        return CONTRACTED[plain]
    if pos not in ("NOUN", "VERB", "ADJ", "ADV", "AUX") or (pos == "AUX" and plain in MODALS):
        return plain
    found = getLemma(plain, upos=pos)
    return str(found[0]) if found else plain


def to_conllu(sentence: Sentence, *, heading: str = "") -> str:
    """Write a sentence as CoNLL-U, with its text, its place and a ``heading`` line if given."""
    lines = [f"# {heading}"] if heading else []
    lines += [f"# sent_id = {sentence.document}:{sentence.start}", f"# text = {' '.join(sentence.text.split())}"]
    for token, following in zip(sentence.tokens, (*sentence.tokens[1:], None), strict=True):
        spaced = following is None or following.start > token.end
        misc = f"start={token.start}" + ("" if spaced else "|SpaceAfter=No")
        word = (token.text, token.lemma, token.pos, token.tag, token.feats)
        lines.append("\t".join((str(token.index + 1), *word, str(token.head + 1), token.dep, "_", misc)))
    return "\n".join(lines) + "\n\n"


def read_conllu(path: Path) -> Iterator[tuple[str, Sentence]]:
    """Read what :func:`to_conllu` wrote: each sentence with its "example" heading. Raises DataError with file and line."""
    lines: list[tuple[int, str]] = []
    for number, line in enumerate([*path.read_text(encoding="utf-8").split("\n"), ""], start=1):
        if line.strip():
            lines.append((number, line))
        elif lines:
            yield _sentence_of(path, lines)
            lines = []


def _sentence_of(path: Path, lines: list[tuple[int, str]]) -> tuple[str, Sentence]:
    example, place, tokens = "", ("", 0), []
    for number, line in lines:
        if line.startswith("# example = "):
            example = line.removeprefix("# example = ")
        if line.startswith("# sent_id = "):
            document, _, start = line.removeprefix("# sent_id = ").rpartition(":")
            place = (document, int(start))
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 10 or not cells[0].isdigit() or not cells[6].isdigit():
            raise DataError(f"{path}:{number}: not a CoNLL-U word of 10 cells: {line!r}.\nRecord the parses again with kg check --fix.")
        misc = dict(part.split("=", 1) for part in cells[9].split("|") if "=" in part)
        start_text = misc.get("start", "0")
        index, text, lemma, pos, tag, feats, head, dep = cells[:8]
        tokens.append(Token(int(index) - 1, text, lemma, pos, tag, feats, int(head) - 1, dep, int(start_text)))
    return example, Sentence(place[0], 0, place[1], _text_of(tokens), tuple(tokens))


def _text_of(tokens: Iterable[Token]) -> str:
    text = ""
    for token in tokens:
        text += " " * (token.start - len(text)) + token.text
    return text
