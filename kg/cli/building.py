"""``kg build``, ``kg add`` and ``kg remove``: a graph of articles, and what becomes of it when they come and go."""

import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from kg.build import Graph, Intake, add_articles, knowledge_of, remove_articles, reserved
from kg.build import build as build_graph
from kg.cli.clustering import (
    add_with_spark,
    anywhere_option,
    build_with_spark,
    count,
    engine_of,
    engine_option,
    remove_with_spark,
)
from kg.cli.extracting import ontology_option, parser_option
from kg.cli.terminal import Command, complain, many, progress, remark
from kg.graph import BASE
from kg.model import DataError, Document, Problem

CACHE = ".kg-cache"
MEGABYTE = 1_000_000  # bytes

out_option = click.option("--out", type=click.Path(path_type=Path), default="out", show_default=True, help="Folder of the graph.")
strict_option = click.option("--strict", is_flag=True, help="Exit with status 1 if any article could not be read.")


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of commands that read many articles."""
    jobs = click.option("--jobs", type=click.IntRange(1), help="Processes that read; as many as there are cores if not given.")
    cache = click.option("--cache", type=click.Path(path_type=Path), help=f"Folder that keeps what was read; {CACHE} beside the graph.")
    no_cache = click.option("--no-cache", is_flag=True, help="Keep nothing, and read everything anew.")
    return jobs(cache(no_cache(intake_options(ontology_option(parser_option(command))))))


def intake_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what is read at all."""
    usual = Intake()
    file = click.option(
        "--largest-file",
        type=click.FloatRange(0, min_open=True),
        default=usual.largest_file / MEGABYTE,
        show_default=True,
        metavar="MB",
        help="Leave out text files, pages, ninjs files and lines of JSON Lines that are larger.",
    )
    article = click.option(
        "--longest-article",
        type=click.IntRange(1),
        default=usual.longest_article,
        show_default=True,
        metavar="CHARACTERS",
        help="Leave out articles that are longer.",
    )
    language = click.option("--any-language", is_flag=True, help="Read articles even if they seem not to be English.")
    return file(article(language(command)))


def reading(
    out: Path,
    *,
    jobs: int | None,
    cache: Path | None,
    no_cache: bool,
    largest_file: float,
    longest_article: int,
    any_language: bool,
    **others: Any,
) -> dict[str, Any]:
    """What these options mean; those of the tables and the parser mean themselves."""
    return {
        "jobs": jobs or cores(),
        "cache": None if no_cache else cache or out.absolute().parent / CACHE,
        "intake": Intake(int(largest_file * MEGABYTE), longest_article, any_language),
        **others,
    }


def new_cache(how: Mapping[str, Any]) -> Path | None:
    """The folder that will keep what is read, if there is none yet."""
    cache: Path | None = how["cache"]
    return cache if cache and not cache.exists() else None


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@click.command(cls=Command)
@click.argument("paths", nargs=-1, required=True)
@anywhere_option
@engine_option
@click.option("--base", default=BASE, help="Namespace of the graph's own identifiers.")
@click.option("--no-text", is_flag=True, help="Leave the articles' texts out of documents.jsonl.")
@strict_option
@click.option("--validate", is_flag=True, help="Check the graph against the shapes of the ontology.")
@reading_options
def build(
    paths: Sequence[str],
    out: str,
    engine: str,
    base: str,
    no_text: bool,
    strict: bool,
    validate: bool,
    ontology: Sequence[Path],
    **options: Any,
) -> None:
    """Read articles from PATHS and write the graph, its tables and its network page."""
    begun = time.monotonic()
    for clash in knowledge_of(ontology).clashes:
        complain(clash)
    if engine:
        build_with_spark(paths, out, engine, validate, strict, base=base, with_text=not no_text, ontology=ontology, **options)
    folder = Path(out)
    how = reading(folder, ontology=ontology, **options)
    new = new_cache(how)
    with reserved(folder):
        with progress() as step:
            graph = build_graph(*paths, base=base, progress=step, **how)
        if not graph.documents:
            for problem in graph.problems:
                complain(problem)
            raise DataError("No article could be read.\nThe graph was not written.")
        if validate:
            complaints = graph.validate()
            for complaint in complaints:
                remark(complaint)
            if complaints:
                raise DataError("The graph does not fit the shapes of the ontology.\nIt was not written.")
        graph.write(folder, with_text=not no_text)
    for problem in (*graph.problems, *idle_corrections(graph)):
        complain(problem)
    remark_undated(bool(document.published) for document in graph.documents)
    summarise(graph.summary(), folder, time.monotonic() - begun, new)
    sys.exit(1 if strict and graph.problems else 0)


