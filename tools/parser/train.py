"""Train the parser: python -m tools.parser.train DATA ENCODER OUT [--epochs 6].

DATA holds ``ewt/`` and ``gum/`` treebanks, ENCODER the MiniLM files ``model.safetensors`` and
``vocab.txt``. After each epoch OUT/checkpoint.pt is written; a run that finds one goes on from it.
"""

import argparse
import copy
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.parser.pieces import CLS, OTHER, SEP, case_of, pieces_of
from tools.parser.network import Labels, Network, load_encoder
from tools.parser.treebank import DEV, TRAIN, Sentence, augmented, documents, windows

BATCH_PIECES = 1400
ENCODER_RATE, HEAD_RATE, WARM_UP = 1.5e-4, 1e-3, 120
AVERAGE = 0.998
IGNORED = -100
COLUMNS = ("upos", "xpos", "feats", "deprel")


@dataclass(frozen=True)
class Example:
    """One window as numbers: its pieces, and for each word its labels."""

    pieces: list[int]
    cases: list[int]
    first: list[int]
    last: list[int]
    gold: dict[str, list[int]]


def label_sets(paragraphs: list[list[Sentence]]) -> Labels:
    """Collect labels; a feature bundle must occur five times, a relation three."""
    least = {"upos": 1, "xpos": 1, "feats": 5, "deprel": 3}
    counts = {column: Counter(getattr(word, column) for p in paragraphs for s in p for word in s) for column in COLUMNS}
    return Labels(*(sorted(name for name, count in counts[column].items() if count >= least[column]) for column in COLUMNS))


def encoder_of(vocabulary: dict[str, int], labels: Labels):  # type: ignore[no-untyped-def]
    """Make the function that turns a window into an Example."""
    numbers = {column: {name: number for number, name in enumerate(getattr(labels, column))} for column in COLUMNS}

    @cache
    def pieces(form: str) -> tuple[list[int], int]:
        return pieces_of(form, vocabulary), case_of(form)

    def encode(window: list[Sentence], chance: random.Random | None = None) -> Example:
        forms = [word.form for sentence in window for word in sentence]
        ids, cases, first, last = [vocabulary[CLS]], [OTHER], [], []
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
                gold["head"].append(offset + word.head if word.head else 0)
                gold["start"].append(int(place == 0))
            offset += len(sentence)
        return Example([*ids, vocabulary[SEP]], [*cases, OTHER], first, last, gold)

    return encode


def batches(examples: list[Example], chance: random.Random | None = None) -> Iterator[list[Example]]:
    """Group examples of like length into batches of about ``BATCH_PIECES``, in random order."""
    if chance:
        chance.shuffle(examples)
    grouped: list[list[Example]] = []
    for start in range(0, len(examples), 4000):
        current: list[Example] = []
        for example in sorted(examples[start : start + 4000], key=lambda e: len(e.pieces)):
            if current and len(example.pieces) * (len(current) + 1) > BATCH_PIECES:
                grouped.append(current)
                current = []
            current.append(example)
        grouped.append(current)
    if chance:
        chance.shuffle(grouped)
    yield from grouped


def tensors(batch: list[Example]) -> tuple[tuple[Tensor, ...], dict[str, Tensor]]:
    """Pad a batch: the network's inputs, and the gold columns with padding to be ignored."""

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
    return inputs, {column: pad([e.gold[column] for e in batch], IGNORED) for column in batch[0].gold}


def loss_of(network: Network, inputs: tuple[Tensor, ...], gold: dict[str, Tensor]) -> Tensor:
    """Add the losses of all heads."""
    tags, arcs, dependent, governor = network(*inputs)

    def entropy(scores: Tensor, column: str) -> Tensor:
        return F.cross_entropy(scores.reshape(-1, scores.shape[-1]), gold[column].reshape(-1), ignore_index=IGNORED)

    real = gold["start"] >= 0
    start = F.binary_cross_entropy_with_logits(tags[3].squeeze(-1)[real], gold["start"][real].float())
    labels = network.label_scores(dependent, governor, gold["head"])
    return (
        entropy(arcs, "head")
        + entropy(labels, "deprel")
        + 0.5 * (entropy(tags[0], "upos") + entropy(tags[1], "xpos") + start)
        + 0.3 * entropy(tags[2], "feats")
    )


