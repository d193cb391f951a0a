"""The same triples give the same bytes, and say the same in every notation."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store
from rdflib import Dataset, Graph, Literal

from kg.graph import expand, prefixes, to_rdf
from kg.model import DataError
from kg.notation import serialise
from tests.conftest import make_document, make_event

HOSTILE = "a \"quote\"\nand <script>alert(1)</script> \\ \u202eRTL\u200f =cmd|' /C calc'!A0 \x07 é 🚀"
NAMES = prefixes()


def iri(curie):
    return expand(curie, NAMES)


NOTATIONS = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nt": RdfFormat.N_TRIPLES,
    "xml": RdfFormat.RDF_XML,
    "json-ld": RdfFormat.JSON_LD,
}


@pytest.mark.parametrize("notation", NOTATIONS)
def test_every_notation_says_the_same(event, document, actions, notation):
    graph = to_rdf([event(quote="naïve “quotes” & <b>\r\n\tend", place="Haifa")], [document()], actions.values())

    back = Dataset().parse(data=serialise(graph, notation), format=notation).default_graph
    store = Store()
    store.bulk_load(serialise(graph, notation).encode(), NOTATIONS[notation])

    assert set(back) == set(graph)
    assert len(store) == len(graph)


@pytest.mark.parametrize("notation", ["turtle", "nt", "json-ld"])
def test_hostile_text_comes_back_as_it_was(event, document, actor, notation):
    happened = event(actor=actor(f"actor:{HOSTILE}", label=HOSTILE), quote=HOSTILE, document=HOSTILE, place=HOSTILE)

    graph = Graph().parse(data=serialise(to_rdf([happened], [document(HOSTILE, title=HOSTILE)], ()), notation), format=notation)

    assert [str(value) for value in graph.objects(None, iri("kg:quote"))] == [HOSTILE]
    assert graph.value(iri(f"document:{HOSTILE}"), iri("schema:headline")) == Literal(HOSTILE)
    assert graph.value(iri(f"actor:{HOSTILE}"), iri("skos:prefLabel")) == Literal(HOSTILE)


def test_characters_that_xml_forbids_are_replaced(event):
    back = Graph().parse(data=serialise(to_rdf([event(quote="a\x07b")], (), ()), "xml"), format="xml")

    assert [str(value) for value in back.objects(None, iri("kg:quote"))] == ["a\ufffdb"]


def test_half_a_surrogate_pair_is_replaced_and_moves_no_offset(event):
    graph = to_rdf([event(quote="a\ud800b")], (), ())

    assert [str(value) for value in graph.objects(None, iri("kg:quote"))] == ["a\ufffdb"]


@given(st.text(min_size=1))
def test_any_text_survives_turtle(quote):
    text = serialise(to_rdf([make_event(quote=quote, document=quote)], [make_document(quote)], ()), "turtle")
    store = Store()
    store.bulk_load(text.encode(), RdfFormat.TURTLE)

    rows = store.query("SELECT ?q ?d { ?s <https://w3id.org/actor-kg/ontology#quote> ?q ; <http://www.w3.org/ns/prov#wasQuotedFrom> ?d }")

    assert [(row["q"].value, row["d"].value) for row in rows] == [(quote, str(iri(f"document:{quote}")))]


SCRIPT = """
import sys
from kg.graph import serialise, to_rdf
from tests.conftest import make_document, make_event
events = [make_event(date=f"2024-10-{day:02}", attribution=("actor:kenya", "actor:irgc")) for day in range(1, 9)]
graph = to_rdf(events, [make_document()], ())
sys.stdout.write("".join(serialise(graph, notation) for notation in ("turtle", "nt", "trig", "xml", "json-ld")))
"""


HERE = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}


def test_the_same_events_give_the_same_bytes_under_any_hash_seed():
    outputs = {
        subprocess.run([sys.executable, "-c", SCRIPT], env=HERE | {"PYTHONHASHSEED": seed}, check=True, capture_output=True).stdout
        for seed in ("1", "2")
    }

    assert len(outputs) == 1


def test_the_order_of_events_does_not_matter(event):
    events = [event(date=f"2024-10-{day:02}") for day in range(1, 9)]

    assert serialise(to_rdf(events, (), ()), "turtle") == serialise(to_rdf(reversed(events), (), ()), "turtle")


def test_a_node_without_a_name_is_refused():
    graph = Graph().parse(data="[] <https://example.org/p> 1 .", format="turtle")

    with pytest.raises(DataError, match="a node without a name"):
        serialise(graph, "turtle")


def test_an_unknown_notation_is_reported():
    with pytest.raises(DataError, match="Use one of: turtle, trig, nt, xml, json-ld"):
        serialise(Graph(), "n3")
