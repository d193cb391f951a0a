"""Pairs off two sides, each with at most one of the other, as many as possible (augmenting paths)."""

from collections.abc import Mapping, Sequence


def pair_off(edges: Sequence[Sequence[int]], begun: Mapping[int, int] | None = None) -> dict[int, int]:
    """Give each one, by its position in ``edges``, one of those it may be paired with.

    Whoever has been paired in ``begun`` stays paired, though perhaps with another.

    >>> pair_off([[0, 1], [0]])
    {0: 1, 1: 0}
    """
    taken = {other: index for index, other in (begun or {}).items()}

    def settle(index: int, tried: set[int]) -> bool:
        for other in edges[index]:
            if other not in tried:
                tried.add(other)
                if other not in taken or settle(taken[other], tried):
                    taken[other] = index
                    return True
        return False

    for index in range(len(edges)):
        if index not in (begun or {}):
            settle(index, set())
    return dict(sorted((index, other) for other, index in taken.items()))
