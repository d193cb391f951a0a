"""The tests of the W3C's SPARQL 1.1 Protocol suite, by name: queries are answered as they say, updates refused.

The suite has its graphs at addresses of the web. Here they are in the store under the same names, and nothing is fetched.
"""

import json
from urllib.parse import urlencode

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse
from serve_sample import call, write_sample

from tools.serving.server import running

DATA = [f"http://kasei.us/2009/09/sparql/data/data{number}.rdf" for number in range(4)]
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
DEFAULT, NAMED = "default-graph-uri", "named-graph-uri"
TABLES = {"application/sparql-results+xml", "application/sparql-results+json", "text/tab-separated-values", "text/csv"}
TRIPLES = {"application/rdf+xml", "application/rdf+json", "text/turtle", "application/n-triples", "application/ld+json"}


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    out = write_sample(tmp_path_factory.mktemp("suite") / "out")
    store = Store(str(out / "store"))
    for graph in DATA:
        store.load(f"<{graph}> a <http://xmlns.com/foaf/0.1/Document> .".encode(), RdfFormat.TURTLE, to_graph=NamedNode(graph))
    store.flush()
    del store
    with running(out) as server:
        yield server.port


def sent(port, method, parameters=(), body=None, kind="", **headers):
    target = "/sparql" + (f"?{urlencode(parameters)}" if parameters else "")
    encoded = body.encode() if isinstance(body, str) else body
    return call(port, method, target, encoded, **({"content_type": kind} if kind else {}), **headers)


def ways(query, *graphs):
    """By GET, as a form, and as the body with the dataset in the address."""
    return [
        ("GET", [("query", query), *graphs], None, ""),
        ("POST", [], urlencode([("query", query), *graphs]), FORM),
        ("POST", list(graphs), query, QUERY),
    ]


def about(*numbers):
    return " ".join(f"<{DATA[number]}> ?p{number} ?o{number} ." for number in numbers)


def in_graphs(*numbers):
    return " ".join(f"GRAPH ?g{number} {{ <{DATA[number]}> ?q{number} ?r{number} }}" for number in numbers)


ASKED = {
    "query_get": ("ASK {}", (), True),
    "query_post_form": ("ASK {}", (), True),
    "query_post_direct": ("ASK {}", (), True),
    "query_dataset_default_graph": (f"ASK {{ {about(1)} }}", [(DEFAULT, DATA[1])], True),
    "query_dataset_default_graph, another": (f"ASK {{ {about(2)} }}", [(DEFAULT, DATA[1])], False),
    "query_dataset_default_graphs": (f"ASK {{ {about(1, 2)} }}", [(DEFAULT, DATA[1]), (DEFAULT, DATA[2])], True),
    "query_dataset_named_graphs": (f"ASK {{ {in_graphs(1, 2)} FILTER (?g1 != ?g2) }}", [(NAMED, DATA[1]), (NAMED, DATA[2])], True),
    "query_dataset_named_graphs, another": (f"ASK {{ {in_graphs(3)} }}", [(NAMED, DATA[1]), (NAMED, DATA[2])], False),
    "query_dataset_full": (f"ASK {{ {about(3)} {in_graphs(1, 2)} }}", [(DEFAULT, DATA[3]), (NAMED, DATA[1]), (NAMED, DATA[2])], True),
    "query_multiple_dataset": (f"ASK FROM <{DATA[1]}> {{ {about(2)} }}", [(DEFAULT, DATA[2])], True),
    "query_multiple_dataset, of the query": (f"ASK FROM <{DATA[1]}> {{ {about(1)} }}", [(DEFAULT, DATA[2])], False),
    "query_multiple_dataset, named": (f"ASK FROM NAMED <{DATA[1]}> {{ {in_graphs(1)} }}", [(DEFAULT, DATA[2])], False),
}


@pytest.mark.parametrize("way", range(3), ids=["get", "form", "direct"])
@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("media", ["application/sparql-results+json", "application/sparql-results+xml"])
def test_a_query_is_answered(port, name, way, media):
    query, graphs, wanted = ASKED[name]
    got = sent(port, *ways(query, *graphs)[way], Accept=media)

    assert (got.status, got.media) == (200, media)
    if media.endswith("json"):
        assert json.loads(got.body)["boolean"] is wanted
    else:
        assert f"<boolean>{str(wanted).lower()}</boolean>" in got.text


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("SELECT (1 AS ?value) {}", TABLES),
        ("ASK {}", {"application/sparql-results+xml", "application/sparql-results+json"}),
        ("DESCRIBE <http://example.org/>", TRIPLES),
        ("CONSTRUCT { <s> <p> 1 } WHERE {}", TRIPLES),
    ],
    ids=["query_content_type_select", "query_content_type_ask", "query_content_type_describe", "query_content_type_construct"],
)
@pytest.mark.parametrize("way", range(3), ids=["get", "form", "direct"])
def test_an_answer_has_a_type_that_its_query_can_have(port, query, kinds, way):
    got = sent(port, *ways(query)[way])

    assert got.status == 200
    assert got.media in kinds


