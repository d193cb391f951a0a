"""The commands. The only room that prints.

Results go to standard output, remarks and progress to standard error. Exit status: 0 all is well,
1 a person can mend it, 2 wrong usage.
"""

import json
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from kg import explain as explaining
from kg.build import open_graph, read_articles
from kg.cli.asking import query
from kg.cli.building import add, build, out_option, remove
from kg.cli.checking import check
from kg.cli.dictionaries import dictionary, import_
from kg.cli.disputing import conflicts
from kg.cli.drawing import draw, figure_options, states_option
from kg.cli.extracting import extract, ontology_option, parser_option
from kg.cli.naming import actors
from kg.cli.previewing import diff
from kg.cli.publishing import publish
from kg.cli.scoring import score
from kg.cli.serving import serve
from kg.cli.terminal import Commands, complain, hush, many, one_line, remark, safe, standard_input
from kg.dictionaries import WRITERS
from kg.export import COUNTING, FORMATS, GUARDED, exported, losses
from kg.model import Problem, Sentence
from kg.ontology import ontology_folder, read_ontology
from kg.parser import FOLDER as PARSER_FOLDER
from kg.parser import load_parser
from kg.sentences import load_pipeline, sentences_of, to_conllu
from kg.sentences import parse as parse_text
from kg.views import ENGLISH, languages


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("actor-kg"), prog_name="kg")
@click.option("--quiet", is_flag=True, expose_value=False, callback=hush, help="No remarks and no progress.")
def main() -> None:
    """Read news articles as a graph: who did what to whom, when, according to whom, and whether it happened at all."""


@main.command()
@click.argument("actor", metavar="ACTOR|EVENT")
@click.argument("target", required=False)
@out_option
def explain(actor: str, target: str | None, out: Path) -> None:
    """Show the events of ACTOR, or those between ACTOR and TARGET, with the sentences they rest on and where these disagree.

    Of an EVENT (event:…) also why each sentence is in it.
    """
    graph = open_graph(out)
    if target is None and (event := explaining.find_event(actor, graph.events)):
        for line in explaining.why(event, graph.ontology, graph.corrections):
            click.echo(one_line(line))
        return
    sides = [explaining.find_actor(name, graph.ontology, graph.events) for name in (actor, target) if name is not None]
    found = explaining.between(graph.events, sides[0], sides[1] if target is not None else None, graph.ontology)
    for line in explaining.lines(found, graph.ontology.actions, graph.corrections, graph.conflicts):
        click.echo(one_line(line))
    remark(many(len(found), "event") if found else f"{sides[0].label} and {sides[1].label} are in no event together.")


@main.command()
@out_option
@click.option("--title", default="", help="Title of the page; “Who did what to whom” if not given.")
@click.option("--language", type=click.Choice(languages()), default=ENGLISH, show_default=True, help="Language of the page.")
@click.option("--to", type=click.Path(path_type=Path), help="File to write; the graph's own network.html if not given.")
@states_option
@figure_options
def view(
    out: Path,
    title: str,
    language: str,
    to: Path | None,
    bodies_with_state: bool,
    static: Path | None,
    timeline: Path | None,
    actors: int,
    pairs: int,
) -> None:
    """Write the network page of a graph, or figures for a paper."""
    graph = open_graph(out)
    how: dict[str, Any] = {"language": language, "bodies_with_state": bodies_with_state}
    for path in draw(graph, static, timeline, actors=actors, pairs=pairs, **how):
        click.echo(safe(str(path)))
    if (static or timeline) and not to:
        return
    if to:
        to.write_text(graph.page(title, **how), encoding="utf-8", newline="\n")
    click.echo(safe(str(to or graph.save_page(title, **how))))


