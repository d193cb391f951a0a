"""Reads and checks the hand annotations: what an attentive person reads in an article."""

import csv
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.model import DataError, Modality

COLUMNS = ("document", "sentence", "actor", "action_type", "target", "date", "modality", "attributed_to", "share")
TYPES = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST"}
    | {"ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
)
SHARES = frozenset({"dev", "held"})
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?")
FEWEST_WORDS = 5  # fewer words may begin two sentences of one article


@dataclass(frozen=True, slots=True)
class Gold:
    """One row of the annotations: ids without prefix, empty where the sentence names nobody.

    ``sentence`` is a whole sentence or its beginning; ``share`` is "dev" or "held".
    """

    document: str
    sentence: str
    actor: str
    action_type: str
    target: str
    date: str
    modality: str
    attributed_to: str
    share: str


def read_annotations(path: Path, *, types: Collection[str] = TYPES) -> list[Gold]:
    """Read and check the hand annotations; ``types`` are the action types there are.

    A row is named by the line it ends on.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataError(
            f"{path}: {error.strerror}.\nName a table of annotations, or a file of sentences: kg score sentences.jsonl."
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DataError(f"{path}:{line}: a character that is not UTF-8.\nSave the annotations as UTF-8.") from error
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = tuple(next(reader, ()))
        if header != COLUMNS:
            raise DataError(f"{path}:1: the header is {','.join(header)!r}.\nIt must be {','.join(COLUMNS)!r}.")
        return [_gold(f"{path}:{reader.line_num}", cells, types) for cells in reader]
    except csv.Error as error:
        raise DataError(f"{path}:{reader.line_num}: {error}.\nLook for a quotation mark without its partner.") from error


def _gold(where: str, cells: Sequence[str], types: Collection[str]) -> Gold:
    """Check one row of the annotations."""
    if len(cells) != len(COLUMNS):
        raise DataError(f"{where}: {len(cells)} cells instead of {len(COLUMNS)}.\nA cell that contains a comma needs quotation marks.")
    gold = Gold(*(cell.strip() for cell in cells))
    allowed = {"action_type": types, "modality": frozenset(Modality), "share": SHARES}
    for column, values in allowed.items():
        if getattr(gold, column) not in values:
            raise DataError(f"{where}: unknown {column} {getattr(gold, column)!r}.\nUse one of: {', '.join(sorted(values))}.")
    if not gold.document:
        raise DataError(f"{where}: no document.\nGive the id of the article.")
    if len(gold.sentence.split()) < FEWEST_WORDS:
        raise DataError(f"{where}: {gold.sentence!r} is too short to find its sentence.\nGive at least {FEWEST_WORDS} words of it.")
    if not gold.actor and not gold.target:
        raise DataError(f"{where}: neither actor nor target.\nName one of them, or leave the row out.")
    if gold.date and not DATE.fullmatch(gold.date):
        raise DataError(f"{where}: {gold.date!r} is no date.\nWrite 2024-03-05, 2024-03, 2024 or 2024-03-04/2024-03-10, or leave it empty.")
    return gold
