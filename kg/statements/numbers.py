"""Reads numbers and the words that make them vague: "more than 85", "between 20 and 30", "half a million".

What has no number gives none: of "dozens" and "several hundred" nobody knows how many they are.
"""

import re
from dataclasses import dataclass

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS = {word: value for value, word in enumerate(ONES.split())} | {word: 20 + 10 * place for place, word in enumerate(TENS.split())}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 1_000_000_000_000, "dozen": 12}
SCALES |= {"lakh": 100_000, "crore": 10_000_000}
LETTERS = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "mln": 1_000_000, "b": 1_000_000_000, "bn": 1_000_000_000, "tn": 1_000_000_000_000}

_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{2,3})+|[0-9]+)(?:\.[0-9]+)?"
_SCALE = rf"(?:{'|'.join(SCALES)})\b"
_WORD = rf"\b(?:{'|'.join([*reversed(NUMBERS), *SCALES])})\b"
_LETTERS = rf"\s?(?:{'|'.join(sorted(LETTERS, key=len, reverse=True))})\b"
NUMBER = re.compile(
    rf"{_DIGITS}(?:{_LETTERS}|(?:[\s-]{_SCALE})+)?|\bhalf\s+an?\s+{_SCALE}|\ban?\s+{_SCALE}(?:\s+{_SCALE})*"
    rf"|{_WORD}(?:(?:\s+and\s+|[\s-])(?:a\s+half\b|{_WORD}))*",
    re.IGNORECASE,
)
WORD = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|[a-z]+")
PART_OF_WORD = re.compile(r"[\w:/]|[.,][0-9]|-\w")
GLUED = re.compile(r"[\w.,:/+#-]$")
RANGE = re.compile(r"(?:\s+(to|and|or)\s+|\s?[-\u2013\u2014]\s?)[$€£¥]?")
BETWEEN = re.compile(r"\bbetween\s+[$€£¥]?$", re.IGNORECASE)
_QUALIFIER = (
    r"(?:no\s+(?:fewer|less|more)\s+than|as\s+(?:many|few|much|little)\s+as|(?:(?:well|just|slightly|far)\s+)?(?:over|under|above|below)"
    r"|(?:(?:slightly|far|many|much)\s+)?(?:more|fewer|less)\s+than|at\s+(?:the\s+very\s+)?(?:least|most)|up\s+to|upwards\s+of"
    r"|in\s+excess\s+of|close\s+to|nearly|almost|about|around|approximately|roughly|some|only|just|exactly|precisely"
    r"|(?:an\s+)?estimated|another|an?\s+(?:total\s+of|combined|further|additional|extra|record))"
)
QUALIFIER = re.compile(rf"(?<!\w){_QUALIFIER}(?:\s+{_QUALIFIER})?\s+(?:between\s+)?[^\w\s]?$", re.IGNORECASE)
OUT_OF = re.compile(r"\s+(?:out\s+)?of\s+(?:(?:the|its|their)\s+)?", re.IGNORECASE)
MORE = re.compile(r"\s+(or\s+(?:more|so|fewer|less))\b", re.IGNORECASE)
UNCERTAIN = re.compile(r"\b(?:several|few|many|countless|(?:quarter|third|tenth)\s+of)\s+(?:an?\s+)?$", re.IGNORECASE)
LARGEST = 1e15
"""What is larger counts nothing that news tell of, and no number of ours could hold it to the last digit."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a text: each of ``values`` is a value and its qualifier; a range has two, its ends.

    ``start`` to ``end`` are the number itself, ``begin`` is where its qualifier begins.
    """

    begin: int
    start: int
    end: int
    values: tuple[tuple[float, str], ...]


def number(text: str) -> float | None:
    """Read a number written in digits or words.

    >>> number("1,200"), number("eighty-five"), number("two hundred"), number("1.5 million"), number("several")
    (1200.0, 85.0, 200.0, 1500000.0, None)
    >>> number("half a million"), number("two dozen"), number("a hundred thousand"), number("50m"), number("two and a half million")
    (500000.0, 24.0, 100000.0, 50000000.0, 2500000.0)
    """
    total, part, seen = 0.0, 0.0, False
    for word in WORD.findall(text.lower()):
        scale = SCALES.get(word) or LETTERS.get(word)
        if word[0].isdigit():
            part += float(word.replace(",", ""))
        elif word in NUMBERS:
            part += NUMBERS[word]
        elif word == "half":
            part += 0.5
        elif scale:
            part = (part or 1) * scale
            if scale >= 1000:
                total, part = total + part, 0.0
        elif word not in ("and", "a", "an"):
            return None
        seen = seen or word not in ("and", "a", "an")
    return total + part if seen and total + part < LARGEST else None


def amounts_in(text: str) -> list[Amount]:
    """Find the numbers of a text, those of times, ages and names such as "F-16" left out.

    >>> [amount.values for amount in amounts_in("More than 85 airstrikes hit 20 to 30 towns, a 12-year-old said at 12:30.")]
    [((85.0, 'more than'),), ((20.0, 'at least'), (30.0, 'at most'))]
    """
    found = [match for match in NUMBER.finditer(text) if not UNCERTAIN.search(text, 0, match.start())]
    amounts: list[Amount] = []
    while found:
        first = found.pop(0)
        last = first
        if found and _is_range(text, first, found[0]):
            last = found.pop(0)
        total = OUT_OF.match(text, last.end()) if found else None
        end = found.pop(0).end() if total and total.end() == found[0].start() else last.end()
        if GLUED.search(text, 0, first.start()) or PART_OF_WORD.match(text, end):
            continue
        if number(first[0]) is None or number(last[0]) is None:
            continue
        low, high = _values(first[0], last[0])
        more = MORE.match(text, last.end())
        qualifier = QUALIFIER.search(text, 0, first.start())
        begin = qualifier.start() if qualifier else first.start()
        words = " ".join(re.sub(r"\bbetween\b|[^\w\s]", " ", qualifier[0] if qualifier else "").lower().split())
        if first is not last:
            values = ((low, "at least"), (high, "at most"))
            amounts.append(Amount(begin, first.start(), end, values if low < high else ()))
        else:
            words = " ".join(part for part in (words, more[1].lower() if more else "") if part)
            amounts.append(Amount(begin, first.start(), end, ((low, words),)))
    return amounts


def _is_range(text: str, first: re.Match[str], last: re.Match[str]) -> bool:
    """Tell whether two numbers are the ends of a range: "20 to 30", "between 20 and 30", "two or three"."""
    link = RANGE.fullmatch(text, first.end(), last.start())
    return bool(link) and (not link or link[1] != "and" or bool(BETWEEN.search(text, 0, first.start())))


def _values(first: str, last: str) -> tuple[float, float]:
    """The values of both ends; "2 to 3 million" begins at two million."""
    low, high = number(first) or 0.0, number(last) or 0.0
    scale = next((value for word, value in SCALES.items() if word in last.lower() and value >= 1000), 1)
    return (low * scale if low < 1000 and low * scale < high and first != last else low), high
