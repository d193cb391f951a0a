"""Our trained parser: words in, Universal Dependencies out. Training lives in ``tools/parser``.

One sentence at a time: the activations of the int8 weights are scaled per call, so a sentence
that shared a call with others would be read otherwise in other company.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from kg.parser.pieces import CLS, OTHER, SEP, case_of, pieces_of
from kg.parser.tree import heads_of

FOLDER = Path(__file__).parent
MAX_PIECES = 510


@dataclass(frozen=True, slots=True)
class Parse:
    """What the parser sees in n words: n tags of each kind, n heads (0 is the root), n relations.

    ``starts`` says how strongly each word looks like the first of a sentence (a logit, 0 is even).
    """

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]
    starts: tuple[float, ...]


@dataclass(frozen=True)
class Parser:
    """The loaded network with its vocabulary and labels; ``sha256`` is the checksum of the weights."""

    session: Any
    vocabulary: dict[str, int]
    labels: dict[str, list[str]]
    name: str
    sha256: str

    def parse(self, words: Sequence[str]) -> Parse:
        """Parse one sentence. Words beyond about 400 hang flat on the last word that fits."""
        ids, cases, first, last = [self.vocabulary[CLS]], [OTHER], [], []
        for word in words:
            pieces, case = _encoded(word, self)
            if len(ids) + len(pieces) > MAX_PIECES:
                break
            first.append(len(ids))
            ids += pieces
            cases += [case] * len(pieces)
            last.append(len(ids) - 1)
        ids.append(self.vocabulary[SEP])
        cases.append(OTHER)
        feed = {"pieces": ids, "cases": cases, "first": first, "last": last}
        outputs = self.session.run(None, {key: np.array(value, dtype=np.int64) for key, value in feed.items()})
        arcs, labels, upos, xpos, feats, starts = outputs
        heads = heads_of(arcs)
        deprels = [self.labels["deprel"][labels[index, head]] if head else "root" for index, head in enumerate(heads)]
        missing = len(words) - len(first)
        return Parse(
            upos=(*(self.labels["upos"][tag] for tag in upos), *["X"] * missing),
            xpos=(*(self.labels["xpos"][tag] for tag in xpos), *["FW"] * missing),
            feats=(*(self.labels["feats"][tag] for tag in feats), *["_"] * missing),
            heads=(*heads, *[len(first)] * missing),
            deprels=(*deprels, *["dep"] * missing),
            starts=(*(float(start) for start in starts), *[-9.0] * missing),
        )

    def __hash__(self) -> int:
        return hash(self.sha256)


@lru_cache(maxsize=100_000)
def _encoded(word: str, parser: Parser) -> tuple[list[int], int]:
    return pieces_of(word, parser.vocabulary), case_of(word)


@lru_cache(maxsize=1)
def load_parser(folder: Path = FOLDER) -> Parser:
    """Load the parser that ships with the package.

    Raises RuntimeError if the weights are not the ones that ``parser.json`` names.
    """
    card = json.loads((folder / "parser.json").read_text(encoding="utf-8"))
    weights = (folder / "parser.onnx").read_bytes()
    checksum = sha256(weights).hexdigest()
    if checksum != card["weights"]:
        raise RuntimeError(f"{folder / 'parser.onnx'}: checksum {checksum} is not the one in parser.json; install the package again")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    vocabulary = {line: number for number, line in enumerate((folder / "pieces.txt").read_text("utf-8").splitlines())}
    return Parser(session, vocabulary, card["labels"], card["name"], checksum)
