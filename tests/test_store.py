"""The graph on disk, and questions to it."""

import json

import pytest
from rdflib import Graph
from rdflib.compare import to_isomorphic
from rdflib.plugins.sparql import prepareQuery

from kg.graph import serialise, to_rdf
from kg.model import DataError
from kg.store import answer, format_answer, load, open_store, to_rdflib

HOSTILE = '=cmd|"x"\n<script>\u202e\x1b[31m'
WHO = "SELECT ?actor ?quote { ?event kg:actor ?actor . ?statement kg:event ?event ; kg:quote ?quote }"


@pytest.fixture
def folder(tmp_path, event, document):
    graph = to_rdf([event(), event(actor="actor:kenya", quote=HOSTILE, date="")], [document()], ())
    load(tmp_path / "store", serialise(graph, "turtle").encode())
    return tmp_path / "store"


@pytest.fixture
def store(folder):
    return open_store(folder)


def test_the_store_holds_what_the_graph_holds(store, event, document):
    graph = to_rdf([event(), event(actor="actor:kenya", quote=HOSTILE, date="")], [document()], ())

    assert len(store) == len(graph)


def test_loading_again_replaces_what_was_there(folder):
    load(folder, b"<https://example.org/a> <https://example.org/b> 1 .")

    assert answer(open_store(folder), "SELECT * { ?s ?p ?o }").rows == (("1", "https://example.org/b", "https://example.org/a"),)


def test_a_question_needs_no_prefixes_and_is_answered_in_curies(store):
    found = answer(store, WHO)

    assert found.columns == ("actor", "quote")
    assert found.rows == (
        ("actor:iran", "Iran fired missiles at Israel on October 1, 2024."),
        ("actor:kenya", '=cmd|"x" <script>\ufffd\ufffd[31m'),
    )
    assert found.terms[1][1].value == HOSTILE


def test_names_under_a_base_of_the_user_are_shortened_too(tmp_path, event):
    load(tmp_path, serialise(to_rdf([event()], (), (), base="https://example.org/"), "turtle").encode())

    assert answer(open_store(tmp_path), "SELECT ?a { ?e a kg:Event ; kg:actor ?a ; kg:target actor:israel }").rows == (("actor:iran",),)


def test_a_prefix_of_the_question_wins(store):
    assert answer(store, "PREFIX kg: <https://example.org/> SELECT (STR(kg:a) AS ?a) {}").rows == (("https://example.org/a",),)


def test_what_is_unknown_is_an_empty_cell(store):
    assert ("actor:kenya", "") in answer(store, "SELECT ?a ?d { ?e kg:actor ?a ; a kg:Event OPTIONAL { ?e kg:date ?d } }").rows


@pytest.mark.parametrize(("question", "truth"), [("ASK { ?e kg:actor actor:iran }", True), ("ASK { ?e kg:actor actor:mars }", False)])
def test_a_yes_or_no_question_is_answered(store, question, truth):
    found = answer(store, question)

    assert (found.kind, found.boolean) == ("ask", truth)
    assert json.loads(format_answer(found, "json"))["boolean"] is truth


def test_triples_are_written_as_turtle(store):
    found = answer(store, "CONSTRUCT { ?a kg:hit ?b } WHERE { ?a relation:missile-attack ?b }")

    assert found.rows == (("actor:iran", "kg:hit", "actor:israel"), ("actor:kenya", "kg:hit", "actor:israel"))
    assert "actor:iran kg:hit actor:israel ." in format_answer(found, "ttl")


SAID = "CONSTRUCT { ?s ?p ?o ; kg:name <kg:x> , _:b } WHERE { ?s a kg:Statement ; ?p ?o }"


@pytest.mark.parametrize(("format", "read"), [("ttl", "turtle"), ("nt", "nt"), ("xml", "xml"), ("jsonld", "json-ld"), ("json", "json-ld")])
def test_triples_are_the_same_in_every_format(store, format, read):
    found = answer(store, SAID if format != "xml" else "CONSTRUCT { ?e kg:hit ?t } WHERE { ?e kg:target ?t }")

    again = to_isomorphic(Graph().parse(data=format_answer(found, format), format=read))

    assert again == to_isomorphic(Graph().parse(data=found.raw, format="nt"))


