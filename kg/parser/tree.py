"""From scores of arcs to a tree: greedy heads, repaired by Chu-Liu/Edmonds where they are none."""

import numpy as np
from numpy.typing import NDArray

FORBIDDEN = -1e9


def heads_of(scores: NDArray[np.float32]) -> list[int]:
    """Find the best tree with one root.

    ``scores`` has shape (n, n + 1): how well each word 1..n hangs on the root (column 0)
    or on word 1..n. Returns n heads, 0 for the root. Maximum spanning arborescence after
    Chu and Liu (1965) and Edmonds (1967). One root: each word is tried as the root, those
    first that promise most, until no other can do better than the best tree found.
    """
    greedy = [int(head) for head in scores.argmax(axis=1)]
    if greedy.count(0) == 1 and _cycle([0, *greedy]) is None:
        return greedy
    inner = scores[:, 1:].astype(np.float64)
    np.fill_diagonal(inner, FORBIDDEN)
    above = inner.max(axis=1)
    promises = above.sum() + scores[:, 0] - above
    best, found = -np.inf, greedy
    for root in np.argsort(-promises, kind="stable"):
        if promises[root] <= best:
            break
        square = np.full((len(scores) + 1, len(scores) + 1), FORBIDDEN)
        square[1:, 1:] = inner
        square[root + 1] = FORBIDDEN
        square[root + 1, 0] = scores[root, 0]
        heads = _arborescence(square)[1:]
        total = float(scores[np.arange(len(scores)), heads].astype(np.float64).sum())
        if total > best:
            best, found = total, [int(head) for head in heads]
    return found


def _arborescence(scores: NDArray[np.float64]) -> NDArray[np.intp]:
    """Heads of the best tree over ``scores[dependent, head]``, node 0 its root."""
    scores = scores.copy()
    np.fill_diagonal(scores, FORBIDDEN * 2)
    heads: NDArray[np.intp] = scores.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle([int(head) for head in heads])
    if cycle is None:
        return heads
    inside = np.array(cycle)
    outside = np.setdiff1d(np.arange(len(scores)), inside)
    small = np.full((len(outside) + 1, len(outside) + 1), FORBIDDEN * 2)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    entering = scores[np.ix_(inside, outside)] - scores[inside, heads[inside]][:, None]
    leaving = scores[np.ix_(outside, inside)]
    small[-1, :-1] = entering.max(axis=0)
    small[:-1, -1] = leaving.max(axis=1)
    solved = _arborescence(small)
    result = heads.copy()
    for position in range(1, len(outside)):
        head = solved[position]
        through_cycle = head == len(outside)
        result[outside[position]] = inside[leaving[position].argmax()] if through_cycle else outside[head]
    broken = inside[entering[:, solved[-1]].argmax()]
    result[broken] = outside[solved[-1]]
    return result


def _cycle(heads: list[int]) -> list[int] | None:
    """Return the nodes of one cycle among ``heads`` (node 0 is the root), or None."""
    state = [0] * len(heads)
    for start in range(1, len(heads)):
        path, node = [], start
        while node and not state[node]:
            state[node] = start
            path.append(node)
            node = heads[node]
        if node and state[node] == start and node in path:
            return path[path.index(node) :]
    return None