def attachment(network: Network, examples: list[Example]) -> tuple[float, float]:
    """UAS and LAS in percent with gold words, punctuation left out, heads chosen greedily."""
    punctuation = network.labels.deprel.index("punct")
    network.eval()
    words = right_heads = right_both = 0
    with torch.inference_mode():
        for batch in batches(list(examples)):
            inputs, gold = tensors(batch)
            _, arcs, dependent, governor = network(*inputs)
            heads = arcs.argmax(-1)
            labels = network.label_scores(dependent, governor, heads).argmax(-1)
            counted = (gold["head"] >= 0) & (gold["deprel"] != punctuation)
            heads_right = counted & (heads == gold["head"])
            words += int(counted.sum())
            right_heads += int(heads_right.sum())
            right_both += int((heads_right & (labels == gold["deprel"])).sum())
    network.train()
    return 100 * right_heads / words, 100 * right_both / words


def optimiser_of(network: Network) -> torch.optim.AdamW:
    network.piece.weight.requires_grad = False
    encoder = [p for name, p in network.named_parameters() if p.requires_grad and name.split(".")[0] in ("position", "norm", "layers")]
    heads = [p for name, p in network.named_parameters() if p.requires_grad and name.split(".")[0] not in ("position", "norm", "layers")]
    groups = [{"params": encoder, "base": ENCODER_RATE}, {"params": heads, "base": HEAD_RATE}]
    return torch.optim.AdamW(groups, lr=ENCODER_RATE, betas=(0.9, 0.98), weight_decay=0.01)


def train(data: Path, encoder: Path, out: Path, *, epochs: int, seed: int) -> None:
    """Train, averaging the weights exponentially; write a checkpoint after every epoch."""
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    paragraphs = documents(data / path for path in TRAIN)
    labels = label_sets(paragraphs)
    vocabulary = {line: number for number, line in enumerate((encoder / "vocab.txt").read_text("utf-8").splitlines())}
    encode = encoder_of(vocabulary, labels)
    dev = [encode([sentence]) for paragraph in documents(data / path for path in DEV) for sentence in paragraph]
    network = Network(labels)
    load_encoder(network, encoder / "model.safetensors")
    optimiser = optimiser_of(network)
    average, start_epoch, step = copy.deepcopy(network), 0, 0
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
        start_epoch, step = state["epoch"], state["step"]
    (out / "labels.json").write_text(json.dumps(asdict(labels)), encoding="utf-8")
    begun = time.monotonic()
    for epoch in range(start_epoch, epochs):
        chance = random.Random(1000 * seed + epoch)
        examples = [encode(window, chance) for window in windows(paragraphs, chance) if sum(map(len, window)) <= 150]
        batched = list(batches(examples, chance))
        for number, batch in enumerate(batched):
            progress = (epoch + number / len(batched)) / epochs
            rate = min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - progress)
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * rate
            loss = loss_of(network, *tensors(batch))
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            step += 1
            keep = min(AVERAGE, step / (step + 10))
            with torch.no_grad():
                for mean, now in zip(average.parameters(), network.parameters(), strict=True):
                    if now.requires_grad:
                        mean.lerp_(now, 1 - keep)
            if step % 100 == 0:
                print(f"epoch {epoch} {number}/{len(batched)} loss {loss.item():.3f} {time.monotonic() - begun:.0f} s", flush=True)
        state = {"network": network.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict()}
        torch.save({**state, "epoch": epoch + 1, "step": step}, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").replace(checkpoint)
        scores = " ".join(f"{value:.2f}" for value in (*attachment(network, dev), *attachment(average, dev)))
        print(f"== epoch {epoch} dev UAS LAS, and averaged: {scores}, {time.monotonic() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    train(arguments.data, arguments.encoder, arguments.out, epochs=arguments.epochs, seed=arguments.seed)
