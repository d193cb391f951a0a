"""What the expressions of time mean: one function for each kind, on a match of its pattern.

A function resolves a match against an anchor and raises ValueError where the words and the anchor
together do not tell the date. The patterns are in ``kg.dates.patterns``.
"""

import re

from kg.dates.calendar import (
    SEASONS,
    WEEKDAYS,
    Lean,
    approximate,
    in_year,
    month_number,
    period,
    season_near,
    weekday_near,
    weekend_near,
    written,
)

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NTH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth twenty-first"
)
ONES, TENS, ORDINALS = _ONES.split(), _TENS.split(), _NTH.split()
STEPS = {"last": -1, "previous": -1, "the": 0, "this": 0, "same": 0, "that": 0, "next": 1, "following": 1}
DAYS = {"the day before yesterday": -2, "yesterday": -1, "last night": -1, "last evening": -1, "tomorrow": 1, "the day after tomorrow": 2}
UNITS = {"decade": ("year", 10), "fortnight": ("week", 2), "morning": ("day", 1), "afternoon": ("day", 1), "evening": ("day", 1)}
UNITS |= {"night": ("day", 1)}
HOLIDAYS = {
    "christmas eve": (12, 24),
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "valentine's day": (2, 14),
    "may day": (5, 1),
    "fourth of july": (7, 4),
    "july fourth": (7, 4),
    "halloween": (10, 31),
}
"""Days that have a fixed date and one name in all countries; the others move, or differ from land to land."""


