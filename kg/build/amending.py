"""Changes a build where it stands: only what the articles that come or go speak of is written anew.

What comes of it is, byte for byte, what a build of all the articles would write. The work for one article is to copy the files.
"""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

from kg import tables
from kg.build.changing import Change, changed
from kg.build.description import write_description
from kg.build.folder import replace_folder
from kg.build.knowledge import Knowledge, checksum, knowledge_of
from kg.build.ledger import REPLACED, WITHDRAWN, Removed, taken_out, write_ledger
from kg.build.manifest import MANIFEST, read_manifest, refuse_damaged, refuse_other_settings, write_manifest
from kg.build.page import outline_of, page_of
from kg.build.reading import Corpus, Paths, Progress, Reader, read_corpus, refuse_unknown, sorted_problems
from kg.build.records import amended_conflicts, amended_documents, amended_events, amended_statements, amended_turtle
from kg.build.splicing import records_of
from kg.build.written import read_statements_in, read_written
from kg.documents import Intake
from kg.graph import Writer
from kg.model import DataError, Document, Modality, Problem, Statement
from kg.ontology import Ontology
from kg.store import amend, copy_store, load
from kg.views import choose

NOTHING = Corpus((), {}, ())
READ = ("graph.ttl", "statements.csv", "statements.jsonl", "documents.jsonl", "events.csv", "conflicts.csv")
"""What a change goes on with, and must not carry on if it is damaged."""


@dataclass(frozen=True)
class Amended:
    """What came of a change: how much there is now, new problems, what was taken out."""

    counts: dict[str, Any]
    problems: tuple[Problem, ...]
    removed: tuple[Removed, ...]


def add_articles(
    out: Path,
    *paths: Paths,
    replace: bool = False,
    ontology: Knowledge = None,
    parser: str = "",
    jobs: int = 1,
    cache: Path | str | None = None,
    progress: Progress | None = None,
    intake: Intake | None = None,
) -> Amended:
    """Add articles to the build in a folder, which is ``reserved``. Raises DataError. Arguments are as for ``Graph.add``."""
    knowledge = knowledge_of(ontology)
    manifest = _manifest(out)
    refuse_other_settings(out, knowledge, manifest["parser"], parser)
    refuse_damaged(out, manifest, *READ)
    with _undamaged(out):
        documents, counts = tables.read_documents_jsonl(out / "documents.jsonl")
    known = {document.id: document for document in documents}
    reader = Reader((knowledge.folder, *knowledge.layers), parser, Path(cache) if cache else None, jobs, intake)
    corpus = read_corpus(paths, reader, known={} if replace else known, progress=progress)
    gone = {document.id: REPLACED for document in corpus.documents if document.id in known}
    gone |= {id: WITHDRAWN for id in corpus.withdrawn if id in known}
    return _amend(out, corpus, gone, documents, counts, manifest, knowledge)


def remove_articles(out: Path, *ids: str, why: str = "", ontology: Knowledge = None) -> Amended:
    """Take articles out of the build in a folder, which is ``reserved``, by their ids. Raises DataError."""
    knowledge = knowledge_of(ontology)
    manifest = _manifest(out)
    refuse_other_settings(out, knowledge)
    refuse_damaged(out, manifest, *READ)
    with _undamaged(out):
        documents, counts = tables.read_documents_jsonl(out / "documents.jsonl")
    refuse_unknown(ids, {document.id for document in documents})
    return _amend(out, NOTHING, dict.fromkeys(ids, why), documents, counts, manifest, knowledge)


def _manifest(out: Path) -> dict[str, Any]:
    if not (out / MANIFEST).is_file():
        raise DataError(f"{out}: there is no graph here.\nBuild one: kg build PATH… --out {out}")
    with _undamaged(out):
        manifest = read_manifest(out)
        missing = {"kg", "parser", "ontology", "settings", "inputs", "counts", "problems"} - manifest.keys()
        if missing:
            raise ValueError(f"{MANIFEST} lacks {', '.join(sorted(missing))}")
    return manifest


@contextmanager
def _undamaged(out: Path) -> Iterator[None]:
    """Say of files that cannot be understood that the graph is damaged."""
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(
            f"{out}: the graph is damaged ({type(error).__name__}: {error}).\nBuild it again: kg build PATH… --out {out}"
        ) from error


