"""Changes a build in parts: what articles say that come or go is merged anew, bucket by bucket, and the other parts stay."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.build.knowledge import Knowledge, knowledge_of
from kg.build.ledger import REPLACED, WITHDRAWN, Removed
from kg.build.reading import refuse_known, refuse_unknown, sorted_problems
from kg.cluster.building import Built, Work, finished, work_at
from kg.cluster.files import Files, uri_of
from kg.cluster.inputs import Lot
from kg.cluster.lots import ranks_of
from kg.cluster.manifest import changeable, state_of
from kg.cluster.merging import GRAPH
from kg.cluster.parts import BUSY, DOCUMENTS, bucket_of, concerned, unit_of, wholes_in, write_documents
from kg.cluster.session import master_of, spark_at
from kg.cluster.state import Article, State, duplicates, told_problems
from kg.documents import Intake
from kg.model import Document, Problem

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


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
    names = before.spark.createDataFrame([(one.id,) for one in gone], "id string")
    said = leaving.statements.join(names.hint("broadcast"), "id", "left_semi").select("block").union(come.statements.select("block"))
    wholes = (wholes_in(before, work.ontology), wholes_in(state, work.ontology))
    blocks = concerned((row.block for row in said.distinct().collect()), *wholes)
    touched = {bucket_of(block, settings["buckets"]) for block in blocks}
    lots = {*leaving.lots, *come.lots}
    kept = {part: checksum for part, checksum in outputs.items() if not _goes(part, touched, lots)}
    fresh = work.written(state, settings["buckets"], touched)
    fresh |= write_documents(state, sorted(lots), work.how, work.to, with_text=settings["text"])
    known = {Problem(**problem) for problem in manifest["problems"]}
    told = sorted_problems([*known, *problems])
    removed = _taken_out(before, gone, why, come)
    noted = {name: manifest[name] for name in ("parser", "settings")} | {"generation": work.to.generation}
    done = finished(work, state, kept | fresh, list(told), noted | {"inputs": manifest["inputs"] | dict(inputs)}, removed)
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
    ids = {one.id for one in gone}
    again = come.checksums(ids) if come.lots else {}
    told = before.checksums(ids)
    return tuple(Removed(id, told[id], why[id]) for id in sorted(ids) if again.get(id) != told[id])


def _document(state: State, id: str) -> Document:
    """An article, as far as an error tells of it."""
    wanted = state.spark.createDataFrame([(id,)], "id string")
    [row] = state.articles.join(wanted, "id", "left_semi").selectExpr("from_json(line, 'title string, sha256 string') row").collect()
    return Document(id, "", (), title=row[0].title or "", sha256=row[0].sha256 or "")
