"""Train a parser: python -m tools.parser.train DATA ENCODER OUT --epochs N [--opinions FILE].

DATA holds ``ewt/``, ``gum/`` and ``ner/``; ENCODER the files ``model.safetensors`` and ``vocab.txt`` of MiniLM or MPNet.
With the opinions of a teacher (``tools/parser/teach.py``), the network learns from these too. After each epoch
OUT/checkpoint.pt is written; a run that finds one goes on from it.
"""

import argparse
import copy
import json
import random
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.parser.pieces import CLS, SEP, UNK
from tools.parser.examples import SHARE, SOFT, Example, batches, encoder_of, entropy, label_sets, tensors
from tools.parser.network import MINILM, MPNET, TAGS, Network, load_encoder
from tools.parser.treebank import DEV, TRAIN, Word, documents, marked_texts, windows

LONGEST_WINDOW = 150
SHAPES = {"minilm": MINILM, "mpnet": MPNET}
PIECES, SPECIAL = 16_000, ("[PAD]", CLS, SEP, UNK)
RATES = {"minilm": (3e-4, 1e-3), "mpnet": (1e-4, 1e-3)}  # of the encoder's last layer, of the heads
DROPOUT = {"minilm": (0.05, 0.2), "mpnet": (0.1, 0.3)}
BATCH_PIECES, LAYER_DECAY, WARM_UP = 2000, 0.9, 150
AVERAGE = {"minilm": 0.999, "mpnet": 0.998}
WEIGHTS = {
    "head": 1.0,
    "deprel": 1.0,
    "upos": 0.5,
    "xpos": 0.5,
    "start": 0.5,
    "feats": 0.3,
    "name": 1.0,
    "other_name": 0.3,
    "party_name": 0.2,
}


def loss_of(network: Network, inputs: tuple[Tensor, ...], gold: dict[str, Tensor], taught: dict[str, Tensor]) -> Tensor:
    """Add the losses of all heads, each over the words whose label is known."""
    tags, arcs, dependent, governor = network(*inputs)
    scores = {**dict(zip(TAGS, tags, strict=True)), "head": arcs}
    scores["deprel"] = network.label_scores(dependent, governor, gold["head"])
    total = arcs.new_zeros((), dtype=torch.float32)
    for column, weight in WEIGHTS.items():
        if column == "start":
            loss = starts_loss(scores[column].squeeze(-1).float(), gold[column], taught.get(column))
        else:
            told = taught.get(column) if column in SOFT else None
            if column == "name" and told is not None:
                told = told * (gold[column] < 0)[..., None]  # of names the treebank knows more than the teacher
            loss = entropy(scores[column], gold[column], told)
        total = total + weight * loss
    return total


def starts_loss(scores: Tensor, gold: Tensor, taught: Tensor | None) -> Tensor:
    """Binary cross-entropy of sentence starts over the words that gold or teacher knows."""
    told = torch.full_like(scores, -1) if taught is None else taught
    target = torch.where(gold < 0, told, torch.where(told < 0, gold, (1 - SHARE) * gold + SHARE * told))
    known = target >= 0
    return F.binary_cross_entropy_with_logits(scores[known], target[known], reduction="sum") / known.sum().clamp(min=1)


def dev_scores(network: Network, examples: Iterable[Example]) -> str:
    """UAS, LAS and UPOS with gold words, punctuation left out, heads chosen greedily; of words in names, the share tagged so."""
    punctuation = network.labels.deprel.index("punct")
    network.eval()
    counts = dict.fromkeys(("words", "heads", "both", "upos", "named", "name"), 0)
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        for batch in batches(list(examples), BATCH_PIECES):
            inputs, gold, _ = tensors(batch)
            tags, arcs, dependent, governor = network(*inputs)
            heads = arcs.argmax(-1)
            labels = network.label_scores(dependent, governor, heads).argmax(-1)
            counted = (gold["head"] >= 0) & (gold["deprel"] != punctuation)
            right = counted & (heads == gold["head"])
            outside = network.labels.name.index("O")
            names = tags[TAGS.index("name")].argmax(-1)
            some = (gold["name"] >= 0) & ((gold["name"] != outside) | (names != outside))
            counts["words"] += int(counted.sum())
            counts["heads"] += int(right.sum())
            counts["both"] += int((right & (labels == gold["deprel"])).sum())
            counts["upos"] += int((counted & (tags[TAGS.index("upos")].argmax(-1) == gold["upos"])).sum())
            counts["named"] += int(some.sum())
            counts["name"] += int((some & (names == gold["name"])).sum())
    network.train()
    words = counts["words"]
    return " ".join(
        f"{name} {100 * counts[key] / all_:.2f}"
        for name, key, all_ in (
            ("UAS", "heads", words),
            ("LAS", "both", words),
            ("UPOS", "upos", words),
            ("names", "name", counts["named"]),
        )
    )


