"""The network as a figure for a paper: the strongest actors, one arc for each direction, a legend."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import dist, sqrt
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.model import Action, Actor, DataError, Event
from kg.views.figures import COLOURS, INK, PREVAILS, SOFT, Fact, balance, facts, plain, styled, text_width, written
from kg.views.layout import Box, layout
from kg.views.picture import FAMILIES, lines, shape
from kg.views.words import ENGLISH, counted, read_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 40  # actors
TIES = 3  # for each of them: with more the eye finds none
ASPECT = 1.3
SMALLEST, LARGEST = 3.0, 10.0  # radius of a symbol, in points
FONT, LARGER = 6.5, 3.0  # size of the weakest label, and how much larger the strongest is
THINNEST, THICKEST = 0.5, 3.5  # arcs
BEND = 0.16
SPACING = 1.15  # of lines, as a part of the font
POINTS = 72  # an inch
SYMBOL = "#4a5a70"
DASHES: dict[int, Any] = {1: "solid", -1: (0, (4, 1.8)), 0: "solid"}
STEPS = 240  # an arc is drawn in
ROOM = 9.0  # points around a symbol and its label, for arcs to be seen
GAP, MARGIN, HEAD = 0.8, 1.2, 2.6  # points: before a symbol, around a label, and the head of the thinnest arc
NARROWEST = 440.0  # points, for the legend
MARKERS = {"dot": "o", "square": "s", "triangle": "^", "triangleDown": "v", "diamond": "D", "star": "*", "hexagon": "h"}
LOOKS = {"diamond": 0.78, "star": 1.35, "square": 0.9, "triangle": 1.08, "triangleDown": 1.08, "hexagon": 1.05}
"""How much larger or smaller a marker has to be to look as large as a circle."""

Ties = Mapping[tuple[str, str], Counter[int]]
Point = tuple[float, float]
Places = Mapping[str, Point]


@dataclass(frozen=True, slots=True)
class Network:
    """``actors`` by id, strongest first; how many events each of them has a part in; and those of each ordered pair by sign.

    ``all_ties`` is how many such pairs there are; of many only the strongest are ``ties``.
    """

    actors: Mapping[str, Actor]
    events: Mapping[str, int]
    ties: Ties
    all_ties: int

    def share(self, id: str) -> float:
        """The strength of an actor as a part of the strongest one's, as a length: areas grow with the events."""
        return sqrt(self.events[id] / max(self.events.values()))

    def radius(self, id: str) -> float:
        """Of its symbol, in points."""
        return SMALLEST + (LARGEST - SMALLEST) * self.share(id)

    def font(self, id: str) -> float:
        """The size of its label, in points."""
        return FONT + LARGER * self.share(id)


def network_figure(
    events: Iterable[Event],
    actions: Mapping[str, Action],
    quads: Mapping[str, int],
    *,
    most: int = MOST,
    format: str = "svg",
    language: str = ENGLISH,
) -> bytes:
    """Draw what is asserted between the ``most`` strongest actors, as ``svg``, ``pdf`` or ``png``. Raises DataError.

    ``quads`` gives the class of each PLOVER type: 1 and 2 are cooperation, 3 and 4 conflict.
    """
    network = among_strongest(facts(events, actions, quads), most)
    if not network.actors:
        raise DataError("Nothing is asserted between two actors.\nThere is nothing to draw.")
    with styled():
        from matplotlib.figure import Figure

        boxes = {id: box(actor, network.radius(id), network.font(id)) for id, actor in network.actors.items()}
        places = placed(network, boxes)
        left = min(x - boxes[id].half for id, (x, _) in places.items())
        right = max(x + boxes[id].half for id, (x, _) in places.items())
        left, right = min(left, (left + right - NARROWEST) / 2), max(right, (left + right + NARROWEST) / 2)
        bottom = min(y - boxes[id].below for id, (_, y) in places.items())
        top = max(y + boxes[id].above for id, (_, y) in places.items())
        figure = Figure(figsize=((right - left) / POINTS, (top - bottom) / POINTS))
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0), xlim=(left, right), ylim=(bottom, top))
        axes.set_axis_off()
        draw_ties(axes, network, places, boxes)
        draw_actors(axes, network, places)
        draw_legend(figure, network, read_words(language))
        return written(figure, format)


