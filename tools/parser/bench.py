"""Measure the shipped parser from raw text: python -m tools.parser.bench DATA [--beside PIPELINE].

Words and sentences are the program's own. A word counts as right when its span of characters, its
head's span and its relation agree with the treebank (as in the CoNLL 2018 shared task), punctuation
left out; a sentence when its start agrees; a name when its span does, and with types when its type does too.
Speed is that of one process from a text file to ``Sentence`` objects, beside that of cutting the same text into
words. ``--beside`` measures a spaCy pipeline in the same run, for instance one that ``convolutional.py`` trained.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.documents import read_boilerplate, read_documents
from kg.model import Block, Document, Problem
from kg.ontology import ontology_folder
from kg.parser import FOLDER
from kg.sentences import Pipeline, load_pipeline, sentences_of, words_of
from tools.parser.treebank import TEST, Sentence, documents

RELATIONS = ("nsubj", "obj", "nsubj:pass", "obl:agent", "conj", "acl:relcl", "ccomp", "appos", "nmod")
FILES = ("parser.onnx", "pieces.txt", "parser.json")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Arc:
    """A word by its span: where its head is (itself for a root), by which relation it hangs there, its part of speech."""

    head: Span
    deprel: str
    upos: str


@dataclass
class Reading:
    """A text as arcs by span, offsets where sentences start, and names by span with their type."""

    arcs: dict[Span, Arc] = field(default_factory=dict)
    starts: set[int] = field(default_factory=set)
    names: dict[Span, str] = field(default_factory=dict)


def f1(right: int, gold: int, read: int) -> float:
    """F1 in percent."""
    return 200 * right / max(gold + read, 1)


def text_of(sentences: list[Sentence]) -> tuple[str, Reading]:
    """Write a paragraph's text, and what the treebank says of it."""
    text, gold = "", Reading()
    for sentence in sentences:
        spans = []
        gold.starts.add(len(text))
        for word in sentence:
            spans.append((len(text), len(text) + len(word.form)))
            text += word.form + (" " if word.space_after else "")
        text = text if text.endswith(" ") else text + " "
        for span, word in zip(spans, sentence, strict=True):
            gold.arcs[span] = Arc(spans[word.head - 1] if word.head else span, word.deprel, word.upos)
        gold.names |= dict(names_in(spans, [word.name for word in sentence]))
    return text, gold


def names_in(spans: list[Span], tags: Iterable[str]) -> Iterator[tuple[Span, str]]:
    """The names that IOB tags mark: span of characters and type."""
    start, kind, end = -1, "", 0
    for span, tag in zip([*spans, (0, 0)], [*tags, "O"], strict=True):
        if start >= 0 and tag[:1] != "I":
            yield (start, end), kind
            start = -1
        if tag[:1] == "B":
            start, kind = span[0], tag[2:]
        end = span[1]


def read(text: str, pipeline: Pipeline | None) -> Reading:
    """Parse a paragraph."""
    found = Reading()
    for sentence in sentences_of(Document("", text, (Block(0, len(text), "body"),)), pipeline):
        spans = [(sentence.start + token.start, sentence.start + token.end) for token in sentence.tokens]
        found.starts.add(sentence.start)
        for token, span in zip(sentence.tokens, spans, strict=True):
            found.arcs[span] = Arc(spans[token.head] if token.head >= 0 else span, token.dep, token.pos)
        found.names |= dict(names_in(spans, [token.name for token in sentence.tokens]))
    return found


