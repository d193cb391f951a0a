"""``--engine spark``: the same commands on many machines. Spark is looked for only when somebody wants it."""

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from kg.build import Intake
from kg.cli.terminal import complain, many, remark
from kg.model import DataError

MEGABYTE = 1_000_000  # bytes

anywhere_option = click.option(
    "--out", default="out", show_default=True, metavar="PATH", help="Folder of the graph; for Spark also its URI."
)
engine_option = click.option(
    "--engine", default="", metavar="spark[:MASTER]", help="Let Apache Spark read and merge, on this machine or where MASTER is."
)


def engine_of(out: str) -> str:
    """The engine that a graph on this machine was built with; empty for none."""
    with suppress(OSError, ValueError, AttributeError):
        return str(json.loads(Path(out, "build.json").read_text(encoding="utf-8")).get("engine", ""))
    return ""


def build_with_spark(paths: Sequence[str], out: str, engine: str, validate: bool, strict: bool, **options: Any) -> NoReturn:
    """Build in parts, and end."""
    if validate:
        raise click.UsageError("--validate is for a graph that one machine builds.")
    _done("build_parts", *paths, out=out, engine=engine, strict=strict, **shared(**options))


def add_with_spark(paths: Sequence[str], out: str, engine: str, strict: bool, **options: Any) -> NoReturn:
    """Add to a build in parts, and end."""
    _done("add_parts", out, *paths, engine=engine, strict=strict, **shared(**options))


def remove_with_spark(documents: Sequence[str], out: str, engine: str, **options: Any) -> NoReturn:
    """Take articles out of a build in parts, and end."""
    _done("remove_parts", out, *documents, engine=engine, **options)


def shared(
    *,
    jobs: int | None,
    cache: Path | None,
    no_cache: bool,
    largest_file: float,
    longest_article: int,
    any_language: bool,
    **others: Any,
) -> dict[str, Any]:
    """What the options mean to Spark, which keeps what it read in its own way. Raises UsageError for those that it cannot heed."""
    if jobs or cache or no_cache:
        raise click.UsageError(
            "--jobs and --cache are for one machine: MASTER says how many read, and what they read is kept in the folder."
        )
    return {"intake": Intake(int(largest_file * MEGABYTE), longest_article, any_language), **others}


def _done(what: str, *arguments: str, strict: bool = False, **options: Any) -> NoReturn:
    """Do it, say what came of it, and end."""
    begun = time.monotonic()
    try:
        does: Callable[..., Any] = getattr(import_module("kg.cluster"), what)
    except ModuleNotFoundError as error:
        raise DataError(f"Spark is not installed ({error.name}).\nInstall it: pip install 'actor-kg[spark]'.") from error
    made = does(*arguments, **options)
    for problem in made.problems:
        complain(problem)
    for one in made.removed:
        remark(f"{one.document}: {one.why}")
    count(made.counts, time.monotonic() - begun)
    out = options.get("out", arguments[0] if arguments else "")
    remark(f"Publish it to a store that answers SPARQL: kg publish ENDPOINT --out {out}")
    sys.exit(1 if strict and made.problems else 0)


def count(counts: Mapping[str, Any], seconds: float) -> None:
    """Say how much there is, and how long it took."""
    said = ", ".join(f"{number} {modality}" for modality, number in counts["statements"].items())
    total = sum(counts["statements"].values())
    remark(f"{many(counts['articles'], 'article')}, {many(counts['sentences'], 'sentence')}")
    remark(f"{many(total, 'statement')}: {said}")
    asserted, actors = counts["events asserted"], many(counts["actors"], "actor")
    remark(f"{many(counts['events'], 'event')}, {asserted} of them asserted, between {actors}")
    remark(f"{many(counts['problems'], 'problem')}, {seconds:.1f} s")
