"""Writes a graph in the formats of others: RDF and its kin, tables, plain graphs, and other views of the same."""

from collections.abc import Callable, Mapping
from functools import partial

from kg import tables
from kg.build import Graph, rows_of
from kg.export.cameo import events_cameo, left_out
from kg.export.views import LOSSES, NOTATIONS, viewed
from kg.graph import serialise
from kg.model import DataError

Writer = Callable[..., bytes]


def _rdf(graph: Graph, *, format: str) -> bytes:
    return serialise(graph.rdf, format).encode()


def _csv(graph: Graph, *, spreadsheet: bool = False) -> bytes:
    return tables.as_csv(rows_of(graph.statements, graph.ontology), tables.STATEMENT_COLUMNS, spreadsheet=spreadsheet).encode()


def _jsonl(graph: Graph) -> bytes:
    return tables.as_jsonl(rows_of(graph.statements, graph.ontology)).encode()


RDF = {"turtle": "turtle", "ntriples": "nt", "trig": "trig", "rdfxml": "xml", "jsonld": "json-ld"}
"""The notations of RDF, and what they are called here."""

FORMATS: Mapping[str, Writer] = {
    **{name: partial(_rdf, format=notation) for name, notation in RDF.items()},
    "csv": _csv,
    "jsonl": _jsonl,
    "graphml": lambda graph, **how: tables.graphml(graph.to_networkx(**how)),
    "gexf": lambda graph, **how: tables.gexf(graph.to_networkx(**how)),
    "events-cameo": events_cameo,
}
"""What ``kg export`` can write."""
GUARDED = ("csv", "events-cameo")
"""What a spreadsheet may open."""
COUNTING = ("graphml", "gexf", "events-cameo")
"""What counts events between actors, and may count bodies with their state."""


def exported(graph: Graph, format: str, *, spreadsheet: bool = False, view: str = "", bodies_with_state: bool = False) -> bytes:
    """Write a graph in one of ``FORMATS``; a CSV for a ``spreadsheet`` has its formulas guarded. Raises DataError.

    A ``view`` says the same in other words: ``rdf-star``, ``sem`` or ``event``; what is ``COUNTING`` may count ``bodies_with_state``.
    """
    if view:
        fitting = [name for name, notation in RDF.items() if notation in NOTATIONS[view]]
        if format not in fitting:
            raise DataError(f"{format} cannot be written as {view}.\nUse one of: {', '.join(fitting)}.")
        return viewed(graph, view, RDF[format]).encode()
    how = {"spreadsheet": True} if spreadsheet and format in GUARDED else {}
    counted = {"bodies_with_state": True} if bodies_with_state and format in COUNTING else {}
    return FORMATS[format](graph, **how, **counted)


def losses(graph: Graph, format: str, view: str = "") -> list[str]:
    """What is lost on the way, in words."""
    return [LOSSES[view]] if view else left_out(graph) if format == "events-cameo" else []
