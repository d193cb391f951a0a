"""What was taken out of a graph, and why: a list beside the graph that no build touches."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.model import DataError, Document
from kg.tables import as_jsonl

LEDGER = "removed.jsonl"
REPLACED = "replaced by another version"
WITHDRAWN = "withdrawn by its publisher"
AGAIN = "added again"


@dataclass(frozen=True, slots=True)
class Removed:
    """An article that was taken out, or was ``AGAIN`` put in later; ``sha256`` is that of the file it was read from."""

    document: str
    sha256: str
    why: str = ""


def taken_out(before: Iterable[Document], why: Mapping[str, str], come: Iterable[Document] = ()) -> tuple[Removed, ...]:
    """The articles that go, each with the reason; one that comes again from the same file was never gone."""
    again = {(document.id, document.sha256) for document in come}
    return tuple(Removed(one.id, one.sha256, why[one.id]) for one in before if one.id in why and (one.id, one.sha256) not in again)


def write_ledger(removed: Iterable[Removed], there: Iterable[Document], before: Path, folder: Path) -> None:
    """Go on with the list of the folder ``before`` in ``folder``: what was removed, and what was and is ``there`` again."""
    new = news(read_ledger(before), removed, there)
    if new:
        old = (before / LEDGER).read_text(encoding="utf-8") if (before / LEDGER).is_file() else ""
        (folder / LEDGER).write_text(old + "".join(map(_line, new)), encoding="utf-8", newline="\n")


def news(told: Iterable[Removed], removed: Iterable[Removed], there: Iterable[Document]) -> list[Removed]:
    """What a list that has ``told`` so much has to tell more; what was told last of an article is not told twice."""
    last = {one.document: one for one in told}
    new: list[Removed] = []

    def tell(one: Removed) -> None:
        if last.get(one.document) != one:
            last[one.document] = one
            new.append(one)

    for one in removed:
        tell(one)
    for document in sorted(there, key=lambda document: document.id):
        if document.id in last and last[document.id].why not in (AGAIN, REPLACED):
            tell(Removed(document.id, document.sha256, AGAIN))
    return new


def read_ledger(folder: Path) -> list[Removed]:
    """Read what was taken out of the graph of a folder. Raises DataError if it is damaged."""
    path = folder / LEDGER
    try:
        return ledger_in(path.read_text(encoding="utf-8") if path.is_file() else "")
    except (ValueError, TypeError, AttributeError) as error:
        raise DataError(f"{path}: this list is damaged ({error}).\nMend it, or move it away.") from error


def ledger_in(text: str) -> list[Removed]:
    """The same from the text of the list. Raises ValueError, TypeError or AttributeError if it is damaged."""
    lines = text.split("\n")
    return [Removed(**{key: value or "" for key, value in json.loads(line).items()}) for line in lines if line.strip()]


def _line(one: Removed) -> str:
    return as_jsonl([asdict(one)])
