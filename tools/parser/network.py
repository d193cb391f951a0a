"""The network: a BERT-like encoder with biaffine heads after Dozat and Manning (2017).

Two encoders fit: MiniLM (6 layers, 384 wide), which ships, and MPNet (12 layers, 768 wide), its teacher.
"""

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

ARC, LABEL, CASES = 320, 64, 7
BUCKETS, FARTHEST = 32, 128
ATTENTION = {
    "minilm": (("self.query", "self.key", "self.value"), ("attention.output.dense", "attention.output.LayerNorm")),
    "mpnet": (("attn.q", "attn.k", "attn.v"), ("attention.attn.o", "attention.LayerNorm")),
}


@dataclass(frozen=True)
class Shape:
    """The measures of an encoder; ``relative`` adds MPNet's bias by the distance between pieces."""

    layers: int
    width: int
    heads: int
    relative: bool
    epsilon: float

    @property
    def first_position(self) -> int:
        return 2 if self.relative else 0


MINILM = Shape(6, 384, 12, relative=False, epsilon=1e-12)
MPNET = Shape(12, 768, 12, relative=True, epsilon=1e-5)

TAGS = ("upos", "xpos", "feats", "start", "name", "other_name", "party_name")
"""The linear heads, in the order of the network's outputs."""


@dataclass(frozen=True)
class Labels:
    """The label sets, in the order of the network's outputs. ``name`` are IOB tags in GUM's manner of marking names;
    ``other_name`` and ``party_name`` those of WikiGold/UNER and CrossNER, which are learned beside it and do not ship."""

    upos: list[str]
    xpos: list[str]
    feats: list[str]
    deprel: list[str]
    name: list[str]
    other_name: list[str]
    party_name: list[str]

    @property
    def tag_sizes(self) -> list[int]:
        return [1 if kind == "start" else len(getattr(self, kind)) for kind in TAGS]


