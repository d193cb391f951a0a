"""What is promised of everything that is read."""

import re
from collections.abc import Callable
from datetime import date

from kg.model import DataError

DAY = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?~?|[0-9]{3}X|[0-9]{2}XX|[0-9]{4}-2[1-4]"
EDTF = re.compile(rf"(?:(?:{DAY})|(?:(?:{DAY})|\.\.)/(?:(?:{DAY})|\.\.))?")


def is_edtf(written: str) -> bool:
    """Tell whether something is a date of the EDTF that we write, with days that the calendar has, in their order.

    >>> is_edtf("2024-02"), is_edtf("2023-10/.."), is_edtf("2024-02-30"), is_edtf("2024/2023")
    (True, True, False, False)
    """
    if not EDTF.fullmatch(written):
        return False
    sides = [side.rstrip("~") for side in written.split("/")] if written else []
    days = [side for side in sides if re.fullmatch(r"[0-9]{4}(-[01][0-9](-[0-9]{2})?)?", side)]
    try:
        for side in days:
            date.fromisoformat(side + "0001-01-01"[len(side) :])
    except ValueError:
        return False
    width = min(map(len, days), default=0)
    return len(days) < 2 or days[0][:width] <= days[1][:width]


def text_of(data: bytes) -> str:
    """Bytes as a text that Python can hold, with halves of characters where they are no UTF-8."""
    return data.decode("utf-8", "surrogatepass" if b"\xed" in data else "replace") if is_utf8(data) else data.decode("latin-1")


def is_utf8(data: bytes) -> bool:
    """Tell whether bytes are UTF-8, or nearly: halves of characters are let through."""
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def refusal(call: Callable[[], object]) -> str:
    """What the DataError of a call says; nothing if there is none."""
    try:
        call()
    except DataError as error:
        return str(error)
    return ""
