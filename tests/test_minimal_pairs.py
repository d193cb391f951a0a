"""Minimal pairs: two sentences that differ in as little as possible, of which one tells of an act and the other does not.

``minimal_pairs.csv`` holds them by phenomenon, with what a careful reader finds in each. Readings are parted by ``; ``:

    asserted ASSAULT iran > israel              must be read so; likewise negated, intended and hypothetical
    asserted ASSAULT iran > israel by kenya     … and attributed to Kenya; a chain is ``by reuters > israel-gov``
    asserted ASSAULT iran > israel with 12      … and counted
    ? THREATEN                                  may be asserted, of anybody or of the actors given, whoever says so
    nothing asserted                            may be left out beside others

Actors are ids without their prefix; ``a|b`` is either, ``*`` is anybody or nobody, nothing is nobody.
A reading without "by" is the article's own. Whatever is asserted and not listed is unreal: not one may be.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.model import Block, Document, Modality, Statement
from kg.ontology import read_ontology
from kg.sentences import sentences_of
from kg.statements import statements_of

PAIRS = Path(__file__).parent / "minimal_pairs.csv"
ONTOLOGY = read_ontology()
FORM = re.compile(
    r"(?P<modality>\?|asserted|negated|intended|hypothetical) (?P<types>[A-Z|]+)"
    r"(?: ?(?P<actor>[^ >]*)(?: > (?P<target>[^ ]+))?)?(?: by (?P<speakers>.+?))?(?: with (?P<number>\d+))?"
)
RIGHT = 0.95


@dataclass(frozen=True)
class Expected:
    """One reading of the column ``expect``; a side that is None may be anything."""

    modality: str
    types: str
    actor: str | None
    target: str | None
    speakers: str
    number: str

    def fits(self, row: Statement) -> bool:
        """Tell whether a statement is what is expected."""
        optional = self.modality == "?"
        return (
            row.modality == ("asserted" if optional else self.modality)
            and _is_one(ONTOLOGY.actions[row.action].type, self.types)
            and _is_one(row.actor_id, self.actor)
            and _is_one(row.target_id, self.target)
            and (optional or row.modality is not Modality.ASSERTED or self._is_said(row))
            and (not self.number or float(self.number) in [quantity.value for quantity in row.quantities])
        )

    def _is_said(self, row: Statement) -> bool:
        wanted = self.speakers.split(" > ") if self.speakers else []
        return len(wanted) == len(row.attribution) and all(map(_is_one, (speaker.id for speaker in row.attribution), wanted))


def _is_one(name: str, wanted: str | None) -> bool:
    return wanted in (None, "*") or name.removeprefix("actor:") in str(wanted).split("|")


def expected(cell: str) -> list[Expected]:
    """The readings of a cell."""
    found = []
    for part in cell.split("; "):
        if part == "nothing asserted":
            continue
        form = FORM.fullmatch(part)
        assert form, f"{part!r} is no reading"
        sides = form["actor"] is not None and (form["actor"] or form["target"])
        target = form["target"] or (None if form["modality"] == "?" or not sides else "")
        found.append(
            Expected(
                form["modality"],
                form["types"],
                (form["actor"] or "") if sides else None,
                target,
                form["speakers"] or "",
                form["number"] or "",
            )
        )
    return found


@dataclass(frozen=True)
class Finding:
    """What is amiss with one sentence."""

    phenomenon: str
    sentence: str
    missing: tuple[str, ...]
    unreal: tuple[str, ...]

    def __str__(self) -> str:
        remarks = [*(f"missing {part}" for part in self.missing), *(f"UNREAL  {part}" for part in self.unreal)]
        return "\n".join([f"  {self.sentence}", *(f"      {remark}" for remark in remarks)])


def read(text: str) -> list[Statement]:
    """What is read in a text that is all article."""
    article = Document("text", text, (Block(0, len(text), "body"),))
    return list(statements_of(article, sentences_of(article), ONTOLOGY))


def short(row: Statement) -> str:
    """A statement in the form of the column ``expect``."""
    sides = f"{row.actor_id} > {row.target_id}".replace("actor:", "").strip()
    said = f" by {' > '.join(speaker.id.removeprefix('actor:') for speaker in row.attribution)}" if row.attribution else ""
    return f"{row.modality.value} {ONTOLOGY.actions[row.action].type} {sides}{said}"


def finding(phenomenon: str, sentence: str, expect: str) -> Finding:
    """Compare what is read in a sentence with what is to be read."""
    rows, wanted = read(sentence), expected(expect)
    missing = [
        part for part in expect.split("; ") for one in expected(part) if one.modality != "?" and not any(one.fits(row) for row in rows)
    ]
    unreal = [short(row) for row in rows if row.modality is Modality.ASSERTED and not any(one.fits(row) for one in wanted)]
    return Finding(phenomenon, sentence, tuple(missing), tuple(unreal))


@lru_cache(maxsize=1)
def findings() -> tuple[Finding, ...]:
    """All sentences, compared once."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return tuple(finding(**row) for row in csv.DictReader(file))


def told(amiss: Iterable[Finding]) -> str:
    """What is amiss, by phenomenon, most frequent first."""
    found = list(amiss)
    counts = Counter(one.phenomenon for one in found)
    blocks = [
        "\n".join([f"{phenomenon} ({count})", *(str(one) for one in found if one.phenomenon == phenomenon)])
        for phenomenon, count in counts.most_common()
    ]
    return "\n".join(["", *blocks, f"{len(found)} of {len(findings())} amiss"])


def test_nothing_unreal_is_asserted():
    amiss = [one for one in findings() if one.unreal]

    assert not amiss, told(amiss)


def test_nearly_all_is_read():
    amiss = [one for one in findings() if one.missing or one.unreal]

    assert len(amiss) <= (1 - RIGHT) * len(findings()), told(amiss)
