"""The items of Wikidata as we need them, and their dates."""

import re
from dataclasses import dataclass
from datetime import date

TIME = re.compile(r"(?P<sign>[+-]?)(?P<year>\d{4,})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T[\d:.]+Z?)?)?)?", re.ASCII)
LENGTHS = {9: len("2014"), 10: len("2014-05"), 11: len("2014-05-22")}
"""What Wikidata calls its precisions: 9 is a year, 10 a month, 11 a day."""


@dataclass(frozen=True, slots=True)
class Term:
    """A position that somebody held: its item, its name if the file tells, whose it is if it tells, and the dates."""

    where: str
    position: str
    label: str = ""
    of: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An item: the English ``label``, all other ``names`` (with their language if it is not English), what it is.

    ``country`` is an item, a name or three letters; ``type`` is ours where the file tells it in our words.
    """

    where: str
    id: str
    label: str = ""
    names: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    country: str = ""
    alpha3: str = ""
    type: str = ""
    terms: tuple[Term, ...] = ()


def edtf(time: str, precision: int | None = None) -> str:
    """Write a time of Wikidata as a day, a month or a year. Raises ValueError.

    Zeros stand for what is not known, as does a precision that is less than a day.

    >>> edtf("+2014-00-00T00:00:00Z", 9), edtf("+2014-05-00T00:00:00Z", 10), edtf("2014-05-22T00:00:00Z")
    ('2014', '2014-05', '2014-05-22')
    """
    read = TIME.fullmatch(time.strip())
    if read is None or read["sign"] == "-" or len(read["year"]) > 4:
        raise ValueError(f"{time!r} is no time of our era")
    if precision is not None and precision < min(LENGTHS):
        raise ValueError(f"{time!r} is known to less than a year")
    known = [part for part in (read["year"], read["month"], read["day"]) if part]
    while len(known) > 1 and known[-1] == "00":
        known.pop()
    text = "-".join(known)[: LENGTHS.get(precision or 11, 10)]
    date.fromisoformat(f"{text}-01-01"[:10])
    return text


def qid(text: str) -> str:
    """The item that a cell names, as a name or as an IRI; nothing if it names none.

    >>> qid("http://www.wikidata.org/entity/Q30"), qid("wd:Q30"), qid("Q30"), qid("Barrow")
    ('Q30', 'Q30', 'Q30', '')
    """
    found = re.fullmatch(r"(?:https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/|wd:)?(Q[1-9]\d*)", text.strip(), re.ASCII)
    return found[1] if found else ""
