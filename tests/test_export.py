"""What ``kg export`` writes is read back by the readers of others."""

import csv
import io
import json
from dataclasses import replace

import networkx
import pyoxigraph
import pytest
import rdflib

from kg.export import COUNTING, FORMATS, exported
from kg.model import Modality

RDF = {"turtle": "turtle", "ntriples": "nt", "trig": "trig", "rdfxml": "xml", "jsonld": "json-ld"}
OXIGRAPH = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


def test_these_are_the_formats():
    assert sorted(FORMATS) == ["csv", "events-cameo", "gexf", "graphml", "jsonl", "jsonld", "ntriples", "rdfxml", "trig", "turtle"]


@pytest.mark.parametrize("format", sorted(RDF))
def test_rdf_is_read_by_rdflib_as_the_same_triples(corpus, format):
    kind = rdflib.Dataset if format == "trig" else rdflib.Graph

    read = kind().parse(data=exported(corpus, format), format=RDF[format])

    triples = {quad[:3] for quad in read.quads()} if isinstance(read, rdflib.Dataset) else set(read)
    assert triples == set(corpus.to_rdflib())


@pytest.mark.parametrize("format", sorted(OXIGRAPH))
def test_rdf_is_read_by_oxigraph_with_as_many_triples(corpus, format):
    read = {quad.triple for quad in pyoxigraph.parse(exported(corpus, format), format=OXIGRAPH[format])}

    assert len(read) == len(corpus.to_rdflib())


def test_csv_is_read_by_the_standard_library_row_by_row(corpus):
    rows = list(csv.DictReader(io.StringIO(exported(corpus, "csv").decode("utf-8"), newline="")))

    assert [row["id"] for row in rows] == [statement.id for statement in corpus.statements]
    assert [row["sentence"] for row in rows] == [statement.evidence.quote for statement in corpus.statements]


def test_json_lines_and_csv_say_the_same(corpus):
    table = csv.DictReader(io.StringIO(exported(corpus, "csv").decode("utf-8"), newline=""))
    lines = [json.loads(line) for line in exported(corpus, "jsonl").decode("utf-8").splitlines()]

    for row, line in zip(table, lines, strict=True):
        assert list(row) == list(line)
        for column in ("quantities", "parties"):
            assert json.loads(row.pop(column) or "[]") == line.pop(column)
        assert row == {key: "" if value is None else str(value) for key, value in line.items()}


@pytest.mark.parametrize(("format", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)])
def test_a_plain_graph_is_read_by_networkx_with_the_facts_alone(corpus, format, read):
    graph = read(io.BytesIO(exported(corpus, format)))

    facts = [event for event in corpus.events if event.modality is Modality.ASSERTED and event.actor and event.target]
    assert graph.number_of_edges() == len(facts)
    assert {actor.id for event in facts for actor in (event.actor, event.target) if actor} <= set(graph.nodes)


@pytest.mark.parametrize("format", COUNTING)
def test_bodies_may_count_with_their_state(corpus, format):
    apart, together = exported(corpus, format), exported(corpus, format, bodies_with_state=True)

    assert b"American armed forces" in apart
    assert b"American armed forces" not in together


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_the_same_graph_gives_the_same_bytes(corpus, format):
    assert exported(corpus, format) == exported(corpus, format)


def test_a_spreadsheet_runs_no_formula_of_an_article(corpus):
    first = corpus.statements[0]
    evil = replace(first, evidence=replace(first.evidence, quote="=HYPERLINK(1)"))
    graph = replace(corpus, statements=(evil,))

    assert b",=HYPERLINK" in exported(graph, "csv")
    assert b",=HYPERLINK" not in exported(graph, "csv", spreadsheet=True)
    assert b"=HYPERLINK(1)" in exported(graph, "csv", spreadsheet=True)
