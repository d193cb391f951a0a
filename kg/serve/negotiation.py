"""Which of the forms that we can write a client likes best (RFC 9110, 12.5)."""

import re
from collections.abc import Iterable, Sequence

LONGEST = 1000
PART = re.compile(r'\s*([!#$%&\'*+.^_`|~\w-]+/[!#$%&\'*+.^_`|~\w-]+|[!#$%&\'*+.^_`|~\w-]+)\s*((?:;[^,"]*(?:"[^"]*"[^,"]*)*)?)', re.ASCII)
QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)", re.IGNORECASE)
ALIASES = {
    "application/json": ("application/sparql-results+json", "application/ld+json"),
    "application/xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "text/xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "text/plain": ("text/tab-separated-values", "application/n-triples"),
    "application/x-turtle": ("text/turtle",),
    "text/rdf+n3": ("text/n3",),
    "application/xhtml+xml": ("text/html",),
}
"""Other names that clients use, and what they mean by them."""

Liking = tuple[float, int]
"""How much a form is liked, from 0 to 1, and how exactly it was named."""


def best(accept: str | None, offered: Sequence[str]) -> str:
    """The form that is liked best, of several that which is named most exactly, of several the first; empty if none is wanted.

    >>> best("text/csv;q=0.5, text/*", ("application/json", "text/csv", "text/html"))
    'text/html'
    >>> best("*/*, text/csv", ("text/turtle", "text/csv")), best("image/png", ("text/turtle",))
    ('text/csv', '')
    """
    wanted = ranges(accept or "")
    if not wanted:  # no header, or nothing in it that is a form
        return offered[0]
    liked = {form: liking(form, wanted) for form in offered}
    found = max(offered, key=lambda form: liked[form])
    return found if liked[found][0] > 0 else ""


def ranges(accept: str) -> list[tuple[str, float]]:
    """The media ranges of a header, each with how much it is liked, from 0 to 1."""
    found = []
    for part in PART.finditer(accept[:LONGEST].lower()):
        value = QUALITY.search(part[2])
        name = "*/*" if part[1] == "*" else part[1]
        found.append((name, min(float(value[1]), 1.0) if value else 1.0))
    return found


def liking(form: str, wanted: Iterable[tuple[str, float]]) -> Liking:
    """How much a form is liked: the most exact range decides."""
    exactness = {"*/*": 0, f"{form.partition('/')[0]}/*": 1}
    exactness |= {alias: 2 for alias, forms in ALIASES.items() if form in forms} | {form: 3}
    fitting = [(exactness[name], liked) for name, liked in wanted if name in exactness]
    exact, liked = max(fitting, default=(0, 0.0))
    return liked, exact


def takes_gzip(accept: str) -> bool:
    """Tell whether a client takes gzip.

    >>> takes_gzip("gzip, br"), takes_gzip("gzip;q=0"), takes_gzip("")
    (True, False, False)
    """
    liked = dict(ranges(accept))
    return liked.get("gzip", liked.get("*/*", 0.0)) > 0
