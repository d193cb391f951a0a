"""``kg conflicts``: where sources disagree."""

from pathlib import Path

import click

from kg.build import open_graph
from kg.cli.terminal import Command, many, one_line, remark
from kg.explain import dispute_lines
from kg.tables import as_jsonl, conflict_row, conflicts_csv

FORMATS = click.Choice(["table", "csv", "jsonl"])


@click.command(cls=Command)
@click.option("--out", type=click.Path(path_type=Path), default="out", show_default=True, help="Folder of the graph.")
@click.option("--format", "format_", type=FORMATS, default="table", show_default=True, help="For people, spreadsheets or programs.")
def conflicts(out: Path, format_: str) -> None:
    """Show where sources disagree: each event in dispute, then each side with its sources and sentences. Nothing is decided."""
    graph = open_graph(out)
    if format_ == "csv":
        click.echo(conflicts_csv(graph.conflicts), nl=False)
        return
    if format_ == "jsonl":
        click.echo(as_jsonl(map(conflict_row, graph.conflicts)), nl=False)
        return
    for line in dispute_lines(graph.conflicts, graph.events, graph.ontology.actions):
        click.echo(one_line(line))
    remark(many(len(graph.conflicts), "conflict"))
