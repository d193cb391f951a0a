"""The SPARQL 1.1 Protocol, as its text tells it."""

import csv
import gzip
import io
import json
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
from pyoxigraph import RdfFormat, parse
from serve_sample import ONE, TWO, ask, call, write_sample

from tools.serving.server import running

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
SAYS = "SELECT ?word { ?x <http://graphs.example/says> ?word } ORDER BY ?word"
SAYS_IN = "SELECT ?g ?word { GRAPH ?g { ?x <http://graphs.example/says> ?word } } ORDER BY ?word"
DEFAULT, NAMED = "default-graph-uri", "named-graph-uri"


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    with running(write_sample(tmp_path_factory.mktemp("served") / "out")) as server:
        yield server.port


def words(got):
    assert got.status == 200, got.text
    return [row["word"]["value"] for row in json.loads(got.body)["results"]["bindings"]]


def test_a_query_by_get_is_answered(port):
    got = ask(port, "ASK { ?s ?p ?o }", Accept="application/sparql-results+json")

    assert (got.status, got.media, json.loads(got.body)["boolean"]) == (200, "application/sparql-results+json", True)


def test_a_query_in_a_form_is_answered(port):
    got = call(port, "POST", "/sparql", urlencode({"query": "ASK {}"}).encode(), content_type=FORM)

    assert (got.status, json.loads(got.body)["boolean"]) == (200, True)


@pytest.mark.parametrize("kind", [QUERY, f"{QUERY}; charset=utf-8", f'{QUERY}; charset="UTF-8"', QUERY.upper()])
def test_a_query_as_the_body_is_answered(port, kind):
    got = call(port, "POST", "/sparql", 'ASK { FILTER("é" = "\\u00E9") }'.encode(), content_type=kind)

    assert (got.status, json.loads(got.body)["boolean"]) == (200, True)


def test_a_slash_more_changes_nothing(port):
    assert call(port, "GET", "/sparql/?query=ASK%7B%7D").status == 200


def test_head_tells_what_get_would(port):
    asked, told = (call(port, method, "/sparql?query=ASK%7B%7D") for method in ("GET", "HEAD"))

    assert (told.status, told.body) == (200, b"")
    assert {name: told.headers[name] for name in ("content-type", "content-length", "etag")} == {
        name: asked.headers[name] for name in ("content-type", "content-length", "etag")
    }


# Which graphs.


def test_without_a_dataset_the_default_graph_is_asked_and_all_named_graphs_are_there(port):
    assert words(ask(port, SAYS)) == []
    assert words(ask(port, SAYS_IN)) == ["one", "two"]


@pytest.mark.parametrize("method", ["get", "form", "direct"])
def test_default_graphs_are_merged(port, method):
    graphs = [(DEFAULT, ONE), (DEFAULT, TWO)]
    if method == "get":
        got = ask(port, SAYS, *graphs)
    elif method == "form":
        got = call(port, "POST", "/sparql", urlencode([("query", SAYS), *graphs]).encode(), content_type=FORM)
    else:
        got = call(port, "POST", f"/sparql?{urlencode(graphs)}", SAYS.encode(), content_type=QUERY)

    assert words(got) == ["one", "two"]


def test_default_graphs_leave_no_named_graph(port):
    assert words(ask(port, SAYS_IN, (DEFAULT, ONE))) == []


def test_named_graphs_alone_leave_the_default_graph_empty(port):
    assert words(ask(port, SAYS_IN, (NAMED, TWO))) == ["two"]
    assert json.loads(ask(port, "ASK { ?s ?p ?o }", (NAMED, TWO)).body)["boolean"] is False


def test_default_and_named_graphs_go_together(port):
    both = "SELECT ?word { { ?x <http://graphs.example/says> ?word } UNION { GRAPH ?g { ?y <http://graphs.example/says> ?word } } }"

    assert sorted(words(ask(port, both, (DEFAULT, ONE), (NAMED, TWO)))) == ["one", "two"]


