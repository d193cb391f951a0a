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
from kg.dates.expressions import apart, apart_from, day, eve, holiday, month, same_day, season, then, told, told_weekday, weekday
from kg.dates.patterns import Spot, spots_of

Basis = Literal["explicit", "relative", "context", ""]

BLANKS = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2019": "'"})
ANCHOR = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBER = re.compile(r"[0-9]")
OPENER = re.compile(r"\b(since|after|until|till|before|from|between)\s+(?:at\s+least\s+)?(?:the\s+)?$", re.IGNORECASE)
EVE = re.compile(r"\b(?:on\s+)?the\s+eve\s+of\s+(?:the\s+)?$", re.IGNORECASE)
LINK = re.compile(r"\s?[-\u2013\u2014]\s?|\s+(?:(to|until|till|through|(?:and\s+)?into|and)\s+(?:the\s+)?)?", re.IGNORECASE)
APART_LINK = re.compile(r"\s+(?:(?:the|that|an?|its|their)\s+)?(?:(?:[a-z]+\s+)?(?:on|of|in)\s+)?(?:the\s+)?", re.IGNORECASE)
OPEN_END, OPEN_START = ("since", "after"), ("until", "till", "before")
TOLD = (told, told_weekday, apart, eve, then)  # refer to the date told last, not to the day of publication
LENDABLE = (day, month, weekday)  # may borrow a year or a week from the other end of an interval
DATED = (day, month, weekday, holiday, season)  # lie behind the day of publication, unless what they date is yet to come
RECENT = 7  # days: so old may be what "earlier in the day" goes back to


@dataclass(frozen=True, slots=True)
class Found:
    """An expression of time: ``sentence[start:end] == text``; ``edtf`` is empty if unresolved.

    ``basis`` is ``explicit`` if the words suffice, ``relative`` if read from the day of
    publication, ``context`` if read from a date told before. ``ahead`` is what it means instead if
    what it dates is yet to come: "will meet on Friday".
    """

    start: int
    end: int
    text: str
    edtf: str
    basis: Basis
    ahead: str = ""


@dataclass(frozen=True, slots=True)
class Anchors:
    """What dates are read from: ``now`` and its basis for "yesterday", ``told`` for "the next day".

    ``said`` is the day told in the same sentence, if any; ``before`` the date told last, of any precision: for "that month".
    """

    now: str
    basis: Basis
    told: str
    said: str
    before: str


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
        spot, anchors = spots[0], _anchors(founds, published, context)
        start, end, edtf, basis = _take(plain, spots, anchors, founds[-1].end if founds else 0)
        ahead = _resolve(spot, anchors.now, "ahead") if spot.resolve in DATED and basis == "relative" and ANCHOR.fullmatch(edtf) else ""
        founds.append(Found(start, end, text[start:end], edtf, basis, ahead if ahead > edtf else ""))
    return founds


def next_context(founds: Iterable[Found], context: str) -> str:
    """Return the day that the next sentence may refer to: the last one that stands for itself.

    A day that itself rests on the context counts only if it is a day of a month, as in
    "October 5"; "yesterday" does not. A month or year counts as long as no day was told.
    """
    for found in founds:
        told = DAY if DAY.fullmatch(context) else ANCHOR
        if told.fullmatch(found.edtf) and (found.basis != "context" or NUMBER.search(found.text)):
            context = found.edtf
    return context


def _anchors(founds: list[Found], published: str, context: str) -> Anchors:
    said = next((found.edtf for found in reversed(founds) if DAY.fullmatch(found.edtf)), "")
    told = said or _checked(context)
    before = _checked(founds[-1].edtf if founds else "") or told
    if published := _checked(published):
        return Anchors(published, "relative", told, said, before)
    now = next_context(founds, context)
    return Anchors(now if DAY.fullmatch(now) else "", "context", told, said, before)