def test_json_ld_has_the_prefixes_of_the_contract_as_its_context(store):
    written = json.loads(format_answer(answer(store, "CONSTRUCT { ?a kg:hit ?b } WHERE { ?a relation:missile-attack ?b }"), "jsonld"))

    assert set(written["@context"]) == {"actor", "kg"}
    assert written["@graph"][0] == {"@id": "actor:iran", "kg:hit": [{"@id": "actor:israel"}]}


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "xml"])
def test_a_table_is_written_in_the_formats_of_sparql(store, format):
    assert "Iran fired missiles" in format_answer(answer(store, WHO), format)


def test_a_table_cannot_be_turtle(store):
    with pytest.raises(DataError, match="Use one of: csv, tsv, json, xml"):
        format_answer(answer(store, WHO), "ttl")


def test_rows_without_an_order_are_sorted(store):
    rows = answer(store, "SELECT ?a { ?a a kg:Actor }").rows

    assert list(rows) == sorted(rows)


def test_the_order_of_a_question_is_kept(store):
    rows = answer(store, "SELECT ?a { ?a a kg:Actor } ORDER BY DESC(?a)").rows

    assert list(rows) == sorted(rows, reverse=True)


@pytest.mark.parametrize(
    "question",
    [
        "SELECT ?a { VALUES ?a { 3 1 2 } } # not in any order by name",
        "SELECT ?a { VALUES ?a { 3 1 2 } FILTER('order by' != \"ORDER BY\") }",
        "SELECT ?a { VALUES ?a { 3 1 2 } FILTER(?a != <urn:x:order%20by/orderby>) }",
        "SELECT ?a { VALUES ?a { 3 1 2 } BIND(1 AS ?orderby) }",
    ],
)
def test_words_that_order_nothing_leave_the_rows_sorted(store, question):
    assert answer(store, question).rows == (("1",), ("2",), ("3",))


@pytest.mark.parametrize("order", ["ORDER#\nBY DESC(?a)", "order\n by DESC(?a)", "ORDERBY DESC(?a)"])
def test_an_order_may_be_written_in_any_way(store, order):
    rows = answer(store, f"SELECT ?a {{ ?a a kg:Actor }} {order}").rows

    assert list(rows) == sorted(rows, reverse=True)


FAR = "<http://127.0.0.1:9/sparql>"


@pytest.mark.parametrize(
    "question",
    [
        f"SELECT * {{ SERVICE {FAR} {{}} }}",
        f"SELECT * {{ service silent {FAR} {{}} }}",
        f"SELECT * {{ SERVICESILENT{FAR}{{}} }}",
        f"SELECT * {{ ?s ?p 1SERVICE {FAR} {{}} }}",
        f"SELECT * {{ ?s ?p trueSERVICE {FAR} {{}} }}",
        f"SELECT * {{ SERVICE#note\r{FAR} # note {{\n{{}} }}",
        "SELECT * { BIND(<http://127.0.0.1:9/> AS ?x) SERVICE ?x {} }",
        "PREFIX e: <http://127.0.0.1:9/> SELECT * { SERVICE e:a#b c\n{} }",
        "PREFIX e: <http://127.0.0.1:9/> SELECT * { SERVICE e:a\\#b {} }",
        "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:a{} }",
        f"SELECT * {{ ?a ?c ?b FILTER(?a<'=?b>')SERVICE {FAR} {{}} FILTER('x'='') }}",
        f"SELECT * {{ ?a ?c ?b FILTER(?a<?b#>'''\n)SERVICE {FAR} {{}} #'''\n}}",
        f"SELECT * {{ {{ SELECT * {{ SERVICE {FAR} {{}} }} }} }}",
        f"PREFIX e: <http://e/> SELECT * {{ ?a e:x\\#y ?b . SERVICE {FAR} {{}} }}",
        f"SELECT * {{ ?a ?b <http://e/#'> . SERVICE {FAR} {{}} FILTER('x' = 'y') }}",
        f"PREFIX {'p' * 600}: <http://127.0.0.1:9/> SELECT * {{ SERVICE {'p' * 600}:a {{}} }}",
        f"PREFIX e: <http://127.0.0.1:9/> SELECT * {{ SERVICE e:{'a' * 600} {{}} }}",
        f"ASK {{ SERVICE#{'a' * 600}\n{FAR} {{}} }}",
        f"ASK {{ BIND({'(' * 50}1{')' * 50} AS ?x) SERVICE {FAR} {{}} }}",
        f"ASK {{ LATERAL {{ SERVICE {FAR} {{}} }} }}",
    ],
)
def test_a_question_never_leaves_the_machine(store, question):
    with pytest.raises(DataError, match="nothing leaves this one"):
        answer(store, question)


