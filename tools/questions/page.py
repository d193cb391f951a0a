"""Writes the page of the questions, each with its parameters and an answer: python -m tools.questions.page > docs/questions.md.

The answers are those of the articles in corpus/articles.
"""

import shlex
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kg.build import Graph, build, open_graph
from kg.store import Answer, Question

HOME = Path(__file__).parents[2]
QUERIES = HOME / "ontology" / "queries"
MOST_ROWS = 6
HEAD = """# The questions

What a graph can be asked by name, and what the practice articles answer: `kg query NAME`, or `graph.query("NAME")` in Python.
Each is a file of `ontology/queries`, plain SPARQL that any store answers as it stands.
[CONTRIBUTING.md](../CONTRIBUTING.md#a-question) tells how to add one.

An ACTOR or ACTION is named by its label, another name, a code or an identifier (`Israel`, `ISR`, `actor:israel`).
An ACTION brings every finer one with it.
A DATE is a year, a month or a day, and asks for what may lie in it: an event of "April 2024" is in the answer for 13 April.
Without parameters a question is about everything.

This page is written by `python -m tools.questions.page > docs/questions.md`.
"""


def questions() -> Iterator[tuple[str, Question]]:
    """Every question with its name, by name."""
    for path in sorted(QUERIES.glob("*.rq"), key=lambda path: path.stem):
        yield path.stem, Question(path.read_text(encoding="utf-8"))


def example(graph: Graph, name: str, question: Question) -> Answer:
    """The answer to a question with the parameters of its example."""
    words = shlex.split(question.example)
    given = {option.removeprefix("--").replace("-", "_"): value for option, value in zip(words[::2], words[1::2], strict=True)}
    return graph.query(name, **given)


def page(graph: Graph) -> str:
    """The page, in Markdown."""
    every = list(questions())
    contents = "\n".join(f"* [{name}](#{name}): {question.meaning}" for name, question in every)
    return "\n\n".join([HEAD + "\n" + contents, *(section(graph, name, question) for name, question in every)]) + "\n"


def section(graph: Graph, name: str, question: Question) -> str:
    """One question with its parameters, an example and the beginning of its answer."""
    answer = example(graph, name, question)
    parts = [f"## {name}\n\n{question.meaning}"]
    if question.parameters:
        told = (
            (f"`{one.option} {one.kind}`", one.meaning + (f"; `{one.default}` if not given" if one.default else ""))
            for one in question.parameters
        )
        parts.append("\n".join(["| parameter | meaning |", "| --- | --- |", *(f"| {option} | {meaning} |" for option, meaning in told)]))
    parts.append(f"```sh\n{f'kg query {name} {question.example}'.strip()}\n```")
    parts.append("\n".join([line(answer.columns), line("---" for _ in answer.columns), *map(line, answer.rows[:MOST_ROWS])]))
    rest = len(answer) - MOST_ROWS
    if rest > 0:
        parts.append(f"And {rest} more." if rest > 1 else "And one more.")
    return "\n\n".join(parts)


def line(cells: Iterator[str] | tuple[str, ...]) -> str:
    """One row of a table."""
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        build(HOME / "corpus" / "articles").save(folder)
        sys.stdout.buffer.write(page(open_graph(folder)).encode())
