"""Reads what makes two statements one event: the table of weights, and what a user has decided, which goes before it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path

from kg.model import DataError, Decision
from kg.ontology.tables import known, rows_of

NEVER_ONE = "never"  # the weight of what keeps two statements apart, whatever else agrees
APART, ONE = "apart", "same"
KINDS = frozenset({APART, ONE})
SIDE = frozenset({"same", "part", "missing", "neither", "common", "other"})
FEATURES: Mapping[str, frozenset[str]] = {
    "action": frozenset({"same", "broader", "other"}),
    "actor": SIDE,
    "date": frozenset({"same", "within", "wide", "overlap", "undated", "spoken", "other"}),
    "limit": frozenset({"copies", "days", "factor", "near", "score", "sentence"}),
    "modality": frozenset({"same", "denied", "unrealised"}),
    "place": frozenset({"same", "land", "within", "unknown", "other"}),
    "quantity": frozenset({"fits", "none", "differs", "far"}),
    "target": SIDE,
}
LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class Weight:
    """A row of ``weights.csv``: what it counts if ``feature`` comes out as ``value``, as it does for ``one`` and ``other``.

    Without a weight it keeps the two apart.
    """

    feature: str
    value: str
    weight: float | None
    one: str = ""
    other: str = ""


@dataclass(frozen=True)
class Identity:
    """When statements are one event: the weights, and the rows of ``merges.csv``."""

    weights: Mapping[tuple[str, str], Weight]
    decisions: tuple[Decision, ...] = ()
    vetoes: frozenset[frozenset[str]] = field(default=frozenset())

    def weight(self, feature: str, value: str) -> float | None:
        """What it counts if a feature comes out so; nothing if that keeps two statements apart."""
        return self.weights[feature, value].weight

    def limit(self, name: str) -> float:
        """One of the numbers that are no weights."""
        return self.weights[LIMIT, name].weight or 0


def identity_of(weights: Iterable[Weight], decisions: Iterable[Decision]) -> Identity:
    """Put together what was read; the later of two weights counts. Raises DataError for decisions that contradict each other."""
    rows = tuple(decisions)
    groups = bound(rows)
    for row in rows:
        if row.kind == APART and (row.one == row.other or (row.one in groups and groups[row.one] == groups.get(row.other))):
            raise DataError(f"{row.where}: {row.one} and {row.other} are apart here, and one by other rows.\nTake one of the rows out.")
    vetoes = frozenset(frozenset({row.one, row.other}) for row in rows if row.kind == APART)
    return Identity({(row.feature, row.value): row for row in weights}, rows, vetoes)


def bound(decisions: Iterable[Decision]) -> dict[str, str]:
    """The statements that decisions make one, each with the name of its group: the first identifier in it."""
    groups: dict[str, set[str]] = {}
    for row in decisions:
        if row.kind == ONE:
            joined = groups.get(row.one, {row.one}) | groups.get(row.other, {row.other})
            groups |= dict.fromkeys(joined, joined)
    return {name: min(group) for name, group in groups.items()}


def read_identity(weights: Iterable[Path], decisions: Iterable[Path]) -> Identity:
    """Read the weights, those of a later layer over ours, and the decisions of all layers. Raises DataError."""
    paths = list(weights)
    rows = {(row.feature, row.value): row for path in paths for row in read_weights(path)}
    missing = sorted({(name, value) for name, values in FEATURES.items() for value in values} - set(rows))
    if missing:
        raise DataError(f"{paths[0]}: no row for {' '.join(missing[0])}.\nEvery value of every feature needs its weight, or {NEVER_ONE}.")
    return identity_of(rows.values(), [row for path in decisions for row in read_decisions(path)])


def read_weights(path: Path) -> Iterator[Weight]:
    """Read what each feature counts. Raises DataError."""
    seen: dict[tuple[str, str], str] = {}
    for where, row in rows_of(path, ("feature", "value", "weight", "one", "other")):
        known(where, "feature", row["feature"], frozenset(FEATURES))
        known(where, "value", row["value"], FEATURES[row["feature"]])
        name = row["feature"], row["value"]
        if name in seen:
            raise DataError(f"{where}: {' '.join(name)} stands here a second time, as in {seen[name]}.\nJoin the two rows.")
        seen[name] = where
        yield Weight(*name, _number(where, row), row["one"], row["other"])


def _number(where: str, row: Mapping[str, str]) -> float | None:
    if row["weight"] == NEVER_ONE and row["feature"] != LIMIT:
        return None
    with suppress(ValueError):
        if isfinite(weight := float(row["weight"])):
            return weight
    raise DataError(f"{where}: the weight {row['weight']!r} is no number.\nWrite one, such as 2 or -0.5, or {NEVER_ONE}.")


def read_decisions(path: Path) -> Iterator[Decision]:
    """Read which statements a user has found to be one event, or two. Raises DataError."""
    for where, row in rows_of(path, ("kind", "one", "other", "reason")):
        known(where, "kind", row["kind"], KINDS)
        for column in ("one", "other"):
            if not row[column].removeprefix("statement:"):
                raise DataError(f"{where}: nothing in the column {column}.\nWrite the id of a statement, as in statements.csv.")
        one, other = (f"statement:{row[column].removeprefix('statement:')}" for column in ("one", "other"))
        yield Decision(row["kind"], one, other, row["reason"], f"{path.parent.name}/{path.name}:{where.rsplit(':', 1)[-1]}")
