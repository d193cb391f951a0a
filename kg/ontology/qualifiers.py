"""Reads what the words beside a number leave open: "about 200", "at least 55", "up to 40"."""

from dataclasses import dataclass
from pathlib import Path

from kg.model import DataError
from kg.ontology.tables import known, rows_of

ABOUT, LEAST, MOST, EXACT = "about", "least", "most", "exact"


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A row of ``qualifiers.csv``: with these words a number is the ``least`` there was, the ``most``, ``about`` that, or ``exact``."""

    words: str
    meaning: str
    example: str


def read_qualifiers(path: Path) -> dict[str, Qualifier]:
    """Read what the words beside a number mean."""
    qualifiers: dict[str, Qualifier] = {}
    for where, row in rows_of(path, ("qualifier", "meaning", "example")):
        known(where, "meaning", row["meaning"], frozenset({ABOUT, LEAST, MOST, EXACT}))
        if row["qualifier"] in qualifiers:
            raise DataError(f"{where}: {row['qualifier']!r} stands here a second time.\nKeep one of the rows.")
        qualifiers[row["qualifier"]] = Qualifier(row["qualifier"], row["meaning"], row["example"])
    return qualifiers