def test_from_of_the_query_is_obeyed(port):
    assert words(ask(port, SAYS.replace("{", f"FROM <{ONE}> {{", 1))) == ["one"]
    assert words(ask(port, SAYS_IN.replace("{", f"FROM NAMED <{ONE}> {{", 1))) == ["one"]


def test_the_dataset_of_the_request_overrides_that_of_the_query(port):
    assert words(ask(port, SAYS.replace("{", f"FROM <{ONE}> {{", 1), (DEFAULT, TWO))) == ["two"]
    assert words(ask(port, SAYS.replace("{", "FROM <http://nowhere.example/> {", 1), (DEFAULT, TWO))) == ["two"]


@pytest.mark.parametrize("graph", ["http://nowhere.example/", "file:///etc/passwd", "no iri", "", "http://graphs.example/one>"])
@pytest.mark.parametrize("kind", [DEFAULT, NAMED])
def test_a_graph_that_is_not_there_is_refused(port, kind, graph):
    got = ask(port, SAYS, (kind, graph))

    assert got.status == 400
    assert "there is no such graph in the store" in got.text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <http://nowhere.example/> {}",
        "SELECT * FROM NAMED <file:///etc/passwd> {}",
        "PREFIX e: <http://nowhere.example/> ASK FROM e:x {}",
        "BASE <http://nowhere.example/> ASK FROM <x> {}",
        "ASKFROM<http://nowhere.example/>{}",
        "CONSTRUCT { ?s ?p ?o } FROM <http://nowhere.example/> WHERE { ?s ?p ?o }",
        "CONSTRUCT FROM <http://nowhere.example/> WHERE { ?s ?p ?o }",
        "DESCRIBE <http://a.example/> FROM <http://nowhere.example/>",
        "# FROM\nSELECT *#\nFROM#\n<http://nowhere.example/> {}",
        f"SELECT * FROM <{ONE}> FROM <http://nowhere.example/> {{}}",
    ],
)
def test_a_query_from_a_graph_that_is_not_there_is_refused(port, query):
    got = ask(port, query)

    assert (got.status, "there is no such graph in the store" in got.text) == (400, True)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s ?p 'FROM <http://nowhere.example/>' }",
        "ASK {} # FROM <http://nowhere.example/>",
        "ASK { ?from <http://nowhere.example/> ?o }",
        "DESCRIBE ?from <http://nowhere.example/> { ?from ?p ?o }",
        "SELECT ?from { ?from <http://e.example/FROM> <http://nowhere.example/> }",
    ],
)
def test_the_word_from_is_allowed_where_it_names_no_graph(port, query):
    assert ask(port, query, Accept="*/*").status == 200


# In which form.


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("image/png, text/*;q=0.5", "text/csv"),
        ("text/turtle, text/csv;q=0.1", "text/csv"),
    ],
)
@pytest.mark.parametrize("query", ["SELECT ?a { ?a a kg:Actor } ORDER BY ?a", "ASK {}"])
def test_a_table_comes_in_the_form_that_is_liked_best(port, accept, media, query):
    got = ask(port, query, Accept=accept)

    assert (got.status, got.media) == (200, media)
    if media.endswith("json"):
        assert json.loads(got.body)["head"] is not None
    elif media.endswith("xml"):
        assert ElementTree.fromstring(got.body).tag == "{http://www.w3.org/2005/sparql-results#}sparql"
    else:
        assert next(csv.reader(io.StringIO(got.text))) in (["a"], ["?a"], ["true"])


