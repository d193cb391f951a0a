"""What is taken in: how large a file, how long an article, how much markup, which languages.

What is beyond a limit is named and left out. So a file made to fill the memory or to take for ever costs no other.
"""

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import Any

TIMES = 100
"""How many times its size a packed file may unpack to; JSON Lines of news unpack to three to ten times it."""
SPARE = 1_000_000  # bytes that any packed file may unpack to
MOST_MARKS = 100_000
"""How many "<" the markup of one article may have: a second of work for each ten thousand."""
MOST_ATTRIBUTES = 1_000
"""How many attributes one tag may have: the work grows with their square."""
ATTRIBUTE = r"""[\s/]++[^\s=>/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']++))?+"""
LONG_TAG = re.compile(rf"<[a-zA-Z][^\s/>]*+((?:{ATTRIBUTE}){{{MOST_ATTRIBUTES},}}+)")
MOST_LINES = 10_000
"""How many lines with words an article may have; a book has fewer."""
LONGEST_WORD = 20_000  # characters without a space: what takes a tokenizer a second
LONGEST_ID = 1_000  # characters
CHUNK = 1 << 20  # bytes of a line that is passed over


class BeyondLimit(Exception):
    """Something is larger than is taken in; the message says what, and what to do."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What is taken in.

    ``largest_file`` is in bytes: of a file that is read at once (text, a page, ninjs), and of one line of JSON Lines.
    ``longest_article`` is in characters, without its markup. With ``any_language`` articles are read whatever their language.
    """

    largest_file: int = 20_000_000
    longest_article: int = 500_000
    any_language: bool = False


def read_whole(path: Path, intake: Intake) -> bytes:
    """The bytes of a file. Raises BeyondLimit, and OSError."""
    with path.open("rb") as file:
        data = file.read(intake.largest_file + 1)
    if len(data) > intake.largest_file:
        raise too_large(intake)
    return data


def too_large(intake: Intake) -> BeyondLimit:
    """What is said of a file that is too large to be read at once."""
    return BeyondLimit(f"larger than {megabytes(intake)}; split it, or raise --largest-file")


def read_lines(path: Path, intake: Intake) -> Iterator[bytes | None]:
    """The lines of a file, packed or not; None for a line that is too long. Raises BeyondLimit for what unpacks without end.

    Where a packed file is broken, the whole lines before that come first, then OSError, EOFError or zlib.error.
    """
    packed = Unpacked(path) if path.suffix.lower() == ".gz" else None
    most = TIMES * path.stat().st_size + SPARE
    total = 0
    passing = False
    with BufferedReader(packed) if packed else path.open("rb") as lines:
        while part := lines.readline(CHUNK if passing else intake.largest_file + 1):
            total += len(part)
            if packed is not None and total > most:
                raise BeyondLimit(f"unpacks to more than {TIMES} times its size; unpack it yourself if that is right")
            too_long = len(part) > intake.largest_file
            if not passing and not (packed and packed.broken and not part.endswith(b"\n")):
                yield None if too_long else part
            passing = (passing or too_long) and not part.endswith(b"\n")
    if packed and packed.broken:
        raise packed.broken


class Unpacked(RawIOBase):
    """What a packed file holds, as far as it can be read: a break is its end, and is kept in ``broken``."""

    def __init__(self, path: Path) -> None:
        self.broken: Exception | None = None
        self.file = gzip.GzipFile(path)

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Read some bytes; none at the end, or where it is broken."""
        try:
            data = b"" if self.broken else self.file.read1(len(buffer))
        except (OSError, EOFError, zlib.error) as error:
            self.broken, data = error, b""
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the file."""
        self.file.close()
        super().close()


def megabytes(intake: Intake) -> str:
    """The largest file in words."""
    return f"{intake.largest_file / 1_000_000:g} MB"


def refuse_markup(markup: str) -> None:
    """Raise BeyondLimit for markup that would take minutes to read."""
    if markup.count("<") > MOST_MARKS:
        raise BeyondLimit(f"more than {MOST_MARKS // 2} tags; save the article alone")
    if LONG_TAG.search(markup):
        raise BeyondLimit(f"a tag with more than {MOST_ATTRIBUTES} attributes; no page of a newspaper has that")


def refuse_length(text: str, intake: Intake) -> None:
    """Raise BeyondLimit for text that is too long for one article."""
    if len(text) > intake.longest_article:
        advice = f"at most {intake.longest_article:,} are read; split it, or raise --longest-article"
        raise BeyondLimit(f"an article of {len(text):,} characters; {advice}")
    if sum(not line.isspace() for line in text.splitlines() if line) > MOST_LINES:
        raise BeyondLimit(f"an article of more than {MOST_LINES:,} lines; split it")
    if max(map(len, text.split()), default=0) > LONGEST_WORD:
        raise BeyondLimit(f"a word of more than {LONGEST_WORD:,} characters; that is no article")
