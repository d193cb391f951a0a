"""Remarks on questions: what is misspelt is told, and nothing is refused."""

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, Store
from serve_sample import BASE, GRAPH

from kg.cli import main
from kg.store import answer, is_empty, remarks
from kg.store.endpoint import GRAPHS, ROWS, TABLES, Question, reply, says_nothing


@pytest.fixture(scope="module")
def store():
    store = Store()
    store.load(GRAPH.replace("{base}", BASE).encode(), RdfFormat.TURTLE)
    return store


def said(store, sparql):
    found = answer(store, sparql)
    return remarks(sparql, lambda asked: answer(store, asked), BASE, empty=is_empty(found))


@pytest.mark.parametrize(
    ("sparql", "remark"),
    [
        ("SELECT * { ?e kg:acter ?a }", "kg:acter is in neither the graph nor the ontology; nearest: kg:actor"),
        ("SELECT (COUNT(*) AS ?n) { ?e kg:acter ?a }", "kg:acter is in neither the graph nor the ontology; nearest: kg:actor"),
        ("ASK { actor:kenia ?p ?o }", "actor:kenia is in neither the graph nor the ontology; nearest: actor:kenya"),
        (
            "PREFIX a: <https://w3id.org/actor-kg/id/actor/> ASK { a:kenia ?p ?o }",
            "a:kenia is in neither the graph nor the ontology; nearest: a:kenya",
        ),
        ("ASK { <https://w3id.org/actor-kg/ontology#Evnt> ?p ?o }", "nearest: https://w3id.org/actor-kg/ontology#Event"),
        ("SELECT * { ?e skos:prefLable ?a }", "skos:prefLable is in neither the graph nor the ontology; nearest: skos:prefLabel"),
        ("CONSTRUCT { ?e kg:mine ?a } WHERE { ?e kg:acter ?a }", "kg:acter is in neither"),
        ("DESCRIBE actor:mars", "actor:mars is in neither the graph nor the ontology."),
        ("SELECT ?actr { ?e kg:actor ?actor }", "?actr is selected, but bound nowhere; nearest: ?actor."),
        ("SELECT (SUM(?n) AS ?m) $x { ?e kg:actor ?actor } GROUP BY ?x", "?n is selected, but bound nowhere"),
    ],
)
def test_what_is_misspelt_is_told_with_what_is_nearest(store, sparql, remark):
    assert remark in " ".join(said(store, sparql))


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?e { ?e kg:actor ?a }",
        "SELECT * { ?e kg:actor ?a } # kg:acter",
        'SELECT * { ?e kg:actor "kg:acter <http://nowhere.example/>" }',
        'SELECT * { ?e skos:prefLabel "1"^^xsd:integer }',
        "SELECT * { ?e kg:actor ?a FILTER (?a < 3 && xsd:integer(?a) > 2) }",
        "SELECT (COUNT(?e) AS ?n) { ?e kg:actor ?a }",
        "SELECT ?n { { SELECT (COUNT(?e) AS ?n) { ?e kg:actor ?a } } }",
        "CONSTRUCT { ?e kg:mine ?a } WHERE { ?e kg:target actor:kenya . BIND (1 AS ?a) }",
        "SELECT * { GRAPH <http://nowhere.example/> { ?s ?p ?o } }",
        "ASK { { ?e kg:actor ?a } UNION { ?e kg:acter ?a } }",
    ],
)
def test_nothing_is_said_of_what_is_there_or_of_a_question_that_is_answered(store, sparql):
    assert said(store, sparql) == []


def test_a_remark_goes_to_standard_error_unless_none_is_wanted(built):
    asked = ["query", "SELECT ?a { ?e kg:acter ?a }", "--out", str(built)]
    told, quiet = (CliRunner().invoke(main, [*asked, *more]) for more in ([], ["--quiet"]))

    assert (told.exit_code, told.stdout, quiet.stderr) == (0, "", "")
    assert told.stderr == "kg:acter is in neither the graph nor the ontology; nearest: kg:actor, kg:date.\n"


def test_who_is_meant_by_a_seat_of_government_is_told(built):
    told = CliRunner().invoke(main, ["query", "attacks", "--target", "Kyiv", "--out", str(built)])

    assert "Kyiv stands for actor:ukraine, by the tables.\n" in told.stderr
    assert "Ukraine" in told.stdout


@pytest.mark.parametrize("media", [*TABLES, *GRAPHS, ROWS])
def test_an_answer_that_says_nothing_is_known_in_every_form(store, media):
    class Out:
        def __init__(self):
            self.bytes = b""

        def write(self, content):
            self.bytes += content
            return len(content)

        def flush(self):
            pass

    def nothing(sparql):
        out = Out()
        reply(store, Question(sparql, table=media, graph=media), out)
        return says_nothing(media, out.bytes)

    if media in GRAPHS:
        assert (nothing("DESCRIBE actor:mars"), nothing("DESCRIBE actor:kenya")) == (True, False)
        return
    empty = ("SELECT * { ?e kg:acter ?a }", "ASK { ?e kg:acter ?a }", "SELECT (COUNT(?e) AS ?n) (SUM(?a) AS ?m) { ?e kg:acter ?a }")
    full = ("SELECT * { ?e kg:actor ?a }", "ASK {}", "SELECT (COUNT(?e) AS ?n) { ?e kg:actor ?a }", "SELECT ?a { VALUES ?a { 0 0 } }")
    assert [nothing(sparql) for sparql in empty + full] == [True] * len(empty) + [False] * len(full)
