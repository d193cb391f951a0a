"""Composes the stages: read, merge, write, add, remove; the face of the package.

    articles -> documents -> sentences -> statements -> events -> graph, tables, page, store

``reading`` reads articles, in as many processes as wanted, and ``cache`` keeps what was read; ``graph`` is what comes of it;
``writing`` and ``folder`` put it on the disk in one step, ``opening`` brings it back.
"""

from pathlib import Path

from kg.build.amending import add_articles, remove_articles
from kg.build.asking import store_folder
from kg.build.folder import OUTPUTS, reserved
from kg.build.graph import Graph
from kg.build.knowledge import Knowledge, knowledge_of, meant_by, read_articles, read_question
from kg.build.ledger import Removed, read_ledger
from kg.build.opening import open_graph
from kg.build.reading import Paths, Progress, Reader, read_corpus
from kg.build.texts import actors_in, extract, rows_of
from kg.documents import Intake
from kg.graph import BASE
from kg.sentences import load_pipeline

__all__ = [
    "OUTPUTS",
    "Graph",
    "Intake",
    "Removed",
    "actors_in",
    "add_articles",
    "build",
    "extract",
    "knowledge_of",
    "meant_by",
    "open_graph",
    "read_articles",
    "read_ledger",
    "read_question",
    "remove_articles",
    "reserved",
    "rows_of",
    "store_folder",
]


def build(
    *paths: Paths,
    ontology: Knowledge = None,
    base: str = BASE,
    parser: str = "",
    jobs: int = 1,
    cache: Path | str | None = None,
    progress: Progress | None = None,
    intake: Intake | None = None,
) -> Graph:
    """Read articles and say what they say. Raises DataError for a path or a parser that is not there.

    ``parser`` names a spaCy pipeline, installed or by path, that is to parse instead of our own; ``ontology`` one or
    more folders whose tables lie over ours, or stand for ours if they hold an ``actions.ttl`` too.
    ``jobs`` processes read (a script needs the usual ``if __name__ == "__main__"`` for more than one);
    ``cache`` is a folder that keeps what was read for the next time; ``intake`` says what is too large, or not English, to be read.
    Articles that cannot be read are the graph's ``problems``; the others are all kept.
    """
    knowledge = knowledge_of(ontology)
    pipeline = load_pipeline(parser) if parser else None
    reader = Reader((knowledge.folder, *knowledge.layers), parser, Path(cache) if cache else None, jobs, intake)
    corpus = read_corpus(paths, reader, progress=progress)
    name = f"{pipeline.name} {pipeline.version}" if pipeline else ""
    rows = knowledge.corrections.rows
    return Graph(corpus.documents, corpus.counts, corpus.statements, knowledge, corpus.problems, base, parser=name, corrections=rows)