class Layer(nn.Module):
    """One layer of BERT: attention and a feed-forward block, each with its residual."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        width = shape.width
        self.heads = shape.heads
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.inner, self.outer = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, shape.epsilon), nn.LayerNorm(width, shape.epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        x = self.norm1(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(batch, length, width))))
        return self.norm2(x + self.outer(F.gelu(self.inner(x))))


class Network(nn.Module):
    """Pieces in, scores of tags, sentence starts, names, arcs and labels out."""

    def __init__(self, labels: Labels, shape: Shape, *, vocabulary: int, dropout: float = 0.1, head_dropout: float = 0.3) -> None:
        super().__init__()
        width = shape.width
        self.labels, self.shape = labels, shape
        self.piece, self.position, self.case = nn.Embedding(vocabulary, width), nn.Embedding(512, width), nn.Embedding(CASES, width)
        nn.init.zeros_(self.case.weight)
        self.norm = nn.LayerNorm(width, shape.epsilon)
        self.distance = nn.Embedding(BUCKETS, shape.heads) if shape.relative else None
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.dropout, self.head_dropout = nn.Dropout(dropout), nn.Dropout(head_dropout)
        self.tags = nn.Linear(width, sum(labels.tag_sizes))
        self.dependent, self.governor = nn.Linear(width, ARC + LABEL), nn.Linear(width, ARC + LABEL)
        self.arc, self.arc_bias = nn.Linear(ARC, ARC, bias=False), nn.Linear(ARC, 1)
        size = len(labels.deprel)
        self.label = nn.Linear(LABEL, size * LABEL, bias=False)
        self.label_dependent, self.label_governor = nn.Linear(LABEL, size), nn.Linear(LABEL, size, bias=False)
        nn.init.normal_(self.arc.weight, std=0.02)
        nn.init.normal_(self.label.weight, std=0.02)

    def forward(
        self, pieces: Tensor, cases: Tensor, first: Tensor, last: Tensor, piece_count: Tensor, word_count: Tensor
    ) -> tuple[tuple[Tensor, ...], Tensor, Tensor, Tensor]:
        """Score a padded batch: tags (batch, words, labels) of each kind, arcs (batch, words, words + 1), and the two label vectors."""
        length = torch.arange(pieces.shape[1])
        mask = torch.where(length[None, :] < piece_count[:, None], 0.0, -1e4)[:, None, None, :]
        if self.distance is not None:
            mask = mask + self.distance(buckets_of(pieces.shape[1])).permute(2, 0, 1)
        x = self.dropout(self.norm(self.piece(pieces) + self.position(length) + self.case(cases)))
        for layer in self.layers:
            x = layer(x, mask)
        words = (rows(x, first) + rows(x, last)) * 0.5
        tags = self.tags(self.head_dropout(words)).split(self.labels.tag_sizes, -1)
        dependent_arc, dependent_label = self._project(self.dependent, words)
        governor_arc, governor_label = self._project(self.governor, torch.cat([x[:, :1], words], 1))
        arcs = self.arc(dependent_arc) @ governor_arc.transpose(1, 2) + self.arc_bias(governor_arc).transpose(1, 2)
        governors = torch.arange(arcs.shape[2])
        arcs = arcs + torch.where(governors[None, :] <= word_count[:, None], 0.0, -1e4)[:, None, :]
        return tags, arcs, dependent_label, governor_label

    def _project(self, layer: nn.Linear, x: Tensor) -> tuple[Tensor, Tensor]:
        arc, label = self.head_dropout(F.gelu(layer(self.head_dropout(x)))).split((ARC, LABEL), -1)
        return arc, label

    def label_scores(self, dependent: Tensor, governor: Tensor, heads: Tensor) -> Tensor:
        """Score the labels of given heads: (batch, words, labels)."""
        chosen = torch.gather(governor, 1, heads.clamp(min=0)[:, :, None].expand(-1, -1, LABEL))
        batch, words, _ = dependent.shape
        bilinear = self.label(dependent).view(batch, words, -1, LABEL) @ chosen[..., None]
        return bilinear.squeeze(-1) + self.label_dependent(dependent) + self.label_governor(chosen)


def rows(x: Tensor, index: Tensor) -> Tensor:
    """Pick a row of ``x`` (batch, pieces, width) for each index (batch, words)."""
    return torch.gather(x, 1, index[:, :, None].expand(-1, -1, x.shape[2]))


def buckets_of(length: int) -> Tensor:
    """Number the distances between pieces as T5 and MPNet do: half for each direction, exact when near, logarithmic when far."""
    place = torch.arange(length)
    distance = place[None, :] - place[:, None]
    half, exact = BUCKETS // 2, BUCKETS // 4
    near = distance.abs()
    far = exact + (torch.log(near.clamp(min=1).float() / exact) / torch.log(torch.tensor(FARTHEST / exact)) * (half - exact)).long()
    return torch.where(distance > 0, half, 0) + torch.where(near < exact, near, far.clamp(max=half - 1))


def load_encoder(network: Network, path: Path, kept: list[int]) -> None:
    """Copy the pretrained weights into the network, of the piece table only the rows in ``kept``."""
    weights = {name.removeprefix("bert.").removeprefix("mpnet."): tensor for name, tensor in load_file(path).items()}
    start = network.shape.first_position
    positions = weights["embeddings.position_embeddings.weight"][start : start + 512]
    kinds = weights.get("embeddings.token_type_embeddings.weight")
    with torch.no_grad():
        network.piece.weight.copy_(weights["embeddings.word_embeddings.weight"][kept])
        network.position.weight.copy_(positions if kinds is None else positions + kinds[0])
        network.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
        network.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
        if network.distance is not None:
            network.distance.weight.copy_(weights["encoder.relative_attention_bias.weight"])
        for number, layer in enumerate(network.layers):
            prefix = f"encoder.layer.{number}."
            names, output = ATTENTION["mpnet" if network.shape.relative else "minilm"]
            for kind in ("weight", "bias"):
                getattr(layer.qkv, kind).copy_(torch.cat([weights[f"{prefix}attention.{name}.{kind}"] for name in names]))
                for module, name in (
                    (layer.out, output[0]),
                    (layer.norm1, output[1]),
                    (layer.inner, "intermediate.dense"),
                    (layer.outer, "output.dense"),
                    (layer.norm2, "output.LayerNorm"),
                ):
                    getattr(module, kind).copy_(weights[f"{prefix}{name}.{kind}"])
