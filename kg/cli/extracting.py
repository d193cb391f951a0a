"""``kg extract``: what is read in a text or in the lines of a file, and why a rule did not fire."""

import json
import sys
from collections.abc import Callable, Sequence
from os.path import isfile
from pathlib import Path
from typing import Any

import click

from kg.build import extract as extract_text
from kg.build import knowledge_of, rows_of
from kg.cli.terminal import Command, complain, one_line, remark, safe
from kg.model import Block, DataError, Document, Problem
from kg.ontology import Ontology
from kg.sentences import load_pipeline, sentences_of
from kg.statements.trace import lines as trace_lines
from kg.statements.trace import trace
from kg.tables import Row, as_jsonl, with_null

LONGEST_PATH = 200  # letters; a longer text is no path that a system would take

parser_option = click.option("--parser", default="", metavar="PIPELINE", help="A spaCy pipeline, by name or path, instead of our parser.")
ontology_option = click.option(
    "--ontology",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder of your own tables that lie over ours; may be repeated, the last one counts.",
)


@click.command(cls=Command)
@click.argument("text")
@click.option("--date", default="", help="Day of publication, as EDTF: 2024-10-02.")
@click.option(
    "--format", "format_", type=click.Choice(["text", "jsonl"]), default="text", show_default=True, help="For people or programs."
)
@click.option(
    "--trace",
    "traced",
    is_flag=True,
    help="Show too, for each word that could begin a rule, why each fired or did not; each sentence by itself.",
)
@ontology_option
@parser_option
def extract(text: str, date: str, format_: str, traced: bool, ontology: Sequence[Path], parser: str) -> None:
    """Show what is read in TEXT and by which rule; or, for FILE.jsonl, in each of its lines."""
    if traced and (text.endswith(".jsonl") or format_ == "jsonl"):
        raise click.UsageError("--trace is for a text that is shown to people.")
    if text.endswith(".jsonl"):
        extract_file(Path(text), date, ontology, parser)
        return
    refuse_file(text)
    knowledge = knowledge_of(ontology)
    rows = rows_of(extract_text(text, date, ontology=ontology, parser=parser), knowledge)
    if not rows:
        remark("Nothing is read in it.")
    for row in rows:
        click.echo(as_jsonl([row]) if format_ == "jsonl" else safe(told(row)), nl=format_ == "text")
    if traced:
        show_trace(text, knowledge, parser)


def refuse_file(text: str) -> None:
    """Refuse the name of a file, of which nothing would be read: who gives one wants what is in it. Raises UsageError."""
    if "." in text and len(text) <= LONGEST_PATH and isfile(text):
        raise click.UsageError(f"{text} is a file, and here a sentence is read, or FILE.jsonl. Read an article with kg build {text}")


def told(row: Row) -> str:
    """A statement for people, on one line."""
    sides = f"{row['actor_label'] or '-'} > {row['target_label'] or '-'}"
    said = f"said by {row['attribution']}" if row["attribution"] else ""
    rule = f"{row['rule']} on “{row['trigger']}”"
    return "\t".join((sides, row["action"], row["action_type"], row["modality"], row["date"] or "", said, rule))


def show_trace(text: str, knowledge: Ontology, parser: str) -> None:
    """Print what became of every rule in a text, each sentence by itself."""
    article = Document("text", text, (Block(0, len(text), "body"),))
    for sentence in sentences_of(article, load_pipeline(parser) if parser else None):
        click.echo()
        for line in trace_lines(trace(sentence, knowledge)):
            click.echo(one_line(line))


def extract_file(path: Path, date: str, ontology: Sequence[Path], parser: str) -> None:
    """Read each line's text and write its statements as a line."""
    knowledge = knowledge_of(ontology)
    if parser:
        load_pipeline(parser)  # a parser that is not there is no fault of the lines

    def read(name: str, text: str, day: str) -> list[Row]:
        return rows_of(extract_text(text, day, document=name, ontology=ontology, parser=parser), knowledge)

    each_line(path, date, "statements", read)


def each_line(path: Path, date: str, key: str, read: Callable[[str, str, str], list[Row]]) -> None:
    """Write what is read in each line's text as a line; a bad line is named and costs no other."""
    failed = False
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            item = _item(line)
            day, name = str(item.get("date") or date), str(item.get("id") or "text")
            rows = read(name, item["text"], day)
        except DataError as error:
            complain(Problem(f"{path}:{number}", f'no JSON object of the form {{"id": …, "text": "…", "date": "YYYY-MM-DD"}} ({error})'))
            failed = True
            continue
        click.echo(as_jsonl([{"id": item.get("id"), key: [with_null(row) for row in rows]}]), nl=False)
    sys.exit(1 if failed else 0)


def _item(line: bytes) -> dict[str, Any]:
    """Read one line. Raises DataError."""
    try:
        item = json.loads(line.decode("utf-8"))
        json.dumps(item, ensure_ascii=False).encode("utf-8")  # half a sign can be read, but not written
    except (ValueError, RecursionError) as error:
        raise DataError(str(error)) from error
    if not isinstance(item, dict):
        raise DataError("it is no object")
    if not isinstance(item.get("text"), str):
        raise DataError("text is no string" if "text" in item else "there is no text")
    return item
