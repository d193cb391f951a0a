"""Reads the forms of articles that are no pages: plain text, JSON Lines, ninjs.

Each reader yields a ``Draft`` for an article and a ``Problem`` for what cannot be read. Plain text
keeps its offsets; from JSON the title and the text are taken, and parted by an empty line.
"""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.documents.draft import NOT_TEXT, Draft, decode, draft, whole
from kg.documents.pages import unmarked
from kg.model import Problem

HEADER = re.compile(r"(title|date|source|url|author|language|id)[ \t]*:[ \t]*(.*)", re.IGNORECASE)


def read_text(path: Path, name: str) -> Iterator[Draft | Problem]:
    """Read plain text, with or without a header."""
    data = path.read_bytes()
    text = decode(data)
    if text is None:
        yield Problem(str(path), NOT_TEXT)
        return
    header, start = read_header(text)
    given = {key: value for key, value, _ in header}
    where = next((f"{path}:{line}" for key, _, line in header if key == "date"), str(path))
    if len(given) < len(header):
        yield Problem(f"{path}:1", "the header gives a key twice; keep one of the two")
    else:
        yield draft(str(path), name, text, data, given, start=start, dated=where)


def read_header(text: str) -> tuple[list[tuple[str, str, int]], int]:
    """Read the lines ``key: value`` before the first empty line: key, value and line, and where the rest begins.

    A text whose first paragraph has any other line has no header.
    """
    header: list[tuple[str, str, int]] = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        start += len(line) + 1
        if match := HEADER.fullmatch(line.strip()):
            header.append((match[1].lower(), match[2].strip(), number))
        elif line.strip():
            return [], 0
        elif header:
            break
    return header, min(start, len(text)) if header else 0


def read_jsonl(path: Path, name: str) -> Iterator[Draft | Problem]:
    """Read one article a line, packed or not, line by line."""
    with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            where = f"{path}:{number}"
            if number == 1 and b"\0" in line:
                yield Problem(where, f"{NOT_TEXT}; nothing of the file is read")
                return
            if line.strip():
                yield read_object(parse_json(line, where), where, f"{name}:{number}", line.rstrip(b"\r\n"))


def read_object(item: Any, where: str, name: str, data: bytes) -> Draft | Problem:
    """Read an article of JSON Lines."""
    if isinstance(item, Problem):
        return item
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        return Problem(where, 'no article: it needs the form {"text": "…"}')
    return draft(where, name, whole(item["text"]), data, item)


def read_ninjs(path: Path, name: str) -> Iterator[Draft | Problem]:
    """Read one ninjs item or a list of them; what was withdrawn or withheld is left out."""
    data = path.read_bytes()
    items = parse_json(data, str(path))
    for number, item in enumerate(items, 1) if isinstance(items, list) else [(0, items)]:
        about = f"item {number}: " if number else ""
        if isinstance(item, Problem):
            yield item
        elif not isinstance(item, dict) or not any(isinstance(item.get(key), str) for key in ("body_text", "body_xhtml")):
            yield Problem(str(path), f"{about}no ninjs article: it needs headline, and body_text or body_xhtml")
        elif item.get("pubstatus") not in (None, "", "usable"):
            yield Problem(str(path), f"{about}not for publication (pubstatus {item['pubstatus']}); left out")
        else:
            body = (
                item["body_text"] if isinstance(item.get("body_text"), str) and item["body_text"].strip() else unmarked(item["body_xhtml"])
            )
            given = item | {
                "title": item.get("headline"),
                "date": item.get("versioncreated"),
                "id": item.get("uri"),
                "author": item.get("byline"),
            }
            made = draft(str(path), f"{name}:{number}" if number else name, whole(body), data, given)
            yield Problem(made.where, about + made.reason) if isinstance(made, Problem) else made


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
