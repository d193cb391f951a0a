"""Where each actor stands: near those it deals with, and no label upon another.

Distances in the picture follow distances in the graph (stress majorisation, the
energy of Kamada and Kawai), for all of the first view at once. Then each actor, the
strongest first, takes the free place next to where it belongs, so that labels
do not collide. The picture is the same on every machine: only the four basic operations
and the square root are used, and numbers are added up row by row, in one order.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import product
from math import fsum, sqrt
from typing import NamedTuple

import networkx as nx
import numpy as np
from numpy.typing import NDArray

SWEEPS = 120
ROOM = 1.9  # area of the picture for each unit of area that symbols and labels fill
CROWD = 0.35  # how much further apart two stand who both deal with many
LOOSE = 0.05  # how much less those count between whom there is no way
OUTWARDS = 1.7  # how far from the middle a weak actor stands, beside those it deals with
STEP = 8
AREA = 40  # how near two wanted places are for which one search goes on where the other ended
CELL = 96


class Box(NamedTuple):
    """The room a symbol and its label take around the symbol's centre, in pixels."""

    half: float
    above: float
    below: float


Point = tuple[float, float]
Floats = NDArray[np.float64]


def layout(graph: nx.DiGraph, boxes: Mapping[str, Box], *, first: int, aspect: float) -> dict[str, tuple[int, int]]:
    """Place the actors of ``boxes``, strongest first, in a picture ``aspect`` times as wide as high.

    The ``first`` ones make the picture; the others find places in it, near those they deal with.
    """
    order = list(boxes)
    strong = order[:first]
    wanted = _stretch(_relax(graph.subgraph(strong).to_undirected(), strong), [boxes[actor] for actor in strong], aspect)
    taken = _Taken()
    placed: dict[str, tuple[int, int]] = {}
    for actor in order:
        near = wanted[actor] if actor in wanted else _amid(graph, actor, placed)
        placed[actor] = taken.settle(near, boxes[actor], aspect)
    return placed


def _relax(graph: nx.Graph, order: Sequence[str]) -> dict[str, Point]:
    """Move all actors at once to where their distances to all others fit best, again and again."""
    if not order:
        return {}
    ways = _ways(graph, order)
    joined = np.isfinite(ways)
    longest = ways[joined].max()
    wished = np.where(joined, ways, 0.8 + 0.55 * longest if longest > 0 else 1.0)
    np.fill_diagonal(wished, 1.0)
    weights = np.where(joined, 1.0, LOOSE) / (wished * wished)
    np.fill_diagonal(weights, 0.0)
    total = np.add.reduce(weights, axis=0)
    total[total == 0] = 1.0
    across, down = (np.array(values) for values in zip(*_sunflower(len(order)), strict=True))
    for _ in range(SWEEPS):
        across, down = _pulled(across, down, wished, weights, total)
    return dict(zip(order, zip(across.tolist(), down.tolist(), strict=True), strict=True))


def _pulled(across: Floats, down: Floats, wished: Floats, weights: Floats, total: Floats) -> tuple[Floats, Floats]:
    """Return where each actor is drawn to by all others; rows are the others, columns those who are drawn."""
    aside, below = across[None, :] - across[:, None], down[None, :] - down[:, None]
    real = np.sqrt(aside * aside + below * below)
    real[real == 0] = 0.001
    pull = wished / real
    return (
        np.add.reduce(weights * (across[:, None] + pull * aside), axis=0) / total,
        np.add.reduce(weights * (down[:, None] + pull * below), axis=0) / total,
    )


def _ways(graph: nx.Graph, order: Sequence[str]) -> Floats:
    """Measure the shortest ways between all actors; two who both deal with many get a longer tie."""
    for one, other, tie in graph.edges(data=True):
        tie["length"] = 1 + CROWD * sqrt(min(graph.degree(one), graph.degree(other)) - 1)
    return np.asarray(nx.floyd_warshall_numpy(graph, nodelist=list(order), weight="length"))


def _sunflower(count: int) -> list[Point]:
    """Return a start that is even in all directions, the first in the middle."""
    turn_x, turn_y = -0.737369, 0.675490  # the golden angle
    x, y = 1.0, 0.0
    points = []
    for index in range(count):
        points.append((x * sqrt(index), y * sqrt(index)))
        x, y = x * turn_x - y * turn_y, x * turn_y + y * turn_x
    return points