def among_strongest(found: Sequence[Fact], most: int) -> Network:
    """The strongest ties between the ``most`` actors with most events; who has none with the others is left out."""
    known = {actor.id: actor for fact in found for actor in (fact.actor, fact.target)}
    strength = Counter(actor.id for fact in found for actor in (fact.actor, fact.target))
    order = sorted(known, key=lambda id: (-strength[id], known[id].label, id))[:most]
    ties: dict[tuple[str, str], Counter[int]] = {}
    for fact in found:
        if fact.actor.id in order and fact.target.id in order:
            ties.setdefault((fact.actor.id, fact.target.id), Counter())[fact.sign] += 1
    kept = dict(sorted(ties.items(), key=lambda tie: (-tie[1].total(), tie[0]))[: TIES * most])
    order = [id for id in order if any(id in pair for pair in kept)]
    return Network({id: known[id] for id in order}, {id: strength[id] for id in order}, dict(sorted(kept.items())), len(ties))


def placed(network: Network, boxes: Mapping[str, Box]) -> dict[str, tuple[float, float]]:
    """Where each symbol stands, in points, upwards as in a diagram: as on the network page, so that no labels meet."""
    graph = nx.DiGraph()
    graph.add_nodes_from(sorted(network.actors))
    graph.add_weighted_edges_from((*pair, tied.total()) for pair, tied in network.ties.items())
    return {id: (float(x), -float(y)) for id, (x, y) in layout(graph, boxes, first=len(boxes), aspect=ASPECT).items()}


def box(actor: Actor, radius: float, font: float) -> Box:
    """The room that a symbol and the label under it take."""
    broken = lines(actor.label)
    width = max((text_width(line, font) for line in broken), default=0.0)
    return Box(half=max(width / 2, radius) + ROOM, above=radius + ROOM, below=radius + 2 + len(broken) * font * SPACING + ROOM)


def draw_ties(axes: "Axes", network: Network, places: Places, boxes: Mapping[str, Box]) -> None:
    """One arc for each direction, as wide as it has events, in the colour and dashes of what prevails."""
    from matplotlib.patches import PathPatch, Polygon
    from matplotlib.path import Path

    def covered(id: str, point: Point) -> bool:
        (x, y), radius, room = places[id], network.radius(id), boxes[id]
        across, up = point[0] - x, point[1] - y
        under = abs(across) < room.half - ROOM + MARGIN and ROOM - MARGIN - room.below < up < 0
        return across**2 + up**2 < (radius + GAP) ** 2 or under

    most = max((tied.total() for tied in network.ties.values()), default=1)
    for (one, other), tied in sorted(network.ties.items(), key=lambda tie: tie[1].total()):
        width, sign = width_of(tied.total(), most), balance(tied)
        curve = bent(places[one], places[other])
        points = [at(curve, step / STEPS) for step in range(STEPS + 1)]
        begin = next((step for step in range(STEPS) if not covered(one, points[step])), 0)
        end = next((step for step in range(STEPS, 0, -1) if not covered(other, points[step])), STEPS)
        tip, head = points[end], HEAD + 1.3 * width
        neck = max((step for step in range(end) if dist(points[step], tip) >= head), default=begin)
        if begin < neck:
            shaft = Path(piece(curve, begin / STEPS, neck / STEPS), [Path.MOVETO, Path.CURVE3, Path.CURVE3])
            axes.add_patch(PathPatch(shaft, fill=False, lw=width, ls=DASHES[sign], ec=COLOURS[sign], capstyle="butt", zorder=1))
        axes.add_patch(Polygon(arrow(points[neck], tip, head * 0.42), fc=COLOURS[sign], lw=0, zorder=1.5))


def bent(one: Point, other: Point) -> tuple[Point, Point, Point]:
    """The curve from one to the other that leaves room for the one back."""
    across, up = other[0] - one[0], other[1] - one[1]
    return one, ((one[0] + other[0]) / 2 + BEND * up, (one[1] + other[1]) / 2 - BEND * across), other


