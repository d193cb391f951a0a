"""``kg query``: named questions with parameters, and any SPARQL."""

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from kg.build import knowledge_of, meant_by, read_question, store_folder
from kg.cli.publishing import login, user_option
from kg.cli.terminal import Command, one_line, remark, show_table, standard_input
from kg.model import DataError
from kg.ontology import ontology_folder
from kg.publish import TIME_LIMIT, ask_endpoint
from kg.store import Answer, Question, answer, filled, format_answer, is_empty, open_store, remarks, unknown_parameter

FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt", "jsonld")
PLAIN = {"ignore_unknown_options": True, "help_option_names": []}


@click.command(cls=Command, context_settings=PLAIN, add_help_option=False)
@click.argument("words", metavar="QUESTION [--PARAMETER VALUE]…", nargs=-1, type=click.UNPROCESSED)
@click.option("--out", type=click.Path(path_type=Path), default="out", show_default=True, help="Folder of the graph.")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="Table on a terminal, else bare rows; triples as ttl.")
@click.option("--list", "list_", is_flag=True, help="Show the named questions, what they ask, and their parameters.")
@click.option("-h", "--help", "help_", is_flag=True, help="Show this message; behind the name of a question, its parameters.")
@click.option("--endpoint", default="", help="Address of a SPARQL endpoint to ask instead of a graph here.")
@click.option("--graph", default="", help="IRI of the named graph to ask there; the endpoint's own default if not given.")
@user_option
@click.option(
    "--time-limit", type=click.FloatRange(0, min_open=True), help=f"Seconds for an answer from there; {TIME_LIMIT:g} if not given."
)
@click.pass_context
def query(
    context: click.Context,
    words: Sequence[str],
    out: Path,
    format_: str | None,
    list_: bool,
    help_: bool,
    endpoint: str,
    graph: str,
    user: str,
    time_limit: float | None,
) -> None:
    """Ask QUESTION of the graph: the name of a question, a file of SPARQL, SPARQL itself, or "-" for standard input.

    Parameters narrow a question: kg query attacks --target NAME --since 2024-04. Actors and actions may be named in any
    way the graph knows; kg query QUESTION --help lists the parameters.
    """
    if list_:
        show_questions()
        return
    question, given = parted(words)
    if help_ and question is None:
        click.echo(context.get_help())
        return
    if question is None:
        raise click.UsageError("Name a question (kg query --list shows them), or give SPARQL.")
    sparql = standard_input() if question == "-" else read_question(question, ontology_folder() / "queries")
    if help_:
        show_parameters(question, Question(sparql))
        return
    refuse_unknown(given, Question(sparql))
    if not endpoint and (graph or user or time_limit):
        raise click.UsageError("--graph, --user and --time-limit are for --endpoint.")
    there = partial(ask_endpoint, endpoint, graph=graph, login=login(user), limit=time_limit or TIME_LIMIT)
    ask = there if endpoint else partial(answer, open_store(store_folder(out)))
    asked = filled(sparql, given, ask, meant)
    found = ask(asked)
    show(found, format_)
    for said in () if endpoint else remarks(asked, ask, found.base, empty=is_empty(found)):
        remark(said)


def meant(name: str) -> str:
    """Whom a name means by the tables, with a remark on who that is."""
    actor = meant_by(name, knowledge_of(None))
    if actor:
        remark(f"{name} stands for {actor}, by the tables.")
    return actor


def parted(words: Sequence[str]) -> tuple[str | None, dict[str, str]]:
    """Part the question from the parameters: --name VALUE or --name=VALUE."""
    questions: list[str] = []
    given: dict[str, str] = {}
    waiting = iter(words)
    for word in waiting:
        if not word.startswith("--"):
            questions.append(word)
            continue
        option, equals, value = word.partition("=")
        name = option.removeprefix("--").replace("-", "_")
        if name in given:
            raise click.UsageError(f"{option} is given twice.")
        after = value if equals else next(waiting, None)
        if after is None:
            raise click.UsageError(f"{option} needs a value.")
        given[name] = after
    if len(questions) > 1 or (questions and not questions[0].strip()):
        raise click.UsageError("Give one question, in quotation marks if it has spaces." if questions[1:] else "The question is empty.")
    return (questions[0] if questions else None), given


def refuse_unknown(given: dict[str, str], question: Question) -> None:
    """Refuse parameters that a question does not have, and tell which it has."""
    known = {parameter.name for parameter in question.parameters}
    for name in given:
        if name not in known:
            raise click.UsageError(unknown_parameter(name, question.parameters))


def show(found: Answer, format_: str | None) -> None:
    """Print an answer as it is wanted, or as suits where it goes."""
    chosen = format_ or ("ttl" if found.kind == "construct" else "table" if sys.stdout.isatty() else "rows")
    if found.kind == "ask" and chosen in ("table", "rows"):
        click.echo("yes" if found.boolean else "no")
    elif chosen == "table":
        show_table(found.columns, found.rows)
    elif chosen == "rows":
        click.echo("".join("\t".join(row) + "\n" for row in found.rows), nl=False)
    else:
        click.echo(format_answer(found, chosen), nl=False)


def show_questions() -> None:
    """Print the named questions: a table on a terminal, else tab-separated."""
    rows = []
    for path in sorted((ontology_folder() / "queries").glob("*.rq"), key=lambda path: path.stem):
        question = Question(path.read_text(encoding="utf-8"))
        rows.append((path.stem, question.meaning, " ".join(f"{one.option} {one.kind}" for one in question.parameters)))
    if sys.stdout.isatty():
        show_table(("question", "what it asks", "parameters"), rows)
        return
    for row in rows:
        click.echo("\t".join(row))


def show_parameters(name: str, question: Question) -> None:
    """Print what a question asks, and what may be given to it."""
    if not question.meaning:
        raise DataError("The question does not say what it asks.\nBegin it with a comment: # Who did what?")
    click.echo(one_line(question.meaning))
    for parameter in question.parameters:
        default = f" [default: {parameter.default}]" if parameter.default else ""
        click.echo(one_line(f"  {parameter.option} {parameter.kind}  {parameter.meaning}{default}"))
    if question.example:
        click.echo(one_line(f"Example: kg query {name} {question.example}"))