def optimiser_of(network: Network, encoder_rate: float, head_rate: float) -> torch.optim.AdamW:
    """Lower layers learn more slowly; the large table of MPNet's pieces not at all."""
    network.piece.weight.requires_grad = not network.shape.relative
    layers = network.shape.layers
    groups: dict[float, list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            root, _, rest = name.partition(".")
            depth = int(rest.split(".")[0]) + 1 if root == "layers" else 0
            in_encoder = root in ("layers", "piece", "position", "norm", "distance")
            groups.setdefault(encoder_rate * LAYER_DECAY ** (layers - depth) if in_encoder else head_rate, []).append(parameter)
    return torch.optim.AdamW(
        [{"params": found, "base": rate} for rate, found in groups.items()], lr=head_rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True
    )


def pieces_kept(lines: list[str], examples: Iterable[Example]) -> list[int]:
    """Choose ``PIECES`` word pieces: all single characters, those that the texts use most, the rest in the order of the list.

    BERT's list is ordered by kind and then by frequency, so its beginning is what English uses most.
    """
    used = Counter(piece for example in examples for piece in example.pieces)
    plain = [
        n for n, line in enumerate(lines) if line in SPECIAL or (len(line.removeprefix("##")) == 1 and line.removeprefix("##") < "\u0370")
    ]
    often = [piece for piece, _ in used.most_common()]
    first = [number for number, line in enumerate(lines) if not line.startswith("[unused")]
    return sorted(list(dict.fromkeys(plain + often + first))[:PIECES])


def train(data: Path, encoder: Path, out: Path, *, epochs: int, seed: int, opinions: Path | None) -> None:
    """Train, averaging the weights exponentially; write a checkpoint after every epoch."""
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    paragraphs, marked = documents(data / path for path in TRAIN), marked_texts(data)
    labels = label_sets(paragraphs + marked)
    lines = (encoder / "vocab.txt").read_text("utf-8").splitlines()
    kind = "mpnet" if "<s>" in lines else "minilm"
    kept, lessons, thoughts = list(range(len(lines))), [], []
    if opinions:
        told = torch.load(opinions, weights_only=True)
        lessons = [[tuple(Word(*word) for word in sentence) for sentence in window] for window in told["windows"]]
        thoughts = told["opinions"]
        encode = encoder_of({line: number for number, line in enumerate(lines)}, labels)
        kept = pieces_kept(lines, (encode(window, None) for window in lessons))
        lines = [lines[number] for number in kept]
    (out / "pieces.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (out / "labels.json").write_text(json.dumps(asdict(labels)), encoding="utf-8")
    encode = encoder_of({line: number for number, line in enumerate(lines)}, labels)
    dev = [encode([sentence], None) for paragraph in documents(data / path for path in DEV) for sentence in paragraph]
    dropout, head_dropout = DROPOUT[kind]
    network = Network(labels, SHAPES[kind], vocabulary=len(lines), dropout=dropout, head_dropout=head_dropout)
    load_encoder(network, encoder / "model.safetensors", kept)
    optimiser = optimiser_of(network, *RATES[kind])
    average, start_epoch, step = copy.deepcopy(network), 0, 0
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
        start_epoch, step = state["epoch"], state["step"]
    learned = [p for p in network.parameters() if p.requires_grad]
    means = [mean for mean, now in zip(average.parameters(), network.parameters(), strict=True) if now.requires_grad]
    begun = time.monotonic()
    for epoch in range(start_epoch, epochs):
        chance = random.Random(1000 * seed + epoch)
        # In turn: the treebanks newly cut and without the teacher, or as the teacher saw them; the prose always as it saw it.
        fresh = not lessons or epoch % 2 == 0
        found = [*windows(paragraphs, chance)] if fresh else []
        found += [] if lessons else [*windows(marked[epoch % 2 :: 2], chance)]
        examples = [encode(window, chance) for window in found if sum(map(len, window)) <= LONGEST_WINDOW]
        for place, window in enumerate(lessons):
            if not fresh or window[0][0].head < 0:
                examples.append(replace(encode(window, chance), taught=place))
        batched = list(batches(examples, BATCH_PIECES, chance))
        for number, batch in enumerate(batched):
            progress = (epoch + number / len(batched)) / epochs
            rate = min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - progress)
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * rate
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(network, *tensors(batch, thoughts))
            loss.backward()
            nn.utils.clip_grad_norm_(learned, 1.0)
            optimiser.step()
            optimiser.zero_grad()
            step += 1
            with torch.no_grad():
                torch._foreach_lerp_(means, learned, 1 - min(AVERAGE[kind], step / (step + 10)))
            if step % 50 == 0:
                print(f"epoch {epoch} {number}/{len(batched)} loss {loss.item():.3f} {time.monotonic() - begun:.0f} s", flush=True)
        state = {"network": network.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict()}
        torch.save({**state, "epoch": epoch + 1, "step": step}, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").replace(checkpoint)
        print(f"== epoch {epoch} dev {dev_scores(average, dev)}, {time.monotonic() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--opinions", type=Path)
    given = parser.parse_args()
    train(given.data, given.encoder, given.out, epochs=given.epochs, seed=given.seed, opinions=given.opinions)
