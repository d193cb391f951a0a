"""Windows of sentences as numbers, and batches of them as tensors."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import torch
from torch import Tensor
from torch.nn import functional as F

from kg.parser.pieces import CLS, OTHER, SEP, case_of, pieces_of
from tools.parser.network import Labels
from tools.parser.treebank import UNKNOWN, Sentence, augmented

IGNORED = -100
COLUMNS = ("upos", "xpos", "feats", "deprel", "name", "other_name", "party_name")
SHARE = 0.5  # of the teacher's opinion, where the treebank has one too
LEAST = {"feats": 5, "deprel": 3}
POOL = 4000


@dataclass(frozen=True)
class Example:
    """One window as numbers: its pieces, for each word its first and last piece and its labels.

    ``taught`` numbers the teacher's opinion of this window, -1 if it has none.
    """

    pieces: list[int]
    cases: list[int]
    first: list[int]
    last: list[int]
    gold: dict[str, list[int]]
    taught: int = -1


def label_sets(paragraphs: list[list[Sentence]]) -> Labels:
    """Collect labels; a feature bundle must occur five times, a relation three."""
    counts = {column: Counter(getattr(word, column) for p in paragraphs for s in p for word in s) for column in COLUMNS}
    return Labels(
        *(sorted(name for name, n in counts[column].items() if n >= LEAST.get(column, 1) and name != UNKNOWN) for column in COLUMNS)
    )


Encode = Callable[[list[Sentence], random.Random | None], Example]


def encoder_of(vocabulary: dict[str, int], labels: Labels) -> Encode:
    """Make the function that turns a window into an Example; with chance given, its words are varied."""
    numbers = {column: {name: number for number, name in enumerate(getattr(labels, column))} for column in COLUMNS}
    begin, end = (vocabulary[CLS], vocabulary[SEP]) if "<s>" not in vocabulary else (vocabulary["<s>"], vocabulary["</s>"])

    @cache
    def pieces(form: str) -> tuple[list[int], int]:
        return pieces_of(form, vocabulary), case_of(form)

    def encode(window: list[Sentence], chance: random.Random | None) -> Example:
        forms = [word.form for sentence in window for word in sentence]
        ids, cases, first, last = [begin], [OTHER], [], []
        for form in augmented(forms, chance) if chance else forms:
            found, case = pieces(form)
            first.append(len(ids))
            ids += found
            cases += [case] * len(found)
            last.append(len(ids) - 1)
        gold: dict[str, list[int]] = {column: [] for column in (*COLUMNS, "head", "start")}
        offset = 0
        for sentence in window:
            for place, word in enumerate(sentence):
                for column in COLUMNS:
                    gold[column].append(numbers[column].get(getattr(word, column), IGNORED))
                gold["head"].append(IGNORED if word.head < 0 else offset + word.head if word.head else 0)
                gold["start"].append(IGNORED if word.head < 0 else int(place == 0))
            offset += len(sentence)
        return Example([*ids, end], [*cases, OTHER], first, last, gold)

    return encode


def batches(examples: list[Example], size: int, chance: random.Random | None = None) -> Iterator[list[Example]]:
    """Group examples of like length into batches of about ``size`` pieces, in random order."""
    if chance:
        chance.shuffle(examples)
    grouped: list[list[Example]] = []
    for start in range(0, len(examples), POOL):
        current: list[Example] = []
        for example in sorted(examples[start : start + POOL], key=lambda e: len(e.pieces)):
            if current and len(example.pieces) * (len(current) + 1) > size:
                grouped.append(current)
                current = []
            current.append(example)
        grouped.append(current)
    if chance:
        chance.shuffle(grouped)
    yield from grouped


Opinion = dict[str, Tensor]
"""What a teacher makes of a window of n words: probabilities of ``head`` (n, n + 1), of ``deprel`` for the heads ``at``,
of ``upos``, ``xpos`` and ``name`` (n, labels), of ``start`` (n); its choice of the ``HARD`` columns (n)."""

SOFT, HARD = ("head", "deprel", "upos", "xpos", "name"), ("feats", "other_name", "party_name")


def tensors(batch: list[Example], opinions: Sequence[Opinion] = ()) -> tuple[tuple[Tensor, ...], dict[str, Tensor], dict[str, Tensor]]:
    """Pad a batch: the network's inputs, the gold columns, and what a teacher thinks of the same words.

    Gold that is unknown or padding is to be ignored, and so are words of which the teacher's ``start`` is negative.
    """

    def pad(rows: list[list[int]], value: int) -> Tensor:
        width = max(map(len, rows))
        return torch.tensor([row + [value] * (width - len(row)) for row in rows])

    inputs = (
        pad([e.pieces for e in batch], 0),
        pad([e.cases for e in batch], 0),
        pad([e.first for e in batch], 0),
        pad([e.last for e in batch], 0),
        torch.tensor([len(e.pieces) for e in batch]),
        torch.tensor([len(e.first) for e in batch]),
    )
    gold = {column: pad([e.gold[column] for e in batch], IGNORED) for column in batch[0].gold}
    taught: dict[str, Tensor] = {}
    words = inputs[2].shape[1]
    for row, example in enumerate(batch):
        if example.taught < 0:
            continue
        for column, value in opinions[example.taught].items():
            size = words + 1 if column == "head" else value.shape[-1]
            if column not in taught:
                shape = (len(batch), words, size) if column in SOFT else (len(batch), words)
                taught[column] = torch.zeros(shape) if column in SOFT else torch.full(shape, -1.0 if column == "start" else IGNORED)
            place = taught[column][row, : len(value)]
            place[..., : value.shape[-1]] = value if column in SOFT else value.to(place.dtype)
    for column in HARD if taught else ():
        gold[column] = torch.where(gold[column] < 0, taught[column].to(gold[column].dtype), gold[column])
    if taught:
        gold["head"] = torch.where(gold["head"] < 0, taught["at"].to(gold["head"].dtype), gold["head"])
    return inputs, gold, taught


def entropy(scores: Tensor, gold: Tensor, taught: Tensor | None) -> Tensor:
    """Cross-entropy of scores (batch, words, labels), averaged over the words that gold or teacher knows.

    Where both know, the target is their mean by ``SHARE``.
    """
    scores, gold = scores.flatten(0, 1).float(), gold.flatten()
    known = (gold >= 0).float()
    loss = F.cross_entropy(scores, gold.clamp(min=0), reduction="none") * known
    if taught is None:
        return loss.sum() / known.sum().clamp(min=1)
    target = taught.flatten(0, 1)
    told = (target.sum(-1) > 0).float()
    soft = -(target * F.log_softmax(scores, -1)).sum(-1)
    mixed = torch.where(told * known > 0, SHARE * soft + (1 - SHARE) * loss, soft + loss)
    return mixed.sum() / torch.maximum(told, known).sum().clamp(min=1)
