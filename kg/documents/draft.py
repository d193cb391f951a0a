"""What a file gives for one article, before its text is cut into blocks."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from charset_normalizer import from_bytes

from kg.documents.intake import LONGEST_ID
from kg.documents.published import read_day
from kg.model import Problem

NOT_TEXT = "not text, or in no known encoding; save it as UTF-8"
OF_PYTHON = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
"""Encodings that a page may claim and none has; some of them take minutes, or raise what no other does."""
HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file gives for one article; the article begins at ``text[start:]``.

    ``of_page`` tells that ``language`` is that of the page around the article, which is often another.
    """

    where: str
    id: str
    text: str
    start: int = 0
    title: str = ""
    published: str = ""
    source: str = ""
    url: str = ""
    author: str = ""
    language: str = ""
    of_page: bool = False


def decode(data: bytes, declared: str = "") -> str | None:
    """Read bytes as text with line ends as ``\\n``; None if they are no text.

    UTF-8 is tried first; a few broken bytes in it are replaced. Of encodings that are equally
    likely the Western one is taken.
    """
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken and 4 * broken > sum(character > "\x7f" for character in text) - broken:
        matches = from_bytes(data)
        best = matches.best()
        equal = [match for match in matches if best and (match.chaos, match.coherence) == (best.chaos, best.coherence)]
        encodings = [declared, "cp1252" if any(match.encoding == "cp1252" for match in equal) else "", best.encoding if best else ""]
        text = next((read for read in (decoded(data, encoding) for encoding in encodings if encoding) if read), "\0")
    return None if "\0" in text else text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def decoded(data: bytes, encoding: str) -> str:
    """Read bytes in one encoding; nothing if they are not in it, nobody knows it, or it is one that only Python has."""
    try:
        return "" if codecs.lookup(encoding).name in OF_PYTHON else data.decode(encoding)
    except (UnicodeError, LookupError):
        return ""


def whole(text: str) -> str:
    """The text with line ends as ``\\n``, and without halves of characters, which JSON can hold but no file."""
    return HALF_CHARACTER.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")


def draft(
    where: str,
    name: str,
    text: str,
    given: Mapping[str, Any],
    *,
    start: int | None = None,
    dated: str = "",
    published: str = "",
) -> Draft | Problem:
    """Make a draft of what is given; a date that cannot be read in one way is a ``Problem``, never a guess.

    Where the text is not that of a file (no ``start``), it is made to begin with the title.
    """
    value = {key: one_line(given.get(key)) for key in ("title", "date", "source", "url", "author", "language", "id")}
    day = read_day(value["date"]) if value["date"] else published
    if day is None:
        return Problem(dated or where, f"bad date {value['date']!r}; write the day as YYYY-MM-DD")
    if len(value["id"]) > LONGEST_ID:
        return Problem(where, f"an id of more than {LONGEST_ID:,} characters; give it a shorter one")
    title = value["title"]
    if start is None and title and text.lstrip().split("\n", 1)[0].strip() != title:
        text = f"{title}\n\n{text}"
    return Draft(
        where=where,
        id=value["id"] or name,
        text=text,
        start=start or 0,
        title=title,
        published=day,
        source=value["source"],
        url=value["url"],
        author=value["author"],
        language=value["language"],
    )


def one_line(value: object) -> str:
    """What a field holds, as one line; nothing if it holds neither words nor a number."""
    return " ".join(whole(str(value)).split()) if isinstance(value, str | int) and not isinstance(value, bool) else ""
