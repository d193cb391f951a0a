"""Parses on record: the tests of the tables need no language model, and a diff shows what a new parser reads otherwise."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.model import Sentence
from kg.sentences import parse, read_conllu, to_conllu


def record_parses(examples: Iterable[str], path: Path) -> int:
    """Write the parses of all examples, sorted; returns how many are new."""
    before = set(read_parses(path)) if path.exists() else set()
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
