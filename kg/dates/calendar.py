"""Arithmetic of the calendar on EDTF strings.

An anchor is a day, a month, a year or nothing ("2024-10-01", "2024-10", "2024", "");
what it is not precise enough to tell raises ValueError.
"""

from datetime import date, timedelta
from typing import Literal

Lean = Literal["back", "near", "ahead"]
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SEASONS = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def month_number(name: str) -> int:
    """Return 9 for "September", "Sept." and "Sep"."""
    return MONTHS.index(name[:3].lower()) + 1


def written(year: int, month: int, day: int = 0) -> str:
    """Write a day, or a month where ``day`` is 0.

    >>> written(2024, 7)
    '2024-07'
    """
    return date(year, month, day or 1).isoformat()[: 10 if day else 7]


def period(unit: str, anchor: str, steps: int = 0) -> str:
    """Return the day, week, month or year that lies ``steps`` after the one of ``anchor``.

    >>> period("week", "2024-10-01", -1)
    '2024-09-22/2024-09-28'
    """
    if unit == "year":
        return date(int(anchor[:4]) + steps, 1, 1).isoformat()[:4]
    if unit == "month":
        first = date.fromisoformat(f"{anchor[:7]}-01")
        years, month = divmod(first.month - 1 + steps, 12)
        return written(first.year + years, month + 1)
    day = date.fromisoformat(anchor)
    if unit == "day":
        return (day + timedelta(days=steps)).isoformat()
    sunday = day + timedelta(days=7 * steps - (day.weekday() + 1) % 7)
    return f"{sunday}/{sunday + timedelta(days=6)}"


def in_year(month: int, day: int, anchor: str, lean: Lean) -> str:
    """Write a month or day (0 for none) in the year that the anchor suggests.

    That is the most recent one; or the coming one if that is at most a month ahead, unless we
    lean back; or always the coming one if we lean ahead.

    >>> in_year(10, 7, "2024-10-01", "near"), in_year(12, 7, "2024-10-01", "near")
    ('2024-10-07', '2023-12-07')
    """
    width = 10 if day and len(anchor) == 10 else 7
    here = period("day" if width == 10 else "month", anchor)
    limit = period("day", here, 31) if width == 10 else period("month", here, 1)
    years = range(max(1, int(here[:4]) - 8), min(9999, int(here[:4]) + 8) + 1)  # eight years hold a leap day
    dates = [written(year, month, day) for year in years if _exists(year, month, day)]
    past = max(found for found in dates if found[:width] <= here)
    coming = min(found for found in dates if found[:width] >= here)
    if lean == "ahead" or (lean == "near" and coming[:width] <= limit):
        return coming
    return past


def weekday_near(name: str, anchor: str, which: str) -> str:
    """Return the weekday that "last", "past", "this", "next" or "coming" singles out; else the latest up to the anchor.

    >>> weekday_near("Saturday", "2024-10-01", ""), weekday_near("Tuesday", "2024-10-01", "last")
    ('2024-09-28', '2024-09-24')
    """
    onward = (WEEKDAYS.index(name.lower()) - date.fromisoformat(anchor).weekday()) % 7
    latest = onward - 7 if onward else 0
    days = {"last": onward - 7, "past": onward - 7, "this": onward, "next": onward or 7, "coming": onward or 7}
    return period("day", anchor, days.get(which, latest))


def weekend_near(anchor: str, which: str) -> str:
    """Return the Saturday and Sunday that "last", "this" or "next" singles out; else the latest begun."""
    day = date.fromisoformat(anchor)
    within = day.weekday() >= 5
    weeks = {"last": -within, "this": int(not within), "next": 1}.get(which, 0)
    saturday = day + timedelta(days=7 * weeks - (day.weekday() - 5) % 7)
    return f"{saturday}/{saturday + timedelta(days=1)}"


def season_near(name: str, anchor: str, which: str) -> str:
    """Return the season that "last", "this" or "next" singles out; else the latest begun. Winter has the year that it begins in.

    >>> season_near("summer", "2024-10-01", "last"), season_near("winter", "2024-01-15", "this")
    ('2024-22', '2023-24')
    """
    code = SEASONS[name.lower()]
    begins, here = 3 * (int(code) - 20), period("month", anchor)
    year, month = int(here[:4]), int(here[5:])
    since = (month - begins) % 12  # months since it began the last time
    began = year - (begins > month)
    ahead = began + (since >= 3)
    years = {"ahead": ahead, "last": began - (since < 3), "this": began if since < 3 else year, "next": began + 1, "coming": began + 1}
    return f"{years.get(which, began):04}-{code}"


def approximate(edtf: str) -> str:
    """Mark a date as approximate, both ends of an interval.

    >>> approximate("2014"), approximate("2024-09-08/2024-09-14")
    ('2014~', '2024-09-08~/2024-09-14~')
    """
    return "/".join(f"{end.rstrip('~')}~" for end in edtf.split("/"))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return bool(written(year, month, day))
    except ValueError:
        return False
