"""Reads the forms of articles that are no pages: plain text, JSON Lines, ninjs.

Each reader yields a ``Draft`` for an article and a ``Problem`` for what cannot be read. Plain text
keeps its offsets; from JSON the title and the text are taken, and parted by an empty line.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.documents.draft import NOT_TEXT, Draft, decode, draft, one_line, whole
from kg.documents.intake import BeyondLimit, Intake, megabytes, read_lines, read_whole
from kg.documents.pages import unmarked, without_markup
from kg.model import Problem

KEYS = ("title", "date", "source", "url", "author", "language", "id")
HEADER = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(.*)")
FRONT = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
FLAT = re.compile(r"([^\W\d][\w.: -]{0,60}?)[ \t]*:(?=\s|$)[ \t]*(.*)")
BESIDE = re.compile(r"[ \t#-]|$")
QUOTED = re.compile(r"""(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)')(?=\s+#|\s*$)""")
NOT_FLAT = tuple("\"'[{|>&*!#")
NOTHING = ("null", "~")


def read_text(path: Path, name: str, intake: Intake) -> Iterator[Draft | Problem]:
    """Read plain text, with or without a header."""
    text = decode(read_whole(path, intake))
    if text is None:
        yield Problem(str(path), NOT_TEXT)
        return
    found = read_header(text, str(path))
    if isinstance(found, Problem):
        yield found
        return
    header, start = found
    given = {key: value for key, value, _ in header}
    where = next((f"{path}:{line}" for key, _, line in header if key == "date"), str(path))
    if len(given) < len(header):
        yield Problem(f"{path}:1", "the header gives a key twice; keep one of the two")
    else:
        yield draft(str(path), name, text, given, start=start, dated=where)


def read_header(text: str, where: str) -> tuple[list[tuple[str, str, int]], int] | Problem:
    """Read the lines ``key: value`` before the first empty line: key, value and line, and where the rest begins.

    A text that begins with a known key has a header, unless the line is a sentence ("Source: nobody knows it.").
    One that begins with a line ``---`` may have one as other tools write it.
    """
    if front := read_front_matter(text):
        return front
    header: list[tuple[str, str, int]] = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        start += len(line) + 1
        match = HEADER.fullmatch(line.strip())
        key, value = (match[1].lower(), match[2].strip()) if match else ("", "")
        if key in KEYS and (header or not is_sentence(value)):
            header.append((key, value, number))
        elif not line.strip() and header:
            break
        elif match and number == 1 and any(_has_known_key(other) for other in text.split("\n")[1:3]):
            return _unknown_key(where, number, match[1])
        elif line.strip() and not header:
            return [], 0
        elif match and line.strip():
            return _unknown_key(where, number, match[1])
        elif line.strip():
            return Problem(f"{where}:{number}", "the header is not closed; put an empty line before this one")
    return header, min(start, len(text)) if header else 0


def read_front_matter(text: str) -> tuple[list[tuple[str, str, int]], int] | None:
    """Read what stands between two lines ``---`` as YAML, if one of its lines gives a known key: a header, as ``read_header`` returns it.

    Only what stands on one line is read. Lists, what is nested and other keys are of no use here, and left out.
    """
    front = FRONT.match(text)
    lines = front[1].split("\n") if front else []
    if not front or not all(FLAT.fullmatch(line) or BESIDE.match(line) for line in lines):
        return None
    given = [(match[1].lower(), flat(match[2]), number) for number, line in enumerate(lines, 2) if (match := FLAT.fullmatch(line))]
    if not any(key in KEYS for key, _, _ in given):
        return None
    return [(key, value, number) for key, value, number in given if key in KEYS and value], front.end()


def flat(value: str) -> str:
    """What a value of YAML says that stands on its line, without quotation marks and comment; nothing if it goes on below, or is a list.

    >>> flat('"Oslo: talks"'), flat("'Oslo''s talks'  # a title"), flat("Talks in Oslo # now"), flat("[Oslo]")
    ('Oslo: talks', "Oslo's talks", 'Talks in Oslo', '')
    """
    if quoted := QUOTED.match(value):
        double, single = quoted.groups()
        return re.sub(r"\\(.)", r"\1", double) if double is not None else single.replace("''", "'")
    return "" if value.startswith(NOT_FLAT) or value.strip().lower() in NOTHING else re.split(r"\s#", value, maxsplit=1)[0].strip()


