"""The picture as data: symbols and arcs for vis-network, the drawing library that pyvis brings."""

import json
import re
import textwrap
import unicodedata
from hashlib import sha256
from importlib.resources import files
from math import fsum, sqrt
from typing import Any

from kg.model import Actor, DataError
from kg.views.layout import Box, layout
from kg.views.ties import Ties

FIRST = 80  # actors in the first view
FIRST_NARROW = 16  # the same on a telephone
LIBRARY = "lib/vis-9.1.2/vis-network.min.js"
LIBRARY_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
FONT = 13  # of the weakest actor's label; the strongest has half as much again
SMALLEST, LARGEST = 7, 24  # symbols, in pixels
FAMILIES = {
    "dot": ("State or government", ("state", "government")),
    "square": ("International organisation", ("international-organisation",)),
    "triangle": ("Armed forces", ("armed-forces",)),
    "triangleDown": ("Armed group", ("armed-group",)),
    "diamond": ("Person or office", ("person", "office")),
    "star": ("Population", ("population",)),
    "hexagon": ("Other organisation", ()),
}
SHAPES = {kind: shape for shape, (_, kinds) in FAMILIES.items() for kind in kinds}
OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "tooltipDelay": 150, "hideEdgesOnDrag": False, "selectConnectedEdges": False, "multiselect": False},
    "nodes": {"borderWidth": 1.5, "font": {"size": FONT, "strokeWidth": 4}},
    "edges": {
        "smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.14},
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
        "selectionWidth": 1,
        "hoverWidth": 0.5,
    },
}


def draw(ties: Ties) -> dict[str, Any]:
    """Return nodes, edges and options, built by pyvis; nodes are named by their rank, from 0."""
    from pyvis.network import Network  # half a second that only drawing should cost

    network = Network(directed=True)
    network.set_options(json.dumps(OPTIONS))
    rank = {actor.id: index for index, actor in enumerate(ties.actors)}
    sizes = _sizes(ties)
    fonts = {actor: FONT + round((size - SMALLEST) * FONT / 2 / (LARGEST - SMALLEST)) for actor, size in sizes.items()}
    boxes = {actor.id: box(lines(actor.label), sizes[actor.id], fonts[actor.id]) for actor in ties.actors}
    wide = layout(ties.graph, boxes, first=FIRST, aspect=1.25)
    tall = layout(ties.graph, boxes, first=FIRST_NARROW, aspect=0.85)
    for actor in ties.actors:
        (x, y), narrow = wide[actor.id], tall[actor.id]
        label = "\n".join(lines(actor.label)) or " "
        network.add_node(rank[actor.id], label, shape(actor), x=x, y=y, narrow=narrow, size=sizes[actor.id], letters=fonts[actor.id])
    for source, target in sorted(ties.graph.edges, key=lambda tie: (rank[tie[0]], rank[tie[1]])):
        network.add_edge(rank[source], rank[target], id=f"{rank[source]}-{rank[target]}")
    nodes, edges, *_, options = network.get_network_data()
    return {"nodes": [_plain(node) for node in nodes], "edges": [_plain(edge) for edge in edges], "options": json.loads(options)}


def library() -> str:
    """Return the text of vis-network, refusing any other than the one this page was made for."""
    text = files("pyvis").joinpath(LIBRARY).read_bytes()
    if sha256(text).hexdigest() != LIBRARY_SHA256:
        raise DataError(
            f"pyvis: {LIBRARY} is not the file that pyvis 0.3.2 brings.\nInstall it anew: pip install --force-reinstall pyvis==0.3.2"
        )
    lines_as_browsers_read_them = text.decode("utf-8").replace("\r\n", "\n")
    return re.sub(r"\n//# sourceMappingURL=.*\s*$", "\n", lines_as_browsers_read_them)


def shape(actor: Actor) -> str:
    """Return the symbol that stands for this type of actor."""
    return SHAPES.get(actor.type, "hexagon")


def lines(label: str) -> list[str]:
    """Break a label into at most three short lines, without characters that steer text direction.

    >>> lines("Ministry of Foreign Affairs and Trade of the Republic")
    ['Ministry of', 'Foreign Affairs', 'and Trade of the…']
    """
    plain = "".join(letter for letter in label if unicodedata.category(letter) not in ("Cc", "Cf"))
    broken = textwrap.wrap(plain, 16)
    return [*broken[:2], f"{broken[2]}…"] if len(broken) > 3 else broken


def box(label: list[str], size: int, font: int) -> Box:
    """Reckon the room of a symbol and the label under it, rather too much than too little."""
    width = max((fsum(_width(letter) for letter in line) for line in label), default=0) * font
    return Box(half=max(width / 2, size) + 6, above=size + 6, below=size + 12 + len(label) * (font + 1))


def _width(letter: str) -> float:
    """Return the width of a letter as a part of the font's size."""
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in "ijltfrI.,:;'’!|()- ":
        return 0.4
    return 0.8 if letter.isupper() or letter in "mw@%" else 0.62


def _sizes(ties: Ties) -> dict[str, int]:
    """Size each symbol by the events of its actor: the area grows with their number."""
    strongest = max((ties.strength(actor) for actor in ties.actors), default=0) or 1
    return {actor.id: round(SMALLEST + (LARGEST - SMALLEST) * sqrt(ties.strength(actor) / strongest)) for actor in ties.actors}


def _plain(item: dict[str, Any]) -> dict[str, Any]:
    """Leave out pyvis' own colours and arrows: they are the page's affair, in light and dark."""
    return {key: value for key, value in item.items() if key not in ("color", "font", "arrows")}
