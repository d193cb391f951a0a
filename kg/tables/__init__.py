"""The same knowledge as rows and as plain graphs.

Cells are verbatim; only a table meant for a spreadsheet has the cells guarded that it would run as formulas.
"""

from kg.tables.files import (
    actor_from,
    as_csv,
    as_jsonl,
    conflicts_csv,
    event_from,
    read_documents_jsonl,
    read_rows,
    read_statements,
    rows_from,
    statement_rows,
    statements_from,
    with_null,
    write_conflicts_csv,
    write_documents_jsonl,
    write_events_csv,
    write_statements,
)
from kg.tables.networks import gexf, graphml, to_networkx
from kg.tables.rows import (
    EVENT_COLUMNS,
    STATEMENT_COLUMNS,
    Row,
    conflict_row,
    document_row,
    event_row,
    statement_row,
)

__all__ = [
    "EVENT_COLUMNS",
    "STATEMENT_COLUMNS",
    "Row",
    "actor_from",
    "as_csv",
    "as_jsonl",
    "conflict_row",
    "conflicts_csv",
    "document_row",
    "event_from",
    "event_row",
    "gexf",
    "graphml",
    "read_documents_jsonl",
    "read_rows",
    "read_statements",
    "rows_from",
    "statement_row",
    "statement_rows",
    "statements_from",
    "to_networkx",
    "with_null",
    "write_conflicts_csv",
    "write_documents_jsonl",
    "write_events_csv",
    "write_statements",
]
