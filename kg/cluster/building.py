"""Builds with Spark, and changes such a build.

    articles -> lots that are read (``lots``) -> what counts of them (``state``) -> parts (``parts``) -> build.json (``manifest``)

The rows and triples are those that one machine would write of the same articles. What is read lies in the folder too: a
build that failed goes on where it was, and a change merges no more than the buckets that it touches.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.build.cache import name_of, open_cache
from kg.build.knowledge import Knowledge, knowledge_of
from kg.build.ledger import LEDGER, REPLACED, WITHDRAWN, Removed
from kg.build.manifest import parser_of
from kg.build.reading import Reader, refuse_known, refuse_unknown, sorted_problems
from kg.cluster.files import Files, uri_of
from kg.cluster.inputs import Input, Lot, inputs_in, lots_of
from kg.cluster.lots import Reading, ranks_of, read_lots
from kg.cluster.manifest import READ, changeable, commit, counted, manifest_at, manifest_of, state_of
from kg.cluster.merging import Merging
from kg.cluster.parts import (
    BUSY,
    COLUMNS,
    DOCUMENTS,
    GRAPH,
    Output,
    Outputs,
    blocks_in,
    buckets_for,
    in_buckets,
    merged,
    unit_of,
    write_documents,
    write_once,
    write_told,
)
from kg.cluster.session import master_of, spark_at
from kg.cluster.state import Article, State, duplicates, told_problems
from kg.documents import Intake
from kg.graph import BASE, prefixes
from kg.model import DataError, Document, Problem
from kg.ontology import Ontology
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
    reader = Reader((ontology.folder, *ontology.layers), parser, intake=intake)
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
        return _finished(work, state, outputs, problems, noted | {"inputs": inputs_noted}, ())


def add_parts(
    out: Path | str,
    *paths: Path | str,
    engine: str = "spark",
    replace: bool = False,
    ontology: Knowledge = None,
    parser: str = "",
    intake: Intake | None = None,
    progress: Callable[[Lot], None] = lambda lot: None,
    busy: int = BUSY,
) -> Built:
    """Add articles to a build in parts: the same as if they had been there from the start. Raises DataError."""
    with spark_at(master_of(engine)) as spark:
        work, manifest = _work_on(spark, uri_of(out), ontology, parser, intake, busy)
        before = state_of(manifest, work.to)
        come, inputs, problems = work.read(paths, progress, manifest["generation"])
        double = list(duplicates(come, ranks_of(inputs)))
        come |= (article.place for article, _ in double)
        withdrawn = come.withdrawn()
        come |= (article.place for article in come.found(withdrawn))
        known = before.found(row.id for row in come.articles.select("id").collect())
        if known and not replace:
            refuse_known(_document(come, known[0].id), {known[0].id: _document(before, known[0].id)})
        taken = before.found(withdrawn)
        problems = told_problems(come, double, {one.uri: one.shown for one in inputs}, problems)
        why = {one.id: REPLACED for one in known} | {one.id: WITHDRAWN for one in taken}
        noted = {one.shown: [one.found.size, one.found.changed] for one in inputs}
        return _changed(work, manifest, before, [*known, *taken], why, come, problems, noted)


def remove_parts(out: Path | str, *ids: str, why: str = "", engine: str = "spark", ontology: Knowledge = None, busy: int = BUSY) -> Built:
    """Take articles out of a build in parts, by their ids: the same as if they had never been there. Raises DataError."""
    with spark_at(master_of(engine)) as spark:
        work, manifest = _work_on(spark, uri_of(out), ontology, None, None, busy)
        before = state_of(manifest, work.to)
        gone = before.found(ids)
        if {one.id for one in gone} != set(ids):
            refuse_unknown(ids, {row.id for row in before.articles.select("id").collect()})
        nothing = State(spark, before.folder, ())
        return _changed(work, manifest, before, gone, dict.fromkeys(ids, why), nothing, [], {})


def _work_on(
    spark: "SparkSession", out: str, knowledge: Knowledge, parser: str | None, intake: Intake | None, busy: int
) -> tuple[Work, dict[str, Any]]:
    manifest = changeable(out, Files(spark), knowledge_of(knowledge), parser)
    base, generation = manifest["settings"]["base"], manifest["generation"] + 1
    return work_at(spark, out, generation, knowledge, parser or "", intake, base, busy), manifest


def _changed(
    work: Work,
    manifest: dict[str, Any],
    before: State,
    gone: Sequence[Article],
    why: Mapping[str, str],
    come: State,
    problems: Sequence[Problem],
    inputs: Mapping[str, Any],
) -> Built:
    """Write anew the buckets that articles touch which come or go, and the lots that they stand in."""
    settings, outputs = manifest["settings"], dict(manifest["outputs"])
    left = before | (article.place for article in gone)
    state = State(before.spark, before.folder, (*before.lots, *come.lots), left.left | come.left)
    leaving = State(before.spark, before.folder, tuple(sorted({one.lot for one in gone})), before.left)
    touched: set[str] = set()
    for some, ids in ((leaving, {one.id for one in gone}), (come, None)):
        statements = blocks_in(some, work.ontology)
        if ids is not None:
            names = before.spark.createDataFrame([(id,) for id in sorted(ids)], "id string")
            statements = statements.join(names.hint("broadcast"), "id", "left_semi")
        touched |= {row.unit for row in in_buckets(statements, settings["buckets"]).select("unit").distinct().collect()}
    lots = {*leaving.lots, *come.lots}
    kept = {part: checksum for part, checksum in outputs.items() if not _goes(part, touched, lots)}
    fresh = work.written(state, settings["buckets"], touched)
    fresh |= write_documents(state, sorted(lots), work.how, work.to, with_text=settings["text"])
    known = {Problem(**problem) for problem in manifest["problems"]}
    told = sorted_problems([*known, *problems])
    removed = _taken_out(before, gone, why, come)
    noted = {name: manifest[name] for name in ("parser", "settings")} | {"generation": work.to.generation}
    done = _finished(work, state, kept | fresh, list(told), noted | {"inputs": manifest["inputs"] | dict(inputs)}, removed)
    return Built(done.counts, tuple(problem for problem in told if problem not in known), removed)


def _goes(part: str, touched: set[str], lots: set[str]) -> bool:
    """Whether a part is of a bucket or a lot that is written anew, or of what is told once."""
    table, unit = part.partition("/")[0], unit_of(part)
    if table == DOCUMENTS:
        return unit in lots
    if unit.startswith("documents-"):
        return unit.removeprefix("documents-") in lots
    return unit.partition("-")[0] in touched or (table == GRAPH and not unit[:1].isdigit())


def _taken_out(before: State, gone: Sequence[Article], why: Mapping[str, str], come: State) -> tuple[Removed, ...]:
    """What goes, each with the checksum of its file; what comes again from the same file was never gone."""

    def checksums(state: State, ids: Iterable[str]) -> dict[str, str]:
        wanted = state.spark.createDataFrame([(id,) for id in sorted(set(ids))], "id string")
        rows = state.articles.join(wanted.hint("broadcast"), "id", "left_semi")
        return {row[0]: row[1] or "" for row in rows.selectExpr("id", "get_json_object(line, '$.sha256')").collect()}

    ids = {one.id for one in gone}
    again = checksums(come, ids) if come.lots else {}
    told = checksums(before, ids)
    return tuple(Removed(id, told[id], why[id]) for id in sorted(ids) if again.get(id) != told[id])


def _document(state: State, id: str) -> Document:
    """An article, as far as an error tells of it."""
    wanted = state.spark.createDataFrame([(id,)], "id string")
    [row] = state.articles.join(wanted, "id", "left_semi").selectExpr("from_json(line, 'title string, sha256 string') row").collect()
    return Document(id, "", (), title=row[0].title or "", sha256=row[0].sha256 or "")


def _finished(
    work: Work, state: State, outputs: Outputs, problems: list[Problem], noted: Mapping[str, Any], removed: Sequence[Removed]
) -> Built:
    """Write what the graph says once, the list of what was removed, and then the manifest."""
    outputs = outputs | write_once(outputs, work.ontology, work.how, work.to)
    counts = counted(outputs, work.to, len(problems))
    if removed:
        ledger = f"{work.to.folder}/{LEDGER}"
        old = work.to.files.read(ledger) if work.to.files.found(ledger) else ""
        work.to.files.write(ledger, old + as_jsonl(asdict(one) for one in removed))
    told = manifest_of(state, outputs, work.ontology, problems, work.ontology.corrections.rows)
    commit(told | dict(noted) | {"counts": counts}, work.to)
    return Built(counts, tuple(problems), tuple(removed))


__all__ = ["COLUMNS", "Built", "add_parts", "build_parts", "remove_parts"]
