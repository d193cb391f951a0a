"""Resolves "last Saturday", read in an article of a known day, to a date of EDTF.

    sentence + day of publication -> [Found("late Saturday", "2024-09-28", "relative"), ...]

An expression keeps the precision of its words: "in July" is a month, "last week" is an interval
from Sunday to Saturday, "since October" is open to one side. What neither its own words, nor the
day of publication, nor a date told before can settle stays unresolved; the clock is never asked.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kg.dates.calendar import Lean, period
from kg.dates.expressions import Spot, apart, apart_by, day, month, spots_of, told, told_weekday, weekday

Basis = Literal["explicit", "relative", "context", ""]

BLANKS = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2019": "'"})
ANCHOR = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBER = re.compile(r"[0-9]")
OPENER = re.compile(r"\b(since|after|until|till|before|from|between)\s+$", re.IGNORECASE)
LINK = re.compile(r"[-\u2013\u2014]|\s+(?:(to|until|till|through|and)\s+(?:the\s+)?)?", re.IGNORECASE)
OPEN_END, OPEN_START = ("since", "after"), ("until", "till", "before")
TOLD = (told, told_weekday, apart)  # refer to the date told last, not to the day of publication
LENDABLE = (day, month, weekday)  # may borrow a year or a week from the other end of an interval


@dataclass(frozen=True, slots=True)
class Found:
    """An expression of time: ``sentence[start:end] == text``; ``edtf`` is empty if unresolved.

    ``basis`` is ``explicit`` if the words suffice, ``relative`` if read from the day of
    publication, ``context`` if read from a date told before.
    """

    start: int
    end: int
    text: str
    edtf: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Anchors:
    """What dates are read from: ``now`` and its basis for "yesterday", ``told`` for "the next day"."""

    now: str
    basis: Basis
    told: str


def find_dates(text: str, *, published: str = "", context: str = "") -> list[Found]:
    """Find the dates of one sentence, in the order of the text.

    ``published`` and ``context`` are EDTF.

    >>> [(found.text, found.edtf) for found in find_dates("Talks began late Saturday.", published="2024-10-01")]
    [('late Saturday', '2024-09-28')]
    """
    plain = text.translate(BLANKS)
    founds: list[Found] = []
    spots = spots_of(plain)
    while spots:
        start, end, edtf, basis = _take(plain, spots, _anchors(founds, published, context))
        founds.append(Found(start, end, text[start:end], edtf, basis))
    return founds


def next_context(founds: Iterable[Found], context: str) -> str:
    """Return the day that the next sentence may refer to: the last one that stands for itself.

    A day that itself rests on the context counts only if it is a day of a month, as in
    "October 5"; "yesterday" does not.
    """
    for found in founds:
        if DAY.fullmatch(found.edtf) and (found.basis != "context" or NUMBER.search(found.text)):
            context = found.edtf
    return context


def _anchors(founds: list[Found], published: str, context: str) -> Anchors:
    told = next((found.edtf for found in reversed(founds) if DAY.fullmatch(found.edtf)), context)
    if published := _checked(published):
        return Anchors(published, "relative", _checked(told))
    return Anchors(_checked(next_context(founds, context)), "context", _checked(told))


def _take(text: str, spots: list[Spot], anchors: Anchors) -> tuple[int, int, str, Basis]:
    """Take the first expression off ``spots``, with the words and the second one that make it an interval."""
    spot = spots.pop(0)
    start, end = spot.match.span()
    opener = OPENER.search(text, max(0, start - 12), start)
    word = opener[1].lower() if opener else ""
    link = LINK.fullmatch(text, end, spots[0].match.start()) if spots else None
    if link and spot.resolve is apart and not link[0].strip():
        last = spots.pop(0)
        return start, last.match.end(), *_apart_from(spot, last, anchors)
    if link and link[0].strip() and ((link[1] or "").lower() != "and" or word == "between"):
        last = spots.pop(0)
        begin = opener.start() if opener and word in ("from", "between") else start
        return begin, last.match.end(), *_interval(spot, last, anchors)
    coordinated = link and link[0].strip() and spot.resolve in (day, month) and not _resolve(spot, "", "near")
    if coordinated and (edtf := _resolve(spot, _resolve(spots[0], "", "near"), "back")):  # "in June and July 2023"
        return start, end, edtf, "explicit"
    if opener and word in OPEN_END + OPEN_START and not text.startswith("'s", end):
        edtf, basis = _read(spot, anchors, "ahead" if spot.resolve is weekday and word in ("until", "till") else "near")
        return opener.start(), end, _open(edtf, word), basis
    return start, end, *_read(spot, anchors)


def _read(spot: Spot, anchors: Anchors, lean: Lean = "near") -> tuple[str, Basis]:
    """Resolve an expression by its own words, else from the anchor that its kind refers to."""
    if edtf := _resolve(spot, "", lean):
        return edtf, "explicit"
    edtf = _resolve(spot, anchors.told if spot.resolve in TOLD else anchors.now, lean)
    return edtf, ("context" if spot.resolve in TOLD else anchors.basis) if edtf else ""


def _interval(first: Spot, last: Spot, anchors: Anchors) -> tuple[str, Basis]:
    """Resolve "from March 3 to May 5, 2022": what one end lacks the other lends."""
    (start, start_basis), (end, end_basis) = _read(first, anchors), _read(last, anchors)
    if first.resolve in LENDABLE and start_basis != "explicit":
        start, start_basis = _resolve(first, end, "back"), end_basis
    elif last.resolve in LENDABLE and end_basis != "explicit":
        end, end_basis = _resolve(last, start, "ahead"), start_basis
    start, end = start.split("/")[0], end.split("/")[-1]
    width = min(len(start), len(end))
    if not width or start[:width] > end[:width]:
        return "", ""
    return f"{start}/{end}", start_basis if end_basis == "explicit" else end_basis


def _apart_from(spot: Spot, other: Spot, anchors: Anchors) -> tuple[str, Basis]:
    """Resolve "two days after October 7, 2023"."""
    edtf, basis = _read(other, anchors)
    try:
        edtf = period(spot.match["unit"].lower(), _checked(edtf), apart_by(spot.match))
    except (ValueError, OverflowError):
        return "", ""
    return edtf, basis


def _open(edtf: str, word: str) -> str:
    if not edtf:
        return ""
    return f"{edtf.split('/')[0]}/.." if word in OPEN_END else f"../{edtf.split('/')[-1]}"


def _checked(anchor: str) -> str:
    return anchor if ANCHOR.fullmatch(anchor) else ""


def _resolve(spot: Spot, anchor: str, lean: Lean) -> str:
    """Resolve an expression, or return nothing: there is no such day, or the anchor does not tell it."""
    try:
        return spot.resolve(spot.match, anchor, lean)
    except (ValueError, OverflowError):
        return ""