@pytest.mark.parametrize(
    "question",
    [
        'SELECT * { ?s ?p "SERVICE <http://e/> {" }',
        "SELECT * { ?s ?p '''a 'quoted' SERVICE <http://e/> {''' }",
        "SELECT * { ?s ?p ?o } # SERVICE <http://e/> {",
        "SELECT ?service { ?service kg:service <http://e/service/a#service> . { } }",
        "SELECT * { ?s ?p ?o FILTER(?s < ?o && ?o > ?s) }",
    ],
)
def test_the_word_service_is_allowed_where_it_is_no_command(store, question):
    assert answer(store, question).kind == "select"


@pytest.mark.parametrize("brackets", ["{}", "()"])
def test_a_question_nested_too_deeply_is_refused(store, brackets):
    inner = brackets[0] * 101 + "1" * (brackets == "()") + brackets[1] * 101

    with pytest.raises(DataError, match="nested deeper than 100"):
        answer(store, f"SELECT * {{ {inner if brackets == '{}' else f'FILTER({inner})'} }}")


def test_a_question_of_too_many_groups_is_refused(store):
    with pytest.raises(DataError, match="more than 1000 groups"):
        answer(store, "SELECT * {" + "OPTIONAL { ?a ?b ?c }" * 1001 + "}")


def test_a_question_too_long_is_refused(store):
    with pytest.raises(DataError, match="longer than 1000000 characters"):
        answer(store, "ASK {}" + " " * 1_000_000)


@pytest.mark.parametrize("brackets", ["<(>" * 101, "<a>(" * 101, "(< (>" * 101])
def test_nesting_cannot_hide_behind_a_sign_with_two_meanings(store, brackets):
    with pytest.raises(DataError, match="nested deeper than 100"):
        answer(store, f"ASK {{ FILTER(1 {brackets}")


@pytest.mark.parametrize(
    "update",
    ["INSERT DATA { actor:a kg:b actor:c }", "DELETE WHERE { ?s ?p ?o }", "CLEAR ALL", "LOAD <file:x>", "PREFIX e: <http://e/> drop all"],
)
def test_the_graph_cannot_be_changed_by_a_question(store, update):
    with pytest.raises(DataError, match="can only be asked"):
        answer(store, update)


MISTAKES = [
    (
        "SELECT *\nWHERE { ?s ?p fooo }",
        "line 2, column 15",
        'fooo is no word of SPARQL. Write a variable ?fooo, a name kg:fooo, or a text "fooo".',
    ),
    ("SELCT * { ?s ?p ?o }", "line 1, column 1", "SELCT is no word of SPARQL. Did you mean SELECT?"),
    ("SELECT * { ?s ?p ?o OPTINAL { ?s ?p ?o } }", "line 1, column 21", "Did you mean OPTIONAL?"),
    ("{ ?s ?p ?o }", "line 1, column 1", "expected SELECT, ASK, CONSTRUCT or DESCRIBE."),
    ("SELECT * {\n ?s ?p ?o\n", "line 1, column 10", "{ is never closed."),
    ("SELECT * { ?s ?p ?o )", "line 1, column 21", ") comes before the { of line 1, column 10 is closed."),
    ("SELECT * { ?s ?p ?o } }", "line 1, column 23", "} closes nothing."),
    ("ASK { ?s ?p 'x }", "line 1, column 13", "the text that begins here has no ' at its end."),
    ('SELECT * { ?s foaf:name "dc:title" }', "line 1, column 15", "Declare the prefix foaf: at the top, or use one of: action, actor,"),
    ("SELECT (COUNT(?x) ?n) { ?x ?y ?z }", "line 1, column 19", "expected AS before ?n."),
    ("SELECT * { ?x ?y ?z FILTER ?x > 3 }", "line 1, column 28", "expected ( after FILTER"),
    ("SELECT * { ?s ?p }", "line 1, column 18", "expected an object before }"),
    ("SELECT * { VALUES ?n { 1 2 3 4 } ?s kg:actor ?a kg:target ?t }", "line 1, column 49", "expected . or ; before kg:target"),
    ("SELECT ?a { ?a ?p ?o } GROUP BY ?p", "line 1, column 35", "SELECT names a variable that GROUP BY does not"),
    ("SELECT * { ?s ?p ?o } ORDER ?s", "line 1, column 31", "expected here or just before: BY."),
    ("SELECT * { ?s ?p ?o } GROUP BY ", "line 1, column 32", "expected here or just before: a variable (?name), (, a name (prefix:name)"),
]