def _amend(
    out: Path,
    come: Corpus,
    gone: Mapping[str, str],
    before: Sequence[Document],
    counts: Mapping[str, int],
    manifest: Mapping[str, Any],
    ontology: Ontology,
) -> Amended:
    """Let some articles come and others go; ``gone`` tells why, ``before`` and ``counts`` are the articles there are."""
    documents = sorted([*(document for document in before if document.id not in gone), *come.documents], key=attrgetter("id"))
    sentences = {**counts, **come.counts}
    known = {Problem(**problem) for problem in manifest["problems"]}
    problems = sorted_problems([*known, *come.problems])
    removed = taken_out(before, gone, come.documents)

    def write(folder: Path) -> None:
        with _undamaged(out):
            change = changed(read_written(out / "statements.jsonl", ontology), documents, come, frozenset(gone), ontology)
            rows = _write_tables(change, out, folder, sentences, ontology, with_text=manifest["settings"]["text"])
            _write_graph(change, out, folder, rows, Writer(manifest["settings"]["base"], ontology))
            _write_page(change, folder, rows, documents, ontology)
        write_description(folder, manifest["settings"]["base"], ontology)
        noted = {
            "inputs": {document.id: document.sha256 for document in documents},
            "outputs": {path.name: checksum(path) for path in sorted(folder.iterdir()) if path.is_file()},
            "counts": _counted(manifest["counts"], change, rows)
            | {"articles": len(documents), "sentences": sum(sentences[one.id] for one in documents), "problems": len(problems)},
            "problems": [{"where": problem.where, "reason": problem.reason} for problem in problems],
        }
        write_manifest(folder, {**manifest, **noted})
        write_ledger(removed, documents, out, folder)

    replace_folder(out, write)
    return Amended(read_manifest(out)["counts"], tuple(problem for problem in problems if problem not in known), removed)


def _write_tables(
    change: Change, out: Path, folder: Path, sentences: Mapping[str, int], ontology: Ontology, *, with_text: bool
) -> list[tables.Row]:
    """Write the tables, and return the rows of the events."""
    cells, lines = amended_statements(change, (out / "statements.csv").read_bytes(), ontology.actions)
    events = amended_events(change, (out / "events.csv").read_bytes(), ontology.actions)
    articles = amended_documents(change, (out / "documents.jsonl").read_bytes(), sentences, with_text=with_text)
    (folder / "statements.csv").write_bytes(cells)
    (folder / "statements.jsonl").write_bytes(lines)
    (folder / "events.csv").write_bytes(events)
    (folder / "documents.jsonl").write_bytes(articles)
    (folder / "conflicts.csv").write_bytes(amended_conflicts(change, (out / "conflicts.csv").read_bytes()))
    return list(tables.rows_from(record.decode() for record in records_of(events)))


def _write_graph(change: Change, out: Path, folder: Path, rows: Sequence[tables.Row], writer: Writer) -> None:
    turtle, (before, after) = amended_turtle(change, (out / "graph.ttl").read_bytes(), rows, writer)
    (folder / "graph.ttl").write_bytes(turtle)
    try:
        copy_store(out / "store", folder / "store")
        amend(folder / "store", before, after)
    except (OSError, RuntimeError):  # it was missing or broken; the graph is whole
        shutil.rmtree(folder / "store", ignore_errors=True)
        load(folder / "store", folder / "graph.ttl")


def _write_page(change: Change, folder: Path, rows: Sequence[tables.Row], documents: Sequence[Document], ontology: Ontology) -> None:
    chosen = choose(map(outline_of, rows))
    kept = set(chosen.events)
    said: dict[str, list[Statement]] = {}
    lines = {line.id: line.event for line in change.others if line.event in kept}
    events = lines | change.after.event_of
    read = read_statements_in(line for line in change.others if line.id in lines)
    for id, statement in (*read.items(), *change.after.statements.items()):
        said.setdefault(events[id], []).append(statement)
    page = page_of([row for row in rows if row["id"] in kept], said, documents, ontology, chosen)
    (folder / "network.html").write_text(page, encoding="utf-8", newline="\n")


def _counted(counts: Mapping[str, Any], change: Change, rows: Iterable[tables.Row]) -> dict[str, Any]:
    """How many statements, events and actors there are."""
    said = Counter(counts["statements"])
    said.subtract(statement.modality.value for statement in change.before.statements.values())
    said.update(statement.modality.value for statement in change.after.statements.values())
    happened = [row["modality"] == Modality.ASSERTED for row in rows]
    actors = {side for row in rows for side in (row["actor"], row["target"]) if side}
    return {
        **counts,
        "statements": {modality.value: said[modality.value] for modality in Modality},
        "events": len(happened),
        "events asserted": sum(happened),
        "actors": len(actors),
    }
