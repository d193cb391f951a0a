"""Reads the table of boilerplate: wordings that stand on a news page and are no part of the article.

A pattern is words in any case: ``*`` stands for any words, ``?`` for one word, ``#`` for a number.
It must match a whole line; marks around the words and curly quotes make no difference.
A pattern without these goes before one with them: ``0 comments`` before ``# comments``.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from pathlib import Path

from kg.model import DataError

COLUMNS = ["pattern", "kind", "example", "reason"]
KINDS = {
    "line": "the line is dropped",
    "list": "the line is dropped, and the links listed after it",
    "end": "the line is dropped, and all that follows the article",
    "byline": "the line is dropped; the day of publication may stand at its end",
    "date": "the words stand before the day of publication",
    "updated": "the words stand before the day of the latest version",
}
WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*|[:|©@*?#&]")
WILD = {"*": r"(?: \S+)*", "?": r" [^\s:]+", "#": r" \d[\d.,]*"}
LONGEST = 600  # characters: what is longer is prose


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A row of the table. ``kind`` is one of ``KINDS``; ``reason`` is for those who review it."""

    pattern: str
    kind: str
    example: str = ""
    reason: str = ""

    def matches(self, line: str) -> bool:
        """Tell whether the whole of ``line`` has this wording.

        >>> Boilerplate("# comments", "line").matches("  12 Comments:")
        True
        >>> Boilerplate("read more: *", "line").matches("Read more than one paper.")
        False
        """
        return compiled(self.pattern).fullmatch(plain(line)) is not None


def kind_of(line: str, rows: Sequence[Boilerplate], kinds: tuple[str, ...] = ("list", "end", "line", "byline")) -> str:
    """The first of ``kinds`` that a row gives to the wording of ``line``, or nothing."""
    if len(line) > LONGEST:
        return ""
    words = plain(line)
    matching = [row for row in rows if compiled(row.pattern).fullmatch(words)]
    found = {row.kind for row in matching if plain(row.pattern) == words} or {row.kind for row in matching}
    return next((kind for kind in kinds if kind in found), "")


def plain(line: str) -> str:
    """The words of a line, each after a space: ``" related : iran"``."""
    words = WORD.findall(line.casefold().replace("’", "'").replace("|", ":"))
    while words and words[-1] == ":":
        words.pop()
    return "".join(f" {word}" for word in words)


@lru_cache(maxsize=1000)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern as a regular expression over what ``plain`` returns."""
    return re.compile("".join(WILD.get(word, re.escape(f" {word}")) for word in plain(pattern).split()))


def read_boilerplate(path: Path) -> list[Boilerplate]:
    """Read the table, and name file and line of a row that cannot be right."""
    reader = csv.reader(StringIO(text_of(path), newline=""), strict=True)
    try:
        if next(reader, None) != COLUMNS:
            raise DataError(f"{path}:1: the header is not {','.join(COLUMNS)}.\nWrite these columns, in this order.")
        return [checked(f"{path}:{reader.line_num}", cells) for cells in reader]
    except csv.Error as error:
        raise DataError(f"{path}:{reader.line_num}: {error}.\nLook for a quotation mark without its partner.") from error


def text_of(path: Path) -> str:
    """The text of a table, which must be there, as UTF-8."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}.\nThe table must be there; without rows, it has a header only.") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError(f"{path}:{line}: not UTF-8 ({error.reason}).\nSave the table as UTF-8.") from error


def checked(where: str, cells: Sequence[str]) -> Boilerplate:
    """Make a row of its cells, if it can be right."""
    if len(cells) != len(COLUMNS):
        raise DataError(f"{where}: {len(cells)} cells instead of {len(COLUMNS)}.\nA cell with a comma needs quotation marks.")
    row = Boilerplate(*cells)
    if row.kind not in KINDS:
        raise DataError(f"{where}: unknown kind {row.kind!r} for {row.pattern!r}.\nUse one of: {', '.join(KINDS)}.")
    if not plain(row.pattern).strip(" *"):
        raise DataError(f"{where}: the pattern {row.pattern!r} would match every line.\nGive it a word.")
    if not row.matches(row.example):
        raise DataError(f"{where}: {row.pattern!r} does not match its example {row.example!r}.\nMend one of the two.")
    return row
