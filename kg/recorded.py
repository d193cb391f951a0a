"""Parses and readings on record: the tests of the tables need no language model, and a diff shows what is parsed or read otherwise."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from kg.model import DataError, Sentence
from kg.sentences import parse, read_conllu, to_conllu


def record_parses(examples: Iterable[str], path: Path) -> int:
    """Write the parses of all examples, sorted; returns how many are new."""
    before: set[str] = set()
    with suppress(FileNotFoundError, DataError):  # whoever writes it anew need not be able to read it
        before = set(read_parses(path))
    wanted = sorted(set(examples))
    blocks = [to_conllu(sentence, heading=f"example = {example}") for example in wanted for sentence in parse(example)]
    path.write_text("".join(blocks), encoding="utf-8", newline="\n")
    return len(set(wanted) - before)


def read_parses(path: Path) -> Mapping[str, list[Sentence]]:
    """Read the sentences of each example on record."""
    found: dict[str, list[Sentence]] = {}
    for example, sentence in read_conllu(path):
        found.setdefault(example, []).append(sentence)
    return found


def record_readings(readings: Mapping[str, Sequence[str]], path: Path) -> int:
    """Write what is read in each example, sorted; returns in how many it is another than before."""
    before = read_readings(path) if path.exists() else {}
    text = io.StringIO()
    rows = ((example, "; ".join(readings[example])) for example in sorted(readings))
    csv.writer(text, lineterminator="\n").writerows([("example", "read"), *rows])
    path.write_text(text.getvalue(), encoding="utf-8", newline="\n")
    return sum(before.get(example) != tuple(read) for example, read in readings.items())


def read_readings(path: Path) -> dict[str, tuple[str, ...]]:
    """What was read in each example on record."""
    with path.open(encoding="utf-8", newline="") as table:
        return {row["example"]: tuple(filter(None, row["read"].split("; "))) for row in csv.DictReader(table)}
