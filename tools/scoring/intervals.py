"""How sure a score is: confidence intervals by resampling sentences, with a fixed seed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

DRAWS = 2000
SEED = 20261126
SURE = 95  # per cent

Counts = tuple[int, int, int]  # right, read, said


@dataclass(frozen=True, slots=True)
class Estimate:
    """A score with the interval in which it lies in 95 of 100 samples, all from 0 to 1; ``said`` is how much people read."""

    value: float
    low: float
    high: float
    said: int

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f}–{self.high:.2f})"


def scores(counts: Iterable[Counts]) -> dict[str, Estimate]:
    """Precision, recall and F1 of what was counted in each sentence (or article, whichever is drawn at random)."""
    table = np.array(list(counts) or [(0, 0, 0)], dtype=float)
    draws = np.random.default_rng(SEED).multinomial(len(table), np.full(len(table), 1 / len(table)), size=DRAWS) @ table
    whole = table.sum(axis=0)
    measures = {"precision": (whole[1], draws[:, 1]), "recall": (whole[2], draws[:, 2])}
    measures["f1"] = ((whole[1] + whole[2]) / 2, (draws[:, 1] + draws[:, 2]) / 2)
    return {name: _estimate(whole[0], of, draws[:, 0], ofs, int(whole[2])) for name, (of, ofs) in measures.items()}


def _estimate(right: float, of: float, rights: np.ndarray, ofs: np.ndarray, said: int) -> Estimate:
    shares = np.divide(rights, ofs, out=np.zeros_like(rights), where=ofs > 0)
    low, high = np.percentile(shares, [(100 - SURE) / 2, (100 + SURE) / 2])
    return Estimate(right / of if of else 0.0, float(low), float(high), said)


def share(those: Sequence[bool]) -> Estimate:
    """Which share of some sentences are so."""
    return scores((int(one), 1, 1) for one in those)["recall"]