def at(curve: tuple[Point, Point, Point], part: float) -> Point:
    """A point of a curve, from 0 at its beginning to 1 at its end."""
    (x, y), (middle, height), (last, top) = curve
    before, amid, after = (1 - part) ** 2, 2 * part * (1 - part), part**2
    return before * x + amid * middle + after * last, before * y + amid * height + after * top


def piece(curve: tuple[Point, Point, Point], begin: float, end: float) -> list[Point]:
    """The part of a curve between two of its points, as a curve."""
    (x, y), (middle, height), (last, top) = curve
    before, amid, after = (1 - begin) * (1 - end), begin + end - 2 * begin * end, begin * end
    bend = before * x + amid * middle + after * last, before * y + amid * height + after * top
    return [at(curve, begin), bend, at(curve, end)]


def arrow(neck: Point, tip: Point, half: float) -> list[Point]:
    """The corners of the head of an arrow."""
    length = dist(neck, tip) or 1.0
    across, up = (tip[1] - neck[1]) / length * half, (neck[0] - tip[0]) / length * half
    return [tip, (neck[0] + across, neck[1] + up), (neck[0] - across, neck[1] - up)]


def width_of(events: int, most: int) -> float:
    """How wide an arc of so many events is, in points."""
    return THINNEST + (THICKEST - THINNEST) * sqrt((events - 1) / max(most - 1, 1))


def draw_actors(axes: "Axes", network: Network, places: Places) -> None:
    """A symbol for each actor, its label under it, and a rim of paper around both."""
    from matplotlib.patheffects import withStroke

    rim = [withStroke(linewidth=1.8, foreground="white")]
    for id, actor in network.actors.items():
        (x, y), kind, radius = places[id], shape(actor), network.radius(id)
        size = 2 * radius * LOOKS.get(kind, 1.0)
        axes.plot([x], [y], MARKERS[kind], markersize=size, color=SYMBOL, markeredgecolor="white", markeredgewidth=0.8, zorder=2)
        for number, line in enumerate(lines(actor.label)):
            below = y - radius - 2 - number * network.font(id) * SPACING
            axes.text(x, below, plain(line), size=network.font(id), color=INK, ha="center", va="top", path_effects=rim, zorder=3)


def draw_legend(figure: "Figure", network: Network, words: Mapping[str, str]) -> None:
    """What symbols, colours, dashes and widths mean, under the picture."""
    from matplotlib.lines import Line2D

    present = {shape(actor) for actor in network.actors.values()}
    prevails = {balance(tied) for tied in network.ties.values()}
    most = max((tied.total() for tied in network.ties.values()), default=1)
    symbols = [
        Line2D([], [], ls="none", marker=MARKERS[kind], ms=6.5 * LOOKS.get(kind, 1.0), color=SYMBOL, label=words[f"family-{kind}"])
        for kind in FAMILIES
        if kind in present
    ]
    arcs = [
        Line2D(
            [],
            [],
            color=COLOURS[sign],
            linestyle=DASHES[sign],
            linewidth=1.6,
            label=words[PREVAILS[sign]],
        )
        for sign in (1, -1, 0)
        if sign in prevails
    ]
    widths = [
        Line2D([], [], color=SOFT, linewidth=width_of(count, most), label=counted(words, "events", count))
        for count in sorted({1, max(1, round(most / 3)), most})
    ]
    if len(network.ties) < network.all_ties:
        said = words["figure-ties"].replace("{n}", str(len(network.ties))).replace("{all}", str(network.all_ties))
        arcs.append(Line2D([], [], ls="none", label=said))
    look: dict[str, Any] = {"fontsize": FONT + 0.5, "frameon": False, "labelcolor": INK, "handlelength": 2.8, "borderpad": 0}
    for handles, side, across, columns in ((symbols, "left", 0.0, 2), (arcs, "center", 0.66, 1), (widths, "right", 1.0, 1)):
        corner: Any = f"upper {side}"
        figure.legend(handles=handles, loc=corner, bbox_to_anchor=(across, -0.015), ncols=columns, **look)