@pytest.mark.parametrize(("question", "where", "wrong"), MISTAKES, ids=[wrong for _, _, wrong in MISTAKES])
def test_a_mistake_is_shown_with_its_place_and_what_was_expected(store, question, where, wrong):
    with pytest.raises(DataError) as error:
        answer(store, question)

    first, line, pointer = str(error.value).split("\n")
    assert first.startswith(f"{where}: ")
    assert wrong in first
    assert line.strip() in question
    assert pointer.endswith("^")


def test_a_function_that_does_not_exist_is_reported(store):
    with pytest.raises(DataError, match="cannot be answered"):
        answer(store, "SELECT (<http://e/f>(1) AS ?x) {}")


def test_a_folder_without_a_store_is_reported(tmp_path):
    with pytest.raises(DataError, match="there is no store here"):
        open_store(tmp_path)


def test_a_folder_of_other_things_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("dear")

    with pytest.raises(DataError, match="holds something else"):
        load(tmp_path, b"")


def test_rdflib_sees_the_same_triples(folder, event, document):
    graph = to_rdf([event(), event(actor="actor:kenya", quote=HOSTILE, date="")], [document()], ())

    seen = to_rdflib(folder)

    assert serialise(seen, "nt") == serialise(graph, "nt")
    assert len(list(seen.query("SELECT ?e { ?e a kg:Event }"))) == 2


@pytest.fixture
def unable(monkeypatch):
    """A machine on which rdflib cannot evaluate anything."""

    def fail(*_, **__):
        raise AssertionError("rdflib has evaluated the question")

    monkeypatch.setattr("rdflib.plugins.sparql.processor.SPARQLProcessor.query", fail)


EVENTS = "PREFIX kg: <https://w3id.org/actor-kg/ontology#> SELECT ?e { ?e a kg:Event }"


@pytest.mark.parametrize(
    ("question", "options"),
    [
        (EVENTS, {}),
        ("SELECT ?e { ?e a kg:Event }", {}),
        ("SELECT ?e { ?e a k:Event }", {"initNs": {"k": "https://w3id.org/actor-kg/ontology#"}}),
        (prepareQuery(EVENTS), {}),
        (prepareQuery("SELECT ?e { ?e a k:Event }", initNs={"k": "https://w3id.org/actor-kg/ontology#"}), {}),
        (prepareQuery("SELECT ?e { ?e a <#Event> }", base="https://w3id.org/actor-kg/ontology"), {}),
        ("SELECT ?e { ?e a <#Event> }", {"base": "https://w3id.org/actor-kg/ontology"}),
    ],
    ids=["text", "our prefixes", "prefixes", "prepared", "prepared with prefixes", "prepared with base", "base"],
)
def test_the_engine_answers_every_question_of_rdflib(folder, unable, question, options):
    assert len(list(to_rdflib(folder).query(question, **options))) == 2


def test_values_for_variables_are_answered_rightly_with_a_warning(folder):
    graph = to_rdflib(folder)
    bound = {"who": graph.namespace_manager.expand_curie("actor:kenya")}

    with pytest.warns(UserWarning, match="25 times slower"):
        found = list(graph.query("SELECT ?e { ?e a kg:Event ; kg:actor ?a FILTER(?a = ?who) }", initBindings=bound))

    assert len(found) == 1


def test_rdflib_asks_no_other_machine_either(folder):
    with pytest.raises(DataError, match="nothing leaves this one"):
        to_rdflib(folder).query(f"SELECT * {{ SERVICE {FAR} {{}} }}")


def test_a_question_made_by_hand_is_refused(folder):
    by_hand = prepareQuery(EVENTS)
    del by_hand._original_args

    with pytest.raises(DataError, match="made without text"):
        to_rdflib(folder).query(by_hand)


def test_rdflib_cannot_change_the_store(folder):
    with pytest.raises(RuntimeError, match="read-write"):
        to_rdflib(folder).update("INSERT DATA { <a:a> <a:b> <a:c> }")
