"""A graph as lines of N-Triples, a batch at a time: a file of any size goes through little memory."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pyoxigraph import RdfFormat, parse, serialize

from kg.model import DataError


def batches(turtle: Path, size: int, *, skip: int = 0) -> Iterator[tuple[int, bytes]]:
    """The triples of a Turtle file in the order of the file, ``size`` at a time: their number, and N-Triples in UTF-8.

    The first ``skip`` triples are left out. Raises DataError if the file is damaged.
    """
    try:
        quads = islice(parse(path=turtle, format=RdfFormat.TURTLE), skip, None)
        while batch := [quad.triple for quad in islice(quads, size)]:
            yield len(batch), serialize(batch, format=RdfFormat.N_TRIPLES) or b""
    except (SyntaxError, ValueError) as error:
        raise DataError(f"{turtle}: the graph is damaged: {error}\nBuild it again: kg build PATH…") from error


def lines_of(turtle: str) -> list[str]:
    """The triples of a text in Turtle, each as a line of N-Triples, without its end."""
    triples = (quad.triple for quad in parse(turtle.encode("utf-8", "replace"), RdfFormat.TURTLE))
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode().split("\n")[:-1]
