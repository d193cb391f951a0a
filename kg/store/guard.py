"""What a question may not do: fetch something, or crash the engine. Also how its text is read without an engine."""

import re
from collections.abc import Iterator

from kg.model import DataError

DEEPEST = 100
MOST_GROUPS = 1000
"""Oxigraph ends the process, without an exception, somewhere above 1,000 groups in or beside each other."""

SPACE = r"(?:\s|#[^\r\n]*+)*+"
TARGET = r"""(?:<[^<>]*+>|[?$]\w++|[^\s{}<>()"'#:]*+:(?:[^\s{}<>()#\\]|\\.)*+)"""
SERVICE = re.compile(rf"service{SPACE}(?:silent)?{SPACE}{TARGET}{SPACE}\{{", re.IGNORECASE)
LONG = re.compile(r""" "{3}(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3} | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*+'{3} """, re.VERBOSE | re.DOTALL)
SHORT = re.compile(r""" "(?:[^"\\\r\n]|\\.)*+" | '(?:[^'\\\r\n]|\\.)*+' | \#[^\r\n]*+ | \\. """, re.VERBOSE)
IRI = re.compile(r"<[^<>\"{}|^`\\\x00-\x20]*+>")
OTHER = re.compile(f"{LONG.pattern}|{SHORT.pattern}|{IRI.pattern}", re.VERBOSE | re.DOTALL)


def refuse_danger(sparql: str) -> None:
    """Refuse a question that would fetch something (SERVICE), or is nested so deeply that the engine would crash.

    Oxigraph reads "<" as an operator where a tokenizer sees an IRI, so text could hide from one reading behind
    the other. Every place that either reading can reach is looked at, with the deepest nesting that leads there.
    """
    if sparql.count("{") > MOST_GROUPS:
        raise DataError(f"The question has more than {MOST_GROUPS} groups.\nAsk for less at a time, or use VALUES.")
    depths = {0: 0}
    for at in range(len(sparql)):
        if at not in depths:
            continue
        depth = depths.pop(at) + (sparql[at] in "{([") - (sparql[at] in "})]")
        if depth > DEEPEST:
            raise DataError(f"{place(sparql, at)}: groups are nested deeper than {DEEPEST}.\nAsk in a flatter way.")
        if SERVICE.match(sparql, at):
            raise DataError(
                f"{place(sparql, at)}: SERVICE asks another machine, and nothing leaves this one.\nLoad that data into a store of your own."
            )
        for end in ends(sparql, at):
            depths[end] = max(depths.get(end, 0), depth)


def ends(sparql: str, at: int) -> Iterator[int]:
    """Where the next token may begin if one begins at ``at``; words are read letter by letter."""
    skipped = [found.end() for pattern in (LONG, SHORT, IRI) if (found := pattern.match(sparql, at))]
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
