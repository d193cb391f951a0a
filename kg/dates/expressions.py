"""The expressions of time: for each kind one pattern, and one function that resolves it.

``RULES`` is the list of both. A function resolves a match against an anchor and raises ValueError
where the words and the anchor together do not tell the date.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.dates.calendar import WEEKDAYS, Lean, in_year, month_number, period, weekday_near, weekend_near, written

Resolver = Callable[[re.Match[str], str, Lean], str]

NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty"
)
SEASONS = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}
STEPS = {"last": -1, "previous": -1, "this": 0, "same": 0, "that": 0, "next": 1, "following": 1}
DAYS = {"the day before yesterday": -2, "yesterday": -1, "last night": -1, "last evening": -1, "tomorrow": 1, "the day after tomorrow": 2}


@dataclass(frozen=True, slots=True)
class Spot:
    """A match and the function that resolves it."""

    match: re.Match[str]
    resolve: Resolver


def spots_of(text: str) -> list[Spot]:
    """Find all expressions, the leftmost and longest where they overlap."""
    spots = [Spot(match, resolve) for pattern, resolve in RULES for match in pattern.finditer(text) if _capitalised(match)]
    spots.sort(key=lambda spot: (spot.match.start(), -spot.match.end()))
    kept: list[Spot] = []
    for spot in spots:
        if not kept or spot.match.start() >= kept[-1].match.end():
            kept.append(spot)
    return kept


def _capitalised(match: re.Match[str]) -> bool:
    """Tell months and weekdays, which are capitalised, from "may", "march" and the like."""
    names = match.groupdict()
    return all((names.get(group) or "X")[0].isupper() for group in ("month", "until", "weekday"))


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
    """October 1, 2024; the 3rd of March; between 3 and 5 May."""
    first = _in_year(match, month_number(match["month"]), int(match["day"]), anchor, lean)
    last = match.groupdict().get("last")
    if not last:
        return first
    if int(match["day"]) >= int(last):
        raise ValueError("an interval cannot end before it begins")
    return f"{first}/{written(int(first[:4]), int(first[5:7]), int(last))}"


def month(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """In July, late March, early May 2022."""
    return _in_year(match, month_number(match["month"]), 0, anchor, lean)


def months(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """From November to March 2022."""
    first, last = month_number(match["month"]), _in_year(match, month_number(match["until"]), 0, anchor, lean)
    return f"{written(int(last[:4]) - (first > int(last[5:])), first)}/{last}"


def which_month(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """Last October, next March."""
    number, here = month_number(match["month"]), period("month", anchor)
    later = number - int(here[5:])
    turns = {"last": -(later >= 0), "next": int(later <= 0), "this": 0}[match["which"].lower()]
    return written(int(here[:4]) + turns, number)


def year(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """In 2019, early 2023."""
    return match["year"]


def years(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """Between 2014 and 2018."""
    if match["year"] >= match["last"]:
        raise ValueError("an interval cannot end before it begins")
    return f"{match['year']}/{match['last']}"


def decade(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """The 1990s."""
    return f"{match['decade']}X"


def season(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """Spring 2022, this summer."""
    return f"{match['year'] or period('year', anchor)}-{SEASONS[match['season'].lower()]}"


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
    """The night from the day before to the day of publication."""
    return f"{period('day', anchor, -1)}/{anchor}"


def word(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """Today, yesterday, last night."""
    return period("day", anchor, DAYS.get(" ".join(match["word"].lower().split()), 0))


def unit(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """Last week, early next year."""
    return period(match["unit"].lower(), anchor, STEPS[match["which"].lower()])


def told(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """The previous day, the following week, that same day."""
    return unit(match, anchor, lean)


def told_weekday(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """The following Monday."""
    return weekday_near(match["weekday"], anchor, "next" if match["which"].lower() == "following" else "last")


def ago(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """Two days ago, three weeks ago."""
    return period(match["unit"].lower(), anchor, -_amount(match))


def apart(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """A week earlier, two days after; not "two days after the attack", whose day we do not know here."""
    if match["clause"] is not None:
        raise ValueError("the day of what follows is not known")
    return period(match["unit"].lower(), anchor, apart_by(match))


def apart_by(match: re.Match[str]) -> int:
    """Return how many units "two days before" lies after its anchor: -2."""
    return _amount(match) * (1 if match["way"].lower() in ("after", "later") else -1)


def stretch(match: re.Match[str], anchor: str, lean: Lean) -> str:
    """In the past week, over the next three days."""
    name = match["unit"].lower()
    steps = (_amount(match) if match["amount"] or name == "day" else 1) * (-1 if match["which"].lower() in ("past", "last") else 1)
    name, steps = ("day", 7 * steps) if name == "week" else (name, steps)
    return "/".join(sorted([period(name, anchor), period(name, anchor, steps)]))


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
    return 1 if single else int(words) if words.isdecimal() else NUMBERS.split("|").index(words) + 1


def _behind(*words: str) -> str:
    """Match nothing, right behind one of ``words``."""
    return "(?:" + "|".join(rf"(?<=\b{word}\s)" for word in words) + ")"


_NAMES = (
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_MONTH = rf"\b(?P<month>{_NAMES})"
_WEEKDAYS = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_PREFIX = rf"(?:\b(?:{_WEEKDAYS}|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?)(?:,\s*|\s+)(?:the\s+)?)?"
_NTH = r"(?:st|nd|rd|th)?(?![a-z0-9%]|:[0-9]|[.,][0-9]{1,3}(?![0-9]))"
_DAY = rf"\b(?P<day>0?[1-9]|[12][0-9]|3[01]){_NTH}"
_LAST_DAY = rf"\b(?P<last>0?[1-9]|[12][0-9]|3[01]){_NTH}"
_YEAR = r"\b(?P<year>(?:1[0-9]|20)[0-9]{2})(?![a-z0-9%]|[.,:][0-9])"
_LAST_YEAR = r"\b(?P<last>(?:1[0-9]|20)[0-9]{2})(?![a-z0-9%]|[.,:][0-9])"
_OF_YEAR = rf"(?:,?\s*{_YEAR}|,?\s+(?:of\s+)?(?P<yearly>last|this|next)\s+year\b)"
_FROM = r"(?:\b(?P<between>between)\s+|\bfrom\s+)(?:the\s+)?"
_TO = r"\s+(?(between)and|(?:to|until|till|through))\s+(?:the\s+)?"
_DASH = r"\s?[-\u2013\u2014]\s?"
_EARLY = r"\b(?:early|late|mid|later|earlier|(?:start|beginning|middle|end)\s+of)(?:-|\s+)(?:(?:on|in)\s+)?(?:the\s+(?=[12]))?"
_UNIT = r"\b(?P<unit>day|week|month|year)(?P<many>s)?\b"
_AMOUNT = (
    r"(?:\b(?P<vague>more\s+than|less\s+than|at\s+least|over|under|almost|nearly|several|some|many|a\s+few|few|a\s+couple\s+of)\s+)?"
    rf"(?:\b(?P<amount>an?|the|[0-9]{{1,4}}|{NUMBERS})\s+)?"
)
_SINCE = _behind("in", "since", "until", "till", "during", "before", "after", "by", "from", "through", "throughout")
_THE = _behind("the", "its", "their", "his", "her", "'s")
_NOT_WEEKLY = "(?!" + _behind("every", "each", "Good", "Black", "Bloody", "Holy", "Easter", "Palm", "Super", "Cyber", "Ash") + ")"
_NOT_NAME = r"(?!\s+(?:prayers?|sermons?|mass|services|Times|Telegraph|Mirror|Express)\b)"
_HOUR = r"(?:\s+(?:(?:late|early)\s+)?(?:morning|afternoon|evening|night|overnight)\b)?"

# (pattern, function), upper and lower case alike; of two matches that begin together the longer is kept, then the earlier rule.
_PATTERNS: tuple[tuple[str, Resolver], ...] = (
    (r"\b(?P<year>[12][0-9]{3})(?P<dash>[-/])(?P<number>0[1-9]|1[0-2])(?P=dash)(?P<day>0[1-9]|[12][0-9]|3[01])(?![0-9])", numeric),
    (rf"\b(?P<day>[0-9]{{1,2}})\.(?P<number>[0-9]{{1,2}})\.{_YEAR}", numeric),
    (rf"\b(?P<first>[0-9]{{1,2}})/(?P<second>[0-9]{{1,2}})/{_YEAR}", slashed),
    (rf"{_PREFIX}{_MONTH}\s*{_DAY}{_OF_YEAR}?", day),
    (rf"{_PREFIX}{_DAY}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}?", day),
    (rf"{_FROM}{_MONTH}\s*{_DAY}{_TO}{_LAST_DAY}(?!\s+(?:of\s+)?{_NAMES}){_OF_YEAR}?", day),
    (rf"{_MONTH}\s*{_DAY}(?:{_DASH}|\s+(?:to|through)\s+){_LAST_DAY}(?!\s+(?:of\s+)?{_NAMES}){_OF_YEAR}?", day),
    (rf"{_FROM}{_DAY}{_TO}{_LAST_DAY}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}?", day),
    (rf"{_DAY}(?:{_DASH}|\s+(?:to|through)\s+){_LAST_DAY}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}?", day),
    (rf"(?:{_EARLY})?{_MONTH}(?:\s+of)?{_OF_YEAR}", month),
    (rf"(?:{_EARLY}|{_SINCE}){_MONTH}", month),
    (rf"{_THE}(?P<month>April|June|August)\b", month),
    (r"\b(?P<month>January|February|July|September|October|November|December)\b", month),
    (rf"{_FROM}{_MONTH}{_TO}(?P<until>{_NAMES})(?:{_OF_YEAR}|(?!\s*[0-9]))", months),
    (rf"{_MONTH}[-\u2013\u2014](?P<until>{_NAMES})(?:{_OF_YEAR}|(?!\s*[0-9]))", months),
    (rf"\b(?P<which>last|this|next)\s+{_MONTH}(?!\s*[0-9])", which_month),
    (rf"(?:{_EARLY}|{_SINCE}){_YEAR}(?!(?<=00)\s+[a-z]+s\b)", year),  # but not "in 2000 villages"
    (rf"{_FROM}{_YEAR}{_TO}{_LAST_YEAR}", years),
    (rf"{_SINCE}{_YEAR}{_DASH}{_LAST_YEAR}", years),
    (rf"(?:{_EARLY})?\b(?P<decade>(?:1[0-9]|20)[0-9])0'?s\b", decade),
    (rf"(?:{_EARLY})?\b(?P<season>{'|'.join(SEASONS)})\s+(?:of\s+)?{_YEAR}", season),
    (r"\bthis\s+(?P<season>spring|summer|autumn|fall)\b(?P<year>)", season),
    (
        rf"{_NOT_WEEKLY}(?:\b(?P<which>last|next|coming|past|this(?:\s(?:past|coming))?)\s+)?(?:{_EARLY})?"
        rf"\b(?P<weekday>{_WEEKDAYS})\b{_NOT_NAME}{_HOUR}(?:,?\s+(?:of\s+)?(?P<week>last|this|next)\s+week\b)?",
        weekday,
    ),
    (rf"\bthe\s+(?P<which>previous|following)\s+(?P<weekday>{_WEEKDAYS})\b{_HOUR}", told_weekday),
    (r"\b(?P<which>the|last|this|next)\s+weekend\b(?!\s+of\b)", weekend),
    (rf"\bovernight\b(?!\s+(?:on\s+|into\s+)?{_WEEKDAYS})", overnight),
    (rf"(?:{_EARLY})?(?P<word>(?-i:(?<![A-Za-z]\s)\bToday|\btoday)\b|\b(?:tonight|this\s+(?:morning|afternoon|evening))\b)", word),
    (rf"(?:{_EARLY})?\b(?P<word>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|tomorrow)\b{_HOUR}", word),
    (r"\b(?P<word>last\s+(?:night|evening))\b", word),
    (r"\b(?P<which>that)\s+(?:same\s+)?(?P<unit>day|week|month|year)\b", told),
    (r"\b(?:the|that)\s+(?:very\s+)?(?P<which>previous|following|same|next)\s+(?P<unit>day|week|month|year)\b(?!\s+of\b)", told),
    (rf"(?:{_EARLY}|(?<!\bthe\s))\b(?P<which>last|this|next)\s+(?P<unit>week|month|year)\b(?!\s+of\b)", unit),
    (rf"\b(?:the\s+)?(?P<which>past|coming|(?<=the\s)(?:last|next))\s+{_AMOUNT}{_UNIT}(?!\s+of\b)", stretch),
    (rf"{_AMOUNT}{_UNIT}\s+ago\b", ago),
    (
        rf"{_AMOUNT}{_UNIT}\s+(?P<way>later|earlier|after|before)\b(?!\s+than\b)"
        r"(?P<clause>(?<=after)(?=\s+\w)|(?<=before)(?=\s+\w))?",
        apart,
    ),
)
RULES = tuple((re.compile(pattern, re.IGNORECASE | re.ASCII), resolve) for pattern, resolve in _PATTERNS)
