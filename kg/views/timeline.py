"""Who did what to each other over time, as a figure for a paper: one line for each pair of actors.

Above a line is what the first of the two did to the second, below it what the second did; what both do together is on it.
Events of one day are stacked; what is known to a month or a year only is in the middle of a bar of that length.
What has no date stands apart, at the right; what lies far from the rest, at the left.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from kg.dates.spans import span
from kg.model import Action, Actor, DataError, Event
from kg.views.figures import COLOURS, INK, SIGNS, SOFT, Fact, facts, plain, styled, text_width, written
from kg.views.words import ENGLISH, read_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 12  # pairs
POINTS = 72  # an inch; all lengths are in points
WIDTH, ASIDE, GAP = 360.0, 58.0, 9.0  # of the time, of a column beside it, and between them
FONT, SIZE = 7.0, 4.4  # of letters and of markers
STEP, DATED = 4.8, 22.0  # from one marker to the next, and where a year stands beside it
NUDGE = 2.0  # less than a marker: how far one on the line moves for another of the same day
LEAST, PAD = 12.0, 3.5  # the least room above and below a line, and around its marks
MARKERS = {1: "o", -1: "v", 0: "s"}
LINE, RULE = "#a3acb8", "#e3e7ec"
FAR, SHORTEST = 6.0, 10.0  # how often the middle half of the days fits between it and what is far; that half has ten days at least
TICKS = 9
HEADS = {"earlier": "figure-earlier", "later": "figure-later", "undated": "undated-cell"}
"""The columns beside the time, and what they are called: keys of the words."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on the line of a pair: ``side`` is 1 above, -1 below, 0 on it; ``first`` and ``last`` day, none if undated."""

    id: str
    side: int
    sign: int
    first: date | None = None
    last: date | None = None

    @property
    def middle(self) -> float:
        """The middle of the days it may have been, as a day's number; 0 if undated."""
        if not self.first or not self.last:
            return 0.0
        return (self.first.toordinal() + self.last.toordinal()) / 2


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors, the one who did more first, and what they did to each other."""

    one: Actor
    other: Actor
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where things stand, in points from the left end of the time, and upwards from the top.

    ``begin`` and ``end`` are numbers of days, ``names`` the width of the longest name, ``aside`` the columns beside the time.
    """

    begin: float
    end: float
    names: float
    aside: frozenset[str]
    high: float

    @property
    def left(self) -> float:
        """The left edge."""
        return -GAP - self.names

    @property
    def right(self) -> float:
        """The right edge."""
        return max(end for _, end in self.lines())

    def x(self, day: float) -> float:
        """Where a day stands."""
        return (ASIDE + GAP if "earlier" in self.aside else 0.0) + (day - self.begin) / (self.end - self.begin) * WIDTH

    def column(self, where: str) -> float:
        """Where the first mark of a column beside the time stands."""
        if where == "earlier":
            return SIZE
        later = ASIDE + GAP if where == "undated" and "later" in self.aside else 0.0
        return self.x(self.end) + GAP + later + SIZE

    def lines(self) -> list[tuple[float, float]]:
        """The pieces that the line of a pair consists of."""
        beside = [(self.column(where) - SIZE, self.column(where) - SIZE + ASIDE) for where in sorted(self.aside)]
        return [*beside, (self.x(self.begin), self.x(self.end))]


def timeline_figure(
    events: Iterable[Event],
    actions: Mapping[str, Action],
    quads: Mapping[str, int],
    *,
    most: int = MOST,
    format: str = "svg",
    language: str = ENGLISH,
) -> bytes:
    """Draw what is asserted between the ``most`` pairs with most events, as ``svg``, ``pdf`` or ``png``. Raises DataError.

    ``quads`` gives the class of each PLOVER type: 1 and 2 are cooperation, 3 and 4 conflict.
    """
    found = pairs(facts(events, actions, quads), most)
    if not found:
        raise DataError("Nothing is asserted between two actors.\nThere is nothing to draw.")
    words = read_words(language)
    with styled():
        from matplotlib.figure import Figure

        sheet = ruled(found)
        figure = Figure(figsize=((sheet.right - sheet.left) / POINTS, sheet.high / POINTS))
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0), xlim=(sheet.left, sheet.right), ylim=(-sheet.high, 0))
        axes.set_axis_off()
        draw_time(axes, sheet, words)
        top = 0.0
        for pair in found:
            rows = stacked(pair, sheet)
            above, below = room(rows)
            draw_pair(axes, pair, rows, sheet, top - above)
            top -= above + below
        draw_legend(figure, found, sheet.high, words)
        return written(figure, format)


