"""Writes answers in the formats of SPARQL and RDF."""

from pyoxigraph import QueryResultsFormat, RdfFormat, parse_query_results, serialize

from kg.graph import prefixes
from kg.model import DataError
from kg.store.answers import Answer

TABLE = {"csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV, "json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML}
GRAPH = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "xml": RdfFormat.RDF_XML, "json": RdfFormat.JSON_LD}


def format_answer(answer: Answer, format: str) -> str:
    """Write an answer as ``csv``, ``tsv``, ``json`` or ``xml``; triples as ``ttl``, ``nt``, ``xml`` or ``json``."""
    if answer.kind == "construct" and format in GRAPH:
        shorter = prefixes(answer.base) if format == "ttl" else None
        return (serialize(answer.triples, format=GRAPH[format], prefixes=shorter) or b"").decode()
    if answer.kind == "construct" or format not in TABLE:
        formats = GRAPH if answer.kind == "construct" else TABLE
        raise DataError(f"The answer to this question cannot be written as {format!r}.\nUse one of: {', '.join(formats)}.")
    results = parse_query_results(answer.raw, format=QueryResultsFormat.JSON)
    return (results.serialize(format=TABLE[format]) or b"").decode()
