"""Write the parser that ships: python -m tools.parser.export RUN ENCODER DATA [TARGET].

RUN/checkpoint.pt (its averaged weights) becomes TARGET/parser.onnx, int8 and for one sentence at a
time; beside it ``pieces.txt`` (the vocabulary) and ``parser.json`` (labels, checksums, licences).
The weights are quantised to 7 bits (``reduce_range``), so that processors with and without VNNI agree.
"""

import argparse
import json
import tempfile
from hashlib import sha256
from pathlib import Path
from shutil import copyfile

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from tools.parser.network import Labels, Network
from tools.parser.treebank import TRAIN

LICENCES = {
    "MiniLM-L6 (encoder)": "Apache-2.0",
    "UD English EWT": "CC BY-SA 4.0",
    "UD English GUM, open genres (texts CC BY, CC BY-SA or public domain)": "CC BY 4.0",
}


class RowScaled(nn.Module):
    """An embedding kept as int8 with one scale a row."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-9) / 127
        self.register_buffer("values", (weight / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, index: Tensor) -> Tensor:
        return self.values[index].float() * self.scale[index]


class OneSentence(nn.Module):
    """Four vectors in (pieces, cases, first and last piece of each word); arcs, labels, tags, starts out."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, cases: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        tags, arcs, dependent, governor = self.network(pieces[None], cases[None], first[None], last[None], None, None)
        labels = self.network.best_labels(dependent, governor)
        best = [scores[0].argmax(-1).to(torch.int32) for scores in tags[:3]]
        return arcs[0], labels[0].to(torch.int32), *best, tags[3][0].squeeze(-1)


def export(run: Path, encoder: Path, data: Path, target: Path) -> None:
    """Write the three files of the parser into ``target``."""
    labels = json.loads((run / "labels.json").read_text("utf-8"))
    network = Network(Labels(**labels))
    state = torch.load(run / "checkpoint.pt", weights_only=True)
    network.load_state_dict(state["average"])
    network.eval()
    network.piece = RowScaled(network.piece.weight.data)  # type: ignore[assignment]
    example = (torch.arange(9), torch.zeros(9, dtype=torch.long), torch.arange(1, 8), torch.arange(1, 8))
    inputs, outputs = ["pieces", "cases", "first", "last"], ["arcs", "labels", "upos", "xpos", "feats", "start"]
    axes = {"pieces": {0: "P"}, "cases": {0: "P"}, "first": {0: "W"}, "last": {0: "W"}}
    axes |= {"arcs": {0: "W", 1: "H"}, "labels": {0: "W", 1: "H"}} | {name: {0: "W"} for name in outputs[2:]}
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            OneSentence(network), example, full, input_names=inputs, output_names=outputs, dynamic_axes=axes, opset_version=17, dynamo=False
        )
        quantize_dynamic(
            full,
            target / "parser.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Gemm"],
        )
    copyfile(encoder / "vocab.txt", target / "pieces.txt")
    card = {
        "name": "minilm-l6-biaffine",
        "epochs": state["epoch"],
        "labels": labels,
        "licences": LICENCES,
        "data": {path: sha256((data / path).read_bytes()).hexdigest() for path in TRAIN},
        "encoder": sha256((encoder / "model.safetensors").read_bytes()).hexdigest(),
        "weights": sha256((target / "parser.onnx").read_bytes()).hexdigest(),
    }
    (target / "parser.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("run", "encoder", "data"):
        parser.add_argument(name, type=Path)
    parser.add_argument("target", type=Path, nargs="?", default=Path("kg/parser"))
    arguments = parser.parse_args()
    export(arguments.run, arguments.encoder, arguments.data, arguments.target)
