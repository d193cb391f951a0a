"""Our trained parser: words in, Universal Dependencies and names out. Training lives in ``tools/parser``.

One sentence at a time: the activations of the int8 weights are scaled per call, so a sentence
that shared a call with others would be read otherwise in other company.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kg.parser.pieces import CLS, OTHER, SEP, case_of, pieces_of
from kg.parser.tree import heads_of

FOLDER = Path(__file__).parent
MAX_PIECES = 510
PLACES = np.arange(MAX_PIECES + 2, dtype=np.int64)[None]
FUNCTION = frozenset(("ADP", "DET", "CCONJ", "PART", "PUNCT", "SCONJ"))
KINDS = ("upos", "xpos", "feats", "start", "name")


@dataclass(frozen=True, slots=True)
class Parse:
    """What the parser sees in n words: n tags of each kind, n heads (0 is the root), n relations.

    ``names`` are IOB tags ("B-person", "I-person", empty outside of names); ``starts`` says how
    strongly each word looks like the first of a sentence (a logit, 0 is even).
    """

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]
    starts: tuple[float, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Parser:
    """The loaded network with its vocabulary and labels; ``sha256`` is the checksum of the weights.

    ``encode`` gives the pieces of a word and the case of its letters, and remembers them.
    """

    session: Any
    vocabulary: dict[str, int]
    encode: Callable[[str], tuple[list[int], int]]
    labels: dict[str, list[str]]
    name: str
    sha256: str

    def parse(self, words: Sequence[str]) -> Parse:
        """Parse one sentence. Words beyond about 400 hang flat on the last word that fits."""
        ids, cases, first, last = [self.vocabulary[CLS]], [OTHER], [0], [0]
        for word in words:
            pieces, case = self.encode(word)
            if len(ids) + len(pieces) > MAX_PIECES:
                break
            first.append(len(ids))
            ids += pieces
            cases += [case] * len(pieces)
            last.append(len(ids) - 1)
        ids.append(self.vocabulary[SEP])
        cases.append(OTHER)
        feed = {"pieces": [ids], "cases": [cases], "first": first, "last": last}
        vectors = {key: np.array(value, dtype=np.int64) for key, value in feed.items()}
        tags, arcs, relation, governor = self.session.run(None, {**vectors, "places": PLACES[:, : len(ids)]})
        heads = heads_of(arcs[1:])
        upos, xpos, feats, starts, names = self._tags(tags[1:])
        missing = len(words) - len(heads)
        return Parse(
            upos=(*upos, *["X"] * missing),
            xpos=(*xpos, *["FW"] * missing),
            feats=(*feats, *["_"] * missing),
            heads=(*heads, *[len(heads)] * missing),
            deprels=(*self._relations(heads, relation[1:], governor), *["dep"] * missing),
            starts=(*starts, *[-9.0] * missing),
            names=(*names_in_order(names, words, upos), *[""] * missing),
        )

    def _tags(self, scores: NDArray[np.float32]) -> tuple[list[str], list[str], list[str], list[float], list[str]]:
        """Choose the best tag of each kind for each word."""
        sizes = [1 if kind == "start" else len(self.labels[kind]) for kind in KINDS]
        begins = accumulate(sizes, initial=0)
        parts = dict(zip(KINDS, (scores[:, begin : begin + size] for begin, size in zip(begins, sizes, strict=False)), strict=True))
        upos, xpos, feats, names = (
            [self.labels[kind][tag] for tag in parts[kind].argmax(1).tolist()] for kind in ("upos", "xpos", "feats", "name")
        )
        return upos, xpos, feats, parts["start"][:, 0].tolist(), names

    def _relations(self, heads: Sequence[int], relation: NDArray[np.float32], governor: NDArray[np.float32]) -> list[str]:
        """Choose the relation of each word to its head: biaffine, of (n, labels * width + labels) and (n + 1, width)."""
        labels = self.labels["deprel"]
        size, width = len(labels), governor.shape[1]
        pairs = relation[:, : size * width].reshape(len(heads), size, width)
        scores = np.matmul(pairs, governor[np.array(heads, dtype=np.intp)][:, :, None])[:, :, 0] + relation[:, size * width :]
        scores[:, labels.index("root")] = -np.inf
        return [labels[best] if head else "root" for best, head in zip(scores.argmax(1).tolist(), heads, strict=True)]


def names_in_order(tags: Sequence[str], words: Sequence[str], upos: Sequence[str]) -> list[str]:
    """Write IOB tags so that every name has a beginning and one type; "O" becomes empty.

    Two names of one type that touch are one: a title and a name. No name ends in a function word, or has neither capital nor digit.

    >>> names_in_order(["O", "I-person", "B-person", "I-person", "B-other"], ["for", "Mr", "Po", "of", "talks"], ["ADP"] * 5)
    ['', 'B-person', 'I-person', '', '']
    """
    found: list[str] = []
    for tag in tags:
        before = found[-1][2:] if found else ""
        goes_on = before and tag != "O" and (tag[0] == "I" or tag[2:] == before)
        found.append("" if tag == "O" else f"I-{before}" if goes_on else f"B-{tag[2:]}")
    begins = [place for place, tag in enumerate(found) if tag[:1] == "B"]
    for begin in begins:
        end = next((place for place in range(begin + 1, len(found)) if found[place][:1] != "I"), len(found))
        last = end
        while last > begin and upos[last - 1] in FUNCTION and words[last - 1].islower():
            last -= 1
        if not any(letter.isupper() or letter.isdigit() for word in words[begin:last] for letter in word):
            last = begin
        found[last:end] = [""] * (end - last)
    return found


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
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC  # more fuses what is faster apart
    session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    vocabulary = {line: number for number, line in enumerate((folder / "pieces.txt").read_text("utf-8").splitlines())}

    @lru_cache(maxsize=100_000)
    def encode(word: str) -> tuple[list[int], int]:
        return pieces_of(word, vocabulary), case_of(word)

    return Parser(session, vocabulary, encode, card["labels"], card["name"], checksum)
