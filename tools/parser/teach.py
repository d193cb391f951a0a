"""Ask a trained teacher: python -m tools.parser.teach DATA ENCODER RUN PROSE OUT.

RUN is the folder in which ``train`` left the teacher, ENCODER the one it began from, PROSE a folder of plain text without
any annotation. What the teacher thinks of every window of the treebanks, of the texts with names, of the prose and of
the examples in the tables of the ontology is written to OUT, for a smaller network to learn from (Hinton, Vinyals and
Dean, 2015).
"""

import argparse
import csv
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from kg.sentences import split, words_of
from tools.parser.examples import HARD, SOFT, Example, Opinion, batches, encoder_of, tensors
from tools.parser.network import MPNET, TAGS, Labels, Network
from tools.parser.treebank import TRAIN, UNKNOWN, Sentence, Word, documents, marked_texts, windows

BATCH_PIECES, LONGEST_WINDOW = 3000, 150
TABLES = Path(__file__).parents[2] / "ontology" / "mappings"


def prose_of(folder: Path, tables: Path) -> list[list[Sentence]]:
    """Read plain texts and the examples of tables as paragraphs of sentences, in the words of the program.

    A sentence ends at a full stop that is a word of its own.
    """
    texts = [block for path in sorted(folder.rglob("*.txt")) for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))]
    for path in sorted(tables.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            texts += [row["example"] for row in csv.DictReader(file) if row.get("example")]
    paragraphs = ([_unmarked(words) for words in split(words_of(text))] for text in texts if text.strip("=\n "))
    return [paragraph for paragraph in paragraphs if paragraph]


def _unmarked(words: Sequence[tuple[str, int]]) -> Sentence:
    """Words and offsets as a sentence of which nothing else is known."""
    following = [offset for _, offset in words[1:]] + [words[-1][1] + len(words[-1][0]) + 1]
    return tuple(
        Word(form, *[UNKNOWN] * 3, -1, UNKNOWN, space_after=after > offset + len(form))
        for (form, offset), after in zip(words, following, strict=True)
    )


def opinions_of(network: Network, examples: list[Example]) -> Iterator[tuple[int, Opinion]]:
    """What the network thinks of each example, with its place."""
    places = {id(example): place for place, example in enumerate(examples)}
    done = 0
    for batch in batches(list(examples), BATCH_PIECES):
        inputs, gold, _ = tensors(batch)
        tags, arcs, dependent, governor = network(*inputs)
        at = torch.where(gold["head"] >= 0, gold["head"], arcs.argmax(-1))
        scores = dict(zip(TAGS, tags, strict=True))
        scores |= {"head": arcs, "deprel": network.label_scores(dependent, governor, at)}
        columns = {column: scores[column].float().softmax(-1) for column in SOFT}
        columns["start"] = scores["start"].squeeze(-1).float().sigmoid()
        choices = {"at": at} | {column: scores[column].argmax(-1) for column in HARD}
        for row, example in enumerate(batch):
            n = len(example.first)
            opinion = {column: value[row, :n].half().clone() for column, value in columns.items()}
            opinion["head"] = opinion["head"][:, : n + 1].clone()
            opinion |= {column: value[row, :n].short().clone() for column, value in choices.items()}
            yield places[id(example)], opinion
        done += len(batch)
        if done % 2000 < len(batch):
            print(f"{done} of {len(examples)} windows", flush=True)


def teach(data: Path, encoder: Path, run: Path, prose: Path, out: Path) -> None:
    """Write windows and opinions: a list of sentences a window, a list of opinions in the same order."""
    labels = Labels(**json.loads((run / "labels.json").read_text("utf-8")))
    lines = (encoder / "vocab.txt").read_text("utf-8").splitlines()
    network = Network(labels, MPNET, vocabulary=len(lines))
    network.load_state_dict(torch.load(run / "checkpoint.pt", weights_only=True)["average"])
    network.eval()
    encode = encoder_of({line: number for number, line in enumerate(lines)}, labels)
    paragraphs = [*documents(data / path for path in TRAIN), *marked_texts(data), *prose_of(prose, TABLES)]
    found = [window for window in windows(paragraphs, random.Random(0)) if sum(map(len, window)) <= LONGEST_WINDOW]
    examples = [encode(window, None) for window in found]
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        opinions = dict(opinions_of(network, examples))
    kept = [[[tuple(getattr(word, name) for name in Word.__slots__) for word in sentence] for sentence in window] for window in found]
    torch.save({"windows": kept, "opinions": [opinions[place] for place in range(len(found))]}, out.with_suffix(".new"))
    out.with_suffix(".new").replace(out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "encoder", "run", "prose", "out"):
        parser.add_argument(name, type=Path)
    arguments = parser.parse_args()
    teach(arguments.data, arguments.encoder, arguments.run, arguments.prose, arguments.out)
