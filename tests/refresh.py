"""Write again what ``tests/expected``, ``docs/questions.md`` and ``docs/reference`` hold: ``python tests/refresh.py``.

Then read the diff before committing it.
"""

import sys
import tempfile
from pathlib import Path

from kg.build import Graph, build, open_graph, rows_of
from kg.graph import turtle
from kg.tables import STATEMENT_COLUMNS, as_csv

FOLDER = Path(__file__).parent / "expected"
HOME = FOLDER.parents[1]
sys.path.append(str(HOME))

from tools.docs.pages import write_pages  # noqa: E402
from tools.questions.page import example, page, questions  # noqa: E402


def expected() -> dict[str, str]:
    """The graph of the five articles, without the vocabulary that every graph carries, and their statements."""
    graph = build(FOLDER / "articles")
    return {
        "graph.ttl": "".join(turtle(graph.events, graph.documents, (), base=graph.base, conflicts=graph.conflicts)),
        "statements.csv": as_csv(rows_of(graph.statements, graph.ontology), STATEMENT_COLUMNS),
    }


def answers(graph: Graph) -> str:
    """What the corpus answers to every question with the parameters of its example, a row a line."""
    parts = []
    for name, question in questions():
        answer = example(graph, name, question)
        parts.append("\n".join([f"# {name} {question.example}".strip(), *map("\t".join, (answer.columns, *answer.rows))]))
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    for name, text in expected().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    with tempfile.TemporaryDirectory() as folder:
        build(HOME / "corpus" / "articles").save(folder)
        corpus = open_graph(folder)
        (FOLDER / "answers.txt").write_text(answers(corpus), encoding="utf-8", newline="\n")
        (HOME / "docs" / "questions.md").write_text(page(corpus), encoding="utf-8", newline="\n")
    write_pages()
