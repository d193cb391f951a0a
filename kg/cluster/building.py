"""Builds with Spark.

    articles -> lots that are read (``lots``) -> what counts of them (``state``) -> parts (``parts``) -> build.json (``manifest``)

The rows and triples are those that one machine would write of the same articles. What is read lies in the folder too, so a
build that failed goes on where it was.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.build.cache import name_of, open_cache
from kg.build.knowledge import Knowledge, knowledge_of
from kg.build.ledger import LEDGER, Removed, ledger_in, news
from kg.build.manifest import parser_of
from kg.build.reading import Reader, sorted_problems
from kg.cluster.files import Files, uri_of
from kg.cluster.inputs import Input, Lot, inputs_in, lots_of
from kg.cluster.lots import Reading, ranks_of, read_lots
from kg.cluster.manifest import READ, commit, counted, manifest_at, manifest_of
from kg.cluster.merging import Merging
from kg.cluster.parts import (
    BUSY,
    Output,
    Outputs,
    blocks_in,
    buckets_for,
    in_buckets,
    merged,
    write_documents,
    write_once,
    write_told,
)
from kg.cluster.session import master_of, spark_at
from kg.cluster.state import State, duplicates, told_problems
from kg.documents import Intake
from kg.graph import BASE, prefixes
from kg.model import DataError, Document, Problem
from kg.ontology import Ontology, ontology_folder
from kg.sentences import load_pipeline
from kg.tables import as_jsonl

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Paths = Sequence[Path | str]


@dataclass(frozen=True)
class Built:
    """What came of it: how much there is now, the new problems, and what was taken out."""

    counts: Mapping[str, Any]
    problems: tuple[Problem, ...]
    removed: tuple[Removed, ...] = ()


@dataclass(frozen=True)
class Work:
    """Where a build stands, with what it is read, and how it is merged."""

    to: Output
    reader: Reader
    ontology: Ontology
    how: Merging
    busy: int = BUSY

    def read(self, paths: Paths, progress: Callable[[Lot], None], again: int) -> tuple[State, list[Input], list[Problem]]:
        """Read articles; ``again`` counts how often the graph was changed, so that a file may come a second time."""
        found = list(inputs_in(paths, self.to.files, self.reader.intake or Intake()))
        inputs = [one for one in found if isinstance(one, Input)]
        pipeline = load_pipeline(self.reader.parser) if self.reader.parser else None
        cache = open_cache(Path(), self.ontology, pipeline)
        stamp = name_of(cache.parsing, cache.tables, *sorted(cache.rules.values()), repr(self.reader.intake), str(again))
        folder = f"{self.to.folder}/{READ}"
        lots = read_lots(lots_of(inputs, stamp), Reading(self.to.spark, self.reader, folder, progress))
        return State(self.to.spark, folder, tuple(lots)), inputs, [one for one in found if isinstance(one, Problem)]

    def written(self, state: State, buckets: int, touched: Iterable[str] | None = None) -> Outputs:
        """The parts of buckets, of all if it is not said which are touched."""
        statements = in_buckets(blocks_in(state, self.ontology), buckets)
        if touched is not None:
            units = sorted(touched)
            if not units:
                return {}
            some = self.to.spark.createDataFrame([(unit,) for unit in units], "unit string")
            statements = statements.join(some.hint("broadcast"), "unit", "left_semi")
        return write_told(merged(statements, self.how, busy=self.busy), self.to)


def work_at(
    spark: "SparkSession", out: str, generation: int, knowledge: Knowledge, parser: str, intake: Intake | None, base: str, busy: int
) -> Work:
    """What is needed to build in a folder. Raises DataError."""
    ontology = knowledge_of(knowledge)
    prefixes(base)
    whole = () if ontology.folder == ontology_folder() else (ontology.folder,)  # ours is in the package of every worker
    reader = Reader((*whole, *ontology.layers), parser, intake=intake)
    return Work(Output(spark, out, generation), reader, ontology, Merging(reader, base), busy)


def build_parts(
    *paths: Path | str,
    out: Path | str,
    engine: str = "spark",
    ontology: Knowledge = None,
    base: str = BASE,
    parser: str = "",
    intake: Intake | None = None,
    with_text: bool = True,
    progress: Callable[[Lot], None] = lambda lot: None,
    busy: int = BUSY,
) -> Built:
    """Read articles with Spark, and write their graph in parts into a folder, on any file system that it knows. Raises DataError.

    A build that was interrupted goes on where it was. Arguments are as for :func:`kg.build`; a block of more than
    ``busy`` statements is shared out.
    """
    with spark_at(master_of(engine)) as spark:
        folder = uri_of(out)
        generation = manifest_at(folder, Files(spark)).get("generation", 0) + 1
        work = work_at(spark, folder, generation, ontology, parser, intake, base, busy)
        state, inputs, problems = work.read(paths, progress, 0)
        double = list(duplicates(state, ranks_of(inputs)))
        state |= (article.place for article, _ in double)
        state |= (article.place for article in state.found(state.withdrawn()))
        problems = list(sorted_problems(told_problems(state, double, {one.uri: one.shown for one in inputs}, problems)))
        if not state.articles.head(1):
            raise DataError(
                "\n".join([f"{one.where}: {one.reason}" for one in problems] + ["No article could be read.\nThe graph was not written."])
            )
        buckets = buckets_for(state.statements.count(), spark.sparkContext.defaultParallelism)
        outputs = work.written(state, buckets) | write_documents(state, state.lots, work.how, work.to, with_text=with_text)
        settings = {"base": base, "text": with_text, "buckets": buckets}
        noted = {"parser": parser_of(parser), "settings": settings, "generation": generation}
        inputs_noted = {one.shown: [one.found.size, one.found.changed] for one in inputs}
        return finished(work, state, outputs, problems, noted | {"inputs": inputs_noted}, ())


def finished(
    work: Work, state: State, outputs: Outputs, problems: list[Problem], noted: Mapping[str, Any], removed: Sequence[Removed]
) -> Built:
    """Write what the graph says once, the list of what was removed, and then the manifest."""
    outputs = outputs | write_once(outputs, work.ontology, work.how, work.to)
    counts = counted(outputs, work.to, len(problems))
    ledger = f"{work.to.folder}/{LEDGER}"
    old = work.to.files.read(ledger) if work.to.files.found(ledger) else ""
    before = ledger_in(old)
    there = state.checksums(one.document for one in before) if before else {}
    new = news(before, removed, (Document(id, "", (), sha256=checksum) for id, checksum in there.items()))
    if new:
        work.to.files.write(ledger, old + as_jsonl(asdict(one) for one in new))
    told = manifest_of(state, outputs, work.ontology, problems, work.ontology.corrections.rows)
    commit(told | dict(noted) | {"counts": counts}, work.to)
    return Built(counts, tuple(problems), tuple(removed))
