"""``kg score``: what was read against what people read, in articles or in sentences, and the errors one by one."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from kg import score as scoring
from kg.build import build as build_graph
from kg.build import rows_of
from kg.cli.terminal import Command, one_line, progress, remark
from kg.model import Block, DataError, Document
from kg.ontology import Ontology, read_ontology
from kg.score import articles as annotated
from kg.score import errors, relations
from kg.score.relations import Case
from kg.score.sentences import read_marked
from kg.sentences import sentences_of, to_conllu
from kg.statements import statements_of
from kg.statements.trace import trace

HAND = Path("corpus/annotations.csv")


@click.command(cls=Command)
@click.argument("gold", metavar="[GOLD]…", nargs=-1, type=click.Path(path_type=Path))
@click.option("--articles", type=click.Path(path_type=Path), default="corpus/articles", show_default=True, help="What GOLD.csv speaks of.")
@click.option("--floor", type=click.Path(path_type=Path), help="JSON of scores that may not be fallen below, on the held share.")
@click.option("--share", type=click.Choice(["dev", "held", "all"]), default="all", show_default=True, help="Which rows of GOLD.csv count.")
@click.option("--errors", "most", type=click.IntRange(min=0), help="List what was missed or read falsely: up to so many of each group.")
@click.option("--by", type=click.Choice(errors.GROUPINGS), help="How --errors groups: by phenomenon, if not given.")
@click.option("--parse", "parsed", is_flag=True, help="With --errors: show the parse of each sentence too, as CoNLL-U.")
def score(gold: Sequence[Path], articles: Path, floor: Path | None, share: str, most: int | None, by: str | None, parsed: bool) -> None:
    """Precision and recall against what people read: GOLD.

    GOLD is a table of annotations of articles, corpus/annotations.csv if none is named; or files of sentences
    with their events, GOLD.jsonl, each line {"id", "text", "date", "events", "exhaustive"}. --errors leaves
    out the articles of the held share.

    Where only one relation of each sentence is annotated ("exhaustive": false), what else is read counts as
    false though it may be right: precision is a lower bound there.
    """
    paths = gold or (HAND,)
    lined = [path for path in paths if path.name.endswith(".jsonl")]
    if len(paths) > 1 and len(lined) < len(paths):
        raise click.UsageError("Name one table of annotations, or files of sentences that end in .jsonl.")
    if lined and (floor or share != "all"):
        raise click.UsageError("--floor and --share are for a table of annotations.")
    if most is not None and (floor or share == "held"):
        raise click.UsageError("--errors shows sentences, and nobody looks at those of the held share.")
    if most is None and (by or parsed):
        raise click.UsageError("--by and --parse are for --errors.")
    by = by or "phenomenon"
    if lined:
        score_sentences(lined, most, by, parsed=parsed)
    else:
        score_articles(paths[0], articles, floor, share, most, by, parsed=parsed)


def score_articles(path: Path, articles: Path, floor: Path | None, share: str, most: int | None, by: str, *, parsed: bool) -> None:
    """Score what is read in articles; the exit status is 1 beneath the floor."""
    share = "held" if floor else share
    ontology = read_ontology()
    gold = [row for row in scoring.read_annotations(path, types=ontology.quads) if share in ("all", row.share)]
    graph = build_graph(articles)
    symmetric = {action.type for action in ontology.actions.values() if action.symmetric and not action.broader}
    part_of = {actor.id: actor.part_of for actor in graph.ontology.actors.values() if actor.part_of}
    rows = rows_of(graph.statements, ontology)
    report = scoring.score(rows, gold, part_of=part_of, symmetric=symmetric)
    for line in scoring.lines(report):
        click.echo(line)
    if most is not None:
        sentences = (sentence for document in graph.documents for sentence in sentences_of(document))
        shown = [row for row in gold if row.share == "dev"]
        show_errors(annotated.cases_of(rows, shown, sentences, symmetric=symmetric), ontology, most, by, parsed=parsed)
    fallen = scoring.below(report, read_floor(floor)) if floor else []
    for line in fallen:
        click.echo(line, err=True)
    sys.exit(1 if fallen else 0)


def score_sentences(paths: Iterable[Path], most: int | None, by: str, *, parsed: bool) -> None:
    """Score what is read in sentences, each by itself."""
    ontology = read_ontology()
    cases = list(read_cases(paths, ontology))
    for line in relations.lines(relations.compare(cases)):
        click.echo(line)
    if not all(case.exhaustive for case in cases):
        remark("Of some sentences only one relation was annotated: precision is a lower bound.")
    if most is not None:
        show_errors(cases, ontology, most, by, parsed=parsed)


def read_cases(paths: Iterable[Path], ontology: Ontology) -> Iterator[Case]:
    """Read the sentences of files on the spot."""
    marked = [one for path in paths for one in read_marked(path, types=ontology.quads)]
    with progress() as step:
        for one in marked:
            document = Document(one.id, one.text, (Block(0, len(one.text), "body"),), published=one.date)
            sentences = tuple(sentences_of(document))
            rows = rows_of(statements_of(document, sentences, ontology), ontology)
            yield Case(one.id, one.text, sentences, one.said, tuple(map(relations.read_of, rows)), one.exhaustive)
            step(document)


def show_errors(cases: Iterable[Case], ontology: Ontology, most: int, by: str, *, parsed: bool) -> None:
    """List what was missed or read falsely."""
    found = [error for case in cases for error in errors.errors_of(case, lambda sentence: trace(sentence, ontology))]
    click.echo()
    for line in errors.lines(found, by, most, to_conllu if parsed else None):
        click.echo(one_line(line))


def read_floor(path: Path) -> dict[str, float]:
    """Read the scores that may not be fallen below."""
    try:
        return {str(name): float(value) for name, value in json.loads(path.read_text(encoding="utf-8")).items()}
    except (ValueError, AttributeError, TypeError) as error:
        raise DataError(f"{path}: no JSON object of numbers ({error}).\nSee tests/floor.json.") from error
