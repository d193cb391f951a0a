"""What was read, as Spark has it: articles, statements and problems, without those articles that do not count.

An article does not count if another one has its id, if its publisher or the user has taken it back, or if another version came.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import TYPE_CHECKING

from kg.cluster.reading import ARTICLE, COLUMNS, PROBLEM, STATEMENT
from kg.documents import Found, settled
from kg.model import Problem

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

LEFT = "lot string, file string, number long"

Place = tuple[str, str, int]
"""Where an article was found: its lot, its file, which one it is in it."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article, as far as it matters whether it counts."""

    lot: str
    file: str
    number: int
    id: str
    at: str

    @property
    def place(self) -> Place:
        """Where it was found."""
        return self.lot, self.file, self.number


@dataclass(frozen=True)
class State:
    """What was read: the lots in a folder that count, and where the articles stand that do not."""

    spark: "SparkSession"
    folder: str
    lots: tuple[str, ...]
    left: frozenset[Place] = frozenset()

    @property
    def rows(self) -> "DataFrame":
        """Everything, also what does not count."""
        if not self.lots:
            return self.spark.createDataFrame([], COLUMNS)
        return self.spark.read.schema(COLUMNS).parquet(*(f"{self.folder}/{lot}" for lot in self.lots))

    @property
    def articles(self) -> "DataFrame":
        """The articles."""
        return self._counting(self.rows.where(f"kind = '{ARTICLE}'"))

    @property
    def statements(self) -> "DataFrame":
        """The statements; ``at`` is the id of each."""
        return self._counting(self.rows.where(f"kind = '{STATEMENT}'"))

    def _counting(self, rows: "DataFrame") -> "DataFrame":
        if not self.left:
            return rows
        left = self.spark.createDataFrame(sorted(self.left), LEFT)
        return rows.join(left.hint("broadcast"), ["lot", "file", "number"], "left_anti")

    def found(self, ids: Iterable[str]) -> list[Article]:
        """The articles that have one of these ids."""
        wanted = self.spark.createDataFrame([(id,) for id in sorted(set(ids))], "id string")
        return _articles(self.articles.join(wanted.hint("broadcast"), "id", "left_semi"))

    def checksums(self, ids: Iterable[str]) -> dict[str, str]:
        """The checksums of the files of articles, by the ids of these."""
        wanted = self.spark.createDataFrame([(id,) for id in sorted(set(ids))], "id string")
        rows = self.articles.join(wanted.hint("broadcast"), "id", "left_semi")
        return {row[0]: row[1] or "" for row in rows.selectExpr("id", "get_json_object(line, '$.sha256')").collect()}

    def withdrawn(self) -> set[str]:
        """The ids that publishers take back."""
        return {row.id for row in self.rows.where(f"kind = '{PROBLEM}' and id <> ''").select("id").distinct().collect()}

    def __or__(self, places: Iterable[Place]) -> "State":
        """The same without some more articles."""
        return replace(self, left=self.left | set(places))


def _articles(rows: "DataFrame") -> list[Article]:
    return [Article(*row) for row in rows.select("lot", "file", "number", "id", "at").collect()]


def duplicates(state: State, ranks: Mapping[str, int]) -> Iterator[tuple[Article, Problem]]:
    """The articles whose id another one before them has, each with what is said of it."""
    many = state.articles.groupBy("id").count().where("count > 1").select("id")
    again = _articles(state.articles.join(many, "id", "left_semi"))
    for id, several in groupby(sorted(again, key=lambda one: (one.id, ranks[one.file], one.number)), key=lambda one: one.id):
        first, *others = several
        for other in others:
            yield other, Problem(other.at, f"duplicate id {id!r}, already given by {first.at}; this one is left out")


def told_problems(
    state: State, double: Iterable[tuple[Article, Problem]], shown: Mapping[str, str], others: Sequence[Problem]
) -> list[Problem]:
    """The problems of reading, of each file no more than are named on one machine; ``shown`` is how each file is called."""
    rows = state.rows.where(f"kind = '{PROBLEM}'").select("file", "number", "line").repartition(1).toLocalIterator()
    read = ((row.file, row.number, Problem(*json.loads(row.line))) for row in rows)
    again = ((article.file, article.number, problem) for article, problem in double)
    ordered = sorted(chain(read, again), key=lambda one: (one[0], one[1]))
    named = settled((Found(shown[file], problem.where, problem), None) for file, _, problem in ordered)
    return [*others, *(found.item for found, _ in named if isinstance(found.item, Problem))]