@main.command()
@click.argument("what", metavar="FORMAT", type=click.Choice([*sorted(FORMATS), *WRITERS]))
@out_option
@click.option("--to", type=click.Path(path_type=Path), help="File to write; standard output if not given.")
@click.option("--spreadsheet", is_flag=True, help="Guard cells of CSV that a spreadsheet would run as formulas.")
@click.option("--format", "format_", type=click.Choice(["phoenix"]), help="Of actors and agents: how to write them.")
@click.option("--provenance", type=click.Choice(["rdf-star"]), help="What each statement says as a triple term of RDF 1.2 too.")
@click.option("--context", type=click.Choice(["sem"]), help="What happened in the terms of SEM and PROV-O alone.")
@click.option("--frame", type=click.Choice(["event"]), help="JSON-LD with one object an event.")
@states_option
@ontology_option
def export(
    what: str,
    out: Path,
    to: Path | None,
    spreadsheet: bool,
    format_: str | None,
    provenance: str | None,
    context: str | None,
    frame: str | None,
    bodies_with_state: bool,
    ontology: Sequence[Path],
) -> None:
    """Write the graph in another FORMAT: turtle, ntriples, trig, rdfxml, jsonld, csv, jsonl, graphml, gexf or events-cameo.

    Or write the tables as a dictionary: actors or agents, with --format phoenix.
    """
    if spreadsheet and what not in GUARDED:
        raise click.UsageError("--spreadsheet is for csv and events-cameo.")
    if bodies_with_state and what not in COUNTING:
        raise click.UsageError(f"--bodies-with-state is for {', '.join(COUNTING)}.")
    if what in WRITERS and not format_:
        raise click.UsageError(f"kg export {what} needs --format phoenix.")
    if what not in WRITERS and (format_ or ontology):
        raise click.UsageError("--format and --ontology are for actors and agents.")
    views = [view for view in (provenance, context, frame) if view]
    if len(views) > 1 or (views and what in WRITERS):
        raise click.UsageError("Give one of --provenance, --context and --frame, with a notation of RDF.")
    if what in WRITERS:
        content = dictionary(what, ontology)
    else:
        graph, view = open_graph(out), "".join(views)
        content = exported(graph, what, spreadsheet=spreadsheet, view=view, bodies_with_state=bodies_with_state)
        for line in losses(graph, what, view):
            remark(line)
    if to:
        to.write_bytes(content)
        remark(f"Wrote {to}")
    else:
        sys.stdout.buffer.write(content)


@main.command()
@click.argument("paths", metavar="FILE…", nargs=-1, required=True)
@parser_option
def parse(paths: Sequence[str], parser: str) -> None:
    """Print the parse of articles as CoNLL-U; "-" takes plain text from standard input as it is."""
    pipeline = load_pipeline(parser) if parser else None
    if list(paths) == ["-"]:
        for sentence in parse_text(standard_input(), pipeline):
            show_parse(sentence)
        return
    failed = False
    for item in read_articles([Path(path) for path in paths], read_ontology()):
        if isinstance(item, Problem):
            complain(item)
            failed = True
            continue
        for sentence in sentences_of(item, pipeline):
            show_parse(sentence)
    sys.exit(1 if failed else 0)


def show_parse(sentence: Sentence) -> None:
    """Print a parse: as it is for programs, with control characters made visible on a terminal."""
    text = to_conllu(sentence)
    click.echo(safe(text) if sys.stdout.isatty() else text, nl=False)


main.add_command(query)
main.add_command(build)
main.add_command(add)
main.add_command(remove)
main.add_command(publish)
main.add_command(import_)
main.add_command(actors)
main.add_command(check)
main.add_command(conflicts)
main.add_command(diff)
main.add_command(extract)
main.add_command(score)
main.add_command(serve)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def about(as_json: bool) -> None:
    """Tell the versions, the parser and where the ontology is read from."""
    parser = load_parser()
    libraries = {name: version(name) for name in ("rdflib", "pyoxigraph", "networkx", "pyvis", "onnxruntime", "spacy")}
    facts = {
        "kg": version("actor-kg"),
        "python": ".".join(map(str, sys.version_info[:3])),
        "parser": {"name": parser.name, "path": str(PARSER_FOLDER / "parser.onnx"), "sha256": parser.sha256},
        "ontology": str(ontology_folder()),
        "libraries": libraries,
    }
    if as_json:
        click.echo(json.dumps(facts, indent=1))
        return
    click.echo(f"kg\t{facts['kg']}\npython\t{facts['python']}")
    click.echo(f"parser\t{parser.name}\t{PARSER_FOLDER / 'parser.onnx'}\nontology\t{ontology_folder()}")
    for name, number in sorted(libraries.items()):
        click.echo(f"{name}\t{number}")