@pytest.mark.parametrize(
    ("accept", "media", "format"),
    [
        ("text/turtle", "text/turtle", RdfFormat.TURTLE),
        ("application/rdf+xml", "application/rdf+xml", RdfFormat.RDF_XML),
        ("application/n-triples", "application/n-triples", RdfFormat.N_TRIPLES),
        ("application/ld+json", "application/ld+json", RdfFormat.JSON_LD),
        ("application/n-quads", "application/n-quads", RdfFormat.N_QUADS),
        ("application/trig", "application/trig", RdfFormat.TRIG),
        ("text/n3", "text/n3", RdfFormat.N3),
        ("*/*", "text/turtle", RdfFormat.TURTLE),
        ("application/sparql-results+json, application/rdf+xml;q=0.5", "application/rdf+xml", RdfFormat.RDF_XML),
    ],
)
@pytest.mark.parametrize("query", ["CONSTRUCT { ?a a kg:Actor } WHERE { ?a a kg:Actor }", "DESCRIBE actor:uganda"])
def test_a_graph_comes_in_the_form_that_is_liked_best(port, accept, media, format, query):
    got = ask(port, query, Accept=accept)

    assert (got.status, got.media) == (200, media)
    assert any("uganda" in quad.subject.value for quad in parse(got.body, format=format))


def test_the_triples_of_a_construct_come_once(port):
    got = ask(port, "CONSTRUCT { actor:kenya a kg:Actor } WHERE { ?s ?p ?o }", Accept="application/n-triples")

    assert len(got.text.splitlines()) == 1


def test_no_accept_is_any(port):
    assert ask(port, "ASK {}").media == "application/sparql-results+json"


@pytest.mark.parametrize(
    ("query", "accept"),
    [("ASK {}", "image/png"), ("ASK {}", "text/turtle"), ("DESCRIBE actor:kenya", "text/csv"), ("ASK {}", "text/csv;q=0")],
)
def test_a_form_that_cannot_be_written_is_not_acceptable(port, query, accept):
    got = ask(port, query, Accept=accept)

    assert (got.status, "Accept one of: " in got.text) == (406, True)


@pytest.mark.parametrize(
    ("query", "format", "media"),
    [
        ("ASK {}", "xml", "application/sparql-results+xml"),
        ("ASK {}", "text/csv", "text/csv"),
        ("ASK {}", "turtle", "application/sparql-results+json"),
        ("ASK {}", "pdf", "application/sparql-results+json"),
        ("DESCRIBE actor:kenya", "jsonld", "application/ld+json"),
        ("DESCRIBE actor:kenya", "rdf+xml", "application/rdf+xml"),
        ("DESCRIBE actor:kenya", "csv", "text/turtle"),
    ],
)
def test_a_parameter_may_name_the_form_and_is_ignored_where_it_names_none(port, query, format, media):
    assert ask(port, query, ("format", format)).media == media


def test_an_answer_is_compressed_for_those_who_take_it(port):
    plain, packed = (ask(port, "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o", Accept_Encoding=coding) for coding in ("identity", "gzip"))

    assert "content-encoding" not in plain.headers
    assert (packed.headers["content-encoding"], gzip.decompress(packed.body)) == ("gzip", plain.body)
    assert "Accept-Encoding" in packed.headers["vary"]


# What is refused.


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_another_method_is_not_allowed(port, method):
    got = call(port, method, "/sparql?query=ASK%7B%7D")

    assert (got.status, got.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")


@pytest.mark.parametrize(
    ("method", "target", "body", "kind", "status"),
    [
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, "", 400),
        ("POST", "/sparql", b"query=ASK%7B%7D&query=ASK%7B%7D", FORM, 400),
        ("POST", "/sparql?query=ASK%7B%7D", b"ASK {}", QUERY, 400),
        ("POST", "/sparql", b"ASK {}", "text/plain", 415),
        ("POST", "/sparql", b"ASK {}", "", 415),
        ("POST", "/sparql", b"query=ASK%7B%7D", "", 415),
        ("POST", "/sparql", b"query=ASK%7B%7D", QUERY, 400),
        ("POST", "/sparql", "ASK {}".encode("utf-16"), f"{QUERY}; charset=UTF-16", 415),
        ("POST", "/sparql", "ASK {}".encode("utf-16"), QUERY, 400),
        ("POST", "/sparql", "ASK { ?s ?p 'é' }".encode("latin-1"), QUERY, 400),
        ("POST", "/sparql", b"query=ASK%7B%3Fs%20%3Fp%20'%E9'%7D", FORM, 400),
        ("GET", "/sparql?query=ASK%7B%3Fs%20%3Fp%20'%E9'%7D", None, "", 400),
        ("POST", "/sparql", b"", FORM, 400),
        ("POST", "/sparql", b"ask=ASK%7B%7D", FORM, 400),
        ("GET", f"/sparql?default-graph-uri={quote(ONE)}", None, "", 400),
        ("GET", "/sparql?query=", None, "", 400),
        ("GET", "/sparql?query=SELECT%20nonsense", None, "", 400),
        ("POST", "/sparql", b"ASK { this is nonsense", QUERY, 400),
        ("GET", "/sparql?query=ASK%7B%7D&" + "&".join(f"x{n}=1" for n in range(400)), None, "", 400),
    ],
)
def test_a_request_that_is_none_is_refused(port, method, target, body, kind, status):
    got = call(port, method, target, body, **({"content_type": kind} if kind else {}))

    assert (got.status, got.media) == (status, "text/plain")


