"""Reads the day of publication, as EDTF: ``2024-10-01``, ``2024-10`` or ``2024``.

Only shapes that can be read in one way are dates. ``03/04/2024`` is none, and neither is a day
that the calendar does not have: what is uncertain stays unread.
"""

import re
from collections.abc import Sequence
from datetime import date

from dateutil.parser import parserinfo

from kg.datelines import dateline
from kg.documents.boilerplate import Boilerplate, kind_of, plain

MONTH = "|".join(name for names in parserinfo.MONTHS for name in sorted(names, key=len, reverse=True))
WEEKDAY = "|".join(name for names in parserinfo.WEEKDAYS for name in sorted(names, key=len, reverse=True))
DAY = rf"""(?:
    (?P<iso>\d{{4}}-\d{{2}}(?:-\d{{2}})?|\d{{4}}/\d{{2}}/\d{{2}})(?![\d/-])
  | (?:(?:{WEEKDAY})\.?,?\s+)?(?:
        (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<m1>{MONTH})\.?,?[\s-]+(?P<y1>\d{{4}})
      | (?P<m2>{MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})
      | (?P<m3>{MONTH})\.?,?\s+(?P<y3>\d{{4}})
    )(?!\d)
)"""
ZONE = r"(?-i:Z\b|\(?(?:UTC|[A-Z]{2,3}T)\b\)?|[+-]\d{2}:?\d{2})"
TIME = rf"(?:[T,|\s]*(?:at\s+)?\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}}(?:[.,]\d+)?)?(?:\s*[ap]\.?m\b\.?)?(?:\s*{ZONE})?)?"
SEARCH = re.compile(rf"\b{DAY}{TIME}", re.VERBOSE | re.IGNORECASE)
GIVEN = re.compile(rf"\s*(?:{DAY}{TIME}|(?P<year>\d{{4}}))\s*", re.VERBOSE | re.IGNORECASE)
PARTING = re.compile(r"\s*[-–—|:•·]+\s+")
SPACE = re.compile(r"[\s.,)\]]*")
REACH = 80  # characters: further in, a date belongs to the sentence


def read_day(given: str) -> str | None:
    """Read a date that stands alone; None if it is none, or could be two.

    >>> read_day("Tuesday, 1 October 2024"), read_day("Oct. 2024"), read_day("2024-10-01T12:00Z")
    ('2024-10-01', '2024-10', '2024-10-01')
    >>> read_day("03/04/2024"), read_day("2024-02-31")
    (None, None)
    """
    match = GIVEN.fullmatch(given)
    if match and match["year"]:
        return f"{int(match['year']):04}" if int(match["year"]) else None
    return match and edtf(match)


def edtf(match: re.Match[str]) -> str | None:
    """Write what ``DAY`` matched as EDTF, if the calendar has it."""
    found = match.groupdict()
    day = found["d1"] or found["d2"]
    if iso := found["iso"]:
        year, month, day = (*iso.replace("/", "-").split("-"), None)[:3]
    else:
        year = found["y1"] or found["y2"] or found["y3"]
        month = parserinfo().month(found["m1"] or found["m2"] or found["m3"])
    try:
        return date(int(year), int(month), int(day or 1)).isoformat()[: 10 if day else 7]
    except ValueError:
        return None


def leading_day(text: str, rows: Sequence[Boilerplate]) -> tuple[str, str, int] | None:
    """Read a date at the beginning of ``text``: its kind, the day, and where the rest begins.

    The kind is that of the row (``date``, ``updated``, ``byline``) which names the words before it.
    Where there are none it is ``bare``, and must not run into a sentence: "May 2, 2024, was a Thursday".
    """
    match = SEARCH.search(text, 0, REACH)
    day = match and edtf(match)
    if not match or not day:
        return None
    before = plain(text[: match.start()])
    kind = kind_of(before, rows, ("date", "updated", "byline")) if before else "bare"
    parting = PARTING.match(text, match.end()) or SPACE.match(text, match.end())
    rest = parting.end() if parting else match.end()
    begins = text[rest : rest + 1]
    if not kind or (begins.islower() and (kind == "bare" or text[-1:] in ".!?")):
        return None
    parted = kind != "byline" and (match["iso"] or kind != "bare" or (parting and parting.re is PARTING))
    return (kind, day, rest) if parted or not begins else None


def dateline_day(text: str) -> tuple[str, int] | None:
    """Read the day of the dateline that ``text`` begins with, and where the rest begins; nothing without a year.

    >>> dateline_day("OSLO, March 18, 2025 (Agency) — Talks resumed."), dateline_day("OSLO, March 18 — Talks resumed.")
    (('2025-03-18', 32), None)
    """
    line = dateline(text)
    day = line and line.day and read_day(line.day)
    return (day, line.end) if line and day else None
