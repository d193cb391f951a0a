"""What a question may not do: fetch something, or crash the engine. Also how its text is read without an engine."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from heapq import heappop, heappush

from kg.model import DataError

LONGEST = 1_000_000
"""Characters."""
DEEPEST = 100
MOST_GROUPS = 1000
"""Oxigraph ends the process, without an exception, somewhere above 1,000 groups in or beside each other."""

SPACE = r"(?:\s|#[^\r\n]*+)*+"
TARGET = r"""(?:<[^<>]*+>|[?$]\w++|[^\s{}<>()"'#:]{0,500}+:(?:[^\s{}<>()#\\]|\\.){0,500}+)"""
ENDLESS = r"""(?:[^\s{}<>()#\\]|\\.){500}"""
SERVICE = re.compile(rf"service{SPACE}(?:silent)?{SPACE}(?:{TARGET}{SPACE}\{{|{ENDLESS})", re.IGNORECASE)
"""A name of 500 letters is taken for the worst, so that looking costs no more than that at each word."""
LONG = re.compile(r"""\"\"\"(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3}|'''(?:[^'\\]|\\.|'{1,2}(?!'))*+'{3}""", re.DOTALL)
SHORT = re.compile(r"""\"(?:[^"\\\r\n]|\\.)*+\"|'(?:[^'\\\r\n]|\\.)*+'|\#[^\r\n]*+|\\.""")
IRI = re.compile(r"<[^<>\"{}|^`\\\x00-\x20]*+>")
WORD = re.compile("service", re.IGNORECASE)
MARK = re.compile(r"""["'#<\\{}()\[\]]""")
TOKENS = {'"': (LONG, SHORT), "'": (LONG, SHORT), "#": (SHORT,), "\\": (SHORT,), "<": (IRI,)}
OTHER = re.compile(f"{LONG.pattern}|{SHORT.pattern}|{IRI.pattern}", re.DOTALL)
"""Every way begins with a letter of its own, which makes looking for the next one five times as quick."""


def refuse_danger(sparql: str) -> None:
    """Refuse a question that would fetch something (SERVICE), or is so deep or long that the engine would crash. Raises DataError.

    Oxigraph reads "<" as an operator where a tokenizer sees an IRI, so text could hide from one reading behind
    the other. Every place that either reading can reach is looked at, with the deepest nesting that leads there;
    between the places marked by ``MARK`` all is read letter by letter.
    """
    if len(sparql) > LONGEST:
        raise DataError(f"The question is longer than {LONGEST} characters.\nAsk for less at a time.")
    if sparql.count("{") > MOST_GROUPS:
        raise DataError(f"The question has more than {MOST_GROUPS} groups.\nAsk for less at a time, or use VALUES.")
    words = [found.start() for found in WORD.finditer(sparql)] if "service" in sparql.lower() else []
    if not words and sum(map(sparql.count, "{([")) <= DEEPEST:
        return
    depths, waiting = {0: 0}, [0]
    while waiting:
        start = heappop(waiting)
        depth = depths.pop(start)
        mark = MARK.search(sparql, start)
        at = mark.start() if mark else len(sparql)
        for word in words[bisect_left(words, start) : bisect_left(words, at)]:
            if SERVICE.match(sparql, word):
                raise DataError(
                    f"{place(sparql, word)}: SERVICE asks another machine, and nothing leaves this one.\n"
                    "Load that data into a store of your own."
                )
        if mark is None:
            continue
        depth = max(depth + (mark[0] in "{([") - (mark[0] in "})]"), 0)
        if depth > DEEPEST:
            raise DataError(f"{place(sparql, at)}: groups are nested deeper than {DEEPEST}.\nAsk in a flatter way.")
        for end in ends(sparql, at):
            if end not in depths:
                heappush(waiting, end)
            depths[end] = max(depths.get(end, 0), depth)


def ends(sparql: str, at: int) -> Iterator[int]:
    """Where the next token may begin if a mark stands at ``at``."""
    skipped = [found.end() for pattern in TOKENS.get(sparql[at], ()) if (found := pattern.match(sparql, at))]
    yield from skipped
    if sparql[at] == "<" or not skipped:
        yield at + 1


def place(sparql: str, at: int) -> str:
    """Line and column, counted from 1."""
    return f"line {sparql.count(chr(10), 0, at) + 1}, column {at - sparql.rfind(chr(10), 0, at)}"


def words_of(sparql: str) -> str:
    """A question without its comments, strings and IRIs.

    >>> words_of("ASK { ?a ?b 'order by' } # all of them")
    'ASK { ?a ?b   }  '
    """
    return OTHER.sub(" ", sparql)
