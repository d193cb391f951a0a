"""``kg diff``: what a change of the tables would do to a graph, before it is kept."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kg import preview
from kg.build import build
from kg.cli.building import reading, reading_options
from kg.cli.terminal import Command, complain, one_line, progress, remark
from kg.model import DataError
from kg.ontology import ontology_folder


@click.command("diff", cls=Command)
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--rules", type=click.Path(path_type=Path), metavar="FILE", help="Another table of rules, to be read in the place of rules.csv."
)
@click.option("--revision", metavar="REV", help="A revision of git: what the tables have changed since.")
@reading_options
def diff(
    paths: Sequence[Path],
    rules: Path | None,
    revision: str | None,
    ontology: Sequence[Path],
    **how: Any,
) -> None:
    """Show which statements and events of the articles in PATHS a change of the tables adds, removes or changes; nothing is kept."""
    if (rules is None) == (revision is None):
        raise click.UsageError("Give --rules FILE, or --revision REV.")
    ours = ontology_folder()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "ontology"
        other = preview.with_rules(ours, rules, copy) if rules else preview.at_revision(ours, str(revision), copy)
        folders = (ours, other) if rules else (other, ours)
        read = reading(Path.cwd() / "out", **how)
        try:
            with progress() as step:
                before, after = (build(*paths, ontology=[one, *ontology], progress=step, **read) for one in folders)
        except DataError as error:
            raise DataError(str(error).replace(str(copy / preview.RULES), str(rules or preview.RULES)).replace(str(copy), "")) from error
    for problem in after.problems:
        complain(problem)
    found = preview.difference(before, after)
    for line in preview.lines(found, before, after):
        click.echo(one_line(line))
    for line in preview.counts(found):
        remark(line)