def _take(text: str, spots: list[Spot], anchors: Anchors, taken: int) -> tuple[int, int, str, Basis]:
    """Take the first expression off ``spots``, with the words and the second one that make it an interval; ``text[:taken]`` is taken."""
    spot = spots.pop(0)
    start, end = spot.match.span()
    begins = max(taken, start - 24)
    if spots and spot.resolve is apart and spot.match["clause"] is not None and APART_LINK.fullmatch(text, end, spots[0].match.start()):
        last = spots.pop(0)
        return start, last.match.end(), *_apart_from(spot, last, anchors)
    opener = OPENER.search(text, begins, start)
    word = opener[1].lower() if opener else ""
    link = LINK.fullmatch(text, end, spots[0].match.start()) if spots else None
    if link and link[0].strip() and ((link[1] or "").lower() != "and" or word == "between"):
        last = spots.pop(0)
        begin = opener.start() if opener and word in ("from", "between") else start
        return begin, last.match.end(), *_interval(spot, last, anchors)
    if link and spot.resolve is weekday and spots[0].resolve is weekday and (days := _successive(spot, spots[0], anchors)):
        return start, spots.pop(0).match.end(), days, anchors.basis
    coordinated = link and link[0].strip() and spot.resolve in (day, month) and not _resolve(spot, "", "near")
    if coordinated and (edtf := _resolve(spot, _resolve(spots[0], "", "near"), "back")):  # "in June and July 2023"
        return start, end, edtf, "explicit"
    if opening := EVE.search(text, begins, start):
        edtf, basis = _read(spot, anchors)
        edtf = _before(edtf)
        return opening.start(), end, edtf, basis if edtf else ""
    if opener and word in OPEN_END + OPEN_START and not text.startswith("'s", end):
        edtf, basis = _read(spot, anchors, "ahead" if spot.resolve is weekday and word in ("until", "till") else "near")
        return opener.start(), end, _open(edtf, word), basis
    return start, end, *_read(spot, anchors)


def _read(spot: Spot, anchors: Anchors, lean: Lean = "near") -> tuple[str, Basis]:
    """Resolve an expression by its own words, else from the anchor that its kind refers to."""
    if edtf := _resolve(spot, "", lean):
        return edtf, "explicit"
    if spot.resolve in TOLD:
        edtf = _resolve(spot, anchors.before, lean) or _resolve(spot, anchors.told, lean)
        if spot.resolve is apart and spot.match["event"] and anchors.now and edtf > anchors.now:
            edtf = ""  # what was told last is another event
        return edtf, "context" if edtf else ""
    if edtf := _told_again(spot, anchors):
        return edtf, "context"
    edtf = _resolve(spot, anchors.now, lean)
    return edtf, anchors.basis if edtf else ""


def _told_again(spot: Spot, anchors: Anchors) -> str:
    """Resolve what goes back to the day told last: the same day of a month, one soon after, "earlier in the day"."""
    if not DAY.fullmatch(anchors.told):
        return ""
    if spot.resolve is same_day:
        recent = DAY.fullmatch(anchors.now) and _before(anchors.now, RECENT) <= anchors.told <= anchors.now
        return anchors.told if recent else ""
    if spot.resolve is not day:
        return ""
    edtf = _resolve(spot, anchors.told, "ahead")
    return edtf if edtf == anchors.told or (edtf and edtf[:7] == anchors.said[:7]) else ""


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


def _successive(first: Spot, last: Spot, anchors: Anchors) -> str:
    """Resolve "on Wednesday and Thursday": two days that follow each other are one stretch of time."""
    (start, _), (end, _) = _read(first, anchors), _read(last, anchors)
    return f"{start}/{end}" if DAY.fullmatch(start) and DAY.fullmatch(end) and _before(end) == start else ""


def _apart_from(spot: Spot, other: Spot, anchors: Anchors) -> tuple[str, Basis]:
    """Resolve "two days after October 7, 2023"."""
    edtf, basis = _read(other, anchors)
    try:
        edtf = apart_from(spot.match, _checked(edtf))
    except (ValueError, OverflowError):
        return "", ""
    return edtf, basis


def _before(day: str, days: int = 1) -> str:
    """The day before, or so many days before, or nothing if it is no day, or one of the first of all."""
    try:
        return period("day", day, -days)
    except (ValueError, OverflowError):
        return ""


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
