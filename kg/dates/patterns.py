"""The expressions of time as they are written: for each kind a pattern, beside the function that resolves it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.dates.calendar import SEASONS, Lean
from kg.dates.expressions import (
    HOLIDAYS,
    ONES,
    ORDINALS,
    TENS,
    ago,
    apart,
    century,
    day,
    day_of_month,
    decade,
    eve,
    hence,
    holiday,
    month,
    months,
    months_of_year,
    numeric,
    overnight,
    part_of_year,
    same_day,
    season,
    slashed,
    stretch,
    then,
    told,
    told_weekday,
    unit,
    vague,
    week_of,
    weekday,
    weekend,
    which_month,
    word,
    year,
    years,
)

Resolver = Callable[[re.Match[str], str, Lean], str]


@dataclass(frozen=True, slots=True)
class Spot:
    """A match and the function that resolves it."""

    match: re.Match[str]
    resolve: Resolver


def spots_of(text: str) -> list[Spot]:
    """Find all expressions, the leftmost and longest where they overlap."""
    absent = {name for name, words in _NEEDED.items() if not words.search(text)}
    spots = [
        Spot(match, resolve)
        for pattern, needs, resolve in RULES
        if not needs & absent
        for match in pattern.finditer(text)
        if _capitalised(match) and _successive(match)
    ]
    spots.sort(key=lambda spot: (spot.match.start(), -spot.match.end()))
    kept: list[Spot] = []
    for spot in spots:
        if not kept or spot.match.start() >= kept[-1].match.end():
            kept.append(spot)
    return kept


def _capitalised(match: re.Match[str]) -> bool:
    """Tell months and weekdays, which are capitalised, from "may", "march" and the like."""
    names = match.groupdict()
    return all((names.get(group) or "X")[0].isupper() for group in ("month", "until", "weekday", "holiday"))


def _successive(match: re.Match[str]) -> bool:
    """Tell whether two days joined by "and" follow each other, and so are one stretch of time."""
    names = match.groupdict()
    return not names.get("joined") or int(names["last"]) == int(names["day"]) + 1


def _behind(*words: str) -> str:
    """Match nothing, right behind one of ``words``."""
    return "(?:" + "|".join(rf"(?<=\b{word}\s)" for word in words) + ")"


def _not_behind(*words: str) -> str:
    return "".join(rf"(?<!\b{word}\s)" for word in words)


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
_SHORT_YEAR = r"(?P<last>(?:19|20)[0-9]{2}|[0-9]{2})(?![a-z0-9%]|[.,:][0-9]|-[0-9])"
_OF_YEAR = rf"(?:,?\s*{_YEAR}|,?\s+(?:of\s+)?(?P<yearly>last|this|next)\s+year\b)"
_FROM = r"(?:\b(?P<between>between)\s+|\bfrom\s+)(?:the\s+)?"
_TO = r"\s+(?(between)and|(?:to|until|till|through))\s+(?:the\s+)?"
_DASH = r"\s?[-\u2013\u2014]\s?"
_FEW = r"(?:(?:[0-9]+|two|three|few)\s+)?"
_PARTS = rf"(?:(?:first|second|third|fourth|last|latter|final|opening|closing|early)\s+{_FEW}(?:half|weeks?|days|months|part|hours))"
_EARLY = (
    rf"\b(?:(?:very\s+)?(?:early|late|mid|later|earlier)|(?:start|beginning|middle|end|{_PARTS})\s+of)(?:-|\s+)"
    r"(?:(?:on|in)\s+)?(?:the\s+(?=[12]))?"
)
_ABOUT = r"(?P<about>\b(?:about|around|circa|roughly|approximately)\s+)"
_UNIT = r"\b(?P<unit>day|week|fortnight|month|year|decade)(?P<many>s)?\b"
_NUMBERS = rf"(?:{'|'.join(TENS)})(?:[-\s](?:{'|'.join(ONES[:9])})\b)?|{'|'.join(reversed(ONES))}"
_AMOUNT = (
    r"(?:(?P<about>\b(?:about|around|roughly|approximately|some|nearly|almost)\s+)"
    r"|\b(?P<vague>more\s+than|less\s+than|at\s+least|over|under|several|many|a\s+few|few|a\s+couple\s+of|couple\s+of)\s+)?"
    rf"(?:\b(?P<amount>an?|the|[0-9]{{1,4}}|{_NUMBERS})\s+)?"
)
_SINCE = _behind("in", "since", "until", "till", "during", "before", "after", "by", "from", "through", "throughout")
_AS_EARLY = _behind("early as", "late as", "recently as", "back as")
_THE = _behind("the", "its", "their", "his", "her", "'s")
_WHOSE = _behind("the", "a", "its", "their", "his", "her", "our", "this", "'s")
_NOT_WEEKLY = _not_behind("every", "each", "Good", "Black", "Bloody", "Holy", "Easter", "Palm", "Super", "Cyber", "Ash")
_NOT_NAME = r"(?!\s+(?:prayers?|sermons?|mass|services|Times|Telegraph|Mirror|Express)\b)"
_NOT_COUNT = r"(?!\s+(?:people|(?!(?:as|was|is|has|does|its|his|this|us|across|towards|besides)\b)[a-z]+s)\b)"
_NOT_OTHERS = _not_behind("Chinese", "Lunar", "Persian", "Iranian", "Jewish", "Orthodox", "Coptic", "Julian")
_HOUR = r"(?:\s+(?:(?:late|early)\s+)?(?:morning|afternoon|evening|night|overnight)\b)?"
_SEASON = rf"\b(?P<season>{'|'.join(SEASONS)})\b"
_PART_OF_DAY = r"day|morning|afternoon|evening|night"
_NTH_WORD = rf"(?P<nth>[0-9]{{1,2}}(?:st|nd|rd|th)|{'|'.join(reversed(ORDINALS))})"
_HOLIDAYS = "|".join(sorted((name.replace(" ", r"\s+") for name in HOLIDAYS if name != "christmas"), key=len, reverse=True))
_AFTER_EVENT = r"(?=\s*(?:[,.;:)]|$)|\s+(?:on|of|in|at|near|against|by|it|he|she|they)\b|\s+(?-i:[A-Z]))"
_EVENT = rf"(?P<event>\s+(?:the|that|this|these|those)\s+(?-i:[a-z]+)\b{_AFTER_EVENT})"
_WHOLE_YEAR = rf"(?:{_YEAR}|(?P<yearly>last|this|next|the)\s+year\b)"
_IN_SEASON = _behind("in", "during", "over", "since", "until", "by", "through", "from")

# (pattern, function), upper and lower case alike; of two matches that begin together the longer is kept, then the earlier rule.
_PATTERNS: tuple[tuple[str, Resolver], ...] = (
    (r"\b(?P<year>[12][0-9]{3})(?P<dash>[-/])(?P<number>0[1-9]|1[0-2])(?P=dash)(?P<day>0[1-9]|[12][0-9]|3[01])(?![0-9])", numeric),
    (rf"\b(?P<day>[0-9]{{1,2}})\.(?P<number>[0-9]{{1,2}})\.{_YEAR}", numeric),
    (rf"\b(?P<first>[0-9]{{1,2}})/(?P<second>[0-9]{{1,2}})/{_YEAR}", slashed),
    (rf"{_PREFIX}{_MONTH}\s*{_DAY}{_OF_YEAR}?", day),
    (rf"{_PREFIX}{_DAY}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}?", day),
    (rf"{_FROM}{_MONTH}\s*{_DAY}{_TO}{_LAST_DAY}(?!\s+(?:of\s+)?{_NAMES}){_OF_YEAR}?", day),
    (rf"{_MONTH}\s*{_DAY}(?:{_DASH}|\s+(?:to|through)\s+){_LAST_DAY}(?!\s+(?:of\s+)?{_NAMES}){_OF_YEAR}?", day),
    (rf"{_MONTH}\s*{_DAY}(?P<joined>\s+and\s+){_LAST_DAY}(?!\s+(?:of\s+)?{_NAMES}){_OF_YEAR}?", day),
    (rf"{_FROM}{_DAY}{_TO}{_LAST_DAY}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}?", day),
    (rf"{_DAY}(?:{_DASH}|\s+(?:to|through)\s+){_LAST_DAY}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}?", day),
    (rf"{_DAY}(?P<joined>\s+and\s+){_LAST_DAY}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}?", day),
    (r"\b(?P<day>[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)\s+of\s+(?P<which>last|this|next)\s+month\b", day_of_month),
    (rf"{_NOT_OTHERS}\b(?P<holiday>{_HOLIDAYS})\b{_OF_YEAR}?", holiday),
    (rf"{_behind('at', 'on', 'by', 'since', 'before', 'after', 'until', 'over')}(?P<holiday>Christmas)\b{_OF_YEAR}?", holiday),
    (rf"\bweek\s+of\s+{_PREFIX}{_MONTH}\s*{_DAY}{_OF_YEAR}?", week_of),
    (rf"\bweek\s+of\s+{_PREFIX}{_DAY}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}?", week_of),
    (rf"{_ABOUT}?(?:{_EARLY})?{_MONTH}(?:\s+of)?{_OF_YEAR}", month),
    (rf"(?:{_EARLY}|{_SINCE}|{_AS_EARLY}){_MONTH}", month),
    (rf"{_THE}(?P<month>April|June|August)\b", month),
    (r"\b(?P<month>January|February|July|September|October|November|December)\b", month),
    (rf"{_FROM}{_MONTH}{_TO}(?P<until>{_NAMES})(?:{_OF_YEAR}|(?![.\s]*[0-9]))", months),
    (rf"{_MONTH}[-\u2013\u2014](?P<until>{_NAMES})(?:{_OF_YEAR}|(?![.\s]*[0-9]))", months),
    (rf"\b(?:this\s+)?(?P<which>last|past|this|next)\s+{_MONTH}(?![.\s]*[0-9])", which_month),
    (rf"(?:{_EARLY}|{_SINCE}){_YEAR}(?!(?<=00)\s+[a-z]+s\b)", year),  # but not "in 2000 villages"
    (rf"(?:{_ABOUT}|{_behind('of')}|{_AS_EARLY}|(?<=[0-9]{{4}}\sand\s)){_YEAR}{_NOT_COUNT}", year),
    (rf"(?:\bat\s+least\s+)(?<=\bsince\sat\sleast\s){_YEAR}", year),
    (rf"{_WHOSE}(?P<year>(?:18|19|20)(?:[0-9][1-9]|[1-9]0))(?=\s+[a-z])", year),
    (rf"(?<=\(){_YEAR}(?=\))", year),
    (rf"{_FROM}{_YEAR}{_TO}{_LAST_YEAR}", years),
    (rf"(?:{_SINCE}|{_WHOSE}){_YEAR}{_DASH}{_LAST_YEAR}", years),
    (rf"(?:{_SINCE}|{_WHOSE})(?P<year>(?:19|20)[0-9]{{2}})[-\u2013]{_SHORT_YEAR}", years),
    (rf"(?:{_EARLY})?\b(?P<decade>(?:1[0-9]|20)[0-9])0'?s\b", decade),
    (r"(?<![a-z0-9])'(?P<decade>[2-9])0s\b", decade),
    (rf"(?:{_EARLY})?\b{_NTH_WORD}\s+century\b", century),
    (rf"\b(?:the\s+)?{_NTH_WORD}\s+(?P<part>quarter|half)\s+of\s+{_WHOLE_YEAR}", part_of_year),
    (rf"\b(?:the\s+)?(?P<nth>last|final)\s+(?P<part>quarter)\s+of\s+{_WHOLE_YEAR}", part_of_year),
    (rf"\b(?:the\s+)?(?P<which>first|last)\s+{_AMOUNT}months\b(?P<many>)\s+of\s+{_WHOLE_YEAR}", months_of_year),
    (rf"\b(?P<part>Q)(?P<nth>[1-4])\s+(?:of\s+)?{_WHOLE_YEAR}", part_of_year),
    (rf"(?:{_EARLY})?{_SEASON}\s+(?:of\s+)?{_YEAR}(?:[-/\u2013]{_SHORT_YEAR})?", season),
    (rf"(?:{_EARLY})?{_SEASON}\s+(?:of\s+)?(?P<yearly>last|this|next)\s+year\b", season),
    (rf"(?:{_EARLY})?\b(?:this\s+)?(?P<which>last|past|this|next|coming)\s+(?:{_EARLY})?{_SEASON}", season),
    (rf"{_IN_SEASON}the\s+(?:{_EARLY})?(?-i:{_SEASON})(?!\s+of\b)", season),
    (
        rf"(?:{_behind('in', 'during', 'since', 'until', 'by')}|{_EARLY})(?-i:\b(?P<season>spring|summer|autumn|winter)\b)(?!\s+of\b)",
        season,
    ),
    (
        rf"{_NOT_WEEKLY}(?:\b(?P<which>last|next|coming|past|this(?:\s(?:past|coming))?)\s+)?(?:{_EARLY})?"
        rf"\b(?P<weekday>{_WEEKDAYS})\b{_NOT_NAME}{_HOUR}(?:,?\s+(?:of\s+)?(?P<week>last|this|next)\s+week\b)?",
        weekday,
    ),
    (rf"\bthe\s+(?P<which>previous|following|next)\s+(?P<weekday>{_WEEKDAYS})\b{_HOUR}", told_weekday),
    (rf"(?:^|{_behind('on', 'since', 'by')})(?P<which>that)\s+(?:same\s+)?(?P<weekday>{_WEEKDAYS})\b{_HOUR}", told_weekday),
    (rf"\bthe\s+(?P<weekday>{_WEEKDAYS})\s+(?P<which>before|after)\b(?=\s*(?:[,.;:)]|$))", told_weekday),
    (r"\b(?:(?:the|this)\s+)?(?P<which>the|last|past|this|next|coming)\s+weekend\b(?!\s+of\b)", weekend),
    (rf"\bovernight\b(?P<weekday>)(?!\s+(?:on\s+|(?:in)?to\s+)?{_WEEKDAYS})", overnight),
    (rf"\b(?:overnight|night)\s+(?:in)?to\s+(?P<weekday>{_WEEKDAYS})\b", overnight),
    (rf"(?:{_EARLY})?(?P<word>(?-i:(?<![A-Za-z]\s)\bToday|\btoday)\b|\b(?:tonight|this\s+(?:morning|afternoon|evening))\b)", word),
    (rf"(?:{_EARLY})?\b(?P<word>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|tomorrow)\b{_HOUR}", word),
    (r"\b(?P<word>last\s+(?:night|evening))\b", word),
    (rf"(?:{_EARLY})?\b(?P<which>that)\s+(?:same\s+)?(?P<unit>{_PART_OF_DAY}|week|month|year)\b", told),
    (
        rf"(?:{_EARLY})?\b(?:the|that)\s+(?:very\s+)?(?P<which>previous|following|same|next)\s+"
        rf"(?P<unit>{_PART_OF_DAY}|week|month|year)\b(?!\s+of\b)",
        told,
    ),
    (r"\bthe\s+(?P<unit>morning|evening|night)\s+(?P<way>before|after)\b(?=\s*(?:[,.;:)]|$))", told),
    (r"\b(?:earlier|later|early|late)\s+in\s+the\s+day\b", same_day),
    (_behind("since", "until") + r"then\b", then),
    (rf"(?:{_EARLY}|(?<!\bthe\s))\b(?P<which>last)\s+(?P<unit>week|month|year|decade)\b(?!\s+of\b)", unit),
    (rf"(?:{_EARLY}|(?<!\bthe\s))\b(?P<which>this|next)\s+(?P<unit>week|month|year|decade)\b", unit),
    (r"\b(?:(?:earlier|later|early|late)\s+in|(?:start|beginning|middle|end)\s+of)\s+the\s+(?P<unit>week|month|year)\b(?!\s+of\b)", unit),
    (r"\bthe\s+(?P<unit>week|month|year)\s+(?P<twice>before)\s+(?P<which>last)\b", unit),
    (
        rf"\b(?:the\s+)?(?P<which>past|coming|(?<=the\s)(?:last|next)|(?<=\bin\s)(?:last|next))\s+{_AMOUNT}"
        r"\b(?P<unit>day|week|fortnight|month|year|decade|hour(?=s))(?P<many>s)?\b(?!\s+of\b)",
        stretch,
    ),
    (rf"{_AMOUNT}{_UNIT}\s+ago\b(?P<same>)", ago),
    (rf"{_AMOUNT}{_UNIT}\s+from\s+(?:now|today)\b", hence),
    (rf"{_AMOUNT}\b(?P<unit>year|month|week)(?P<many>s)?\s+ago\s+(?P<same>today)\b", ago),
    (rf"{_AMOUNT}\b(?P<unit>year)(?P<many>s)?\s+ago\s+(?P<same>this\s+month)\b", ago),
    (rf"\bin\s+{_AMOUNT}{_UNIT}['\u2019]?\s+time\b", hence),
    (
        rf"{_AMOUNT}{_UNIT}\s+(?P<way>later|earlier|after|before|following)\b(?!\s+than\b)"
        rf"(?P<clause>(?<!later)(?<!earlier)(?=\s+\w))?{_EVENT}?",
        apart,
    ),
    (rf"\b(?:on\s+)?the\s+eve\s+of{_EVENT}", eve),
    (r"\brecent\s+(?:days|weeks|months|years|decades|times)\b|(?<!\bas\s)\b(?:recently|lately)\b", vague),
)
# What a text must have for a pattern with such a group to match: most texts lack most of it.
_NEEDED = {
    "month": re.compile(_NAMES, re.IGNORECASE),
    "season": re.compile("|".join(SEASONS), re.IGNORECASE),
    "holiday": re.compile(_HOLIDAYS + "|Christmas", re.IGNORECASE),
    "unit": re.compile("day|week|month|year|decade|hour|fortnight|morning|afternoon|evening|night", re.IGNORECASE),
    "year": re.compile("[0-9]{3}|year", re.IGNORECASE),
    "decade": re.compile("0"),
    "nth": re.compile("centur|quarter|half|year|Q[1-4]", re.IGNORECASE),
}


def _rule(source: str, resolve: Resolver) -> tuple[re.Pattern[str], frozenset[str], Resolver]:
    """Compile a pattern, with the names of those of its groups that must be matched."""
    pattern = re.compile(source, re.IGNORECASE | re.ASCII)
    needs = frozenset(pattern.groupindex) & _NEEDED.keys()
    return pattern, needs - {"year"} if needs & {"month", "season", "holiday"} else needs, resolve


RULES = tuple(_rule(pattern, resolve) for pattern, resolve in _PATTERNS)
