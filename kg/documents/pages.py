"""Reads saved pages: the article and what the page says of it, without markup, menus and comments."""

import logging
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kg.documents.draft import NOT_TEXT, Draft, decode, draft
from kg.documents.intake import Intake, read_whole, refuse_markup
from kg.documents.published import read_day
from kg.model import Problem

CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
LANGUAGE = re.compile(r"<html[^>]*?\slang\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
LINKED_DATA = "//script[@type='application/ld+json']/text()"
LINKED_DAY = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')
DAYS = (  # where a page gives its day of publication, best first
    "//meta[@property='article:published_time' or @itemprop='datePublished']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
    LINKED_DATA,
    "//meta[@name='date' or @name='pubdate' or @name='publishdate' or @name='parsely-pub-date']/@content",
    "//meta[@name='DC.date.issued' or @name='dcterms.issued' or @name='DC.date' or @name='citation_publication_date']/@content",
    "//article//time/@datetime",
)
PARTS = "//p|//div|//li|//h1|//h2|//h3|//h4|//h5|//h6|//blockquote|//tr|//pre|//br"
TAG = re.compile(
    r"</?(?:a|abbr|article|b|big|blockquote|body|br|center|cite|code|dd|del|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|header"
    r"|hr|html|i|iframe|img|ins|li|main|mark|ol|p|pre|q|s|script|section|small|span|strike|strong|style|sub|sup|table|tbody|td|th"
    r"|thead|tr|tt|u|ul)(?:\s[^<>=]*=[^<>]*|\s*/?)>",
    re.IGNORECASE,
)
HEAD = 10_000
"""Where a page says its encoding and language: so far from its beginning, in bytes or characters."""
EMPTY_LINES = re.compile(r"\n\s*\n")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
REFERENCE = re.compile(r"&#(?:0*(\d{1,7})(?!\d)|x0*([0-9a-f]{1,6})(?![0-9a-f]));?", re.IGNORECASE | re.ASCII)
for library in ("trafilatura", "htmldate", "charset_normalizer"):
    logging.getLogger(library).addHandler(logging.NullHandler())  # what they cannot read is a Problem, not a remark


def read_html(path: Path, name: str, intake: Intake) -> Iterator[Draft | Problem]:
    """Read the article of a saved page, without its markup, its menus and its comments. Raises BeyondLimit."""
    from trafilatura import bare_extraction  # slow to import, and only pages need it

    data = read_whole(path, intake)
    declared = CHARSET.search(data[:HEAD])
    page = decode(data, declared[1].decode("ascii", "replace") if declared else "")
    if page is None:
        yield Problem(str(path), NOT_TEXT)
        return
    page = without_forbidden(page)
    refuse_markup(page)
    found = bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params={"original_date": True, "extensive_search": False, "max_date": "9999-12-31"},
    )
    if found is None or isinstance(found, dict) or not found.text:
        yield Problem(str(path), "empty: no article text found in the page")
        return
    language = LANGUAGE.search(page, 0, HEAD)
    given = {
        "title": headline(found.title or "", found.text, found.sitename or ""),
        "source": found.sitename or found.hostname,
        "url": found.url,
        "author": found.author,
        "language": language[1] if language else "",
    }
    made = draft(str(path), name, found.text, given, published=page_day(page))
    yield made if isinstance(made, Problem) else replace(made, of_page=True)


def without_forbidden(markup: str) -> str:
    """Leave out the characters that XML forbids, which lxml would stop at, and the references to them.

    >>> without_forbidden("<p>One\\x01 &#1;and&#x1F; &#65;.</p>")
    '<p>One and &#65;.</p>'
    """

    def allowed(found: re.Match[str]) -> str:
        code = int(found[1]) if found[1] else int(found[2], 16)
        return found[0] if code <= sys.maxunicode and not FORBIDDEN.match(chr(code)) else ""

    return REFERENCE.sub(allowed, FORBIDDEN.sub("", markup))


def headline(title: str, text: str, site: str) -> str:
    """The title without the name of the site that pages append to it."""
    title = " ".join(title.split())
    first = text.split("\n", 1)[0].strip()
    if len(first) > 10 and title.startswith(first):
        return first
    return re.sub(rf"\s+[|–—-]\s+{re.escape(site)}$", "", title) if site else title


def page_day(page: str) -> str:
    """The day of publication in the data of a page; a place that gives several days is passed over."""
    from trafilatura import load_html

    tree = load_html(page)
    if tree is None:
        return ""
    for path in DAYS:
        given = [str(value) for value in tree.xpath(path)]
        if path == LINKED_DATA:
            given = [day for script in given for day in LINKED_DAY.findall(script)]
        days = {day for day in map(read_day, given) if day}
        if len(days) == 1:
            return days.pop()
    return ""


def without_markup(text: str) -> str:
    """The text as it is; if there are tags of HTML in it, what they mark up.

    >>> without_markup("Oslo <b>voted</b>: 1 < 2."), without_markup("1 < 2, and <name> &amp; co.")
    ('Oslo voted: 1 < 2.', '1 < 2, and <name> &amp; co.')
    """
    return unmarked(text) if TAG.search(text) else text


def unmarked(markup: str) -> str:
    """The text of a fragment of HTML, its paragraphs parted by empty lines.

    Line ends are spaces, as browsers show them; where there are no tags of paragraphs, they are kept.

    Raises BeyondLimit.

    >>> unmarked("<p>One.</p><p>Two &amp;\\n<b>three</b>.</p>")
    'One.\\n\\nTwo & three.'
    """
    refuse_markup(markup)
    markup = without_forbidden(markup).replace("\r\n", "\n").replace("\r", "\n")
    from trafilatura import load_html

    tree = load_html(f"<html><body>{markup}</body></html>")
    if tree is None:
        return ""
    for element in tree.xpath("//script|//style|//figure"):
        element.drop_tree()
    parts = tree.xpath(PARTS)
    if not parts:
        return str(tree.text_content()).strip()
    for element in tree.iter():
        element.text = spaced(element.text or "")
        element.tail = spaced(element.tail or "")
    for element in parts:
        element.text = f"\n\n{element.text or ''}"
        element.tail = f"\n\n{element.tail or ''}"
    lines = (line.strip() for line in str(tree.text_content()).split("\n"))
    return "\n\n".join(filter(None, lines))


def spaced(text: str) -> str:
    """The text with spaces for its line ends; empty lines still part paragraphs."""
    return "\n\n".join(part.replace("\n", " ") for part in EMPTY_LINES.split(text))
