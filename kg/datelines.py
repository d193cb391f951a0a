"""Reads the dateline before the first sentence of a report: where it was written, often when, and for which agency.

It is no part of the sentence. One with a year tells the day of publication; one without tells nothing that could be relied on.
"""

import re
from dataclasses import dataclass

CAPITAL = "A-ZÀ-ÖØ-Þ"
_DAY = r"""(?:[A-Z][a-z]{2,8}\.?,?\s+)?(?:
    [A-Z][A-Za-z]{2,8}\.?\s+[0-9]{1,2}(?:st|nd|rd|th)?(?:,?\s+(?P<YEAR>[0-9]{4}))?(?![0-9])
  | [0-9]{1,2}(?:st|nd|rd|th)?\s+[A-Z][A-Za-z]{2,8}\.?(?:,?\s+(?P<YEAR>[0-9]{4}))?(?![0-9])
  | (?P<YEAR>[0-9]{4})-[0-9]{2}-[0-9]{2}
)"""


def _day(name: str) -> str:
    """The pattern of a day as a group of this name, with a group of its own for each way to write the year."""
    numbers = iter("123")
    return f"(?P<{name}>" + re.sub("YEAR", lambda _: name + next(numbers), _DAY) + ")"


DATELINE = re.compile(
    rf"""\s*
    (?:(?P<capitals>[{CAPITAL}][{CAPITAL}.'’]+(?:[ -][{CAPITAL}][{CAPITAL}.'’]+)*)     # a place
      |[{CAPITAL}][^\W\d_]+(?:[ -][{CAPITAL}][^\W\d_]+){{0,2}})
    (?:\s*[,/]\s*[{CAPITAL}](?:[^\W\d_]|[.’' -]){{1,30}}?)?         # its land, or another place
    (?:\s*\((?:{_day("c")}|(?P<agency>[^()]{{1,40}}))\))?
    (?:,?\s*\b{_day("d")})?
    (?:,?\s*(?P<later>\([^()]{{1,40}}\)|/[^/\n]{{1,40}}/))?        # an agency
    (?:\s*(?:--?|[–—])\s+(?=\S)|\s*(?P<close>[–—]|:\s)\s*(?=["“‘']?[A-Z])|(?P<alone>\s*(?:(?:--?|[–—]|:)\s*)?)\Z)""",
    re.VERBOSE,
)
GOES_ON = re.compile(r"[a-z]+(?![\w-]*-[A-Z])")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where the news begins after it, and its day as it stands there: "March 18, 2025"; no day unless it has a year."""

    end: int
    day: str


def dateline(paragraph: str) -> Dateline | None:
    """Read the dateline that a paragraph begins with, or is: then it has a year, and a dash or an agency.

    >>> dateline("KAMPALA, March 18, 2025 (Agency) — Talks resumed.")
    Dateline(end=35, day='March 18, 2025')
    >>> dateline("BEIRUT, Oct 2 (Agency) — Talks resumed.")
    Dateline(end=25, day='')
    >>> dateline("BEIRUT — where talks resumed — was shelled."), dateline("UN envoys met.")
    (None, None)
    """
    match = DATELINE.match(paragraph)
    if not match:
        return None
    found = match.groupdict()
    day, agency = found["c"] or found["d"], found["agency"] or found["later"]
    dated = any(found[name + number] for name in "cd" for number in "123")
    if not found["capitals"] and not (agency and dated):  # any sentence may begin with a name
        return None
    if found["alone"] is not None and not (dated and found["capitals"] and (agency or found["alone"].strip())):
        return None
    if (found["close"] and not dated) or (not day and not agency and GOES_ON.match(paragraph, match.end())):
        return None
    return Dateline(match.end(), day if dated else "")
