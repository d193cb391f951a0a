"""Which days a date of EDTF can mean."""

from calendar import monthrange
from datetime import date
from functools import lru_cache

SEASONS = {"21": 3, "22": 6, "23": 9, "24": 12}
"""The months that the seasons of EDTF begin with, in the northern half of the world."""


@lru_cache(maxsize=10_000)
def span(edtf: str) -> tuple[str, str]:
    """Return the first and the last day a date can mean; empty if it cannot be read.

    Where an interval is open, the side that is known stands for the whole.

    >>> span("2024-02"), span("2024-09-22/2024-09-28"), span("2023-10/..")
    (('2024-02-01', '2024-02-29'), ('2024-09-22', '2024-09-28'), ('2023-10-01', '2023-10-31'))
    """
    known = [side for side in edtf.split("/") if side != ".."] or [""]
    try:
        return _days(known[0])[0].isoformat(), _days(known[-1])[1].isoformat()
    except (ValueError, OverflowError):
        return "", ""


def _days(edtf: str) -> tuple[date, date]:
    """The first and the last day of a day, month, season, year or decade; winter ends in the year after."""
    year, month, day = (*edtf.rstrip("?~%").split("-"), "", "")[:3]
    if day:
        return date(int(year), int(month), int(day)), date(int(year), int(month), int(day))
    begins, months = (SEASONS[month], 3) if month in SEASONS else (int(month or 1), 1 if month else 12)
    later, ends = divmod(begins + months - 2, 12)
    last = int(year.replace("X", "9")) + later
    return date(int(year.replace("X", "0")), begins, 1), date(last, ends + 1, monthrange(last, ends + 1)[1])
