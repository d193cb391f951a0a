"""Score the shipped parser from raw text: python -m tools.parser.evaluate DATA.

Words and sentences are the program's own. A word counts as right when its span of characters, its
head's span and its relation agree with the treebank (as in the CoNLL 2018 shared task), punctuation
left out; sentence starts are scored by F1. Prints one line a test set: UAS, LAS, sentence F1, words/s.
"""

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.model import Block, Document
from kg.sentences import sentences_of
from tools.parser.treebank import TEST, Sentence, documents

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Arc:
    """A word by its span: where its head is (itself for a root) and by which relation it hangs there."""

    head: Span
    deprel: str


def gold_of(sentences: list[Sentence]) -> tuple[str, dict[Span, Arc], set[int]]:
    """Write a paragraph's text; its arcs by span, and the offsets where sentences start."""
    text, arcs, starts = "", {}, set()
    for sentence in sentences:
        spans = []
        starts.add(len(text))
        for word in sentence:
            spans.append((len(text), len(text) + len(word.form)))
            text += word.form + (" " if word.space_after else "")
        text = text if text.endswith(" ") else text + " "
        for span, word in zip(spans, sentence, strict=True):
            arcs[span] = Arc(spans[word.head - 1] if word.head else span, word.deprel)
    return text, arcs, starts


def read_of(text: str) -> Iterator[tuple[int, dict[Span, Arc]]]:
    """Parse a paragraph with the shipped parser: each sentence's offset and arcs."""
    for sentence in sentences_of(Document("", text, (Block(0, len(text), "body"),))):
        spans = [(sentence.start + token.start, sentence.start + token.end) for token in sentence.tokens]
        yield sentence.start, {spans[t.index]: Arc(spans[t.head] if t.head >= 0 else spans[t.index], t.dep) for t in sentence.tokens}


def evaluate(path: Path) -> str:
    """Score one treebank file."""
    gold_words = read_words = heads = both = gold_starts = read_starts = right_starts = 0
    seconds = 0.0
    for paragraph in documents([path]):
        text, gold, starts = gold_of(paragraph)
        begun = time.perf_counter()
        parsed = list(read_of(text))
        seconds += time.perf_counter() - begun
        read = {span: arc for _, arcs in parsed for span, arc in arcs.items()}
        gold_starts, read_starts = gold_starts + len(starts), read_starts + len(parsed)
        right_starts += len(starts & {start for start, _ in parsed})
        gold_words += sum(arc.deprel != "punct" for arc in gold.values())
        read_words += sum(arc.deprel != "punct" for arc in read.values())
        for span, arc in gold.items():
            other = read.get(span)
            if arc.deprel != "punct" and other is not None and other.head == arc.head:
                heads += 1
                both += other.deprel == arc.deprel
    uas, las = (200 * right / (gold_words + read_words) for right in (heads, both))
    f1 = 200 * right_starts / (gold_starts + read_starts)
    return f"{path.stem}\tUAS {uas:.1f}\tLAS {las:.1f}\tsentences F1 {f1:.1f}\t{read_words / seconds:.0f} words/s"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    for name in TEST:
        print(evaluate(data / name))
