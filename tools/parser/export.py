"""Write the parser that ships: python -m tools.parser.export RUN ENCODER TEACHER DATA [TARGET].

RUN/checkpoint.pt (its averaged weights) becomes TARGET/parser.onnx, int8 and for one sentence at a
time; beside it ``pieces.txt`` (the vocabulary) and ``parser.json`` (labels, checksums, licences).
The graph is laid out by hand: everything that is linear in the same vector is one product, and what
ONNX Runtime has as one operation is one. Weights are quantised to 7 bits, so that processors with
and without VNNI agree.
"""

import argparse
import json
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from shutil import copyfile
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from tools.parser.network import ARC, LABEL, MINILM, TAGS, Labels, Network
from tools.parser.treebank import NAMES, PARTY_NAMES, TRAIN

LICENCES = {
    "MiniLM-L6 (encoder)": "Apache-2.0",
    "MPNet-base (teacher)": "Apache-2.0",
    "UD English EWT": "CC BY-SA 4.0",
    "UD English GUM, open genres (texts CC BY, CC BY-SA or public domain)": "CC BY 4.0",
    "WikiGold": "CC BY 4.0",
    "UNER English EWT, development share": "CC BY-SA 4.0",
    "CrossNER politics (texts of Wikipedia, CC BY-SA)": "MIT",
    "tools/parser/prose": "CC BY 4.0",
}
PROSE = Path(__file__).parent / "prose"
OUTSIDE = 0.75  # how much less a word is taken to be outside of names: best F1 on GUM's development share
LARGEST = 63  # 7 bits: two products of them and an activation fit into 16 bits


