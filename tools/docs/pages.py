"""Writes the pages of the reference that are drawn from elsewhere: ``python -m tools.docs.pages``.

commands.md   from ``--help``
actions.md    from ``ontology/actions.ttl``
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import rdflib
from click.testing import CliRunner
from rdflib.namespace import SKOS

from kg.cli import main
from kg.model import Action
from kg.ontology import PREFIXES, read_ontology

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
WIDTH = 100
COMMANDS = """# Commands

What `--help` tells of each; `kg query NAME --help` also tells the parameters of a named question.
Results go to standard output, remarks to standard error.
The exit status is 0 if all is well, 1 if a person can mend it, and 2 if the command was used wrongly.

This page is written by `python -m tools.docs.pages`.
"""
COLUMNS = ("action", "label", "CAMEO", "what it is, and what it is not")
ACTIONS = """# Actions

What one actor can do to another: the 16 types of PLOVER, and under each the finer actions that news tells apart.
An event has the finest that its sentences allow; a question about a type finds those under it too.
The source is `ontology/actions.ttl`, where every term also has an example; a code of CAMEO stands where it has a near one.

This page is written by `python -m tools.docs.pages`.
"""


def commands() -> str:
    """The page of the commands."""
    every = {"kg": [], **{f"kg {name}": [name] for name in sorted(main.commands)}}
    return "\n\n".join([COMMANDS.strip(), *(f"## {title}\n\n```text\n{told(words)}\n```" for title, words in every.items())]) + "\n"


def told(words: list[str]) -> str:
    """What a command says of itself."""
    given = CliRunner().invoke(main, [*words, "--help"], prog_name="kg", terminal_width=WIDTH, catch_exceptions=False)
    return click.unstyle(given.stdout).strip()


def actions() -> str:
    """The page of the actions, type by type."""
    ontology = read_ontology()
    every = sorted(ontology.actions.values(), key=lambda action: (action.type, bool(action.broader), action.id))
    parts = [ACTIONS.strip()]
    for top in (action for action in every if not action.broader):
        under = [action for action in every if action.type == top.type]
        parts.append(f"## {top.type}\n\n" + table(COLUMNS, (row(action, ontology.vocabulary) for action in under)))
    return "\n\n".join(parts) + "\n"


def row(action: Action, vocabulary: rdflib.Graph) -> Iterator[str]:
    """One action as cells of a table."""
    node = rdflib.URIRef(PREFIXES["action"] + action.id.partition(":")[2])
    definition, boundary = (str(vocabulary.value(node, one) or "") for one in (SKOS.definition, SKOS.scopeNote))
    yield from (f"`{action.id}`", action.label, action.cameo, f"{definition} {boundary}".strip().replace("|", "&#124;"))


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    columns = tuple(columns)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (columns, ("---",) * len(columns), *rows))


def write_pages() -> None:
    """Write both pages."""
    for name, text in (("commands.md", commands()), ("actions.md", actions())):
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_pages()
