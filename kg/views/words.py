"""The words of the page in each of its languages: ``words.csv``, one row for each thing that is said."""

import csv
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from kg.model import DataError

ENGLISH = "en"


@lru_cache(maxsize=1)
def _table() -> tuple[Mapping[str, str], ...]:
    text = files("kg.views").joinpath("words.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def languages() -> list[str]:
    """The languages that the page can speak, as codes of BCP 47, English first."""
    return [column for column in _table()[0] if column != "key"]


def read_words(language: str = ENGLISH) -> dict[str, str]:
    """What the page says in a language, by key; "{n} act|{n} acts" is one and several. Raises DataError."""
    if language not in languages():
        raise DataError(f"The page does not speak {language!r}.\nLanguages: {', '.join(languages())}; words.csv in kg/views holds them.")
    return {row["key"]: row[language] for row in _table()}


def counted(words: Mapping[str, str], key: str, count: int) -> str:
    """Say how many there are.

    >>> counted(read_words("en"), "events", 1), counted(read_words("en"), "events", 2000)
    ('1 event', '2,000 events')
    """
    one, *several = words[key].split("|")
    return (one if count == 1 or not several else several[0]).replace("{n}", numeral(words, count))


def numeral(words: Mapping[str, str], count: int) -> str:
    """Write a number as the language does.

    >>> numeral(read_words("fr"), 2000)
    '2\u202f000'
    """
    return f"{count:,}".replace(",", words["thousands"])