@dataclass
class Sheet:
    """An ONNX graph being written: its nodes and its constants."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: dict[str, NDArray[Any]] = field(default_factory=dict)

    def constant(self, name: str, value: NDArray[Any]) -> str:
        self.constants[name] = value
        return name

    def add(self, operation: str, inputs: list[str], output: str, *, microsoft: bool = False, **attributes: Any) -> str:
        domain = "com.microsoft" if microsoft else ""
        self.nodes.append(helper.make_node(operation, inputs, output.split(","), domain=domain, **attributes))
        return output

    def linear(self, x: str, weight: Tensor, bias: Tensor, output: str) -> str:
        """Multiply by an int8 weight (outputs, inputs) with one scale for each output; the activation is scaled as it comes."""
        scale = weight.abs().amax(1).clamp(min=1e-9) / LARGEST
        self.constant(f"{output}.weight", (weight / scale[:, None]).round().to(torch.int8).T.contiguous().numpy())
        self.constant(f"{output}.scale", scale.numpy())
        self.constant(f"{output}.zero", np.zeros(len(scale), np.int8))
        self.constant(f"{output}.bias", bias.numpy())
        parts = [f"{output}.{part}" for part in ("weight", "scale", "zero", "bias")]
        return self.add("DynamicQuantizeMatMul", [x, *parts], output, microsoft=True)

    def normal(self, x: str, norm: nn.LayerNorm, output: str) -> str:
        weights = [self.constant(f"{output}.{kind}", getattr(norm, kind).numpy()) for kind in ("weight", "bias")]
        return self.add("LayerNormalization", [x, *weights], output, epsilon=norm.eps)

    def lookup(self, table: Tensor, index: str, output: str) -> str:
        """Look up rows of a table kept as int8 with one scale for each row."""
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-9) / 127
        self.constant(f"{output}.table", (table / scale).round().to(torch.int8).numpy())
        self.constant(f"{output}.scale", scale.numpy())
        self.add("Gather", [f"{output}.table", index], f"{output}.row")
        self.add("Cast", [f"{output}.row"], f"{output}.real", to=TensorProto.FLOAT)
        self.add("Gather", [f"{output}.scale", index], f"{output}.factor")
        return self.add("Mul", [f"{output}.real", f"{output}.factor"], output)


def graph_of(network: Network) -> onnx.ModelProto:
    """Lay out the network for one sentence of n words in p pieces.

    In: ``pieces``, ``cases``, ``places`` (1, p), and ``first`` and ``last`` (n + 1), the pieces where each word begins and
    ends, preceded by those of the root, which is piece 0. Out, the root's row first: ``tags`` (n + 1, labels of all kinds),
    ``arcs`` (n + 1, n + 1: dependent, governor), ``relation`` (n + 1, labels * LABEL + labels) of each dependent and
    ``governor`` (n + 1, LABEL) of each governor: ``kg.parser`` multiplies the two once it has decided on the heads.
    """
    sheet, shape = Sheet(), network.shape
    places, pieces = sheet.lookup(network.position.weight, "places", "place"), sheet.lookup(network.piece.weight, "pieces", "piece")
    cases = sheet.lookup(network.case.weight, "cases", "case")
    sheet.add("Add", [pieces, places], "embedded.1")
    sheet.add("Add", ["embedded.1", cases], "embedded.2")
    x = sheet.normal("embedded.2", network.norm, "embedded")
    for number, layer in enumerate(network.layers):
        here = f"layer{number}"
        sheet.linear(x, layer.qkv.weight, layer.qkv.bias, f"{here}.qkv")
        sheet.add("Split", [f"{here}.qkv"], f"{here}.q,{here}.k,{here}.v", axis=2, num_outputs=3)
        heads = [f"{here}.{part}" for part in "qkv"]
        mixed = sheet.add("MultiHeadAttention", heads, f"{here}.mixed", microsoft=True, num_heads=shape.heads)
        sheet.add("Add", [x, sheet.linear(mixed, layer.out.weight, layer.out.bias, f"{here}.out")], f"{here}.sum1")
        middle = sheet.normal(f"{here}.sum1", layer.norm1, f"{here}.middle")
        inner = sheet.linear(middle, layer.inner.weight, layer.inner.bias, f"{here}.inner")
        sheet.add("Gelu", [inner], f"{here}.gelu", microsoft=True)
        outer = sheet.linear(f"{here}.gelu", layer.outer.weight, layer.outer.bias, f"{here}.outer")
        sheet.add("Add", [middle, outer], f"{here}.sum2")
        x = sheet.normal(f"{here}.sum2", layer.norm2, f"{here}.x")
    sheet.add("Squeeze", [x, sheet.constant("axis", np.array([0]))], "rows")
    words = sheet.add("Add", [sheet.add("Gather", ["rows", "first"], "begin"), sheet.add("Gather", ["rows", "last"], "end")], "words")
    _heads(sheet, network, words)
    return _model(sheet)


def _heads(sheet: Sheet, network: Network, words: str) -> None:
    """Everything after the encoder. A word is the sum, not the mean, of two rows here, so weights are halved."""
    tags = sum(network.labels.tag_sizes[:5])  # what comes after is learned beside the rest and not asked
    parts = (network.tags, network.dependent, network.governor)
    weight, bias = (
        torch.cat([getattr(part, kind)[: tags if part is network.tags else None] for part in parts]) for kind in ("weight", "bias")
    )
    sheet.linear(words, weight * 0.5, bias, "parts")
    sizes = sheet.constant("sizes", np.array([tags, 2 * (ARC + LABEL)]))
    sheet.add("Split", ["parts", sizes], "tags,projected", axis=1)
    sheet.add("Gelu", ["projected"], "active", microsoft=True)
    sheet.add("Split", ["active", sheet.constant("widths", np.array([ARC, LABEL, ARC, LABEL]))], "da,dl,ga,governor", axis=1)
    left = sheet.linear("da", network.arc.weight, network.arc_bias.weight[0], "left")
    sheet.add("Gemm", [left, "ga"], "arcs", transB=1)
    size = len(network.labels.deprel)
    label = torch.cat([network.label.weight, network.label_dependent.weight])
    sheet.linear("dl", label, torch.cat([network.label_governor.weight.reshape(size * LABEL), network.label_dependent.bias]), "relation")


def _model(sheet: Sheet) -> onnx.ModelProto:
    whole, real = TensorProto.INT64, TensorProto.FLOAT
    inputs = [helper.make_tensor_value_info(name, whole, [1, "p"]) for name in ("pieces", "cases", "places")]
    inputs += [helper.make_tensor_value_info(name, whole, ["m"]) for name in ("first", "last")]
    outputs = [helper.make_tensor_value_info(name, real, ["m", None]) for name in ("tags", "arcs", "relation", "governor")]
    constants = [numpy_helper.from_array(value, name) for name, value in sheet.constants.items()]
    graph = helper.make_graph(sheet.nodes, "parser", inputs, outputs, constants)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="actor-kg")


def export(run: Path, encoder: Path, teacher: Path, data: Path, target: Path) -> None:
    """Write the three files of the parser into ``target``."""
    labels = json.loads((run / "labels.json").read_text("utf-8"))
    pieces = (run / "pieces.txt").read_text("utf-8").splitlines()
    state = torch.load(run / "checkpoint.pt", weights_only=True)
    network = Network(Labels(**labels), MINILM, vocabulary=len(pieces))
    network.load_state_dict(state["average"])
    network.requires_grad_(requires_grad=False)
    before = sum(network.labels.tag_sizes[: TAGS.index("name")])
    network.tags.bias[before + network.labels.name.index("O")] -= OUTSIDE
    target.mkdir(parents=True, exist_ok=True)
    onnx.save(graph_of(network), target / "parser.onnx")
    copyfile(run / "pieces.txt", target / "pieces.txt")
    card = {
        "name": "minilm-l6-biaffine-2",
        "date": date.today().isoformat(),
        "epochs": state["epoch"],
        "labels": {kind: labels[kind] for kind in ("upos", "xpos", "feats", "name", "deprel")},
        "licences": LICENCES,
        "data": {path: _checksum(data / path) for path in (*TRAIN, *NAMES, *PARTY_NAMES)},
        "prose": {path.name: _checksum(path) for path in sorted(PROSE.glob("*.txt"))},
        "encoder": _checksum(encoder / "model.safetensors"),
        "teacher": _checksum(teacher / "model.safetensors"),
        "weights": _checksum(target / "parser.onnx"),
    }
    (target / "parser.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def _checksum(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("run", "encoder", "teacher", "data"):
        parser.add_argument(name, type=Path)
    parser.add_argument("target", type=Path, nargs="?", default=Path("kg/parser"))
    arguments = parser.parse_args()
    export(arguments.run, arguments.encoder, arguments.teacher, arguments.data, arguments.target)