BAD = {
    "bad_query_method": (405, "PUT", [("query", "ASK {}")], None, ""),
    "bad_query_method, direct": (405, "PUT", [], "ASK {}", QUERY),
    "bad_multiple_queries": (400, "GET", [("query", "ASK {}"), ("query", "SELECT * {}")], None, ""),
    "bad_multiple_queries, form": (400, "POST", [], urlencode([("query", "ASK {}"), ("query", "SELECT * {}")]), FORM),
    "bad_query_wrong_media_type": (415, "POST", [], "ASK {}", "text/plain"),
    "bad_query_missing_form_type": (415, "POST", [], "query=ASK%20%7B%7D", ""),
    "bad_query_missing_direct_type": (415, "POST", [], "ASK {}", ""),
    "bad_query_non_utf8": (415, "POST", [], "ASK {}".encode("utf-16"), f"{QUERY}; charset=UTF-16"),
    "bad_query_syntax": (400, "GET", [("query", "ASK {")], None, ""),
    "bad_query_syntax, form": (400, "POST", [], "query=ASK%20%7B", FORM),
    "bad_query_syntax, direct": (400, "POST", [], "ASK {", QUERY),
    "bad_update_get": (403, "GET", [("update", "CLEAR ALL")], None, ""),
    "bad_multiple_updates": (403, "POST", [], urlencode([("update", "CLEAR NAMED"), ("update", "CLEAR DEFAULT")]), FORM),
    "bad_update_wrong_media_type": (415, "POST", [], "CLEAR NAMED", "text/plain"),
    "bad_update_missing_form_type": (415, "POST", [], "update=CLEAR%20NAMED", ""),
    "bad_update_non_utf8": (403, "POST", [], "CLEAR NAMED".encode("utf-16"), f"{UPDATE}; charset=UTF-16"),
    "bad_update_syntax": (403, "POST", [], "update=CLEAR%20XYZ", FORM),
    "bad_update_dataset_conflict": (
        403, "POST", [], urlencode([("using-named-graph-uri", DATA[0]), ("update", f"WITH <{DATA[1]}> DELETE {{}} WHERE {{}}")]), FORM
    ),
}  # fmt: skip
INSERTED = f"INSERT {{ GRAPH <{DATA[0]}> {{ ?s a <http://example.org/new> }} }} WHERE {{ ?s ?p ?o }}"
UPDATES = {
    "update_post_form": [("update", INSERTED)],
    "update_dataset_default_graph": [("update", INSERTED), ("using-graph-uri", DATA[1])],
    "update_dataset_default_graphs": [("update", INSERTED), ("using-graph-uri", DATA[1]), ("using-graph-uri", DATA[2])],
    "update_dataset_named_graphs": [("update", INSERTED), ("using-named-graph-uri", DATA[1])],
    "update_dataset_full": [("update", INSERTED), ("using-graph-uri", DATA[1]), ("using-named-graph-uri", DATA[2])],
    "update_base_uri": [("update", "CLEAR SILENT GRAPH <named1> ; INSERT DATA { GRAPH <named1> { <s> <p> <o> } }")],
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_query_is_refused(port, name):
    status, *request = BAD[name]
    got = sent(port, *request)

    assert (got.status, got.media) == (status, "text/plain")
    assert got.text.strip()


@pytest.mark.parametrize("name", UPDATES)
def test_an_update_is_refused_and_changes_nothing(port, name):
    given = UPDATES[name]
    form = sent(port, "POST", body=urlencode(given), kind=FORM)
    direct = sent(port, "POST", [one for one in given if one[0] != "update"], given[0][1], UPDATE)
    after = sent(port, *ways("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")[0])

    assert (form.status, direct.status) == (403, 403)
    assert json.loads(after.body)["results"]["bindings"][0]["n"]["value"] == str(len(DATA) + 2)


def test_the_graph_of_a_build_can_be_named_as_its_description_names_it(port):
    said = parse(sent(port, "GET", Accept="text/turtle").body, format=RdfFormat.TURTLE)
    [name] = [quad.object.value for quad in said if quad.predicate.value.endswith("#defaultGraph")]
    kenya = "ASK { ?kenya a kg:Actor }"
    asked = [
        *ways(kenya, (DEFAULT, name)),
        *ways(kenya.replace("{", f"FROM <{name}> {{", 1)),
        *ways(kenya.replace("}", f". {about(1)} }}"), (DEFAULT, DATA[1]), (DEFAULT, name)),
    ]

    assert [json.loads(sent(port, *way).body)["boolean"] for way in asked] == [True] * len(asked)
    assert json.loads(sent(port, *ways(kenya, (DEFAULT, DATA[1]))[0]).body)["boolean"] is False
    assert sent(port, *ways(kenya, (NAMED, name))[0]).status == 400


# Around the suite: what clients really send.


def test_a_target_with_its_host_is_understood(port):
    assert call(port, "GET", f"http://127.0.0.1:{port}/sparql?query=ASK%7B%7D").status == 200


@pytest.mark.parametrize("accept", ["", ";;;,,", "*"])
def test_an_accept_that_says_nothing_is_any(port, accept):
    assert sent(port, *ways("ASK {}")[0], Accept=accept).status == 200


@pytest.mark.parametrize(
    "accept",
    ["application/sparql-results+xml;charset=utf-8", "APPLICATION/SPARQL-RESULTS+XML; Q=1.0", "text/csv;q=0, */xml, application/xml"],
)
def test_a_form_is_known_whatever_it_is_written_with(port, accept):
    assert sent(port, *ways("ASK {}")[0], Accept=accept).media == "application/sparql-results+xml"


def test_a_body_that_is_compressed_is_refused_and_a_mark_at_its_beginning_is_not(port):
    assert sent(port, "POST", body="ASK {}", kind=QUERY, Content_Encoding="gzip").status == 415
    assert sent(port, "POST", body=b"\xef\xbb\xbfASK {}", kind=QUERY, Content_Encoding="identity").status == 200


def test_whoever_has_any_answer_has_this_one(port):
    assert sent(port, *ways("ASK {}")[0], If_None_Match="*").status == 304