def _has_known_key(line: str) -> bool:
    match = HEADER.fullmatch(line.strip())
    return match is not None and match[1].lower() in KEYS and not is_sentence(match[2].strip())


def _unknown_key(where: str, number: int, key: str) -> Problem:
    return Problem(f"{where}:{number}", f"unknown header key {key!r}; known are {', '.join(KEYS)}, and an empty line ends the header")


def is_sentence(value: str) -> bool:
    """Tell whether words after a colon go on as a sentence and end it."""
    return value[:1].islower() and " " in value and value.endswith((".", "!", "?"))


def numbered_lines(path: Path, intake: Intake) -> Iterator[tuple[int, bytes] | Problem]:
    """The lines of a file of JSON Lines, packed or not, with their numbers."""
    for number, line in enumerate(read_lines(path, intake), 1):
        if line is None:
            yield too_long(f"{path}:{number}", intake)
        elif number == 1 and b"\0" in line:
            yield Problem(f"{path}:{number}", f"{NOT_TEXT}; nothing of the file is read")
            return
        elif not line.isspace():
            yield number, line


def too_long(where: str, intake: Intake) -> Problem:
    """What is said of a line that is larger than is taken in."""
    return Problem(where, f"a line of more than {megabytes(intake)}; raise --largest-file if it is an article")


def read_line(line: bytes, where: str, name: str) -> Draft | Problem:
    """Read an article of JSON Lines."""
    return read_object(parse_json(line, where), where, name)


def read_object(item: Any, where: str, name: str) -> Draft | Problem:
    """Read an article of the form of JSON Lines."""
    if isinstance(item, Problem):
        return item
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        return Problem(where, 'no article: it needs the form {"text": "…"}')
    try:
        given = {key: without_markup(value) if key == "title" and isinstance(value, str) else value for key, value in item.items()}
        text = without_markup(item["text"])
    except BeyondLimit as error:
        return Problem(where, str(error))
    return draft(where, name, whole(text), given)


def read_ninjs(path: Path, name: str, intake: Intake) -> Iterator[Draft | Problem]:
    """Read one ninjs item or a list of them; what was withdrawn or withheld is left out."""
    items = parse_json(read_whole(path, intake), str(path))
    for number, item in enumerate(items, 1) if isinstance(items, list) else [(0, items)]:
        about = f"item {number}: " if number else ""
        if isinstance(item, Problem):
            yield item
        elif isinstance(item, dict) and item.get("pubstatus") not in (None, "", "usable"):
            withdrawn = one_line(item.get("uri")) if item["pubstatus"] == "canceled" else ""
            yield Problem(str(path), f"{about}not for publication (pubstatus {item['pubstatus']}); left out", withdrawn)
        elif not isinstance(item, dict) or not any(isinstance(item.get(key), str) for key in ("body_text", "body_xhtml")):
            yield Problem(str(path), f"{about}no ninjs article: it needs headline, and body_text or body_xhtml")
        else:
            made = read_item(item, str(path), f"{name}:{number}" if number else name)
            yield Problem(made.where, about + made.reason) if isinstance(made, Problem) else made


def read_item(item: dict[str, Any], where: str, name: str) -> Draft | Problem:
    """Read an article of ninjs."""
    plain = item["body_text"] if isinstance(item.get("body_text"), str) else ""
    try:
        body = without_markup(plain) if plain.strip() else unmarked(item["body_xhtml"])
    except BeyondLimit as error:
        return Problem(where, str(error))
    given = item | {
        "title": item.get("headline"),
        "date": item.get("versioncreated"),
        "id": item.get("uri"),
        "author": item.get("byline"),
    }
    return draft(where, name, whole(body), given)


def parse_json(data: bytes, where: str) -> Any:
    """Read JSON; a ``Problem`` that names the line if it is broken."""
    text = decode(data)
    if text is None:
        return Problem(where, NOT_TEXT)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = where if re.search(r":\d+$", where) else f"{where}:{error.lineno}"
        return Problem(place, f"broken JSON: {error.msg} at column {error.colno}")
    except (ValueError, RecursionError):
        return Problem(where, "broken JSON: a number too long or too many brackets within each other")
