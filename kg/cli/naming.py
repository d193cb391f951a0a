"""``kg actors``: who is named in a text, and who that is on a day."""

from collections.abc import Sequence
from pathlib import Path

import click

from kg.build import actors_in
from kg.cli.extracting import each_line, ontology_option, parser_option, refuse_file
from kg.cli.terminal import Command, one_line, remark
from kg.tables import Row, as_jsonl, with_null


@click.command(cls=Command)
@click.argument("text")
@click.option("--date", default="", help="Day of publication, as EDTF: 2024-10-02. It tells who holds an office.")
@click.option(
    "--format", "format_", type=click.Choice(["text", "jsonl"]), default="text", show_default=True, help="For people or programs."
)
@ontology_option
@parser_option
def actors(text: str, date: str, format_: str, ontology: Sequence[Path], parser: str) -> None:
    """Show who is named in TEXT, a sentence or a phrase, and who that is; or, for FILE.jsonl, in each of its lines."""

    def read(name: str, text: str, day: str) -> list[Row]:
        return actors_in(text, day, document=name, ontology=ontology, parser=parser)

    if text.endswith(".jsonl"):
        each_line(Path(text), date, "actors", read)
        return
    refuse_file(text)
    rows = read("text", text, date)
    if not rows:
        remark("Nobody is named in it.")
    for row in rows:
        told = (row["text"], row["actor_label"], row["actor_type"], row["actor_code"], row["actor"], "" if row["listed"] else "in no table")
        click.echo(as_jsonl([with_null(row)]) if format_ == "jsonl" else one_line("\t".join(told)), nl=format_ == "text")