def pairs(found: Sequence[Fact], most: int) -> list[Pair]:
    """The pairs with most events, most first, each with its events in order of time."""
    between: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in found:
        between[min(fact.actor.id, fact.target.id), max(fact.actor.id, fact.target.id)].append(fact)
    strongest = sorted(between.items(), key=lambda item: (-len(item[1]), item[0]))[:most]
    return [pair_of(told) for _, told in strongest]


def pair_of(told: Sequence[Fact]) -> Pair:
    """Put the events of a pair on its line."""
    done = Counter(fact.actor.id for fact in told)
    actors = {actor.id: actor for fact in told for actor in (fact.actor, fact.target)}
    one, other = sorted(actors.values(), key=lambda actor: (-done[actor.id], actor.label, actor.id))
    marks = [Mark(fact.id, 0 if fact.symmetric else 1 if fact.actor.id == one.id else -1, fact.sign, *days(fact.date)) for fact in told]
    return Pair(one, other, tuple(sorted(marks, key=lambda mark: (mark.middle, mark.sign, mark.id))))


def days(edtf: str) -> tuple[date | None, date | None]:
    """The first and the last day that a date can mean, or none."""
    first, last = span(edtf)
    return (date.fromisoformat(first), date.fromisoformat(last)) if first else (None, None)


def ruled(found: Sequence[Pair]) -> Sheet:
    """Rule the sheet: the days that the time spans, what stands aside, and how high it all is."""
    marks = [mark for pair in found for mark in pair.marks]
    begin, end = window([mark for mark in marks if mark.first])
    aside = {where for mark in marks if (where := place_of(mark, begin, end)) != "time"}
    names = max(text_width(actor.label, FONT) for pair in found for actor in (pair.one, pair.other))
    bare = Sheet(begin, end, names, frozenset(aside), 0.0)
    return replace(bare, high=sum(sum(room(stacked(pair, bare))) for pair in found))