@click.command(cls=Command)
@click.argument("paths", nargs=-1, required=True)
@anywhere_option
@engine_option
@click.option("--replace", is_flag=True, help="Take the new article where the graph has one of the same id.")
@strict_option
@reading_options
def add(
    paths: Sequence[str],
    out: str,
    engine: str,
    replace: bool,
    strict: bool,
    ontology: Sequence[Path],
    **options: Any,
) -> None:
    """Add the articles of PATHS to a graph: the same as if they had been there from the start."""
    begun = time.monotonic()
    if engine := engine or engine_of(out):
        add_with_spark(paths, out, engine, strict, replace=replace, ontology=ontology, **options)
    folder = Path(out)
    how = reading(folder, ontology=ontology, **options)
    new = new_cache(how)
    dated: list[bool] = []
    with reserved(folder), progress() as step:
        amended = add_articles(folder, *paths, replace=replace, progress=noting(step, dated), **how)
    for problem in amended.problems:
        complain(problem)
    for one in amended.removed:
        remark(f"{one.document}: {one.why}")
    remark_undated(dated)
    summarise(amended.counts, folder, time.monotonic() - begun, new)
    sys.exit(1 if strict and amended.problems else 0)


@click.command(cls=Command)
@click.argument("documents", metavar="DOCUMENT…", nargs=-1, required=True)
@anywhere_option
@engine_option
@click.option("--why", default="", help="Why, for removed.jsonl, which lists what was removed.")
@ontology_option
def remove(documents: Sequence[str], out: str, engine: str, why: str, ontology: Sequence[Path]) -> None:
    """Take articles out of a graph, by their ids: the same as if they had never been there."""
    begun = time.monotonic()
    if engine := engine or engine_of(out):
        remove_with_spark(documents, out, engine, why=why, ontology=ontology)
    folder = Path(out)
    with reserved(folder):
        amended = remove_articles(folder, *documents, why=why, ontology=ontology)
    summarise(amended.counts, folder, time.monotonic() - begun)


def idle_corrections(graph: Graph) -> list[Problem]:
    """The corrections of articles that are not there."""
    documents = {document.id for document in graph.documents}
    idle = (row for row in graph.corrections if row.document and row.document not in documents)
    advice = "the id is the name of the file with its ending, or the header's"
    return [Problem(row.where, f"no article has the id {row.document!r}; {advice}") for row in idle]


def noting(step: Callable[[Document], None], dated: list[bool]) -> Callable[[Document], None]:
    """A step of progress that also notes of each article whether it tells when it appeared."""

    def noted(document: Document) -> None:
        dated.append(bool(document.published))
        step(document)

    return noted


def remark_undated(dated: Iterable[bool]) -> None:
    """Say how many articles do not tell when they appeared: much in them has no date then, and nobody would know why."""
    if undated := sum(not known for known in dated):
        verb, those = ("tells", "it") if undated == 1 else ("tell", "them")
        remark(f"{many(undated, 'article')} {verb} no date of publication: “on Monday” in {those} may stay without a date.")
        remark("What has no date is not compared with what other articles tell, so no conflict with them is found.")
        remark("Begin such a file with a line date: YYYY-MM-DD and an empty line; kg query documents lists them last.")


def summarise(counts: Mapping[str, Any], out: Path, seconds: float, cache: Path | None = None) -> None:
    """Say what was built, which file to open, and which ``cache`` is new."""
    count(counts, seconds)
    if cache:
        remark(f"Kept what was read in {cache} for the next time; it may be deleted, and --no-cache keeps nothing")
    remark(f"Open {out / 'network.html'}")
