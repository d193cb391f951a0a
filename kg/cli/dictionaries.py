"""``kg import``: tables of a user's own, made of the dictionaries of others; and the way back for ``kg export``."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from kg import dictionaries
from kg.cli.extracting import ontology_option
from kg.cli.terminal import Commands, complain, many, remark
from kg.model import DataError


@click.group("import", cls=Commands)
def import_() -> None:
    """Make tables of dictionaries: kg import actors FILE… --format phoenix --to DIR."""


@import_.command()
@click.argument("paths", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(sorted(dictionaries.FORMATS)), required=True, help="What the files are.")
@click.option("--to", "folder", type=click.Path(path_type=Path), required=True, help="Folder of tables; what is there is kept.")
@click.option("--strict", is_flag=True, help="Exit with status 1 if anything could not be imported.")
@ontology_option
def actors(paths: Sequence[Path], format_: str, folder: Path, strict: bool, ontology: Sequence[Path]) -> None:
    """Import who is who from FILE…: dictionaries of Phoenix, entities or a query of Wikidata, or tables of ours."""
    ours = dictionaries.our_tables(ontology)
    read = dictionaries.read_actors(paths, format_, ours)
    before, after = dictionaries.join_into(folder, read)
    for problem in after.problems:
        complain(problem)
    if not dictionaries.rows_of(read):
        raise DataError(f"Nothing could be read as {format_}.\nNothing was written; look at --format.")
    dictionaries.write(after, folder)
    for name, (added, changed, total) in dictionaries.changes(before, after).items():
        if total:
            remark(f"{name}.csv: {added} added, {changed} changed, {total - added - changed} as before")
    remark(many(len(after.problems), "problem"))
    sys.exit(1 if strict and after.problems else 0)


def dictionary(kind: str, layers: Sequence[Path]) -> bytes:
    """The dictionary of a kind, "actors" or "agents"; what it cannot hold is told."""
    text, problems = dictionaries.WRITERS[kind](dictionaries.our_tables(layers))
    for problem in problems:
        complain(problem)
    return text.encode()
