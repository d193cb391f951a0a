"""Writes a graph in the formats of others: RDF and its kin, tables, plain graphs."""

from collections.abc import Callable, Mapping
from functools import partial

from kg import tables
from kg.build import Graph, rows_of
from kg.graph import serialise

Writer = Callable[[Graph], bytes]


def _rdf(graph: Graph, *, format: str) -> bytes:
    return serialise(graph.rdf, format).encode()


def _csv(graph: Graph, *, spreadsheet: bool = False) -> bytes:
    return tables.as_csv(rows_of(graph.statements, graph.ontology), tables.STATEMENT_COLUMNS, spreadsheet=spreadsheet).encode()


def _jsonl(graph: Graph) -> bytes:
    return tables.as_jsonl(rows_of(graph.statements, graph.ontology)).encode()


FORMATS: Mapping[str, Writer] = {
    "turtle": partial(_rdf, format="turtle"),
    "ntriples": partial(_rdf, format="nt"),
    "trig": partial(_rdf, format="trig"),
    "rdfxml": partial(_rdf, format="xml"),
    "jsonld": partial(_rdf, format="json-ld"),
    "csv": _csv,
    "jsonl": _jsonl,
    "graphml": lambda graph: tables.graphml(graph.to_networkx()),
    "gexf": lambda graph: tables.gexf(graph.to_networkx()),
}
"""What ``kg export`` can write."""


def exported(graph: Graph, format: str, *, spreadsheet: bool = False) -> bytes:
    """Write a graph in one of ``FORMATS``; a CSV for a ``spreadsheet`` has its formulas guarded."""
    return _csv(graph, spreadsheet=True) if spreadsheet and format == "csv" else FORMATS[format](graph)