def window(dated: Sequence[Mark]) -> tuple[float, float]:
    """The first and the last day of the time that is drawn: without what lies far from the rest."""
    if not dated:
        return 0.0, 1.0
    middles = sorted(mark.middle for mark in dated)
    low, high = middles[len(middles) // 4], middles[(3 * len(middles)) // 4]
    far = FAR * max(high - low, SHORTEST)
    near = [mark for mark in dated if low - far <= mark.middle <= high + far]
    begin = min(mark.first.toordinal() if mark.first else 0 for mark in near)
    end = max(mark.last.toordinal() if mark.last else 0 for mark in near)
    more = max((end - begin) * 0.02, (SHORTEST - end + begin) / 2)
    return begin - more, end + more


def place_of(mark: Mark, begin: float, end: float) -> str:
    """Where a mark stands: in the ``time``, ``earlier``, ``later``, or among the ``undated``."""
    if not mark.first:
        return "undated"
    return "earlier" if mark.middle < begin else "later" if mark.middle > end else "time"


def stacked(pair: Pair, sheet: Sheet) -> list[tuple[Mark, float, int]]:
    """Each mark with its place from left to right, and its level from the line: 0 on it, 1 next above, -1 next below."""
    taken: dict[int, list[float]] = defaultdict(list)
    found = []
    for mark in pair.marks:
        where = place_of(mark, sheet.begin, sheet.end)
        x = sheet.x(mark.middle) if where == "time" else sheet.column(where)
        apart = DATED if where in ("earlier", "later") else STEP if mark.side or where != "time" else NUDGE
        begin, level = x, mark.side
        while any(abs(x - other) < apart * 0.95 for other in taken[level]):
            full = where == "time" or x + apart > begin + ASIDE - SIZE
            x, level = (begin, level + mark.side) if full and mark.side else (x + apart, level)
        taken[level].append(x)
        found.append((mark, x, level))
    return found


def room(rows: Sequence[tuple[Mark, float, int]]) -> tuple[float, float]:
    """How much room the marks of a line take above it and below it, in points."""
    levels = [level for _, _, level in rows]
    return max(LEAST, (max(levels) + 0.5) * STEP + PAD), max(LEAST, (0.5 - min(levels)) * STEP + PAD)


def draw_time(axes: "Axes", sheet: Sheet, words: Mapping[str, str]) -> None:
    """Days along the foot, with a thin line up from each, and the heads of what stands aside."""
    foot: dict[str, Any] = {"size": FONT - 0.5, "color": SOFT, "va": "top"}
    for day, text in ticks(sheet.begin, sheet.end):
        axes.plot([sheet.x(day)] * 2, [-sheet.high, 0], color=RULE, linewidth=0.5, zorder=0)
        axes.text(sheet.x(day), -sheet.high - 3, text, ha="center", **foot)
    for where in sorted(sheet.aside):
        axes.text(sheet.column(where) - SIZE / 2, -sheet.high - 3, words[HEADS[where]], ha="left", style="italic", **foot)


def ticks(begin: float, end: float) -> list[tuple[float, str]]:
    """Some round days of a time, as they are written: 2024, 2024-04 or 2024-04-13.

    >>> ticks(date(2023, 12, 20).toordinal(), date(2026, 2, 1).toordinal())[:3]
    [(738886.0, '2024-01'), (739068.0, '2024-07'), (739252.0, '2025-01')]
    """
    if begin < 1:
        return []
    if end - begin < 90:
        step = next(step for step in (1, 2, 7, 14) if (end - begin) / step < TICKS)
        return [(float(day), date.fromordinal(day).isoformat()) for day in range(ceil(begin), floor(end) + 1, step)]
    low, high = date.fromordinal(ceil(begin)), date.fromordinal(floor(end))
    months = range(low.year * 12 + low.month - 1, high.year * 12 + high.month)
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 12000) if len(months) / step < TICKS)
    starts = [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
    return [(float(day.toordinal()), day.isoformat()[: 4 if step >= 12 else 7]) for day in starts if begin <= day.toordinal() <= end]


def draw_pair(axes: "Axes", pair: Pair, rows: Sequence[tuple[Mark, float, int]], sheet: Sheet, y: float) -> None:
    """The line of a pair, its names at the left, and its marks."""
    for begin, end in sheet.lines():
        axes.plot([begin, end], [y, y], color=LINE, linewidth=0.7, zorder=1)
    for actor, up, side in ((pair.one, 1.6, "bottom"), (pair.other, -1.6, "top")):
        axes.text(-GAP, y + up, plain(actor.label), size=FONT, color=INK, ha="right", va=side)
    for mark, x, level in rows:
        colour, height = COLOURS[mark.sign], y + level * STEP
        where = place_of(mark, sheet.begin, sheet.end)
        if mark.first and mark.last and mark.first != mark.last and where == "time":
            ends = [max(sheet.x(mark.first.toordinal()), 0.0), min(sheet.x(mark.last.toordinal()), WIDTH)]
            axes.plot(ends, [height] * 2, color=colour, linewidth=1.1, alpha=0.5, solid_capstyle="butt", zorder=2)
        axes.plot([x], [height], MARKERS[mark.sign], markersize=SIZE, color=colour, markeredgecolor="white", markeredgewidth=0.4, zorder=3)
        if mark.first and where != "time":
            axes.text(x + SIZE / 2 + 1, height, str(mark.first.year), size=FONT - 1.5, color=SOFT, va="center_baseline")


def draw_legend(figure: "Figure", found: Sequence[Pair], high: float, words: Mapping[str, str]) -> None:
    """What colours, markers and sides mean, under the picture."""
    from matplotlib.lines import Line2D

    there = {mark.sign for pair in found for mark in pair.marks}
    handles = [
        Line2D([], [], linestyle="none", marker=MARKERS[sign], markersize=SIZE + 1, color=COLOURS[sign], label=words[SIGNS[sign]])
        for sign in (1, -1, 0)
        if sign in there
    ]
    look: dict[str, Any] = {
        "fontsize": FONT,
        "frameon": False,
        "labelcolor": INK,
        "borderpad": 0,
        "handletextpad": 0.2,
        "columnspacing": 1.4,
    }
    figure.legend(handles=handles, ncols=3, loc="upper left", bbox_to_anchor=(0.0, -17 / high), **look)
    figure.text(0.0, -30 / high, words["figure-sides"], size=FONT, color=INK, va="top")
