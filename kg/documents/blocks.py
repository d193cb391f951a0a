"""Cuts the text of an article into blocks: its title, its headings and its paragraphs.

    lines -> paragraphs -> without dates and boilerplate -> blocks

Every span counts in the text as it stands, so nothing is moved or mended; what is no part of the
article simply lies between the blocks.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from kg.documents.boilerplate import Boilerplate, kind_of, plain
from kg.documents.published import dateline_day, leading_day
from kg.model import Block

LINE = re.compile(r"\S[^\n]*")
MARK = re.compile(r"(?:[-*•–—·▪►>]|\d{1,2}[.)])\s+|#{1,6}\s+")
ITEM = re.compile(r"(?:[-*•–—·▪►>]|\d{1,2}[.)])\s+")
SENTENCE_END = re.compile(r"[.!?…。:;,][\"'”’»›)\]*_]*$")
ABBREVIATION_END = re.compile(r"\b(?:[A-Z]\.){2,}[\"'”’»)]*$")
LETTERS = re.compile(r"[^\W\d_]+")
WIDEST = 120  # characters: no hard-wrapped line is longer
LONGEST_ABBREVIATION = 40  # characters, with quotation marks after it
LONGEST_HEADING = 25  # words
LONGEST_COMMENT = 60  # words: where a footer stands below a short paragraph, a longer one below it is the article
Kind = Literal["title", "heading", "body"]


@dataclass(frozen=True, slots=True)
class Span:
    """A paragraph: ``text[start:end] == words``."""

    start: int
    end: int
    words: str


def cut(text: str, start: int, title: str, rows: Sequence[Boilerplate]) -> tuple[tuple[Block, ...], str, str]:
    """Cut ``text`` from ``start`` on: the blocks, the title as it stands there, the day of publication.

    ``title`` is the title if it is known already; then no other line becomes the title.
    """
    spans, published = without_dates(text, list(paragraphs(text, start, rows)), rows)
    blocks = [Block(*place(span), kind) for span, kind in kinds(list(without_boilerplate(spans, rows)), title)]
    found = next((" ".join(text[block.start : block.end].split()) for block in blocks if block.kind == "title"), "")
    return tuple(blocks), found, published


def paragraphs(text: str, start: int, rows: Sequence[Boilerplate] = ()) -> Iterator[Span]:
    """Join lines to paragraphs: hard-wrapped lines run on, other lines stand for themselves."""
    lines = [
        Span(match.start(), match.start() + len(match[0].rstrip()), match[0].rstrip())
        for match in LINE.finditer(text, start)
        if any(character.isalnum() for character in match[0])
    ]
    apart = {index for index in range(1, len(lines)) if not adjacent(text, lines[index - 1], lines[index]) or dated(lines, index, rows)}
    pairs = [pair for index, pair in enumerate(pairwise(lines), 1) if index not in apart]
    unsure = pairs[0] if pairs and pairs[0][0] is lines[0] and not flows(*pairs[0]) else None
    if unsure:
        pairs = pairs[1:]
    width = wrap_width(lines[1:] if unsure else lines, pairs)
    if unsure and not is_wrapped(text, unsure, pairs if width else [], rows):
        apart.add(1)
    first = 0
    for index, line in enumerate(lines, 1):
        announces = index == first + 1 and kind_of(line.words, rows, ("list", "end"))
        if index == len(lines) or index in apart or announces or not runs_on(line, lines[index], width):
            yield Span(lines[first].start, line.end, text[lines[first].start : line.end])
            first = index


def adjacent(text: str, line: Span, following: Span) -> bool:
    """Tell whether no empty line parts the two."""
    return text.count("\n", line.end, following.start) == 1


def dated(lines: Sequence[Span], index: int, rows: Sequence[Boilerplate]) -> bool:
    """Tell whether a line begins with a day of publication, and not in the middle of a sentence."""
    words = lines[index].words
    day = leading_day(words, rows)
    if not day:
        return False
    alone = day[2] == len(words)
    rest = words[day[2] :] or "".join(line.words for line in lines[index + 1 : index + 2])
    return not rest[:1].islower() and not (alone and SENTENCE_END.search(words))


def flows(line: Span, following: Span) -> bool:
    """Tell whether a sentence visibly goes on in the following line."""
    return following.words[0].islower() and not SENTENCE_END.search(line.words.rstrip(",;"))


def wrap_width(lines: Sequence[Span], pairs: Sequence[tuple[Span, Span]]) -> int:
    """The width that lines were hard-wrapped to; 0 if each line is a paragraph. No empty line parts ``pairs``."""
    widest = max((len(line.words) for line in lines if " " in line.words), default=0)
    flowing = sum(flows(*pair) for pair in pairs)
    wrapped = widest <= WIDEST and flowing > 0 and len(pairs) <= 3 * flowing
    return max(len(line.words) for pair in pairs for line in pair) if wrapped else 0


def is_wrapped(text: str, pair: tuple[Span, Span], pairs: Sequence[tuple[Span, Span]], rows: Sequence[Boilerplate]) -> bool:
    """Tell a first line that was wrapped as the ``pairs`` of lines were from a headline right above the text.

    It is as wide as they are and the next word would not have fitted it; it has no capitals of a headline;
    and the next line does not begin with a word that the text otherwise writes small, as sentences do.
    """
    line, following = pair
    flowing = [before for before in pairs if flows(*before)]
    if not flowing:
        return False
    word = following.words.split()[0]
    narrow = max(len(other.words) for before in pairs for other in before)
    wide = max(narrow, min(len(before.words) + len(after.words.split()[0]) for before, after in flowing))
    day = leading_day(line.words, rows)
    fits = any(length <= wide and length + 1 + len(word) > narrow for length in (len(line.words), len(line.words) - (day[2] if day else 0)))
    if SENTENCE_END.search(line.words):
        return fits
    found = Counter(LETTERS.findall(text))
    return fits and not is_title_case(line.words) and found[word.lower()] <= found[word]


def runs_on(line: Span, following: Span, width: int) -> bool:
    """Tell whether a paragraph goes on: its sentence does, or the next word no longer fitted the line."""
    if MARK.match(following.words):
        return False
    fitted = len(line.words) + 1 + len(following.words.split()[0]) <= width
    full = len(line.words) >= 0.8 * width and not SENTENCE_END.search(line.words)
    return flows(line, following) or (width > 0 and (full or not fitted))


def without_dates(text: str, spans: list[Span], rows: Sequence[Boilerplate]) -> tuple[list[Span], str]:
    """Take the day of publication off the spans: a line of its own, or glued to the first sentence.

    Dates without a word such as "published" count only above the article, and only if there is one:
    several of them are the headings of a chronicle. So are several datelines; one goes only before the day of a later version.
    """
    found: dict[str, str] = {}
    rest: list[Span] = []
    bare = sum((leading_day(span.words, rows) or ("",))[0] == "bare" for span in spans)
    above = True
    lines = {line[0] for span in spans if (line := dateline_day(span.words))}
    for span in spans:
        while day := leading_day(span.words, rows):
            kind, edtf, begins = day
            alone = begins == len(span.words)
            if (kind == "bare" and bare > 1) or (not above and (kind in ("bare", "byline") or not alone)):
                break
            found.setdefault(kind, edtf)
            span = Span(span.start + begins, span.end, span.words[begins:])
        if above and len(lines) == 1 and (line := dateline_day(span.words)):
            found.setdefault("dateline", line[0])
            span = Span(span.start + line[1], span.end, span.words[line[1] :])
        if span.words:
            rest.append(span)
            above = above and not is_prose(span.words)
    return rest, next((found[kind] for kind in ("date", "bare", "byline", "dateline", "updated") if kind in found), "")


def without_boilerplate(spans: list[Span], rows: Sequence[Boilerplate]) -> Iterator[Span]:
    """Leave out what the table names, and the links listed after a line that announces them."""
    listed = ""
    above = 0
    for index, span in enumerate(spans):
        kind = kind_of(span.words, rows)
        item = "mark" if ITEM.match(span.words) else "line" if is_link(span.words) else ""
        if kind == "list":
            listed = "any"
        elif listed in ("any", item) and item and not kind:
            listed = item
        elif kind == "end" and 0 < above >= max(
            (count(later) for later in spans[index + 1 :] if count(later) > LONGEST_COMMENT), default=0
        ):
            return
        else:
            listed = ""
            if not kind:
                above += count(span) if is_prose(span.words) else 0
                yield span


def count(span: Span) -> int:
    """The number of its words."""
    return len(span.words.split())


def is_prose(words: str) -> bool:
    """Tell a paragraph from a heading or a link: it ends as a sentence ends, or is long."""
    if ITEM.match(words) or len(words.split()) > LONGEST_HEADING:
        return True
    if not SENTENCE_END.search(words):
        return False
    return not (
        is_title_case(words) and (words.rstrip("\"'”’»)").endswith(("?", "!")) or ABBREVIATION_END.search(words[-LONGEST_ABBREVIATION:]))
    )


def is_link(words: str) -> bool:
    """Tell whether a line could be the headline of another article, where such are listed."""
    return not is_prose(words) or (words.endswith("?") and len(words.split()) <= LONGEST_HEADING)


def is_title_case(words: str) -> bool:
    """Tell whether most of the longer words begin with a capital."""
    long = [word for word in LETTERS.findall(words) if len(word) > 3]
    return len(long) > 1 and sum(word[0].isupper() for word in long) >= 0.75 * len(long)


def is_tag(words: str) -> bool:
    """Tell a topic ("Middle East", "politics") from a short headline ("Ceasefire collapses")."""
    first, *others = words.split()
    return len(others) <= 1 and all(other[0].isupper() == first[0].isupper() for other in others)


def kinds(spans: list[Span], title: str) -> Iterator[tuple[Span, Kind]]:
    """Name each span title, heading or body; a tag of one or two words above a heading is left out."""
    prose = [is_prose(span.words) for span in spans]
    untitled = not title
    for index, span in enumerate(spans):
        if title and index == 0 and plain(span.words) == plain(title):
            yield span, "title"
        elif prose[index] or not any(prose):
            yield span, "body"
            untitled = False
        elif is_tag(span.words) and index + 1 < len(spans) and not prose[index + 1]:
            continue
        elif untitled and " " in span.words:
            yield span, "title"
            untitled = False
        else:
            yield span, "heading"


def place(span: Span) -> tuple[int, int]:
    """Where the words of a span stand, without the mark of a list or heading."""
    mark = MARK.match(span.words)
    return span.start + (mark.end() if mark else 0), span.end
