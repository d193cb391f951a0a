"""Write again what ``tests/expected`` holds: ``python tests/refresh.py``, then read the diff before committing it."""

from pathlib import Path

from kg.build import build, rows_of
from kg.graph import turtle
from kg.tables import STATEMENT_COLUMNS, as_csv

FOLDER = Path(__file__).parent / "expected"


def expected() -> dict[str, str]:
    """The graph of the five articles, without the vocabulary that every graph carries, and their statements."""
    graph = build(FOLDER / "articles")
    return {
        "graph.ttl": "".join(turtle(graph.events, graph.documents, (), base=graph.base, conflicts=graph.conflicts)),
        "statements.csv": as_csv(rows_of(graph.statements, graph.ontology), STATEMENT_COLUMNS),
    }


if __name__ == "__main__":
    for name, text in expected().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
