"""What strangers can hand in, each surface as one function of bytes: hypothesis and atheris call the same ones.

A target returns nothing. What it must refuse, it refuses with a DataError or a Problem, which the target takes for an answer;
any other exception, and any broken promise about what was read, is a mistake in ``kg``. Seeds are in ``seeds/TARGET``.
"""

from collections.abc import Callable
from pathlib import Path

from fuzz.articles import article, day, header
from fuzz.rdf import iri, turtle
from fuzz.reading import dates, rules, text
from fuzz.sparql import guard
from fuzz.tables import conllu, tables

TARGETS: dict[str, Callable[[bytes], None]] = {
    "article": article,
    "conllu": conllu,
    "dates": dates,
    "day": day,
    "guard": guard,
    "header": header,
    "iri": iri,
    "rules": rules,
    "tables": tables,
    "text": text,
    "turtle": turtle,
}
SEEDS = Path(__file__).parent / "seeds"


def seeds_of(target: str) -> list[bytes]:
    """The kept inputs of a target: good ones to begin with, and those that once broke it."""
    return [path.read_bytes() for path in sorted((SEEDS / target).iterdir())]