@pytest.mark.parametrize("update", ["INSERT DATA { <a:b> <a:c> <a:d> }", "CLEAR ALL", "LOAD <http://127.0.0.1:9/>"])
def test_an_update_is_refused_however_it_comes(port, update):
    asked = [
        call(port, "POST", "/sparql", update.encode(), content_type=UPDATE),
        call(port, "POST", "/sparql", urlencode({"update": update}).encode(), content_type=FORM),
        call(port, "POST", f"/sparql?using-graph-uri={quote(ONE)}", update.encode(), content_type=UPDATE),
        call(port, "GET", f"/sparql?update={quote(update)}"),
        call(port, "POST", "/sparql", update.encode(), content_type=QUERY),
        ask(port, update),
    ]

    assert [got.status for got in asked] == [403, 403, 403, 403, 400, 400]
    assert all("only be asked" in got.text for got in asked)
    assert words(ask(port, SAYS_IN)) == ["one", "two"]


def test_a_mistake_is_told_with_its_line_and_column(port):
    got = ask(port, "SELECT *\nWHERE { ?s ?p foo }")

    assert got.text.startswith("line 2, column ")


# Around it.


def test_pages_of_other_sites_may_ask(port):
    asked = ask(port, "ASK {}", Origin="https://elsewhere.example")
    before = call(port, "OPTIONS", "/sparql", Origin="https://elsewhere.example", Access_Control_Request_Method="POST")

    assert asked.headers["access-control-allow-origin"] == "*"
    assert (before.status, before.body) == (204, b"")
    assert "POST" in before.headers["access-control-allow-methods"]
    assert "Content-Type" in before.headers["access-control-allow-headers"]


@pytest.mark.parametrize(("accept", "format"), [("*/*", RdfFormat.TURTLE), ("application/rdf+xml", RdfFormat.RDF_XML)])
def test_the_endpoint_describes_itself(port, accept, format):
    got = call(port, "GET", "/sparql", Accept=accept)

    said = {(quad.predicate.value.rpartition("#")[2], quad.object.value) for quad in parse(got.body, format=format)}
    assert ("endpoint", f"http://127.0.0.1:{port}/sparql") in said
    assert {("name", ONE), ("name", TWO)} <= said
    assert ("supportedLanguage", "http://www.w3.org/ns/sparql-service-description#SPARQL11Query") in said


def test_an_answer_holds_as_long_as_the_graph(port):
    first = ask(port, "ASK {}")
    again = ask(port, "ASK {}", If_None_Match=first.headers["etag"])
    other = ask(port, "ASK { ?s ?p ?o }", If_None_Match=first.headers["etag"])

    assert (again.status, again.body, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert other.status == 200


@pytest.mark.parametrize("query", ["SELECT (NOW() AS ?x) {}", "SELECT (rand () AS ?x) {}", "SELECT (STRUUID() AS ?x) {}"])
def test_an_answer_that_changes_is_not_kept(port, query):
    got = ask(port, query)

    assert (got.headers["cache-control"], "etag" in got.headers) == ("no-store", False)
