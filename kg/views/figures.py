"""Figures for papers: what they share. Only they need matplotlib, the extra ``figures``."""

import unicodedata
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kg.model import Action, Actor, DataError, Event, Modality
from kg.views.rows import sign

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, SOFT = "#1b2430", "#525e6d"
COLOURS = {1: "#1464a5", -1: "#b34700", 0: "#697481"}
SIGNS = {1: "cooperation", -1: "conflict", 0: "neutral"}
PREVAILS = {1: "mostly-cooperation", -1: "mostly-conflict", 0: "mixed"}
"""What signs and balances are called: keys of the words."""

FORMATS = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}
"""The formats, each with what would tell when and by what it was made."""

STYLE = {
    "svg.hashsalt": "kg",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "font.family": "DejaVu Sans",
    "savefig.dpi": 300,
    "lines.scale_dashes": False,
}
"""Letters are drawn, not named: a figure looks the same wherever it is printed."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What somebody asserts, between two whom we know. ``sign`` is 1 for cooperation, -1 for conflict, 0 for neither; ``date`` is EDTF."""

    id: str
    actor: Actor
    target: Actor
    sign: int
    symmetric: bool
    date: str


@contextmanager
def styled() -> Iterator[None]:
    """Draw in our style, whatever the settings of the user. Raises DataError without matplotlib."""
    try:
        import matplotlib as mpl  # a second that only figures should cost
    except ImportError as error:
        raise DataError("Figures are drawn by matplotlib, which is not installed.\nInstall it: pip install 'actor-kg[figures]'") from error
    settings: dict[Any, Any] = {**mpl.rcParamsDefault, **STYLE, "backend": "agg"}
    with mpl.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)  # a letter that the font lacks is drawn as a box
        yield


def facts(events: Iterable[Event], actions: Mapping[str, Action], quads: Mapping[str, int]) -> list[Fact]:
    """The asserted events between two, in the order of their names; ``quads`` gives the class of each PLOVER type."""
    found = []
    for event in events:
        if event.modality is Modality.ASSERTED and event.actor and event.target and event.actor.id != event.target.id:
            action = actions[event.action]
            value = sign(quads.get(action.type, 0))
            found.append(Fact(event.id, event.actor, event.target, value, action.symmetric, event.date))
    return sorted(found, key=lambda fact: fact.id)


def balance(counted: Counter[int]) -> int:
    """What prevails: 1, -1, or 0 where neither does."""
    return (counted[1] > counted[-1]) - (counted[1] < counted[-1])


def written(figure: "Figure", format: str) -> bytes:
    """The bytes of a figure as ``svg``, ``pdf`` or ``png``: the same for the same figure. Raises DataError for another format."""
    if format not in FORMATS:
        raise DataError(f"A figure cannot be written as {format!r}.\nUse a file that ends in one of: {', '.join(FORMATS)}.")
    buffer = BytesIO()
    metadata: dict[str, Any] = dict(FORMATS[format])
    figure.savefig(buffer, format=format, metadata=metadata, bbox_inches="tight", pad_inches=0.08)
    return buffer.getvalue()


def plain(text: str) -> str:
    """A text that matplotlib does not take for a formula, without characters that steer.

    >>> plain("the $5 bill")
    'the \\\\$5 bill'
    """
    return "".join(letter for letter in text if unicodedata.category(letter) not in ("Cc", "Cf")).replace("$", r"\$")


def text_width(text: str, size: float) -> float:
    """How wide a line is, in points."""
    from matplotlib.textpath import TextPath

    return float(TextPath((0, 0), plain(text), size=size).get_extents().width)