def numeric(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """2024-02-03, 3.2.2024."""
    return written(int(match["year"]), int(match["number"]), int(match["day"]))


def slashed(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """13/02/2024 and 02/13/2024, but not 03/02/2024, which is two different days."""
    first, second = sorted([int(match["first"]), int(match["second"])])
    if first != second <= 12:
        raise ValueError("day and month cannot be told apart")
    return written(int(match["year"]), first, second)


def day(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """October 1, 2024; the 3rd of March; between 3 and 5 May; October 7 and 8."""
    first = _in_year(match, month_number(match["month"]), int(match["day"]), anchor, lean)
    last = match.groupdict().get("last")
    if not last:
        return first
    if int(match["day"]) >= int(last):
        raise ValueError("an interval cannot end before it begins")
    return f"{first}/{written(int(first[:4]), int(first[5:7]), int(last))}"


def day_of_month(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """The 20th of last month."""
    here = period("month", anchor, STEPS[match["which"].lower()])
    return written(int(here[:4]), int(here[5:]), int(match["day"]))


def holiday(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """Christmas Eve, New Year's Day 2024."""
    number, nth = HOLIDAYS[" ".join(match["holiday"].lower().split())]
    return _in_year(match, number, nth, anchor, lean)


def week_of(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """The week of October 7."""
    return period("week", day(match, anchor, lean))


def month(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """In July, late March, early May 2022, about May 2019."""
    return _about(match, _in_year(match, month_number(match["month"]), 0, anchor, lean))


def months(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """From November to March 2022."""
    first, last = month_number(match["month"]), _in_year(match, month_number(match["until"]), 0, anchor, lean)
    return f"{written(int(last[:4]) - (first > int(last[5:])), first)}/{last}"


def which_month(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """Last October, next March, this past July."""
    number, here = month_number(match["month"]), period("month", anchor)
    later = number - int(here[5:])
    turns = {"last": -(later >= 0), "past": -(later >= 0), "next": int(later <= 0), "this": 0}[match["which"].lower()]
    return written(int(here[:4]) + turns, number)


def year(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """In 2019, early 2023, around 2014, the 2006 war."""
    return _about(match, match["year"])


def years(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """Between 2014 and 2018, in 2014-16."""
    last = match["last"] if len(match["last"]) == 4 else match["year"][:2] + match["last"]
    if match["year"] >= last:
        raise ValueError("an interval cannot end before it begins")
    return f"{match['year']}/{last}"


def decade(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """The 1990s, the '90s."""
    return f"{match['decade'] if len(match['decade']) == 3 else '19' + match['decade']}X"


def century(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """The 19th century."""
    nth = match["nth"].lower()
    number = int(nth[:-2]) if nth[0].isdecimal() else ORDINALS.index(nth) + 1
    return f"{number - 1:02}XX"


def part_of_year(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """The first quarter of 2023, Q2 2023, the second half of last year."""
    whole = match["year"] or period("year", anchor, STEPS[match["yearly"].lower()])
    parts = 2 if match["part"].lower() == "half" else 4
    nth = match["nth"].lower()
    number = int(nth[0]) if nth[0].isdecimal() else parts if nth in ("last", "final") else ORDINALS.index(nth) + 1
    if number > parts:
        raise ValueError("a year has four quarters, or two halves")
    width = 12 // parts
    return f"{written(int(whole), (number - 1) * width + 1)}/{written(int(whole), number * width)}"


def months_of_year(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """The first three months of 2024."""
    whole, amount = int(match["year"] or period("year", anchor, STEPS[match["yearly"].lower()])), _amount(match)
    first, last = (1, amount) if match["which"].lower() == "first" else (13 - amount, 12)
    return f"{written(whole, first)}/{written(whole, last)}"


def season(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """Spring 2022, the winter of 2021-22, this summer, in autumn, the spring of last year."""
    given = match.groupdict()
    if given.get("yearly"):
        return f"{period('year', anchor, STEPS[given['yearly'].lower()])}-{SEASONS[given['season'].lower()]}"
    if not given.get("year"):
        bare = "ahead" if lean == "ahead" else ""
        return season_near(given["season"], anchor, (given.get("which") or bare).lower())
    if given.get("last") and (int(given["year"]) + 1) % 100 != int(given["last"]) % 100:
        raise ValueError("a season does not last so long")
    return f"{given['year']}-{SEASONS[given['season'].lower()]}"


def weekday(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """Late Saturday, next Monday, Tuesday of last week."""
    if match["week"]:
        sunday = period("week", anchor, STEPS[match["week"].lower()])[:10]
        return period("day", sunday, (WEEKDAYS.index(match["weekday"].lower()) + 1) % 7)
    bare = "this" if lean == "ahead" else ""
    return weekday_near(match["weekday"], anchor, (match["which"] or "").lower().split(" ")[-1] or bare)


def weekend(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """The weekend, last weekend."""
    return weekend_near(anchor, match["which"].lower())


def overnight(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """The night to the day of publication, or to the weekday that is said."""
    morning = weekday_near(match["weekday"], anchor, "") if match["weekday"] else anchor
    return f"{period('day', morning, -1)}/{morning}"


def word(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """Today, yesterday, last night."""
    return period("day", anchor, DAYS.get(" ".join(match["word"].lower().split()), 0))


def unit(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """Last week, early next year, the end of the month, the week before last."""
    given = match.groupdict()
    return _period(match, anchor, STEPS[(given.get("which") or "the").lower()] * (2 if given.get("twice") else 1))


def told(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """The previous day, the following week, that same day, that evening, the night before."""
    given = match.groupdict()
    if given.get("way"):
        return _period(match, anchor, 1 if given["way"].lower() == "after" else -1)
    return unit(match, anchor, lean)


def same_day(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """Earlier in the day."""
    return period("day", anchor)


def then(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """Since then."""
    if not anchor:
        raise ValueError("nothing was told")
    return anchor


def told_weekday(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """The following Monday, the Saturday before, that Tuesday."""
    which = match["which"].lower()
    if which == "that":
        if weekday_near(match["weekday"], anchor, "") != anchor:
            raise ValueError("the day told last was another weekday")
        return anchor
    return weekday_near(match["weekday"], anchor, "next" if which in ("following", "next", "after") else "last")


def ago(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """Two days ago, about three weeks ago, two years ago today."""
    if match["same"]:
        return _ago_today(match, period("day", anchor))
    return _about(match, _period(match, anchor, -_amount(match)))


def _ago_today(match: re.Match[str], day: str) -> str:
    name, steps = match["unit"].lower(), -_amount(match)
    if name == "week":
        return period("day", day, 7 * steps)
    month = period("month", day, steps * (12 if name == "year" else 1))
    return written(int(month[:4]), int(month[5:]), int(day[8:]) if match["same"].lower() == "today" else 0)


def hence(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """One year from today, in two weeks' time."""
    return _about(match, _period(match, anchor, _amount(match)))


def apart(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """A week earlier, two days after the attack; not "two days after a raid", whose day we do not know here."""
    if match["clause"] is not None and match["event"] is None:
        raise ValueError("the day of what follows is not known")
    return apart_from(match, anchor)


def eve(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """On the eve of the attack."""
    return period("day", anchor, -1)


def apart_from(match: re.Match[str], anchor: str) -> str:
    """Return what lies "two days before" the anchor."""
    steps = _amount(match) * (1 if match["way"].lower() in ("after", "later", "following") else -1)
    return _about(match, _period(match, anchor, steps))


def stretch(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """In the past week, over the next three days, in the last 24 hours."""
    name = match["unit"].lower()
    steps = (_amount(match) if match["amount"] or match["many"] else 1) * (-1 if match["which"].lower() in ("past", "last") else 1)
    if name == "hour":
        name, steps = "day", -(-steps // 24) if steps > 0 else steps // 24
    name, times = UNITS.get(name, (name, 1))
    name, times = ("day", 7 * times) if name == "week" else (name, times)
    return "/".join(sorted([period(name, anchor), period(name, anchor, steps * times)]))


def vague(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """Recently, in recent weeks: nobody can tell when."""
    raise ValueError("no certain time")


def _period(match: re.Match[str], anchor: str, steps: int) -> str:
    """Return the unit that lies ``steps`` units of the match after the anchor; a decade is a round number of years."""
    name = match["unit"].lower()
    unit, times = UNITS.get(name, (name, 1))
    found = period(unit, anchor, steps * times)
    return approximate(found) if name == "decade" else found


def _about(match: re.Match[str], edtf: str) -> str:
    """Mark a date as approximate where a word says so."""
    return approximate(edtf) if match.groupdict().get("about") else edtf


def _in_year(match: re.Match[str], number: int, day: int, anchor: str, lean: Lean) -> str:
    """Write a month or day (0 for none) in the year that is said, else in the one that the anchor suggests."""
    given = match.groupdict()
    if given.get("yearly"):
        return written(int(period("year", anchor, STEPS[given["yearly"].lower()])), number, day)
    return written(int(given["year"]), number, day) if given.get("year") else in_year(number, day, anchor, lean)


def _amount(match: re.Match[str]) -> int:
    words = (match["amount"] or "").lower()
    single = words in ("a", "an", "the", "one")
    if match["vague"] or not words or (single and match["many"]):
        raise ValueError("no certain amount")
    if single or words.isdecimal():
        return 1 if single else int(words)
    tens, _, ones = words.replace("-", " ").partition(" ")
    if tens in ONES:
        return ONES.index(tens) + 1
    return 20 + 10 * TENS.index(tens) + (ONES.index(ones) + 1 if ones else 0)