def measure(path: Path, pipeline: Pipeline | None) -> Iterator[tuple[str, float]]:
    """Score one treebank file: pairs of a measure's name and its value in percent."""
    n: Counter[str] = Counter()
    relations = {name: Counter[str]() for name in RELATIONS}
    for paragraph in documents([path]):
        text, gold = text_of(paragraph)
        mine = read(text, pipeline)
        n["gold starts"] += len(gold.starts)
        n["read starts"] += len(mine.starts)
        n["starts"] += len(gold.starts & mine.starts)
        n["gold names"] += len(gold.names)
        n["read names"] += len(mine.names)
        n["spans"] += len(gold.names.keys() & mine.names.keys())
        n["names"] += len(gold.names.items() & mine.names.items())
        for side, arcs in (("gold", gold.arcs), ("read", mine.arcs)):
            n[f"{side} words"] += sum(arc.deprel != "punct" for arc in arcs.values())
            for arc in arcs.values():
                if arc.deprel in relations:
                    relations[arc.deprel][side] += 1
        for span, arc in gold.arcs.items():
            other = mine.arcs.get(span)
            if other is None or arc.deprel == "punct":
                continue
            n["upos"] += other.upos == arc.upos
            n["heads"] += other.head == arc.head
            n["both"] += (other.head, other.deprel) == (arc.head, arc.deprel)
            if arc.deprel in relations and (other.head, other.deprel) == (arc.head, arc.deprel):
                relations[arc.deprel]["right"] += 1
    for name, key in (("UAS", "heads"), ("LAS", "both"), ("UPOS", "upos")):
        yield name, f1(n[key], n["gold words"], n["read words"])
    yield "sentences F1", f1(n["starts"], n["gold starts"], n["read starts"])
    if n["gold names"]:
        yield "names F1, spans", f1(n["spans"], n["gold names"], n["read names"])
        yield "names F1, types", f1(n["names"], n["gold names"], n["read names"])
    for name, count in relations.items():
        yield f"  {name}", f1(count["right"], count["gold"], count["read"])


def speeds(data: Path, pipeline: Pipeline | None) -> tuple[float, float]:
    """Words a second, from a file to ``Sentence`` objects and to words only: the faster of two goes over GUM's test share."""
    paragraphs = [text_of(paragraph)[0].strip() for paragraph in documents([data / TEST[1]])]
    boilerplate = read_boilerplate(ontology_folder() / "mappings" / "boilerplate.csv")
    best = [0.0, 0.0]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "article.txt"
        file.write_text("\n\n".join(paragraphs), encoding="utf-8")
        for _ in range(2):
            begun = time.perf_counter()
            articles = [item for item in read_documents([file], boilerplate) if not isinstance(item, Problem)]
            parsed = sum(len(sentence.tokens) for article in articles for sentence in sentences_of(article, pipeline))
            between = time.perf_counter()
            cut = sum(len(words_of(article.text[block.start : block.end])) for article in articles for block in article.blocks)
            best = [max(best[0], parsed / (between - begun)), max(best[1], cut / (time.perf_counter() - between))]
    return best[0], best[1]


def megabytes() -> float:
    """The most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


def bench(data: Path, beside: str, *, note: bool) -> None:
    """Print a table: a measure a line, a parser a column; ``note`` writes our scores into the card of the weights."""
    parsers = {"ours": None} | ({beside: load_pipeline(beside)} if beside else {})
    table: dict[str, list[str]] = {}
    for pipeline in parsers.values():
        sentence_speed, word_speed = speeds(data, pipeline)
        table.setdefault("words/s, file to sentences", []).append(f"{sentence_speed:.0f}")
        table.setdefault("words/s, file to words only", []).append(f"{word_speed:.0f}")
        table.setdefault("MB of memory so far", []).append(f"{megabytes():.0f}")
        for path in TEST:
            for name, value in measure(data / path, pipeline):
                table.setdefault(f"{Path(path).stem}: {name}", []).append(f"{value:.1f}")
    if note:
        card = json.loads((FOLDER / "parser.json").read_text("utf-8"))
        card["scores"] = {name: float(cells[0]) for name, cells in table.items() if ":" in name}
        (FOLDER / "parser.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print("\t".join(["", *parsers]))
    for name, cells in table.items():
        print("\t".join([name, *cells]))
    print(f"MB on disk\t{sum((FOLDER / name).stat().st_size for name in FILES) / 1e6:.1f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--beside", default="")
    parser.add_argument("--note", action="store_true", help="write the scores into kg/parser/parser.json")
    arguments = parser.parse_args()
    bench(arguments.data, arguments.beside, note=arguments.note)
