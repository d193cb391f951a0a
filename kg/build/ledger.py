"""What was taken out of a graph, and why: a list beside the graph that no build touches."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.model import Document
from kg.tables import as_jsonl

LEDGER = "removed.jsonl"
REPLACED = "replaced by another version"
WITHDRAWN = "withdrawn by its publisher"


@dataclass(frozen=True, slots=True)
class Removed:
    """An article that was taken out; ``sha256`` is that of the file it was read from."""

    document: str
    sha256: str
    why: str = ""


def taken_out(before: Iterable[Document], why: Mapping[str, str], come: Iterable[Document] = ()) -> tuple[Removed, ...]:
    """The articles that go, each with the reason; one that comes again from the same file was never gone."""
    again = {(document.id, document.sha256) for document in come}
    return tuple(Removed(one.id, one.sha256, why[one.id]) for one in before if one.id in why and (one.id, one.sha256) not in again)


def write_ledger(removed: Iterable[Removed], before: Path, folder: Path) -> None:
    """Go on with the list of the folder ``before`` in ``folder``; what stands there is not told twice."""
    old = (before / LEDGER).read_text(encoding="utf-8").splitlines(keepends=True) if (before / LEDGER).is_file() else []
    new = [line for line in map(_line, removed) if line not in old]
    if new:
        (folder / LEDGER).write_text("".join([*old, *dict.fromkeys(new)]), encoding="utf-8", newline="\n")


def read_ledger(folder: Path) -> list[Removed]:
    """Read what was taken out of the graph of a folder."""
    path = folder / LEDGER
    lines = path.read_text(encoding="utf-8").split("\n") if path.is_file() else []
    return [Removed(**{key: value or "" for key, value in json.loads(line).items()}) for line in lines if line.strip()]


def _line(one: Removed) -> str:
    return as_jsonl([asdict(one)])