def _stretch(points: Mapping[str, Point], boxes: Sequence[Box], aspect: float) -> dict[str, Point]:
    """Give the picture the size its labels need, and its shape."""
    points = _widened(points)
    area = ROOM * fsum(2 * box.half * (box.above + box.below) for box in boxes)
    height = sqrt(area / aspect)
    across = _scaled([x for x, _ in points.values()], height * aspect)
    down = _scaled([y for _, y in points.values()], height)
    return dict(zip(points, zip(across, down, strict=True), strict=True))


def _widened(points: Mapping[str, Point]) -> dict[str, Point]:
    """Give the crowded middle more room than the edge: a distance from it becomes its power of three quarters."""
    count = len(points) or 1
    middle_x, middle_y = fsum(x for x, _ in points.values()) / count, fsum(y for _, y in points.values()) / count
    widened = {}
    for actor, (x, y) in points.items():
        across, down = x - middle_x, y - middle_y
        shrink = sqrt(sqrt(sqrt(across * across + down * down))) or 1.0
        widened[actor] = (across / shrink, down / shrink)
    return widened


def _scaled(values: Sequence[float], length: float) -> list[float]:
    low, high = min(values, default=0.0), max(values, default=0.0)
    scale = length / (high - low) if high > low else 0.0
    return [(value - (low + high) / 2) * scale for value in values]


def _amid(graph: nx.DiGraph, actor: str, placed: Mapping[str, tuple[int, int]]) -> Point:
    """Return the middle of those it deals with, moved outwards, where there is room."""
    near = [placed[other] for other in sorted({*graph.successors(actor), *graph.predecessors(actor)}) if other in placed]
    if not near:
        return 0.0, 0.0
    return OUTWARDS * sum(x for x, _ in near) / len(near), OUTWARDS * sum(y for _, y in near) / len(near)


class _Taken:
    """The boxes already placed, by the cells of a grid they touch."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], list[tuple[float, float, float, float]]] = {}
        self.rings: dict[tuple[int, int], int] = {}

    def settle(self, wanted: Point, box: Box, aspect: float) -> tuple[int, int]:
        """Take a free place near the wanted one, and return it; the search begins where the last one around there ended."""
        area = (int(wanted[0] // AREA), int(wanted[1] // AREA))
        ring = self.rings.get(area, 0)
        step = STEP if box.below > box.above else 2 * STEP  # a symbol without a label finds room anywhere near
        while True:
            for across, down in _ring(ring):
                x, y = round(wanted[0] + across * step * aspect), round(wanted[1] + down * step)
                if self._take((x - box.half, y - box.above, x + box.half, y + box.below)):
                    self.rings[area] = max(ring - 1, 0)
                    return x, y
            ring += 1 + ring // 12

    def _take(self, room: tuple[float, float, float, float]) -> bool:
        left, top, right, bottom = room
        for other in self.cells.get((int((left + right) / 2 // CELL), int((top + bottom) / 2 // CELL)), ()):
            if left < other[2] and other[0] < right and top < other[3] and other[1] < bottom:
                return False  # most collide here, so that the cells around need no look
        touched = list(product(range(int(left // CELL), int(right // CELL) + 1), range(int(top // CELL), int(bottom // CELL) + 1)))
        for cell in touched:
            for other in self.cells.get(cell, ()):
                if left < other[2] and other[0] < right and top < other[3] and other[1] < bottom:
                    return False
        for cell in touched:
            self.cells.setdefault(cell, []).append(room)
        return True


@lru_cache(maxsize=256)
def _ring(size: int) -> tuple[tuple[int, int], ...]:
    """Return some thirty points of a square ring, nearest to its centre first.

    >>> _ring(1)[:4]
    ((-1, 0), (0, -1), (0, 1), (1, 0))
    """
    side = range(-size, size + 1, max(1, size // 4))
    ring = {point for step in side for point in ((step, -size), (step, size), (-size, step), (size, step))}
    return tuple(sorted(ring, key=lambda point: (point[0] ** 2 + point[1] ** 2, point)))
