"""``kg check``: the hand-written tables read their examples, and names that no table lists are proposed as rows."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import click

from kg import check as checks
from kg.build import knowledge_of, read_articles
from kg.candidates import PLACE, as_csv, candidates
from kg.cli.extracting import ontology_option
from kg.cli.terminal import Command, complain, many, progress, remark, safe, show_table
from kg.documents import read_boilerplate
from kg.model import Document, Problem, Sentence
from kg.ontology import Ontology, ontology_folder
from kg.recorded import read_parses, record_parses, record_readings
from kg.sentences import parse as parse_text
from kg.sentences import sentences_of
from kg.vocabulary import vocabulary_findings, write_relations


@click.command(cls=Command)
@click.option("--fix", is_flag=True, help="Sort the tables, and record parses and readings of the examples in tests.")
@click.option(
    "--candidates",
    "articles",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Read articles instead, and propose rows of actors.csv for the names that no table lists. May be given several times.",
)
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many rows to propose.")
@click.option(
    "--format", "format_", type=click.Choice(["csv", "table"]), help="Rows, or counts and sentences; table on a terminal, else csv."
)
@ontology_option
def check(fix: bool, articles: Sequence[Path], limit: int, format_: str | None, ontology: Sequence[Path]) -> None:
    """Check every hand-written file and read every example of its tables; with --ontology, those that lie over ours too."""
    if articles and fix:
        raise click.UsageError("--fix is for the tables, --candidates for articles.")
    if articles:
        propose(articles, limit, format_ or ("table" if sys.stdout.isatty() else "csv"), knowledge_of(ontology))
        return
    folder = ontology_folder()
    if fix:
        for name in [name for one in (folder, *ontology) for name in checks.sort_tables(one)]:
            remark(f"Sorted {name}")
        write_relations(folder)
    knowledge = knowledge_of(ontology)
    read_boilerplate(folder / "mappings" / "boilerplate.csv")
    recorded = folder.parent / "tests" / "parses.conllu"
    if fix and recorded.parent.is_dir() and not ontology:
        examples = checks.examples_of(knowledge)
        remark(f"Recorded {many(record_parses(examples, recorded), 'new parse')}")
        parses = read_parses(recorded)
        read = checks.readings(knowledge, parses.__getitem__, examples)
        remark(f"Recorded {many(record_readings(read, recorded.with_name('readings.csv')), 'new reading')}")
    for clash in knowledge.clashes:
        complain(clash)
    found = [*vocabulary_findings(folder), *checks.findings(knowledge, parse_text)]
    for finding in found:
        click.echo(safe(finding))
    remark(f"{checks.rows_with_examples(knowledge)} rows read their examples, {many(len(found), 'finding')}")
    sys.exit(1 if found else 0)


def propose(paths: Sequence[Path], limit: int, format_: str, ontology: Ontology) -> None:
    """Print the names that articles say most often and no table lists: as rows of actors.csv, or for reading."""
    items = list(read_articles(paths, ontology))
    documents = [item for item in items if isinstance(item, Document)]
    problems = [item for item in items if isinstance(item, Problem)]
    with progress() as step:
        found = candidates(read_one_by_one(documents, step), ontology)
    for problem in problems:
        complain(problem)
    if format_ == "csv":
        click.echo(safe(as_csv([one for one in found if one.actor.type != PLACE][:limit])), nl=False)
    else:
        columns = ("seen", "articles", "type", "name", "also", "first sentence")
        told = ((one.seen, one.documents, one.actor.type, one.actor.label, "; ".join(one.names), one.example) for one in found[:limit])
        show_table(columns, [[str(cell) for cell in row] for row in told])
    places = sum(one.actor.type == PLACE for one in found)
    remark(f"{many(len(documents), 'article')}, {many(len(found), 'name')} that no table lists")
    remark(f"{many(places, 'place')} among them, for places.csv")
    sys.exit(1 if problems else 0)


def read_one_by_one(documents: Iterable[Document], step: Callable[[Document], None]) -> Iterator[tuple[Document, Iterator[Sentence]]]:
    """Each article with its sentences; ``step`` is told when it has been read."""
    for document in documents:
        yield document, sentences_of(document)
        step(document)
