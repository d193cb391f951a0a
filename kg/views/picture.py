"""The picture as plain numbers: where each actor stands, how large it is by which measure, and with whom it belongs."""

import textwrap
import unicodedata
from math import sqrt
from typing import Any

from kg.model import Actor
from kg.views.layout import Box, layout
from kg.views.measures import betweenness, communities, degree, numbered, pagerank
from kg.views.ties import Ties

FIRST = 80  # actors in the first view
FIRST_NARROW = 16  # the same on a telephone
FONT = 13  # for which the picture is laid out, in pixels
SMALLEST, LARGEST = 6, 22  # symbols, in pixels
FAMILIES = {
    "dot": ("state", "government"),
    "square": ("international-organisation",),
    "triangle": ("armed-forces",),
    "triangleDown": ("armed-group",),
    "diamond": ("person", "office"),
    "star": ("population",),
    "hexagon": (),
}
"""Symbols, and the types of actors they stand for; the last stands for all others."""

SHAPES = {kind: shape for shape, kinds in FAMILIES.items() for kind in kinds}
MEASURES = {"degree": degree, "betweenness": betweenness, "pagerank": pagerank}


def draw(ties: Ties) -> dict[str, Any]:
    """Return the columns of the picture, a value for each actor: x, y, lines of the label, sizes by each measure, community."""
    order = [actor.id for actor in ties.actors]
    graph = numbered(ties.graph, order)
    sizes = {name: _sizes(measure(graph)) for name, measure in MEASURES.items()}
    labels = ["\n".join(lines(actor.label)) or " " for actor in ties.actors]
    boxes = {
        id: box(label.split("\n"), size, FONT) if rank < FIRST else symbol(size)
        for rank, (id, label, size) in enumerate(zip(order, labels, sizes["degree"], strict=True))
    }
    places = layout(ties.graph, boxes, first=FIRST, aspect=1.25)
    return {
        "x": [places[id][0] for id in order],
        "y": [places[id][1] for id in order],
        "lines": labels,
        "sizes": sizes,
        "community": communities(graph),
    }


def shape(actor: Actor) -> str:
    """Return the symbol that stands for this type of actor."""
    return SHAPES.get(actor.type, "hexagon")


def lines(label: str) -> list[str]:
    """Break a label into at most three short lines, without characters that steer text direction.

    >>> lines("Ministry of Foreign Affairs and Trade of the Republic")
    ['Ministry of', 'Foreign Affairs', 'and Trade of the…']
    """
    plain = "".join(letter for letter in label[:200] if unicodedata.category(letter) not in ("Cc", "Cf"))
    broken = textwrap.wrap(plain, 16)
    return [*broken[:2], f"{broken[2]}…"] if len(broken) > 3 else broken


def box(label: list[str], size: int, font: int) -> Box:
    """Reckon the room of a symbol and the label under it, rather too much than too little."""
    width = max((sum(round(100 * _width(letter)) for letter in line) for line in label), default=0) * font / 100
    return Box(half=max(width / 2, size) + 6, above=size + 6, below=size + 12 + len(label) * (font + 1))


def symbol(size: int) -> Box:
    """Reckon the room of a symbol whose label is shown where there is room left."""
    return Box(size + 5, size + 5, size + 5)


def _width(letter: str) -> float:
    """Return the width of a letter as a part of the font's size."""
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in "ijltfrI.,:;'’!|()- ":
        return 0.4
    return 0.8 if letter.isupper() or letter in "mw@%" else 0.62


def _sizes(values: list[float]) -> list[int]:
    """Size each symbol by its value: the area grows with it."""
    largest = max(values, default=0.0) or 1.0
    return [round(SMALLEST + (LARGEST - SMALLEST) * sqrt(value / largest)) for value in values]
