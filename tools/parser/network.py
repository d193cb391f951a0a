"""The network: MiniLM (6 layers, 384 wide) with biaffine heads after Dozat and Manning (2017)."""

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
ARC, LABEL, CASES = 320, 100, 7


@dataclass(frozen=True)
class Labels:
    """The label sets, in the order of the network's outputs."""

    upos: list[str]
    xpos: list[str]
    feats: list[str]
    deprel: list[str]

    @property
    def tag_sizes(self) -> list[int]:
        return [len(self.upos), len(self.xpos), len(self.feats), 1]


class Layer(nn.Module):
    """One layer of BERT: attention and a feed-forward block, each with its residual."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        if mask is None:
            scores = q @ k.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5
            mixed = torch.softmax(scores, -1) @ v
        else:
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.norm2(x + self.dropout(self.outer(F.gelu(self.inner(x)))))


class Network(nn.Module):
    """Pieces in, scores of tags, sentence starts, arcs and labels out."""

    def __init__(self, labels: Labels, *, vocabulary: int = 30522, dropout: float = 0.1, head_dropout: float = 0.3) -> None:
        super().__init__()
        self.labels = labels
        self.piece, self.position, self.case = nn.Embedding(vocabulary, WIDTH), nn.Embedding(512, WIDTH), nn.Embedding(CASES, WIDTH)
        nn.init.zeros_(self.case.weight)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout, self.head_dropout = nn.Dropout(dropout), nn.Dropout(head_dropout)
        self.tags = nn.Linear(WIDTH, sum(labels.tag_sizes))
        self.dependent, self.governor = nn.Linear(WIDTH, ARC + LABEL), nn.Linear(WIDTH, ARC + LABEL)
        self.arc, self.arc_bias = nn.Linear(ARC, ARC, bias=False), nn.Linear(ARC, 1)
        size = len(labels.deprel)
        self.label = nn.Linear(LABEL, size * LABEL, bias=False)
        self.label_dependent, self.label_governor = nn.Linear(LABEL, size), nn.Linear(LABEL, size, bias=False)
        nn.init.normal_(self.arc.weight, std=0.02)
        nn.init.normal_(self.label.weight, std=0.02)

    def forward(
        self, pieces: Tensor, cases: Tensor, first: Tensor, last: Tensor, piece_count: Tensor | None, word_count: Tensor | None
    ) -> tuple[tuple[Tensor, ...], Tensor, Tensor, Tensor]:
        """Score a batch; counts mask the padding and are None for a single unpadded sentence."""
        length = torch.arange(pieces.shape[1])
        mask = None if piece_count is None else torch.where(length[None, :] < piece_count[:, None], 0.0, -1e4)[:, None, None, :]
        x = self.dropout(self.norm(self.piece(pieces) + self.position(length) + self.case(cases)))
        for layer in self.layers:
            x = layer(x, mask)
        words = (_rows(x, first) + _rows(x, last)) * 0.5
        tags = self.tags(self.head_dropout(words)).split(self.labels.tag_sizes, -1)
        dependent_arc, dependent_label = self._project(self.dependent, words)
        governor_arc, governor_label = self._project(self.governor, torch.cat([x[:, :1], words], 1))
        arcs = self.arc(dependent_arc) @ governor_arc.transpose(1, 2) + self.arc_bias(governor_arc).transpose(1, 2)
        if word_count is not None:
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

    def best_labels(self, dependent: Tensor, governor: Tensor) -> Tensor:
        """Choose the best label of every pair: (batch, words, words + 1)."""
        batch, words, _ = dependent.shape
        size = len(self.labels.deprel)
        left = self.label(dependent).reshape(batch, words * size, LABEL)
        scores = (left @ governor.transpose(1, 2)).reshape(batch, words, size, -1)
        scores = scores + self.label_dependent(dependent)[..., None] + self.label_governor(governor).transpose(1, 2)[:, None]
        return scores.argmax(2)


def _rows(x: Tensor, index: Tensor) -> Tensor:
    return torch.gather(x, 1, index[:, :, None].expand(-1, -1, WIDTH))


def load_encoder(network: Network, path: Path) -> None:
    """Copy the pretrained weights of MiniLM into the network."""
    weights = {name.removeprefix("bert."): tensor for name, tensor in load_file(path).items()}
    with torch.no_grad():
        network.piece.weight.copy_(weights["embeddings.word_embeddings.weight"])
        network.position.weight.copy_(
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        network.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
        network.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
        for number, layer in enumerate(network.layers):
            prefix = f"encoder.layer.{number}."
            for kind in ("weight", "bias"):
                parts = [weights[f"{prefix}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
                getattr(layer.qkv, kind).copy_(torch.cat(parts))
                for module, name in (
                    (layer.out, "attention.output.dense"),
                    (layer.norm1, "attention.output.LayerNorm"),
                    (layer.inner, "intermediate.dense"),
                    (layer.outer, "output.dense"),
                    (layer.norm2, "output.LayerNorm"),
                ):
                    getattr(module, kind).copy_(weights[f"{prefix}{name}.{kind}"])
